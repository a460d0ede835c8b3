/* Reading amounts: "Euro 5335.54", "5,234.63 EUR", "5 335,54 euros", "$75,000 - $85,000 / YEAR". */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

enum {
    STEP_MAX = 16,   /* bytes of "(step 1)" */
    PERIOD_NEAR = 12 /* bytes of " per month" */
};

static size_t digits_from(const char *text, size_t at, size_t end)
{
    size_t count = 0;
    while (at + count < end && np_is_digit(text[at + count])) count++;
    return count;
}

typedef struct digits {
    char plain[32]; /* digits, perhaps with a point */
    size_t used;
    bool point;
    char group;    /* the mark between thousands; 0: none yet */
    size_t parted; /* where the mark is behind which a blank stands before cents; 0: there is none */
} digits;

static void add_digits(digits *a, const char *bytes, size_t count)
{
    if (a->used + count >= sizeof a->plain) return;
    memcpy(a->plain + a->used, bytes, count);
    a->used += count;
}

static void add_cents(digits *a, const char *bytes, size_t count)
{
    add_digits(a, ".", 1);
    add_digits(a, bytes, count);
    a->point = true;
}

/* A blank or a line's end may have slipped in behind the mark of thousands ("4, 215.90") or of cents ("5,043. 00"): add
 * the digits behind it. How many bytes of text were read; 0: it is not so. */
static size_t behind_blank(digits *a, const char *text, size_t at, size_t end)
{
    if (text[at] == ' ' || (text[at + 1] != ' ' && text[at + 1] != '\n')) return 0;
    size_t count = digits_from(text, at + 2, end), next = at + 2 + count;
    char mark = next < end ? text[next] : ' ';
    bool first = a->used <= 2 && !a->group;
    if (count == 3 && first && text[at] == ',' && mark == '.' && digits_from(text, next + 1, end) == 2) {
        a->group = ',';
        add_digits(a, text + at + 2, count);
        return next - at;
    }
    if (count != 2 || a->used < 4 || a->group == text[at]) return 0;
    add_cents(a, text + at + 2, count);
    a->parted = at;
    return next - at;
}

/* A mark and the digits behind it: three are a group, one or two are decimals. How many bytes they take; 0: the number
 * has ended. */
static size_t mark_and_digits(digits *a, const char *text, size_t at, size_t end)
{
    if (at + 1 >= end || !strchr(",.' ", text[at]) || a->point) return 0;
    size_t group = digits_from(text, at + 1, end), taken = behind_blank(a, text, at, end);
    if (taken) return taken;
    /* behind "1,450" a point and three digits are a dinar's decimals */
    if (group == 3 && a->used <= 12 && (!a->group || a->group == text[at])) {
        a->group = text[at];
        add_digits(a, text + at + 1, 3);
        return 4;
    }
    if (group == 3 && text[at] == '.') {
        add_cents(a, text + at + 1, group);
        return 4;
    }
    if (group == 0 || group > 2 || text[at] == ' ' || text[at] == '\'') return 0;
    add_cents(a, text + at + 1, group);
    return group + 1;
}

/* ---- marks set apart ---- */

static bool is_mark(char c)
{
    return c == '.' || c == ',' || c == '\'';
}

static bool is_numeral(char c)
{
    return np_is_digit(c) || is_mark(c);
}

/* A mark with a blank before and behind it. */
static bool stands_alone(const char *text, size_t from, size_t at, size_t end)
{
    return is_mark(text[at]) && at > from && text[at - 1] == ' ' && at + 1 < end && text[at + 1] == ' ';
}

/* The blank at text[at] stands within a number: not between two marks. */
static bool is_within(const char *text, size_t at, size_t end)
{
    if (text[at] != ' ' || at + 1 >= end || !is_numeral(text[at + 1])) return false;
    return np_is_digit(text[at - 1]) || np_is_digit(text[at + 1]);
}

/* Digits between blanks go together one by one, or as thousands: "step 1 4738" are two numbers. */
static bool go_together(const char *text, size_t from, size_t to)
{
    size_t first = 0, singles = 0, threes = 0, groups = 0;
    for (size_t at = from, count; at < to; at += count ? count : 1) {
        count = digits_from(text, at, to);
        if (!count) continue;
        if (groups++ == 0) first = count;
        singles += count == 1;
        threes += count == 3;
    }
    return singles == groups || groups == 1 || (first <= 3 && threes + (first != 3) == groups);
}

/* "6 . 3 1 5 , 4 0", "7 , 041 . 35": a copy may set the marks of a number apart. Its characters without the blanks, and
 * how many bytes of text they are; 0: they are not so. */
static size_t set_apart(const char *text, size_t at, size_t end, char *plain, size_t size)
{
    size_t used = 0, i = at, cents = 0;
    while (i < end && used + 1 < size && is_numeral(text[i])) {
        if (stands_alone(text, at, i, end)) cents = i;
        plain[used++] = text[i++];
        if (i < end && is_within(text, i, end)) i++;
    }
    plain[used] = '\0';
    return cents && used > 3 && is_mark(plain[used - 3]) && go_together(text, at, cents) ? i - at : 0;
}

/* ---- amounts ---- */

/* What was read as an amount. */
typedef struct read_number {
    np_num value;
    size_t to; /* behind its last byte */
    size_t
        parted; /* where the mark is behind which a blank stands before cents; `to`: marks are set apart; 0: neither */
    bool cents;
} read_number;

/* A number with group marks and decimals at text[at]; false: none that could be pay. */
static bool read_plain(np_arena *arena, const char *text, size_t at, size_t end, read_number *found)
{
    digits a = {.used = 0};
    size_t first = digits_from(text, at, end), i = at + first, more;
    if (first == 0 || first > 9) return false;
    add_digits(&a, text + at, first);
    while ((more = mark_and_digits(&a, text, i, end)) > 0) i += more;
    if (i < end && (text[i] | 0x20) == 'k' && !(i + 1 < end && np_is_letter(text[i + 1]))) {
        if (!a.point) add_digits(&a, "000", 3);
        i++;
    }
    if (i < end && (text[i] == '%' || np_is_digit(text[i]))) return false;
    size_t bad;
    *found = (read_number){.to = i, .parted = a.parted, .cents = a.point};
    return np_num_parse(arena, a.plain, a.used, &found->value, &bad) == NULL;
}

static bool read_amount(np_arena *arena, const char *text, size_t at, size_t end, read_number *found)
{
    char plain[32];
    size_t apart = set_apart(text, at, end, plain, sizeof plain);
    if (apart && read_plain(arena, plain, 0, strlen(plain), found) && !plain[found->to]) {
        found->to = found->parted = at + apart;
        return true;
    }
    return read_plain(arena, text, at, end, found);
}

/* ---- currencies ---- */

static bool literal_at(const char *text, size_t at, size_t end, const char *word)
{
    size_t length = strlen(word);
    if (end - at < length || memcmp(text + at, word, length) != 0) return false;
    return !np_is_letter(word[0]) || at + length == end || !np_is_letter(text[at + length]);
}

/* By the book's codes and symbols; -1: none. */
static int own_currency(const np_book *book, const char *text, size_t at, size_t end, size_t *to)
{
    for (size_t i = 0; i < book->currency_count; i++) {
        const char *name = book->currencies[i].name, *symbol = book->currencies[i].symbol;
        if (symbol && np_is_letter(symbol[0])) symbol = NULL; /* kr, L: of several, or in any word */
        if (!literal_at(text, at, end, name)) name = symbol && literal_at(text, at, end, symbol) ? symbol : NULL;
        if (!name) continue;
        *to = at + strlen(name);
        return (int)i;
    }
    return -1;
}

/* The currency whose code, symbol or word begins at text[at]. */
static int currency_at(np_reading *reading, size_t at, size_t end, size_t *to)
{
    const char *text = reading->text.text;
    if (at > 0 && np_is_letter(text[at - 1]) && np_is_letter(text[at])) return -1;
    int own = own_currency(reading->book, text, at, end, to);
    for (size_t i = 0; i < reading->patterns->count && own < 0; i++) {
        const np_pattern *p = &reading->patterns->items[i];
        if (p->role != NP_ROLE_CURRENCY || !p->value) continue;
        if (!np_notice_match(reading, p->code, p->cased ? text : reading->text.lower, end, at)) continue;
        *to = pcre2_get_ovector_pointer(reading->match)[1];
        own = np_book_currency(reading->book, p->value);
    }
    return own;
}

static size_t skip_marks(const char *text, size_t at, size_t end)
{
    while (at < end && strchr(" \t\n:(", text[at])) at++;
    return at;
}

/* The currency named right before text[at]. */
static int currency_before(np_reading *reading, size_t from, size_t at, size_t *start, size_t *to)
{
    const char *text = reading->text.text;
    for (size_t back = 1; back <= 16 && at >= from + back; back++) {
        size_t begin = at - back, end;
        if (np_is_digit(text[begin])) return -1;
        int found = currency_at(reading, begin, at, &end);
        if (found < 0 || skip_marks(text, end, at) != at) continue;
        if (begin > from && np_is_letter(text[begin]) && np_is_letter(text[begin - 1])) continue;
        /* "US$": the longer word */
        for (size_t more = 1; more <= 2 && begin >= from + more; more++) {
            size_t longer_end;
            int longer = currency_at(reading, begin - more, at, &longer_end);
            if (longer >= 0 && skip_marks(text, longer_end, at) == at) {
                begin -= more;
                found = longer;
                end = longer_end;
            }
        }
        *start = begin;
        *to = end;
        return found;
    }
    return -1;
}

static int currency_around(np_reading *reading, size_t from, size_t at, size_t behind, size_t end, np_read_money *found)
{
    size_t start = at, to = at;
    int currency = currency_before(reading, from, at, &start, &to);
    if (currency < 0) {
        start = skip_marks(reading->text.text, behind, end);
        currency = start - behind <= 2 ? currency_at(reading, start, end, &to) : -1;
    }
    if (currency < 0) return -1;
    found->currency = currency;
    found->currency_from = start;
    found->currency_to = to;
    if (to > found->to) found->to = to;
    return currency;
}

/* ---- ranges and periods ---- */

/* Behind " (step 1)", which may stand between a range's amounts. */
static size_t skip_step(const char *text, size_t at, size_t end)
{
    const size_t open = at + (at < end && text[at] == ' ');
    const char *close = open < end && text[open] == '(' ? memchr(text + open, ')', end - open) : NULL;
    return close && close - text - (ptrdiff_t)open <= STEP_MAX ? (size_t)(close - text) + 1 : at;
}

/* " - ", " to ", " and ", " a ", " et ": where the second amount of a range would begin, or 0. */
static size_t range_joiner(np_reading *reading, size_t at, size_t end)
{
    static const char *const JOINERS[] = {"-", "to", "and", "up to", "a", "et", "jusqu'a"};
    const char *text = reading->text.text;
    at = skip_marks(text, skip_step(text, at, end), end);
    for (size_t i = 0; i < sizeof JOINERS / sizeof JOINERS[0]; i++) {
        size_t length = strlen(JOINERS[i]);
        if (end - at < length || strncasecmp(text + at, JOINERS[i], length) != 0) continue;
        if (np_is_letter(JOINERS[i][0]) && at + length < end && np_is_letter(text[at + length])) continue;
        size_t next = skip_marks(text, at + length, end), to;
        if (next < end && !np_is_digit(text[next]) && currency_at(reading, next, end, &to) >= 0)
            next = skip_marks(text, to, end);
        return next < end && np_is_digit(text[next]) ? next : 0;
    }
    return 0;
}

/* Where the line above the one of text[at] begins, or 120 bytes before. */
static size_t line_before(const char *text, size_t at)
{
    size_t least = at, lines = 0;
    while (least > 0 && at - least < 120 && !(text[least - 1] == '\n' && ++lines > 2)) least--;
    return least;
}

/* "EUR 4,738. 30 days of annual leave": what begins anew is about something else. */
static size_t sentence_end(const char *text, size_t at, size_t end)
{
    while (at < end && !(text[at] == '.' && text[at + 1] == ' ' && !np_is_lower(text[at + 2]))) at++;
    return at;
}

/* The words for a pay period nearest to the amount, those behind it first; before it in its line or the one above. */
static void find_period(np_reading *reading, size_t end, np_read_money *found)
{
    const char *text = reading->text.lower;
    size_t best = SIZE_MAX;
    size_t least = line_before(text, found->from), sentence = sentence_end(reading->text.text, found->to, end);
    for (size_t i = 0; i < reading->patterns->count; i++) {
        const np_pattern *p = &reading->patterns->items[i];
        if (p->role != NP_ROLE_PERIOD) continue;
        for (size_t at = least; at < sentence;) {
            if (!np_notice_match(reading, p->code, text, sentence, at)) break;
            const PCRE2_SIZE *range = pcre2_get_ovector_pointer(reading->match);
            size_t distance = range[0] >= found->to     ? range[0] - found->to
                              : range[1] <= found->from ? (found->from - range[1]) * 2
                                                        : 0;
            if (distance < best) {
                best = distance;
                found->period = p->value;
                found->period_from = range[0];
                found->period_to = range[1];
            }
            at = range[1] > at ? range[1] : at + 1;
        }
    }
}

static size_t paragraph_end(const char *text, size_t at, size_t end)
{
    while (at < end && !(text[at] == '\n' && at + 1 < end && text[at + 1] == '\n')) at++;
    return at;
}

/* Cents that a line's end cut off the amount's: "8,122." and "05" beneath it. Behind them; `to`: there are none. */
static size_t behind_cents(const np_notice_text *t, size_t to)
{
    if (to < 2 || to >= t->length || !strchr(".,", t->text[to - 1]) || t->text[to] != '\n') return to;
    return digits_from(t->text, to + 1, t->length) == 2 ? to + 3 : to;
}

/* "payments", "months": a word behind a blank that is more than one of something. */
static bool counts_several(const char *text, size_t at)
{
    size_t end = at + (text[at] == ' ');
    while (np_is_letter(text[end])) end++;
    return text[at] == ' ' && end > at + 2 && text[end - 1] == 's';
}

/* Whether what stands behind cents that a blank or a line's end parted goes with an amount: a currency, a period, the
 * other end of a range; in the amount's line also nothing. "5,000. 14 days" are two numbers. */
static bool ends_amount(np_reading *reading, size_t at, bool same_line)
{
    const np_notice_text *t = &reading->text;
    size_t to, length = t->length < at + PERIOD_NEAR ? t->length : at + PERIOD_NEAR;
    if (strchr("\n)", t->text[at])) return same_line; /* the text's end too */
    if (currency_at(reading, at + (t->text[at] == ' '), t->length, &to) >= 0) return true;
    if (t->text[at] != ' ') return false;
    if (same_line && memcmp(t->text + at - 2, "00", 2) == 0 && !np_is_digit(t->text[at + 1])) return true;
    if (same_line && range_joiner(reading, at, t->length)) return true;
    np_read_money period = {.from = at, .to = at};
    find_period(reading, length, &period);
    if (!period.period || period.period_from < at) return false;
    return period.period_from > at + 1 || !counts_several(t->text, period.period_to);
}

/* The amount at text[at], or the lower one of a range. */
static bool read_low(np_reading *reading, size_t at, size_t to, np_read_money *found)
{
    const char *text = reading->text.text;
    read_number low;
    if (!read_amount(reading->arena, text, at, behind_cents(&reading->text, to), &low)) return false;
    bool apart = low.parted == low.to, same_line = apart || text[low.parted + 1] == ' ';
    if (low.parted && !ends_amount(reading, low.to, same_line) &&
        !read_plain(reading->arena, text, at, apart ? to : low.parted, &low))
        return false;
    found->low = found->high = low.value;
    found->to = low.to;
    found->cents = low.cents;
    return true;
}

static bool read_money(np_reading *reading, size_t from, size_t at, size_t to, np_read_money *found)
{
    const char *text = reading->text.text;
    *found = (np_read_money){.from = at, .currency = -1};
    if (!read_low(reading, at, to, found)) return false;
    size_t behind = found->to, end = paragraph_end(text, behind, reading->text.length);
    if (end > behind + 120) end = behind + 120;
    while (end > behind && (unsigned char)text[end] >= 0x80 && (unsigned char)text[end] < 0xC0) end--;
    currency_around(reading, from, at, behind, end, found);
    size_t second = range_joiner(reading, found->to > behind ? found->to : behind, end);
    read_number high;
    if (second && read_amount(reading->arena, text, second, end, &high) && np_num_compare(high.value, found->low) > 0) {
        /* "75 - 85k": the thousands are said once */
        if (np_num_compare(found->low, np_num_int(1000)) < 0 && np_num_compare(high.value, np_num_int(10000)) >= 0)
            found->low = np_num_mul(reading->arena, found->low, np_num_int(1000));
        found->high = high.value;
        found->range = true;
        found->cents = found->cents || high.cents;
        found->to = high.to;
        if (found->currency < 0) currency_around(reading, second, second, high.to, end, found);
    }
    find_period(reading, end, found);
    return np_num_compare(found->low, np_num_int(300)) >= 0;
}

/* "2026" is a year, unless a currency stands before it. */
static bool is_year(const char *text, const np_read_money *found)
{
    if (found->currency >= 0 && found->currency_from < found->from) return false;
    return digits_from(text, found->from, found->to) == 4 && !found->cents &&
           np_num_compare(found->low, np_num_int(1950)) > 0 && np_num_compare(found->low, np_num_int(2100)) < 0;
}

bool np_find_money(np_reading *reading, size_t from, size_t to, bool headed, np_read_money *found)
{
    const char *text = reading->text.text;
    for (size_t at = from; at < to; at++) {
        if (!np_is_digit(text[at])) continue;
        bool own = at == 0 || (!np_is_letter(text[at - 1]) && !strchr(".,/-", text[at - 1])) ||
                   (at > 0 && text[at - 1] != '/' && (at < 2 || !np_is_digit(text[at - 2])));
        bool read = own && !np_belongs_to_another(reading, NP_NOTICE_SALARY_AMOUNT, at, headed) &&
                    read_money(reading, from, at, to, found);
        if (read && (headed || found->currency >= 0) && !is_year(text, found)) return true;
        at += digits_from(text, at, to) - 1;
    }
    return false;
}

/* An amount as a plain decimal: whole, or with the currency's decimals. */
const char *np_notice_amount(np_reading *reading, const np_read_money *money, np_num amount)
{
    np_text out;
    np_text_init(&out, 100);
    unsigned decimals = money->currency < 0 ? 2 : reading->book->currencies[money->currency].decimals;
    np_num_print(&out, amount, np_num_is_integer(amount) && !money->cents ? 0 : decimals, NP_ROUND_HALF_UP);
    return np_text_move(&out, reading->arena);
}
