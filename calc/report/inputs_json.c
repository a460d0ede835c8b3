/* Inputs as a form needs them: types, bounds and choices as values, words in the language asked for. */
#include <string.h>

#include "natopay/pay/eval.h"
#include "natopay/pay/format_value.h"
#include "natopay/report/book_tables.h"
#include "report_internal.h"

/* A value as --set takes it; NULL: not known. */
static const char *plain(np_arena *arena, const np_book *book, const np_value *value)
{
    if (value->unknown || value->type == NP_NONE) return NULL;
    if (value->type == NP_TRUTH) return value->as.truth ? "yes" : "no";
    np_text text;
    np_text_init(&text, 65536);
    if (value->type == NP_MONEY || value->type == NP_NUMBER) {
        np_num_print_plain(&text, value->as.number);
        return np_text_move(&text, arena);
    }
    return np_value_words(arena, book, value, NULL);
}

/* [slot]: what stands where nothing at all is answered. Unknown: nothing, or it depends on other answers. */
static const np_value *default_values(np_arena *arena, const np_book *book)
{
    np_diags discarded;
    np_diags_init(&discarded, arena);
    np_eval eval = {.book = book,
                    .situation = np_situation_new(book, arena),
                    .arena = arena,
                    .diags = &discarded,
                    .slots = np_arena_array(arena, book->slot_count + 1, sizeof(np_value))};
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind != NP_SLOT_INPUT) continue;
        np_value *value = &eval.slots[book->order[i]];
        np_eval_input(&eval, &book->inputs[slot->index], value);
        if (eval.failed) *value = (np_value){.unknown = true};
        eval.failed = false;
    }
    return eval.slots;
}

/* The value of a key of the input's own section, in a language ("none.aliases.fr"); NULL: there is none. */
static const char *key_value(const np_book *book, const np_input *input, const char *key)
{
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *definition = book->definitions[i];
        if (strcmp(definition->type, "input") != 0 || strcmp(definition->name, input->name) != 0) continue;
        for (size_t k = 0; k < definition->key_count; k++)
            if (strcmp(definition->keys[k].ini->name, key) == 0) return definition->keys[k].ini->value;
    }
    return NULL;
}

/* "NATO SECRET" is nato_secret in the names of keys. */
static const char *key_name(np_arena *arena, const char *choice)
{
    char *name = np_arena_copy(arena, choice, strlen(choice));
    for (char *c = name; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + ('a' - 'A'));
        if (*c == ' ') *c = '_';
    }
    return name;
}

/* The first of its other names in the language, else the value itself. */
const char *np_choice_label(np_arena *arena, const np_book *book, const np_input *input, const char *choice,
                            const np_lang *lang)
{
    const char *suffix = lang && strcmp(lang->language, "en") != 0 ? lang->language : NULL;
    const char *key = suffix ? np_arena_format(arena, "%s.aliases.%s", key_name(arena, choice), suffix)
                             : np_arena_format(arena, "%s.label", key_name(arena, choice));
    const char *names = key_value(book, input, key);
    return names ? np_arena_copy(arena, names, strcspn(names, ",")) : choice;
}

static void put_choices(np_json *json, np_arena *arena, const np_book *book, const np_input *input, const np_lang *lang)
{
    np_json_member_array(json, "choices");
    for (size_t i = 0; i < input->choice_count; i++) {
        np_json_object(json);
        np_json_member(json, "value", input->choices[i]);
        np_json_member(json, "label", np_choice_label(arena, book, input, input->choices[i], lang));
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

/* "%" where the default or a bound is written so, "month" or "year" for amounts by their name; NULL: none. */
static const char *unit(const np_input *input)
{
    const char *written = input->fallback.key ? input->fallback.key->value : "";
    size_t length = strlen(written);
    if (input->type == NP_NUMBER && length && written[length - 1] == '%') return "%";
    if (input->type == NP_MONEY) return strstr(input->name, "year") ? "money a year" : "money a month";
    if (input->type == NP_NUMBER && strstr(input->name, "_months")) return "months";
    if (input->type == NP_NUMBER && strstr(input->name, "_years")) return "years";
    if (input->type == NP_NUMBER && strstr(input->name, "_km")) return "km";
    return NULL;
}

static void put_input(np_json *json, np_arena *arena, const np_book *book, const np_input *input,
                      const np_value *defaults, const np_lang *lang)
{
    np_json_object(json);
    np_json_member(json, "input", input->name);
    np_json_member(json, "type", np_type_name(input->type));
    np_json_member(json, "group", np_input_about_name(input));
    np_json_member(json, "label", np_label_text(&input->label, lang, NULL));
    np_json_member(json, "question", np_label_text(&input->question, lang, NULL));
    np_json_member(json, "note", np_label_text(&input->note, lang, NULL));
    np_json_member(json, "unit", unit(input));
    np_json_member(json, "default", plain(arena, book, &defaults[input->slot]));
    np_json_member(json, "formula", input->fallback.key ? input->fallback.key->value : NULL);
    np_json_member(json, "min", input->has_min ? plain(arena, book, &input->min) : NULL);
    np_json_member(json, "max", input->has_max ? plain(arena, book, &input->max) : NULL);
    np_json_member_bool(json, "whole", input->whole);
    put_choices(json, arena, book, input, lang);
    np_json_end_object(json);
}

bool np_inputs_json(np_json *json, np_arena *arena, const void *result)
{
    const np_lookup *lookup = result;
    const np_value *defaults = default_values(arena, lookup->book);
    np_json_array(json);
    for (size_t r = 0; r < lookup->table->row_count; r++) {
        const np_doc_value *name = &lookup->table->rows[r].cells[0];
        const np_input *input = np_book_input(lookup->book, np_value_for_programs(arena, name));
        if (input) put_input(json, arena, lookup->book, input, defaults, lookup->lang);
    }
    np_json_end_array(json);
    return true;
}
