/* What a comparison says in words: shared by its formats. */
#include <string.h>

#include "compare_report_internal.h"
#include "natopay/pay/format_value.h"

static const char *amount_in(np_arena *arena, const np_book *book, np_num amount, uint16_t currency)
{
    return np_num_valid(amount) ? np_money_words(arena, book, amount, currency) : NULL;
}

const char *np_own_amount(np_arena *arena, const np_post_column *column, np_num amount)
{
    return amount_in(arena, column->book, amount, column->payslip->currency);
}

const char *np_common_amount(np_arena *arena, const np_comparison *comparison, np_num amount)
{
    return amount_in(arena, comparison->common_book, amount, comparison->common);
}

const char *np_column_unit(const np_post_column *column)
{
    return np_currency_words(column->book, column->payslip->currency);
}

const char *np_column_impossible(np_arena *arena, const np_post_column *column, const np_lang *lang)
{
    return np_appointment_words(column->book, column->conditions, column->condition_count, NP_APPOINTMENT_IMPOSSIBLE,
                                arena, lang);
}

np_doc_value np_common_value(const np_comparison *comparison, np_num amount)
{
    return np_amount_value(comparison->common_book, amount, comparison->common);
}

const char *np_scan_words(np_arena *arena, const np_comparison *comparison, const np_scan *scan, int64_t at)
{
    const np_book *book = scan->book;
    np_value value = np_scan_value(scan, at);
    if (value.type == NP_DATE) return np_day_words(arena, value.as.date);
    if (value.type == NP_MONEY)
        return np_arena_format(arena, "%s %s", amount_in(arena, book, value.as.number, scan->currency),
                               book->currencies[scan->currency].name);
    return np_value_words(arena, book, &value, comparison->lang);
}

static const char *size_of(np_arena *arena, const np_comparison *c, np_num amount)
{
    if (np_num_sign(amount) < 0) amount = np_num_neg(arena, amount);
    return np_arena_format(arena, "%s %s", np_common_amount(arena, c, amount), c->common_name);
}

/* "B pays 12.34 EUR more than A" */
static const char *lead_words(np_arena *arena, const np_comparison *c, const char *mark, np_num difference)
{
    const np_lang *lang = c->lang;
    const char *a = c->columns[0].mark;
    int sign = np_num_sign(difference);
    if (sign == 0) return np_arena_format(arena, np_say(lang, "%s pays the same as %s"), mark, a);
    const char *words = sign > 0 ? np_say(lang, "%s pays %s more than %s") : np_say(lang, "%s pays %s less than %s");
    return np_arena_format(arena, words, mark, size_of(arena, c, difference), a);
}

const char *np_found_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution,
                              const np_found *found)
{
    const np_scan *scan = &solution->scan;
    const char *mark = comparison->columns[solution->column].mark;
    const char *low = np_scan_words(arena, comparison, scan, found->low);
    const char *high = np_scan_words(arena, comparison, scan, found->high);
    const np_lang *lang = comparison->lang;
    if (found->kind == NP_FOUND_EQUAL) {
        if (found->low == found->high)
            return np_arena_format(arena, np_say(lang, "%s = %s: %s and %s pay exactly the same"), scan->input->name,
                                   low, comparison->columns[0].mark, mark);
        return np_arena_format(arena, np_say(lang, "%s from %s to %s: %s and %s pay exactly the same"),
                               scan->input->name, low, high, comparison->columns[0].mark, mark);
    }
    if (found->kind == NP_FOUND_PASSES)
        return np_arena_format(arena, np_say(lang, "%s between %s and %s: at %s %s, at %s %s"), scan->input->name, low,
                               high, low, lead_words(arena, comparison, mark, found->difference_low), high,
                               lead_words(arena, comparison, mark, found->difference_high));
    return np_arena_format(
        arena,
        np_say(lang, "between %s and %s a condition or a ceiling begins to apply: the difference goes from %s to %s"),
        low, high, np_common_amount(arena, comparison, found->difference_low),
        np_common_amount(arena, comparison, found->difference_high));
}

const char *np_solution_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution)
{
    const np_scan *scan = &solution->scan;
    const np_post_column *column = &comparison->columns[solution->column];
    const np_lang *lang = comparison->lang;
    const char *low = np_scan_words(arena, comparison, scan, scan->low);
    const char *high = np_scan_words(arena, comparison, scan, scan->high);
    if (!solution->possible)
        return np_arena_format(arena, np_say(lang, "%s: not comparable with %s for %s from %s to %s"), column->mark,
                               comparison->columns[0].mark, scan->input->name, low, high);
    size_t met = 0;
    for (size_t i = 0; i < solution->found_count; i++) met += solution->found[i].kind != NP_FOUND_THRESHOLD;
    const char *at_low = lead_words(arena, comparison, column->mark, solution->difference_low);
    const char *at_high = lead_words(arena, comparison, column->mark, solution->difference_high);
    if (solution->everywhere && !solution->moves && scan->low < scan->high)
        return np_arena_format(
            arena, np_say(lang, "Over %zu months of service, %s from %s to %s does not move the difference: %s."),
            solution->months, scan->input->name, low, high, at_low);
    return np_arena_format(arena, np_say(lang, "Over %zu months of service, %s from %s to %s: %s. At %s %s, at %s %s."),
                           solution->months, scan->input->name, low, high,
                           met ? np_say(lang, "this is where they are equal, or pass") : np_say(lang, "never equal"),
                           low, at_low, high, at_high);
}

/* Of posts that begin in different months: by the month of service. */
static const char *later_lead_change(np_arena *arena, const np_comparison *comparison,
                                     const np_lead_change *lead_change, const char *lead)
{
    const char *mark = comparison->columns[lead_change->column].mark, *first = comparison->columns[0].mark;
    const np_lang *lang = comparison->lang;
    if (lead_change->ahead == 0)
        return np_arena_format(arena, np_say(lang, "month of service %d: %s and %s have paid the same in all"),
                               lead_change->number, first, mark);
    const char *words = lead_change->ahead > 0
                            ? np_say(lang, "from month of service %d on, %s has paid more in all than %s (by %s then)")
                            : np_say(lang, "from month of service %d on, %s has paid less in all than %s (by %s then)");
    return np_arena_format(arena, words, lead_change->number, mark, first, lead);
}

const char *np_lead_change_sentence(np_arena *arena, const np_comparison *comparison, const np_lead_change *lead_change)
{
    np_ymd day = np_date_split(lead_change->month);
    const char *mark = comparison->columns[lead_change->column].mark, *first = comparison->columns[0].mark;
    const char *lead = size_of(arena, comparison, lead_change->lead);
    const np_lang *lang = comparison->lang;
    if (!comparison->together) return later_lead_change(arena, comparison, lead_change, lead);
    if (lead_change->ahead == 0)
        return np_arena_format(arena, np_say(lang, "%04d-%02d: %s and %s have paid the same in all"), day.year,
                               day.month, first, mark);
    const char *words = lead_change->ahead > 0
                            ? np_say(lang, "from %04d-%02d on, %s has paid more in all than %s (by %s then)")
                            : np_say(lang, "from %04d-%02d on, %s has paid less in all than %s (by %s then)");
    return np_arena_format(arena, words, day.year, day.month, mark, first, lead);
}

static const char *one_rate(np_arena *arena, const np_comparison *c, const np_post_column *column, size_t which)
{
    const np_rate *rate = column->conversion.rates[which];
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, rate->figure.value);
    const char *own = rate->figure.status == NP_USER ? np_say(c->lang, "yours") : NULL;
    const char *when = *rate->key ? rate->key : np_say(c->lang, "any date");
    const np_source *source = rate->figure.source;
    const char *title = source ? np_label_text(&source->label, c->lang, source->title) : NULL;
    return np_arena_format(
        arena, "1 EUR = %s %s (%s, %s%s%s)", np_text_move(&text, arena), column->conversion.currencies[which]->name,
        when, own ? own : np_status_word(rate->figure.status, c->lang), title ? ", " : "", title ? title : "");
}

const char *np_rate_sentence(np_arena *arena, const np_comparison *comparison, const np_post_column *column)
{
    const np_conversion *conversion = &column->conversion;
    if (conversion->same) return NULL;
    if (!conversion->known)
        return np_arena_format(arena, np_say(comparison->lang, "%s: no exchange rate for %s"), column->mark,
                               conversion->missing);
    const char *words = np_arena_format(arena, np_say(comparison->lang, "%s: "), column->mark);
    for (size_t i = 0; i < 2; i++)
        if (conversion->rates[i])
            words =
                np_arena_format(arena, "%s%s%s", words, i && conversion->rates[0] ? np_say(comparison->lang, "; ") : "",
                                one_rate(arena, comparison, column, i));
    return words;
}

int np_compared_money_year(const np_post_column *column)
{
    if (column->present || !column->path_count) return 0;
    return np_money_year(column->book, column->payslip->slots, column->paths[0].full->last);
}

const char *np_post_short(np_doc *doc, const np_post_column *column, size_t characters)
{
    return np_arena_format(doc->arena, "%s \xC2\xB7 %s", column->mark,
                           np_short_label(doc->arena, column->label, characters));
}
