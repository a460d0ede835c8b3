/* Real payslips beside computed ones: by what they differ, and which value of a figure that is not sure would explain
 * it.
 *
 * Each figure of the rule book with a range is tried: a payslip that depends on it says between which values it would
 * lie, to a cent. The value on which most payslips agree is taken, the one that wins most first; then all is computed
 * anew with it, and the next figure is looked for. What a figure does not explain is looked for elsewhere: a line that
 * is not paid, another step. */
#ifndef NATOPAY_PLAN_RECONCILE_H
#define NATOPAY_PLAN_RECONCILE_H

#include "natopay/pay/explain.h"
#include "natopay/pay/payslip.h"

enum { NP_RECONCILE_ROWS = 20000, NP_RECONCILE_FIGURES = 64 };

/* What is compared: a total, or a line. */
typedef struct np_measure {
    const np_rule *rule; /* NULL: a total */
    np_total_kind total;
} np_measure;

/* What a name or a label, of the payslip in the given language too, stands for; false when nothing is called so. The
 * rule may be a fact. */
bool np_measure_find(const np_book *book, const char *name, const np_lang *lang, np_measure *measure);

/* NAME of NAME=...; false when no total and no line is called so. */
bool np_measure_parse(const np_book *book, const char *name, size_t length, const np_lang *lang, np_measure *measure);

typedef enum np_cause_of {
    NP_AGREES,        /* as the rule book has it */
    NP_FROM_FIGURE,   /* a figure: index in figures */
    NP_FROM_ROUNDING, /* a cent */
    NP_FROM_LINE,     /* a line that is not paid: index of its rule */
    NP_FROM_STEP,     /* another step: index */
    NP_NOT_EXPLAINED,
    NP_NOT_COMPUTED
} np_cause_of;

/* A figure with a range: an entry of a parameter with one value. */
typedef struct np_reconciled_figure {
    uint16_t parameter;
    np_entry *entry;
    np_num before, found; /* in the book; what payslips say */
    np_num least, most;   /* between which most would lie, to a cent */
    bool is_found, is_tried;
    uint64_t asked;     /* payslips that depend on it */
    uint64_t explained; /* payslips that agree only with the value found */
} np_reconciled_figure;

typedef struct np_payslip_row {
    uint64_t line;    /* of the list */
    uint16_t *slots;  /* inputs that are given, */
    np_value *values; /* and what they are */
    size_t count;
    np_num actual;
    /* found */
    bool computed;
    uint16_t currency;
    np_num first_difference, difference; /* what is paid less what is computed: by the book; with what was found */
    int changed; /* how many figures had been changed when it came to agree; -1: it does not agree */
    np_cause_of cause;
    uint16_t index;
} np_payslip_row;

/* Differences of one cause in one currency. */
typedef struct np_reconciled_cause {
    np_cause_of cause;
    uint16_t index, currency;
    uint64_t rows, first_line;
    np_num sum, least, most;
} np_reconciled_cause;

typedef struct np_reconcile {
    np_book *book;
    np_arena *arena; /* of all that stays */
    np_arena *work;  /* of one payslip */
    np_measure measure;
    np_date date; /* of the payslips */
    np_payslip_row *rows;
    size_t row_count, row_capacity;
    uint64_t unread;        /* rows without an amount, or that cannot be read */
    const char *unread_why; /* why the first cell of them cannot be read; NULL: no cell is the reason */
    uint64_t unread_line;
    np_reconciled_figure figures[NP_RECONCILE_FIGURES];
    size_t figure_count;
    uint16_t order[NP_RECONCILE_FIGURES]; /* figures in the order in which they were found */
    size_t found_count;
    np_reconciled_cause *causes;
    size_t cause_count;
    const char *reason; /* why the first payslip that cannot be computed cannot; NULL: all can */
} np_reconcile;

/* `book` is changed: figures that are found stand in it. The arenas must outlive it and have guards in force. */
void np_reconcile_begin(np_reconcile *r, np_book *book, np_arena *arena, np_arena *work, const np_measure *measure,
                        np_date date);
/* Add the payslip of somebody whose inputs were read; false when there are too many. */
bool np_reconcile_add(np_reconcile *r, const np_situation *situation, uint64_t line, np_num actual);
void np_reconcile_run(np_reconcile *r, const np_lang *lang);

/* What would explain a single payslip: each figure alone, with the value that it would need. */
typedef struct np_one_explanation {
    np_cause_of cause;
    uint16_t index;
    np_num value, before;
    bool within; /* of a figure: within its range */
} np_one_explanation;

/* For the payslip of r->rows[0]; at most `most` of them. Gives back how many there are. */
size_t np_reconcile_one(np_reconcile *r, const np_lang *lang, np_one_explanation *found, size_t most);

#endif
