/* The parts of an HTML report that are about one payslip: shared by estimate, timeline and compare. */
#include <string.h>

#include "html_parts.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"
#include "natopay/show/svg.h"

bool np_html_line_shown(const np_payslip *payslip, const np_rule *rule)
{
    const np_line *line = &payslip->lines[rule - payslip->book->rules];
    return rule->kind != NP_FACT && line->state == NP_LINE_DUE &&
           (rule->kind == NP_SALARY || np_num_sign(line->amount) != 0);
}

const np_value *np_html_input(const np_payslip *payslip, const char *name)
{
    const np_input *input = np_book_input(payslip->book, name);
    const np_value *value = input ? &payslip->slots[input->slot] : NULL;
    return value && !value->unknown ? value : NULL;
}

const char *np_html_input_words(np_html *html, const np_payslip *payslip, const char *name)
{
    const np_value *value = np_html_input(payslip, name);
    return value ? np_html_value(html, payslip->book, value) : NULL;
}

const char *np_html_place(np_html *html, const np_payslip *payslip)
{
    const char *grade = np_html_input_words(html, payslip, "grade"), *words;
    const char *twin = np_html_input_words(html, payslip, "twin_grade");
    const char *town = np_html_input_words(html, payslip, "town");
    const np_value *country = np_html_input(payslip, "duty_country");
    if (grade && twin && strcmp(grade, twin) == 0) twin = NULL; /* advanced */
    words = np_arena_format(html->arena, "%s%s%s", grade ? grade : "", twin ? "\xE2\x80\x93" : "", twin ? twin : "");
    if (town) words = np_arena_format(html->arena, "%s, %s", words, np_short_label(html->arena, town, 40));
    if (!country) return words;
    const np_country *place = &payslip->book->countries[country->as.country];
    return np_arena_format(html->arena, "%s, %s", words, np_label_text(&place->label, html->lang, place->name));
}

const char *np_html_post_title(np_html *html, const np_payslip *payslip, const np_situation *situation)
{
    const char *title = np_situation_title(situation, html->lang);
    if (!title) title = situation->post;
    return np_short_label(html->arena, title ? title : np_html_place(html, payslip), NP_HTML_LABEL);
}

/* ---- what pay consists of ---- */

/* Colours go by kind and order of lines in the book, so that a line has one colour in every chart of a page. */
static unsigned color_of(const np_book *book, const np_rule *rule)
{
    unsigned color = 0;
    for (const np_rule *other = book->rules; other < rule; other++)
        color += (other->kind == NP_DEDUCTION) == (rule->kind == NP_DEDUCTION) && other->kind != NP_FACT &&
                 other->kind != NP_ONCE && other->kind != NP_EMPLOYER;
    return rule->kind == NP_DEDUCTION ? 9 + color % 3 : color % 9;
}

static const char *part_label(np_html *html, const np_payslip *payslip, const np_rule *rule, np_num amount)
{
    return np_arena_format(html->arena, np_html_say(html, "%s: %s"),
                           np_short_label(html->arena, np_label_text(&rule->label, html->lang, rule->name), 60),
                           np_html_amount(html, payslip->book, amount, payslip->currency));
}

static size_t parts_of(np_html *html, const np_payslip *payslip, np_svg_part *parts, bool deductions)
{
    size_t count = 0;
    for (size_t i = 0; i < payslip->book->rule_count; i++) {
        const np_rule *rule = &payslip->book->rules[i];
        bool fits = deductions ? rule->kind == NP_DEDUCTION : rule->kind == NP_SALARY || rule->kind == NP_ALLOWANCE;
        np_num amount = payslip->lines[i].amount;
        if (!fits || !np_html_line_shown(payslip, rule) || np_num_sign(amount) <= 0) continue;
        parts[count++] =
            (np_svg_part){part_label(html, payslip, rule, amount), color_of(payslip->book, rule), amount, false};
    }
    return count;
}

void np_html_pay_bar(np_html *html, const np_payslip *payslip, const char *label, np_svg_bar *bar)
{
    np_svg_part *parts = np_arena_array(html->arena, payslip->book->rule_count + 1, sizeof *parts);
    np_svg_part *below = np_arena_array(html->arena, payslip->book->rule_count + 2, sizeof *below);
    const char *net = np_html_amount(html, payslip->book, payslip->net.amount, payslip->currency);
    const char *unit = payslip->book->currencies[payslip->currency].name;
    size_t count = 0;
    if (np_num_sign(payslip->net.amount) > 0)
        below[count++] = (np_svg_part){np_arena_format(html->arena, np_html_say(html, "Net: %s"), net), 10,
                                       payslip->net.amount, false};
    count += parts_of(html, payslip, below + count, true);
    for (size_t i = 1; i < count; i++) below[i].faint = true;
    const char *figure = np_arena_format(html->arena, np_html_say(html, "net %s %s"), net, unit);
    *bar = (np_svg_bar){label, figure, parts, parts_of(html, payslip, parts, false), below, count};
}

void np_html_pay_key(np_html *html, const np_payslip *const *payslips, size_t count)
{
    const char **named = np_arena_array(html->arena, 256, sizeof *named);
    size_t names = 0;
    np_text_puts(html->out, "<ul class=\"key\">\n");
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < payslips[p]->book->rule_count; i++) {
            const np_rule *rule = &payslips[p]->book->rules[i];
            bool monthly = rule->kind == NP_SALARY || rule->kind == NP_ALLOWANCE || rule->kind == NP_DEDUCTION;
            bool seen = false;
            for (size_t n = 0; n < names; n++) seen = seen || strcmp(named[n], rule->name) == 0;
            if (!monthly || seen || names == 256 || !np_html_line_shown(payslips[p], rule)) continue;
            named[names++] = rule->name;
            np_text_printf(html->out,
                           "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" "
                           "class=\"f%u%s\"/></svg>",
                           color_of(payslips[p]->book, rule), rule->kind == NP_DEDUCTION ? " faint" : "");
            np_html_put(html, "<bdi>$</bdi></li>\n",
                        np_short_label(html->arena, np_label_text(&rule->label, html->lang, rule->name), 60));
        }
    np_html_put(html,
                "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" "
                "class=\"f10\"/></svg>$</li>\n</ul>\n",
                np_html_say(html, "Net (thin bar, beside what is taken off)"));
}

/* ---- sensitivity ---- */

const char *np_uncertain_label(const np_book *book, uint16_t uncertain, const np_lang *lang)
{
    const np_uncertain *what = &book->uncertain[uncertain];
    if (what->is_rate) {
        const np_exchange *rate = &book->exchanges[what->index];
        return np_label_text(&rate->label, lang, book->currencies[rate->currency].name);
    }
    const np_parameter *parameter = &book->parameters[what->index];
    return np_label_text(&parameter->label, lang, parameter->name);
}

void np_html_sensitivity(np_html *html, const np_payslip *payslip, const np_sensitivity *rows, size_t count,
                         const char *title, unsigned color)
{
    const np_book *book = payslip->book;
    np_svg_range *ranges = np_arena_array(html->arena, count + 1, sizeof *ranges);
    if (count == 0) {
        np_html_put(html, "<p>$</p>\n", np_html_say(html, "Nothing uncertain moves the net."));
        return;
    }
    for (size_t i = 0; i < count; i++)
        ranges[i] = (np_svg_range){np_uncertain_label(book, rows[i].uncertain, html->lang),
                                   np_arena_format(html->arena, "%s \xE2\x80\x93 %s (%s)",
                                                   np_html_amount(html, book, rows[i].net_low, payslip->currency),
                                                   np_html_amount(html, book, rows[i].net_high, payslip->currency),
                                                   np_html_amount(html, book, rows[i].spread, payslip->currency)),
                                   rows[i].net_low, rows[i].net_high};
    np_text_puts(html->out, "<figure>\n");
    np_svg_ranges(html, title,
                  np_html_say(html,
                              "For each uncertain figure a bar from the net at its low to the net at its high; the "
                              "upright line is the net as estimated."),
                  payslip->net.amount, ranges, count, color);
    np_text_puts(html->out, "</figure>\n");
}

/* ---- what is open, what was assumed ---- */

void np_html_open_lines(np_html *html, const np_payslip *payslip)
{
    bool any = false;
    for (size_t i = 0; i < payslip->book->rule_count; i++) {
        const np_rule *rule = &payslip->book->rules[i];
        const np_line *line = &payslip->lines[i];
        if (rule->kind == NP_FACT || line->state != NP_LINE_OPEN) continue;
        const char *names = np_missing_names(payslip->book, html->arena, line->missing);
        if (!any)
            np_html_put(html, "<h3>$</h3>\n<ul>\n", np_html_say(html, "Not counted, because something is not known"));
        any = true;
        np_html_put(html, "<li><bdi>$</bdi>$", np_label_text(&rule->label, html->lang, rule->name),
                    np_html_say(html, ": "));
        if (*names) np_html_put(html, "$ <code>$</code> ", np_html_say(html, "needs"), names);
        np_html_put(html, "$</li>\n", line->missing->gap ? line->missing->gap->message : "");
    }
    if (any) np_text_puts(html->out, "</ul>\n");
}

/* The inputs that took part, given or assumed. */
void np_html_inputs(np_html *html, const np_payslip *payslip, const np_situation *situation, bool given,
                    const char *heading)
{
    const np_book *book = payslip->book;
    np_basis *basis = np_basis_new(book, html->arena);
    np_basis_add_all(basis, payslip);
    bool any = false;
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        const np_value *value = np_payslip_input(payslip, input->slot);
        if (!basis->inputs[input->slot] || situation->given[input->slot] != given || value->unknown ||
            (!given && !input->question.text))
            continue;
        if (!any) np_html_put(html, "<h3>$</h3>\n<ul class=\"small\">\n", heading);
        any = true;
        np_html_put(html, "<li><bdi>$</bdi>$<b>$</b> <code class=\"soft\">$</code></li>\n",
                    np_label_text(&input->label, html->lang, input->name), np_html_say(html, ": "),
                    np_html_value(html, book, value), input->name);
    }
    if (any) np_text_puts(html->out, "</ul>\n");
}

void np_html_footer(np_html *html, const np_book *book)
{
    np_html_end(html, np_arena_format(html->arena, "natopay \xC2\xB7 %s sha256:%s", np_html_say(html, "rule book"),
                                      np_book_hash(book, html->arena)));
}
