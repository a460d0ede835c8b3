/* INI text: sections, keys and values with their places.
 *
 * The syntax is that of iniparser, and what iniparser would pass over in silence is reported. That both read the same
 * is compared by `natopay check` and by the tests: iniparser takes several milliseconds to load the rule book. */
#ifndef NATOPAY_BOOK_INI_H
#define NATOPAY_BOOK_INI_H

#include "natopay/base/diag.h"

enum { NP_INI_VALUE_LIMIT = 1000, NP_INI_LINE_LIMIT = 4096, NP_INI_KEYS_LIMIT = 5000, NP_INI_SECTIONS_LIMIT = 5000 };

typedef struct np_ini_key {
    const char *name;  /* in lower case, with single blanks */
    const char *value; /* without quotes, joined lines as one; "" when empty */
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

/* Let iniparser load the file of a text that was read without errors, as it lies on the disk at file->name, and warn of
 * each value that it reads otherwise. Returns how many values were compared: 0 when there is no such file, when it has
 * more than 20,000 keys, and when iniparser cannot read it (a line of more than 1,022 bytes, a byte order mark). */
size_t np_ini_compare(np_diags *diags, const np_ini *ini);

/* Where value[index .. index + length) stands in the file, across joined lines. */
np_span np_ini_value_span(const np_ini_key *key, size_t index, size_t length);

#endif
