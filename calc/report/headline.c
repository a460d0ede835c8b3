/* The answer that an estimate begins with, and what it leaves out. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "report_internal.h"

/* ---- appointment ---- */

np_appointment_verdict np_appointment(const np_eligible *conditions, size_t count)
{
    np_appointment_verdict verdict = NP_APPOINTMENT_POSSIBLE;
    for (size_t i = 0; i < count; i++) {
        if (!conditions[i].condition->bars || conditions[i].meets == NP_MEETS) continue;
        if (conditions[i].meets == NP_MEETS_NOT) return NP_APPOINTMENT_IMPOSSIBLE;
        verdict = NP_APPOINTMENT_UNKNOWN;
    }
    return verdict;
}

const char *np_appointment_name(np_appointment_verdict verdict)
{
    static const char *const NAMES[] = {"possible", "impossible", "unknown"};
    return NAMES[verdict];
}

const char *np_condition_words(const np_book *book, np_arena *arena, const np_eligible *row, const np_lang *lang)
{
    const np_condition *condition = row->condition;
    const char *label = np_label_text(&condition->about.label, lang, condition->about.name);
    if (row->meets == NP_MEETS_OPEN)
        return np_arena_format(arena, np_say(lang, "%s: needs %s"), label, np_missing_names(book, arena, row->missing));
    const char *missing = np_label_text(&condition->missing, lang, NULL);
    return missing ? np_arena_format(arena, np_say(lang, "%s: not met, it takes %s"), label, missing) : label;
}

/* Who cannot be appointed hears it first; a doubt is said after the number. */
const char *np_appointment_words(const np_book *book, const np_eligible *conditions, size_t count,
                                 np_appointment_verdict about, np_arena *arena, const np_lang *lang)
{
    if (!conditions || np_appointment(conditions, count) != about) return NULL;
    const char *reasons = "";
    for (size_t i = 0; i < count; i++) {
        const np_eligible *row = &conditions[i];
        if (!row->condition->bars || row->meets != (about == NP_APPOINTMENT_IMPOSSIBLE ? NP_MEETS_NOT : NP_MEETS_OPEN))
            continue;
        reasons = np_arena_format(arena, "%s%s%s", reasons, *reasons ? np_say(lang, "; ") : "",
                                  np_condition_words(book, arena, row, lang));
    }
    const char *words = about == NP_APPOINTMENT_IMPOSSIBLE
                            ? NP_MARK("An appointment is not possible. %s.")
                            : NP_MARK("Whether an appointment is possible is not known. %s.");
    return np_arena_format(arena, np_say(lang, words), reasons);
}

void np_impossible_first(np_doc *doc, const np_book *book, const np_eligible *conditions, size_t count)
{
    const char *words = np_appointment_words(book, conditions, count, NP_APPOINTMENT_IMPOSSIBLE, doc->arena, doc->lang);
    if (words) np_doc_text(doc, NULL, words);
}

static void appointment(np_doc *doc, const np_estimate *e, np_appointment_verdict about)
{
    const char *words = np_appointment_words(e->book, e->conditions, e->condition_count, about, doc->arena, doc->lang);
    if (words) np_doc_text(doc, NULL, words);
}

/* ---- about how much ---- */

static const char *money(np_doc *doc, const np_estimate *e, np_num amount)
{
    return np_amount_words(doc, e->book, amount, e->payslip->currency);
}

/* Whether an amount lies in the range that is printed behind it, if one is. */
static bool in_shown_range(const np_range *range, np_num amount)
{
    bool figures = np_num_compare(range->figures_low, range->figures_high) != 0;
    if (!figures && range->unanswered_count == 0) return true;
    return np_num_compare(amount, figures ? range->figures_low : range->low) >= 0 &&
           np_num_compare(amount, figures ? range->figures_high : range->high) <= 0;
}

/* Two or three digits say enough: 6593.97 is about 6600; but never a number outside the range it has. */
static const char *about(np_doc *doc, const np_estimate *e)
{
    np_num net = e->payslip->net.amount, size = np_num_sign(net) < 0 ? np_num_neg(doc->arena, net) : net;
    int64_t unit = np_num_compare(size, np_num_int(1000)) < 0     ? 10
                   : np_num_compare(size, np_num_int(100000)) < 0 ? 100
                                                                  : 1000;
    for (; unit > 0; unit /= 10) {
        np_num rounded = np_num_round(doc->arena, net, np_num_int(unit), NP_ROUND_HALF_UP);
        if (!in_shown_range(&e->range, rounded)) continue;
        np_text text;
        np_text_init(&text, 1000);
        np_num_print_plain(&text, rounded);
        return np_page_amount(doc->arena, doc->lang, np_text_move(&text, doc->arena));
    }
    return money(doc, e, net);
}

enum { NAMED = 3 }; /* more than that are counted, not named */

static const char *and_more(np_doc *doc, const char *list, size_t count)
{
    if (count <= NAMED) return list;
    return np_arena_format(doc->arena, np_say(doc->lang, "%s and %zu more"), list, count - NAMED);
}

/* " Depending on the premium: between 4641.92 and 4780.65." */
static const char *depending(np_doc *doc, const np_estimate *e)
{
    const np_range *range = &e->range;
    const char *list = "";
    if (np_num_compare(range->figures_low, range->figures_high) == 0) return "";
    for (size_t i = 0; i < range->moving_count && i < NAMED; i++)
        list = np_arena_format(doc->arena, "%s%s%s", list, i ? ", " : "",
                               np_uncertain_label(e->book, doc->arena, range->moving[i], doc->lang));
    const char *words = range->exact
                            ? NP_MARK(" Depending on figures that are not sure (%s): between %s and %s.")
                            : NP_MARK(" Depending on figures that are not sure (%s): about between %s and %s.");
    return np_arena_format(doc->arena, np_say(doc->lang, words), and_more(doc, list, range->moving_count),
                           money(doc, e, range->figures_low), money(doc, e, range->figures_high));
}

/* "married (up to +437.26)" */
static const char *one_answer(np_doc *doc, const np_estimate *e, const np_unanswered *row)
{
    const char *label = np_slot_label(e->book, row->slot, doc->lang);
    const char *rise = np_num_sign(row->rise) ? np_arena_format(doc->arena, "+%s", money(doc, e, row->rise)) : "";
    const char *fall = np_num_sign(row->fall) ? money(doc, e, row->fall) : "";
    return np_arena_format(doc->arena, np_say(doc->lang, "%s (up to %s%s%s)"), label, rise,
                           *rise && *fall ? np_say(doc->lang, " or ") : "", fall);
}

static const char *unanswered(np_doc *doc, const np_estimate *e)
{
    const np_range *range = &e->range;
    const char *list = "";
    if (range->unanswered_count == 0) return "";
    for (size_t i = 0; i < range->unanswered_count && i < NAMED; i++)
        list = np_arena_format(doc->arena, "%s%s%s", list, i ? ", " : "", one_answer(doc, e, &range->unanswered[i]));
    return np_arena_format(doc->arena, np_say(doc->lang, " Not answered: %s; so from %s to %s in all."),
                           and_more(doc, list, range->unanswered_count), money(doc, e, range->low),
                           money(doc, e, range->high));
}

static bool is_open(const np_estimate *e, size_t rule)
{
    return e->book->rules[rule].kind != NP_FACT && e->payslip->lines[rule].state == NP_LINE_OPEN;
}

/* Amounts that exist and are not known, whether due now or by some answer. */
static const char *left_out(np_doc *doc, const np_estimate *e)
{
    const char *list = "";
    size_t count = 0;
    for (size_t i = 0; i < e->book->rule_count; i++) {
        bool known = !is_open(e, i) || !e->payslip->lines[i].missing->gap;
        for (size_t k = 0; known && k < e->range.not_known_count; k++) known = e->range.not_known[k] != i;
        if (known) continue;
        if (count++ >= NAMED) continue;
        list = np_arena_format(doc->arena, "%s%s%s", list, count > 1 ? ", " : "",
                               np_label_text(&e->book->rules[i].label, doc->lang, e->book->rules[i].name));
    }
    if (count == 0) return "";
    return np_arena_format(doc->arena, np_say(doc->lang, " Not included: %s."), and_more(doc, list, count));
}

/* What is required and not known. */
static const char *required(np_doc *doc, const np_estimate *e)
{
    const char *list = "";
    size_t count = 0;
    for (size_t i = 0; i < e->book->rule_count; i++) {
        const np_rule *rule = &e->book->rules[i];
        if (!rule->required || e->payslip->lines[i].state != NP_LINE_OPEN) continue;
        if (count++ >= NAMED) continue;
        list = np_arena_format(doc->arena, "%s%s%s", list, count > 1 ? ", " : "",
                               np_label_text(&rule->label, doc->lang, rule->name));
    }
    return and_more(doc, list, count);
}

static const char *about_how_much(np_doc *doc, const np_estimate *e)
{
    const char *currency = np_currency_words(e->book, e->payslip->currency);
    if (e->payslip->bound == NP_NET_WHOLE)
        return np_arena_format(doc->arena, np_say(doc->lang, "About %s %s net a month."), about(doc, e), currency);
    const char *words =
        e->payslip->bound == NP_NET_AT_MOST
            ? NP_MARK("At most about %s %s net a month: a deduction is not known (%s).")
            : NP_MARK("About %s %s net a month, without what raises or lowers it and is not known (%s).");
    return np_arena_format(doc->arena, np_say(doc->lang, words), about(doc, e), currency, required(doc, e));
}

void np_answer(np_doc *doc, const np_estimate *e)
{
    appointment(doc, e, NP_APPOINTMENT_IMPOSSIBLE);
    const np_value *country = &e->payslip->slots[e->book->country_slot];
    const np_country *place = country->unknown ? NULL : &e->book->countries[country->as.country];
    const char *currency = "";
    if (place && place->currency != place->national_currency)
        currency = np_arena_format(
            doc->arena, np_say(doc->lang, " It is shown in %s, as the book has no exchange rate for %s."),
            np_currency_words(e->book, place->currency), np_currency_words(e->book, place->national_currency));
    int year = np_money_year(e->book, e->payslip->slots, e->payslip->date);
    const char *money_of =
        year ? np_arena_format(doc->arena, np_say(doc->lang, " In money of %d, the newest scale that is known."), year)
             : "";
    np_doc_text(doc, NULL,
                np_arena_format(doc->arena, "%s%s%s%s%s%s", about_how_much(doc, e), money_of, depending(doc, e),
                                unanswered(doc, e), left_out(doc, e), currency));
    appointment(doc, e, NP_APPOINTMENT_UNKNOWN);
}

/* ---- not included ---- */

/* Its condition, which is unknown too where it cannot be evaluated. */
static np_value condition_of(const np_estimate *e, np_arena *arena, const np_check *exclusion)
{
    if (!exclusion->when.root) return (np_value){.type = NP_TRUTH, .as.truth = true};
    np_diags discarded;
    np_diags_init(&discarded, arena);
    np_eval eval = {
        .book = e->book, .situation = e->situation, .arena = arena, .diags = &discarded, .slots = e->payslip->slots};
    np_value holds = np_eval_formula(&eval, &exclusion->when);
    holds.unknown = holds.unknown || eval.failed;
    return holds;
}

bool np_could_concern(const np_estimate *e, np_arena *arena, const np_check *exclusion)
{
    if (exclusion->not_due) return false;
    np_value holds = condition_of(e, arena, exclusion);
    return holds.unknown || holds.as.truth;
}

bool np_is_not_due(const np_estimate *e, np_arena *arena, const np_check *exclusion)
{
    if (!exclusion->not_due) return false;
    np_value holds = condition_of(e, arena, exclusion);
    return !holds.unknown && holds.as.truth;
}

static void add_item(np_doc *doc, np_doc_list *list, const char *label, const char *text)
{
    np_doc_item_add(doc, list, text)->label = label;
}

void np_not_included(np_doc *doc, np_doc_node *in, const np_estimate *e)
{
    np_doc_node *section = np_doc_section(doc, in, "not_included", np_say(doc->lang, "Not included"), NULL);
    np_doc_list *list = np_doc_list_of(doc, section, "not_included");
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (is_open(e, i))
            add_item(doc, list, np_label_text(&e->book->rules[i].label, doc->lang, e->book->rules[i].name),
                     np_open_words(doc, e->book, e->payslip->lines[i].missing));
    for (size_t i = 0; i < e->range.kept_count; i++) {
        uint16_t slot = e->range.kept[i];
        add_item(doc, list, np_slot_label(e->book, slot, doc->lang),
                 np_arena_format(doc->arena, np_say(doc->lang, "counted as %s, as %s was not given"),
                                 np_value_words(doc->arena, e->book, &e->payslip->slots[slot], doc->lang),
                                 np_slot_name(e->book, slot)));
    }
    for (size_t i = 0; i < e->book->exclusion_count; i++) {
        const np_check *exclusion = &e->book->exclusions[i];
        if (np_could_concern(e, doc->arena, exclusion))
            np_doc_item_add(doc, list, np_label_text(&exclusion->message, doc->lang, exclusion->name));
    }
    if (list->count == 0) np_doc_text(doc, section, np_say(doc->lang, "Nothing that is known of."));
}

void np_not_due(np_doc *doc, np_doc_node *in, const np_estimate *e)
{
    np_doc_list *list = NULL;
    for (size_t i = 0; i < e->book->exclusion_count; i++) {
        const np_check *exclusion = &e->book->exclusions[i];
        if (!np_is_not_due(e, doc->arena, exclusion)) continue;
        if (!list)
            list = np_doc_list_of(
                doc, np_doc_section(doc, in, "not_due", np_say(doc->lang, "Not due, though one could expect it"), NULL),
                "not_due");
        np_doc_item_add(doc, list, np_label_text(&exclusion->message, doc->lang, exclusion->name));
    }
}
