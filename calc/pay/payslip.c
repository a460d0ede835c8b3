#include "natopay/pay/payslip.h"

#include <string.h>

#include "eval_parts.h"
#include "natopay/pay/words.h"

np_payslip *np_payslip_new(const np_book *book, np_arena *arena, bool trace)
{
    np_payslip *payslip = np_arena_alloc(arena, sizeof *payslip);
    payslip->book = book;
    payslip->arena = arena;
    payslip->lines = np_arena_array(arena, book->rule_count + 1, sizeof *payslip->lines);
    payslip->slots = np_arena_array(arena, book->slot_count + 1, sizeof *payslip->slots);
    payslip->stands = np_arena_array(arena, book->slot_count + 1, sizeof *payslip->stands);
    if (trace) payslip->trace = np_arena_array(arena, book->node_count + 1, sizeof *payslip->trace);
    return payslip;
}

/* ---- failures ---- */

/* "with spouse = yes, children = 2": what the failing formula was given. */
static void add_values(np_eval *eval, const np_node *node, np_text *text, unsigned *count)
{
    for (size_t i = 0; i < node->argc; i++) add_values(eval, node->args[i], text, count);
    if (node->op != NP_OP_SLOT || *count >= 8) return;
    np_text_puts(text, ++*count > 1 ? ", " : "");
    np_text_printf(text, "%s = ", np_slot_name(eval->book, node->index));
    np_print_value(text, eval->book, &eval->slots[node->index]);
}

static void explain_failure(np_eval *eval, const char *name)
{
    np_text text;
    unsigned count = 0;
    np_text_init(&text, 2000);
    add_values(eval, eval->formula->root, &text, &count);
    const char *values = np_text_move(&text, eval->arena);
    np_diag *diag = eval->diags->last;
    if (diag && !diag->hint)
        np_diag_hint(eval->diags, diag, "this is computed for %s%s%s", name, count ? ", with " : "", values);
}

static void report_missing(const np_book *book, np_diags *diags, const np_situation *situation,
                           const np_missing *missing)
{
    (void)situation;
    if (missing->gap) {
        np_diag *diag = np_report(diags, missing->gap->code, missing->gap->at, "%s", missing->gap->message);
        if (missing->gap->hint) np_diag_hint(diags, diag, "%s", missing->gap->hint);
    }
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        if (!(missing->bits[slot / 64] >> (slot % 64) & 1)) continue;
        const char *name = np_slot_name(book, slot);
        np_diag *diag = np_report(diags, NP_CODE_MISSING_INPUT, np_span_none(), "the input %s is not given", name);
        np_diag_hint(diags, diag, "give it with --set %s=..., or as %s = ... in a post or person file", name, name);
    }
}

/* ---- lines ---- */

static bool in_force(const np_rule *rule, const np_value *date)
{
    if (rule->from == NP_DATE_NONE && rule->until == NP_DATE_NONE) return true;
    if (date->unknown) return true; /* the rule's own formulas will say so */
    return (rule->from == NP_DATE_NONE || date->as.date >= rule->from) &&
           (rule->until == NP_DATE_NONE || date->as.date <= rule->until);
}

static np_value nothing_of(np_type type)
{
    np_value value = {.type = (uint8_t)type};
    if (type == NP_MONEY) value.currency = NP_CURRENCY_ANY;
    if (type == NP_MONEY || type == NP_NUMBER) value.as.number = np_num_int(0);
    return value;
}

static np_value rounded(np_eval *eval, const np_rule *rule, np_value value)
{
    if (!rule->rounds || value.type != NP_MONEY || value.currency >= eval->book->currency_count) return value;
    np_num unit = eval->book->currencies[value.currency].minor_unit;
    value.as.number = np_num_round(eval->arena, value.as.number, unit, rule->rounding);
    return np_eval_checked(eval, rule->amount.root, value);
}

static np_value rule_amount(np_eval *eval, const np_rule *rule, np_line *line)
{
    np_value when = np_truth_value(true, NP_PUBLISHED);
    if (rule->when.root) when = np_eval_formula(eval, &rule->when);
    if (eval->failed) return when;
    if (when.unknown) {
        line->state = NP_LINE_OPEN;
        line->missing = when.as.missing;
        return np_unknown_both(eval, rule->type, &when, &when);
    }
    line->status = when.status;
    line->state = NP_LINE_NOT_DUE;
    if (!when.as.truth) {
        np_value none = nothing_of(rule->type);
        none.status = when.status;
        return none;
    }
    np_value amount = np_eval_formula(eval, &rule->amount);
    if (eval->failed) return amount;
    line->state = amount.unknown ? NP_LINE_OPEN : NP_LINE_DUE;
    if (amount.unknown) {
        line->missing = amount.as.missing;
        return amount;
    }
    amount.status = np_weaker(amount.status, when.status);
    if (rule->has_status) amount.status = np_weaker(amount.status, rule->status);
    line->status = amount.status;
    if (amount.type == NP_MONEY) {
        line->currency = amount.currency;
        line->exact = amount.as.number;
        amount = rounded(eval, rule, amount);
        line->amount = amount.as.number;
    }
    return amount;
}

static void compute_rule(np_eval *eval, np_payslip *payslip, const np_rule *rule)
{
    const np_book *book = eval->book;
    np_line *line = &payslip->lines[rule - book->rules];
    *line =
        (np_line){.state = NP_LINE_NOT_IN_FORCE, .date = NP_DATE_NONE, .exact = np_num_int(0), .amount = np_num_int(0)};
    np_value *slot = &payslip->slots[rule->slot];
    *slot = nothing_of(rule->type);
    np_horizon_from(eval, NULL, rule->from);
    if (rule->until != NP_DATE_NONE) np_horizon_from(eval, NULL, rule->until + 1);
    if (!in_force(rule, &payslip->slots[book->date_slot])) return;
    *slot = rule_amount(eval, rule, line);
    if (eval->failed || line->state != NP_LINE_DUE || !rule->date.root) return;
    np_value date = np_eval_formula(eval, &rule->date);
    np_horizon_of_moving(eval, rule->date.root, &date, 1);
    if (eval->failed) return;
    if (date.unknown) { /* due some day, but nobody can say which: not to be counted in every month */
        line->state = NP_LINE_OPEN;
        line->missing = date.as.missing;
        return;
    }
    line->date = date.as.date;
    np_horizon_at(eval, rule->date.root, np_date_month_start(line->date));
    np_horizon_at(eval, rule->date.root, np_date_month_end(line->date) + 1);
}

bool np_payslip_slot(np_eval *eval, np_payslip *payslip, uint16_t number)
{
    const np_book *book = eval->book;
    const np_slot *slot = &book->slots[number];
    np_stand *stand = &payslip->stands[number];
    eval->horizon = INT32_MAX;
    eval->turning = NULL;
    eval->turning_formula = NULL;
    if (slot->kind == NP_SLOT_INPUT)
        payslip->slots[number] = np_eval_input(eval, &book->inputs[slot->index]);
    else
        compute_rule(eval, payslip, &book->rules[slot->index]);
    stand->horizon = eval->horizon;
    stand->turning = eval->turning;
    stand->turning_formula = eval->turning_formula;
    if (!eval->failed) return true;
    explain_failure(eval,
                    slot->kind == NP_SLOT_INPUT ? book->inputs[slot->index].name : book->rules[slot->index].name);
    return false;
}

static bool compute_all(np_eval *eval, np_payslip *payslip)
{
    for (size_t i = 0; i < eval->book->order_count; i++)
        if (!np_payslip_slot(eval, payslip, eval->book->order[i])) return false;
    return true;
}

/* ---- totals ---- */

static void add_to(np_payslip *payslip, np_total *total, const np_line *line)
{
    total->amount = np_num_add(payslip->arena, total->amount, line->amount);
    total->status = np_weaker(total->status, line->status);
}

/* A line in another currency than the payslip's would be added wrongly: an error of the rule. */
static bool fits_currency(np_payslip *payslip, const np_rule *rule, const np_line *line, np_diags *diags)
{
    if (line->currency == payslip->currency || np_num_sign(line->amount) == 0) return true;
    const np_book *book = payslip->book;
    np_diag *diag = np_report(
        diags, NP_CODE_CURRENCY_MISMATCH, rule->amount.key->value_at, "%s comes in %s, the payslip is in %s",
        rule->name, line->currency < book->currency_count ? book->currencies[line->currency].name : "no currency",
        payslip->currency < book->currency_count ? book->currencies[payslip->currency].name : "no currency");
    np_diag_hint(diags, diag, "use local(...) in its amount");
    return false;
}

static bool add_up(np_payslip *payslip, np_diags *diags)
{
    const np_book *book = payslip->book;
    np_total zero = {np_num_int(0), NP_PUBLISHED};
    payslip->gross = payslip->deductions = payslip->employer = payslip->once = zero;
    payslip->open_lines = 0;
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        const np_line *line = &payslip->lines[i];
        if (rule->kind == NP_FACT) continue;
        if (line->state == NP_LINE_OPEN) payslip->open_lines++;
        if (line->state != NP_LINE_DUE) continue;
        if (!fits_currency(payslip, rule, line, diags)) return false;
        bool this_month =
            line->date == NP_DATE_NONE || np_date_month_start(line->date) == np_date_month_start(payslip->date);
        switch (rule->kind) {
        case NP_SALARY:
        case NP_ALLOWANCE:
            add_to(payslip, &payslip->gross, line);
            break;
        case NP_DEDUCTION:
            add_to(payslip, &payslip->deductions, line);
            break;
        case NP_EMPLOYER:
            add_to(payslip, &payslip->employer, line);
            break;
        case NP_ONCE:
            if (this_month) add_to(payslip, &payslip->once, line);
            break;
        default:
            break;
        }
    }
    payslip->net.amount = np_num_sub(payslip->arena, payslip->gross.amount, payslip->deductions.amount);
    payslip->net.status = np_weaker(payslip->gross.status, payslip->deductions.status);
    payslip->employer.amount = np_num_add(payslip->arena, payslip->employer.amount, payslip->gross.amount);
    payslip->employer.status = np_weaker(payslip->employer.status, payslip->gross.status);
    if (np_num_valid(payslip->net.amount) && np_num_valid(payslip->employer.amount) &&
        np_num_valid(payslip->once.amount))
        return true;
    np_report(diags, NP_CODE_TOO_PRECISE, np_span_none(), "a total grows beyond %d bits", NP_NUM_MAX_BITS);
    return false;
}

/* A payslip without its salary, month or place is none: what is missing is an error. */
static bool basics_are_known(const np_payslip *payslip, const np_situation *situation, np_diags *diags)
{
    const np_book *book = payslip->book;
    const uint16_t needed[] = {book->date_slot, book->country_slot};
    bool known = true;
    for (size_t i = 0; i < 2; i++) {
        if (!payslip->slots[needed[i]].unknown) continue;
        report_missing(book, diags, situation, payslip->slots[needed[i]].as.missing);
        known = false;
    }
    for (size_t i = 0; i < book->rule_count; i++) {
        if (book->rules[i].kind != NP_SALARY || payslip->lines[i].state != NP_LINE_OPEN) continue;
        report_missing(book, diags, situation, payslip->lines[i].missing);
        known = false;
    }
    return known;
}

static void take_horizon(np_payslip *payslip)
{
    const np_stand *nearest = NULL;
    payslip->horizon = INT32_MAX;
    for (size_t i = 0; i < payslip->book->slot_count; i++) {
        if (payslip->stands[i].horizon >= payslip->horizon) continue;
        nearest = &payslip->stands[i];
        payslip->horizon = nearest->horizon;
    }
    payslip->turning = nearest ? nearest->turning : NULL;
    payslip->turning_formula = nearest ? nearest->turning_formula : NULL;
}

np_eval np_payslip_eval(np_payslip *payslip, const np_situation *situation, np_diags *diags,
                        const np_pay_options *options)
{
    np_eval eval = {.book = payslip->book,
                    .situation = situation,
                    .arena = payslip->arena,
                    .diags = diags,
                    .slots = payslip->slots,
                    .trace = payslip->trace};
    if (options) {
        eval.ends = options->ends;
        eval.took_part = options->took_part;
        eval.projecting = options->projecting;
    }
    eval.horizon = INT32_MAX;
    return eval;
}

bool np_payslip_finish(np_payslip *payslip, const np_situation *situation, np_diags *diags)
{
    const np_book *book = payslip->book;
    if (!basics_are_known(payslip, situation, diags)) return false;
    payslip->date = payslip->slots[book->date_slot].as.date;
    payslip->currency = book->countries[payslip->slots[book->country_slot].as.country].currency;
    take_horizon(payslip);
    return add_up(payslip, diags);
}

bool np_payslip_compute(np_payslip *payslip, const np_situation *situation, np_diags *diags,
                        const np_pay_options *options)
{
    const np_book *book = payslip->book;
    np_eval eval = np_payslip_eval(payslip, situation, diags, options);
    if (book->date_slot == UINT16_MAX || book->country_slot == UINT16_MAX) {
        np_report(diags, NP_CODE_UNKNOWN_INPUT, np_span_none(),
                  "the rule book lacks [input date] or [input duty_country]");
        return false;
    }
    if (payslip->trace) memset(payslip->trace, 0, book->node_count * sizeof *payslip->trace);
    return compute_all(&eval, payslip) && np_payslip_finish(payslip, situation, diags);
}

bool np_payslip_check(const np_payslip *payslip, const np_situation *situation, np_diags *diags, np_lang lang)
{
    const np_book *book = payslip->book;
    np_eval eval = {
        .book = book, .situation = situation, .arena = payslip->arena, .diags = diags, .slots = payslip->slots};
    bool ok = true;
    for (size_t i = 0; i < book->check_count; i++) {
        const np_check *check = &book->checks[i];
        np_value holds = np_eval_formula(&eval, &check->when);
        if (eval.failed) return false;
        if (holds.unknown || !holds.as.truth) continue;
        bool placed = check->about != UINT16_MAX && situation->given[check->about];
        np_span at = placed ? situation->at[check->about] : np_span_none();
        np_diag *diag = np_report(diags, check->stops ? NP_CODE_CONTRADICTION : NP_CODE_ADVICE, at, "%s",
                                  np_label_text(&check->message, lang, check->name));
        const char *hint = np_label_text(&check->hint, lang, NULL);
        if (hint) np_diag_hint(diags, diag, "%s", hint);
        ok = ok && !check->stops;
    }
    return ok;
}
