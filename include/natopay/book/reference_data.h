/* What a rule book's rules stand on, in memory: sources, money, places, grades and their scales. */
#ifndef NATOPAY_BOOK_REFERENCE_DATA_H
#define NATOPAY_BOOK_REFERENCE_DATA_H

#include "natopay/base/lang.h"
#include "natopay/book/ini.h"
#include "natopay/book/value.h"

enum {
    NP_GRADES_MAX = 64,
    NP_STEPS_MAX = 30,
    NP_COUNTRIES_MAX = 300,
    NP_LIST_MAX = 100, /* values in one list */
    NP_LAYERS_MAX = 64
};

/* A text of the book in another language. */
typedef struct np_translation {
    const char *language; /* "fr" */
    const char *text;
    const struct np_translation *next;
} np_translation;

typedef struct np_label {
    const char *text; /* in English; NULL: not given */
    const np_translation *others;
} np_label;

typedef struct np_source {
    const char *name, *title, *publisher, *date, *url;
    np_label label, locator, note;
    np_span at;
} np_source;

typedef struct np_currency {
    const char *name, *symbol;
    np_label label;
    np_num minor_unit;
    unsigned decimals; /* of the minor unit */
    np_span at;
} np_currency;

/* A figure that the data give: its value, how sure it is and where it is from. */
typedef struct np_figure {
    bool given;
    np_num value;
    np_status status;
    const np_source *source; /* NULL: none named */
    np_label note;
    np_span at;
} np_figure;

typedef struct np_rate {
    np_date from;
    const char *key;             /* as written: the date */
    np_figure figure, low, high; /* units per euro */
    bool ranged;
} np_rate;

typedef struct np_exchange {
    uint16_t currency;
    np_label label;
    np_rate *rates; /* by date */
    size_t rate_count;
    uint16_t uncertain; /* see np_book.uncertain; UINT16_MAX: none */
    np_span at;
} np_exchange;

typedef struct np_country {
    const char *name;           /* "FR" */
    uint16_t currency;          /* in which posts there are paid */
    uint16_t national_currency; /* the same, unless the book has no exchange rate to state an estimate in it */
    bool member;
    np_label label;
    const char **aliases, **people; /* other names of it; what its nationals are called */
    size_t alias_count, people_count;
    const np_source *source;
    np_label note;
    struct np_scale **scales; /* by date */
    size_t scale_count;
    uint16_t *uncertain; /* [grade]: position in np_book.uncertain; UINT16_MAX: no figure of the grade has a range */
    np_span at;
    np_date newest_in_pack; /* of its newest scale, overlays aside; NP_DATE_NONE: it has none */
} np_country;

typedef struct np_station {
    const char *name, *town, *body;
    uint16_t country;
    np_label label;
    const char **aliases;
    size_t alias_count;
    np_span at;
} np_station;

typedef struct np_grade {
    const char *name; /* "G10" */
    const char *key;  /* "g10" */
    int rank;
    const char *category, *legacy;
    uint16_t twin; /* the higher grade of twin-graded posts that begin with this one; UINT16_MAX: none seen */
    const char **aliases;
    size_t alias_count;
    np_status status; /* of the former grade's name */
    const np_source *source;
    np_label note;
    np_label label;
    np_span at;
} np_grade;

/* How a scale's figure came about. */
typedef enum np_derivation {
    NP_PRINTED,    /* the section prints it */
    NP_CARRIED,    /* another section's, carried by indexes */
    NP_BY_RATIO,   /* the reference country's, times the ratio of the two scales */
    NP_BY_COUNTRY, /* the reference country's, times the ratio that the section gives for the country as a whole */
    NP_BETWEEN,    /* between those of the next lower and the next higher grade that have one */
    NP_AT_FLOOR,   /* by ratio, raised to the floor country's */
    NP_BY_STEP,    /* from step 1 by the step value parameter */
    NP_NOT_DERIVED /* none */
} np_derivation;

typedef struct np_resolved {
    np_num value;
    np_num low, high;      /* ends of its range, only when it is ranged */
    uint8_t status;        /* np_status */
    uint8_t how;           /* np_derivation */
    uint16_t from;         /* NP_CARRIED: position of the printing section in the country's list */
    uint16_t below, above; /* NP_BETWEEN: the grades it lies between */
    bool ranged;
} np_resolved;

typedef struct np_scale {
    uint16_t country;
    uint16_t position; /* in the country's list */
    np_date from;
    np_figure index; /* adjustment of the previous section */
    np_figure ratio; /* the country's salaries over those of its reference, where no grade gives it */
    np_num ratio_low, ratio_high;
    uint16_t reference, floor; /* countries; UINT16_MAX: none */
    np_num scaled; /* the post's notice prints another salary: other figures are times this; invalid: they are not */
    uint16_t own_grade; /* the grade whose figure is the notice's, where others are scaled; UINT16_MAX: none */
    bool derived; /* no file has it: the reference country's adjustment of this date, for a country without a section */
    np_figure *figures; /* [np_scale_cell(book, grade, step)] */
    bool *ended;        /* [grade]: from this section on its salary is not known */
    np_num *low, *high; /* [grade]: ends of a printed first step's range; invalid: it has none */
    np_resolved *step1; /* [grade]: the first step, derived when the book loads */
    uint8_t resolving;
    np_label label;
    np_label note;
    np_span at;
} np_scale;

#endif
