/* The quoted salary against the scale: the same, off by how much, or which grades it fits. */
#include <string.h>

#include "natopay/book/scale.h"
#include "notice_internal.h"

const char *np_salary_verdict_name(np_salary_verdict verdict)
{
    static const char *const NAMES[] = {"not_quoted", "not_compared", "equal", "differs", "new", "within", "narrows"};
    return (unsigned)verdict < sizeof NAMES / sizeof NAMES[0] ? NAMES[verdict] : NULL;
}

typedef struct comparison {
    np_reading *reading;
    np_notice_check *check;
    uint16_t country;
    uint16_t quoted_currency, currency; /* the notice's, the scale's */
    np_num low, high;                   /* quoted, as written */
    np_num wide_low, wide_high;         /* per month in the scale's currency, over the rates' low and high */
    bool yearly, converted;
    const np_rate *rates[2];
} comparison;

static const char *money(const comparison *c, np_num amount, uint16_t currency)
{
    const np_currency *info = &c->reading->book->currencies[currency];
    np_text out;
    np_text_init(&out, 200);
    np_num_print(&out, amount, info->decimals, NP_ROUND_HALF_UP);
    np_text_printf(&out, " %s", info->name);
    return np_text_move(&out, c->reading->arena);
}

static const char *date_text(const comparison *c, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(c->reading->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static uint8_t weaker(unsigned a, unsigned b)
{
    return (uint8_t)(a > b ? a : b);
}

/* ---- what was quoted, per month in the scale's currency ---- */

/* The newest rate on the date, or the oldest there is; NULL: none. */
static const np_rate *rate_on(const np_book *book, uint16_t currency, np_date date)
{
    const np_exchange *exchange = np_book_exchange(book, currency);
    if (!exchange || !exchange->rate_count) return NULL;
    const np_rate *rate = &exchange->rates[0];
    for (size_t i = 1; i < exchange->rate_count; i++)
        if (exchange->rates[i].from <= date) rate = &exchange->rates[i];
    return rate;
}

static const char *status_word(const comparison *c, np_status status)
{
    return np_say(c->reading->diags->lang, np_status_name(status));
}

/* One currency into another over the euro; which: -1 the least it may be worth, 0 the central rate, 1 the most. */
static np_num convert(const comparison *c, np_num amount, int which)
{
    np_arena *arena = c->reading->arena;
    for (int side = 0; side < 2; side++) {
        const np_rate *rate = c->rates[side];
        if (!rate) continue;
        bool high = (side == 0) == (which < 0); /* more units to the euro: worth less */
        np_num value = which == 0 || !rate->ranged ? rate->figure.value : high ? rate->high.value : rate->low.value;
        amount = side == 0 ? np_num_div(arena, amount, value) : np_num_mul(arena, amount, value);
    }
    return amount;
}

static bool find_rates(comparison *c)
{
    const np_book *book = c->reading->book;
    int euro = np_book_currency(book, "EUR");
    uint16_t sides[2] = {c->quoted_currency, c->currency};
    c->converted = c->quoted_currency != c->currency;
    for (int side = 0; side < 2 && c->converted; side++) {
        if (sides[side] == euro) continue;
        c->rates[side] = rate_on(book, sides[side], c->check->date);
        if (!c->rates[side]) {
            c->check->text = np_arena_format(
                c->reading->arena,
                np_say(c->reading->diags->lang, "there is no exchange rate for %s to compare the salary"),
                book->currencies[sides[side]].name);
            return false;
        }
        c->check->status = weaker(c->check->status, c->rates[side]->figure.status);
    }
    return true;
}

static bool set_amounts(comparison *c)
{
    np_arena *arena = c->reading->arena;
    if (!find_rates(c)) return false;
    np_num part = c->yearly ? np_num_ratio(1, 12) : np_num_int(1);
    np_num low = np_num_mul(arena, c->low, part), high = np_num_mul(arena, c->high, part);
    c->check->low = convert(c, low, 0);
    c->check->high = convert(c, high, 0);
    c->wide_low = convert(c, low, -1);
    c->wide_high = convert(c, high, 1);
    c->check->currency = c->currency;
    return np_num_valid(c->wide_high) && np_num_valid(c->wide_low);
}

static bool between(np_num value, np_num low, np_num high)
{
    return np_num_compare(value, low) >= 0 && np_num_compare(value, high) <= 0;
}

/* ---- verdicts ---- */

static np_resolved figure_of(const comparison *c, size_t grade, np_date date, const np_scale **scale)
{
    return np_scale_first_step(c->reading->book, c->reading->arena, c->country, (uint16_t)grade, date, scale);
}

static const char *list_grades(const comparison *c, bool certain)
{
    const np_book *book = c->reading->book;
    const char *list = NULL;
    for (size_t i = 0; i < c->check->grade_count; i++) {
        const np_notice_grade *g = &c->check->grades[i];
        if (g->certain != certain) continue;
        const char *one = np_arena_format(c->reading->arena, "%s (%s, %s)", book->grades[g->grade].name,
                                          money(c, g->figure, c->currency), status_word(c, (np_status)g->status));
        list = list ? np_arena_format(c->reading->arena, "%s, %s", list, one) : one;
    }
    return list;
}

/* Grades between the first and the last that fit, of which the scale has no figure. */
static const char *list_unknown(const comparison *c)
{
    const np_book *book = c->reading->book;
    const char *list = NULL;
    const np_scale *scale;
    size_t from = book->grade_count, to = 0;
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        np_resolved r = figure_of(c, grade, c->check->date, &scale);
        if (r.how == NP_NOT_DERIVED) continue;
        if (np_num_compare(r.value, c->wide_low) < 0) from = grade + 1;
        if (np_num_compare(r.value, c->wide_high) <= 0) to = grade;
    }
    for (size_t grade = from; grade <= to && grade < book->grade_count; grade++) {
        if (figure_of(c, grade, c->check->date, &scale).how != NP_NOT_DERIVED) continue;
        list = list ? np_arena_format(c->reading->arena, "%s, %s", list, book->grades[grade].name)
                    : book->grades[grade].name;
    }
    return list;
}

static void gather_grades(comparison *c)
{
    const np_book *book = c->reading->book;
    c->check->grades = np_arena_array(c->reading->arena, book->grade_count + 1, sizeof *c->check->grades);
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        const np_scale *scale;
        np_resolved r = figure_of(c, grade, c->check->date, &scale);
        if (r.how == NP_NOT_DERIVED || !between(r.value, c->wide_low, c->wide_high)) continue;
        c->check->grades[c->check->grade_count++] =
            (np_notice_grade){(uint16_t)grade, r.value, weaker(r.status, c->check->status),
                              between(r.value, c->check->low, c->check->high)};
    }
    for (size_t i = 0; i < c->check->grade_count; i++)
        c->check->status = weaker(c->check->status, c->check->grades[i].status);
}

static const char *how_converted(const comparison *c)
{
    np_arena *arena = c->reading->arena;
    const np_lang *lang = c->reading->diags->lang;
    if (!c->converted) return c->yearly ? np_say(lang, " (a twelfth of the year's)") : "";
    const np_rate *rate = c->rates[0] ? c->rates[0] : c->rates[1];
    const char *twelfth = c->yearly ? np_say(lang, " (a twelfth of the year's)") : "";
    return np_arena_format(arena, np_say(lang, "%s at the %s exchange rate of %s"), twelfth,
                           status_word(c, rate->figure.status), date_text(c, rate->from));
}

static void narrow(comparison *c)
{
    np_arena *arena = c->reading->arena;
    const np_lang *lang = c->reading->diags->lang;
    c->check->verdict = NP_SALARY_NARROWS;
    gather_grades(c);
    const char *sure = list_grades(c, true), *maybe = list_grades(c, false), *unknown = list_unknown(c);
    const char *quoted = money(c, c->check->low, c->currency);
    if (np_num_compare(c->check->low, c->check->high) != 0)
        quoted = np_arena_format(arena, np_say(lang, "%s to %s"), quoted, money(c, c->check->high, c->currency));
    const char *other =
        maybe ? np_arena_format(arena, np_say(lang, ", and within the range of the exchange rate with %s"), maybe) : "";
    const char *without =
        unknown ? np_arena_format(arena, np_say(lang, "; the scale has no figure for %s"), unknown) : "";
    c->check->text =
        np_arena_format(arena, np_say(lang, "the text names no grade; %s a month%s is consistent with %s%s%s"), quoted,
                        how_converted(c), sure ? sure : np_say(lang, "no grade of the scale"), other, without);
}

/* Another year or another grade whose printed figure is the quoted one, in words, or "". */
static const char *where_else(const comparison *c, size_t grade)
{
    const np_book *book = c->reading->book;
    const np_country *country = &book->countries[c->country];
    for (size_t i = country->scale_count; i-- > 0;)
        for (size_t g = 0; g < book->grade_count; g++) {
            const np_resolved *r = &country->scales[i]->step1[g];
            if (r->how == NP_NOT_DERIVED || np_num_compare(r->value, c->check->low) != 0) continue;
            if (g == grade)
                return np_arena_format(c->reading->arena,
                                       np_say(c->reading->diags->lang, "; it is the figure of the scale of %s"),
                                       date_text(c, country->scales[i]->from));
            return np_arena_format(c->reading->arena,
                                   np_say(c->reading->diags->lang, "; it is the figure of %s in the scale of %s"),
                                   book->grades[g].name, date_text(c, country->scales[i]->from));
        }
    return "";
}

/* A notice may quote the scale of the year in which it was written, not that of its closing date: the section whose
 * figure for the grade is the quoted one. */
static const np_scale *other_section(const comparison *c, size_t grade)
{
    const np_country *country = &c->reading->book->countries[c->country];
    for (size_t i = country->scale_count; i-- > 0;) {
        const np_resolved *r = &country->scales[i]->step1[grade];
        if (r->how != NP_NOT_DERIVED && np_num_compare(r->value, c->check->low) == 0) return country->scales[i];
    }
    return NULL;
}

static void judge_other_year(comparison *c, size_t grade, const np_scale *scale)
{
    np_notice_check *check = c->check;
    const np_resolved *r = &scale->step1[grade];
    check->verdict = NP_SALARY_EQUAL;
    check->status = r->status;
    check->text = np_arena_format(
        c->reading->arena,
        np_say(c->reading->diags->lang, "%s a month equals the scale's %s in %s from %s (%s); on %s the book has %s"),
        money(c, check->low, c->currency), c->reading->book->grades[grade].name,
        c->reading->book->countries[c->country].name, date_text(c, scale->from), status_word(c, (np_status)r->status),
        date_text(c, check->date), money(c, check->figure, c->currency));
    np_notice_warn(c->reading, NP_NOTICE_SALARY_AMOUNT, c->reading->notice->fields[NP_NOTICE_SALARY_AMOUNT].best.at,
                   "the quoted salary is that of the scale from %s", date_text(c, scale->from));
}

static void judge_exact(comparison *c, size_t grade, np_resolved r)
{
    np_arena *arena = c->reading->arena;
    np_notice_check *check = c->check;
    const char *quoted = money(c, check->low, c->currency), *name = c->reading->book->grades[grade].name;
    const char *country = c->reading->book->countries[c->country].name;
    const char *from = check->scale ? date_text(c, check->scale->from) : "?";
    int sign = r.how == NP_NOT_DERIVED ? 0 : np_num_sign(check->off);
    if (r.how == NP_NOT_DERIVED) {
        check->verdict = NP_SALARY_NEW;
        check->status = NP_PUBLISHED;
        check->text =
            np_arena_format(arena,
                            np_say(c->reading->diags->lang,
                                   "the scale of %s has no figure for %s; the notice's %s is used as published"),
                            country, name, quoted);
        return;
    }
    bool dated = np_notice_value(c->reading->notice, NP_NOTICE_SALARY_YEAR) != NULL;
    const np_scale *other = sign && !dated ? other_section(c, grade) : NULL;
    if (other) {
        judge_other_year(c, grade, other);
        return;
    }
    const char *off = sign ? money(c, check->off, c->currency) : "";
    const char *scale = money(c, r.value, c->currency), *status = status_word(c, (np_status)r.status);
    if (sign == 0) {
        check->verdict = NP_SALARY_EQUAL;
        check->text = np_arena_format(
            arena, np_say(c->reading->diags->lang, "%s a month equals the scale's %s in %s from %s (%s)"), quoted, name,
            country, from, status);
    } else if (r.how == NP_PRINTED && check->scale &&
               np_date_split(check->scale->from).year == np_date_split(check->date).year) {
        check->verdict = NP_SALARY_DIFFERS;
        check->text = np_arena_format(
            arena,
            np_say(c->reading->diags->lang, "%s a month differs by %s%s from %s, the scale's %s in %s from %s%s"),
            quoted, sign > 0 ? "+" : "", off, scale, name, country, from, where_else(c, grade));
    } else {
        check->verdict = NP_SALARY_NEW;
        check->status = NP_PUBLISHED;
        check->text = np_arena_format(arena,
                                      np_say(c->reading->diags->lang,
                                             "the scale of %s does not print %s for that year; the notice's %s is used "
                                             "as published (%s%s from %s, the %s figure of the book)"),
                                      country, name, quoted, sign > 0 ? "+" : "", off, scale, status);
    }
}

static void judge_range(comparison *c, size_t grade, np_resolved r)
{
    np_notice_check *check = c->check;
    np_arena *arena = c->reading->arena;
    if (r.how == NP_NOT_DERIVED) {
        check->text =
            np_say(c->reading->diags->lang, "the scale has no figure for the grade to compare the quoted range with");
        return;
    }
    bool within = between(r.value, c->wide_low, c->wide_high);
    bool same_year = check->scale && np_date_split(check->scale->from).year == np_date_split(check->date).year;
    check->verdict = within ? NP_SALARY_WITHIN : same_year ? NP_SALARY_DIFFERS : NP_SALARY_NOT_COMPARED;
    check->status = weaker(check->status, r.status);
    const char *words =
        within ? NP_MARK("the scale's %s from %s, %s a month (%s), lies within what is quoted: %s to %s%s")
               : NP_MARK("the scale's %s from %s, %s a month (%s), lies outside what is quoted: %s to %s%s");
    check->text = np_arena_format(arena, np_say(c->reading->diags->lang, words), c->reading->book->grades[grade].name,
                                  check->scale ? date_text(c, check->scale->from) : "?", money(c, r.value, c->currency),
                                  status_word(c, (np_status)r.status), money(c, check->low, c->currency),
                                  money(c, check->high, c->currency), how_converted(c));
}

/* How far an amount is from the scale's figure, either way. */
static np_num distance(np_arena *arena, np_num amount, np_num figure)
{
    np_num off = np_num_sub(arena, amount, figure);
    return np_num_sign(off) < 0 ? np_num_neg(arena, off) : off;
}

/* A notice of a part-time post may quote its pay or that of full time: that which is nearer to the scale's figure. */
static void take_full_time(comparison *c, np_num figure)
{
    np_reading *reading = c->reading;
    np_num share = np_notice_part_time(reading->arena, reading->notice);
    np_num full = np_num_div(reading->arena, c->check->low, share);
    if (np_num_compare(share, np_num_int(1)) >= 0 ||
        np_num_compare(distance(reading->arena, full, figure), distance(reading->arena, c->check->low, figure)) >= 0)
        return;
    np_num unit = reading->book->currencies[c->currency].minor_unit;
    np_num part = np_num_round(reading->arena, np_num_mul(reading->arena, figure, share), unit, NP_ROUND_HALF_UP);
    bool scale = np_num_compare(part, c->check->low) == 0 && np_num_compare(part, c->check->high) == 0;
    c->check->share = share;
    c->low = np_num_div(reading->arena, c->low, share);
    c->high = np_num_div(reading->arena, c->high, share);
    set_amounts(c);
    if (scale) c->check->low = c->check->high = figure; /* the same to the cent */
    np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, reading->notice->fields[NP_NOTICE_SALARY_AMOUNT].best.at,
                   "the salary is taken as that of the part-time post: for full time it is %s",
                   money(c, c->check->low, c->currency));
}

static void judge(comparison *c, int grade)
{
    np_notice_check *check = c->check;
    const np_scale *scale = NULL;
    np_resolved any = figure_of(c, grade < 0 ? 0 : (size_t)grade, check->date, &scale);
    check->scale = scale;
    if (!set_amounts(c)) return;
    bool exact = !c->converted && np_num_compare(check->low, check->high) == 0;
    if (grade < 0) {
        narrow(c);
        return;
    }
    if (any.how != NP_NOT_DERIVED) take_full_time(c, any.value);
    if (any.how != NP_NOT_DERIVED) {
        check->figure = any.value;
        check->off = np_num_sub(c->reading->arena, check->low, any.value);
    }
    check->status = weaker(check->status, any.how == NP_NOT_DERIVED ? NP_PUBLISHED : any.status);
    if (exact)
        judge_exact(c, (size_t)grade, any);
    else
        judge_range(c, (size_t)grade, any);
}

/* ---- what the text gives ---- */

static np_date date_of_scale(const np_notice *notice)
{
    const char *year = np_notice_value(notice, NP_NOTICE_SALARY_YEAR);
    np_date start = np_notice_date_of(notice, NP_NOTICE_START), closing = np_notice_date_of(notice, NP_NOTICE_CLOSING);
    if (year && strlen(year) == 4) {
        int number = (year[0] - '0') * 1000 + (year[1] - '0') * 100 + (year[2] - '0') * 10 + (year[3] - '0');
        if (start != NP_DATE_NONE && np_date_split(start).year == number) return start;
        return np_date_of(number, 1, 1);
    }
    if (closing != NP_DATE_NONE) return closing; /* a notice quotes the scale of the day it is published */
    return start;
}

static bool parse(np_reading *reading, np_notice_field field, np_num *value)
{
    const char *text = np_notice_value(reading->notice, field);
    size_t at;
    return text && !np_num_parse(reading->arena, text, strlen(text), value, &at);
}

static bool prepare(comparison *c)
{
    np_reading *reading = c->reading;
    const np_lang *lang = reading->diags->lang;
    np_notice *notice = reading->notice;
    int country = np_notice_country_of(notice);
    const char *currency = np_notice_value(notice, NP_NOTICE_SALARY_CURRENCY);
    const char *period = np_notice_value(notice, NP_NOTICE_SALARY_PERIOD);
    int quoted = currency ? np_book_currency(reading->book, currency) : -1;
    if (!parse(reading, NP_NOTICE_SALARY_AMOUNT, &c->low)) return false;
    if (!parse(reading, NP_NOTICE_SALARY_AMOUNT_HIGH, &c->high)) c->high = c->low;
    c->check->verdict = NP_SALARY_NOT_COMPARED;
    c->check->status = NP_PUBLISHED;
    if (country < 0 || quoted < 0) {
        c->check->text =
            country < 0 ? np_say(lang, "a salary is quoted, but no duty country is named to compare it with a scale")
                        : np_say(lang, "a salary is quoted without a currency that the book knows");
        return false;
    }
    c->country = (uint16_t)country;
    c->currency = reading->book->countries[country].currency;
    c->quoted_currency = (uint16_t)quoted;
    c->check->date = date_of_scale(notice);
    if (!reading->book->countries[country].scale_count) {
        c->check->text = np_arena_format(reading->arena, np_say(lang, "the book has no scale of %s yet"),
                                         reading->book->countries[country].name);
    }
    if (c->check->date == NP_DATE_NONE) {
        const np_country *owner = &reading->book->countries[country];
        c->check->date = owner->scale_count ? owner->scales[owner->scale_count - 1]->from : np_date_of(2026, 1, 1);
    }
    if (period && strcmp(period, "month") != 0 && strcmp(period, "year") != 0) {
        c->check->text = np_say(lang, "a salary is quoted, but neither by the month nor by the year");
        return false;
    }
    if (!period)
        np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, reading->notice->fields[NP_NOTICE_SALARY_AMOUNT].best.at,
                       "the text does not say for which period the salary is; taken as a month's");
    c->yearly = period && strcmp(period, "year") == 0;
    return true;
}

void np_notice_compare(np_reading *reading)
{
    np_notice *notice = reading->notice;
    comparison c = {.reading = reading, .check = &notice->check};
    c.check->share = np_num_int(1);
    c.check->low = c.check->high = c.check->figure = c.check->off = np_num_int(0);
    c.check->date = NP_DATE_NONE;
    if (!notice->fields[NP_NOTICE_SALARY_AMOUNT].found) return;
    if (np_is_another_employers(reading)) {
        c.check->verdict = NP_SALARY_NOT_COMPARED;
        c.check->status = NP_PUBLISHED;
        c.check->text =
            np_say(reading->diags->lang, "another employer's salary is compared with no scale of the rule book");
        return;
    }
    if (!prepare(&c)) return;
    judge(&c, np_notice_grade_of(notice, NP_NOTICE_GRADE));
    if (c.check->verdict == NP_SALARY_DIFFERS)
        np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, reading->notice->fields[NP_NOTICE_SALARY_AMOUNT].best.at, "%s",
                       c.check->text);
}
