/* Causes, milestones and ends of service in words. */
#include <string.h>

#include "timeline_report_internal.h"
#include "natopay/pay/format_value.h"

const char *np_career_post_words(np_doc *doc, const np_career *career)
{
    const np_book *book = career->book;
    const np_value *country = np_known_input(book, career->first_slots, "duty_country");
    const char *town = np_town_words(doc->arena, book, career->first_slots, doc->lang);
    const char *words = book->grades[career->grade].name;
    if (career->twin_grade != UINT16_MAX)
        words = np_arena_format(doc->arena, "%s-%s", words, book->grades[career->twin_grade].name);
    if (town) words = np_arena_format(doc->arena, "%s, %s", words, town);
    if (!country) return words;
    const np_country *place = &book->countries[country->as.country];
    return np_arena_format(doc->arena, "%s, %s", words, np_label_text(&place->label, doc->lang, place->name));
}

const char *np_career_title(np_doc *doc, const np_career *career)
{
    const char *title = np_situation_title(career->given, doc->lang), *post = np_career_post_words(doc, career);
    return title ? np_arena_format(doc->arena, "%s, %s", title, post) : post;
}

const char *np_cause_words(const np_projection *projection, np_arena *arena, const np_lang *lang, const np_cause *cause)
{
    const np_book *book = projection->career->book;
    long long number = (long long)cause->number;
    const char *day = np_day_words(arena, cause->on);
    switch (cause->kind) {
    case NP_CAUSE_START:
        if (!number) return np_say(lang, "service begins");
        return np_arena_format(
            arena, np_say_number(lang, "first month, %lld day", "first month, %lld days", (unsigned long long)number),
            number);
    case NP_CAUSE_FULL_MONTH:
        return np_say(lang, "first full month");
    case NP_CAUSE_LAST_DAYS:
        return np_arena_format(
            arena, np_say_number(lang, "last month, %lld day", "last month, %lld days", (unsigned long long)number),
            number);
    case NP_CAUSE_STEP:
        if (cause->index != UINT16_MAX)
            return np_arena_format(arena, np_say(lang, "step %lld of %s"), number, book->grades[cause->index].name);
        return np_arena_format(arena, np_say(lang, "step %lld"), number);
    case NP_CAUSE_ADVANCEMENT:
        return np_arena_format(arena, np_say(lang, "advancement to %s"), book->grades[cause->index].name);
    case NP_CAUSE_CHILD_BORN:
        return np_arena_format(arena, np_say(lang, "child born %s"), day);
    case NP_CAUSE_CHILD_AGED:
        return np_arena_format(arena, np_say(lang, "child born %s turns %lld"), day, number);
    case NP_CAUSE_YEARS:
        return np_arena_format(arena, np_say(lang, "%s %lld begins"), np_slot_label(book, cause->index, lang), number);
    case NP_CAUSE_SCALE:
        return np_arena_format(arena, np_say(lang, "scale of %s of %s"), book->countries[cause->index].name, day);
    case NP_CAUSE_PARAMETER: {
        const np_parameter *parameter = &book->parameters[cause->index];
        return np_arena_format(arena, np_say(lang, "%s of %s"), np_label_text(&parameter->label, lang, parameter->name),
                               day);
    }
    case NP_CAUSE_RULE_BEGINS:
        return np_arena_format(arena, np_say(lang, "%s applies from %s"), np_slot_label(book, cause->index, lang), day);
    case NP_CAUSE_RULE_ENDS:
        return np_arena_format(arena, np_say(lang, "%s applied until %s"), np_slot_label(book, cause->index, lang),
                               day);
    case NP_CAUSE_ONCE:
        return np_arena_format(arena, np_say(lang, "paid once: %s"), np_slot_label(book, cause->index, lang));
    case NP_CAUSE_ONCE_OVER:
        return np_say(lang, "after what was paid once");
    default:
        return np_arena_format(arena, np_say(lang, "%s changes"), np_slot_label(book, cause->index, lang));
    }
}

const char *np_causes_words(const np_projection *projection, np_arena *arena, const np_lang *lang,
                            const np_stretch *stretch)
{
    const char *list = "";
    for (size_t i = 0; i < stretch->cause_count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? np_say(lang, "; ") : "",
                               np_cause_words(projection, arena, lang, &stretch->causes[i]));
    return list;
}

const char *np_path_words(const np_projection *projection, const np_lang *lang)
{
    if (!projection->path) return np_say(lang, "as appointed");
    return np_label_text(&projection->path->about.label, lang, projection->path->about.name);
}

const char *np_path_name(const np_projection *projection)
{
    return projection->path ? projection->path->about.name : "only";
}

const char *np_milestones_title(np_doc *doc, const np_timeline *t)
{
    if (t->path_count < 2) return np_say(doc->lang, "Milestones");
    return np_arena_format(doc->arena, np_say(doc->lang, "Milestones, with the steps of the path %s"),
                           np_path_name(t->paths[0]));
}

const char *np_dated_words(const np_dated *dated, np_arena *arena, const np_lang *lang)
{
    const np_milestone *m = dated->milestone;
    const char *label = np_label_text(&m->about.label, lang, m->about.name);
    if (dated->about != NP_DATE_NONE && dated->about != dated->date)
        label = np_arena_format(arena, "%s (%s)", label,
                                np_arena_format(arena, np_say(lang, "born %s"), np_day_words(arena, dated->about)));
    if (!dated->numbered) return label;
    np_text text;
    np_text_init(&text, 4096);
    if (dated->grade) np_text_printf(&text, "%s/", dated->grade);
    np_num_print_plain(&text, dated->number);
    return np_arena_format(arena, np_say(lang, "%s: %s"), label, np_text_move(&text, arena));
}

const char *np_ends_words(const np_terms *terms, np_arena *arena, const np_lang *lang)
{
    const char *day = np_day_words(arena, terms->service_end);
    switch (terms->service_ends_by) {
    case NP_ENDS_GIVEN:
        return np_arena_format(arena, np_say(lang, "Service ends on %s, as given."), day);
    case NP_ENDS_CONTRACT:
        return np_arena_format(arena, np_say(lang, "Service ends on %s with the contract."), day);
    case NP_ENDS_MAXIMUM:
        return np_arena_format(arena,
                               np_say(lang, "Service stops on %s: the longest service of this kind in the post."), day);
    case NP_ENDS_AGE:
        return np_arena_format(arena, np_say(lang, "Service stops on %s: the age rule."), day);
    default:
        return NULL;
    }
}

const char *np_adjustment_words(np_doc *doc, const np_timeline *t)
{
    if (!t->low || !t->high) return NULL;
    const np_book *book = t->career->book;
    uint16_t currency = t->paths[0]->stretches[0].currency;
    return np_arena_format(doc->arena,
                           np_say(doc->lang, "With the yearly adjustment at its low and high: net %s to %s."),
                           np_amount_words(doc, book, t->low->total.net, currency),
                           np_amount_words(doc, book, t->high->total.net, currency));
}

/* Where the ends are no more than about right, cents would say too much. */
static const char *end_words(np_doc *doc, const np_timeline *t, const np_total_range *range, np_num end, bool low)
{
    enum { HUNDRED = 100 };
    const np_book *book = t->career->book;
    uint16_t currency = t->paths[0]->stretches[0].currency;
    if (range->exact) return np_amount_words(doc, book, end, currency);
    np_num rounded = np_num_round(doc->arena, end, np_num_int(HUNDRED), low ? NP_ROUND_FLOOR : NP_ROUND_CEILING);
    np_text text;
    np_text_init(&text, 1000);
    np_num_print_plain(&text, rounded);
    return np_page_amount(doc->arena, doc->lang, np_text_move(&text, doc->arena));
}

const char *np_total_range_words(np_doc *doc, const np_timeline *t, const np_total_range *range)
{
    if (np_num_compare(range->paid_low, range->paid_high) == 0) return NULL;
    return np_arena_format(
        doc->arena,
        range->exact ? np_say(doc->lang, "With what is paid once it is between %s and %s, depending on figures "
                                         "that are not sure and on what was not answered.")
                     : np_say(doc->lang, "With what is paid once it is about %s to %s, depending on figures "
                                         "that are not sure and on what was not answered."),
        end_words(doc, t, range, range->paid_low, true), end_words(doc, t, range, range->paid_high, false));
}
