/* What a scenario's changes make of a member of staff: pieces of time with other inputs, one after the other. */
#include <stdlib.h>

#include "engine_internal.h"
#include "hash.h"
#include "natopay/career/month.h"

/* ---- the days ---- */

static int by_date(const void *a, const void *b)
{
    const np_change_day *x = a, *y = b;
    if (x->on != y->on) return x->on < y->on ? -1 : 1;
    return (x->change > y->change) - (x->change < y->change);
}

void np_changes_state_find_days(np_changes_state *changing, np_arena *arena, const np_window *window)
{
    const np_plan_book *plan_book = &changing->plan_book;
    np_date end = window->start[window->months];
    size_t most = 0;
    for (size_t i = 0; i < plan_book->change_count; i++)
        most += plan_book->changes[i].repeats ? window->months + 1u : 1u;
    changing->days = np_arena_array(arena, most + 1, sizeof *changing->days);
    for (size_t i = 0; i < plan_book->change_count; i++) {
        const np_staff_change *change = &plan_book->changes[i];
        np_date first = change->from == NP_DATE_NONE ? window->first : change->from, on = first;
        for (uint32_t k = 0; on != NP_DATE_NONE && on < end; k++) {
            bool early = on < window->first; /* before the plan: the list says what came of it, unless it is once */
            if (!early || !change->repeats) {
                np_date day = early ? window->first : on;
                changing->days[changing->day_count++] =
                    (np_change_day){change, day, np_first_month_after(window, day), k};
            }
            if (!change->repeats) break;
            on = np_date_add(first, (np_duration){(int32_t)(change->every.months * (int64_t)(k + 1)), 0});
        }
    }
    qsort(changing->days, changing->day_count, sizeof *changing->days, by_date);
}

/* ---- one member of staff on one day ---- */

/* What has become of a member of staff so far. */
typedef struct member_state {
    np_engine *e;
    np_changes_state *c;
    unsigned row;
    const char *key;
    np_diags *diags;
    np_given given[NP_SLOTS_MAX]; /* of the piece that goes on, in the order in which they were set */
    size_t given_count;
    uint16_t begun; /* the month in which it began */
    bool gone;
    /* on the day at work */
    const np_change_day *day;
    np_date start;
    bool comes_later, over; /* service begins on the day or later; it has ended before, or lies outside the plan */
    bool goes_on;           /* from the person's period before, without a month between */
    bool only_leaves;       /* the day is the next period's, but for who leaves while the month is still paid here */
    np_grade_point point;
    bool failed;
} member_state;

static void set_input(member_state *k, uint16_t slot, np_value value)
{
    for (size_t i = 0; i < k->given_count; i++)
        if (k->given[i].slot == slot) {
            k->given[i].value = value;
            return;
        }
    if (slot != UINT16_MAX) k->given[k->given_count++] = (np_given){slot, value};
}

static np_value date_value(np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    return value;
}

/* Inputs as the list and the changes so far say. */
static void apply_inputs_so_far(const member_state *k)
{
    const np_situation *from = k->c->listed;
    np_situation *to = k->c->now;
    size_t count = from->book->slot_count;
    memcpy(to->values, from->values, count * sizeof *to->values);
    memcpy(to->given, from->given, count * sizeof *to->given);
    memset(to->by_career, 0, count * sizeof *to->by_career);
    np_piece_apply(to, &(np_piece){.given = k->given, .given_count = k->given_count});
}

/* The months in service, of which the last ones may be paid by the person's next row: what changes before that begins
 * is decided here, and so is who leaves up to the month that it takes over. */
static void find_service(member_state *k, np_terms *terms, uint16_t *from, uint16_t *until)
{
    const np_engine *e = k->e;
    size_t book = k->c->state.number;
    const np_engine_period *before = e->before[k->row];
    const np_date *next = e->next[k->row];
    np_plan_span span = np_engine_span(e, book, k->row, NULL);
    if (next && span.until) span.until = e->window.months;
    np_plan_service(&e->window, terms, span, from, until);
    k->start = terms->start;
    k->comes_later = k->start >= k->day->on;
    k->goes_on = before && before->until[book] >= np_window_month(&e->window, k->start);
    k->only_leaves = next && k->day->on >= *next;
    k->over = k->only_leaves && k->day->month > e->takeover[k->row];
}

/* The state of the day: the first day in service of its month, or of service where that begins later. */
static bool compute_state_on_day(member_state *k, bool rules)
{
    np_engine *e = k->e;
    const np_window *window = &e->window;
    np_situation *now = k->c->now;
    np_payslip *payslip = k->c->payslip;
    np_grade_history history;
    uint16_t from, until;
    apply_inputs_so_far(k);
    k->over = true;
    if (!np_plan_has_basics(now, k->diags) || !np_grade_history_inputs(now, payslip, k->diags) ||
        !np_grade_history_read(now, payslip, k->diags, window->first, window->start[window->months] - 1, &history))
        return k->diags->errors == 0; /* what is missing is reported when the months are computed */
    find_service(k, &history.terms, &from, &until);
    np_date end = history.terms.service_end;
    k->over = k->over || from >= until || k->day->month >= until || (end != NP_DATE_NONE && end < k->day->on);
    if (k->over) return true;
    uint16_t month = k->day->month > from ? k->day->month : from;
    size_t point = 0;
    while (point + 1 < history.count && history.points[point + 1].month <= window->start[month]) point++;
    k->point = history.points[point];
    np_situation_at(now, &history.terms, window->start[month], k->point.grade, k->point.step);
    if (!k->comes_later) np_situation_set_value(now, now->book->date_slot, date_value(k->day->on));
    return rules ? np_payslip_compute(payslip, now, k->diags, NULL) : np_inputs_read(now, payslip, k->diags, NULL);
}

static void report_unknown(const member_state *k, const np_value *value, const char *message)
{
    const char *missing = np_missing_names(k->c->plan_book.book, k->c->payslip->arena, value->as.missing);
    np_report(k->diags, NP_CODE_MISSING_INPUT, np_span_none(), message, k->day->change->name,
              *missing ? missing : np_say(k->diags->lang, "a figure"));
}

/* What is drawn for this member of staff, whatever the order of the list. */
static uint64_t draw_of(const member_state *k)
{
    const np_staff_change *change = k->day->change;
    uint64_t hash = np_mix(np_hash_bytes(change->seed, strlen(change->seed)), k->day->occurrence);
    hash = np_mix(hash, np_hash_bytes(change->name, strlen(change->name)));
    hash = np_mix(hash, np_hash_bytes(k->key, strlen(k->key)));
    return np_mix(np_mix(hash, hash >> 32), hash);
}

/* Whether this member of staff is among the share or the number that is drawn; while those are being found, all are. */
static bool is_drawn(const member_state *k)
{
    const np_staff_change *change = k->day->change;
    if (change->selection) return change->selection->collecting || np_selection_has(change->selection, draw_of(k));
    return !change->drawn || (draw_of(k) >> 32) * (uint64_t)change->share.den < (uint64_t)change->share.of.small << 32;
}

/* The changes of a scenario as bits. */
static uint64_t number_of(const member_state *k, const np_staff_change *change)
{
    return (uint64_t)1 << (change - k->c->plan_book.changes);
}

/* Whether the day is one of the person's period before: what was for them then holds on, and nothing else does. */
static bool decided_before(const member_state *k)
{
    return k->goes_on && k->day->on < k->start;
}

/* Who is in service leaves, and who would begin does not come; the next period of a person is no beginning. */
static bool leaves(const member_state *k, const np_staff_change *change)
{
    return k->comes_later ? change->stay_out && !k->goes_on : change->leave;
}

/* Whether `when` holds on the day. */
static bool condition_holds(member_state *k)
{
    const np_staff_change *change = k->day->change;
    if (!change->when.root) return true;
    np_eval eval = np_payslip_eval(k->c->payslip, k->c->now, k->diags, NULL);
    np_value holds = np_eval_formula(&eval, &change->when);
    k->failed = eval.failed || holds.unknown;
    if (holds.unknown && !eval.failed)
        report_unknown(k, &holds, NP_MARK("whom the change %s is for cannot be told without %s"));
    return !k->failed && holds.as.truth;
}

/* Whether the change is for this member of staff on its day; while a number of them is found, it is for nobody. */
static bool change_applies(member_state *k)
{
    const np_staff_change *change = k->day->change;
    if (k->over || k->failed || (k->only_leaves && !change->leave)) return false;
    if (decided_before(k)) return k->e->before[k->row]->changes[k->c->state.number] & number_of(k, change);
    if ((!change->input_count && !leaves(k, change)) || !is_drawn(k) || !condition_holds(k)) return false;
    bool finding = change->selection && change->selection->collecting;
    if (finding) np_selection_add(change->selection, draw_of(k));
    return !finding;
}

/* A value that a formula gives has the bounds of its input too. */
static bool is_within(const member_state *k, const np_input *input, const np_value *value)
{
    bool low = false, high = false;
    if (value->type == NP_DATE) {
        low = input->has_min && value->as.date < input->min.as.date;
        high = input->has_max && value->as.date > input->max.as.date;
    } else if (value->type == NP_NUMBER || value->type == NP_MONEY) {
        low = input->has_min && np_num_compare(value->as.number, input->min.as.number) < 0;
        high = input->has_max && np_num_compare(value->as.number, input->max.as.number) > 0;
        low = low || (input->whole && value->as.number.den != 1);
    }
    if (low || high)
        np_report(k->diags, NP_CODE_OUT_OF_BOUNDS, np_span_none(), "the change %s sets %s to what it cannot be",
                  k->day->change->name, input->name);
    return !low && !high;
}

/* What an input becomes; NP_NONE when it cannot be told. */
static np_value new_value(member_state *k, const np_change_input *to)
{
    const np_book *book = k->c->plan_book.book;
    if (!to->formula.root) return to->value;
    np_eval eval = np_payslip_eval(k->c->payslip, k->c->now, k->diags, NULL);
    np_value value = np_eval_formula(&eval, &to->formula);
    if (value.unknown && !eval.failed)
        report_unknown(k, &value, NP_MARK("what the change %s sets cannot be told without %s"));
    k->failed =
        k->failed || eval.failed || value.unknown || !is_within(k, &book->inputs[book->slots[to->slot].index], &value);
    if (k->failed) return (np_value){.type = NP_NONE};
    value.moving = NP_FIXED;
    if (value.type == NP_NUMBER || value.type == NP_MONEY)
        value.as.number = np_num_copy(k->e->scratch, value.as.number);
    return value;
}

/* Grade and step go on from where they stand, and the next step counts from the same days as before. */
static void set_career_as_it_stands(member_state *k)
{
    const np_book *book = k->c->plan_book.book;
    const np_career_slots *at = &book->career->slots;
    const np_node *held = book->career->progress ? book->career->progress->step_held_on.root : NULL;
    np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
    if (k->comes_later) return;
    const np_situation *before = k->c->listed, *now = k->c->now;
    uint16_t twin = at->twin_grade;
    if (at->grade_at_recruitment != UINT16_MAX && !before->given[at->grade_at_recruitment])
        set_input(k, at->grade_at_recruitment, before->values[at->grade]);
    grade.as.grade = k->point.grade;
    step.as.number = np_num_int(k->point.step);
    set_input(k, at->grade, grade);
    set_input(k, at->step, step);
    if (held && held->op == NP_OP_SLOT) set_input(k, held->index, date_value(k->day->on));
    if (twin != UINT16_MAX && now->given[twin] && now->values[twin].as.grade == k->point.grade)
        set_input(k, twin, (np_value){.type = NP_NONE});
}

static bool sets_input(const np_staff_change *change, uint16_t slot)
{
    bool found = false;
    for (size_t i = 0; i < change->input_count; i++) found = found || change->inputs[i].slot == slot;
    return found;
}

/* ---- from day to day ---- */

typedef struct piece_list {
    np_piece *pieces;
    size_t count;
} piece_list;

static void end_piece(member_state *k, piece_list *list, uint16_t until)
{
    np_arena *arena = k->e->scratch;
    if (k->begun >= until) return;
    np_given *given = np_arena_array(arena, k->given_count + 1, sizeof *given);
    memcpy(given, k->given, k->given_count * sizeof *given);
    list->pieces[list->count++] =
        (np_piece){.span = {.from = k->begun, .until = until, .stops_at_end = k->e->options.stops_at_end},
                   .given = given,
                   .given_count = k->given_count};
    k->begun = until;
}

/* The last day in service is the one before; who has not come yet does not come. */
static void end_service(member_state *k, piece_list *list)
{
    k->gone = true;
    k->c->left[k->row] = !k->comes_later;
    if (k->comes_later) {
        k->begun = k->e->window.months;
        return;
    }
    set_input(k, k->c->plan_book.book->career->slots.end, date_value(k->day->on - 1));
    end_piece(k, list, k->day->month);
    if (list->count) list->pieces[list->count - 1].left = true;
}

/* What the changes of one day come to for a member of staff. */
typedef struct day_changes {
    np_given given[NP_CHANGES_MAX * NP_CHANGE_INPUTS_MAX];
    size_t count;
    bool moves_career, promoted, leaves;
    bool moves_country;
} day_changes;

static void collect_change(member_state *k, day_changes *d)
{
    const np_staff_change *change = k->day->change;
    const np_career_slots *at = &k->c->plan_book.book->career->slots;
    k->c->changes[k->row] |= number_of(k, change);
    atomic_store_explicit(&change->count->made, true, memory_order_relaxed);
    d->leaves = d->leaves || leaves(k, change);
    d->moves_career = d->moves_career || change->moves_career;
    d->promoted = d->promoted || (sets_input(change, at->grade) && !sets_input(change, at->twin_grade));
    d->moves_country = d->moves_country || sets_input(change, k->c->plan_book.book->country_slot);
    for (size_t n = 0; n < change->input_count && !k->failed; n++)
        d->given[d->count++] = (np_given){change->inputs[n].slot, new_value(k, &change->inputs[n])};
}

/* What a change set in the period before is the former value in this one. */
static void set_former(member_state *k, const day_changes *found)
{
    const np_book *book = k->c->plan_book.book;
    for (size_t n = 0; n < book->input_count; n++)
        for (size_t i = 0; i < found->count; i++)
            if (book->inputs[n].former == found->given[i].slot)
                set_input(k, book->inputs[n].slot, found->given[i].value);
}

static void apply_changes(member_state *k, const day_changes *found)
{
    const np_book *book = k->c->plan_book.book;
    const np_value none = {.type = NP_NONE};
    if (found->moves_career) set_career_as_it_stands(k);
    if (found->promoted) set_input(k, book->career->slots.twin_grade, none);
    if (found->moves_country) set_input(k, book->station_slot, none); /* it is in the former country */
    for (size_t i = 0; i < found->count; i++) set_input(k, found->given[i].slot, found->given[i].value);
    if (decided_before(k)) set_former(k, found);
}

/* All changes of one day, which find the state before any of them. */
static void apply_day(member_state *k, piece_list *list, size_t from, size_t until)
{
    const np_change_day *days = k->c->days;
    day_changes found = {.count = 0};
    bool rules = false;
    for (size_t i = from; i < until; i++) rules = rules || days[i].change->asks_rules;
    k->day = &days[from];
    if (!compute_state_on_day(k, rules)) k->failed = true;
    for (size_t i = from; i < until && !k->failed; i++) {
        k->day = &days[i];
        if (change_applies(k)) collect_change(k, &found);
    }
    if (k->failed) return;
    if (found.leaves) end_service(k, list);
    if (found.leaves || !found.count) return;
    end_piece(k, list, k->day->month);
    apply_changes(k, &found);
}

typedef struct all_days {
    member_state *member_state;
    piece_list *list;
} all_days;

static void apply_all_days(void *context)
{
    all_days *d = context;
    member_state *k = d->member_state;
    np_changes_state *c = k->c;
    if (!np_engine_apply_list(k->e, c->listed, k->row, k->diags)) {
        k->failed = true;
        return;
    }
    for (size_t i = 0, next; i < c->day_count && !k->gone && !k->failed; i = next) {
        for (next = i + 1; next < c->day_count && c->days[next].on == c->days[i].on;) next++;
        apply_day(k, d->list, i, next);
    }
}

bool np_changes_state_find_pieces(np_engine *e, np_changes_state *c, unsigned row, const np_engine_row *of)
{
    member_state *k = np_arena_alloc(e->scratch, sizeof *k);
    piece_list list = {np_arena_array(e->scratch, c->day_count + 2, sizeof *list.pieces), 0};
    *k = (member_state){.e = e, .c = c, .row = row, .key = of->key ? of->key : "", .diags = of->diags};
    all_days d = {k, &list};
    np_arena_reset(e->months);
    c->payslip->arena = e->months;
    bool room = np_arena_guard(e->months, apply_all_days, &d);
    c->payslip->arena = e->scratch;
    if (!room) np_arena_give_up(e->scratch);
    if (k->failed) return false;
    bool changes = k->gone || k->given_count > 0;
    if (!k->gone) end_piece(k, &list, e->window.months);
    if (changes && list.count == 0) /* never in service: a piece without a month */
        list.pieces[list.count++] = (np_piece){.span = {.stops_at_end = e->options.stops_at_end}};
    c->pieces[row] = list.pieces;
    c->piece_count[row] = changes ? list.count : 0;
    return true;
}
