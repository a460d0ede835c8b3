/* The rule book of a post that is another organisation's: data = NAME in its section. */
#include <string.h>

#include "natopay/ask/run.h"

np_arg np_post_data(const np_ini_section *post)
{
    for (size_t i = 0; i < post->key_count; i++)
        if (strcmp(post->keys[i].name, "data") == 0) return (np_arg){post->keys[i].value, post->keys[i].value_at};
    return (np_arg){0};
}

np_arg np_files_data(np_run *run, const np_arg *files, size_t count)
{
    np_diags discarded; /* what is wrong with a file is said when it is loaded */
    np_diags_init(&discarded, run->arena);
    for (size_t i = 0; i < count; i++) {
        np_ini ini = {0};
        np_reader reader = np_run_reader(run);
        bool once = reader.inspect && reader.inspect(reader.context, files[i].text); /* a pipe is read once */
        if (once || !np_ends_in(files[i].text, ".ini")) continue;
        np_file *text = np_read_text(reader, &discarded, files[i].text, NP_INI_FILE_LIMIT);
        if (!text || !np_ini_read(&discarded, text, &ini)) continue;
        for (size_t s = 0; s < ini.section_count; s++) {
            np_arg data = {0};
            if (strcmp(ini.sections[s].type, "post") == 0) data = np_post_data(&ini.sections[s]);
            if (data.text && *data.text) return data;
        }
    }
    return (np_arg){0};
}

const char *np_book_beside(np_arena *arena, const char *folder, const char *name)
{
    if (strchr(name, '/')) return name;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') length--;
    const char *last = memrchr(folder, '/', length);
    size_t before = last ? (size_t)(last - folder) + 1 : 0;
    bool dots =
        length > before && strspn(folder + before, ".") >= length - before; /* of "." and ".." nothing is known */
    if (dots) return np_arena_format(arena, "%.*s/../%s", (int)length, folder, name);
    return np_arena_format(arena, "%.*s%s", (int)before, folder, name);
}

const char *np_other_folder(np_run *run, np_arg data)
{
    const char *folder = np_book_beside(run->arena, run->host->book_folder(run), data.text);
    np_reader reader = np_run_reader(run);
    const char **names;
    size_t count = 0;
    const char *why = reader.list(reader.context, run->arena, folder, ".ini", &names, &count);
    if (!why && count) return folder;
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_READ, data.at, "no rule book is in the folder %s", folder);
    np_diag_hint(&run->diags, diag,
                 "data names a folder beside the rule book, such as eu, or one with its path: ../books/eu");
    return NULL;
}
