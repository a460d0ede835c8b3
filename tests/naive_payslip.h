/* The payslip of the NATO book a second time, as one would write it by hand in plain mpq from the facts: no rule book,
 * no formulas, no code of calc/. The property test holds calc/pay against it, the bench runs beside it. */
#ifndef NATOPAY_TESTS_NAIVE_PAYSLIP_H
#define NATOPAY_TESTS_NAIVE_PAYSLIP_H

#include "naive_scale.h"

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
        count += s->births[i] <= naive_last(s->date) && naive_add_years(s->births[i], below) >= naive_first(s->date);
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
    /* Belgium's scales are there for every year up to the newest, and announce the adjustment of all others */
    int years = s->date / 10000 - naive_scale_of(facts, NAIVE_BE, s->date, &begun)->from / 10000;
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
    mpq_t amount, child, share, limit;
    mpq_inits(amount, child, share, limit, NULL);
    naive_figure(facts, child, s->country, 15, 1, s->date); /* 358.54 beside an A.2 of 6197.55 */
    naive_set(share, 35854, 619755);
    mpq_mul(child, child, share);
    naive_percent(p, NAIVE_HOUSEHOLD, naive_yes(before && (s->spouse || children > 0)), 6, 100, NAIVE_BASIC);
    /* an income of the spouse must lie below half of G1 and the supplement */
    naive_figure(facts, limit, s->country, 1, 1, s->date);
    mpq_div_2exp(limit, limit, 1);
    mpq_add(limit, limit, child);
    naive_local(amount, s->spouse_income_cents, s->country);
    naive_state income = naive_yes(s->spouse_income_cents == 0 || mpq_cmp(amount, limit) < 0);
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
    naive_line(p, NAIVE_CHILD_BEFORE_2017, naive_yes(before && children > 0), amount);
    naive_line(p, NAIVE_SINGLE_PARENT, !before && !s->spouse && children > 0 ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    naive_line(p, NAIVE_DISABLED, s->disabled > 0 ? NAIVE_OPEN : NAIVE_NOT_DUE, amount);
    mpq_clears(amount, child, share, limit, NULL);
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
    mpq_add(family, family, p->amount[NAIVE_CHILD_BEFORE_2017]);
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
