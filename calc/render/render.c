/* The table of formats: which file writes each of them. */
#include "render_internal.h"

static const struct {
    const char *name, *media;
    np_format_room room;
    bool (*write)(np_text *out, const np_output *output, np_arena *arena);
} FORMATS[NP_FORMAT_COUNT] = {
#define NP_FORMAT_ROW(id, name, media, room, write) {name, media, room, write},
    NP_FORMATS(NP_FORMAT_ROW)
#undef NP_FORMAT_ROW
};

const char *np_format_name(np_format format)
{
    return FORMATS[format].name;
}

const char *np_format_media(np_format format)
{
    return FORMATS[format].media;
}

np_format_room np_format_has(np_format format)
{
    return FORMATS[format].room;
}

bool np_render(np_text *out, np_format format, const np_output *output, np_arena *arena)
{
    return FORMATS[format].write(out, output, arena);
}

bool np_render_elsewhere(np_text *out, const np_output *output, np_arena *arena)
{
    (void)out, (void)output, (void)arena;
    return false;
}

bool np_render_json(np_text *out, const np_output *output, np_arena *arena)
{
    np_json json;
    np_json_start(&json, out);
    bool whole = output->json(&json, arena, output->result);
    np_text_putc(out, '\n');
    return whole;
}
