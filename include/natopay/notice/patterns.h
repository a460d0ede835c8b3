/* The rule book's [pattern X] sections, compiled: how a notice's wordings are found. */
#ifndef NATOPAY_NOTICE_PATTERNS_H
#define NATOPAY_NOTICE_PATTERNS_H

#include "natopay/book/model.h"

/* The fields of which the reader knows more than how they are found (a grade is looked for in the scale, say):
 * FIELD(identifier, name). Which fields there are, and what people call them, is in the rule book: its [field X]
 * sections. */
#define NP_NOTICE_FIELDS(FIELD)                               \
    FIELD(TITLE, "title")                                     \
    FIELD(BODY, "body")                                       \
    FIELD(REFERENCE, "reference")                             \
    FIELD(GRADE, "grade")                                     \
    FIELD(TWIN_GRADE, "twin_grade")                           \
    FIELD(TOWN, "town")                                       \
    FIELD(STATION, "station")                                 \
    FIELD(COUNTRY, "country")                                 \
    FIELD(CLOSING, "closing")                                 \
    FIELD(START, "start")                                     \
    FIELD(SALARY_AMOUNT, "salary_amount")                     \
    FIELD(SALARY_CURRENCY, "salary_currency")                 \
    FIELD(SALARY_PERIOD, "salary_period")                     \
    FIELD(CONTRACT, "contract")                               \
    FIELD(CONTRACT_MONTHS, "contract_months")                 \
    FIELD(SECONDED_MAX_MONTHS, "seconded_max_months")         \
    FIELD(LANGUAGES, "languages")                             \
    FIELD(SLP, "slp")                                         \
    FIELD(CLEARANCE, "clearance")                             \
    FIELD(EXPERIENCE_YEARS, "experience_years")               \
    FIELD(SALARY_AMOUNT_HIGH, "salary_amount_high")           \
    FIELD(SALARY_YEAR, "salary_year")                         \
    FIELD(EXPERIENCE_YEARS_HIGH, "experience_years_high")     \
    FIELD(INTERVIEW, "interview")                             \
    FIELD(SECONDED_MONTHS, "seconded_months")                 \
    FIELD(SECONDED_RENEWAL_MONTHS, "seconded_renewal_months") \
    FIELD(TWIN_GRADED, "twin_graded")                         \
    FIELD(POSTS, "posts")

/* A field's number in one set of patterns: one of these, or a higher one for what only the book knows. */
typedef unsigned np_notice_field;
enum {
#define NP_NOTICE_FIELD_ENUM(id, name) NP_NOTICE_##id,
    NP_NOTICE_FIELDS(NP_NOTICE_FIELD_ENUM)
#undef NP_NOTICE_FIELD_ENUM
        NP_NOTICE_KNOWN_FIELDS,
    NP_NOTICE_FIELDS_MAX = 64
};

/* The compiled patterns of a book: made once, read-only afterwards, for any number of notices and threads. What is
 * wrong with a pattern is reported at its place. NULL after an error; the book must outlive them. Unlike all else in
 * the library they own memory outside the arena (machine code of the regular expressions): free them. */
typedef struct np_patterns np_patterns;
np_patterns *np_patterns_new(const np_book *book, np_diags *diags, np_arena *arena);
void np_patterns_free(np_patterns *patterns);

#endif
