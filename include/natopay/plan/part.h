/* Totals of a part of the staff, as a file that can be added to others: text, every sum an exact fraction. */
#ifndef NATOPAY_PLAN_PART_H
#define NATOPAY_PLAN_PART_H

#include "natopay/plan/totals.h"

/* What two parts must agree in to be added. */
typedef struct np_part_head {
    const char *hash; /* of the rule books */
    np_date first;
    int months;
    size_t books;
    const char *names[NP_PLAN_BOOKS_MAX], *titles[NP_PLAN_BOOKS_MAX];
    size_t by_count;
    const char *by[16];
} np_part_head;

/* Takes the text piece by piece; false stops. */
typedef struct np_part_writer {
    void *context;
    bool (*write)(void *context, const char *bytes, size_t size);
} np_part_writer;

bool np_part_write(np_part_writer writer, const np_part_head *head, np_totals *totals);

/* A line of the text without its end; NULL at the end. */
typedef struct np_part_reader {
    void *context;
    char *(*line)(void *context);
} np_part_reader;

/* The head; NULL, or what is wrong. Texts live in the arena. */
const char *np_part_read_head(np_part_reader reader, np_arena *arena, np_part_head *head);
/* The rest is added to the totals; NULL, or what is wrong. */
const char *np_part_read_totals(np_part_reader reader, np_totals *totals);

/* Whether two parts can be added; NULL, or in what they differ. */
const char *np_part_differs(const np_part_head *a, const np_part_head *b);

#endif
