/* Files in memory for a run that has no disk: what it reads comes with the request, what it writes is the answer. */
#include "memory.h"

#include <string.h>

#include "natopay/book/load.h"
#include "natopay/base/catalogue.h"

static np_session *session_of(const np_run *run)
{
    return run->host->context;
}

static np_reader reader(np_run *run)
{
    return np_reader_memory(&session_of(run)->all);
}

static const char BOOK_FOLDER[] = "nato";

static const char *book_folder(np_run *run)
{
    const char *given = run->args.value[NP_OPT_DATA].text;
    return given ? given : BOOK_FOLDER;
}

typedef struct loading {
    np_session *session;
    np_book *book;
} loading;

static void load(void *context)
{
    loading *l = context;
    np_diags *diags = np_arena_alloc(l->session->book_arena, sizeof *diags);
    np_diags_init(diags, l->session->book_arena);
    np_reader own = np_reader_memory(&l->session->own);
    np_book *book = np_book_load(own, diags, l->session->book_arena, BOOK_FOLDER, NULL, 0);
    if (book && !diags->first) l->book = book;
}

/* A book about which there is something to say is loaded each time, so that it is said. */
static np_book *book(np_run *run)
{
    np_session *session = session_of(run);
    if (run->args.value[NP_OPT_DATA].text) return NULL;
    loading l = {session, NULL};
    if (!session->book && np_arena_guard(session->book_arena, load, &l)) session->book = l.book;
    return session->book;
}

static const char *standard_input(np_run *run, np_arena *arena, size_t limit, char **bytes, size_t *size)
{
    np_reader memory = reader(run);
    return memory.read(memory.context, arena, "-", limit, bytes, size);
}

static bool write_answer(np_run *run)
{
    np_session *session = session_of(run);
    if (run->args.format == NP_FORMAT_TEXT) np_text_make_safe(&run->out);
    np_text_add(&session->bytes, np_text_string(&run->out), run->out.length);
    np_text_clear(&run->out);
    return !session->bytes.failed;
}

static const char *catalogue(np_run *run, const char *language, char **bytes, size_t *size)
{
    np_reader memory = reader(run);
    const char *path = np_arena_format(run->arena, "lang/%s.mo", language);
    return memory.read(memory.context, run->arena, path, NP_CATALOGUE_LIMIT, bytes, size);
}

static const char *languages(np_run *run)
{
    const np_memory_files *files = &session_of(run)->own;
    const char *list = "en";
    for (size_t i = 0; i < files->count; i++) {
        const char *path = files->files[i].path;
        if (strncmp(path, "lang/", 5) == 0 && strlen(path) == 10)
            list = np_arena_format(run->arena, "%s, %.2s", list, path + 5);
    }
    return list;
}

/* A list as long as one likes is for the disk. */
static void no_such_command(np_run *run)
{
    np_run_usage(run, run->args.command, "natopay %s is for the command line", run->args.command.text);
}

np_host np_memory_host(np_session *session)
{
    return (np_host){.context = session,
                     .reader = reader,
                     .book_folder = book_folder,
                     .book = book,
                     .standard_input = standard_input,
                     .write = write_answer,
                     .catalogue = catalogue,
                     .languages = languages,
                     .plan = np_memory_plan,
                     .sample_staff = no_such_command,
                     .page = no_such_command};
}
