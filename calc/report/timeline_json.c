/* Timelines and projections as JSON. */
#include "timeline_report_internal.h"
#include "natopay/base/json.h"
#include "natopay/pay/format_value.h"

typedef struct writer {
    np_json *json;
    np_arena *arena;
    const np_timeline *t;
    const np_book *book;
    unsigned decimals;
} writer;

static void text(writer *w, const char *key, const char *value)
{
    np_json_member(w->json, key, value);
}

static void money(writer *w, const char *key, np_num amount)
{
    np_json_member_money(w->json, key, amount, w->decimals);
}

static void milestone(writer *w, const np_dated *dated)
{
    const np_about *about = &dated->milestone->about;
    np_json_object(w->json);
    np_json_member_date(w->json, "date", dated->date);
    text(w, "name", about->name);
    text(w, "label", np_label_text(&about->label, w->t->lang, about->name));
    text(w, "source", np_source_names(w->arena, about->sources, about->source_count, " "));
    text(w, "status", np_status_name((np_status)dated->status));
    if (dated->numbered) {
        np_json_member_fraction(w->json, "number", dated->number);
    }
    if (dated->grade) text(w, "grade", dated->grade);
    if (dated->about != NP_DATE_NONE) np_json_member_date(w->json, "about", dated->about);
    if (dated->date == NP_DATE_NONE) text(w, "needs", np_missing_names(w->book, w->arena, dated->missing));
    np_json_end_object(w->json);
}

static void lines(writer *w, const np_stretch *s)
{
    np_json_member_array(w->json, "lines");
    for (size_t i = np_first_line(w->book); i < w->book->rule_count; i++) {
        const np_rule *rule = &w->book->rules[i];
        const np_line *line = np_stretch_line(w->book, s, rule);
        if (!line || line->state != NP_LINE_DUE) continue;
        bool later = line->date != NP_DATE_NONE && np_date_month_start(line->date) != s->month;
        if (later) continue; /* paid once, in another month */
        np_json_object(w->json);
        text(w, "rule", rule->name);
        text(w, "kind", np_kind_name(rule->kind));
        money(w, "amount", line->amount);
        text(w, "status", np_status_name((np_status)line->status));
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
}

static void stretch(writer *w, const np_projection *path, const np_stretch *s)
{
    np_json_object(w->json);
    np_json_member_date(w->json, "from", s->from);
    np_json_member_date(w->json, "to", s->to);
    np_json_member_count(w->json, "months", s->months);
    text(w, "grade", w->book->grades[s->grade].name);
    np_json_member_count(w->json, "step", (long long)s->step);
    money(w, "net", s->net.amount);
    text(w, "net_bound", np_net_bound_name(s->bound));
    money(w, "gross", s->gross.amount);
    money(w, "once", s->once.amount);
    text(w, "status", np_status_name((np_status)s->net.status));
    lines(w, s);
    np_json_member_array(w->json, "causes");
    for (size_t i = 0; i < s->cause_count; i++)
        np_json_string(w->json, np_cause_words(path, w->arena, w->t->lang, &s->causes[i]));
    np_json_end_array(w->json);
    np_json_end_object(w->json);
}

/* The year whose money later amounts are in; null: each in that of its own year. */
static void money_year(writer *w)
{
    int year = np_money_year(w->book, w->t->career->first_slots, w->t->paths[0]->last);
    np_json_key(w->json, "money_year");
    if (year)
        np_json_count(w->json, year);
    else
        np_json_null(w->json);
}

/* The word between "total" and "low" tells what is counted: net, or paid (net, with what comes once). */
static void range(writer *w, const char *before, const np_total_range *r)
{
    money(w, np_arena_format(w->arena, "%snet_low", before), r->net_low);
    money(w, np_arena_format(w->arena, "%snet_high", before), r->net_high);
    money(w, np_arena_format(w->arena, "%spaid_low", before), r->paid_low);
    money(w, np_arena_format(w->arena, "%spaid_high", before), r->paid_high);
    np_json_member_bool(w->json, np_arena_format(w->arena, "%srange_exact", before), r->exact);
}

static void path(writer *w, const np_projection *p, const np_total_range *r)
{
    np_json_object(w->json);
    text(w, "name", np_path_name(p));
    text(w, "label", np_path_words(p, w->t->lang));
    np_json_member_array(w->json, "stretches");
    for (size_t i = 0; i < p->stretch_count; i++) stretch(w, p, &p->stretches[i]);
    np_json_end_array(w->json);
    money(w, "total_net", p->total.net);
    money(w, "total_once", p->total.once);
    range(w, "total_", r);
    money(w, "difference", np_num_sub(w->arena, p->total.net, w->t->paths[0]->total.net));
    text(w, "status", np_status_name((np_status)p->total.status));
    np_json_end_object(w->json);
}

static void terms(writer *w)
{
    const np_terms *t = &w->t->career->terms;
    static const char *const ENDS[] = {NULL, "given", "contract", "maximum", "age"};
    np_json_member_object(w->json, "contract");
    text(w, "name", t->contract ? t->contract->about.name : NULL);
    np_json_member_date(w->json, "start", t->start);
    np_json_member_date(w->json, "end", t->contract_end);
    np_json_member_date(w->json, "probation_end", t->probation_end);
    np_json_member_date(w->json, "service_end", t->service_end);
    text(w, "service_ends_by", ENDS[t->service_ends_by]);
    np_json_end_object(w->json);
}

void np_json_eligibility(np_json *json, np_arena *arena, const np_book *book, const np_eligible *conditions,
                         size_t count, const np_lang *lang)
{
    np_json_member_array(json, "eligibility");
    for (size_t i = 0; i < count; i++) {
        const np_eligible *e = &conditions[i];
        const np_about *about = &e->condition->about;
        np_json_object(json);
        np_json_member(json, "name", about->name);
        np_json_member(json, "label", np_label_text(&about->label, lang, about->name));
        np_json_member(json, "state", np_meets_name(e->meets));
        np_json_member(json, "missing",
                       e->meets == NP_MEETS_NOT ? np_label_text(&e->condition->missing, lang, NULL) : NULL);
        np_json_member(json, "needs", e->missing ? np_missing_names(book, arena, e->missing) : NULL);
        np_json_member(json, "source", np_source_names(arena, about->sources, about->source_count, " "));
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static writer open_writer(np_json *json, np_arena *arena, const np_timeline *t)
{
    writer w = {.json = json, .arena = arena, .t = t, .book = t->career->book};
    w.decimals = w.book->currencies[t->paths[0]->stretches[0].currency].decimals;
    np_json_object(w.json);
    return w;
}

static bool close_writer(writer *w)
{
    np_json_warnings(w->json, w->t->diags);
    np_json_book(w->json, w->arena, w->book);
    np_json_end_object(w->json);
    return true;
}

bool np_timeline_json(np_json *json, np_arena *arena, const void *timeline)
{
    const np_timeline *t = timeline;
    writer w = open_writer(json, arena, t);
    np_json_appointment(json, w.book, t->conditions, t->condition_count, arena, t->lang);
    terms(&w);
    text(&w, "currency", w.book->currencies[t->paths[0]->stretches[0].currency].name);
    money_year(&w);
    np_json_member_array(w.json, "milestones");
    for (size_t i = 0; i < t->milestone_count; i++) milestone(&w, &t->milestones[i]);
    np_json_end_array(w.json);
    np_json_member_array(w.json, "paths");
    for (size_t i = 0; i < t->path_count; i++) path(&w, t->paths[i], &t->ranges[i]);
    np_json_end_array(w.json);
    if (t->conditions) np_json_eligibility(json, arena, w.book, t->conditions, t->condition_count, t->lang);
    return close_writer(&w);
}

bool np_project_json(np_json *json, np_arena *arena, const void *timeline)
{
    const np_timeline *t = timeline;
    writer w = open_writer(json, arena, t);
    const np_projection *p = t->paths[0];
    size_t rows;
    np_period *periods = np_projection_periods(p, t->by, arena, &rows);
    np_json_appointment(json, w.book, t->conditions, t->condition_count, arena, t->lang);
    text(&w, "path", np_path_name(p));
    text(&w, "currency", w.book->currencies[p->stretches[0].currency].name);
    np_json_member_array(w.json, "periods");
    for (size_t i = 0; i <= rows; i++) {
        const np_sum *sum = i < rows ? &periods[i].sum : &p->total;
        if (i == rows) {
            np_json_end_array(w.json);
            np_json_key(w.json, "total");
        }
        np_json_object(w.json);
        np_json_member_date(w.json, "from", i < rows ? periods[i].from : p->from);
        np_json_member_date(w.json, "to", i < rows ? periods[i].to : p->last);
        if (i < rows && periods[i].number) np_json_member_count(w.json, "year", periods[i].number);
        np_json_member_count(w.json, "months", sum->months);
        money(&w, "gross", sum->gross);
        money(&w, "deductions", sum->deductions);
        if (np_has_adjustments(w.book)) money(&w, "adjustments", np_sum_adjustments(w.arena, sum));
        money(&w, "net", sum->net);
        money(&w, "once", sum->once);
        money(&w, "employer_cost", sum->employer);
        text(&w, "status", np_status_name((np_status)sum->status));
        if (i == rows) {
            text(&w, "net_bound", np_net_bound_name(np_path_bound(p)));
            range(&w, "", &t->ranges[0]);
        }
        np_json_end_object(w.json);
    }
    money_year(&w);
    if (t->low && t->high) {
        money(&w, "total_net_low", t->low->total.net);
        money(&w, "total_net_high", t->high->total.net);
    }
    return close_writer(&w);
}
