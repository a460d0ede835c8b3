/* How people write what the book names: the name itself, its labels in every language, and the keys `aliases` and
 * `aliases.LANGUAGE`. Case, accents, blanks, dots, dashes and apostrophes do not matter. Formulas and rule books keep
 * to exact names; command line, posts, persons and staff lists are read so. */
#ifndef NATOPAY_BOOK_SPELLING_H
#define NATOPAY_BOOK_SPELLING_H

#include "natopay/book/model.h"

/* A grade of the book ("g10", "NG10", "Grade 10") or by the name that it had before ("A2", "a.2": *former, unless
 * NULL); -1: none. */
int np_spelled_grade(const np_book *book, const char *text, bool *former);

/* Both grades of a twin-graded post, the lower first: "G8-G10", "G8/10", "G8 to G10". */
bool np_spelled_grades(const np_book *book, const char *text, int grades[2]);

/* A country, also by its people: "be", "Belgique", "The Netherlands", "Dutch"; -1: none. */
int np_spelled_country(const np_book *book, const char *text);

/* A duty station by its name, town, label or alias; -1: none. Of several in one town the first. */
int np_spelled_station(const np_book *book, const char *text);

/* Whether both texts are the same but for what does not matter in a spelling. */
bool np_spelled_same(const char *a, const char *b);

/* Whether a text is a name or its label in any language, so spelled. */
bool np_spelled_as(const char *name, const np_label *label, const char *text);

/* A rule by its name or its label in any language, NULL: none. Of two with one label it is the line of the payslip, not
 * the fact that only formulas know. */
const np_rule *np_spelled_rule(const np_book *book, const char *text);

/* The place of a choice of the input among its choices, from 0; of a truth, 1 or 0 for another word than yes and no
 * ("married"); -1: none. */
int np_spelled_choice(const np_book *book, const np_input *input, const char *text);

/* What the heading of a column in a staff list means: case, accents, blanks, signs and what stands in brackets behind
 * it do not matter. */
typedef struct np_heading {
    enum { NP_HEADING_UNKNOWN, NP_HEADING_STAFF_ID, NP_HEADING_INPUT } kind;
    const np_input *input;
    unsigned rank; /* 0: the input's own name; the higher, the less sure */
} np_heading;

np_heading np_spelled_heading(const np_book *book, const char *text);

/* The input whose heading is nearly this one, which may be misspelt; NULL: none is. */
const np_input *np_heading_near(const np_book *book, const char *text);

/* Whether a cell says in words that there is nothing ("n/a"), or, in a column of dates, none ("open ended"). */
bool np_spelled_nothing(const np_book *book, const char *text, bool date);

/* 1: yes, true, oui, ja; 0: no, false, non, nein; -1: neither. */
int np_spelled_truth(const char *text);

#endif
