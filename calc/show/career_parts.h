/* Private to calc/show: what the career outputs share. */
#ifndef NATOPAY_SHOW_CAREER_PARTS_H
#define NATOPAY_SHOW_CAREER_PARTS_H

#include "natopay/show/estimate.h"
#include "natopay/show/table.h"
#include "natopay/show/timeline.h"

const char *np_day_words(np_arena *arena, np_date date); /* "2026-09-01" */
const char *np_money_words(np_arena *arena, const np_book *book, np_num amount, uint16_t currency);

const char *np_meets_words(np_meets meets, const np_lang *lang);

/* The causes of a stretch, with "; " between. */
const char *np_causes_words(const np_projection *projection, np_arena *arena, const np_lang *lang,
                            const np_stretch *stretch);

/* A text in lines of at most `width` columns, the second and later ones moved in by `indent`. */
void np_wrap(np_text *out, const char *text, size_t indent, size_t width);

#endif
