/* The timeline as a calendar: RFC 5545, all-day events, lines folded at 75 bytes. The time stamp is the start of the
 * career, so that the same timeline gives the same file. */
#include <string.h>

#include "career_parts.h"
#include "natopay/pay/words.h"

enum { FOLD = 75 };

typedef struct calendar {
    np_text *out;
    const np_timeline *t;
    np_arena *arena;
    const char *owner; /* part of every UID */
} calendar;

static const char *stamp(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d%02d%02d", day.year, day.month, day.day);
}

/* A content line; a character of UTF-8 is never cut. */
static void line(calendar *c, const char *text)
{
    size_t length = strlen(text), at = 0, room = FOLD;
    while (length - at > room) {
        size_t end = at + room;
        while (end > at + 1 && ((unsigned char)text[end] & 0xc0) == 0x80) end--;
        np_text_add(c->out, text + at, end - at);
        np_text_puts(c->out, "\r\n ");
        at = end;
        room = FOLD - 1; /* the blank that marks the rest counts */
    }
    np_text_add(c->out, text + at, length - at);
    np_text_puts(c->out, "\r\n");
}

static void field(calendar *c, const char *name, const char *value)
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
    line(c, np_text_string(&text));
    np_text_lost(c->out, &text);
    np_text_free(&text);
}

/* What a name may hold in a UID. */
static const char *plain(np_arena *arena, const char *name)
{
    char *copy = np_arena_format(arena, "%s", name ? name : "career");
    for (char *at = copy; *at; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        if (!letter && !(*at >= '0' && *at <= '9')) *at = '-';
    }
    return copy;
}

static void event(calendar *c, const char *uid, np_date date, const char *summary, const char *description)
{
    line(c, "BEGIN:VEVENT");
    field(c, "UID", np_arena_format(c->arena, "%s-%s@natopay", c->owner, uid));
    line(c, np_arena_format(c->arena, "DTSTAMP:%sT000000Z", stamp(c->arena, c->t->career->terms.start)));
    line(c, np_arena_format(c->arena, "DTSTART;VALUE=DATE:%s", stamp(c->arena, date)));
    line(c, np_arena_format(c->arena, "DTEND;VALUE=DATE:%s", stamp(c->arena, date + 1)));
    field(c, "SUMMARY", summary);
    if (*description) field(c, "DESCRIPTION", description);
    line(c, "TRANSP:TRANSPARENT");
    line(c, "END:VEVENT");
}

/* A milestone keeps its UID when its date moves: it is known by its name and what it is about, or its turn. */
static void milestone_event(calendar *c, size_t i)
{
    const np_dated *dated = &c->t->milestones[i];
    size_t turn = 1;
    if (dated->date == NP_DATE_NONE) return;
    for (size_t k = 0; k < i; k++) turn += c->t->milestones[k].milestone == dated->milestone;
    const char *which = dated->about != NP_DATE_NONE
                            ? np_arena_format(c->arena, "born-%s-%zu", stamp(c->arena, dated->about), turn)
                            : np_arena_format(c->arena, "%zu", turn);
    const char *sources = np_sources_words(&dated->milestone->about, c->arena, ", ");
    const char *status = np_status_word((np_status)dated->status, c->t->lang);
    const char *note = np_label_text(&dated->milestone->about.note, c->t->lang, NULL);
    const char *text = np_arena_format(c->arena, "%s%s%s%s%s%s", status, *sources ? " (" : "", sources,
                                       *sources ? ")" : "", note ? "\n" : "", note ? note : "");
    event(c, np_arena_format(c->arena, "%s-%s", plain(c->arena, dated->milestone->about.name), which), dated->date,
          np_dated_words(dated, c->arena, c->t->lang), text);
}

static void pay_event(calendar *c, const np_projection *p, const np_stretch *s)
{
    const np_book *book = c->t->career->book;
    const char *net = np_money_words(c->arena, book, s->net.amount, s->currency);
    const char *summary = np_arena_format(c->arena, np_say(c->t->lang, "Pay changes: net a month %s, %s"), net,
                                          book->currencies[s->currency].name);
    event(c, np_arena_format(c->arena, "pay-%s", stamp(c->arena, s->from)), s->from, summary,
          np_causes_words(p, c->arena, c->t->lang, s));
}

void np_show_timeline_ics(np_text *out, const np_timeline *t)
{
    const np_situation *situation = t->career->given;
    calendar c = {out, t, t->arena, NULL};
    c.owner = np_arena_format(t->arena, "%s-%s", plain(t->arena, situation->post), plain(t->arena, situation->person));
    line(&c, "BEGIN:VCALENDAR");
    line(&c, "VERSION:2.0");
    field(&c, "PRODID", np_arena_format(t->arena, "-//natopay//timeline//%s", np_say_as(t->lang, "language", "EN")));
    line(&c, "CALSCALE:GREGORIAN");
    for (size_t i = 0; i < t->milestone_count; i++) milestone_event(&c, i);
    for (size_t i = 1; i < t->paths[0]->stretch_count; i++) pay_event(&c, t->paths[0], &t->paths[0]->stretches[i]);
    line(&c, "END:VCALENDAR");
}
