/* Reading a definition's keys into the structure that its type's schema names. */
#include "build.h"
#include "natopay/book/schema.h"

static const np_key_schema *schema_of(const np_definition *definition, const char *name)
{
    const np_section_schema *section = np_section_schema_of(definition->type);
    for (size_t i = 0; section && i < section->key_count; i++)
        if (np_same(section->keys[i].name, name)) return &section->keys[i];
    return NULL;
}

int np_take_word(np_build *build, np_definition *definition, const char *name, int fallback)
{
    const np_ini_key *key = np_take(definition, name);
    const np_key_schema *schema = schema_of(definition, name);
    if (!key || !schema) return fallback;
    const char *list = "";
    int place = 0;
    for (const char *word = schema->values; *word; place++) {
        size_t length = strcspn(word, " ");
        if (strlen(key->value) == length && strncmp(word, key->value, length) == 0) return place;
        const char *next = word + length + strspn(word + length, " ");
        const char *joiner = place == 0 ? "" : *next ? ", " : np_say(build->diags->lang, " or ");
        list = np_arena_format(build->arena, "%s%s%.*s", list, joiner, (int)length, word);
        word = next;
    }
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at, "'%s' is no choice for %s", key->value, key->name);
    np_diag_hint(build->diags, diag, "use %s", list);
    return fallback;
}

/* A country's code may be written in small letters. */
static uint16_t read_country(np_build *build, const np_ini_key *key)
{
    char *code = np_arena_copy(build->arena, key->value, strlen(key->value));
    for (char *c = code; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - ('a' - 'A'));
    int found = np_book_country(build->book, code);
    if (found < 0) found = np_find_country(build, key->value, key->value_at);
    return found < 0 ? UINT16_MAX : (uint16_t)found;
}

static void read_key(np_build *build, np_definition *definition, const np_key_schema *schema, const np_ini_key *key,
                     void *at)
{
    switch (schema->kind) {
    case NP_KEY_OWN:
        break;
    case NP_KEY_TEXT:
        *(const char **)at = key->value;
        break;
    case NP_KEY_LABEL:
        *(np_label *)at = np_take_label(build, definition, schema->name);
        break;
    case NP_KEY_TRUTH:
        np_item_truth(build, key, np_whole(build, key), at);
        break;
    case NP_KEY_WORD:
        *(int *)at = np_take_word(build, definition, schema->name, *(int *)at);
        break;
    case NP_KEY_DATE:
        np_item_date(build, key, np_whole(build, key), at);
        break;
    case NP_KEY_FORMULA:
        *(np_formula *)at = np_formula_parse(build->book, build->diags, key);
        break;
    case NP_KEY_SOURCE:
        *(const np_source **)at = np_find_source(build, key);
        break;
    case NP_KEY_COUNTRY:
        *(uint16_t *)at = read_country(build, key);
        break;
    }
}

void np_read_keys(np_build *build, np_definition *definition, void *into)
{
    const np_section_schema *section = np_section_schema_of(definition->type);
    for (size_t i = 0; section && i < section->key_count; i++) {
        const np_key_schema *schema = &section->keys[i];
        if (schema->at == NP_NOWHERE) continue;
        const np_ini_key *key = np_take(definition, schema->name);
        bool empty = !key || (!key->value[0] && schema->kind != NP_KEY_FORMULA); /* the parser says more of a formula */
        if (schema->needed && empty) np_need(build, definition, schema->name);
        /* the words of one language alone are words too */
        if (key || schema->kind == NP_KEY_LABEL) read_key(build, definition, schema, key, (char *)into + schema->at);
    }
}
