/* Language levels: those of a list, the lowest first (I to VI unless a formula gives another one), and STANAG 6001
 * profiles of four digits (listening, speaking, reading, writing). No official table between the two was found, so they
 * are not compared. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "eval_internal.h"

enum { ITEMS_MAX = 8, NAME_MAX_BYTES = 40 };

typedef struct level {
    char language[NAME_MAX_BYTES]; /* "": any */
    bool profile;                  /* digits, else a level of the list */
    int parts[4];                  /* of a profile its digits; else parts[0] is the place in the list, from 1 */
} level;

typedef enum answer { NOT_MET, OPEN, MET } answer;

/* The place of a level in a list, from 1; 0: it is not there. */
static int place_in(const char *list, const char *word, size_t length)
{
    for (int place = 1; *list; place++) {
        size_t one = strcspn(list, ", ");
        if (one == length && strncasecmp(list, word, length) == 0) return place;
        list += one;
        list += strspn(list, ", ");
    }
    return 0;
}

static bool read_level(const char *list, const char *word, size_t length, level *result)
{
    result->profile = false;
    result->parts[0] = length ? place_in(list, word, length) : 0;
    if (result->parts[0]) return true;
    if (length != 4) return false;
    for (size_t i = 0; i < 4; i++) {
        if (word[i] < '0' || word[i] > '5') return false;
        result->parts[i] = word[i] - '0';
    }
    result->profile = true;
    return true;
}

/* "English V", "french 2222", "3322", of a list with , ; or / between: a language, if any, then its level. */
static bool read_item(const char *list, const char *text, size_t length, level *result)
{
    while (length && isspace((unsigned char)text[length - 1])) length--;
    while (length && isspace((unsigned char)*text)) text++, length--;
    size_t at = length;
    while (at && !isspace((unsigned char)text[at - 1])) at--;
    *result = (level){.language = ""};
    if (!read_level(list, text + at, length - at, result)) return false;
    while (at && isspace((unsigned char)text[at - 1])) at--;
    if (at >= NAME_MAX_BYTES) return false;
    memcpy(result->language, text, at);
    return true;
}

static bool read_levels(const char *list, const char *text, level *items, size_t *count)
{
    *count = 0;
    while (*text) {
        size_t length = strcspn(text, ",;/");
        if (*count == ITEMS_MAX || !read_item(list, text, length, &items[*count])) return false;
        ++*count;
        text += length + (text[length] != '\0');
    }
    return *count > 0;
}

static answer compare(const level *held, const level *asked)
{
    bool named = held->language[0] && asked->language[0];
    if (named && strcasecmp(held->language, asked->language) != 0) return NOT_MET;
    if (held->profile != asked->profile) return OPEN;
    for (int i = 0; i < (asked->profile ? 4 : 1); i++)
        if (held->parts[i] < asked->parts[i]) return NOT_MET;
    return MET;
}

/* The best that can be had when every language asked for is met by another one held. */
static answer assign(const level *held, size_t held_count, unsigned used, const level *asked, size_t asked_count)
{
    if (asked_count == 0) return MET;
    answer best = NOT_MET;
    for (size_t i = 0; i < held_count && best != MET; i++) {
        if (used >> i & 1) continue;
        answer here = compare(&held[i], asked);
        if (here <= best) continue;
        answer rest = assign(held, held_count, used | 1u << i, asked + 1, asked_count - 1);
        answer both = here < rest ? here : rest;
        if (both > best) best = both;
    }
    return best;
}

np_value np_eval_levels(np_eval *eval, const np_node *node, const np_value *const *args)
{
    level held[ITEMS_MAX], asked[ITEMS_MAX];
    size_t held_count, asked_count;
    answer found = OPEN;
    const char *list = node->argc > 2 ? args[2]->as.text : "I, II, III, IV, V, VI";
    if (read_levels(list, args[0]->as.text, held, &held_count) &&
        read_levels(list, args[1]->as.text, asked, &asked_count))
        found = assign(held, held_count, 0, asked, asked_count);
    if (found != OPEN) return np_truth_value(found == MET, np_weaker(args[0]->status, args[1]->status));
    const np_lang *lang = eval->diags->lang;
    const char *how =
        node->argc > 2
            ? np_arena_format(eval->arena, np_say(lang, "write a language and its level, in a list; levels are %s"),
                              list)
            : np_say(lang,
                     "write levels as \"English V, French II\" or \"English 3322, French 2222\", both of one kind");
    return np_unknown_gap(eval, NP_TRUTH, NP_CODE_BAD_VALUE, np_node_span(eval->formula, node),
                          np_arena_format(eval->arena, np_say(lang, "the levels '%s' and '%s' cannot be compared"),
                                          args[0]->as.text, args[1]->as.text),
                          how);
}
