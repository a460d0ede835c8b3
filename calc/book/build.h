/* Making the book from its definitions. Private to calc/book. */
#ifndef NATOPAY_BOOK_BUILD_H
#define NATOPAY_BOOK_BUILD_H

#include <string.h>

#include "natopay/book/model.h"

typedef struct np_build {
    np_book *book;
    np_diags *diags;
    np_arena *arena;
} np_build;

/* ---- names ---- */

/* "fr": the code of a language, in two letters. */
static inline bool np_is_language(const char *word)
{
    return strspn(word, "abcdefghijklmnopqrstuvwxyz") == 2 && word[2] == '\0';
}

/* ".fr", as in label.fr. */
static inline bool np_names_language(const char *ending)
{
    return ending[0] == '.' && np_is_language(ending + 1);
}

/* Names of grades are looked up for each member of staff of a list. */
static inline unsigned np_grade_hash(const char *name)
{
    unsigned hash = 0;
    for (; *name; name++) hash = 33 * hash + (unsigned char)*name;
    return hash % NP_GRADE_HASHES;
}

/* Lists of names are searched often, and most names differ in their first letter. */
static inline bool np_same(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

/* `expected`: how many there may be; it grows when there are more. */
np_names *np_names_new(np_arena *arena, size_t expected);
/* The number under a name, or -1. */
int np_names_get(const np_names *names, const char *name);
/* The next of all names, in any order; NULL: there are no more. Begin with *cursor = 0. */
const char *np_names_next(const np_names *names, size_t *cursor, int *value);
void np_names_put(np_arena *arena, np_names *names, const char *name, int value);

/* ---- definitions and their keys; taking a key marks it as known ---- */

/* How many definitions of a type there are, and each of them in the order read. */
size_t np_count_definitions(const np_book *book, const char *type);
np_definition *np_next_definition(const np_book *book, const char *type, size_t *cursor);

const np_ini_key *np_take(np_definition *definition, const char *name);
const np_ini_key *np_take_attribute(np_definition *definition, const char *key, const char *attribute);
/* NULL after reporting that it is missing or empty */
const np_ini_key *np_need(np_build *build, np_definition *definition, const char *name);
np_label np_take_label(np_build *build, np_definition *definition, const char *name);
bool np_take_truth(np_build *build, np_definition *definition, const char *name, bool fallback);

/* Report a name that cannot stand in a formula. */
void np_check_name(np_build *build, const char *name, np_span at);

/* ---- spellings, see natopay/book/spelling.h; `kind`: grade, former, country, station or the name of an input ---- */

/* A text stands for a value; the value that it stands for already, where it does. */
int np_spelling_add(np_build *build, const char *kind, const char *text, int value);
void np_spelling_add_label(np_build *build, const char *kind, const np_label *label, int value);
/* What the keys `aliases` in every language list (of a choice: `OF.aliases`; else `of` is ""). */
const char **np_take_aliases(np_build *build, np_definition *definition, const char *of, size_t *count);
/* Spellings of a value; one that stands for another value is reported at `at`. */
void np_spelling_add_aliases(np_build *build, const char *kind, const char **aliases, size_t count, int value,
                             np_span at);

/* The choices of an input, with their spellings; of one that is yes or no, the other words for these. */
void np_take_choices(np_build *build, np_definition *definition, np_input *input);
/* What lists call an input, which is the book's `place`-th from 0; and the column that tells staff apart. */
void np_take_headings(np_build *build, np_definition *definition, const np_input *input, size_t place);
void np_take_list_words(np_build *build, np_definition *organisation);
/* What was added for a kind and a text; -1: nothing. */
int np_spelled_word(const np_book *book, const char *kind, const char *text);
/* The same for a text that may have a slip. */
int np_spelled_near(const np_book *book, const char *kind, const char *text);

/* Fill the structure `into` of a definition from its keys; what is not given keeps its value there. Formulas are
 * parsed, and not compiled yet. A key that is needed and missing is reported. */
void np_read_keys(np_build *build, np_definition *definition, void *into);

/* Which of the words that the schema lists for the key, from 0; `fallback` when it is not given or none of them. */
int np_take_word(np_build *build, np_definition *definition, const char *name, int fallback);

/* Report every key that nobody took. */
void np_refuse_other_keys(np_build *build, np_definition *definition);

/* ---- values ---- */

typedef struct np_item {
    const char *text; /* without blanks around it */
    size_t index;     /* of its first byte in the key's value */
    size_t length;
} np_item;

/* The comma-separated items of a value (at most NP_LIST_MAX; more are reported). */
np_item *np_split(np_build *build, const np_ini_key *key, size_t *count);
np_item np_whole(np_build *build, const np_ini_key *key);

bool np_item_number(np_build *build, const np_ini_key *key, np_item item, np_num *number);
/* "5,335.54" could be one number with a group mark or a list of two: false after reporting it. */
bool np_list_is_clear(np_build *build, const np_ini_key *key);
bool np_item_date(np_build *build, const np_ini_key *key, np_item item, np_date *date);
/* What somebody may have meant who wrote a day first, or an age; of another form than YYYY-MM-DD alone: false where no
 * date is in the text. */
void np_hint_date(np_build *build, np_diag *diag, np_item item);
bool np_hint_day(np_build *build, np_diag *diag, const char *text);
bool np_item_truth(np_build *build, const np_ini_key *key, np_item item, bool *truth);
bool np_item_duration(np_build *build, const np_ini_key *key, np_item item, np_duration *duration);
/* "5500 EUR", or a number alone where a currency is known from elsewhere (UINT16_MAX: it must be written). */
bool np_item_money(np_build *build, const np_ini_key *key, np_item item, uint16_t currency, np_value *value);
/* Any type, as parameters, inputs and --set write it. */
bool np_item_value(np_build *build, const np_ini_key *key, np_item item, np_type type, uint16_t currency,
                   np_value *value);

/* A country, currency or grade by name; -1 after reporting with a suggestion. */
int np_find_country(np_build *build, const char *name, np_span at);
int np_find_currency(np_build *build, const char *name, np_span at);
int np_find_grade(np_build *build, const char *name, np_span at);
/* "grades go from G1 to G24: natopay show grade lists them" */
const char *np_grade_range(const np_book *book, np_arena *arena, const np_lang *lang);
/* What a key names; NULL after reporting, with a suggestion. */
const np_source *np_find_source(np_build *build, const np_ini_key *key);
const np_input *np_find_input(np_build *build, const np_ini_key *key);

/* Status, source and note that hold for a whole section. */
typedef struct np_origin {
    np_status status;
    bool has_status;
    const np_source *source;
    np_label note;
} np_origin;

np_origin np_take_origin(np_build *build, np_definition *definition, np_status fallback);
/* What KEY.status, KEY.source and KEY.note say beyond that. */
np_origin np_key_origin(np_build *build, np_definition *definition, const char *key, const np_origin *section);
/* Whether the section's low and high speak of this key: they do not when an overlay replaced the figure beneath
 * them. */
bool np_range_is_about(const np_definition *definition, const char *key);
np_status np_read_status(np_build *build, const np_ini_key *key, np_status fallback);
/* The sources that a comma-separated value names; none when key is NULL. */
const np_source **np_read_sources(np_build *build, const np_ini_key *key, size_t *count);

/* "FR 2026-01-01" into its two parts; false after reporting. NULL: the first is no country. */
bool np_country_and_date(np_build *build, const char *text, np_span at, int *country, np_date *date);

/* ---- the parts, in the order in which they need each other ---- */

/* The number of a new uncertain thing. */
uint16_t np_build_uncertain(np_build *build, np_uncertain what);

void np_build_sources(np_build *build);
/* The one source that a file laid over a book defines: a new one, or that of its name anew. */
void np_build_source_of(np_build *build, const np_file *file);
void np_build_organisation(np_build *build);
void np_build_currencies(np_build *build);
void np_build_exchanges(np_build *build);
void np_build_countries(np_build *build);
void np_build_stations(np_build *build);
void np_build_grades(np_build *build);
void np_build_scales(np_build *build);
void np_build_parameters(np_build *build);
/* Once formulas are compiled: what parameters go by is a grade or a text, and has what their keys name. */
void np_check_places(np_build *build);
/* The number of a grade, category or text among what a parameter goes by, or -1. */
int np_place_named(const np_parameter *parameter, const char *text);
/* "NATO SECRET" as the names of keys have it: nato_secret. */
const char *np_key_of(np_arena *arena, const char *text);
void np_build_notice_fields(np_build *build);
/* What made-up staff have of an input; and once all are read, whether what that hangs on is there. */
void np_take_sample(np_build *build, np_definition *definition, np_input *input);
void np_check_samples(np_build *build);
struct np_contract;
void np_take_contract_sample(np_build *build, np_definition *definition, struct np_contract *contract);
void np_check_contract_samples(np_build *build);
/* Values in between, where the parameter moves with a scale; `source`: of what is carried (NULL: of what is given). */
void np_carry_parameter(np_build *build, np_definition *definition, np_parameter *parameter, const np_source *source);
void np_build_functions(np_build *build);
/* What np_build_formulas compiles then. */
void np_read_inputs(np_build *build);
bool np_read_rules(np_build *build); /* false when there are too many */
void np_read_checks(np_build *build);
void np_read_exclusions(np_build *build);
bool np_build_formulas(np_build *build); /* inputs, rules and checks; false when there are too many */

/* The sum in place of a call of sum('NAME'), which stands in the formula at `at`; NULL after reporting. */
np_node *np_sum_of_rules(np_build *build, const np_formula *formula, const np_node *at, const np_node *call);
/* Once all formulas are there: whether one adds up what rules count in. */
void np_check_counts_in(np_build *build);

/* The type of a formula that is compiled after all others. */
np_type np_compile_type(np_build *build, const np_formula *formula);
/* Compile a formula outside inputs and rules, once these are. False after reporting, true too when it is absent. */
bool np_compile_expect(np_build *build, const np_formula *formula, np_type wanted);
void np_build_careers(np_build *build);
void np_build_dependencies(np_build *build);

#endif
