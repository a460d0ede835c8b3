/* What reports say of one payslip: estimate, timeline and compare share it. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "report_internal.h"

bool np_line_shown(const np_payslip *payslip, const np_rule *rule)
{
    const np_line *line = &payslip->lines[rule - payslip->book->rules];
    return rule->kind != NP_FACT && line->state == NP_LINE_DUE &&
           (rule->kind == NP_SALARY || np_num_sign(line->amount) != 0);
}

const char *np_input_words(np_arena *arena, const np_book *book, const np_value *slots, const char *name,
                           const np_lang *lang)
{
    const np_value *value = np_known_input(book, slots, name);
    return value ? np_value_words(arena, book, value, lang) : NULL;
}

const char *np_town_words(np_arena *arena, const np_book *book, const np_value *slots, const np_lang *lang)
{
    const char *town = np_input_words(arena, book, slots, "town", lang);
    for (size_t i = 0; town && i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        if (strcmp(np_label_text(&station->label, NULL, station->name), town) == 0)
            return np_label_text(&station->label, lang, station->name);
    }
    return town;
}

const char *np_place_words(np_arena *arena, const np_payslip *payslip, const np_lang *lang)
{
    const np_book *book = payslip->book;
    const char *grade = np_input_words(arena, book, payslip->slots, "grade", lang);
    const char *twin = np_input_words(arena, book, payslip->slots, "twin_grade", lang);
    const char *town = np_town_words(arena, book, payslip->slots, lang);
    const np_value *country = np_known_input(book, payslip->slots, "duty_country");
    if (grade && twin && strcmp(grade, twin) == 0) twin = NULL; /* advanced */
    const char *words = np_arena_format(arena, "%s%s%s", grade ? grade : "", twin ? "-" : "", twin ? twin : "");
    if (town) words = np_arena_format(arena, "%s, %s", words, np_short_label(arena, town, 60));
    if (!country) return words;
    const np_country *place = &book->countries[country->as.country];
    return np_arena_format(arena, "%s, %s", words, np_label_text(&place->label, lang, place->name));
}

np_provenance *np_line_provenance(const np_payslip *payslip, const np_rule *rule, np_arena *arena)
{
    np_provenance *basis = np_provenance_new(payslip->book, arena);
    np_provenance_add_line(basis, payslip, rule);
    return basis;
}

bool np_has_adjustments(const np_book *book)
{
    for (size_t i = 0; i < book->rule_count; i++)
        if (book->rules[i].kind == NP_ADJUSTMENT) return true;
    return false;
}

/* ---- charts ---- */

/* Colours go by kind and order of lines in the book, so that a line has one colour in every chart of a page. */
static unsigned color_of(const np_book *book, const np_rule *rule)
{
    unsigned color = 0;
    for (const np_rule *other = book->rules; other < rule; other++)
        color += (other->kind == NP_DEDUCTION) == (rule->kind == NP_DEDUCTION) && other->kind != NP_FACT &&
                 other->kind != NP_ONCE && other->kind != NP_EMPLOYER;
    return rule->kind == NP_DEDUCTION ? 9 + color % 3 : color % 9;
}

static np_doc_part part_of(np_doc *doc, const np_payslip *payslip, const np_rule *rule, np_num factor)
{
    np_num amount = payslip->lines[rule - payslip->book->rules].amount;
    const char *name = np_label_text(&rule->label, doc->lang, rule->name);
    const char *words = np_amount_words(doc, payslip->book, amount, payslip->currency);
    return (np_doc_part){
        .name = name,
        .label = np_arena_format(doc->arena, np_say(doc->lang, "%s: %s"), np_short_label(doc->arena, name, 60), words),
        .color = color_of(payslip->book, rule),
        .value = np_num_mul(doc->arena, np_num_sign(amount) < 0 ? np_num_neg(doc->arena, amount) : amount, factor),
        .faint = rule->kind == NP_DEDUCTION};
}

static size_t parts_of(np_doc *doc, const np_payslip *payslip, np_num factor, bool deductions, np_doc_part *parts)
{
    size_t count = 0;
    for (size_t i = 0; i < payslip->book->rule_count; i++) {
        const np_rule *rule = &payslip->book->rules[i];
        bool fits = deductions ? rule->kind == NP_DEDUCTION : rule->kind == NP_SALARY || rule->kind == NP_ALLOWANCE;
        int sign = rule->kind == NP_ADJUSTMENT && deductions ? -1 : 1;
        fits = fits || rule->kind == NP_ADJUSTMENT;
        if (fits && np_line_shown(payslip, rule) && np_num_sign(payslip->lines[i].amount) == sign)
            parts[count++] = part_of(doc, payslip, rule, factor);
    }
    return count;
}

np_doc_bar np_pay_bar(np_doc *doc, const np_payslip *payslip, const char *label, np_num factor)
{
    np_doc_part *parts = np_arena_array(doc->arena, payslip->book->rule_count + 1, sizeof *parts);
    np_doc_part *below = np_arena_array(doc->arena, payslip->book->rule_count + 2, sizeof *below);
    const char *net = np_amount_words(doc, payslip->book, payslip->net.amount, payslip->currency);
    size_t count = 0;
    if (np_num_sign(payslip->net.amount) > 0)
        below[count++] = (np_doc_part){.name = np_say(doc->lang, "Net (thin bar, beside what is taken off)"),
                                       .label = np_arena_format(doc->arena, np_say(doc->lang, "Net: %s"), net),
                                       .color = 10,
                                       .value = np_num_mul(doc->arena, payslip->net.amount, factor)};
    count += parts_of(doc, payslip, factor, true, below + count);
    return (np_doc_bar){.label = label,
                        .figure = np_arena_format(doc->arena, np_say(doc->lang, "net %s %s"), net,
                                                  np_currency_words(payslip->book, payslip->currency)),
                        .parts = parts,
                        .part_count = parts_of(doc, payslip, factor, false, parts),
                        .below = below,
                        .below_count = count};
}

void np_sensitivity_chart(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_sensitivity *rows,
                          size_t count, const char *title, unsigned color)
{
    if (count == 0) return;
    np_doc_range *ranges = np_arena_array(doc->arena, count, sizeof *ranges);
    for (size_t i = 0; i < count; i++) {
        const np_num figures[] = {rows[i].net_low, rows[i].net_high, rows[i].spread};
        const char *words[3];
        bool falls = np_num_compare(figures[0], figures[1]) > 0;
        for (size_t k = 0; k < 3; k++) words[k] = np_amount_words(doc, payslip->book, figures[k], payslip->currency);
        ranges[i] = (np_doc_range){
            np_uncertain_label(payslip->book, doc->arena, rows[i].uncertain, doc->lang),
            np_arena_format(doc->arena, "%s \xE2\x80\x93 %s (%s)", words[falls], words[!falls], words[2]),
            rows[i].net_low, rows[i].net_high};
    }
    np_doc_chart *chart =
        np_doc_chart_of(doc, in, NP_DOC_RANGES, title,
                        np_say(doc->lang, "For each uncertain figure a bar from the net at its low to the net at its "
                                          "high; the upright line is the net as estimated."));
    chart->of.ranges = ranges;
    chart->count = count;
    chart->middle = payslip->net.amount;
    chart->title_of_middle = np_arena_format(doc->arena, np_say(doc->lang, "net %s %s"),
                                             np_amount_words(doc, payslip->book, chart->middle, payslip->currency),
                                             np_currency_words(payslip->book, payslip->currency));
    chart->color = color;
}

void np_sensitivity_table(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_sensitivity *rows,
                          size_t count)
{
    if (count == 0) {
        np_doc_text(doc, in, np_say(doc->lang, "Nothing that is uncertain moves the net."));
        return;
    }
    np_doc_table *table = np_doc_table_of(doc, in, "uncertain");
    np_doc_column_add(table, "parameter", np_say(doc->lang, "What is uncertain"), NP_DOC_WORDS);
    np_doc_column_add(table, "net_low", np_say(doc->lang, "Net at low"), NP_DOC_MONEY);
    np_doc_column_add(table, "net_high", np_say(doc->lang, "Net at high"), NP_DOC_MONEY);
    np_doc_column_add(table, "spread", np_say(doc->lang, "Moves net by"), NP_DOC_MONEY);
    for (size_t i = 0; i < count; i++) {
        const np_num amounts[] = {rows[i].net_low, rows[i].net_high, rows[i].spread};
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(np_uncertain_label(payslip->book, doc->arena, rows[i].uncertain, doc->lang));
        for (size_t k = 0; k < 3; k++)
            row->cells[1 + k] = np_amount_value(payslip->book, amounts[k], payslip->currency);
    }
}

/* ---- what is open, what was assumed ---- */

const char *np_net_label(np_net_bound bound, const np_lang *lang)
{
    static const char *const LABELS[] = {NP_MARK("Net"), NP_MARK("Net, at most"), NP_MARK("Net, incomplete")};
    return np_say(lang, LABELS[bound]);
}

const char *np_net_bound_words(np_net_bound bound, const np_lang *lang)
{
    if (bound == NP_NET_AT_MOST) return np_say(lang, "The net is at most this: a deduction is not known.");
    if (bound == NP_NET_WHOLE) return NULL;
    return np_say(lang, "The net is incomplete: something that raises or lowers it is not known.");
}

np_net_bound np_path_bound(const np_projection *path)
{
    np_net_bound bound = NP_NET_WHOLE;
    for (size_t i = 0; i < path->stretch_count; i++)
        if (path->stretches[i].bound > bound) bound = path->stretches[i].bound;
    return bound;
}

const char *np_open_words(np_doc *doc, const np_book *book, const np_missing *missing)
{
    const char *names = np_missing_names(book, doc->arena, missing);
    const char *gap = missing->gap ? missing->gap->message : "";
    const char *needs = *names ? np_arena_format(doc->arena, np_say(doc->lang, "needs %s"), names) : "";
    return np_arena_format(doc->arena, "%s%s%s", needs, *names && *gap ? np_say(doc->lang, "; ") : "", gap);
}

void np_open_lines(np_doc *doc, np_doc_node *in, const np_payslip *payslip)
{
    np_doc_list *list = NULL;
    for (size_t i = 0; i < payslip->book->rule_count; i++) {
        const np_rule *rule = &payslip->book->rules[i];
        if (rule->kind == NP_FACT || payslip->lines[i].state != NP_LINE_OPEN) continue;
        if (!list)
            list = np_doc_list_of(doc,
                                  np_doc_section(doc, in, "open", np_say(doc->lang, "Not counted"),
                                                 np_say(doc->lang, ", because something is not known")),
                                  "open");
        np_doc_item *item = np_doc_item_add(doc, list, np_open_words(doc, payslip->book, payslip->lines[i].missing));
        item->label = np_label_text(&rule->label, doc->lang, rule->name);
    }
}

static bool takes_part(const np_provenance *basis, const np_payslip *payslip, const np_situation *situation,
                       const np_input *input, bool given)
{
    return basis->inputs[input->slot] && np_situation_was_given(situation, input->slot) == given &&
           !payslip->slots[input->slot].unknown && (given || input->question.text);
}

/* On a page each for itself; on a terminal those that were assumed, in one sentence. */
void np_inputs(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_situation *situation, bool given)
{
    const np_book *book = payslip->book;
    np_provenance *basis = np_provenance_new(book, doc->arena);
    np_doc_list *list = NULL;
    const char *sentence = "";
    np_provenance_add_all(basis, payslip);
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        if (!takes_part(basis, payslip, situation, input, given)) continue;
        const char *value = np_value_words(doc->arena, book, np_payslip_input(payslip, input->slot), doc->lang);
        if (!list) {
            const char *why = doc->page ? np_say(doc->lang, ", because not given")
                                        : np_say(doc->lang, ", because not given (--set NAME=VALUE)");
            list = np_doc_list_of(doc,
                                  np_doc_section(doc, in, given ? "given" : "assumed",
                                                 given ? np_say(doc->lang, "Given") : np_say(doc->lang, "Assumed"),
                                                 given ? NULL : why),
                                  "inputs");
            list->small = true;
            list->lead = "  ";
        }
        sentence = np_arena_format(doc->arena, "%s%s%s = %s", sentence, *sentence ? ", " : "", input->name, value);
        if (!doc->page) continue;
        np_doc_item *item = np_doc_item_add(doc, list, value);
        item->label = np_label_text(&input->label, doc->lang, input->name);
        item->key = input->name;
    }
    if (list && !doc->page) np_doc_item_add(doc, list, sentence);
}
