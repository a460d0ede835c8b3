/* A row of a plan as threads write it for the database: fields, each with its length before it. */
#include <stdio.h>
#include <string.h>

#include "plan_sqlite.h"

static void put(np_text *out, const char *bytes, size_t length)
{
    uint32_t size = (uint32_t)length;
    np_text_add(out, (const char *)&size, sizeof size);
    np_text_add(out, bytes, length);
}

static void put_text(np_text *out, const char *text)
{
    put(out, text, strlen(text));
}

/* A row may be rejected because its bytes are no UTF-8: SQLite takes its key only in valid characters. */
static void put_key(np_text *out, const np_staff *staff)
{
    np_text clean;
    np_text_init(&clean, 4 << 20);
    np_text_add_utf8(&clean, staff->key, strlen(staff->key));
    put(out, np_text_string(&clean), clean.length);
    np_text_lost(out, &clean);
    np_text_free(&clean);
}

static void put_number(np_text *out, uint64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    put(out, digits, (size_t)length);
}

static void put_amount(np_text *out, np_num amount, unsigned decimals)
{
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, amount, decimals, NP_ROUND_HALF_UP);
    put(out, np_text_string(&text), text.length);
    np_text_clear(&text);
    np_num_print_fraction(&text, amount);
    put(out, np_text_string(&text), text.length);
    np_text_lost(out, &text);
    np_text_free(&text);
}

static void put_full_time(np_text *out, const np_staff *staff, np_num worked, int months)
{
    np_text text;
    np_text_init(&text, 1 << 14);
    np_plan_put_full_time(&text, staff->arena, worked, months);
    put(out, np_text_string(&text), text.length);
    np_text_lost(out, &text);
    np_text_free(&text);
}

static void put_carried(np_text *out, const np_staff *staff)
{
    np_text text;
    np_json json;
    bool whole = staff->row->field_count == staff->columns->count;
    np_text_init(&text, 4 << 20);
    np_json_start(&json, &text);
    np_json_object(&json);
    for (size_t i = 0; i < staff->columns->count && whole; i++) {
        if (!np_column_is_kept(&staff->columns->columns[i])) continue;
        np_json_key(&json, staff->columns->columns[i].name);
        np_json_string(&json, np_csv_text(staff->batch, staff->row, i));
    }
    np_json_end_object(&json);
    put(out, np_text_string(&text), text.length);
    np_text_lost(out, &text);
    np_text_free(&text);
}

static void put_open(np_text *out, const np_plan_records *r, const np_staff *staff)
{
    np_text text;
    np_text_init(&text, 1 << 16);
    np_plan_put_open(&text, r, staff);
    put(out, np_text_string(&text), text.length);
    np_text_lost(out, &text);
    np_text_free(&text);
}

static void put_years(const np_plan_records *r, np_text *out, const np_staff *staff, size_t b)
{
    const np_outcome *outcome = &staff->outcomes[b], *base = &staff->outcomes[0];
    unsigned decimals = r->book->currencies[base->currency].decimals;
    for (uint16_t y = 0; y < r->head->window.periods; y++) {
        const np_plan_period *year = &outcome->periods[y], *before = &base->periods[y];
        put_amount(out, year->gross, decimals);
        put_amount(out, year->net, decimals);
        put_amount(out, year->employer, decimals);
        put_amount(out, np_num_sub(staff->arena, year->net, before->net), decimals);
        put_amount(out, np_num_sub(staff->arena, year->employer, before->employer), decimals);
        put_text(out, np_plan_is_paid(r->head, outcome, y) ? "1" : "0");
        put_full_time(out, staff, year->worked, np_plan_months(r->head, y));
    }
}

void np_sqlite_record(const void *records, np_text *out, const np_staff *staff)
{
    const np_plan_records *r = records;
    put_number(out, staff->row->number);
    put_key(out, staff);
    put_number(out, staff->line);
    put_text(out, staff->reason ? "rejected" : "done");
    np_text reason;
    np_text_init(&reason, 1 << 16);
    if (staff->reason)
        np_text_printf(&reason, "%s%s%s", staff->column, *staff->column ? np_say(r->head->lang, ": ") : "",
                       staff->reason);
    put(out, np_text_string(&reason), reason.length);
    np_text_lost(out, &reason);
    np_text_free(&reason);
    put_carried(out, staff);
    if (staff->reason) return;
    const np_outcome *base = &staff->outcomes[0];
    put_text(out, r->book->currencies[base->currency].name);
    put_text(out, np_status_name(np_plan_weakest(r->head, staff)));
    put_open(out, r, staff);
    for (size_t b = 0; b < r->head->books; b++) {
        put_text(out, staff->outcomes[b].applies ? "1" : "0");
        put_years(r, out, staff, b);
    }
}
