/* Causes, milestones and ends of service in words. */
#include <string.h>

#include "career_parts.h"
#include "natopay/pay/words.h"

const char *np_meets_words(np_meets meets, const np_lang *lang)
{
    static const char *const WORDS[] = {NP_MARK("met"), NP_MARK("not met"), NP_MARK("unknown")};
    return np_say(lang, WORDS[meets]);
}

const char *np_day_words(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

const char *np_money_words(np_arena *arena, const np_book *book, np_num amount, uint16_t currency)
{
    np_text text;
    np_text_init(&text, 4096);
    np_print_amount(&text, book, amount, currency);
    return np_text_move(&text, arena);
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
    np_num_print_plain(&text, dated->number);
    return np_arena_format(arena, np_say(lang, "%s: %s"), label, np_text_move(&text, arena));
}

const char *np_sources_words(const np_about *about, np_arena *arena, const char *between)
{
    const char *list = "";
    for (size_t i = 0; i < about->source_count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? between : "", about->sources[i]->name);
    return list;
}

const char *np_ends_words(const np_terms *terms, np_arena *arena, const np_lang *lang)
{
    const char *day = np_day_words(arena, terms->service_end);
    switch (terms->ends) {
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

void np_wrap(np_text *out, const char *text, size_t indent, size_t width)
{
    size_t room = width > indent + 10 ? width - indent : 10, column = 0;
    while (*text) {
        size_t length = strcspn(text, " "), columns = np_text_columns(text, length);
        if (column && column + 1 + columns > room) {
            np_text_putc(out, '\n');
            np_text_repeat(out, ' ', indent);
            column = 0;
        }
        if (column) np_text_putc(out, ' ');
        np_text_add(out, text, length);
        column += columns + (column ? 1 : 0);
        text += length + strspn(text + length, " ");
    }
    np_text_putc(out, '\n');
}
