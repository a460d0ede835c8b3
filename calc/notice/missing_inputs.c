/* Which inputs a notice leaves open, and its name as a post. */
#include <string.h>

#include "natopay/pay/payslip.h"
#include "notice_internal.h"

/* Fields that give inputs which an estimate needs, and what stands in for them to see what else it asks for. */
static const struct {
    const char *input;
    np_notice_field field;
} NEEDED[] = {{"grade", NP_NOTICE_GRADE}, {"duty_country", NP_NOTICE_COUNTRY}, {"start", NP_NOTICE_START}};

static void set(np_situation *situation, np_diags *diags, const char *input, const char *value)
{
    if (value && np_book_input(situation->book, input))
        np_situation_set_text(situation, diags, input, value, np_span_none(), np_span_none());
}

static const char *stand_in(np_reading *reading, np_notice_field field)
{
    const np_book *book = reading->book;
    if (field == NP_NOTICE_GRADE) return book->grade_count ? book->grades[book->grade_count / 2].name : NULL;
    if (field == NP_NOTICE_START) {
        const char *closing = np_notice_value(reading->notice, NP_NOTICE_CLOSING);
        return closing && strlen(closing) == 10 ? closing : "2026-01-01";
    }
    for (size_t i = 0; i < book->country_count; i++)
        if (book->countries[i].scale_count) return book->countries[i].name;
    return NULL;
}

static void add_open(np_notice *notice, const char *name)
{
    for (size_t i = 0; i < notice->open_count; i++)
        if (strcmp(notice->open[i], name) == 0) return;
    notice->open[notice->open_count++] = name;
}

/* What lines of the payslip wait for. */
static void add_missing(np_reading *reading, const np_payslip *payslip)
{
    const np_book *book = reading->book;
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_line *line = &payslip->lines[i];
        if (line->state != NP_LINE_OPEN || !line->missing) continue;
        for (size_t k = 0; k < book->input_count; k++) {
            uint16_t slot = book->inputs[k].slot;
            if (line->missing->bits[slot / 64] >> (slot % 64) & 1) add_open(reading->notice, book->inputs[k].name);
        }
    }
}

void np_notice_open(np_reading *reading)
{
    np_notice *notice = reading->notice;
    const np_book *book = reading->book;
    np_diags ignored;
    np_diags_init(&ignored, reading->arena);
    notice->open = np_arena_array(reading->arena, book->input_count + 8, sizeof *notice->open);
    np_situation *situation = np_situation_new(book, reading->arena);
    for (size_t i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++) {
        const char *value = np_notice_value(notice, NEEDED[i].field);
        bool whole = value && !(NEEDED[i].field == NP_NOTICE_START && strlen(value) != 10);
        if (!whole) {
            add_open(notice, NEEDED[i].input);
            value = stand_in(reading, NEEDED[i].field);
        }
        set(situation, &ignored, NEEDED[i].input, value);
    }
    for (size_t i = 0; i < book->field_count; i++) { /* what the notice states is not missing */
        const char *input = np_notice_input(notice, i);
        bool needed = false;
        for (size_t k = 0; k < sizeof NEEDED / sizeof NEEDED[0]; k++) needed |= notice->stated[i] == NEEDED[k].field;
        if (input && !needed) set(situation, &ignored, input, np_notice_value(notice, notice->stated[i]));
    }
    if (notice->fields[NP_NOTICE_TWIN_GRADED].found && !notice->fields[NP_NOTICE_TWIN_GRADE].found)
        add_open(notice, "twin_grade");
    if (!book->rule_count) return;
    np_payslip *payslip = np_payslip_new(book, reading->arena, false);
    bool computed = np_payslip_compute(payslip, situation, &ignored, NULL);
    if (!computed) { /* a country without a scale, say: what is asked for is the same elsewhere */
        set(situation, &ignored, "duty_country", stand_in(reading, NP_NOTICE_COUNTRY));
        set(situation, &ignored, "grade", stand_in(reading, NP_NOTICE_GRADE));
        computed = np_payslip_compute(payslip, situation, &ignored, NULL);
    }
    if (computed) add_missing(reading, payslip);
}
