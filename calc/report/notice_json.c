/* A reading as JSON. */
#include "natopay/base/json.h"
#include "natopay/report/notice_report.h"

static void finding(np_json *json, const np_finding *f)
{
    np_json_member(json, "value", f->value);
    np_json_member_count(json, "line", f->line);
}

static void more(np_json *json, const np_finding *f)
{
    np_json_member_count(json, "column", f->column);
    np_json_member(json, "pattern", f->pattern);
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
    np_json_member(json, "confidence", e->found ? np_confidence_name(e->best.confidence) : NULL);
    np_json_member_array(json, "alternatives");
    for (size_t i = 0; i < e->alternative_count; i++) {
        np_json_object(json);
        finding(json, &e->alternatives[i]);
        more(json, &e->alternatives[i]);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    if (e->found) {
        more(json, &e->best);
        np_json_member_count(json, "mentions", e->best.mentions);
    }
    np_json_end_object(json);
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
    np_json_member(json, "verdict", np_salary_verdict_name(c->verdict));
    np_json_member(json, "text", c->text);
    np_json_member(json, "currency", compared ? currency->name : NULL);
    bool figure = compared && c->verdict != NP_SALARY_NARROWS && np_num_sign(c->figure) > 0;
    money(json, "quoted_low", c->low, compared, currency->decimals);
    money(json, "quoted_high", c->high, compared, currency->decimals);
    money(json, "scale", c->figure, figure, currency->decimals);
    money(json, "off", c->off, figure, currency->decimals);
    np_json_member(json, "status", compared ? np_status_name((np_status)c->status) : NULL);
    np_json_member_array(json, "grades");
    for (size_t i = 0; i < c->grade_count; i++) {
        const np_notice_grade *g = &c->grades[i];
        np_json_object(json);
        np_json_member(json, "grade", notice->book->grades[g->grade].name);
        money(json, "scale", g->figure, true, currency->decimals);
        np_json_member(json, "status", np_status_name((np_status)g->status));
        np_json_member_bool(json, "certain", g->certain);
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
    np_json_member(&json, "file", notice->file->name);
    np_json_member(&json, "encoding", notice->encoding);
    np_json_member(&json, "verdict", np_notice_verdict_name(notice->verdict));
    np_json_member_object(&json, "fields");
    for (size_t i = 0; i < notice->book->field_count; i++) {
        np_json_key(&json, notice->book->fields[i].name);
        entry(&json, np_notice_entry_at(notice, i));
    }
    np_json_end_object(&json);
    np_json_member_strings(&json, "open", notice->open, notice->open_count);
    np_json_member_array(&json, "warnings");
    for (size_t i = 0; i < notice->warning_count; i++) np_json_string(&json, notice->warnings[i].text);
    np_json_end_array(&json);
    np_json_key(&json, "salary_check");
    check(&json, notice);
    np_json_end_object(&json);
}
