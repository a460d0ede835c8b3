/* Asking the library: a request (arguments as on the command line, files in memory, a language) to an answer (exit
 * code, media type, bytes, diagnostics). Nothing here knows of a disk, a stream, a locale or the time. Used by the
 * page, and by any program that has the library and would rather ask than call its parts one by one. */
#ifndef NATOPAY_ASK_ASK_H
#define NATOPAY_ASK_ASK_H

#include "natopay/book/reader.h"

/* Keeps the rule book between requests: it is loaded once. One request at a time. */
typedef struct np_session np_session;

/* `files` hold the rule book in the folder "nato" (nato/rules.ini ...) and translations as lang/CODE.mo; they must
 * outlive the session. NULL: no memory. */
np_session *np_session_new(const np_memory_files *files);
void np_session_free(np_session *session);

/* From now on natopay plan tells how many rows it has done, after each block of them: `told` is called with `context`
 * while np_ask runs, and may not ask itself. NULL: nothing is told. */
void np_session_tell(np_session *session, void (*told)(void *context, uint64_t rows), void *context);

enum { NP_REQUEST_FILES = 64, NP_REQUEST_ARGUMENTS = 512 };

typedef struct np_request {
    const char *const *arguments; /* "estimate", "--set", "grade=G10", ...: without the program's name */
    size_t argument_count;        /* at most NP_REQUEST_ARGUMENTS */
    const np_memory_file *files;  /* what the arguments name; "-" is standard input */
    size_t file_count;            /* at most NP_REQUEST_FILES */
    const char *language;         /* "en", "fr"; NULL: English, or what --lang among the arguments says */
} np_request;

/* All of it stays until the next request of the session. */
typedef struct np_answer {
    int exit;               /* as the command line's: 0 done, 1 with rejected rows, 2 usage, 3 input, 4 memory */
    const char *media_type; /* of the bytes; "text/plain" where there are none */
    const char *bytes;      /* what the command line would write to --output; ends in a zero byte besides */
    size_t size;
    const char *diagnostics;       /* JSON, see np_diags_json: each names the input concerned */
    const np_memory_file *outputs; /* further files, by the names that options gave them (--reject) */
    size_t output_count;
} np_answer;

np_answer np_ask(np_session *session, const np_request *request);

#endif
