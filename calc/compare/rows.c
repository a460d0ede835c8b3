/* The rows of a comparison: lines of the payslip, totals, terms of the contract. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "compare_internal.h"

static np_compared *add_row(np_comparison *c, const char *name, const char *label, np_compared_group group)
{
    c->rows = np_arena_grow(c->arena, c->rows, &c->row_capacity, c->row_count + 1, sizeof *c->rows);
    np_compared *row = &c->rows[c->row_count++];
    *row = (np_compared){.name = name, .label = label, .group = group, .money = true};
    for (size_t i = 0; i < c->count; i++) {
        np_cell *cell = &row->cells[i];
        cell->amount = np_num_int(0);
        cell->common = cell->difference = np_no_number();
    }
    return row;
}

static void set_amount(np_cell *cell, np_num amount, uint8_t status)
{
    cell->state = NP_CELL_AMOUNT;
    cell->amount = amount;
    cell->status = status;
}

/* Amounts in the common currency and differences, once all cells of a row stand. A line that is not there
 * counts as zero: a post without an allowance pays none of it. */
static void finish(np_comparison *c, np_compared *row)
{
    np_num first = np_no_number();
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        np_cell *cell = &row->cells[i];
        if (cell->state == NP_CELL_OPEN) continue;
        bool unknown = row->only_common || row->group == NP_GROUP_TOTALS || column->present;
        if (cell->state == NP_CELL_NOTHING && unknown) continue;
        if (row->only_common)
            cell->common = cell->amount;
        else
            cell->common = np_convert(c->arena, &column->conversion, cell->amount, false);
        if (i == 0) first = cell->common;
        if (np_num_valid(first)) cell->difference = np_num_sub(c->arena, cell->common, first);
    }
}

/* ---- lines ---- */

static int kind_order(const np_rule *rule)
{
    return (int)rule->kind * 100000 + (rule->order > 99999 ? 99999 : rule->order < 0 ? 0 : rule->order);
}

static bool worth_a_row(const np_comparison *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++) {
        const np_rule *rule = np_book_rule(c->columns[i].book, name);
        if (!rule) continue;
        const np_line *line = &c->columns[i].payslip->lines[rule - c->columns[i].book->rules];
        if (line->state == NP_LINE_OPEN) return true;
        if (line->state == NP_LINE_DUE && (rule->kind == NP_SALARY || np_num_sign(line->amount) != 0)) return true;
    }
    return false;
}

static void fill_line(np_comparison *c, size_t i, np_cell *cell, const char *name)
{
    const np_post_column *column = &c->columns[i];
    const np_rule *rule = np_book_rule(column->book, name);
    if (!rule || rule->kind == NP_FACT) return;
    const np_line *line = &column->payslip->lines[rule - column->book->rules];
    cell->rule = rule;
    if (line->state == NP_LINE_OPEN) {
        const char *needs = np_missing_names(column->book, c->arena, line->missing);
        cell->state = NP_CELL_OPEN;
        cell->text = *needs               ? np_arena_format(c->arena, np_say(c->lang, "needs %s"), needs)
                     : line->missing->gap ? line->missing->gap->message
                                          : "";
    } else if (line->state == NP_LINE_DUE) {
        bool off = rule->kind == NP_DEDUCTION;
        set_amount(cell, off ? np_num_neg(c->arena, line->amount) : line->amount, line->status);
    }
}

/* Lines of a kind, over all books: in the order of the first book that has them. */
static void add_lines(np_comparison *c, np_kind kind, np_compared_group group)
{
    size_t from = c->row_count;
    for (size_t i = 0; i < c->count; i++) {
        const np_book *book = c->columns[i].book;
        for (size_t r = 0; r < book->rule_count; r++) {
            const np_rule *rule = &book->rules[r];
            if (rule->kind != kind || !worth_a_row(c, rule->name)) continue;
            bool there = false;
            for (size_t k = from; k < c->row_count; k++) there = there || strcmp(c->rows[k].name, rule->name) == 0;
            if (there) continue;
            size_t place = c->row_count;
            while (place > from && kind_order(np_book_rule(book, rule->name)) <
                                       kind_order(np_book_rule(book, c->rows[place - 1].name)
                                                      ? np_book_rule(book, c->rows[place - 1].name)
                                                      : rule))
                place--;
            np_compared *row = add_row(c, rule->name, np_label_text(&rule->label, c->lang, rule->name), group);
            for (size_t k = 0; k < c->count; k++) fill_line(c, k, &row->cells[k], rule->name);
            finish(c, row);
            np_compared fresh = *row;
            memmove(&c->rows[place + 1], &c->rows[place], (c->row_count - 1 - place) * sizeof *c->rows);
            c->rows[place] = fresh;
        }
    }
}

/* ---- totals of the month ---- */

typedef enum np_month_total { GROSS, NET, NET_YEAR, EMPLOYER, NET_LOW, NET_HIGH } np_month_total;

static void add_total(np_comparison *c, np_month_total which, const char *name, const char *label,
                      np_compared_group group)
{
    np_compared *row = add_row(c, name, label, group);
    row->sum = which != NET_LOW && which != NET_HIGH;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        const np_payslip *slip = column->payslip;
        if (column->present && (which == GROSS || which == EMPLOYER)) continue;
        const np_total *total = which == GROSS ? &slip->gross : which == EMPLOYER ? &slip->employer : &slip->net;
        np_num amount = total->amount;
        if (which == NET_YEAR) amount = np_num_mul(c->arena, amount, np_num_int(12));
        if (which == NET_LOW) amount = column->range.low;
        if (which == NET_HIGH) amount = column->range.high;
        set_amount(&row->cells[i], amount, total->status);
    }
    finish(c, row);
}

/* What the net buys: in the common currency, over the price level of the duty country. */
static void add_buying(np_comparison *c)
{
    bool any = false;
    for (size_t i = 0; i < c->count; i++) any = any || c->columns[i].has_price_level;
    if (!any) return;
    np_compared *row =
        add_row(c, "net_at_price_level", np_say(c->lang, "What the net buys, at equal prices"), NP_GROUP_MONTH);
    row->only_common = true;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (!column->has_price_level || !column->conversion.known) continue;
        np_num net = np_convert(c->arena, &column->conversion, column->payslip->net.amount, true);
        np_num bought = np_num_div(c->arena, net, column->price_level.as.number);
        np_num unit = column->conversion.currencies[1]->minor_unit;
        uint8_t status = column->payslip->net.status;
        if (column->price_level.status > status) status = column->price_level.status;
        if (column->conversion.status > status) status = column->conversion.status;
        set_amount(&row->cells[i], np_num_round(c->arena, bought, unit, NP_ROUND_HALF_UP), status);
    }
    finish(c, row);
}

static void add_month(np_comparison *c)
{
    add_lines(c, NP_SALARY, NP_GROUP_MONTH);
    add_lines(c, NP_ALLOWANCE, NP_GROUP_MONTH);
    add_total(c, GROSS, "gross", np_say(c->lang, "Gross"), NP_GROUP_MONTH);
    add_lines(c, NP_DEDUCTION, NP_GROUP_MONTH);
    add_lines(c, NP_ADJUSTMENT, NP_GROUP_MONTH);
    add_total(c, NET, "net", np_say(c->lang, "Net"), NP_GROUP_MONTH);
    add_total(c, NET_LOW, "net_low", np_say(c->lang, "Net at the lowest"), NP_GROUP_MONTH);
    add_total(c, NET_HIGH, "net_high", np_say(c->lang, "Net at the highest"), NP_GROUP_MONTH);
    add_buying(c);
    add_total(c, NET_YEAR, "net_year", np_say(c->lang, "Net a year (12 months)"), NP_GROUP_MONTH);
    add_lines(c, NP_EMPLOYER, NP_GROUP_EMPLOYER);
    add_total(c, EMPLOYER, "employer_cost", np_say(c->lang, "Cost to the employer, with gross"), NP_GROUP_EMPLOYER);
    add_lines(c, NP_ONCE, NP_GROUP_ONCE);
}

/* ---- totals over the contract ---- */

static const np_compared_path *path_named(const np_post_column *column, const char *name)
{
    if (column->path_count == 1 && !*column->paths[0].name) return &column->paths[0];
    for (size_t i = 0; i < column->path_count; i++)
        if (strcmp(column->paths[i].name, name) == 0) return &column->paths[i];
    return NULL;
}

/* How sure the ends of a total are: whether any lies apart from it, and whether all are exact. */
static void look_at_ends(const np_comparison *c, const char *path, bool full, bool *any, bool *exact)
{
    *any = false;
    *exact = true;
    for (size_t i = 0; i < c->count; i++) {
        const np_compared_path *found = c->columns[i].present ? NULL : path_named(&c->columns[i], path);
        if (!found) continue;
        const np_total_range *range = &found->ranges[full];
        *exact = *exact && range->exact;
        *any = *any || np_num_compare(range->paid_low, range->paid_high) != 0;
    }
}

/* The least or the most of a total; a present job pays what it pays. */
static void add_path_end(np_comparison *c, const char *path, bool full, bool high)
{
    static const char *const LABELS[2][2] = {{NP_MARK("at the lowest, about"), NP_MARK("at the lowest")},
                                             {NP_MARK("at the highest, about"), NP_MARK("at the highest")}};
    bool any, exact;
    look_at_ends(c, path, full, &any, &exact);
    if (!any) return;
    const char *name = np_arena_format(c->arena, "total_%d_%s%s%s", c->compared_months[full], high ? "high" : "low",
                                       *path ? "." : "", path);
    np_compared *row = add_row(c, name, np_say(c->lang, LABELS[high][exact]), NP_GROUP_TOTALS);
    for (size_t i = 0; i < c->count; i++) {
        const np_compared_path *found = path_named(&c->columns[i], path);
        if (!found) continue;
        const np_sum *sum = full ? &found->full->total : &found->brief->total;
        np_num amount = high ? found->ranges[full].paid_high : found->ranges[full].paid_low;
        if (c->columns[i].present) amount = np_num_add(c->arena, sum->net, sum->once);
        set_amount(&row->cells[i], amount, sum->status);
    }
    finish(c, row);
}

static void add_path_total(np_comparison *c, const char *path, const char *label, bool full)
{
    int months = c->compared_months[full];
    const char *words = *label ? np_arena_format(c->arena,
                                                 np_say_number(c->lang, "Paid in %d month: %s", "Paid in %d months: %s",
                                                               (unsigned long long)months),
                                                 months, label)
                               : np_arena_format(c->arena,
                                                 np_say_number(c->lang, "Paid in %d month", "Paid in %d months",
                                                               (unsigned long long)months),
                                                 months);
    np_compared *row =
        add_row(c, np_arena_format(c->arena, "total_%d%s%s", months, *path ? "." : "", path), words, NP_GROUP_TOTALS);
    for (size_t i = 0; i < c->count; i++) {
        const np_compared_path *found = path_named(&c->columns[i], path);
        if (!found) continue;
        const np_sum *sum = full ? &found->full->total : &found->brief->total;
        set_amount(&row->cells[i], np_num_add(c->arena, sum->net, sum->once), sum->status);
    }
    finish(c, row);
    add_path_end(c, path, full, false);
    add_path_end(c, path, full, true);
}

static void add_totals(np_comparison *c)
{
    const char *done[NP_COMPARED_PATHS_MOST * NP_COMPARE_MOST];
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t t = 0; t < c->columns[i].path_count; t++) {
            const np_compared_path *path = &c->columns[i].paths[t];
            bool seen = !*path->name;
            for (size_t k = 0; k < count; k++) seen = seen || strcmp(done[k], path->name) == 0;
            if (seen) continue;
            done[count++] = path->name;
            add_path_total(c, path->name, path->label, false);
            add_path_total(c, path->name, path->label, true);
        }
    if (count) return;
    add_path_total(c, "", "", false);
    add_path_total(c, "", "", true);
}

/* ---- terms ---- */

static void set_text(np_cell *cell, const char *text, uint8_t status)
{
    if (!text) return;
    cell->state = NP_CELL_TEXT;
    cell->text = text;
    cell->status = status;
}

static const char *date_text(np_comparison *c, np_date date)
{
    return date == NP_DATE_NONE ? NULL : np_date_text(c->arena, date);
}

static const char *value_text(np_comparison *c, const np_post_column *column, const np_value *value)
{
    np_text text;
    np_text_init(&text, 65536);
    np_print_value(&text, column->book, value, c->lang);
    return np_text_move(&text, c->arena);
}

static const char *end_text(np_comparison *c, const np_terms *terms)
{
    static const char *const WHY[] = {
        [NP_ENDS_NOT] = "%s",
        [NP_ENDS_GIVEN] = NP_MARK("%s (as given)"),
        [NP_ENDS_CONTRACT] = NP_MARK("%s (end of contract)"),
        [NP_ENDS_MAXIMUM] = NP_MARK("%s (longest service)"),
        [NP_ENDS_AGE] = NP_MARK("%s (age rule)"),
    };
    if (terms->service_end == NP_DATE_NONE) return np_say_as(c->lang, "date", "open");
    return np_arena_format(c->arena, np_say(c->lang, WHY[terms->service_ends_by]), date_text(c, terms->service_end));
}

static void add_input(np_comparison *c, const np_input *of)
{
    if (!of->compared || np_comparison_row(c, of->name)) return;
    np_compared *row = add_row(c, of->name, np_label_text(&of->label, c->lang, of->name), NP_GROUP_CONTRACT);
    row->money = false;
    bool any = false;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        const np_input *input = np_book_input(column->book, of->name);
        const np_value *value = input && !column->present ? &column->payslip->slots[input->slot] : NULL;
        if (!value || value->unknown) continue;
        any = true;
        set_text(&row->cells[i], value_text(c, column, value), value->status);
    }
    if (!any) c->row_count--;
}

static void add_parameter(np_comparison *c, const np_parameter *of)
{
    if (!of->compared || np_comparison_row(c, of->name)) return;
    np_compared *row = add_row(c, of->name, np_label_text(&of->label, c->lang, of->name), NP_GROUP_CONTRACT);
    row->money = false;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->present) continue;
        int found = np_book_parameter(column->book, of->name);
        const np_value *country = &column->payslip->slots[column->book->country_slot];
        const np_entry *entry =
            found < 0 ? NULL
                      : np_parameter_on(&column->book->parameters[found], country->as.country, column->payslip->date);
        if (entry) set_text(&row->cells[i], value_text(c, column, &entry->values[0]), (uint8_t)entry->status);
    }
}

/* A row for each input and parameter that a book says compare shows: those of the first post's book come first. */
static void add_compared(np_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const np_book *book = c->columns[i].book;
        for (size_t k = 0; k < book->input_count; k++) add_input(c, &book->inputs[k]);
    }
    for (size_t i = 0; i < c->count; i++) {
        const np_book *book = c->columns[i].book;
        for (size_t k = 0; k < book->parameter_count; k++) add_parameter(c, &book->parameters[k]);
    }
}

static void add_contract(np_comparison *c)
{
    np_compared *row = add_row(c, "contract", np_say(c->lang, "Contract"), NP_GROUP_CONTRACT);
    row->money = false;
    for (size_t i = 0; i < c->count; i++) {
        const np_contract *contract = c->columns[i].terms.contract;
        if (contract)
            set_text(&row->cells[i], np_label_text(&contract->about.label, c->lang, contract->about.name),
                     NP_PUBLISHED);
    }
    static const char *const NAMES[] = {"start", "probation_end", "contract_end", "service_end"};
    const char *labels[] = {np_say(c->lang, "Begins"), np_say(c->lang, "Probation ends"),
                            np_say(c->lang, "First contract ends"), np_say(c->lang, "Last possible day of service")};
    for (size_t n = 0; n < 4; n++) {
        row = add_row(c, NAMES[n], labels[n], NP_GROUP_CONTRACT);
        row->money = false;
        for (size_t i = 0; i < c->count; i++) {
            const np_terms *terms = &c->columns[i].terms;
            if (c->columns[i].present) continue;
            const char *texts[] = {date_text(c, terms->start), date_text(c, terms->probation_end),
                                   date_text(c, terms->contract_end), end_text(c, terms)};
            set_text(&row->cells[i], texts[n], n ? terms->status : (uint8_t)NP_PUBLISHED);
        }
    }
    add_compared(c);
}

void np_compare_rows(np_comparison *comparison)
{
    add_month(comparison);
    add_totals(comparison);
    add_contract(comparison);
}
