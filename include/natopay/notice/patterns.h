/* The rule book's [pattern X] sections, compiled: how a notice's wordings are found. */
#ifndef NATOPAY_NOTICE_PATTERNS_H
#define NATOPAY_NOTICE_PATTERNS_H

#include "natopay/book/model.h"

/* FIELD(identifier, name, label). The contract's names first. */
#define NP_NOTICE_FIELDS(FIELD)                                                                            \
    FIELD(TITLE, "title", NP_MARK("Title"))                                                                \
    FIELD(BODY, "body", NP_MARK("NATO body"))                                                              \
    FIELD(REFERENCE, "reference", NP_MARK("Reference"))                                                    \
    FIELD(GRADE, "grade", NP_MARK("Grade"))                                                                \
    FIELD(TWIN_GRADE, "twin_grade", NP_MARK("Higher twin grade"))                                          \
    FIELD(TOWN, "town", NP_MARK("Duty town"))                                                              \
    FIELD(STATION, "station", NP_MARK("Station"))                                                          \
    FIELD(COUNTRY, "country", NP_MARK("Duty country"))                                                     \
    FIELD(CLOSING, "closing", NP_MARK("Closing date"))                                                     \
    FIELD(START, "start", NP_MARK("Start"))                                                                \
    FIELD(SALARY_AMOUNT, "salary_amount", NP_MARK("Salary quoted"))                                        \
    FIELD(SALARY_CURRENCY, "salary_currency", NP_MARK("Currency"))                                         \
    FIELD(SALARY_PERIOD, "salary_period", NP_MARK("Per"))                                                  \
    FIELD(CONTRACT, "contract", NP_MARK("Contract"))                                                       \
    FIELD(CONTRACT_MONTHS, "contract_months", NP_MARK("Contract, months"))                                 \
    FIELD(SECONDED_MAX_MONTHS, "seconded_max_months", NP_MARK("Secondment at most, months"))               \
    FIELD(TWIN_REDUCTION_MONTHS, "twin_reduction_months", NP_MARK("Twin-grade reduction up to, months"))   \
    FIELD(LANGUAGES, "languages", NP_MARK("Languages"))                                                    \
    FIELD(SLP, "slp", NP_MARK("Language profile (SLP)"))                                                   \
    FIELD(CLEARANCE, "clearance", NP_MARK("Clearance"))                                                    \
    FIELD(EXPERIENCE_YEARS, "experience_years", NP_MARK("Experience, years"))                              \
    FIELD(SALARY_AMOUNT_HIGH, "salary_amount_high", NP_MARK("Salary quoted, up to"))                       \
    FIELD(SALARY_YEAR, "salary_year", NP_MARK("Year of the scale"))                                        \
    FIELD(EXPERIENCE_YEARS_HIGH, "experience_years_high", NP_MARK("Experience up to, years"))              \
    FIELD(INTERVIEW, "interview", NP_MARK("Interview"))                                                    \
    FIELD(CONTRACT_THEN, "contract_then", NP_MARK("Contract afterwards"))                                  \
    FIELD(SECONDED_MONTHS, "seconded_months", NP_MARK("Secondment, months"))                               \
    FIELD(SECONDED_RENEWAL_MONTHS, "seconded_renewal_months", NP_MARK("Secondment renewable for, months")) \
    FIELD(PROBATION_MONTHS, "probation_months", NP_MARK("Probation, months"))                              \
    FIELD(AGE_MIN, "age_min", NP_MARK("Age over"))                                                         \
    FIELD(AGE_MAX, "age_max", NP_MARK("Age under"))                                                        \
    FIELD(TWIN_GRADED, "twin_graded", NP_MARK("Twin-graded"))                                              \
    FIELD(TWIN_NORMAL_MONTHS, "twin_normal_months", NP_MARK("Higher grade not before, months"))            \
    FIELD(TRAVEL, "travel", NP_MARK("Travel"))                                                             \
    FIELD(ON_CALL, "on_call", NP_MARK("On call, outside hours"))                                           \
    FIELD(ALLOWANCES, "allowances", NP_MARK("Allowances named"))                                           \
    FIELD(POSTS, "posts", NP_MARK("Number of posts"))

typedef enum np_notice_field {
#define NP_NOTICE_FIELD_ENUM(id, name, label) NP_NOTICE_##id,
    NP_NOTICE_FIELDS(NP_NOTICE_FIELD_ENUM)
#undef NP_NOTICE_FIELD_ENUM
        NP_NOTICE_FIELD_COUNT
} np_notice_field;

typedef struct np_notice_field_info {
    const char *name;
    const char *label; /* in English, to be translated */
} np_notice_field_info;

const np_notice_field_info *np_notice_field_describe(np_notice_field field);

/* The compiled patterns of a book: made once, read-only afterwards, for any number of notices and threads. What is
 * wrong with a pattern is reported at its place. NULL after an error; the book must outlive them. Unlike all else in
 * the library they own memory outside the arena (machine code of the regular expressions): free them. */
typedef struct np_patterns np_patterns;
np_patterns *np_patterns_new(const np_book *book, np_diags *diags, np_arena *arena);
void np_patterns_free(np_patterns *patterns);

#endif
