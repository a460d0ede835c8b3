/* Totals of a part of the staff, as a file that can be added to others: text, every sum an exact fraction.
 *
 * Lines of fields with tabs between; in a field, tab, line feed, carriage return, zero byte and backslash are written
 * \t \n \r \0 \\.
 *
 *     natopay-plan-part 6
 *     book HASH                          of the rule book and all scenarios
 *     window FIRST MONTHS STOPS PERIOD STARTS   days from 1970-01-01 to the first month; months; 1: nobody is paid
 *                                        after the end of the contract; what is summed over (np_period_kind); the month
 *                                        with which a year begins
 *     name NAME TITLE                    of each book, the baseline first
 *     rate BOOK CURRENCY DAY STATUS SOURCE RATE...   a rate of that book for each period: see np_plan_rate
 *     by COLUMN                          for each column that totals are grouped by
 *     totals
 *     rows IN DONE REJECTED FURTHER      FURTHER: of those done, periods of the person in the row before
 *     service ABSENT BEYOND AGED STEPS CONVERTED   staff without a month in the plan; paid after their contract's end;
 *                                        paid at an age of which nothing is known; whose step's day is assumed; of whom
 *                                        amounts were converted
 *     sure BOOK STAFF...                 of each book: staff in service by the weakest status of their figures, from
 *                                        published to user (np_status)
 *     gap BOOK LINE STAFF                for whom a line is not counted; ascending by line, then book
 *     keys COUNT                         then COUNT lines with one key each: see np_key_print
 *     group CURRENCY KEY STAFF SUM... HEADS...   KEY: the columns' values, each ended by a zero byte; a sum for each
 *                                        book and period of gross, net, employer and months worked; then, for each
 *                                        book, staff paid in each period and in the whole plan
 *     again CURRENCY STAFF HEADS...      where people are in several groups: how often too much when those of the
 *                                        currency are added up; of an empty currency, all groups; ascending
 *     currencies BOOK LOSERS WINNERS MOVED OPEN EVEN APART   where people are paid in several currencies: how often
 *                                        too much when the spreads below are added up
 *     spread BOOK CURRENCY UNIT WINNERS LOSERS EVEN OPEN APART MOVED WON LOST EMPLOYER COARSE LOW LOW_ID HIGH HIGH_ID
 *     value DIFFERENCE TIMES             of the spread above, in minor units; ascending
 *     end CHECKSUM                       FNV-1a of 64 bits over all before this line, in hex
 *
 * Keys are those of all rows, rejected ones too, so that a key in two parts shows whatever became of its rows. The
 * state that --resume keeps is a part without keys. Writing and reading take memory that does not grow with rows. */
#ifndef NATOPAY_PLAN_PARTIAL_TOTALS_H
#define NATOPAY_PLAN_PARTIAL_TOTALS_H

#include "natopay/plan/plan_rates.h"
#include "natopay/plan/shared_keys.h"

/* What two parts must agree in to be added. */
typedef struct np_partial_totals_head {
    const char *hash; /* of the rule books */
    np_date first;
    int months;
    bool stops_at_end; /* nobody is paid after the end of the contract */
    np_period_kind period;
    int year_starts;
    size_t books;
    const char *names[NP_PLAN_BOOKS_MAX], *titles[NP_PLAN_BOOKS_MAX];
    np_plan_rates rates[NP_PLAN_BOOKS_MAX];
    size_t by_count;
    const char *by[16];
} np_partial_totals_head;

/* Takes the text piece by piece; false stops. */
typedef struct np_partial_totals_writer {
    void *context;
    bool (*write)(void *context, const char *bytes, size_t size);
} np_partial_totals_writer;

/* keys NULL: none are written. False: the writer said so, or memory or scratch space failed. */
bool np_partial_totals_write(np_partial_totals_writer writer, const np_partial_totals_head *head, np_totals *totals,
                             const np_key_lists *keys);

/* A line of the text without its end; NULL at the end. */
typedef struct np_partial_totals_reader {
    void *context;
    char *(*line)(void *context);
    uint64_t sum, sum_before; /* of what was read, and without the last line */
} np_partial_totals_reader;

/* The head; NULL, or what is wrong. Texts live in the arena. */
const char *np_partial_totals_read_head(np_partial_totals_reader *reader, np_arena *arena,
                                        np_partial_totals_head *head);
/* The rest is added to the totals, and its keys to the lists as those of `part` (NULL: it must have none); NULL, or
 * what is wrong. When that is not the part's fault, it is totals->failure. */
const char *np_partial_totals_read_totals(np_partial_totals_reader *reader, np_totals *totals, np_key_lists *keys,
                                          uint32_t part);

/* The checksum of a text, from that of what stands before it. */
#define NP_PART_SUM_OF_NOTHING 0xCBF29CE484222325u
uint64_t np_partial_totals_sum(uint64_t before, const char *bytes, size_t size);

/* Whether two parts can be added; NULL, or in what they differ. */
const char *np_partial_totals_differs(const np_partial_totals_head *a, const np_partial_totals_head *b);

#endif
