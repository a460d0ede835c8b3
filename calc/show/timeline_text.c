/* The timeline as a text of at most 80 columns. */
#include <string.h>

#include "career_parts.h"
#include "natopay/pay/words.h"

enum { WIDTH = 80, NAME = 10, BAR = 68, MONEY = 11 };

typedef struct page {
    np_text *out;
    const np_timeline *t;
    const np_career *career;
    const np_book *book;
    np_arena *arena;
    const np_lang *lang;
} page;

static __attribute__((format_arg(2))) const char *say(const page *p, const char *english)
{
    return np_say(p->lang, english);
}

static const char *day(const page *p, np_date date)
{
    return np_day_words(p->arena, date);
}

/* A text in so many columns, on the left or the right. */
static void cell(const page *p, const char *text, size_t width, bool right)
{
    size_t columns = np_text_columns(text, strlen(text)), gap = columns < width ? width - columns : 0;
    if (right) np_text_repeat(p->out, ' ', gap);
    np_text_puts(p->out, text);
    if (!right) np_text_repeat(p->out, ' ', gap);
}

/* ---- heading ---- */

static const np_value *input(const page *p, const char *name)
{
    const np_input *found = np_book_input(p->book, name);
    const np_value *value = found ? &p->career->first_slots[found->slot] : NULL;
    return value && !value->unknown ? value : NULL;
}

static void heading(const page *p)
{
    const np_terms *terms = &p->career->terms;
    const char *title = np_situation_title(p->career->given, p->lang);
    const np_value *town = input(p, "town"), *country = input(p, "duty_country");
    const char *text = title ? np_arena_format(p->arena, "%s, ", title) : "";
    text = np_arena_format(p->arena, "%s%s", text, p->book->grades[p->career->grade].name);
    if (p->career->twin_grade != UINT16_MAX)
        text = np_arena_format(p->arena, "%s-%s", text, p->book->grades[p->career->twin_grade].name);
    if (town) text = np_arena_format(p->arena, "%s, %s", text, town->as.text);
    if (country) {
        const np_country *place = &p->book->countries[country->as.country];
        text = np_arena_format(p->arena, "%s, %s", text, np_label_text(&place->label, p->lang, place->name));
    }
    np_wrap(p->out, text, 0, WIDTH);
    const char *kind = terms->contract
                           ? np_label_text(&terms->contract->about.label, p->lang, terms->contract->about.name)
                           : say(p, "Contract");
    const char *end = terms->contract_end == NP_DATE_NONE ? say(p, "without end") : day(p, terms->contract_end);
    np_text_printf(p->out, say(p, "%s, %s to %s\n"), kind, day(p, terms->start), end);
    const np_projection *first = p->t->paths[0];
    const char *ends = np_ends_words(terms, p->arena, p->lang);
    if (ends && terms->service_end <= first->until) np_wrap(p->out, ends, 0, WIDTH);
    if (terms->contract_end != NP_DATE_NONE && first->last > terms->contract_end)
        np_wrap(p->out, say(p, "What follows the contract is assumed: it is not automatic."), 0, WIDTH);
    np_text_putc(p->out, '\n');
}

/* ---- the drawing ---- */

static size_t place(const np_projection *p, np_date date)
{
    int64_t span = (int64_t)p->until - p->from + 1, at = ((int64_t)date - p->from) * BAR / span;
    return at < 0 ? 0 : at > BAR ? BAR : (size_t)at;
}

static void bar_line(const page *p, const char *name, const char *bar)
{
    size_t length = BAR;
    while (length && bar[length - 1] == ' ') length--;
    cell(p, name, NAME, false);
    np_text_puts(p->out, "  ");
    np_text_add(p->out, bar, length);
    np_text_putc(p->out, '\n');
}

static void draw_years(const page *p, const np_projection *first)
{
    char bar[BAR];
    memset(bar, ' ', sizeof bar);
    size_t free_from = 0;
    for (int year = np_date_split(first->from).year; year <= np_date_split(first->until).year; year++) {
        np_date begins = np_date_of(year, 1, 1);
        size_t at = place(first, begins < first->from ? first->from : begins);
        if (at < free_from || at + 4 > BAR) continue;
        const char *digits = np_arena_format(p->arena, "%04d", year);
        memcpy(bar + at, digits, 4);
        free_from = at + 5;
    }
    bar_line(p, "", bar);
}

static void draw_contract(const page *p, const np_projection *first)
{
    const np_terms *terms = &p->career->terms;
    char bar[BAR];
    memset(bar, ' ', sizeof bar);
    np_date end = terms->contract_end == NP_DATE_NONE ? first->last : terms->contract_end;
    size_t last = place(first, first->last + 1), contract = place(first, (end < first->last ? end : first->last) + 1);
    memset(bar, '~', last);
    memset(bar, '=', contract);
    if (terms->probation_end != NP_DATE_NONE) memset(bar, 'p', place(first, terms->probation_end + 1));
    bar_line(p, say(p, "Contract"), bar);
}

static void draw_path(const page *p, const np_projection *path)
{
    char bar[BAR];
    memset(bar, ' ', sizeof bar);
    memset(bar, '-', place(path, path->last + 1));
    for (size_t i = 0; i < path->stretch_count; i++) {
        size_t at = place(path, path->stretches[i].from);
        if (at < BAR) bar[at] = '|';
    }
    for (size_t i = 0; i < path->stretch_count; i++) {
        size_t at = place(path, path->stretches[i].from);
        const char *grade = p->book->grades[path->stretches[i].grade].name;
        bool named = i == 0 || path->stretches[i].grade != path->stretches[i - 1].grade;
        if (named && at + 1 + strlen(grade) < BAR) memcpy(bar + at + 1, grade, strlen(grade));
    }
    bar_line(p, path->path ? path->path->about.name : "", bar);
}

static void drawing(const page *p)
{
    draw_years(p, p->t->paths[0]);
    draw_contract(p, p->t->paths[0]);
    for (size_t i = 0; i < p->t->path_count; i++) draw_path(p, p->t->paths[i]);
    np_text_repeat(p->out, ' ', NAME + 2);
    np_text_printf(p->out, "%s\n\n", say(p, "p probation   = contract   ~ assumed to follow   | pay changes"));
}

/* ---- milestones ---- */

static void milestones(const page *p)
{
    bool open = false;
    np_text_printf(p->out, "%s\n", say(p, "MILESTONES"));
    for (size_t i = 0; i < p->t->milestone_count; i++) {
        const np_dated *dated = &p->t->milestones[i];
        const char *label = np_dated_words(dated, p->arena, p->lang);
        if (dated->date == NP_DATE_NONE) {
            if (!open) np_text_printf(p->out, "%s\n", say(p, "OPEN, for want of inputs"));
            open = true;
            np_text_puts(p->out, "  ");
            np_wrap(p->out,
                    np_arena_format(p->arena, np_say(p->lang, "%s: needs %s"), label,
                                    np_missing_names(p->book, p->arena, dated->missing)),
                    4, WIDTH);
            continue;
        }
        np_text_printf(p->out, "%s  ", day(p, dated->date));
        cell(p, np_status_word((np_status)dated->status, p->lang), 11, false);
        np_wrap(p->out, label, 23, WIDTH);
    }
    np_text_putc(p->out, '\n');
}

/* ---- one path ---- */

static void stretch_row(const page *p, const np_projection *path, const np_stretch *s)
{
    const char *state = np_arena_format(p->arena, "%s/%lld", p->book->grades[s->grade].name, (long long)s->step);
    np_text_printf(p->out, "%s  %s  ", day(p, s->from), day(p, s->to));
    cell(p, np_arena_format(p->arena, "%d", s->months), 3, true);
    np_text_puts(p->out, "  ");
    cell(p, state, 7, false);
    cell(p, np_money_words(p->arena, p->book, s->net.amount, s->currency), MONEY, true);
    np_text_puts(p->out, "  ");
    const char *why = np_causes_words(path, p->arena, p->lang, s);
    if (np_num_sign(s->once.amount) != 0)
        why =
            np_arena_format(p->arena, "%s (+%s)", why, np_money_words(p->arena, p->book, s->once.amount, s->currency));
    np_wrap(p->out, why, 49, WIDTH);
}

static void path_table(const page *p, const np_projection *path)
{
    uint16_t currency = path->stretches[0].currency;
    const char *name = path->path ? path->path->about.name : "";
    np_text_printf(p->out, say(p, "PATH%s%s: %s (%s)\n"), *name ? " " : "", name, np_path_words(path, p->lang),
                   p->book->currencies[currency].name);
    cell(p, np_say_as(p->lang, "first day", "FROM"), 12, false);
    cell(p, np_say_as(p->lang, "last day", "TO"), 10, false);
    cell(p, say(p, "MO."), 6, true);
    np_text_puts(p->out, " ");
    cell(p, say(p, "GRADE"), 6, false);
    cell(p, say(p, "NET A MONTH"), MONEY + 1, true);
    np_text_printf(p->out, "  %s\n", say(p, "WHY"));
    size_t open = 0;
    for (size_t i = 0; i < path->stretch_count; i++) {
        stretch_row(p, path, &path->stretches[i]);
        if (path->stretches[i].open_lines > open) open = path->stretches[i].open_lines;
    }
    np_num all = np_num_add(p->arena, path->total.net, path->total.once);
    const char *text = np_arena_format(p->arena, say(p, "Net in all: %s, with what is paid once: %s (%s)."),
                                       np_money_words(p->arena, p->book, path->total.net, currency),
                                       np_money_words(p->arena, p->book, all, currency),
                                       np_status_word((np_status)path->total.status, p->lang));
    if (open)
        text = np_arena_format(
            p->arena, "%s %s", text,
            np_arena_format(p->arena, np_say(p->lang, "Open lines, not counted: %lld (natopay estimate names them)."),
                            (long long)open));
    np_wrap(p->out, text, 0, WIDTH);
    np_text_putc(p->out, '\n');
}

/* ---- side by side ---- */

static void side_by_side(const page *p)
{
    const np_timeline *t = p->t;
    if (t->path_count < 2) return;
    np_period *periods[NP_TIMELINE_PATHS];
    size_t years = 0, counts[NP_TIMELINE_PATHS], shown = t->path_count < 4 ? t->path_count : 4;
    np_num last_so_far[NP_TIMELINE_PATHS];
    uint16_t currency = t->paths[0]->stretches[0].currency;
    np_text_printf(p->out, "%s\n", say(p, "SIDE BY SIDE: net by contract year, and the difference so far"));
    cell(p, say(p, "YEAR"), 6, false);
    for (size_t i = 0; i < shown; i++) {
        periods[i] = np_projection_periods(t->paths[i], NP_BY_CONTRACT_YEAR, p->arena, &counts[i]);
        if (counts[i] > years) years = counts[i];
        last_so_far[i] = np_num_int(0);
        cell(p, t->paths[i]->path->about.name, i ? 23 : 12, true);
    }
    np_text_putc(p->out, '\n');
    for (size_t year = 0; year < years; year++) {
        cell(p, np_arena_format(p->arena, "%zu", year + 1), 6, false);
        for (size_t i = 0; i < shown; i++) {
            np_num net = year < counts[i] ? periods[i][year].sum.net : np_num_int(0);
            last_so_far[i] = np_num_add(p->arena, last_so_far[i], net);
            cell(p, np_money_words(p->arena, p->book, net, currency), 12, true);
            if (i == 0) continue;
            np_num difference = np_num_sub(p->arena, last_so_far[i], last_so_far[0]);
            const char *sign = np_num_sign(difference) > 0 ? "+" : "";
            const char *amount = np_money_words(p->arena, p->book, difference, currency);
            cell(p, np_arena_format(p->arena, "%s%s", sign, amount), 11, true);
        }
        np_text_putc(p->out, '\n');
    }
    np_text_putc(p->out, '\n');
}

/* ---- eligibility ---- */

void np_show_eligibility_text(np_text *out, const np_timeline *t, const np_book *book)
{
    page p = {out, t, t->career, book, t->arena, t->lang};
    np_text_printf(out, "%s\n", say(&p, "ELIGIBILITY (advice, not a decision)"));
    for (size_t i = 0; i < t->condition_count; i++) {
        const np_eligible *e = &t->conditions[i];
        const np_condition *c = e->condition;
        cell(&p, np_meets_words(e->meets, t->lang), 13, false);
        np_wrap(out, np_label_text(&c->about.label, t->lang, c->about.name), 13, WIDTH);
        const char *missing = NULL;
        if (e->meets == NP_MEETS_NOT) missing = np_label_text(&c->missing, t->lang, NULL);
        if (e->missing && e->missing->gap) missing = e->missing->gap->message;
        if (e->missing && !e->missing->gap) missing = np_missing_names(book, t->arena, e->missing);
        if (missing && *missing) {
            np_text_printf(out, "%13s", "");
            np_wrap(out, np_arena_format(t->arena, say(&p, "MISSING: %s"), missing), 15, WIDTH);
        }
        np_text_printf(out, "%13s[%s]\n", "", np_sources_words(&c->about, t->arena, ", "));
    }
    np_text_putc(out, '\n');
}

void np_show_timeline_text(np_text *out, const np_timeline *t)
{
    page p = {out, t, t->career, t->career->book, t->arena, t->lang};
    heading(&p);
    drawing(&p);
    milestones(&p);
    for (size_t i = 0; i < t->path_count; i++) path_table(&p, t->paths[i]);
    side_by_side(&p);
    uint16_t currency = t->paths[0]->stretches[0].currency;
    if (t->low && t->high)
        np_wrap(out,
                np_arena_format(t->arena,
                                np_say(t->lang, "With the yearly adjustment at its low and high: net %s to %s."),
                                np_money_words(t->arena, p.book, t->low->total.net, currency),
                                np_money_words(t->arena, p.book, t->high->total.net, currency)),
                0, WIDTH);
    if (t->conditions) np_show_eligibility_text(out, t, p.book);
}
