/* A plan in short, for who decides: what each scenario costs in one currency, who gains and loses, year by year. */
#include <string.h>

#include "plan_internal.h"

enum { EMPLOYER = 2, SENTENCE_MOST = 4000 };

typedef struct overview {
    np_doc *doc;
    const np_plan_head *head;
    const np_totals *totals;
    uint16_t common; /* the currency */
    bool known;      /* every currency has a rate */
    bool converted;  /* there is another currency than the common one */
} overview;

/* ---- one currency ---- */

/* Units for one euro, on the first day of the plan; invalid: the book has no rate. */
static np_num per_euro(const overview *o, int currency)
{
    const np_book *book = o->head->book;
    if (currency < 0) return np_num_small(0, -1);
    if (strcmp(book->currencies[currency].name, "EUR") == 0) return np_num_int(1);
    const np_rate *rate = np_exchange_on(book, (uint16_t)currency, o->head->window.first);
    return rate && np_num_sign(rate->figure.value) > 0 ? rate->figure.value : np_num_small(0, -1);
}

/* By what amounts of a currency are multiplied; invalid: nobody knows. */
static np_num factor_of(const overview *o, const char *currency)
{
    int own = np_book_currency(o->head->book, currency);
    if (own == o->common) return np_num_int(1);
    np_num from = per_euro(o, own), to = per_euro(o, o->common);
    if (!np_num_valid(from) || !np_num_valid(to)) return np_num_small(0, -1);
    return np_num_div(o->doc->arena, to, from);
}

static bool is_common(const overview *o, const char *currency)
{
    return strcmp(currency, o->head->book->currencies[o->common].name) == 0;
}

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

/* What the employer pays in a year under a book, in the common currency. */
static np_num cost_of(const overview *o, size_t book, int year)
{
    np_arena *arena = o->doc->arena;
    np_num sum = np_num_int(0);
    for (size_t g = 0; g < o->totals->group_count; g++) {
        const char *currency = o->totals->groups[g].currency;
        if (!np_plan_first_of_currency(o->totals, g)) continue;
        np_num own = np_plan_sum_all(arena, o->head, o->totals, currency, book, year, EMPLOYER);
        sum = np_num_add(arena, sum, np_num_mul(arena, own, factor_of(o, currency)));
    }
    return sum;
}

static np_num difference_of(const overview *o, size_t book, int year)
{
    return np_num_sub(o->doc->arena, cost_of(o, book, year), cost_of(o, 0, year));
}

/* "30.3 million EUR", "812 400 EUR" */
static const char *amount_words(const overview *o, np_num amount)
{
    np_arena *arena = o->doc->arena;
    const np_num million = np_num_int(1000000);
    const char *currency = o->head->book->currencies[o->common].name;
    bool large = np_num_compare(amount, million) >= 0;
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, large ? np_num_div(arena, amount, million) : amount, large ? 1 : 0, NP_ROUND_HALF_UP);
    const char *figure = np_text_move(&text, arena);
    if (large) return np_arena_format(arena, np_say(o->doc->lang, "%s million %s"), figure, currency);
    return np_arena_format(arena, "%s %s", figure, currency);
}

/* ---- one sentence for each scenario ---- */

typedef struct people {
    uint64_t gain, lose, same, unknown, apart, moved;
} people;

static people people_of(const np_totals *totals, size_t book)
{
    people p = {0};
    for (size_t i = 0; i < totals->spread_count; i++) {
        const np_gain_loss *s = &totals->spreads[i];
        if (s->book != book) continue;
        p.gain += s->winners;
        p.lose += s->losers;
        p.same += s->even;
        p.unknown += s->open;
        p.apart += s->apart;
        p.moved += s->moved;
    }
    return p;
}

static void put_people(np_text *out, const np_lang *lang, const people *p)
{
    unsigned long long gain = p->gain, lose = p->lose, same = p->same, unknown = p->unknown, apart = p->apart;
    unsigned long long moved = p->moved;
    if (gain)
        np_text_printf(out, np_say_number(lang, "%llu gains", "%llu gain", gain), gain);
    else
        np_text_puts(out, np_say(lang, "Nobody gains"));
    if (lose)
        np_text_printf(out, np_say_number(lang, ", %llu loses", ", %llu lose", lose), lose);
    else
        np_text_puts(out, np_say(lang, ", nobody loses"));
    if (same) np_text_printf(out, np_say(lang, ", for %llu nothing changes"), same);
    if (unknown) np_text_printf(out, np_say(lang, ", of %llu it is not known"), unknown);
    if (apart)
        np_text_printf(out, np_say_number(lang, ", %llu is not concerned", ", %llu are not concerned", apart), apart);
    if (moved)
        np_text_printf(out,
                       np_say_number(lang, ", %llu is in service for other months",
                                     ", %llu are in service for other months", moved),
                       moved);
    np_text_putc(out, '.');
}

static const char *sentence_of(const overview *o, size_t book)
{
    np_arena *arena = o->doc->arena;
    const np_lang *lang = o->doc->lang;
    np_num difference = difference_of(o, book, o->head->window.years);
    int sign = np_num_sign(difference);
    people p = people_of(o->totals, book);
    np_text text;
    np_text_init(&text, SENTENCE_MOST);
    np_text_printf(&text, "%s%s", np_short_label(arena, o->head->titles[book], NP_DOC_LABEL), np_say(lang, ": "));
    if (!o->known)
        np_text_puts(&text, np_say(lang, "its cost in one currency is not known."));
    else if (sign == 0)
        np_text_puts(&text, np_say(lang, "costs the same."));
    else
        np_text_printf(
            &text,
            sign > 0 ? np_say(lang, "costs %s more over %d months.") : np_say(lang, "costs %s less over %d months."),
            amount_words(o, sign > 0 ? difference : np_num_neg(arena, difference)), (int)o->head->window.months);
    np_text_putc(&text, ' ');
    put_people(&text, lang, &p);
    return np_text_move(&text, arena);
}

/* ---- the table: years, scenarios beside one another ---- */

static void table_of_years(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    const np_plan_head *head = o->head;
    unsigned decimals = 0; /* who decides does not count cents: they stand in the tables below */
    np_doc_table *table = np_doc_table_of(doc, section, "overview");
    table->as_written = true;
    np_doc_column_add(table, "year", np_say(doc->lang, "year"), NP_DOC_WORDS);
    np_doc_column_add(table, "baseline", head->names[0], NP_DOC_MONEY);
    for (size_t b = 1; b < head->books; b++)
        np_doc_column_add(table, head->names[b], np_arena_format(doc->arena, "%s +/-", head->names[b]), NP_DOC_MONEY);
    for (int y = 0; y <= head->window.years; y++) {
        bool total = y == head->window.years;
        np_doc_row *row = np_doc_row_add(table, total ? NP_DOC_TOTAL : NP_DOC_LINE);
        row->cells[0] = np_doc_words(np_plan_year_name(doc->arena, head, y));
        row->cells[1] = np_doc_money(cost_of(o, 0, y), decimals);
        for (size_t b = 1; b < head->books; b++) {
            row->cells[1 + b] = np_doc_money(difference_of(o, b, y), decimals);
            row->cells[1 + b].with_sign = true;
        }
    }
}

/* Whether a scenario changes how many are in service in some year. */
static bool heads_differ(const overview *o)
{
    bool differ = false;
    for (size_t b = 1; b < o->head->books; b++)
        for (int y = 0; y < o->head->window.years; y++)
            differ = differ || o->totals->heads[b][y] != o->totals->heads[0][y];
    return differ;
}

static void table_of_heads(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    const np_plan_head *head = o->head;
    np_doc_text(doc, section, np_say(doc->lang, "Members of staff paid in some month of the year:"));
    np_doc_table *table = np_doc_table_of(doc, section, "headcount");
    table->as_written = true;
    np_doc_column_add(table, "year", np_say(doc->lang, "year"), NP_DOC_WORDS);
    for (size_t b = 0; b < head->books; b++) np_doc_column_add(table, head->names[b], head->names[b], NP_DOC_NUMBER);
    for (int y = 0; y < head->window.years; y++) {
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(np_plan_year_name(doc->arena, head, y));
        for (size_t b = 0; b < head->books; b++)
            row->cells[1 + b] = np_count_value(doc->arena, (long long)o->totals->heads[b][y]);
    }
}

/* Differences from nothing, which is the baseline's line. */
static void chart_of_differences(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    const np_window *window = &o->head->window;
    np_doc_series *series = np_arena_array(doc->arena, o->head->books + 1, sizeof *series);
    for (size_t b = 0; b < o->head->books; b++) {
        np_num *values = np_arena_array(doc->arena, (size_t)window->months + 1, sizeof *values);
        for (int y = 0; y < window->years; y++) {
            np_num value = b ? difference_of(o, b, y) : np_num_int(0);
            for (uint16_t m = 0; m < window->months; m++)
                if (window->year_of[m] == y) values[m] = value;
        }
        series[b] = (np_doc_series){.mark = b ? np_arena_format(doc->arena, "%zu", b) : "",
                                    .label = o->head->names[b],
                                    .color = (unsigned)b,
                                    .dash = (unsigned)(b % 3),
                                    .values = values};
    }
    np_doc_chart *chart = np_doc_chart_of(
        doc, section, NP_DOC_STEPS,
        np_arena_format(doc->arena, np_say(doc->lang, "Difference from the baseline in each year, %s"),
                        o->head->book->currencies[o->common].name),
        np_say(doc->lang,
               "What the employer pays in each year under a scenario, less what it pays under the baseline."));
    chart->of.series = series;
    chart->count = o->head->books;
    chart->first = window->first;
    chart->months = window->months;
}

/* ---- the whole ---- */

static const char *rates_words(const overview *o)
{
    np_arena *arena = o->doc->arena;
    const char *list = "";
    for (size_t g = 0; g < o->totals->group_count; g++) {
        if (!np_plan_first_of_currency(o->totals, g)) continue;
        np_num factor = factor_of(o, o->totals->groups[g].currency);
        if (is_common(o, o->totals->groups[g].currency) || !np_num_valid(factor)) continue;
        np_text text;
        np_text_init(&text, 1 << 10);
        np_num_print(&text, np_num_div(arena, np_num_int(1), factor), 4, NP_ROUND_HALF_UP);
        list = np_arena_format(arena, "%s%s%s %s", list, *list ? ", " : "", np_text_move(&text, arena),
                               o->totals->groups[g].currency);
    }
    return np_arena_format(arena, np_say(o->doc->lang, "Other currencies at the rates of %s: 1 %s = %s."),
                           np_day_words(arena, o->head->window.first), o->head->book->currencies[o->common].name, list);
}

static const char *staff_words(const overview *o)
{
    unsigned long long staff = 0;
    for (size_t g = 0; g < o->totals->group_count; g++) staff += o->totals->groups[g].staff;
    return np_arena_format(o->doc->arena,
                           np_say_number(o->doc->lang, "%llu member of staff is paid in some month of the plan.",
                                         "%llu members of staff are paid in some month of the plan.", staff),
                           staff);
}

void np_plan_overview(np_doc *doc, const np_plan_head *head, const np_totals *totals)
{
    if (!totals->group_count || head->books < 2) return;
    overview o = {doc, head, totals, common_currency(head, totals), true, false};
    for (size_t g = 0; g < totals->group_count; g++) {
        o.known = o.known && np_num_valid(factor_of(&o, totals->groups[g].currency));
        o.converted = o.converted || !is_common(&o, totals->groups[g].currency);
    }
    const char *title = np_say(doc->lang, "In short");
    np_doc_node *section = np_doc_section(doc, NULL, "overview", title, NULL);
    section->of.section.sheet = title;
    np_doc_list *list = np_doc_list_of(doc, section, "sentences");
    list->lead = "  ";
    list->hang = 4;
    for (size_t b = 1; b < head->books; b++) np_doc_item_add(doc, list, sentence_of(&o, b));
    np_doc_text(doc, section, staff_words(&o));
    if (!o.known) return;
    np_doc_text(doc, section,
                np_arena_format(doc->arena,
                                np_say(doc->lang, "What the employer pays, in %s; scenarios: the difference."),
                                head->book->currencies[o.common].name));
    table_of_years(&o, section);
    if (heads_differ(&o)) table_of_heads(&o, section);
    if (doc->page) chart_of_differences(&o, section);
    if (o.converted) np_doc_soft_text(doc, section, rates_words(&o));
}
