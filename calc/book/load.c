/* Loading a rule book: its files and what is laid over them are read, then made into the book part by part. */
#include "natopay/book/load.h"

#include <string.h>

#include <sha2.h>

#include "build.h"
#include "definitions.h"

typedef struct loading {
    np_build build;
    const char *folder;
    const char *const *overlays;
    size_t overlay_count;
    size_t pack_count;                   /* files of the folder */
    const np_ini_section **translations; /* of the layer being read: laid when its definitions are there */
    size_t translation_count, translation_capacity;
    np_diags *diags; /* what is wrong with files; build.diags: with what they define */
    np_diags
        discarded; /* takes the latter once a file of the folder could not be read: they may only follow from that */
} loading;

/* Whether a file that is to be laid over the rule book is one of the book's own. */
static bool is_of_pack(const loading *l, const np_file *file)
{
    const np_book *book = l->build.book;
    bool same = false;
    for (size_t i = 0; i < l->pack_count && !same; i++) {
        const np_file *own = book->files[i].file;
        same = own->size == file->size && memcmp(own->text, file->text, file->size) == 0;
    }
    return same;
}

/* All of it would be said twice. */
static void tell_of_pack(loading *l, const np_file *file)
{
    np_diag *diag = np_report(l->diags, NP_CODE_SHADOWED, np_span_of(file, 0, 0),
                              "the rule book has this file already: it is not laid over it once more");
    np_diag_hint(l->diags, diag, "natopay check --data %s checks the rule book with all its files", l->folder);
}

static void read_file(loading *l, const char *path, unsigned layer)
{
    np_book *book = l->build.book;
    np_diags *diags = l->diags;
    const np_ini *ready = book->reader.sections ? book->reader.sections(book->reader.context, path) : NULL;
    const np_file *file = ready ? ready->file : np_read_text(book->reader, diags, path, NP_INI_FILE_LIMIT);
    if (!file) {
        bool from_disk = diags->last && diags->last->code == NP_CODE_CANNOT_READ; /* else what it holds was told */
        if (layer == 0 && from_disk) l->build.diags = &l->discarded;
        return;
    }
    if (layer > 0 && is_of_pack(l, file)) {
        tell_of_pack(l, file);
        return;
    }
    np_ini ini;
    bool ok = true;
    if (ready)
        ini = *ready;
    else
        ok = np_ini_read(diags, file, &ini);
    book->files =
        np_arena_grow(book->arena, book->files, &book->file_capacity, book->file_count + 1, sizeof *book->files);
    book->files[book->file_count++] = ini;
    for (size_t i = 0; i < ini.section_count; i++) {
        if (!np_is_translation(&ini.sections[i])) {
            np_lay_section(&l->build, &ini.sections[i], layer);
            continue;
        }
        l->translations = np_arena_grow(book->arena, l->translations, &l->translation_capacity,
                                        l->translation_count + 1, sizeof *l->translations);
        l->translations[l->translation_count++] = &ini.sections[i];
    }
    if (ini.section_count == 0 && ok) {
        np_diag *diag = np_report(diags, NP_CODE_EMPTY_FILE, np_span_of(file, 0, 0), "the file defines nothing");
        np_diag_hint(diags, diag, "a file holds sections such as [post my_post] with key = value lines");
    }
}

static void lay_translations(loading *l, unsigned layer)
{
    for (size_t i = 0; i < l->translation_count; i++) np_lay_translation(&l->build, l->translations[i], layer);
    l->translation_count = 0;
}

static void read_pack(loading *l)
{
    np_book *book = l->build.book;
    const char **names = NULL;
    size_t count = 0;
    const char *why = book->reader.list(book->reader.context, book->arena, l->folder, ".ini", &names, &count);
    if (!why && count == 0) why = NP_MARK("it holds no .ini file");
    if (why) {
        np_diag *diag = np_report(l->diags, NP_CODE_CANNOT_READ, np_span_none(),
                                  "cannot read the rule book in '%s': %s", l->folder, np_say(l->diags->lang, why));
        np_diag_hint(l->diags, diag, "name its folder with --data DIR or in NATOPAY_DATA");
        l->build.diags = &l->discarded;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = np_arena_format(book->arena, "%s/%s", l->folder, names[i]);
        why = book->reader.inspect ? book->reader.inspect(book->reader.context, path) : NULL;
        if (!why) {
            read_file(l, path, 0);
            continue;
        }
        np_report(l->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", path,
                  np_say(l->diags->lang, why));
        l->build.diags = &l->discarded;
    }
    lay_translations(l, 0);
}

/* One more overlay; false after reporting that there are too many. */
static bool lay_over(loading *l, const char *path)
{
    np_book *book = l->build.book;
    if (book->layers + 1 == NP_LAYERS_MAX) {
        np_report(l->diags, NP_CODE_TOO_MANY, np_span_none(), "there are more than %d overlays", NP_LAYERS_MAX - 1);
        return false;
    }
    book->layer_name[++book->layers] = path;
    read_file(l, path, book->layers);
    lay_translations(l, book->layers);
    return true;
}

static void load(void *context)
{
    loading *l = context;
    np_build *build = &l->build;
    np_book *book = build->book;
    book->definition_index = np_names_new(book->arena, 1000);
    book->layer_name[0] = l->folder;
    book->hash = np_arena_alloc(book->arena, SHA256_DIGEST_STRING_LENGTH);
    read_pack(l);
    l->pack_count = book->file_count;
    for (size_t i = 0; i < l->overlay_count && lay_over(l, l->overlays[i]); i++) continue;
    book->rule_file_count = book->file_count;
    np_take_same(build);
    np_build_sources(build);
    np_build_organisation(build);
    np_build_currencies(build);
    np_build_exchanges(build);
    np_build_countries(build);
    np_build_stations(build);
    np_build_grades(build);
    np_build_scales(build);
    np_build_parameters(build);
    np_build_functions(build);
    if (np_build_formulas(build)) {
        np_build_careers(build);
        np_check_counts_in(build);
        np_check_places(build);
    }
    np_build_notice_fields(build);
}

np_book *np_book_load(np_reader reader, np_diags *diags, np_arena *arena, const char *folder,
                      const char *const *overlays, size_t overlay_count)
{
    np_book *book = np_arena_try(arena, sizeof *book);
    if (!book) return NULL;
    book->arena = arena;
    book->reader = reader;
    loading l = {.build = {book, diags, arena},
                 .folder = folder,
                 .overlays = overlays,
                 .overlay_count = overlay_count,
                 .diags = diags};
    np_diags_init(&l.discarded, arena);
    return np_arena_guard(arena, load, &l) ? book : NULL;
}

static void lay_all(void *context)
{
    loading *l = context;
    for (size_t i = 0; i < l->overlay_count; i++) {
        size_t files = l->build.book->file_count;
        if (!lay_over(l, l->overlays[i])) return;
        if (files < l->build.book->file_count) np_build_source_of(&l->build, l->build.book->files[files].file);
    }
}

bool np_book_lay_posts(np_book *book, np_diags *diags, const char *const *paths, size_t count)
{
    loading l = {.build = {book, diags, book->arena}, .overlays = paths, .overlay_count = count, .diags = diags};
    np_diags_init(&l.discarded, book->arena);
    return np_arena_guard(book->arena, lay_all, &l);
}

/* ---- which book it is ---- */

/* Posts, persons and scenarios' titles are about a case, not about the rules: they do not change the book's hash. */
static bool is_case(const np_ini *ini)
{
    for (size_t i = 0; i < ini->section_count; i++)
        if (strcmp(ini->sections[i].type, "post") != 0 && strcmp(ini->sections[i].type, "person") != 0) return false;
    return true;
}

/* Comments and empty lines are for readers, and change no rule: the page goes without them. */
static void add_lines(SHA2_CTX *hash, const np_file *file)
{
    for (size_t at = 0, end; at < file->size; at = end) {
        const char *line = memchr(file->text + at, '\n', file->size - at);
        end = line ? (size_t)(line - file->text) + 1 : file->size;
        if (file->text[at] == ';' || file->text[at] == '\n') continue;
        SHA256Update(hash, (const uint8_t *)file->text + at, end - at);
    }
}

const char *np_book_hash(const np_book *book)
{
    SHA2_CTX hash;
    if (*book->hash) return book->hash;
    SHA256Init(&hash);
    for (size_t i = 0; i < book->rule_file_count; i++) {
        const np_file *file = book->files[i].file;
        if (is_case(&book->files[i])) continue;
        add_lines(&hash, file);
        SHA256Update(&hash, (const uint8_t *)"", 1);
    }
    SHA256End(&hash, book->hash);
    return book->hash;
}
