/* A notice while it is read: its text, what was found in it, and what the files of this room do for one another.
 * Private to calc/notice. */
#ifndef NATOPAY_NOTICE_PARTS_H
#define NATOPAY_NOTICE_PARTS_H

#include <string.h>

#include "patterns_internal.h"

/* Of ASCII alone, whatever the locale. */
static inline bool np_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- text ---- */

/* A stretch of the file that nobody sees: a tag, a comment, a script. `as` stands for it: a line's end, a tab or 0. */
typedef struct np_hidden {
    uint32_t from, to;
    char as;
} np_hidden;

/* Where a stretch of the text stands in the file. */
typedef struct np_text_origin {
    uint32_t match, file; /* from here on, a byte of the one text is a byte of the other */
} np_text_origin;

/* The notice in the form in which patterns see it: no accents, one kind of blank, dash and quote, no bullets, a tab for
 * a gap between columns, a page break's debris gone; and the way back to the file. */
typedef struct np_notice_text {
    const np_file *file;
    char *text;
    char *lower; /* the same in small letters: searching it is several times as fast as ignoring case */
    size_t length;
    np_text_origin *segments;
    size_t segment_count, segment_capacity;
    np_hidden *hidden;
    size_t hidden_count, hidden_capacity;
    bool cut; /* longer than any notice: only its first part is read */
} np_notice_text;

/* A label and the text that belongs to it, up to the line's end or the next label. */
typedef struct np_labelled {
    const np_pattern *label;
    size_t label_from, label_to;
    size_t from, to;  /* equal: the notice states nothing */
    int bonus;        /* what the way in which it is set off adds to the score */
    bool glued;       /* nothing stands between label and value */
    size_t line_from; /* where a line of its own begins for it: before its number or bullet */
    bool at_line;     /* at a line's start */
} np_labelled;

/* Places in the text, in its order. */
typedef struct np_marks {
    uint32_t *at;
    size_t count, capacity;
} np_marks;

/* One reading. */
typedef struct np_candidate np_candidate;
typedef struct np_reading {
    const np_patterns *patterns;
    const np_book *book;
    np_diags *diags;
    np_arena *arena;
    np_notice *notice;
    np_notice_text text;
    np_anchor_places anchors;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    np_labelled *slots;
    size_t slot_count, slot_capacity;
    np_marks sentences;  /* the last byte of each, and of each line before a label */
    np_marks paragraphs; /* the first of two line ends */
    np_candidate *candidates;
    size_t candidate_count, candidate_capacity;
    struct np_region {
        const np_pattern *pattern;
        size_t match, from, to;
    } * regions; /* passages, and clauses that are not about this post */
    size_t region_count, region_capacity;
    bool choice;          /* the text leaves the grade open */
    uint64_t several;     /* fields that differ between the posts of the text */
    int evidence;         /* the weights of the different patterns of it that were found */
    int own_organisation; /* likewise, of what only notices of the rule book's organisation have */
    int employer;         /* weight of another employer */
    const char *employer_name;
    size_t employer_at, employer_end;
    const np_pattern *employer_pattern;
    unsigned groups;     /* of the last match */
    unsigned languages;  /* of the text: a bit for each np_notice_language */
    bool gave_up;        /* a match limit was reached */
    bool day_first;      /* a date that can only be day first was seen */
    bool month_first;    /* likewise */
    bool half_day_clock; /* "9/2/2026, 11:55 PM": who writes so may well write the month first */
    size_t warning_capacity;
} np_reading;

/* The file in UTF-8 with LF ends; NULL after reporting. */
const np_file *np_notice_decode(np_diags *diags, const char *name, const char *bytes, size_t size,
                                const char **encoding);
/* Fill reading->text from its file; false after reporting. */
bool np_notice_normalise(np_reading *reading);
/* Add a byte to a text, and where the file has it. */
void np_notice_emit(np_arena *arena, np_notice_text *text, char byte, size_t file_offset);
enum { NP_GUTTER_LEAST = 25 }; /* the first column of a text at which a second column of prose may begin */
/* A copy of reading->text under way. */
typedef struct np_copying {
    np_reading *reading;
    np_notice_text text;
} np_copying;
/* Put the headings of a table's columns before the values beneath them, and prose of two columns into one. */
void np_notice_untable(np_reading *reading);
/* Some of the text. */
typedef struct np_piece {
    size_t from, to;
} np_piece;

/* A line of two columns: what stands left ends at `middle`, what stands right begins behind it. */
typedef struct np_two_sides {
    size_t from, middle, right, to;
} np_two_sides;

enum { NP_SIDES_MAX = 150 };
/* The lines from `at` on that are prose in two columns: most go on with a sentence on either side. 0: none. */
size_t np_notice_two_columns(const np_reading *reading, size_t at, np_two_sides *lines);
/* The left column of these lines, then the right one; sentences and words cut at a line's end are put together. */
void np_notice_copy_sides(np_copying *copying, const np_notice_text *t, const np_two_sides *lines, size_t count);
/* Join labels that a narrow left column breaks over several lines, and the values beside them. */
void np_notice_join_labels(np_reading *reading);
/* How many of the marks stand before text[at]: of paragraphs, the number of its own. */
size_t np_marks_before(const np_marks *marks, size_t at);
bool np_is_another_employers(const np_reading *reading);
/* Another employer's notice: its name is the body, and it has no grade of the book. */
void np_take_other_employer(np_reading *reading);
/* A former grade's letter and number, as A2, mean a grade only in notices of the rule book's organisation. */
void np_drop_foreign_grades(np_reading *reading);
/* What numbers the sections of a text, as "A.1", is no former grade. */
void np_drop_section_numbers(np_reading *reading);
/* The share of full time that the text states, above 0; 1 where it states none. */
np_num np_notice_part_time(np_arena *arena, const np_notice *notice);
/* A candidate as what was found, with this value. */
np_finding np_finding_of(np_reading *reading, const np_candidate *c, const char *value);
enum { NP_TOLD_SCORE = 34 };   /* from here on the only town of a text is said, though unsure: "at our site in" */
enum { NP_MEDIUM_SCORE = 50 }; /* from here on a reading is at least of medium confidence */
/* Where the line ends in which text[at] stands: at its line end, or that of the text. */
static inline size_t np_notice_line_end(const np_notice_text *t, size_t at)
{
    const char *newline = at < t->length ? memchr(t->text + at, '\n', t->length - at) : NULL;
    return newline ? (size_t)(newline - t->text) : t->length;
}

/* Where the next line begins, or the text ends. */
static inline size_t np_notice_next_line(const np_notice_text *t, size_t at)
{
    size_t end = np_notice_line_end(t, at);
    return end < t->length ? end + 1 : end;
}

/* How many columns stand before text[at] in its line of the file; a tab leads to the next multiple of eight. */
size_t np_notice_column(const np_notice_text *t, size_t at);
/* The label that text[from..to) is, "Salary (Pay Basis)" too; NULL: it is none. */
const np_pattern *np_notice_label_of(const np_reading *reading, size_t from, size_t to);
static inline bool np_notice_is_heading(const np_reading *reading, size_t from, size_t to)
{
    return np_notice_label_of(reading, from, to) != NULL;
}
/* Whether text[from..to) holds a value of the label's kind. */
bool np_notice_fits(np_reading *reading, const np_pattern *label, size_t from, size_t to);
/* What stands at text[next] goes on with the value text[from..to), whose last piece ends at `last`: in brackets or
 * small letters, or because that asks for more. */
bool np_notice_is_continued(const np_notice_text *t, size_t from, size_t to, size_t last, size_t next);
/* The cells of a line, which tabs part. */
enum { NP_CELLS_MAX = 16 };
typedef struct np_cells {
    size_t from[NP_CELLS_MAX], to[NP_CELLS_MAX];
    size_t count;
    size_t end; /* of the line: its line end */
} np_cells;
/* The cells of the line at `at`; false: there are too many. */
bool np_notice_cells(const np_notice_text *t, size_t at, np_cells *cells);
/* text[at] begins a line of the file. */
bool np_notice_begins_line(const np_notice_text *t, size_t at);
/* Put the lines that go on with a value above them behind it. */
void np_notice_join_values(np_reading *reading);
/* Leave out the old values of a correction that lists old and new ones side by side. */
void np_notice_correct(np_reading *reading);
/* Find what a web page hides. */
void np_notice_hide(np_reading *reading);
/* Choices of a form that nobody ticked where another is, and the marks of those that somebody did. */
void np_notice_hide_choices(np_reading *reading);
/* file[from..to) reads as the character `as`; 0: as nothing. */
void np_notice_hide_range(np_reading *reading, size_t from, size_t to, char as);
/* The file's next character, or entity of a web page; how many bytes it takes. */
size_t np_notice_next(const char *text, size_t left, uint32_t *point);
/* Find the labels, each of which is put at a line's start, and the text that belongs to each. */
void np_notice_label(np_reading *reading);
/* The pattern whose label or name text[from..to) is, and nothing else; NULL. */
const np_pattern *np_notice_word_of(const np_reading *reading, size_t from, size_t to);
/* Whether some text is a label, and nothing else. */
bool np_is_label(const np_patterns *patterns, const char *text, size_t length);
void np_copy_start(np_copying *copying, np_reading *reading, size_t more);
void np_copy(np_copying *copying, size_t from, size_t to);
void np_copy_add(np_copying *copying, const char *bytes, size_t place);
void np_copy_end(np_copying *copying);
void np_notice_lower(np_reading *reading);
size_t np_notice_offset(const np_notice_text *text, size_t match);
np_span np_notice_span(const np_notice_text *text, size_t from, size_t to);
/* A character without accent, as at most 4 bytes; 0: it is dropped. What is neither a letter with an accent nor a
 * currency's sign becomes '?', so that patterns work on single bytes. */
size_t np_fold_character(uint32_t c, char out[4]);
char *np_fold(np_arena *arena, const char *text);
/* The file's own words for text[from..to): one blank between words, plain quotes and dashes. */
char *np_notice_words(const np_reading *reading, size_t from, size_t to);

/* Something to say of what was read; `field` and `at` as in np_notice_warning. */
void np_notice_warn(np_reading *reading, np_notice_field field, np_span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* pcre2_match on text[0..end) from `from`; false: no match. Counts limits that were reached. */
bool np_notice_match(np_reading *reading, const pcre2_code *code, const char *text, size_t end, size_t from);

/* ---- values ---- */

typedef struct np_read_date {
    size_t from, to;
    np_date date;
    np_date other; /* the other reading, when day and month could be swapped; else NP_DATE_NONE */
    bool month_only;
    bool day_first;   /* in digits, and it can only be day first */
    bool month_first; /* likewise */
} np_read_date;

/* The first date in text[from..to). */
bool np_find_date(const np_patterns *patterns, const char *text, size_t from, size_t to, np_read_date *found);

typedef struct np_read_grades {
    size_t from, to;
    int lower, higher; /* grades of the book; higher -1: one grade only */
    int all[8];        /* different grades, in the text's order */
    size_t count;
    bool choice;         /* joined by "or" */
    bool loose;          /* joined by "and", "or" or a comma: a choice or several posts, perhaps */
    bool legacy;         /* in the old letters only */
    bool contradictory;  /* "G15 (A3)" */
    const char *unknown; /* a grade that the book does not have */
} np_read_grades;

/* The first grade or pair in text[from..to). `bare`: "15" alone is a grade. */
bool np_find_grades(const np_patterns *patterns, np_arena *arena, const char *text, size_t from, size_t to, bool bare,
                    np_read_grades *found);

typedef struct np_read_money {
    size_t from, to;
    np_num low, high;
    bool range;
    bool cents;   /* written with decimals */
    int currency; /* of the book; -1: none named */
    size_t currency_from, currency_to;
    const char *period; /* "month", "year", ...; NULL: not said */
    size_t period_from, period_to;
} np_read_money;

/* The first amount that is this post's. `headed`: it needs no currency. */
bool np_find_money(np_reading *reading, size_t from, size_t to, bool headed, np_read_money *found);
const char *np_notice_amount(np_reading *reading, const np_read_money *money, np_num amount);

/* "36", "thirty-six", "trente-six": all of text[0..length); -1: no number. `words`: "one=1|two=2". */
int np_read_count(const char *words, const char *text, size_t length);

/* The town or country that text[from..to) names first, as a whole word. */
const np_place_name *np_find_place(np_reading *reading, size_t from, size_t to, size_t *at, size_t *length);
/* Where the value of a label of places ends that begins at text[from], an address in lines of its own: behind the
 * first one that names a town, or else a country, be it the last of the first few short ones. */
size_t np_address_end(np_reading *reading, size_t from, size_t line_end);

/* Nothing but marks stands in text[from..to). */
bool np_only_marks(const char *text, size_t from, size_t to);
/* "Brussels (Belgium)" and nothing else. */
bool np_only_places(np_reading *reading, size_t from, size_t to);

/* ---- matches ---- */

enum {
    NP_START_PART = 2500, /* bytes of the text's first part */
    NP_VALUE_MAX = 160    /* bytes of a value in words */
};

/* One match of a pattern. */
typedef struct np_hit {
    const np_pattern *pattern;
    size_t from, to;   /* the match */
    size_t begin, end; /* where the value may stand */
    bool headed;       /* a name behind its field's label */
    const char *name;  /* as the patterns write it; NULL: the match is no name */
    int score;
    size_t group[32][2];
    unsigned groups;
} np_hit;

/* What the passages around text[at] say of a field. */
int np_region_weight(const np_reading *reading, np_notice_field field, size_t at);
/* Whether a passage of this `value` is about the field: "unsure", as "vacant as of"; "net", which calls a salary so. */
bool np_in_passage(const np_reading *reading, np_notice_field field, size_t at, const char *value);
/* What speaks for a match and against it, but for a field's passages, which count where its value stands. */
int np_hit_score(np_reading *reading, const np_pattern *pattern, size_t from, size_t to);
/* Set where the value may stand. */
void np_hit_range(np_reading *reading, np_hit *hit);

/* ---- findings ---- */

struct np_candidate {
    np_notice_field field;
    const np_pattern *pattern;
    const char *value;
    size_t from, to; /* in text */
    int score;
    int higher;                   /* of grades: the pair's other; -1 */
    const np_read_money *money;   /* of salary_amount */
    const char *country;          /* of a town; NULL */
    uint16_t station;             /* of a town; UINT16_MAX */
    const np_read_grades *grades; /* of grade */
    bool unsure;                  /* at most low confidence */
    bool headed;
    bool swapped; /* a date whose day and month may be the other way round */
    bool kept;    /* an alternative however low its score */
    bool used;
};

bool np_belongs_to_another(const np_reading *reading, np_notice_field field, size_t at, bool headed);
void np_notice_collect(np_reading *reading);                 /* all candidates */
void np_notice_take(np_reading *reading, const np_hit *hit); /* the values of one match */
/* Text[from..to) as a title, without what stands around one. */
void np_title_value(np_reading *reading, const np_hit *hit, size_t from, size_t to);
/* Find where sentences and paragraphs end. */
void np_notice_mark(np_reading *reading);
/* The sentence or line around text[from..to). */
void np_clause(const np_reading *reading, size_t from, size_t to, size_t *start, size_t *end);
void np_notice_date_order(np_reading *reading);        /* from the dates of digits in which it is plain */
bool np_notice_month_first(const np_reading *reading); /* how a date is taken that could be two */
void np_notice_choose(np_reading *reading);            /* the best for each field */
/* A value that is not to be relied on: it becomes the first alternative, and the field has none. */
void np_notice_set_aside(np_reading *reading, np_notice_field field);
void np_notice_judge(np_reading *reading);   /* is it one notice */
void np_notice_compare(np_reading *reading); /* its salary with the scale */
void np_notice_open(np_reading *reading);    /* what is still to be given */

np_candidate *np_candidate_add(np_reading *reading, const np_pattern *pattern, np_notice_field field, const char *value,
                               size_t from, size_t to, int score);

/* Where a field's value is a grade, country, date or amount. */
int np_notice_grade_of(const np_notice *notice, np_notice_field field);
int np_notice_country_of(const np_notice *notice);
np_date np_notice_date_of(const np_notice *notice, np_notice_field field);
const char *np_notice_value(const np_notice *notice, np_notice_field field); /* NULL: not found */
const char *np_notice_known_name(np_notice_field field);                     /* of a field that the reader knows */

#endif
