/* Towns and countries: the book's names for them, in one expression. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

enum { NAMES_MAX = 2000, ADDRESS_LINES = 4, ADDRESS_LINE = 64 /* bytes of one */, POST_CODE = 10 };

typedef struct names {
    np_patterns *patterns;
    size_t capacity;
} names;

/* A name that is there already stays, but for the station that it lies at. */
static void add(names *n, const char *name, const char *country, uint16_t station, const char *town)
{
    np_patterns *patterns = n->patterns;
    if (!name || strlen(name) < 2 || patterns->place_count >= NAMES_MAX) return;
    const char *folded = np_fold(patterns->arena, name);
    for (size_t i = 0; i < patterns->place_count; i++) {
        np_place_name *old = &patterns->place_names[i];
        if (strcasecmp(old->name, folded) != 0) continue;
        if (old->station == UINT16_MAX && strcmp(old->country, country) == 0) old->station = station;
        return;
    }
    patterns->place_names = np_arena_grow(patterns->arena, patterns->place_names, &n->capacity,
                                          patterns->place_count + 1, sizeof *patterns->place_names);
    patterns->place_names[patterns->place_count++] = (np_place_name){folded, country, station, town};
}

static void add_label(names *n, const np_label *label, const char *country, uint16_t station, const char *town)
{
    add(n, label->text, country, station, town);
    for (const np_translation *t = label->others; t; t = t->next) add(n, t->text, country, station, town);
}

/* "Cologne=Koeln|Paris": towns that are no stations; the first name is the English one. "CH=Switzerland=Suisse": names
 * of the country itself, which the book need not have. */
static void add_towns(names *n, const np_pattern *p)
{
    np_arena *arena = n->patterns->arena;
    const char *town = NULL;
    for (const char *at = p->words; p->country && at && *at;) {
        size_t length = strcspn(at, "=|");
        const char *name = np_arena_copy(arena, at, length);
        bool other = !town && name[0] == '-'; /* "-Luxembourg=Luxembourg City": alone it is the country's */
        town = town ? town : name + other;
        bool country = strcmp(town, p->country) == 0;
        if (!other && !(country && name == town)) add(n, name, p->country, UINT16_MAX, country ? NULL : town);
        if (at[length] != '=') town = NULL;
        at += length + (at[length] != '\0');
    }
}

static void add_all(names *n)
{
    const np_book *book = n->patterns->book;
    for (size_t i = 0; i < n->patterns->count; i++)
        if (n->patterns->items[i].role == NP_ROLE_PLACE) add_towns(n, &n->patterns->items[i]);
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *s = &book->stations[i];
        const char *country = book->countries[s->country].name;
        add(n, s->town, country, (uint16_t)i, s->town);
        add_label(n, &s->label, country, (uint16_t)i, s->town);
        for (size_t a = 0; a < s->alias_count; a++) add(n, s->aliases[a], country, (uint16_t)i, s->town);
    }
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *c = &book->countries[i];
        add_label(n, &c->label, c->name, UINT16_MAX, NULL);
        for (size_t a = 0; a < c->alias_count; a++) add(n, c->aliases[a], c->name, UINT16_MAX, NULL);
    }
}

/* By first letter, of those the longest first: "Neuilly-sur-Seine" before "Neuilly". */
static int by_letter(const void *a, const void *b)
{
    const char *x = ((const np_place_name *)a)->name, *y = ((const np_place_name *)b)->name;
    int first = strncasecmp(x, y, 1);
    size_t i = strlen(x), j = strlen(y);
    if (first || i == j) return first ? first : strcasecmp(x, y);
    return i < j ? 1 : -1;
}

static void put_name(np_text *out, const char *name)
{
    bool strict = strlen(name) <= 3; /* UK, USA: as written, so that "us" is no country */
    if (strict) np_text_puts(out, "(?-i:");
    for (const char *c = name + (strict ? 0 : 1); *c; c++)
        if (*c == ' ' || *c == '-')
            np_text_puts(out, "[- ,(\\t\\n]{1,2}");
        else if (strchr("\\^$.[]|()?*+{}", *c))
            np_text_printf(out, "\\%c", *c);
        else
            np_text_putc(out, *c);
    if (strict) np_text_puts(out, ")");
}

/* Behind the organisation's name and a hyphen a place is none: "NATO-Ukraine". */
static void put_not_behind(np_text *out, const char *own_names)
{
    for (np_word word; np_next_word(&own_names, &word);) np_text_printf(out, "(?<!%.*s-)", (int)word.length, word.text);
}

void np_places_compile(np_patterns *patterns, np_diags *diags)
{
    names n = {patterns, 0};
    add_all(&n);
    if (!patterns->place_count) return;
    qsort(patterns->place_names, patterns->place_count, sizeof *patterns->place_names, by_letter);
    np_text out;
    np_text_init(&out, 256 * 1024);
    np_text_puts(&out, "(?<![A-Za-z])");
    put_not_behind(&out, patterns->own_names);
    np_text_puts(&out, "(?:");
    for (size_t i = 0; i < patterns->place_count; i++) {
        const char *name = patterns->place_names[i].name;
        bool same = i && strncasecmp(name, patterns->place_names[i - 1].name, 1) == 0;
        bool strict = strlen(name) <= 3;
        bool opened = same && strlen(patterns->place_names[i - 1].name) > 3;
        if (strict) {
            np_text_puts(&out, opened ? ")|" : i ? "|" : "");
        } else if (opened) {
            np_text_puts(&out, "|");
        } else {
            /* a letter's first long name, or one after short ones, opens a group: by_letter puts the short ones last */
            if (i) np_text_puts(&out, strlen(patterns->place_names[i - 1].name) > 3 ? ")|" : "|");
            np_text_printf(&out, "%.*s(?:", (int)1, name);
        }
        put_name(&out, name);
    }
    if (strlen(patterns->place_names[patterns->place_count - 1].name) > 3) np_text_puts(&out, ")");
    np_text_puts(&out, ")(?![A-Za-z])");
    char *copy = out.failed ? NULL : np_arena_try(diags->arena, out.length + 1);
    if (copy) memcpy(copy, out.data, out.length + 1);
    np_text_free(&out);
    if (!copy) np_arena_give_up(diags->arena);
    patterns->places = np_pattern_compile(diags, np_span_none(), copy, true);
}

/* Equal but for case, and for blanks and hyphens being one. */
static bool same_name(const char *name, const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && *name) {
        if (*name == ' ' || *name == '-') {
            if (!strchr(" -,(\t\n", text[i])) return false;
            while (i < length && strchr(" -,(\t\n", text[i])) i++;
            name++;
        } else if (strncasecmp(name++, text + i++, 1) != 0) {
            return false;
        }
    }
    return i == length && !*name;
}

const np_place_name *np_find_place(np_reading *reading, size_t from, size_t to, size_t *at, size_t *length)
{
    const np_patterns *patterns = reading->patterns;
    /* from the range's start, so that a name glued to a label is a word of its own */
    if (!patterns->places || from >= to ||
        !np_notice_match(reading, patterns->places, reading->text.text + from, to - from, 0))
        return NULL;
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(reading->match);
    *at = from + range[0];
    *length = range[1] - range[0];
    for (size_t i = 0; i < patterns->place_count; i++)
        if (same_name(patterns->place_names[i].name, reading->text.text + *at, *length))
            return &patterns->place_names[i];
    return NULL;
}

/* Nothing but marks stands in text[from..to). */
bool np_only_marks(const char *text, size_t from, size_t to)
{
    while (from < to && strchr(" ,()-/.;:\n", text[from])) from++;
    return from >= to;
}

/* "Brussels (Belgium)" and nothing else. */
bool np_only_places(np_reading *reading, size_t from, size_t to)
{
    size_t at, length, done = from;
    while (np_find_place(reading, done, to, &at, &length)) {
        if (!np_only_marks(reading->text.text, done, at)) return false;
        done = at + length;
    }
    /* "Norfolk, VA" */
    const char *text = reading->text.text;
    if (done > from && to == done + 4 && text[done] == ',' && np_is_upper(text[to - 2]) && np_is_upper(text[to - 1]))
        return true;
    return done > from && np_only_marks(text, done, to);
}

/* Whether a line of an address names a town: at its start, behind a post code, or behind a comma at its end. */
static bool names_town(np_reading *reading, size_t from, size_t to)
{
    const char *text = reading->text.text;
    size_t at, length, start = from;
    const np_place_name *place;
    for (; (place = np_find_place(reading, start, to, &at, &length)) != NULL; start = at + length) {
        if (!place->town) continue;
        size_t code = from;
        while (code < at && (np_is_digit(text[code]) || np_is_upper(text[code]) || strchr(" -", text[code]))) code++;
        bool behind_comma = at >= from + 2 && text[at - 2] == ',' && np_only_places(reading, at, to);
        return at == from || (code == at && at - from <= POST_CODE && np_is_digit(text[at - 2])) || behind_comma;
    }
    return false;
}

size_t np_address_end(np_reading *reading, size_t from, size_t line_end)
{
    const np_notice_text *t = &reading->text;
    size_t end = line_end, at, length;
    if (np_find_place(reading, from, line_end, &at, &length)) return line_end;
    for (unsigned more = 0; more < ADDRESS_LINES && end < t->length && t->text[end + 1] != '\n'; more++) {
        size_t start = end + 1;
        end = np_notice_line_end(t, start);
        if (end - start > ADDRESS_LINE) break;
        if (names_town(reading, start, end)) return end;
        if (np_only_places(reading, start, end)) break; /* a country: what follows is no address of it */
    }
    return line_end;
}
