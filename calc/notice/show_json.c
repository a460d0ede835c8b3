/* A reading as JSON. */
#include "natopay/base/json.h"
#include "notice_internal.h"

static void finding(np_json *json, const np_finding *f)
{
    np_json_key(json, "value");
    np_json_string(json, f->value);
    np_json_key(json, "line");
    np_json_count(json, f->line);
}

static void more(np_json *json, const np_finding *f)
{
    np_json_key(json, "column");
    np_json_count(json, f->column);
    np_json_key(json, "pattern");
    np_json_string(json, f->pattern);
}

static void entry(np_json *json, const np_notice_entry *e)
{
    np_json_object(json);
    if (e->found) {
        finding(json, &e->best);
    } else {
        np_json_key(json, "value");
        np_json_null(json);
        np_json_key(json, "line");
        np_json_null(json);
    }
    np_json_key(json, "confidence");
    np_json_string(json, e->found ? np_confidence_name(e->best.confidence) : NULL);
    np_json_key(json, "alternatives");
    np_json_array(json);
    for (size_t i = 0; i < e->alternative_count; i++) {
        np_json_object(json);
        finding(json, &e->alternatives[i]);
        more(json, &e->alternatives[i]);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    if (e->found) {
        more(json, &e->best);
        np_json_key(json, "mentions");
        np_json_count(json, e->best.mentions);
    }
    np_json_end_object(json);
}

static void strings(np_json *json, const char *key, const char *const *items, size_t count)
{
    np_json_key(json, key);
    np_json_array(json);
    for (size_t i = 0; i < count; i++) np_json_string(json, items[i]);
    np_json_end_array(json);
}

static void money(np_json *json, const char *key, np_num amount, bool there, unsigned decimals)
{
    np_json_key(json, key);
    if (there)
        np_json_money(json, amount, decimals);
    else
        np_json_null(json);
}

static void check(np_json *json, const np_notice *notice)
{
    const np_notice_check *c = &notice->check;
    bool compared = c->verdict > NP_SALARY_NOT_COMPARED;
    const np_currency *currency = &notice->book->currencies[compared ? c->currency : 0];
    np_json_object(json);
    np_json_key(json, "verdict");
    np_json_string(json, np_salary_verdict_name(c->verdict));
    np_json_key(json, "text");
    np_json_string(json, c->text);
    np_json_key(json, "currency");
    np_json_string(json, compared ? currency->name : NULL);
    bool figure = compared && c->verdict != NP_SALARY_NARROWS && np_num_sign(c->figure) > 0;
    money(json, "quoted_low", c->low, compared, currency->decimals);
    money(json, "quoted_high", c->high, compared, currency->decimals);
    money(json, "scale", c->figure, figure, currency->decimals);
    money(json, "off", c->off, figure, currency->decimals);
    np_json_key(json, "status");
    np_json_string(json, compared ? np_status_name((np_status)c->status) : NULL);
    np_json_key(json, "grades");
    np_json_array(json);
    for (size_t i = 0; i < c->grade_count; i++) {
        const np_notice_grade *g = &c->grades[i];
        np_json_object(json);
        np_json_key(json, "grade");
        np_json_string(json, notice->book->grades[g->grade].name);
        money(json, "scale", g->figure, true, currency->decimals);
        np_json_key(json, "status");
        np_json_string(json, np_status_name((np_status)g->status));
        np_json_key(json, "certain");
        np_json_bool(json, g->certain);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}

void np_notice_json(np_text *out, const np_notice *notice)
{
    np_json json;
    np_json_start(&json, out);
    np_json_object(&json);
    np_json_key(&json, "file");
    np_json_string(&json, notice->file->name);
    np_json_key(&json, "encoding");
    np_json_string(&json, notice->encoding);
    np_json_key(&json, "verdict");
    np_json_string(&json, np_verdict_name(notice->verdict));
    np_json_key(&json, "fields");
    np_json_object(&json);
    for (int i = 0; i < NP_NOTICE_FIELD_COUNT; i++) {
        np_json_key(&json, np_notice_field_describe((np_notice_field)i)->name);
        entry(&json, &notice->fields[i]);
    }
    np_json_end_object(&json);
    strings(&json, "open", notice->open, notice->open_count);
    strings(&json, "warnings", notice->warnings, notice->warning_count);
    np_json_key(&json, "salary_check");
    check(&json, notice);
    np_json_end_object(&json);
}
