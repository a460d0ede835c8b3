/* What rules give, month by month: looked up, or computed where it may change. */
#include <string.h>

#include "engine_parts.h"

/* ---- rules ---- */

void np_worker_date(const np_engine *e, np_worker *w, uint16_t month)
{
    np_value *date = &w->payslip->slots[w->lane.book->date_slot];
    *date = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    date->as.date = e->window.start[month];
}

static np_segment segment_of(np_engine *e, np_worker *w, np_eval *eval, const np_knot *knot, uint16_t month)
{
    const np_book *book = w->lane.book;
    const np_value *value = &w->payslip->slots[knot->slot];
    const np_line *line = &w->payslip->lines[book->slots[knot->slot].index];
    np_segment segment = {.from = month,
                          .state = value->unknown ? NP_LINE_OPEN : line->state,
                          .status = line->status,
                          .cell = np_store_cell(&e->store, value)};
    if (knot->kind == NP_FACT || line->state < NP_LINE_OPEN) return segment;
    const np_formula *date = &book->rules[book->slots[knot->slot].index].date;
    if (line->state == NP_LINE_OPEN) /* its day was not computed */
        segment.counts = knot->kind != NP_ONCE || !date->root || np_plan_falls(eval, date, e->window.start[month]);
    else
        segment.counts = knot->kind != NP_ONCE || line->date == NP_DATE_NONE ||
                         np_date_month_start(line->date) == e->window.start[month];
    return segment;
}

static bool same_segment(const np_segment *a, const np_segment *b)
{
    return a->cell == b->cell && a->state == b->state && a->status == b->status && a->counts == b->counts;
}

uint16_t np_worker_show(np_engine *e, np_worker *w, const np_parts *parts, np_showing *showing, uint16_t month)
{
    uint16_t next = w->track.until;
    for (size_t i = 0; i < parts->name_count; i++) {
        const np_segment *before = showing->begun ? showing->at[i] : NULL, *at = before;
        if (!at) {
            const np_plan_course *course = &e->store.courses[w->course[parts->names[i]]];
            at = e->store.segments + course->segments;
            showing->last[i] = at + course->count - 1;
        }
        while (at < showing->last[i] && at[1].from <= month) at++;
        showing->at[i] = at;
        if (at < showing->last[i] && at[1].from < next) next = at[1].from;
        const np_value *value = &e->store.cells[at->cell];
        if (at == before && !value->moving) continue;
        np_value *slot = &w->payslip->slots[parts->names[i]];
        *slot = *value;
        if (value->moving == NP_MONTH_START) slot->as.date = e->window.start[month];
        if (value->moving == NP_MONTH_LAST) slot->as.date = e->window.start[month + 1] - 1;
    }
    showing->begun = true;
    np_worker_date(e, w, month);
    return next;
}

/* Where to look again: at the horizon, or in the next month when the value moves in its own way. */
uint16_t np_worker_again(const np_engine *e, np_date horizon, const np_value *value, uint16_t month, uint16_t next)
{
    uint16_t stands = horizon == INT32_MAX ? next : np_window_month(&e->window, horizon);
    if (value->moving == NP_MOVING || stands <= month) stands = (uint16_t)(month + 1);
    return stands < next ? stands : next;
}

/* A rule's course over the months in service, computed where it may change. 0: an error. */
static uint32_t compute_rule(np_engine *e, np_worker *w, const np_knot *knot)
{
    np_segment segments[NP_PLAN_MONTHS_MAX];
    size_t count = 0;
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, &options);
    np_showing showing;
    showing.begun = false;
    for (uint16_t month = w->track.from; month < w->track.until;) {
        uint16_t next = np_worker_show(e, w, &knot->whole, &showing, month);
        if (!np_payslip_slot(&eval, w->payslip, knot->slot)) return 0;
        np_segment segment = segment_of(e, w, &eval, knot, month);
        if (!count || !same_segment(&segments[count - 1], &segment)) segments[count++] = segment;
        bool searching = knot->kind == NP_ONCE && segment.state == NP_LINE_OPEN; /* for the month in which it falls */
        np_date horizon = w->payslip->stands[knot->slot].horizon;
        month = searching ? (uint16_t)(month + 1)
                          : np_worker_again(e, horizon, &w->payslip->slots[knot->slot], month, next);
    }
    e->counts.computed++;
    return np_store_course(&e->store, segments, count, w->track.until, knot->kind != NP_FACT, w->lane.book);
}

/* A formula's. */
static uint32_t compute_formula(np_engine *e, np_worker *w, const np_formula *formula, const np_parts *parts)
{
    np_segment segments[NP_PLAN_MONTHS_MAX];
    size_t count = 0;
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, &options);
    np_showing showing;
    showing.begun = false;
    for (uint16_t month = w->track.from; month < w->track.until;) {
        uint16_t next = np_worker_show(e, w, parts, &showing, month);
        eval.horizon = INT32_MAX;
        np_value value = np_eval_formula(&eval, formula);
        if (eval.failed) return 0;
        np_segment segment = {.from = month,
                              .state = value.unknown ? NP_LINE_OPEN : NP_LINE_DUE,
                              .status = value.status,
                              .cell = np_store_cell(&e->store, &value)};
        if (!count || !same_segment(&segments[count - 1], &segment)) segments[count++] = segment;
        month = np_worker_again(e, eval.horizon, &value, month, next);
    }
    e->counts.computed++;
    return np_store_course(&e->store, segments, count, w->track.until, false, w->lane.book);
}

/* What an atom gives for the courses of its slots; 0 when it cannot be computed alone. */
static uint32_t atom_word(np_engine *e, np_worker *w, uint16_t number)
{
    const np_atom *atom = &w->lane.atoms[number];
    np_atom_now *now = &w->atoms[number];
    uint32_t key[NP_ATOM_NAMES + 1] = {(uint32_t)w->track.from << 16 | w->track.until}, words = 1;
    bool passing = false;
    for (size_t i = 0; i < atom->count; i++) {
        key[words] = w->course[atom->names[i]];
        passing = passing || np_is_passing(key[words]);
        words++;
    }
    if (!passing && now->answer && memcmp(now->key, key, words * sizeof *key) == 0) return now->answer;
    uint32_t answer = passing ? 0 : np_memo_get(&now->memo, key, words);
    if (!answer) {
        uint16_t names[NP_ATOM_NAMES];
        np_parts parts = {.name_count = atom->count, .names = names};
        memcpy(names, atom->names, sizeof names);
        answer = compute_formula(e, w, &atom->formula, &parts);
        if (!answer || passing) return answer;
        np_memo_put(&now->memo, key, words, answer);
    }
    memcpy(now->key, key, words * sizeof *key);
    return now->answer = answer;
}

uint32_t np_worker_words(np_engine *e, np_worker *w, const np_parts *parts, uint32_t *key, uint32_t words,
                         bool *passing)
{
    for (size_t i = 0; i < parts->count; i++) {
        np_part part = parts->parts[i];
        if (part.kind == NP_PART_GIVEN) {
            key[words++] = w->situation->given[part.index];
            continue;
        }
        uint32_t course = part.kind == NP_PART_ATOM ? atom_word(e, w, part.index) : w->course[part.index];
        if (part.kind == NP_PART_ATOM && course == 0) return 0;
        *passing = *passing || np_is_passing(course);
        key[words++] = course;
    }
    return words;
}

bool np_last_was(const np_last_asked *last, const uint32_t *key, uint32_t words)
{
    if (!last->answer) return false;
    for (uint32_t i = 0; i < words; i++)
        if (last->key[i] != key[i]) return false;
    return true;
}

void np_last_is(np_last_asked *last, const uint32_t *key, uint32_t words, uint32_t answer)
{
    for (uint32_t i = 0; i < words; i++) last->key[i] = key[i];
    last->answer = answer;
}

/* The course of a rule's condition; 0: an error. */
uint32_t np_worker_condition(np_engine *e, np_worker *w, size_t number)
{
    const np_knot *knot = &w->lane.knots[number];
    np_knot_now *now = &w->knots[number];
    uint32_t key[NP_NAMES_MAX + 1];
    bool passing = false;
    key[0] = (uint32_t)w->track.from << 16 | w->track.until;
    uint32_t words = np_worker_words(e, w, &knot->condition, key, 1, &passing);
    if (!words) return 0;
    if (passing) return compute_formula(e, w, knot->when, &knot->condition);
    if (np_last_was(&now->last_condition, key, words)) return now->last_condition.answer;
    uint32_t answer = np_memo_get(&now->conditions, key, words);
    if (!answer) {
        answer = compute_formula(e, w, knot->when, &knot->condition);
        if (!answer) return 0;
        np_memo_put(&now->conditions, key, words, answer);
    }
    np_last_is(&now->last_condition, key, words, answer);
    return answer;
}

bool np_worker_never(const np_engine *e, uint32_t condition)
{
    return e->store.courses[condition].never;
}

static bool run_knot(np_engine *e, np_worker *w, size_t number)
{
    const np_knot *knot = &w->lane.knots[number];
    np_knot_now *now = &w->knots[number];
    uint32_t key[NP_NAMES_MAX + 2] = {(uint32_t)w->track.from << 16 | w->track.until, 0}, words = 2;
    bool passing = false;
    if (knot->when->root) {
        key[1] = np_worker_condition(e, w, number);
        if (!key[1]) return false;
    }
    if (key[1] && np_worker_never(e, key[1])) { /* then nothing else matters */
        memset(key + 2, 0, knot->whole.count * sizeof *key);
        words += knot->whole.count;
    } else {
        words = np_worker_words(e, w, &knot->whole, key, words, &passing);
        if (!words) return false;
    }
    e->counts.looked_up++;
    if (passing) return (w->course[knot->slot] = compute_rule(e, w, knot)) != 0;
    if (!np_last_was(&now->last, key, words)) {
        uint32_t course = np_memo_get(&now->courses, key, words);
        if (!course) {
            course = compute_rule(e, w, knot);
            if (!course) return false;
            np_memo_put(&now->courses, key, words, course);
        }
        np_last_is(&now->last, key, words, course);
    }
    w->course[knot->slot] = now->last.answer;
    return true;
}

/* Whether what comes once falls outside the months in service: then nothing of it is computed. */
static bool falls_outside(np_engine *e, np_worker *w, const np_formula *date)
{
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, NULL);
    np_value day = np_eval_formula(&eval, date); /* inputs stand in the slots */
    if (day.unknown || eval.failed) return false;
    return day.as.date < e->window.start[w->track.from] || day.as.date >= e->window.start[w->track.until];
}

bool np_worker_outside(np_engine *e, np_worker *w, const np_knot *knot)
{
    if (!knot->falls) return false;
    if (w->falls != knot->falls) {
        w->falls = knot->falls;
        w->outside = falls_outside(e, w, knot->falls);
    }
    return w->outside;
}

bool np_worker_rules(np_engine *e, np_worker *w)
{
    w->falls = NULL;
    const np_worker *baseline = &e->workers[0];
    bool beside = w != baseline && w->same_track;
    for (size_t i = 0; i < w->lane.knot_count; i++) {
        uint16_t slot = w->lane.knots[i].slot;
        if (w->lane.knots[i].leaf) continue;
        if (np_worker_outside(e, w, &w->lane.knots[i])) {
            w->course[slot] = 0;
            continue;
        }
        if (beside && !w->lane.knots[i].changed)
            w->course[slot] = baseline->course[slot];
        else if (!run_knot(e, w, i))
            return false;
    }
    for (size_t i = 0; i < w->lane.bundle_count; i++) {
        if (beside && w->same_bundles && !w->lane.bundles[i].changed)
            w->leaf[i] = baseline->leaf[i];
        else if (!np_worker_bundle(e, w, i))
            return false;
    }
    return true;
}
