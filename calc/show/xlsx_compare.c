/* A comparison as a workbook: one sheet a topic, differences and totals as formulas. */
#include <string.h>

#include "html_parts.h"
#include "natopay/show/compare.h"
#include "natopay/show/estimate.h"
#include "xlsx.h"

typedef struct book {
    np_xlsx x;
    const np_shown_comparison *shown;
    const np_comparison *c;
} book;

static __attribute__((format_arg(2))) const char *say(const book *b, const char *english)
{
    return np_say(b->c->lang, english);
}

static unsigned own_decimals(const np_post_column *column)
{
    return column->book->currencies[column->payslip->currency].decimals;
}

static unsigned common_decimals(const book *b)
{
    return b->c->columns[0].book->currencies[b->c->common].decimals;
}

/* ---- posts ---- */

static void posts(book *b)
{
    np_xlsx *x = &b->x;
    const char *const titles[] = {
        "", say(b, "Post"), say(b, "Month"), say(b, "Currency"), say(b, "Exchange rate"), say(b, "Path")};
    np_xlsx_sheet(x, say(b, "Posts"));
    for (uint16_t i = 0; i < 6; i++) np_xlsx_text(x, i, titles[i], true);
    for (size_t i = 0; i < b->c->count; i++) {
        const np_post_column *column = &b->c->columns[i];
        np_ymd day = np_date_split(column->payslip->date);
        x->row++;
        np_xlsx_text(x, 0, column->mark, true);
        np_xlsx_text(x, 1, column->label, false);
        np_xlsx_text(x, 2, np_arena_format(x->arena, "%04d-%02d", day.year, day.month), false);
        np_xlsx_text(x, 3, column->book->currencies[column->payslip->currency].name, false);
        np_xlsx_text(x, 4, np_rate_sentence(x->arena, b->c, column), false);
        np_xlsx_text(x, 5, column->tracks[0].label, false);
    }
    x->row++;
    for (const np_diag *diag = b->shown->diags->first; diag; diag = diag->next) {
        x->row++;
        np_xlsx_text(x, 1, diag->message, false);
    }
    np_xlsx_fit(x);
}

/* ---- rows ----
 * Columns: the label; for each post its amount and status; then in the common currency each post's amount and the
 * difference from the first. */

typedef struct layout {
    uint16_t own, common;
} layout;

static layout columns_of(size_t count)
{
    return (layout){1, (uint16_t)(1 + 2 * count)};
}

static void row_head(book *b, const char *title)
{
    np_xlsx *x = &b->x;
    layout at = columns_of(b->c->count);
    np_xlsx_text(x, 0, title, true);
    for (size_t i = 0; i < b->c->count; i++) {
        const np_post_column *column = &b->c->columns[i];
        const char *unit = column->book->currencies[column->payslip->currency].name;
        np_xlsx_over(x, (uint16_t)(at.own + 2 * i), np_arena_format(x->arena, "%s %s", column->mark, unit));
        np_xlsx_text(x, (uint16_t)(at.own + 2 * i + 1), say(b, "Status"), true);
        np_xlsx_over(x, (uint16_t)(at.common + 2 * i),
                     np_arena_format(x->arena, "%s %s", column->mark, b->c->common_name));
        if (i) np_xlsx_over(x, (uint16_t)(at.common + 2 * i + 1), np_arena_format(x->arena, "%s-A", column->mark));
    }
}

/* The formula of a total over the rows from `first` to the one above, in a column. */
static const char *sum_formula(book *b, const char *name, uint32_t first, uint32_t gross, uint16_t column)
{
    np_xlsx *x = &b->x;
    if (x->row <= first) return NULL;
    if (strcmp(name, "gross") == 0)
        return np_arena_format(x->arena, "=SUM(%s:%s)", np_xlsx_cell(x, first, column),
                               np_xlsx_cell(x, x->row - 1, column));
    if (strcmp(name, "net") == 0)
        return np_arena_format(x->arena, "=SUM(%s:%s)", np_xlsx_cell(x, gross, column),
                               np_xlsx_cell(x, x->row - 1, column));
    return NULL;
}

static void cells(book *b, const np_compared *row, uint32_t first, uint32_t gross)
{
    np_xlsx *x = &b->x;
    layout at = columns_of(b->c->count);
    for (size_t i = 0; i < b->c->count; i++) {
        const np_post_column *column = &b->c->columns[i];
        const np_cell *cell = &row->cells[i];
        uint16_t own = (uint16_t)(at.own + 2 * i), common = (uint16_t)(at.common + 2 * i);
        if (cell->state == NP_CELL_OPEN) np_xlsx_text(x, own, cell->text, false);
        if (cell->state == NP_CELL_AMOUNT) {
            if (!row->only_common)
                np_xlsx_amount(x, own, cell->amount, own_decimals(column), row->sum,
                               sum_formula(b, row->name, first, gross, own));
            np_xlsx_text(x, (uint16_t)(own + 1), np_status_word((np_status)cell->status, b->c->lang), false);
        }
        if (np_num_valid(cell->common)) np_xlsx_amount(x, common, cell->common, common_decimals(b), row->sum, NULL);
        if (i && np_num_valid(cell->difference))
            np_xlsx_amount(x, (uint16_t)(common + 1), cell->difference, common_decimals(b), row->sum,
                           np_arena_format(x->arena, "=%s-%s", np_xlsx_cell(x, x->row, common),
                                           np_xlsx_cell(x, x->row, at.common)));
    }
}

static void amounts(book *b, np_group group, const char *sheet)
{
    np_xlsx *x = &b->x;
    np_xlsx_sheet(x, sheet);
    row_head(b, sheet);
    uint32_t gross = 0;
    for (size_t r = 0; r < b->c->row_count; r++) {
        const np_compared *row = &b->c->rows[r];
        if (row->group != group) continue;
        x->row++;
        np_xlsx_text(x, 0, row->label, row->sum);
        cells(b, row, 1, gross);
        if (strcmp(row->name, "gross") == 0) gross = x->row;
    }
    np_xlsx_fit(x);
}

static void contracts(book *b)
{
    np_xlsx *x = &b->x;
    np_xlsx_sheet(x, say(b, "Contract"));
    for (size_t i = 0; i < b->c->count; i++) np_xlsx_text(x, (uint16_t)(1 + i), b->c->columns[i].mark, true);
    for (size_t r = 0; r < b->c->row_count; r++) {
        const np_compared *row = &b->c->rows[r];
        if (row->group != NP_GROUP_CONTRACT) continue;
        x->row++;
        np_xlsx_text(x, 0, row->label, false);
        for (size_t i = 0; i < b->c->count; i++) np_xlsx_text(x, (uint16_t)(1 + i), row->cells[i].text, false);
    }
    np_xlsx_fit(x);
}

/* ---- month by month: a column for each path of each post, with its sum ---- */

static void months(book *b)
{
    np_xlsx *x = &b->x;
    np_xlsx_sheet(x, say(b, "Month by month"));
    np_xlsx_text(x, 0, say(b, "Net and once"), true);
    uint16_t column = 0;
    for (size_t i = 0; i < b->c->count; i++)
        for (size_t t = 0; t < b->c->columns[i].track_count; t++) {
            const np_post_column *post = &b->c->columns[i];
            const np_track *track = &post->tracks[t];
            const char *unit = post->book->currencies[post->payslip->currency].name;
            np_num sum = np_num_int(0), net;
            x->row = 0;
            column++;
            np_xlsx_over(
                x, column,
                np_arena_format(x->arena, "%s %s%s%s", post->mark, unit, *track->label ? ", " : "", track->label));
            for (size_t m = 0; m < b->c->months; m++) {
                np_date month = np_date_add_months(b->c->first, (int32_t)m);
                np_ymd day = np_date_split(month);
                np_num paid = np_track_month(b->c, track, m, &net, x->arena);
                x->row++;
                if (column == 1) np_xlsx_text(x, 0, np_arena_format(x->arena, "%04d-%02d", day.year, day.month), false);
                np_xlsx_amount(x, column, paid, own_decimals(post), false, NULL);
                sum = np_num_add(x->arena, sum, paid);
            }
            x->row++;
            if (column == 1) np_xlsx_text(x, 0, say(b, "In all"), true);
            np_xlsx_amount(x, column, sum, own_decimals(post), true,
                           np_arena_format(x->arena, "=SUM(%s:%s)", np_xlsx_cell(x, 1, column),
                                           np_xlsx_cell(x, x->row - 1, column)));
        }
    np_xlsx_fit(x);
}

static void break_even(book *b)
{
    np_xlsx *x = &b->x;
    const np_comparison *c = b->c;
    const np_variation *v = b->shown->variation;
    np_xlsx_sheet(x, say(b, "Break-even"));
    np_xlsx_text(x, 0, say(b, "Break-even"), true);
    for (size_t i = 0; i < c->passing_count; i++) {
        x->row++;
        np_xlsx_text(x, 0, np_passing_sentence(x->arena, c, &c->passings[i]), false);
    }
    for (size_t i = 0; i < b->shown->solution_count; i++) {
        const np_solution *s = &b->shown->solutions[i];
        x->row += 2;
        np_xlsx_text(x, 0, np_solution_sentence(x->arena, c, s), false);
        for (size_t k = 0; k < s->found_count; k++) {
            x->row++;
            np_xlsx_text(x, 0, np_found_sentence(x->arena, c, s, &s->found[k]), false);
        }
    }
    np_xlsx_fit(x);
    if (!v) return;
    np_xlsx_sheet(x, say(b, "Range"));
    np_xlsx_text(x, 0, v->scan.input->name, true);
    for (size_t i = 0; i < c->count; i++)
        np_xlsx_over(x, (uint16_t)(1 + i), np_arena_format(x->arena, "%s %s", c->columns[i].mark, c->common_name));
    for (size_t p = 0; p < v->points; p++) {
        x->row++;
        np_xlsx_text(x, 0, np_scan_words(x->arena, c, &v->scan, v->at[p]), false);
        for (size_t i = 0; i < c->count; i++)
            if (np_num_valid(v->totals[p * c->count + i]))
                np_xlsx_amount(x, (uint16_t)(1 + i), v->totals[p * c->count + i], common_decimals(b), false, NULL);
    }
    np_xlsx_fit(x);
}

static void all_sources(book *b)
{
    np_html list = {.arena = b->x.arena, .sources = np_basis_new(b->c->columns[0].book, b->x.arena)};
    for (size_t i = 0; i < b->c->count; i++) {
        const np_post_column *column = &b->c->columns[i];
        np_basis *basis = np_basis_new(column->book, b->x.arena);
        np_basis_add_all(basis, column->payslip);
        for (size_t s = 0; s < basis->source_count; s++) np_html_source_number(&list, basis->sources[s]);
        for (size_t r = 0; r < 2; r++)
            if (column->conversion.rates[r] && column->conversion.rates[r]->figure.source)
                np_html_source_number(&list, column->conversion.rates[r]->figure.source);
    }
    np_xlsx_sources(&b->x, list.sources);
}

bool np_show_comparison_xlsx(np_text *out, const np_shown_comparison *shown, np_arena *arena)
{
    book b = {.shown = shown, .c = shown->comparison};
    if (!np_xlsx_open(&b.x, arena, b.c->lang, b.c->columns[0].payslip->date)) return false;
    posts(&b);
    amounts(&b, NP_GROUP_MONTH, say(&b, "A month"));
    amounts(&b, NP_GROUP_TOTALS, say(&b, "In all"));
    amounts(&b, NP_GROUP_ONCE, say(&b, "Once"));
    amounts(&b, NP_GROUP_EMPLOYER, say(&b, "Employer"));
    contracts(&b);
    months(&b);
    break_even(&b);
    all_sources(&b);
    return np_xlsx_close(&b.x, out);
}
