/* Totals of a plan as tables. */
#include <string.h>

#include "plan_internal.h"

/* ---- groups and periods ---- */

/* A period, or after all of them their sum. */
static np_doc_row *period_row(np_doc_table *table, const np_plan_head *head, int period)
{
    bool total = period == head->window.periods;
    np_doc_row *row = np_doc_row_add(table, total ? NP_DOC_TOTAL : NP_DOC_LINE);
    row->rule_above = false;
    row->sums = total;
    row->sum_from = total ? table->row_count - 1 - (size_t)head->window.periods : 0;
    return row;
}

/* Whose sums a row holds: a group's, or where that is NULL those of a currency, or where that is NULL those of all
 * staff in the common one. */
typedef struct whose {
    const np_group *group;
    const char *currency;
} whose;

typedef struct filling {
    np_doc_table *table;
    const np_plan_head *head;
    const np_totals *totals;
    const np_plan_common *common; /* NULL: only groups' sums are shown */
    size_t column;
    np_doc_row *row;
} filling;

static void put(filling *f, const char *text)
{
    f->row->cells[f->column++] = np_doc_words(text);
}

/* The baseline, and the row of sums, are called so in words; programs find them by their names. */
static void put_named(filling *f, const char *name, bool own)
{
    put(f, own ? np_say(f->head->lang, name) : name);
    f->row->cells[f->column - 1].name = name;
}

static void put_book_and_period(filling *f, size_t book, int period)
{
    put_named(f, f->head->names[book], book == 0);
    put_named(f, np_plan_period_name(f->table->arena, f->head, period), period == f->head->window.periods);
}

static void put_amount(filling *f, const char *currency, np_num amount, bool exact)
{
    f->row->cells[f->column++] = np_doc_money(amount, np_plan_decimals(f->head, currency));
    if (exact) put(f, np_fraction_words(f->table->arena, amount));
}

static void put_count(filling *f, uint64_t count)
{
    f->row->cells[f->column++] = np_count_value(f->table->arena, (long long)count);
}

/* Its name for programs is its title in English. */
static void column(np_doc_table *table, const np_plan_head *head, const char *name, np_doc_type type)
{
    np_doc_column_add(table, name, np_say(head->lang, name), type);
}

static void staff_columns(np_doc_table *table, const np_plan_head *head)
{
    column(table, head, NP_MARK("headcount"), NP_DOC_NUMBER);
    np_doc_column_add(table, "fte", np_say(head->lang, NP_MARK("FTE")), NP_DOC_NUMBER);
}

static void amount_columns(np_doc_table *table, const np_plan_head *head, bool exact)
{
    for (int m = 0; m < NP_MEASURES; m++) {
        column(table, head, NP_PLAN_MEASURES[m], NP_DOC_MONEY);
        if (exact)
            np_doc_column_add(table, np_arena_format(table->arena, "%s_exact", NP_PLAN_MEASURES[m]), "", NP_DOC_NUMBER);
    }
    if (head->books < 2 && !exact) return;
    np_doc_column_add(table, "net_difference", np_say(head->lang, "net +/-"), NP_DOC_MONEY);
    np_doc_column_add(table, "employer_difference", np_say(head->lang, "employer +/-"), NP_DOC_MONEY);
}

static np_num sum_of(const filling *f, const whose *of, size_t book, int period, int measure)
{
    np_arena *arena = f->table->arena;
    if (of->group) return np_plan_sum(arena, f->head, of->group, book, period, measure);
    if (of->currency) return np_plan_sum_all(arena, f->head, f->totals, of->currency, book, period, measure);
    return np_plan_common_sum(f->common, book, period, measure);
}

static void put_staff(filling *f, const whose *of, size_t book, int period)
{
    np_arena *arena = f->table->arena;
    np_num fte = np_plan_full_time(arena, f->head, f->totals, of->group, of->currency, book, period);
    put_count(f, np_plan_heads(f->totals, of->group, of->currency, book, period));
    f->row->cells[f->column++] = np_number_value(arena, fte, 2);
}

static void put_sums(filling *f, const whose *of, size_t book, int period, bool exact)
{
    np_arena *arena = f->table->arena;
    const char *currency = of->group ? of->group->currency : of->currency ? of->currency : f->common->currency;
    np_num here[NP_MEASURES];
    for (int m = 0; m < NP_MEASURES; m++) {
        here[m] = sum_of(f, of, book, period, m);
        put_amount(f, currency, here[m], exact);
    }
    for (int m = 1; m < NP_MEASURES && book; m++)
        put_amount(f, currency, np_num_sub(arena, here[m], sum_of(f, of, 0, period, m)), false);
}

const char *np_plan_by_value(const np_group *group, size_t number)
{
    const char *at = group->key, *end = group->key + group->length;
    while (number-- > 0 && at < end) at += strlen(at) + 1;
    return at < end ? at : "";
}

void np_plan_table_of_groups(np_doc_table *table, const np_plan_head *head, const np_totals *totals, bool exact)
{
    for (size_t i = 0; i < head->by_count; i++) np_doc_column_add(table, head->by[i], head->by[i], NP_DOC_WORDS);
    column(table, head, NP_MARK("currency"), NP_DOC_WORDS);
    if (exact) column(table, head, NP_MARK("staff"), NP_DOC_NUMBER);
    column(table, head, NP_MARK("book"), NP_DOC_WORDS);
    table->over = head->by_count + 2;
    column(table, head, np_plan_period_word(head), NP_DOC_WORDS);
    staff_columns(table, head);
    amount_columns(table, head, exact && head->by_count <= 4);
    for (size_t g = 0; g < totals->group_count; g++)
        for (size_t b = 0; b < head->books; b++)
            for (int y = 0; y <= head->window.periods; y++) {
                const np_group *group = &totals->groups[g];
                filling f = {table, head, totals, NULL, 0, period_row(table, head, y)};
                f.row->rule_above = b == 0 && y == 0 && g > 0;
                for (size_t i = 0; i < head->by_count; i++) put(&f, np_plan_by_value(group, i));
                put(&f, group->currency);
                if (exact) put_count(&f, group->staff);
                put_book_and_period(&f, b, y);
                put_staff(&f, &(whose){group, NULL}, b, y);
                put_sums(&f, &(whose){group, NULL}, b, y, exact && head->by_count <= 4);
            }
}

/* The rows of one currency, or of all staff in the common one. */
static void periods_of(np_doc_table *table, const np_plan_common *common, const whose *of, const char *name, bool staff)
{
    const np_plan_head *head = common->head;
    for (size_t b = 0; b < head->books; b++)
        for (int y = 0; y <= head->window.periods; y++) {
            filling f = {table, head, common->totals, common, 0, period_row(table, head, y)};
            f.row->rule_above = y == 0 && table->row_count > 1;
            put(&f, name);
            put_book_and_period(&f, b, y);
            if (staff) put_staff(&f, of, b, y);
            put_sums(&f, of, b, y, false);
        }
}

void np_plan_table_of_periods(np_doc_table *table, const np_plan_common *common, bool staff)
{
    const np_plan_head *head = common->head;
    const np_totals *totals = common->totals;
    column(table, head, NP_MARK("currency"), NP_DOC_WORDS);
    column(table, head, NP_MARK("book"), NP_DOC_WORDS);
    column(table, head, np_plan_period_word(head), NP_DOC_WORDS);
    if (staff) staff_columns(table, head);
    amount_columns(table, head, false);
    table->over = 2;
    if (common->converted && common->known)
        periods_of(table, common, &(whose){NULL, NULL},
                   np_arena_format(table->arena, np_say(head->lang, "%s, all"), common->currency), staff);
    for (size_t g = 0; g < totals->group_count; g++)
        if (np_plan_first_of_currency(totals, g))
            periods_of(table, common, &(whose){NULL, totals->groups[g].currency}, totals->groups[g].currency, staff);
}

/* ---- winners and losers ---- */

static np_num mean_of(np_arena *arena, const np_gain_loss *s)
{
    uint64_t count = s->winners + s->losers + s->even;
    np_num sum = np_num_add(arena, np_exact_sum_value(arena, &s->won), np_exact_sum_value(arena, &s->lost));
    return count ? np_num_div(arena, sum, np_num_int((int64_t)count)) : np_num_int(0);
}

static const char *extreme_text(np_arena *arena, const np_plan_head *head, const np_gain_loss *s, int64_t value,
                                const char *id)
{
    if (!id || s->coarse) return "";
    return np_arena_format(arena, "%s (%.40s)", np_plan_amount(arena, head, s->currency, np_num_ratio(value, s->unit)),
                           id);
}

/* How much is won and lost. False: scratch space cannot be read. */
static bool put_gain_loss(filling *f, const np_totals *totals, np_gain_loss *s)
{
    np_arena *arena = f->table->arena;
    int64_t middle[2] = {0, 0};
    bool some = s->winners + s->losers + s->even > 0 && !s->coarse;
    if (some && !np_gain_loss_median(totals, s, middle)) return false;
    np_num both = np_num_add(arena, np_num_int(middle[0]), np_num_int(middle[1]));
    np_num median = np_num_div(arena, both, np_num_mul(arena, np_num_int(2), np_num_int(s->unit)));
    put_amount(f, s->currency, np_exact_sum_value(arena, &s->won), false);
    put_amount(f, s->currency, np_exact_sum_value(arena, &s->lost), false);
    put_amount(f, s->currency, some ? mean_of(arena, s) : np_num_small(0, -1), false);
    put_amount(f, s->currency, some ? median : np_num_small(0, -1), false);
    put(f, extreme_text(arena, f->head, s, s->low, s->low_id));
    put(f, extreme_text(arena, f->head, s, s->high, s->high_id));
    return true;
}

/* Whether a scenario changes for how long somebody is in service. */
static bool somebody_moves(const np_totals *totals)
{
    bool found = false;
    for (size_t i = 0; i < totals->gain_loss_count; i++) found = found || totals->gain_losses[i].moved;
    return found;
}

static void gain_loss_columns(np_doc_table *table, const np_plan_head *head, bool moved,
                              np_plan_gain_loss_columns which)
{
    static const char *const COLUMNS[] = {NP_MARK("scenario"), "currency",        NP_MARK("winners"), NP_MARK("losers"),
                                          NP_MARK("even"),     NP_MARK("open"),   NP_MARK("apart"),   NP_MARK("moved"),
                                          NP_MARK("won"),      NP_MARK("lost"),   NP_MARK("mean"),    NP_MARK("median"),
                                          NP_MARK("lowest"),   NP_MARK("highest")};
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        if ((i != 7 || moved) && (i < 2 || which & (i < 8 ? NP_GAIN_LOSS_COUNTS : NP_GAIN_LOSS_AMOUNTS)))
            column(table, head, COLUMNS[i], i < 2 ? NP_DOC_WORDS : i < 8 || i > 11 ? NP_DOC_NUMBER : NP_DOC_MONEY);
    table->over = 2;
    for (size_t i = table->column_count - 2; which == NP_GAIN_LOSS_AMOUNTS && i < table->column_count; i++)
        table->columns[i].wrap = true; /* ids may be long */
}

bool np_plan_table_of_gain_losses(np_doc_table *table, const np_plan_head *head, np_totals *totals,
                                  np_plan_gain_loss_columns which)
{
    bool moved = somebody_moves(totals);
    gain_loss_columns(table, head, moved, which);
    for (size_t i = 0; i < totals->gain_loss_count; i++) {
        np_gain_loss *s = &totals->gain_losses[i];
        filling f = {table, head, totals, NULL, 0, np_doc_row_add(table, NP_DOC_LINE)};
        put(&f, head->names[s->book]);
        put(&f, s->currency);
        const uint64_t counts[] = {s->winners, s->losers, s->even, s->open, s->apart, s->moved};
        for (size_t k = 0; which & NP_GAIN_LOSS_COUNTS && k < (moved ? 6 : 5); k++) put_count(&f, counts[k]);
        if (which & NP_GAIN_LOSS_AMOUNTS && !put_gain_loss(&f, totals, s)) return false;
    }
    return true;
}

/* ---- what is not counted, and how sure the rest is ---- */

/* None is left blank. */
static np_doc_value count_or_nothing(np_arena *arena, uint64_t count)
{
    return count ? np_count_value(arena, (long long)count) : np_doc_nothing();
}

static const char *book_title(const np_plan_head *head, size_t book)
{
    return book ? head->names[book] : np_say(head->lang, head->names[0]);
}

const char *np_plan_rule_label(const np_plan_head *head, const char *name)
{
    const np_rule *rule = np_book_rule(head->book, name);
    return rule ? np_label_text(&rule->label, head->lang, name) : name;
}

/* Gaps are in order by rule, then book: a row for each rule. */
void np_plan_table_of_gaps(np_doc_table *table, const np_plan_head *head, const np_totals *totals)
{
    np_doc_row *row = NULL;
    const char *rule = "";
    np_doc_column_add(table, "line", np_say(head->lang, NP_MARK("line")), NP_DOC_WORDS);
    for (size_t b = 0; b < head->books; b++)
        np_doc_column_add(table, head->names[b], book_title(head, b), NP_DOC_NUMBER);
    for (size_t i = 0; i < totals->gap_count; i++) {
        const np_plan_gap *gap = &totals->gaps[i];
        if (!row || strcmp(rule, gap->rule) != 0) {
            row = np_doc_row_add(table, NP_DOC_LINE);
            rule = gap->rule;
            row->cells[0] = np_doc_words(np_plan_rule_label(head, rule));
            row->cells[0].name = rule;
        }
        row->cells[1 + gap->book] = count_or_nothing(table->arena, gap->staff);
    }
}

void np_plan_table_of_certainty(np_doc_table *table, const np_plan_head *head, const np_totals *totals)
{
    np_doc_column_add(table, "book", np_say(head->lang, "book"), NP_DOC_WORDS);
    for (int i = 0; i < NP_STATUS_COUNT; i++) {
        const char *name = np_status_name((np_status)i);
        np_doc_column_add(table, name, np_say(head->lang, name), NP_DOC_NUMBER);
    }
    for (size_t b = 0; b < head->books; b++) {
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(book_title(head, b));
        row->cells[0].name = head->names[b];
        for (int i = 0; i < NP_STATUS_COUNT; i++)
            row->cells[1 + i] = count_or_nothing(table->arena, totals->sure[b][i]);
    }
}
