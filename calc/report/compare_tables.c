/* The tables of a comparison: amounts line by line, contract terms, a range of one input. */
#include <string.h>

#include "compare_report_internal.h"

enum { WIDTH = 100, CURVES_SIDE_BY_SIDE = 6 }; /* on a terminal */

/* ---- amounts ---- */

/* A post's amount and its status; where posts are paid in several currencies, the amount in the common one; for all but
 * the first the difference from that one. */
static void post_columns(np_doc *doc, np_doc_table *table, const np_comparison *c, size_t i, size_t *compared)
{
    const np_post_column *column = &c->columns[i];
    np_doc_column *own = np_doc_column_add(
        table, column->mark, np_arena_format(doc->arena, "%s %s", column->mark, np_column_unit(column)), NP_DOC_MONEY);
    size_t at = table->column_count;
    own->mark = column->mark;
    np_doc_column *status =
        np_doc_column_add(table, "status", doc->page ? np_say(doc->lang, "Status") : "", NP_DOC_STATUS);
    status->tight = true;
    if (doc->page && !c->one_currency) {
        np_doc_column_add(table, "common", np_arena_format(doc->arena, "%s = %s", column->mark, c->common_name),
                          NP_DOC_MONEY)
            ->beneath = true;
        at = table->column_count;
    }
    if (i == 0) {
        *compared = at;
        return;
    }
    np_doc_column *difference =
        np_doc_column_add(table, "difference", np_arena_format(doc->arena, "%s-A", column->mark), NP_DOC_MONEY);
    difference->beneath = true;
    difference->plus = (uint8_t)at;
    difference->minus = (uint8_t)*compared;
}

static np_doc_value *post_cells(np_doc *doc, np_doc_value *cells, const np_comparison *c, const np_compared *row,
                                size_t i)
{
    const np_post_column *column = &c->columns[i];
    const np_cell *cell = &row->cells[i];
    bool amount = cell->state == NP_CELL_AMOUNT;
    bool nothing = cell->state == NP_CELL_NOTHING && np_num_sign(cell->difference) == 0;
    if (cell->state == NP_CELL_OPEN) *cells = np_doc_words(np_say(doc->lang, "open"));
    if (amount)
        *cells = row->only_common ? np_common_value(c, cell->amount)
                                  : np_amount_value(column->book, cell->amount, column->payslip->currency);
    cells++;
    if (amount) *cells = np_status_value((np_status)cell->status, doc->lang);
    cells++;
    if (doc->page && !c->one_currency) {
        bool shown = amount && !row->only_common && !column->conversion.same;
        if (shown) *cells = np_common_value(c, cell->common);
        cells++;
    }
    if (i == 0) return cells;
    if (!nothing) {
        *cells = np_common_value(c, cell->difference);
        cells->with_sign = true;
    }
    return cells + 1;
}

/* What a line's amounts come from, each post's but where it is as for the one before. */
static np_doc_tree *short_explanations(np_doc *doc, const np_comparison *c, const np_compared *row)
{
    np_doc_tree *tree = np_doc_step(doc, NULL);
    const char *before = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        const np_cell *cell = &row->cells[i];
        if (!cell->rule || cell->state != NP_CELL_AMOUNT) continue;
        const np_step *line = np_explain_rule(column->payslip, column->situation, cell->rule, doc->lang);
        const np_step *step = line->first;
        while (step && !(step->kind == NP_STEP_AMOUNT && step->filled)) step = step->next;
        if (!step || (before && strcmp(before, step->filled) == 0)) continue;
        before = step->filled;
        np_provenance *basis = np_line_provenance(column->payslip, cell->rule, doc->arena);
        np_doc_line *words = np_doc_line_add(doc, np_doc_step(doc, tree));
        np_doc_run_add(doc, words, NP_DOC_STRONG, "%s", column->mark);
        np_doc_run_add(doc, words, NP_DOC_PLAIN, " ");
        np_doc_run_add(doc, words, NP_DOC_CODE, "%s", step->filled);
        if (step->has_value)
            np_doc_run_add(doc, words, NP_DOC_STRONG, " = %s",
                           np_value_words(doc->arena, column->book, &step->value, doc->lang));
        words->references = np_references(doc, basis->sources, basis->source_count);
    }
    return tree->first ? tree : NULL;
}

static bool any_cell(const np_compared *row, size_t from, size_t to)
{
    bool any = row->cells[0].state != NP_CELL_NOTHING;
    for (size_t i = from; i < to; i++) any = any || row->cells[i].state != NP_CELL_NOTHING;
    return any;
}

static void amount_row(np_doc *doc, np_doc_table *table, const np_comparison *c, const np_compared *compared,
                       size_t from, size_t to, size_t *gross)
{
    const char *label = np_short_label(doc->arena, compared->label, NP_DOC_LABEL);
    np_doc_row *row = np_doc_row_add(table, compared->sum ? NP_DOC_TOTAL : NP_DOC_LINE);
    row->rule_above = compared->sum && compared->group != NP_GROUP_TOTALS;
    row->sums = strcmp(compared->name, "gross") == 0 || strcmp(compared->name, "net") == 0;
    row->sum_from = strcmp(compared->name, "net") == 0 ? *gross : 0;
    if (strcmp(compared->name, "gross") == 0) *gross = table->row_count - 1;
    row->cells[0] = np_doc_words(label);
    np_doc_value *cells = post_cells(doc, row->cells + 1, c, compared, 0);
    for (size_t i = from; i < to; i++) cells = post_cells(doc, cells, c, compared, i);
    if (doc->page) row->detail = short_explanations(doc, c, compared);
}

static void amounts(np_doc *doc, const np_comparison *c, np_compared_group group, const char *title,
                    const char *title_of_page, size_t from, size_t to)
{
    size_t gross = 0, compared = 0, rows = 0;
    for (size_t r = 0; r < c->row_count; r++) rows += c->rows[r].group == group && any_cell(&c->rows[r], from, to);
    if (rows == 0) return;
    np_doc_node *section = np_doc_section(doc, NULL, "amounts", doc->page ? title_of_page : NULL, NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "amounts");
    section->of.section.sheet = title;
    table->width = WIDTH;
    if (doc->page)
        table->caption = np_arena_format(
            doc->arena, np_say(doc->lang, "Below each amount: the difference from A, in %s."), c->common_name);
    np_doc_column_add(table, "row", title, NP_DOC_WORDS)->wrap = true;
    post_columns(doc, table, c, 0, &compared);
    for (size_t i = from; i < to; i++) post_columns(doc, table, c, i, &compared);
    for (size_t r = 0; r < c->row_count; r++)
        if (c->rows[r].group == group && any_cell(&c->rows[r], from, to))
            amount_row(doc, table, c, &c->rows[r], from, to, &gross);
    if (doc->page && group == NP_GROUP_MONTH) np_status_legend(doc, section);
}

/* ---- contracts ---- */

static void contract_terms(np_doc *doc, const np_comparison *c, size_t from, size_t to)
{
    size_t rows = 0;
    for (size_t r = 0; r < c->row_count; r++) rows += c->rows[r].group == NP_GROUP_CONTRACT;
    if (rows == 0) return;
    const char *title = np_say(doc->lang, "Contract");
    np_doc_table *table =
        np_doc_table_of(doc, np_doc_section(doc, NULL, "terms", doc->page ? title : NULL, NULL), "terms");
    table->width = WIDTH;
    if (doc->page) table->caption = np_say(doc->lang, "How long it lasts, and what it brings besides pay.");
    np_doc_column_add(table, "row", title, NP_DOC_WORDS)->wrap = true;
    for (size_t i = 0; i < to; i = i ? i + 1 : from) {
        np_doc_column *column = np_doc_column_add(table, c->columns[i].mark, c->columns[i].mark, NP_DOC_WORDS);
        column->wrap = true;
        column->mark = c->columns[i].mark;
    }
    for (size_t r = 0; r < c->row_count; r++) {
        const np_compared *row = &c->rows[r];
        if (row->group != NP_GROUP_CONTRACT) continue;
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        *cells++ = np_doc_words(np_short_label(doc->arena, row->label, NP_DOC_LABEL));
        for (size_t i = 0; i < to; i = i ? i + 1 : from) {
            const char *text = row->cells[i].text;
            *cells++ = np_doc_words(text ? np_short_label(doc->arena, text, NP_DOC_LABEL) : NULL);
        }
    }
}

void np_compare_tables(np_doc *doc, const np_comparison *c, size_t from, size_t to)
{
    const char *month = np_say(doc->lang, "A month"), *employer = np_say(doc->lang, "Employer, a month"),
               *once = np_say(doc->lang, "Once"), *all = np_say(doc->lang, "In all, net and once");
    amounts(doc, c, NP_GROUP_MONTH, month, np_say(doc->lang, "A month, line by line"), from, to);
    amounts(doc, c, NP_GROUP_EMPLOYER, employer, np_say(doc->lang, "What the employer pays on top"), from, to);
    amounts(doc, c, NP_GROUP_ONCE, once, once, from, to);
    if (!doc->page) amounts(doc, c, NP_GROUP_TOTALS, all, NULL, from, to);
    contract_terms(doc, c, from, to);
}

void np_compare_totals(np_doc *doc, const np_comparison *c)
{
    amounts(doc, c, NP_GROUP_TOTALS, np_say(doc->lang, "In all, net and once"),
            np_say(doc->lang, "In all: net, and what comes once"), 1, c->count);
}

/* ---- a range of one input ---- */

/* Where two posts pay the same on a point of the chart, alone, or pass each other between two. */
typedef struct crossings {
    np_doc_crossing *list;
    size_t count, capacity;
} crossings;

static np_num total_of(const np_shown_comparison *shown, size_t point, size_t column)
{
    return shown->variation->totals[point * shown->comparison->count + column];
}

static np_num lead_of(np_doc *doc, const np_shown_comparison *shown, size_t point, size_t a, size_t b)
{
    return np_num_sub(doc->arena, total_of(shown, point, a), total_of(shown, point, b));
}

static const char *at_words(np_doc *doc, const np_shown_comparison *shown, size_t point)
{
    const np_variation *v = shown->variation;
    return np_scan_words(doc->arena, shown->comparison, &v->scan, v->at[point]);
}

/* Where two lines run together there is nothing to mark. */
static bool meet_at(np_doc *doc, const np_shown_comparison *shown, size_t point, size_t a, size_t b)
{
    if (np_num_sign(lead_of(doc, shown, point, a, b)) != 0) return false;
    bool before = point > 0 && np_num_sign(lead_of(doc, shown, point - 1, a, b)) == 0;
    bool after = point + 1 < shown->variation->points && np_num_sign(lead_of(doc, shown, point + 1, a, b)) == 0;
    return !before && !after;
}

static bool is_known(const np_shown_comparison *shown, size_t point, size_t a, size_t b)
{
    return np_num_valid(total_of(shown, point, a)) && np_num_valid(total_of(shown, point, b));
}

static void find_between(np_doc *doc, const np_shown_comparison *shown, size_t a, size_t b, crossings *found)
{
    np_arena *arena = doc->arena;
    const char *first = shown->comparison->columns[a].mark, *second = shown->comparison->columns[b].mark;
    for (size_t point = 0; point < shown->variation->points; point++) {
        np_doc_crossing here = {.at = point, .share = np_num_int(0)};
        if (!is_known(shown, point, a, b)) continue;
        np_num lead = lead_of(doc, shown, point, a, b), total = total_of(shown, point, a);
        bool last = point + 1 == shown->variation->points || !is_known(shown, point + 1, a, b);
        np_num next = last ? lead : lead_of(doc, shown, point + 1, a, b);
        if (meet_at(doc, shown, point, a, b)) {
            here.value = total;
            here.label = np_arena_format(arena, np_say(doc->lang, "%s: %s and %s pay the same"),
                                         at_words(doc, shown, point), first, second);
        } else if (np_num_sign(lead) * np_num_sign(next) < 0) {
            here.share = np_num_div(arena, lead, np_num_sub(arena, lead, next));
            np_num rise = np_num_sub(arena, total_of(shown, point + 1, a), total);
            here.value = np_num_add(arena, total, np_num_mul(arena, here.share, rise));
            here.label = np_arena_format(arena, np_say(doc->lang, "between %s and %s: %s and %s pass each other"),
                                         at_words(doc, shown, point), at_words(doc, shown, point + 1), first, second);
        } else {
            continue;
        }
        found->list = np_arena_grow(arena, found->list, &found->capacity, found->count + 1, sizeof *found->list);
        found->list[found->count++] = here;
    }
}

static void chart(np_doc *doc, np_doc_node *in, const np_shown_comparison *shown, const char *title)
{
    const np_comparison *c = shown->comparison;
    const np_variation *v = shown->variation;
    crossings found = {0};
    if (v->points < 2) return;
    np_doc_series *series = np_arena_array(doc->arena, c->count, sizeof *series);
    const char **words = np_arena_array(doc->arena, v->points, sizeof *words);
    for (size_t point = 0; point < v->points; point++) words[point] = at_words(doc, shown, point);
    for (size_t i = 0; i < c->count; i++) {
        np_num *values = np_arena_array(doc->arena, v->points, sizeof *values);
        for (size_t point = 0; point < v->points; point++) values[point] = total_of(shown, point, i);
        series[i] = (np_doc_series){c->columns[i].mark, c->columns[i].label, (unsigned)i, 0, values};
        for (size_t k = i + 1; k < c->count; k++) find_between(doc, shown, i, k, &found);
    }
    const char *about = np_arena_format(
        doc->arena,
        np_say(doc->lang, "A line for each post: what it pays in all as %s goes from %s to %s; a ring where two lines "
                          "meet. The axis need not begin at zero."),
        v->scan.input->name, words[0], words[v->points - 1]);
    np_doc_soft_text(doc, in, about);
    np_doc_chart *drawn = np_doc_chart_of(doc, in, NP_DOC_CURVES, title, about);
    drawn->of.series = series;
    drawn->count = c->count;
    drawn->at = v->at;
    drawn->words = words;
    drawn->points = v->points;
    drawn->crossings = found.list;
    drawn->crossing_count = found.count;
    np_doc_list *list = np_doc_list_of(doc, in, "crossings");
    list->small = true;
    for (size_t i = 0; i < found.count; i++) np_doc_item_add(doc, list, found.list[i].label);
}

static void figures(np_doc *doc, np_doc_node *in, const np_shown_comparison *shown, size_t from, size_t to)
{
    const np_comparison *c = shown->comparison;
    np_doc_table *table = np_doc_table_of(doc, in, "range");
    table->width = WIDTH;
    table->as_written = true;
    np_doc_column_add(table, "value", np_short_label(doc->arena, shown->variation->scan.input->name, 24),
                      NP_DOC_NUMBER);
    for (size_t i = from; i < to; i++) np_doc_column_add(table, c->columns[i].mark, c->columns[i].mark, NP_DOC_MONEY);
    for (size_t point = 0; point < shown->variation->points; point++) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        *cells++ = np_doc_words(at_words(doc, shown, point));
        for (size_t i = from; i < to; i++) *cells++ = np_common_value(c, total_of(shown, point, i));
    }
}

void np_compare_variation(np_doc *doc, np_doc_node *in, const np_shown_comparison *shown)
{
    const np_comparison *c = shown->comparison;
    if (!shown->variation) return;
    const char *title = np_arena_format(doc->arena, np_say(doc->lang, "Paid in %zu months, in %s"),
                                        shown->variation->months, c->common_name);
    np_doc_node *section = np_doc_section(doc, in, "range", title, NULL);
    if (doc->page) chart(doc, section, shown, title);
    size_t side_by_side = doc->page ? c->count : CURVES_SIDE_BY_SIDE;
    for (size_t from = 0; from < c->count; from += side_by_side) {
        np_doc_node *part = from ? np_doc_section(doc, section, "range", NULL, NULL) : section;
        figures(doc, part, shown, from, from + side_by_side < c->count ? from + side_by_side : c->count);
    }
}
