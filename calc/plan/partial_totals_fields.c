/* The fields of a line of a part's file, one after the other. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "partial_totals_internal.h"

char *np_part_field(char **at, size_t *length)
{
    if (!*at) return NULL;
    char *start = *at, *end = strchr(start, '\t'), *to = start;
    *at = end ? end + 1 : NULL;
    if (end) *end = '\0';
    for (char *c = start; *c; c++) {
        if (*c != '\\' || !c[1]) {
            *to++ = *c;
            continue;
        }
        c++;
        *to++ = *c == 't' ? '\t' : *c == 'n' ? '\n' : *c == 'r' ? '\r' : *c == '0' ? '\0' : *c;
    }
    *to = '\0';
    if (length) *length = (size_t)(to - start);
    return start;
}

bool np_part_number(char **at, long long *value)
{
    char *text = np_part_field(at, NULL), *end;
    if (!text || (*text != '-' && (*text < '0' || *text > '9'))) return false;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return end > text && *end == '\0' && errno == 0;
}

bool np_part_count(char **at, uint64_t *value)
{
    long long number_read;
    if (!np_part_number(at, &number_read) || number_read < 0) return false;
    *value = (uint64_t)number_read;
    return true;
}

bool np_part_exact(np_totals *totals, char **at, np_exact_sum *sum)
{
    np_exact_sum more;
    char *text = np_part_field(at, NULL);
    errno = 0;
    if (!text) return false;
    if (!np_exact_sum_parse(&more, text)) return errno == ENOMEM && np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    bool ok = np_exact_sum_add_sum(sum, &more);
    np_exact_sum_free(&more);
    return ok || np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
}
