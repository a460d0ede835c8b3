/* Records of staff, one for each row of the list. Written by several threads: nothing here is shared. */
#include <stdio.h>
#include <string.h>

#include "natopay/base/csv_field.h"
#include "natopay/base/json.h"
#include "plan_digits.h"
#include "plan_internal.h"

/* ---- amounts ---- */

enum { DECIMALS_MOST = 6 };

/* Amounts of one member of staff under one book, by year and in all: in minor units, when all are whole numbers of
 * them; else as they are. */
typedef struct amounts {
    bool whole;
    int64_t units[NP_PLAN_PERIODS_MAX + 1][NP_MEASURES];
    np_num exact[NP_PLAN_PERIODS_MAX + 1][NP_MEASURES];
} amounts;

/* False when it is no whole number of units, or too large for the difference of two to fit 64 bits. */
static bool to_units(np_num amount, int64_t power, int64_t *units)
{
    *units = amount.of.small;
    if (amount.den != power && (amount.den <= 0 || power % amount.den != 0 ||
                                __builtin_mul_overflow(amount.of.small, power / amount.den, units)))
        return false;
    return *units >= -INT64_MAX / 128 && *units <= INT64_MAX / 128; /* 120 periods of them fit as well */
}

static bool read_units(const np_plan_head *head, const np_outcome *outcome, const np_currency *currency, amounts *a)
{
    int64_t power = 1;
    for (unsigned i = 0; i < currency->decimals; i++) power *= 10;
    int64_t *total = a->units[head->window.periods];
    memset(total, 0, sizeof a->units[0]);
    for (uint16_t y = 0; y < head->window.periods; y++) {
        const np_plan_period *year = &outcome->periods[y];
        int64_t *units = a->units[y];
        if (!to_units(year->gross, power, &units[0]) || !to_units(year->net, power, &units[1]) ||
            !to_units(year->employer, power, &units[2]))
            return false;
        for (size_t m = 0; m < NP_MEASURES; m++) total[m] += units[m];
    }
    return true;
}

static void read_amounts(np_arena *arena, const np_plan_head *head, const np_outcome *outcome,
                         const np_currency *currency, amounts *a)
{
    a->whole = currency->decimals <= DECIMALS_MOST && read_units(head, outcome, currency, a);
    if (a->whole) return;
    np_num *total = a->exact[head->window.periods];
    for (size_t m = 0; m < NP_MEASURES; m++) total[m] = np_num_int(0);
    for (uint16_t y = 0; y < head->window.periods; y++) {
        const np_plan_period *year = &outcome->periods[y];
        const np_num measures[] = {year->gross, year->net, year->employer};
        for (size_t m = 0; m < NP_MEASURES; m++) {
            a->exact[y][m] = measures[m];
            total[m] = np_num_add(arena, total[m], measures[m]);
        }
    }
}

static np_num exact_of(const amounts *a, const np_currency *currency, int year, int measure)
{
    if (!a->whole) return a->exact[year][measure];
    int64_t power = 1;
    for (unsigned i = 0; i < currency->decimals; i++) power *= 10;
    return np_num_small(a->units[year][measure], power);
}

/* One amount; `base`: less that of the baseline. */
static void put_amount(np_text *out, np_arena *arena, const np_currency *currency, const amounts *a,
                       const amounts *base, int year, int measure)
{
    if (a->whole && (!base || base->whole)) {
        char *room = np_text_room(out, AMOUNT_MOST);
        int64_t units = a->units[year][measure] - (base ? base->units[year][measure] : 0);
        if (room) np_text_took(out, (size_t)(put_units(room, units, currency->decimals) - room));
        return;
    }
    np_num amount = exact_of(a, currency, year, measure);
    if (base) amount = np_num_sub(arena, amount, exact_of(base, currency, year, measure));
    np_num_print(out, amount, currency->decimals, NP_ROUND_HALF_UP);
}

/* ---- open lines ---- */

/* Whether a line of that name is open under one of the books before. */
static bool is_open_before(const np_plan_records *r, const np_staff *staff, size_t book, const char *name)
{
    for (size_t b = 0; b < book; b++) {
        const np_outcome *outcome = &staff->outcomes[b];
        if (!outcome->applies) continue; /* then it is the baseline's */
        const np_rule *rule = np_book_rule(r->books[b].book, name);
        if (rule && outcome->open[rule->slot / 64] >> (rule->slot % 64) & 1) return true;
    }
    return false;
}

static void put_line(np_text *out, const char *name, bool first, bool json)
{
    if (!first) np_text_putc(out, json ? ',' : ' ');
    if (json)
        np_json_quote(out, name, strlen(name));
    else
        np_text_puts(out, name);
}

/* Lines that are open under one book, in its order, which is that of their slots; `more`: only those that are not under
 * the books before. */
static bool put_open(np_text *out, const np_plan_records *r, const np_staff *staff, size_t b, bool more, bool first,
                     bool json)
{
    const np_book *book = r->books[b].book;
    const np_outcome *outcome = &staff->outcomes[b];
    for (unsigned i = 0; i < NP_SLOTS_MAX / 64; i++)
        for (uint64_t open = outcome->open[i]; open; open &= open - 1) {
            const char *name = book->rules[book->slots[64 * i + (unsigned)__builtin_ctzll(open)].index].name;
            if (more && is_open_before(r, staff, b, name)) continue;
            put_line(out, name, first, json);
            first = false;
        }
    return first;
}

static void put_all_open(np_text *out, const np_plan_records *r, const np_staff *staff, bool json)
{
    bool first = put_open(out, r, staff, 0, false, true, json);
    for (size_t b = 1; b < r->head->books; b++)
        if (staff->outcomes[b].applies) first = put_open(out, r, staff, b, true, first, json);
}

void np_plan_put_open(np_text *out, const np_plan_records *records, const np_staff *staff)
{
    put_all_open(out, records, staff, false);
}

np_status np_plan_weakest(const np_plan_head *head, const np_staff *staff)
{
    uint8_t weakest = staff->outcomes[0].status;
    for (size_t b = 1; b < head->books; b++)
        if (staff->outcomes[b].status > weakest) weakest = staff->outcomes[b].status;
    return (np_status)weakest;
}

/* ---- CSV ---- */

static const char *const BASE[] = {"gross", "net", "employer"};
static const char *const MORE[] = {"gross", "net", "employer", "net_difference", "employer_difference"};

static void put_names(np_text *out, const char *book, const char *const *names, size_t count, const char *when)
{
    for (size_t i = 0; i < count; i++) np_text_printf(out, ",%s_%s_%s", book, names[i], when);
}

void np_plan_csv_header(np_text *out, const np_plan_head *head, const np_columns *columns)
{
    np_csv_field(out, columns->columns[columns->key].name);
    for (size_t i = 0; i < columns->count; i++)
        if (np_column_is_kept(&columns->columns[i])) {
            np_text_putc(out, ',');
            np_csv_field(out, columns->columns[i].name);
        }
    np_text_puts(out, ",status,reason,currency,weakest,open");
    for (size_t b = 0; b < head->books; b++) {
        if (b) np_text_printf(out, ",%s_applies", head->names[b]);
        for (int y = 0; y <= head->window.periods; y++) {
            char when[NP_PERIOD_NAME] = "total";
            if (y < head->window.periods) np_window_period_name(&head->window, (uint16_t)y, when);
            put_names(out, head->names[b], b ? MORE : BASE, b ? 5 : 3, when);
        }
    }
    np_plan_csv_staff_header(out, head);
    np_text_puts(out, "\r\n");
}

static size_t record_width(const np_plan_head *head)
{
    size_t periods = (size_t)head->window.periods + 1;
    return periods * 3 + (head->books - 1) * (1 + periods * 5) + head->books * periods * 2;
}

/* A record's amounts are many: they are written into room that was made for all of them. */
static void csv_whole(np_text *out, const np_plan_head *head, const np_currency *currency, const amounts *a,
                      const amounts *base)
{
    char *room = np_text_room(out, ((size_t)head->window.periods + 1) * 5 * (AMOUNT_MOST + 1)), *end = room;
    if (!room) return;
    for (int y = 0; y <= head->window.periods; y++) {
        for (int m = 0; m < NP_MEASURES; m++) {
            *end++ = ',';
            end = put_units(end, a->units[y][m], currency->decimals);
        }
        for (int m = 1; base && m < NP_MEASURES; m++) {
            *end++ = ',';
            end = put_units(end, a->units[y][m] - base->units[y][m], currency->decimals);
        }
    }
    np_text_took(out, (size_t)(end - room));
}

static void csv_book(np_text *out, np_arena *arena, const np_plan_head *head, const np_currency *currency,
                     const amounts *a, const amounts *base)
{
    if (a->whole && (!base || base->whole)) {
        csv_whole(out, head, currency, a, base);
        return;
    }
    for (int y = 0; y <= head->window.periods; y++) {
        for (int m = 0; m < NP_MEASURES; m++) {
            np_text_putc(out, ',');
            put_amount(out, arena, currency, a, NULL, y, m);
        }
        for (int m = 1; base && m < NP_MEASURES; m++) {
            np_text_putc(out, ',');
            put_amount(out, arena, currency, a, base, y, m);
        }
    }
}

static void csv_amounts(const np_plan_records *r, np_text *out, const np_staff *staff)
{
    const np_plan_head *head = r->head;
    const np_currency *currency = &r->book->currencies[staff->outcomes[0].currency];
    amounts base, a;
    read_amounts(staff->arena, head, &staff->outcomes[0], currency, &base);
    csv_book(out, staff->arena, head, currency, &base, NULL);
    for (size_t b = 1; b < head->books; b++) {
        np_text_puts(out, staff->outcomes[b].applies ? ",yes" : ",no");
        read_amounts(staff->arena, head, &staff->outcomes[b], currency, &a);
        csv_book(out, staff->arena, head, currency, &a, &base);
    }
    for (size_t b = 0; b < head->books; b++) np_plan_csv_staff(out, staff->arena, head, &staff->outcomes[b]);
}

/* "birth_date: the date of birth lies after ..." */
static void put_reason(np_text *out, const np_staff *staff, const np_lang *lang)
{
    if (*staff->column) np_text_printf(out, "%s%s", staff->column, np_say(lang, ": "));
    np_text_puts(out, staff->reason);
}

static void csv_reason(np_text *out, const np_staff *staff, const np_lang *lang)
{
    np_text reason;
    np_text_init(&reason, 1 << 16);
    put_reason(&reason, staff, lang);
    np_csv_field(out, np_text_string(&reason));
    np_text_lost(out, &reason);
    np_text_free(&reason);
}

/* Of a row that was rejected, text may be no text. */
static void put_field(np_text *out, const np_staff *staff, const char *text)
{
    np_text clean;
    if (!staff->row->reason) {
        np_csv_field(out, text);
        return;
    }
    np_text_init(&clean, 4 << 20);
    np_text_add_utf8(&clean, text, strlen(text));
    np_csv_field(out, np_text_string(&clean));
    np_text_lost(out, &clean);
    np_text_free(&clean);
}

void np_plan_csv_record(const void *records, np_text *out, const np_staff *staff)
{
    const np_plan_records *r = records;
    const np_columns *columns = staff->columns;
    bool whole = staff->row->field_count == columns->count;
    put_field(out, staff, staff->key);
    for (size_t i = 0; i < columns->count; i++) {
        if (!np_column_is_kept(&columns->columns[i])) continue;
        np_text_putc(out, ',');
        if (whole) put_field(out, staff, np_csv_text(staff->batch, staff->row, i));
    }
    if (staff->reason) {
        np_text_puts(out, ",rejected,");
        csv_reason(out, staff, r->head->lang);
        np_text_repeat(out, ',', 3 + record_width(r->head));
    } else {
        const np_outcome *base = &staff->outcomes[0];
        np_text_puts(out, ",done,,");
        np_text_puts(out, r->book->currencies[base->currency].name);
        np_text_putc(out, ',');
        np_text_puts(out, np_status_name(np_plan_weakest(r->head, staff)));
        np_text_putc(out, ',');
        put_all_open(out, r, staff, false);
        csv_amounts(r, out, staff);
    }
    np_text_puts(out, "\r\n");
}

/* ---- JSON lines ---- */

static void json_text(np_text *out, const char *text)
{
    np_json_quote(out, text, strlen(text));
}

static void json_period(np_text *out, np_arena *arena, const np_currency *currency, const amounts *a,
                        const amounts *base, int year)
{
    for (int i = 0; i < (base ? 5 : 3); i++) {
        np_text_printf(out, ",\"%s\":\"", MORE[i]);
        put_amount(out, arena, currency, a, i < 3 ? NULL : base, year, i < 3 ? i : i - 2);
        np_text_putc(out, '"');
    }
    np_text_putc(out, '}');
}

/* A calendar year is a number, other periods are named. */
static void json_period_name(np_text *out, const np_plan_head *head, uint16_t period)
{
    char name[NP_PERIOD_NAME];
    bool calendar = head->window.kind == NP_PERIOD_YEAR && head->window.year_starts == 1;
    np_window_period_name(&head->window, period, name);
    np_text_printf(out, calendar ? "\"%s\":%s" : "\"%s\":\"%s\"", np_plan_period_word(head), name);
}

/* Full-time equivalents of a period, or after the last of the whole plan. */
static void json_full_time(np_text *out, np_arena *arena, const np_plan_head *head, const np_outcome *outcome,
                           int period)
{
    np_num worked = np_plan_worked(arena, head, outcome, period);
    np_text_puts(out, ",\"fte\":\"");
    np_num_print(out, np_num_div(arena, worked, np_num_int(np_plan_months(head, period))), 4, NP_ROUND_HALF_UP);
    np_text_putc(out, '"');
}

static void json_book(const np_plan_records *r, np_text *out, const np_staff *staff, size_t b, const amounts *base)
{
    const np_plan_head *head = r->head;
    const np_outcome *outcome = &staff->outcomes[b];
    const np_currency *currency = &r->book->currencies[staff->outcomes[0].currency];
    amounts a;
    read_amounts(staff->arena, head, outcome, currency, &a);
    np_text_puts(out, "{\"name\":");
    json_text(out, head->names[b]);
    if (b) np_text_printf(out, ",\"applies\":%s", outcome->applies ? "true" : "false");
    np_text_printf(out, ",\"status\":\"%s\",\"open\":[", np_status_name((np_status)outcome->status));
    put_open(out, r, staff, outcome->applies ? b : 0, false, true, true);
    np_text_printf(out, "],\"%ss\":[", np_plan_period_word(head));
    for (int y = 0; y < head->window.periods; y++) {
        np_text_puts(out, y ? ",{" : "{");
        json_period_name(out, head, (uint16_t)y);
        json_full_time(out, staff->arena, head, outcome, y);
        json_period(out, staff->arena, currency, &a, b ? base : NULL, y);
    }
    np_text_puts(out, "],\"total\":{\"months\":");
    np_text_printf(out, "%d", outcome->until - outcome->from);
    json_full_time(out, staff->arena, head, outcome, head->window.periods);
    json_period(out, staff->arena, currency, &a, b ? base : NULL, head->window.periods);
    np_text_putc(out, '}');
}

void np_plan_json_record(const void *records, np_text *out, const np_staff *staff)
{
    const np_plan_records *r = records;
    const np_columns *columns = staff->columns;
    bool whole = staff->row->field_count == columns->count;
    np_text_putc(out, '{');
    json_text(out, columns->columns[columns->key].name);
    np_text_putc(out, ':');
    json_text(out, staff->key);
    for (size_t i = 0; i < columns->count; i++) {
        if (!np_column_is_kept(&columns->columns[i])) continue;
        np_text_putc(out, ',');
        json_text(out, columns->columns[i].name);
        np_text_putc(out, ':');
        if (whole)
            json_text(out, np_csv_text(staff->batch, staff->row, i));
        else
            np_text_puts(out, "null");
    }
    if (staff->reason) {
        np_text reason;
        np_text_init(&reason, 1 << 16);
        put_reason(&reason, staff, r->head->lang);
        np_text_puts(out, ",\"status\":\"rejected\",\"reason\":");
        json_text(out, np_text_string(&reason));
        np_text_lost(out, &reason);
        np_text_free(&reason);
    } else {
        np_text_printf(out, ",\"status\":\"done\",\"currency\":\"%s\",\"open\":[",
                       r->book->currencies[staff->outcomes[0].currency].name);
        put_all_open(out, r, staff, true);
        np_text_puts(out, "],\"books\":[");
        amounts base;
        read_amounts(staff->arena, r->head, &staff->outcomes[0], &r->book->currencies[staff->outcomes[0].currency],
                     &base);
        for (size_t b = 0; b < r->head->books; b++) {
            if (b) np_text_putc(out, ',');
            json_book(r, out, staff, b, &base);
        }
        np_text_putc(out, ']');
    }
    np_text_puts(out, "}\n");
}

/* ---- rejects ---- */

void np_plan_reject_header(np_text *out)
{
    np_text_puts(out, "row,line,column,reason\r\n");
}

void np_plan_reject_record(const void *records, np_text *out, const np_staff *staff)
{
    (void)records;
    np_text_printf(out, "%llu,%llu,", (unsigned long long)staff->row->number, (unsigned long long)staff->line);
    np_csv_field(out, staff->column);
    np_text_putc(out, ',');
    np_csv_field(out, staff->reason);
    np_text_puts(out, "\r\n");
}
