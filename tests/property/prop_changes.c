/* Staff whose inputs a scenario changes: by pieces of time the fast way, and month by month. Every year's amounts must
 * agree to the last digit, with contracts that are renewed and with contracts that end. */
#include "natopay/book/load.h"
#include "plan_support.h"

enum { BOOKS = 4 };

static const char MOVES[] = "[scenario moves]\nwhen = rank(grade) > 3\n"
                            "[change part]\nwhen = duty_country = FR\nset = part_time = part_time * 1/2\n"
                            "from = 2028-01-01\n"
                            "[change again]\nwhen = part_time < 100%\nset = part_time = 1\nfrom = 2028-07-01\n"
                            "[change abroad]\nwhen = duty_country = BE and step > 3\nset = duty_country = GB\n"
                            "from = 2029-02-10\n"
                            "[change ends]\nwhen = contract = 'definite' and duty_country = IT\n"
                            "set = end = month_end(date) + 40 days\nfrom = 2028-06-01\n"
                            "[change late]\nwhen = start > 2026-02-01\nset = start = 2029-05-13\n"
                            "[change kind]\nwhen = contract = 'definite'\nset = contract = indefinite\n"
                            "from = 2027-11-05\n";

static const char CAREERS[] = "[scenario careers]\n"
                              "[change freeze]\nset = step_date = 2027-12-31\nfrom = 2027-01-01\n"
                              "[change promotion]\nwhen = grade = G10 and basic_salary > local(5000 EUR)\n"
                              "set = grade = G12, step = 1\nfrom = 2027-03-15\n"
                              "[change twin]\nwhen = known(twin_grade)\nset = step = min(step + 1, 11)\n"
                              "from = 2027-07-01\n"
                              "[change moved]\nwhen = step > 2\nset = last_step = date\nfrom = 2028-03-01\n";

/* Beside changes, rules and scales of the scenario's own. */
static const char LEAVERS[] = "[scenario leavers]\n"
                              "[change leavers]\nshare = 15%\nseed = 7\nevery = 5 months\nfrom = 2026-07-13\n"
                              "leave = yes\n"
                              "[change freeze]\nfrom = 2026-03-01\nwhen = start < 2027-06-01\njoin = no\n"
                              "[change fewer_hours]\nshare = 1/3\nset = part_time = 70%\nevery = 1 year\n"
                              "from = 2026-01-31\n"
                              "[rule bonus]\nkind = allowance\nlabel = Bonus\nwhen = service_year > 3\n"
                              "amount = 1/7 * basic_salary\nsource = natopay_assumption\n";

static void load(void *context)
{
    fixture *f = context;
    static const char *const TEXTS[] = {MOVES, CAREERS, LEAVERS};
    static const size_t CHANGES[] = {0, 6, 4, 3};
    for (size_t i = 0; i < BOOKS; i++) {
        char path[64];
        const char *overlay = path;
        np_scenario scenario = {0};
        if (i) write_overlay(path, TEXTS[i - 1]);
        np_book *book = np_book_load(np_reader_disk(), &f->diags, f->arena, "tests/book/nato", &overlay, i ? 1 : 0);
        if (i) assert_true(np_scenario_read(book, &f->diags, 0, &scenario));
        if (i) unlink(path);
        f->books[i] = (np_plan_book){book, scenario.when, scenario.changes, scenario.change_count};
        assert_int_equal(scenario.change_count, CHANGES[i]);
    }
    assert_int_equal(f->diags.errors, 0);
    assert_true(np_sample_init(&f->sample, f->books[0].book, 11));
    assert_true(np_window_set(&f->window, np_date_of(2026, 1, 1), 60));
}

static void compare(fixture *f, bool stops)
{
    const char *soak = getenv("NATOPAY_SOAK"); /* 1: for long; else how many */
    uint64_t cases = !soak ? 250 : strtoull(soak, NULL, 10) > 1 ? strtoull(soak, NULL, 10) : 1000000;
    f->stops_at_end = stops;
    comparison c = {.f = f};
    compare_all(&c, 1, cases);
    np_engine_count counts = np_engine_counts(c.fast);
    assert_int_equal(c.differing, 0);
    assert_true(c.refused < cases / 10);
    assert_true(counts.slow < cases / 2); /* of all books and pieces together */
    end_comparison(&c);
}

static void renewed(void **state)
{
    compare(*state, false);
}

static void stopped(void **state)
{
    compare(*state, true);
}

int main(void)
{
    fixture f = {.arena = np_arena_new((size_t)1 << 28), .count = BOOKS};
    np_diags_init(&f.diags, f.arena);
    if (!np_arena_guard(f.arena, load, &f)) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(renewed, &f), cmocka_unit_test_prestate(stopped, &f)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    np_arena_free(f.arena);
    return failed;
}
