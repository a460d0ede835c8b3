/* natopay show: parts of the rule book, looked up. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/book/spelling.h"
#include "natopay/ask/run.h"
#include "natopay/report/book_tables.h"

typedef void table_of(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);

static const struct {
    const char *kind;
    table_of *fill;
} KINDS[] = {
    {"grade", np_table_of_grades},     {"source", np_table_of_sources},      {"country", np_table_of_countries},
    {"station", np_table_of_stations}, {"currency", np_table_of_currencies}, {"parameter", np_table_of_parameters},
    {"rule", np_table_of_rules},       {"function", np_table_of_functions},  {"input", np_table_of_inputs},
    {"section", np_table_of_sections},
};

const char NP_SHOW_KINDS[] =
    "scale, grade, parameter, source, country, currency, station, rule, function, input, section";

enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

/* "scales", "currencies" and "countries" are understood as well. */
static bool is_kind(const char *kind, const char *word)
{
    size_t length = strlen(kind);
    if (strcmp(kind, word) == 0) return true;
    if (kind[length - 1] == 'y')
        return strlen(word) == length + 2 && memcmp(kind, word, length - 1) == 0 &&
               strcmp(word + length - 1, "ies") == 0;
    return strlen(word) == length + 1 && memcmp(kind, word, length) == 0 && word[length] == 's';
}

/* The first of the things that a book has by name and label which is so spelled. */
#define NAME_AMONG(items, count)         \
    for (size_t i = 0; i < (count); i++) \
        if (np_spelled_as((items)[i].name, &(items)[i].label, text)) return (items)[i].name

/* What the book calls what people write in their own words; the text itself where that is nothing it knows. */
static const char *name_in_book(const np_book *book, const char *kind, const char *text)
{
    int found = -1;
    if (strcmp(kind, "grade") == 0 && (found = np_spelled_grade(book, text, NULL)) >= 0)
        return book->grades[found].name;
    if (strcmp(kind, "country") == 0 && (found = np_spelled_country(book, text)) >= 0)
        return book->countries[found].name;
    if (strcmp(kind, "station") == 0 && (found = np_spelled_station(book, text)) >= 0)
        return book->stations[found].name;
    if (strcmp(kind, "rule") == 0 && !np_book_rule(book, text)) {
        const np_rule *rule = np_spelled_rule(book, text);
        return rule ? rule->name : text;
    }
    if (strcmp(kind, "input") == 0 && !np_book_input(book, text)) NAME_AMONG(book->inputs, book->input_count);
    if (strcmp(kind, "currency") == 0) NAME_AMONG(book->currencies, book->currency_count);
    return text;
}

static void no_such_name(np_run *run, const char *kind, np_arg arg)
{
    np_code code = strcmp(kind, "grade") == 0       ? NP_CODE_UNKNOWN_GRADE
                   : strcmp(kind, "country") == 0   ? NP_CODE_UNKNOWN_COUNTRY
                   : strcmp(kind, "currency") == 0  ? NP_CODE_UNKNOWN_CURRENCY
                   : strcmp(kind, "source") == 0    ? NP_CODE_UNKNOWN_SOURCE
                   : strcmp(kind, "parameter") == 0 ? NP_CODE_UNKNOWN_PARAMETER
                   : strcmp(kind, "input") == 0     ? NP_CODE_UNKNOWN_INPUT
                                                    : NP_CODE_UNKNOWN_NAME;
    np_diag *diag = np_report(&run->diags, code, arg.at, "no %s is called '%s'", kind, arg.text);
    const char *near = np_book_suggest(run->book, kind, arg.text);
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(&run->diags, diag, "natopay show %s lists them", kind);
}

static void show_table(np_run *run, np_doc_table *table, bool each_alone)
{
    np_lookup lookup = {table,     run->args.files[0].text, each_alone,
                        run->book, run->args.lang,          strcmp(table->columns[0].key, "input") == 0};
    np_run_show(run, np_lookup_output(&lookup));
}

static void show_kind(np_run *run, size_t kind)
{
    np_doc_table *table = np_doc_table_alone(run->arena);
    size_t names = run->args.file_count - 1;
    np_arg date = run->args.value[NP_OPT_DATE];
    if (date.text) {
        np_diag *diag = np_run_usage(run, date, "natopay show %s takes no --date", KINDS[kind].kind);
        np_diag_hint(&run->diags, diag, "figures of a date: natopay show scale COUNTRY --date %s", date.text);
    }
    if (names == 0) KINDS[kind].fill(table, run->book, run->args.lang, NULL);
    for (size_t i = 0; i < names; i++) {
        size_t before = table->row_count;
        const char *name = name_in_book(run->book, KINDS[kind].kind, run->args.files[i + 1].text);
        KINDS[kind].fill(table, run->book, run->args.lang, name);
        if (table->row_count == before) no_such_name(run, KINDS[kind].kind, run->args.files[i + 1]);
    }
    if (run->diags.errors) return;
    bool short_rows = KINDS[kind].fill == np_table_of_sections;
    show_table(run, table, names > 0 && !short_rows);
}

static np_date asked_date(np_run *run, np_arg arg)
{
    np_date date = NP_DATE_NONE;
    if (!arg.text) return date;
    if (!np_date_parse(arg.text, strlen(arg.text), &date)) return date;
    np_report(&run->diags, NP_CODE_BAD_DATE, arg.at, "'%s' is not a date: %s", arg.text,
              np_date_why(run->arena, run->args.lang, arg.text, strlen(arg.text)));
    return NP_DATE_NONE;
}

/* A second country, or a date twice. */
static bool is_one_scale(np_run *run)
{
    np_arg day = run->args.value[NP_OPT_DATE];
    size_t most = day.text ? 2 : 3;
    bool country = run->args.file_count > 2 && np_spelled_country(run->book, run->args.files[2].text) >= 0;
    if (run->args.file_count <= most && !country) return true;
    np_diag *diag =
        np_run_usage(run, run->args.files[country ? 2 : most], "natopay show scale takes one country and one date");
    np_diag_hint(&run->diags, diag, "for example natopay show scale BE 2026-01-01");
    return false;
}

/* show scale, show scale BE, show scale BE 2025-01-01 */
static void show_scale(np_run *run)
{
    np_doc_table *table = np_doc_table_alone(run->arena);
    if (run->args.file_count == 1) {
        np_table_of_scales(table, run->book, run->args.lang);
        show_table(run, table, false);
        return;
    }
    if (!is_one_scale(run)) return;
    np_arg name = run->args.files[1];
    int country = np_scale_named(run->book, name.text);
    if (country < 0) country = np_spelled_country(run->book, name.text);
    np_arg when = run->args.file_count > 2 ? run->args.files[2] : run->args.value[NP_OPT_DATE];
    np_date date = asked_date(run, when);
    if (country < 0) no_such_name(run, "country", name);
    if (country >= 0 && run->book->countries[country].scale_count == 0) {
        np_diag *diag = np_report(&run->diags, NP_CODE_MISSING_SCALE, name.at, "there is no scale for %s", name.text);
        np_diag_hint(&run->diags, diag, "add a section [scale %s YYYY-MM-DD] to an overlay (--with)", name.text);
    }
    if (run->diags.errors) return;
    np_table_of_scale(table, run->book, run->args.lang, (uint16_t)country, date);
    show_table(run, table, false);
}

void np_cmd_show(np_run *run)
{
    if (run->args.file_count == 0) {
        np_diag *diag = np_report(&run->diags, NP_CODE_USAGE, run->args.command.at, "natopay show needs to know what");
        np_diag_hint(&run->diags, diag, "natopay show %s", NP_SHOW_KINDS);
        return;
    }
    const char *word = run->args.files[0].text;
    size_t kind = 0;
    while (kind < KIND_COUNT && !is_kind(KINDS[kind].kind, word)) kind++;
    if (kind == KIND_COUNT && !is_kind("scale", word)) {
        np_diag *diag = np_run_usage(run, run->args.files[0], "natopay cannot show '%s'", word);
        np_diag_hint(&run->diags, diag, "choose one of %s", NP_SHOW_KINDS);
        return;
    }
    if (!np_run_load(run, NULL, 0)) return;
    if (kind < KIND_COUNT)
        show_kind(run, kind);
    else
        show_scale(run);
}
