/* Exact rational numbers: reading and printing. */
#include "num_internal.h"

#include <string.h>

enum {
    TEXT_MAX = 1000,     /* bytes of a number that is read */
    SMALL_DIGITS = 18,   /* 10 to that power fits int64 */
    PLAIN_DECIMALS = 12, /* most that np_num_print_plain writes */
    MOST_DECIMALS = 100,
    SUGGESTION_MAX = 40,
    /* Decimal digits of NP_NUM_MAX_BITS bits times 10 to the MOST_DECIMALS, a sign, and a zero byte, amply. */
    DIGITS_MAX = NP_NUM_MAX_BITS / 3 + MOST_DECIMALS + 8
};

static size_t digits_from(const char *text, size_t length, size_t from)
{
    while (from < length && np_is_digit(text[from])) {
        from++;
    }
    return from;
}

static int64_t small_power_of_ten(unsigned exponent)
{
    int64_t power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

/* Bytes of the group mark at text[i]: a space (also no-break, narrow, thin), an apostrophe, an underscore; else 0. */
static size_t group_mark(const char *text, size_t length, size_t i)
{
    if (text[i] == ' ' || text[i] == '\'' || text[i] == '_') {
        return 1;
    }
    uint32_t point;
    size_t size = np_utf8_next(text + i, length - i, &point);
    return point == 0xA0 || point == 0x2009 || point == 0x202F || point == 0x2019 ? size : 0;
}

/* Behind each mark before `end` stand three digits, and a mark again. */
static bool are_thousands(const char *text, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        bool mark = text[i] == ',' || text[i] == '.';
        if (mark && digits_from(text, end, i + 1) != i + 4) {
            return false;
        }
    }
    return true;
}

/* Where the decimal mark of a text with group marks stands: its index, `length` when it has none, SIZE_MAX when that is
 * not clear. Where both commas and points stand, the last one is the decimal mark if it is the only one of its kind;
 * a lone comma before three digits may be either. */
static size_t decimal_mark(const char *text, size_t length)
{
    size_t commas = 0, points = 0, groups = 0, last = length;
    for (size_t i = 0; i < length; i++) {
        commas += text[i] == ',';
        points += text[i] == '.';
        groups += group_mark(text, length, i) > 0;
        last = text[i] == ',' || text[i] == '.' ? i : last;
    }
    if (commas + points == 0) {
        return length;
    }
    if ((text[last] == ',' ? commas : points) > 1) {
        size_t behind = digits_from(text, length, last + 1) - last - 1;
        bool clear = are_thousands(text, last) && behind > 0 && behind <= 3;
        return !clear ? SIZE_MAX : behind == 3 ? length : last;
    }
    bool three_digits = text[last] == ',' && digits_from(text, length, last + 1) == last + 4;
    return three_digits && points + groups == 0 && text[0] != '0' ? SIZE_MAX : last;
}

/* [sign]whole[.decimals][%] as it stands in a text. */
typedef struct parts {
    size_t start, whole_end; /* digits before the point */
    size_t end;              /* of the digits after it; whole_end without a point */
    size_t next;             /* the first byte that was not taken, or the offending one */
    bool negative, percent;
} parts;

/* Find the parts at the beginning of a text. Returns NULL, or what is wrong with the byte at p->next. */
static const char *scan(const char *text, size_t length, parts *p)
{
    *p = (parts){.negative = length > 0 && text[0] == '-'};
    p->start = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    p->whole_end = digits_from(text, length, p->start);
    p->end = p->next = p->whole_end;
    if (p->whole_end == p->start) {
        return p->start == length      ? NP_MARK("a digit is missing after the sign")
               : text[p->start] == '.' ? NP_MARK("a digit is missing before the point: write 0.5")
                                       : NULL;
    }
    if (p->next < length && text[p->next] == '.') {
        p->end = digits_from(text, length, p->whole_end + 1);
        if (p->end == p->whole_end + 1) {
            return NP_MARK("a digit is missing after the point");
        }
        p->next = p->end;
    }
    p->percent = p->next < length && text[p->next] == '%';
    p->next += p->percent;
    return NULL;
}

/* How to write a number that was given with group marks or a decimal comma; "" when that is not clear. */
static void suggest(const char *text, size_t length, char suggestion[SUGGESTION_MAX + 1])
{
    size_t mark = decimal_mark(text, length), count = 0;
    for (size_t i = 0; i < length && count < SUGGESTION_MAX;) {
        size_t group = group_mark(text, length, i);
        if (i == mark) {
            suggestion[count++] = '.';
        } else if (group == 0 && text[i] != ',' && text[i] != '.') {
            suggestion[count++] = text[i];
        }
        i += group > 0 ? group : 1;
    }
    suggestion[count] = '\0';
    parts p; /* only what would be read is worth proposing */
    if (mark == SIZE_MAX || count == SUGGESTION_MAX || scan(suggestion, count, &p) != NULL || p.next != count) {
        suggestion[0] = '\0';
    }
}

bool np_num_is_unclear(const char *text, size_t length)
{
    size_t sign = length > 0 && (text[0] == '+' || text[0] == '-');
    text += sign, length -= sign;
    size_t before = digits_from(text, length, 0), behind = before < length ? digits_from(text, length, before + 1) : 0;
    if (before < 1 || before > 3 || text[0] == '0' || before == length || text[before] != '.') return false;
    return behind == before + 4 && (behind == length || !strchr(".,", text[behind]));
}

const char *np_num_suggestion(np_arena *arena, const char *text, size_t length)
{
    char suggestion[SUGGESTION_MAX + 1];
    parts p;
    if (scan(text, length, &p) == NULL && p.next == length) return np_arena_copy(arena, text, length);
    suggest(text, length, suggestion);
    return np_arena_copy(arena, suggestion, strlen(suggestion));
}

/* What is wrong with the byte that stands where the number should go on or end. */
static const char *wrong_byte(np_arena *arena, const np_lang *lang, const char *text, size_t length, size_t i)
{
    size_t group = group_mark(text, length, i);
    bool comma = text[i] == ',' || text[i] == '.';
    if (group > 0 || comma) {
        const char *what = text[i] == ','   ? np_say(lang, "a comma")
                           : text[i] == '.' ? np_say(lang, "a second point")
                                            : np_say(lang, "a space or group mark");
        char suggestion[SUGGESTION_MAX + 1] = "";
        suggest(text, length, suggestion);
        if (suggestion[0] != '\0') {
            return np_arena_format(arena, np_say(lang, "%s is not allowed in numbers: write %s"), what, suggestion);
        }
        return np_arena_format(arena,
                               np_say(lang, "%s is not allowed in numbers: write them without group marks, with a "
                                            "decimal point, such as 5335.54"),
                               what);
    }
    if (text[i] == 'e' || text[i] == 'E') {
        return NP_MARK("a number has no exponent: write all its digits");
    }
    if (text[i] == '%') {
        return NP_MARK("a percent sign stands once, at the end of a decimal number, such as 10%");
    }
    if (text[i] == '/') {
        return NP_MARK("a fraction is one whole number over another, such as 1/37");
    }
    return NP_MARK("this is not a number; numbers look like 5335.54, -12, 10% or 1/37");
}

/* digits[0..count), at most DIGITS_MAX, over 10^shift * extra. */
static np_num from_digits(np_arena *arena, const char *digits, size_t count, unsigned shift, unsigned extra,
                          bool negative)
{
    np_fraction value;
    np_fraction_open(&value);
    char text[DIGITS_MAX + 1];
    memcpy(text, digits, count);
    text[count] = '\0';
    mpz_set_str(mpq_numref(value.q), text, 10);
    mpz_ui_pow_ui(mpq_denref(value.q), 10, shift);
    mpz_mul_ui(mpq_denref(value.q), mpq_denref(value.q), extra);
    if (negative) {
        mpq_neg(value.q, value.q);
    }
    mpq_canonicalize(value.q);
    return np_num_of_gmp(arena, value.q);
}

static np_num decimal_value(np_arena *arena, const char *text, const parts *p)
{
    char digits[TEXT_MAX];
    size_t whole = p->whole_end - p->start;
    size_t decimals = p->end > p->whole_end ? p->end - p->whole_end - 1 : 0;
    memcpy(digits, text + p->start, whole);
    if (decimals > 0) {
        memcpy(digits + whole, text + p->whole_end + 1, decimals);
    }
    unsigned extra = p->percent ? 100 : 1;
    if (whole + decimals > SMALL_DIGITS || decimals + 2 > SMALL_DIGITS) {
        return from_digits(arena, digits, whole + decimals, (unsigned)decimals, extra, p->negative);
    }
    int64_t value = 0;
    for (size_t i = 0; i < whole + decimals; i++) {
        value = value * 10 + (digits[i] - '0');
    }
    return np_num_small(p->negative ? -value : value, small_power_of_ten((unsigned)decimals) * extra);
}

/* A fraction: what scan found over the digits after the '/' at p->next. */
static const char *parse_fraction(np_arena *arena, const np_lang *lang, const char *text, size_t length, const parts *p,
                                  np_num *value, size_t *at)
{
    size_t from = p->next + 1, end = digits_from(text, length, from);
    if (end != length || end == from) {
        *at = end == from ? p->next : end;
        return wrong_byte(arena, lang, text, length, *at);
    }
    *at = from;
    np_num below = from_digits(arena, text + from, end - from, 0, 1, false);
    if (np_num_sign(below) == 0) {
        return NP_MARK("a fraction cannot have 0 below");
    }
    np_num above = from_digits(arena, text + p->start, p->whole_end - p->start, 0, 1, p->negative);
    *value = np_num_div(arena, above, below);
    return NULL;
}

static const char *parse(np_arena *arena, const np_lang *lang, const char *text, size_t length, np_num *value,
                         size_t *at)
{
    *value = np_num_invalid();
    *at = 0;
    if (length == 0) {
        return NP_MARK("a number is missing");
    }
    if (length > TEXT_MAX) {
        *at = TEXT_MAX;
        return NP_MARK("a number has at most 1,000 characters");
    }
    parts p;
    const char *wrong = scan(text, length, &p);
    *at = p.next;
    if (wrong != NULL) {
        return wrong;
    }
    if (p.next < length) {
        bool fraction = text[p.next] == '/' && p.next == p.whole_end && p.whole_end > p.start;
        return fraction ? parse_fraction(arena, lang, text, length, &p, value, at)
                        : wrong_byte(arena, lang, text, length, p.next);
    }
    *value = decimal_value(arena, text, &p);
    return NULL;
}

const char *np_num_parse(np_arena *arena, const char *text, size_t length, np_num *value, size_t *at)
{
    return parse(arena, NULL, text, length, value, at);
}

const char *np_num_why(np_arena *arena, const np_lang *lang, const char *text, size_t length)
{
    np_num value;
    size_t at;
    const char *why = parse(arena, lang, text, length, &value, &at);
    return why != NULL ? np_say(lang, why) : NULL;
}

bool np_num_parse_fraction(np_arena *arena, const char *text, size_t length, np_num *value)
{
    bool negative = length > 0 && text[0] == '-';
    size_t start = negative, top = digits_from(text, length, start), bottom = top;
    if (top < length && text[top] == '/') {
        bottom = digits_from(text, length, top + 1);
    }
    bool whole = top > start && bottom == length && bottom != top + 1;
    if (!whole || top - start > DIGITS_MAX || bottom - top > DIGITS_MAX) {
        return false;
    }
    np_num below = bottom > top ? from_digits(arena, text + top + 1, bottom - top - 1, 0, 1, false) : np_num_int(1);
    *value = np_num_div(arena, from_digits(arena, text + start, top - start, 0, 1, negative), below);
    return np_num_valid(*value);
}

/* The digits of |scaled| / 10^decimals, with its sign unless it is zero. */
static void put_digits(np_text *out, const char *digits, size_t count, bool negative, unsigned decimals)
{
    if (negative) {
        np_text_putc(out, '-');
    }
    size_t whole = count > decimals ? count - decimals : 0;
    if (whole == 0) {
        np_text_putc(out, '0');
    }
    np_text_add(out, digits, whole);
    if (decimals > 0) {
        np_text_putc(out, '.');
        np_text_repeat(out, '0', decimals - (count - whole));
        np_text_add(out, digits + whole, count - whole);
    }
}

static void put_wide(np_text *out, np_i128 value, unsigned decimals)
{
    char digits[40];
    size_t first = sizeof digits;
    for (np_u128 rest = value < 0 ? -(np_u128)value : (np_u128)value; rest != 0;) {
        if (rest <= UINT64_MAX) { /* 64-bit divisions from here */
            for (uint64_t low = (uint64_t)rest; low != 0; low /= 10) {
                digits[--first] = (char)('0' + low % 10);
            }
            break;
        }
        digits[--first] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    put_digits(out, digits + first, sizeof digits - first, value < 0, decimals);
}

/* GMP's own conversion of large numbers asks for memory. */
static void put_mpz(np_text *out, const mpz_t value, unsigned decimals)
{
    enum { AT_ONCE = 1000000000, DIGITS_AT_ONCE = 9 };
    char digits[DIGITS_MAX + DIGITS_AT_ONCE];
    size_t first = sizeof digits;
    np_integer rest;
    np_integer_open(&rest);
    mpz_abs(rest.z, value);
    while (mpz_sgn(rest.z) != 0) {
        unsigned long last = mpz_tdiv_q_ui(rest.z, rest.z, AT_ONCE);
        for (int i = 0; i < DIGITS_AT_ONCE; i++) {
            digits[--first] = (char)('0' + last % 10);
            last /= 10;
        }
    }
    while (first < sizeof digits && digits[first] == '0') {
        first++;
    }
    put_digits(out, digits + first, sizeof digits - first, mpz_sgn(value) < 0, decimals);
}

void np_num_print(np_text *out, np_num a, unsigned decimals, np_rounding mode)
{
    if (!np_num_valid(a) || (unsigned)mode >= NP_ROUNDING_COUNT) {
        np_text_puts(out, "invalid");
        return;
    }
    if (decimals > MOST_DECIMALS) {
        decimals = MOST_DECIMALS;
    }
    if (a.den > 0 && decimals <= SMALL_DIGITS) {
        put_wide(out, np_round_wide((np_i128)a.of.small * small_power_of_ten(decimals), a.den, mode), decimals);
        return;
    }
    np_view view;
    np_view_open(&view, a);
    np_integer scaled;
    np_integer_open(&scaled);
    mpz_ui_pow_ui(scaled.z, 10, decimals);
    mpz_mul(scaled.z, scaled.z, mpq_numref(view.q));
    np_round_mpz(scaled.z, scaled.z, mpq_denref(view.q), mode);
    put_mpz(out, scaled.z, decimals);
}

void np_num_print_fraction(np_text *out, np_num a)
{
    if (!np_num_valid(a)) {
        np_text_puts(out, "invalid");
        return;
    }
    if (a.den > 0) {
        np_num reduced = np_num_reduce_small(a);
        put_wide(out, reduced.of.small, 0);
        if (reduced.den > 1) {
            np_text_putc(out, '/');
            put_wide(out, reduced.den, 0);
        }
        return;
    }
    np_view view;
    np_view_open(&view, a);
    put_mpz(out, mpq_numref(view.q), 0);
    if (mpz_cmp_ui(mpq_denref(view.q), 1) != 0) {
        np_text_putc(out, '/');
        put_mpz(out, mpq_denref(view.q), 0);
    }
}

/* The fewest digits after the point that write `a` exactly; more than PLAIN_DECIMALS when these are not enough. */
static unsigned decimals_of(np_num a)
{
    if (!np_num_valid(a)) {
        return PLAIN_DECIMALS + 1;
    }
    np_view view;
    np_view_open(&view, a);
    unsigned decimals = 0;
    np_integer power;
    np_integer_open(&power);
    mpz_set_ui(power.z, 1);
    while (decimals <= PLAIN_DECIMALS && !mpz_divisible_p(power.z, mpq_denref(view.q))) {
        mpz_mul_ui(power.z, power.z, 10);
        decimals++;
    }
    return decimals;
}

void np_num_print_plain(np_text *out, np_num a)
{
    unsigned decimals = decimals_of(a);
    if (decimals <= PLAIN_DECIMALS) {
        np_num_print(out, a, decimals, NP_ROUND_DOWN);
    } else {
        np_num_print_fraction(out, a);
    }
}

void np_num_print_about(np_text *out, np_num a)
{
    if (!np_num_valid(a) || decimals_of(a) <= PLAIN_DECIMALS) {
        np_num_print_plain(out, a);
        return;
    }
    np_num_print(out, a, 4, NP_ROUND_DOWN);
    np_text_puts(out, "...");
}
