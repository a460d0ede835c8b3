/* Totals of a part, read from its file and added to those that are there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "partial_totals_internal.h"

static char *next_line(np_partial_totals_reader *reader)
{
    char *line = reader->line(reader->context);
    reader->sum_before = reader->sum;
    if (line) reader->sum = np_partial_totals_sum(np_partial_totals_sum(reader->sum, line, strlen(line)), "\n", 1);
    return line;
}

static char *kept(np_arena *arena, char **at)
{
    char *text = np_part_field(at, NULL);
    return text ? np_arena_format(arena, "%s", text) : "";
}

/* As many fractions as the plan has periods. */
static bool read_rate(np_arena *arena, np_partial_totals_head *head, char *rest)
{
    np_window window;
    uint64_t book;
    if (!head->months || !np_window_set(&window, head->first, head->months) ||
        !np_window_divide(&window, head->period, head->year_starts) || !np_part_count(&rest, &book) ||
        book >= head->books)
        return false;
    np_plan_rates *rates = &head->rates[book];
    if (!rates->list) rates->list = np_arena_array(arena, NP_PART_RATES, sizeof *rates->list);
    if (rates->count == NP_PART_RATES) return false;
    np_plan_rate *rate = &rates->list[rates->count++];
    rate->currency = kept(arena, &rest);
    rate->day = kept(arena, &rest);
    rate->status = kept(arena, &rest);
    rate->source = kept(arena, &rest);
    rate->per_euro = np_arena_array(arena, window.periods, sizeof *rate->per_euro);
    for (uint16_t y = 0; y < window.periods; y++) {
        const char *text = np_part_field(&rest, NULL);
        if (!text || !np_num_parse_fraction(arena, text, strlen(text), &rate->per_euro[y]) ||
            np_num_sign(rate->per_euro[y]) <= 0)
            return false;
    }
    np_status status;
    return !rest && np_status_parse(rate->status, &status);
}

/* The months, and what is summed over. */
static bool read_window(np_partial_totals_head *head, char *rest)
{
    long long first, months, stops, period, starts;
    if (!np_part_number(&rest, &first) || !np_part_number(&rest, &months) || !np_part_number(&rest, &stops) ||
        !np_part_number(&rest, &period) || !np_part_number(&rest, &starts))
        return false;
    if (first < INT32_MIN || first > INT32_MAX || months < 1 || months > NP_PLAN_MONTHS_MAX) return false;
    if (period < NP_PERIOD_YEAR || period > NP_PERIOD_MONTH || starts < 1 || starts > 12) return false;
    head->first = (np_date)first;
    head->months = (int)months;
    head->stops_at_end = stops != 0;
    head->period = (np_period_kind)period;
    head->year_starts = (int)starts;
    return true;
}

static bool read_head_line(np_arena *arena, np_partial_totals_head *head, const char *word, char *rest)
{
    if (strcmp(word, "book") == 0) {
        head->hash = kept(arena, &rest);
    } else if (strcmp(word, "window") == 0) {
        return read_window(head, rest);
    } else if (strcmp(word, "name") == 0) {
        if (head->books == NP_PLAN_BOOKS_MAX) return false;
        head->names[head->books] = kept(arena, &rest);
        head->titles[head->books++] = kept(arena, &rest);
    } else if (strcmp(word, "rate") == 0) {
        return read_rate(arena, head, rest);
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
    if (!line || strncmp(line, NP_PART_KIND, strlen(NP_PART_KIND)) != 0)
        return NP_MARK("it is no part of a plan's totals, as --part writes them");
    if (strcmp(line, NP_PART_MAGIC) != 0) return NP_MARK("another version of natopay wrote it: plan its rows again");
    while ((line = next_line(reader)) && strcmp(line, "totals") != 0) {
        char *rest = line, *word = np_part_field(&rest, NULL);
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
    uint64_t rows, done, people, absent; /* of this part; people: rows done that are no further period of one */
    uint64_t again, again_in_currency;   /* counted again in other groups: of all, and of the same currency */
    bool counted, served, keyed;         /* "rows", "service" and "keys" came */
    bool again_lines;                    /* a line "again" came, of this currency: */
    char again_of[8];
    uint16_t currencies; /* books of which "currencies" came */
    uint16_t judged;     /* books of which "sure" came */
    const char *gap;     /* the line of the last gap, and its book */
    uint16_t gap_book;
    /* Staff in groups, and in each book's gains and losses: everybody who is not absent, in each group or currency. */
    uint64_t grouped, gain_losses[NP_PLAN_BOOKS_MAX];
    np_gain_loss *gain_loss;
    int64_t low, high, last; /* of the differences */
    uint64_t left;           /* differences that are to come */
    bool first;              /* no value came yet */
} part_reading;

static bool read_group(part_reading *r, char *rest)
{
    size_t length = 0;
    np_totals *totals = r->totals;
    char *currency = np_part_field(&rest, NULL), *key = np_part_field(&rest, &length);
    uint64_t staff;
    if (!currency || !key || strlen(currency) > 7 || !np_part_count(&rest, &staff)) return false;
    if (staff > r->done - r->grouped) return false;
    r->grouped += staff;
    np_group *group = np_totals_group(totals, key, length, currency);
    if (!group) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    group->staff += staff;
    for (size_t i = 0; i < (size_t)totals->books * totals->periods * NP_SUMS; i++)
        if (!np_part_exact(totals, &rest, &group->sums[i])) return false;
    for (size_t i = 0; i < (size_t)totals->books * (totals->periods + 1u); i++) {
        uint64_t heads;
        if (!np_part_count(&rest, &heads) || heads > staff) return false;
        group->heads[i] += heads;
    }
    return rest == NULL;
}

/* People who are counted in several groups, which come before. */
static bool read_again(part_reading *r, char *rest)
{
    np_totals *totals = r->totals;
    const char *currency = np_part_field(&rest, NULL);
    uint64_t staff;
    if (!currency || strlen(currency) > 7 || !np_part_count(&rest, &staff) || staff < 1 || staff > r->grouped)
        return false;
    if (r->again_lines && strcmp(r->again_of, currency) >= 0) return false;
    memcpy(r->again_of, currency, strlen(currency) + 1);
    r->again_lines = true;
    np_counted_again *again = np_totals_again(totals, currency);
    if (!again) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    again->staff += staff;
    uint64_t *sum = *currency ? &r->again_in_currency : &r->again;
    *sum += staff;
    for (size_t i = 0; i < (size_t)totals->books * (totals->periods + 1u); i++) {
        uint64_t heads;
        if (!np_part_count(&rest, &heads) || heads > r->grouped) return false;
        again->heads[i] += heads;
    }
    return rest == NULL && r->again <= r->grouped && r->again_in_currency <= r->grouped;
}

/* Whoever is paid in several currencies: of each book once, all together as many as are counted in other groups. */
static bool read_in_other_currencies(part_reading *r, char *rest)
{
    uint64_t book, all = 0;
    if (!np_part_count(&rest, &book) || book != r->currencies + 1u || book >= r->totals->books) return false;
    uint64_t *again = np_totals_in_other_currencies(r->totals, (uint16_t)book);
    if (!again) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    for (size_t k = 0; k < NP_GAIN_LOSS_KINDS; k++) {
        uint64_t staff;
        if (!np_part_count(&rest, &staff) || staff > r->again - all) return false;
        again[k] += staff;
        all += staff;
    }
    r->currencies++;
    return rest == NULL && all == r->again - r->again_in_currency;
}

/* A lowest or highest difference and whose it is; nobody's when there is none. */
static bool read_extreme(part_reading *r, char **rest, int64_t *value, bool *whose)
{
    long long number_read;
    if (!np_part_number(rest, &number_read)) return false;
    *value = number_read;
    char *id = np_part_field(rest, NULL);
    if (!id) return false;
    *whose = *id != '\0';
    return !*id || np_gain_loss_extreme(r->gain_loss, *value, id) || np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
}

static bool read_service(part_reading *r, char *rest)
{
    uint64_t absent, beyond, aged, steps, converted;
    if (r->served || !r->counted || !np_part_count(&rest, &absent) || !np_part_count(&rest, &beyond) ||
        !np_part_count(&rest, &aged) || !np_part_count(&rest, &steps) || !np_part_count(&rest, &converted) || rest)
        return false;
    if (absent > r->people) return false;
    uint64_t present = r->people - absent;
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
    if (!r->served || !np_part_count(&rest, &book) || book != r->judged || book >= r->totals->books) return false;
    for (size_t i = 0; i < NP_STATUS_COUNT; i++) {
        uint64_t staff;
        if (!np_part_count(&rest, &staff) || staff > r->done - all) return false;
        all += staff;
        r->totals->sure[book][i] += staff;
    }
    r->judged++;
    return rest == NULL;
}

/* Lines that are not counted come in order, so none of them twice. */
static bool read_gap(part_reading *r, char *rest)
{
    uint64_t book, staff;
    if (!np_part_count(&rest, &book) || book >= r->totals->books || r->judged < r->totals->books) return false;
    const char *rule = np_part_field(&rest, NULL);
    if (!rule || !*rule || !np_part_count(&rest, &staff) || rest || staff < 1 || staff > r->done) return false;
    int order = r->gap ? strcmp(r->gap, rule) : -1;
    if (order > 0 || (order == 0 && r->gap_book >= book)) return false;
    np_plan_gap *gap = np_totals_gap(r->totals, (uint16_t)book, rule);
    if (!gap) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    gap->staff += staff;
    r->gap = gap->rule;
    r->gap_book = (uint16_t)book;
    return true;
}

typedef struct gain_loss_counts {
    uint64_t winners, losers, even, open, apart, coarse;
} gain_loss_counts;

/* Who gains or loses most is somebody, and as the counts say; nobody is where no difference was seen. */
static bool extremes_fit(const part_reading *r, const gain_loss_counts *c, bool low_named, bool high_named)
{
    bool changed = c->winners + c->losers > 0, seen = changed || (c->even > 0 && !c->coarse);
    if (low_named != high_named || (seen && !low_named)) return false;
    if (!low_named) return true;
    return r->low <= r->high && (r->high > 0) == (c->winners > 0) && (r->low < 0) == (c->losers > 0);
}

static bool read_counts(part_reading *r, char **rest, gain_loss_counts *c)
{
    uint64_t counts[6], coarse, all = 0;
    np_gain_loss *s = r->gain_loss;
    for (size_t i = 0; i < 6; i++) {
        if (!np_part_count(rest, &counts[i]) || counts[i] > r->done - r->gain_losses[s->book]) return false;
        r->gain_losses[s->book] += counts[i];
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
        if (!np_part_exact(r->totals, rest, sums[i])) return false;
    if (!np_part_count(rest, &coarse) || coarse > 1) return false;
    s->coarse = s->coarse || coarse;
    r->left = coarse ? 0 : all - counts[3] - counts[4] - counts[5];
    *c = (gain_loss_counts){counts[0], counts[1], counts[2], counts[3], counts[4], coarse};
    return true;
}

static bool read_gain_loss(part_reading *r, char *rest)
{
    long long book, unit;
    if (r->left > 0 || !np_part_number(&rest, &book) || book < 1 || book >= r->totals->books) return false;
    char *currency = np_part_field(&rest, NULL);
    if (!currency || strlen(currency) > 7 || !np_part_number(&rest, &unit) || unit < 1) return false;
    r->gain_loss = np_totals_gain_loss(r->totals, (uint16_t)book, currency, unit);
    r->first = true;
    if (!r->gain_loss) return np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
    bool low = false, high = false;
    gain_loss_counts counts;
    return r->gain_loss->unit == unit && read_counts(r, &rest, &counts) && read_extreme(r, &rest, &r->low, &low) &&
           read_extreme(r, &rest, &r->high, &high) && rest == NULL && extremes_fit(r, &counts, low, high);
}

/* The differences ascend from the lowest to the highest, and are as many as was said before them. */
static bool read_value(part_reading *r, char *rest)
{
    long long value;
    uint64_t count;
    if (!r->gain_loss || !np_part_number(&rest, &value) || !np_part_count(&rest, &count) || rest) return false;
    if (count < 1 || count > r->left || value < r->low || value > r->high || (!r->first && value <= r->last))
        return false;
    r->first = false;
    r->last = value;
    r->left -= count;
    return np_gain_loss_put(r->totals, r->gain_loss, value, count) || np_totals_fail(r->totals, NP_TOTALS_NO_MEMORY);
}

static bool read_rows(part_reading *r, char *rest)
{
    uint64_t rejected, further;
    np_totals *totals = r->totals;
    bool ok = !r->counted && np_part_count(&rest, &r->rows) && np_part_count(&rest, &r->done) &&
              np_part_count(&rest, &rejected) && np_part_count(&rest, &further);
    if (!ok || rest || r->rows != r->done + rejected || r->rows > UINT64_MAX - totals->rows) return false;
    if (further > r->done || (further && further == r->done)) return false;
    r->people = r->done - further;
    r->counted = true;
    totals->rows += r->rows;
    totals->done += r->done;
    totals->rejected += rejected;
    totals->further += further;
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

/* Everybody has a key: so the counts that follow are bounded by what the part holds. */
static bool read_keys(part_reading *r, char *rest)
{
    uint64_t count;
    if (!r->keys || r->keyed || !r->counted || !np_part_count(&rest, &count) || rest) return false;
    if (count < r->people || count > r->rows) return false;
    r->keyed = true;
    size_t room = count < NP_PART_PIECE ? (size_t)count : NP_PART_PIECE;
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
    const char *given = np_part_field(&rest, NULL);
    if (!given || rest || strcmp(given, sum) != 0)
        return NP_MARK("it is damaged: its checksum is not that of its text");
    bool whole = r->counted && r->judged == r->totals->books && (r->keyed || !r->keys) && r->left == 0;
    whole = whole && r->grouped == r->people - r->absent + r->again && r->again_in_currency <= r->again;
    for (uint16_t b = 1; b < r->totals->books; b++)
        whole = whole && r->gain_losses[b] == r->grouped - r->again_in_currency;
    if (!whole) return NP_MARK("some of it is missing");
    return next_line(r->reader) ? NP_MARK("something stands after its end") : NULL;
}

const char *np_partial_totals_read_totals(np_partial_totals_reader *reader, np_totals *totals, np_key_lists *keys,
                                          uint32_t part)
{
    static const struct {
        const char *word;
        bool (*read)(part_reading *r, char *rest);
    } LINES[] = {{"rows", read_rows},        {"service", read_service},
                 {"sure", read_sure},        {"gap", read_gap},
                 {"keys", read_keys},        {"group", read_group},
                 {"again", read_again},      {"currencies", read_in_other_currencies},
                 {"spread", read_gain_loss}, {"value", read_value}};
    part_reading r = {.reader = reader, .totals = totals, .keys = keys, .part = part};
    char *line;
    while ((line = next_line(reader))) {
        char *rest = line, *word = np_part_field(&rest, NULL);
        bool ok = false;
        if (strcmp(word, "end") == 0) return read_end(&r, rest);
        size_t kind = 0, kinds = sizeof LINES / sizeof LINES[0];
        while (kind < kinds && strcmp(word, LINES[kind].word) != 0) kind++;
        if (kind < kinds) ok = LINES[kind].read(&r, rest);
        if (!ok) return totals->failure ? totals->failure : NP_MARK("a line of it is broken");
    }
    return NP_MARK("it is cut off");
}
