#include "natopay/plan/partial_totals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KIND "natopay-plan-part "
#define MAGIC KIND "4"

enum { PIECE = 1 << 16 }; /* bytes of text that are written at a time */

uint64_t np_partial_totals_sum(uint64_t before, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) before = (before ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return before;
}

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

static void exact(np_text *out, const np_exact_sum *sum)
{
    np_text_putc(out, '\t');
    np_exact_sum_print(out, sum);
}

typedef struct writing {
    np_partial_totals_writer writer;
    np_text text;
    uint64_t sum;
    np_key_hash key; /* the last one */
} writing;

static bool flush(writing *w)
{
    w->sum = np_partial_totals_sum(w->sum, np_text_string(&w->text), w->text.length);
    bool ok = !w->text.failed && w->writer.write(w->writer.context, np_text_string(&w->text), w->text.length);
    np_text_clear(&w->text);
    return ok;
}

static bool write_value(void *context, int64_t value, uint64_t count)
{
    writing *w = context;
    np_text_printf(&w->text, "value\t%lld\t%llu\n", (long long)value, (unsigned long long)count);
    return w->text.length < PIECE || flush(w);
}

static bool write_key(void *context, np_key_hash key, uint32_t part)
{
    (void)part;
    writing *w = context;
    np_key_print(&w->text, w->key, key);
    np_text_putc(&w->text, '\n');
    w->key = key;
    return w->text.length < PIECE || flush(w);
}

static bool write_keys(writing *w, const np_key_lists *keys)
{
    if (!keys) return true;
    np_text_printf(&w->text, "keys\t%llu\n", (unsigned long long)keys->keys);
    return flush(w) && np_key_lists_each(keys, write_key, w) && flush(w);
}

static bool write_spread(writing *w, np_totals *totals, np_gain_loss *s)
{
    np_text *out = &w->text;
    np_text_puts(out, "spread");
    number(out, s->book);
    words(out, s->currency);
    number(out, s->unit);
    const uint64_t counts[] = {s->winners, s->losers, s->even, s->open, s->apart, s->moved};
    for (size_t i = 0; i < 6; i++) number(out, (long long)counts[i]);
    exact(out, &s->won);
    exact(out, &s->lost);
    exact(out, &s->employer);
    number(out, s->coarse);
    number(out, s->low);
    words(out, s->low_id ? s->low_id : "");
    number(out, s->high);
    words(out, s->high_id ? s->high_id : "");
    np_text_putc(out, '\n');
    return flush(w) && np_gain_loss_each(totals, s, write_value, w) && flush(w);
}

static bool write_head(writing *w, const np_partial_totals_head *head)
{
    np_text *out = &w->text;
    np_text_puts(out, MAGIC "\nbook");
    words(out, head->hash);
    np_text_puts(out, "\nwindow");
    number(out, head->first);
    number(out, head->months);
    number(out, head->stops_at_end);
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
    np_text_puts(out, "totals\n");
    return flush(w);
}

static bool write_group(writing *w, const np_totals *totals, const np_group *group)
{
    np_text *out = &w->text;
    np_text_puts(out, "group");
    words(out, group->currency);
    field(out, group->key, group->length);
    number(out, (long long)group->staff);
    for (size_t i = 0; i < (size_t)totals->books * totals->years * NP_MEASURES; i++) exact(out, &group->sums[i]);
    np_text_putc(out, '\n');
    return flush(w);
}

static bool write_certainty(writing *w, const np_totals *totals)
{
    np_text *out = &w->text;
    np_text_puts(out, "service");
    number(out, (long long)totals->absent);
    number(out, (long long)totals->beyond);
    number(out, (long long)totals->beyond_age);
    number(out, (long long)totals->steps_assumed);
    number(out, (long long)totals->converted);
    for (uint16_t b = 0; b < totals->books; b++) {
        np_text_puts(out, "\nsure");
        number(out, b);
        for (size_t i = 0; i < NP_STATUS_COUNT; i++) number(out, (long long)totals->sure[b][i]);
        for (size_t y = 0; y < totals->years; y++) number(out, (long long)totals->heads[b][y]);
    }
    np_text_putc(out, '\n');
    for (size_t i = 0; i < totals->gap_count; i++) {
        np_text_puts(out, "gap");
        number(out, totals->gaps[i].book);
        words(out, totals->gaps[i].rule);
        number(out, (long long)totals->gaps[i].staff);
        np_text_putc(out, '\n');
    }
    return flush(w);
}

bool np_partial_totals_write(np_partial_totals_writer writer, const np_partial_totals_head *head, np_totals *totals,
                             const np_key_lists *keys)
{
    writing w = {.writer = writer, .sum = NP_PART_SUM_OF_NOTHING};
    np_text *out = &w.text;
    np_text_init(out, 1 << 24);
    np_totals_sort(totals);
    bool ok = write_head(&w, head);
    np_text_puts(out, "rows");
    number(out, (long long)totals->rows);
    number(out, (long long)totals->done);
    number(out, (long long)totals->rejected);
    np_text_putc(out, '\n');
    ok = ok && write_certainty(&w, totals) && write_keys(&w, keys);
    for (size_t g = 0; ok && g < totals->group_count; g++) ok = write_group(&w, totals, &totals->groups[g]);
    for (size_t i = 0; ok && i < totals->spread_count; i++) ok = write_spread(&w, totals, &totals->spreads[i]);
    ok = ok && flush(&w);
    np_text_printf(out, "end\t%016llx\n", (unsigned long long)w.sum);
    ok = ok && flush(&w);
    np_text_free(out);
    return ok;
}

/* ---- reading ---- */

static char *next_line(np_partial_totals_reader *reader)
{
    char *line = reader->line(reader->context);
    reader->sum_before = reader->sum;
    if (line) reader->sum = np_partial_totals_sum(np_partial_totals_sum(reader->sum, line, strlen(line)), "\n", 1);
    return line;
}

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
    if (!text || (*text != '-' && (*text < '0' || *text > '9'))) return false;
    errno = 0;
    *value = strtoll(text, &end, 10);
    return end > text && *end == '\0' && errno == 0;
}

static bool next_count(char **at, uint64_t *value)
{
    long long number_read;
    if (!next_number(at, &number_read) || number_read < 0) return false;
    *value = (uint64_t)number_read;
    return true;
}

static bool next_exact(np_totals *totals, char **at, np_exact_sum *sum)
{
    np_exact_sum more;
    char *text = next_field(at, NULL);
    errno = 0;
    if (!text) return false;
    if (!np_exact_sum_parse(&more, text)) return errno == ENOMEM && np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    bool ok = np_exact_sum_add_sum(sum, &more);
    np_exact_sum_free(&more);
    return ok || np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
}

static char *kept(np_arena *arena, char **at)
{
    char *text = next_field(at, NULL);
    return text ? np_arena_format(arena, "%s", text) : "";
}

static bool read_head_line(np_arena *arena, np_partial_totals_head *head, const char *word, char *rest)
{
    long long first, months, stops;
    if (strcmp(word, "book") == 0) {
        head->hash = kept(arena, &rest);
    } else if (strcmp(word, "window") == 0) {
        if (!next_number(&rest, &first) || !next_number(&rest, &months) || !next_number(&rest, &stops)) return false;
        if (first < INT32_MIN || first > INT32_MAX || months < 1 || months > NP_PLAN_MONTHS_MAX) return false;
        head->first = (np_date)first;
        head->months = (int)months;
        head->stops_at_end = stops != 0;
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
const char *np_partial_totals_read_head(np_partial_totals_reader *reader, np_arena *arena, np_partial_totals_head *head)
{
    *head = (np_partial_totals_head){.hash = ""};
    reader->sum = NP_PART_SUM_OF_NOTHING;
    char *line = next_line(reader);
    if (!line || strncmp(line, KIND, strlen(KIND)) != 0)
        return NP_MARK("it is no part of a plan's totals, as --part writes them");
    if (strcmp(line, MAGIC) != 0) return NP_MARK("another version of natopay wrote it: plan its rows again");
    while ((line = next_line(reader)) && strcmp(line, "totals") != 0) {
        char *rest = line, *word = next_field(&rest, NULL);
        if (!read_head_line(arena, head, word, rest)) return NP_MARK("its head is broken");
    }
    return line && head->books && head->months ? NULL : NP_MARK("its head is cut off");
}

/* What is known of a part while its lines are read. */
typedef struct part_reading {
    np_partial_totals_reader *reader;
    np_totals *totals;
    np_key_lists *keys;
    uint32_t part;
    uint64_t rows, done, absent; /* of this part */
    bool counted, served, keyed; /* "rows", "service" and "keys" came */
    uint16_t judged;             /* books of which "sure" came */
    const char *gap;             /* the line of the last gap, and its book */
    uint16_t gap_book;
    uint64_t grouped,
        spreads
            [NP_PLAN_BOOKS_MAX]; /* staff in groups, and in each book's spreads: all who were done and are not absent */
    np_gain_loss *spread;
    int64_t low, high, last; /* of the spread's values */
    uint64_t left;           /* values of the spread that are to come */
    bool first;              /* no value came yet */
} part_reading;

static bool read_group(part_reading *r, char *rest)
{
    size_t length = 0;
    np_totals *totals = r->totals;
    char *currency = next_field(&rest, NULL), *key = next_field(&rest, &length);
    uint64_t staff;
    if (!currency || !key || strlen(currency) > 7 || !next_count(&rest, &staff)) return false;
    if (staff > r->done - r->grouped) return false;
    r->grouped += staff;
    np_group *group = np_totals_group(totals, key, length, currency);
    if (!group) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    group->staff += staff;
    for (size_t i = 0; i < (size_t)totals->books * totals->years * NP_MEASURES; i++)
        if (!next_exact(totals, &rest, &group->sums[i])) return false;
    return rest == NULL;
}

/* A lowest or highest difference and whose it is; nobody's when there is none. */
static bool read_extreme(part_reading *r, char **rest, int64_t *value, bool *whose)
{
    long long number_read;
    if (!next_number(rest, &number_read)) return false;
    *value = number_read;
    char *id = next_field(rest, NULL);
    if (!id) return false;
    *whose = *id != '\0';
    return !*id || np_gain_loss_extreme(r->spread, *value, id) || np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
}

static bool read_service(part_reading *r, char *rest)
{
    uint64_t absent, beyond, aged, steps, converted;
    if (r->served || !r->counted || !next_count(&rest, &absent) || !next_count(&rest, &beyond) ||
        !next_count(&rest, &aged) || !next_count(&rest, &steps) || !next_count(&rest, &converted) || rest)
        return false;
    if (absent > r->done) return false;
    uint64_t present = r->done - absent;
    if (beyond > present || aged > present || steps > present || converted > present) return false;
    r->served = true;
    r->totals->absent += absent;
    r->absent = absent;
    r->totals->beyond += beyond;
    r->totals->beyond_age += aged;
    r->totals->steps_assumed += steps;
    r->totals->converted += converted;
    return true;
}

static bool read_sure(part_reading *r, char *rest)
{
    uint64_t book, all = 0;
    if (!r->served || !next_count(&rest, &book) || book != r->judged || book >= r->totals->books) return false;
    for (size_t i = 0; i < NP_STATUS_COUNT; i++) {
        uint64_t staff;
        if (!next_count(&rest, &staff) || staff > r->done - all) return false;
        all += staff;
        r->totals->sure[book][i] += staff;
    }
    for (size_t y = 0; y < r->totals->years; y++) {
        uint64_t staff;
        if (!next_count(&rest, &staff) || staff > all) return false;
        r->totals->heads[book][y] += staff;
    }
    r->judged++;
    return rest == NULL;
}

/* Lines that are not counted come in order, so none of them twice. */
static bool read_gap(part_reading *r, char *rest)
{
    uint64_t book, staff;
    if (!next_count(&rest, &book) || book >= r->totals->books || r->judged < r->totals->books) return false;
    const char *rule = next_field(&rest, NULL);
    if (!rule || !*rule || !next_count(&rest, &staff) || rest || staff < 1 || staff > r->done) return false;
    int order = r->gap ? strcmp(r->gap, rule) : -1;
    if (order > 0 || (order == 0 && r->gap_book >= book)) return false;
    np_plan_gap *gap = np_totals_gap(r->totals, (uint16_t)book, rule);
    if (!gap) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    gap->staff += staff;
    r->gap = gap->rule;
    r->gap_book = (uint16_t)book;
    return true;
}

typedef struct spread_counts {
    uint64_t winners, losers, even, open, apart, coarse;
} spread_counts;

/* Who gains or loses most is somebody, and as the counts say; nobody is where no difference was seen. */
static bool extremes_fit(const part_reading *r, const spread_counts *c, bool low_named, bool high_named)
{
    bool changed = c->winners + c->losers > 0, seen = changed || (c->even > 0 && !c->coarse);
    if (low_named != high_named || (seen && !low_named)) return false;
    if (!low_named) return true;
    return r->low <= r->high && (r->high > 0) == (c->winners > 0) && (r->low < 0) == (c->losers > 0);
}

static bool read_counts(part_reading *r, char **rest, spread_counts *c)
{
    uint64_t counts[6], coarse, all = 0;
    np_gain_loss *s = r->spread;
    for (size_t i = 0; i < 6; i++) {
        if (!next_count(rest, &counts[i]) || counts[i] > r->done - r->spreads[s->book]) return false;
        r->spreads[s->book] += counts[i];
        all += counts[i];
    }
    s->winners += counts[0];
    s->losers += counts[1];
    s->even += counts[2];
    s->open += counts[3];
    s->apart += counts[4];
    s->moved += counts[5];
    np_exact_sum *const sums[] = {&s->won, &s->lost, &s->employer};
    for (size_t i = 0; i < 3; i++)
        if (!next_exact(r->totals, rest, sums[i])) return false;
    if (!next_count(rest, &coarse) || coarse > 1) return false;
    s->coarse = s->coarse || coarse;
    r->left = coarse ? 0 : all - counts[3] - counts[4] - counts[5];
    *c = (spread_counts){counts[0], counts[1], counts[2], counts[3], counts[4], coarse};
    return true;
}

static bool read_spread(part_reading *r, char *rest)
{
    long long book, unit;
    if (r->left > 0 || !next_number(&rest, &book) || book < 1 || book >= r->totals->books) return false;
    char *currency = next_field(&rest, NULL);
    if (!currency || strlen(currency) > 7 || !next_number(&rest, &unit) || unit < 1) return false;
    r->spread = np_totals_gain_loss(r->totals, (uint16_t)book, currency, unit);
    r->first = true;
    if (!r->spread) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    bool low = false, high = false;
    spread_counts counts;
    return r->spread->unit == unit && read_counts(r, &rest, &counts) && read_extreme(r, &rest, &r->low, &low) &&
           read_extreme(r, &rest, &r->high, &high) && rest == NULL && extremes_fit(r, &counts, low, high);
}

/* The values of a spread ascend from its lowest to its highest, and are as many as it says. */
static bool read_value(part_reading *r, char *rest)
{
    long long value;
    uint64_t count;
    if (!r->spread || !next_number(&rest, &value) || !next_count(&rest, &count) || rest) return false;
    if (count < 1 || count > r->left || value < r->low || value > r->high || (!r->first && value <= r->last))
        return false;
    r->first = false;
    r->last = value;
    r->left -= count;
    return np_gain_loss_put(r->totals, r->spread, value, count) || np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
}

static bool read_rows(part_reading *r, char *rest)
{
    uint64_t rejected;
    np_totals *totals = r->totals;
    bool ok = !r->counted && next_count(&rest, &r->rows) && next_count(&rest, &r->done) && next_count(&rest, &rejected);
    if (!ok || rest || r->rows != r->done + rejected || r->rows > UINT64_MAX - totals->rows) return false;
    r->counted = true;
    totals->rows += r->rows;
    totals->done += r->done;
    totals->rejected += rejected;
    return true;
}

/* The lines of keys, of which `room` are held at a time. */
static bool read_key_lines(part_reading *r, uint64_t count, np_key_hash *keys, size_t room)
{
    np_key_hash key = {0, 0};
    size_t held = 0;
    for (uint64_t i = 0; i < count; i++) {
        const char *line = next_line(r->reader);
        if (!line || !np_key_parse(line, key, &key)) return false;
        keys[held++] = key;
        if (held < room && i + 1 < count) continue;
        if (!np_key_lists_put(r->keys, r->part, keys, held)) return np_totals_fail(r->totals, NP_TOTALS_NO_SCRATCH);
        held = 0;
    }
    return true;
}

/* Every row that was done has a key: so the counts that follow are bounded by what the part holds. */
static bool read_keys(part_reading *r, char *rest)
{
    uint64_t count;
    if (!r->keys || r->keyed || !r->counted || !next_count(&rest, &count) || rest) return false;
    if (count < r->done || count > r->rows) return false;
    r->keyed = true;
    size_t room = count < PIECE ? (size_t)count : PIECE;
    np_key_hash *keys = malloc((room + 1) * sizeof *keys);
    if (!keys) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    bool ok = read_key_lines(r, count, keys, room);
    free(keys);
    return ok;
}

static const char *read_end(part_reading *r, char *rest)
{
    char sum[17];
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)r->reader->sum_before);
    const char *given = next_field(&rest, NULL);
    if (!given || rest || strcmp(given, sum) != 0)
        return NP_MARK("it is damaged: its checksum is not that of its text");
    bool whole = r->counted && r->judged == r->totals->books && (r->keyed || !r->keys) && r->left == 0;
    whole = whole && r->grouped == r->done - r->absent;
    for (uint16_t b = 1; b < r->totals->books; b++) whole = whole && r->spreads[b] == r->grouped;
    if (!whole) return NP_MARK("some of it is missing");
    return next_line(r->reader) ? NP_MARK("something stands after its end") : NULL;
}

const char *np_partial_totals_read_totals(np_partial_totals_reader *reader, np_totals *totals, np_key_lists *keys,
                                          uint32_t part)
{
    static const struct {
        const char *word;
        bool (*read)(part_reading *r, char *rest);
    } LINES[] = {{"rows", read_rows}, {"service", read_service}, {"sure", read_sure},     {"gap", read_gap},
                 {"keys", read_keys}, {"group", read_group},     {"spread", read_spread}, {"value", read_value}};
    part_reading r = {.reader = reader, .totals = totals, .keys = keys, .part = part};
    char *line;
    while ((line = next_line(reader))) {
        char *rest = line, *word = next_field(&rest, NULL);
        bool ok = false;
        if (strcmp(word, "end") == 0) return read_end(&r, rest);
        size_t kind = 0, kinds = sizeof LINES / sizeof LINES[0];
        while (kind < kinds && strcmp(word, LINES[kind].word) != 0) kind++;
        if (kind < kinds) ok = LINES[kind].read(&r, rest);
        if (!ok) return totals->failure ? totals->failure : NP_MARK("a line of it is broken");
    }
    return NP_MARK("it is cut off");
}

const char *np_partial_totals_differs(const np_partial_totals_head *a, const np_partial_totals_head *b)
{
    if (strcmp(a->hash, b->hash) != 0) return NP_MARK("they were made with different rule books or scenarios");
    if (a->first != b->first || a->months != b->months) return NP_MARK("they cover different months");
    if (a->stops_at_end != b->stops_at_end) return NP_MARK("they differ in --after-contract");
    if (a->books != b->books) return NP_MARK("they have different scenarios");
    for (size_t i = 0; i < a->books; i++)
        if (strcmp(a->names[i], b->names[i]) != 0) return NP_MARK("they have different scenarios");
    bool same = a->by_count == b->by_count;
    for (size_t i = 0; same && i < a->by_count; i++) same = strcmp(a->by[i], b->by[i]) == 0;
    return same ? NULL : NP_MARK("they are grouped by different columns");
}
