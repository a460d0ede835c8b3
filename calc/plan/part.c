#include "natopay/plan/part.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "natopay-plan-part 1"

/* ---- writing ---- */

/* A field: tabs, line ends and backslashes are written \t, \n and \\, zero bytes \0. */
static void field(np_text *out, const char *text, size_t length)
{
    np_text_putc(out, '\t');
    for (size_t i = 0; i < length; i++) {
        const char *special = "\t\n\r\\", *code = "tnr\\", *at = text[i] ? strchr(special, text[i]) : NULL;
        if (at || !text[i]) np_text_putc(out, '\\');
        np_text_putc(out, at ? code[at - special] : text[i] ? text[i] : '0');
    }
}

static void words(np_text *out, const char *text)
{
    field(out, text, strlen(text));
}

static void number(np_text *out, long long value)
{
    np_text_printf(out, "\t%lld", value);
}

static void exact(np_text *out, const np_exact *sum)
{
    np_text_putc(out, '\t');
    np_exact_print(out, sum);
}

typedef struct writing {
    np_part_writer writer;
    np_text text;
} writing;

static bool flush(writing *w)
{
    bool ok = !w->text.failed && w->writer.write(w->writer.context, np_text_string(&w->text), w->text.length);
    np_text_clear(&w->text);
    return ok;
}

static bool write_value(void *context, int64_t value, uint64_t count)
{
    writing *w = context;
    np_text_printf(&w->text, "value\t%lld\t%llu\n", (long long)value, (unsigned long long)count);
    return w->text.length < 1 << 16 || flush(w);
}

static bool write_spread(writing *w, np_totals *totals, np_spread *s)
{
    np_text *out = &w->text;
    np_text_puts(out, "spread");
    number(out, s->book);
    words(out, s->currency);
    number(out, s->unit);
    const uint64_t counts[] = {s->winners, s->losers, s->even, s->apart};
    for (size_t i = 0; i < 4; i++) number(out, (long long)counts[i]);
    exact(out, &s->won);
    exact(out, &s->lost);
    exact(out, &s->employer);
    number(out, s->coarse);
    number(out, s->low);
    words(out, s->low_id ? s->low_id : "");
    number(out, s->high);
    words(out, s->high_id ? s->high_id : "");
    np_text_putc(out, '\n');
    return flush(w) && np_spread_each(totals, s, write_value, w) && flush(w);
}

bool np_part_write(np_part_writer writer, const np_part_head *head, np_totals *totals)
{
    writing w = {.writer = writer};
    np_text *out = &w.text;
    np_text_init(out, 1 << 24);
    np_totals_sort(totals);
    np_text_puts(out, MAGIC "\nbook");
    words(out, head->hash);
    np_text_puts(out, "\nwindow");
    number(out, head->first);
    number(out, head->months);
    np_text_putc(out, '\n');
    for (size_t b = 0; b < head->books; b++) {
        np_text_puts(out, "name");
        words(out, head->names[b]);
        words(out, head->titles[b]);
        np_text_putc(out, '\n');
    }
    for (size_t i = 0; i < head->by_count; i++) {
        np_text_puts(out, "by");
        words(out, head->by[i]);
        np_text_putc(out, '\n');
    }
    np_text_puts(out, "totals\nrows");
    number(out, (long long)totals->rows);
    number(out, (long long)totals->done);
    number(out, (long long)totals->rejected);
    np_text_putc(out, '\n');
    bool ok = flush(&w);
    for (size_t g = 0; ok && g < totals->group_count; g++) {
        const np_group *group = &totals->groups[g];
        np_text_puts(out, "group");
        words(out, group->currency);
        field(out, group->key, group->length);
        number(out, (long long)group->staff);
        for (size_t i = 0; i < (size_t)totals->books * totals->years * NP_MEASURES; i++) exact(out, &group->sums[i]);
        np_text_putc(out, '\n');
        ok = flush(&w);
    }
    for (size_t i = 0; ok && i < totals->spread_count; i++) ok = write_spread(&w, totals, &totals->spreads[i]);
    np_text_puts(out, "end\n");
    ok = ok && flush(&w);
    np_text_free(out);
    return ok;
}

/* ---- reading ---- */

/* The next field of a line, unescaped in place, with its length; NULL at the end. */
static char *next_field(char **at, size_t *length)
{
    if (!*at) return NULL;
    char *start = *at, *end = strchr(start, '\t'), *to = start;
    *at = end ? end + 1 : NULL;
    if (end) *end = '\0';
    for (char *c = start; *c; c++) {
        if (*c != '\\' || !c[1]) {
            *to++ = *c;
            continue;
        }
        c++;
        *to++ = *c == 't' ? '\t' : *c == 'n' ? '\n' : *c == 'r' ? '\r' : *c == '0' ? '\0' : *c;
    }
    *to = '\0';
    if (length) *length = (size_t)(to - start);
    return start;
}

static bool next_number(char **at, long long *value)
{
    char *text = next_field(at, NULL), *end;
    if (!text || !*text) return false;
    *value = strtoll(text, &end, 10);
    return *end == '\0';
}

static bool next_count(char **at, uint64_t *value)
{
    long long number_read;
    if (!next_number(at, &number_read) || number_read < 0) return false;
    *value = (uint64_t)number_read;
    return true;
}

static bool next_exact(char **at, np_exact *sum)
{
    np_exact more;
    char *text = next_field(at, NULL);
    if (!text || !np_exact_parse(&more, text)) return false;
    bool ok = np_exact_add_sum(sum, &more);
    np_exact_free(&more);
    return ok;
}

static char *kept(np_arena *arena, char **at)
{
    char *text = next_field(at, NULL);
    return text ? np_arena_format(arena, "%s", text) : "";
}

static bool read_head_line(np_arena *arena, np_part_head *head, const char *word, char *rest)
{
    long long first, months;
    if (strcmp(word, "book") == 0) {
        head->hash = kept(arena, &rest);
    } else if (strcmp(word, "window") == 0) {
        if (!next_number(&rest, &first) || !next_number(&rest, &months)) return false;
        if (first < INT32_MIN || first > INT32_MAX || months < 1 || months > NP_PLAN_MONTHS_MAX) return false;
        head->first = (np_date)first;
        head->months = (int)months;
    } else if (strcmp(word, "name") == 0) {
        if (head->books == NP_PLAN_BOOKS_MAX) return false;
        head->names[head->books] = kept(arena, &rest);
        head->titles[head->books++] = kept(arena, &rest);
    } else if (strcmp(word, "by") == 0) {
        if (head->by_count == 16) return false;
        head->by[head->by_count++] = kept(arena, &rest);
    } else {
        return false;
    }
    return true;
}

/* A head ends with the line "totals". */
const char *np_part_read_head(np_part_reader reader, np_arena *arena, np_part_head *head)
{
    *head = (np_part_head){.hash = ""};
    char *line = reader.line(reader.context);
    if (!line || strcmp(line, MAGIC) != 0) return "it is no part of a plan's totals, as --part writes them";
    while ((line = reader.line(reader.context)) && strcmp(line, "totals") != 0) {
        char *rest = line, *word = next_field(&rest, NULL);
        if (!read_head_line(arena, head, word, rest)) return "its head is broken";
    }
    return line && head->books && head->months ? NULL : "its head is cut off";
}

static bool read_group(np_totals *totals, char *rest)
{
    size_t length = 0;
    char *currency = next_field(&rest, NULL), *key = next_field(&rest, &length);
    uint64_t staff;
    if (!currency || !key || strlen(currency) > 7 || !next_count(&rest, &staff)) return false;
    np_group *group = np_totals_group(totals, key, length, currency);
    if (!group) return false;
    group->staff += staff;
    for (size_t i = 0; i < (size_t)totals->books * totals->years * NP_MEASURES; i++)
        if (!next_exact(&rest, &group->sums[i])) return false;
    return true;
}

/* A lowest or highest difference and whose it is; nobody's when there is none. */
static bool read_extreme(np_spread *s, char **rest)
{
    long long value;
    if (!next_number(rest, &value)) return false;
    char *id = next_field(rest, NULL);
    return id && (!*id || np_spread_extreme(s, value, id));
}

static bool read_counts(np_spread *s, char **rest)
{
    uint64_t counts[4], coarse;
    for (size_t i = 0; i < 4; i++)
        if (!next_count(rest, &counts[i])) return false;
    s->winners += counts[0];
    s->losers += counts[1];
    s->even += counts[2];
    s->apart += counts[3];
    if (!next_exact(rest, &s->won) || !next_exact(rest, &s->lost) || !next_exact(rest, &s->employer)) return false;
    if (!next_count(rest, &coarse)) return false;
    s->coarse = s->coarse || coarse;
    return true;
}

static np_spread *read_spread(np_totals *totals, char *rest)
{
    long long book, unit;
    if (!next_number(&rest, &book) || book < 1 || book >= totals->books) return NULL;
    char *currency = next_field(&rest, NULL);
    if (!currency || strlen(currency) > 7 || !next_number(&rest, &unit) || unit < 1) return NULL;
    np_spread *s = np_totals_spread(totals, (uint16_t)book, currency, unit);
    if (!s || s->unit != unit || !read_counts(s, &rest)) return NULL;
    return read_extreme(s, &rest) && read_extreme(s, &rest) ? s : NULL;
}

static bool read_rows(np_totals *totals, char *rest)
{
    uint64_t rows, done, rejected;
    bool ok = next_count(&rest, &rows) && next_count(&rest, &done) && next_count(&rest, &rejected);
    if (!ok || rows != done + rejected) return false;
    totals->rows += rows;
    totals->done += done;
    totals->rejected += rejected;
    return true;
}

static bool read_value(np_totals *totals, np_spread *spread, char *rest)
{
    long long value;
    uint64_t count;
    return spread && next_number(&rest, &value) && next_count(&rest, &count) && count <= totals->done &&
           np_spread_put(totals, spread, value, count);
}

const char *np_part_read_totals(np_part_reader reader, np_totals *totals)
{
    np_spread *spread = NULL;
    char *line;
    while ((line = reader.line(reader.context))) {
        char *rest = line, *word = next_field(&rest, NULL);
        bool ok = false;
        if (strcmp(word, "end") == 0) return NULL;
        if (strcmp(word, "rows") == 0) {
            if (!read_rows(totals, rest)) return "its rows in are not its rows out and those rejected";
            ok = true;
        } else if (strcmp(word, "group") == 0) {
            ok = read_group(totals, rest);
        } else if (strcmp(word, "spread") == 0) {
            spread = read_spread(totals, rest);
            ok = spread != NULL;
        } else if (strcmp(word, "value") == 0) {
            ok = read_value(totals, spread, rest);
        }
        if (!ok) return totals->failure ? totals->failure : "a line of it is broken";
    }
    return "it is cut off";
}

const char *np_part_differs(const np_part_head *a, const np_part_head *b)
{
    if (strcmp(a->hash, b->hash) != 0) return "they were made with different rule books or scenarios";
    if (a->first != b->first || a->months != b->months) return "they cover different months";
    if (a->books != b->books) return "they have different scenarios";
    for (size_t i = 0; i < a->books; i++)
        if (strcmp(a->names[i], b->names[i]) != 0) return "they have different scenarios";
    bool same = a->by_count == b->by_count;
    for (size_t i = 0; same && i < a->by_count; i++) same = strcmp(a->by[i], b->by[i]) == 0;
    return same ? NULL : "they are grouped by different columns";
}
