/* Reading a vacancy notice's text into a post: what the text states, on which line, and how sure that is. */
#ifndef NATOPAY_NOTICE_NOTICE_H
#define NATOPAY_NOTICE_NOTICE_H

#include "natopay/book/ini.h"
#include "natopay/book/model.h"
#include "natopay/notice/patterns.h"

enum {
    NP_NOTICE_LIMIT = 16 * 1024 * 1024, /* bytes of one notice, with all that a web page hides */
    NP_NOTICE_TEXT_LIMIT = 1024 * 1024  /* bytes of its visible text that are read */
};

typedef enum np_confidence { NP_UNSURE, NP_FAIRLY_SURE, NP_SURE } np_confidence;

const char *np_confidence_name(np_confidence confidence); /* "low", "medium", "high" */

/* A value that the text gives for a field, in one form whatever the text's: dates YYYY-MM-DD (YYYY-MM where the text
 * has only the month), grades and countries by their names in the book, amounts as plain decimals, lengths in months,
 * yes for what is simply said. */
typedef struct np_finding {
    const char *value;
    np_span at; /* in np_notice.file */
    uint32_t line, column;
    np_confidence confidence;
    const char *pattern; /* name of the [pattern] that found it */
    int score;           /* by which it was ranked */
    unsigned mentions;   /* in how many places the text says so */
    bool headed;         /* behind a label */
    bool other_meaning;  /* the words around it say that it may be about something else: since when a post is vacant */
} np_finding;

typedef struct np_notice_entry {
    bool found;
    np_finding best;
    np_finding *alternatives; /* other values, best first; at most 8; without a best one, those of several posts */
    size_t alternative_count;
} np_notice_entry;

/* A grade whose scale figure lies within what the notice quotes. */
typedef struct np_notice_grade {
    uint16_t grade;
    np_num figure; /* the scale's, monthly, in its own currency */
    uint8_t status;
    bool certain; /* false: only somewhere between the low and the high exchange rate */
} np_notice_grade;

typedef enum np_salary_verdict {
    NP_SALARY_NOT_QUOTED,
    NP_SALARY_NOT_COMPARED, /* no country, no scale, no exchange rate or no period */
    NP_SALARY_EQUAL,        /* the scale's figure to the cent */
    NP_SALARY_DIFFERS,      /* the scale prints another figure */
    NP_SALARY_NEW,          /* the scale prints none: the quoted one is used */
    NP_SALARY_WITHIN,       /* a range or another currency, and the scale's figure lies within */
    NP_SALARY_NARROWS       /* no grade in the text: see `grades` */
} np_salary_verdict;

const char *np_salary_verdict_name(np_salary_verdict verdict);

/* The quoted salary against the scale. */
typedef struct np_notice_check {
    np_salary_verdict verdict;
    const char *text; /* in words; NULL when nothing was quoted */
    np_num low, high; /* quoted, per month, in the scale's currency at the central rate; equal when one figure */
    np_num figure;    /* of the scale, where there is a grade */
    np_num off;       /* quoted minus the scale's */
    np_num share;     /* of full time for which the notice quotes it: `low` and `high` are for full time */
    uint8_t status;   /* np_status: the weakest that went in */
    uint16_t currency;
    const np_scale *scale;
    np_date date;            /* on which the scale was asked */
    np_notice_grade *grades; /* those consistent with it */
    size_t grade_count;
} np_notice_check;

typedef enum np_notice_verdict { NP_NO_NOTICE, NP_MAYBE_NOTICE, NP_IS_NOTICE } np_notice_verdict;

const char *np_notice_verdict_name(np_notice_verdict verdict); /* "none", "unsure", "notice" */

/* What there is to say of the reading; at.file NULL: of no one place. */
typedef struct np_notice_warning {
    const char *text;
    np_notice_field field; /* that it is about; NP_NOTICE_FIELDS_MAX: none */
    np_span at;
} np_notice_warning;

typedef struct np_notice {
    const np_book *book;
    np_notice_verdict verdict;
    const np_file *file;           /* the text in UTF-8 with LF line ends; lines count as in the original */
    const char *encoding;          /* "UTF-8", "Windows-1252", "UTF-16", ... */
    np_notice_entry *fields;       /* [np_notice_field] */
    const np_notice_field *stated; /* [position in book->fields]: its number in `fields` */
    np_notice_check check;
    np_notice_warning *warnings;
    size_t warning_count;
    const char **open; /* names of inputs that are still to be given */
    size_t open_count;
} np_notice;

/* Read one notice, all of whose memory lives in diags->arena. What makes it unusable (empty, binary, too large, no
 * vacancy, two vacancies) is reported as an error with exit code 3; after the last two the reading is there all the
 * same. NULL: nothing could be read; when nothing was reported either, memory ran out. */
np_notice *np_notice_read(const np_patterns *patterns, np_diags *diags, const char *name, const char *bytes,
                          size_t size);

/* Whether bytes that were given where a post is expected are to be read as a notice: the name does not end in .ini and
 * the first line that is neither blank nor a comment does not begin a section. */
bool np_may_be_notice(const char *name, const char *bytes, size_t size);

/* ---- the notice as a post ---- */

/* Of the book's `position`-th field: what was found. */
static inline const np_notice_entry *np_notice_entry_at(const np_notice *notice, size_t position)
{
    return &notice->fields[notice->stated[position]];
}

/* The input of the post that takes the value of the book's `position`-th field; NULL: none does, or nothing was
 * found. */
const char *np_notice_input(const np_notice *notice, size_t position);

/* The sections of an overlay of the book: [post] and, when the quoted salary is not the scale's, the notice as its
 * [source]. Each value has its place in the notice. */
np_ini np_notice_post(np_arena *arena, const np_notice *notice);

/* The name of the [post] and, with "notice_" before it, of a [source]: from the file's name. */
const char *np_notice_post_name(np_arena *arena, const np_notice *notice);

#endif
