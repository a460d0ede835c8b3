/* Ranges of values of an input. */
#include <string.h>

#include "natopay/career/month.h"
#include "natopay/compare/solve.h"
#include "natopay/pay/format_value.h"
#include "compare_internal.h"

enum { MONEY_MOST = 20000 }; /* units of currency that a search goes to when nothing bounds the input */

np_value np_scan_value(const np_scan *scan, int64_t at)
{
    np_value value = {.type = (uint8_t)scan->input->type, .status = NP_USER};
    if (scan->input->type == NP_DATE) {
        value.as.date = (np_date)at;
        return value;
    }
    if (scan->input->type == NP_MONEY) value.currency = scan->currency;
    value.percent = scan->percent;
    /* units are 1, or one over a power of ten: exact, and small */
    value.as.number = np_num_ratio(at * scan->unit.of.small, scan->unit.den);
    return value;
}

const np_input *np_scan_input(const np_scan *scan, const np_post_column *column)
{
    const np_input *input = np_book_input(column->book, scan->input->name);
    return input && input->type == scan->input->type ? input : NULL;
}

bool np_scan_set(const np_scan *scan, const np_post_column *column, np_situation *situation, int64_t at)
{
    const np_input *input = np_scan_input(scan, column);
    /* an input that another organisation asks for changes nothing here */
    if (!input) return !np_book_input(column->book, scan->input->name);
    np_value value = np_scan_value(scan, at);
    if (value.type == NP_MONEY) { /* each book counts its currencies for itself */
        int currency = np_book_currency(column->book, scan->book->currencies[scan->currency].name);
        if (currency < 0) return false;
        value.currency = (uint16_t)currency;
    }
    np_situation_set_value(situation, input->slot, value);
    return true;
}

/* ---- reading ---- */

typedef struct reading {
    np_scan *scan;
    const np_post_column *column; /* the first whose book has the input */
    const np_comparison *c;
    np_diags *diags;
    np_span at;
} reading;

static np_diag *refuse(reading *r, const char *why)
{
    const np_lang *lang = r->diags->lang;
    return np_report(r->diags, NP_CODE_BAD_SCAN, r->at, "%s: %s",
                     r->scan->input ? r->scan->input->name : np_say(lang, "the range"), np_say(lang, why));
}

static bool find_input(reading *r, const char *name, np_span at)
{
    const np_book *book = r->c->columns[0].book;
    r->column = &r->c->columns[0];
    for (size_t i = 0; i < r->c->count && !r->scan->input; i++) {
        r->scan->input = np_book_input(r->c->columns[i].book, name);
        if (r->scan->input) r->column = &r->c->columns[i];
    }
    if (r->scan->input) book = r->column->book;
    r->scan->book = book;
    if (!r->scan->input) {
        np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, at, "no input is called '%s'", name);
        const char *near = np_book_suggest(book, "input", name);
        np_diag_hint(r->diags, diag,
                     near ? NP_MARK("did you mean %s?") : NP_MARK("natopay show input lists the inputs"), near);
        return false;
    }
    np_type type = r->scan->input->type;
    r->scan->unit = np_num_int(1);
    if (type == NP_MONEY) r->scan->unit = book->currencies[r->column->payslip->currency].minor_unit;
    if (type == NP_NUMBER && !r->scan->input->whole) r->scan->unit = np_num_ratio(1, 10000);
    r->scan->currency = r->column->payslip->currency;
    if (type == NP_MONEY || type == NP_NUMBER || type == NP_DATE) return true;
    np_diag *diag = refuse(r, NP_MARK("only an amount, a number or a date can be searched"));
    np_diag_hint(r->diags, diag, "it is a %s", np_type_name(type));
    return false;
}

/* A value in units; false after reporting. */
static bool in_units(reading *r, const np_value *value, int64_t *units)
{
    if (value->type == NP_DATE) {
        *units = value->as.date;
        return true;
    }
    np_num ratio = np_num_div(r->c->arena, value->as.number, r->scan->unit);
    if (np_num_to_int(ratio, units) && *units < INT64_MAX / 20000 && *units > INT64_MIN / 20000) return true;
    refuse(r, r->scan->input->type == NP_MONEY ? NP_MARK("amounts are given to the cent")
                                               : NP_MARK("numbers are given to 0.0001"));
    return false;
}

/* One end, checked as --set checks it. */
static bool read_end(reading *r, const char *text, int64_t *units)
{
    np_situation *copy = np_situation_copy(r->column->situation, r->c->arena);
    if (!np_situation_set_text(copy, r->diags, r->scan->input->name, text, r->at, r->at)) return false;
    np_value value = copy->values[r->scan->input->slot];
    if (value.type == NP_MONEY && value.currency != NP_CURRENCY_LOCAL && value.currency != NP_CURRENCY_ANY) {
        r->scan->currency = value.currency;
        r->scan->unit = r->column->book->currencies[value.currency].minor_unit;
    }
    r->scan->percent = r->scan->percent || (value.type == NP_NUMBER && value.percent);
    return in_units(r, &value, units);
}

static bool read_step(reading *r, const char *text)
{
    size_t at;
    np_num number;
    /* "100 EUR" or "30 days": the unit is that of the range */
    size_t end = strcspn(text, " ");
    if (np_num_parse(r->c->arena, text, end, &number, &at) || np_num_sign(number) <= 0) {
        np_diag *diag = refuse(r, NP_MARK("the step is no positive number"));
        np_diag_hint(r->diags, diag, "of dates it is a number of days");
        return false;
    }
    np_num ratio = np_num_div(r->c->arena, number, r->scan->unit);
    if (np_num_to_int(ratio, &r->scan->step) && r->scan->step > 0 && r->scan->step < INT32_MAX) return true;
    refuse(r, NP_MARK("the step is finer than the input, or too large"));
    return false;
}

/* The bounds of the book where it has some. */
static bool own_range(reading *r, size_t months)
{
    const np_input *input = r->scan->input;
    int64_t most = 0;
    np_num_to_int(np_num_div(r->c->arena, np_num_int(MONEY_MOST), r->scan->unit), &most);
    r->scan->low = 0;
    r->scan->high = input->type == NP_MONEY ? most : input->whole ? 100 : 10000;
    if (input->type == NP_DATE) {
        np_date start = r->column->terms.start, last = np_date_span_end(start, (np_duration){(int32_t)months, 0});
        r->scan->low = start;
        r->scan->high = last == NP_DATE_NONE ? start : last;
    }
    r->scan->percent = input->type == NP_NUMBER && input->has_max && input->max.percent;
    if (input->has_min && !in_units(r, &input->min, &r->scan->low)) return false;
    if (input->has_max && !in_units(r, &input->max, &r->scan->high)) return false;
    return true;
}

/* "NAME", "NAME=FROM..TO", "NAME=FROM..TO/STEP" taken apart; the parts not there are NULL. */
typedef struct pieces {
    const char *name, *from, *to, *step;
} pieces;

/* An input of the book and a range of it, for a hint: of the first amount of a person, or the first whole number. */
static const char *example_of(const np_book *book, np_arena *arena)
{
    const np_input *best = NULL;
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        bool person = input->about == NP_ABOUT_PERSON;
        if (person && input->type == NP_MONEY) return np_arena_format(arena, "%s=0..3000/250", input->name);
        if (person && input->type == NP_NUMBER && input->whole && !best) best = input;
    }
    return np_arena_format(arena, "%s=0..3/1", best ? best->name : "INPUT");
}

static bool take_apart(reading *r, const char *text, bool stepped, pieces *p)
{
    np_arena *arena = r->c->arena;
    const char *equals = strchr(text, '='), *dots = equals ? strstr(equals, "..") : NULL;
    const char *slash = dots && stepped ? strrchr(dots, '/') : NULL;
    bool form = dots ? !stepped || slash : !equals && !stepped;
    if (!form) {
        np_diag *diag = np_report(r->diags, NP_CODE_BAD_SCAN, r->at, "'%s' is no range of an input", text);
        const char *example = example_of(r->c->columns[0].book, arena);
        int whole = (int)strcspn(example, "/");
        if (stepped)
            np_diag_hint(r->diags, diag, "write INPUT=FROM..TO/STEP, for example %s", example);
        else
            np_diag_hint(r->diags, diag, "write INPUT or INPUT=FROM..TO, for example %.*s", whole, example);
        return false;
    }
    *p = (pieces){.name = np_arena_copy(arena, text, equals ? (size_t)(equals - text) : strlen(text))};
    if (!dots) return true;
    const char *end = slash ? slash : dots + strlen(dots);
    p->from = np_arena_copy(arena, equals + 1, (size_t)(dots - equals - 1));
    p->to = np_arena_copy(arena, dots + 2, (size_t)(end - dots - 2));
    p->step = slash ? slash + 1 : NULL;
    return true;
}

/* What a check about the input itself says against one value of it, beside what else is given; NULL: nothing. */
static const np_diag *contradiction_at(const reading *r, const np_post_column *column, const np_input *input,
                                       int64_t at)
{
    np_diags *found = np_arena_alloc(r->c->arena, sizeof *found);
    np_diags_init(found, r->c->arena);
    found->lang = r->diags->lang;
    np_situation *situation = np_situation_copy(column->situation, r->c->arena);
    np_month month;
    if (!np_scan_set(r->scan, column, situation, at)) return NULL;
    if (!np_month_open(&month, situation, r->c->arena, found) || !np_month_compute(&month, found)) return NULL;
    np_diags_init(found, r->c->arena);
    found->lang = r->diags->lang;
    np_eval eval = {.book = column->book,
                    .situation = month.situation,
                    .arena = r->c->arena,
                    .diags = found,
                    .slots = month.payslip->slots};
    bool stops = false;
    for (size_t i = 0; i < column->book->check_count && !stops; i++) {
        const np_check *check = &column->book->checks[i];
        if (check->about == input->slot && check->stops && !np_check_apply(&eval, check, &stops)) return NULL;
    }
    return stops ? found->first : NULL;
}

/* Warn when an end of the range contradicts what else is given: children counted by their dates of birth are as many as
 * they are, whatever a range of `children` says, so that it moves nothing. */
static void warn_of_contradictions(reading *r)
{
    const int64_t ends[2] = {r->scan->low, r->scan->high};
    for (size_t i = 0; i < r->c->count; i++) {
        const np_post_column *column = &r->c->columns[i];
        const np_input *input = column->present ? NULL : np_scan_input(r->scan, column);
        for (int end = 0; input && end < 2; end++) {
            const np_diag *found = contradiction_at(r, column, input, ends[end]);
            if (!found) continue;
            np_value value = np_scan_value(r->scan, ends[end]);
            np_text text;
            np_text_init(&text, 4096);
            np_print_value(&text, r->scan->book, &value, r->diags->lang);
            np_diag *diag = np_report(r->diags, NP_CODE_ADVICE, r->at, "%s = %s: %s", input->name,
                                      np_text_move(&text, r->c->arena), found->message);
            np_diag_hint(r->diags, diag,
                         "a range that something else contradicts may count for nothing: leave that out, or give "
                         "what goes with the range");
            return;
        }
    }
}

bool np_scan_read(np_scan *scan, const np_comparison *comparison, np_diags *diags, const char *text, np_span at,
                  bool stepped, size_t months)
{
    reading r = {scan, NULL, comparison, diags, at};
    pieces p;
    *scan = (np_scan){.step = 1};
    if (!take_apart(&r, text, stepped, &p)) return false;
    if (!find_input(&r, p.name, np_span_of(at.file, at.offset, strlen(p.name)))) return false;
    if (!p.from) {
        if (!own_range(&r, months)) return false;
        warn_of_contradictions(&r);
        return true;
    }
    if (!read_end(&r, p.from, &scan->low) || !read_end(&r, p.to, &scan->high)) return false;
    if (p.step && !read_step(&r, p.step)) return false;
    if (scan->high < scan->low) {
        refuse(&r, NP_MARK("the range ends before it begins"));
        return false;
    }
    if (stepped && (scan->high - scan->low) / scan->step >= NP_VARY_POINTS) {
        np_diag *diag = refuse(&r, NP_MARK("the range has too many points"));
        np_diag_hint(diags, diag, "at most %d: take a larger step", NP_VARY_POINTS);
        return false;
    }
    warn_of_contradictions(&r);
    return true;
}
