/* Totals of a part, written to a file; and whether two parts fit together. */
#include "partial_totals_internal.h"

#include <string.h>

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
    return w->text.length < NP_PART_PIECE || flush(w);
}

static bool write_key(void *context, np_key_hash key, uint32_t part)
{
    (void)part;
    writing *w = context;
    np_key_print(&w->text, w->key, key);
    np_text_putc(&w->text, '\n');
    w->key = key;
    return w->text.length < NP_PART_PIECE || flush(w);
}

static bool write_keys(writing *w, const np_key_lists *keys)
{
    if (!keys) return true;
    np_text_printf(&w->text, "keys\t%llu\n", (unsigned long long)keys->keys);
    return flush(w) && np_key_lists_each(keys, write_key, w) && flush(w);
}

static bool write_gain_loss(writing *w, np_totals *totals, np_gain_loss *s)
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

static void write_rate(np_text *out, size_t book, const np_plan_rate *rate, uint16_t periods)
{
    np_text_puts(out, "rate");
    number(out, (long long)book);
    words(out, rate->currency);
    words(out, rate->day);
    words(out, rate->status);
    words(out, rate->source);
    for (uint16_t y = 0; y < periods; y++) {
        np_text_putc(out, '\t');
        np_num_print_fraction(out, rate->per_euro[y]);
    }
    np_text_putc(out, '\n');
}

static bool write_head(writing *w, const np_partial_totals_head *head, uint16_t periods)
{
    np_text *out = &w->text;
    np_text_puts(out, NP_PART_MAGIC "\nbook");
    words(out, head->hash);
    np_text_puts(out, "\nwindow");
    number(out, head->first);
    number(out, head->months);
    number(out, head->stops_at_end);
    number(out, head->period);
    number(out, head->year_starts);
    np_text_putc(out, '\n');
    for (size_t b = 0; b < head->books; b++) {
        np_text_puts(out, "name");
        words(out, head->names[b]);
        words(out, head->titles[b]);
        np_text_putc(out, '\n');
    }
    for (size_t b = 0; b < head->books; b++)
        for (size_t i = 0; i < head->rates[b].count; i++) write_rate(out, b, &head->rates[b].list[i], periods);
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
    for (size_t i = 0; i < (size_t)totals->books * totals->periods * NP_SUMS; i++) exact(out, &group->sums[i]);
    for (size_t i = 0; i < (size_t)totals->books * (totals->periods + 1u); i++) number(out, (long long)group->heads[i]);
    np_text_putc(out, '\n');
    return flush(w);
}

static bool write_again(writing *w, const np_totals *totals, const np_counted_again *again)
{
    np_text *out = &w->text;
    if (!again->staff) return true; /* all periods of each person were in one group */
    np_text_puts(out, "again");
    words(out, again->currency);
    number(out, (long long)again->staff);
    for (size_t i = 0; i < (size_t)totals->books * (totals->periods + 1u); i++) number(out, (long long)again->heads[i]);
    np_text_putc(out, '\n');
    return flush(w);
}

static bool write_in_other_currencies(writing *w, const np_totals *totals)
{
    for (uint16_t b = 1; totals->in_other_currencies && b < totals->books; b++) {
        np_text_puts(&w->text, "currencies");
        number(&w->text, b);
        for (size_t k = 0; k < NP_GAIN_LOSS_KINDS; k++) number(&w->text, (long long)totals->in_other_currencies[b][k]);
        np_text_putc(&w->text, '\n');
    }
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
    bool ok = write_head(&w, head, totals->periods);
    np_text_puts(out, "rows");
    number(out, (long long)totals->rows);
    number(out, (long long)totals->done);
    number(out, (long long)totals->rejected);
    number(out, (long long)totals->further);
    np_text_putc(out, '\n');
    ok = ok && write_certainty(&w, totals) && write_keys(&w, keys);
    for (size_t g = 0; ok && g < totals->group_count; g++) ok = write_group(&w, totals, &totals->groups[g]);
    for (size_t i = 0; ok && i < totals->again_count; i++) ok = write_again(&w, totals, &totals->again[i]);
    ok = ok && write_in_other_currencies(&w, totals);
    for (size_t i = 0; ok && i < totals->gain_loss_count; i++)
        ok = write_gain_loss(&w, totals, &totals->gain_losses[i]);
    ok = ok && flush(&w);
    np_text_printf(out, "end\t%016llx\n", (unsigned long long)w.sum);
    ok = ok && flush(&w);
    np_text_free(out);
    return ok;
}

const char *np_partial_totals_differs(const np_partial_totals_head *a, const np_partial_totals_head *b)
{
    if (strcmp(a->hash, b->hash) != 0) return NP_MARK("they were made with different rule books or scenarios");
    if (a->first != b->first || a->months != b->months) return NP_MARK("they cover different months");
    if (a->period != b->period || a->year_starts != b->year_starts)
        return NP_MARK("they are summed over different periods");
    if (a->stops_at_end != b->stops_at_end) return NP_MARK("they differ in --after-contract");
    if (a->books != b->books) return NP_MARK("they have different scenarios");
    for (size_t i = 0; i < a->books; i++)
        if (strcmp(a->names[i], b->names[i]) != 0) return NP_MARK("they have different scenarios");
    bool same = a->by_count == b->by_count;
    for (size_t i = 0; same && i < a->by_count; i++) same = strcmp(a->by[i], b->by[i]) == 0;
    return same ? NULL : NP_MARK("they are grouped by different columns");
}
