/* The program's own texts in the language asked for. */
#include "natopay/base/lang.h"

#include <stddef.h>

const char *np_say(const np_lang *lang, const char *english)
{
    return lang && lang->translate ? lang->translate(lang->context, NULL, english) : english;
}

const char *np_say_as(const np_lang *lang, const char *sense, const char *english)
{
    return lang && lang->translate ? lang->translate(lang->context, sense, english) : english;
}

const char *np_say_number(const np_lang *lang, const char *one, const char *many, unsigned long long number)
{
    if (lang && lang->plural) return lang->plural(lang->context, one, many, number);
    return number == 1 ? one : many;
}
