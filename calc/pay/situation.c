/* Setting the inputs of a situation from text and values, and checking them. */
#include "natopay/pay/situation.h"

#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/book/schema.h"
#include "natopay/book/spelling.h"
#include "natopay/pay/format_value.h"

np_situation *np_situation_new(const np_book *book, np_arena *arena)
{
    np_situation *situation = np_arena_alloc(arena, sizeof *situation);
    situation->book = book;
    situation->book_salary.how = NP_NOT_DERIVED;
    situation->values = np_arena_array(arena, book->slot_count + 1, sizeof *situation->values);
    situation->given = np_arena_array(arena, book->slot_count + 1, sizeof *situation->given);
    situation->assumed = np_arena_array(arena, book->slot_count + 1, sizeof *situation->assumed);
    situation->by_career = np_arena_array(arena, book->slot_count + 1, sizeof *situation->by_career);
    situation->at = np_arena_array(arena, book->slot_count + 1, sizeof *situation->at);
    return situation;
}

np_situation *np_situation_copy(const np_situation *from, np_arena *arena)
{
    np_situation *copy = np_arena_duplicate(arena, from, 1, sizeof *from);
    size_t count = from->book->slot_count + 1;
    copy->values = np_arena_duplicate(arena, from->values, count, sizeof *copy->values);
    copy->given = np_arena_duplicate(arena, from->given, count, sizeof *copy->given);
    copy->assumed = np_arena_duplicate(arena, from->assumed, count, sizeof *copy->assumed);
    copy->by_career = np_arena_duplicate(arena, from->by_career, count, sizeof *copy->by_career);
    copy->at = np_arena_duplicate(arena, from->at, count, sizeof *copy->at);
    copy->compared_books = NULL; /* that is of one taking of a person */
    copy->compared_count = 0;
    return copy;
}

void np_situation_set_value(np_situation *situation, uint16_t slot, np_value value)
{
    situation->values[slot] = value;
    situation->given[slot] = true;
    situation->assumed[slot] = false;
}

void np_situation_forget(np_situation *situation, uint16_t slot)
{
    situation->given[slot] = false;
}

/* ---- checks of one value ---- */

static int compare_to_bound(const np_value *value, const np_value *bound)
{
    if (value->type == NP_DATE) return (value->as.date > bound->as.date) - (value->as.date < bound->as.date);
    return np_num_compare(value->as.number, bound->as.number);
}

static const char *bound_text(const np_book *book, np_diags *diags, const np_value *bound)
{
    np_value plain = *bound;
    plain.currency = NP_CURRENCY_ANY; /* that of the amount, whichever it is */
    np_text text;
    np_text_init(&text, 4096);
    np_print_value(&text, book, &plain, diags->lang);
    return np_text_move(&text, diags->arena);
}

/* The highest value that a hint may name: of a step, no more than there are, which the input's bound leaves room
 * above. */
static np_value highest(const np_book *book, const np_input *input)
{
    np_value most = input->max;
    if (!book->career || input->slot != book->career->slots.step || book->steps == UINT16_MAX) return most;
    const np_parameter *steps = &book->parameters[book->steps];
    bool found = false;
    for (size_t i = 0; i < steps->entry_count; i++)
        for (size_t k = 0; k < steps->entries[i].count; k++) {
            const np_value *value = &steps->entries[i].values[k];
            if (value->unknown || (found && np_num_compare(value->as.number, most.as.number) <= 0)) continue;
            most.as.number = value->as.number;
            found = true;
        }
    return np_num_compare(most.as.number, input->max.as.number) < 0 ? most : input->max;
}

static bool in_bounds(const np_book *book, const np_input *input, np_diags *diags, const np_ini_key *key,
                      const np_value *value)
{
    bool bounded = input->type == NP_NUMBER || input->type == NP_MONEY || input->type == NP_DATE;
    if (!bounded) return true;
    bool low = input->has_min && compare_to_bound(value, &input->min) < 0;
    bool high = input->has_max && compare_to_bound(value, &input->max) > 0;
    bool broken = input->whole && !np_num_is_integer(value->as.number);
    if (!low && !high && !broken) return true;
    np_diag *diag;
    if (broken)
        diag = np_report(diags, NP_CODE_OUT_OF_BOUNDS, key->value_at, "%s is a whole number, not %s", input->name,
                         key->value);
    else
        diag = np_report(diags, NP_CODE_OUT_OF_BOUNDS, key->value_at,
                         low ? NP_MARK("%s is at least %s, not %s") : NP_MARK("%s is at most %s, not %s"), input->name,
                         bound_text(book, diags, low ? &input->min : &input->max), key->value);
    if (input->has_min && input->has_max) {
        np_value most = highest(book, input);
        np_diag_hint(diags, diag, "give a value from %s to %s", bound_text(book, diags, &input->min),
                     bound_text(book, diags, &most));
    }
    return false;
}

/* Rules ask in which country a station is: one that the book does not have has no place in a situation. */
static bool is_place(const np_book *book, const np_input *input, np_diags *diags, const np_ini_key *key,
                     const np_value *value)
{
    if (input->slot != book->station_slot) return true;
    for (size_t i = 0; i < book->station_count; i++)
        if (strcmp(book->stations[i].name, value->as.text) == 0) return true;
    np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_NAME, key->value_at, "no duty station is called '%s'", key->value);
    const char *near = np_book_suggest(book, "station", key->value);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(diags, diag, "natopay show station lists them");
    return false;
}

static bool is_choice(const np_book *book, const np_input *input, np_diags *diags, const np_ini_key *key,
                      np_value *value)
{
    if (input->choice_count == 0) return is_place(book, input, diags, key, value);
    int spelled = np_spelled_choice(book, input, key->value);
    if (spelled >= 0) {
        value->as.text = input->choices[spelled];
        return true;
    }
    const char *near = NULL, *list = "";
    unsigned best = 3;
    for (size_t i = 0; i < input->choice_count; i++) {
        unsigned distance = np_edit_distance(key->value, input->choices[i], best);
        if (distance < best) {
            best = distance;
            near = input->choices[i];
        }
        list = np_arena_format(diags->arena, "%s%s%s", list, i ? ", " : "", input->choices[i]);
    }
    np_diag *diag =
        np_report(diags, NP_CODE_BAD_VALUE, key->value_at, "'%s' is no choice for %s", key->value, input->name);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s? (%s)", near, list);
    else
        np_diag_hint(diags, diag, "choose one of %s", list);
    return false;
}

/* ---- giving values ---- */

/* "G8-G10" as the grade gives the higher grade too. */
static bool set_both_grades(np_situation *situation, const np_ini_key *key)
{
    const np_book *book = situation->book;
    int grades[2];
    if (book->twin_slot == UINT16_MAX || np_spelled_grade(book, key->value, NULL) >= 0) return false;
    if (!np_spelled_grades(book, key->value, grades)) return false;
    const uint16_t slots[2] = {book->grade_slot, book->twin_slot};
    for (int i = 0; i < 2; i++) {
        np_value value = {.type = NP_GRADE, .as.grade = (uint16_t)grades[i]};
        np_situation_set_value(situation, slots[i], value);
        situation->at[slots[i]] = key->value_at;
    }
    return true;
}

/* "5, 8" where one whole number belongs: ages, most often. */
static bool refuse_several(const np_book *book, np_diags *diags, const np_input *input, const np_ini_key *key)
{
    if (!input->whole || !strchr(key->value, ',')) return false;
    if (key->value[strspn(key->value, "0123456789, ")] != '\0') return false;
    np_diag *diag =
        np_report(diags, NP_CODE_BAD_NUMBER, key->value_at, "%s is one whole number, not several", input->name);
    if (strcmp(input->name, "children") == 0 && np_book_input(book, "child_births"))
        np_diag_hint(diags, diag, "not the ages: how many there are, or child_births = %s with the date of each birth",
                     "2018-06-15, 2021-06-15");
    return true;
}

/* A town where a country is asked for, and a station by another of its names. */
static bool read_place(const np_book *book, const np_input *input, const char *text, np_value *value)
{
    bool country = input->slot == book->country_slot;
    if (!country && input->slot != book->station_slot) return false;
    if (country && np_spelled_country(book, text) >= 0) return false;
    int station = np_spelled_station(book, text);
    if (station < 0) return false;
    *value = (np_value){.type = (uint8_t)input->type};
    if (country)
        value->as.country = book->stations[station].country;
    else
        value->as.text = book->stations[station].name;
    return true;
}

/* "Married" where yes or no is asked for. */
static bool read_word(const np_book *book, const np_input *input, const char *text, np_value *value)
{
    int spelled = input->type == NP_TRUTH ? np_spelled_choice(book, input, text) : -1;
    *value = (np_value){.type = NP_TRUTH, .as.truth = spelled == 1};
    return spelled >= 0;
}

static const np_input *input_named(const np_book *book, np_diags *diags, const np_ini_key *key)
{
    const np_input *input = np_book_input(book, key->name);
    if (input) return input;
    np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_INPUT, key->name_at, "no input is called '%s'", key->name);
    const char *near = np_book_suggest(book, "input", key->name);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(diags, diag, "natopay show input lists the inputs");
    return NULL;
}

/* The length of a contract goes with the kind that it was given with: a post's 36 months are those of the contract that
 * its notice offers, and say nothing of another kind that is asked for elsewhere. */
static void forget_length(np_situation *situation, const np_input *input, const np_value *value, const np_file *file)
{
    const np_book *book = situation->book;
    uint16_t kind = book->career->slots.contract, months = book->career->slots.contract_months;
    if (input->slot != kind || months == UINT16_MAX || !situation->given[months]) return;
    if (situation->at[months].file == file) return;
    const np_node *fallback = input->fallback.root;
    const np_value *before = situation->given[kind]                      ? &situation->values[kind]
                             : fallback && fallback->op == NP_OP_LITERAL ? &fallback->literal
                                                                         : NULL;
    if (!before || strcmp(before->as.text, value->as.text) != 0) np_situation_forget(situation, months);
}

/* What another organisation alone asks of a person. */
static bool is_known_beside(const np_situation *situation, const char *name)
{
    if (np_book_input(situation->book, name)) return false;
    for (size_t i = 0; i < situation->compared_count; i++)
        if (np_book_input(situation->compared_books[i], name)) return true;
    return false;
}

/* "2019-04-02 ; 2022-11-20": whoever parts dates by a semicolon has lost all but the first to a comment. */
static void warn_of_lost_dates(np_diags *diags, const np_input *input, const np_ini_key *key)
{
    const np_file *file = input->type == NP_DATES ? key->value_at.file : NULL;
    size_t at = key->value_at.offset + key->value_at.length;
    if (!file) return;
    while (at < file->size && (file->text[at] == ' ' || file->text[at] == '\t')) at++;
    if (at >= file->size || file->text[at] != ';') return;
    size_t mark = at++;
    while (at < file->size && file->text[at] == ' ') at++;
    for (size_t i = 0; i < 5; i++)
        if (at + i >= file->size || (i < 4 ? !np_is_digit(file->text[at + i]) : file->text[at + i] != '-')) return;
    np_diag *diag = np_report(diags, NP_CODE_LOST_VALUE, np_span_of(file, mark, 1),
                              "what stands behind a semicolon is a comment: no date in it is read");
    np_diag_hint(diags, diag, "write commas between dates");
}

/* A distance of "1.200" may be 1200 km. Amounts of money are refused by np_book_read_value. */
static bool refuse_unclear(np_diags *diags, const np_input *input, const np_ini_key *key)
{
    return input->type == NP_NUMBER && np_input_may_be_thousands(input) && np_book_refuse_unclear(diags, key);
}

static bool is_given_empty(np_diags *diags, const np_input *input, const np_ini_key *key)
{
    if (key->value[0] != '\0' || input->type == NP_DATES) return false;
    np_diag *diag = np_report(diags, NP_CODE_BAD_VALUE, key->name_at, "%s is given without a value", key->name);
    np_diag_hint(diags, diag, "give a %s, or leave the line out", np_type_name(input->type));
    return true;
}

bool np_situation_set(np_situation *situation, np_diags *diags, const np_ini_key *key)
{
    const np_book *book = situation->book;
    if (is_known_beside(situation, key->name)) return true;
    const np_input *input = input_named(book, diags, key);
    if (!input) return false;
    if (is_given_empty(diags, input, key)) return false;
    if (input->slot == book->grade_slot && set_both_grades(situation, key)) return true;
    if (refuse_several(book, diags, input, key) || refuse_unclear(diags, input, key)) return false;
    np_value value;
    if (!read_place(book, input, key->value, &value) && !read_word(book, input, key->value, &value) &&
        !np_book_read_value(book, diags, key, input->type, &value))
        return false;
    if (!in_bounds(book, input, diags, key, &value)) return false;
    if (!is_choice(book, input, diags, key, &value)) return false;
    if (input->is_figure) value.status = NP_USER;
    if (strcmp(input->name, "basic_salary") == 0) situation->salary_source = NULL;
    warn_of_lost_dates(diags, input, key);
    forget_length(situation, input, &value, key->value_at.file);
    np_situation_set_value(situation, input->slot, value);
    situation->at[input->slot] = key->value_at;
    return true;
}

bool np_situation_set_text(np_situation *situation, np_diags *diags, const char *name, const char *value,
                           np_span name_at, np_span value_at)
{
    np_ini_key key = {name, value, name_at, value_at, 0};
    return np_situation_set(situation, diags, &key);
}

/* A post that names its source has its salary from there, as long as nobody gives another; it is that of the post's
 * grade and country. */
static void take_source_of_salary(np_situation *situation, const np_definition *post)
{
    const np_book *book = situation->book;
    const np_key *source = np_definition_key(post, "source");
    const np_input *grade = np_book_input(book, "grade");
    uint16_t country = book->country_slot;
    if (!source || !np_definition_key(post, "basic_salary")) return;
    situation->salary_source = np_book_source(book, source->ini->value);
    situation->salary_of_post =
        grade && country != UINT16_MAX && situation->given[grade->slot] && situation->given[country];
    if (!situation->salary_of_post) return;
    situation->salary_grade = situation->values[grade->slot].as.grade;
    situation->salary_country = situation->values[country].as.country;
}

bool np_situation_take(np_situation *situation, np_diags *diags, const np_definition *definition)
{
    bool ok = true;
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        bool about_itself =
            np_is_label_or_note(key->name) || strcmp(key->name, "source") == 0 || strcmp(key->name, "data") == 0;
        if (strcmp(key->name, "source") == 0) ok = np_book_find_source(situation->book, diags, key) && ok;
        if (!about_itself) ok = np_situation_set(situation, diags, key) && ok;
    }
    if (strcmp(definition->type, "post") == 0) {
        take_source_of_salary(situation, definition);
        situation->post = definition->name;
        situation->post_definition = definition;
    }
    if (strcmp(definition->type, "person") == 0) situation->person = definition->name;
    return ok;
}

const char *np_situation_title(const np_situation *situation, const np_lang *lang)
{
    const np_definition *post = situation->post_definition;
    const np_input *input = np_book_input(situation->book, "title");
    bool given = input && input->type == NP_TEXT && situation->given[input->slot];
    bool apart = given && (!post || situation->at[input->slot].file != post->at.file);
    for (size_t i = 0; post && lang && !apart && i < post->key_count; i++) {
        const np_ini_key *key = post->keys[i].ini;
        if (strncmp(key->name, "label.", 6) == 0 && strcmp(key->name + 6, lang->language) == 0) return key->value;
    }
    return given ? situation->values[input->slot].as.text : NULL;
}
