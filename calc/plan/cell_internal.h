/* Numbers as people write them, and what cells say in words. Private to calc/plan. */
#ifndef NATOPAY_PLAN_CELL_INTERNAL_H
#define NATOPAY_PLAN_CELL_INTERNAL_H

#include "natopay/base/written_day.h"
#include "natopay/plan/cell_reading.h"

/* A number in its parts: digits with signs of thousands and decimals, and what stands around it. */
typedef struct np_written_number {
    bool good, percent;
    size_t start, length;  /* from its first digit or sign to its last digit */
    size_t points, commas; /* as they stand */
    size_t behind;         /* digits behind the last of them */
    size_t before;         /* digits before the first of them */
    char last;             /* '.' or ',', whichever stands last; 0: none */
    bool zero_before;      /* 0,125: no sign of thousands follows a zero */
    bool grouped;          /* blanks or apostrophes between digits */
    const char *unit;      /* what stands behind it, "EUR"; "" */
    size_t unit_length;
    bool misgrouped; /* a mark between thousands has not three digits behind it */
} np_written_number;

np_written_number np_number_read(const char *text, size_t length);

/* The currency of "EUR 1.850,00", "1850 Euro" or the like with its sign, of which the number alone is left; NULL: none
 * is named so, and the text is as it was. */
const np_currency *np_number_currency(const np_book *book, const char **text, size_t *length);

/* Whether the cell, which a zero byte ends, says that there is nothing: "-", "n/a"; of a date also "unlimited". */
bool np_cell_is_nothing(const np_cell_reading *reading, const char *text, size_t length);
/* "J" as "yes", where yes or no belongs. */
void np_cell_read_letter(const np_cell_reading *reading, const char **text, size_t *length);
/* "Married (Belgium)" as "Married", where the whole is no word that is known and its beginning is one. */
void np_cell_drop_brackets(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length);
/* "Step 5" as "5", where the column is called so. */
void np_cell_drop_name(const np_cell_reading *reading, const char **text, size_t *length);

#endif
