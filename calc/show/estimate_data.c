/* The payslip as JSON and CSV. */
#include "natopay/base/json.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"
#include "natopay/show/table.h"

static const char *const STATES[] = {"not_in_force", "not_due", "open", "due"};

static void json_sources(np_json *json, const np_estimate *e, np_arena *arena, const np_rule *rule)
{
    np_basis *basis = np_basis_new(e->book, arena);
    np_basis_add_line(basis, e->payslip, rule);
    np_json_key(json, "sources");
    np_json_array(json);
    for (size_t i = 0; i < basis->source_count; i++) np_json_string(json, basis->sources[i]->name);
    np_json_end_array(json);
}

static void json_line(np_json *json, const np_estimate *e, np_arena *arena, const np_rule *rule)
{
    const np_line *line = &e->payslip->lines[rule - e->book->rules];
    unsigned decimals = e->book->currencies[e->payslip->currency].decimals;
    np_json_object(json);
    np_json_key(json, "rule");
    np_json_string(json, rule->name);
    np_json_key(json, "kind");
    np_json_string(json, np_kind_name(rule->kind));
    np_json_key(json, "label");
    np_json_string(json, np_label_text(&rule->label, e->lang, rule->name));
    np_json_key(json, "amount");
    np_json_money(json, line->amount, decimals);
    np_json_key(json, "exact");
    np_json_fraction(json, line->exact);
    np_json_key(json, "status");
    np_json_string(json, np_status_name((np_status)line->status));
    json_sources(json, e, arena, rule);
    np_json_key(json, "formula");
    np_json_string(json, rule->amount.key->value);
    if (rule->kind == NP_ONCE) {
        np_json_key(json, "date");
        np_json_date(json, line->date);
    }
    if (e->explain) {
        np_json_key(json, "explanation");
        np_json_explanation(json, e->book, np_explain_rule(e->payslip, e->situation, rule, e->lang));
    }
    np_json_end_object(json);
}

static void json_open(np_json *json, const np_estimate *e, np_arena *arena, const np_rule *rule)
{
    const np_missing *missing = e->payslip->lines[rule - e->book->rules].missing;
    np_json_object(json);
    np_json_key(json, "rule");
    np_json_string(json, rule->name);
    np_json_key(json, "label");
    np_json_string(json, np_label_text(&rule->label, e->lang, rule->name));
    np_json_key(json, "needs");
    np_json_string(json, np_missing_names(e->book, arena, missing));
    np_json_key(json, "missing");
    np_json_string(json, missing->gap ? missing->gap->message : NULL);
    np_json_end_object(json);
}

static void json_assumed(np_json *json, const np_estimate *e, np_arena *arena)
{
    np_basis *basis = np_basis_new(e->book, arena);
    np_basis_add_all(basis, e->payslip);
    np_json_key(json, "assumed");
    np_json_object(json);
    for (size_t i = 0; i < e->book->input_count; i++) {
        const np_input *input = &e->book->inputs[i];
        const np_value *value = np_payslip_input(e->payslip, input->slot);
        if (!basis->inputs[input->slot] || e->situation->given[input->slot] || value->unknown || !input->question.text)
            continue;
        np_text text;
        np_text_init(&text, 16384);
        np_print_value(&text, e->book, value, NULL);
        np_json_key(json, input->name);
        np_json_string(json, np_text_string(&text));
        np_text_free(&text);
    }
    np_json_end_object(json);
}

static void json_total(np_json *json, const np_estimate *e, const char *key, np_num amount)
{
    np_json_key(json, key);
    np_json_money(json, amount, e->book->currencies[e->payslip->currency].decimals);
}

/* The value of an input that is a known date; NP_DATE_NONE when there is none. */
static np_date date_of(const np_estimate *e, const char *name)
{
    const np_input *input = np_book_input(e->book, name);
    const np_value *value = input && input->type == NP_DATE ? &e->payslip->slots[input->slot] : NULL;
    return value && !value->unknown ? value->as.date : NP_DATE_NONE;
}

bool np_estimate_is_whole_month(const np_estimate *e)
{
    np_date start = date_of(e, "start"), end = date_of(e, "end");
    return (start == NP_DATE_NONE || start <= np_date_month_start(e->payslip->date)) &&
           (end == NP_DATE_NONE || end >= np_date_month_end(e->payslip->date));
}

static void json_sensitivity(np_json *json, const np_estimate *e)
{
    if (!e->sensitivity) return;
    np_json_key(json, "sensitivity");
    np_json_array(json);
    for (size_t i = 0; i < e->sensitivity_count; i++) {
        const np_sensitivity *row = &e->sensitivity[i];
        const np_uncertain *what = &e->book->uncertain[row->uncertain];
        np_json_object(json);
        np_json_key(json, what->is_rate ? "exchange" : "parameter");
        np_json_string(json, what->is_rate ? e->book->currencies[e->book->exchanges[what->index].currency].name
                                           : e->book->parameters[what->index].name);
        json_total(json, e, "net_low", row->net_low);
        json_total(json, e, "net_high", row->net_high);
        json_total(json, e, "spread", row->spread);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_warnings(np_json *json, const np_estimate *e)
{
    np_json_key(json, "warnings");
    np_json_array(json);
    for (const np_diag *diag = e->diags->first; diag; diag = diag->next) np_json_string(json, diag->message);
    np_json_end_array(json);
}

void np_show_estimate_json(np_text *out, const np_estimate *e, np_arena *arena)
{
    const np_payslip *slip = e->payslip;
    np_json json;
    np_json_start(&json, out);
    np_json_object(&json);
    np_json_key(&json, "post");
    np_json_string(&json, e->situation->post);
    np_json_key(&json, "person");
    np_json_string(&json, e->situation->person);
    np_json_key(&json, "date");
    np_json_date(&json, slip->date);
    np_json_key(&json, "currency");
    np_json_string(&json, e->book->currencies[slip->currency].name);
    np_json_key(&json, "lines");
    np_json_array(&json);
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind != NP_FACT && slip->lines[i].state == NP_LINE_DUE)
            json_line(&json, e, arena, &e->book->rules[i]);
    np_json_end_array(&json);
    np_json_key(&json, "open");
    np_json_array(&json);
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind != NP_FACT && slip->lines[i].state == NP_LINE_OPEN)
            json_open(&json, e, arena, &e->book->rules[i]);
    np_json_end_array(&json);
    json_total(&json, e, "gross", slip->gross.amount);
    json_total(&json, e, "deductions", slip->deductions.amount);
    json_total(&json, e, "net", slip->net.amount);
    json_total(&json, e, "net_low", e->range.low);
    json_total(&json, e, "net_high", e->range.high);
    np_json_key(&json, "net_year");
    if (np_estimate_is_whole_month(e))
        np_json_money(&json, np_num_mul(arena, slip->net.amount, np_num_int(12)),
                      e->book->currencies[slip->currency].decimals);
    else
        np_json_null(&json);
    json_total(&json, e, "employer_cost", slip->employer.amount);
    json_total(&json, e, "once", slip->once.amount);
    np_json_key(&json, "status");
    np_json_string(&json, np_status_name((np_status)slip->net.status));
    json_assumed(&json, e, arena);
    json_sensitivity(&json, e);
    json_warnings(&json, e);
    np_json_key(&json, "book");
    np_json_string(&json, np_arena_format(arena, "sha256:%s", np_book_hash(e->book, arena)));
    np_json_end_object(&json);
    np_text_putc(out, '\n');
}

static const char *money(const np_estimate *e, np_arena *arena, np_num amount)
{
    np_text text;
    np_text_init(&text, 4096);
    np_print_amount(&text, e->book, amount, e->payslip->currency);
    return np_text_move(&text, arena);
}

static void csv_total(np_table *table, const np_estimate *e, const char *name, const np_total *total)
{
    np_row *row = np_table_row(table);
    row->cells[0] = name;
    row->cells[1] = "total";
    row->cells[3] = "due";
    row->cells[4] = money(e, table->arena, total->amount);
    row->cells[5] = e->book->currencies[e->payslip->currency].name;
    row->cells[7] = np_status_name((np_status)total->status);
}

void np_show_estimate_csv(np_text *out, const np_estimate *e, np_arena *arena)
{
    static const char *const COLUMNS[] = {"rule",     "kind",  "label",  "state",   "amount",
                                          "currency", "exact", "status", "sources", "needs"};
    np_table table;
    np_table_init(&table, arena);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        np_table_column(&table, COLUMNS[i], COLUMNS[i], false, false);
    for (size_t i = 0; i < e->book->rule_count; i++) {
        const np_rule *rule = &e->book->rules[i];
        const np_line *line = &e->payslip->lines[i];
        if (rule->kind == NP_FACT || (line->state != NP_LINE_DUE && line->state != NP_LINE_OPEN)) continue;
        np_row *row = np_table_row(&table);
        row->cells[0] = rule->name;
        row->cells[1] = np_kind_name(rule->kind);
        row->cells[2] = np_label_text(&rule->label, e->lang, rule->name);
        row->cells[3] = STATES[line->state];
        if (line->state == NP_LINE_OPEN) {
            const char *names = np_missing_names(e->book, arena, line->missing);
            row->cells[9] = *names || !line->missing->gap ? names : line->missing->gap->message;
            continue;
        }
        np_text exact;
        np_text_init(&exact, 8192);
        np_num_print_fraction(&exact, line->exact);
        row->cells[4] = money(e, arena, line->amount);
        row->cells[5] = e->book->currencies[e->payslip->currency].name;
        row->cells[6] = np_text_move(&exact, arena);
        row->cells[7] = np_status_name((np_status)line->status);
        np_basis *basis = np_basis_new(e->book, arena);
        np_basis_add_line(basis, e->payslip, rule);
        const char *list = "";
        for (size_t s = 0; s < basis->source_count; s++)
            list = np_arena_format(arena, "%s%s%s", list, s ? " " : "", basis->sources[s]->name);
        row->cells[8] = list;
    }
    csv_total(&table, e, "gross", &e->payslip->gross);
    csv_total(&table, e, "deductions", &e->payslip->deductions);
    csv_total(&table, e, "net", &e->payslip->net);
    np_total low = {e->range.low, e->payslip->net.status}, high = {e->range.high, e->payslip->net.status};
    csv_total(&table, e, "net_low", &low);
    csv_total(&table, e, "net_high", &high);
    csv_total(&table, e, "employer_cost", &e->payslip->employer);
    np_table_csv(out, &table);
}
