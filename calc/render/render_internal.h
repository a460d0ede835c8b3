/* What the formats share: private to calc/render. */
#ifndef NATOPAY_RENDER_INTERNAL_H
#define NATOPAY_RENDER_INTERNAL_H

#include "natopay/render/render.h"

/* The document of a report; NULL when what it shows cannot be read. */
np_doc *np_output_document(const np_output *output, np_arena *arena, bool page);

/* "Title, publisher, date, where": all that is known of a source. */
const char *np_source_line(np_arena *arena, const np_doc_source *source);

/* Where the notes of rows stand: in the last column that holds words. */
size_t np_notes_column(const np_doc_table *table);
bool np_column_is_figures(const np_doc_column *column); /* money or numbers */

/* ---- text ---- */

/* In capitals: letters of Latin alphabets without and with accents. */
void np_put_capitals(np_text *out, const char *text);
/* In lines of `width` columns where cells can break for that; titles break, and cells that need not, only where the
 * table is wider than `room`. */
void np_text_table(np_text *out, const np_doc_table *table, size_t width, size_t room);
void np_text_tree(np_text *out, const np_doc_tree *tree, size_t width);
void np_text_period_rows(np_text *out, const np_doc_chart *chart);

#endif
