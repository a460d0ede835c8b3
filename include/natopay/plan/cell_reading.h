/* How the values of one column are written, and the same values as natopay writes them.
 *
 * People and programs write 04/02/1987, 4.2.1987 or 31812 for a day, 0,8 or 80 % for a share, 1.234,50 for an amount.
 * What a value alone does not tell is taken from the whole column: first each cell is noted, then the column is
 * settled, then each cell is converted. What stays open is never guessed: the cell is refused, with the question to be
 * answered. */
#ifndef NATOPAY_PLAN_CELL_READING_H
#define NATOPAY_PLAN_CELL_READING_H

#include "natopay/book/model.h"

typedef enum np_cell_kind {
    NP_CELL_WORD, /* names, choices, yes and no */
    NP_CELL_DATE,
    NP_CELL_DATES,
    NP_CELL_SHARE, /* a number of at most 100 % */
    NP_CELL_NUMBER,
    NP_CELL_MONEY
} np_cell_kind;

typedef enum np_date_order { NP_ORDER_OPEN, NP_DAY_FIRST, NP_MONTH_FIRST } np_date_order;
typedef enum np_share_unit { NP_SHARE_OPEN, NP_FRACTION, NP_PER_CENT } np_share_unit;

/* What the cells of a column showed. */
typedef struct np_cell_counts {
    uint64_t cells;                                        /* that are not empty */
    uint64_t plain;                                        /* written as natopay writes */
    uint64_t day_first, month_first, either_first, serial; /* dates: numbers above 12 tell the order */
    uint64_t no_day;                                       /* 00.00.0000 and the year 9999: as good as empty */
    uint64_t above_one, with_percent;                      /* shares */
    uint64_t comma, point, unclear;                        /* amounts: what the decimal sign must be */
} np_cell_counts;

/* One word of the list, and what it stands for. */
typedef struct np_cell_word {
    const char *word, *value;
} np_cell_word;

typedef struct np_cell_reading {
    np_cell_kind kind;
    np_date_order order;
    np_share_unit unit;
    bool unit_told; /* by a mapping, not found out */
    bool thousands; /* its numbers may have signs of thousands */
    char decimal;   /* of these: '.' or ','; 0: open */
    bool told;      /* the decimal sign was told, so that amounts may have any number of decimals */
    np_cell_word *words;
    size_t word_count;
    const np_book *book;
    const np_input *input; /* NULL: the column is none */
    const np_input *step;  /* of grades in a list without a column of steps: what may stand behind them; else NULL */
    np_cell_counts counts;
} np_cell_reading;

np_cell_reading np_cell_reading_of(const np_input *input);

void np_cell_note(np_cell_reading *reading, const char *text, size_t length);
/* What the cells that were noted decide, as far as it was not told. */
void np_cell_settle(np_cell_reading *reading);
/* Whether a cell was noted for which the whole column must be seen. */
bool np_cell_asks_column(const np_cell_reading *reading);

/* Why a cell cannot be converted. */
typedef enum np_cell_trouble {
    NP_CELL_FINE,
    NP_CELL_WHICH_ORDER,   /* the day or the month first? */
    NP_CELL_WHICH_YEAR,    /* two digits */
    NP_CELL_NO_DAY,        /* 31/02/1990 */
    NP_CELL_WHICH_SHARE,   /* above 1 in a column that began as fractions */
    NP_CELL_WHICH_PERCENT, /* at most 1, without a sign, in a column of per cents */
    NP_CELL_WHICH_SIGN     /* 12.500: of thousands, or of decimals? */
} np_cell_trouble;

/* The cell as natopay writes it: `text` itself where it is written so already, else in the arena. `length` becomes that
 * of the answer; 0: as good as empty. What is no value of the kind is given back as it is. */
np_cell_trouble np_cell_convert(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length);

/* "G12/5", "G12 step 5" in a column of grades: the grade is left, and the step is handed out. False: there is none. */
bool np_cell_split_step(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length,
                        const char **step);

/* What is to be asked or said about a cell: `written` is its text in the list, `converted` what np_cell_convert made of
 * it. */
const char *np_cell_question(np_arena *arena, const np_lang *lang, np_cell_trouble trouble, const char *written,
                             const char *converted);
/* The same without the text: a kind of problem. */
const char *np_cell_problem(np_cell_trouble trouble);

#endif
