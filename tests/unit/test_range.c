/* Ranges of the net, and what moves it most, against every combination tried one by one. */
#include "unit/book_support.h"

#include "natopay/pay/range.h"
#include "natopay/pay/format_value.h"

typedef struct ranging {
    fixture *w;
    np_range range;
    np_sensitivity *rows;
    size_t count;
    bool ok;
} ranging;

static void find_range(void *context)
{
    ranging *r = context;
    r->ok = np_net_range(r->w->situation, r->w->arena, &r->w->diags, &r->range) &&
            np_net_sensitivity(r->w->situation, r->w->arena, &r->w->diags, &r->rows, &r->count);
}

static ranging range_of(fixture *w)
{
    ranging r = {.w = w};
    assert_true(np_arena_guard(w->arena, find_range, &r));
    if (!r.ok) print_diags(&w->diags);
    assert_true(r.ok);
    return r;
}

static np_num net_at(fixture *w, const uint8_t *ends)
{
    np_pay_options options = {.ends = ends};
    assert_true(try_compute_with(w, &options));
    return w->payslip->net.amount;
}

/* Every combination of low and high of those uncertain figures that took part (few), and the middle. */
static void expect_brute_force(fixture *w, const ranging *r)
{
    size_t *parts = np_arena_array(w->arena, w->book->uncertain_count + 1, sizeof *parts), count = 0;
    uint8_t *ends = np_arena_array(w->arena, w->book->uncertain_count + 1, 1);
    for (size_t i = 0; i < w->book->uncertain_count; i++)
        if (r->range.figures[i]) parts[count++] = i;
    assert_true(count <= 13);
    np_num low = net_at(w, ends), high = low;
    for (size_t c = 0; c < (size_t)1 << count; c++) {
        for (size_t i = 0; i < count; i++) ends[parts[i]] = c >> i & 1 ? NP_HIGH : NP_LOW;
        np_num net = net_at(w, ends);
        if (np_num_compare(net, low) < 0) low = net;
        if (np_num_compare(net, high) > 0) high = net;
    }
    assert_int_equal(np_num_compare(r->range.figures_low, low), 0);
    assert_int_equal(np_num_compare(r->range.figures_high, high), 0);
}

static const char BASE[] = "[currency EUR]\n[country FR]\ncurrency = EUR\n"
                           "[input date]\ntype = date\ndefault = 2026-03-01\n"
                           "[input duty_country]\ntype = country\ndefault = FR\n"
                           "[input n]\ntype = number\ndefault = 2\n"
                           "[rule basic]\nkind = salary\namount = 1000 EUR\n";

static void load_small(fixture *w, const char *more)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    texts_add(&w->texts, "pack/b.ini", more);
    fixture_load(w, "pack");
    expect_clean(&w->diags);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
}

static const char *name_of(const fixture *w, const np_sensitivity *row)
{
    return np_uncertain_name(w->book, w->arena, row->uncertain);
}

static void the_nato_book(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G10 duty_country=FR start=2026-03-01 nationality=DE spouse=yes spouse_monthly_income=0 children=2 "
           "resident_years_in_host_country=0");
    ranging r = range_of(w);
    assert_true(r.range.exact);
    assert_false(r.range.complete); /* the child expatriation supplement exists, and its amount is not known */
    assert_int_equal(r.range.not_known_count, 1);
    assert_int_equal(r.range.unanswered_count, 0);
    assert_true(r.count >= 2);
    for (size_t i = 2; i < r.count; i++) assert_int_equal(np_num_sign(r.rows[i].spread), 0);
    assert_string_equal(name_of(w, &r.rows[0]), "dependent_child_supplement_indexation");
    assert_string_equal(name_of(w, &r.rows[1]), "group_insurance_rate");
    /* 2.4 %, 3 % and 5 % of 5335.54: 128.05, 160.07 and 266.78 of deduction; 3 times 327.58 for 437.26
     * and 874.53 */
    expect_plain(r.range.low, "6158.21");
    expect_plain(r.range.high, "6625.99");
    expect_plain(r.rows[0].net_low, "6264.92");
    expect_plain(r.rows[0].net_high, "6593.97");
    expect_plain(r.rows[1].net_low, "6625.99");
    expect_plain(r.rows[1].net_high, "6487.26");
    expect_plain(r.rows[1].spread, "138.73");
    expect_brute_force(w, &r);
    set(w, "step=5 similar_allowances=300GBP child_births=2004-06-01,2010-01-01 children_in_education=1");
    forget(w, "children");
    r = range_of(w);
    expect_brute_force(w, &r);
    assert_true(r.count >= 3); /* the step's value, the insurance, the rate of the pound, an age limit */
    for (size_t i = 1; i < r.count; i++) assert_true(np_num_compare(r.rows[i - 1].spread, r.rows[i].spread) >= 0);
    assert_string_equal(name_of(w, &r.rows[0]), "step_value");
}

/* What was not answered widens the range, and is told by how far the net moves; what has no bounds is told as kept. */
static void what_was_not_answered(void **state)
{
    fixture *w = *state;
    load_small(w, "[input married]\ntype = truth\ndefault = no\nabout = person\nquestion = Are you?\n"
                  "[input home]\ntype = country\nabout = person\nquestion = Where?\n"
                  "[input since]\ntype = date\nabout = person\nrange_low = date - 1 year\nrange_high = date\n"
                  "[input kind]\ntype = text\nchoices = a, b\ndefault = 'a'\nabout = post\n"
                  "[input heads]\ntype = number\ndefault = 1\nabout = person\nquestion = How many?\n"
                  "[input unused]\ntype = truth\ndefault = no\nabout = person\n"
                  "[country BE]\ncurrency = EUR\n"
                  "[rule family]\nkind = allowance\nwhen = married\namount = 70 EUR * heads\n"
                  "[rule away]\nkind = allowance\nwhen = home != duty_country or since > date - 6 months\n"
                  "amount = 200 EUR\n"
                  "[rule of_b]\nkind = deduction\nwhen = kind = 'b'\namount = 30 EUR\n");
    ranging r = range_of(w);
    expect_plain(r.range.low, "970");
    expect_plain(r.range.high, "1270");
    expect_plain(r.range.figures_low, "1000");
    expect_plain(r.range.figures_high, "1000");
    assert_int_equal(r.range.unanswered_count, 4);
    const char *const names[] = {"home", "since", "married", "kind"}, *const rise[] = {"200", "200", "70", "0"},
                      *const fall[] = {"0", "0", "0", "-30"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(np_slot_name(w->book, r.range.unanswered[i].slot), names[i]);
        expect_plain(r.range.unanswered[i].rise, rise[i]);
        expect_plain(r.range.unanswered[i].fall, fall[i]);
    }
    assert_int_equal(r.range.kept_count, 1);
    assert_string_equal(np_slot_name(w->book, r.range.kept[0]), "heads");
    assert_true(r.range.exact);
    assert_false(r.range.complete);
    set(w, "married=no home=FR kind=a since=2020-01-01");
    r = range_of(w);
    assert_int_equal(r.range.unanswered_count, 0);
    assert_true(r.range.complete);
    expect_plain(r.range.high, "1000");
}

static void nothing_uncertain(void **state)
{
    fixture *w = *state;
    load_small(w, "[parameter p]\n2020-01-01 = 2\nlow = 1\nhigh = 3\n");
    ranging r = range_of(w);
    assert_int_equal(r.count, 0);
    expect_plain(r.range.low, "1000");
    expect_plain(r.range.high, "1000");
    assert_true(r.range.complete);
}

/* Two figures whose effects only show together, and one that turns the other way. */
static void figures_that_work_together(void **state)
{
    fixture *w = *state;
    load_small(w,
               "[parameter p]\n2020-01-01 = 0\nlow = -1\nhigh = 1\n[parameter q]\n2020-01-01 = 0\nlow = -1\nhigh = 1\n"
               "[rule x]\nkind = allowance\namount = p * q * 10 EUR\n");
    ranging r = range_of(w);
    expect_plain(r.range.low, "990");
    expect_plain(r.range.high, "1010");
    expect_brute_force(w, &r);
    expect_plain(r.rows[0].spread, "0"); /* alone neither moves it */
}

/* A figure that only another one's end brings into play, and the next only by that one. */
/* The range of a small book with these figures and rules: every combination is in it, and the highest is this. */
static void expect_highest(fixture *w, const char *definitions, const char *highest)
{
    load_small(w, definitions);
    ranging r = range_of(w);
    expect_brute_force(w, &r);
    expect_plain(r.range.high, highest);
}

#define FIGURE(name, low, high) "[parameter " name "]\n2020-01-01 = 5\nlow = " low "\nhigh = " high "\n"

static void one_brings_in_another(void **state)
{
    expect_highest(*state,
                   FIGURE("c", "0", "100") FIGURE("b", "0", "9")
                       FIGURE("a", "4", "9") "[rule x]\nkind = allowance\n"
                                             "amount = 1 EUR * (if a > 8 then (if b > 8 then c else 0) else 0)\n",
                   "1100");
}

/* c is asked for only where a and b are both high, and d only where c is high as well. */
static void several_bring_in_another(void **state)
{
    expect_highest(*state,
                   FIGURE("d", "0", "1000") FIGURE("c", "0", "100") FIGURE("b", "0", "9") FIGURE(
                       "a", "4", "9") "[rule x]\nkind = allowance\namount = 1 EUR * (if min(a, b) > 8 then c else 0)\n"
                                      "[rule y]\nkind = allowance\nwhen = min(a, b, c) > 8\namount = 1 EUR * d\n",
                   "2100");
}

/* A question that is asked only where two figures are at their highest. */
static void several_bring_in_a_question(void **state)
{
    fixture *w = *state;
    load_small(w, "[input married]\ntype = truth\ndefault = no\nabout = person\nquestion = Are you?\n" FIGURE(
                      "b", "0", "9") FIGURE("a", "4", "9") "[rule x]\nkind = allowance\nwhen = min(a, b) > 8\n"
                                                           "amount = if married then 70 EUR else 0 EUR\n");
    ranging r = range_of(w);
    expect_plain(r.range.high, "1070");
    expect_plain(r.range.low, "1000");
}

static void more_than_all_corners(void **state)
{
    fixture *w = *state;
    np_text text;
    np_text_init(&text, 10000);
    for (int i = 0; i < 13; i++)
        np_text_printf(&text,
                       "[parameter p%d]\n2020-01-01 = 2\nlow = 1\nhigh = %d\n[rule r%d]\nkind = %s\n"
                       "amount = p%d * 1 EUR\n",
                       i, 3 + i, i, i % 3 ? "allowance" : "deduction", i);
    load_small(w, np_text_string(&text));
    np_text_free(&text);
    ranging r = range_of(w);
    assert_false(r.range.complete);
    assert_int_equal(r.count, 13);
    expect_brute_force(w, &r); /* each moves the net its own way, so the ends are those of all */
    assert_string_equal(name_of(w, &r.rows[0]), "p12");
    assert_string_equal(name_of(w, &r.rows[12]), "p0");
}

static void the_middle_may_lie_outside_the_corners(void **state)
{
    fixture *w = *state;
    load_small(w, "[parameter p]\n2020-01-01 = 5\nlow = 0\nhigh = 10\n"
                  "[rule x]\nkind = allowance\namount = p * (10 - p) * 1 EUR\n");
    ranging r = range_of(w);
    expect_plain(r.range.low, "1000");
    expect_plain(r.range.high, "1025");
}

static void an_end_that_fails(void **state)
{
    fixture *w = *state;
    load_small(w, "[parameter p]\n2020-01-01 = 5\nlow = 0\nhigh = 10\n"
                  "[rule x]\nkind = allowance\namount = 10 EUR / p\n");
    ranging r = {.w = w};
    assert_true(np_arena_guard(w->arena, find_range, &r));
    assert_false(r.ok);
    assert_non_null(find_diag(&w->diags, NP_CODE_DIVISION_BY_ZERO, "10 EUR is divided by zero"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(the_nato_book),
        fixture_test(what_was_not_answered),
        fixture_test(nothing_uncertain),
        fixture_test(figures_that_work_together),
        fixture_test(one_brings_in_another),
        fixture_test(several_bring_in_another),
        fixture_test(several_bring_in_a_question),
        fixture_test(more_than_all_corners),
        fixture_test(the_middle_may_lie_outside_the_corners),
        fixture_test(an_end_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
