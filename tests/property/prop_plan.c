/* The engine of plans against month by month: each month computed whole, each number a fraction, nothing looked up.
 * Synthetic staff, all scenarios at once; every year's amounts must agree to the last digit, and so must refusals. */
#include "natopay/book/load.h"
#include "plan_support.h"

enum { BOOKS = 8 };

/* A rule more than the baseline has, beside changed ones: its slots are not the baseline's. */
static const char NEW_RULE[] = "[scenario new_rule]\nwhen = grade in (G15, G17, G20)\n"
                               "[rule bonus]\nkind = allowance\nlabel = Bonus\nwhen = service_year > 3\n"
                               "amount = 1/7 * basic_salary\nsource = natopay_assumption\n"
                               "[parameter pension_staff_rate]\n2005-07-01 = 1/13\nstatus = user\n"
                               "source = natopay_assumption\n";

/* Lines that go with the month in every way there is. Each line: name, further keys, amount as a share of the
 * salary. */
#define LINE(name, keys, share)                                                                           \
    "[rule " name "]\nkind = allowance\nlabel = x\nsource = natopay_assumption\n" keys "amount = (" share \
    ") * basic_salary\n"
static const char ALL_WAYS[] = "[scenario all_ways]\n" LINE("w_december", "when = month(date) = 12\n", "1/3") LINE(
    "w_spring", "when = month(date) in (3, 4) and day(pay_day) = 1\nrounding = up\n",
    "1%") LINE("w_age", "when = known(birth_date) and years_between(birth_date, date) >= 50\n",
               "2%") LINE("w_months", "", "months_between(recruited, pay_day) / 1200")
    LINE("w_days", "rounding = floor\n",
         "days_between(start, month_end(date)) / 100000") LINE("w_quarter", "", "floor((month(date) + 2) / 3) / 1000")
        LINE("w_born", "", "number_before(child_births, month_end(date)) / 100") LINE(
            "w_late", "when = years_between(max(start, 2028-05-15), pay_day) >= 1\n",
            "1/17") LINE("w_between", "when = date >= recruited + 7 years and date < recruited + 9 years + 30 days\n",
                         "1/19") LINE("w_month_end", "when = month_end(date) >= 2029-02-28 or contract = 'definite'\n",
                                      "1/23") LINE("w_power", "", "power(1.01, min(service_year, 12)) - 1")
            LINE("w_force", "from = 2027-03-15\nuntil = 2029-11-30\n",
                 "1/29") LINE("w_year", "when = not (year(date) = 2028)\n", "(year(date) - 2020) / 1000")
                LINE("w_if", "", "if service_year > 3 then (if month(date) > 6 then 1/31 else 1/37) else step / 1000")
                    LINE("w_rank", "when = rank(grade) > rank(grade_at_recruitment) or category(grade) = 'A'\n", "1/41")
                        LINE("w_child", "", "clamp(number_aged(child_births, 6, 12), 0, 2) / 50")
                            LINE("w_ladder", "", "expatriation_rate(max(1, month(date) - 2))")
                                LINE("w_known", "when = known(contract_end) and date > contract_end\n", "1/43")
                                    LINE("w_moving", "when = month_start(date) + 40 days > start + 5 years\n",
                                         "1/47") "[rule w_once]\nkind = once\nlabel = x\ndate = max(start, recruited + "
                                                 "5 years)\namount = basic_salary / 3\n"
                                                 "when = service_year > 2\nsource = natopay_assumption\n"
                                                 "[rule w_bonus_day]\nkind = fact\namount = recruited + "
                                                 "years(service_year)\nsource = natopay_assumption\n"
                                                 "[rule w_jubilee]\nkind = once\nlabel = x\ndate = w_bonus_day\namount "
                                                 "= basic_salary / 11\n"
                                                 "source = natopay_assumption\n"
                                                 "[rule w_unknown]\nkind = allowance\nlabel = x\nwhen = "
                                                 "experience_years > 3 and month(date) = 5\n"
                                                 "amount = basic_salary / 13\nsource = natopay_assumption\n";

/* Another default, another limit, another check: inputs, facts and refusals come out differently. */
static const char OTHER_INPUTS[] = "[scenario other_inputs]\n[input part_time]\ndefault = 90%\n"
                                   "[input lodging_provided]\ndefault = duty_country = UA\n"
                                   "[parameter child_age_limit]\n1900-01-01 = 12\nstatus = user\n"
                                   "source = natopay_assumption\n"
                                   "[check too_many]\nlabel = x\nmessage = x\nseverity = error\n"
                                   "when = count(child_births) > 2 and step > 8\n";

/* Inputs that the book names nowhere else, and a check of its own that goes by the month and by what is given. */
static const char ASKS_MORE[] = "[scenario asks_more]\nwhen = known(closing) or step < 9\n"
                                "[rule pension_contribution]\nwhen = not known(experience_years)\n"
                                "[check in_spring]\nlabel = x\nmessage = x\nseverity = error\n"
                                "when = (date < 2016-01-01 and step > 9) or (not known(end) and grade = G22)\n";

static void load(void *context)
{
    fixture *f = context;
    static const char *const TEXTS[] = {NEW_RULE, ALL_WAYS, OTHER_INPUTS, ASKS_MORE};
    char paths[4][64];
    for (size_t i = 0; i < 4; i++) write_overlay(paths[i], TEXTS[i]);
    const char *overlays[BOOKS] = {NULL,
                                   "tests/book/scenarios/scale-rise-2027.ini",
                                   "tests/book/scenarios/expatriation-8.ini",
                                   "tests/book/scenarios/twin-24-months.ini",
                                   paths[0],
                                   paths[1],
                                   paths[2],
                                   paths[3]};
    for (size_t i = 0; i < BOOKS; i++) {
        np_book *book =
            np_book_load(np_reader_disk(), &f->diags, f->arena, "tests/book/nato", overlays + (i ? i : 0), i ? 1 : 0);
        np_scenario scenario = {0};
        if (i) assert_true(np_scenario_read(book, &f->diags, 0, &scenario));
        f->books[i] = (np_plan_book){book, scenario.when, scenario.changes, scenario.change_count};
    }
    for (size_t i = 0; i < 4; i++) unlink(paths[i]);
    if (f->diags.errors) {
        np_text text;
        np_text_init(&text, 1 << 20);
        np_diags_print(&text, &f->diags, false);
        fputs(np_text_string(&text), stderr);
        np_text_free(&text);
    }
    assert_int_equal(f->diags.errors, 0);
    assert_true(np_sample_init(&f->sample, f->books[0].book, 7));
    assert_true(np_window_set(&f->window, np_date_of(2026, 1, 1), 72));
}

static void fast_equals_plain(void **state)
{
    const char *soak = getenv("NATOPAY_SOAK"); /* 1: for long; else how many */
    uint64_t cases = !soak ? 300 : strtoull(soak, NULL, 10) > 1 ? strtoull(soak, NULL, 10) : 1000000;
    comparison c = {.f = *state};
    compare_all(&c, 1, cases);
    np_engine_count counts = np_engine_counts(c.fast);
    assert_int_equal(c.differing, 0);
    assert_true(c.refused < cases / 10);
    assert_true(counts.slow < cases / 10); /* of all books together */
    end_comparison(&c);
}

int main(void)
{
    fixture f = {.arena = np_arena_new((size_t)1 << 28), .count = BOOKS};
    np_diags_init(&f.diags, f.arena);
    if (!np_arena_guard(f.arena, load, &f)) return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(fast_equals_plain, &f)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    np_arena_free(f.arena);
    return failed;
}
