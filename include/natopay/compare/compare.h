/* Posts side by side. Each post stands in a column with a rule book of its own, for its file may lay figures over the
 * book; rows are matched by the names of rules. The first column is what the others are compared with.
 *
 * What is compared over time are months of service: a shorter and a longer time of each post, counted from its own
 * start; in the totals, in who has paid more, and in the break-even alike. How long they are says the first post's rule
 * book (`compared_months`; 36 and 72). */
#ifndef NATOPAY_COMPARE_COMPARE_H
#define NATOPAY_COMPARE_COMPARE_H

#include "natopay/career/milestones.h"
#include "natopay/career/total_range.h"
#include "natopay/pay/range.h"

enum { NP_COMPARE_LEAST = 2, NP_COMPARE_MOST = 12, NP_COMPARED_PATHS_MOST = 8 };

/* What is needed to bring an amount from one currency to another, by the euro rates of the book. */
typedef struct np_conversion {
    bool known;                       /* false: a rate is missing */
    bool same;                        /* one currency: nothing to do */
    np_num factor;                    /* units of the common currency for one of the own */
    uint8_t status;                   /* np_status: the weaker of the two rates */
    const np_rate *rates[2];          /* of the own and of the common currency; NULL: none needed, or none there */
    const np_currency *currencies[2]; /* own and common */
    const char *missing;              /* the currency without a rate; NULL when known */
} np_conversion;

/* The rates in force on a date (before the first one, the first). */
np_conversion np_conversion_of(const np_book *book, np_arena *arena, uint16_t own, uint16_t common, np_date date);
/* The same between currencies of several books, by the first of them that has a rate. */
np_conversion np_conversion_among(const np_book *const *books, size_t count, np_arena *arena, const np_currency *own,
                                  const np_currency *common, np_date date);
/* An amount in the common currency, rounded to its minor unit; exactly when `exact`. */
np_num np_convert(np_arena *arena, const np_conversion *conversion, np_num amount, bool exact);

/* Give a freshly loaded book the user's own rate (units per euro, > 0), for all dates, before anything is computed with
 * it. False when the currency is unknown, or the euro itself. */
bool np_book_set_rate(np_book *book, const char *currency, np_num per_euro);

/* One way through a post: a path of a twin-graded one, the only way of another. */
typedef struct np_compared_path {
    const char *name;                  /* of the path; "" when there is only one way */
    const char *label;                 /* in the language asked for */
    const np_projection *brief, *full; /* over the shorter and the longer time, from the start */
    np_total_range ranges[2];          /* of what the brief and the full one pay in all; not of a present job */
} np_compared_path;

typedef struct np_post_column {
    const char *mark; /* "A", "B", ... */
    const char *name; /* of the post; "" when it has none */
    const char *label;
    bool present; /* the job that somebody has: a net, and no lines; it goes on from the earliest start of the others */
    const np_book *book;
    const np_situation *situation;
    np_payslip *payslip; /* of the month compared, traced */
    np_range range;
    np_sensitivity *sensitivity;
    size_t sensitivity_count;
    np_terms terms;
    const np_eligible *conditions; /* what an appointment asks; NULL: of a present job */
    size_t condition_count;
    np_compared_path paths[NP_COMPARED_PATHS_MOST]; /* the first is the one taken unless told */
    size_t path_count;
    np_conversion conversion; /* to the common currency */
    bool has_price_level;     /* the book has a parameter price_level for the duty country */
    np_value price_level;
    const np_source *price_source;
    size_t same_as; /* an earlier column with the same situation; SIZE_MAX: none */
} np_post_column;

typedef enum np_cell_state { NP_CELL_NOTHING, NP_CELL_OPEN, NP_CELL_AMOUNT, NP_CELL_TEXT } np_cell_state;

typedef struct np_cell {
    np_cell_state state;
    np_num amount;     /* in the column's own currency */
    np_num common;     /* in the common one; invalid: no rate */
    np_num difference; /* of `common` from the first column's, which counts as 0 when it has none; invalid: not known */
    uint8_t status;    /* np_status */
    const char *text;  /* of words; of what is open: what is missing */
    const np_rule *rule; /* of a line: in the column's book */
} np_cell;

typedef enum np_compared_group {
    NP_GROUP_MONTH,    /* lines and totals of the month */
    NP_GROUP_EMPLOYER, /* what the employer pays on top */
    NP_GROUP_ONCE,
    NP_GROUP_TOTALS, /* over the contract, on each path */
    NP_GROUP_CONTRACT,
    NP_GROUP_COUNT
} np_compared_group;

/* A row is a line of the payslip, a total or a term. */
typedef struct np_compared {
    const char *name;  /* "basic_salary", "net", "total_36.normal", "contract" */
    const char *label; /* in the language asked for */
    np_compared_group group;
    bool sum;         /* a total */
    bool money;       /* cells are amounts */
    bool only_common; /* amounts have no own currency: they are in the common one already */
    np_cell cells[NP_COMPARE_MOST];
} np_compared;

/* From a month of service on one post has paid more in all than the first one, each counted from its own start, over
 * the longer time. Months are those of the payslips; the last takes what is left of a month begun later. */
typedef struct np_lead_change {
    size_t column;
    int32_t number; /* of the month of service, from 1 */
    np_date month;  /* its first day, of the column */
    int ahead;      /* 1: the column leads the first one from this month on; -1: it falls behind; 0: they are equal */
    np_num lead;    /* by so much at the end of that month, in the common currency; exact */
} np_lead_change;

typedef struct np_comparison {
    np_arena *arena;
    const np_lang *lang;
    np_post_column columns[NP_COMPARE_MOST];
    size_t count;
    int32_t compared_months[2]; /* of service, over which totals run: the shorter time, the longer one */
    uint16_t common;            /* currency, in common_book */
    const np_book *common_book; /* the first column's that has it */
    const char *common_name;    /* "EUR" */
    bool convertible;           /* every column has a rate */
    bool one_currency;          /* every column is paid in the common currency */
    np_compared *rows;
    size_t row_count, row_capacity;
    np_date first; /* first day of the earliest start's month */
    size_t months; /* from there: long enough to show every column's full projection */
    bool together; /* all posts begin in one month */
    np_lead_change *lead_changes;
    size_t lead_change_count, lead_change_capacity;
} np_comparison;

typedef struct np_compare_post {
    const char *name, *label; /* label NULL: its title or name */
    const np_situation *situation;
    bool present; /* the job that somebody has: `net` a month, and a situation without inputs */
    np_num net;
    uint16_t currency; /* in the situation's book */
} np_compare_post;

typedef struct np_compare_options {
    const np_compare_post *posts;
    size_t count;
    const char *currency; /* of the comparison; NULL: the first post's */
    np_span currency_at;
    const np_lang *lang;
} np_compare_options;

/* NULL after reporting: 1 or 13 posts, present jobs only, an unknown currency, a post that cannot be computed. A
 * missing rate is a warning: the comparison is there, without what needs it. Must run under np_arena_guard of the
 * arena. */
np_comparison *np_comparison_new(const np_compare_options *options, np_arena *arena, np_diags *diags);

/* What a path pays in the calendar month at `month` (0: the comparison's first), net and what comes once, in the
 * column's own currency; 0 before the start and after the end. *net: without what comes once; invalid outside. */
np_num np_path_month(const np_comparison *comparison, const np_compared_path *path, size_t month, np_num *net,
                     np_arena *arena);

/* The row of a name, or NULL. */
const np_compared *np_comparison_row(const np_comparison *comparison, const char *name);

#endif
