/* Computing a payslip: every rule in its order, its line, and the totals. */
#include "natopay/pay/payslip.h"

#include <string.h>

#include "eval_internal.h"
#include "natopay/pay/slot.h"
#include "natopay/pay/format_value.h"

np_payslip *np_payslip_new(const np_book *book, np_arena *arena, bool trace)
{
    np_payslip *payslip = np_arena_alloc(arena, sizeof *payslip);
    payslip->book = book;
    payslip->arena = arena;
    payslip->rests_on = UINT16_MAX;
    payslip->lines = np_arena_array(arena, book->rule_count + 1, sizeof *payslip->lines);
    payslip->slots = np_arena_array(arena, book->slot_count + 1, sizeof *payslip->slots);
    if (trace) payslip->trace = np_arena_array(arena, book->node_count + 1, sizeof *payslip->trace);
    return payslip;
}

/* ---- failures ---- */

/* "with spouse = yes, children = 2": what the failing formula was given. */
static void add_values(np_eval *eval, const np_node *node, np_text *text, unsigned *count)
{
    for (size_t i = 0; i < node->argc; i++) add_values(eval, node->args[i], text, count);
    if (node->op != NP_OP_SLOT || *count >= 8) return;
    np_text value;
    np_text_init(&value, 20000);
    np_print_value(&value, eval->book, &eval->slots[node->index], eval->diags->lang);
    bool whole = value.length <= 60;
    np_text_printf(text, "%s%s = %.60s%s", ++*count > 1 ? ", " : "", np_slot_name(eval->book, node->index),
                   np_text_string(&value), whole ? "" : "...");
    np_text_lost(text, &value);
    np_text_free(&value);
}

static void explain_failure(np_eval *eval, const char *name)
{
    np_text text;
    unsigned count = 0;
    np_text_init(&text, 2000);
    add_values(eval, eval->formula->root, &text, &count);
    const char *values = np_text_move(&text, eval->arena);
    np_diag *diag = eval->failure;
    if (diag && !diag->hint)
        np_diag_hint(eval->diags, diag,
                     count ? NP_MARK("this is computed for %s, with %s") : NP_MARK("this is computed for %s"), name,
                     values);
}

static void report_missing(const np_book *book, np_diags *diags, const np_missing *missing)
{
    if (missing->gap) {
        np_diag *diag = np_report(diags, missing->gap->code, missing->gap->at, "%s", missing->gap->message);
        if (missing->gap->hint) np_diag_hint(diags, diag, "%s", missing->gap->hint);
    }
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        if (!(missing->bits[slot / 64] >> (slot % 64) & 1)) continue;
        const char *name = np_slot_name(book, slot);
        const np_input *input = np_book_input(book, name);
        const char *question = input ? np_label_text(&input->question, diags->lang, "") : "";
        np_diag *diag = np_report(diags, NP_CODE_MISSING_INPUT, np_span_none(), "the input %s is not given%s%s", name,
                                  *question ? np_say(diags->lang, ": ") : "", question);
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

/* What a rule's slot holds when it is not due: zero, or no. */
static void put_nothing(np_value *slot, np_type type)
{
    slot->type = (uint8_t)type;
    slot->status = NP_PUBLISHED;
    slot->moving = NP_FIXED;
    slot->unknown = slot->percent = false;
    slot->currency = type == NP_MONEY ? NP_CURRENCY_ANY : 0;
    slot->as.number = np_num_small(0, type == NP_MONEY || type == NP_NUMBER);
}

/* The line of an amount of money: exact, then rounded, which is what others see. */
static void round_line(np_eval *eval, const np_rule *rule, np_line *line, np_value *amount)
{
    line->currency = amount->currency;
    line->exact = amount->as.number;
    if (rule->rounds && amount->currency < eval->book->currency_count) {
        np_num unit = eval->book->currencies[amount->currency].minor_unit;
        amount->as.number = np_num_round(eval->arena, line->exact, unit, rule->rounding);
        if (!np_num_valid(amount->as.number)) *amount = np_eval_checked(eval, rule->amount.root, *amount);
    }
    if (!amount->unknown) line->amount = amount->as.number;
}

/* Whether a rule's condition holds; else the line says why not, and the slot is what it then is. */
static bool is_due(np_eval *eval, const np_rule *rule, np_line *line, np_value *slot)
{
    if (!rule->when.root) return true;
    np_value room;
    const np_value *when = np_eval_root(eval, &rule->when, &room);
    if (eval->failed) return false;
    if (when->unknown) {
        line->state = NP_LINE_OPEN;
        line->missing = when->as.missing;
        *slot = np_unknown_both(eval, rule->type, when, when);
        return false;
    }
    line->status = when->status;
    line->state = NP_LINE_NOT_DUE;
    slot->status = when->status;
    return when->as.truth;
}

static void compute_amount(np_eval *eval, const np_rule *rule, np_line *line, np_value *slot)
{
    const np_value *amount = np_eval_root(eval, &rule->amount, slot);
    if (amount != slot) *slot = *amount;
    if (eval->failed) return;
    if (slot->unknown) {
        line->state = NP_LINE_OPEN;
        line->missing = slot->as.missing;
        return;
    }
    line->state = NP_LINE_DUE;
    slot->status = np_weaker(slot->status, line->status);
    if (rule->has_status) slot->status = np_weaker(slot->status, rule->status);
    line->status = slot->status;
    if (slot->type == NP_MONEY) round_line(eval, rule, line, slot);
}

static void compute_date(np_eval *eval, const np_rule *rule, np_line *line)
{
    np_value room;
    const np_value *date = np_eval_root(eval, &rule->date, &room);
    np_horizon_of_moving(eval, rule->date.root, &date, 1);
    if (eval->failed) return;
    if (date->unknown) { /* due some day, but nobody can say which: not to be counted in every month */
        line->state = NP_LINE_OPEN;
        line->missing = date->as.missing;
        return;
    }
    line->date = date->as.date;
    np_horizon_at(eval, rule->date.root, np_date_month_start(line->date));
    np_horizon_at(eval, rule->date.root, np_date_month_end(line->date) + 1);
}

const np_value *np_payslip_input(const np_payslip *payslip, uint16_t slot)
{
    return payslip->begins && payslip->situation->by_career[slot] ? &payslip->begins[slot] : &payslip->slots[slot];
}

const np_payslip *np_payslip_of_line(const np_payslip *payslip, const np_rule *rule)
{
    const np_payslip *own = payslip->line_of ? payslip->line_of[rule - payslip->book->rules] : NULL;
    return own ? own : payslip;
}

/* Whether it is known that a line which matters on one day alone does not fall into the payslip's month. */
static bool falls_elsewhere(np_eval *eval, const np_payslip *payslip, const np_rule *rule)
{
    if (!payslip->falling || !(payslip->falling->bits[rule->slot / 64] >> (rule->slot % 64) & 1)) return false;
    np_diags quiet;
    np_diags_init(&quiet, eval->arena);
    np_eval asked = *eval;
    asked.diags = &quiet;
    np_value day = np_eval_formula(&asked, &rule->date);
    const np_value *now = &payslip->slots[eval->book->date_slot], *days = &day;
    if (asked.failed || day.unknown || now->unknown) return false;
    eval->horizon = asked.horizon;
    eval->horizon_node = asked.horizon_node;
    eval->horizon_formula = asked.horizon_formula;
    np_horizon_of_moving(eval, rule->date.root, &days, 1);
    np_horizon_at(eval, rule->date.root, np_date_month_start(day.as.date));
    np_horizon_at(eval, rule->date.root, np_date_month_end(day.as.date) + 1);
    return !np_date_same_month(day.as.date, now->as.date);
}

static void compute_rule(np_eval *eval, np_payslip *payslip, const np_rule *rule)
{
    const np_book *book = eval->book;
    np_line *line = &payslip->lines[rule - book->rules];
    *line =
        (np_line){.state = NP_LINE_NOT_IN_FORCE, .date = NP_DATE_NONE, .exact = np_num_int(0), .amount = np_num_int(0)};
    np_value *slot = &payslip->slots[rule->slot];
    put_nothing(slot, rule->type);
    np_horizon_from(eval, NULL, rule->from);
    if (rule->until != NP_DATE_NONE) np_horizon_from(eval, NULL, rule->until + 1);
    if (!in_force(rule, &payslip->slots[book->date_slot]) || falls_elsewhere(eval, payslip, rule)) return;
    if (!is_due(eval, rule, line, slot)) return;
    compute_amount(eval, rule, line, slot);
    if (!eval->failed && line->state == NP_LINE_DUE && rule->date.root) compute_date(eval, rule, line);
}

bool np_payslip_slot(np_eval *eval, np_payslip *payslip, uint16_t number)
{
    const np_book *book = eval->book;
    const np_slot *slot = &book->slots[number];
    np_validity *validity = eval->projecting ? &payslip->validity[number] : NULL;
    if (validity) {
        eval->horizon = INT32_MAX;
        eval->horizon_node = NULL;
        eval->horizon_formula = NULL;
    }
    if (slot->kind == NP_SLOT_INPUT)
        np_eval_input(eval, &book->inputs[slot->index], &payslip->slots[number]);
    else
        compute_rule(eval, payslip, &book->rules[slot->index]);
    if (validity) {
        validity->horizon = eval->horizon;
        validity->horizon_node = eval->horizon_node;
        validity->horizon_formula = eval->horizon_formula;
    }
    if (!eval->failed) return true;
    explain_failure(eval, slot->kind == NP_SLOT_INPUT ? book->inputs[slot->index].name : book->rules[slot->index].name);
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
    const char *none = np_say(diags->lang, "no currency");
    np_diag *diag =
        np_report(diags, NP_CODE_CURRENCY_MISMATCH, rule->amount.key->value_at, "%s comes in %s, the payslip is in %s",
                  rule->name, line->currency < book->currency_count ? book->currencies[line->currency].name : none,
                  payslip->currency < book->currency_count ? book->currencies[payslip->currency].name : none);
    np_diag_hint(diags, diag, "use local(...) in its amount");
    return false;
}

const char *np_net_bound_name(np_net_bound bound)
{
    static const char *const NAMES[] = {NULL, "at_most", "incomplete"};
    return NAMES[bound];
}

static void bound_net(np_payslip *payslip, const np_rule *rule)
{
    np_net_bound bound = rule->kind == NP_DEDUCTION ? NP_NET_AT_MOST : NP_NET_INCOMPLETE;
    if (rule->required && bound > payslip->bound) payslip->bound = bound;
}

static bool add_line(np_payslip *payslip, const np_rule *rule, const np_line *line, np_diags *diags)
{
    if (!fits_currency(payslip, rule, line, diags)) return false;
    switch (rule->kind) {
    case NP_SALARY:
    case NP_ALLOWANCE:
        add_to(payslip, &payslip->gross, line);
        break;
    case NP_DEDUCTION:
        add_to(payslip, &payslip->deductions, line);
        break;
    case NP_ADJUSTMENT:
        add_to(payslip, &payslip->adjustments, line);
        if (rule->costs) add_to(payslip, &payslip->employer, line);
        break;
    case NP_EMPLOYER:
        add_to(payslip, &payslip->employer, line);
        break;
    case NP_ONCE:
        if (line->date == NP_DATE_NONE || np_date_same_month(line->date, payslip->date))
            add_to(payslip, &payslip->once, line); /* in this month */
        break;
    default:
        break;
    }
    return true;
}

bool np_payslip_add_up(np_payslip *payslip, const uint16_t *rules, size_t count, np_diags *diags)
{
    const np_book *book = payslip->book;
    np_total zero = {np_num_int(0), NP_PUBLISHED};
    payslip->gross = payslip->deductions = payslip->adjustments = payslip->employer = payslip->once = zero;
    payslip->open_lines = 0;
    payslip->bound = NP_NET_WHOLE;
    for (size_t i = 0; i < count; i++) {
        size_t number = rules ? rules[i] : i;
        const np_rule *rule = &book->rules[number];
        const np_line *line = &payslip->lines[number];
        if (line->state < NP_LINE_OPEN) continue;
        if (line->state == NP_LINE_OPEN) {
            bound_net(payslip, rule);
            payslip->open_lines += rule->kind != NP_FACT;
        } else if (rule->kind != NP_FACT && !add_line(payslip, rule, line, diags)) {
            return false;
        }
    }
    payslip->net.amount = np_num_sub(payslip->arena, payslip->gross.amount, payslip->deductions.amount);
    payslip->net.amount = np_num_add(payslip->arena, payslip->net.amount, payslip->adjustments.amount);
    payslip->net.status =
        np_weaker(np_weaker(payslip->gross.status, payslip->deductions.status), payslip->adjustments.status);
    payslip->employer.amount = np_num_add(payslip->arena, payslip->employer.amount, payslip->gross.amount);
    payslip->employer.status = np_weaker(payslip->employer.status, payslip->gross.status);
    if (np_num_valid(payslip->net.amount) && np_num_valid(payslip->employer.amount) &&
        np_num_valid(payslip->once.amount))
        return true;
    np_report(diags, NP_CODE_TOO_PRECISE, np_span_none(), "a total grows beyond %d bits", NP_NUM_MAX_BITS);
    return false;
}

static bool place_is_known(const np_payslip *payslip, np_diags *diags)
{
    const np_book *book = payslip->book;
    const uint16_t needed[] = {book->country_slot, book->date_slot};
    bool known = true;
    for (size_t i = 0; i < 2; i++) {
        if (!payslip->slots[needed[i]].unknown) continue;
        report_missing(book, diags, payslip->slots[needed[i]].as.missing);
        known = false;
    }
    return known;
}

static void take_place(np_payslip *payslip)
{
    const np_book *book = payslip->book;
    payslip->date = payslip->slots[book->date_slot].as.date;
    payslip->currency = book->countries[payslip->slots[book->country_slot].as.country].currency;
}

/* A payslip without its salary, month or place is none: what is missing is an error. */
static bool basics_are_known(const np_payslip *payslip, np_diags *diags)
{
    const np_book *book = payslip->book;
    bool known = true;
    for (size_t i = 0; i < book->rule_count; i++) {
        if (book->rules[i].kind != NP_SALARY || payslip->lines[i].state != NP_LINE_OPEN) continue;
        report_missing(book, diags, payslip->lines[i].missing);
        known = false;
    }
    return place_is_known(payslip, diags) && known;
}

static void take_horizon(np_payslip *payslip)
{
    const np_validity *nearest = NULL;
    for (size_t i = 0; i < payslip->book->slot_count; i++) {
        if (payslip->validity[i].horizon >= payslip->horizon) continue;
        nearest = &payslip->validity[i];
        payslip->horizon = nearest->horizon;
    }
    payslip->horizon_node = nearest ? nearest->horizon_node : NULL;
    payslip->horizon_formula = nearest ? nearest->horizon_formula : NULL;
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
    if (eval.projecting && !payslip->validity)
        payslip->validity = np_arena_array(payslip->arena, payslip->book->slot_count + 1, sizeof *payslip->validity);
    return eval;
}

static bool finish(np_eval *eval, np_payslip *payslip)
{
    if (!basics_are_known(payslip, eval->diags)) return false;
    take_place(payslip);
    payslip->horizon = INT32_MAX;
    if (eval->projecting) take_horizon(payslip);
    return np_payslip_add_up(payslip, NULL, payslip->book->rule_count, eval->diags);
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
    payslip->situation = situation;
    if (payslip->trace) memset(payslip->trace, 0, book->node_count * sizeof *payslip->trace);
    if (!compute_all(&eval, payslip)) return false;
    if (!options || !options->lines_alone) return finish(&eval, payslip);
    if (!place_is_known(payslip, diags)) return false;
    take_place(payslip);
    return true;
}

bool np_payslip_check(const np_payslip *payslip, const np_situation *situation, np_diags *diags)
{
    const np_book *book = payslip->book;
    np_eval eval = {
        .book = book, .situation = situation, .arena = payslip->arena, .diags = diags, .slots = payslip->slots};
    bool ok = true, stops;
    for (int advice = 0; advice < 2 && ok; advice++) /* of what cannot be there is nothing to advise */
        for (size_t i = 0; i < book->check_count; i++) {
            if (book->checks[i].stops == (advice == 1)) continue;
            if (!np_check_apply(&eval, &book->checks[i], &stops)) return false;
            ok = ok && !stops;
        }
    return ok;
}
