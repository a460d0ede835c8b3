/* Whole payslips: against a second computation written by hand, and what must hold of any. */
#include "naive_payslip.h"
#include "unit/book_support.h"

enum { ROUNDS = 10000, RESET_EVERY = 100 };

/* ---- random situations ---- */

static int random_from(random_source *random, int from, int to)
{
    return from + (int)random_below(random, (unsigned)(to - from + 1));
}

static int random_date(random_source *random, int first_year, int last_year)
{
    int year = random_from(random, first_year, last_year), month = random_from(random, 1, 12);
    int day = random_from(random, 1, naive_month_days(year, month));
    switch (random_below(random, 8)) { /* often at an edge */
    case 0:
        day = 1;
        break;
    case 1:
        day = naive_month_days(year, month);
        break;
    case 2:
        month = 2;
        day = naive_month_days(year, month);
        break;
    case 3:
        month = day = 1;
        break;
    default:
        break;
    }
    day = day < naive_month_days(year, month) ? day : naive_month_days(year, month);
    return year * 10000 + month * 100 + day;
}

static const char *random_nationality(random_source *random, int country)
{
    static const char *const SOME[] = {"DE", "US", "TR", "FR", "BE", "GB"};
    unsigned which = random_below(random, 10);
    return which == 0 ? NULL : which == 1 ? naive_country_name[country] : SOME[random_below(random, 6)];
}

static void random_family(random_source *random, naive_situation *s)
{
    s->spouse = random_below(random, 2);
    s->children = random_below(random, 3) ? random_from(random, 0, NAIVE_BIRTHS) : 0;
    s->births_given = random_below(random, 2);
    for (int i = 0; i < s->children; i++) s->births[i] = random_date(random, 1996, 2029);
    if (s->spouse && random_below(random, 4) == 0) s->spouse_income_cents = random_from(random, 1, 700000);
    if (random_below(random, 3) == 0) s->in_education = random_from(random, 0, 3);
    if (random_below(random, 6) == 0) s->disabled = random_from(random, 0, 2);
    if (random_below(random, 4) == 0) s->education_cost_cents = random_from(random, 1, 3000000);
    if (random_below(random, 4) == 0) s->education_children = random_from(random, 0, 3);
    if (random_below(random, 4) == 0) s->similar_cents = random_from(random, 1, 100000);
    if (random_below(random, 4) == 0) s->rent_cents = random_from(random, -80000, 80000);
}

static naive_situation random_situation(random_source *random)
{
    naive_situation s = {.country = random_from(random, 0, NAIVE_COUNTRIES - 1),
                         .grade = random_below(random, 12) ? random_from(random, 8, 24) : random_from(random, 1, 24),
                         .step = random_below(random, 2) ? 1 : random_from(random, 1, 11),
                         .part_time_percent = random_below(random, 3) ? 100 : random_from(random, 1, 100),
                         .contract_months = random_below(random, 3) ? 36 : random_from(random, 1, 24)};
    s.grade_at_recruitment = random_below(random, 4) ? s.grade : random_from(random, 1, 24);
    s.start = random_date(random, 2022, 2032);
    int month = s.start / 100 + random_from(random, 0, 11);
    if (month % 100 > 12) month += 88;
    s.date = (random_below(random, 3) ? month + 100 * random_from(random, 0, 12) : s.start / 100) * 100 + 1;
    s.recruited = random_below(random, 2) ? s.start : random_date(random, 2004, 2021);
    if (random_below(random, 4) == 0) { /* a last month, whole or not */
        int after = random_date(random, s.date / 10000, s.date / 10000 + 1);
        int within = s.date + random_from(random, 0, naive_month_days(s.date / 10000, s.date / 100 % 100) - 1);
        s.end = random_below(random, 2) ? within : after > s.date ? after : within;
    }
    s.nationality = random_nationality(random, s.country);
    s.second_nationality = random_below(random, 6) ? NULL : random_nationality(random, s.country);
    s.resident_tenths = random_below(random, 4) ? 0 : random_from(random, 0, 30);
    s.distance_km = random_below(random, 5) ? random_from(random, 90, 110) : NAIVE_UNKNOWN;
    s.mobility = random_below(random, 3) == 0;
    s.zone = random_below(random, 3) == 0;
    s.lodging = random_below(random, 3) == 0;
    if (random_below(random, 3) == 0) s.voluntary_permille = random_from(random, 1, 80);
    if (random_below(random, 3) == 0) s.adjustment_percent = random_from(random, -3, 6);
    random_family(random, &s);
    return s;
}

/* ---- the same situation for calc/pay ---- */

static void give(fixture *w, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void give(fixture *w, const char *name, const char *format, ...)
{
    char text[200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!try_set(w, name, text)) {
        print_diags(&w->diags);
        fail_msg("cannot set %s", name);
    }
}

static void give_date(fixture *w, const char *name, int date)
{
    give(w, name, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

static void give_cents(fixture *w, const char *name, long cents)
{
    const char *sign = cents < 0 ? "-" : "";
    if (cents) give(w, name, "%s%ld.%02ld EUR", sign, labs(cents) / 100, labs(cents) % 100);
}

static void give_family(fixture *w, const naive_situation *s)
{
    char births[NAIVE_BIRTHS * 12 + 1] = "";
    for (int i = 0; i < s->children; i++)
        snprintf(births + strlen(births), sizeof births - strlen(births), "%s%04d-%02d-%02d", i ? "," : "",
                 s->births[i] / 10000, s->births[i] / 100 % 100, s->births[i] % 100);
    if (s->births_given)
        give(w, "child_births", "%s", births);
    else
        give(w, "children", "%d", s->children);
    give(w, "spouse", "%s", s->spouse ? "yes" : "no");
    give_cents(w, "spouse_monthly_income", s->spouse_income_cents);
    give_cents(w, "education_costs_year", s->education_cost_cents);
    give_cents(w, "similar_allowances", s->similar_cents);
    give_cents(w, "rent_difference", s->rent_cents);
    give(w, "children_in_education", "%d", s->in_education);
    give(w, "disabled_children", "%d", s->disabled);
    give(w, "education_children", "%d", s->education_children);
}

static void give_all(fixture *w, const naive_situation *s)
{
    w->situation = np_situation_new(w->book, w->arena);
    give(w, "grade", "G%d", s->grade);
    give(w, "grade_at_recruitment", "G%d", s->grade_at_recruitment);
    give(w, "duty_country", "%s", naive_country_name[s->country]);
    give(w, "step", "%d", s->step);
    give_date(w, "date", s->date);
    give_date(w, "start", s->start);
    if (s->end) give_date(w, "end", s->end);
    if (s->recruited != s->start) give_date(w, "recruited", s->recruited);
    if (s->nationality) give(w, "nationality", "%s", s->nationality);
    if (s->second_nationality) give(w, "second_nationality", "%s", s->second_nationality);
    give(w, "resident_years_in_host_country", "%d.%d", s->resident_tenths / 10, s->resident_tenths % 10);
    if (s->distance_km != NAIVE_UNKNOWN) give(w, "residence_distance_km", "%d", s->distance_km);
    give(w, "contract_months", "%d", s->contract_months);
    give(w, "part_time", "%d%%", s->part_time_percent);
    give(w, "voluntary_pension_rate", "%d.%d%%", s->voluntary_permille / 10, s->voluntary_permille % 10);
    give(w, "annual_adjustment", "%d%%", s->adjustment_percent);
    give(w, "mobility_supplement", "%s", s->mobility ? "yes" : "no");
    give(w, "zone_supplement", "%s", s->zone ? "yes" : "no");
    give(w, "lodging_provided", "%s", s->lodging ? "yes" : "no");
    give_family(w, s);
}

static void print_situation(fixture *w)
{
    np_text text;
    np_text_init(&text, 1 << 16);
    for (uint16_t i = 0; i < w->book->input_count; i++) {
        const np_input *input = &w->book->inputs[i];
        if (!w->situation->given[input->slot]) continue;
        np_text_printf(&text, " --set '%s=", input->name);
        np_print_value(&text, w->book, &w->situation->values[input->slot], NULL);
        np_text_puts(&text, "'");
    }
    print_error("natopay estimate%s\n", np_text_string(&text));
    np_text_free(&text);
}

/* ---- agreement ---- */

static void expect_same(fixture *w, const char *what, np_num got, const mpq_t wanted)
{
    np_text text;
    np_text_init(&text, 10000);
    np_num_print_fraction(&text, got);
    char *exact = mpq_get_str(NULL, 10, wanted);
    if (strcmp(np_text_string(&text), exact) != 0) {
        print_situation(w);
        fail_msg("%s: %s instead of %s", what, np_text_string(&text), exact);
    }
    void (*release)(void *, size_t);
    mp_get_memory_functions(NULL, NULL, &release);
    release(exact, strlen(exact) + 1);
    np_text_free(&text);
}

static void expect_lines(fixture *w, const naive_payslip *p)
{
    static const np_line_state STATE[] = {
        [NAIVE_NOT_DUE] = NP_LINE_NOT_DUE, [NAIVE_OPEN] = NP_LINE_OPEN, [NAIVE_DUE] = NP_LINE_DUE};
    for (int i = 0; i < NAIVE_LINES; i++) {
        const np_line *line = line_of(w, naive_line_name[i]);
        if (line->state != STATE[p->state[i]]) {
            print_situation(w);
            fail_msg("%s: state %d instead of %d", naive_line_name[i], line->state, STATE[p->state[i]]);
        }
        if (line->state != NP_LINE_DUE) continue;
        expect_same(w, naive_line_name[i], line->exact, p->exact[i]);
        expect_same(w, naive_line_name[i], line->amount, p->amount[i]);
    }
    expect_same(w, "gross", w->payslip->gross.amount, p->gross);
    expect_same(w, "deductions", w->payslip->deductions.amount, p->deductions);
    expect_same(w, "net", w->payslip->net.amount, p->net);
    expect_same(w, "employer", w->payslip->employer.amount, p->employer);
    expect_same(w, "once", w->payslip->once.amount, p->once);
}

/* Every rule that makes a line is among those computed by hand: a new one must be added there. */
static void every_line_has_its_twin(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    for (size_t i = 0; i < w->book->rule_count; i++) {
        if (w->book->rules[i].kind == NP_FACT) continue;
        int found = 0;
        for (int k = 0; k < NAIVE_LINES; k++) found += strcmp(naive_line_name[k], w->book->rules[i].name) == 0;
        if (found != 1) fail_msg("%s is not computed by hand", w->book->rules[i].name);
    }
}

static void payslips_equal_those_by_hand(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    naive_facts facts;
    naive_payslip p;
    naive_facts_init(&facts);
    naive_payslip_init(&p);
    fixture_nato(w, NULL);
    np_arena *book_arena = w->arena;
    w->arena = np_arena_new(0);
    long known = 0, due[NAIVE_LINES] = {0}, open[NAIVE_LINES] = {0};
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        if (round % RESET_EVERY == 0) np_arena_reset(w->arena);
        np_diags_init(&w->diags, w->arena);
        w->payslip = np_payslip_new(w->book, w->arena, false);
        naive_situation s = random_situation(&random);
        give_all(w, &s);
        bool by_hand = naive_compute(&p, &facts, &s);
        if (try_compute(w) != by_hand) {
            print_situation(w);
            print_diags(&w->diags);
            fail_msg("known by hand: %d", by_hand);
        }
        if (!by_hand) continue;
        known++;
        expect_lines(w, &p);
        for (int i = 0; i < NAIVE_LINES; i++) {
            due[i] += p.state[i] == NAIVE_DUE;
            open[i] += p.state[i] == NAIVE_OPEN;
        }
    }
    assert_true(known > ROUNDS / 2);
    for (int i = 0; i < NAIVE_LINES; i++)
        if (due[i] + open[i] < 100) fail_msg("%s was hardly tried", naive_line_name[i]);
    np_arena_free(w->arena);
    w->arena = book_arena;
    naive_payslip_clear(&p);
    naive_facts_clear(&facts);
}

/* ---- what must hold of any payslip ---- */

/* A situation of which the book knows the salary. */
static naive_situation payable_situation(fixture *w, random_source *random)
{
    for (;;) {
        np_diags_init(&w->diags, w->arena);
        w->payslip = np_payslip_new(w->book, w->arena, false);
        naive_situation s = random_situation(random);
        give_all(w, &s);
        if (try_compute(w)) return s;
    }
}

static void net_is_the_sum_of_rounded_lines(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    fixture_nato(w, NULL);
    np_arena *book_arena = w->arena;
    w->arena = np_arena_new(0);
    mpq_t sum, one;
    mpq_inits(sum, one, NULL);
    for (long round = random_rounds(2000); round > 0; round--) {
        if (round % RESET_EVERY == 0) np_arena_reset(w->arena);
        payable_situation(w, &random);
        mpq_set_ui(sum, 0, 1);
        for (size_t i = 0; i < w->book->rule_count; i++) {
            np_kind kind = w->book->rules[i].kind;
            bool adds = kind == NP_SALARY || kind == NP_ALLOWANCE;
            if (w->payslip->lines[i].state != NP_LINE_DUE || !(adds || kind == NP_DEDUCTION)) continue;
            np_text text;
            np_text_init(&text, 1000);
            np_num_print_fraction(&text, w->payslip->lines[i].amount);
            assert_int_equal(mpq_set_str(one, np_text_string(&text), 10), 0);
            np_text_free(&text);
            assert_int_equal(100 % mpz_get_ui(mpq_denref(one)), 0); /* whole cents */
            if (adds)
                mpq_add(sum, sum, one);
            else
                mpq_sub(sum, sum, one);
        }
        expect_same(w, "net", w->payslip->net.amount, sum);
    }
    mpq_clears(sum, one, NULL);
    np_arena_free(w->arena);
    w->arena = book_arena;
}

/* A higher rate of an allowance never lowers the net: the same situations under both books. */
static void raising_an_allowance_never_lowers_the_net(void **state)
{
    static const char *const OVERLAYS[] = {
        "[parameter expatriation_rate]\n2012-01-01 = 10.1%, 10%, 11%, 10%, 10%, 9%, 6%, 4%, 3%, 1%\n",
        "[parameter expatriation_rate_outside_nato]\n1900-01-01 = 33%\n",
        "[parameter household_allowance_rate]\n1900-01-01 = 6.01%\n",
        "[parameter dependent_child_supplement_share]\n1900-01-01 = 35855/619755\n",
        "[parameter education_allowance_share]\n1900-01-01 = 75%\n",
        "[parameter family_allowance_share_local]\n2017-01-01 = 100%, 100%, 100%, 100%, 100%, 10%\n"};
    fixture *w = *state, raised = {.arena = w->arena};
    random_source random = random_start();
    fixture_nato(w, NULL);
    np_arena *book_arena = w->arena, *work = np_arena_new(0);
    for (size_t o = 0; o < sizeof OVERLAYS / sizeof OVERLAYS[0]; o++) {
        raised.arena = book_arena;
        fixture_nato(&raised, OVERLAYS[o]);
        w->arena = raised.arena = work;
        long higher = 0;
        for (long round = random_rounds(1000); round > 0; round--) {
            np_arena_reset(work);
            naive_situation s = payable_situation(w, &random);
            np_diags_init(&raised.diags, work);
            raised.payslip = np_payslip_new(raised.book, work, false);
            give_all(&raised, &s);
            assert_true(try_compute(&raised));
            int order = np_num_compare(raised.payslip->net.amount, w->payslip->net.amount);
            if (order < 0) print_situation(w);
            assert_true(order >= 0);
            higher += order > 0;
        }
        if (higher == 0) fail_msg("never higher: %s", OVERLAYS[o]);
    }
    np_arena_free(work);
    w->arena = book_arena;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(every_line_has_its_twin), fixture_test(payslips_equal_those_by_hand),
        fixture_test(net_is_the_sum_of_rounded_lines), fixture_test(raising_an_allowance_never_lowers_the_net)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
