/* Totals of a plan as tables, text and JSON. */
#include <string.h>

#include "natopay/base/json.h"
#include "natopay/show/estimate.h"
#include "natopay/show/plan.h"

static const char *const MEASURES[] = {NP_MARK("gross"), NP_MARK("net"), NP_MARK("employer")};

/* ---- sums ---- */

np_num np_plan_sum(np_arena *arena, const np_plan_head *head, const np_group *group, size_t book, int year, int measure)
{
    int first = year < head->window.years ? year : 0, last = year < head->window.years ? year : head->window.years - 1;
    np_num sum = np_num_int(0);
    for (int y = first; y <= last; y++) {
        size_t at = (book * head->window.years + (size_t)y) * NP_MEASURES + (size_t)measure;
        sum = np_num_add(arena, sum, np_exact_value(arena, &group->sums[at]));
    }
    return sum;
}

np_num np_plan_sum_all(np_arena *arena, const np_plan_head *head, const np_totals *totals, const char *currency,
                       size_t book, int year, int measure)
{
    np_num sum = np_num_int(0);
    for (size_t i = 0; i < totals->group_count; i++)
        if (strcmp(totals->groups[i].currency, currency) == 0)
            sum = np_num_add(arena, sum, np_plan_sum(arena, head, &totals->groups[i], book, year, measure));
    return sum;
}

const char *np_plan_amount(np_arena *arena, const np_plan_head *head, const char *currency, np_num amount)
{
    int found = np_book_currency(head->book, currency);
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, amount, found < 0 ? 2 : head->book->currencies[found].decimals, NP_ROUND_HALF_UP);
    return np_text_move(&text, arena);
}

static const char *fraction(np_arena *arena, np_num amount)
{
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print_fraction(&text, amount);
    return np_text_move(&text, arena);
}

static const char *year_name(np_arena *arena, const np_plan_head *head, int year)
{
    return year < head->window.years ? np_arena_format(arena, "%d", head->window.first_year + year) : "total";
}

/* ---- groups and years ---- */

typedef struct filling {
    np_table *table;
    const np_plan_head *head;
    size_t column;
    np_row *row;
} filling;

static void put(filling *f, const char *text)
{
    f->row->cells[f->column++] = text;
}

static void put_amount(filling *f, const char *currency, np_num amount, bool exact)
{
    put(f, np_plan_amount(f->table->arena, f->head, currency, amount));
    if (exact) put(f, fraction(f->table->arena, amount));
}

/* Its name for programs is its title in English. */
static void column(np_table *table, const np_plan_head *head, const char *name, bool right)
{
    np_table_column(table, name, np_say(head->lang, name), right, false);
}

static void amount_columns(np_table *table, const np_plan_head *head, bool exact)
{
    for (int m = 0; m < NP_MEASURES; m++) {
        column(table, head, MEASURES[m], true);
        if (exact) np_table_column(table, np_arena_format(table->arena, "%s_exact", MEASURES[m]), "", true, false);
    }
    np_table_column(table, "net_difference", np_say(head->lang, "net +/-"), true, false);
    np_table_column(table, "employer_difference", np_say(head->lang, "employer +/-"), true, false);
}

static void put_sums(filling *f, const np_totals *totals, const np_group *group, const char *currency, size_t book,
                     int year, bool exact)
{
    np_arena *arena = f->table->arena;
    np_num here[NP_MEASURES], base[NP_MEASURES];
    for (int m = 0; m < NP_MEASURES; m++) {
        here[m] = group ? np_plan_sum(arena, f->head, group, book, year, m)
                        : np_plan_sum_all(arena, f->head, totals, currency, book, year, m);
        base[m] = group ? np_plan_sum(arena, f->head, group, 0, year, m)
                        : np_plan_sum_all(arena, f->head, totals, currency, 0, year, m);
        put_amount(f, currency, here[m], exact);
    }
    for (int m = 1; m < NP_MEASURES && book; m++) put_amount(f, currency, np_num_sub(arena, here[m], base[m]), false);
}

static const char *by_value(const np_group *group, size_t number)
{
    const char *at = group->key, *end = group->key + group->length;
    while (number-- > 0 && at < end) at += strlen(at) + 1;
    return at < end ? at : "";
}

void np_plan_table_of_groups(np_table *table, const np_plan_head *head, const np_totals *totals, bool exact)
{
    for (size_t i = 0; i < head->by_count; i++) np_table_column(table, head->by[i], head->by[i], false, false);
    column(table, head, NP_MARK("currency"), false);
    column(table, head, NP_MARK("staff"), true);
    column(table, head, NP_MARK("book"), false);
    column(table, head, NP_MARK("year"), false);
    amount_columns(table, head, exact && head->by_count <= 4);
    for (size_t g = 0; g < totals->group_count; g++)
        for (size_t b = 0; b < head->books; b++)
            for (int y = 0; y <= head->window.years; y++) {
                const np_group *group = &totals->groups[g];
                filling f = {table, head, 0, np_table_row(table)};
                f.row->rule_above = b == 0 && y == 0 && g > 0;
                for (size_t i = 0; i < head->by_count; i++) put(&f, by_value(group, i));
                put(&f, group->currency);
                put(&f, np_arena_format(table->arena, "%llu", (unsigned long long)group->staff));
                put(&f, head->names[b]);
                put(&f, year_name(table->arena, head, y));
                put_sums(&f, totals, group, group->currency, b, y, exact && head->by_count <= 4);
            }
}

/* Groups are in order, by currency first. */
static bool first_of_currency(const np_totals *totals, size_t group)
{
    return group == 0 || strcmp(totals->groups[group].currency, totals->groups[group - 1].currency) != 0;
}

void np_plan_table_of_years(np_table *table, const np_plan_head *head, const np_totals *totals)
{
    column(table, head, NP_MARK("currency"), false);
    column(table, head, NP_MARK("book"), false);
    column(table, head, NP_MARK("year"), false);
    amount_columns(table, head, false);
    for (size_t g = 0; g < totals->group_count; g++)
        for (size_t b = 0; first_of_currency(totals, g) && b < head->books; b++)
            for (int y = 0; y <= head->window.years; y++) {
                const char *currency = totals->groups[g].currency;
                filling f = {table, head, 0, np_table_row(table)};
                f.row->rule_above = y == 0 && (b > 0 || g > 0);
                put(&f, currency);
                put(&f, head->names[b]);
                put(&f, year_name(table->arena, head, y));
                put_sums(&f, totals, NULL, currency, b, y, false);
            }
}

/* ---- winners and losers ---- */

static const char *count_text(np_arena *arena, uint64_t count)
{
    return np_arena_format(arena, "%llu", (unsigned long long)count);
}

static np_num mean_of(np_arena *arena, const np_spread *s)
{
    uint64_t count = s->winners + s->losers + s->even;
    np_num sum = np_num_add(arena, np_exact_value(arena, &s->won), np_exact_value(arena, &s->lost));
    return count ? np_num_div(arena, sum, np_num_int((int64_t)count)) : np_num_int(0);
}

static const char *extreme_text(np_arena *arena, const np_plan_head *head, const np_spread *s, int64_t value,
                                const char *id)
{
    if (!id || s->coarse) return "";
    return np_arena_format(arena, "%s (%.40s)", np_plan_amount(arena, head, s->currency, np_num_ratio(value, s->unit)),
                           id);
}

bool np_plan_table_of_spreads(np_table *table, const np_plan_head *head, np_totals *totals)
{
    static const char *const COLUMNS[] = {NP_MARK("scenario"), "currency",      NP_MARK("winners"), NP_MARK("losers"),
                                          NP_MARK("even"),     NP_MARK("open"), NP_MARK("apart"),   NP_MARK("won"),
                                          NP_MARK("lost"),     NP_MARK("mean"), NP_MARK("median"),  NP_MARK("lowest"),
                                          NP_MARK("highest")};
    np_arena *arena = table->arena;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++) column(table, head, COLUMNS[i], i >= 2);
    for (size_t i = 0; i < totals->spread_count; i++) {
        np_spread *s = &totals->spreads[i];
        filling f = {table, head, 0, np_table_row(table)};
        int64_t middle[2] = {0, 0};
        bool some = s->winners + s->losers + s->even > 0 && !s->coarse;
        if (some && !np_spread_median(totals, s, middle)) return false;
        put(&f, head->names[s->book]);
        put(&f, s->currency);
        const uint64_t counts[] = {s->winners, s->losers, s->even, s->open, s->apart};
        for (size_t k = 0; k < 5; k++) put(&f, count_text(arena, counts[k]));
        put_amount(&f, s->currency, np_exact_value(arena, &s->won), false);
        put_amount(&f, s->currency, np_exact_value(arena, &s->lost), false);
        put(&f, some ? np_plan_amount(arena, head, s->currency, mean_of(arena, s)) : "");
        np_num both = np_num_add(arena, np_num_int(middle[0]), np_num_int(middle[1]));
        np_num median = np_num_div(arena, both, np_num_mul(arena, np_num_int(2), np_num_int(s->unit)));
        put(&f, some ? np_plan_amount(arena, head, s->currency, median) : "");
        put(&f, extreme_text(arena, head, s, s->low, s->low_id));
        put(&f, extreme_text(arena, head, s, s->high, s->high_id));
    }
    return true;
}

/* ---- text ---- */

void np_plan_account(np_text *out, const np_totals *totals, const np_lang *lang)
{
    np_text_printf(out, np_say(lang, "%llu rows in = %llu rows out + %llu rejected"), (unsigned long long)totals->rows,
                   (unsigned long long)totals->done, (unsigned long long)totals->rejected);
}

static void heading(np_text *out, const char *text)
{
    np_text_printf(out, "\n%s\n\n", text);
}

static void text_of_certainty(np_text *out, np_arena *arena, const np_plan_head *head, const np_totals *totals,
                              const np_lang *lang)
{
    np_table table;
    if (totals->done > totals->absent) {
        heading(out, np_plan_certainty_title(lang));
        np_table_init(&table, arena);
        np_plan_table_of_certainty(&table, head, totals);
        np_table_text(out, &table, 140);
    }
    if (totals->gap_count) {
        heading(out, np_plan_gaps_title(lang));
        np_table_init(&table, arena);
        np_plan_table_of_gaps(&table, head, totals);
        np_table_text(out, &table, 140);
    }
    const char *notes[NP_PLAN_NOTES];
    size_t count = np_plan_notes(totals, arena, lang, notes);
    for (size_t i = 0; i < count; i++) np_text_printf(out, "%s%s\n", i ? "" : "\n", notes[i]);
}

bool np_plan_text(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang)
{
    np_table table;
    np_text_puts(out, np_say(lang, "Plan from "));
    np_date_print(out, head->window.first);
    np_text_printf(out, np_say(lang, ", %d months. "), head->window.months);
    np_plan_account(out, totals, lang);
    np_text_puts(out, "\n");
    for (size_t b = 1; b < head->books; b++) np_text_printf(out, "  %s: %s\n", head->names[b], head->titles[b]);
    heading(out,
            np_say(lang, "Totals by calendar year (gross: salary and allowances; net: what staff receive, with what "
                         "comes once; employer: all it pays)"));
    np_table_init(&table, arena);
    np_plan_table_of_years(&table, head, totals);
    np_table_text(out, &table, 140);
    if (head->books > 1) {
        heading(out, np_say(lang, "Winners and losers: the net of all months, scenario less baseline"));
        np_table_init(&table, arena);
        if (!np_plan_table_of_spreads(&table, head, totals)) return false;
        np_table_text(out, &table, 200);
        np_text_printf(out, "%s\n", np_plan_legend(lang));
    }
    text_of_certainty(out, arena, head, totals, lang);
    if (head->by_count) {
        heading(out, np_say(lang, "By group"));
        np_table_init(&table, arena);
        np_plan_table_of_groups(&table, head, totals, false);
        np_table_text(out, &table, 160);
    }
    return true;
}

/* ---- JSON ---- */

static void json_amount(np_json *json, np_arena *arena, const np_plan_head *head, const char *currency,
                        const char *name, np_num amount)
{
    np_json_key(json, name);
    np_json_string(json, np_plan_amount(arena, head, currency, amount));
    np_json_key(json, np_arena_format(arena, "%s_exact", name));
    np_json_fraction(json, amount);
}

static void json_group(np_json *json, np_arena *arena, const np_plan_head *head, const np_group *group)
{
    np_json_object(json);
    np_json_key(json, "key");
    np_json_array(json);
    for (size_t i = 0; i < head->by_count; i++) np_json_string(json, by_value(group, i));
    np_json_end_array(json);
    np_json_key(json, "currency");
    np_json_string(json, group->currency);
    np_json_key(json, "staff");
    np_json_count(json, (long long)group->staff);
    np_json_key(json, "books");
    np_json_array(json);
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_key(json, "name");
        np_json_string(json, head->names[b]);
        np_json_key(json, "years");
        np_json_array(json);
        for (int y = 0; y <= head->window.years; y++) {
            np_json_object(json);
            np_json_key(json, "year");
            np_json_string(json, year_name(arena, head, y));
            for (int m = 0; m < NP_MEASURES; m++)
                json_amount(json, arena, head, group->currency, MEASURES[m], np_plan_sum(arena, head, group, b, y, m));
            np_json_end_object(json);
        }
        np_json_end_array(json);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}

bool np_plan_json(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals)
{
    np_json json;
    np_table table;
    np_json_start(&json, out);
    np_json_object(&json);
    np_json_key(&json, "book");
    np_json_string(&json, head->hash);
    np_json_key(&json, "from");
    np_json_date(&json, head->window.first);
    np_json_key(&json, "months");
    np_json_count(&json, head->window.months);
    np_json_key(&json, "rows");
    np_json_count(&json, (long long)totals->rows);
    np_json_key(&json, "done");
    np_json_count(&json, (long long)totals->done);
    np_json_key(&json, "rejected");
    np_json_count(&json, (long long)totals->rejected);
    np_plan_json_certainty(&json, head, totals);
    np_json_key(&json, "groups");
    np_json_array(&json);
    for (size_t g = 0; g < totals->group_count; g++) json_group(&json, arena, head, &totals->groups[g]);
    np_json_end_array(&json);
    np_json_key(&json, "scenarios");
    np_table_init(&table, arena);
    if (!np_plan_table_of_spreads(&table, head, totals)) return false;
    np_json_array(&json);
    for (size_t r = 0; r < table.row_count; r++) {
        np_json_object(&json);
        for (size_t c = 0; c < table.column_count; c++) {
            np_json_key(&json, table.columns[c].key);
            np_json_string(&json, table.rows[r].cells[c]);
        }
        np_json_end_object(&json);
    }
    np_json_end_array(&json);
    np_json_end_object(&json);
    np_text_putc(out, '\n');
    return true;
}
