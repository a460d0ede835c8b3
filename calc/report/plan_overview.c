/* A plan in short, for who decides: what each scenario costs in one currency, who gains and loses, period by period. */
#include <string.h>

#include "plan_internal.h"

enum { EMPLOYER = 2, SENTENCE_MOST = 4000, COLUMNS_BESIDE = 3, COLUMN_TITLE = 48, GAPS_NAMED = 5 };

typedef struct overview {
    np_doc *doc;
    const np_plan_head *head;
    const np_totals *totals;
    const np_plan_common *common;
} overview;

/* What the employer pays in a period under a book, in the common currency. */
static np_num cost_of(const overview *o, size_t book, int period)
{
    return np_plan_common_sum(o->common, book, period, EMPLOYER);
}

static np_num difference_of(const overview *o, size_t book, int period)
{
    return np_num_sub(o->doc->arena, cost_of(o, book, period), cost_of(o, 0, period));
}

/* ---- words ---- */

/* "30.3 million EUR", "812 400 EUR"; never less than nothing. */
static const char *amount_words(const overview *o, np_num amount)
{
    np_arena *arena = o->doc->arena;
    const np_num million = np_num_int(1000000);
    const char *currency = o->common->currency;
    bool large = np_num_compare(amount, million) >= 0;
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, large ? np_num_div(arena, amount, million) : amount, large ? 1 : 0, NP_ROUND_HALF_UP);
    const char *figure = np_page_amount(arena, o->doc->lang, np_text_move(&text, arena));
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
    for (size_t i = 0; i < totals->gain_loss_count; i++) {
        const np_gain_loss *s = &totals->gain_losses[i];
        if (s->book != book) continue;
        p.gain += s->winners;
        p.lose += s->losers;
        p.same += s->even;
        p.unknown += s->open;
        p.apart += s->apart;
        p.moved += s->moved;
    }
    const uint64_t *again = totals->in_other_currencies ? totals->in_other_currencies[book] : NULL;
    uint64_t *const counts[] = {[NP_LOSERS] = &p.lose,  [NP_WINNERS] = &p.gain, [NP_MOVED] = &p.moved,
                                [NP_OPEN] = &p.unknown, [NP_EVEN] = &p.same,    [NP_APART] = &p.apart};
    for (size_t k = 0; again && k < NP_GAIN_LOSS_KINDS; k++)
        *counts[k] -= again[k] < *counts[k] ? again[k] : *counts[k];
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

static const char *effect_words(const overview *o, size_t book)
{
    np_arena *arena = o->doc->arena;
    const np_lang *lang = o->doc->lang;
    np_num difference = difference_of(o, book, o->head->window.periods);
    int sign = np_num_sign(difference), months = o->head->window.months;
    if (!o->common->known) return np_say(lang, "its cost in one currency is not known.");
    if (sign == 0) return np_say(lang, "costs the same.");
    if (sign > 0)
        return np_arena_format(arena,
                               np_say_number(lang, "costs %s more over %d month.", "costs %s more over %d months.",
                                             (unsigned long long)months),
                               amount_words(o, difference), months);
    return np_arena_format(arena,
                           np_say_number(lang, "costs %s less over %d month.", "costs %s less over %d months.",
                                         (unsigned long long)months),
                           amount_words(o, np_num_neg(arena, difference)), months);
}

static const char *sentence_of(const overview *o, size_t book)
{
    np_arena *arena = o->doc->arena;
    const np_lang *lang = o->doc->lang;
    people p = people_of(o->totals, book);
    np_text text;
    np_text_init(&text, SENTENCE_MOST);
    np_text_printf(&text, "%s%s%s ", np_short_label(arena, o->head->titles[book], NP_DOC_LABEL), np_say(lang, ": "),
                   effect_words(o, book));
    put_people(&text, lang, &p);
    return np_text_move(&text, arena);
}

static const char *gain_and_lose(const overview *o, size_t book)
{
    people p = people_of(o->totals, book);
    np_text text;
    np_text_init(&text, SENTENCE_MOST);
    put_people(&text, o->doc->lang, &p);
    return np_text_move(&text, o->doc->arena);
}

/* What each scenario comes to, and from what: pages begin with it. */
static void key_figures(const overview *o)
{
    np_doc *doc = o->doc;
    const np_plan_head *head = o->head;
    int all = head->window.periods;
    np_doc_node *figures = np_doc_figures(doc, NULL);
    for (size_t b = 0; b < head->books; b++) {
        const char *label = b ? np_short_label(doc->arena, head->titles[b], NP_DOC_LABEL)
                              : np_say(doc->lang, "Total cost as the rule book is");
        np_doc_value value = np_doc_money(b ? difference_of(o, b, all) : cost_of(o, 0, all), 0);
        value.with_sign = b > 0;
        np_doc_figure *figure = np_doc_figure_add(doc, figures, label, value);
        figure->unit = o->common->currency;
        figure->main = b > 0;
        figure->colored = true;
        figure->color = (unsigned)b;
        figure->note = b ? gain_and_lose(o, b)
                         : np_arena_format(doc->arena,
                                           np_say_number(doc->lang, "over %d month", "over %d months",
                                                         (unsigned long long)head->window.months),
                                           (int)head->window.months);
    }
}

/* ---- the tables: a row for each period, scenarios beside one another ---- */

/* The baseline is called so in words; pages have room for what people call a scenario. */
static const char *name_of(const overview *o, size_t book)
{
    if (!book) return np_say(o->doc->lang, "baseline");
    if (!o->doc->page) return o->head->names[book];
    return np_short_label(o->doc->arena, o->head->titles[book], COLUMN_TITLE);
}

static np_doc_table *table_by_period(const overview *o, np_doc_node *section, const char *key)
{
    np_doc_table *table = np_doc_table_of(o->doc, section, key);
    const char *word = np_plan_period_word(o->head);
    table->as_written = true;
    np_doc_column_add(table, word, np_say(o->doc->lang, word), NP_DOC_WORDS);
    return table;
}

static np_doc_row *row_of_period(const overview *o, np_doc_table *table, int period)
{
    bool total = period == o->head->window.periods;
    np_doc_row *row = np_doc_row_add(table, total ? NP_DOC_TOTAL : NP_DOC_LINE);
    row->cells[0] = np_doc_words(np_plan_period_name(o->doc->arena, o->head, period));
    return row;
}

/* Who decides does not count cents: they stand in the tables below. */
static np_doc_value whole_units(np_num amount, bool with_sign)
{
    np_doc_value value = np_doc_money(amount, 0);
    value.with_sign = with_sign;
    return value;
}

/* What is paid under each book. */
static void table_of_costs(const overview *o, np_doc_node *section)
{
    np_doc_table *table = table_by_period(o, section, "overview");
    for (size_t b = 0; b < o->head->books; b++)
        np_doc_column_add(table, o->head->names[b], name_of(o, b), NP_DOC_MONEY);
    for (int y = 0; y <= o->head->window.periods; y++) {
        np_doc_row *row = row_of_period(o, table, y);
        row->sums = row->kind == NP_DOC_TOTAL;
        for (size_t b = 0; b < o->head->books; b++) row->cells[1 + b] = whole_units(cost_of(o, b, y), false);
    }
}

static void table_of_differences(const overview *o, np_doc_node *section)
{
    np_doc_table *table = table_by_period(o, section, "differences");
    for (size_t b = 1; b < o->head->books; b++)
        np_doc_column_add(table, o->head->names[b],
                          o->doc->page ? name_of(o, b) : np_arena_format(o->doc->arena, "%s +/-", o->head->names[b]),
                          NP_DOC_MONEY);
    for (int y = 0; y <= o->head->window.periods; y++) {
        np_doc_row *row = row_of_period(o, table, y);
        row->sums = row->kind == NP_DOC_TOTAL;
        for (size_t b = 1; b < o->head->books; b++) row->cells[b] = whole_units(difference_of(o, b, y), true);
    }
}

/* A terminal has both beside one another, where there is room. */
static void costs_and_differences(const overview *o, np_doc_node *section)
{
    np_doc_table *table = table_by_period(o, section, "overview");
    np_doc_column_add(table, "baseline", name_of(o, 0), NP_DOC_MONEY);
    for (size_t b = 1; b < o->head->books; b++) {
        np_doc_column_add(table, o->head->names[b], o->head->names[b], NP_DOC_MONEY);
        np_doc_column_add(table, np_arena_format(o->doc->arena, "%s_difference", o->head->names[b]), "+/-",
                          NP_DOC_MONEY);
    }
    for (int y = 0; y <= o->head->window.periods; y++) {
        np_doc_row *row = row_of_period(o, table, y);
        row->cells[1] = whole_units(cost_of(o, 0, y), false);
        for (size_t b = 1; b < o->head->books; b++) {
            row->cells[2 * b] = whole_units(cost_of(o, b, y), false);
            row->cells[2 * b + 1] = whole_units(difference_of(o, b, y), true);
        }
    }
}

/* Differences from nothing, which is the baseline. */
static void chart_of_differences(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    const np_window *window = &o->head->window;
    np_doc_series *series = np_arena_array(doc->arena, o->head->books + 1, sizeof *series);
    for (size_t b = 1; b < o->head->books; b++) {
        np_num *values = np_arena_array(doc->arena, (size_t)window->months + 1, sizeof *values);
        for (uint16_t m = 0; m < window->months; m++) values[m] = difference_of(o, b, window->period_of[m]);
        series[b - 1] = (np_doc_series){.mark = np_arena_format(doc->arena, "%zu", b),
                                        .label = name_of(o, b),
                                        .color = (unsigned)b,
                                        .dash = (unsigned)(b % 3),
                                        .values = values};
    }
    np_doc_chart *chart = np_doc_chart_of(
        doc, section, NP_DOC_STEPS,
        np_arena_format(doc->arena, np_say(doc->lang, "Difference from the baseline in each period, %s"),
                        o->common->currency),
        np_say(doc->lang,
               "What the employer pays in each period under a scenario, less what it pays under the baseline."));
    chart->of.series = series;
    chart->count = o->head->books - 1;
    chart->of_table = chart->from_zero = true;
    chart->first = window->first;
    chart->months = window->months;
}

static void tables_of_costs(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    bool beside = !doc->page && o->head->books <= COLUMNS_BESIDE;
    const char *title = beside ? np_say(doc->lang, "What the employer pays, in %s, and the difference:")
                               : np_say(doc->lang, "What the employer pays, in %s:");
    np_doc_text(doc, section, np_arena_format(doc->arena, title, o->common->currency));
    if (beside) {
        costs_and_differences(o, section);
        return;
    }
    table_of_costs(o, section);
    np_doc_text(doc, section,
                np_arena_format(doc->arena, np_say(doc->lang, "The difference from the baseline, in %s:"),
                                o->common->currency));
    if (doc->page) chart_of_differences(o, section);
    table_of_differences(o, section);
}

/* Whether a scenario changes how many are in service in some period, or for how much of full working time. */
static bool staff_differ(const overview *o, size_t book)
{
    bool differ = false;
    np_arena *arena = o->doc->arena;
    for (int y = 0; y < o->head->window.periods; y++) {
        np_num here = np_plan_full_time(arena, o->head, o->totals, NULL, NULL, book, y);
        np_num there = np_plan_full_time(arena, o->head, o->totals, NULL, NULL, 0, y);
        differ = differ || np_num_compare(here, there) != 0 ||
                 np_plan_heads(o->totals, NULL, NULL, book, y) != np_plan_heads(o->totals, NULL, NULL, 0, y);
    }
    return differ;
}

/* Of the baseline, and of scenarios that change anything about it. */
static void table_of_staff(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    size_t books[NP_PLAN_BOOKS_MAX], count = 1;
    books[0] = 0;
    for (size_t b = 1; b < o->head->books; b++)
        if (staff_differ(o, b)) books[count++] = b;
    np_doc_text(doc, section, np_say(doc->lang, "Headcount and full-time equivalents (FTE):"));
    np_doc_table *table = table_by_period(o, section, "headcount");
    for (size_t i = 0; i < count; i++) {
        const char *name = o->head->names[books[i]];
        const char *title = count > 1 ? name_of(o, books[i]) : np_say(doc->lang, "headcount");
        np_doc_column_add(table, name, title, NP_DOC_NUMBER);
        np_doc_column *fte = np_doc_column_add(table, np_arena_format(doc->arena, "%s_fte", name),
                                               np_say(doc->lang, "FTE"), NP_DOC_NUMBER);
        if (count > 1) fte->mark = np_arena_format(doc->arena, "%s, %s", title, np_say(doc->lang, "FTE"));
    }
    for (int y = 0; y <= o->head->window.periods; y++) {
        np_doc_row *row = row_of_period(o, table, y);
        for (size_t i = 0; i < count; i++) {
            np_num fte = np_plan_full_time(doc->arena, o->head, o->totals, NULL, NULL, books[i], y);
            uint64_t heads = np_plan_heads(o->totals, NULL, NULL, books[i], y);
            row->cells[1 + 2 * i] = np_count_value(doc->arena, (long long)heads);
            row->cells[2 + 2 * i] = np_number_value(doc->arena, fte, 2);
        }
    }
    np_doc_soft_text(doc, section, np_plan_about_staff(o->head, doc->lang));
}

/* For how many members of staff which line is not counted under the baseline: the most first. */
static void say_not_counted(const overview *o, np_doc_node *section)
{
    np_doc *doc = o->doc;
    const char *list = "";
    uint64_t before = UINT64_MAX;
    size_t named = 0;
    for (uint64_t most = 0; named < GAPS_NAMED; before = most, most = 0) {
        for (size_t i = 0; i < o->totals->gap_count; i++) {
            const np_plan_gap *gap = &o->totals->gaps[i];
            if (!gap->book && gap->staff < before && gap->staff > most) most = gap->staff;
        }
        if (!most) break;
        for (size_t i = 0; i < o->totals->gap_count && named < GAPS_NAMED; i++) {
            const np_plan_gap *gap = &o->totals->gaps[i];
            if (gap->book || gap->staff != most) continue;
            const char *label = np_plan_rule_label(o->head, gap->rule);
            list =
                np_arena_format(doc->arena, "%s%s%s (%llu)", list, *list ? ", " : "", label, (unsigned long long)most);
            named++;
        }
    }
    if (*list)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena,
                                    np_say(doc->lang, "Not counted, because something is not known, for so many "
                                                      "members of staff: %s."),
                                    list));
}

/* ---- the whole ---- */

static const char *staff_words(const overview *o)
{
    unsigned long long staff = np_plan_staff(o->totals, NULL);
    return np_arena_format(o->doc->arena,
                           np_say_number(o->doc->lang, "%llu member of staff is paid in some month of the plan.",
                                         "%llu members of staff are paid in some month of the plan.", staff),
                           staff);
}

void np_plan_overview(np_doc *doc, const np_plan_common *common)
{
    const np_plan_head *head = common->head;
    const np_totals *totals = common->totals;
    if (!totals->group_count || head->books < 2) return;
    overview o = {doc, head, totals, common};
    if (doc->page && common->known) key_figures(&o);
    const char *title = np_say(doc->lang, "In short");
    np_doc_node *section = np_doc_section(doc, NULL, "overview", title, NULL);
    section->of.section.sheet = title;
    np_doc_list *list = np_doc_list_of(doc, section, "sentences");
    list->lead = "  ";
    list->hang = 4;
    for (size_t b = 1; b < head->books; b++) np_doc_item_add(doc, list, sentence_of(&o, b));
    np_doc_text(doc, section, staff_words(&o));
    if (common->known) {
        tables_of_costs(&o, section);
        np_plan_say_rates(doc, section, common);
    }
    table_of_staff(&o, section);
    say_not_counted(&o, section);
}
