/* What is paid, year by year: leaves that are looked up together, and the sums of all. */
#include <string.h>

#include "engine_parts.h"

/* ---- bundles ---- */

typedef struct adding {
    np_leaf leaf;
    int64_t sums[3 * NP_PLAN_YEARS_MAX]; /* [year][gross, net, employer] */
} adding;

static void add_to_year(adding *a, uint8_t year, uint8_t kind, int64_t amount)
{
    int64_t *gross = &a->sums[3 * year], *net = gross + 1, *employer = gross + 2;
    bool overflow = false, salary = kind == NP_SALARY || kind == NP_ALLOWANCE;
    if (salary) overflow |= __builtin_add_overflow(*gross, amount, gross);
    if (salary || kind == NP_ONCE) overflow |= __builtin_add_overflow(*net, amount, net);
    if (kind == NP_DEDUCTION) overflow |= __builtin_sub_overflow(*net, amount, net);
    if (kind != NP_DEDUCTION) overflow |= __builtin_add_overflow(*employer, amount, employer);
    a->leaf.awkward = a->leaf.awkward || overflow;
}

/* An amount a month from one month until another. */
static void add_months(const np_window *window, adding *a, uint8_t kind, int64_t units, uint16_t from, uint16_t until)
{
    for (uint16_t month = from; month < until;) {
        uint8_t year = window->year_of[month];
        uint16_t here = month;
        while (here < until && window->year_of[here] == year) here++;
        int64_t amount;
        if (__builtin_mul_overflow(units, here - month, &amount)) a->leaf.awkward = true;
        if (!a->leaf.awkward) add_to_year(a, year, kind, amount);
        month = here;
    }
}

static void add_line(const np_engine *e, const np_worker *w, const np_knot *knot, adding *a, uint16_t month,
                     uint16_t until)
{
    const np_book *book = w->lane.book;
    const np_line *line = &w->payslip->lines[book->slots[knot->slot].index];
    const np_value *value = &w->payslip->slots[knot->slot];
    if (line->state != NP_LINE_DUE) return;
    if (knot->kind == NP_ONCE && line->date != NP_DATE_NONE &&
        np_date_month_start(line->date) != e->window.start[month])
        return;
    if (line->status > a->leaf.status) a->leaf.status = line->status;
    if (np_num_sign(value->as.number) == 0) return;
    bool first = a->leaf.currency == NP_CURRENCY_ANY;
    int64_t units;
    if (value->currency >= book->currency_count || (!first && value->currency != a->leaf.currency) ||
        !np_store_units(book, value, &units)) {
        a->leaf.awkward = true;
        return;
    }
    a->leaf.currency = value->currency;
    add_months(&e->window, a, knot->kind, units, month, until);
}

/* False after an error. */
static bool add_knot(np_engine *e, np_worker *w, const np_knot *knot, uint32_t bit, adding *a)
{
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, &options);
    np_showing showing;
    showing.begun = false;
    const np_formula *date = &w->lane.book->rules[w->lane.book->slots[knot->slot].index].date;
    for (uint16_t month = w->track.from; month < w->track.until;) {
        uint16_t next = np_worker_show(e, w, &knot->whole, &showing, month);
        if (!np_payslip_slot(&eval, w->payslip, knot->slot)) return false;
        const np_line *line = &w->payslip->lines[w->lane.book->slots[knot->slot].index];
        bool open = line->state == NP_LINE_OPEN, once = knot->kind == NP_ONCE && date->root;
        if (open && (!once || np_plan_falls(&eval, date, e->window.start[month]))) a->leaf.open |= bit;
        if (open && once) /* looks for the month in which it falls */
            next = (uint16_t)(month + 1);
        else
            next =
                np_worker_again(e, w->payslip->stands[knot->slot].horizon, &w->payslip->slots[knot->slot], month, next);
        add_line(e, w, knot, a, month, next);
        month = next;
    }
    e->counts.computed++;
    return true;
}

static uint32_t compute_bundle(np_engine *e, np_worker *w, const np_bundle *bundle, const uint32_t *conditions)
{
    adding a = {.leaf = {.currency = NP_CURRENCY_ANY}};
    for (size_t i = 0; i < bundle->count; i++) {
        const np_knot *knot = &w->lane.knots[bundle->knots[i]];
        bool never = conditions[i] && np_worker_never(e, conditions[i]);
        if (never && e->store.courses[conditions[i]].open && knot->kind != NP_ONCE) a.leaf.open |= (uint32_t)1 << i;
        if (never && knot->kind == NP_ONCE) never = !e->store.courses[conditions[i]].open;
        if (!never && !add_knot(e, w, knot, (uint32_t)1 << i, &a)) return 0;
    }
    return np_store_leaf(&e->store, &a.leaf, a.sums) + 1;
}

bool np_worker_bundle(np_engine *e, np_worker *w, size_t number)
{
    const np_bundle *bundle = &w->lane.bundles[number];
    const np_parts *whole = &w->lane.knots[bundle->knots[0]].whole;
    np_bundle_now *now = &w->bundles[number];
    uint32_t key[NP_NAMES_MAX + NP_BUNDLE_MAX + 2] = {(uint32_t)w->track.from << 16 | w->track.until}, words = 1;
    bool never = true, passing = false;
    if (np_worker_outside(e, w, &w->lane.knots[bundle->knots[0]])) {
        w->leaf[number] = UINT32_MAX;
        return true;
    }
    for (size_t i = 0; i < bundle->count; i++) {
        size_t knot = bundle->knots[i];
        uint32_t condition = 0;
        if (w->lane.knots[knot].when->root) {
            condition = np_worker_condition(e, w, knot);
            if (!condition) return false;
        }
        never = never && condition && np_worker_never(e, condition);
        key[words++] = condition;
    }
    if (never) {
        memset(key + words, 0, whole->count * sizeof *key);
        words += whole->count;
    } else {
        words = np_worker_words(e, w, whole, key, words, &passing);
        if (!words) return false;
    }
    e->counts.looked_up++;
    if (passing) {
        uint32_t leaf = compute_bundle(e, w, bundle, key + 1);
        w->leaf[number] = leaf - 1;
        return leaf != 0;
    }
    if (!np_last_was(&now->last, key, words)) {
        uint32_t leaf = np_memo_get(&now->memo, key, words);
        if (!leaf) {
            leaf = compute_bundle(e, w, bundle, key + 1);
            if (!leaf) return false;
            np_memo_put(&now->memo, key, words, leaf);
        }
        np_last_is(&now->last, key, words, leaf);
    }
    w->leaf[number] = now->last.answer - 1;
    return true;
}

/* ---- the sums of all ---- */

static bool add_lines(const np_engine *e, const np_worker *w, np_outcome *outcome, adding *a)
{
    for (size_t i = 0; i < w->lane.knot_count; i++) {
        const np_knot *knot = &w->lane.knots[i];
        if (knot->kind == NP_FACT || knot->leaf || w->course[knot->slot] == 0) continue;
        const np_plan_course *course = &e->store.courses[w->course[knot->slot]];
        if (course->awkward || (course->open && knot->kind == NP_SALARY)) return false;
        if (course->open) outcome->open[knot->slot / 64] |= (uint64_t)1 << (knot->slot % 64);
        if (course->status > outcome->status) outcome->status = course->status;
        if (course->sums == UINT32_MAX) continue;
        if (course->currency != outcome->currency) return false;
        for (uint8_t y = 0; y < e->window.years; y++) add_to_year(a, y, knot->kind, e->store.sums[course->sums + y]);
    }
    return true;
}

static bool add_leaves(const np_engine *e, const np_worker *w, np_outcome *outcome, adding *a)
{
    for (size_t i = 0; i < w->lane.bundle_count; i++) {
        if (w->leaf[i] == UINT32_MAX) continue;
        const np_leaf *leaf = &e->store.leaves[w->leaf[i]];
        if (leaf->awkward) return false;
        for (size_t k = 0; leaf->open >> k; k++) {
            uint16_t slot = w->lane.knots[w->lane.bundles[i].knots[k]].slot;
            if (leaf->open >> k & 1) outcome->open[slot / 64] |= (uint64_t)1 << (slot % 64);
        }
        if (leaf->status > outcome->status) outcome->status = leaf->status;
        if (leaf->sums == UINT32_MAX) continue;
        if (leaf->currency != outcome->currency) return false;
        for (uint32_t y = 0; y < 3U * e->window.years; y++)
            a->leaf.awkward |= __builtin_add_overflow(a->sums[y], e->store.sums[leaf->sums + y], &a->sums[y]);
    }
    return true;
}

bool np_worker_outcome(np_engine *e, np_worker *w, np_outcome *outcome)
{
    const np_book *book = w->lane.book;
    adding a;
    memset(a.sums, 0, 3U * e->window.years * sizeof *a.sums);
    a.leaf.awkward = false;
    outcome->applies = true;
    outcome->currency = book->countries[w->payslip->slots[book->country_slot].as.country].currency;
    outcome->from = w->track.from;
    outcome->until = w->track.until;
    outcome->status = NP_PUBLISHED;
    memset(outcome->open, 0, sizeof outcome->open);
    bool serves = outcome->from < outcome->until;
    if (serves && (!add_lines(e, w, outcome, &a) || !add_leaves(e, w, outcome, &a))) return false;
    np_num unit = book->currencies[outcome->currency].minor_unit;
    if (a.leaf.awkward || unit.den <= 0 || unit.of.small != 1) return false;
    for (uint16_t y = 0; y < e->window.years; y++) {
        outcome->years[y].gross = np_num_small(a.sums[3 * y], unit.den);
        outcome->years[y].net = np_num_small(a.sums[3 * y + 1], unit.den);
        outcome->years[y].employer = np_num_small(a.sums[3 * y + 2], unit.den);
    }
    return true;
}
