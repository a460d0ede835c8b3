/* Names and phrases of statuses and types. */
#include "natopay/book/value.h"

#include <string.h>

static const char *const STATUS[NP_STATUS_COUNT] = {"published", "chained", "sister", "estimated", "assumed", "user"};

static const char *const TYPE[NP_TYPE_COUNT] = {"none",  "number",   "money", "truth",   "text", "date",
                                                "dates", "duration", "grade", "country", "list"};

static int find(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) return i;
    return -1;
}

const char *np_status_name(np_status status)
{
    return STATUS[status];
}

bool np_status_parse(const char *name, np_status *status)
{
    int found = find(STATUS, NP_STATUS_COUNT, name);
    if (found >= 0) *status = (np_status)found;
    return found >= 0;
}

const char *np_type_phrase(np_type type)
{
    static const char *const PHRASES[NP_TYPE_COUNT] = {
        NP_MARK("nothing"), NP_MARK("a number"),  NP_MARK("an amount of money"), NP_MARK("a yes or no"),
        NP_MARK("a text"),  NP_MARK("a date"),    NP_MARK("a list of dates"),    NP_MARK("a duration"),
        NP_MARK("a grade"), NP_MARK("a country"), NP_MARK("a list of figures")};
    return PHRASES[type];
}

const char *np_type_name(np_type type)
{
    return TYPE[type];
}

bool np_type_parse(const char *name, np_type *type)
{
    int found = find(TYPE, NP_LIST, name); /* a list is no type that the book or an input may have */
    if (found > 0) *type = (np_type)found;
    return found > 0;
}
