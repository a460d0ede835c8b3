/* Formulas: total, side-effect free, typed when the book loads. */
#ifndef NATOPAY_BOOK_FORMULA_H
#define NATOPAY_BOOK_FORMULA_H

#include "natopay/book/ini.h"
#include "natopay/book/value.h"

enum { NP_FORMULA_DEPTH = 100, NP_FORMULA_NODES = 2000 };

typedef enum np_op {
    NP_OP_LITERAL,
    NP_OP_NAME,      /* not resolved yet */
    NP_OP_SLOT,      /* an input or a rule: index = slot */
    NP_OP_PARAMETER, /* index = parameter; args: position and/or country */
    NP_OP_CALL,      /* index = np_function */
    NP_OP_ADD,
    NP_OP_SUB,
    NP_OP_MUL,
    NP_OP_DIV,
    NP_OP_NEG,
    NP_OP_EQ,
    NP_OP_NE,
    NP_OP_LT,
    NP_OP_LE,
    NP_OP_GT,
    NP_OP_GE,
    NP_OP_AND,
    NP_OP_OR,
    NP_OP_NOT,
    NP_OP_IN, /* args[0] in args[1..] */
    NP_OP_IF  /* args: condition, then, else */
} np_op;

/* FUNCTION(identifier, name, fewest arguments, most arguments, what it gives) */
#define NP_FUNCTIONS(FUNCTION)                                                                                         \
    FUNCTION(MIN, "min", 2, 16, "the smallest of numbers, amounts or dates")                                           \
    FUNCTION(MAX, "max", 2, 16, "the largest of numbers, amounts or dates")                                            \
    FUNCTION(CLAMP, "clamp", 3, 3, "the first, held between the second and the third")                                 \
    FUNCTION(ROUND, "round", 2, 3, "a multiple of the second, by a rounding mode ('half_up' unless told)")             \
    FUNCTION(FLOOR, "floor", 1, 1, "the whole number at or below")                                                     \
    FUNCTION(POWER, "power", 2, 2, "a number to a whole power from 0 to 100")                                          \
    FUNCTION(PROGRESSIVE, "progressive", 3, 4, "a rate for each slice of the first (value, limits, rates[, factor])")  \
    FUNCTION(SUM, "sum", 1, 1, "what the rules come to that count in it (counts_in = ...), or are of this kind")       \
    FUNCTION(SCALE, "scale", 2, 4, "basic monthly salary of (grade, step[, country[, date]])")                         \
    FUNCTION(SCALE_DATE, "scale_date", 0, 2, "effective date of the scale in force ([country[, date]])")               \
    FUNCTION(NEWEST_SCALE_DATE, "newest_scale_date", 0, 1, "date of the newest scale, overlays aside ([country])")     \
    FUNCTION(UNADJUSTED_YEARS, "unadjusted_years", 0, 2, "years since the last printed scale without any ([c[, d]])")  \
    FUNCTION(LOCAL, "local", 1, 1, "an amount in the currency of the duty country, at the book's rate")                \
    FUNCTION(NUMBER_AGED, "number_aged", 3, 3, "how many born on (dates) are aged from, and below to, this month")     \
    FUNCTION(COUNT, "count", 1, 1, "how many dates there are")                                                         \
    FUNCTION(NUMBER_BEFORE, "number_before", 2, 2, "how many of (dates) lie on or before a date")                      \
    FUNCTION(YEARS_BETWEEN, "years_between", 2, 2, "whole years from one date to another")                             \
    FUNCTION(MONTHS_BETWEEN, "months_between", 2, 2, "whole months from one date to another")                          \
    FUNCTION(DAYS_BETWEEN, "days_between", 2, 2, "days from one date to another")                                      \
    FUNCTION(SHARE_OF_MONTH, "share_of_month", 1, 2, "share of the paid month's days from one date (to another)")      \
    FUNCTION(YEARS, "years", 1, 1, "a duration of a number of years")                                                  \
    FUNCTION(MONTHS, "months", 1, 1, "a duration of a number of months")                                               \
    FUNCTION(YEAR, "year", 1, 1, "the calendar year of a date")                                                        \
    FUNCTION(MONTH, "month", 1, 1, "the month of a date, 1 to 12")                                                     \
    FUNCTION(DAY, "day", 1, 1, "the day of the month of a date")                                                       \
    FUNCTION(MONTH_START, "month_start", 1, 1, "the first day of a date's month")                                      \
    FUNCTION(MONTH_END, "month_end", 1, 1, "the last day of a date's month")                                           \
    FUNCTION(LAST_DAY, "last_day", 2, 2, "the last day of a time (a duration) that begins on a date")                  \
    FUNCTION(KNOWN, "known", 1, 1, "whether an input is given or has a default")                                       \
    FUNCTION(GIVEN, "given", 1, 1, "whether an input is given, defaults aside")                                        \
    FUNCTION(CHOICE, "choice", 1, 1, "an input's place among its choices, from 1")                                     \
    FUNCTION(LEVELS_MET, "levels_met", 2, 3, "whether language levels held meet those asked for (held, asked[, all])") \
    FUNCTION(RANK, "rank", 1, 1, "a grade's rank")                                                                     \
    FUNCTION(CATEGORY, "category", 1, 1, "a grade's category")                                                         \
    FUNCTION(STATION_COUNTRY, "station_country", 1, 1, "the country of a duty station")                                \
    FUNCTION(MEMBER, "member", 1, 1, "whether a country is a member of the organisation")

typedef enum np_function {
#define NP_FUNCTION_ENUM(id, name, fewest, most, text) NP_FN_##id,
    NP_FUNCTIONS(NP_FUNCTION_ENUM)
#undef NP_FUNCTION_ENUM
        NP_FUNCTION_COUNT
} np_function;

typedef struct np_function_info {
    const char *name;
    unsigned fewest, most;
    const char *text;
} np_function_info;

const np_function_info *np_function_describe(np_function function);
/* The np_function of a name, or -1. */
int np_function_named(const char *name);

typedef struct np_node {
    uint8_t op;     /* np_op */
    uint8_t type;   /* np_type, set by the type check */
    uint16_t index; /* slot, parameter or function */
    uint16_t argc;
    uint32_t id;         /* unique in the book, from 0 */
    uint32_t start, end; /* bytes of the formula's text */
    struct np_node **args;
    np_value literal;
    const char *name; /* of NP_OP_NAME, and of a called name until it is resolved */
} np_node;

typedef struct np_formula {
    np_node *root; /* NULL: the key was not given */
    const np_ini_key *key;
} np_formula;

/* Lay the formula's nodes side by side in the order of their evaluation, which walks them fastest. */
void np_formula_pack(np_arena *arena, np_formula *formula);

/* Where a node stands in the rule book. */
np_span np_node_span(const np_formula *formula, const np_node *node);

struct np_book;

/* Parse key's value. Currencies, grades and countries must be in the book already. NULL root after reporting. */
np_formula np_formula_parse(struct np_book *book, np_diags *diags, const np_ini_key *key);

/* The same, with calls of the book's own functions as they stand. */
np_formula np_formula_read(struct np_book *book, np_diags *diags, const np_ini_key *key);

/* Type-check and resolve names; `resolve` gives a name's slot (compiling it first when need be) or reports and
 * returns -1. The result type is NP_NONE when something was reported. */
typedef struct np_checker {
    struct np_book *book;
    np_diags *diags;
    const np_formula *formula;
    int (*slot_of)(struct np_checker *checker, const char *name, np_span at);
    void *context;
} np_checker;

np_type np_formula_check(np_checker *checker, np_node *node);

/* Check that a formula of type `found` may stand where `wanted` is asked; a text literal becomes a grade or country
 * there. */
bool np_formula_expect(np_checker *checker, np_node *node, np_type wanted, const char *what);

/* Parse and type-check key's value against a book that is compiled; `what` names it in messages. NULL root after
 * reporting. */
np_formula np_formula_compile(struct np_book *book, np_diags *diags, const np_ini_key *key, np_type wanted,
                              const char *what);

#endif
