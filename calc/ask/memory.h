/* A session of the library: its files, its books, its answer. Private to calc/ask. */
#ifndef NATOPAY_ASK_MEMORY_H
#define NATOPAY_ASK_MEMORY_H

#include "natopay/ask/ask.h"
#include "natopay/ask/run.h"

struct np_session {
    np_arena *book_arena, *arena; /* of the session; of one request */
    np_book *book;                /* NULL: not loaded yet */
    np_memory_files own;          /* the rule book and the translations */
    np_memory_files all;          /* those of the request before them */
    np_text said, bytes, rejects;
    np_memory_file reject_file;
    void (*told)(void *context, uint64_t rows); /* how far a plan is; NULL: nobody asks */
    void *told_context;
};

/* Files in memory, as the run of a session reads and writes them. */
np_host np_memory_host(np_session *session);

/* natopay plan over a list in memory: one thread, records or totals as the answer, --reject beside it. */
void np_memory_plan(np_run *run);

#endif
