/* Careers of one person under the frozen rule book, with other inputs or an overlay. */
#ifndef NATOPAY_TESTS_UNIT_CAREER_SUPPORT_H
#define NATOPAY_TESTS_UNIT_CAREER_SUPPORT_H

#include "unit/book_support.h"

#include "natopay/career/career.h"

static const char PERSON[] = "grade=G10 duty_country=BE nationality=FR birth_date=1990-05-05 start=2026-09-01";

static inline np_career *open_career(fixture *w, const char *overlay, const char *inputs)
{
    fixture_nato(w, overlay);
    set(w, PERSON);
    set(w, inputs);
    return np_career_new(w->situation, w->arena, &w->diags);
}

static inline np_projection *project(fixture *w, const char *overlay, const char *inputs, int32_t months)
{
    np_career *career = open_career(w, overlay, inputs);
    np_project_options options = {.months = months, .lines = true, .causes = true};
    np_projection *p = career ? np_career_project(career, &options) : NULL;
    if (!p) print_diags(&w->diags);
    assert_non_null(p);
    return p;
}

static inline np_date day(const char *text)
{
    np_date date;
    assert_null(np_date_parse(text, strlen(text), &date));
    return date;
}

static inline void put_date(np_text *text, np_date date)
{
    np_date_print(text, date);
    np_text_putc(text, ' ');
}

#endif
