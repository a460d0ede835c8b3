/* How sure a figure is and where it is from: its status, sources and note, of a whole section or of one key. */
#include "build.h"

np_status np_read_status(np_build *build, const np_ini_key *key, np_status fallback)
{
    np_status status = fallback;
    if (np_status_parse(key->value, &status)) return status;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_STATUS, key->value_at, "unknown status '%s'", key->value);
    for (int i = 0; i < NP_STATUS_COUNT; i++)
        if (np_edit_distance(key->value, np_status_name((np_status)i), 3) < 3)
            np_diag_hint(build->diags, diag, "did you mean %s?", np_status_name((np_status)i));
    np_diag_hint(build->diags, diag, "use published, chained, sister, estimated, assumed or user");
    return fallback;
}

np_origin np_take_origin(np_build *build, np_definition *definition, np_status fallback)
{
    np_origin origin = {.status = fallback};
    const np_ini_key *status = np_take(definition, "status"), *source = np_take(definition, "source");
    if (status) {
        origin.status = np_read_status(build, status, fallback);
        origin.has_status = true;
    }
    if (source) origin.source = np_find_source(build, source);
    origin.note = np_take_label(build, definition, "note");
    return origin;
}

np_origin np_key_origin(np_build *build, np_definition *definition, const char *key, const np_origin *section)
{
    np_origin origin = *section;
    const np_key *value = np_definition_key(definition, key);
    const np_key *section_status = np_definition_key(definition, "status");
    /* a figure that an overlay puts in is the user's own unless that overlay says what it is */
    if (value && value->layer > 0 && !(section_status && section_status->layer >= value->layer)) {
        origin.status = NP_USER;
        const np_key *section_source = np_definition_key(definition, "source");
        if (!section_source || section_source->layer < value->layer) origin.source = NULL;
    }
    const np_ini_key *status = np_take_attribute(definition, key, "status");
    const np_ini_key *source = np_take_attribute(definition, key, "source");
    const np_ini_key *note = np_take_attribute(definition, key, "note");
    if (status) {
        origin.status = np_read_status(build, status, origin.status);
        origin.has_status = true;
    }
    if (source) origin.source = np_find_source(build, source);
    if (note) origin.note = np_take_label(build, definition, note->name);
    return origin;
}

bool np_range_is_about(const np_definition *definition, const char *key)
{
    const np_key *figure = np_definition_key(definition, key), *low = np_definition_key(definition, "low");
    return figure && low && low->layer >= figure->layer;
}

const np_source **np_read_sources(np_build *build, const np_ini_key *key, size_t *count)
{
    size_t items_count = 0;
    *count = 0;
    if (!key) return NULL;
    np_item *items = np_split(build, key, &items_count);
    const np_source **sources = np_arena_array(build->arena, items_count + 1, sizeof *sources);
    for (size_t i = 0; i < items_count; i++) {
        np_ini_key one = *key;
        one.value = items[i].text;
        one.value_at = np_ini_value_span(key, items[i].index, items[i].length);
        const np_source *source = np_find_source(build, &one);
        if (source) sources[(*count)++] = source;
    }
    return sources;
}
