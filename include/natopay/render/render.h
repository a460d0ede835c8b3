/* Writing what a command shows in a format. A new format is one file, one row of the table below with its function
 * declared beneath, and a bit for each command that writes it (calc/ask/help.c). */
#ifndef NATOPAY_RENDER_RENDER_H
#define NATOPAY_RENDER_RENDER_H

#include "natopay/report/output.h"

/* What a format has room for. */
typedef enum np_format_room {
    NP_ROOM_FOR_ALL,     /* everything that a terminal shows */
    NP_ROOM_FOR_A_TABLE, /* one table, and nothing beside it */
    NP_ROOM_FOR_CHARTS   /* also charts, and what a terminal shows only when asked */
} np_format_room;

/* ROW(identifier, name, media type, what it has room for, the function that writes it) */
#define NP_FORMATS(ROW)                                                                                        \
    ROW(TEXT, "text", "text/plain; charset=utf-8", NP_ROOM_FOR_ALL, np_render_text)                            \
    ROW(JSON, "json", "application/json", NP_ROOM_FOR_ALL, np_render_json)                                     \
    ROW(CSV, "csv", "text/csv; charset=utf-8", NP_ROOM_FOR_A_TABLE, np_render_csv)                             \
    ROW(INI, "ini", "text/plain; charset=utf-8", NP_ROOM_FOR_ALL, np_render_elsewhere)                         \
    ROW(ICS, "ics", "text/calendar; charset=utf-8", NP_ROOM_FOR_A_TABLE, np_render_ics)                        \
    ROW(HTML, "html", "text/html; charset=utf-8", NP_ROOM_FOR_CHARTS, np_render_html)                          \
    ROW(XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NP_ROOM_FOR_CHARTS, \
        np_render_xlsx)                                                                                        \
    ROW(MARKDOWN, "markdown", "text/markdown; charset=utf-8", NP_ROOM_FOR_CHARTS, np_render_markdown)          \
    ROW(SQLITE, "sqlite", "application/vnd.sqlite3", NP_ROOM_FOR_ALL, np_render_elsewhere)

typedef enum np_format {
#define NP_FORMAT_ENUM(id, name, media, room, write) NP_FORMAT_##id,
    NP_FORMATS(NP_FORMAT_ENUM)
#undef NP_FORMAT_ENUM
        NP_FORMAT_COUNT
} np_format;

const char *np_format_name(np_format format);
const char *np_format_media(np_format format);
np_format_room np_format_has(np_format format);

/* False: what is shown cannot be read, or the format's library or temporary file is not there. Must run under
 * np_arena_guard of the arena. */
bool np_render(np_text *out, np_format format, const np_output *output, np_arena *arena);

/* Text broken between words into lines of at most `width` columns; the lines after the first begin with `indent`
 * blanks, and the first is taken to begin at column `at`. A word that is too long stands on a line of its own. */
void np_wrap_words(np_text *out, const char *text, size_t at, size_t indent, size_t width);

/* ---- the functions of the table ---- */

#define NP_FORMAT_WRITER(name) bool name(np_text *out, const np_output *output, np_arena *arena)

NP_FORMAT_WRITER(np_render_text);
NP_FORMAT_WRITER(np_render_json);
NP_FORMAT_WRITER(np_render_csv);
NP_FORMAT_WRITER(np_render_ics);
NP_FORMAT_WRITER(np_render_html);
NP_FORMAT_WRITER(np_render_xlsx);
NP_FORMAT_WRITER(np_render_markdown);
/* Written by the one command that has it: a notice as a post file, a plan as a database. */
NP_FORMAT_WRITER(np_render_elsewhere);

#endif
