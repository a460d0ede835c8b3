/* Records of staff, one for each row of the list. Written by several threads: nothing here is shared. */
#include <stdio.h>
#include <string.h>

#include "natopay/base/json.h"
#include "natopay/show/estimate.h"
#include "natopay/show/plan.h"

/* ---- amounts ---- */

/* The digits of an amount that is a whole number of hundredths, thousandths ...; others go the long way. */
static void put_amount(np_text *out, np_num amount, const np_currency *currency)
{
    char digits[32];
    size_t at = sizeof digits;
    unsigned decimals = currency->decimals;
    int64_t power = 1;
    for (unsigned i = 0; i < decimals && i < 6; i++) power *= 10;
    if (decimals > 6 || amount.den <= 0 || power % amount.den != 0 || amount.of.small > INT64_MAX / 1000000 ||
        amount.of.small < -(INT64_MAX / 1000000)) {
        np_num_print(out, amount, decimals, NP_ROUND_HALF_UP);
        return;
    }
    int64_t units = amount.of.small * (power / amount.den);
    uint64_t left = units < 0 ? -(uint64_t)units : (uint64_t)units;
    for (unsigned i = 0; i < decimals || left || i == decimals; i++) {
        if (i == decimals && decimals) digits[--at] = '.';
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    }
    if (units < 0) digits[--at] = '-';
    np_text_add(out, digits + at, sizeof digits - at);
}

static np_num minus(np_num a, np_num b)
{
    if (a.den == b.den && a.den > 0) return np_num_small(a.of.small - b.of.small, a.den); /* both far below 2^62 */
    return np_num_sub(NULL, a, b);
}

/* ---- open lines ---- */

static void put_open(np_text *out, const np_book *book, const np_outcome *outcome, const char *between, bool json)
{
    bool first = true;
    for (size_t i = 0; i < book->rule_count; i++) {
        uint16_t slot = book->rules[i].slot;
        if (!(outcome->open[slot / 64] >> (slot % 64) & 1)) continue;
        if (!first) np_text_puts(out, between);
        if (json)
            np_json_quote(out, book->rules[i].name, strlen(book->rules[i].name));
        else
            np_text_puts(out, book->rules[i].name);
        first = false;
    }
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
        if (columns->columns[i].kind == NP_COLUMN_CARRY) {
            np_text_putc(out, ',');
            np_csv_field(out, columns->columns[i].name);
        }
    np_text_puts(out, ",status,reason,currency,weakest,open");
    for (size_t b = 0; b < head->books; b++) {
        if (b) np_text_printf(out, ",%s_applies", head->names[b]);
        for (int y = 0; y <= head->window.years; y++) {
            char when[16] = "total";
            if (y < head->window.years) snprintf(when, sizeof when, "%d", head->window.first_year + y);
            put_names(out, head->names[b], b ? MORE : BASE, b ? 5 : 3, when);
        }
    }
    np_text_puts(out, "\r\n");
}

static size_t record_width(const np_plan_head *head)
{
    size_t periods = (size_t)head->window.years + 1;
    return periods * 3 + (head->books - 1) * (1 + periods * 5);
}

static void add(np_plan_year *sum, const np_plan_year *year)
{
    np_num *to[] = {&sum->gross, &sum->net, &sum->employer};
    const np_num *from[] = {&year->gross, &year->net, &year->employer};
    for (size_t i = 0; i < 3; i++) {
        int64_t total;
        if (to[i]->den == from[i]->den && to[i]->den > 0 &&
            !__builtin_add_overflow(to[i]->of.small, from[i]->of.small, &total))
            to[i]->of.small = total;
        else
            *to[i] = np_num_add(NULL, *to[i], *from[i]);
    }
}

static void total_of(const np_plan_head *head, const np_outcome *outcome, np_plan_year *total)
{
    *total = outcome->years[0];
    for (int y = 1; y < head->window.years; y++) add(total, &outcome->years[y]);
}

static void csv_year(np_text *out, const np_currency *currency, const np_plan_year *year, const np_plan_year *base)
{
    const np_num amounts[] = {year->gross, year->net, year->employer};
    for (size_t i = 0; i < 3; i++) {
        np_text_putc(out, ',');
        put_amount(out, amounts[i], currency);
    }
    if (!base) return;
    np_text_putc(out, ',');
    put_amount(out, minus(year->net, base->net), currency);
    np_text_putc(out, ',');
    put_amount(out, minus(year->employer, base->employer), currency);
}

static void csv_amounts(const np_plan_records *r, np_text *out, const np_staff *staff)
{
    const np_plan_head *head = r->head;
    const np_outcome *base = &staff->outcomes[0];
    const np_currency *currency = &r->book->currencies[base->currency];
    np_plan_year base_total, total;
    total_of(head, base, &base_total);
    for (size_t b = 0; b < head->books; b++) {
        const np_outcome *outcome = &staff->outcomes[b];
        if (b) np_text_puts(out, outcome->applies ? ",yes" : ",no");
        for (int y = 0; y < head->window.years; y++)
            csv_year(out, currency, &outcome->years[y], b ? &base->years[y] : NULL);
        total_of(head, outcome, &total);
        csv_year(out, currency, &total, b ? &base_total : NULL);
    }
}

/* "birth_date: the date of birth lies after ..." */
static void put_reason(np_text *out, const np_staff *staff)
{
    if (*staff->column) np_text_printf(out, "%s: ", staff->column);
    np_text_puts(out, staff->reason);
}

static void csv_reason(np_text *out, const np_staff *staff)
{
    np_text reason;
    np_text_init(&reason, 1 << 16);
    put_reason(&reason, staff);
    np_csv_field(out, np_text_string(&reason));
    np_text_lost(out, &reason);
    np_text_free(&reason);
}

void np_plan_csv_record(const void *records, np_text *out, const np_staff *staff)
{
    const np_plan_records *r = records;
    const np_columns *columns = staff->columns;
    bool whole = staff->row->field_count == columns->count;
    np_csv_field(out, staff->key);
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->columns[i].kind != NP_COLUMN_CARRY) continue;
        np_text_putc(out, ',');
        if (whole) np_csv_field(out, np_csv_text(staff->batch, staff->row, i));
    }
    if (staff->reason) {
        np_text_puts(out, ",rejected,");
        csv_reason(out, staff);
        np_text_repeat(out, ',', 3 + record_width(r->head));
    } else {
        const np_outcome *base = &staff->outcomes[0];
        uint8_t weakest = base->status;
        for (size_t b = 1; b < r->head->books; b++)
            if (staff->outcomes[b].status > weakest) weakest = staff->outcomes[b].status;
        np_text_printf(out, ",done,,%s,%s,", r->book->currencies[base->currency].name,
                       np_status_name((np_status)weakest));
        put_open(out, r->book, base, " ", false);
        csv_amounts(r, out, staff);
    }
    np_text_puts(out, "\r\n");
}

/* ---- JSON lines ---- */

static void json_text(np_text *out, const char *text)
{
    np_json_quote(out, text, strlen(text));
}

static void json_amount(np_text *out, const char *name, np_num amount, const np_currency *currency)
{
    np_text_printf(out, ",\"%s\":\"", name);
    put_amount(out, amount, currency);
    np_text_putc(out, '"');
}

static void json_year(np_text *out, const np_currency *currency, const np_plan_year *year, const np_plan_year *base)
{
    json_amount(out, "gross", year->gross, currency);
    json_amount(out, "net", year->net, currency);
    json_amount(out, "employer", year->employer, currency);
    if (base) json_amount(out, "net_difference", minus(year->net, base->net), currency);
    if (base) json_amount(out, "employer_difference", minus(year->employer, base->employer), currency);
    np_text_putc(out, '}');
}

static void json_book(const np_plan_records *r, np_text *out, const np_staff *staff, size_t b)
{
    const np_plan_head *head = r->head;
    const np_outcome *outcome = &staff->outcomes[b], *base = &staff->outcomes[0];
    const np_currency *currency = &r->book->currencies[base->currency];
    np_plan_year total, base_total;
    np_text_puts(out, "{\"name\":");
    json_text(out, head->names[b]);
    if (b) np_text_printf(out, ",\"applies\":%s", outcome->applies ? "true" : "false");
    np_text_printf(out, ",\"status\":\"%s\",\"years\":[", np_status_name((np_status)outcome->status));
    for (int y = 0; y < head->window.years; y++) {
        np_text_printf(out, "%s{\"year\":%d", y ? "," : "", head->window.first_year + y);
        json_year(out, currency, &outcome->years[y], b ? &base->years[y] : NULL);
    }
    total_of(head, outcome, &total);
    total_of(head, base, &base_total);
    np_text_puts(out, "],\"total\":{\"months\":");
    np_text_printf(out, "%d", outcome->until - outcome->from);
    json_year(out, currency, &total, b ? &base_total : NULL);
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
        if (columns->columns[i].kind != NP_COLUMN_CARRY) continue;
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
        put_reason(&reason, staff);
        np_text_puts(out, ",\"status\":\"rejected\",\"reason\":");
        json_text(out, np_text_string(&reason));
        np_text_lost(out, &reason);
        np_text_free(&reason);
    } else {
        np_text_printf(out, ",\"status\":\"done\",\"currency\":\"%s\",\"open\":[",
                       r->book->currencies[staff->outcomes[0].currency].name);
        put_open(out, r->book, &staff->outcomes[0], ",", true);
        np_text_puts(out, "],\"books\":[");
        for (size_t b = 0; b < r->head->books; b++) {
            if (b) np_text_putc(out, ',');
            json_book(r, out, staff, b);
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
