/* natopay page: the page (make page) written out, filled in for a post, or with an overlay of the user's in it. */
#include <string.h>

#include "cli.h"
#include "natopay/pay/format_value.h"

enum { PAGE_LIMIT = 8 * 1024 * 1024 };

static void page_hint(np_run *run, np_diag *diag)
{
    np_diag_hint(&run->diags, diag, "make page builds it, and make install puts it beside the rule book");
}

/* Beside the program as it is built, as installed, or where it was to be installed. */
static bool read_page(np_run *run, char **bytes, size_t *size)
{
    static const char *const UP[] = {"/natopay.html", "/../natopay.html", "/../share/natopay/natopay.html"};
    np_reader disk = np_run_reader(run);
    const char *beside = np_executable_dir(run), *why = NULL;
    for (size_t i = 0; beside && i < sizeof UP / sizeof UP[0]; i++) {
        why = disk.read(disk.context, run->arena, np_arena_format(run->arena, "%s%s", beside, UP[i]), PAGE_LIMIT, bytes,
                        size);
        if (!why) return true;
    }
    why = disk.read(disk.context, run->arena, NATOPAY_DATADIR "/natopay.html", PAGE_LIMIT, bytes, size);
    if (!why) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", "natopay.html",
                              np_say(run->args.lang, why));
    page_hint(run, diag);
    return false;
}

/* As it stands in an address, so that nothing in it can end the attribute that holds it. */
static void put_encoded(np_text *out, const char *text)
{
    for (const char *c = text; *c; c++)
        if (np_is_letter(*c) || np_is_digit(*c) || strchr("-._", *c))
            np_text_putc(out, *c);
        else
            np_text_printf(out, "%%%02X", (unsigned char)*c);
}

/* "#v=1&a.grade=G10...": what the post's file or notice, and --set, give. */
static void put_filled(np_text *out, const np_situation *situation)
{
    const np_book *book = situation->book;
    np_text value;
    np_text_init(&value, 65536);
    np_text_puts(out, " data-filled=\"#v=1");
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        if (!np_situation_was_given(situation, input->slot) || !input->about) continue;
        bool person = input->about == NP_ABOUT_PERSON, post = input->about == NP_ABOUT_POST;
        np_text_clear(&value);
        np_print_value(&value, book, &situation->values[input->slot], NULL);
        np_text_printf(out, "&amp;%c.%s=", person ? 'p' : post ? 'a' : 's', input->name);
        put_encoded(out, np_text_string(&value));
    }
    np_text_putc(out, '"');
    np_text_lost(out, &value);
    np_text_free(&value);
}

/* The overlays of --with, one after the other: the page lays them over its own rule book. */
static bool put_overlays(np_run *run, np_text *out)
{
    np_reader disk = np_run_reader(run);
    if (run->args.with_count) np_text_puts(out, " data-overlay=\"");
    for (size_t i = 0; i < run->args.with_count; i++) {
        const np_file *file = np_read_text(disk, &run->diags, run->args.with[i].text, NP_INI_FILE_LIMIT);
        if (!file) return false;
        put_encoded(out, np_arena_copy(run->arena, file->text, file->size));
        np_text_puts(out, "%0A");
    }
    if (run->args.with_count) np_text_putc(out, '"');
    return true;
}

void np_disk_page(np_run *run)
{
    run->args.format = NP_FORMAT_HTML;
    static const char MARK[] = "<html lang=\"en\"";
    char *bytes = NULL;
    size_t size = 0;
    if (!np_run_load(run, run->args.files, run->args.file_count) || !read_page(run, &bytes, &size)) return;
    np_situation *situation = np_run_situation(run);
    if (!situation) return;
    char *mark = memmem(bytes, size, MARK, sizeof MARK - 1);
    if (!mark) {
        np_diag *diag =
            np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "'%s' is not the page", "natopay.html");
        page_hint(run, diag);
        return;
    }
    size_t before = (size_t)(mark - bytes) + sizeof MARK - 1;
    np_text_add(&run->out, bytes, before);
    if (run->args.file_count || run->args.set_count) put_filled(&run->out, situation);
    if (!put_overlays(run, &run->out)) return;
    np_text_add(&run->out, bytes + before, size - before);
}
