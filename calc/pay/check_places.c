/* Contradictions between inputs: at which of them a check speaks, and what the others say. */
#include <string.h>

#include "natopay/pay/eval.h"
#include "natopay/pay/format_value.h"

static bool is_option(const np_situation *situation, uint16_t slot)
{
    const np_file *file = situation->given[slot] ? situation->at[slot].file : NULL;
    return file && strcmp(file->name, "command line") == 0;
}

/* The first input that a condition asks for and an option gives; -1: none. */
static int option_in(const np_situation *situation, const np_node *node)
{
    bool input = node->op == NP_OP_SLOT && situation->book->slots[node->index].kind == NP_SLOT_INPUT;
    if (input && is_option(situation, node->index)) return node->index;
    int found = -1;
    for (size_t i = 0; i < node->argc && found < 0; i++) found = option_in(situation, node->args[i]);
    return found;
}

/* The input at which a check speaks, -1: none. What an option gives was given last, on top of what files say: of inputs
 * that contradict each other it is the one to look at. */
static int place_of(const np_situation *situation, const np_check *check)
{
    bool placed = check->about != UINT16_MAX && situation->given[check->about];
    int option =
        check->stops && placed && !is_option(situation, check->about) ? option_in(situation, check->when.root) : -1;
    return option >= 0 ? option : placed ? check->about : -1;
}

/* "Netherlands" for NL, "Belgium" for a duty station there; NULL: the value says enough. */
static const char *country_of(const np_book *book, uint16_t slot, const np_value *value, const np_lang *lang)
{
    int country = value->type == NP_COUNTRY ? value->as.country : -1;
    for (size_t i = 0; i < book->station_count && slot == book->station_slot; i++)
        if (strcmp(book->stations[i].name, value->as.text) == 0) country = book->stations[i].country;
    if (country < 0) return NULL;
    return np_label_text(&book->countries[country].label, lang, book->countries[country].name);
}

/* The values of all inputs that a condition asks for and somebody has given, each with its place. */
static void note_others(const np_situation *situation, const np_node *node, int about, np_diags *diags, np_diag *diag)
{
    const np_book *book = situation->book;
    bool input = node->op == NP_OP_SLOT && book->slots[node->index].kind == NP_SLOT_INPUT;
    if (input && np_situation_was_given(situation, node->index) && situation->at[node->index].file) {
        const np_value *value = &situation->values[node->index];
        const char *country = country_of(book, node->index, value, diags->lang);
        np_text text;
        np_text_init(&text, 1000);
        np_print_value(&text, book, value, diags->lang);
        const char *words = np_text_move(&text, diags->arena), *name = np_slot_name(book, node->index);
        bool noted = false;
        const char *line = country ? np_arena_format(diags->arena, "%s = %s (%s)", name, words, country)
                                   : np_arena_format(diags->arena, "%s = %s", name, words);
        for (const np_note *note = diag->notes; note; note = note->next) noted = noted || strcmp(note->text, line) == 0;
        if (!noted && (about != node->index || country))
            np_diag_note(diags, diag, situation->at[node->index], "%s", line);
    }
    for (size_t i = 0; i < node->argc; i++) note_others(situation, node->args[i], about, diags, diag);
}

bool np_check_apply(np_eval *eval, const np_check *check, bool *stops)
{
    const np_situation *situation = eval->situation;
    np_diags *diags = eval->diags;
    np_value holds = np_eval_formula(eval, &check->when);
    *stops = false;
    if (eval->failed) return false;
    if (holds.unknown || !holds.as.truth) return true;
    const int about = place_of(situation, check);
    np_span at = about >= 0 ? situation->at[about] : np_span_none();
    np_diag *diag = np_report(diags, check->stops ? NP_CODE_CONTRADICTION : NP_CODE_ADVICE, at, "%s",
                              np_label_text(&check->message, diags->lang, check->name));
    const char *hint = np_label_text(&check->hint, diags->lang, NULL);
    if (hint) np_diag_hint(diags, diag, "%s", hint);
    if (check->stops) note_others(situation, check->when.root, about, diags, diag);
    *stops = check->stops;
    return true;
}
