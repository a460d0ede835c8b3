/* natopay.h, the library's interface for other programs: sessions and requests, each of which np_ask answers. */
#include "natopay.h"

#include <string.h>

#include "natopay/ask/ask.h"
#include "natopay/base/catalogue.h"

struct natopay_session {
    np_arena *arena; /* of the session, and of the files that natopay_open read */
    np_session *session;
    np_memory_file *files;
    size_t file_count;
    natopay_answer answer;
    natopay_file outputs[NATOPAY_FILES_MAX];
};

const char *natopay_version(void)
{
    return NATOPAY_VERSION;
}

/* ---- opening and closing ---- */

typedef struct opening {
    natopay_session *session;
    const char *book, *translations;
    const natopay_file *given; /* NULL: the folders are read */
    size_t given_count, capacity;
    const char *why; /* what could not be read */
} opening;

static void add_file(opening *o, np_memory_file file)
{
    natopay_session *s = o->session;
    s->files = np_arena_grow(s->arena, s->files, &o->capacity, s->file_count + 1, sizeof *s->files);
    s->files[s->file_count++] = file;
}

static const char *read_file(opening *o, const char *path, const char *name, size_t limit)
{
    np_reader disk = np_reader_disk();
    char *bytes = NULL;
    size_t size = 0;
    const char *why = disk.inspect ? disk.inspect(disk.context, path) : NULL;
    if (!why) why = disk.read(disk.context, o->session->arena, path, limit, &bytes, &size);
    if (!why) add_file(o, (np_memory_file){name, bytes, size});
    return why;
}

static void read_book(opening *o)
{
    np_arena *arena = o->session->arena;
    np_reader disk = np_reader_disk();
    const char **names = NULL;
    size_t count = 0;
    o->why = disk.list(disk.context, arena, o->book, ".ini", &names, &count);
    for (size_t i = 0; !o->why && i < count; i++)
        o->why = read_file(o, np_arena_format(arena, "%s/%s", o->book, names[i]),
                           np_arena_format(arena, "nato/%s", names[i]), NP_INI_FILE_LIMIT);
}

/* Languages are called by two letters. Those of which there is nothing are passed over. */
static void read_translations(opening *o)
{
    np_arena *arena = o->session->arena;
    for (int first = 'a'; first <= 'z'; first++)
        for (int second = 'a'; second <= 'z'; second++) {
            const char *path = np_arena_format(arena, "%s/%c%c/LC_MESSAGES/natopay.mo", o->translations, first, second);
            read_file(o, path, np_arena_format(arena, "lang/%c%c.mo", first, second), NP_CATALOGUE_LIMIT);
        }
}

static void gather(void *context)
{
    opening *o = context;
    for (size_t i = 0; i < o->given_count; i++)
        add_file(o, (np_memory_file){o->given[i].name, o->given[i].bytes, o->given[i].size});
    if (o->book) read_book(o);
    if (o->translations && !o->why) read_translations(o);
}

static natopay_session *open_session(opening *o)
{
    np_arena *arena = np_arena_new(0);
    natopay_session *s = arena ? np_arena_try(arena, sizeof *s) : NULL;
    o->why = NULL;
    if (s) {
        s->arena = arena;
        o->session = s;
        if (np_arena_guard(arena, gather, o) && !o->why)
            s->session = np_session_new(&(np_memory_files){s->files, s->file_count});
        if (s->session) return s;
    }
    if (!o->why) o->why = "memory ran out";
    np_arena_free(arena);
    return NULL;
}

natopay_session *natopay_open(const char *book, const char *translations, const char **why)
{
    opening o = {.book = book, .translations = translations};
    natopay_session *session = open_session(&o);
    if (why) *why = session ? NULL : o.why;
    return session;
}

natopay_session *natopay_open_files(const natopay_file *files, size_t count)
{
    opening o = {.given = files, .given_count = count};
    return open_session(&o);
}

void natopay_close(natopay_session *session)
{
    if (!session) return;
    np_session_free(session->session);
    np_arena_free(session->arena);
}

/* ---- asking ---- */

static const natopay_answer *too_much(natopay_session *session)
{
    session->answer = (natopay_answer){
        .exit = 2,
        .media_type = "text/plain",
        .bytes = "",
        .diagnostics =
            "{\"diagnostics\":[{\"severity\":\"error\",\"code\":\"too-many\",\"input\":null,\"file\":null,"
            "\"line\":null,\"column\":null,\"length\":null,\"message\":\"a request has at most 512 arguments "
            "and 64 files\",\"hint\":null,\"notes\":[]}],\"errors\":1,\"warnings\":0}"};
    return &session->answer;
}

const natopay_answer *natopay_ask(natopay_session *session, const natopay_request *request)
{
    np_memory_file files[NATOPAY_FILES_MAX];
    if (request->argument_count > NATOPAY_ARGUMENTS_MAX || request->file_count > NATOPAY_FILES_MAX)
        return too_much(session);
    for (size_t i = 0; i < request->file_count; i++)
        files[i] = (np_memory_file){request->files[i].name, request->files[i].bytes, request->files[i].size};
    np_answer answer = np_ask(session->session, &(np_request){request->arguments, request->argument_count, files,
                                                              request->file_count, request->language});
    size_t outputs = 0;
    for (; outputs < answer.output_count && outputs < NATOPAY_FILES_MAX; outputs++)
        session->outputs[outputs] =
            (natopay_file){answer.outputs[outputs].path, answer.outputs[outputs].text, answer.outputs[outputs].size};
    session->answer = (natopay_answer){answer.exit,        answer.media_type, answer.bytes, answer.size,
                                       answer.diagnostics, session->outputs,  outputs};
    return &session->answer;
}
