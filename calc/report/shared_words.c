/* Words, values and sources that all reports share. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/format_value.h"
#include "report_internal.h"

/* ---- words ---- */

const char *np_day_words(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

const char *np_month_words(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d-%02d", day.year, day.month);
}

const char *np_money_words(np_arena *arena, const np_book *book, np_num amount, uint16_t currency)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_amount(&text, book, amount, currency);
    return np_text_move(&text, arena);
}

const char *np_amount_words(np_doc *doc, const np_book *book, np_num amount, uint16_t currency)
{
    const char *plain = np_money_words(doc->arena, book, amount, currency);
    return doc->page ? np_page_amount(doc->arena, doc->lang, plain) : plain;
}

const char *np_fraction_words(np_arena *arena, np_num amount)
{
    np_text text;
    np_text_init(&text, 8192);
    np_num_print_fraction(&text, amount);
    return np_text_move(&text, arena);
}

const char *np_value_words(np_arena *arena, const np_book *book, const np_value *value, const np_lang *lang)
{
    np_text text;
    np_text_init(&text, 65536);
    np_print_value(&text, book, value, lang);
    return np_text_move(&text, arena);
}

const char *np_currency_words(const np_book *book, uint16_t currency)
{
    return book->currencies[currency].name;
}

const char *np_status_word(np_status status, const np_lang *lang)
{
    static const char *const WORDS[NP_STATUS_COUNT] = {NP_MARK("published"), NP_MARK("chained"), NP_MARK("sister"),
                                                       NP_MARK("estimated"), NP_MARK("assumed"), NP_MARK("user")};
    return np_say(lang, WORDS[status]);
}

/* ---- values ---- */

const np_value *np_known_input(const np_book *book, const np_value *slots, const char *name)
{
    const np_input *input = np_book_input(book, name);
    const np_value *value = input ? &slots[input->slot] : NULL;
    return value && !value->unknown ? value : NULL;
}

np_doc_value np_status_value(np_status status, const np_lang *lang)
{
    return (np_doc_value){.type = NP_DOC_STATUS,
                          .level = (uint8_t)status,
                          .text = np_status_word(status, lang),
                          .name = np_status_name(status)};
}

np_doc_value np_amount_value(const np_book *book, np_num amount, uint16_t currency)
{
    return np_doc_money(amount, book->currencies[currency].decimals);
}

np_doc_value np_count_value(np_arena *arena, long long count)
{
    return (np_doc_value){
        .type = NP_DOC_NUMBER, .text = np_arena_format(arena, "%lld", count), .amount = np_num_int(count)};
}

np_doc_value np_number_value(np_arena *arena, np_num number, unsigned decimals)
{
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, number, decimals, NP_ROUND_HALF_UP);
    return (np_doc_value){
        .type = NP_DOC_NUMBER, .text = np_text_move(&text, arena), .amount = number, .decimals = (uint8_t)decimals};
}

/* ---- sources ---- */

size_t np_mention(np_doc *doc, const np_source *source)
{
    np_doc_source mentioned = {source->name, np_label_text(&source->label, doc->lang, source->title), source->publisher,
                               source->date, np_label_text(&source->locator, doc->lang, NULL)};
    return np_doc_mention(doc, mentioned);
}

/* In the order of their numbers. */
np_doc_value np_references(np_doc *doc, const np_source *const *sources, size_t count)
{
    size_t *list = np_arena_array(doc->arena, count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        size_t position = np_mention(doc, sources[i]), at = i;
        for (; at > 0 && list[at - 1] > position; at--) list[at] = list[at - 1];
        list[at] = position;
    }
    return (np_doc_value){
        .type = count ? NP_DOC_REFERENCES : NP_DOC_NOTHING, .references = list, .reference_count = count};
}

const char *np_source_names(np_arena *arena, const np_source *const *sources, size_t count, const char *between)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? between : "", sources[i]->name);
    return list;
}

void np_sources_section(np_doc *doc)
{
    if (doc->source_count == 0) return;
    np_doc_sources(doc, np_doc_section(doc, NULL, "sources", np_say(doc->lang, "Sources"), NULL));
}

/* ---- notes ---- */

void np_status_legend(np_doc *doc, np_doc_node *in)
{
    static const char *const MEANING[NP_STATUS_COUNT] = {
        NP_MARK("an official text or a notice prints it"),     NP_MARK("a published figure carried by an index"),
        NP_MARK("another Co-ordinated Organisation's figure"), NP_MARK("by a ratio, or between two grades"),
        NP_MARK("our assumption, with low and high"),          NP_MARK("your own figure"),
    };
    np_doc_list *list = np_doc_list_of(doc, in, "statuses");
    for (int s = 0; s < NP_STATUS_COUNT; s++) {
        np_doc_item *item = np_doc_item_add(doc, list, np_say(doc->lang, MEANING[s]));
        item->value = np_status_value((np_status)s, doc->lang);
        item->label = item->value.text;
    }
}

void np_to_note(np_doc *doc, np_doc_node *in, const np_diags *diags)
{
    if (!diags->first) return;
    np_doc_list *list =
        np_doc_list_of(doc, np_doc_section(doc, in, "warnings", np_say(doc->lang, "To note"), NULL), "warnings");
    for (const np_diag *diag = diags->first; diag; diag = diag->next) np_doc_item_add(doc, list, diag->message);
}

void np_book_footer(np_doc *doc, const np_book *book)
{
    if (!doc->page) return;
    doc->footer = np_arena_format(doc->arena, "natopay \xC2\xB7 %s sha256:%s", np_say(doc->lang, "rule book"),
                                  np_book_hash(book));
}

/* ---- JSON ---- */

void np_json_warnings(np_json *json, const np_diags *diags)
{
    np_json_member_array(json, "warnings");
    for (const np_diag *diag = diags->first; diag; diag = diag->next) np_json_string(json, diag->message);
    np_json_end_array(json);
}

void np_json_book(np_json *json, np_arena *arena, const np_book *book)
{
    np_json_member(json, "book", np_arena_format(arena, "sha256:%s", np_book_hash(book)));
}

/* ---- whose money ---- */

int np_money_year(const np_book *book, const np_value *slots, np_date until)
{
    const np_value *country = np_scale_country(book, &slots[book->country_slot]);
    const np_value *rise = np_known_input(book, slots, "annual_adjustment");
    if (country->unknown || until == NP_DATE_NONE) return 0;
    if (rise && rise->type == NP_NUMBER && np_num_sign(rise->as.number) != 0) return 0;
    const np_scale *scale = np_scale_on(book, country->as.country, until);
    int year = scale ? np_date_split(scale->from).year : 0;
    return year && np_date_split(until).year > year ? year : 0;
}

const char *np_money_year_words(np_arena *arena, const np_book *book, const np_value *slots, np_date until,
                                const np_lang *lang)
{
    int year = np_money_year(book, slots, until);
    return year
               ? np_arena_format(arena,
                                 np_say(lang, "In money of %d: no later adjustment of the scales is counted, and steps "
                                              "are assumed."),
                                 year)
               : NULL;
}
