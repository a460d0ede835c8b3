/* The payslip of the NATO book a second time, as one would write it by hand in plain mpq from the facts: no rule book,
 * no formulas, no code of calc/. The property test holds calc/pay against it, the bench runs beside it. */
#ifndef NATOPAY_TESTS_NAIVE_PAYSLIP_H
#define NATOPAY_TESTS_NAIVE_PAYSLIP_H

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

/* ---- situations ---- */

enum { NAIVE_BIRTHS = 5, NAIVE_UNKNOWN = -1 };

typedef struct naive_situation {
    int country, grade, step, grade_at_recruitment;
    int date, start, end, recruited;              /* date: the first of a month; end: 0 when open */
    const char *nationality, *second_nationality; /* NULL: not given */
    int resident_tenths;                          /* years of residence, in tenths */
    bool spouse, births_given, mobility, zone, lodging;
    long spouse_income_cents, education_cost_cents, similar_cents, rent_cents; /* euro */
    int children, births[NAIVE_BIRTHS], in_education, disabled, education_children;
    int part_time_percent, voluntary_permille, adjustment_percent;
    int distance_km; /* NAIVE_UNKNOWN: not given */
    int contract_months;
} naive_situation;

/* ---- lines ---- */

enum {
    NAIVE_BASIC,
    NAIVE_EXPATRIATION,
    NAIVE_EXPATRIATION_OUTSIDE,
    NAIVE_HARDSHIP,
    NAIVE_HOUSEHOLD,
    NAIVE_CHILD_BEFORE_2017,
    NAIVE_FAMILY,
    NAIVE_CHILD,
    NAIVE_SINGLE_PARENT,
    NAIVE_DISABLED,
    NAIVE_CHILD_EXPATRIATION,
    NAIVE_EDUCATION,
    NAIVE_PENSION,
    NAIVE_VOLUNTARY,
    NAIVE_INSURANCE,
    NAIVE_SIMILAR,
    NAIVE_LODGING,
    NAIVE_RENT,
    NAIVE_EMPLOYER,
    NAIVE_INSTALLATION,
    NAIVE_INSTALLATION_LOCAL,
    NAIVE_INSTALLATION_FAMILY,
    NAIVE_MOBILITY,
    NAIVE_ZONE,
    NAIVE_LINES
};
static const char *const naive_line_name[NAIVE_LINES] = {"basic_salary",
                                                         "expatriation_allowance",
                                                         "expatriation_allowance_outside_nato",
                                                         "hardship_allowance",
                                                         "household_allowance",
                                                         "child_allowance",
                                                         "basic_family_allowance",
                                                         "dependent_child_allowance",
                                                         "single_parent_supplement",
                                                         "disabled_child_supplement",
                                                         "child_expatriation_supplement",
                                                         "education_allowance",
                                                         "pension_contribution",
                                                         "pension_voluntary",
                                                         "group_insurance",
                                                         "similar_allowances_deduction",
                                                         "lodging_deduction",
                                                         "rent_difference_borne",
                                                         "pension_employer",
                                                         "installation_allowance",
                                                         "installation_allowance_local",
                                                         "installation_family_supplement",
                                                         "installation_mobility_supplement",
                                                         "installation_zone_supplement"};

typedef enum naive_state { NAIVE_NOT_DUE, NAIVE_OPEN, NAIVE_DUE } naive_state;

typedef struct naive_payslip {
    naive_state state[NAIVE_LINES];
    mpq_t exact[NAIVE_LINES], amount[NAIVE_LINES];
    mpq_t gross, deductions, net, employer, once;
} naive_payslip;

static inline void naive_payslip_init(naive_payslip *p)
{
    for (int i = 0; i < NAIVE_LINES; i++) mpq_inits(p->exact[i], p->amount[i], NULL);
    mpq_inits(p->gross, p->deductions, p->net, p->employer, p->once, NULL);
}

static inline void naive_payslip_clear(naive_payslip *p)
{
    for (int i = 0; i < NAIVE_LINES; i++) mpq_clears(p->exact[i], p->amount[i], NULL);
    mpq_clears(p->gross, p->deductions, p->net, p->employer, p->once, NULL);
}

static inline void naive_line(naive_payslip *p, int line, naive_state when, const mpq_t amount)
{
    p->state[line] = when;
    if (when != NAIVE_DUE) return;
    mpq_set(p->exact[line], amount);
    mpq_set(p->amount[line], amount);
    naive_round(p->amount[line]);
}

static inline void naive_percent(naive_payslip *p, int line, naive_state when, long over, unsigned long under, int of)
{
    mpq_t amount;
    mpq_init(amount);
    naive_set(amount, over, under);
    mpq_mul(amount, amount, p->amount[of]);
    naive_line(p, line, p->state[of] == NAIVE_DUE || when != NAIVE_DUE ? when : NAIVE_OPEN, amount);
    mpq_clear(amount);
}

static inline naive_state naive_yes(bool yes)
{
    return yes ? NAIVE_DUE : NAIVE_NOT_DUE;
}

static inline naive_state naive_and(naive_state a, naive_state b)
{
    return a < b ? (a == NAIVE_NOT_DUE ? a : NAIVE_OPEN) : b == NAIVE_NOT_DUE ? b : a == NAIVE_DUE ? b : NAIVE_OPEN;
}

static inline naive_state naive_not(naive_state a)
{
    return a == NAIVE_OPEN ? a : naive_yes(a == NAIVE_NOT_DUE);
}

/* Euro cents in the currency of the duty country. */
static inline void naive_local(mpq_t amount, long cents, int country)
{
    naive_set(amount, cents, 100);
    mpq_t rate;
    mpq_init(rate);
    if (country == NAIVE_GB)
        naive_set(rate, 82918, 100000);
    else if (country == NAIVE_US)
        naive_set(rate, 10389, 10000);
    else
        naive_set(rate, 1, 1);
    mpq_mul(amount, amount, rate);
    mpq_clear(rate);
}

/* An amount known for one country, by the ratio of the scales elsewhere. */
static inline void naive_by_ratio(naive_facts *facts, mpq_t amount, long cents, int known_for, int country, int date)
{
    naive_set(amount, cents, 100);
    if (country == known_for) return;
    bool begun;
    mpq_t ratio;
    mpq_init(ratio);
    naive_scale *here = naive_scale_of(facts, country, date, &begun);
    naive_ratio(ratio, here, naive_scale_of(facts, known_for, date, &begun));
    mpq_mul(amount, amount, ratio);
    mpq_clear(ratio);
}

static inline int naive_count_aged(const naive_situation *s, int below)
{
    int count = 0;
    for (int i = 0; i < s->children; i++)
        count += s->births[i] <= naive_last(s->date) && naive_add_years(s->births[i], below) > naive_first(s->date);
    return count;
}

static inline int naive_dependants(const naive_situation *s)
{
    if (!s->births_given) return s->children;
    int under = naive_count_aged(s, 18), students = naive_count_aged(s, s->recruited < 20170101 ? 24 : 22) - under;
    return under + (s->in_education < students ? s->in_education : students) + s->disabled;
}

static inline naive_state naive_expatriate(const naive_situation *s)
{
    const char *here = naive_country_name[s->country];
    naive_state national = s->nationality ? naive_yes(strcmp(s->nationality, here) == 0) : NAIVE_OPEN;
    if (s->second_nationality && strcmp(s->second_nationality, here) == 0) national = NAIVE_DUE;
    return naive_and(naive_not(national), naive_yes(s->resident_tenths < 10));
}

/* Percent of an allowance in a year of service, by expatriate or not. */
static inline int naive_family_share(bool expatriate, int year)
{
    static const int EXPATRIATE[] = {100, 100, 100, 100, 100, 80, 60, 40, 20};
    return expatriate ? (year <= 9 ? EXPATRIATE[year - 1] : 0) : year <= 5 ? 100 : 0;
}

/* Part time, share of the month, adjustment. */
static inline void naive_factor(mpq_t factor, mpq_t month_share, naive_facts *facts, const naive_situation *s)
{
    int first = naive_first(s->date), last = naive_last(s->date);
    int from = s->start > first ? s->start : first, to = s->end && s->end < last ? s->end : last;
    naive_set(month_share, to >= from ? to - from + 1 : 0, (unsigned long)(last - first + 1));
    naive_set(factor, s->part_time_percent, 100);
    mpq_mul(factor, factor, month_share);
    bool begun;
    int years = s->date / 10000 - naive_scale_of(facts, s->country, s->date, &begun)->from / 10000;
    mpq_t rise;
    mpq_init(rise);
    naive_set(rise, 100 + s->adjustment_percent, 100);
    for (int i = 0; i < years && i < 100; i++) mpq_mul(factor, factor, rise);
    mpq_clear(rise);
}

static inline void naive_family(naive_payslip *p, naive_facts *facts, const naive_situation *s, const mpq_t factor,
                                int service_year)
{
    naive_state expatriate = naive_expatriate(s);
    int children = naive_dependants(s);
    bool before = s->recruited < 20170101;
    mpq_t amount, child, share;
    mpq_inits(amount, child, share, NULL);
    if (s->country == NAIVE_GB)
        naive_set(child, 28052, 100);
    else
        naive_by_ratio(facts, child, 32758, NAIVE_FR, s->country, s->date);
    naive_percent(p, NAIVE_HOUSEHOLD, naive_yes(before && (s->spouse || children > 0)), 6, 100, NAIVE_BASIC);
    naive_line(p, NAIVE_CHILD_BEFORE_2017, before && children > 0 ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    /* G1 has no figure anywhere: an income of the spouse leaves the question open */
    naive_state income = s->spouse_income_cents == 0 ? NAIVE_DUE : NAIVE_OPEN;
    int percent = expatriate == NAIVE_OPEN ? 0 : naive_family_share(expatriate == NAIVE_DUE, service_year);
    naive_state draws = expatriate == NAIVE_OPEN ? NAIVE_OPEN : naive_yes(percent > 0);
    naive_set(share, percent, 100);
    mpq_mul(amount, child, share);
    mpq_mul(amount, amount, factor);
    naive_line(p, NAIVE_FAMILY, naive_and(naive_yes(!before && s->spouse), naive_and(income, draws)), amount);
    naive_set(share, children, 1);
    mpq_mul(amount, child, share);
    mpq_mul(amount, amount, factor);
    naive_line(p, NAIVE_CHILD, naive_yes(!before && children > 0), amount);
    naive_line(p, NAIVE_SINGLE_PARENT, !before && !s->spouse && children > 0 ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    naive_line(p, NAIVE_DISABLED, s->disabled > 0 ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    mpq_clears(amount, child, share, NULL);
}

static inline bool naive_draws(int grade)
{
    return grade == 2 || grade == 5 || grade == 8 || grade >= 10;
}

static inline void naive_expatriation(naive_payslip *p, naive_facts *facts, const naive_situation *s,
                                      const mpq_t factor, const mpq_t month_share, int service_year)
{
    static const int RATE[] = {10, 10, 10, 10, 10, 8, 6, 4, 2};
    naive_state expatriate = naive_expatriate(s), draws = naive_yes(naive_draws(s->grade_at_recruitment));
    bool outside = s->country == NAIVE_JO || s->country == NAIVE_UA;
    int children = naive_dependants(s);
    mpq_t amount, figure;
    mpq_inits(amount, figure, NULL);
    naive_set(amount, service_year <= 9 ? RATE[service_year - 1] : 0, 100);
    bool known = naive_figure(facts, figure, s->country, s->grade_at_recruitment, 1, s->date);
    mpq_mul(amount, amount, figure);
    mpq_mul(amount, amount, factor);
    naive_state when = naive_and(naive_and(expatriate, draws), naive_yes(!outside && s->recruited >= 20120101));
    naive_line(p, NAIVE_EXPATRIATION, when == NAIVE_DUE && !known ? NAIVE_OPEN : when, amount);
    when = naive_and(naive_and(expatriate, draws), naive_yes(outside));
    naive_percent(p, NAIVE_EXPATRIATION_OUTSIDE, when, s->spouse || children > 0 ? 40 : 32, 100, NAIVE_BASIC);
    naive_line(p, NAIVE_HARDSHIP, outside ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    when = naive_and(naive_and(expatriate, draws), naive_yes(children > s->education_children));
    naive_line(p, NAIVE_CHILD_EXPATRIATION, when == NAIVE_DUE ? NAIVE_OPEN : when, amount);
    naive_local(amount, s->education_cost_cents, s->country);
    naive_set(figure, 70, 1200);
    mpq_mul(amount, amount, figure);
    mpq_mul(amount, amount, month_share);
    naive_line(p, NAIVE_EDUCATION, naive_and(expatriate, naive_yes(s->education_cost_cents > 0 && children > 0)),
               amount);
    naive_percent(p, NAIVE_LODGING, naive_yes(outside && s->lodging), 20, 100, NAIVE_BASIC);
    mpq_clears(amount, figure, NULL);
}

static inline void naive_similar(naive_payslip *p, const naive_situation *s)
{
    mpq_t amount, family;
    mpq_inits(amount, family, NULL);
    naive_local(amount, s->similar_cents, s->country);
    mpq_add(family, p->amount[NAIVE_HOUSEHOLD], p->amount[NAIVE_FAMILY]);
    mpq_add(family, family, p->amount[NAIVE_CHILD]);
    if (mpq_cmp(family, amount) < 0) mpq_set(amount, family);
    naive_state when = naive_yes(s->similar_cents > 0);
    naive_line(p, NAIVE_SIMILAR, when == NAIVE_DUE && p->state[NAIVE_FAMILY] == NAIVE_OPEN ? NAIVE_OPEN : when, amount);
    naive_local(amount, s->rent_cents, s->country);
    naive_line(p, NAIVE_RENT, naive_yes(s->rent_cents != 0), amount);
    mpq_clears(amount, family, NULL);
}

static inline void naive_installation(naive_payslip *p, naive_facts *facts, const naive_situation *s)
{
    naive_state far = s->distance_km == NAIVE_UNKNOWN ? NAIVE_OPEN : naive_yes(s->distance_km > 100);
    naive_state right = naive_and(far, naive_yes(s->recruited >= 20150701 && s->contract_months >= 12));
    naive_state expatriate = naive_expatriate(s);
    int dependants = naive_dependants(s) + s->spouse;
    mpq_t amount, cap;
    mpq_inits(amount, cap, NULL);
    naive_figure(facts, amount, s->country, s->grade, s->step, s->date);
    naive_by_ratio(facts, cap, 550000, NAIVE_BE, s->country, s->date);
    if (mpq_cmp(cap, amount) < 0) mpq_set(amount, cap);
    naive_line(p, NAIVE_INSTALLATION, naive_and(expatriate, right), amount);
    naive_by_ratio(facts, amount, 200000, NAIVE_BE, s->country, s->date);
    naive_line(p, NAIVE_INSTALLATION_LOCAL, naive_and(naive_not(expatriate), right), amount);
    mpq_add(amount, p->amount[NAIVE_INSTALLATION], p->amount[NAIVE_INSTALLATION_LOCAL]);
    bool open = p->state[NAIVE_INSTALLATION] == NAIVE_OPEN || p->state[NAIVE_INSTALLATION_LOCAL] == NAIVE_OPEN;
    naive_state flat = open ? NAIVE_OPEN : naive_yes(mpq_sgn(amount) > 0);
    int percent = 20 + 10 * (dependants - 1);
    naive_set(cap, percent < 100 ? percent : 100, 100);
    mpq_mul(amount, amount, cap);
    naive_line(p, NAIVE_INSTALLATION_FAMILY, naive_and(naive_yes(dependants > 0), flat), amount);
    naive_state first = p->state[NAIVE_INSTALLATION];
    naive_percent(p, NAIVE_MOBILITY, naive_and(naive_yes(s->mobility), first), 75, 100, NAIVE_INSTALLATION);
    naive_percent(p, NAIVE_ZONE, naive_and(naive_yes(s->zone), first), 75, 100, NAIVE_INSTALLATION);
    mpq_clears(amount, cap, NULL);
}

static inline void naive_totals(naive_payslip *p, const naive_situation *s)
{
    mpq_set_ui(p->gross, 0, 1);
    mpq_set_ui(p->deductions, 0, 1);
    mpq_set_ui(p->once, 0, 1);
    for (int i = NAIVE_BASIC; i <= NAIVE_EDUCATION; i++) mpq_add(p->gross, p->gross, p->amount[i]);
    for (int i = NAIVE_PENSION; i <= NAIVE_RENT; i++) mpq_add(p->deductions, p->deductions, p->amount[i]);
    for (int i = NAIVE_INSTALLATION; i <= NAIVE_ZONE && naive_first(s->start) == s->date; i++)
        mpq_add(p->once, p->once, p->amount[i]);
    mpq_sub(p->net, p->gross, p->deductions);
    mpq_add(p->employer, p->gross, p->amount[NAIVE_EMPLOYER]);
}

/* False when the basic salary is not known. */
static inline bool naive_compute(naive_payslip *p, naive_facts *facts, const naive_situation *s)
{
    for (int i = 0; i < NAIVE_LINES; i++) {
        mpq_set_ui(p->exact[i], 0, 1);
        mpq_set_ui(p->amount[i], 0, 1);
    }
    mpq_t factor, month_share, amount;
    mpq_inits(factor, month_share, amount, NULL);
    naive_factor(factor, month_share, facts, s);
    bool known = naive_figure(facts, amount, s->country, s->grade, s->step, s->date);
    int pay_day = s->start > naive_first(s->date) ? s->start : naive_first(s->date);
    int service_year = naive_years_between(s->recruited, pay_day) + 1;
    if (known) {
        mpq_mul(amount, amount, factor);
        naive_line(p, NAIVE_BASIC, NAIVE_DUE, amount);
        naive_expatriation(p, facts, s, factor, month_share, service_year);
        naive_family(p, facts, s, factor, service_year);
        naive_similar(p, s);
        naive_state scheme = naive_yes(s->recruited >= 20050701);
        int voluntary = s->voluntary_permille < 50 ? s->voluntary_permille : 50;
        naive_percent(p, NAIVE_PENSION, scheme, 8, 100, NAIVE_BASIC);
        naive_percent(p, NAIVE_VOLUNTARY, naive_and(scheme, naive_yes(voluntary > 0)), voluntary, 1000, NAIVE_BASIC);
        naive_percent(p, NAIVE_INSURANCE, NAIVE_DUE, 3, 100, NAIVE_BASIC);
        naive_percent(p, NAIVE_EMPLOYER, scheme, 12, 100, NAIVE_BASIC);
        naive_installation(p, facts, s);
        naive_totals(p, s);
    }
    mpq_clears(factor, month_share, amount, NULL);
    return known;
}

#endif
