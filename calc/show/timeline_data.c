/* The timeline as JSON and CSV. */
#include "career_parts.h"
#include "natopay/base/json.h"
#include "natopay/pay/words.h"

typedef struct writer {
    np_json json;
    const np_timeline *t;
    const np_book *book;
    unsigned decimals;
} writer;

static void text(writer *w, const char *key, const char *value)
{
    np_json_key(&w->json, key);
    np_json_string(&w->json, value);
}

static void date(writer *w, const char *key, np_date value)
{
    np_json_key(&w->json, key);
    np_json_date(&w->json, value);
}

static void money(writer *w, const char *key, np_num amount)
{
    np_json_key(&w->json, key);
    np_json_money(&w->json, amount, w->decimals);
}

static void count(writer *w, const char *key, long long value)
{
    np_json_key(&w->json, key);
    np_json_count(&w->json, value);
}

static void milestone(writer *w, const np_dated *dated)
{
    const np_about *about = &dated->milestone->about;
    np_json_object(&w->json);
    date(w, "date", dated->date);
    text(w, "name", about->name);
    text(w, "label", np_label_text(&about->label, w->t->lang, about->name));
    text(w, "source", np_sources_words(about, w->t->arena, " "));
    text(w, "status", np_status_name((np_status)dated->status));
    if (dated->numbered) {
        np_json_key(&w->json, "number");
        np_json_fraction(&w->json, dated->number);
    }
    if (dated->about != NP_DATE_NONE) date(w, "about", dated->about);
    if (dated->date == NP_DATE_NONE) text(w, "needs", np_missing_names(w->book, w->t->arena, dated->missing));
    np_json_end_object(&w->json);
}

static void lines(writer *w, const np_stretch *s)
{
    np_json_key(&w->json, "lines");
    np_json_array(&w->json);
    for (size_t i = np_first_line(w->book); i < w->book->rule_count; i++) {
        const np_rule *rule = &w->book->rules[i];
        const np_line *line = np_stretch_line(w->book, s, rule);
        if (!line || line->state != NP_LINE_DUE) continue;
        bool later = line->date != NP_DATE_NONE && np_date_month_start(line->date) != s->month;
        if (later) continue; /* paid once, in another month */
        np_json_object(&w->json);
        text(w, "rule", rule->name);
        text(w, "kind", np_kind_name(rule->kind));
        money(w, "amount", line->amount);
        text(w, "status", np_status_name((np_status)line->status));
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
}

static void stretch(writer *w, const np_projection *path, const np_stretch *s)
{
    np_json_object(&w->json);
    date(w, "from", s->from);
    date(w, "to", s->to);
    count(w, "months", s->months);
    text(w, "grade", w->book->grades[s->grade].name);
    count(w, "step", (long long)s->step);
    money(w, "net", s->net.amount);
    money(w, "gross", s->gross.amount);
    money(w, "once", s->once.amount);
    text(w, "status", np_status_name((np_status)s->net.status));
    lines(w, s);
    np_json_key(&w->json, "causes");
    np_json_array(&w->json);
    for (size_t i = 0; i < s->cause_count; i++)
        np_json_string(&w->json, np_cause_words(path, w->t->arena, w->t->lang, &s->causes[i]));
    np_json_end_array(&w->json);
    np_json_end_object(&w->json);
}

static void path(writer *w, const np_projection *p)
{
    np_json_object(&w->json);
    text(w, "name", p->path ? p->path->about.name : "only");
    text(w, "label", np_path_words(p, w->t->lang));
    np_json_key(&w->json, "stretches");
    np_json_array(&w->json);
    for (size_t i = 0; i < p->stretch_count; i++) stretch(w, p, &p->stretches[i]);
    np_json_end_array(&w->json);
    money(w, "total_net", p->total.net);
    money(w, "total_once", p->total.once);
    money(w, "difference", np_num_sub(w->t->arena, p->total.net, w->t->paths[0]->total.net));
    text(w, "status", np_status_name((np_status)p->total.status));
    np_json_end_object(&w->json);
}

static void terms(writer *w)
{
    const np_terms *t = &w->t->career->terms;
    static const char *const ENDS[] = {NULL, "given", "contract", "maximum", "age"};
    np_json_key(&w->json, "contract");
    np_json_object(&w->json);
    text(w, "name", t->contract ? t->contract->about.name : NULL);
    date(w, "start", t->start);
    date(w, "end", t->contract_end);
    date(w, "probation_end", t->probation_end);
    date(w, "service_end", t->service_end);
    text(w, "service_ends_by", ENDS[t->ends]);
    np_json_end_object(&w->json);
}

static void conditions(writer *w)
{
    if (!w->t->conditions) return;
    np_json_key(&w->json, "eligibility");
    np_json_array(&w->json);
    for (size_t i = 0; i < w->t->condition_count; i++) {
        const np_eligible *e = &w->t->conditions[i];
        const np_about *about = &e->condition->about;
        np_json_object(&w->json);
        text(w, "name", about->name);
        text(w, "label", np_label_text(&about->label, w->t->lang, about->name));
        text(w, "state", np_meets_name(e->meets));
        text(w, "missing", e->meets == NP_MEETS_NOT ? np_label_text(&e->condition->missing, w->t->lang, NULL) : NULL);
        text(w, "needs", e->missing ? np_missing_names(w->book, w->t->arena, e->missing) : NULL);
        text(w, "source", np_sources_words(about, w->t->arena, " "));
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
}

static writer open_writer(np_text *out, const np_timeline *t)
{
    writer w = {.t = t, .book = t->career->book};
    w.decimals = w.book->currencies[t->paths[0]->stretches[0].currency].decimals;
    np_json_start(&w.json, out);
    np_json_object(&w.json);
    return w;
}

static void close_writer(writer *w, np_text *out)
{
    np_json_key(&w->json, "warnings");
    np_json_array(&w->json);
    for (const np_diag *diag = w->t->diags->first; diag; diag = diag->next) np_json_string(&w->json, diag->message);
    np_json_end_array(&w->json);
    text(w, "book", np_arena_format(w->t->arena, "sha256:%s", w->book->hash));
    np_json_end_object(&w->json);
    np_text_putc(out, '\n');
}

void np_show_timeline_json(np_text *out, const np_timeline *t)
{
    writer w = open_writer(out, t);
    terms(&w);
    text(&w, "currency", w.book->currencies[t->paths[0]->stretches[0].currency].name);
    np_json_key(&w.json, "milestones");
    np_json_array(&w.json);
    for (size_t i = 0; i < t->milestone_count; i++) milestone(&w, &t->milestones[i]);
    np_json_end_array(&w.json);
    np_json_key(&w.json, "paths");
    np_json_array(&w.json);
    for (size_t i = 0; i < t->path_count; i++) path(&w, t->paths[i]);
    np_json_end_array(&w.json);
    conditions(&w);
    close_writer(&w, out);
}

void np_show_project_json(np_text *out, const np_timeline *t, np_by by)
{
    writer w = open_writer(out, t);
    const np_projection *p = t->paths[0];
    size_t rows;
    np_period *periods = np_projection_periods(p, by, t->arena, &rows);
    text(&w, "path", p->path ? p->path->about.name : "only");
    text(&w, "currency", w.book->currencies[p->stretches[0].currency].name);
    np_json_key(&w.json, "periods");
    np_json_array(&w.json);
    for (size_t i = 0; i <= rows; i++) {
        const np_sum *sum = i < rows ? &periods[i].sum : &p->total;
        if (i == rows) {
            np_json_end_array(&w.json);
            np_json_key(&w.json, "total");
        }
        np_json_object(&w.json);
        date(&w, "from", i < rows ? periods[i].from : p->from);
        date(&w, "to", i < rows ? periods[i].to : p->last);
        if (i < rows && periods[i].number) count(&w, "year", periods[i].number);
        count(&w, "months", sum->months);
        money(&w, "gross", sum->gross);
        money(&w, "deductions", sum->deductions);
        money(&w, "net", sum->net);
        money(&w, "once", sum->once);
        money(&w, "employer_cost", sum->employer);
        text(&w, "status", np_status_name((np_status)sum->status));
        np_json_end_object(&w.json);
    }
    if (t->low && t->high) {
        money(&w, "total_net_low", t->low->total.net);
        money(&w, "total_net_high", t->high->total.net);
    }
    close_writer(&w, out);
}

/* ---- CSV: one table, a row for each stretch of each path ---- */

void np_show_timeline_csv(np_text *out, const np_timeline *t)
{
    static const char *const COLUMNS[] = {"kind", "path", "from", "to",    "months", "grade",
                                          "step", "net",  "once", "gross", "status", "text"};
    np_table table;
    np_table_init(&table, t->arena);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        np_table_column(&table, COLUMNS[i], COLUMNS[i], false, false);
    for (size_t i = 0; i < t->milestone_count; i++) {
        const np_dated *dated = &t->milestones[i];
        np_row *row = np_table_row(&table);
        row->cells[0] = "milestone";
        row->cells[1] = dated->milestone->about.name;
        if (dated->date != NP_DATE_NONE) row->cells[2] = np_day_words(t->arena, dated->date);
        row->cells[10] = np_status_name((np_status)dated->status);
        row->cells[11] = np_dated_words(dated, t->arena, t->lang);
    }
    const np_book *book = t->career->book;
    for (size_t i = 0; i < t->path_count; i++)
        for (size_t k = 0; k < t->paths[i]->stretch_count; k++) {
            const np_stretch *s = &t->paths[i]->stretches[k];
            np_row *row = np_table_row(&table);
            row->cells[0] = "stretch";
            row->cells[1] = t->paths[i]->path ? t->paths[i]->path->about.name : "only";
            row->cells[2] = np_day_words(t->arena, s->from);
            row->cells[3] = np_day_words(t->arena, s->to);
            row->cells[4] = np_arena_format(t->arena, "%d", s->months);
            row->cells[5] = book->grades[s->grade].name;
            row->cells[6] = np_arena_format(t->arena, "%lld", (long long)s->step);
            row->cells[7] = np_money_words(t->arena, book, s->net.amount, s->currency);
            row->cells[8] = np_money_words(t->arena, book, s->once.amount, s->currency);
            row->cells[9] = np_money_words(t->arena, book, s->gross.amount, s->currency);
            row->cells[10] = np_status_name((np_status)s->net.status);
            row->cells[11] = np_causes_words(t->paths[i], t->arena, t->lang, s);
        }
    np_table_csv(out, &table);
}
