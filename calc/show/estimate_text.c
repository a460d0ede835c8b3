/* The payslip as a text of at most 100 columns. */
#include <string.h>

#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"
#include "natopay/show/table.h"

typedef struct page {
    np_text *out;
    const np_estimate *e;
    const np_book *book;
    np_arena *arena;
    const np_lang *lang;
    np_basis *all; /* sources in the order of first mention: their numbers */
} page;

const char *np_status_word(np_status status, const np_lang *lang)
{
    static const char *const WORDS[NP_STATUS_COUNT] = {NP_MARK("published"), NP_MARK("chained"), NP_MARK("sister"),
                                                       NP_MARK("estimated"), NP_MARK("assumed"), NP_MARK("user")};
    return np_say(lang, WORDS[status]);
}

static const char *copy(page *p, np_text *text)
{
    return np_text_move(text, p->arena);
}

static const char *amount(page *p, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_print_amount(&text, p->book, value, p->e->payslip->currency);
    return copy(p, &text);
}

static const char *value_words(page *p, const np_value *value)
{
    np_text text;
    np_text_init(&text, 16384);
    np_print_value(&text, p->book, value, p->lang);
    return copy(p, &text);
}

static const char *date_words(page *p, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(p->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static __attribute__((format_arg(2))) const char *say(const page *p, const char *english)
{
    return np_say(p->lang, english);
}

enum { WIDTH = 100 };

static void wrap(page *p, const char *lead, const char *text)
{
    np_text_puts(p->out, lead);
    np_wrap_words(p->out, text, np_text_columns(lead, strlen(lead)), *lead ? 6 : 0, WIDTH);
    np_text_putc(p->out, '\n');
}

/* ---- heading ---- */

static const np_value *input(const page *p, const char *name)
{
    const np_input *found = np_book_input(p->book, name);
    const np_value *value = found ? &p->e->payslip->slots[found->slot] : NULL;
    return value && !value->unknown ? value : NULL;
}

static const char *input_words(page *p, const char *name)
{
    const np_value *value = input(p, name);
    return value ? value_words(p, value) : NULL;
}

static void heading(page *p)
{
    const char *title = np_situation_title(p->e->situation, p->lang), *body = input_words(p, "body"),
               *town = input_words(p, "town");
    const np_value *country = input(p, "duty_country");
    if (title) np_text_printf(p->out, "%s%s%s\n", title, body ? ", " : "", body ? body : "");
    const char *grade = input_words(p, "grade"), *twin = input_words(p, "twin_grade"), *step = input_words(p, "step");
    if (grade && twin && strcmp(grade, twin) == 0) twin = NULL; /* advanced */
    if (grade) np_text_printf(p->out, say(p, "Grade %s%s%s, "), grade, twin ? "-" : "", twin ? twin : "");
    if (step) np_text_printf(p->out, say(p, "step %s, "), step);
    if (town) np_text_printf(p->out, "%s, ", town);
    if (country) {
        const np_country *place = &p->book->countries[country->as.country];
        np_text_puts(p->out, np_label_text(&place->label, p->lang, place->name));
    }
    np_ymd day = np_date_split(p->e->payslip->date);
    np_text_printf(p->out, say(p, ". Pay of the month %04d-%02d.\n\n"), day.year, day.month);
}

/* ---- lines ---- */

static const char *source_numbers(page *p, const np_rule *rule)
{
    np_basis *basis = np_basis_new(p->book, p->arena);
    np_basis_add_line(basis, p->e->payslip, rule);
    np_basis_add_line(p->all, p->e->payslip, rule);
    const char *list = "";
    for (size_t i = 0; i < p->all->source_count; i++)
        for (size_t k = 0; k < basis->source_count; k++)
            if (p->all->sources[i] == basis->sources[k])
                list = np_arena_format(p->arena, "%s%s%zu", list, *list ? " " : "", i + 1);
    return list;
}

static bool shown(const page *p, const np_rule *rule)
{
    const np_line *line = &p->e->payslip->lines[rule - p->book->rules];
    return line->state == NP_LINE_DUE && (rule->kind == NP_SALARY || np_num_sign(line->amount) != 0);
}

static void line_row(page *p, np_table *table, const np_rule *rule)
{
    const np_line *line = &p->e->payslip->lines[rule - p->book->rules];
    np_row *row = np_table_row(table);
    np_num value = rule->kind == NP_DEDUCTION ? np_num_neg(p->arena, line->amount) : line->amount;
    row->cells[0] = np_label_text(&rule->label, p->lang, rule->name);
    row->cells[1] = amount(p, value);
    row->cells[2] = np_status_word((np_status)line->status, p->lang);
    row->cells[3] = source_numbers(p, rule);
    if (line->date != NP_DATE_NONE)
        row->cells[0] = np_arena_format(p->arena, "%s (%s)", row->cells[0], date_words(p, line->date));
}

static size_t rows_of(page *p, np_table *table, np_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < p->book->rule_count; i++)
        if (p->book->rules[i].kind == kind && shown(p, &p->book->rules[i])) {
            line_row(p, table, &p->book->rules[i]);
            count++;
        }
    return count;
}

static void total_row(page *p, np_table *table, const char *label, const np_total *total)
{
    np_row *row = np_table_row(table);
    row->rule_above = true;
    row->cells[0] = label;
    row->cells[1] = amount(p, total->amount);
    row->cells[2] = np_status_word((np_status)total->status, p->lang);
}

static const char *unit(const page *p)
{
    return p->book->currencies[p->e->payslip->currency].name;
}

static void start_table(page *p, np_table *table, const char *title)
{
    np_table_init(table, p->arena);
    np_table_column(table, "line", title, false, false);
    np_table_column(table, "amount", unit(p), true, false);
    np_table_column(table, "status", say(p, "STATUS"), false, false);
    np_table_column(table, "sources", say(p, "SOURCES"), false, false);
}

static void month(page *p)
{
    const np_payslip *slip = p->e->payslip;
    np_table table;
    start_table(p, &table, say(p, "A MONTH"));
    rows_of(p, &table, NP_SALARY);
    rows_of(p, &table, NP_ALLOWANCE);
    total_row(p, &table, say(p, "Gross"), &slip->gross);
    rows_of(p, &table, NP_DEDUCTION);
    total_row(p, &table, say(p, "Net"), &slip->net);
    np_table_text(p->out, &table, WIDTH);
    const char *year = amount(p, np_num_mul(p->arena, slip->net.amount, np_num_int(12)));
    const char *range = "", *terms = np_label_text(&p->book->terms, p->lang, "");
    if (np_num_compare(p->e->range.low, p->e->range.high) != 0)
        range = np_arena_format(p->arena, say(p, "; the month between %s and %s over all that is uncertain"),
                                amount(p, p->e->range.low), amount(p, p->e->range.high));
    year = np_estimate_is_whole_month(p->e) ? np_arena_format(p->arena, say(p, "%s net a year"), year)
                                            : say(p, "A month paid in part");
    wrap(p, "", np_arena_format(p->arena, "%s%s. %s", year, range, terms));
}

static void other_tables(page *p)
{
    np_table table;
    start_table(p, &table, say(p, "EMPLOYER, A MONTH"));
    if (rows_of(p, &table, NP_EMPLOYER)) {
        total_row(p, &table, say(p, "Cost to the employer, with gross"), &p->e->payslip->employer);
        np_text_putc(p->out, '\n');
        np_table_text(p->out, &table, WIDTH);
    }
    start_table(p, &table, say(p, "ONCE"));
    if (!rows_of(p, &table, NP_ONCE)) return;
    np_text_putc(p->out, '\n');
    np_table_text(p->out, &table, WIDTH);
}

/* ---- what is open, what was assumed, sources ---- */

static void open_lines(page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->book->rule_count; i++) {
        const np_rule *rule = &p->book->rules[i];
        const np_line *line = &p->e->payslip->lines[i];
        if (rule->kind == NP_FACT || line->state != NP_LINE_OPEN) continue;
        if (!any) np_text_printf(p->out, "\n%s\n", say(p, "NOT COUNTED, because something is not known"));
        any = true;
        const char *names = np_missing_names(p->book, p->arena, line->missing);
        const char *gap = line->missing->gap ? line->missing->gap->message : "";
        const char *label = np_label_text(&rule->label, p->lang, rule->name);
        const char *needs = *names ? np_arena_format(p->arena, say(p, "needs %s"), names) : "";
        wrap(p, "  - ",
             np_arena_format(p->arena, say(p, "%s: %s%s%s"), label, needs, *names && *gap ? say(p, "; ") : "", gap));
    }
}

static void assumptions(page *p)
{
    np_basis *basis = np_basis_new(p->book, p->arena);
    np_basis_add_all(basis, p->e->payslip);
    const char *list = "";
    for (size_t i = 0; i < p->book->input_count; i++) {
        const np_input *in = &p->book->inputs[i];
        bool derived = !in->question.text;
        if (!basis->inputs[in->slot] || p->e->situation->given[in->slot] || derived ||
            p->e->payslip->slots[in->slot].unknown)
            continue;
        list = np_arena_format(p->arena, "%s%s%s = %s", list, *list ? ", " : "", in->name,
                               value_words(p, np_payslip_input(p->e->payslip, in->slot)));
    }
    if (!*list) return;
    np_text_printf(p->out, "\n%s\n", say(p, "ASSUMED, because not given (--set NAME=VALUE)"));
    wrap(p, "  ", list);
}

static void sources(page *p)
{
    if (p->all->source_count) np_text_printf(p->out, "\n%s\n", say(p, "SOURCES"));
    for (size_t i = 0; i < p->all->source_count; i++) {
        const np_source *source = p->all->sources[i];
        const char *title = np_label_text(&source->label, p->lang, source->title);
        const char *where = np_label_text(&source->locator, p->lang, "");
        wrap(p, np_arena_format(p->arena, " %2zu  ", i + 1),
             np_arena_format(p->arena, "%s%s%s%s%s%s%s", title, source->publisher ? ", " : "",
                             source->publisher ? source->publisher : "", source->date ? ", " : "",
                             source->date ? source->date : "", *where ? ", " : "", where));
    }
}

static void sensitivity(page *p)
{
    if (!p->e->sensitivity) return;
    np_table table;
    np_table_init(&table, p->arena);
    np_table_column(&table, "parameter", say(p, "WHAT IS UNCERTAIN"), false, false);
    np_table_column(&table, "net_low", say(p, "NET AT LOW"), true, false);
    np_table_column(&table, "net_high", say(p, "NET AT HIGH"), true, false);
    np_table_column(&table, "spread", say(p, "MOVES NET BY"), true, false);
    for (size_t i = 0; i < p->e->sensitivity_count; i++) {
        const np_sensitivity *row = &p->e->sensitivity[i];
        const np_uncertain *what = &p->book->uncertain[row->uncertain];
        np_row *cells = np_table_row(&table);
        const np_parameter *parameter = what->is_rate ? NULL : &p->book->parameters[what->index];
        const np_exchange *exchange = what->is_rate ? &p->book->exchanges[what->index] : NULL;
        cells->cells[0] = parameter
                              ? np_label_text(&parameter->label, p->lang, parameter->name)
                              : np_label_text(&exchange->label, p->lang, p->book->currencies[exchange->currency].name);
        cells->cells[1] = amount(p, row->net_low);
        cells->cells[2] = amount(p, row->net_high);
        cells->cells[3] = amount(p, row->spread);
    }
    np_text_putc(p->out, '\n');
    if (table.row_count)
        np_table_text(p->out, &table, WIDTH);
    else
        np_text_printf(p->out, "%s\n", say(p, "Nothing that is uncertain moves the net."));
}

void np_show_estimate_text(np_text *out, const np_estimate *estimate, np_arena *arena)
{
    page p = {out, estimate, estimate->book, arena, estimate->lang, np_basis_new(estimate->book, arena)};
    heading(&p);
    month(&p);
    other_tables(&p);
    sensitivity(&p);
    open_lines(&p);
    assumptions(&p);
    sources(&p);
    if (!estimate->explain) return;
    for (size_t i = 0; i < p.book->rule_count; i++)
        if (p.book->rules[i].kind != NP_FACT && shown(&p, &p.book->rules[i])) {
            np_text_putc(out, '\n');
            np_show_explanation_text(out, p.book,
                                     np_explain_rule(estimate->payslip, estimate->situation, &p.book->rules[i], p.lang),
                                     p.lang);
        }
}
