/* Bytes and records of a list while it is read: what csv.c and the files that it is made of share. */
#ifndef NATOPAY_PLAN_CSV_INTERNAL_H
#define NATOPAY_PLAN_CSV_INTERNAL_H

#include "natopay/plan/csv.h"

/* Where the reading of a record stands. */
typedef struct np_csv_scan {
    np_csv *csv;
    np_csv_batch *batch;
    np_csv_row row;
    size_t at;         /* from csv->start */
    size_t first_line; /* length of its first line with the line's end; 0: not passed yet */
    uint32_t lines;    /* line ends passed */
    bool foreign;      /* a byte above 127 was seen */
    bool quote_trouble;
} np_csv_scan;

/* ---- csv_bytes.c ---- */

/* Room for `needed` items of `size` bytes; `items` points to the pointer to them. False without memory. */
bool np_csv_room(void *items, size_t *capacity, size_t needed, size_t size);
/* Read on behind what is there; false at the end of the source, or without memory (`failed`). */
bool np_csv_more(np_csv *csv);

/* ---- csv_record.c ---- */

/* What each byte means, now that the delimiter is known. */
void np_csv_classify(np_csv *csv);
/* The record at csv->start: appends its fields and says how long it is, or why it is broken. */
void np_csv_read_record(np_csv_scan *s);

#endif
