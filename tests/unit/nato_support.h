/* A person under the rule book that NATO_PACK names, for tests of what the book says. */
#ifndef NATOPAY_TESTS_UNIT_NATO_SUPPORT_H
#define NATOPAY_TESTS_UNIT_NATO_SUPPORT_H

#include "unit/book_support.h"

static const char PERSON[] =
    "grade=G10 duty_country=BE start=2026-03-01 nationality=FR birth_date=1990-05-05 residence_distance_km=500";

/* A new situation: the person, with these inputs besides. */
static inline void begin(fixture *w, const char *inputs)
{
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
    np_diags_init(&w->diags, w->arena);
    set(w, PERSON);
    set(w, inputs);
}

#endif
