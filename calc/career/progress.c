/* Steps and advancement. */
#include "career_internal.h"

enum { MONTHS_MOST = 12000 }; /* between two steps; whatever is longer never comes */

/* ---- steps ---- */

static void count_steps_from(np_career_state *run, np_date day)
{
    run->steps_from = day;
    run->steps_from_day = np_date_split(day);
    run->intervals = 0;
}

/* An event within a month counts from the next; one on or before the start, at the start. */
static np_date counts_from(const np_career_state *run, np_date day)
{
    if (day == INT32_MAX) return day;
    np_date start = run->career->terms.start;
    return day <= start ? np_date_month_start(start) : np_date_month_from(day);
}

/* The day of the next step, after `after`; INT32_MAX: none. */
static np_date step_day(np_career_state *run, np_date after)
{
    const np_career *career = run->career;
    np_duration interval = career->interval;
    if (interval.months <= 0 && interval.days <= 0) return INT32_MAX;
    for (;;) {
        np_duration whole;
        run->intervals++;
        if (!np_duration_times(interval, run->intervals, &whole)) return INT32_MAX;
        np_date day = np_date_add(run->steps_from, whole);
        if (day == NP_DATE_NONE) return INT32_MAX;
        if (day > after) return day;
    }
}

static bool steps_are_plain(const np_career_state *run)
{
    np_duration interval = run->career->interval;
    return interval.days == 0 && interval.months > 0 && interval.months <= MONTHS_MOST &&
           run->steps_from_day.day >= 1 && run->steps_from_day.day <= 28;
}

bool np_career_state_is_plain(const np_career_state *run)
{
    return steps_are_plain(run) && run->advancement == INT32_MAX;
}

/* The same by months alone, which is faster, when all steps fall on one day that every month has. */
static bool find_plain_step(np_career_state *run, np_date after)
{
    np_duration interval = run->career->interval;
    np_ymd day = run->steps_from_day;
    if (!steps_are_plain(run)) return false;
    for (;;) {
        int64_t month = (int64_t)day.year * 12 + day.month - 1 + (int64_t)interval.months * ++run->intervals;
        int year = (int)(month / 12), number = (int)(month % 12) + 1;
        np_date on = month < INT32_MAX ? np_date_of(year, number, day.day) : NP_DATE_NONE;
        if (on == NP_DATE_NONE) {
            run->next_step = run->step_counts = INT32_MAX;
            return true;
        }
        if (on <= after) continue;
        run->next_step = on;
        run->step_counts = day.day == 1 ? on : on - day.day + np_date_days_in_month(year, number) + 1;
        if (on <= run->career->terms.start) run->step_counts = counts_from(run, on);
        return true;
    }
}

static void find_step(np_career_state *run, np_date after)
{
    if (find_plain_step(run, after)) return;
    run->next_step = step_day(run, after);
    run->step_counts = counts_from(run, run->next_step);
}

static void set_advancement(np_career_state *run, np_date day)
{
    run->advancement = day;
    run->advancement_counts = counts_from(run, day);
}

static void note(np_career_state *run, np_event event, np_date on)
{
    np_projection *p = run->projection;
    if (run->silent) return;
    p->events = np_arena_grow(run->career->arena, p->events, &p->event_capacity, p->event_count + 1, sizeof *p->events);
    p->events[p->event_count++] = (np_career_event){event, on, run->grade, run->step};
}

/* Time is counted on at the highest step too: after an advancement it says when the next step is due. */
static void take_step(np_career_state *run)
{
    np_date on = run->next_step;
    find_step(run, on);
    if (run->step >= run->career->steps || run->step >= NP_STEPS_MAX) return;
    run->step++;
    run->step_changed = true;
    note(run, NP_EVENT_STEP, on);
}

/* ---- advancement ---- */

/* What the book's formula gives for a grade and step in a month. */
static np_value salary_of(np_career_state *run, np_date month, uint16_t grade, int64_t step, bool *failed)
{
    np_career *career = run->career;
    const np_career_slots *at = &career->book->career->slots;
    np_value *slots = career->payslip->slots;
    uint16_t date_slot = career->book->date_slot;
    np_value before[] = {slots[date_slot], slots[at->grade], slots[at->step]};
    slots[date_slot].as.date = month;
    slots[at->grade].as.grade = grade;
    slots[at->step].as.number = np_num_int(step);
    np_eval eval = {.book = career->book,
                    .situation = career->situation,
                    .arena = career->arena,
                    .diags = career->diags,
                    .slots = slots,
                    .ends = career->ends};
    np_value salary = np_eval_formula(&eval, &career->book->career->progress->salary);
    slots[date_slot] = before[0];
    slots[at->grade] = before[1];
    slots[at->step] = before[2];
    *failed = eval.failed;
    return salary;
}

static bool report_gap(np_career_state *run, const np_value *salary, bool failed)
{
    const np_gap *gap = salary->as.missing->gap;
    if (failed || !gap) return false;
    np_diag *diag = np_report(run->career->diags, gap->code, gap->at, "%s", gap->message);
    if (gap->hint) np_diag_hint(run->career->diags, diag, "%s", gap->hint);
    return false;
}

static bool step_on_advancement(np_career_state *run, np_date month, int64_t *step)
{
    const np_progress *progress = run->career->book->career->progress;
    uint16_t twin = run->career->twin_grade;
    bool failed;
    if (!progress || progress->on_advancement == NP_STEP_SAME) return true;
    if (progress->on_advancement == NP_STEP_FIRST) {
        *step = 1;
        return true;
    }
    np_value former = salary_of(run, month, run->grade, run->step, &failed);
    if (former.unknown) return report_gap(run, &former, failed);
    for (*step = 1; *step < run->career->steps && *step < NP_STEPS_MAX; ++*step) {
        np_value higher = salary_of(run, month, twin, *step, &failed);
        if (higher.unknown) return report_gap(run, &higher, failed);
        if (np_num_compare(higher.as.number, former.as.number) >= 0) break;
    }
    return true;
}

/* Whether the step that was given is of a day after the advancement: then it is one of the higher grade. */
static bool step_is_of_later(const np_career_state *run, np_date advancement)
{
    const np_terms *terms = &run->career->terms;
    return terms->step_held_on > terms->start && advancement <= terms->step_held_on;
}

static bool advance(np_career_state *run, np_date month)
{
    const np_progress *progress = run->career->book->career->progress;
    np_date on = run->advancement, held = run->career->terms.step_held_on;
    int64_t step = run->step;
    bool later = step_is_of_later(run, on);
    set_advancement(run, INT32_MAX);
    if (!later && !step_on_advancement(run, month, &step)) return false;
    run->grade = run->career->twin_grade;
    run->grade_changed = true;
    run->step_changed = run->step_changed || step != run->step;
    run->step = step;
    note(run, NP_EVENT_ADVANCEMENT, on);
    if (progress && progress->restarts) {
        count_steps_from(run, on);
        find_step(run, later ? held : on);
    }
    return true;
}

/* ---- the run ---- */

bool np_career_state_start(np_career_state *run)
{
    np_career *career = run->career;
    const np_path *path = run->projection->path;
    run->grade = career->grade;
    run->step = career->step;
    count_steps_from(run, career->steps_from);
    np_date held = career->terms.step_held_on;
    find_step(run, held);
    set_advancement(run, INT32_MAX);
    if (!path || !path->date.root || career->twin_grade == UINT16_MAX) return true;
    const np_book *book = career->book;
    if (book->grades[career->twin_grade].rank <= book->grades[career->grade].rank) return true;
    np_value date = np_career_value(career, &path->date);
    if (date.unknown) return true;
    set_advancement(run, date.as.date);
    return true;
}

bool np_career_state_month(np_career_state *run, np_date month)
{
    run->grade_changed = run->step_changed = false;
    for (;;) {
        bool step = run->step_counts <= month, advancement = run->advancement_counts <= month;
        if (!step && !advancement) return true;
        /* on one day the step comes first: it is part of the former salary */
        if (step && run->next_step <= run->advancement)
            take_step(run);
        else if (!advance(run, month))
            return false;
    }
}

np_date np_career_state_next(const np_career_state *run)
{
    np_date step = run->step < run->career->steps ? run->step_counts : INT32_MAX;
    return step < run->advancement_counts ? step : run->advancement_counts;
}
