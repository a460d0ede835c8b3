/* The trail of a scale figure, in words. */
#include <string.h>

#include "natopay/book/scale.h"

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

static void explain_carried(trail *t, const np_scale *scale, uint16_t grade, size_t from)
{
    const np_country *country = &t->book->countries[scale->country];
    explain_section(t, country->scales[from], grade);
    np_num value = np_scale_own_step(t->book, t->arena, country->scales[from], grade, t->step).value;
    while (from != scale->position) {
        bool up = from < scale->position;
        const np_scale *crossed = country->scales[up ? from + 1 : from],
                       *to = country->scales[up ? from + 1 : from - 1];
        np_num index = crossed->index.value;
        np_num exact = up ? np_num_mul(t->arena, value, index) : np_num_div(t->arena, value, index);
        np_num unit = t->book->currencies[country->currency].minor_unit;
        value = np_num_round(t->arena, exact, unit, t->book->rounding);
        const char *words = up ? NP_MARK("multiplied by the index %s of %s, to the scale of %s: %s, rounded %s")
                               : NP_MARK("divided by the index %s of %s, to the scale of %s: %s, rounded %s");
        const char *text = np_arena_format(t->arena, np_say(t->lang, words), plain(t, index), day(t, crossed->from),
                                           day(t, to->from), about(t, exact), np_rounding_name(t->book->rounding));
        add(t, text, value, crossed->index.status > NP_CHAINED ? crossed->index.status : NP_CHAINED,
            crossed->index.source, crossed->index.at);
        from = up ? from + 1 : from - 1;
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

/* `ratio` between scale and `then`, applied to the reference's figure on `now`. */
static void explain_ratio(trail *t, const np_scale *scale, const np_scale *then, const np_scale *now, uint16_t grade)
{
    const np_book *book = t->book;
    explain_section(t, now, grade);
    np_scale_ratio ratio = np_scale_ratio_of(book, t->arena, scale, then);
    t->currency = NP_CURRENCY_ANY;
    const char *here = book->countries[scale->country].name, *there = book->countries[then->country].name;
    add(t,
        np_arena_format(t->arena, np_say(t->lang, "ratio of the scales %s %s and %s %s on %s: %s / %s"), here,
                        day(t, scale->from), there, day(t, then->from), grade_list(t, ratio.grades),
                        plain(t, ratio.over), plain(t, ratio.under)),
        ratio.value, ratio.status, NULL, scale->at);
    t->currency = book->countries[scale->country].currency;
    np_num exact = np_num_mul(t->arena, now->step1[grade].value, ratio.value);
    np_num unit = book->currencies[book->countries[scale->country].currency].minor_unit;
    add(t,
        np_arena_format(t->arena, np_say(t->lang, "%s's figure times the ratio: %s, rounded %s"), there,
                        about(t, exact), np_rounding_name(book->rounding)),
        np_num_round(t->arena, exact, unit, book->rounding), NP_ESTIMATED, NULL, scale->at);
}

static void explain_floor(trail *t, const np_scale *scale, const np_scale *floor, uint16_t grade, np_resolved resolved)
{
    explain_section(t, floor, grade);
    t->currency = t->book->countries[scale->country].currency;
    const char *text = np_arena_format(t->arena, np_say(t->lang, "never below the figure of %s"),
                                       t->book->countries[scale->floor].name);
    add(t, text, resolved.value, resolved.status, NULL, scale->at);
}

static void explain_section(trail *t, const np_scale *scale, uint16_t grade)
{
    const np_book *book = t->book;
    const char *name = book->grades[grade].name, *country = book->countries[scale->country].name;
    const np_figure *figure = &scale->figures[np_scale_rung(book, grade, t->step)];
    t->currency = book->countries[scale->country].currency;
    np_resolved resolved =
        t->step == 1 ? scale->step1[grade] : np_scale_own_step(book, t->arena, scale, grade, t->step);
    switch ((np_derivation)resolved.how) {
    case NP_PRINTED:
        add(t,
            np_arena_format(t->arena, np_say(t->lang, "%s step %u in the scale of %s of %s"), name, t->step, country,
                            day(t, scale->from)),
            figure->value, figure->status, figure->source, figure->at);
        break;
    case NP_CARRIED:
        explain_carried(t, scale, grade, resolved.from);
        break;
    case NP_BY_RATIO:
    case NP_AT_FLOOR: {
        const np_scale *reference = np_scale_on(book, scale->reference, scale->from);
        explain_ratio(t, scale, reference, reference, grade);
        if (resolved.how == NP_BY_RATIO) break;
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
