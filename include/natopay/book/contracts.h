/* What the rule book says about careers: kinds of contract, milestones, paths of twin-graded posts, conditions of a
 * post, and how steps go on. */
#ifndef NATOPAY_BOOK_CONTRACTS_H
#define NATOPAY_BOOK_CONTRACTS_H

#include "natopay/book/model.h"

enum { NP_CONTRACTS_MAX = 64 };

/* What all of them have. */
typedef struct np_about {
    const char *name;
    np_label label;
    np_label note;
    bool has_status;
    np_status status;
    const np_source **sources;
    size_t source_count;
    np_span at;
} np_about;

/* A kind of contract: [contract X]. The formulas are durations; one that is not given does not apply. */
typedef struct np_contract {
    np_about about;
    np_formula length; /* not given: without end */
    np_formula probation;
    np_formula renewal; /* by how much it can be renewed */
    np_formula maximum; /* longest service in the post under this kind */
    int then;           /* the kind that may follow; -1: none */
    int sample;         /* how many of 100 made-up staff have it */
    int *sample_months; /* how long theirs are, one as often as the other */
    size_t sample_month_count;
} np_contract;

/* What happens to a career that a milestone may name instead of a date. */
typedef enum np_event { NP_EVENT_NONE, NP_EVENT_STEP, NP_EVENT_ADVANCEMENT, NP_EVENT_COUNT } np_event;

/* A date worth knowing: [milestone X]. Its dates come from `date` (and every so often from then on), from each date of
 * a list, from an event, or from the first month in which a line of the payslip falls. */
typedef struct np_milestone {
    np_about about;
    uint64_t contracts;      /* bit set of the kinds it is for; 0: all */
    np_formula when;         /* truth */
    np_formula date;         /* date */
    np_formula every, until; /* duration, date: repeated */
    np_formula since;        /* date: every so often since this day, which itself is none of its dates */
    bool last_day;           /* ... on the last day of each such time */
    np_formula each, after;  /* dates, duration: once for each, that much later */
    np_formula number;       /* number: shown with it, as in "30 days"; multiplied by the number of the repeat */
    int falls;               /* rule; -1: none */
    np_event event;
} np_milestone;

/* A way through a twin-graded post: [path X]. */
typedef struct np_path {
    np_about about;
    np_formula when; /* truth: whether it is open to this person */
    np_formula date; /* date of advancement; not given: none */
} np_path;

/* Something that a post or the Regulations ask for: [condition X]. */
typedef struct np_condition {
    np_about about;
    np_formula when;  /* truth: whether it is asked for */
    np_formula holds; /* truth */
    np_label missing; /* what to do about it */
    bool bars;        /* without it nobody can be appointed */
} np_condition;

typedef enum np_on_advancement { NP_STEP_LOWEST_NOT_BELOW, NP_STEP_SAME, NP_STEP_FIRST } np_on_advancement;

/* How a career goes on: [career X], one in a pack. */
typedef struct np_progress {
    np_about about;
    np_formula steps_from;              /* date from which the first interval counts */
    np_formula step_held_on;            /* date on which the step was held: the next one comes after it */
    np_formula step_interval;           /* duration */
    np_formula steps;                   /* number of steps in a grade */
    np_formula salary;                  /* money: what is compared on advancement; names inputs and figures only */
    np_formula must_end, must_end_when; /* date, truth: the last day on which service may end for its sake */
    np_formula known_until;             /* date after which the book knows nothing of service at that age */
    np_on_advancement on_advancement;
    bool restarts; /* the interval counts anew from an advancement */
} np_progress;

/* The inputs that a career reads and sets, by name; UINT16_MAX: not in the book. */
typedef struct np_career_slots {
    uint16_t start, end, contract, contract_months, contract_end, grade, twin_grade, step, twin_advancement,
        grade_at_recruitment;
} np_career_slots;

typedef struct np_career_book {
    np_contract *contracts;
    size_t contract_count;
    np_milestone *milestones;
    size_t milestone_count;
    np_path *paths;
    size_t path_count;
    np_condition *conditions;
    size_t condition_count;
    np_progress *progress; /* NULL: none */
    np_career_slots slots;
} np_career_book;

/* By name; -1: none. */
int np_book_contract(const np_book *book, const char *name);
int np_book_path(const np_book *book, const char *name);

#endif
