/* A document: what a command shows to people, as typed nodes. Whoever writes it in some format (natopay/render)
 * needs no more than this file: nothing of payslips or careers is in it.
 *
 * A document is made for a terminal or for a page. A page (HTML, workbook, Markdown) has room for more: those who put a
 * document together ask np_doc.page. Everything lives in the document's arena; texts are in its language. */
#ifndef NATOPAY_REPORT_DOCUMENT_H
#define NATOPAY_REPORT_DOCUMENT_H

#include "natopay/base/date.h"
#include "natopay/base/lang.h"
#include "natopay/base/num.h"

enum { NP_DOC_LABEL = 90 }; /* characters of a label in headings and charts; the rest becomes an ellipsis */

/* ---- values ---- */

typedef enum np_doc_type {
    NP_DOC_NOTHING,
    NP_DOC_WORDS,
    NP_DOC_MONEY,
    NP_DOC_NUMBER, /* a count, a share, a rate: as it is printed */
    NP_DOC_DATE,
    NP_DOC_STATUS,    /* how sure something is */
    NP_DOC_REFERENCES /* numbers of sources */
} np_doc_type;

typedef struct np_doc_value {
    np_doc_type type;
    uint8_t decimals; /* of money */
    uint8_t level;    /* of a status: 0 the surest, 5 the user's own */
    bool with_sign;   /* money: a plus before what is more than nothing */
    const char *text; /* words, a number as it is printed, a status in words */
    const char *name; /* of a status, and of words that are another's name: for programs; NULL: none */
    np_num amount;    /* of money */
    np_date date;
    const size_t *references; /* positions in np_doc.sources */
    size_t reference_count;
} np_doc_value;

np_doc_value np_doc_nothing(void);
np_doc_value np_doc_words(const char *text); /* NULL: nothing */
/* An invalid amount is nothing. */
np_doc_value np_doc_money(np_num amount, unsigned decimals);
np_doc_value np_doc_day(np_date date); /* NP_DATE_NONE: nothing */

/* A value without ornament: "5335.54", "2026-03-01", "1 2"; a status by its word. */
const char *np_value_plain(np_arena *arena, const np_doc_value *value);
/* The same for programs: what has a name by that. */
const char *np_value_for_programs(np_arena *arena, const np_doc_value *value);

/* An amount as pages print it, from its plain form: "6 264.92", "6 264,92" in French: groups of three set off by narrow
 * blanks, a true minus. */
const char *np_page_amount(np_arena *arena, const np_lang *lang, const char *plain);

/* ---- explanations ---- */

typedef enum np_doc_style { NP_DOC_PLAIN, NP_DOC_CODE, NP_DOC_STRONG, NP_DOC_SOFT } np_doc_style;

/* A run of text within a line. */
typedef struct np_doc_run {
    np_doc_style style;
    const char *text;
    struct np_doc_run *next;
} np_doc_run;

typedef struct np_doc_line {
    np_doc_run *first, *last;
    np_doc_value references; /* what the line rests on; nothing: none named */
    struct np_doc_line *next;
} np_doc_line;

/* A step: its lines, and the steps that it rests on. The root of a row's detail may have no lines: the row says what it
 * is about. */
typedef struct np_doc_tree {
    np_doc_line *first_line, *last_line;
    struct np_doc_tree *first, *last, *next;
} np_doc_tree;

/* ---- tables ---- */

typedef struct np_doc_column {
    const char *key;     /* for programs */
    const char *title;   /* "" when the heading says nothing */
    np_doc_type type;    /* money and numbers stand at the right */
    bool wrap;           /* long words: may be broken between them */
    bool beneath;        /* pages: its cells stand in those of the column before it */
    bool tight;          /* terminal: a status as a letter, close to the column before it */
    bool extra;          /* terminal: only where each row stands for itself */
    uint8_t least;       /* terminal: columns that it takes at least, also when nothing stands in it */
    const char *mark;    /* pages that are narrow: what its cells are called */
    uint8_t plus, minus; /* workbooks: a difference of these two columns, counted from 1; 0: none */
} np_doc_column;

typedef enum np_doc_row_kind { NP_DOC_LINE, NP_DOC_TOTAL } np_doc_row_kind;

typedef struct np_doc_row {
    np_doc_row_kind kind;
    bool rule_above; /* terminal: a line before it */
    bool sums;       /* workbooks: its amounts are the sums of the rows from sum_from to the one before it */
    size_t sum_from;
    np_doc_value *cells; /* [column] */
    const char **notes;  /* sentences beneath the last cell */
    size_t note_count;
    np_doc_tree *detail; /* how it came about */
} np_doc_row;

typedef struct np_doc_table {
    np_arena *arena;
    const char *caption; /* pages */
    bool records;        /* terminal: each row for itself, a line for each column */
    bool bare;           /* terminal: no heading */
    bool as_written;     /* terminal: titles are no capitals */
    uint8_t gap;         /* terminal: blanks between columns; 0: 2 */
    size_t over;         /* so many first columns stand over the rows that share them: on pages, and on a terminal
                          * where the table is too wide */
    size_t width;        /* terminal: of its lines, where they are shorter or longer than the document's; 0: as those */
    np_doc_column *columns;
    size_t column_count, column_capacity;
    np_doc_row *rows;
    size_t row_count, row_capacity;
} np_doc_table;

/* `title` is in the language of the document. All columns come before the first row. */
np_doc_column *np_doc_column_add(np_doc_table *table, const char *key, const char *title, np_doc_type type);
/* Columns of a table for programs: their keys alone. */
void np_doc_columns_add(np_doc_table *table, const char *const *keys, size_t count);
np_doc_row *np_doc_row_add(np_doc_table *table, np_doc_row_kind kind);
void np_doc_note(np_doc_table *table, np_doc_row *row, const char *note);
np_doc_table *np_doc_table_alone(np_arena *arena); /* in no document: for programs */

/* ---- charts, as data ---- */

typedef struct np_doc_series {
    const char *mark, *label; /* at the end of its line; in the key */
    unsigned color, dash;     /* dash: 0 whole, 1 dashed, 2 dotted */
    const np_num *values;     /* one for each month or point; an invalid one: no line there */
} np_doc_series;

/* Where two curves cross: between the points at `at` and the next, `share` of the way (0 to less than 1). */
typedef struct np_doc_crossing {
    size_t at;
    np_num share, value;
    const char *label;
} np_doc_crossing;

typedef struct np_doc_part {
    const char *name;  /* in the key */
    const char *label; /* with its amount */
    unsigned color;
    np_num value; /* 0 or more */
    bool faint;   /* what is taken off */
} np_doc_part;

typedef struct np_doc_bar {
    const char *label, *figure; /* above the bar: at its left and its right end */
    const np_doc_part *parts;   /* the thick bar */
    size_t part_count;
    const np_doc_part *below; /* the thin bar beneath */
    size_t below_count;
} np_doc_bar;

typedef struct np_doc_period {
    np_date from, to;  /* both included */
    const char *label; /* shown on pointing at it */
    const char *name;  /* terminal: written into it; NULL: not */
    char fill;         /* terminal: what it is drawn with */
    bool begins;       /* terminal: with an upright */
    unsigned color;
    bool faint;
} np_doc_period;

typedef struct np_doc_mark {
    np_date date;
    const char *label; /* shown on pointing at it */
    const char *sign;  /* the number or letter under the mark */
    bool square;       /* a diamond instead of a disc */
} np_doc_mark;

typedef struct np_doc_period_row {
    const char *name, *label; /* name: a short one, for terminals */
    const np_doc_period *periods;
    size_t period_count;
    const np_doc_mark *marks;
    size_t mark_count;
} np_doc_period_row;

typedef struct np_doc_range {
    const char *label, *figures; /* above and below the bar */
    np_num low, high;            /* the amount with the figure at its low and at its high; either may be the smaller */
} np_doc_range;

typedef enum np_doc_chart_kind {
    NP_DOC_BARS,        /* what amounts are made of */
    NP_DOC_STEPS,       /* amounts over months */
    NP_DOC_CURVES,      /* amounts over a range of something else */
    NP_DOC_PERIOD_ROWS, /* contracts over time: the one chart that terminals draw */
    NP_DOC_RANGES       /* how far each uncertain figure moves an amount */
} np_doc_chart_kind;

typedef struct np_doc_chart {
    np_doc_chart_kind kind;
    const char *title, *about; /* about: a sentence for those who do not see it */
    const char *legend;        /* terminal: a line below it */
    size_t count;              /* of the series, bars, rows of periods or ranges */
    union {
        const np_doc_series *series;
        const np_doc_bar *bars;
        const np_doc_period_row *period_rows;
        const np_doc_range *ranges;
    } of;
    np_date first, last; /* steps: first day of the first month; rows of periods: both */
    size_t months;
    const int64_t *at;        /* curves: where the points lie, rising */
    const char *const *words; /* what each is called */
    size_t points;
    const np_doc_crossing *crossings;
    size_t crossing_count;
    bool from_zero;              /* steps: zero stands on the axis, as it must for differences */
    bool of_table;               /* workbooks: drawn from the table that follows, a series for each of its columns */
    np_num middle;               /* ranges: the amount as it is */
    const char *title_of_middle; /* what stands at it */
    unsigned color;
} np_doc_chart;

/* ---- the rest ---- */

typedef struct np_doc_figure {
    const char *label, *unit, *note; /* unit, note: NULL: none */
    np_doc_value value, difference;
    const char *from; /* what the difference is from: "EUR from A" */
    bool main;
    bool colored; /* it stands for a colour of the charts */
    unsigned color;
} np_doc_figure;

typedef struct np_doc_item {
    const char *lead;   /* terminal: before it; NULL: that of the list */
    np_doc_value value; /* what the item is about, before its text: a status in a legend */
    const char *label, *text, *key;
} np_doc_item;

typedef struct np_doc_list {
    bool numbered, small;
    const char *lead; /* terminal: before each item */
    size_t hang;      /* terminal: blanks before its further lines; 0: as many as the lead takes */
    np_doc_item *items;
    size_t count, capacity;
} np_doc_list;

typedef struct np_doc_source {
    const char *name, *title, *publisher, *date, *locator; /* all but the first two may be NULL */
} np_doc_source;

/* A day in a calendar. */
typedef struct np_doc_event {
    const char *uid, *summary, *description;
    np_date date;
} np_doc_event;

/* ---- nodes ---- */

typedef enum np_doc_kind {
    NP_DOC_SECTION,
    NP_DOC_TEXT,
    NP_DOC_FIGURES, /* key figures: pages alone */
    NP_DOC_TABLE,
    NP_DOC_LIST,
    NP_DOC_TREE,
    NP_DOC_CHART,
    NP_DOC_SOURCES /* those that were mentioned, by number */
} np_doc_kind;

typedef struct np_doc_node {
    np_doc_kind kind;
    const char *key;
    struct np_doc_node *next;
    union {
        struct {
            const char *title, *more; /* title: in capitals on a terminal; more: the rest of the line; NULL: none */
            bool folded;              /* pages: closed until asked for */
            const char *sheet;        /* workbooks: a short name; NULL: the title */
            struct np_doc_node *first, *last;
        } section;
        struct {
            const char *text;
            bool soft;
            size_t hang;
        } text;
        struct {
            np_doc_figure *list;
            size_t count, capacity;
        } figures;
        np_doc_table table;
        np_doc_list list;
        np_doc_tree *tree;
        np_doc_chart chart;
    } of;
} np_doc_node;

typedef struct np_doc {
    np_arena *arena;
    const np_lang *lang;
    bool page;
    bool spaced;        /* terminal: a blank line below titles of sections */
    size_t width;       /* terminal: of lines; 0: they are not broken */
    np_date date;       /* what it shows is of this date: workbooks bear it */
    const char *name;   /* of the window that shows it */
    const char *title;  /* NULL: none */
    const char *lead;   /* a line below the title; NULL: none */
    const char *footer; /* pages */
    const char *owner;  /* calendars: whose */
    np_doc_node *first, *last;
    np_doc_source *sources;
    size_t source_count, source_capacity;
    np_doc_event *events;
    size_t event_count, event_capacity;
    bool failed; /* what it needed could not be read */
} np_doc;

np_doc *np_doc_new(np_arena *arena, const np_lang *lang, bool page);

/* Each adds a node at the end of a section; of the document when `in` is NULL. */
np_doc_node *np_doc_section(np_doc *doc, np_doc_node *in, const char *key, const char *title, const char *more);
np_doc_node *np_doc_text(np_doc *doc, np_doc_node *in, const char *text);
np_doc_node *np_doc_soft_text(np_doc *doc, np_doc_node *in, const char *text);
np_doc_node *np_doc_figures(np_doc *doc, np_doc_node *in);
np_doc_table *np_doc_table_of(np_doc *doc, np_doc_node *in, const char *key);
np_doc_list *np_doc_list_of(np_doc *doc, np_doc_node *in, const char *key);
np_doc_node *np_doc_tree_of(np_doc *doc, np_doc_node *in, np_doc_tree *tree);
np_doc_chart *np_doc_chart_of(np_doc *doc, np_doc_node *in, np_doc_chart_kind kind, const char *title,
                              const char *about);
void np_doc_sources(np_doc *doc, np_doc_node *in);

np_doc_figure *np_doc_figure_add(np_doc *doc, np_doc_node *figures, const char *label, np_doc_value value);
np_doc_item *np_doc_item_add(np_doc *doc, np_doc_list *list, const char *text);
void np_doc_event_add(np_doc *doc, np_date date, const char *uid, const char *summary, const char *description);

/* The position of a source among those mentioned, by its name; it is added when it is new. */
size_t np_doc_mention(np_doc *doc, np_doc_source source);

np_doc_tree *np_doc_step(np_doc *doc, np_doc_tree *under);
np_doc_line *np_doc_line_add(np_doc *doc, np_doc_tree *step);
void np_doc_run_add(np_doc *doc, np_doc_line *line, np_doc_style style, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* At most `characters` of a text, the rest replaced by an ellipsis; line ends become blanks. */
const char *np_short_label(np_arena *arena, const char *text, size_t characters);

#endif
