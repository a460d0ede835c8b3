/* Horizons: a payslip computed for a month stands, to the cent and in every state, until the month that it names. */
#include "unit/book_support.h"

enum { STRETCHES = 60, MONTHS = 150, FORMULAS = 6, ODD_BOOKS = 250, SITUATIONS = 60 };

typedef struct snapshot {
    np_line lines[64];
    np_total totals[5];
    size_t count;
    bool computed;
} snapshot;

static void set_date(fixture *w, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    np_situation_set_value(w->situation, w->book->date_slot, value);
}

/* What the payslip of a month says, kept in the arena. */
static snapshot look(fixture *w, np_date month, bool projecting)
{
    snapshot s = {.count = w->book->rule_count};
    np_pay_options options = {.projecting = projecting};
    assert_true(s.count <= sizeof s.lines / sizeof s.lines[0]);
    set_date(w, month);
    np_diags_init(&w->diags, w->arena);
    s.computed = try_compute_with(w, &options);
    memcpy(s.lines, w->payslip->lines, s.count * sizeof *s.lines);
    const np_payslip *p = w->payslip;
    np_total totals[] = {p->gross, p->deductions, p->net, p->employer, p->once};
    memcpy(s.totals, totals, sizeof totals);
    return s;
}

static bool same_number(np_num a, np_num b)
{
    return np_num_compare(a, b) == 0;
}

/* The rule whose line differs, "total", or NULL. */
static const char *difference(const fixture *w, const snapshot *a, const snapshot *b)
{
    if (a->computed != b->computed) return "success";
    if (!a->computed) return NULL;
    for (size_t i = 0; i < a->count; i++) {
        const np_line *x = &a->lines[i], *y = &b->lines[i];
        bool same = x->state == y->state && x->status == y->status && x->date == y->date;
        same = same && same_number(x->exact, y->exact) && same_number(x->amount, y->amount);
        if (!same && w->book->rules[i].kind != NP_FACT) return w->book->rules[i].name;
    }
    for (size_t i = 0; i < 5; i++)
        if (!same_number(a->totals[i].amount, b->totals[i].amount) || a->totals[i].status != b->totals[i].status)
            return "total";
    return NULL;
}

static np_date next_month(np_date month)
{
    return np_date_add_months(month, 1);
}

/* Walk from stretch to stretch; every month of each is computed by itself. Returns how many stretches there were. */
static int walk(fixture *w, np_date month, const char *what)
{
    int stretches = 0;
    for (int months = 0; stretches < STRETCHES && months < MONTHS; stretches++) {
        snapshot first = look(w, month, true);
        np_date horizon = first.computed ? w->payslip->horizon : next_month(month);
        if (horizon <= month) fail_msg("the horizon lies in the past");
        if (horizon != INT32_MAX) assert_int_equal(np_date_split(horizon).day, 1);
        for (; month < horizon && months < MONTHS; month = next_month(month), months++) {
            snapshot now = look(w, month, false);
            const char *differs = difference(w, &first, &now);
            if (!differs) continue;
            np_ymd ymd = np_date_split(month), until = np_date_split(horizon);
            print_error("%s\n", what);
            fail_msg("%s differs in %d-%02d, said to stand until %d-%02d", differs, ymd.year, ymd.month, until.year,
                     until.month);
        }
    }
    return stretches;
}

/* ---- the NATO book ---- */

static void random_day(random_source *random, char *text, int first, int years)
{
    int month = 1 + (int)random_below(random, 12), year = first + (int)random_below(random, (unsigned)years);
    int last = np_date_days_in_month(year, month), day = 1 + (int)random_below(random, (unsigned)last);
    if (random_below(random, 3) == 0) day = random_below(random, 2) ? 1 : last;
    sprintf(text, "%04d-%02d-%02d", year, month, day);
}

static void the_nato_book(void **state)
{
    static const char *const COUNTRIES[] = {"BE", "FR", "GB", "US", "UA", "JO", "IT", "LU"};
    fixture *w = *state;
    random_source random = random_start();
    fixture_nato(w, NULL);
    np_arena *book_arena = w->arena;
    int stretches = 0;
    for (long i = random_rounds(SITUATIONS); i > 0; i--) {
        char day[32], births[64], inputs[400];
        w->arena = np_arena_new(0);
        np_diags_init(&w->diags, w->arena);
        w->situation = np_situation_new(w->book, w->arena);
        w->payslip = np_payslip_new(w->book, w->arena, false);
        random_day(&random, day, 2022, 6);
        random_day(&random, births, 2000, 30);
        births[10] = ',';
        random_day(&random, births + 11, 2000, 30);
        snprintf(inputs, sizeof inputs,
                 "grade=G%u duty_country=%s start=%s nationality=%s spouse=%s child_births=%s "
                 "children_in_education=1 annual_adjustment=%u%% residence_distance_km=500 step=%u "
                 "education_costs_year=9000 similar_allowances=100",
                 8 + 2 * random_below(&random, 2), COUNTRIES[random_below(&random, 8)], day,
                 random_below(&random, 2) ? "DE" : "FR", random_below(&random, 2) ? "yes" : "no", births,
                 random_below(&random, 3), 1 + random_below(&random, 3));
        set(w, inputs);
        random_day(&random, day, 2016, 6);
        if (random_below(&random, 2)) assert_true(try_set(w, "recruited", day));
        random_day(&random, day, 2028, 8);
        if (random_below(&random, 2)) assert_true(try_set(w, "end", day));
        int start = np_book_slot(w->book, "start");
        stretches += walk(w, np_date_month_start(w->situation->values[start].as.date), inputs);
        np_arena_free(w->arena);
    }
    w->arena = book_arena;
    assert_true(stretches > SITUATIONS * 5);
}

/* ---- books of odd formulas ---- */

static const char PACK[] = "[currency EUR]\n"
                           "[country FR]\ncurrency = EUR\n"
                           "[country BE]\ncurrency = EUR\n"
                           "[grade G1]\nrank = 1\n"
                           "[grade G2]\nrank = 2\n"
                           "[source s]\ntitle = s\n"
                           "[scale FR 2020-06-15]\ng1 = 100.00\nreference = BE\n"
                           "[scale FR 2023-01-01]\nindex = 1.1\ng1 = 120\n"
                           "[scale BE 2019-01-01]\ng1 = 50\ng2 = 60\n"
                           "[scale BE 2021-04-10]\nindex = 1.05\n"
                           "[scale BE 2024-07-31]\nindex = 1.01\n"
                           "[input date]\ntype = date\n"
                           "[input duty_country]\ntype = country\ndefault = FR\n"
                           "[input start]\ntype = date\n"
                           "[input births]\ntype = dates\n"
                           "[rule month]\nkind = fact\namount = month_start(date)\n"
                           "[rule later]\nkind = fact\namount = max(month_start(date), start)\n"
                           "[rule basic]\nkind = salary\namount = scale(G1, 1)\n"
                           "[parameter rate]\n2018-01-01 = 1, 2, 3\n2021-05-20 = 2, 3, 5\n2024-02-01 = 1\n"
                           "[parameter amount]\nbe 2018-03-03 = 10\nbe 2022-03-03 = 11\nfr 2023-09-09 = 12\n"
                           "reference = BE\ntype = money\n";

typedef struct writer {
    random_source *random;
    char text[8000];
    size_t length;
} writer;

static void put(writer *f, const char *text)
{
    size_t length = strlen(text);
    assert_true(f->length + length < sizeof f->text);
    memcpy(f->text + f->length, text, length + 1);
    f->length += length;
}

static void date_formula(writer *f, int depth);
static void number_formula(writer *f, int depth);
static void truth_formula(writer *f, int depth);

typedef void part(writer *f, int depth);

/* "text ^ text ^ ...": each ^ is one of the parts in turn. */
static void fill(writer *f, const char *pattern, int depth, part *first, part *second, part *third)
{
    part *parts[] = {first, second, third};
    char one[2] = "";
    for (size_t at = 0; *pattern; pattern++)
        if (*pattern == '^') {
            parts[at++](f, depth - 1);
        } else {
            one[0] = *pattern;
            put(f, one);
        }
}

static void date_formula(writer *f, int depth)
{
    static const char *const LEAVES[] = {"date", "start", "month", "later", "scale_date()"};
    unsigned choice = random_below(f->random, depth > 0 ? 16 : 8);
    char text[40];
    if (choice < 5) {
        put(f, LEAVES[choice]);
    } else if (choice < 8) {
        random_day(f->random, text, 2018, 10);
        put(f, text);
    } else if (choice == 8) {
        fill(f, "month_start(^)", depth, date_formula, NULL, NULL);
    } else if (choice == 9) {
        fill(f, "month_end(^)", depth, date_formula, NULL, NULL);
    } else if (choice == 10) {
        static const char *const UNITS[] = {"months", "days", "years"};
        snprintf(text, sizeof text, "(^ %c %u %s)", random_below(f->random, 2) ? '+' : '-', random_below(f->random, 20),
                 UNITS[random_below(f->random, 3)]);
        fill(f, text, depth, date_formula, NULL, NULL);
    } else if (choice == 11) {
        fill(f, "max(^, ^, ^)", depth, date_formula, date_formula, date_formula);
    } else if (choice == 12) {
        fill(f, "min(^, ^)", depth, date_formula, date_formula, NULL);
    } else if (choice == 13) {
        fill(f, "clamp(^, ^, ^)", depth, date_formula, date_formula, date_formula);
    } else if (choice == 14) {
        fill(f, "scale_date(BE, ^)", depth, date_formula, NULL, NULL);
    } else {
        fill(f, "(if ^ then ^ else ^)", depth, truth_formula, date_formula, date_formula);
    }
}

static void number_formula(writer *f, int depth)
{
    static const char *const PATTERNS[] = {"years_between(^, ^)",
                                           "months_between(^, ^)",
                                           "days_between(^, ^)",
                                           "year(^)",
                                           "month(^)",
                                           "day(^)",
                                           "number_before(births, ^)",
                                           "share_of_month(^)",
                                           "share_of_month(^, ^)",
                                           "scale(G1, 1, BE, ^) / 1 EUR"};
    static const char *const LEAVES[] = {"number_aged(births, 0, 2)",
                                         "number_aged(births, 1, 3)",
                                         "scale(G2, 1, BE) / 1 EUR",
                                         "scale(G2, 1) / 1 EUR",
                                         "amount / 1 EUR",
                                         "amount(BE) / 1 EUR",
                                         "year(scale_date())",
                                         "3"};
    unsigned choice = random_below(f->random, depth > 0 ? 22 : 18);
    if (choice < 10)
        fill(f, PATTERNS[choice], depth, date_formula, date_formula, NULL);
    else if (choice < 18)
        put(f, LEAVES[choice - 10]);
    else if (choice == 18)
        fill(f, "rate(clamp(floor(^), 1, 4))", depth, number_formula, NULL, NULL);
    else if (choice == 19)
        fill(f, "(^ + ^)", depth, number_formula, number_formula, NULL);
    else if (choice == 20)
        fill(f, "min(^, ^)", depth, number_formula, number_formula, NULL);
    else
        fill(f, "(if ^ then ^ else ^)", depth, truth_formula, number_formula, number_formula);
}

static void truth_formula(writer *f, int depth)
{
    static const char *const COMPARE[] = {"^ < ^", "^ <= ^", "^ = ^", "^ != ^", "^ >= ^", "^ in (^, 2021-02-01)"};
    unsigned choice = random_below(f->random, depth > 0 ? 10 : 7);
    if (choice < 6)
        fill(f, COMPARE[choice], depth, date_formula, date_formula, NULL);
    else if (choice == 6)
        fill(f, "^ < ^", depth, number_formula, number_formula, NULL);
    else if (choice == 7)
        fill(f, "(^ and ^)", depth, truth_formula, truth_formula, NULL);
    else if (choice == 8)
        fill(f, "(^ or ^)", depth, truth_formula, truth_formula, NULL);
    else
        fill(f, "not (^)", depth, truth_formula, NULL, NULL);
}

static void odd_overlay(writer *f)
{
    char text[200], from[32], until[32];
    f->length = 0;
    for (int i = 0; i < FORMULAS; i++) {
        random_day(f->random, from, 2019, 3);
        random_day(f->random, until, 2023, 4);
        bool once = random_below(f->random, 4) == 0, bounded = random_below(f->random, 5) == 0;
        snprintf(text, sizeof text, "[rule odd_%d]\nkind = %s\n", i, once ? "once" : "allowance");
        put(f, text);
        if (bounded) {
            snprintf(text, sizeof text, "from = %s\nuntil = %s\n", from, until);
            put(f, text);
        }
        size_t before;
        do { /* a value holds at most 1000 bytes */
            before = f->length;
            put(f, "when = ");
            truth_formula(f, 3);
            put(f, "\n");
            if (f->length - before < 900) break;
            f->length = before;
        } while (true);
        do {
            before = f->length;
            put(f, "amount = 1 EUR * (");
            number_formula(f, 3);
            put(f, ")\n");
            if (f->length - before < 900) break;
            f->length = before;
        } while (true);
        if (!once) continue;
        put(f, "date = ");
        date_formula(f, 2);
        put(f, "\n");
    }
}

static void odd_formulas(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    np_arena *outer = w->arena;
    writer f = {.random = &random};
    int stretches = 0;
    for (long i = random_rounds(ODD_BOOKS); i > 0; i--) {
        w->arena = np_arena_new(0);
        texts_init(&w->texts);
        texts_add(&w->texts, "odd/pack.ini", PACK);
        odd_overlay(&f);
        texts_add(&w->texts, "overlay.ini", f.text);
        fixture_load(w, "odd");
        if (w->diags.errors) {
            print_diags(&w->diags);
            fail_msg("the odd book is not understood");
        }
        w->situation = np_situation_new(w->book, w->arena);
        w->payslip = np_payslip_new(w->book, w->arena, false);
        char day[32], births[64];
        random_day(&random, day, 2020, 4);
        random_day(&random, births, 2017, 9);
        births[10] = ',';
        random_day(&random, births + 11, 2017, 9);
        assert_true(try_set(w, "start", day));
        assert_true(try_set(w, "births", births));
        stretches += walk(w, np_date_of(2019, 11, 1), f.text);
        np_arena_free(w->arena);
    }
    w->arena = outer;
    assert_true(stretches > ODD_BOOKS * 5);
}

/* ---- forms that a projection knows ---- */

static void expect_horizon(fixture *w, const char *formula, const char *month, const char *until)
{
    char overlay[600];
    np_arena *outer = w->arena;
    w->arena = np_arena_new(0);
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini",
              "[currency EUR]\n[country FR]\ncurrency = EUR\n[input date]\ntype = date\n"
              "[input duty_country]\ntype = country\ndefault = FR\n[input day]\ntype = date\n"
              "[rule basic]\nkind = salary\namount = 1 EUR\n");
    snprintf(overlay, sizeof overlay, "[rule x]\nkind = allowance\namount = 1 EUR * (%s)\n", formula);
    texts_add(&w->texts, "overlay.ini", overlay);
    fixture_load(w, "pack");
    expect_clean(&w->diags);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
    np_date from = NP_DATE_NONE, to = INT32_MAX;
    assert_null(np_date_parse(month, 10, &from));
    if (*until) assert_null(np_date_parse(until, 10, &to));
    assert_true(look(w, from, true).computed);
    if (w->payslip->horizon != to) print_error("%s\n", formula);
    assert_int_equal(w->payslip->horizon, to);
    np_arena_free(w->arena);
    w->arena = outer;
}

static void known_forms(void **state)
{
    fixture *w = *state;
    expect_horizon(w, "3", "2020-01-01", "");
    expect_horizon(w, "if date < 2022-05-17 then 1 else 2", "2020-01-01", "2022-06-01");
    expect_horizon(w, "if month_end(date) < 2022-05-17 then 1 else 2", "2020-01-01", "2022-05-01");
    expect_horizon(w, "if date < 2022-05-17 then 1 else 2", "2022-06-01", "");
    expect_horizon(w, "years_between(2019-03-15, date)", "2020-01-01", "2020-04-01");
    expect_horizon(w, "years_between(2019-03-01, date)", "2020-01-01", "2020-03-01");
    expect_horizon(w, "years_between(2020-02-29, date)", "2020-03-01", "2021-03-01");
    expect_horizon(w, "year(date)", "2020-07-01", "2021-01-01");
    expect_horizon(w, "month(date)", "2020-07-01", "2020-08-01");
    expect_horizon(w, "day(date)", "2020-07-01", "");
    expect_horizon(w, "share_of_month(2020-07-10)", "2020-07-01", "2020-08-01");
    expect_horizon(w, "share_of_month(2020-07-10)", "2020-08-01", "");
    expect_horizon(w, "share_of_month(2020-07-10, 2021-07-10)", "2020-08-01", "2021-07-01");
    /* the lower bound holds until the upper one passes it */
    expect_horizon(w, "years_between(2000-01-01, clamp(2030-01-01, 2020-06-01, month_start(date)))", "2018-01-01",
                   "2020-06-01");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {fixture_test(the_nato_book), fixture_test(odd_formulas),
                                              fixture_test(known_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
