/* Scale figures: the order of the look-up in DESIGN.md, one step after the other. */
#include "unit/book_support.h"

#include "natopay/book/scale.h"

/* Countries A to D in euro, J in a currency without cents; grades G1 to G5. */
static const char BASE[] = "[currency EUR]\n[currency JPY]\nminor_unit = 1\n"
                           "[country AA]\ncurrency = EUR\n[country BB]\ncurrency = EUR\n"
                           "[country CC]\ncurrency = EUR\n[country JJ]\ncurrency = JPY\n"
                           "[grade G1]\nrank = 1\n[grade G2]\nrank = 2\n[grade G3]\nrank = 3\n"
                           "[grade G4]\nrank = 4\n[grade G5]\nrank = 5\n"
                           "[source a]\ntitle = a\n[source b]\ntitle = b\n"
                           "[input date]\ntype = date\n[input duty_country]\ntype = country\n"
                           "[input grade]\ntype = grade\n[input step]\ntype = number\ndefault = 1\n"
                           "[rule basic]\nkind = salary\namount = scale(grade, step)\n";

static void load_scales(fixture *w, const char *scales)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    texts_add(&w->texts, "pack/b.ini", scales);
    fixture_load(w, "pack");
    expect_clean(&w->diags);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
}

static np_resolved first_step(fixture *w, const char *country, const char *grade, const char *day)
{
    np_date date;
    const np_scale *scale;
    assert_null(np_date_parse(day, strlen(day), &date));
    return np_scale_first_step(w->book, w->arena, (uint16_t)np_book_country(w->book, country),
                               (uint16_t)np_book_grade(w->book, grade), date, &scale);
}

#define expect_figure(w, country, grade, day, amount, wanted_status, wanted_how) \
    do {                                                                         \
        np_resolved figure = first_step(w, country, grade, day);                 \
        assert_int_equal(figure.how, wanted_how);                                \
        expect_plain(figure.value, amount);                                      \
        assert_int_equal(figure.status, wanted_status);                          \
    } while (0)
#define expect_none(w, country, grade, day) assert_int_equal(first_step(w, country, grade, day).how, NP_NOT_DERIVED)

static void printed_comes_first(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2020-01-01]\nstatus = published\ng1 = 100.00\n"
                   "[scale AA 2021-01-01]\nstatus = published\nindex = 1.5\ng1 = 100.01\nreference = BB\n"
                   "[scale BB 2020-01-01]\nstatus = published\ng1 = 7\n");
    expect_figure(w, "AA", "G1", "2021-01-01", "100.01", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "AA", "G1", "2020-12-31", "100", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "AA", "G1", "2199-01-01", "100.01", NP_PUBLISHED, NP_PRINTED);
    expect_none(w, "AA", "G1", "2019-12-31");
    expect_none(w, "CC", "G1", "2021-01-01");
}

static void carried_up_and_down_and_rounded_at_each(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2020-01-01]\nstatus = published\ng1 = 0.33\n"
                   "[scale AA 2021-01-01]\nstatus = published\nindex = 1.5\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 1.5\n"
                   "[scale AA 2023-01-01]\nstatus = published\nindex = 3\ng2 = 10.00\n");
    /* 0.33 * 1.5 = 0.495 -> 0.50; * 1.5 = 0.75; * 3 = 2.25: not 0.33 * 6.75 = 2.2275 */
    expect_figure(w, "AA", "G1", "2021-06-01", "0.5", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G1", "2022-06-01", "0.75", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G1", "2023-06-01", "2.25", NP_CHAINED, NP_CARRIED);
    /* 10 / 3 = 3.333 -> 3.33; / 1.5 = 2.22; / 1.5 = 1.48 */
    expect_figure(w, "AA", "G2", "2022-06-01", "3.33", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2021-06-01", "2.22", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2020-06-01", "1.48", NP_CHAINED, NP_CARRIED);
}

static void nearest_wins_and_a_tie_goes_to_the_earlier(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2020-01-01]\nstatus = published\ng1 = 100\ng2 = 100\n"
                   "[scale AA 2021-01-01]\nstatus = published\nindex = 2\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 2\ng1 = 500\n"
                   "[scale AA 2023-01-01]\nstatus = published\nindex = 2\n"
                   "[scale AA 2024-01-01]\nstatus = published\nindex = 2\ng2 = 9000\n");
    expect_figure(w, "AA", "G1", "2021-06-01", "200", NP_CHAINED, NP_CARRIED); /* a tie: not 250 */
    expect_figure(w, "AA", "G1", "2023-06-01", "1000", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2021-06-01", "200", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2022-06-01", "400", NP_CHAINED, NP_CARRIED);  /* a tie: not 2250 */
    expect_figure(w, "AA", "G2", "2023-06-01", "4500", NP_CHAINED, NP_CARRIED); /* the later is nearer */
}

static void a_missing_index_breaks_the_chain(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2020-01-01]\nstatus = published\ng1 = 100\n"
                   "[scale AA 2021-01-01]\nstatus = published\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 2\ng2 = 50\n");
    expect_none(w, "AA", "G1", "2021-06-01");
    expect_none(w, "AA", "G1", "2022-06-01");
    expect_figure(w, "AA", "G2", "2021-06-01", "25", NP_CHAINED, NP_CARRIED);
    expect_none(w, "AA", "G2", "2020-06-01");
}

static void the_weakest_status_wins(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2020-01-01]\nstatus = sister\ng1 = 100\ng2 = 100\ng2.status = published\n"
                   "[scale AA 2021-01-01]\nstatus = published\nindex = 2\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 2\nindex.status = assumed\n");
    expect_figure(w, "AA", "G1", "2020-06-01", "100", NP_SISTER, NP_PRINTED);
    expect_figure(w, "AA", "G1", "2021-06-01", "200", NP_SISTER, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2021-06-01", "200", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "AA", "G2", "2022-06-01", "400", NP_ASSUMED, NP_CARRIED);
}

static void by_the_ratio_of_two_scales(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 110\ng2 = 230\nreference = BB\n"
                   "[scale BB 2020-01-01]\nstatus = published\ng1 = 100\ng2 = 200\ng3 = 300\ng4 = 0.01\n"
                   "[scale BB 2022-01-01]\nstatus = published\nindex = 2\ng3 = 1000\n"
                   "[scale CC 2021-01-01]\nstatus = published\ng5 = 5\nreference = BB\n");
    /* (110 + 230) / (100 + 200) = 17/15, of the figure in force when the section began */
    expect_figure(w, "AA", "G3", "2021-06-01", "340", NP_ESTIMATED, NP_BY_RATIO);
    /* AA takes over the index of BB, so the ratio stays: 17/15 of 1000 */
    expect_figure(w, "AA", "G1", "2023-06-01", "220", NP_ESTIMATED, NP_CARRIED);
    expect_figure(w, "AA", "G3", "2023-06-01", "1133.33", NP_ESTIMATED, NP_BY_RATIO);
    expect_figure(w, "AA", "G4", "2021-06-01", "0.01", NP_ESTIMATED, NP_BY_RATIO);
    expect_none(w, "AA", "G5", "2021-06-01");
    expect_none(w, "CC", "G1", "2021-06-01"); /* no grade in common */
    np_scale_ratio ratio =
        np_scale_ratio_of(w->book, w->arena, w->book->countries[0].scales[0], w->book->countries[1].scales[0]);
    expect_num(ratio.value, "17/15");
    assert_int_equal(ratio.grades, 3);
    /* before the first section: the reference's figure of the day, by the ratio of the first day */
    expect_figure(w, "AA", "G3", "2020-06-01", "340", NP_ESTIMATED, NP_BY_RATIO);
    expect_figure(w, "AA", "G1", "2020-06-01", "113.33", NP_ESTIMATED, NP_BY_RATIO);
    expect_none(w, "AA", "G1", "2019-06-01");
}

/* A ratio is of the surest figures that both scales have. */
static void a_ratio_of_the_surest(void **state)
{
    fixture *w = *state;
    load_scales(w,
                "[scale AA 2021-01-01]\nstatus = published\ng1 = 110\ng2 = 230\ng2.status = assumed\nreference = BB\n"
                "[scale BB 2020-01-01]\nstatus = published\ng1 = 100\ng2 = 200\ng3 = 300\n");
    expect_figure(w, "AA", "G3", "2021-06-01", "330", NP_ESTIMATED, NP_BY_RATIO);
}

static void never_below_the_floor(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 90\nreference = BB\nfloor = BB\n"
                   "[scale BB 2020-01-01]\nstatus = published\ng1 = 100\ng2 = 200\n");
    expect_figure(w, "AA", "G1", "2021-06-01", "90", NP_PUBLISHED, NP_PRINTED); /* what is printed stands */
    expect_figure(w, "AA", "G2", "2021-06-01", "200", NP_ESTIMATED, NP_AT_FLOOR);
    expect_figure(w, "AA", "G2", "2020-06-01", "200", NP_ESTIMATED, NP_AT_FLOOR); /* before the first section as well */
    np_date before = np_date_of(2020, 6, 1);
    np_scale_trail *trail = np_scale_explain(w->book, w->arena, 0, 1, 1, before, NULL);
    assert_non_null(trail);
    while (trail->next) trail = trail->next;
    assert_string_equal(trail->text, "never below the figure of BB");
    expect_plain(trail->value, "200");
}

static void rounded_to_the_minor_unit(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale JJ 2020-01-01]\nstatus = published\ng1 = 1001\nreference = BB\n"
                   "[scale JJ 2021-01-01]\nstatus = published\nindex = 1.5\n"
                   "[scale BB 2020-01-01]\nstatus = published\ng1 = 100\ng2 = 33.33\n");
    expect_figure(w, "JJ", "G1", "2021-06-01", "1502", NP_CHAINED, NP_CARRIED);   /* 1501.5 */
    expect_figure(w, "JJ", "G2", "2020-06-01", "334", NP_ESTIMATED, NP_BY_RATIO); /* 333.6333 */
}

/* ---- steps ---- */

static void expect_step(fixture *w, const char *day, const char *step, const char *amount, np_status status)
{
    assert_true(try_set(w, "date", day) && try_set(w, "step", step));
    compute(w);
    expect_due(w, "basic", amount);
    assert_int_equal(line_of(w, "basic")->status, status);
}

static void steps(void **state)
{
    fixture *w = *state;
    load_scales(w, "[organisation o]\nname = o\nstep_value = rise\nsteps = most\n"
                   "[parameter rise]\nstatus = assumed\n2000-01-01 = 3%\nlow = 2%\nhigh = 4%\n"
                   "[parameter most]\nstatus = published\n2000-01-01 = 8\n"
                   "[scale AA 2020-01-01]\nstatus = published\ng1 = 100.00, 105.00, 111.11\ng2 = 200.01\n"
                   "[scale AA 2021-01-01]\nstatus = published\nindex = 1.1\n");
    set(w, "grade=G1 duty_country=AA");
    expect_step(w, "2020-06-01", "1", "100", NP_PUBLISHED);
    expect_step(w, "2020-06-01", "3", "111.11", NP_PUBLISHED); /* printed */
    expect_step(w, "2021-06-01", "3", "122.22", NP_CHAINED);   /* carried: 122.221 */
    expect_step(w, "2020-06-01", "4", "109", NP_ASSUMED);      /* first step and three times 3 % */
    expect_step(w, "2021-06-01", "4", "119.9", NP_ASSUMED);    /* 110 and three times 3 % */
    set(w, "grade=G2");
    expect_step(w, "2020-06-01", "8", "242.01", NP_ASSUMED); /* 200.01 * 1.21 = 242.0121 */
    static const char *const BAD[] = {"9", "0", "1.5", "-1", "99999999999999999999"};
    for (size_t i = 0; i < 5; i++) {
        assert_true(try_set(w, "step", BAD[i]));
        np_diags_init(&w->diags, w->arena);
        assert_false(try_compute(w));
        expect_only(&w->diags, BAD_POSITION, "pack/a.ini:37:23", "steps 1 to 8", "computed for basic");
    }
}

static void missing_figures_name_the_key_to_add(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 100\n");
    set(w, "grade=G2 duty_country=AA date=2021-06-01");
    assert_false(try_compute(w));
    expect_only(&w->diags, MISSING_FIGURE, "pack/b.ini:1:2", "no salary is known for grade G2",
                "g2 = AMOUNT in [scale AA 2021-01-01]");
    np_diags_init(&w->diags, w->arena);
    set(w, "grade=G1 date=2020-06-01");
    assert_false(try_compute(w));
    expect_only(&w->diags, MISSING_SCALE, "pack/b.ini:1:2", "the first begins on 2021-01-01", "[scale AA YYYY-MM-DD]");
    np_diags_init(&w->diags, w->arena);
    set(w, "duty_country=BB");
    assert_false(try_compute(w));
    expect_diag(&w->diags, MISSING_SCALE, "pack/a.ini:6:2", "no salary is known for posts in BB", "g1 = AMOUNT");
}

/* ---- the NATO figures ---- */

static void the_figures_of_the_issue(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    expect_figure(w, "FR", "G10", "2026-03-01", "5335.54", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "BE", "G20", "2022-03-01", "8206.4", NP_PUBLISHED, NP_PRINTED);
    /* 11283.31 * 1.083 = 12219.82473; * 0.985 = 12036.5227; * 1.057 = 12722.60164 */
    expect_figure(w, "BE", "G23", "2025-06-01", "12722.6", NP_CHAINED, NP_CARRIED);
    expect_figure(w, "BE", "G22", "2025-06-01", "10742.69", NP_PUBLISHED, NP_PRINTED);
    /* BE G15 2026: 6467.30 * 1.038 = 6713.06; G10: 4565.36 * 1.038 = 4738.84; * 5335.54 / 4738.84 = 7558.3476 */
    expect_figure(w, "FR", "G15", "2026-03-01", "7558.35", NP_ESTIMATED, NP_BY_RATIO);
    /* between G1, 2965.39, and G4, 3706.74, in Belgium: 3459.62; * 5335.54 / 4738.84 = 3895.2429 */
    expect_figure(w, "FR", "G3", "2026-03-01", "3895.24", NP_ASSUMED, NP_BY_RATIO);
    expect_none(w, "NO", "G3", "2026-03-01");
    expect_figure(w, "UA", "G23", "2026-03-01", "13392.14", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "JO", "G8", "2026-03-01", "4205.48", NP_PUBLISHED, NP_PRINTED);
}

/* ---- figures that nobody prints ---- */

static np_date date_of(const char *text)
{
    np_date date = NP_DATE_NONE;
    assert_false(np_date_parse(text, strlen(text), &date));
    return date;
}

static np_resolved resolved(fixture *w, const char *country, const char *grade, const char *on)
{
    const np_scale *scale;
    return np_scale_first_step(w->book, w->arena, (uint16_t)np_book_country(w->book, country),
                               (uint16_t)np_book_grade(w->book, grade), date_of(on), &scale);
}

static void expect_range(fixture *w, const char *country, const char *grade, const char *on, const char *low,
                         const char *high)
{
    np_resolved found = resolved(w, country, grade, on);
    assert_int_equal(found.ranged, low != NULL);
    if (!low) return;
    expect_plain(found.low, low);
    expect_plain(found.high, high);
}

static void a_grade_lies_between_its_neighbours(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 100\ng1.low = 90\ng1.high = 105\ng4 = 200\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 2\n");
    expect_figure(w, "AA", "G2", "2021-06-01", "133.33", NP_ESTIMATED, NP_BETWEEN);
    expect_range(w, "AA", "G2", "2021-06-01", "90", "200");
    expect_figure(w, "AA", "G3", "2021-06-01", "166.67", NP_ESTIMATED, NP_BETWEEN);
    expect_none(w, "AA", "G5", "2021-06-01"); /* nothing above it */
    expect_figure(w, "AA", "G2", "2022-06-01", "266.67", NP_ESTIMATED, NP_BETWEEN);
    expect_range(w, "AA", "G2", "2022-06-01", "180", "400");
    expect_range(w, "AA", "G1", "2022-06-01", "180", "210");
    expect_range(w, "AA", "G4", "2021-06-01", NULL, NULL);
}

/* The day before the reference's newer section, the day, the day after: an estimate, at the least the older figure. */
static void a_country_follows_its_reference(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 100\nreference = BB\n"
                   "[scale BB 2021-01-01]\nstatus = published\ng1 = 50\ng2 = 80\n"
                   "[scale BB 2022-01-01]\nstatus = published\nindex = 1.038\n"
                   "[scale BB 2023-01-01]\nstatus = published\nindex = 0.9\n");
    expect_figure(w, "AA", "G1", "2021-12-31", "100", NP_PUBLISHED, NP_PRINTED);
    expect_range(w, "AA", "G1", "2021-12-31", NULL, NULL);
    expect_figure(w, "AA", "G1", "2022-01-01", "103.8", NP_ESTIMATED, NP_CARRIED);
    expect_range(w, "AA", "G1", "2022-01-01", "100", "103.8");
    expect_figure(w, "AA", "G1", "2022-01-02", "103.8", NP_ESTIMATED, NP_CARRIED);
    expect_figure(w, "AA", "G1", "2023-01-01", "93.42", NP_ESTIMATED, NP_CARRIED);
    expect_range(w, "AA", "G1", "2023-01-01", "90", "103.8");
    expect_figure(w, "AA", "G2", "2022-06-01", "166.08", NP_ESTIMATED, NP_BY_RATIO); /* 83.04 * 103.8 / 51.90 */
    expect_range(w, "AA", "G2", "2022-06-01", "160", "166.08");
}

static void a_country_by_its_ratio(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nratio = 1.1\nratio.low = 1\nratio.high = 1.3\nstatus = assumed\n"
                   "reference = BB\n"
                   "[scale BB 2021-01-01]\nstatus = published\ng1 = 50\ng2 = 80\n"
                   "[scale BB 2022-01-01]\nstatus = published\nindex = 2\n");
    expect_figure(w, "AA", "G1", "2021-06-01", "55", NP_ASSUMED, NP_BY_COUNTRY);
    expect_range(w, "AA", "G1", "2021-06-01", "50", "65");
    expect_figure(w, "AA", "G2", "2022-06-01", "176", NP_ASSUMED, NP_BY_COUNTRY);
    expect_range(w, "AA", "G2", "2022-06-01", "160", "208");
    expect_none(w, "AA", "G3", "2022-06-01");
}

/* ---- the salary of one's own notice ---- */

static np_book *with_salary(fixture *w, const char *country, const char *grade, const char *on, int64_t amount)
{
    np_own_salary own = {.country = (uint16_t)np_book_country(w->book, country),
                         .grade = (uint16_t)np_book_grade(w->book, grade),
                         .on = date_of(on),
                         .amount = np_num_int(amount),
                         .status = NP_PUBLISHED};
    own.currency = w->book->countries[own.country].currency;
    return np_book_with_salary(w->book, w->arena, &own);
}

static void the_own_salary_counts_first(void **state)
{
    fixture *w = *state;
    load_scales(w, "[scale AA 2021-01-01]\nstatus = published\ng1 = 100\ng2 = 200\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 2\ng1 = 201\n");
    np_book *book = w->book;
    w->book = with_salary(w, "AA", "G1", "2021-06-01", 110);
    expect_figure(w, "AA", "G1", "2021-06-01", "110", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "AA", "G1", "2022-06-01", "220", NP_CHAINED, NP_CARRIED); /* not the 201 that the book prints */
    expect_figure(w, "AA", "G2", "2021-06-01", "220", NP_ESTIMATED, NP_PRINTED);
    expect_figure(w, "AA", "G2", "2022-06-01", "440", NP_ESTIMATED, NP_CARRIED);
    w->book = book; /* which stays as it was */
    expect_figure(w, "AA", "G1", "2022-06-01", "201", NP_PUBLISHED, NP_PRINTED);
    w->book = with_salary(w, "AA", "G1", "2021-06-01", 100); /* the book's own figure: nothing else moves */
    expect_figure(w, "AA", "G2", "2021-06-01", "200", NP_PUBLISHED, NP_PRINTED);
    w->book = book;
}

static void the_own_salary_where_there_is_no_scale(void **state)
{
    fixture *w = *state;
    load_scales(w, "[organisation o]\nname = O\nreference = AA\n"
                   "[scale AA 2021-01-01]\nstatus = published\ng1 = 100\ng2 = 200\n"
                   "[scale AA 2022-01-01]\nstatus = published\nindex = 1.5\n");
    np_book *book = w->book;
    expect_none(w, "BB", "G1", "2021-06-01");
    w->book = with_salary(w, "BB", "G1", "2021-06-01", 300);
    expect_figure(w, "BB", "G1", "2021-06-01", "300", NP_PUBLISHED, NP_PRINTED);
    expect_figure(w, "BB", "G2", "2021-06-01", "600", NP_ESTIMATED, NP_BY_RATIO);
    expect_figure(w, "BB", "G1", "2022-06-01", "450", NP_ESTIMATED, NP_CARRIED);
    expect_range(w, "BB", "G1", "2022-06-01", "300", "450");
    w->book = book;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(printed_comes_first),
        fixture_test(carried_up_and_down_and_rounded_at_each),
        fixture_test(nearest_wins_and_a_tie_goes_to_the_earlier),
        fixture_test(a_missing_index_breaks_the_chain),
        fixture_test(the_weakest_status_wins),
        fixture_test(by_the_ratio_of_two_scales),
        fixture_test(a_ratio_of_the_surest),
        fixture_test(never_below_the_floor),
        fixture_test(rounded_to_the_minor_unit),
        fixture_test(steps),
        fixture_test(missing_figures_name_the_key_to_add),
        fixture_test(a_grade_lies_between_its_neighbours),
        fixture_test(a_country_follows_its_reference),
        fixture_test(a_country_by_its_ratio),
        fixture_test(the_own_salary_counts_first),
        fixture_test(the_own_salary_where_there_is_no_scale),
        fixture_test(the_figures_of_the_issue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
