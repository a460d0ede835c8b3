/* Values: what formulas compute with, and how sure each is. */
#ifndef NATOPAY_BOOK_VALUE_H
#define NATOPAY_BOOK_VALUE_H

#include "natopay/base/date.h"
#include "natopay/base/diag.h"
#include "natopay/base/num.h"

/* How sure a figure is; a result is as sure as the weakest figure in it. */
typedef enum np_status {
    NP_PUBLISHED, /* an official text or a notice prints it */
    NP_CHAINED,   /* a published figure carried by an index */
    NP_SISTER,    /* another Co-ordinated Organisation's figure */
    NP_ESTIMATED, /* by the ratio of two countries' scales */
    NP_ASSUMED,   /* our assumption, with low and high */
    NP_USER,      /* the user's own figure */
    NP_STATUS_COUNT
} np_status;

/* The weaker of two. */
static inline uint8_t np_weaker(unsigned a, unsigned b)
{
    return (uint8_t)(a > b ? a : b);
}

const char *np_status_name(np_status status);
bool np_status_parse(const char *name, np_status *status);

typedef enum np_type {
    NP_NONE, /* the type of something that was reported already: fits everywhere, so that one error is reported once */
    NP_NUMBER,
    NP_MONEY,
    NP_TRUTH,
    NP_TEXT,
    NP_DATE,
    NP_DATES,
    NP_DURATION,
    NP_GRADE,
    NP_COUNTRY,
    NP_LIST, /* all values of a list parameter: only the argument of a function that takes one */
    NP_TYPE_COUNT
} np_type;

const char *np_type_name(np_type type);
const char *np_type_phrase(np_type type); /* "a number", "an amount of money", "a yes or no": marked */
bool np_type_parse(const char *name, np_type *type);

enum { NP_SLOTS_MAX = 256 }; /* inputs and rules of one book */

/* A figure that the rule book does not have: what to say of it. */
typedef struct np_gap {
    np_code code;
    np_span at;
    const char *message, *hint;
} np_gap;

/* Why a value is not known: which inputs are missing (a bit for each input's slot), and the first figure that is. */
typedef struct np_missing {
    uint64_t bits[NP_SLOTS_MAX / 64];
    const np_gap *gap; /* NULL: no figure is missing */
} np_missing;

#define NP_CURRENCY_ANY UINT16_MAX         /* zero is zero in every currency */
#define NP_CURRENCY_LOCAL (UINT16_MAX - 1) /* of the duty country: only in inputs, until they are evaluated */

typedef struct np_dates {
    const np_date *items;
    size_t count;
} np_dates;

struct np_value;

/* Numbers or amounts of the rule book, by position. */
typedef struct np_list {
    const struct np_value *items;
    size_t count;
} np_list;

/* While a projection looks for the month in which something changes, a date may move with the month. */
typedef enum np_moving {
    NP_FIXED,
    NP_MONTH_START, /* the first day of the month being paid */
    NP_MONTH_LAST,  /* its last day */
    NP_MOVING       /* some other way */
} np_moving;

typedef struct np_value {
    uint8_t type;      /* np_type */
    uint8_t status;    /* np_status: the weakest that went in */
    uint8_t moving;    /* np_moving: a date that goes with the month being paid */
    bool unknown;      /* not known, because inputs are missing: see `missing` */
    bool percent;      /* of a number: written with %, and to be shown so */
    uint16_t currency; /* of money: index into the book's currencies, or NP_CURRENCY_ANY */
    union {
        np_num number; /* number, money */
        bool truth;
        const char *text;
        np_date date;
        np_dates dates;
        np_list list;
        np_duration duration;
        uint16_t grade;   /* index into the book's grades */
        uint16_t country; /* index into the book's countries */
        const np_missing *missing;
    } as;
} np_value;

/* Begin a value that is known and stays the same from month to month; `as` is to be filled in. */
static inline void np_value_begin(np_value *value, uint8_t type, uint8_t status, uint16_t currency)
{
    *value = (np_value){.type = type, .status = status, .currency = currency};
}

#endif
