/* What the files of this room share. Private to calc/notice. */
#ifndef NATOPAY_NOTICE_PARTS_H
#define NATOPAY_NOTICE_PARTS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "natopay/notice/notice.h"

/* Of ASCII alone, whatever the locale. */
static inline bool np_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- patterns ---- */

/* What notices are written in. */
typedef enum np_notice_language { NP_TEXT_ENGLISH, NP_TEXT_FRENCH, NP_TEXT_LANGUAGES } np_notice_language;

enum {
    NP_ANCHORS_MAX = 24,          /* of one pattern */
    NP_ANCHOR_STATES_MAX = 65000, /* different beginnings of all labels, names and anchors; a state is 16 bits */
    NP_PHRASES_MAX = 6000,        /* of one pattern */
    NP_PHRASE_MAX = 100           /* bytes of a phrase */
};

typedef enum np_pattern_kind {
    NP_READS_TEXT,   /* the words themselves, or `value` with $1 $2 ... filled in */
    NP_READS_DATE,   /* the first date within reach */
    NP_READS_GRADE,  /* grades: one, or a pair */
    NP_READS_MONEY,  /* an amount or a range of amounts, with its currency, period and year */
    NP_READS_NUMBER, /* %n */
    NP_READS_MONTHS, /* %n %u */
    NP_READS_PLACE,  /* a town or country of the book */
    NP_READS_COUNT
} np_pattern_kind;

/* What a pattern is for: a field, or one of these. */
typedef enum np_pattern_role {
    NP_ROLE_FIELD,
    NP_ROLE_DEBRIS,       /* a line that a page break left: dropped */
    NP_ROLE_REGION,       /* a passage in which some fields count for less */
    NP_ROLE_OWNER,        /* words that say: what stands here is not this post's, but its supervisor's, a job board's */
    NP_ROLE_EVIDENCE,     /* something that speaks for a vacancy notice, or against one */
    NP_ROLE_ORGANISATION, /* words that only notices of the rule book's own organisation use */
    NP_ROLE_EMPLOYER,     /* another organisation, where it recruits */
    NP_ROLE_CURRENCY,     /* words for a currency */
    NP_ROLE_PERIOD,       /* words for a pay period */
    NP_ROLE_LABEL,        /* a label of no field: it ends the value before it */
    NP_ROLE_PLACE,        /* towns of a country that are no station */
    NP_ROLE_REMARK,       /* what a title's line may say that is no title */
    NP_ROLE_WORDS,        /* a list of words that expressions use by its name */
    NP_ROLE_COUNT
} np_pattern_role;

/* Which words of its clause are not this post's, from those that an owner's pattern matches. */
typedef enum np_owner_scope { NP_SCOPE_BEHIND, NP_SCOPE_BEFORE, NP_SCOPE_CLAUSE } np_owner_scope;

typedef struct np_pattern {
    const char *name;
    np_span at;
    np_pattern_role role;
    np_notice_field field;
    np_pattern_kind kind;
    bool headed; /* a label: the value stands behind or beneath it */
    bool named;  /* words that are looked for as they are, by np_anchors */
    bool strict; /* a label that needs a colon, a cell or a line of its own */
    np_owner_scope scope;
    bool slotted; /* a label whose values other patterns read */
    int slot;     /* the pattern of the label in whose values alone it is tried; -1: everywhere */
    const struct np_pattern *values_like; /* of a label: its values are read as those of this one; NULL: by its own */
    bool start;                           /* tried only in the first part of the text */
    bool cased;                           /* tried on the text as written; the others on it in small letters */
    bool fallback;                        /* tried only where its field has nothing sure yet */
    bool whole;                           /* of a place: the match must name nothing else */
    bool near_borrowed, line_borrowed, against_borrowed; /* by `like`: another pattern frees them */
    const char *value, *words, *country;
    int weight;
    int most; /* larger numbers are something else */
    unsigned reach;
    unsigned window; /* how many bytes around an anchor it is tried on; 0: it begins with the anchor */
    pcre2_code *code, *near, *line, *against, *until;
    unsigned group_n, group_m, group_u, group_v; /* numbers of the named groups; 0: none */
    uint64_t fields;                             /* of a region: which */
    unsigned languages;                          /* a bit for each np_notice_language */
    uint16_t *anchors;                           /* words near which alone it is tried; NULL: everywhere */
    size_t anchor_count;
} np_pattern;

typedef struct np_place_name {
    const char *name;    /* folded */
    const char *country; /* its code */
    uint16_t station;    /* UINT16_MAX: a country's name, or a town that is no station */
    const char *town;    /* its English name; NULL: a country */
} np_place_name;

/* Where the patterns' anchors stand. */
typedef struct np_anchors np_anchors;
typedef struct np_anchor_place {
    uint32_t end;  /* of the word in the text */
    uint32_t next; /* of the same word; 0: none */
    uint16_t word;
} np_anchor_place;
typedef struct np_anchor_places {
    np_anchor_place *items; /* in the text's order, from the second on */
    size_t count, capacity;
    uint32_t *first; /* [word] */
} np_anchor_places;

np_anchors *np_anchors_new(np_arena *arena);
/* The word's number. When there are more beginnings of words than there may be, it is left out, and the set is full. */
uint16_t np_anchors_add(np_anchors *anchors, np_arena *arena, const char *word);
bool np_anchors_full(const np_anchors *anchors);
void np_anchors_finish(np_anchors *anchors, np_arena *arena);
const char *np_anchors_word(const np_anchors *anchors, uint16_t word);
size_t np_anchors_length(const np_anchors *anchors, uint16_t word);
size_t np_anchors_count(const np_anchors *anchors);
uint16_t np_anchors_whole(const np_anchors *anchors, const char *text, size_t length); /* UINT16_MAX: none */
void np_anchors_find(const np_anchors *anchors, np_arena *arena, const char *text, size_t length,
                     np_anchor_places *places);

/* The letters before a grade's number, and which grade each number is: G of G15, NG of its other name NG15, A of its
 * former name A.2. */
typedef struct np_grade_letters {
    const char *text;  /* as written: "NG" */
    const char *shown; /* as the grade's own name has it: "G" */
    size_t length;
    bool former;         /* of former names: taken in capitals only, as they can mean much else */
    bool variant;        /* another way to write those of a former name: "LI" for "L" */
    int16_t grades[100]; /* [number]: the grade in the book; -1: there is none */
} np_grade_letters;

/* A month as it is written: at least the first letters of its name. */
typedef struct np_month_name {
    const char *text;
    size_t least, length;
    int month;
} np_month_name;

struct np_patterns {
    const np_book *book;
    np_arena *arena;
    np_pattern *items;
    size_t count;
    np_notice_field *stated;     /* [position in book->fields]: its number */
    np_notice_field field_count; /* how many numbers there are */
    size_t debris_from;          /* the first pattern of a page break's debris, which the others follow */
    pcre2_code *places;
    np_anchors *anchors;
    uint16_t *of_word; /* [word of anchors] the pattern whose label or name it is; UINT16_MAX: none */
    uint64_t lists;    /* fields of which all values are kept */
    uint16_t common[NP_TEXT_LANGUAGES][4];      /* words that a language cannot do without */
    const char *numbers;                        /* "one=1|two=2" */
    const char *grade_joiners, *grade_prefixes; /* "or=choice|-", "formerly" */
    const char *grade_words; /* that may stand before a grade; "grade=number": also before a number alone */
    np_grade_letters *grade_letters;
    size_t grade_letter_count;
    const np_grade_letters *letters_of_all; /* of every grade, so that a number alone is one; NULL: they differ */
    int grade_number_most;                  /* a larger number is no grade, not even an unknown one */
    const char *no_towns;                   /* words that a town's name does not begin with: "agency|office" */
    const char *own_names;                  /* of the organisation: "NATO|OTAN" */
    np_month_name *month_names;
    size_t month_name_count;
    np_place_name *place_names;
    size_t place_count;
};

/* A regular expression in the book's own way of writing (see data/nato/patterns.ini): blanks, %n, %m, %u, %{NAME}. */
char *np_pattern_expand(np_arena *arena, const np_patterns *patterns, const char *regex, bool lower);
/* Learn from the book how its grades are written. Its lists of words must have been read. */
void np_grade_letters_compile(np_patterns *patterns);
/* Learn the names of the months from the book's list. */
void np_month_names_compile(np_patterns *patterns);
/* The words of the list of this name: "one=1|two=2"; "": there is none. */
const char *np_pattern_words(const np_patterns *patterns, const char *name, size_t length);

/* A word of such a list, and what stands behind its "=": "three" and "3"; an empty value where there is none. */
typedef struct np_word {
    const char *text, *value;
    size_t length, value_length;
} np_word;

/* The next word of *list, which moves on behind it; false at the end. A word has one character at least, which may be
 * "=" itself. */
bool np_next_word(const char **list, np_word *word);
/* Whether the word's value is this one. */
bool np_word_says(const np_word *word, const char *value);

/* All phrases that "(closing |)date( for applications|)|deadline" stands for. */
typedef struct np_phrases {
    np_arena *arena;
    const char **items;
    size_t count, capacity;
    const char *bad; /* what is wrong, to be translated; NULL: nothing */
} np_phrases;
void np_phrases_expand(np_phrases *phrases, const char *text);

/* Towns and countries of the book, folded, as one expression. */
void np_places_compile(np_patterns *patterns, np_diags *diags);
pcre2_code *np_pattern_compile(np_diags *diags, np_span at, const char *regex, bool caseless);

/* ---- text ---- */

/* A stretch of the file that nobody sees: a tag, a comment, a script. `as` stands for it: a line's end, a tab or 0. */
typedef struct np_hidden {
    uint32_t from, to;
    char as;
} np_hidden;

typedef struct np_segment {
    uint32_t match, file; /* from here on, a byte of the one text is a byte of the other */
} np_segment;

/* The notice in the form in which patterns see it: no accents, one kind of blank, dash and quote, no bullets, a tab for
 * a gap between columns, a page break's debris gone; and the way back to the file. */
typedef struct np_notice_text {
    const np_file *file;
    char *text;
    char *lower; /* the same in small letters: searching it is several times as fast as ignoring case */
    size_t length;
    np_segment *segments;
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
/* Put the headings of a table's columns before the values beneath them, and prose of two columns into one. */
void np_notice_untable(np_reading *reading);
/* Join labels that a narrow left column breaks over several lines, and the values beside them. */
void np_notice_join_labels(np_reading *reading);
/* Another employer's notice: its name is the body, and it has no grade of the book. */
void np_take_other_employer(np_reading *reading);
/* A former grade's letter and number, as A2, mean a grade only in notices of the rule book's organisation. */
void np_drop_foreign_grades(np_reading *reading);
/* A candidate as what was found, with this value. */
np_finding np_finding_of(np_reading *reading, const np_candidate *c, const char *value);
enum { NP_MEDIUM_SCORE = 50 }; /* from here on a reading is at least of medium confidence */
/* How many columns stand before text[at] in its line of the file; a tab leads to the next multiple of eight. */
size_t np_notice_column(const np_notice_text *t, size_t at);
/* The label that text[from..to) is, "Salary (Pay Basis)" too; NULL: it is none. */
const np_pattern *np_notice_label_of(const np_reading *reading, size_t from, size_t to);
/* Whether text[from..to) holds a value of the label's kind. */
bool np_notice_fits(np_reading *reading, const np_pattern *label, size_t from, size_t to);
/* What stands at text[next] goes on with the value text[from..to), whose last piece ends at `last`: in brackets or
 * small letters, or because that asks for more. */
bool np_notice_is_continued(const np_notice_text *t, size_t from, size_t to, size_t last, size_t next);
/* Find what a web page hides. */
void np_notice_hide(np_reading *reading);
/* The file's next character, or entity of a web page; how many bytes it takes. */
size_t np_notice_next(const char *text, size_t left, uint32_t *point);
/* Find the labels, each of which is put at a line's start, and the text that belongs to each. */
void np_notice_label(np_reading *reading);
/* The pattern whose label or name text[from..to) is, and nothing else; NULL. */
const np_pattern *np_notice_word_of(const np_reading *reading, size_t from, size_t to);
/* Whether some text is a label, and nothing else. */
bool np_is_label(const np_patterns *patterns, const char *text, size_t length);
/* A copy of reading->text under way. */
typedef struct np_copying {
    np_reading *reading;
    np_notice_text text;
} np_copying;
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

void np_notice_warn(np_reading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));

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
