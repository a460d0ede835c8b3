/* Values as text, as files and the command line write them. */
#include "natopay/pay/format_value.h"

#include <string.h>

void np_print_duration(np_text *out, np_duration duration, const np_lang *lang)
{
    int32_t months = duration.months, days = duration.days;
    if (months || !days)
        np_text_printf(out, np_say_number(lang, "%d month", "%d months", (unsigned long long)months), months);
    if (months && days) np_text_puts(out, np_say(lang, " and "));
    if (days) np_text_printf(out, np_say_number(lang, "%d day", "%d days", (unsigned long long)days), days);
}

void np_print_amount(np_text *out, const np_book *book, np_num amount, uint16_t currency)
{
    unsigned decimals = currency < book->currency_count ? book->currencies[currency].decimals : 2;
    np_num_print(out, amount, decimals, NP_ROUND_HALF_UP);
}

/* A share is shown as it was written: 10% rather than 0.1. */
static void print_number(np_text *out, const np_value *value)
{
    np_num shown = value->as.number;
    if (value->percent && shown.den > 0 && !__builtin_mul_overflow(shown.of.small, (int64_t)100, &shown.of.small)) {
        np_num_print_plain(out, shown);
        np_text_putc(out, '%');
        return;
    }
    np_num_print_plain(out, value->as.number);
}

/* To the minor unit, 5500.00 EUR, unless there is more to it: 533.554 EUR. */
static void print_money(np_text *out, const np_book *book, const np_value *value, bool about)
{
    const np_currency *currency = value->currency < book->currency_count ? &book->currencies[value->currency] : NULL;
    np_text plain;
    np_text_init(&plain, 8192);
    np_num_print_plain(&plain, value->as.number);
    const char *text = np_text_string(&plain), *point = strchr(text, '.');
    bool fraction = strchr(text, '/') != NULL;
    if (fraction && about)
        np_num_print_about(out, value->as.number);
    else if (currency && !fraction && (!point || strlen(point + 1) <= currency->decimals))
        np_num_print(out, value->as.number, currency->decimals, NP_ROUND_DOWN);
    else
        np_text_puts(out, text);
    if (currency) np_text_printf(out, " %s", currency->name);
    np_text_lost(out, &plain);
    np_text_free(&plain);
}

void np_print_value(np_text *out, const np_book *book, const np_value *value, const np_lang *lang)
{
    if (value->unknown) {
        np_text_puts(out, np_say_as(lang, "value", "unknown"));
        return;
    }
    switch ((np_type)value->type) {
    case NP_NUMBER:
        print_number(out, value);
        break;
    case NP_MONEY:
        print_money(out, book, value, false);
        break;
    case NP_TRUTH:
        np_text_puts(out, value->as.truth ? np_say(lang, "yes") : np_say(lang, "no"));
        break;
    case NP_TEXT:
        np_text_puts(out, value->as.text);
        break;
    case NP_DATE:
        np_date_print(out, value->as.date);
        break;
    case NP_DATES:
        for (size_t i = 0; i < value->as.dates.count; i++) {
            if (i) np_text_puts(out, ", ");
            np_date_print(out, value->as.dates.items[i]);
        }
        if (value->as.dates.count == 0) np_text_puts(out, np_say_as(lang, "dates", "none"));
        break;
    case NP_LIST:
        for (size_t i = 0; i < value->as.list.count; i++) {
            if (i) np_text_puts(out, ", ");
            np_print_value(out, book, &value->as.list.items[i], lang);
        }
        break;
    case NP_DURATION:
        np_print_duration(out, value->as.duration, lang);
        break;
    case NP_GRADE:
        np_text_puts(out, book->grades[value->as.grade].name);
        break;
    case NP_COUNTRY:
        np_text_puts(out, book->countries[value->as.country].name);
        break;
    default:
        break;
    }
}

void np_print_about(np_text *out, const np_book *book, const np_value *value, const np_lang *lang)
{
    if (!value->unknown && value->type == NP_MONEY)
        print_money(out, book, value, true);
    else if (!value->unknown && value->type == NP_NUMBER && !value->percent)
        np_num_print_about(out, value->as.number);
    else
        np_print_value(out, book, value, lang);
}

const char *np_slot_name(const np_book *book, uint16_t slot)
{
    const np_slot *s = &book->slots[slot];
    return s->kind == NP_SLOT_INPUT ? book->inputs[s->index].name : book->rules[s->index].name;
}

const char *np_slot_label(const np_book *book, uint16_t slot, const np_lang *lang)
{
    const np_slot *s = &book->slots[slot];
    if (s->kind == NP_SLOT_INPUT)
        return np_label_text(&book->inputs[s->index].label, lang, book->inputs[s->index].name);
    return np_label_text(&book->rules[s->index].label, lang, book->rules[s->index].name);
}

const char *np_uncertain_label(const np_book *book, np_arena *arena, uint16_t uncertain, const np_lang *lang)
{
    const np_uncertain *what = &book->uncertain[uncertain];
    if (what->kind == NP_UNCERTAIN_RATE) {
        const np_exchange *rate = &book->exchanges[what->index];
        return np_label_text(&rate->label, lang, book->currencies[rate->currency].name);
    }
    if (what->kind == NP_UNCERTAIN_SALARY) {
        const np_country *country = &book->countries[what->index];
        return np_arena_format(arena, np_say(lang, "Basic salary of %s, %s"), book->grades[what->grade].name,
                               np_label_text(&country->label, lang, country->name));
    }
    const np_parameter *parameter = &book->parameters[what->index];
    return np_label_text(&parameter->label, lang, parameter->name);
}

const char *np_uncertain_kind_name(const np_book *book, uint16_t uncertain)
{
    static const char *const NAMES[] = {
        [NP_UNCERTAIN_PARAMETER] = "parameter", [NP_UNCERTAIN_RATE] = "exchange", [NP_UNCERTAIN_SALARY] = "salary"};
    return NAMES[book->uncertain[uncertain].kind];
}

const char *np_uncertain_name(const np_book *book, np_arena *arena, uint16_t uncertain)
{
    const np_uncertain *what = &book->uncertain[uncertain];
    if (what->kind == NP_UNCERTAIN_RATE) return book->currencies[book->exchanges[what->index].currency].name;
    if (what->kind == NP_UNCERTAIN_PARAMETER) return book->parameters[what->index].name;
    return np_arena_format(arena, "%s %s", book->countries[what->index].name, book->grades[what->grade].name);
}
