/* Numbers and dates: what is printed reads back as the same, and arithmetic keeps its laws. The text is two words: a
 * number or a date each. */
#include "fuzz.h"

#include "natopay/base/date.h"
#include "natopay/base/num.h"

const long fuzz_mutations = 20000;

static np_num read_back(np_arena *arena, const np_text *text)
{
    np_num value = np_num_ratio(0, 0);
    size_t at;
    REQUIRE(!text->failed && !np_num_parse(arena, np_text_string(text), text->length, &value, &at));
    REQUIRE(np_num_valid(value));
    return value;
}

/* "1234/5": the exact forms. */
static void prints_back(np_arena *arena, np_num a)
{
    void (*const print[])(np_text *, np_num) = {np_num_print_fraction, np_num_print_plain};
    for (size_t i = 0; i < 2; i++) {
        np_text text;
        np_text_init(&text, 1 << 14);
        print[i](&text, a);
        /* a fraction of large numbers is longer than what people may write */
        if (text.length <= 1000) REQUIRE(np_num_compare(read_back(arena, &text), a) == 0);
        np_text_free(&text);
    }
}

/* A rounded number is a multiple of the unit, less than a unit away, on the side that the mode says. */
static void rounds(np_arena *arena, np_num a)
{
    const np_num unit = np_num_ratio(1, 100);
    for (int mode = 0; mode < NP_ROUNDING_COUNT; mode++) {
        np_num rounded = np_num_round(arena, a, unit, (np_rounding)mode), units = np_num_div(arena, rounded, unit);
        np_num off = np_num_sub(arena, rounded, a), twice = np_num_mul(arena, off, np_num_int(2));
        if (!np_num_valid(rounded) || !np_num_valid(units) || !np_num_valid(twice)) continue;
        REQUIRE(np_num_is_integer(units));
        REQUIRE(np_num_compare(off, unit) < 0 && np_num_compare(off, np_num_neg(arena, unit)) > 0);
        if (mode <= NP_ROUND_HALF_DOWN)
            REQUIRE(np_num_compare(twice, unit) <= 0 && np_num_compare(twice, np_num_neg(arena, unit)) >= 0);
        if (mode == NP_ROUND_CEILING) REQUIRE(np_num_sign(off) >= 0);
        if (mode == NP_ROUND_FLOOR) REQUIRE(np_num_sign(off) <= 0);
        np_text text;
        np_text_init(&text, 1 << 14);
        np_num_print(&text, a, 2, (np_rounding)mode);
        if (text.length <= 1000) REQUIRE(np_num_compare(read_back(arena, &text), rounded) == 0);
        np_text_free(&text);
    }
}

static void obeys_laws(np_arena *arena, np_num a, np_num b)
{
    np_num sum = np_num_add(arena, a, b), product = np_num_mul(arena, a, b), ratio = np_num_div(arena, a, b);
    REQUIRE(np_num_compare(a, b) == -np_num_compare(b, a));
    REQUIRE(np_num_sign(np_num_sub(arena, a, b)) == np_num_compare(a, b) || !np_num_valid(np_num_sub(arena, a, b)));
    if (np_num_valid(sum)) {
        REQUIRE(np_num_compare(sum, np_num_add(arena, b, a)) == 0);
        REQUIRE(np_num_compare(np_num_sub(arena, sum, b), a) == 0);
        prints_back(arena, sum);
    }
    if (np_num_valid(product)) REQUIRE(np_num_compare(product, np_num_mul(arena, b, a)) == 0);
    REQUIRE(np_num_sign(b) != 0 || !np_num_valid(ratio));
    if (np_num_valid(ratio) && np_num_valid(np_num_mul(arena, ratio, b)))
        REQUIRE(np_num_compare(np_num_mul(arena, ratio, b), a) == 0);
    int64_t whole;
    if (np_num_to_int(a, &whole)) REQUIRE(np_num_compare(a, np_num_int(whole)) == 0 && np_num_is_integer(a));
}

static void months_come_back(np_date date, int32_t months)
{
    np_date later = np_date_add_months(date, months);
    if (later == NP_DATE_NONE) return;
    np_ymd a = np_date_split(date), b = np_date_split(later);
    REQUIRE((b.year - a.year) * 12 + b.month - a.month == months);
    REQUIRE(b.day == a.day || (b.day < a.day && b.day == np_date_days_in_month(b.year, b.month)));
    if (months >= 0) REQUIRE(np_date_months_between(date, later) == months);
    np_date last = np_date_span_end(date, (np_duration){months, 0});
    np_date before = later == np_date_of(NP_YEAR_FIRST, 1, 1) ? NP_DATE_NONE : later - 1;
    REQUIRE(last == (b.day == a.day ? before : later));
}

static void date_prints_back(np_date date, const char *text, size_t length)
{
    np_text out;
    np_text_init(&out, 100);
    np_date_print(&out, date);
    np_ymd parts = np_date_split(date);
    REQUIRE(out.length == length && memcmp(np_text_string(&out), text, length) == 0);
    REQUIRE(np_date_of(parts.year, parts.month, parts.day) == date);
    REQUIRE(np_date_month_start(date) <= date && date <= np_date_month_end(date));
    for (int32_t months = -2500; months <= 2500; months += 97) months_come_back(date, months);
    np_text_free(&out);
}

typedef struct words {
    const char *text[2];
    size_t length[2];
    np_arena *arena;
} words;

static void try_all(void *context)
{
    words *w = context;
    np_num number[2];
    bool read[2];
    for (size_t i = 0; i < 2; i++) {
        size_t at = SIZE_MAX;
        const char *why = np_num_parse(w->arena, w->text[i], w->length[i], &number[i], &at);
        read[i] = !why;
        REQUIRE(why ? *why && at <= w->length[i] : np_num_valid(number[i]));
        if (read[i]) prints_back(w->arena, number[i]);
        if (read[i]) rounds(w->arena, number[i]);
        np_date date = 0;
        why = np_date_parse(w->text[i], w->length[i], &date);
        REQUIRE(!why || (*why && date == NP_DATE_NONE));
        if (!why) date_prints_back(date, w->text[i], w->length[i]);
    }
    if (read[0] && read[1]) obeys_laws(w->arena, number[0], number[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *space = size ? memchr(text, ' ', size) : NULL;
    words w = {.text = {text, space ? space + 1 : text}, .arena = np_arena_new(1 << 24)};
    w.length[0] = space ? (size_t)(space - text) : size;
    w.length[1] = space ? size - w.length[0] - 1 : size;
    REQUIRE(w.arena && np_arena_guard(w.arena, try_all, &w));
    np_arena_free(w.arena);
    return 0;
}
