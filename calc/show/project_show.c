/* The sums of a projection as text and CSV. */
#include "career_parts.h"

static void fill(np_table *table, const np_timeline *t, np_by by, bool exact)
{
    const np_projection *p = t->paths[0];
    const np_book *book = t->career->book;
    uint16_t currency = p->stretches[0].currency;
    size_t count;
    np_period *periods = np_projection_periods(p, by, t->arena, &count);
    for (size_t i = 0; i <= count; i++) {
        const np_sum *sum = i < count ? &periods[i].sum : &p->total;
        np_num amounts[] = {sum->gross, sum->deductions, sum->net, sum->once};
        np_row *row = np_table_row(table);
        row->cells[0] = i < count ? np_day_words(t->arena, periods[i].from) : np_say(t->lang, "Total");
        if (i == count && exact) row->cells[0] = "total";
        row->cells[1] = i < count ? np_day_words(t->arena, periods[i].to) : NULL;
        row->cells[2] = np_arena_format(t->arena, "%d", sum->months);
        for (size_t k = 0; k < 4; k++) row->cells[3 + k] = np_money_words(t->arena, book, amounts[k], currency);
        row->cells[7] =
            exact ? np_status_name((np_status)sum->status) : np_status_word((np_status)sum->status, t->lang);
        row->rule_above = i == count;
    }
}

void np_show_project_text(np_text *out, const np_timeline *t, np_by by)
{
    const np_projection *p = t->paths[0];
    const np_book *book = t->career->book;
    uint16_t currency = p->stretches[0].currency;
    np_table table;
    np_table_init(&table, t->arena);
    const char *const titles[] = {np_say_as(t->lang, "first day", "FROM"),
                                  np_say_as(t->lang, "last day", "TO"),
                                  np_say(t->lang, "MO."),
                                  np_say(t->lang, "GROSS"),
                                  np_say(t->lang, "DEDUCTIONS"),
                                  np_say(t->lang, "NET"),
                                  np_say(t->lang, "ONCE"),
                                  np_say(t->lang, "STATUS")};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        np_table_column(&table, "", titles[i], i >= 2 && i < 7, false);
    fill(&table, t, by, false);
    np_text_printf(out, "%s (%s)\n\n", np_path_words(p, t->lang), book->currencies[currency].name);
    np_table_text(out, &table, 80);
    const char *ends = np_ends_words(&t->career->terms, t->arena, t->lang);
    if (ends && t->career->terms.service_end <= p->until) np_wrap(out, ends, 0, 80);
    if (t->low && t->high)
        np_wrap(out,
                np_arena_format(t->arena,
                                np_say(t->lang, "With the yearly adjustment at its low and high: net %s to %s."),
                                np_money_words(t->arena, book, t->low->total.net, currency),
                                np_money_words(t->arena, book, t->high->total.net, currency)),
                0, 80);
}

void np_show_project_csv(np_text *out, const np_timeline *t, np_by by)
{
    static const char *const KEYS[] = {"from", "to", "months", "gross", "deductions", "net", "once", "status"};
    np_table table;
    np_table_init(&table, t->arena);
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) np_table_column(&table, KEYS[i], KEYS[i], false, false);
    fill(&table, t, by, true);
    np_table_csv(out, &table);
}
