/* INI text: sections and keys with their places.
 *
 * A scan of our own finds the position of everything and reports what iniparser would pass over in silence;
 * iniparser then gives the values. It is handed a text in which section and key names are plain numbers and every
 * value is quoted where it may be, so that none of its limits or habits can change what the author wrote.
 *
 * The scan is always of the whole text, so that every mistake in it is found. Values may be left to whoever needs
 * them. */
#ifndef NATOPAY_BOOK_INI_H
#define NATOPAY_BOOK_INI_H

#include "natopay/base/diag.h"

enum { NP_INI_VALUE_LIMIT = 1000, NP_INI_LINE_LIMIT = 4096, NP_INI_KEYS_LIMIT = 5000, NP_INI_SECTIONS_LIMIT = 5000 };

typedef struct np_ini_key {
    const char *name;  /* in lower case, with single blanks */
    const char *value; /* without quotes; "" when empty; NULL when it was only scanned: see np_ini_values */
    np_span name_at;
    np_span value_at;       /* the value in the file, without its quotes, over all its lines */
    unsigned continuations; /* lines joined to the first by a backslash */
} np_ini_key;

typedef struct np_ini_section {
    const char *type; /* "scale" of [scale FR 2026-01-01] */
    const char *name; /* "FR 2026-01-01"; "" when the header has one word only */
    np_span at;       /* the header between its brackets */
    np_span name_at;
    np_ini_key *keys;
    size_t key_count;
    bool damaged; /* one of its lines could not be read */
} np_ini_section;

typedef struct np_ini {
    const np_file *file;
    np_ini_section *sections;
    size_t section_count;
} np_ini;

/* Read a checked text (see np_check_text). False when an error was reported; what could be read is there all the
 * same. */
bool np_ini_read(np_diags *diags, const np_file *file, np_ini *ini);

/* The same, without values. */
bool np_ini_scan(np_diags *diags, const np_file *file, np_ini *ini);

/* The values of scanned keys, values[i] that of keys[i]. The keys themselves stay as they are, so any number of threads
 * may ask for the same. */
const char **np_ini_values(np_arena *arena, const np_ini_key *const *keys, size_t count);

/* Where value[index .. index + length) stands in the file, across joined lines. */
np_span np_ini_value_span(const np_ini_key *key, size_t index, size_t length);

#endif
