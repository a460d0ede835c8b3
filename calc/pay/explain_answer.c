/* The one sentence that answers "why this amount?", and the trees of totals. */
#include <string.h>

#include "explain_internal.h"
#include "natopay/book/spelling.h"
#include "natopay/pay/explain.h"
#include "natopay/pay/format_value.h"

enum { FORMULA_MOST = 80, SENTENCE_MOST = 16384 };

static const char *const TOTAL_NAMES[NP_TOTAL_COUNT] = {"gross", "deductions", "net", "employer_cost", "once"};

static const char *const TOTAL_LABELS[NP_TOTAL_COUNT] = {NP_MARK("Gross"), NP_MARK("Deductions"), NP_MARK("Net"),
                                                         NP_MARK("Total cost to the employer"),
                                                         NP_MARK("One-off payments")};

const char *np_total_name(np_total_kind kind)
{
    return TOTAL_NAMES[kind];
}

/* What else a payslip calls them. */
static const char *const TOTALS_IN_PAYSLIPS[NP_TOTAL_COUNT] = {
    [NP_TOTAL_NET] = NP_MARK("Net a month"),
    [NP_TOTAL_EMPLOYER] = NP_MARK("Cost to the employer, with gross"),
    [NP_TOTAL_ONCE] = NP_MARK("Once"),
};

static bool is_called(const char *label, const char *name, const np_lang *lang)
{
    return label && (np_spelled_same(label, name) || np_spelled_same(np_say(lang, label), name));
}

bool np_total_parse(const char *name, const np_lang *lang, np_total_kind *kind)
{
    for (int i = 0; i < NP_TOTAL_COUNT; i++)
        if (np_spelled_same(TOTAL_NAMES[i], name) || is_called(TOTAL_LABELS[i], name, lang) ||
            is_called(TOTALS_IN_PAYSLIPS[i], name, lang)) {
            *kind = (np_total_kind)i;
            return true;
        }
    return false;
}

/* ---- totals ---- */

static void add_step(np_step *parent, np_step *step)
{
    if (parent->last)
        parent->last->next = step;
    else
        parent->first = step;
    parent->last = step;
}

/* The lines of some kinds that are due, each with its explanation. */
static void add_lines(np_step *parent, const np_payslip *payslip, const np_situation *situation, np_kind from,
                      np_kind to, const np_lang *lang)
{
    const np_book *book = payslip->book;
    for (int kind = (int)from; kind <= (int)to; kind++)
        for (size_t i = 0; i < book->rule_count; i++)
            if (book->rules[i].kind == (np_kind)kind && payslip->lines[i].state == NP_LINE_DUE &&
                (book->rules[i].costs || kind != NP_ADJUSTMENT || parent->name != TOTAL_NAMES[NP_TOTAL_EMPLOYER]))
                add_step(parent, np_explain_rule(payslip, situation, &book->rules[i], lang));
}

static np_step *new_total(const np_payslip *payslip, np_total_kind kind, np_num amount, unsigned status,
                          const np_lang *lang)
{
    np_step *step = np_arena_alloc(payslip->arena, sizeof *step);
    *step = (np_step){.kind = NP_STEP_TOTAL, .name = TOTAL_NAMES[kind], .effective = NP_DATE_NONE, .has_value = true};
    step->label = np_say(lang, TOTAL_LABELS[kind]);
    step->value = (np_value){.type = NP_MONEY, .currency = payslip->currency, .status = (uint8_t)status};
    step->value.as.number = amount;
    step->has_status = true;
    step->status = (np_status)status;
    return step;
}

/* All that comes once, in whichever month. */
static np_step *total_once(const np_payslip *payslip, const np_situation *situation, const np_lang *lang)
{
    np_num sum = np_num_int(0);
    unsigned status = NP_PUBLISHED;
    for (size_t i = 0; i < payslip->book->rule_count; i++) {
        const np_line *line = &payslip->lines[i];
        if (payslip->book->rules[i].kind != NP_ONCE || line->state != NP_LINE_DUE) continue;
        sum = np_num_add(payslip->arena, sum, line->amount);
        if (line->status > status) status = line->status;
    }
    np_step *step = new_total(payslip, NP_TOTAL_ONCE, sum, status, lang);
    add_lines(step, payslip, situation, NP_ONCE, NP_ONCE, lang);
    return step;
}

static np_step *total_of(const np_payslip *payslip, const np_situation *situation, np_total_kind kind,
                         const np_lang *lang)
{
    if (kind == NP_TOTAL_ONCE) return total_once(payslip, situation, lang);
    const np_total *const totals[] = {&payslip->gross, &payslip->deductions, &payslip->net, &payslip->employer};
    np_step *step = new_total(payslip, kind, totals[kind]->amount, totals[kind]->status, lang);
    if (kind == NP_TOTAL_NET || kind == NP_TOTAL_EMPLOYER)
        add_step(step, total_of(payslip, situation, NP_TOTAL_GROSS, lang));
    if (kind == NP_TOTAL_GROSS) add_lines(step, payslip, situation, NP_SALARY, NP_ALLOWANCE, lang);
    if (kind == NP_TOTAL_NET || kind == NP_TOTAL_DEDUCTIONS)
        add_lines(step, payslip, situation, NP_DEDUCTION, NP_DEDUCTION, lang);
    if (kind == NP_TOTAL_NET || kind == NP_TOTAL_EMPLOYER)
        add_lines(step, payslip, situation, NP_ADJUSTMENT, NP_ADJUSTMENT, lang);
    if (kind == NP_TOTAL_EMPLOYER) add_lines(step, payslip, situation, NP_EMPLOYER, NP_EMPLOYER, lang);
    return step;
}

/* ---- sentences ---- */

/* A label within a sentence: "pension contribution", but "NATO ...". */
static const char *within(np_arena *arena, const char *label)
{
    bool word = label[0] >= 'A' && label[0] <= 'Z' && label[1] >= 'a' && label[1] <= 'z';
    char *copy = np_arena_copy(arena, label, strlen(label));
    if (word) copy[0] = (char)(copy[0] + ('a' - 'A'));
    return copy;
}

static const char *words_of(const np_payslip *payslip, const np_value *value, const np_lang *lang)
{
    np_text text;
    np_text_init(&text, SENTENCE_MOST);
    np_print_value(&text, payslip->book, value, lang);
    return np_text_move(&text, payslip->arena);
}

/* "Net 4748.63 EUR = gross 5335.54 - pension contribution 426.84 - group insurance premium 160.07" */
static const char *sum_sentence(const np_payslip *payslip, const np_step *total, np_total_kind kind,
                                const np_lang *lang)
{
    np_text out;
    np_text_init(&out, SENTENCE_MOST);
    np_text_printf(&out, "%s %s", total->label, words_of(payslip, &total->value, lang));
    if (kind == NP_TOTAL_NET && payslip->bound == NP_NET_AT_MOST)
        np_text_puts(&out, np_say(lang, " at most (a deduction is not known)"));
    if (kind == NP_TOTAL_NET && payslip->bound == NP_NET_INCOMPLETE)
        np_text_puts(&out, np_say(lang, " (incomplete: something that raises or lowers it is not known)"));
    for (const np_step *line = total->first; line; line = line->next) {
        const np_rule *rule = np_book_rule(payslip->book, line->name);
        np_num amount = line->value.as.number;
        bool adjusts = rule && rule->kind == NP_ADJUSTMENT;
        bool less = adjusts ? np_num_sign(amount) < 0 : kind == NP_TOTAL_NET;
        np_text_puts(&out, line == total->first ? " = " : less ? " - " : " + ");
        if (adjusts && less) amount = np_num_neg(payslip->arena, amount);
        np_text_puts(&out, within(payslip->arena, line->label ? line->label : line->name));
        np_text_putc(&out, ' ');
        np_print_amount(&out, payslip->book, amount, line->value.currency);
    }
    return np_text_move(&out, payslip->arena);
}

/* The first of the conditions joined by `and` that does not hold. */
static const np_node *failing(const np_payslip *payslip, const np_node *node)
{
    for (size_t i = 0; node->op == NP_OP_AND && i < node->argc; i++) {
        const np_value *value = &payslip->trace[node->args[i]->id];
        if (value->type == NP_TRUTH && !value->unknown && !value->as.truth) return failing(payslip, node->args[i]);
    }
    return node;
}

static const char *why_not(const np_payslip *payslip, const np_rule *rule, const np_lang *lang)
{
    np_arena *arena = payslip->arena;
    const np_node *node = failing(payslip, rule->when.root);
    bool turned = node->op == NP_OP_NOT;
    if (turned) node = node->args[0];
    if (node->op == NP_OP_SLOT)
        return np_arena_format(arena,
                               turned ? np_say(lang, "Not due: \"%s\" is yes") : np_say(lang, "Not due: \"%s\" is no"),
                               np_slot_label(payslip->book, node->index, lang));
    if (turned) node = failing(payslip, rule->when.root);
    return np_arena_format(arena, np_say(lang, "Not due: the condition %.*s does not hold"),
                           (int)(node->end - node->start), rule->when.key->value + node->start);
}

/* The first change that would make it due, which stands in the tree with the others. */
static const char *with_change(const np_payslip *payslip, const char *sentence, const np_step *line,
                               const np_lang *lang)
{
    for (const np_step *step = line->first; step; step = step->next) {
        if (step->kind != NP_STEP_CHANGE || !*step->name) continue;
        return np_arena_format(payslip->arena, np_say(lang, "%s; it would be due with %s = %s%s%s"), sentence,
                               step->name, words_of(payslip, &step->value, lang), step->detail ? " " : "",
                               step->detail ? step->detail : "");
    }
    return sentence;
}

static const char *open_sentence(const np_payslip *payslip, const np_missing *missing, const np_step *line,
                                 const np_lang *lang)
{
    const char *list = "";
    for (const np_step *step = line->first; step; step = step->next) {
        if (step->kind != NP_STEP_MISSING) continue;
        const char *what = *step->name ? (step->label ? step->label : step->name) : missing->gap->message;
        list = np_arena_format(payslip->arena, "%s%s%s", list, *list ? ", " : "", what);
    }
    return np_arena_format(payslip->arena, np_say(lang, "Not counted, because this is not known: %s"), list);
}

/* An amount's formula with its values, without a factor of one behind it; NULL: it is no plain arithmetic. */
static const char *plain_formula(const np_payslip *payslip, const np_rule *rule, const np_lang *lang)
{
    static const char ONE[] = " * 1";
    if (!rule->amount.root) return NULL;
    const char *filled = np_formula_filled(payslip, rule->amount.root, lang);
    if (!filled || strlen(filled) > FORMULA_MOST || strchr(filled, '(')) return NULL;
    size_t length = strlen(filled), tail = sizeof ONE - 1;
    bool one = length > tail && strcmp(filled + length - tail, ONE) == 0;
    return np_arena_copy(payslip->arena, filled, one ? length - tail : length);
}

/* A fact is not rounded in the payslip. In a sentence its amount is, as money is paid, and another number is shortened:
 * the tree below has both to the last digit. */
static const char *fact_sentence(const np_payslip *payslip, const np_step *step, const char *label, const np_lang *lang)
{
    np_text text;
    np_text_init(&text, SENTENCE_MOST);
    np_value value = step->value;
    bool rounded = value.type == NP_MONEY && !value.unknown && value.currency < payslip->book->currency_count;
    if (rounded) {
        const np_currency *currency = &payslip->book->currencies[value.currency];
        value.as.number = np_num_round(payslip->arena, value.as.number, currency->minor_unit, payslip->book->rounding);
        rounded = np_num_compare(value.as.number, step->value.as.number) != 0;
    }
    np_print_about(&text, payslip->book, &value, lang);
    if (rounded) np_text_puts(&text, np_say(lang, ", rounded"));
    return np_arena_format(payslip->arena, np_say(lang, "%s: %s"), label, np_text_move(&text, payslip->arena));
}

/* "Pension contribution 426.84 EUR = 8% * 5335.54 EUR"; a formula that is no plain arithmetic is left to the tree. */
static const char *due_sentence(const np_payslip *payslip, const np_rule *rule, const np_step *step,
                                const np_lang *lang)
{
    const char *label = step->label ? step->label : step->name, *value = words_of(payslip, &step->value, lang);
    const char *filled = plain_formula(payslip, rule, lang);
    const np_line *line = &payslip->lines[rule - payslip->book->rules];
    if (rule->kind == NP_FACT) return fact_sentence(payslip, step, label, lang);
    if (!filled || strcmp(filled, value) == 0)
        return np_arena_format(payslip->arena, "%s %s (%s)", label, value, np_say(lang, np_status_name(step->status)));
    bool rounded = np_num_compare(line->exact, line->amount) != 0;
    return np_arena_format(payslip->arena, "%s %s = %s%s", label, value, filled,
                           rounded ? np_say(lang, ", rounded") : "");
}

static const char *line_sentence(const np_payslip *payslip, const np_rule *rule, const np_step *step,
                                 const np_lang *lang)
{
    const np_line *line = &payslip->lines[rule - payslip->book->rules];
    switch (line->state) {
    case NP_LINE_DUE:
        return due_sentence(payslip, rule, step, lang);
    case NP_LINE_OPEN:
        return open_sentence(payslip, line->missing, step, lang);
    case NP_LINE_NOT_DUE:
        return with_change(payslip, why_not(payslip, rule, lang), step, lang);
    default:
        return np_arena_format(payslip->arena, np_say(lang, "Not due, %s"), step->detail);
    }
}

/* ---- both ---- */

np_step *np_explain_total(const np_payslip *payslip, const np_situation *situation, np_total_kind kind,
                          const np_lang *lang)
{
    np_step *step = total_of(payslip, situation, kind, lang);
    step->answer = sum_sentence(payslip, step, kind, lang);
    return step;
}

np_step *np_answer_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                        const np_lang *lang)
{
    np_step *step = np_explain_rule(payslip, situation, rule, lang);
    step->answer = line_sentence(payslip, rule, step, lang);
    return step;
}
