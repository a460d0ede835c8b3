#include "natopay/pay/words.h"

static void print_duration(np_text *out, np_duration duration)
{
    if (duration.months || !duration.days)
        np_text_printf(out, "%d month%s", duration.months, duration.months == 1 ? "" : "s");
    if (duration.months && duration.days) np_text_puts(out, " and ");
    if (duration.days) np_text_printf(out, "%d day%s", duration.days, duration.days == 1 ? "" : "s");
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

static void print_money(np_text *out, const np_book *book, const np_value *value)
{
    np_num_print_plain(out, value->as.number);
    if (value->currency < book->currency_count) np_text_printf(out, " %s", book->currencies[value->currency].name);
}

void np_print_value(np_text *out, const np_book *book, const np_value *value)
{
    if (value->unknown) {
        np_text_puts(out, "unknown");
        return;
    }
    switch ((np_type)value->type) {
    case NP_NUMBER:
        print_number(out, value);
        break;
    case NP_MONEY:
        print_money(out, book, value);
        break;
    case NP_TRUTH:
        np_text_puts(out, value->as.truth ? "yes" : "no");
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
        if (value->as.dates.count == 0) np_text_puts(out, "none");
        break;
    case NP_DURATION:
        print_duration(out, value->as.duration);
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

const char *np_slot_name(const np_book *book, uint16_t slot)
{
    const np_slot *s = &book->slots[slot];
    return s->kind == NP_SLOT_INPUT ? book->inputs[s->index].name : book->rules[s->index].name;
}

const char *np_slot_label(const np_book *book, uint16_t slot, np_lang lang)
{
    const np_slot *s = &book->slots[slot];
    if (s->kind == NP_SLOT_INPUT)
        return np_label_text(&book->inputs[s->index].label, lang, book->inputs[s->index].name);
    return np_label_text(&book->rules[s->index].label, lang, book->rules[s->index].name);
}
