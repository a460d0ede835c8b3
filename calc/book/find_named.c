/* What a value or a section names: a country, a currency, a grade, a source, an input. */
#include <string.h>

#include "build.h"
#include "natopay/book/spelling.h"

void np_check_name(np_build *build, const char *name, np_span at)
{
    static const char *const WORDS[] = {"and", "or", "not", "in", "if", "then", "else", "yes", "no"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i], name) == 0)
            np_report(build->diags, NP_CODE_BAD_NAME, at, "'%s' is a word of the formula language", name);
    bool begins = name[0] >= 'a' && name[0] <= 'z';
    if (begins && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name)) return;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_NAME, at, "'%s' cannot be used in a formula", name);
    np_diag_hint(build->diags, diag, "use lower case letters, digits and _, and begin with a letter");
}

int np_find_country(np_build *build, const char *name, np_span at)
{
    int found = np_book_country(build->book, name);
    if (found >= 0) return found;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_COUNTRY, at, "unknown country '%s'", name);
    int station = np_spelled_station(build->book, name);
    const char *near = station >= 0 ? build->book->countries[build->book->stations[station].country].name
                                    : np_book_suggest(build->book, "country", name);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(build->diags, diag,
                     "the rule book has its members and duty countries alone: natopay show country lists them");
    return -1;
}

int np_find_currency(np_build *build, const char *name, np_span at)
{
    int found = np_book_currency(build->book, name);
    if (found >= 0) return found;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_CURRENCY, at, "unknown currency '%s'", name);
    const char *near = np_book_suggest(build->book, "currency", name);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(build->diags, diag, "natopay show currency lists those there are; [currency %s] adds one", name);
    return -1;
}

int np_find_grade(np_build *build, const char *name, np_span at)
{
    int found = np_book_grade(build->book, name);
    if (found >= 0) return found;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_GRADE, at, "unknown grade '%s'", name);
    const char *near = np_book_suggest(build->book, "grade", name);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(build->diags, diag, "%s", np_grade_range(build->book, build->arena, build->diags->lang));
    return -1;
}

const np_source *np_book_find_source(const np_book *book, np_diags *diags, const np_ini_key *key)
{
    const np_source *source = np_book_source(book, key->value);
    if (source) return source;
    np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_SOURCE, key->value_at, "no [source %s] is defined", key->value);
    const char *near = np_book_suggest(book, "source", key->value);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(diags, diag, "natopay show source lists those there are; [source %s] adds one", key->value);
    return NULL;
}

const np_source *np_find_source(np_build *build, const np_ini_key *key)
{
    return np_book_find_source(build->book, build->diags, key);
}

const np_input *np_find_input(np_build *build, const np_ini_key *key)
{
    const np_input *input = np_book_input(build->book, key->value);
    if (input) return input;
    np_diag *diag =
        np_report(build->diags, NP_CODE_UNKNOWN_INPUT, key->value_at, "no [input %s] is defined", key->value);
    const char *near = np_book_suggest(build->book, "input", key->value);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(build->diags, diag, "natopay show input lists the inputs");
    return NULL;
}

bool np_country_and_date(np_build *build, const char *text, np_span at, int *country, np_date *date)
{
    size_t word = strcspn(text, " ");
    char *code = np_arena_copy(build->arena, text, word);
    for (char *c = code; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - ('a' - 'A'));
    if (country) *country = np_find_country(build, code, (np_span){at.file, at.offset, (uint32_t)word});
    const char *rest = text + word + strspn(text + word, " ");
    const char *why = np_date_parse(rest, strlen(rest), date);
    if (why) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_DATE, at, "'%s' is not a date: %s", rest,
                                  np_date_why(build->arena, build->diags->lang, rest, strlen(rest)));
        np_diag_hint(build->diags, diag, "write COUNTRY YYYY-MM-DD, for example FR 2026-01-01");
    }
    return (!country || *country >= 0) && !why;
}
