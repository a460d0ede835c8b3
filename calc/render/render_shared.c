/* What several formats ask of a document: its columns, its sources. */
#include "render_internal.h"

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
