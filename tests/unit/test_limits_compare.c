/* Every comparison of dates and limits in calc/compare: the month before, the month itself, the month after; the limit
 * less one, the limit, the limit and one. Posts pay round amounts here: one pays 100 a month unless a test says
 * otherwise. */
#include "unit/book_support.h"

#include "../../calc/compare/solve_internal.h"

static const char BASE[] =
    "[organisation o]\nname = o\n[currency EUR]\n[currency USD]\n[currency GBP]\n"
    "[exchange USD]\nstatus = assumed\n2024-01-01 = 2\n2026-03-15 = 4\n"
    "[country AA]\ncurrency = EUR\n[country BB]\ncurrency = USD\n[country CC]\ncurrency = GBP\n[grade G1]\nrank = 1\n"
    "[input start]\ntype = date\nabout = post\n[input end]\ntype = date\nabout = post\n"
    "[input date]\ntype = date\ndefault = start\n[input duty_country]\ntype = country\n[input grade]\ntype = grade\n"
    "[input pay]\ntype = money\ndefault = 100 EUR\nmin = 0\nabout = post\n"
    "[input gift]\ntype = money\ndefault = 0 EUR\nabout = post\n"
    "[input from]\ntype = date\ndefault = 2026-01-01\n[input n]\ntype = number\nwhole = yes\ndefault = 0\n"
    "[rule share]\nkind = fact\namount = if known(end) then share_of_month(start, end) else share_of_month(start)\n"
    "[rule basic]\nkind = salary\namount = (if date >= from then local(pay) else local(pay) * 2) * share\n"
    "[rule welcome]\nkind = once\ndate = start\namount = local(gift)\n"
    "[rule late]\nkind = allowance\nwhen = date >= 2026-07-01 and n > 5\namount = local(1 EUR)\n";

static np_comparison *try_compare(fixture *w, const char *const *posts, size_t count, const char *currency,
                                  const char *more)
{
    np_compare_post list[NP_COMPARE_MOST + 1];
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    if (more) texts_add(&w->texts, "pack/b.ini", more);
    fixture_load(w, "pack");
    expect_clean(&w->diags);
    for (size_t i = 0; i < count; i++) {
        w->situation = np_situation_new(w->book, w->arena);
        set(w, "grade=G1 duty_country=AA start=2026-01-01");
        set(w, posts[i]);
        list[i] = (np_compare_post){.name = "post", .situation = w->situation};
    }
    np_compare_options options = {.posts = list, .count = count, .currency = currency};
    return np_comparison_new(&options, w->arena, &w->diags);
}

static np_comparison *compare(fixture *w, const char *a, const char *b)
{
    np_comparison *c = try_compare(w, (const char *const[]){a, b}, 2, NULL, NULL);
    if (!c) print_diags(&w->diags);
    assert_non_null(c);
    return c;
}

static void how_many_posts(void **state)
{
    fixture *w = *state;
    static const char *const POSTS[NP_COMPARE_MOST + 1] = {"pay=1",  "pay=2",  "pay=3", "pay=4", "pay=5",
                                                           "pay=6",  "pay=7",  "pay=8", "pay=9", "pay=10",
                                                           "pay=11", "pay=12", "pay=13"};
    for (size_t count = 0; count <= NP_COMPARE_MOST + 1; count++)
        assert_int_equal(try_compare(w, POSTS, count, NULL, NULL) != NULL, count >= 2 && count <= 12);
}

/* A rate counts from its day on; before the first, the first. A month goes by the rate of its first day in service. */
static void rates_from_their_day_on(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {
        {"date=2023-12-31 start=2023-12-01", "50"},
        {"date=2024-01-01 start=2023-12-01", "50"},
        {"date=2026-03-14", "50"},
        {"date=2026-03-15", "50"},
        {"date=2026-03-31", "50"},
        {"date=2026-04-01", "25"},
        {"start=2026-03-14 date=2026-03-31", "50"},
        {"start=2026-03-15 date=2026-03-15", "25"},
        {"start=2026-03-16 date=2026-03-16", "25"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *post = np_arena_format(w->arena, "duty_country=BB %s", LIST[i][0]);
        np_comparison *c = try_compare(w, (const char *const[]){"", post}, 2, "EUR", NULL);
        assert_non_null(c);
        expect_plain(np_convert(w->arena, &c->columns[1].conversion, np_num_int(100), true), LIST[i][1]);
    }
    np_comparison *c = compare(w, "", "duty_country=AA");
    assert_true(c->columns[1].conversion.same);
    assert_false(np_conversion_of(w->book, w->arena, 0, 2, c->first).known); /* no rate for GBP */
}

/* A post that may go as many ways as there is room for, and one more: the first of them are shown. */
static void paths_of_a_post(void **state)
{
    fixture *w = *state;
    for (unsigned paths = NP_COMPARED_PATHS_MOST - 1; paths <= NP_COMPARED_PATHS_MOST + 1; paths++) {
        np_text text;
        np_text_init(&text, 10000);
        np_text_puts(&text, "[grade G2]\nrank = 2\n[input twin_grade]\ntype = grade\n[input twin_advancement]\n"
                            "type = text\ndefault = 'path1'\n");
        for (unsigned i = 1; i <= paths; i++) np_text_printf(&text, "[path path%u]\n", i);
        const char *more = np_text_move(&text, w->arena);
        np_comparison *c = try_compare(w, (const char *const[]){"", "twin_grade=G2"}, 2, NULL, more);
        if (!c) print_diags(&w->diags);
        assert_non_null(c);
        assert_int_equal(c->columns[0].path_count, 1);
        assert_int_equal(c->columns[1].path_count, paths < NP_COMPARED_PATHS_MOST ? paths : NP_COMPARED_PATHS_MOST);
    }
}

/* ---- month by month ---- */

/* "0 0 100 100": what the second post pays in some months of the comparison. */
static void months_of_a_post(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs;
        size_t from, until;
        const char *paid;
    } LIST[] = {
        {"", 0, 2, "100 100 "},
        {"", 70, 74, "100 100 0 0 "}, /* 72 months from the start */
        {"start=2026-02-01", 0, 3, "0 100 100 "},
        {"start=2026-02-01", 71, 74, "100 100 0 "},
        {"start=2026-03-01 gift=7", 0, 4, "0 0 107 100 "},
        {"from=2026-02-28", 0, 4, "200 200 100 100 "},
        {"from=2026-03-01", 0, 4, "200 200 100 100 "},
        {"from=2026-03-02", 0, 4, "200 200 200 100 "},
        {"end=2026-02-28", 0, 4, "100 100 0 0 "},
        {"end=2026-03-31", 0, 4, "100 100 100 0 "},
        {"end=2026-04-01", 0, 5, "100 100 100 3.33 0 "},
        {"end=2026-04-15", 0, 5, "100 100 100 50 0 "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, "pay=99", LIST[i].inputs);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t m = LIST[i].from; m < LIST[i].until; m++) {
            np_num net;
            np_num_print_plain(&text, np_path_month(c, &c->columns[1].paths[0], m, &net, w->arena));
            np_text_putc(&text, ' ');
        }
        if (strcmp(np_text_string(&text), LIST[i].paid) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].paid);
    }
}

/* The months compared: from the earliest start, to the end of the latest horizon. */
static void months_compared(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *a, *b;
        size_t months;
        np_ymd first;
    } LIST[] = {
        {"", "pay=1", 72, {2026, 1, 1}},
        {"start=2026-01-02", "pay=1", 73, {2026, 1, 1}},
        {"start=2026-01-31", "pay=1", 73, {2026, 1, 1}},
        {"", "start=2026-02-01", 73, {2026, 1, 1}},
        {"", "start=2025-12-31", 73, {2025, 12, 1}},
        {"", "start=2025-12-01", 73, {2025, 12, 1}},
        {"start=2026-03-01", "start=2026-02-28", 73, {2026, 2, 1}},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, LIST[i].a, LIST[i].b);
        np_ymd first = np_date_split(c->first);
        assert_int_equal(c->months, LIST[i].months);
        assert_true(first.year == LIST[i].first.year && first.month == LIST[i].first.month && first.day == 1);
    }
}

/* From which month of its service on the second post has paid more in all, or as much, or less: "2026-03 1; ". Each
 * post counts from its own start, over 72 months; the last takes what is left of a month begun later. */
static void who_has_paid_more(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *a, *b, *lead_changes;
    } LIST[] = {
        {"", "", ""},
        {"", "pay=101", "2026-01 1; "},
        {"", "pay=99 gift=2", "2026-01 1; 2026-02 0; 2026-03 -1; "},
        {"", "pay=99 gift=1", "2026-02 -1; "},
        /* months of service: a later start alone takes nothing away */
        {"", "start=2026-03-01", ""},
        {"", "start=2026-03-01 pay=100.01", "2026-03 1; "},
        {"", "start=2026-03-01 pay=99.99", "2026-03 -1; "},
        /* begun a day later, the first month pays 96.77; the 72nd has 3.23 more, for 1 March 2032 */
        {"", "start=2026-03-02", "2026-03 -1; 2032-02 0; "},
        {"", "start=2026-03-02 pay=100.01", "2026-03 -1; 2032-02 1; "},
        {"", "start=2026-03-02 pay=99.99", "2026-03 -1; "},
        {"", "start=2026-03-31", "2026-03 -1; 2032-02 0; "}, /* 3.23, and 96.77 at the end */
        {"start=2026-01-02", "start=2026-03-01", "2026-03 1; 2032-02 0; "},
        {"start=2026-01-31", "start=2026-03-31", ""},
        /* service that ends on the day before, on, and after the last day that counts */
        {"", "end=2031-12-30", "2031-12 -1; "},
        {"", "end=2031-12-31", ""},
        {"", "end=2032-01-01", ""},
        {"", "end=2031-11-30", "2031-12 -1; "},
        {"", "start=2026-03-02 end=2032-02-29", "2026-03 -1; "},
        {"", "start=2026-03-02 end=2032-03-01", "2026-03 -1; 2032-02 0; "},
        {"", "start=2026-03-02 end=2032-03-02", "2026-03 -1; 2032-02 0; "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, LIST[i].a, LIST[i].b);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0; k < c->lead_change_count; k++) {
            np_ymd month = np_date_split(c->lead_changes[k].month);
            np_text_printf(&text, "%04d-%02d %d; ", month.year, month.month, c->lead_changes[k].ahead);
        }
        if (strcmp(np_text_string(&text), LIST[i].lead_changes) != 0) print_error("%s, %s\n", LIST[i].a, LIST[i].b);
        expect_text(&text, LIST[i].lead_changes);
    }
}

/* ---- windows ---- */

/* What the second post pays in its first six months of service, by its start: they end on day d-1 of the sixth month,
 * or on its last day. */
static void windows_by_the_start(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {
        {"start=2025-12-31 from=2025-01-01", "603.23"}, /* to 30 June: one day of December, and six whole months */
        {"start=2026-01-01", "600"},
        {"start=2026-01-02", "600"},
        {"start=2026-01-03", "600"},
        {"start=2026-01-31", "600"}, /* to 30 July */
        {"start=2026-02-01", "600"},
        {"start=2026-02-27", "591.01"}, /* 2 days of 28, and 26 of 31 */
        {"start=2026-02-28", "590.67"}, /* 1 of 28, and 27 of 31 */
        {"start=2026-05-31", "603.23"}, /* to 30 November */
        {"start=2026-06-01", "600"},
        {"start=2026-06-02", "599.9"},  /* 29 days of 30, and 1 of 31 */
        {"start=2026-06-30", "596.88"}, /* 1 of 30, and 29 of 31 */
        {"start=2026-08-28", "609.33"}, /* 4 of 31, and 27 of 28 */
        {"start=2026-08-29", "609.68"}, /* 3 of 31, and the whole of February, */
        {"start=2026-08-30", "606.45"}, /* which has no 29th */
        {"start=2026-08-31", "603.23"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, "pay=99", LIST[i][0]);
        np_arena *scratch = np_arena_new(0);
        np_num total = np_window_total(c, &c->columns[1], NULL, NULL, 0, 6, scratch);
        np_arena_free(scratch);
        expect_plain(total, LIST[i][1]);
    }
}

/* Windows of as many months as a projection may have. */
static void longest_windows(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *start;
        size_t months;
        const char *total;
    } LIST[] = {
        {"start=2026-01-01", 1, "100"},     {"start=2026-01-02", 1, "100.34"}, /* 30 days of 31, and 1 of 28 */
        {"start=2026-01-31", 1, "103.23"},  {"start=2026-02-28", 1, "90.67"},  /* 1 of 28, and 27 of 31 */
        {"start=2026-01-01", 599, "59900"}, {"start=2026-01-01", 600, "60000"},
        {"start=2026-01-02", 600, "60000"}, {"start=2026-01-31", 600, "60000"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, "pay=99", LIST[i].start);
        np_arena *scratch = np_arena_new(0);
        np_num total = np_window_total(c, &c->columns[1], NULL, NULL, 0, LIST[i].months, scratch);
        np_arena_free(scratch);
        expect_plain(total, LIST[i].total);
    }
}

/* ---- searches ---- */

static void put_found(np_text *text, const np_found *f)
{
    static const char *const KINDS[] = {"equal", "passes", "kink"};
    np_text_printf(text, "%s %lld..%lld; ", KINDS[f->kind], (long long)f->low, (long long)f->high);
}

/* Where two posts pay the same over six months, in cents a month or in units; everywhere, and by search. */
static void equal_pay(void **state)
{
    fixture *w = *state;
    np_comparison *c = compare(w, "", "");
    static const struct {
        const char *range, *found;
    } RANGES[] = {
        {"pay=99..99.99", ""},
        {"pay=99..100", "equal 10000..10000; "},
        {"pay=100..100", "equal 10000..10000; "},
        {"pay=99.98..100.02", "equal 10000..10000; "},
        {"pay=100..101", "equal 10000..10000; "},
        {"pay=100.01..101", ""},
        {"n=4..7", "equal 4..7; "}, /* late pays from July on, outside the window */
    };
    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++) {
        np_scan scan;
        np_solution s;
        assert_true(np_scan_read(&scan, c, &w->diags, RANGES[i].range, np_span_none(), false, 6));
        for (int64_t exhaustive = 0; exhaustive <= 10000; exhaustive += 10000) {
            assert_true(np_solve(&s, c, &scan, 1, 6, exhaustive, &w->diags));
            np_text text;
            np_text_init(&text, 1000);
            for (size_t k = 0; k < s.found_count; k++) put_found(&text, &s.found[k]);
            if (strcmp(np_text_string(&text), RANGES[i].found) != 0) print_error("%s\n", RANGES[i].range);
            expect_text(&text, RANGES[i].found);
        }
    }
}

/* A condition that begins to count after the window is no kink in it; within it, it is. */
static void kinks_within_the_window(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *start;
        size_t months;
        bool kink;
    } LIST[] = {
        {"start=2025-12-31", 6, false}, {"start=2025-12-31", 7, true}, /* to 30 June, to 30 July */
        {"start=2026-01-01", 6, false}, {"start=2026-01-01", 7, true},
        {"start=2026-01-02", 5, false}, {"start=2026-01-02", 6, true}, /* to 1 June, to 1 July */
        {"start=2026-01-31", 5, false}, {"start=2026-01-31", 6, true}, /* to 30 June, to 30 July */
        {"start=2026-06-30", 1, true},  {"start=2026-06-01", 1, false},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_comparison *c = compare(w, "", LIST[i].start);
        np_scan scan;
        assert_true(np_scan_read(&scan, c, &w->diags, "n=0..10", np_span_none(), false, LIST[i].months));
        uint64_t signs[2];
        for (int side = 0; side < 2; side++) {
            np_arena *scratch = np_arena_new(0);
            signs[side] = np_window_signature(c, &c->columns[1], NULL, &scan, 5 + side, LIST[i].months, scratch);
            np_arena_free(scratch);
        }
        if ((signs[0] != signs[1]) != LIST[i].kink) print_error("%s, %zu\n", LIST[i].start, LIST[i].months);
        assert_int_equal(signs[0] != signs[1], LIST[i].kink);
    }
}

/* Which ranges can be read. */
static void ranges_read(void **state)
{
    fixture *w = *state;
    np_comparison *c = compare(w, "", "");
    static const struct {
        const char *text;
        bool stepped, taken;
    } LIST[] = {
        {"n=5..4", false, false},         {"n=5..5", false, true},          {"n=5..6", false, true},
        {"n=0..498/1", true, true},       {"n=0..499/1", true, true},       {"n=0..500/1", true, false},
        {"n=0..10/0", true, false},       {"n=0..10/1", true, true},        {"n=0..10/-1", true, false},
        {"pay=0..10/0.01", true, false},  {"pay=0..4.99/0.01", true, true}, {"pay=0..5/0.01", true, false},
        {"pay=0..10/0.001", true, false},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_scan scan;
        np_diags_init(&w->diags, w->arena);
        bool taken = np_scan_read(&scan, c, &w->diags, LIST[i].text, np_span_none(), LIST[i].stepped, 6);
        if (taken != LIST[i].taken) print_error("%s\n", LIST[i].text);
        assert_int_equal(taken, LIST[i].taken);
    }
    /* without a range, dates go from the first post's start to the end of the window */
    static const struct {
        const char *start;
        np_ymd low, high;
    } WINDOWS[] = {
        {"start=2026-01-01", {2026, 1, 1}, {2026, 6, 30}},  {"start=2026-01-02", {2026, 1, 2}, {2026, 7, 1}},
        {"start=2026-08-28", {2026, 8, 28}, {2027, 2, 27}}, {"start=2026-08-29", {2026, 8, 29}, {2027, 2, 28}},
        {"start=2026-08-31", {2026, 8, 31}, {2027, 2, 28}},
    };
    for (size_t i = 0; i < sizeof WINDOWS / sizeof WINDOWS[0]; i++) {
        np_scan scan;
        c = compare(w, WINDOWS[i].start, "");
        assert_true(np_scan_read(&scan, c, &w->diags, "start", np_span_none(), false, 6));
        np_ymd low = WINDOWS[i].low, high = WINDOWS[i].high;
        assert_int_equal(scan.low, np_date_of(low.year, low.month, low.day));
        assert_int_equal(scan.high, np_date_of(high.year, high.month, high.day));
    }
}

/* From how many whole numbers on a search is refused. */
static void values_tried(void **state)
{
    fixture *w = *state;
    np_comparison *c = compare(w, "", "");
    static const struct {
        const char *text;
        bool tried;
    } LIST[] = {{"n=1..20001", true}, {"n=1..20002", false}};
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_scan scan;
        np_solution s;
        np_diags_init(&w->diags, w->arena);
        assert_true(np_scan_read(&scan, c, &w->diags, LIST[i].text, np_span_none(), false, 1));
        assert_int_equal(np_solve(&s, c, &scan, 1, 1, NP_SOLVE_EXHAUSTIVE, &w->diags), LIST[i].tried);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(how_many_posts),          fixture_test(paths_of_a_post), fixture_test(rates_from_their_day_on),
        fixture_test(months_of_a_post),        fixture_test(months_compared), fixture_test(who_has_paid_more),
        fixture_test(windows_by_the_start),    fixture_test(longest_windows), fixture_test(equal_pay),
        fixture_test(kinks_within_the_window), fixture_test(ranges_read),     fixture_test(values_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
