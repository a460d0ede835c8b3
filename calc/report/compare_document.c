/* A comparison as a document. */
#include <string.h>

#include "compare_report_internal.h"

enum { POSTS_ABREAST = 2, NARROW = 99 }; /* on a terminal: posts beside the first at a time; columns of sentences */

/* ---- heading ---- */

static const char *input_words(np_doc *doc, const np_post_column *column, const char *name)
{
    const char *words = np_input_words(doc->arena, column->book, column->payslip->slots, name, doc->lang);
    return words ? np_short_label(doc->arena, words, 60) : NULL;
}

/* Whose post it is, where they are of several organisations; NULL where they are of one. */
static const char *organisation_of(np_doc *doc, const np_comparison *c, const np_post_column *column)
{
    bool several = false;
    for (size_t i = 1; i < c->count; i++)
        several = several || strcmp(c->columns[i].book->name, c->columns[0].book->name) != 0;
    if (!several || column->present) return NULL;
    return np_label_text(&column->book->label, doc->lang, column->book->name);
}

static const char *post_words(np_doc *doc, const np_post_column *column)
{
    if (column->present)
        return np_arena_format(doc->arena, np_say(doc->lang, "%s; net as given, the same every month"),
                               np_short_label(doc->arena, column->label, NP_DOC_LABEL));
    const char *grade = input_words(doc, column, "grade"), *twin = input_words(doc, column, "twin_grade");
    const char *town = np_town_words(doc->arena, column->book, column->payslip->slots, doc->lang);
    if (grade && twin && strcmp(grade, twin) == 0) twin = NULL; /* advanced by then */
    const np_value *country = &column->payslip->slots[column->book->country_slot];
    const np_country *place = &column->book->countries[country->as.country];
    np_ymd day = np_date_split(column->payslip->date);
    return np_arena_format(doc->arena, np_say(doc->lang, "%s; %s%s%s%s%s, %s; pay of %04d-%02d"),
                           np_short_label(doc->arena, column->label, NP_DOC_LABEL), grade ? grade : "", twin ? "-" : "",
                           twin ? twin : "", town ? ", " : "", town ? town : "",
                           np_label_text(&place->label, doc->lang, place->name), day.year, day.month);
}

static void posts_of_terminal(np_doc *doc, const np_comparison *c)
{
    np_doc_list *list = np_doc_list_of(doc, NULL, "posts");
    list->hang = 0;
    for (size_t i = 0; i < c->count; i++) {
        const char *words = post_words(doc, &c->columns[i]), *whose = organisation_of(doc, c, &c->columns[i]);
        if (whose) words = np_arena_format(doc->arena, "%s (%s)", words, whose);
        np_doc_item_add(doc, list, words)->lead = np_arena_format(doc->arena, "%s  ", c->columns[i].mark);
    }
}

/* Whether an earlier column is of the same organisation. */
static bool is_before(const np_comparison *c, size_t column)
{
    bool before = false;
    for (size_t i = 0; i < column; i++)
        before = before || strcmp(c->columns[i].book->name, c->columns[column].book->name) == 0;
    return before;
}

static void heading_of_page(np_doc *doc, const np_comparison *c)
{
    const char *person = c->columns[0].situation->person, *name = "";
    for (size_t i = 0; i < c->count && i < 3; i++)
        name = np_arena_format(doc->arena, "%s%s%s", name, i ? " / " : "",
                               np_short_label(doc->arena, c->columns[i].label, 24));
    doc->name = name;
    doc->title = np_arena_format(doc->arena, np_say(doc->lang, "%zu posts side by side"), c->count);
    doc->lead = np_say(doc->lang, "Differences are from post A.");
    if (person)
        np_doc_text(
            doc, NULL,
            np_arena_format(doc->arena, "%s %s", np_say(doc->lang, "Person:"), np_short_label(doc->arena, person, 60)));
    for (size_t i = 0; i < c->count; i++) {
        const np_book *book = c->columns[i].book;
        const char *whose = organisation_of(doc, c, &c->columns[i]),
                   *terms = np_label_text(&book->terms, doc->lang, "");
        if (i && (!whose || is_before(c, i))) continue;
        np_doc_soft_text(doc, NULL, whose ? np_arena_format(doc->arena, "%s: %s", whose, terms) : terms);
    }
}

/* The rule book of each organisation, by its hash. */
static void footer(np_doc *doc, const np_comparison *c)
{
    np_book_footer(doc, c->columns[0].book);
    if (!doc->page) return;
    for (size_t i = 1; i < c->count; i++) {
        const np_book *book = c->columns[i].book;
        const char *whose = organisation_of(doc, c, &c->columns[i]);
        if (!whose || is_before(c, i)) continue;
        doc->footer = np_arena_format(doc->arena, "%s \xC2\xB7 %s sha256:%s", doc->footer, whose, np_book_hash(book));
    }
}

static void key_figures(np_doc *doc, const np_comparison *c)
{
    np_doc_node *figures = np_doc_figures(doc, NULL);
    const np_compared *net = np_comparison_row(c, "net");
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        np_ymd day = np_date_split(column->payslip->date);
        np_doc_figure *figure =
            np_doc_figure_add(doc, figures, np_post_short(doc, column, NP_DOC_LABEL),
                              np_amount_value(column->book, column->payslip->net.amount, column->payslip->currency));
        figure->unit = np_column_unit(column);
        figure->colored = true;
        figure->color = (unsigned)i;
        if (column->present) {
            figure->note = np_say(doc->lang, "net as given, the same every month");
            continue;
        }
        figure->note = np_arena_format(
            doc->arena, "%s. %s", np_arena_format(doc->arena, np_say(doc->lang, "net, %04d-%02d"), day.year, day.month),
            np_place_words(doc->arena, column->payslip, doc->lang));
        if (!i || !np_num_valid(net->cells[i].difference)) continue;
        figure->difference = np_common_value(c, net->cells[i].difference);
        figure->difference.with_sign = true;
        figure->from = np_arena_format(doc->arena, np_say(doc->lang, "%s from A"), c->common_name);
    }
}

/* ---- sentences ---- */

/* "A, C": the i-th post and those after it of which the same is said; that is then said of them all. */
static const char *take_marks(np_doc *doc, const np_comparison *c, const char **words, size_t i)
{
    const char *marks = c->columns[i].mark;
    for (size_t k = i + 1; k < c->count; k++) {
        if (!words[k] || strcmp(words[i], words[k]) != 0) continue;
        marks = np_arena_format(doc->arena, "%s, %s", marks, c->columns[k].mark);
        words[k] = NULL;
    }
    return marks;
}

/* What is said of each post, in a paragraph; NULL: nothing. */
static void say_of_posts(np_doc *doc, np_doc_node *in, const np_comparison *c, const char **words)
{
    for (size_t i = 0; i < c->count; i++)
        if (words[i])
            np_doc_text(
                doc, in,
                np_arena_format(doc->arena, np_say(doc->lang, "%s: %s"), take_marks(doc, c, words, i), words[i]));
}

/* Who cannot be appointed hears it first. */
static void impossible_first(np_doc *doc, const np_comparison *c)
{
    const char *words[NP_COMPARE_MOST];
    for (size_t i = 0; i < c->count; i++) words[i] = np_column_impossible(doc->arena, &c->columns[i], doc->lang);
    say_of_posts(doc, NULL, c, words);
}

/* Whose money the sums over years are in. */
static void money_years(np_doc *doc, const np_comparison *c, np_doc_node *in)
{
    const char *words[NP_COMPARE_MOST] = {NULL};
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->path_count && column->payslip)
            words[i] = np_money_year_words(doc->arena, column->book, column->payslip->slots,
                                           column->paths[0].full->last, doc->lang);
    }
    say_of_posts(doc, in, c, words);
}

/* Of which posts the net is not all. */
static void bounds(np_doc *doc, const np_comparison *c)
{
    const char *words[NP_COMPARE_MOST] = {NULL};
    for (size_t i = 0; i < c->count; i++)
        if (!c->columns[i].present) words[i] = np_net_bound_words(c->columns[i].payslip->bound, doc->lang);
    say_of_posts(doc, NULL, c, words);
}

static void lead_changes_of_terminal(np_doc *doc, const np_comparison *c)
{
    if (!c->convertible) return;
    np_doc_node *section = np_doc_section(
        doc, NULL, "passings",
        np_say(doc->lang, "Paid in all, by month of service, each from its own start (net, with what comes once)"),
        NULL);
    np_doc_list *list = np_doc_list_of(doc, section, "passings");
    list->hang = 0;
    money_years(doc, c, section);
    for (size_t i = 1; i < c->count; i++) {
        size_t before = list->count;
        for (size_t k = 0; k < c->lead_change_count; k++)
            if (c->lead_changes[k].column == i)
                np_doc_item_add(doc, list, np_lead_change_sentence(doc->arena, c, &c->lead_changes[k]));
        if (list->count == before)
            np_doc_item_add(doc, list,
                            np_arena_format(doc->arena, np_say(doc->lang, "%s and A pay the same in every month"),
                                            c->columns[i].mark));
    }
}

static void break_even(np_doc *doc, const np_shown_comparison *shown)
{
    const np_comparison *c = shown->comparison;
    if (!shown->solution_count && !(doc->page && shown->variation)) return;
    np_doc_node *section = np_doc_section(doc, NULL, "break_even", np_say(doc->lang, "Break-even"), NULL);
    np_doc_list *list = np_doc_list_of(doc, section, "break_even");
    list->hang = 0;
    for (size_t i = 0; i < shown->solution_count; i++) {
        const np_solution *s = &shown->solutions[i];
        np_doc_item_add(doc, list, np_solution_sentence(doc->arena, c, s));
        for (size_t k = 0; k < s->found_count; k++)
            np_doc_item_add(doc, list, np_found_sentence(doc->arena, c, s, &s->found[k]))->lead = "      ";
        if (!s->complete) np_doc_item_add(doc, list, np_say(doc->lang, "and more: narrow the range"))->lead = "      ";
    }
    if (doc->page) np_compare_variation(doc, section, shown);
}

static void rates(np_doc *doc, np_doc_node *in, const np_comparison *c)
{
    np_doc_list *list = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const char *words = np_rate_sentence(doc->arena, c, &c->columns[i]);
        if (!words) continue;
        if (!list)
            list = np_doc_list_of(
                doc,
                np_doc_section(doc, in, "rates",
                               np_arena_format(doc->arena, np_say(doc->lang, "Exchange rates (differences are in %s)"),
                                               c->common_name),
                               NULL),
                "rates");
        np_doc_item_add(doc, list, words);
        for (size_t r = 0; r < 2 && doc->page; r++) {
            const np_rate *rate = c->columns[i].conversion.rates[r];
            if (rate && rate->figure.source) np_mention(doc, rate->figure.source);
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (!column->has_price_level) continue;
        if (!list)
            list =
                np_doc_list_of(doc, np_doc_section(doc, in, "rates", np_say(doc->lang, "Price levels"), NULL), "rates");
        np_value level = column->price_level;
        np_doc_item_add(doc, list,
                        np_arena_format(doc->arena, np_say(doc->lang, "%s: price level %s (%s%s%s)"), column->mark,
                                        np_value_words(doc->arena, column->book, &level, doc->lang),
                                        np_status_word((np_status)level.status, doc->lang),
                                        column->price_source ? ", " : "",
                                        column->price_source ? column->price_source->title : ""));
    }
    if (!list) return;
    list->lead = "  ";
    list->hang = 0;
}

static void open_cells(np_doc *doc, const np_comparison *c)
{
    np_doc_list *list = NULL;
    for (size_t r = 0; r < c->row_count; r++) {
        const char *words[NP_COMPARE_MOST] = {NULL};
        for (size_t i = 0; i < c->count; i++)
            if (c->rows[r].cells[i].state == NP_CELL_OPEN) words[i] = c->rows[r].cells[i].text;
        for (size_t i = 0; i < c->count; i++) {
            if (!words[i]) continue;
            if (!list)
                list = np_doc_list_of(doc,
                                      np_doc_section(doc, NULL, "open", np_say(doc->lang, "Not counted"),
                                                     np_say(doc->lang, ", because something is not known")),
                                      "open");
            list->hang = 0;
            np_doc_item_add(doc, list,
                            np_arena_format(doc->arena, np_say(doc->lang, "%s: %s: %s"), take_marks(doc, c, words, i),
                                            np_short_label(doc->arena, c->rows[r].label, NP_DOC_LABEL), words[i]));
        }
    }
}

/* ---- sources ---- */

static void mention_all(np_doc *doc, const np_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        np_provenance *basis = np_provenance_new(c->columns[i].book, doc->arena);
        np_provenance_add_all(basis, c->columns[i].payslip);
        for (size_t s = 0; s < basis->source_count; s++) np_mention(doc, basis->sources[s]);
    }
}

/* A terminal's tables have no room for numbers of sources: they are listed without. */
static void sources_of_terminal(np_doc *doc)
{
    np_doc_list *list =
        np_doc_list_of(doc, np_doc_section(doc, NULL, "sources", np_say(doc->lang, "Sources"), NULL), "sources");
    list->hang = 0;
    for (size_t i = 0; i < doc->source_count; i++) {
        const np_doc_source *s = &doc->sources[i];
        bool where = s->locator && *s->locator;
        np_doc_item_add(doc, list,
                        np_arena_format(doc->arena, "%s%s%s%s%s", s->title, s->date ? ", " : "", s->date ? s->date : "",
                                        where ? ", " : "", where ? s->locator : ""));
    }
}

static void legend_of_terminal(np_doc *doc)
{
    const char *words = "";
    for (int s = 0; s < NP_STATUS_COUNT; s++)
        words = np_arena_format(doc->arena, "%s%s%c %s", words, s ? ", " : "", np_status_name((np_status)s)[0],
                                np_status_word((np_status)s, doc->lang));
    np_doc_text(doc, np_doc_section(doc, NULL, "marks", NULL, NULL),
                np_arena_format(doc->arena, np_say(doc->lang, "Marks: %s."), words));
}

/* ---- what it rests on ---- */

static void uncertain(np_doc *doc, const np_comparison *c)
{
    np_doc_node *section = np_doc_section(doc, NULL, "uncertain",
                                          np_say(doc->lang, "What is uncertain, and how far it moves the net"), NULL);
    section->of.section.sheet = np_say(doc->lang, "Uncertain");
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->present) continue;
        np_doc_node *post = np_doc_section(doc, section, column->mark, np_post_short(doc, column, 60), NULL);
        const char *title = np_arena_format(
            doc->arena, np_say(doc->lang, "%s: net with each uncertain figure at its low and high"), column->mark);
        np_sensitivity_chart(doc, post, column->payslip, column->sensitivity, column->sensitivity_count, title,
                             (unsigned)i);
        np_sensitivity_table(doc, post, column->payslip, column->sensitivity, column->sensitivity_count);
    }
}

static void rests_on(np_doc *doc, const np_shown_comparison *shown)
{
    const np_comparison *c = shown->comparison;
    np_doc_node *section = np_doc_section(doc, NULL, "basis", np_say(doc->lang, "What it rests on"), NULL);
    rates(doc, section, c);
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->present) continue;
        np_doc_node *post = np_doc_section(doc, section, column->mark, np_post_short(doc, column, 60), NULL);
        post->of.section.folded = true;
        np_open_lines(doc, post, column->payslip);
        np_inputs(doc, post, column->payslip, column->situation, false);
        np_inputs(doc, post, column->payslip, column->situation, true);
    }
    np_to_note(doc, section, shown->diags);
}

static void page(np_doc *doc, const np_shown_comparison *shown)
{
    const np_comparison *c = shown->comparison;
    heading_of_page(doc, c);
    impossible_first(doc, c);
    bounds(doc, c);
    key_figures(doc, c);
    np_compare_totals(doc, c);
    np_compare_months(doc, c);
    np_compare_tables(doc, c, 1, c->count);
    money_years(doc, c, NULL);
    np_compare_composition(doc, c);
    np_compare_contracts(doc, c);
    break_even(doc, shown);
    uncertain(doc, c);
    rests_on(doc, shown);
    mention_all(doc, c);
    np_sources_section(doc);
    footer(doc, c);
}

static void document(np_doc *doc, const void *result)
{
    const np_shown_comparison *shown = result;
    const np_comparison *c = shown->comparison;
    doc->date = c->columns[0].payslip->date;
    doc->width = NARROW;
    if (doc->page) {
        page(doc, shown);
        return;
    }
    impossible_first(doc, c);
    posts_of_terminal(doc, c);
    bounds(doc, c);
    for (size_t from = 1; from < c->count; from += POSTS_ABREAST)
        np_compare_tables(doc, c, from, from + POSTS_ABREAST < c->count ? from + POSTS_ABREAST : c->count);
    legend_of_terminal(doc);
    lead_changes_of_terminal(doc, c);
    break_even(doc, shown);
    np_compare_variation(doc, NULL, shown);
    rates(doc, NULL, c);
    open_cells(doc, c);
    mention_all(doc, c);
    sources_of_terminal(doc);
}

np_output np_comparison_output(const np_shown_comparison *shown)
{
    return (np_output){shown, shown->comparison->lang, np_compare_json, np_compare_records, document, 0};
}
