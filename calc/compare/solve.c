/* Where two posts pay the same, as one input moves.
 *
 * Few values are all tried. Many are cut at the thresholds, where a condition or a ceiling begins to apply: these are
 * found by bisection on the branches that evaluation takes. A condition that compares an amount with an input holds on
 * one side of a value, so that between two values with the same branches there is no other. Within such a part the
 * difference runs one way but for the rounding of single lines, so a change of sign is found by bisection, and what
 * rounding does around it by trying every value near it. */
#include <stdlib.h>
#include <string.h>

#include "solve_internal.h"

enum { SAMPLES = 48, NEAR = 150, ROUNDING_CENTS = 3 };

typedef struct part {
    int64_t low, high;
    uint64_t branches;
} part;

typedef struct search {
    np_solution *s;
    const np_comparison *c;
    const np_post_column *a, *b;
    np_projector *for_a, *for_b; /* NULL: no memory for one, which costs time alone */
    bool both;                   /* the input moves the first post too */
    np_num fixed;                /* what the first one pays when it does not */
    np_arena *scratch;
    size_t capacity;
    part parts[NP_SOLVE_FOUND];
    size_t part_count;
    int64_t exhaustive;
} search;

static np_num difference(search *x, int64_t at)
{
    np_num of_b = np_window_total(x->c, x->b, x->for_b, &x->s->scan, at, x->s->months, x->scratch);
    np_num of_a = x->fixed;
    if (x->both) of_a = np_window_total(x->c, x->a, x->for_a, &x->s->scan, at, x->s->months, x->scratch);
    return np_num_sub(x->c->arena, of_b, of_a);
}

static uint64_t branches_at(search *x, int64_t at)
{
    uint64_t of_b = np_window_signature(x->c, x->b, x->for_b, &x->s->scan, at, x->s->months, x->scratch);
    if (!x->both) return of_b;
    uint64_t of_a = np_window_signature(x->c, x->a, x->for_a, &x->s->scan, at, x->s->months, x->scratch);
    return of_b * 31 + of_a;
}

static void add(search *x, np_found_kind kind, int64_t low, int64_t high, np_num at_low, np_num at_high)
{
    np_solution *s = x->s;
    for (size_t i = 0; i < s->found_count; i++) {
        np_found *other = &s->found[i];
        if (other->kind != kind) continue;
        if (other->low == low && other->high == high) return;
        if (kind == NP_FOUND_EQUAL && low <= other->high + 1 && high + 1 >= other->low) { /* runs that meet are one */
            if (low < other->low) other->low = low;
            if (high > other->high) other->high = high;
            return;
        }
    }
    if (s->found_count >= NP_SOLVE_FOUND) {
        s->complete = false;
        return;
    }
    s->found = np_arena_grow(x->c->arena, s->found, &x->capacity, s->found_count + 1, sizeof *s->found);
    s->found[s->found_count++] = (np_found){kind, low, high, at_low, at_high};
}

/* Try every value from low to high. */
static void sweep(search *x, int64_t low, int64_t high)
{
    np_num before = np_no_number();
    for (int64_t at = low; at <= high; at++) {
        np_num now = difference(x, at);
        bool same = at == low || (np_num_valid(now) && np_num_valid(before) && np_num_compare(now, before) == 0);
        if (!same) x->s->moves = true;
        if (np_num_valid(now)) {
            int sign = np_num_sign(now);
            if (sign == 0) add(x, NP_FOUND_EQUAL, at, at, now, now);
            if (np_num_valid(before) && sign * np_num_sign(before) < 0)
                add(x, NP_FOUND_PASSES, at - 1, at, before, now);
        }
        before = now;
    }
}

static void sweep_near(search *x, int64_t at, const part *within)
{
    int64_t low = at - NEAR < within->low ? within->low : at - NEAR;
    int64_t high = at + NEAR > within->high ? within->high : at + NEAR;
    sweep(x, low, high);
}

/* The last value between from and to (either may be the larger) whose sign is that at from. */
static int64_t last_of_sign(search *x, int64_t from, int64_t to, int sign)
{
    int64_t inside = from, outside = to;
    while (inside - outside > 1 || outside - inside > 1) {
        int64_t middle = inside + (outside - inside) / 2;
        if (np_num_sign(difference(x, middle)) == sign)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

static bool nearly_equal(search *x, np_num amount)
{
    np_num noise = np_num_ratio((int64_t)x->s->months * ROUNDING_CENTS, 100);
    np_num size = np_num_sign(amount) < 0 ? np_num_neg(x->c->arena, amount) : amount;
    return np_num_compare(size, noise) <= 0;
}

static void search_part(search *x, const part *p)
{
    np_num low = difference(x, p->low), high = difference(x, p->high);
    if (!np_num_valid(low) || !np_num_valid(high)) return;
    int a = np_num_sign(low), b = np_num_sign(high);
    if (a == 0 && b == 0) {
        add(x, NP_FOUND_EQUAL, p->low, p->high, low, high);
        return;
    }
    if (a != b) {
        int64_t edge = last_of_sign(x, p->low, p->high, a);
        if (a == 0) add(x, NP_FOUND_EQUAL, p->low, edge, low, low);
        sweep_near(x, edge, p);
        int64_t other = last_of_sign(x, p->high, p->low, b);
        if (b == 0) add(x, NP_FOUND_EQUAL, other, p->high, high, high);
        if (other - edge > NEAR) { /* a stretch of zeros between the two signs */
            add(x, NP_FOUND_EQUAL, edge + 1, other - 1, np_num_int(0), np_num_int(0));
            sweep_near(x, other, p);
        }
        return;
    }
    if (nearly_equal(x, low)) sweep_near(x, p->low, p);
    if (nearly_equal(x, high)) sweep_near(x, p->high, p);
}

/* ---- thresholds ---- */

static void add_part(search *x, int64_t low, int64_t high, uint64_t its_branches)
{
    if (x->part_count && x->parts[x->part_count - 1].branches == its_branches &&
        x->parts[x->part_count - 1].high + 1 >= low) {
        x->parts[x->part_count - 1].high = high;
        return;
    }
    if (x->part_count >= NP_SOLVE_FOUND) {
        x->s->complete = false;
        x->parts[x->part_count - 1].high = high; /* searched all the same, as one */
        return;
    }
    x->parts[x->part_count++] = (part){low, high, its_branches};
}

static void cut(search *x, int64_t low, uint64_t at_low, int64_t high, uint64_t at_high)
{
    while (at_low != at_high) {
        int64_t inside = low, outside = high;
        while (outside - inside > 1) {
            int64_t middle = inside + (outside - inside) / 2;
            if (branches_at(x, middle) == at_low)
                inside = middle;
            else
                outside = middle;
        }
        add_part(x, low, inside, at_low);
        low = outside;
        at_low = branches_at(x, low);
        if (!x->s->complete) break;
    }
    add_part(x, low, high, at_low);
}

static void find_parts(search *x)
{
    int64_t low = x->s->scan.low, high = x->s->scan.high, from = low;
    uint64_t at_from = branches_at(x, from);
    for (int i = 1; i <= SAMPLES && from < high; i++) {
        int64_t to = i == SAMPLES ? high : low + (high - low) / SAMPLES * i;
        if (to <= from) continue;
        uint64_t at_to = branches_at(x, to);
        cut(x, from, at_from, to, at_to);
        from = to;
        at_from = at_to;
    }
}

/* Both posts gain or lose the same at a threshold that both have. Where neither side of it moves the difference,
 * nothing begins there that a comparison could tell. */
static bool is_level(search *x, const part *before, const part *after, np_num at)
{
    np_num low = difference(x, before->low), high = difference(x, after->high);
    return np_num_valid(at) && np_num_valid(low) && np_num_valid(high) && np_num_compare(low, at) == 0 &&
           np_num_compare(high, at) == 0;
}

static void add_thresholds(search *x)
{
    for (size_t i = 0; i + 1 < x->part_count; i++) {
        int64_t low = x->parts[i].high, high = x->parts[i + 1].low;
        if (high != low + 1) continue;
        np_num before = difference(x, low), after = difference(x, high);
        bool same = np_num_valid(before) && np_num_valid(after) && np_num_compare(before, after) == 0;
        if (same && is_level(x, &x->parts[i], &x->parts[i + 1], before)) continue;
        add(x, NP_FOUND_THRESHOLD, low, high, before, after);
        if (np_num_valid(before) && np_num_valid(after) && np_num_sign(before) * np_num_sign(after) < 0)
            add(x, NP_FOUND_PASSES, low, high, before, after);
    }
}

/* ---- all of it ---- */

static int by_place(const void *a, const void *b)
{
    const np_found *x = a, *y = b;
    int order = (x->low > y->low) - (x->low < y->low);
    return order ? order : (int)x->kind - (int)y->kind;
}

static void look(void *context)
{
    search *x = context;
    np_solution *s = x->s;
    if (!x->both) x->fixed = np_window_total(x->c, x->a, x->for_a, NULL, 0, s->months, x->scratch);
    s->difference_low = difference(x, s->scan.low);
    s->difference_high = difference(x, s->scan.high);
    s->possible = np_num_valid(s->difference_low) && np_num_valid(s->difference_high);
    if (!s->possible) return;
    bool amounts = s->scan.input->type == NP_MONEY || (s->scan.input->type == NP_NUMBER && !s->scan.input->whole);
    s->everywhere = !amounts || s->scan.high - s->scan.low <= x->exhaustive;
    if (amounts) {
        find_parts(x);
        add_thresholds(x);
    }
    if (s->everywhere)
        sweep(x, s->scan.low, s->scan.high);
    else
        for (size_t i = 0; i < x->part_count; i++) search_part(x, &x->parts[i]);
    if (s->found_count > 1) qsort(s->found, s->found_count, sizeof *s->found, by_place);
}

bool np_solve(np_solution *solution, const np_comparison *comparison, const np_scan *scan, size_t column, size_t months,
              int64_t exhaustive, np_diags *diags)
{
    *solution = (np_solution){.scan = *scan, .column = column, .months = months, .complete = true};
    search x = {.s = solution, .c = comparison, .a = &comparison->columns[0], .b = &comparison->columns[column]};
    bool amounts = scan->input->type == NP_MONEY || (scan->input->type == NP_NUMBER && !scan->input->whole);
    if (!amounts && scan->high - scan->low > 20000) {
        np_diag *diag =
            np_report(diags, NP_CODE_BAD_SCAN, np_span_none(), "%s: the range has too many values", scan->input->name);
        np_diag_hint(diags, diag, "at most 20000: give a narrower one, as INPUT=FROM..TO");
        return false;
    }
    x.both = scan->input->about != NP_ABOUT_POST;
    bool moves = np_scan_input(scan, x.b) || (x.both && np_scan_input(scan, x.a));
    if (!x.a->conversion.known || !x.b->conversion.known || !moves) return true;
    x.scratch = np_arena_new((size_t)256 << 20);
    if (!x.scratch) np_arena_give_up(comparison->arena);
    x.exhaustive = exhaustive;
    x.for_a = np_projector_new(x.a->book);
    x.for_b = np_projector_new(x.b->book);
    bool fits = np_arena_guard(comparison->arena, look, &x); /* the scratch memory must go in any case */
    np_projector_free(x.for_a);
    np_projector_free(x.for_b);
    np_arena_free(x.scratch);
    if (!fits) np_arena_give_up(comparison->arena);
    return true;
}

typedef struct variety {
    np_variation *v;
    const np_comparison *c;
    np_projector *projectors[NP_COMPARE_MOST];
    np_arena *scratch;
} variety;

static void vary(void *context)
{
    variety *x = context;
    np_variation *v = x->v;
    for (size_t p = 0; p < v->points; p++) {
        v->at[p] = v->scan.low + (int64_t)p * v->scan.step;
        for (size_t i = 0; i < x->c->count; i++)
            v->totals[p * x->c->count + i] =
                np_window_total(x->c, &x->c->columns[i], x->projectors[i], &v->scan, v->at[p], v->months, x->scratch);
    }
}

void np_vary(np_variation *variation, const np_comparison *comparison, const np_scan *scan, size_t months)
{
    size_t points = (size_t)((scan->high - scan->low) / scan->step) + 1;
    *variation = (np_variation){.scan = *scan, .months = months, .points = points};
    variation->at = np_arena_array(comparison->arena, points, sizeof *variation->at);
    variation->totals = np_arena_array(comparison->arena, points * comparison->count, sizeof *variation->totals);
    variety x = {.v = variation, .c = comparison, .scratch = np_arena_new((size_t)256 << 20)};
    if (!x.scratch) np_arena_give_up(comparison->arena);
    for (size_t i = 0; i < comparison->count; i++) x.projectors[i] = np_projector_new(comparison->columns[i].book);
    bool fits = np_arena_guard(comparison->arena, vary, &x);
    for (size_t i = 0; i < comparison->count; i++) np_projector_free(x.projectors[i]);
    np_arena_free(x.scratch);
    if (!fits) np_arena_give_up(comparison->arena);
}
