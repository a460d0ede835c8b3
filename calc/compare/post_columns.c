/* Putting posts into columns. */
#include "natopay/compare/compare.h"

#include <string.h>

#include "natopay/career/month.h"
#include "natopay/career/projector.h"
#include "natopay/pay/format_value.h"
#include "compare_internal.h"

/* A comparison while it is made. */
typedef struct making {
    np_comparison *comparison;
    const np_compare_options *options;
    np_diags *diags;
    np_projector *projector;             /* NULL: none yet */
    const np_book *projected;            /* the book that it is for */
    np_career *careers[NP_COMPARE_MOST]; /* [column]; NULL: none */
    bool made;
} making;

/* ---- one post ---- */

static const np_value *input_of(const np_post_column *column, const char *name)
{
    const np_input *input = np_book_input(column->book, name);
    const np_value *value = input ? &column->payslip->slots[input->slot] : NULL;
    return value && !value->unknown ? value : NULL;
}

static const char *label_of(np_comparison *c, const np_post_column *column, const char *given)
{
    const np_value *title = input_of(column, "title"), *grade = input_of(column, "grade");
    const np_value *country = input_of(column, "duty_country");
    if (given) return given;
    if (title && title->type == NP_TEXT) return title->as.text;
    if (*column->name) return column->name;
    return np_arena_format(c->arena, "%s %s", grade ? column->book->grades[grade->as.grade].name : "",
                           country ? column->book->countries[country->as.country].name : "");
}

static const np_projection *project(np_career *career, const np_path *path, int32_t months)
{
    np_project_options options = {.months = months, .path = path, .lines = true, .causes = true};
    return np_career_project(career, &options);
}

static bool add_path(np_comparison *c, np_post_column *column, np_career *career, const np_path *path)
{
    if (column->path_count >= NP_COMPARED_PATHS_MOST) return true;
    np_compared_path *compared = &column->paths[column->path_count++];
    compared->brief = project(career, path, c->compared_months[0]);
    compared->full = compared->brief ? project(career, path, c->compared_months[1]) : NULL;
    if (!compared->full) return false;
    const np_path *taken = compared->full->path;
    compared->name = taken ? taken->about.name : "";
    compared->label = taken ? np_label_text(&taken->about.label, c->lang, taken->about.name) : "";
    return true;
}

static void end_projector(making *m)
{
    for (size_t i = 0; i < NP_COMPARE_MOST; i++)
        if (m->careers[i]) m->careers[i]->projector = NULL;
    np_projector_free(m->projector);
}

/* The one for the rule book of this post: posts beside each other mostly share theirs. */
static np_projector *projector_for(making *m, const np_book *book)
{
    if (m->projector && m->projected == book) return m->projector;
    end_projector(m);
    m->projected = book;
    m->projector = np_projector_new(book);
    if (!m->projector) np_arena_give_up(m->comparison->arena);
    return m->projector;
}

/* The path that the inputs name comes first, then the others that are open. */
static bool add_paths(making *m, np_post_column *column, np_diags *diags)
{
    np_comparison *c = m->comparison;
    np_career *career = np_career_new(column->situation, c->arena, diags);
    if (!career || !np_career_check(career)) return false;
    career->projector = projector_for(m, column->book);
    m->careers[column - c->columns] = career;
    column->terms = career->terms;
    if (!add_path(c, column, career, NULL)) return false;
    np_report_age(diags, &career->terms, column->paths[0].full->last);
    const np_career_book *book = column->book->career;
    const np_path *first = column->paths[0].full->path;
    for (size_t i = 0; first && i < book->path_count; i++) {
        const np_path *path = &book->paths[i];
        if (path == first || !np_career_path_open(career, path)) continue;
        if (!add_path(c, column, career, path)) return false;
    }
    return true;
}

static void find_price_level(np_post_column *column)
{
    const np_book *book = column->book;
    int found = np_book_parameter(book, "price_level");
    const np_value *country = &column->payslip->slots[book->country_slot];
    if (found < 0 || country->unknown) return;
    const np_entry *entry = np_parameter_on(&book->parameters[found], country->as.country, column->payslip->date);
    if (!entry || entry->values[0].type != NP_NUMBER || np_num_sign(entry->values[0].as.number) <= 0) return;
    column->has_price_level = true;
    column->price_level = entry->values[0];
    column->price_level.status = (uint8_t)entry->status;
    column->price_source = entry->source;
}

static bool fill_column(making *m, const np_compare_post *post, np_diags *diags)
{
    np_comparison *c = m->comparison;
    np_post_column *column = &c->columns[c->count];
    const np_situation *situation = post->situation;
    *column = (np_post_column){.mark = np_arena_format(c->arena, "%c", (char)('A' + c->count)),
                               .name = post->name ? post->name : "",
                               .book = situation->book,
                               .situation = situation,
                               .same_as = SIZE_MAX};
    np_month month;
    if (!np_month_open(&month, situation, c->arena, diags) || !np_month_compute(&month, diags)) return false;
    column->payslip = month.payslip;
    if (!np_month_check(&month, diags)) return false;
    if (!np_net_range(month.situation, c->arena, diags, &column->range)) return false;
    if (!np_net_sensitivity(month.situation, c->arena, diags, &column->sensitivity, &column->sensitivity_count))
        return false;
    if (column->book->career)
        column->conditions = np_eligibility(situation, c->arena, c->lang, &column->condition_count);
    column->label = label_of(c, column, post->label);
    find_price_level(column);
    c->count++;
    return add_paths(m, column, diags);
}

/* What is wrong with a post is said with the post's letter: two posts may lack the same input. */
static bool add_column(making *m, size_t place)
{
    np_comparison *c = m->comparison;
    const np_compare_post *post = &m->options->posts[place];
    if (post->present) {
        np_present_job_column(c, post);
        return true;
    }
    np_diags own, *diags = m->diags;
    np_diags_init(&own, c->arena);
    own.lang = diags->lang;
    bool ok = fill_column(m, post, &own);
    for (const np_diag *diag = own.first; diag; diag = diag->next) {
        bool error = np_code_describe(diag->code)->severity == NP_ERROR;
        const char *mark =
            error ? np_arena_format(c->arena, np_say(diags->lang, "post %c: "), (char)('A' + place)) : "";
        np_diag_copy(diags, diag, diag->at, mark);
    }
    return ok;
}

/* ---- equal posts ---- */

static bool same_value(const np_value *a, const np_value *b)
{
    if (a->type != b->type || a->unknown != b->unknown) return false;
    switch ((np_type)a->type) {
    case NP_NUMBER:
        return np_num_compare(a->as.number, b->as.number) == 0;
    case NP_MONEY:
        return a->currency == b->currency && np_num_compare(a->as.number, b->as.number) == 0;
    case NP_TRUTH:
        return a->as.truth == b->as.truth;
    case NP_TEXT:
        return strcmp(a->as.text, b->as.text) == 0;
    case NP_DATE:
        return a->as.date == b->as.date;
    case NP_DATES:
        return a->as.dates.count == b->as.dates.count &&
               memcmp(a->as.dates.items, b->as.dates.items, a->as.dates.count * sizeof *a->as.dates.items) == 0;
    case NP_DURATION:
        return a->as.duration.months == b->as.duration.months && a->as.duration.days == b->as.duration.days;
    case NP_GRADE:
        return a->as.grade == b->as.grade;
    default:
        return a->as.country == b->as.country;
    }
}

/* Same book and same inputs. Books are the same when their bytes are, or when neither file lays anything over. */
static bool same_post(const np_post_column *a, const np_post_column *b)
{
    if (strcmp(a->book->name, b->book->name) != 0 || a->book->input_count != b->book->input_count ||
        a->book->rule_count != b->book->rule_count)
        return false;
    for (size_t i = 0; i < a->book->input_count; i++) {
        const np_input *x = &a->book->inputs[i], *y = &b->book->inputs[i];
        bool given = a->situation->given[x->slot];
        if (strcmp(x->name, y->name) != 0 || given != b->situation->given[y->slot]) return false;
        if (given && !same_value(&a->situation->values[x->slot], &b->situation->values[y->slot])) return false;
    }
    for (size_t i = 0; i < a->book->rule_count; i++)
        if (np_num_compare(a->payslip->lines[i].amount, b->payslip->lines[i].amount) != 0) return false;
    return true;
}

static void find_equals(np_comparison *c, np_diags *diags)
{
    for (size_t i = 1; i < c->count; i++)
        for (size_t k = 0; k < i && c->columns[i].same_as == SIZE_MAX; k++) {
            if (c->columns[k].present || c->columns[i].present) continue;
            if (!same_post(&c->columns[k], &c->columns[i])) continue;
            c->columns[i].same_as = k;
            np_report(diags, NP_CODE_EQUAL_POSTS, np_span_none(), "posts %s and %s are the same, with the same inputs",
                      c->columns[k].mark, c->columns[i].mark);
        }
}

/* ---- how far totals may lie from what they are ---- */

static void find_total_ranges(np_comparison *c)
{
    const np_projection *projections[2 * NP_COMPARE_MOST * NP_COMPARED_PATHS_MOST];
    np_total_range ranges[2 * NP_COMPARE_MOST * NP_COMPARED_PATHS_MOST];
    size_t count = 0, taken = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < c->columns[i].path_count && !c->columns[i].present; k++) {
            projections[count++] = c->columns[i].paths[k].brief;
            projections[count++] = c->columns[i].paths[k].full;
        }
    np_total_ranges_of(projections, count, c->arena, ranges);
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < c->columns[i].path_count && !c->columns[i].present; k++, taken += 2)
            memcpy(c->columns[i].paths[k].ranges, &ranges[taken], 2 * sizeof *ranges);
}

/* ---- one currency ---- */

/* The first post's own, or the one asked for, by the first book that has it. */
static bool choose_currency(np_comparison *c, const np_compare_options *options, np_diags *diags)
{
    const np_post_column *first = &c->columns[0];
    int found = options->currency ? -1 : first->payslip->currency;
    c->common_book = first->book;
    for (size_t i = 0; i < c->count && found < 0; i++) {
        found = np_book_currency(c->columns[i].book, options->currency);
        if (found >= 0) c->common_book = c->columns[i].book;
    }
    if (found < 0) {
        np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_CURRENCY, options->currency_at, "no currency is called '%s'",
                                  options->currency);
        const char *near = np_book_suggest(first->book, "currency", options->currency);
        np_diag_hint(diags, diag, near ? NP_MARK("did you mean %s?") : NP_MARK("natopay show currency lists them"),
                     near);
        return false;
    }
    c->common = (uint16_t)found;
    c->common_name = c->common_book->currencies[c->common].name;
    return true;
}

/* A column's book, then those of the others. */
static const np_book **books_from(const np_comparison *c, size_t column)
{
    const np_book **books = np_arena_array(c->arena, c->count, sizeof *books);
    for (size_t i = 0; i < c->count; i++) books[i] = c->columns[(column + i) % c->count].book;
    return books;
}

static void convert_columns(np_comparison *c, np_diags *diags)
{
    c->convertible = c->one_currency = true;
    for (size_t i = 0; i < c->count; i++) {
        np_post_column *column = &c->columns[i];
        column->conversion = np_conversion_among(books_from(c, i), c->count, c->arena,
                                                 &column->book->currencies[column->payslip->currency],
                                                 &c->common_book->currencies[c->common], column->payslip->date);
        c->one_currency = c->one_currency && column->conversion.same;
        c->convertible = c->convertible && column->conversion.known;
        if (column->conversion.known) continue;
        np_diag *diag = np_report(diags, NP_CODE_NO_COMMON_CURRENCY, np_span_none(),
                                  "post %s is compared in its own currency only: there is no exchange rate for %s",
                                  column->mark, column->conversion.missing);
        np_diag_hint(diags, diag, "add [exchange %s] with a line YYYY-MM-DD = units per euro to an overlay (--with)",
                     column->conversion.missing);
    }
}

/* ---- all of it ---- */

static np_date month_after(np_date date)
{
    return np_date_month_end(date) + 1;
}

static void find_window(np_comparison *c)
{
    c->first = np_date_month_start(c->columns[0].terms.start);
    np_date after = c->first;
    for (size_t i = 0; i < c->count; i++) {
        np_date start = np_date_month_start(c->columns[i].terms.start);
        np_date end = month_after(c->columns[i].paths[0].full->until);
        if (start < c->first) c->first = start;
        if (end > after) after = end;
    }
    c->months = (size_t)np_date_months_apart(c->first, after);
    c->together = true;
    for (size_t i = 0; i < c->count; i++)
        c->together = c->together && np_date_month_start(c->columns[i].terms.start) == c->first;
}

static bool can_be_compared(const np_compare_options *options, np_diags *diags)
{
    if (options->count < NP_COMPARE_LEAST || options->count > NP_COMPARE_MOST) {
        np_diag *diag =
            np_report(diags, options->count > NP_COMPARE_MOST ? NP_CODE_TOO_MANY : NP_CODE_USAGE, np_span_none(),
                      "a comparison takes %d to %d posts, not %zu", NP_COMPARE_LEAST, NP_COMPARE_MOST, options->count);
        np_diag_hint(diags, diag, "give post files, notices, or --post 'grade=GRADE,duty_country=FR,start=2026-03-01'");
        return false;
    }
    size_t jobs = 0;
    for (size_t i = 0; i < options->count; i++) jobs += options->posts[i].present;
    if (jobs < options->count) return true;
    np_diag *diag = np_report(diags, NP_CODE_USAGE, np_span_none(), "only present jobs are given: no post to compare");
    np_diag_hint(diags, diag, "give a post file, a notice, or --post 'grade=GRADE,duty_country=FR,start=2026-03-01'");
    return false;
}

static void make(void *context)
{
    making *m = context;
    np_comparison *c = m->comparison;
    bool ok = true;
    for (size_t i = 0; i < m->options->count; i++) ok = add_column(m, i) && ok;
    if (!ok || m->diags->errors) return;
    find_total_ranges(c);
    np_present_jobs_begin(c);
    if (!choose_currency(c, m->options, m->diags)) return;
    convert_columns(c, m->diags);
    find_equals(c, m->diags);
    find_window(c);
    np_compare_rows(c);
    np_compare_lead_changes(c);
    m->made = true;
}

np_comparison *np_comparison_new(const np_compare_options *options, np_arena *arena, np_diags *diags)
{
    if (!can_be_compared(options, diags)) return NULL;
    np_comparison *c = np_arena_alloc(arena, sizeof *c);
    c->arena = arena;
    c->lang = options->lang;
    const np_book *first = options->posts[0].situation->book;
    for (size_t i = 0; i < 2; i++) c->compared_months[i] = first->compared_months[i];
    making m = {.comparison = c, .options = options, .diags = diags};
    bool enough = np_arena_guard(arena, make, &m);
    end_projector(&m);
    if (!enough) np_arena_give_up(arena);
    return m.made ? c : NULL;
}

const np_compared *np_comparison_row(const np_comparison *comparison, const char *name)
{
    for (size_t i = 0; i < comparison->row_count; i++)
        if (strcmp(comparison->rows[i].name, name) == 0) return &comparison->rows[i];
    return NULL;
}
