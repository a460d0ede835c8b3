/* What a vacancy notice may state: the [field X] sections. */
#include "build.h"

#include <string.h>

void np_build_notice_fields(np_build *build)
{
    np_book *book = build->book;
    book->fields = np_arena_array(build->arena, np_count_definitions(book, "field") + 1, sizeof *book->fields);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "field", &cursor))) {
        np_field *field = &book->fields[book->field_count++];
        *field = (np_field){.name = definition->name, .input = definition->name, .at = definition->at};
        np_read_keys(build, definition, field);
        field->label = np_take_label(build, definition, "label");
        field->note = np_take_label(build, definition, "note");
        const np_ini_key *input = np_take(definition, "input");
        if (input) np_find_input(build, input);
        np_refuse_other_keys(build, definition);
    }
}

/* The words for one value among "VALUE=WORDS|VALUE=WORDS"; the value itself where they are not there. */
static const char *words_of(const char *list, const char *value, size_t length, size_t *words)
{
    for (; *list; list += *list == '|') {
        size_t end = strcspn(list, "|"), name = strcspn(list, "=|");
        if (name == length && name < end && memcmp(list, value, length) == 0) {
            *words = end - name - 1;
            return list + name + 1;
        }
        list += end;
    }
    *words = length;
    return value;
}

const char *np_field_words(const np_field *field, const char *value, const np_lang *lang, np_arena *arena)
{
    const char *list = np_label_text(&field->values, lang, ""), *shown = "";
    size_t words;
    if (!*list) return value;
    const char *whole = words_of(list, value, strlen(value), &words);
    if (whole != value) return np_arena_copy(arena, whole, words);
    for (size_t length; *value; value += length + strspn(value + length, ", ")) {
        length = strcspn(value, ",");
        const char *found = words_of(list, value, length, &words);
        shown = np_arena_format(arena, "%s%s%.*s", shown, *shown ? ", " : "", (int)words, found);
    }
    return shown;
}
