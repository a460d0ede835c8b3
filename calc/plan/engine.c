#include "natopay/plan/engine.h"

#include <stdlib.h>
#include <string.h>

#include "lane.h"
#include "memo.h"
#include "store.h"

enum { SCRATCH_LIMIT = 1 << 26 };

/* A track as it was found before: courses and months. */
typedef struct found_track {
    uint16_t from, until;
    uint32_t grade, step, end, contract_end; /* courses; grade 0: the input's own; end, contract_end 0: not given */
} found_track;

/* What was asked last, and its answer. */
typedef struct last_asked {
    uint32_t answer; /* 0: nothing was asked */
    uint32_t key[NP_NAMES_MAX + 2];
} last_asked;

typedef struct knot_now {
    np_memo conditions, courses;
    last_asked last_condition, last;
} knot_now;

typedef struct atom_now {
    np_memo memo;
    uint32_t key[2], answer;
} atom_now;

/* One book at work. */
typedef struct worker {
    np_lane lane;
    np_situation *situation;
    np_payslip *payslip;
    knot_now *knots; /* [knot] */
    atom_now *atoms; /* [atom] */
    np_memo tracks;     /* to a place in found, plus 1 */
    uint32_t course[NP_SLOTS_MAX]; /* of this member of staff */
    found_track track;
    bool same_track;
} worker;

struct np_engine {
    np_engine_options options;
    np_window window;
    np_arena *arena, *scratch;
    np_store store;
    np_cell_memo cells;
    worker *workers;
    size_t count;
    found_track *found;
    uint32_t found_count, found_capacity;
    const char *text[NP_SLOTS_MAX]; /* as given, [slot of the baseline] */
    uint32_t given[NP_SLOTS_MAX];   /* the course of each */
    np_diags quiet; /* what goes wrong on the fast way is said by the plain way */
    np_engine_count counts;
    np_file *place; /* see np_engine_slot_at */
};

/* ---- making one ---- */

typedef struct making {
    np_engine *engine;
    const np_plan_book *books;
} making;

static void build(void *context)
{
    np_engine *e = ((making *)context)->engine;
    const np_plan_book *books = ((making *)context)->books;
    np_arena *arena = e->arena;
    e->workers = np_arena_array(arena, e->count, sizeof *e->workers);
    e->place = np_file_new(arena, "row", "", 0);
    for (size_t i = 0; i < e->count; i++) {
        worker *w = &e->workers[i];
        np_lane_read(&w->lane, arena, &books[i], i ? books[0].book : NULL);
        w->situation = np_situation_new(books[i].book, arena);
        w->payslip = np_payslip_new(books[i].book, arena, false);
        w->payslip->arena = e->scratch;
        w->knots = np_arena_array(arena, w->lane.knot_count + 1, sizeof *w->knots);
        w->atoms = np_arena_array(arena, w->lane.atom_count + 1, sizeof *w->atoms);
    }
}

np_engine *np_engine_new(const np_window *window, const np_plan_book *books, size_t count,
                         const np_engine_options *options)
{
    np_engine *e = count && count <= NP_PLAN_BOOKS_MAX ? calloc(1, sizeof *e) : NULL;
    if (!e) return NULL;
    e->options = *options;
    e->window = *window;
    e->count = count;
    e->arena = np_arena_new(SCRATCH_LIMIT);
    e->scratch = np_arena_new(SCRATCH_LIMIT);
    making m = {e, books};
    bool made = np_store_init(&e->store, &e->window) && e->arena && e->scratch && np_arena_guard(e->arena, build, &m);
    if (made) return e;
    np_engine_free(e);
    return NULL;
}

static void forget(worker *w)
{
    for (size_t k = 0; w->knots && k < w->lane.knot_count; k++) {
        np_memo_free(&w->knots[k].conditions);
        np_memo_free(&w->knots[k].courses);
        w->knots[k].last.answer = w->knots[k].last_condition.answer = 0;
    }
    for (size_t k = 0; w->atoms && k < w->lane.atom_count; k++) {
        np_memo_free(&w->atoms[k].memo);
        w->atoms[k].answer = 0;
    }
    np_memo_free(&w->tracks);
}

void np_engine_free(np_engine *e)
{
    if (!e) return;
    for (size_t i = 0; e->workers && i < e->count; i++) forget(&e->workers[i]);
    np_store_free(&e->store);
    np_cell_memo_free(&e->cells);
    free(e->found);
    np_arena_free(e->scratch);
    np_arena_free(e->arena);
    free(e);
}

typedef struct guarded {
    np_engine *engine;
    void (*work)(void *);
    void *context;
    bool done;
} guarded;

static void inner(void *context)
{
    guarded *g = context;
    g->done = np_arena_guard(g->engine->scratch, g->work, g->context);
}

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    guarded g = {engine, work, context, false};
    return np_arena_guard(engine->store.arena, inner, &g) && g.done;
}

/* ---- beginning ---- */

static void forget_all(np_engine *e)
{
    e->counts.forgotten++;
    np_store_clear(&e->store);
    np_cell_memo_clear(&e->cells);
    e->found_count = 0;
    for (size_t i = 0; i < e->count; i++) forget(&e->workers[i]);
}

static size_t memory_in_use(const np_engine *e)
{
    size_t size = np_store_size(&e->store) + np_cell_memo_size(&e->cells) + e->found_capacity * sizeof *e->found;
    for (size_t i = 0; i < e->count; i++) {
        const worker *w = &e->workers[i];
        size += np_memo_size(&w->tracks);
        for (size_t k = 0; k < w->lane.knot_count; k++)
            size += np_memo_size(&w->knots[k].conditions) + np_memo_size(&w->knots[k].courses);
        for (size_t k = 0; k < w->lane.atom_count; k++) size += np_memo_size(&w->atoms[k].memo);
    }
    return size;
}

void np_engine_begin(np_engine *e)
{
    if (e->counts.staff % 256 == 0 && memory_in_use(e) > e->options.memory) forget_all(e);
    e->counts.staff++;
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        np_situation *s = e->workers[i].situation;
        memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    }
    memset(e->text, 0, sizeof e->text);
}

bool np_engine_give(np_engine *e, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    worker *w = &e->workers[0];
    const np_book *book = w->lane.book;
    e->text[slot] = text;
    uint32_t course = np_cell_memo_get(&e->cells, slot, text, length);
    if (!course) {
        const char *name = book->inputs[book->slots[slot].index].name;
        np_span place = np_span_none();
        if (!np_situation_set_text(w->situation, diags, name, text, place, place)) return false;
        course = np_store_constant(&e->store, &w->situation->values[slot]);
        np_cell_memo_put(&e->cells, slot, text, length, course);
    }
    np_situation_set_value(w->situation, slot, np_store_value(&e->store, course, 0));
    w->situation->at[slot] = (np_span){e->place, slot, 0};
    w->course[slot] = e->given[slot] = course;
    return true;
}

/* ---- inputs ---- */

static bool is_twin(const worker *w)
{
    uint16_t slot = w->lane.book->career->slots.twin_grade;
    return slot != UINT16_MAX && w->situation->given[slot];
}

static void take_from_baseline(const np_engine *e, worker *w)
{
    const np_situation *from = e->workers[0].situation;
    const np_book *book = from->book;
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->lane.slot_of[slot];
        if (here == UINT16_MAX || !e->text[slot]) continue;
        np_situation_set_value(w->situation, here, np_store_value(&e->store, e->given[slot], 0));
        w->situation->at[here] = from->at[slot];
        w->course[here] = e->given[slot];
    }
}

/* The inputs that anything names, as they are in the first month of the career: they do not change but for grade, step
 * and date. */
static bool read_inputs(np_engine *e, worker *w)
{
    const np_book *book = w->lane.book;
    const np_career_slots *at = &book->career->slots;
    np_situation *s = w->situation;
    if (!s->given[at->start] || !s->given[at->grade]) return false;
    np_value value = {.type = NP_DATE};
    value.as.date = np_date_month_start(s->values[at->start].as.date);
    np_situation_set_value(s, book->date_slot, value);
    if (at->grade_at_recruitment != UINT16_MAX && !s->given[at->grade_at_recruitment]) {
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = s->values[at->grade].as.grade;
        np_situation_set_value(s, at->grade_at_recruitment, grade);
        w->course[at->grade_at_recruitment] = 0;
    }
    np_eval eval = np_payslip_eval(w->payslip, s, &e->quiet, NULL);
    for (size_t i = 0; i < w->lane.input_count; i++) {
        uint16_t slot = w->lane.inputs[i];
        np_value *here = &w->payslip->slots[slot];
        bool given = s->given[slot], money = book->slots[slot].type == NP_MONEY;
        if (given && !money) {
            *here = s->values[slot];
        } else {
            *here = np_eval_input(&eval, &book->inputs[book->slots[slot].index]);
            if (eval.failed) return false;
        }
        if (!given || money || w->course[slot] == 0) w->course[slot] = np_store_constant(&e->store, here);
    }
    return !w->payslip->slots[book->country_slot].unknown;
}

/* ---- the track ---- */

/* The last day that the age rule allows, as a word of a key; 0: it does not bind. */
static uint32_t age_word(np_engine *e, worker *w)
{
    const np_progress *p = w->lane.book->career->progress;
    if (!p || !p->must_end_when.root || !p->must_end.root) return 0;
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, NULL);
    np_value when = np_eval_formula(&eval, &p->must_end_when);
    if (when.unknown || !when.as.truth) return 0;
    np_value date = np_eval_formula(&eval, &p->must_end);
    return date.unknown ? 1 : (uint32_t)date.as.date + 1000000000u; /* never 0 or 1 */
}

static uint32_t course_of_date(np_engine *e, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    return date == NP_DATE_NONE ? 0 : np_store_constant(&e->store, &value);
}

/* Grade and step over the months in service. */
static void lay_courses(np_engine *e, const worker *w, const np_track *track, found_track *found)
{
    np_segment grades[NP_PLAN_MONTHS_MAX], steps[NP_PLAN_MONTHS_MAX];
    size_t grade_count = 0, step_count = 0;
    for (size_t i = 0; i < track->count; i++) {
        const np_track_point *p = &track->points[i];
        bool over = i + 1 < track->count && track->points[i + 1].month <= e->window.start[found->from];
        uint16_t from = i == 0 ? 0 : np_window_month(&e->window, p->month);
        if (over || (from >= found->until && i > 0 && grade_count)) continue;
        if (from < found->from) from = found->from;
        np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
        grade.as.grade = p->grade;
        step.as.number = np_num_int(p->step);
        np_segment g = {.from = from, .state = NP_LINE_DUE, .cell = np_store_cell(&e->store, &grade)};
        np_segment s = {.from = from, .state = NP_LINE_DUE, .cell = np_store_cell(&e->store, &step)};
        if (!grade_count || grades[grade_count - 1].cell != g.cell) grades[grade_count++] = g;
        if (!step_count || steps[step_count - 1].cell != s.cell) steps[step_count++] = s;
    }
    found->step = np_store_course(&e->store, steps, step_count, found->until, false, NULL);
    found->grade = is_twin(w) ? np_store_course(&e->store, grades, grade_count, found->until, false, NULL) : 0;
}

static uint32_t keep_track(np_engine *e, const found_track *found)
{
    if (e->found_count == e->found_capacity) {
        uint32_t larger = e->found_capacity ? 2 * e->found_capacity : 256;
        found_track *moved = realloc(e->found, larger * sizeof *moved);
        if (!moved) np_arena_give_up(e->store.arena);
        e->found = moved;
        e->found_capacity = larger;
    }
    e->found[e->found_count++] = *found;
    return e->found_count;
}

static bool find_track(np_engine *e, worker *w)
{
    const np_lane *lane = &w->lane;
    uint32_t key[2 * NP_SLOTS_MAX + 2], words = 0;
    key[words++] = age_word(e, w);
    key[words++] = is_twin(w);
    for (size_t i = 0; i < lane->term_count; i++)
        key[words++] = w->course[lane->terms[i]] << 1 | w->situation->given[lane->terms[i]];
    for (size_t i = 0; i < lane->twin_count; i++) /* zero keeps all keys as long */
        key[words++] = is_twin(w) ? w->course[lane->twins[i]] << 1 | w->situation->given[lane->twins[i]] : 0;
    uint32_t known = np_memo_get(&w->tracks, key, words);
    if (!known) {
        np_track track;
        found_track found;
        np_date last = e->window.start[e->window.months] - 1;
        if (!np_track_read(w->situation, w->payslip, &e->quiet, last, &track) || track.count > NP_PLAN_MONTHS_MAX)
            return false;
        np_plan_service(&e->window, &track.terms, &found.from, &found.until);
        found.end = course_of_date(e, track.terms.service_end);
        found.contract_end = course_of_date(e, track.terms.contract_end);
        found.step = found.grade = 0;
        if (found.from < found.until) lay_courses(e, w, &track, &found);
        known = keep_track(e, &found);
        np_memo_put(&w->tracks, key, words, known);
    }
    w->track = e->found[known - 1];
    return true;
}

/* What the track says becomes what rules see. */
static void apply_track(np_engine *e, worker *w)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    const uint16_t slots[] = {at->end, at->contract_end};
    const uint32_t courses[] = {w->track.end, w->track.contract_end};
    for (size_t i = 0; i < 2; i++) {
        if (slots[i] == UINT16_MAX || !courses[i]) continue;
        w->course[slots[i]] = courses[i];
        np_situation_set_value(w->situation, slots[i], np_store_value(&e->store, courses[i], 0));
    }
    if (at->step != UINT16_MAX && w->track.step) w->course[at->step] = w->track.step;
    if (w->track.grade) {
        w->course[at->grade] = w->track.grade;
    } else { /* as a career sets it */
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = w->situation->values[at->grade].as.grade;
        w->course[at->grade] = np_store_constant(&e->store, &grade);
    }
}

/* ---- rules ---- */

static void set_date(const np_engine *e, worker *w, uint16_t month)
{
    np_value *date = &w->payslip->slots[w->lane.book->date_slot];
    *date = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    date->as.date = e->window.start[month];
}

static np_segment segment_of(np_engine *e, worker *w, const np_knot *knot, uint16_t month)
{
    const np_book *book = w->lane.book;
    const np_value *value = &w->payslip->slots[knot->slot];
    const np_line *line = &w->payslip->lines[book->slots[knot->slot].index];
    np_segment segment = {.from = month,
                          .state = value->unknown ? NP_LINE_OPEN : line->state,
                          .status = line->status,
                          .cell = np_store_cell(&e->store, value)};
    if (knot->kind == NP_FACT || line->state != NP_LINE_DUE) return segment;
    segment.counts = knot->kind != NP_ONCE || line->date == NP_DATE_NONE ||
                     np_date_month_start(line->date) == e->window.start[month];
    return segment;
}

static bool same_segment(const np_segment *a, const np_segment *b)
{
    return a->cell == b->cell && a->state == b->state && a->status == b->status && a->counts == b->counts;
}

/* Let rules see what they name in a month; the month in which something of it changes next. */
static uint16_t show_names(np_engine *e, worker *w, const np_parts *parts, uint16_t month)
{
    uint16_t next = w->track.until;
    for (size_t i = 0; i < parts->name_count; i++) {
        uint32_t course = w->course[parts->names[i]];
        w->payslip->slots[parts->names[i]] = np_store_value(&e->store, course, month);
        uint16_t change = np_store_next(&e->store, course, month);
        if (change < next) next = change;
    }
    set_date(e, w, month);
    return next;
}

/* Where to look again: at the horizon, or in the next month when the value moves in its own way. */
static uint16_t look_again(const np_engine *e, np_date horizon, const np_value *value, uint16_t month, uint16_t next)
{
    uint16_t stands = horizon == INT32_MAX ? next : np_window_month(&e->window, horizon);
    if (value->moving == NP_MOVING || stands <= month) stands = (uint16_t)(month + 1);
    return stands < next ? stands : next;
}

/* A rule's course over the months in service, computed where it may change. 0: an error. */
static uint32_t compute_rule(np_engine *e, worker *w, const np_knot *knot)
{
    np_segment segments[NP_PLAN_MONTHS_MAX];
    size_t count = 0;
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, &options);
    for (uint16_t month = w->track.from; month < w->track.until;) {
        uint16_t next = show_names(e, w, &knot->whole, month);
        if (!np_payslip_slot(&eval, w->payslip, knot->slot)) return 0;
        np_segment segment = segment_of(e, w, knot, month);
        if (!count || !same_segment(&segments[count - 1], &segment)) segments[count++] = segment;
        month = look_again(e, w->payslip->stands[knot->slot].horizon, &w->payslip->slots[knot->slot], month, next);
    }
    e->counts.computed++;
    return np_store_course(&e->store, segments, count, w->track.until, knot->kind != NP_FACT, w->lane.book);
}

/* A formula's. */
static uint32_t compute_formula(np_engine *e, worker *w, const np_formula *formula, const np_parts *parts)
{
    np_segment segments[NP_PLAN_MONTHS_MAX];
    size_t count = 0;
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, &options);
    for (uint16_t month = w->track.from; month < w->track.until;) {
        uint16_t next = show_names(e, w, parts, month);
        eval.horizon = INT32_MAX;
        np_value value = np_eval_formula(&eval, formula);
        if (eval.failed) return 0;
        np_segment segment = {.from = month,
                              .state = value.unknown ? NP_LINE_OPEN : NP_LINE_DUE,
                              .status = value.status,
                              .cell = np_store_cell(&e->store, &value)};
        if (!count || !same_segment(&segments[count - 1], &segment)) segments[count++] = segment;
        month = look_again(e, eval.horizon, &value, month, next);
    }
    e->counts.computed++;
    return np_store_course(&e->store, segments, count, w->track.until, false, w->lane.book);
}

/* What an atom gives for the course of its slot; the slot itself when it cannot be computed alone. */
static uint32_t atom_word(np_engine *e, worker *w, uint16_t number)
{
    const np_atom *atom = &w->lane.atoms[number];
    atom_now *now = &w->atoms[number];
    uint32_t key[] = {(uint32_t)w->track.from << 16 | w->track.until, w->course[atom->slot]};
    if (now->answer && now->key[0] == key[0] && now->key[1] == key[1]) return now->answer;
    uint32_t answer = np_memo_get(&now->memo, key, 2);
    if (!answer) {
        np_parts parts = {.name_count = 1, .names = {atom->slot}};
        answer = compute_formula(e, w, &atom->formula, &parts);
        if (!answer) answer = key[1] | 0x80000000u; /* apart from all courses */
        np_memo_put(&now->memo, key, 2, answer);
    }
    now->key[0] = key[0];
    now->key[1] = key[1];
    return now->answer = answer;
}

static uint32_t add_words(np_engine *e, worker *w, const np_parts *parts, uint32_t *key, uint32_t words)
{
    for (size_t i = 0; i < parts->count; i++) {
        np_part part = parts->parts[i];
        key[words++] = part.kind == NP_PART_ATOM    ? atom_word(e, w, part.index)
                       : part.kind == NP_PART_GIVEN ? w->situation->given[part.index]
                                                    : w->course[part.index];
    }
    return words;
}

static bool last_was(const last_asked *last, const uint32_t *key, uint32_t words)
{
    return last->answer && memcmp(last->key, key, words * sizeof *key) == 0;
}

static void remember(last_asked *last, const uint32_t *key, uint32_t words, uint32_t answer)
{
    memcpy(last->key, key, words * sizeof *key);
    last->answer = answer;
}

/* The course of a rule's condition; 0: an error. */
static uint32_t condition_of(np_engine *e, worker *w, size_t number)
{
    const np_knot *knot = &w->lane.knots[number];
    knot_now *now = &w->knots[number];
    uint32_t key[NP_NAMES_MAX + 1];
    key[0] = (uint32_t)w->track.from << 16 | w->track.until;
    uint32_t words = add_words(e, w, &knot->condition, key, 1);
    if (last_was(&now->last_condition, key, words)) return now->last_condition.answer;
    uint32_t answer = np_memo_get(&now->conditions, key, words);
    if (!answer) {
        answer = compute_formula(e, w, knot->when, &knot->condition);
        if (!answer) return 0;
        np_memo_put(&now->conditions, key, words, answer);
    }
    remember(&now->last_condition, key, words, answer);
    return answer;
}

static bool never_holds(const np_store *store, uint32_t course)
{
    const np_plan_course *c = &store->courses[course];
    for (size_t i = 0; i < c->count; i++) {
        const np_value *value = &store->cells[store->segments[c->segments + i].cell];
        if (!value->unknown && value->as.truth) return false;
    }
    return true;
}

static bool run_knot(np_engine *e, worker *w, size_t number)
{
    const np_knot *knot = &w->lane.knots[number];
    knot_now *now = &w->knots[number];
    uint32_t key[NP_NAMES_MAX + 2] = {(uint32_t)w->track.from << 16 | w->track.until, 0}, words = 2;
    if (knot->when->root) {
        key[1] = condition_of(e, w, number);
        if (!key[1]) return false;
    }
    if (key[1] && never_holds(&e->store, key[1])) { /* then nothing else matters */
        memset(key + 2, 0, knot->whole.count * sizeof *key);
        words += knot->whole.count;
    } else {
        words = add_words(e, w, &knot->whole, key, words);
    }
    e->counts.looked_up++;
    if (!last_was(&now->last, key, words)) {
        uint32_t course = np_memo_get(&now->courses, key, words);
        if (!course) {
            course = compute_rule(e, w, knot);
            if (!course) return false;
            np_memo_put(&now->courses, key, words, course);
        }
        remember(&now->last, key, words, course);
    }
    w->course[knot->slot] = now->last.answer;
    return true;
}

/* All rules; of a scenario on the baseline's track those alone that it can change. */
static bool run_knots(np_engine *e, worker *w)
{
    const worker *baseline = &e->workers[0];
    bool beside = w != baseline && w->same_track;
    for (size_t i = 0; i < w->lane.knot_count; i++) {
        uint16_t slot = w->lane.knots[i].slot;
        if (beside && !w->lane.knots[i].changed)
            w->course[slot] = baseline->course[slot];
        else if (!run_knot(e, w, i))
            return false;
    }
    return true;
}

/* ---- results ---- */

static void add_course(const np_engine *e, const np_plan_course *course, uint8_t kind, int64_t (*sums)[3], bool *overflow)
{
    const int64_t *by_year = e->store.sums + course->sums;
    for (uint16_t y = 0; y < e->window.years; y++) {
        int64_t *gross = &sums[y][0], *net = &sums[y][1], *employer = &sums[y][2], amount = by_year[y];
        bool gross_too = kind == NP_SALARY || kind == NP_ALLOWANCE;
        if (gross_too) *overflow |= __builtin_add_overflow(*gross, amount, gross);
        if (gross_too || kind == NP_ONCE) *overflow |= __builtin_add_overflow(*net, amount, net);
        if (kind == NP_DEDUCTION) *overflow |= __builtin_sub_overflow(*net, amount, net);
        if (kind != NP_DEDUCTION) *overflow |= __builtin_add_overflow(*employer, amount, employer);
    }
}

static void put_years(const np_engine *e, np_outcome *outcome, int64_t (*sums)[3], np_num unit)
{
    for (uint16_t y = 0; y < e->window.years; y++) {
        np_num *to[] = {&outcome->years[y].gross, &outcome->years[y].net, &outcome->years[y].employer};
        for (size_t i = 0; i < 3; i++) *to[i] = np_num_small(sums[y][i] * unit.of.small, unit.den);
    }
}

/* False when the plain way must be asked. */
static bool collect(np_engine *e, worker *w, np_outcome *outcome)
{
    const np_book *book = w->lane.book;
    int64_t sums[NP_PLAN_YEARS_MAX][3];
    bool overflow = false;
    memset(sums, 0, e->window.years * sizeof *sums);
    outcome->applies = true;
    outcome->currency = book->countries[w->payslip->slots[book->country_slot].as.country].currency;
    outcome->from = w->track.from;
    outcome->until = w->track.until;
    outcome->status = NP_PUBLISHED;
    memset(outcome->open, 0, sizeof outcome->open);
    for (size_t i = 0; i < w->lane.knot_count && outcome->from < outcome->until; i++) {
        const np_knot *knot = &w->lane.knots[i];
        if (knot->kind == NP_FACT) continue;
        const np_plan_course *course = &e->store.courses[w->course[knot->slot]];
        if (course->awkward || (course->open && knot->kind == NP_SALARY)) return false;
        if (course->open) outcome->open[knot->slot / 64] |= (uint64_t)1 << (knot->slot % 64);
        if (course->status > outcome->status) outcome->status = course->status;
        if (course->sums == UINT32_MAX) continue;
        if (course->currency != outcome->currency) return false;
        add_course(e, course, knot->kind, sums, &overflow);
    }
    np_num unit = book->currencies[outcome->currency].minor_unit;
    if (overflow || unit.den <= 0 || unit.of.small != 1) return false;
    put_years(e, outcome, sums, unit);
    return true;
}

static bool applies(np_engine *e, worker *w, bool *answer)
{
    *answer = true;
    if (!w->lane.when->root || w->track.from >= w->track.until) return true;
    for (uint16_t slot = 0; slot < w->lane.book->slot_count; slot++)
        if (w->course[slot]) w->payslip->slots[slot] = np_store_value(&e->store, w->course[slot], w->track.from);
    set_date(e, w, w->track.from);
    return np_plan_applies(w->situation, w->payslip, &e->quiet, w->lane.when, answer);
}

/* ---- one member of staff under one book ---- */

static bool prepare(np_engine *e, worker *w)
{
    worker *baseline = &e->workers[0];
    bool first = w == baseline;
    if (!first) take_from_baseline(e, w);
    if (first || w->lane.inputs_changed || w->lane.checks_changed || w->lane.terms_changed ||
        (w->lane.twins_changed && is_twin(w))) {
        if (!read_inputs(e, w)) return false;
        bool checks = first || w->lane.checks_changed || w->lane.inputs_changed;
        if (checks && !np_plan_checks(w->situation, w->payslip, &e->quiet)) return false;
        if (!find_track(e, w)) return false;
        apply_track(e, w);
        w->same_track = !first && !w->lane.inputs_changed && !w->lane.own &&
                        memcmp(&w->track, &baseline->track, sizeof w->track) == 0;
        return true;
    }
    memcpy(w->course, baseline->course, sizeof w->course);
    memcpy(w->situation->given, baseline->situation->given, w->lane.book->slot_count * sizeof *w->situation->given);
    memcpy(w->situation->values, baseline->situation->values, w->lane.book->slot_count * sizeof *w->situation->values);
    uint16_t country = w->lane.book->country_slot;
    w->payslip->slots[country] = baseline->payslip->slots[country];
    w->track = baseline->track;
    w->same_track = true;
    return true;
}

static bool fast(np_engine *e, worker *w, np_outcome *outcome)
{
    if (e->options.reference || !w->lane.possible || w->lane.apart || !e->workers[0].lane.possible) return false;
    bool for_all = false;
    if (!prepare(e, w)) return false;
    if (w->track.from < w->track.until && !run_knots(e, w)) return false;
    if (!applies(e, w, &for_all)) return false;
    if (!collect(e, w, outcome)) return false;
    outcome->applies = for_all;
    return true;
}

/* What was given, as it was given; then the plain way. */
static bool slow(np_engine *e, worker *w, np_outcome *outcome, np_diags *diags)
{
    const np_book *book = e->workers[0].lane.book;
    np_situation *s = w->situation;
    e->counts.slow++;
    memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        if (!e->text[slot]) continue;
        const char *name = book->inputs[book->slots[slot].index].name;
        np_span place = {e->place, slot, 0};
        if (!np_situation_set_text(s, diags, name, e->text[slot], place, place)) return false;
    }
    return np_plan_reference(s, w->payslip, &e->window, w->lane.when, outcome, diags);
}

bool np_engine_run(np_engine *e, np_outcome *outcomes, np_diags *diags)
{
    bool baseline_fast = false;
    for (size_t i = 0; i < e->count; i++) {
        worker *w = &e->workers[i];
        bool done = (i == 0 || baseline_fast) && fast(e, w, &outcomes[i]);
        if (i == 0) baseline_fast = done;
        if (!done && !slow(e, w, &outcomes[i], diags)) return false;
        if (i == 0 || outcomes[i].applies) continue;
        outcomes[i] = outcomes[0];
        outcomes[i].applies = false;
    }
    return true;
}

np_value np_engine_input(const np_engine *e, uint16_t slot)
{
    return e->workers[0].payslip->slots[slot];
}

np_engine_count np_engine_counts(const np_engine *e)
{
    return e->counts;
}

int np_engine_slot_at(const np_engine *e, np_span at)
{
    return at.file == e->place ? (int)at.offset : -1;
}
