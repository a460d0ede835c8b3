/* What each grade would be paid, for a notice that names none. */
#include "natopay/pay/format_value.h"
#include "report_internal.h"

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_by_grade *b = result;
    unsigned decimals = b->book->currencies[b->currency].decimals;
    np_json_object(json);
    np_json_member(json, "post", b->situation->post);
    np_json_member(json, "person", b->situation->person);
    np_json_member_date(json, "date", b->date);
    np_json_member(json, "currency", np_currency_words(b->book, b->currency));
    np_json_member_array(json, "lines");
    np_json_end_array(json);
    np_json_member(json, "net", NULL);
    np_json_member_array(json, "by_grade");
    for (size_t i = 0; i < b->count; i++) {
        const np_grade_row *row = &b->rows[i];
        np_json_object(json);
        np_json_member(json, "grade", b->book->grades[row->grade].name);
        np_json_member_money(json, "basic_salary", row->basic_salary, decimals);
        np_json_member_money(json, "net", row->net, decimals);
        np_json_member(json, "net_bound", np_net_bound_name(row->bound));
        np_json_member_money(json, "net_low", row->low, decimals);
        np_json_member_money(json, "net_high", row->high, decimals);
        np_json_member(json, "status", np_status_name((np_status)row->status));
        np_json_key(json, "fits");
        np_json_bool(json, row->fits);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_member_object(json, "fits_by");
    for (size_t i = 0; i < b->hint_count; i++)
        np_json_member(json, np_slot_name(b->book, b->hints[i]),
                       np_value_words(arena, b->book, &b->situation->values[b->hints[i]], NULL));
    np_json_end_object(json);
    np_json_appointment(json, b->book, b->conditions, b->condition_count, arena, b->lang);
    np_json_member_array(json, "warnings");
    for (const np_diag *diag = b->diags->first; diag; diag = diag->next) np_json_string(json, diag->message);
    np_json_end_array(json);
    np_json_member(json, "book", np_arena_format(arena, "sha256:%s", np_book_hash(b->book)));
    np_json_end_object(json);
    return true;
}

static np_net_bound bound_of(const np_by_grade *b)
{
    np_net_bound bound = NP_NET_WHOLE;
    for (size_t i = 0; i < b->count; i++)
        if (b->rows[i].bound > bound) bound = b->rows[i].bound;
    return bound;
}

static void fill(np_doc_table *table, const np_by_grade *b, const char *yes, const np_lang *lang)
{
    for (size_t i = 0; i < b->count; i++) {
        const np_grade_row *row = &b->rows[i];
        const np_num amounts[] = {row->basic_salary, row->net, row->low, row->high};
        np_doc_row *cells = np_doc_row_add(table, NP_DOC_LINE);
        cells->cells[0] = np_doc_words(b->book->grades[row->grade].name);
        for (size_t k = 0; k < 4; k++) cells->cells[1 + k] = np_amount_value(b->book, amounts[k], b->currency);
        cells->cells[5] =
            lang ? np_status_value((np_status)row->status, lang) : np_doc_words(np_status_name((np_status)row->status));
        cells->cells[6] = np_doc_words(row->fits ? yes : "");
        if (!lang && row->bound) cells->cells[7] = np_doc_words(np_net_bound_name(row->bound));
    }
}

static void records(np_doc_table *table, const void *result)
{
    static const char *const COLUMNS[] = {"grade",    "basic_salary", "net",  "net_low",
                                          "net_high", "status",       "fits", "text"};
    const np_by_grade *b = result;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        np_doc_column_add(table, COLUMNS[i], COLUMNS[i], i > 0 && i < 5 ? NP_DOC_MONEY : NP_DOC_WORDS);
    const char *impossible = np_appointment_words(b->book, b->conditions, b->condition_count, NP_APPOINTMENT_IMPOSSIBLE,
                                                  table->arena, b->lang);
    if (impossible) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words("appointment");
        cells[5] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
        cells[7] = np_doc_words(impossible);
    }
    fill(table, b, "yes", NULL);
}

/* "G1, G3": the grades with which a line is not due; NULL when it is due with all, or with none. */
static const char *grades_without(const np_by_grade *b, size_t rule, np_arena *arena)
{
    const char *list = "";
    size_t without = 0;
    for (size_t i = 0; i < b->count; i++) {
        if (b->due[i * b->book->rule_count + rule]) continue;
        list = np_arena_format(arena, "%s%s%s", list, without++ ? ", " : "", b->book->grades[b->rows[i].grade].name);
    }
    return without > 0 && without < b->count ? list : NULL;
}

/* Why the net of a higher grade may be the lower one. */
static void put_differences(np_doc *doc, const np_by_grade *b)
{
    for (size_t i = 0; i < b->book->rule_count; i++) {
        const np_rule *rule = &b->book->rules[i];
        bool in_net = rule->kind >= NP_SALARY && rule->kind <= NP_ADJUSTMENT;
        const char *list = in_net ? grades_without(b, i, doc->arena) : NULL;
        if (!list) continue;
        const char *label = np_label_text(&rule->label, doc->lang, rule->name);
        np_doc_soft_text(doc, NULL, np_arena_format(doc->arena, np_say(doc->lang, "%s: not with %s."), label, list));
    }
}

static const char *hint_value(np_doc *doc, const np_by_grade *b, uint16_t slot)
{
    const np_value *value = &b->situation->values[slot];
    const np_input *input = &b->book->inputs[b->book->slots[slot].index];
    if (value->type == NP_TEXT) return np_choice_label(doc->arena, b->book, input, value->as.text, doc->lang);
    return np_value_words(doc->arena, b->book, value, doc->lang);
}

/* "Twin-graded post: yes; Category of the grade: technical" */
static const char *hint_words(np_doc *doc, const np_by_grade *b)
{
    const char *list = "";
    for (size_t i = 0; i < b->hint_count; i++)
        list = np_arena_format(doc->arena, "%s%s%s", list, i ? np_say(doc->lang, "; ") : "",
                               np_arena_format(doc->arena, np_say(doc->lang, "%s: %s"),
                                               np_slot_label(b->book, b->hints[i], doc->lang),
                                               hint_value(doc, b, b->hints[i])));
    return list;
}

/* What the post says leaves some grades, and what it may say leaves all. */
static void put_answer(np_doc *doc, const np_by_grade *b)
{
    size_t fitting = 0;
    for (size_t i = 0; i < b->count; i++) fitting += b->rows[i].fits;
    if (b->hint_count)
        np_doc_text(doc, NULL,
                    np_arena_format(doc->arena,
                                    np_say(doc->lang, "The grade is not known. By what the post says (%s), %zu of "
                                                      "these %zu fit: choose one with --set grade=NAME."),
                                    hint_words(doc, b), fitting, b->count));
    else
        np_doc_text(doc, NULL,
                    np_arena_format(doc->arena,
                                    np_say(doc->lang, "The grade is not known, and nothing in the post leaves any of "
                                                      "these %zu out: choose one with --set grade=NAME."),
                                    b->count));
    np_doc_soft_text(doc, NULL,
                     np_say(doc->lang, "Schooling and years of experience leave none out: no text was found that ties "
                                       "them to grades."));
}

static void document(np_doc *doc, const void *result)
{
    const np_by_grade *b = result;
    const char *title = np_situation_title(b->situation, doc->lang);
    doc->title = title ? title : np_say(doc->lang, "A post without a grade");
    doc->lead =
        np_arena_format(doc->arena, np_say(doc->lang, "Pay of the month %s."), np_month_words(doc->arena, b->date));
    doc->date = b->date;
    np_impossible_first(doc, b->book, b->conditions, b->condition_count);
    put_answer(doc, b);
    np_doc_node *section = np_doc_section(doc, NULL, "by_grade", NULL, NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "by_grade");
    np_doc_column_add(table, "grade", np_say(doc->lang, "Grade"), NP_DOC_WORDS);
    np_doc_column_add(table, "basic_salary", np_say(doc->lang, "Basic salary"), NP_DOC_MONEY);
    np_doc_column_add(table, "net", np_net_label(bound_of(b), doc->lang), NP_DOC_MONEY);
    np_doc_column_add(table, "net_low", np_say(doc->lang, "from"), NP_DOC_MONEY);
    np_doc_column_add(table, "net_high", np_say(doc->lang, "to"), NP_DOC_MONEY);
    np_doc_column_add(table, "status", np_say(doc->lang, "Status"), NP_DOC_STATUS);
    np_doc_column_add(table, "fits", np_say(doc->lang, "Fits"), NP_DOC_WORDS);
    fill(table, b, np_say(doc->lang, "yes"), doc->lang);
    if (doc->page) np_status_legend(doc, section);
    np_doc_soft_text(doc, NULL,
                     np_arena_format(doc->arena, np_say(doc->lang, "Amounts in %s a month."),
                                     np_currency_words(b->book, b->currency)));
    put_differences(doc, b);
    np_book_footer(doc, b->book);
}

np_output np_by_grade_output(const np_by_grade *by_grade)
{
    return (np_output){by_grade, by_grade->lang, json_of, records, document, 0};
}
