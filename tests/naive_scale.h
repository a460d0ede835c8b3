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

enum { NAIVE_GRADES = 25, NAIVE_BE_SCALES = 5, NAIVE_SCALES = NAIVE_BE_SCALES + 2 * (NAIVE_COUNTRIES - 1) };
enum { NAIVE_BETWEEN = 8, NAIVE_NONE = 9 };

typedef struct naive_scale {
    int country, from;
    mpq_t figure[NAIVE_GRADES];
    int sure[NAIVE_GRADES]; /* 0 printed, 1 carried, 2 an estimate, NAIVE_BETWEEN between two grades, NAIVE_NONE */
} naive_scale;

typedef struct naive_facts {
    /* Belgium's from 2022 to 2026; then for each other country the one that is printed, and, where that is of 2025, the
     * one that follows Belgium's of 2026 */
    naive_scale scale[NAIVE_SCALES];
} naive_facts;

static inline void naive_set(mpq_t q, long over, unsigned long under)
{
    mpq_set_si(q, over, under);
    mpq_canonicalize(q);
}

/* Half up, to the cent; nothing here is negative. */
static inline void naive_round(mpq_t q)
{
    mpz_t cents;
    mpz_init(cents);
    mpz_mul_ui(cents, mpq_numref(q), 200);
    mpz_add(cents, cents, mpq_denref(q));
    mpz_fdiv_q(cents, cents, mpq_denref(q));
    mpz_fdiv_q_2exp(cents, cents, 1);
    mpz_set(mpq_numref(q), cents);
    mpz_set_ui(mpq_denref(q), 100);
    mpq_canonicalize(q);
    mpz_clear(cents);
}

static inline void naive_print(naive_scale *scale, int grade, long cents)
{
    naive_set(scale->figure[grade], cents, 100);
    scale->sure[grade] = 0;
}

static inline void naive_belgium(naive_facts *facts)
{
    static const struct {
        int year, grade;
        long cents;
    } PRINTED[] = {{2022, 15, 573566}, {2022, 16, 585094}, {2022, 17, 706858}, {2022, 18, 728276},  {2022, 19, 765425},
                   {2022, 20, 820640}, {2022, 21, 871126}, {2022, 22, 952737}, {2022, 23, 1128331}, {2022, 24, 1234039},
                   {2023, 20, 888753}, {2024, 8, 383304},  {2024, 20, 875421}, {2025, 8, 405152},   {2025, 10, 456536},
                   {2025, 11, 504300}, {2025, 15, 646730}, {2025, 17, 797025}, {2025, 20, 925321},  {2026, 11, 523463},
                   {2026, 12, 539324}, {2026, 20, 960483}};
    static const int INDEX[NAIVE_BE_SCALES] = {0, 1083, 985, 1057, 1038};
    for (size_t i = 0; i < sizeof PRINTED / sizeof PRINTED[0]; i++)
        naive_print(&facts->scale[PRINTED[i].year - 2022], PRINTED[i].grade, PRINTED[i].cents);
    mpq_t index;
    mpq_init(index);
    for (int grade = 1; grade < NAIVE_GRADES; grade++)
        for (int year = 0; year < NAIVE_BE_SCALES; year++) {
            naive_scale *here = &facts->scale[year];
            if (here->sure[grade] == 0) continue;
            int from = -1;
            for (int away = 1; away < NAIVE_BE_SCALES && from < 0; away++) {
                if (year >= away && facts->scale[year - away].sure[grade] == 0)
                    from = year - away;
                else if (year + away < NAIVE_BE_SCALES && facts->scale[year + away].sure[grade] == 0)
                    from = year + away;
            }
            if (from < 0) continue;
            mpq_set(here->figure[grade], facts->scale[from].figure[grade]);
            here->sure[grade] = 1;
            while (from != year) {
                naive_set(index, INDEX[from < year ? from + 1 : from], 1000);
                if (from < year)
                    mpq_mul(here->figure[grade], here->figure[grade], index);
                else
                    mpq_div(here->figure[grade], here->figure[grade], index);
                naive_round(here->figure[grade]);
                from += from < year ? 1 : -1;
            }
        }
    mpq_clear(index);
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

static inline naive_scale *naive_scale_of(naive_facts *facts, int country, int date, bool *begun)
{
    int at = country == NAIVE_BE ? 0 : NAIVE_BE_SCALES + 2 * (country - 1);
    if (country == NAIVE_BE) {
        while (at + 1 < NAIVE_BE_SCALES && facts->scale[at + 1].from <= date) at++;
    } else if (facts->scale[at + 1].from && facts->scale[at + 1].from <= date) {
        at++;
    }
    *begun = facts->scale[at].from <= date;
    return &facts->scale[at];
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
    naive_scale *there = &facts->scale[here->from / 10000 - 2022];
    bool floor = here->country == NAIVE_JO || here->country == NAIVE_UA;
    mpq_t ratio;
    mpq_init(ratio);
    naive_ratio(ratio, here, there);
    for (int grade = 1; grade < NAIVE_GRADES; grade++) {
        if (here->sure[grade] != NAIVE_NONE || there->sure[grade] == NAIVE_NONE) continue;
        here->sure[grade] = 2;
        mpq_mul(here->figure[grade], there->figure[grade], ratio);
        naive_round(here->figure[grade]);
        if (floor && mpq_cmp(here->figure[grade], there->figure[grade]) < 0)
            mpq_set(here->figure[grade], there->figure[grade]);
    }
    mpq_clear(ratio);
}

static inline void naive_others(naive_facts *facts)
{
    static const struct {
        int from, grade;
        long cents;
    } PRINTED[NAIVE_COUNTRIES] = {{0, 0, 0},
                                  {20260101, 10, 533554},
                                  {20250101, 22, 964139},
                                  {20250101, 15, 572522},
                                  {20260101, 22, 1303944},
                                  {20250101, 20, 1201696},
                                  {20260101, 8, 420548},
                                  {20260101, 23, 1339214}};
    for (int country = 1; country < NAIVE_COUNTRIES; country++) {
        naive_scale *here = &facts->scale[NAIVE_BE_SCALES + 2 * (country - 1)];
        int grade = PRINTED[country].grade;
        here->country = country;
        here->from = PRINTED[country].from;
        naive_print(here, grade, PRINTED[country].cents);
        naive_estimate_others(facts, here);
        if (here->from != 20250101) continue;
        naive_scale *later = here + 1; /* by the index of Belgium, 1.038 */
        later->country = country;
        later->from = 20260101;
        later->sure[grade] = 2;
        naive_set(later->figure[grade], 1038, 1000);
        mpq_mul(later->figure[grade], later->figure[grade], here->figure[grade]);
        naive_round(later->figure[grade]);
        naive_estimate_others(facts, later);
    }
}

static inline void naive_facts_init(naive_facts *facts)
{
    for (int i = 0; i < NAIVE_SCALES; i++)
        for (int grade = 0; grade < NAIVE_GRADES; grade++) {
            mpq_init(facts->scale[i].figure[grade]);
            facts->scale[i].sure[grade] = NAIVE_NONE;
            facts->scale[i].from = 0;
        }
    for (int i = 0; i < NAIVE_BE_SCALES; i++) facts->scale[i].from = (2022 + i) * 10000 + 101;
    naive_belgium(facts);
    for (int i = 0; i < NAIVE_BE_SCALES; i++) naive_between(&facts->scale[i]);
    naive_others(facts);
}

static inline void naive_facts_clear(naive_facts *facts)
{
    for (int i = 0; i < NAIVE_SCALES; i++)
        for (int grade = 0; grade < NAIVE_GRADES; grade++) mpq_clear(facts->scale[i].figure[grade]);
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
