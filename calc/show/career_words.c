/* Causes, milestones and ends of service in words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "career_parts.h"
#include "natopay/pay/words.h"

const char *np_word_of(np_word word, np_lang lang)
{
    static const char *const WORDS[NP_WORD_COUNT][NP_LANG_COUNT] = {
#define NP_WORD_ROW(id, english, french) {english, french},
        NP_CAREER_WORDS(NP_WORD_ROW)
#undef NP_WORD_ROW
    };
    return WORDS[word][lang];
}

const char *np_words(np_arena *arena, np_lang lang, np_word word, ...)
{
    char text[1024];
    const char *format = np_word_of(word, lang);
    size_t length = 0;
    va_list args;
    va_start(args, word);
    for (; *format && length + 1 < sizeof text; format++) {
        int wrote = 1;
        if (strncmp(format, "%s", 2) == 0) {
            wrote = snprintf(text + length, sizeof text - length, "%s", va_arg(args, const char *));
            format += 1;
        } else if (strncmp(format, "%lld", 4) == 0) {
            wrote = snprintf(text + length, sizeof text - length, "%lld", va_arg(args, long long));
            format += 3;
        } else {
            text[length] = *format;
        }
        length += wrote > 0 ? (size_t)wrote : 0;
    }
    va_end(args);
    return np_arena_copy(arena, text, length < sizeof text ? length : sizeof text - 1);
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

const char *np_cause_words(const np_projection *projection, np_arena *arena, np_lang lang, const np_cause *cause)
{
    const np_book *book = projection->career->book;
    long long number = (long long)cause->number;
    const char *day = np_day_words(arena, cause->on);
    switch (cause->kind) {
    case NP_CAUSE_START:
        return number ? np_words(arena, lang, NP_WORD_FIRST_DAYS, number) : np_word_of(NP_WORD_STARTS, lang);
    case NP_CAUSE_FULL_MONTH:
        return np_word_of(NP_WORD_FULL_MONTH, lang);
    case NP_CAUSE_LAST_DAYS:
        return np_words(arena, lang, NP_WORD_LAST_DAYS, number);
    case NP_CAUSE_STEP:
        return np_words(arena, lang, NP_WORD_STEP, number);
    case NP_CAUSE_ADVANCEMENT:
        return np_words(arena, lang, NP_WORD_ADVANCEMENT, book->grades[cause->index].name);
    case NP_CAUSE_CHILD_BORN:
        return np_words(arena, lang, NP_WORD_BORN, day);
    case NP_CAUSE_CHILD_AGED:
        return np_words(arena, lang, NP_WORD_AGED, day, number);
    case NP_CAUSE_YEARS:
        return np_words(arena, lang, NP_WORD_YEARS, np_slot_label(book, cause->index, lang), number);
    case NP_CAUSE_SCALE:
        return np_words(arena, lang, NP_WORD_SCALE, book->countries[cause->index].name, day);
    case NP_CAUSE_PARAMETER: {
        const np_parameter *parameter = &book->parameters[cause->index];
        return np_words(arena, lang, NP_WORD_PARAMETER, np_label_text(&parameter->label, lang, parameter->name), day);
    }
    case NP_CAUSE_RULE_BEGINS:
        return np_words(arena, lang, NP_WORD_RULE_BEGINS, np_slot_label(book, cause->index, lang), day);
    case NP_CAUSE_RULE_ENDS:
        return np_words(arena, lang, NP_WORD_RULE_ENDS, np_slot_label(book, cause->index, lang), day);
    case NP_CAUSE_ONCE:
        return np_words(arena, lang, NP_WORD_ONCE, np_slot_label(book, cause->index, lang));
    case NP_CAUSE_ONCE_OVER:
        return np_word_of(NP_WORD_ONCE_OVER, lang);
    default:
        return np_words(arena, lang, NP_WORD_OTHER, np_slot_label(book, cause->index, lang));
    }
}

const char *np_causes_words(const np_projection *projection, np_arena *arena, np_lang lang, const np_stretch *stretch)
{
    const char *list = "";
    for (size_t i = 0; i < stretch->cause_count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? "; " : "",
                               np_cause_words(projection, arena, lang, &stretch->causes[i]));
    return list;
}

const char *np_path_words(const np_projection *projection, np_lang lang)
{
    if (!projection->path) return np_word_of(NP_WORD_PLAIN, lang);
    return np_label_text(&projection->path->about.label, lang, projection->path->about.name);
}

const char *np_dated_words(const np_dated *dated, np_arena *arena, np_lang lang)
{
    const np_milestone *m = dated->milestone;
    const char *label = np_label_text(&m->about.label, lang, m->about.name);
    if (dated->about != NP_DATE_NONE && dated->about != dated->date)
        label = np_arena_format(arena, "%s (%s)", label,
                                np_words(arena, lang, NP_WORD_BORN_ON, np_day_words(arena, dated->about)));
    if (!dated->numbered) return label;
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, dated->number);
    const char *number = np_arena_format(arena, "%s%s%s", label, lang == NP_FR ? " : " : ": ", np_text_string(&text));
    np_text_free(&text);
    return number;
}

const char *np_sources_words(const np_about *about, np_arena *arena, const char *between)
{
    const char *list = "";
    for (size_t i = 0; i < about->source_count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? between : "", about->sources[i]->name);
    return list;
}

const char *np_ends_words(const np_terms *terms, np_arena *arena, np_lang lang)
{
    static const np_word WORDS[] = {NP_WORD_WITHOUT_END, NP_WORD_ENDS_GIVEN, NP_WORD_ENDS_CONTRACT,
                                    NP_WORD_ENDS_MAXIMUM, NP_WORD_ENDS_AGE};
    if (terms->ends == NP_ENDS_NOT) return NULL;
    return np_words(arena, lang, WORDS[terms->ends], np_day_words(arena, terms->service_end));
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
