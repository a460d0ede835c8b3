/* All staff of a plan in one currency. */
#include <string.h>

#include "plan_internal.h"

/* That which was asked for; else that of all staff, or the reference country's. */
static uint16_t common_currency(const np_plan_head *head, const np_totals *totals)
{
    const np_book *book = head->book;
    int asked = head->currency ? np_book_currency(book, head->currency) : -1;
    if (asked >= 0) return (uint16_t)asked;
    const char *first = totals->groups[0].currency, *last = totals->groups[totals->group_count - 1].currency;
    int only = strcmp(first, last) == 0 ? np_book_currency(book, first) : -1;
    if (only >= 0) return (uint16_t)only;
    return book->reference != UINT16_MAX ? book->countries[book->reference].currency : 0;
}

/* By what amounts of a currency are multiplied; invalid: nobody knows. */
static np_num factor_of(const np_plan_common *c, const char *currency, size_t book, int period)
{
    const np_plan_rates *rates = &c->head->rates[book];
    if (strcmp(currency, c->currency) == 0) return np_num_int(1);
    np_num from = np_plan_per_euro(rates, currency, (uint16_t)period);
    np_num to = np_plan_per_euro(rates, c->currency, (uint16_t)period);
    if (!np_num_valid(from) || !np_num_valid(to)) return np_num_small(0, -1);
    return np_num_div(c->arena, to, from);
}

static np_num *place_of(const np_plan_common *c, size_t book, int period, int measure)
{
    return &c->sums[(book * (c->head->window.periods + 1u) + (size_t)period) * NP_MEASURES + (size_t)measure];
}

/* The sums of one currency, added to those of all. */
static void add_currency(np_plan_common *c, const char *currency)
{
    int periods = c->head->window.periods;
    for (size_t b = 0; b < c->head->books; b++)
        for (int y = 0; y < periods; y++) {
            np_num factor = factor_of(c, currency, b, y);
            c->known = c->known && np_num_valid(factor);
            for (int m = 0; m < NP_MEASURES; m++) {
                np_num own = np_plan_sum_all(c->arena, c->head, c->totals, currency, b, y, m);
                np_num amount = np_num_mul(c->arena, own, factor);
                np_num *to = place_of(c, b, y, m), *total = place_of(c, b, periods, m);
                *to = np_num_add(c->arena, *to, amount);
                *total = np_num_add(c->arena, *total, amount);
            }
        }
}

np_plan_common *np_plan_common_of(np_arena *arena, const np_plan_head *head, const np_totals *totals)
{
    np_plan_common *c = np_arena_alloc(arena, sizeof *c);
    size_t count = head->books * (head->window.periods + 1u) * NP_MEASURES;
    *c = (np_plan_common){.arena = arena, .head = head, .totals = totals, .known = true, .currency = ""};
    if (!totals->group_count) return c;
    c->currency = head->book->currencies[common_currency(head, totals)].name;
    c->sums = np_arena_array(arena, count + 1, sizeof *c->sums);
    for (size_t i = 0; i < count; i++) c->sums[i] = np_num_int(0);
    for (size_t g = 0; g < totals->group_count; g++) {
        if (!np_plan_first_of_currency(totals, g)) continue;
        c->several = c->several || g > 0;
        c->converted = c->converted || strcmp(totals->groups[g].currency, c->currency) != 0;
        add_currency(c, totals->groups[g].currency);
    }
    return c;
}

np_num np_plan_common_sum(const np_plan_common *c, size_t book, int period, int measure)
{
    return *place_of(c, book, period, measure);
}

/* ---- the rates in words ---- */

static const char *rate_words(const np_plan_common *c, const char *currency, size_t book, int period)
{
    np_text text;
    np_num factor = factor_of(c, currency, book, period);
    np_text_init(&text, 1 << 10);
    np_num_print(&text, np_num_div(c->arena, np_num_int(1), factor), 4, NP_ROUND_HALF_UP);
    return np_arena_format(c->arena, "%s %s", np_text_move(&text, c->arena), currency);
}

/* "0.8292 GBP (2024-12-31, assumed), from 2027 0.9200 GBP" */
static const char *course_words(const np_plan_common *c, const char *currency, size_t book, const np_lang *lang)
{
    np_status status = NP_USER;
    const np_plan_rate *rate = np_plan_rate_named(&c->head->rates[book], currency);
    if (!rate) rate = np_plan_rate_named(&c->head->rates[book], c->currency);
    const char *words = rate_words(c, currency, book, 0), *before = words;
    if (rate) np_status_parse(rate->status, &status);
    if (rate) words = np_arena_format(c->arena, "%s (%s, %s)", words, rate->day, np_say(lang, np_status_name(status)));
    for (int y = 1; y < c->head->window.periods; y++) {
        const char *now = rate_words(c, currency, book, y);
        if (strcmp(now, before) == 0) continue;
        words = np_arena_format(c->arena, np_say(lang, "%s, from %s %s"), words,
                                np_plan_period_name(c->arena, c->head, y), now);
        before = now;
    }
    return words;
}

/* Of a scenario, only those that differ from the baseline's; "": none. */
static const char *list_of_rates(const np_plan_common *c, size_t book, const np_lang *lang)
{
    const np_plan_rates *rates = c->head->rates;
    const char *list = "";
    for (size_t g = 0; g < c->totals->group_count; g++) {
        const char *currency = c->totals->groups[g].currency;
        uint16_t periods = c->head->window.periods;
        if (!np_plan_first_of_currency(c->totals, g) || strcmp(currency, c->currency) == 0) continue;
        if (book && np_plan_rates_agree(&rates[0], &rates[book], currency, periods) &&
            np_plan_rates_agree(&rates[0], &rates[book], c->currency, periods))
            continue;
        list = np_arena_format(c->arena, "%s%s%s", list, *list ? "; " : "", course_words(c, currency, book, lang));
    }
    return list;
}

/* The titles of the texts that the rates are from, each once. */
static const char *sources_of_rates(const np_plan_common *c)
{
    const np_plan_rates *rates = &c->head->rates[0];
    const char *list = "";
    for (size_t i = 0; i < rates->count; i++) {
        const char *source = rates->list[i].source;
        if (*source && !strstr(list, source))
            list = np_arena_format(c->arena, "%s%s%s", list, *list ? "; " : "", source);
    }
    return list;
}

void np_plan_say_rates(np_doc *doc, np_doc_node *in, const np_plan_common *c)
{
    const np_lang *lang = doc->lang;
    if (!c->converted || !c->known) return;
    const char *sources = sources_of_rates(c);
    const char *of_book = np_arena_format(
        doc->arena, np_say(lang, "Other currencies at the rate of the first day of each period: 1 %s = %s."),
        c->currency, list_of_rates(c, 0, lang));
    if (*sources)
        of_book = np_arena_format(doc->arena, "%s %s", of_book,
                                  np_arena_format(doc->arena, np_say(lang, "Source of the rates: %s."), sources));
    np_doc_soft_text(doc, in, of_book);
    for (size_t b = 1; b < c->head->books; b++) {
        const char *list = list_of_rates(c, b, lang);
        if (*list)
            np_doc_soft_text(
                doc, in,
                np_arena_format(doc->arena, np_say(lang, "%s: 1 %s = %s."), c->head->names[b], c->currency, list));
    }
}
