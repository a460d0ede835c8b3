/* The table of formats, and what several of them share. */
#include "render_internal.h"

static const struct {
    const char *name, *media;
    bool page;
    bool (*write)(np_text *out, const np_output *output, np_arena *arena);
} FORMATS[NP_FORMAT_COUNT] = {
#define NP_FORMAT_ROW(id, name, media, page, write) {name, media, page, write},
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

bool np_format_is_page(np_format format)
{
    return FORMATS[format].page;
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

np_doc *np_output_document(const np_output *output, np_arena *arena, bool page)
{
    np_doc *doc = np_doc_new(arena, output->lang, page);
    output->document(doc, output->result);
    return doc->failed ? NULL : doc;
}

bool np_column_is_figures(const np_doc_column *column)
{
    return column->type == NP_DOC_MONEY || column->type == NP_DOC_NUMBER;
}

size_t np_notes_column(const np_doc_table *table)
{
    for (size_t c = table->column_count; c-- > 1;)
        for (size_t r = 0; table->columns[c].type == NP_DOC_WORDS && r < table->row_count; r++)
            if (table->rows[r].cells[c].type != NP_DOC_NOTHING) return c;
    return 0;
}

const char *np_source_line(np_arena *arena, const np_doc_source *source)
{
    const char *const more[] = {source->publisher, source->date, source->locator};
    const char *line = source->title;
    for (size_t i = 0; i < 3; i++)
        if (more[i] && *more[i]) line = np_arena_format(arena, "%s, %s", line, more[i]);
    return line;
}
