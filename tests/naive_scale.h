/* Dates, and the scales of the NATO book (tests/book), as one would write them by hand in plain mpq: see
 * naive_payslip.h. */
#ifndef NATOPAY_TESTS_NAIVE_SCALE_H
#define NATOPAY_TESTS_NAIVE_SCALE_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

/* ---- dates: 20260301 ---- */

static inline int naive_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static inline int naive_first(int date)
{
    return date / 100 * 100 + 1;
}

static inline int naive_last(int date)
{
    return date / 100 * 100 + naive_month_days(date / 10000, date / 100 % 100);
}

/* A 29 February becomes a 28th in common years. */
static inline int naive_add_years(int date, int years)
{
    int year = date / 10000 + years, month = date / 100 % 100, day = date % 100;
    int most = naive_month_days(year, month);
    return year * 10000 + month * 100 + (day < most ? day : most);
}

static inline int naive_years_between(int from, int to)
{
    int years = to / 10000 - from / 10000;
    return naive_add_years(from, years) > to ? years - 1 : years;
}

/* ---- scales ---- */

enum { NAIVE_BE, NAIVE_FR, NAIVE_GB, NAIVE_IT, NAIVE_LU, NAIVE_US, NAIVE_JO, NAIVE_UA, NAIVE_COUNTRIES };
static const char *const naive_country_name[NAIVE_COUNTRIES] = {"BE", "FR", "GB", "IT", "LU", "US", "JO", "UA"};

enum { NAIVE_GRADES = 25, NAIVE_FIRST_YEAR = 2021, NAIVE_YEARS = 6 };
/* How sure a figure is. Figures between two grades serve no ratio. */
enum { NAIVE_PRINTED, NAIVE_CARRIED, NAIVE_SISTER, NAIVE_ESTIMATE, NAIVE_ASSUMED, NAIVE_BETWEEN = 8, NAIVE_NONE };

typedef struct naive_scale {
    int country, from; /* from: 0 where there is none */
    mpq_t figure[NAIVE_GRADES];
    int sure[NAIVE_GRADES];
} naive_scale;

typedef struct naive_facts {
    /* From 2021 to 2026: all of Belgium's; each other country's printed ones, and those that follow Belgium's after */
    naive_scale scale[NAIVE_COUNTRIES][NAIVE_YEARS];
} naive_facts;

/* Belgium's adjustments, in millionths, and how sure they are. */
static const long naive_index[NAIVE_YEARS] = {0, 1032535, 1083000, 985000, 1057000, 1038000};
static const int naive_index_sure[NAIVE_YEARS] = {
    0, NAIVE_ESTIMATE, NAIVE_CARRIED, NAIVE_CARRIED, NAIVE_CARRIED, NAIVE_CARRIED};

static inline void naive_set(mpq_t q, long over, unsigned long under)
{
    mpq_set_si(q, over, under);
    mpq_canonicalize(q);
}

/* Half up, to the cent: halves away from zero. */
static inline void naive_round(mpq_t q)
{
    mpz_t cents;
    bool negative = mpq_sgn(q) < 0;
    mpz_init(cents);
    mpq_abs(q, q);
    mpz_mul_ui(cents, mpq_numref(q), 200);
    mpz_add(cents, cents, mpq_denref(q));
    mpz_fdiv_q(cents, cents, mpq_denref(q));
    mpz_fdiv_q_2exp(cents, cents, 1);
    mpz_set(mpq_numref(q), cents);
    mpz_set_ui(mpq_denref(q), 100);
    mpq_canonicalize(q);
    if (negative) mpq_neg(q, q);
    mpz_clear(cents);
}

static inline void naive_print(naive_scale *scale, int grade, long cents, int sure)
{
    naive_set(scale->figure[grade], cents, 100);
    scale->sure[grade] = sure;
}

/* Over one adjustment: on to the year, or back from it. */
static inline void naive_cross(naive_scale *here, int grade, int year, bool on, int sure)
{
    mpq_t index;
    mpq_init(index);
    naive_set(index, naive_index[year], 1000000);
    if (on)
        mpq_mul(here->figure[grade], here->figure[grade], index);
    else
        mpq_div(here->figure[grade], here->figure[grade], index);
    naive_round(here->figure[grade]);
    if (here->sure[grade] < sure) here->sure[grade] = sure;
    mpq_clear(index);
}

static inline void naive_carry(naive_scale *scales, const naive_scale *printed, int grade, int year)
{
    int from = -1;
    for (int away = 1; away < NAIVE_YEARS && from < 0; away++) {
        if (year >= away && printed[year - away].sure[grade] != NAIVE_NONE)
            from = year - away;
        else if (year + away < NAIVE_YEARS && printed[year + away].sure[grade] != NAIVE_NONE)
            from = year + away;
    }
    if (from < 0) return;
    naive_scale *here = &scales[year];
    mpq_set(here->figure[grade], printed[from].figure[grade]);
    here->sure[grade] = printed[from].sure[grade] > NAIVE_CARRIED ? printed[from].sure[grade] : NAIVE_CARRIED;
    for (; from < year; from++) naive_cross(here, grade, from + 1, true, naive_index_sure[from + 1]);
    for (; from > year; from--) naive_cross(here, grade, from, false, naive_index_sure[from]);
}

static inline void naive_belgium(naive_facts *facts)
{
    static const struct {
        int year, grade;
        long cents;
        int sure;
    } PRINTED[] = {{2021, 15, 555493, 0},
                   {2022, 15, 573566, 0},
                   {2022, 16, 585094, 0},
                   {2022, 17, 706858, 0},
                   {2022, 18, 728276, 0},
                   {2022, 19, 765425, 0},
                   {2022, 20, 820640, 0},
                   {2022, 21, 871126, 0},
                   {2022, 22, 952737, 0},
                   {2022, 23, 1128331, 0},
                   {2022, 24, 1234039, 0},
                   {2023, 20, 888753, 0},
                   {2024, 8, 383304, 0},
                   {2024, 20, 875421, 0},
                   {2025, 8, 405152, 0},
                   {2025, 10, 456536, 0},
                   {2025, 11, 504300, 0},
                   {2025, 15, 646730, 0},
                   {2025, 17, 797025, 0},
                   {2025, 20, 925321, 0},
                   {2025, 22, 1074269, 0},
                   {2026, 11, 523463, 0},
                   {2026, 12, 539324, 0},
                   {2026, 15, 671306, 0},
                   {2026, 20, 960483, 0},
                   {2026, 22, 1115091, 0},
                   {2026, 1, 296539, NAIVE_ASSUMED},
                   {2026, 4, 370674, NAIVE_ESTIMATE}};
    naive_scale *belgium = facts->scale[NAIVE_BE], printed[NAIVE_YEARS];
    for (size_t i = 0; i < sizeof PRINTED / sizeof PRINTED[0]; i++)
        naive_print(&belgium[PRINTED[i].year - NAIVE_FIRST_YEAR], PRINTED[i].grade, PRINTED[i].cents, PRINTED[i].sure);
    memcpy(printed, belgium, sizeof printed); /* what is printed is left as it is, so the numbers may be shared */
    for (int grade = 1; grade < NAIVE_GRADES; grade++)
        for (int year = 0; year < NAIVE_YEARS; year++)
            if (printed[year].sure[grade] == NAIVE_NONE) naive_carry(belgium, printed, grade, year);
}

/* A grade that nobody prints lies between the next lower and the next higher one, in proportion. */
static inline void naive_between(naive_scale *scale)
{
    mpq_t share;
    mpq_init(share);
    for (int grade = 2; grade < NAIVE_GRADES; grade++) {
        int below = grade - 1, above = grade + 1;
        if (scale->sure[grade] != NAIVE_NONE) continue;
        while (below > 0 && scale->sure[below] >= NAIVE_BETWEEN) below--;
        while (above < NAIVE_GRADES && scale->sure[above] >= NAIVE_BETWEEN) above++;
        if (below == 0 || above == NAIVE_GRADES) continue;
        naive_set(share, grade - below, (unsigned long)(above - below));
        mpq_sub(scale->figure[grade], scale->figure[above], scale->figure[below]);
        mpq_mul(scale->figure[grade], scale->figure[grade], share);
        mpq_add(scale->figure[grade], scale->figure[grade], scale->figure[below]);
        naive_round(scale->figure[grade]);
        scale->sure[grade] = NAIVE_BETWEEN;
    }
    mpq_clear(share);
}

/* The one in force on a date; before the first of all, that one, which has not begun. */
static inline naive_scale *naive_scale_of(naive_facts *facts, int country, int date, bool *begun)
{
    naive_scale *found = NULL;
    for (int year = 0; year < NAIVE_YEARS; year++) {
        naive_scale *scale = &facts->scale[country][year];
        if (scale->from && (!found || scale->from <= date)) found = scale;
    }
    *begun = found->from <= date;
    return found;
}

/* Sum over sum, of the grades that both scales have at the surest status at which they share any. */
static inline void naive_ratio(mpq_t ratio, const naive_scale *a, const naive_scale *b)
{
    int best = NAIVE_BETWEEN;
    for (int grade = 1; grade < NAIVE_GRADES; grade++) {
        int sure = a->sure[grade] > b->sure[grade] ? a->sure[grade] : b->sure[grade];
        if (sure < best) best = sure;
    }
    mpq_t over, under;
    mpq_inits(over, under, NULL);
    for (int grade = 1; grade < NAIVE_GRADES; grade++) {
        int sure = a->sure[grade] > b->sure[grade] ? a->sure[grade] : b->sure[grade];
        if (sure != best) continue;
        mpq_add(over, over, a->figure[grade]);
        mpq_add(under, under, b->figure[grade]);
    }
    mpq_div(ratio, over, under);
    mpq_clears(over, under, NULL);
}

/* All grades but the one that is there: Belgium's of the same date times the ratio on that grade. */
static inline void naive_estimate_others(naive_facts *facts, naive_scale *here)
{
    naive_scale *there = &facts->scale[NAIVE_BE][here->from / 10000 - NAIVE_FIRST_YEAR];
    bool floor = here->country == NAIVE_JO || here->country == NAIVE_UA;
    mpq_t ratio;
    mpq_init(ratio);
    naive_ratio(ratio, here, there);
    for (int grade = 1; grade < NAIVE_GRADES; grade++) {
        if (here->sure[grade] != NAIVE_NONE || there->sure[grade] == NAIVE_NONE) continue;
        here->sure[grade] = there->sure[grade] > NAIVE_ESTIMATE ? there->sure[grade] : NAIVE_ESTIMATE;
        mpq_mul(here->figure[grade], there->figure[grade], ratio);
        naive_round(here->figure[grade]);
        if (floor && mpq_cmp(here->figure[grade], there->figure[grade]) < 0)
            mpq_set(here->figure[grade], there->figure[grade]);
    }
    mpq_clear(ratio);
}

/* What is printed, and until the next such section what follows Belgium's by its index. */
static inline void naive_others(naive_facts *facts)
{
    static const struct {
        int country, year, grade;
        long cents;
        int sure;
    } PRINTED[] = {{NAIVE_FR, 2021, 15, 619755, NAIVE_SISTER},
                   {NAIVE_FR, 2026, 10, 533554, 0},
                   {NAIVE_GB, 2025, 22, 964139, 0},
                   {NAIVE_IT, 2025, 15, 572522, 0},
                   {NAIVE_LU, 2026, 22, 1303944, 0},
                   {NAIVE_US, 2025, 20, 1201696, 0},
                   {NAIVE_JO, 2026, 8, 420548, 0},
                   {NAIVE_UA, 2026, 23, 1339214, 0}};
    enum { COUNT = sizeof PRINTED / sizeof PRINTED[0] };
    for (size_t i = 0; i < COUNT; i++) {
        int grade = PRINTED[i].grade, last = NAIVE_YEARS;
        if (i + 1 < COUNT && PRINTED[i + 1].country == PRINTED[i].country)
            last = PRINTED[i + 1].year - NAIVE_FIRST_YEAR;
        for (int year = PRINTED[i].year - NAIVE_FIRST_YEAR, first = year; year < last; year++) {
            naive_scale *here = &facts->scale[PRINTED[i].country][year];
            here->from = (NAIVE_FIRST_YEAR + year) * 10000 + 101;
            if (year == first) {
                naive_print(here, grade, PRINTED[i].cents, PRINTED[i].sure);
            } else {
                mpq_set(here->figure[grade], (here - 1)->figure[grade]);
                here->sure[grade] = NAIVE_ESTIMATE;
                naive_cross(here, grade, year, true, NAIVE_ESTIMATE);
            }
            naive_estimate_others(facts, here);
        }
    }
}

static inline void naive_facts_init(naive_facts *facts)
{
    for (int country = 0; country < NAIVE_COUNTRIES; country++)
        for (int year = 0; year < NAIVE_YEARS; year++) {
            naive_scale *scale = &facts->scale[country][year];
            scale->country = country;
            scale->from = country == NAIVE_BE ? (NAIVE_FIRST_YEAR + year) * 10000 + 101 : 0;
            for (int grade = 0; grade < NAIVE_GRADES; grade++) {
                mpq_init(scale->figure[grade]);
                scale->sure[grade] = NAIVE_NONE;
            }
        }
    naive_belgium(facts);
    for (int year = 0; year < NAIVE_YEARS; year++) naive_between(&facts->scale[NAIVE_BE][year]);
    naive_others(facts);
}

static inline void naive_facts_clear(naive_facts *facts)
{
    for (int country = 0; country < NAIVE_COUNTRIES; country++)
        for (int year = 0; year < NAIVE_YEARS; year++)
            for (int grade = 0; grade < NAIVE_GRADES; grade++) mpq_clear(facts->scale[country][year].figure[grade]);
}

/* False when there is none. */
static inline bool naive_figure(naive_facts *facts, mpq_t figure, int country, int grade, int step, int date)
{
    bool begun, reference_begun;
    naive_scale *scale = naive_scale_of(facts, country, date, &begun);
    if (begun) {
        if (scale->sure[grade] == NAIVE_NONE) return false;
        mpq_set(figure, scale->figure[grade]);
    } else {
        naive_scale *then = naive_scale_of(facts, NAIVE_BE, scale->from, &reference_begun);
        naive_scale *now = naive_scale_of(facts, NAIVE_BE, date, &reference_begun);
        if (country == NAIVE_BE || !reference_begun || now->sure[grade] == NAIVE_NONE) return false;
        naive_ratio(figure, scale, then);
        mpq_mul(figure, figure, now->figure[grade]);
        naive_round(figure);
        bool floor = country == NAIVE_JO || country == NAIVE_UA;
        if (floor && mpq_cmp(figure, now->figure[grade]) < 0) mpq_set(figure, now->figure[grade]);
    }
    if (step == 1) return true;
    mpq_t factor;
    mpq_init(factor);
    naive_set(factor, 100 + 3 * (step - 1), 100);
    mpq_mul(figure, figure, factor);
    mpq_clear(factor);
    naive_round(figure);
    return true;
}

#endif
