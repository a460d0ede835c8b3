/* Values that are not known, and why; and errors, at the place in a formula or input where they are. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "eval_internal.h"
#include "natopay/pay/eval.h"

enum { WORDS_MAX = 200 }; /* bytes of a number in a message */

static np_value unknown(np_type type, const np_missing *missing)
{
    np_value value = {.type = (uint8_t)type, .unknown = true};
    value.as.missing = missing;
    return value;
}

np_value np_unknown_input(const np_eval *eval, np_type type, uint16_t slot)
{
    return unknown(type, &eval->book->missing_input[slot]);
}

np_value np_unknown_gap(np_eval *eval, np_type type, np_code code, np_span at, const char *message, const char *hint)
{
    np_missing *missing = np_arena_alloc(eval->arena, sizeof *missing);
    np_gap *gap = np_arena_alloc(eval->arena, sizeof *gap);
    *gap = (np_gap){code, at, message, hint};
    missing->gap = gap;
    return unknown(type, missing);
}

np_value np_unknown_both(np_eval *eval, np_type type, const np_value *a, const np_value *b)
{
    if (!b->unknown || a->as.missing == b->as.missing) return unknown(type, a->as.missing);
    if (!a->unknown) return unknown(type, b->as.missing);
    np_missing *both = np_arena_alloc(eval->arena, sizeof *both);
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) both->bits[i] = a->as.missing->bits[i] | b->as.missing->bits[i];
    both->gap = a->as.missing->gap ? a->as.missing->gap : b->as.missing->gap;
    return unknown(type, both);
}

np_value np_failed(np_type type)
{
    static const np_missing NOTHING;
    return unknown(type, &NOTHING);
}

/* An input that the user gave is where the mistake is; else the formula. */
static np_span place_of(const np_eval *eval, const np_node *node)
{
    if (node->op == NP_OP_SLOT && eval->situation->given[node->index] && eval->situation->at[node->index].file)
        return eval->situation->at[node->index];
    return np_node_span(eval->formula, node);
}

np_value np_eval_error(np_eval *eval, const np_node *node, np_code code, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, np_say(eval->diags->lang, format), args);
    va_end(args);
    if (!eval->failed) eval->failure = np_report(eval->diags, code, place_of(eval, node), "%s", message);
    eval->failed = true;
    return np_failed((np_type)node->type);
}

np_value np_eval_checked(np_eval *eval, const np_node *node, np_value result)
{
    if (np_num_valid(result.as.number)) return result;
    return np_eval_error(eval, node, NP_CODE_TOO_PRECISE, "a fraction grows beyond %d bits here", NP_NUM_MAX_BITS);
}

const char *np_eval_words(np_eval *eval, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_num_print_plain(&text, value->as.number);
    if (value->type == NP_MONEY && value->currency < eval->book->currency_count)
        np_text_printf(&text, " %s", eval->book->currencies[value->currency].name);
    char *words = np_text_move(&text, eval->arena);
    if (strlen(words) > WORDS_MAX) words[WORDS_MAX] = '\0';
    return words;
}
