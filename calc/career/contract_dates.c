/* The terms of a contract: its dates, and on which day service has to end. */
#include "natopay/pay/format_value.h"
#include "career_internal.h"

/* The last day of a time that begins on `from`. NP_DATE_NONE when it is not given or out of range. */
static np_date last_day(np_career *career, np_date from, const np_formula *length)
{
    np_value value = np_career_value(career, length);
    if (value.unknown) return NP_DATE_NONE;
    career->terms.status = np_weakest(career->terms.status, value.status);
    return np_date_span_end(from, value.as.duration);
}

static const np_value *given(const np_career *career, uint16_t slot)
{
    if (slot == UINT16_MAX || !career->given->given[slot]) return NULL;
    return &career->first_slots[slot];
}

/* Last day of the first contract: as given, or by its length in months, or by the kind of contract. */
static np_date contract_end(np_career *career)
{
    const np_career_slots *at = &career->book->career->slots;
    const np_terms *terms = &career->terms;
    const np_value *end = given(career, at->contract_end), *months = given(career, at->contract_months);
    int64_t count;
    if (end) return end->as.date;
    if (given(career, at->end)) return given(career, at->end)->as.date;
    bool open_ended = terms->contract && !terms->contract->length.root;
    if (months && np_num_to_int(months->as.number, &count))
        return np_date_span_end(terms->start, (np_duration){(int32_t)count, 0});
    if (!terms->contract || open_ended) return NP_DATE_NONE;
    return last_day(career, terms->start, &terms->contract->length);
}

static np_date age_end(np_career *career)
{
    const np_progress *progress = career->book->career->progress;
    if (!progress) return NP_DATE_NONE;
    np_value when = np_career_value(career, &progress->must_end_when);
    if (when.unknown || !when.as.truth) return NP_DATE_NONE;
    np_value date = np_career_value(career, &progress->must_end);
    return date.unknown ? NP_DATE_NONE : date.as.date;
}

static np_date known_until(np_career *career)
{
    const np_progress *progress = career->book->career->progress;
    if (!progress) return NP_DATE_NONE;
    np_value date = np_career_value(career, &progress->known_until);
    return date.unknown ? NP_DATE_NONE : date.as.date;
}

static void end_by(np_terms *terms, np_date day, np_service_ends_by why)
{
    if (day == NP_DATE_NONE || (terms->service_end != NP_DATE_NONE && terms->service_end <= day)) return;
    terms->service_end = day;
    terms->service_ends_by = why;
}

/* The service would have no day. */
static void report_no_service(np_career *career)
{
    const np_career_slots *at = &career->book->career->slots;
    const np_terms *terms = &career->terms;
    uint16_t slot = terms->service_ends_by == NP_ENDS_GIVEN ? at->end : at->start;
    np_diag *diag = np_report(career->diags, NP_CODE_NO_CONTRACT_FITS, career->given->at[slot],
                              "service would have to end before it begins");
    np_ymd end = np_date_split(terms->service_end);
    np_diag_hint(
        career->diags, diag,
        terms->service_ends_by == NP_ENDS_AGE
            ? NP_MARK("the age rule ends it on %04d-%02d-%02d: no contract fits, so an appointment is not possible")
            : NP_MARK("it ends on %04d-%02d-%02d: no contract fits"),
        end.year, end.month, end.day);
}

bool np_terms_read(np_career *career)
{
    const np_career_slots *at = &career->book->career->slots;
    np_terms *terms = &career->terms;
    const np_value *kind = at->contract == UINT16_MAX ? NULL : &career->first_slots[at->contract];
    int found = kind && !kind->unknown ? np_book_contract(career->book, kind->as.text) : -1;
    terms->contract = found < 0 ? NULL : &career->book->career->contracts[found];
    terms->service_end = terms->maximum_end = terms->probation_end = NP_DATE_NONE;
    terms->contract_end = contract_end(career);
    terms->age_end = age_end(career);
    terms->known_until = known_until(career);
    terms->step_held_on = terms->start; /* until the state is read */
    if (terms->contract && !career->silent)
        terms->probation_end = last_day(career, terms->start, &terms->contract->probation);
    if (terms->contract) terms->maximum_end = last_day(career, terms->start, &terms->contract->maximum);
    bool goes_on = !terms->contract || terms->contract->then >= 0 || terms->contract->renewal.root;
    if (given(career, at->end)) end_by(terms, given(career, at->end)->as.date, NP_ENDS_GIVEN);
    if (!goes_on) end_by(terms, terms->contract_end, NP_ENDS_CONTRACT);
    end_by(terms, terms->maximum_end, NP_ENDS_MAXIMUM);
    end_by(terms, terms->age_end, NP_ENDS_AGE);
    if (terms->service_end == NP_DATE_NONE || terms->service_end >= terms->start) return true;
    report_no_service(career);
    return false;
}

void np_terms_apply(np_career *career)
{
    const np_career_slots *at = &career->book->career->slots;
    const np_terms *terms = &career->terms;
    if (terms->contract_end != NP_DATE_NONE) np_set_date(career->situation, at->contract_end, terms->contract_end);
    if (terms->service_end != NP_DATE_NONE) np_set_date(career->situation, at->end, terms->service_end);
}

/* ---- advice ---- */

/* "29 months and 14 days" from the start to the last day. */
static const char *length_to(np_career *career, np_date last)
{
    np_date start = career->terms.start;
    int32_t months = np_date_months_between(start, last + 1);
    int days = last - np_date_span_end(start, (np_duration){months, 0});
    np_text text;
    np_text_init(&text, 200);
    np_print_duration(&text, (np_duration){months, days > 0 ? days : 0}, career->diags->lang);
    return np_text_move(&text, career->arena);
}

static void check_limit(np_career *career, np_date limit, np_code code)
{
    const np_terms *terms = &career->terms;
    if (limit == NP_DATE_NONE || terms->contract_end == NP_DATE_NONE || terms->contract_end <= limit) return;
    const np_career_slots *at = &career->book->career->slots;
    np_span place = np_span_none();
    if (given(career, at->end))
        place = career->given->at[at->end];
    else if (given(career, at->contract_months))
        place = career->given->at[at->contract_months];
    np_diag *diag = np_report(
        career->diags, code, place,
        code == NP_CODE_AGE_LIMIT
            ? NP_MARK("the contract would run to %s, but the age rule ends service on %s")
            : NP_MARK("the contract would run to %s, but the longest service of this kind ends service on %s"),
        np_date_text(career->arena, terms->contract_end), np_date_text(career->arena, limit));
    np_diag_hint(career->diags, diag, "a contract of %s fits: from %s to %s", length_to(career, limit),
                 np_date_text(career->arena, terms->start), np_date_text(career->arena, limit));
}

bool np_career_check(np_career *career)
{
    if (!np_payslip_check(career->payslip, career->situation, career->diags)) return false;
    check_limit(career, career->terms.age_end, NP_CODE_AGE_LIMIT);
    check_limit(career, career->terms.maximum_end, NP_CODE_SERVICE_LIMIT);
    return true;
}
