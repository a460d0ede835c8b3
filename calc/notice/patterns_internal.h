/* What a reader of notices knows: its patterns, as the rule book has them. Private to calc/notice. */
#ifndef NATOPAY_NOTICE_PATTERNS_INTERNAL_H
#define NATOPAY_NOTICE_PATTERNS_INTERNAL_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "natopay/notice/notice.h"

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
    np_notice_field *stated;     /* [position in book->fields]: under which number the reader keeps that field */
    np_notice_field field_count; /* how many fields the reader keeps: the numbers run from 0 */
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
    const np_grade_letters *letters_of_all; /* all grades begin with them ("G"), so a number alone is one; NULL: none */
    int grade_number_most;                  /* a larger number is no grade, not even an unknown one */
    const char *no_towns;                   /* words that a town's name does not begin with: "agency|office" */
    const char *own_names;                  /* of the organisation: "NATO|OTAN" */
    const char *former_columns, *present_columns; /* headings of what was and what is: "was|old", "now|new" */
    const char *month_numerals, *ordinal_days;    /* "ix=9", "twenty-first=21" */
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
/* Note the book's lists of words that reading itself needs. */
void np_pattern_lists_read(np_patterns *patterns);
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

#endif
