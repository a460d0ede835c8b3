/* The days of a document as a calendar: RFC 5545, all-day events, lines folded at 75 bytes. The time stamp is the
 * date of the document, so that the same document gives the same file. */
#include <string.h>

#include "render_internal.h"

enum { FOLD = 75 };

static const char *stamp(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d%02d%02d", day.year, day.month, day.day);
}

/* A content line; a character of UTF-8 is never cut. */
static void line(np_text *out, const char *text)
{
    size_t length = strlen(text), at = 0, room = FOLD;
    while (length - at > room) {
        size_t end = at + room;
        while (end > at + 1 && ((unsigned char)text[end] & 0xc0) == 0x80) end--;
        np_text_add(out, text + at, end - at);
        np_text_puts(out, "\r\n ");
        at = end;
        room = FOLD - 1; /* the blank that marks the rest counts */
    }
    np_text_add(out, text + at, length - at);
    np_text_puts(out, "\r\n");
}

static void field(np_text *out, const char *name, const char *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_text_printf(&text, "%s:", name);
    for (const char *at = value; *at; at++) {
        if (*at == '\n') {
            np_text_puts(&text, "\\n");
            continue;
        }
        if (strchr("\\;,", *at)) np_text_putc(&text, '\\');
        np_text_putc(&text, *at);
    }
    line(out, np_text_string(&text));
    np_text_lost(out, &text);
    np_text_free(&text);
}

static void event(np_text *out, const np_doc *doc, const np_doc_event *e)
{
    line(out, "BEGIN:VEVENT");
    field(out, "UID", np_arena_format(doc->arena, "%s-%s@natopay", doc->owner, e->uid));
    line(out, np_arena_format(doc->arena, "DTSTAMP:%sT000000Z", stamp(doc->arena, doc->date)));
    line(out, np_arena_format(doc->arena, "DTSTART;VALUE=DATE:%s", stamp(doc->arena, e->date)));
    line(out, np_arena_format(doc->arena, "DTEND;VALUE=DATE:%s", stamp(doc->arena, e->date + 1)));
    field(out, "SUMMARY", e->summary);
    if (*e->description) field(out, "DESCRIPTION", e->description);
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

bool np_render_ics(np_text *out, const np_output *output, np_arena *arena)
{
    const np_doc *doc = np_output_document(output, arena, true);
    if (!doc) return false;
    line(out, "BEGIN:VCALENDAR");
    line(out, "VERSION:2.0");
    field(out, "PRODID", np_arena_format(arena, "-//natopay//timeline//%s", np_say_as(doc->lang, "language", "EN")));
    line(out, "CALSCALE:GREGORIAN");
    for (size_t i = 0; i < doc->event_count; i++) event(out, doc, &doc->events[i]);
    line(out, "END:VCALENDAR");
    return true;
}
