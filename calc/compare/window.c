/* What a post pays in its first months of service, with one input changed. */
#include <string.h>

#include "natopay/career/month.h"
#include "solve_internal.h"

typedef struct job {
    const np_comparison *c;
    const np_post_column *column;
    np_projector *projector;
    const np_scan *scan; /* NULL: nothing is changed */
    int64_t at;
    int32_t months;
    np_arena *scratch;
    bool sign;
    np_num total;
    uint64_t signature;
} job;

/* ---- the branches that evaluation takes ---- */

static void mix(uint64_t *hash, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        *hash ^= value >> (8 * i) & 0xFF;
        *hash *= 1099511628211u;
    }
}

static bool equal_numbers(const np_value *a, const np_value *b)
{
    if (a->unknown || b->unknown) return a->unknown == b->unknown;
    if (a->type == NP_DATE) return b->type == NP_DATE && a->as.date == b->as.date;
    bool numbers = (a->type == NP_MONEY || a->type == NP_NUMBER) && (b->type == NP_MONEY || b->type == NP_NUMBER);
    return numbers && np_num_compare(a->as.number, b->as.number) == 0;
}

/* Truths, which side of min and max counts, whole numbers by floor: where these stay, amounts are smooth in the input
 * up to rounding. */
static void mix_node(uint64_t *hash, const np_payslip *slip, const np_node *node)
{
    const np_value *value = &slip->trace[node->id];
    mix(hash, value->type);
    if (value->type == NP_NONE) return; /* not evaluated: another branch was taken */
    mix(hash, value->unknown);
    if (!value->unknown && value->type == NP_TRUTH) mix(hash, value->as.truth);
    bool chooses =
        node->op == NP_OP_CALL && (node->index == NP_FN_MIN || node->index == NP_FN_MAX || node->index == NP_FN_CLAMP);
    for (size_t i = 0; i < node->argc; i++) {
        if (chooses) mix(hash, equal_numbers(value, &slip->trace[node->args[i]->id]));
        mix_node(hash, slip, node->args[i]);
    }
    int64_t whole;
    if (node->op == NP_OP_CALL && node->index == NP_FN_FLOOR && !value->unknown &&
        np_num_to_int(value->as.number, &whole))
        mix(hash, (uint64_t)whole);
}

static void mix_payslip(uint64_t *hash, const np_payslip *slip)
{
    const np_book *book = slip->book;
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        mix(hash, slip->lines[i].state);
        if (slip->lines[i].state == NP_LINE_NOT_IN_FORCE) continue;
        if (rule->when.root) mix_node(hash, slip, rule->when.root);
        if (rule->amount.root) mix_node(hash, slip, rule->amount.root);
    }
    for (size_t i = 0; i < book->input_count; i++)
        if (book->inputs[i].fallback.root) mix_node(hash, slip, book->inputs[i].fallback.root);
}

static bool sign_stretches(job *j, const np_career *career, const np_projection *p, np_diags *diags)
{
    np_payslip *slip = np_payslip_new(j->column->book, j->scratch, true);
    for (size_t i = 0; i < p->stretch_count; i++) {
        const np_stretch *stretch = &p->stretches[i];
        np_situation_at(career->situation, &career->terms, stretch->month, stretch->grade, stretch->step);
        if (!np_payslip_compute(slip, career->situation, diags, NULL)) return false;
        mix(&j->signature, (uint64_t)stretch->month);
        mix_payslip(&j->signature, slip);
    }
    return true;
}

/* ---- the sum ---- */

static void compute(void *context)
{
    job *j = context;
    np_diags diags;
    np_diags_init(&diags, j->scratch);
    j->total = np_no_number();
    j->signature = 14695981039346656037u;
    if (j->column->present) { /* whatever is changed, it stays */
        np_num all = np_num_mul(j->scratch, j->column->payslip->net.amount, np_num_int(j->months));
        j->total = np_convert(j->scratch, &j->column->conversion, all, true);
        return;
    }
    np_situation *situation = np_situation_copy(j->column->situation, j->scratch);
    if (j->scan && !np_scan_set(j->scan, j->column, situation, j->at)) return;
    np_career *career = j->projector ? np_career_open(j->projector, situation, j->scratch, &diags, NULL, NULL)
                                     : np_career_new(situation, j->scratch, &diags);
    if (!career) return;
    np_project_options options = {.months = j->months};
    const np_projection *p = np_career_project(career, &options);
    if (!p) return;
    np_num sum = np_num_add(j->scratch, p->total.net, p->total.once);
    sum = np_convert(j->scratch, &j->column->conversion, sum, true);
    if (j->sign && !sign_stretches(j, career, p, &diags)) return;
    j->total = sum;
}

static bool run(job *j)
{
    np_arena_reset(j->scratch);
    return np_arena_guard(j->scratch, compute, j) && np_num_valid(j->total);
}

np_num np_window_total(const np_comparison *comparison, const np_post_column *column, np_projector *projector,
                       const np_scan *scan, int64_t at, size_t months, np_arena *scratch)
{
    job j = {comparison, column, projector, scan, at, (int32_t)months, scratch, .sign = false};
    return run(&j) ? np_num_copy(comparison->arena, j.total) : np_no_number();
}

uint64_t np_window_signature(const np_comparison *comparison, const np_post_column *column, np_projector *projector,
                             const np_scan *scan, int64_t at, size_t months, np_arena *scratch)
{
    job j = {comparison, column, projector, scan, at, (int32_t)months, scratch, .sign = true};
    return run(&j) ? j.signature : 0;
}
