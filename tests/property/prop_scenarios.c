/* Scenarios that rewrite the rules that there are, at random: other amounts, conditions and days that name other
 * lines, other rates. What a scenario shares with the baseline must be what it would compute itself: month by month
 * says so. */
#include "natopay/book/load.h"
#include "plan_support.h"

enum { SCENARIOS = 3, OVERLAY_MAX = 8000 };

static const char *const RATES[] = {"pension_staff_rate", "group_insurance_rate", "pension_employer_rate",
                                    "installation_spouse_share", "household_allowance_rate"};
static const char *const CONDITIONS[] = {"month(date) = 12",
                                         "date >= 2028-03-15",
                                         "year(date) = 2029",
                                         "step > 3",
                                         "grade in (G15, G17)",
                                         "not spouse",
                                         "spouse",
                                         "recruited < 2017-01-01",
                                         "known(end)",
                                         "service_year > 3",
                                         "dependent_children > 0",
                                         "known(twin_grade)",
                                         "expatriate",
                                         "given(child_births)",
                                         "start > 2026-06-01",
                                         "household",
                                         "date < start + 24 months",
                                         "known(spouse_monthly_income)",
                                         "duty_country = BE",
                                         "months_between(start, date) < 18",
                                         "number_before(child_births, date) > 1",
                                         "day(start) > 1",
                                         "pay_factor < 1",
                                         "contract = 'definite'"};
static const char *const DAYS[] = {"start + 3 months",
                                   "max(start, 2027-05-05)",
                                   "start",
                                   "recruited + 10 years",
                                   "if spouse then start else start + 40 days",
                                   "month_start(date)"};
static const char *const SHARES[] = {"0.01", "1/3", "0.5", "12%"};

#define PICK(random, list) (list)[random_below((random), (unsigned)(sizeof(list) / sizeof *(list)))]

typedef struct writing {
    random_source *random;
    const np_book *book;
    np_text text;
} writing;

/* A line that is evaluated before another one, so that no circle comes about; "basic_salary" when there is none. */
static const char *earlier_line(writing *w, const np_rule *rule)
{
    const char *found[NP_SLOTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < w->book->order_count && w->book->order[i] != rule->slot; i++) {
        const np_slot *slot = &w->book->slots[w->book->order[i]];
        if (slot->kind == NP_SLOT_RULE && w->book->rules[slot->index].kind != NP_FACT)
            found[count++] = w->book->rules[slot->index].name;
    }
    return count ? found[random_below(w->random, (unsigned)count)] : "basic_salary";
}

static void write_amount(writing *w, const np_rule *rule)
{
    np_text *t = &w->text;
    unsigned way = random_below(w->random, 5);
    np_text_printf(t, "amount = %s", way == 1 ? "if " : "");
    if (way == 1) np_text_printf(t, "%s then ", PICK(w->random, CONDITIONS));
    np_text_printf(t, "%s(%s * %s", way == 2 ? "max(" : "", PICK(w->random, SHARES), earlier_line(w, rule));
    if (random_below(w->random, 2)) np_text_printf(t, " + %s * %s", PICK(w->random, SHARES), earlier_line(w, rule));
    np_text_puts(t, ")");
    if (way == 1) np_text_puts(t, " else 0");
    if (way == 2) np_text_printf(t, ", %s)", earlier_line(w, rule));
    if (way == 3) np_text_puts(t, " * share_of_month(start)");
    if (way == 4) np_text_puts(t, " * min(service_year, 4)");
    np_text_puts(t, "\n");
}

static void rewrite_rule(writing *w, const np_rule *rule)
{
    np_text_printf(&w->text, "[rule %s]\n", rule->name);
    bool salary = rule->kind == NP_SALARY;
    if (!salary && random_below(w->random, 3)) write_amount(w, rule);
    if (!salary && random_below(w->random, 2))
        np_text_printf(&w->text, "when = %s %s %s\n", PICK(w->random, CONDITIONS),
                       random_below(w->random, 2) ? "and" : "or", PICK(w->random, CONDITIONS));
    if (rule->kind == NP_ONCE && random_below(w->random, 2))
        np_text_printf(&w->text, "date = %s\n", PICK(w->random, DAYS));
    if (random_below(w->random, 6) == 0) np_text_puts(&w->text, "from = 2027-03-01\n");
    if (random_below(w->random, 6) == 0) np_text_puts(&w->text, "until = 2028-02-15\n");
    np_text_puts(&w->text, "status = user\n");
}

/* An input has a default that goes with the grade, with figures, with ages or with the month: one that there is, or one
 * more. */
static void write_default(writing *w)
{
    static const char *const DEFAULTS[] = {"rank(grade)",
                                           "if category(grade) = 'B' then step else 2",
                                           "number_aged(child_births, 0, 18)",
                                           "100 * pension_staff_rate",
                                           "year(date) - 2020",
                                           "years_between(birth_date, date) - 20"};
    bool own = random_below(w->random, 2);
    np_text_printf(&w->text, "[input %s]\n%sdefault = %s\n", own ? "new_input" : "children_in_education",
                   own ? "type = number\n" : "", PICK(w->random, DEFAULTS));
    if (own)
        np_text_puts(&w->text, "[rule new_rule]\nkind = allowance\namount = local(3 EUR) * new_input\n"
                               "when = new_input > 2\n");
}

static void write_scenario(writing *w, size_t number)
{
    bool taken[NP_SLOTS_MAX] = {false};
    np_text_clear(&w->text);
    np_text_printf(&w->text, "[scenario s%zu]\n", number);
    if (random_below(w->random, 3) == 0) np_text_printf(&w->text, "when = %s\n", PICK(w->random, CONDITIONS));
    if (random_below(w->random, 2))
        np_text_printf(&w->text, "[parameter %s]\n20%02u-0%u-01 = %u%%\nstatus = user\n", PICK(w->random, RATES),
                       26 + random_below(w->random, 4), 1 + random_below(w->random, 9),
                       1 + random_below(w->random, 30));
    if (random_below(w->random, 4) == 0) write_default(w);
    for (size_t i = 1 + random_below(w->random, 3); i > 0; i--) {
        const np_rule *rule = &w->book->rules[random_below(w->random, (unsigned)w->book->rule_count)];
        if (rule->kind == NP_FACT || taken[rule->slot]) continue;
        taken[rule->slot] = true;
        rewrite_rule(w, rule);
    }
}

typedef struct trial {
    fixture f;
    uint64_t seed;
    uint64_t differing;
} trial;

/* False when a scenario does not load, as when two rewritten rules name one another. */
static bool load_trial(trial *t, random_source *random)
{
    fixture *f = &t->f;
    f->books[0] =
        (np_plan_book){np_book_load(np_reader_disk(), &f->diags, f->arena, "tests/book/nato", NULL, 0), {0}, NULL, 0};
    writing w = {.random = random, .book = f->books[0].book};
    np_text_init(&w.text, OVERLAY_MAX);
    f->count = 1 + 1 + random_below(random, SCENARIOS);
    for (size_t i = 1; i < f->count && f->diags.errors == 0; i++) {
        char path[64];
        const char *overlay[] = {path};
        np_scenario scenario = {0};
        write_scenario(&w, i);
        write_overlay(path, np_text_string(&w.text));
        np_book *book = np_book_load(np_reader_disk(), &f->diags, f->arena, "tests/book/nato", overlay, 1);
        if (f->diags.errors == 0 && np_scenario_read(book, &f->diags, 0, &scenario))
            f->books[i] = (np_plan_book){book, scenario.when, scenario.changes, scenario.change_count};
        unlink(path);
    }
    np_text_free(&w.text);
    return f->diags.errors == 0;
}

static void run_trial(void *context)
{
    trial *t = context;
    random_source random = {t->seed * UINT64_C(0x9E3779B97F4A7C15)};
    for (int i = 0; i < 8; i++) random_bits(&random);
    static const int MONTHS[] = {72, 72, 7, 120};
    if (!load_trial(t, &random)) return;
    int year = (int)(2025 + random_below(&random, 4));
    assert_true(np_sample_init(&t->f.sample, t->f.books[0].book, t->seed));
    assert_true(
        np_window_set(&t->f.window, np_date_of(year, 1 + (int)random_below(&random, 12), 1), PICK(&random, MONTHS)));
    comparison c = {.f = &t->f};
    compare_all(&c, 1, 30);
    t->differing = c.differing;
    end_comparison(&c);
}

static void shared_equals_own(void **state)
{
    (void)state;
    uint64_t trials = getenv("NATOPAY_SOAK") ? 3000 : 25, loaded = 0;
    for (uint64_t seed = 1; seed <= trials; seed++) {
        trial t = {.f = {.arena = np_arena_new((size_t)1 << 28)}, .seed = seed};
        np_diags_init(&t.f.diags, t.f.arena);
        assert_true(np_arena_guard(t.f.arena, run_trial, &t));
        loaded += t.f.diags.errors == 0;
        if (t.differing) print_error("trial %llu differs\n", (unsigned long long)seed);
        assert_int_equal(t.differing, 0);
        np_arena_free(t.f.arena);
    }
    assert_true(loaded > trials / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shared_equals_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
