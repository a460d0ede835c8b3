/* A career: the terms of its contract, and what is paid from month to month.
 *
 * A month is paid as things stand on its first day in service (see [rule pay_day]). So a step or an advancement within
 * a month counts from the next month, and months between which nothing changes have the same payslip:
 * they form a stretch, for which one payslip is computed. */
#ifndef NATOPAY_CAREER_CAREER_H
#define NATOPAY_CAREER_CAREER_H

#include "natopay/book/contracts.h"
#include "natopay/pay/payslip.h"

enum { NP_MONTHS_MAX = 600 };

/* Why service ends on the last day that the terms give. */
typedef enum np_service_ends_by {
    NP_ENDS_NOT,      /* without end */
    NP_ENDS_GIVEN,    /* the input `end` */
    NP_ENDS_CONTRACT, /* nothing may follow this kind of contract */
    NP_ENDS_MAXIMUM,  /* longest service of this kind */
    NP_ENDS_AGE       /* the age rule */
} np_service_ends_by;

typedef struct np_terms {
    const np_contract *contract; /* NULL: the book knows no such kind */
    np_date start;
    np_date contract_end;  /* last day of the first contract; NP_DATE_NONE: without end */
    np_date probation_end; /* NP_DATE_NONE: none */
    np_date age_end;       /* last day that the age rule allows; NP_DATE_NONE: it does not bind */
    np_date maximum_end;   /* last day of the longest service of the kind; NP_DATE_NONE: no limit */
    np_date service_end;   /* last day that can be paid: beyond contract_end when it may be renewed or followed */
    np_service_ends_by service_ends_by;
    np_date step_held_on; /* the step is that of this day: the next one comes after it */
    np_date known_until;  /* nothing is known of service after this day; NP_DATE_NONE: always */
    uint8_t status;       /* np_status: the weakest figure in these */
} np_terms;

typedef struct np_career {
    const np_book *book;
    np_arena *arena;
    np_diags *diags;
    const np_situation *given;
    np_situation *situation; /* a copy, with what the career sets */
    np_payslip *payslip;
    np_value *first_slots;          /* the payslip of the first month, to begin each path with */
    bool silent;                    /* grade and step are asked for alone: no probation */
    struct np_projector *projector; /* NULL: it makes one when it is projected */
    np_terms terms;
    uint16_t grade, twin_grade; /* twin_grade: UINT16_MAX when the post is not twin-graded */
    int64_t step;
    np_duration interval; /* between steps; zero: no steps */
    np_date steps_from;
    int64_t steps;       /* in a grade */
    bool steps_assumed;  /* how many steps a grade has is an assumption */
    const uint8_t *ends; /* [uncertain]: np_end of each figure; NULL: all in the middle */
    bool *took_part;     /* [uncertain]: figures that steps and advancement went by are noted here; NULL: not asked */
} np_career;

/* Reads the terms and computes the first month. NULL after reporting. `situation` must outlive it. Must run under
 * np_arena_guard of the arena. */
np_career *np_career_new(const np_situation *situation, np_arena *arena, np_diags *diags);
/* The same with uncertain figures at their ends. */
np_career *np_career_new_at(const np_situation *situation, np_arena *arena, np_diags *diags, const uint8_t *ends,
                            bool *took_part);

/* The same for one of many careers under one book, to be projected only: the first month is not computed, so neither
 * np_career_check nor milestones may be asked for. See natopay/career/projector.h. */
np_career *np_career_open(struct np_projector *projector, const np_situation *situation, np_arena *arena,
                          np_diags *diags, const uint8_t *ends, bool *took_part);

/* Contradictions and advice about this career: the book's checks, the age rule, the longest service, dates that fall
 * on days that do not exist. False when it cannot go on. */
bool np_career_check(np_career *career);

/* A formula of the career book in the first month's state; unknown when not given. `failed`: see np_eval. */
np_value np_career_value(np_career *career, const np_formula *formula);

/* Whether a path is open to this person; unknown counts as open. Without a twin grade none is. */
bool np_career_path_open(np_career *career, const np_path *path);

/* ---- projection ---- */

typedef enum np_cause_kind {
    NP_CAUSE_START,       /* the first month; number: days, when not all of them */
    NP_CAUSE_FULL_MONTH,  /* the first full month */
    NP_CAUSE_LAST_DAYS,   /* the last month; number: days paid */
    NP_CAUSE_STEP,        /* number: the step; on: its day; index: its grade if that ends too, or UINT16_MAX */
    NP_CAUSE_ADVANCEMENT, /* index: the grade; on: its day */
    NP_CAUSE_CHILD_BORN,  /* on: the birth */
    NP_CAUSE_CHILD_AGED,  /* on: the birth; number: the age */
    NP_CAUSE_YEARS,       /* index: slot; number: its value, counted in years from a date */
    NP_CAUSE_SCALE,       /* index: country; on: the scale's date */
    NP_CAUSE_PARAMETER,   /* index: parameter; on: the figure's date */
    NP_CAUSE_RULE_BEGINS, /* index: slot of the rule; on: the day */
    NP_CAUSE_RULE_ENDS,   /* index: slot of the rule; on: its last day */
    NP_CAUSE_ONCE,        /* index: slot of the rule that is paid once this month */
    NP_CAUSE_ONCE_OVER,   /* what was paid once is over */
    NP_CAUSE_OTHER,       /* index: slot that changed with the date; on: the month */
    NP_CAUSE_KIND_COUNT
} np_cause_kind;

typedef struct np_cause {
    np_cause_kind kind;
    uint16_t index;
    int64_t number;
    np_date on;
} np_cause;

typedef struct np_stretch {
    np_date month;    /* first day of its first month */
    np_date from, to; /* days in service, both included */
    int32_t months;
    uint16_t grade, currency;
    int64_t step;
    np_total gross, deductions, net, employer, once; /* a month */
    const np_line *lines; /* [rule - first line's rule]; see np_stretch_line. NULL when not asked for */
    np_cause *causes;
    size_t cause_count;
    size_t open_lines;
    np_net_bound bound;
} np_stretch;

/* Exact sums over months. take-home = net + once. */
typedef struct np_sum {
    np_num gross, deductions, net, employer, once;
    uint8_t status;
    int32_t months; /* payslips */
} np_sum;

/* What the lines behind the deductions come to. */
np_num np_sum_adjustments(np_arena *arena, const np_sum *sum);

/* What happened to the career itself, for milestones. */
typedef struct np_career_event {
    np_event event;
    np_date on;
    uint16_t grade;
    int64_t step;
} np_career_event;

typedef struct np_projection {
    const np_career *career;
    const np_path *path; /* NULL: the post is not twin-graded */
    int32_t months;      /* what was asked for, */
    np_date from, until; /* and its days */
    np_date last;        /* last day paid: before `until` when service ends */
    np_stretch *stretches;
    size_t stretch_count, stretch_capacity;
    np_career_event *events;
    size_t event_count, event_capacity;
    np_sum total;
} np_projection;

typedef struct np_project_options {
    int32_t months;      /* from the start: 1 to NP_MONTHS_MAX */
    const np_path *path; /* NULL: the one that the input twin_advancement names */
    bool lines, causes;  /* keep them */
    bool monthly;        /* compute every month anew, as a check: the same result, slower */
} np_project_options;

/* NULL after reporting. */
np_projection *np_career_project(np_career *career, const np_project_options *options);

/* The line of a rule that is no fact. */
const np_line *np_stretch_line(const np_book *book, const np_stretch *stretch, const np_rule *rule);

/* The first rule that is no fact (rules are sorted by kind); lines of a stretch are counted from it. */
size_t np_first_line(const np_book *book);

/* ---- sums ---- */

typedef enum np_by { NP_BY_MONTH, NP_BY_YEAR, NP_BY_CONTRACT_YEAR, NP_BY_STRETCH } np_by;

typedef struct np_period {
    np_date from, to;
    int number;     /* calendar year, or year of the contract from 1; 0 otherwise */
    size_t stretch; /* its first stretch */
    np_sum sum;
} np_period;

/* A month belongs to the year that holds its first day in service. */
np_period *np_projection_periods(const np_projection *projection, np_by by, np_arena *arena, size_t *count);

#endif
