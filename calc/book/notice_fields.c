/* What a vacancy notice may state: the [field X] sections. */
#include "build.h"

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
