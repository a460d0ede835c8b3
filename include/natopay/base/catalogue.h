/* Translations from a catalogue as GNU gettext's msgfmt writes them (.mo), held in memory. It needs no locale, and a
 * catalogue may come from anywhere: it is checked as a whole before any of its texts is used. */
#ifndef NATOPAY_BASE_CATALOGUE_H
#define NATOPAY_BASE_CATALOGUE_H

#include "natopay/base/arena.h"
#include "natopay/base/lang.h"

enum { NP_CATALOGUE_LIMIT = 4 * 1024 * 1024, NP_CATALOGUE_FORMS = 8 };

typedef struct np_catalogue np_catalogue;

/* Read a catalogue of at most NP_CATALOGUE_LIMIT bytes, which must stay as long as it is used. NULL: it is refused, and
 * *why says why: it is no such file, is damaged, is not in UTF-8, holds control characters, its rule for plural forms
 * cannot be read, or a translation takes other values (the %s and %d of a format) than its text. */
np_catalogue *np_catalogue_read(np_arena *arena, const char *bytes, size_t size, const char **why);

/* The language whose texts it holds; `language` is the code by which labels are taken from the book ("fr"). */
np_lang np_catalogue_lang(np_catalogue *catalogue, const char *language);

/* Whether a translation of a format can stand in its place: it takes the same values, in its own order if they are
 * numbered (%2$s). An original that is no format of printf is never printed as one, and lets anything pass. */
bool np_format_fits(const char *original, const char *translation);

/* The number of the plural form that goes with n by a rule, `text`, as gettext's catalogues have it: an expression of C
 * in n. At least `forms`: the rule cannot be computed. */
unsigned np_plural_form(const char *text, size_t length, unsigned forms, unsigned long long n);

#endif
