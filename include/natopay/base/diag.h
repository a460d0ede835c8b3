/* Diagnostics: what is wrong, where, and what to do. All of one run are collected, then printed together. */
#ifndef NATOPAY_BASE_DIAG_H
#define NATOPAY_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/arena.h"
#include "natopay/base/codes.h"
#include "natopay/base/lang.h"
#include "natopay/base/text.h"

/* A text that was read, kept for quoting. */
typedef struct np_file {
    const char *name; /* as the user gave it; "command line" for arguments */
    const char *text;
    size_t size;
} np_file;

/* A place in a file; file NULL: no place. */
typedef struct np_span {
    const np_file *file;
    uint32_t offset;
    uint32_t length;
} np_span;

typedef struct np_position {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in characters (UTF-8 code points), as editors count */
} np_position;

typedef struct np_note {
    np_span at;
    const char *text;
    struct np_note *next;
} np_note;

typedef struct np_diag {
    np_code code;
    np_span at;
    const char *message;
    const char *hint;  /* NULL: none */
    const char *input; /* the input that it is about; NULL: none, or not known */
    np_note *notes;    /* other places that matter: "first defined here" */
    struct np_diag *next;
    struct np_diag *same_place; /* another one whose place has the same hash */
} np_diag;

typedef struct np_diags {
    np_arena *arena;
    const np_lang *lang; /* of their texts; NULL: English */
    np_diag *first, *last;
    np_diag **by_place; /* [hash of a place]: to find what was reported already; NULL: nothing was */
    size_t errors, warnings;
    size_t dropped; /* counted above, but not kept: past NP_DIAGS_MAX, lest hostile input fill the memory */
    int exit;       /* see np_diags_exit */
    np_diag *spare; /* what np_report returns for a dropped one; hints and notes on it are ignored */
} np_diags;

enum { NP_DIAGS_MAX = 1000 };

void np_diags_init(np_diags *diags, np_arena *arena);

/* Formats are English, and translated into the language of the diagnostics; what is put into them is not: np_say where
 * it is words. A format that is chosen among several is marked, NP_MARK, for those who collect the texts.
 *
 * Add a diagnostic. The same code at the same place with the same message is added once (the first one is returned).
 * Texts longer than 1,000 bytes are cut. Never returns NULL; without memory, control leaves to the arena's guard. */
np_diag *np_report(np_diags *diags, np_code code, np_span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void np_diag_hint(np_diags *diags, np_diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));
void np_diag_note(np_diags *diags, np_diag *diag, np_span at, const char *format, ...)
    __attribute__((format(printf, 4, 5))); /* a diagnostic keeps its first 8 notes */

/* Add one of other diagnostics with its hint and notes, `before` put in front of its message. Its place is `at`. */
np_diag *np_diag_copy(np_diags *diags, const np_diag *from, np_span at, const char *before);

/* Copies name, not text. A text is at most 4 GiB; places behind that are taken as its end. */
np_file *np_file_new(np_arena *arena, const char *name, const char *text, size_t size);
np_span np_span_of(const np_file *file, size_t offset, size_t length);
np_span np_span_none(void);
np_position np_span_position(np_span at);

/* The highest exit code among the errors (see NP_CODES), 0 without errors. */
int np_diags_exit(const np_diags *diags);

/* "FILE:LINE:COL: error: message [code]", the line, a caret line, "hint: ...", notes ("FILE:LINE:COL: note: text").
 * Errors of the command line first; then files in the order in which they were first added, places in a file in theirs;
 * "natopay: error: ..." without a place.
 * A long line is shown as a window of about 100 columns around the place; control bytes are shown as '?'.
 * `color`: ANSI colours. */
void np_diags_print(np_text *out, const np_diags *diags, bool color);

/* {"diagnostics":[{"severity","code","input","file","line","column","length","message","hint",
 *                   "notes":[{"file","line","column","message"}]}],
 * "errors":N,"warnings":N} on one line, which is not ended; absent places are null; column and length in characters. */
void np_diags_json(np_text *out, const np_diags *diags);

#endif
