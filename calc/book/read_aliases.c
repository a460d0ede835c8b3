/* The other words that a definition lists for what it names, and for the choices of an input. */
#include <string.h>

#include "build.h"

/* `aliases`, or `aliases.fr` and the like; of a choice `CHOICE.aliases` and `CHOICE.aliases.fr`. */
static bool names_aliases(const char *key, const char *of)
{
    size_t length = strlen(of);
    if (length && (strncmp(key, of, length) != 0 || key[length] != '.')) return false;
    key += length + (length > 0);
    if (strncmp(key, "aliases", 7) != 0) return false;
    return key[7] == '\0' || (key[7] == '.' && strlen(key) == 10);
}

const char **np_take_aliases(np_build *build, np_definition *definition, const char *of, size_t *count)
{
    const char **all = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        if (!names_aliases(key->name, of)) continue;
        definition->keys[i].used = true;
        size_t here = 0;
        np_item *items = np_split(build, key, &here);
        all = np_arena_grow(build->arena, all, &capacity, *count + here + 1, sizeof *all);
        for (size_t k = 0; k < here; k++) all[(*count)++] = items[k].text;
    }
    return all;
}

/* The aliases of NATO SECRET stand under nato_secret.aliases. */
static const char *choice_key(np_build *build, const char *choice)
{
    char *key = np_arena_copy(build->arena, choice, strlen(choice));
    for (char *c = key; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + ('a' - 'A'));
        if (*c == ' ') *c = '_';
    }
    return key;
}

static void spell_choices(np_build *build, np_definition *definition, const np_input *input)
{
    for (size_t i = 0; i < input->choice_count; i++) np_spelling_add(build, input->name, input->choices[i], (int)i);
    for (size_t i = 0; i < input->choice_count; i++) {
        size_t count = 0;
        const char *key = choice_key(build, input->choices[i]);
        const char **aliases = np_take_aliases(build, definition, key, &count);
        np_spelling_add_aliases(build, input->name, aliases, count, (int)i, input->at);
        np_take_attribute(definition, key, "label"); /* read where it is shown */
    }
}

/* "married" for the yes of an input that asks for a spouse. */
static void spell_truth(np_build *build, np_definition *definition, const np_input *input)
{
    static const char *const WORDS[] = {"no", "yes"};
    for (int i = 0; i < 2; i++) {
        size_t count = 0;
        const char **aliases = np_take_aliases(build, definition, WORDS[i], &count);
        np_spelling_add_aliases(build, input->name, aliases, count, i, input->at);
    }
}

void np_take_choices(np_build *build, np_definition *definition, np_input *input)
{
    const np_ini_key *key = np_take(definition, "choices");
    if (input->type == NP_TRUTH) spell_truth(build, definition, input);
    if (!key) return;
    if (input->type != NP_TEXT)
        np_report(build->diags, NP_CODE_TYPE_MISMATCH, key->name_at, "only an input of type text has choices");
    np_item *items = np_split(build, key, &input->choice_count);
    input->choices = np_arena_array(build->arena, input->choice_count + 1, sizeof *input->choices);
    for (size_t i = 0; i < input->choice_count; i++) input->choices[i] = items[i].text;
    spell_choices(build, definition, input);
}
