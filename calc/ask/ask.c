/* Answering a request: its arguments are run as a command, with its files in memory. */
#include "natopay/ask/ask.h"

#include <string.h>

#include "memory.h"

static const size_t MEMORY_LIMIT = (size_t)512 << 20;

np_session *np_session_new(const np_memory_files *files)
{
    np_arena *book = np_arena_new(0), *work = np_arena_new(MEMORY_LIMIT);
    np_session *session = book && work ? np_arena_try(book, sizeof *session) : NULL;
    if (!session) {
        np_arena_free(book);
        np_arena_free(work);
        return NULL;
    }
    session->book_arena = book;
    session->arena = work;
    session->own = *files;
    np_text_init(&session->said, NP_OUTPUT_LIMIT);
    np_text_init(&session->bytes, NP_OUTPUT_LIMIT);
    np_text_init(&session->rejects, NP_OUTPUT_LIMIT);
    return session;
}

void np_session_free(np_session *session)
{
    if (!session) return;
    np_text_free(&session->said);
    np_text_free(&session->bytes);
    np_text_free(&session->rejects);
    np_arena_free(session->arena);
    np_arena_free(session->book_arena);
}

void np_session_tell(np_session *session, void (*told)(void *context, uint64_t rows), void *context)
{
    session->told = told;
    session->told_context = context;
}

/* ---- one request ---- */

typedef struct asking {
    np_session *session;
    const np_request *request;
    np_run *run;
} asking;

static void take_files(np_session *session, const np_request *request)
{
    size_t own = session->own.count, count = request->file_count;
    np_memory_file *all = np_arena_array(session->arena, own + count + 1, sizeof *all);
    if (count > NP_REQUEST_FILES) count = NP_REQUEST_FILES;
    if (count) memcpy(all, request->files, count * sizeof *all);
    if (own) memcpy(all + count, session->own.files, own * sizeof *all);
    session->all = (np_memory_files){all, count + own};
}

static void work(void *context)
{
    asking *a = context;
    np_session *session = a->session;
    const np_request *request = a->request;
    char **argv = np_arena_array(session->arena, request->argument_count + 4, sizeof *argv);
    static char name[] = "natopay", language[] = "--lang";
    int argc = 0;
    argv[argc++] = name;
    for (size_t i = 0; i < request->argument_count && i < NP_REQUEST_ARGUMENTS; i++)
        argv[argc++] = np_arena_copy(session->arena, request->arguments[i], strlen(request->arguments[i]));
    if (request->language) {
        argv[argc++] = language;
        argv[argc++] = np_arena_copy(session->arena, request->language, strlen(request->language));
    }
    take_files(session, request);
    np_run_do(a->run, argc, argv);
    if (np_run_shows(a->run) && !a->run->out.failed) a->run->host->write(a->run);
}

static np_answer no_memory(void)
{
    return (np_answer){.exit = np_code_describe(NP_CODE_NO_MEMORY)->exit,
                       .media_type = "text/plain",
                       .bytes = "",
                       .diagnostics = "{\"diagnostics\":[{\"severity\":\"error\",\"code\":\"no-memory\",\"input\":null,"
                                      "\"file\":null,\"line\":null,\"column\":null,\"length\":null,"
                                      "\"message\":\"memory ran out\",\"hint\":null,\"notes\":[]}],"
                                      "\"errors\":1,\"warnings\":0}"};
}

np_answer np_ask(np_session *session, const np_request *request)
{
    np_arena_reset(session->arena);
    np_text_clear(&session->said);
    np_text_clear(&session->bytes);
    np_text_clear(&session->rejects);
    np_run *run = np_arena_try(session->arena, sizeof *run);
    if (!run) return no_memory();
    np_host host = np_memory_host(session);
    run->arena = session->arena;
    run->host = &host;
    np_diags_init(&run->diags, session->arena);
    np_text_init(&run->out, NP_OUTPUT_LIMIT);
    asking a = {session, request, run};
    bool done = np_arena_guard(session->arena, work, &a) && !run->out.failed && !session->bytes.failed;
    np_diags_json(&session->said, &run->diags);
    np_text_free(&run->out);
    if (!done || session->said.failed) return no_memory();
    np_answer answer = {.exit = np_run_exit(run),
                        .media_type = session->bytes.length ? np_format_media(run->args.format) : "text/plain",
                        .bytes = np_text_string(&session->bytes),
                        .size = session->bytes.length,
                        .diagnostics = np_text_string(&session->said)};
    if (session->rejects.length) {
        session->reject_file = (np_memory_file){run->args.value[NP_OPT_REJECT].text, np_text_string(&session->rejects),
                                                session->rejects.length};
        answer.outputs = &session->reject_file;
        answer.output_count = 1;
    }
    return answer;
}
