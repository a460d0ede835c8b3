/* libnatopay: what a NATO civilian post pays, exactly and with sources.
 *
 * One asks it as one asks the program: a request holds the arguments that would stand on the command line, and the
 * files that they name, in memory; the answer holds the exit code, what would be printed, and what was wrong with it.
 *
 *     natopay_session *session = natopay_open("/usr/local/share/natopay/nato", NULL, NULL);
 *     const char *arguments[] = {"estimate", "--set", "grade=G10", "--set", "duty_country=FR", "--format", "json"};
 *     natopay_request request = {0};
 *     request.arguments = arguments;
 *     request.argument_count = sizeof arguments / sizeof arguments[0];
 *     const natopay_answer *answer = natopay_ask(session, &request);
 *     if (answer->exit == 0) fwrite(answer->bytes, 1, answer->size, stdout);
 *     natopay_close(session);
 *
 * The library has no global state, needs no locale, prints nothing and never exits. It reads no file but those of
 * natopay_open. A session serves one request at a time; any number of sessions may be used at once, each by one thread.
 * All texts are UTF-8. JSON is the contract between versions: share/natopay/schema describes it. */
#ifndef NATOPAY_H
#define NATOPAY_H

#include <stddef.h>

/* Same major number: what is here goes on to work. Of 0, the minor number counts for it. */
#define NATOPAY_VERSION_MAJOR 0
#define NATOPAY_VERSION_MINOR 1
#define NATOPAY_VERSION_PATCH 0
#define NATOPAY_VERSION "0.1.0"

#if defined(__GNUC__)
#define NATOPAY_PUBLIC __attribute__((visibility("default")))
#else
#define NATOPAY_PUBLIC
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs; NATOPAY_VERSION is that of the header. */
NATOPAY_PUBLIC const char *natopay_version(void);

/* A rule book, loaded once, and the answer to the request before. */
typedef struct natopay_session natopay_session;

typedef struct natopay_file {
    const char *name;  /* "post.ini", as the arguments name it */
    const char *bytes; /* may hold any; need not end in a zero */
    size_t size;
} natopay_file;

/* Read the rule book in the folder `book`: its .ini files (`pkg-config --variable=bookdir natopay` says where NATO's
 * is installed). And the translations below `translations`: fr/LC_MESSAGES/natopay.mo (`--variable=localedir`); NULL:
 * English, and the labels of the book. What the files say is looked at by the first request, whose diagnostics tell
 * what is wrong with it.
 * NULL: the folder or a file in it cannot be read, or memory ran out. Then `*why`, unless `why` is NULL, is a text that
 * says so, valid until the thread's next call into the C library. */
NATOPAY_PUBLIC natopay_session *natopay_open(const char *book, const char *translations, const char **why);

/* The same of files in memory: the book's are called nato/NAME.ini, translations lang/CODE.mo (lang/fr.mo). The names
 * and bytes must stay until natopay_close; the array itself is copied. NULL: memory ran out. */
NATOPAY_PUBLIC natopay_session *natopay_open_files(const natopay_file *files, size_t count);

/* Free all that belongs to the session, its answer included. NULL is nothing. */
NATOPAY_PUBLIC void natopay_close(natopay_session *session);

enum { NATOPAY_ARGUMENTS_MAX = 512, NATOPAY_FILES_MAX = 64 };

typedef struct natopay_request {
    const char *const *arguments; /* without the program's name; a file is named as in `files` */
    size_t argument_count;        /* at most NATOPAY_ARGUMENTS_MAX */
    const natopay_file *files;    /* posts, persons, notices, overlays; "-" is what standard input would hold */
    size_t file_count;            /* at most NATOPAY_FILES_MAX */
    const char *language;         /* "en", "fr"; NULL: English, or what --lang among the arguments says */
} natopay_request;

/* All of it belongs to the session, and stays until its next request. */
typedef struct natopay_answer {
    int exit;                    /* 0 done; 1 done, with rejected rows or errors found; 2 usage; 3 input; 4 memory */
    const char *media_type;      /* of the bytes: "application/json", "text/html; charset=utf-8" ... */
    const char *bytes;           /* what would be printed; a zero byte follows */
    size_t size;                 /* of the bytes, without that zero */
    const char *diagnostics;     /* errors and warnings as JSON: {"diagnostics": [...], "errors", "warnings"} */
    const natopay_file *outputs; /* further files that options asked for, by the names given there */
    size_t output_count;
} natopay_answer;

/* Never NULL: what goes wrong is an answer too. A command that is for the command line alone (natopay sample-staff) is
 * answered as wrong usage. */
NATOPAY_PUBLIC const natopay_answer *natopay_ask(natopay_session *session, const natopay_request *request);

#ifdef __cplusplus
}
#endif

#endif
