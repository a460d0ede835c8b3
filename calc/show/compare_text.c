/* A comparison as text of at most 100 columns: the first post beside two others at a time. */
#include <string.h>

#include "natopay/pay/words.h"
#include "natopay/show/compare.h"
#include "natopay/show/estimate.h"
#include "natopay/show/html.h"
#include "natopay/show/table.h"

enum { WIDTH = 100, LABEL = 32, LABEL_OF_TWO = 56, ABREAST = 2 };

typedef struct page {
    np_text *out;
    const np_shown_comparison *shown;
    const np_comparison *c;
    np_arena *arena;
} page;

static __attribute__((format_arg(2))) const char *say(const page *p, const char *english)
{
    return np_say(p->c->lang, english);
}

static void wrapped(page *p, const char *lead, const char *text)
{
    size_t column = np_text_columns(lead, strlen(lead)), indent = column;
    bool first = true;
    np_text_puts(p->out, lead);
    while (*text) {
        size_t word = strcspn(text, " \n"), columns = np_text_columns(text, word);
        if (!first && column + columns + 1 > WIDTH - 1) {
            np_text_putc(p->out, '\n');
            np_text_repeat(p->out, ' ', indent);
            column = indent;
        } else if (!first) {
            np_text_putc(p->out, ' ');
            column++;
        }
        first = false;
        if (columns > WIDTH - indent) { /* a word longer than a line is cut: JSON has it whole */
            const char *cut = np_short_label(p->arena, np_arena_copy(p->arena, text, word), WIDTH - indent - 1);
            np_text_puts(p->out, cut);
            column = WIDTH;
        } else {
            np_text_add(p->out, text, word);
            column += columns;
        }
        text += word + (text[word] != '\0');
    }
    np_text_putc(p->out, '\n');
}

static const char *status_mark(uint8_t status)
{
    static const char *const MARKS[NP_STATUS_COUNT] = {"p", "c", "s", "e", "a", "u"};
    return MARKS[status];
}

static const char *input_words(page *p, const np_post_column *column, const char *name)
{
    const np_input *input = np_book_input(column->book, name);
    const np_value *value = input ? &column->payslip->slots[input->slot] : NULL;
    if (!value || value->unknown) return NULL;
    np_text text;
    np_text_init(&text, 65536);
    np_print_value(&text, column->book, value, p->c->lang);
    return np_short_label(p->arena, np_text_move(&text, p->arena), 60);
}

static void heading(page *p)
{
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        const char *grade = input_words(p, column, "grade"), *twin = input_words(p, column, "twin_grade");
        const char *town = input_words(p, column, "town");
        const np_value *country = &column->payslip->slots[column->book->country_slot];
        const np_country *place = &column->book->countries[country->as.country];
        np_ymd day = np_date_split(column->payslip->date);
        wrapped(p, np_arena_format(p->arena, "%s  ", column->mark),
                np_arena_format(p->arena, say(p, "%s; %s%s%s%s%s, %s; pay of %04d-%02d"),
                                np_short_label(p->arena, column->label, NP_HTML_LABEL), grade ? grade : "",
                                twin ? "-" : "", twin ? twin : "", town ? ", " : "", town ? town : "",
                                np_label_text(&place->label, p->c->lang, place->name), day.year, day.month));
    }
}

/* ---- tables of amounts ---- */

static const char *cell_words(page *p, const np_post_column *column, const np_compared *row, const np_cell *cell)
{
    if (cell->state == NP_CELL_OPEN) return np_arena_format(p->arena, "%s  ", say(p, "open"));
    if (cell->state != NP_CELL_AMOUNT) return NULL;
    const char *amount = row->only_common ? np_common_amount(p->arena, p->c, cell->amount)
                                          : np_own_amount(p->arena, column, cell->amount);
    return np_arena_format(p->arena, "%s %s", amount, status_mark(cell->status));
}

static const char *difference_words(page *p, const np_cell *cell)
{
    const char *amount = np_common_amount(p->arena, p->c, cell->difference);
    if (!amount || (cell->state == NP_CELL_NOTHING && np_num_sign(cell->difference) == 0)) return NULL;
    return np_num_sign(cell->difference) > 0 ? np_arena_format(p->arena, "+%s", amount) : amount;
}

static const char *unit(const np_post_column *column)
{
    return column->book->currencies[column->payslip->currency].name;
}

static void amounts(page *p, np_group group, const char *title, size_t from, size_t to)
{
    const np_comparison *c = p->c;
    np_table table;
    np_table_init(&table, p->arena);
    np_table_column(&table, "row", title, false, false);
    np_table_column(&table, "a", np_arena_format(p->arena, "A %s  ", unit(&c->columns[0])), true, false);
    for (size_t i = from; i < to; i++) {
        np_table_column(&table, "post", np_arena_format(p->arena, "%s %s  ", c->columns[i].mark, unit(&c->columns[i])),
                        true, false);
        np_table_column(&table, "difference", np_arena_format(p->arena, "%s-A", c->columns[i].mark), true, false);
    }
    for (size_t r = 0; r < c->row_count; r++) {
        const np_compared *row = &c->rows[r];
        bool any = row->cells[0].state != NP_CELL_NOTHING;
        for (size_t i = from; i < to; i++) any = any || row->cells[i].state != NP_CELL_NOTHING;
        if (row->group != group || !any) continue;
        np_row *cells = np_table_row(&table);
        size_t k = 0;
        cells->rule_above = row->sum && group != NP_GROUP_TOTALS;
        cells->cells[k++] = np_short_label(p->arena, row->label, to - from > 1 ? LABEL : LABEL_OF_TWO);
        cells->cells[k++] = cell_words(p, &c->columns[0], row, &row->cells[0]);
        for (size_t i = from; i < to; i++) {
            cells->cells[k++] = cell_words(p, &c->columns[i], row, &row->cells[i]);
            cells->cells[k++] = difference_words(p, &row->cells[i]);
        }
    }
    if (table.row_count == 0) return;
    np_text_putc(p->out, '\n');
    np_table_text(p->out, &table, WIDTH);
}

static void contracts(page *p, size_t from, size_t to)
{
    const np_comparison *c = p->c;
    np_table table;
    np_table_init(&table, p->arena);
    np_table_column(&table, "row", say(p, "CONTRACT"), false, true);
    np_table_column(&table, "a", "A", false, true);
    for (size_t i = from; i < to; i++) np_table_column(&table, "post", c->columns[i].mark, false, true);
    for (size_t r = 0; r < c->row_count; r++) {
        const np_compared *row = &c->rows[r];
        if (row->group != NP_GROUP_CONTRACT) continue;
        np_row *cells = np_table_row(&table);
        cells->cells[0] = np_short_label(p->arena, row->label, LABEL);
        cells->cells[1] = row->cells[0].text ? np_short_label(p->arena, row->cells[0].text, 28) : NULL;
        for (size_t i = from; i < to; i++)
            cells->cells[2 + i - from] = row->cells[i].text ? np_short_label(p->arena, row->cells[i].text, 28) : NULL;
    }
    if (table.row_count == 0) return;
    np_text_putc(p->out, '\n');
    np_table_text(p->out, &table, WIDTH);
}

/* ---- sentences ---- */

static void section(page *p, const char *title)
{
    np_text_printf(p->out, "\n%s\n", title);
}

static void passings(page *p)
{
    const np_comparison *c = p->c;
    if (!c->convertible) return;
    section(p, say(p, "PAID IN ALL, BY MONTH OF SERVICE, EACH FROM ITS OWN START (NET, WITH WHAT COMES ONCE)"));
    for (size_t i = 1; i < c->count; i++) {
        bool any = false;
        for (size_t k = 0; k < c->passing_count; k++) {
            if (c->passings[k].column != i) continue;
            any = true;
            wrapped(p, "  - ", np_passing_sentence(p->arena, c, &c->passings[k]));
        }
        if (!any)
            wrapped(p, "  - ",
                    np_arena_format(p->arena, say(p, "%s and A pay the same in every month"), c->columns[i].mark));
    }
}

static void solutions(page *p)
{
    if (!p->shown->solution_count) return;
    section(p, say(p, "BREAK-EVEN"));
    for (size_t i = 0; i < p->shown->solution_count; i++) {
        const np_solution *s = &p->shown->solutions[i];
        wrapped(p, "  - ", np_solution_sentence(p->arena, p->c, s));
        for (size_t k = 0; k < s->found_count; k++)
            wrapped(p, "      ", np_found_sentence(p->arena, p->c, s, &s->found[k]));
        if (!s->complete) wrapped(p, "      ", say(p, "and more: narrow the range"));
    }
}

static void variation(page *p)
{
    const np_variation *v = p->shown->variation;
    const np_comparison *c = p->c;
    if (!v) return;
    section(p, np_arena_format(p->arena, say(p, "PAID IN %zu MONTHS, IN %s"), v->months, c->common_name));
    for (size_t from = 0; from < c->count; from += 6) {
        np_table table;
        np_table_init(&table, p->arena);
        np_table_column(&table, "value", np_short_label(p->arena, v->scan.input->name, 24), true, false);
        for (size_t i = from; i < c->count && i < from + 6; i++)
            np_table_column(&table, "post", c->columns[i].mark, true, false);
        for (size_t k = 0; k < v->points; k++) {
            np_row *row = np_table_row(&table);
            row->cells[0] = np_scan_words(p->arena, c, &v->scan, v->at[k]);
            for (size_t i = from; i < c->count && i < from + 6; i++)
                row->cells[1 + i - from] = np_common_amount(p->arena, c, v->totals[k * c->count + i]);
        }
        if (from) np_text_putc(p->out, '\n');
        np_table_text(p->out, &table, WIDTH);
    }
}

static void rates(page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->c->count; i++) {
        const char *words = np_rate_sentence(p->arena, p->c, &p->c->columns[i]);
        if (!words) continue;
        if (!any)
            section(p, np_arena_format(p->arena, say(p, "EXCHANGE RATES (DIFFERENCES ARE IN %s)"), p->c->common_name));
        any = true;
        wrapped(p, "  ", words);
    }
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        if (!column->has_price_level) continue;
        np_text text;
        np_text_init(&text, 4096);
        np_num_print_plain(&text, column->price_level.as.number);
        wrapped(p, "  ",
                np_arena_format(
                    p->arena, say(p, "%s: price level %s (%s%s%s)"), column->mark, np_text_move(&text, p->arena),
                    np_status_word((np_status)column->price_level.status, p->c->lang), column->price_source ? ", " : "",
                    column->price_source ? column->price_source->title : ""));
    }
}

static void open_cells(page *p)
{
    bool any = false;
    for (size_t r = 0; r < p->c->row_count; r++)
        for (size_t i = 0; i < p->c->count; i++) {
            const np_cell *cell = &p->c->rows[r].cells[i];
            if (cell->state != NP_CELL_OPEN) continue;
            if (!any) section(p, say(p, "NOT COUNTED, because something is not known"));
            any = true;
            wrapped(p, "  - ",
                    np_arena_format(p->arena, say(p, "%s: %s: %s"), p->c->columns[i].mark,
                                    np_short_label(p->arena, p->c->rows[r].label, NP_HTML_LABEL), cell->text));
        }
}

static void sources(page *p)
{
    np_html list = {.arena = p->arena, .sources = np_basis_new(p->c->columns[0].book, p->arena)};
    for (size_t i = 0; i < p->c->count; i++) {
        np_basis *basis = np_basis_new(p->c->columns[i].book, p->arena);
        np_basis_add_all(basis, p->c->columns[i].payslip);
        for (size_t s = 0; s < basis->source_count; s++) np_html_source_number(&list, basis->sources[s]);
    }
    section(p, say(p, "SOURCES"));
    for (size_t s = 0; s < list.sources->source_count; s++) {
        const np_source *source = list.sources->sources[s];
        const char *where = np_label_text(&source->locator, p->c->lang, "");
        wrapped(p, "  - ",
                np_arena_format(p->arena, "%s%s%s%s%s", np_label_text(&source->label, p->c->lang, source->title),
                                source->date ? ", " : "", source->date ? source->date : "", *where ? ", " : "", where));
    }
}

static void legend(page *p)
{
    const char *words = "";
    for (int s = 0; s < NP_STATUS_COUNT; s++)
        words = np_arena_format(p->arena, "%s%s%s %s", words, s ? ", " : "", status_mark((uint8_t)s),
                                np_status_word((np_status)s, p->c->lang));
    np_text_putc(p->out, '\n');
    wrapped(p, "", np_arena_format(p->arena, say(p, "Marks: %s."), words));
}

void np_show_comparison_text(np_text *out, const np_shown_comparison *shown, np_arena *arena)
{
    page p = {out, shown, shown->comparison, arena};
    heading(&p);
    for (size_t from = 1; from < p.c->count; from += ABREAST) {
        size_t to = from + ABREAST < p.c->count ? from + ABREAST : p.c->count;
        amounts(&p, NP_GROUP_MONTH, say(&p, "A MONTH"), from, to);
        amounts(&p, NP_GROUP_EMPLOYER, say(&p, "EMPLOYER, A MONTH"), from, to);
        amounts(&p, NP_GROUP_ONCE, say(&p, "ONCE"), from, to);
        amounts(&p, NP_GROUP_TOTALS, say(&p, "IN ALL, NET AND ONCE"), from, to);
        contracts(&p, from, to);
    }
    legend(&p);
    passings(&p);
    solutions(&p);
    variation(&p);
    rates(&p);
    open_cells(&p);
    sources(&p);
}
