/* The rule book as it stands in memory once loaded: plain tables, read-only from then on. */
#ifndef NATOPAY_BOOK_MODEL_H
#define NATOPAY_BOOK_MODEL_H

#include "natopay/book/definition.h"
#include "natopay/book/formula.h"
#include "natopay/book/ini.h"
#include "natopay/book/reader.h"
#include "natopay/book/reference_data.h"

typedef struct np_entry {
    uint16_t country; /* or, of a parameter with `by`, the place of its key there; UINT16_MAX: all others */
    np_date from;
    np_value *values;     /* one, or a list by position; a single one that is unknown: from that day on not known */
    np_value *low, *high; /* as many as values, or NULL */
    size_t count;
    np_status status;
    const np_source *source;
    np_label note;
    bool carried; /* from what its key gives, by the indexes of a scale */
    const np_ini_key *key;
} np_entry;

typedef struct np_parameter {
    const char *name;
    np_label label;
    np_label note;
    np_type type;
    bool by_country, list;
    np_formula by;       /* what its values go by, a grade or a text; without a key: nothing */
    const char **places; /* of `by`: as keys are written, "g10" */
    size_t place_count;
    bool indexed;       /* its values move with a scale */
    uint16_t reference; /* country; UINT16_MAX: none */
    np_entry *entries;  /* by country, then date */
    size_t entry_count;
    uint16_t uncertain; /* position in np_book.uncertain; UINT16_MAX: no range */
    bool used;          /* some formula asks for it */
    bool compared;      /* compare shows it as a row */
    np_span at;
} np_parameter;

typedef enum np_uncertain_kind { NP_UNCERTAIN_PARAMETER, NP_UNCERTAIN_RATE, NP_UNCERTAIN_SALARY } np_uncertain_kind;

/* Something with a low and a high: a parameter, an exchange rate, or a grade's basic salary in a country. */
typedef struct np_uncertain {
    np_uncertain_kind kind;
    uint16_t index; /* of the parameter, exchange or country */
    uint16_t grade; /* of a salary */
} np_uncertain;

typedef enum np_slot_kind { NP_SLOT_INPUT, NP_SLOT_RULE } np_slot_kind;

typedef struct np_slot {
    np_slot_kind kind;
    uint16_t index; /* of the input or rule */
    np_type type;
} np_slot;

/* Whom or what an input describes, in the order of the rule book's words for it. */
typedef enum np_input_about { NP_ABOUT_NONE, NP_ABOUT_POST, NP_ABOUT_PERSON, NP_ABOUT_SCENARIO } np_input_about;

typedef struct np_input {
    const char *name;
    uint16_t slot;
    np_type type;
    np_label label, question, note;
    int about;                             /* an np_input_about */
    np_formula fallback;                   /* the default */
    bool has_min, has_max, whole, lasting; /* lasting: of the whole service of a person */
    bool compared;                         /* compare shows it as a row */
    bool one_country;                      /* its value is true of one duty country only, as years lived there */
    uint16_t former; /* slot of the input that it is of the period of service before; UINT16_MAX: none */
    np_value min, max;
    const char **choices;
    size_t choice_count;
    bool is_figure; /* status = user: its amount is the user's own figure */
    bool in_range;  /* unanswered, the range covers yes and no, its choices, or range_low and range_high */
    const struct np_sample_mix *sample; /* what made-up staff have; NULL: nothing */
    np_formula range_low, range_high;
    bool outside_formulas; /* in_formulas = no: formulas cannot name it, and a rule may bear its name */
    np_span at;
} np_input;

enum { NP_FUNCTION_ARGS = 16, NP_FUNCTION_NESTED = 16 };

/* A formula over arguments: see read_functions.c. */
typedef struct np_book_function {
    const char *name;
    const char *args[NP_FUNCTION_ARGS];
    size_t arg_count;
    np_formula body; /* names are not resolved; a root of NULL after reporting a mistake in it */
    np_label label, note;
    np_span at;
    bool used;
} np_book_function;

/* What formulas add up by sum('NAME'): see counts_in.c. */
typedef struct np_summed {
    const char *name;
    const struct np_summed *next;
} np_summed;

typedef enum np_kind {
    NP_FACT,
    NP_SALARY,
    NP_ALLOWANCE,
    NP_DEDUCTION,
    NP_ADJUSTMENT, /* behind the deductions: it raises or lowers the net, and is no part of the gross */
    NP_EMPLOYER,
    NP_ONCE,
    NP_KIND_COUNT
} np_kind;

const char *np_kind_name(np_kind kind);

typedef struct np_rule {
    /* what computing a month asks of every rule lies together */
    uint16_t slot;
    bool rounds, has_status;
    bool costs;    /* of kind adjustment: it is a part of the employer's cost */
    bool required; /* the net without it is no answer: see np_net_bound */
    np_kind kind;
    np_type type;
    np_rounding rounding;
    np_status status;
    np_date from, until;           /* NP_DATE_NONE: open */
    np_formula when, amount, date; /* date: of kind once */
    const char *name;
    np_label label;
    np_label note;
    int order; /* where its line stands among those of its kind */
    const np_source **sources;
    size_t source_count;
    bool used;
    np_span at;
} np_rule;

/* A contradiction that stops, or an advice that is shown. */
typedef struct np_check {
    const char *name;
    bool stops;
    bool not_due; /* of an exclusion: what one could expect and is not due, rather than what pay leaves out */
    np_formula when;
    np_label message, hint;
    uint16_t about; /* slot of the input to point at; UINT16_MAX: none */
    const np_source *source;
    np_span at;
} np_check;

/* What a vacancy notice may state. */
typedef struct np_field {
    const char *name;
    np_label label, note;
    np_label values;   /* "month=mois|year=an": how values are shown, where not as they are */
    const char *input; /* of a post, which gets the value: where the book has it */
    bool expected;     /* shown also where a notice does not state it */
    np_span at;
} np_field;

typedef struct np_names np_names; /* hash table: name to what it names */

/* A set of slots, a bit each. */
typedef struct np_slot_set {
    uint64_t bits[NP_SLOTS_MAX / 64];
} np_slot_set;

enum { NP_GRADE_HASHES = 128 };

/* What an input is where it is not given. */
typedef struct np_default {
    uint16_t slot;
    bool stands; /* as `value` says, whatever the others are; else it must be evaluated */
    np_value value;
} np_default;

typedef struct np_book {
    np_arena *arena;
    np_reader reader;

    np_ini *files; /* in the order read */
    size_t file_count, file_capacity;
    size_t rule_file_count; /* those that were there when it was loaded: posts may be laid over it later */
    char *hash;             /* [65]: see np_book_hash; "" until it was asked for */
    unsigned layers;
    const char *layer_name[NP_LAYERS_MAX]; /* 0: the pack's folder */

    np_definition **definitions; /* in the order read */
    size_t definition_count, definition_capacity;
    np_names *definition_index; /* "type name" */
    np_names *spellings;        /* see natopay/book/spelling.h */

    const char *name;      /* of the organisation */
    np_label label, terms; /* terms: one sentence that goes with every payslip */
    const np_source *terms_source;
    np_rounding rounding;        /* of scale figures, and of rules that say nothing else */
    uint16_t step_value, steps;  /* parameters that scale() falls back to; UINT16_MAX: none */
    uint16_t reference;          /* country whose scale serves where a country has none; UINT16_MAX: none */
    uint16_t currency;           /* of countries that name none; UINT16_MAX: none */
    uint16_t months;             /* that careers and plans go on for, unless told */
    uint16_t compared_months[2]; /* of service: the shorter and the longer time over which compare adds pay up */
    const char **languages;      /* "en", "fr": those of its texts */
    size_t language_count;

    np_source *sources;
    size_t source_count;
    np_currency *currencies;
    size_t currency_count;
    np_exchange *exchanges;
    size_t exchange_count;
    np_country *countries;
    const np_value *scale_of_all; /* the place, behind the countries, of the only scale's; NULL: each has its own */
    size_t country_count;
    uint16_t by_grade[NP_GRADE_HASHES]; /* the first grade of a hash, plus 1; 0: none */
    uint16_t by_code[26][26];           /* countries of two capital letters, plus 1; 0: none */
    np_station *stations;
    size_t station_count;
    np_grade *grades; /* by rank */
    size_t grade_count;
    np_scale *scales;
    size_t scale_count;
    np_parameter *parameters;
    size_t parameter_count;
    np_book_function *functions;
    size_t function_count;
    const np_summed *summed;
    np_input *inputs;
    size_t input_count;
    np_rule *rules;
    size_t rule_count;
    np_check *checks;
    size_t check_count;
    np_check *exclusions; /* what pay leaves out, or is not due though expected: message says what, when to whom */
    size_t exclusion_count;
    np_field *fields; /* of vacancy notices, in the order read */
    size_t field_count;

    np_slot slots[NP_SLOTS_MAX];
    size_t slot_count;
    uint16_t order[NP_SLOTS_MAX]; /* slots, each after those it depends on */
    size_t order_count;
    np_missing *missing_input;                    /* [slot]: that this input alone is missing */
    np_default *defaults;                         /* of all inputs, in the order of evaluation */
    uint16_t date_slot, country_slot;             /* the inputs `date` and `duty_country`; UINT16_MAX: none */
    uint16_t station_slot, grade_slot, twin_slot; /* `station`, `grade` and `twin_grade` likewise */
    uint16_t working_time_slot; /* the input that says the share of full working time; UINT16_MAX: none */
    uint16_t start_slot;        /* the input `start`, which is evaluated before the date; UINT16_MAX: none */
    np_slot_set *depends;       /* [slot]: the slots that its formulas name */
    np_slot_set *depends_when;  /* [slot of a rule]: those that its condition names: all that matters while it
                                       * does not hold */
    np_slot_set once;           /* rules of kind once that fall on a day */

    struct np_career_book *career; /* contracts, milestones, paths, conditions: see natopay/book/career.h */

    np_uncertain *uncertain;
    size_t uncertain_count, uncertain_capacity;
    uint32_t node_count;
} np_book;

/* ---- asking the book ---- */

/* The text in a language, else in English, else `name`. */
const char *np_label_text(const np_label *label, const np_lang *lang, const char *name);

/* Whether it has labels in a language ("fr"). */
bool np_book_speaks(const np_book *book, const char *language);

/* By exact name; -1 when there is none. */
int np_book_grade(const np_book *book, const char *name);
int np_book_country(const np_book *book, const char *name);
int np_book_currency(const np_book *book, const char *name);
int np_book_parameter(const np_book *book, const char *name);
int np_book_slot(const np_book *book, const char *name);
const np_source *np_book_source(const np_book *book, const char *name);
const np_input *np_book_input(const np_book *book, const char *name);
/* Call `visit` with the day from which each figure of scales, parameters and rates of exchange stands; NP_DATE_NONE
 * among them. */
void np_book_figure_dates(const np_book *book, void (*visit)(void *context, np_date day), void *context);
/* "post", "person", "scenario"; NULL: the rule book does not say whom it describes. */
const char *np_input_about_name(const np_input *input);
/* A value of a notice's field in a language, as `values` has it; of several with commas between, each. */
const char *np_field_words(const np_field *field, const char *value, const np_lang *lang, np_arena *arena);
const np_rule *np_book_rule(const np_book *book, const char *name);
const np_exchange *np_book_exchange(const np_book *book, uint16_t currency);
/* The rate of a currency on a date: the latest that has begun, before the first of all that one. NULL: none. */
const np_rate *np_exchange_on(const np_book *book, uint16_t currency, np_date date);

/* The nearest of the book's names of a kind ("grade", "country", "input", "rule", "parameter", "source", ...) or
 * NULL. */
const char *np_book_suggest(const np_book *book, const char *kind, const char *word);

/* Files in which the definition of (type, name) stands, or NULL. */
const np_definition *np_book_definition(const np_book *book, const char *type, const char *name);
const np_key *np_definition_key(const np_definition *definition, const char *name);
/* The key `name` with its translations, `name`.fr and the like. */
np_label np_definition_label(np_arena *arena, const np_definition *definition, const char *name);

/* Say how 7.412 is written for either meaning. */
void np_hint_unclear(np_diags *diags, np_diag *diag, const char *text);
/* Report a number whose point may part thousands or decimals; false: it is clear. */
bool np_book_refuse_unclear(np_diags *diags, const np_ini_key *key);
/* Whether an input takes numbers from 1000 on, so that in 1.200 the point may part thousands. */
bool np_input_may_be_thousands(const np_input *input);
/* Read a value of a type as inputs and --set write it; false after reporting. An amount without a currency is in the
 * currency of the duty country (NP_CURRENCY_LOCAL). */
bool np_book_read_value(const np_book *book, np_diags *diags, const np_ini_key *key, np_type type, np_value *value);

/* The same for the plainest writing of an input's value within its bounds, quickly. False for any other, and for
 * what is wrong: np_situation_set_text then takes it, or says why not. text[length] must be a zero byte. Lists live
 * in the arena, texts in the book. */
bool np_book_read_plain(const np_book *book, np_arena *arena, const np_input *input, const char *text, size_t length,
                        np_value *value);

/* The scale in force for a country on a date: the latest that has begun. NULL: none has. */
const np_scale *np_scale_on(const np_book *book, uint16_t country, np_date date);
/* Where a scale keeps the figure of a grade at a step (1 to NP_STEPS_MAX). Step by step, since most sections print the
 * first step alone: memory beyond it is then never used. */
static inline size_t np_scale_cell(const np_book *book, size_t grade, unsigned step)
{
    return (size_t)(step - 1) * book->grade_count + grade;
}

/* A parameter's entry for a country (ignored unless the parameter goes by country) on a date. NULL: none. */
const np_entry *np_parameter_on(const np_parameter *parameter, uint16_t country, np_date date);
/* The place of a grade or text among what a parameter goes by; a grade that has no key stands with its category. Any
 * other has a number that no entry has. */
uint16_t np_parameter_place(const np_book *book, const np_parameter *parameter, const np_value *value);
/* Where a look-up of a parameter goes: by its argument, else by the country. `values`: of nodes, by id. */
uint16_t np_parameter_asked(const np_book *book, const np_node *node, const np_value *values, uint16_t country);
/* What an entry is for: "FR", "g10", NULL: all. */
const char *np_entry_place(const np_book *book, const np_parameter *parameter, const np_entry *entry);

#endif
