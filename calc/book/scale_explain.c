/* The trail of a scale figure, in words. */
#include <string.h>

#include "scale_derive.h"

typedef struct trail {
    const np_book *book;
    np_arena *arena;
    const np_lang *lang;
    unsigned step;
    uint16_t currency; /* of the figure being explained */
    np_scale_trail *first, **end;
} trail;

static np_scale_trail *add(trail *t, const char *text, np_num value, np_status status, const np_source *source,
                           np_span at)
{
    np_scale_trail *step = np_arena_alloc(t->arena, sizeof *step);
    *step = (np_scale_trail){text, value, status, source, at, NULL, t->currency};
    *t->end = step;
    t->end = &step->next;
    return step;
}

static const char *day(trail *t, np_date date)
{
    np_text text;
    np_text_init(&text, 32);
    np_date_print(&text, date);
    return np_text_move(&text, t->arena);
}

static const char *plain(trail *t, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, value);
    return np_text_move(&text, t->arena);
}

/* "7558.3476... (89544500381/11847100)" */
static const char *about(trail *t, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_about(&text, value);
    const char *short_form = np_text_move(&text, t->arena), *exact = plain(t, value);
    return strcmp(exact, short_form) == 0 ? exact : np_arena_format(t->arena, "%s (%s)", short_form, exact);
}

static void explain_section(trail *t, const np_scale *scale, uint16_t grade);

/* The words for an index: whose it is where the country has none of its own, and what then is one end of the range. */
static const char *index_words(bool up, bool derived)
{
    if (derived)
        return up ? NP_MARK("multiplied by the index %s of %s in %s, as no salary of %s of that date was found: %s, "
                            "rounded %s (without it as it was)")
                  : NP_MARK("divided by the index %s of %s in %s, as no salary of %s of that date was found: %s, "
                            "rounded %s (without it as it was)");
    return up ? NP_MARK("multiplied by the index %s of %s, to the scale of %s: %s, rounded %s")
              : NP_MARK("divided by the index %s of %s, to the scale of %s: %s, rounded %s");
}

static void explain_carried(trail *t, const np_scale *scale, uint16_t grade, size_t from)
{
    const np_country *country = &t->book->countries[scale->country];
    explain_section(t, country->scales[from], grade);
    np_num value = np_scale_own_step(t->book, t->arena, country->scales[from], grade, t->step).value;
    while (from != scale->position) {
        bool up = from < scale->position;
        size_t next = np_scale_next_on_the_way(from, scale->position);
        const np_scale *crossed = np_scale_crossed(country, from, scale->position), *to = country->scales[next];
        np_num index = crossed->index.value;
        np_num exact = up ? np_num_mul(t->arena, value, index) : np_num_div(t->arena, value, index);
        np_num unit = t->book->currencies[country->currency].minor_unit;
        value = np_num_round(t->arena, exact, unit, t->book->rounding);
        const char *words = np_say(t->lang, index_words(up, crossed->derived));
        const char *rounding = np_rounding_name(t->book->rounding);
        const char *text = crossed->derived ? np_arena_format(t->arena, words, plain(t, index), day(t, crossed->from),
                                                              t->book->countries[crossed->reference].name,
                                                              country->name, about(t, exact), rounding)
                                            : np_arena_format(t->arena, words, plain(t, index), day(t, crossed->from),
                                                              day(t, to->from), about(t, exact), rounding);
        add(t, text, value, crossed->index.status > NP_CHAINED ? crossed->index.status : NP_CHAINED,
            crossed->index.source, crossed->index.at);
        from = next;
    }
}

static const char *grade_list(trail *t, uint64_t grades)
{
    const char *list = "";
    for (size_t g = 0; g < t->book->grade_count; g++)
        if (grades & ((uint64_t)1 << g))
            list = np_arena_format(t->arena, "%s%s%s", list, *list ? ", " : "", t->book->grades[g].name);
    return list;
}

/* What the country's salaries are to its reference's. */
static void explain_ratio_itself(trail *t, const np_scale *scale, const np_scale *then, const np_scale_ratio *ratio)
{
    const np_book *book = t->book;
    const char *here = book->countries[scale->country].name, *there = book->countries[then->country].name;
    if (ratio->grades) {
        add(t,
            np_arena_format(t->arena, np_say(t->lang, "ratio of the scales %s %s and %s %s on %s: %s / %s"), here,
                            day(t, scale->from), there, day(t, then->from), grade_list(t, ratio->grades),
                            plain(t, ratio->over), plain(t, ratio->under)),
            ratio->value, ratio->status, NULL, scale->at);
        return;
    }
    const np_figure *given = &scale->ratio;
    add(t,
        np_arena_format(t->arena, np_say(t->lang, "salaries of %s over those of %s, between %s and %s"), here, there,
                        plain(t, scale->ratio_low), plain(t, scale->ratio_high)),
        given->value, given->status, given->source, given->at);
    uint16_t to = book->countries[scale->country].currency, from = book->countries[then->country].currency;
    if (to == from) return;
    add(t,
        np_arena_format(t->arena, np_say(t->lang, "the same in %s for one %s, at the exchange rates of the book"),
                        book->currencies[to].name, book->currencies[from].name),
        ratio->value, ratio->status, NULL, scale->at);
}

/* The ratio between `scale` and `then`, applied to the reference's figure in `now`. */
static void explain_ratio(trail *t, const np_scale *scale, const np_scale *then, const np_scale *now, uint16_t grade)
{
    const np_book *book = t->book;
    explain_section(t, now, grade);
    np_scale_ratio ratio = np_scale_ratio_to_reference(book, t->arena, scale, then, now->from);
    t->currency = NP_CURRENCY_ANY;
    explain_ratio_itself(t, scale, then, &ratio);
    t->currency = book->countries[scale->country].currency;
    np_resolved figure = np_scale_by_ratio(book, t->arena, scale->country, now->step1[grade], &ratio);
    np_num exact = np_num_mul(t->arena, now->step1[grade].value, ratio.value);
    add(t,
        np_arena_format(t->arena, np_say(t->lang, "%s's figure times the ratio: %s, rounded %s"),
                        book->countries[then->country].name, about(t, exact), np_rounding_name(book->rounding)),
        figure.value, figure.status, NULL, scale->at);
}

static void explain_between(trail *t, const np_scale *scale, const np_resolved *resolved)
{
    const np_book *book = t->book;
    explain_section(t, scale, resolved->below);
    explain_section(t, scale, resolved->above);
    t->currency = book->countries[scale->country].currency;
    add(t,
        np_arena_format(t->arena,
                        np_say(t->lang, "pay rises with the grade, so this one lies between %s and %s, from %s to %s; "
                                        "taken in proportion to the rank"),
                        book->grades[resolved->below].name, book->grades[resolved->above].name, plain(t, resolved->low),
                        plain(t, resolved->high)),
        resolved->value, resolved->status, NULL, scale->at);
}

static void explain_floor(trail *t, const np_scale *scale, const np_scale *floor, uint16_t grade, np_resolved resolved)
{
    explain_section(t, floor, grade);
    t->currency = t->book->countries[scale->country].currency;
    const char *text = np_arena_format(t->arena, np_say(t->lang, "never below the figure of %s"),
                                       t->book->countries[scale->floor].name);
    add(t, text, resolved.value, resolved.status, NULL, scale->at);
}

/* Where a notice prints another salary for one grade, the others follow. */
static void explain_scaled(trail *t, const np_scale *scale, uint16_t grade, const np_figure *figure)
{
    add(t,
        np_arena_format(t->arena,
                        np_say(t->lang, "%s step %u in the scale of %s of %s, times what the notice prints over the "
                                        "scale's figure for its grade: %s"),
                        t->book->grades[grade].name, t->step, t->book->countries[scale->country].name,
                        day(t, scale->from), about(t, scale->scaled)),
        figure->value, figure->status, figure->source, figure->at);
}

static void explain_section(trail *t, const np_scale *scale, uint16_t grade)
{
    const np_book *book = t->book;
    const char *name = book->grades[grade].name, *country = book->countries[scale->country].name;
    const np_figure *figure = &scale->figures[np_scale_cell(book, grade, t->step)];
    t->currency = book->countries[scale->country].currency;
    np_resolved resolved =
        t->step == 1 ? scale->step1[grade] : np_scale_own_step(book, t->arena, scale, grade, t->step);
    switch ((np_derivation)resolved.how) {
    case NP_PRINTED:
        if (np_num_valid(scale->scaled) && scale->own_grade != grade) {
            explain_scaled(t, scale, grade, figure);
            break;
        }
        add(t,
            np_arena_format(t->arena, np_say(t->lang, "%s step %u in the scale of %s of %s"), name, t->step, country,
                            day(t, scale->from)),
            figure->value, figure->status, figure->source, figure->at);
        break;
    case NP_CARRIED:
        explain_carried(t, scale, grade, resolved.from);
        break;
    case NP_BETWEEN:
        explain_between(t, scale, &resolved);
        break;
    case NP_BY_RATIO:
    case NP_BY_COUNTRY:
    case NP_AT_FLOOR: {
        const np_scale *reference = np_scale_on(book, scale->reference, scale->from);
        explain_ratio(t, scale, reference, reference, grade);
        if (resolved.how != NP_AT_FLOOR) break;
        explain_floor(t, scale, np_scale_on(book, scale->floor, scale->from), grade, resolved);
        break;
    }
    default:
        break;
    }
}

np_scale_trail *np_scale_explain(const np_book *book, np_arena *arena, uint16_t country, uint16_t grade, unsigned step,
                                 np_date date, const np_lang *lang)
{
    trail t = {.book = book, .arena = arena, .lang = lang, .step = 1};
    t.end = &t.first;
    const np_scale *now = np_scale_on(book, country, date), *used;
    np_resolved first = np_scale_first_step(book, arena, country, grade, date, &used);
    if (first.how == NP_NOT_DERIVED) return NULL;
    bool own = now && step > 1 && np_scale_own_step(book, arena, now, grade, step).how != NP_NOT_DERIVED;
    if (own) t.step = step;
    if (now)
        explain_section(&t, now, grade);
    else
        explain_ratio(&t, used, np_scale_on(book, used->reference, used->from),
                      np_scale_on(book, used->reference, date), grade);
    if (!now && first.how == NP_AT_FLOOR) explain_floor(&t, used, np_scale_on(book, used->floor, date), grade, first);
    return t.first;
}
