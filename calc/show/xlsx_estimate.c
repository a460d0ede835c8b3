/* An estimate as a workbook: the payslip with its totals as formulas, what is uncertain, inputs, sources. */
#include "html_parts.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"
#include "xlsx.h"

typedef struct book {
    np_xlsx x;
    const np_estimate *e;
    np_html words; /* for the words that pages use too; writes nothing */
    np_basis *all;
} book;

static __attribute__((format_arg(2))) const char *say(const book *b, const char *english)
{
    return np_say(b->e->lang, english);
}

static unsigned decimals(const book *b)
{
    return b->e->book->currencies[b->e->payslip->currency].decimals;
}

/* `amounts`: how many columns from the second on hold amounts. */
static void head(book *b, const char *const *titles, uint16_t count, uint16_t amounts)
{
    for (uint16_t i = 0; i < count; i++)
        if (i && i <= amounts)
            np_xlsx_over(&b->x, i, titles[i]);
        else
            np_xlsx_text(&b->x, i, titles[i], true);
}

static void line(book *b, const np_rule *rule)
{
    const np_book *rules = b->e->book;
    const np_line *l = &b->e->payslip->lines[rule - rules->rules];
    np_basis *basis = np_basis_new(rules, b->x.arena);
    const char *list = "";
    np_basis_add_line(basis, b->e->payslip, rule);
    np_basis_add_line(b->all, b->e->payslip, rule);
    for (size_t i = 0; i < basis->source_count; i++)
        list = np_arena_format(b->x.arena, "%s%s%s", list, i ? " " : "", basis->sources[i]->name);
    b->x.row++;
    np_xlsx_text(&b->x, 0, np_label_text(&rule->label, b->e->lang, rule->name), false);
    np_xlsx_amount(&b->x, 1, rule->kind == NP_DEDUCTION ? np_num_neg(b->x.arena, l->amount) : l->amount, decimals(b),
                   false, NULL);
    np_xlsx_text(&b->x, 2, np_status_word((np_status)l->status, b->e->lang), false);
    np_xlsx_text(&b->x, 3, rule->amount.key->value, false);
    np_xlsx_text(&b->x, 4, list, false);
}

static size_t lines(book *b, np_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < b->e->book->rule_count; i++) {
        const np_rule *rule = &b->e->book->rules[i];
        if (rule->kind != kind || !np_html_line_shown(b->e->payslip, rule)) continue;
        line(b, rule);
        count++;
    }
    return count;
}

static uint32_t total(book *b, const char *label, const np_total *sum, const char *formula)
{
    b->x.row++;
    np_xlsx_text(&b->x, 0, label, true);
    np_xlsx_amount(&b->x, 1, sum->amount, decimals(b), true, formula);
    np_xlsx_text(&b->x, 2, np_status_word((np_status)sum->status, b->e->lang), false);
    return b->x.row;
}

static void payslip(book *b)
{
    np_xlsx *x = &b->x;
    const np_payslip *slip = b->e->payslip;
    const char *const titles[] = {say(b, "A month"), b->e->book->currencies[slip->currency].name, say(b, "Status"),
                                  say(b, "Formula"), say(b, "Sources")};
    np_xlsx_sheet(x, say(b, "Payslip"));
    head(b, titles, 5, 1);
    uint32_t first = x->row + 1;
    lines(b, NP_SALARY);
    lines(b, NP_ALLOWANCE);
    uint32_t last = x->row;
    uint32_t gross =
        total(b, say(b, "Gross"), &slip->gross,
              np_arena_format(x->arena, "=SUM(%s:%s)", np_xlsx_cell(x, first, 1), np_xlsx_cell(x, last, 1)));
    lines(b, NP_DEDUCTION);
    uint32_t net =
        total(b, say(b, "Net"), &slip->net,
              np_arena_format(x->arena, "=SUM(%s:%s)", np_xlsx_cell(x, gross, 1), np_xlsx_cell(x, x->row, 1)));
    np_total year = {np_num_mul(x->arena, slip->net.amount, np_num_int(12)), slip->net.status};
    total(b, say(b, "Net a year"), &year, np_arena_format(x->arena, "=12*%s", np_xlsx_cell(x, net, 1)));
    x->row++;
    first = x->row + 1;
    if (lines(b, NP_EMPLOYER))
        total(b, say(b, "Cost to the employer, with gross"), &slip->employer,
              np_arena_format(x->arena, "=SUM(%s:%s)+%s", np_xlsx_cell(x, first, 1), np_xlsx_cell(x, x->row, 1),
                              np_xlsx_cell(x, gross, 1)));
    x->row++;
    lines(b, NP_ONCE);
    np_xlsx_fit(x);
}

static void uncertain(book *b)
{
    np_xlsx *x = &b->x;
    const char *const titles[] = {say(b, "What is uncertain"), say(b, "Net at low"), say(b, "Net at high"),
                                  say(b, "Moves the net by")};
    np_xlsx_sheet(x, say(b, "Uncertain"));
    head(b, titles, 4, 3);
    for (size_t i = 0; i < b->e->sensitivity_count; i++) {
        const np_sensitivity *row = &b->e->sensitivity[i];
        x->row++;
        np_xlsx_text(x, 0, np_uncertain_label(b->e->book, row->uncertain, b->e->lang), false);
        np_xlsx_amount(x, 1, row->net_low, decimals(b), false, NULL);
        np_xlsx_amount(x, 2, row->net_high, decimals(b), false, NULL);
        np_xlsx_amount(
            x, 3, row->spread, decimals(b), false,
            np_arena_format(x->arena, "=ABS(%s-%s)", np_xlsx_cell(x, x->row, 2), np_xlsx_cell(x, x->row, 1)));
    }
    np_xlsx_fit(x);
}

static void inputs(book *b)
{
    np_xlsx *x = &b->x;
    const np_payslip *slip = b->e->payslip;
    np_basis *basis = np_basis_new(b->e->book, x->arena);
    const char *const titles[] = {say(b, "Input"), say(b, "Name"), say(b, "Value"), say(b, "Given")};
    np_basis_add_all(basis, slip);
    np_xlsx_sheet(x, say(b, "Inputs"));
    head(b, titles, 4, 0);
    for (size_t i = 0; i < b->e->book->input_count; i++) {
        const np_input *input = &b->e->book->inputs[i];
        if (!basis->inputs[input->slot] || slip->slots[input->slot].unknown) continue;
        bool given = b->e->situation->given[input->slot];
        x->row++;
        np_xlsx_text(x, 0, np_label_text(&input->label, b->e->lang, input->name), false);
        np_xlsx_text(x, 1, input->name, false);
        np_xlsx_text(x, 2, np_html_value(&b->words, b->e->book, np_payslip_input(slip, input->slot)), false);
        np_xlsx_text(x, 3, given ? say(b, "yes") : say(b, "assumed"), false);
    }
    np_xlsx_fit(x);
}

bool np_show_estimate_xlsx(np_text *out, const np_estimate *estimate, np_arena *arena)
{
    book b = {
        .e = estimate, .words = {.arena = arena, .lang = estimate->lang}, .all = np_basis_new(estimate->book, arena)};
    if (!np_xlsx_open(&b.x, arena, estimate->lang, estimate->payslip->date)) return false;
    payslip(&b);
    uncertain(&b);
    inputs(&b);
    np_xlsx_sources(&b.x, b.all);
    return np_xlsx_close(&b.x, out);
}
