/* A notice's reading as a post file for people: its values, each with the line that states it, what is still open, and
 * what no input takes. */
#include <string.h>

#include "natopay/report/notice_report.h"

/* What may stand between double quotes: no line ends and no double quotes; whole characters, 900 bytes of them. */
static void put_quoted(np_text *out, const char *value)
{
    size_t length = strlen(value), step;
    np_text_putc(out, '"');
    for (size_t i = 0; i < length; i += step) {
        uint32_t point;
        step = np_utf8_next(value + i, length - i, &point);
        if (i + step > 900) break;
        if (step > 1)
            np_text_add(out, value + i, step);
        else
            np_text_putc(out, value[i] == '"' ? '\'' : (unsigned char)value[i] < 0x20 ? ' ' : value[i]);
    }
    np_text_putc(out, '"');
}

/* The finding whose value an input of the post has; NULL: it was made of several. */
static const np_finding *finding_of(const np_notice *notice, const char *key)
{
    if (strcmp(key, "basic_salary") == 0) return &notice->fields[NP_NOTICE_SALARY_AMOUNT].best;
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const char *input = np_notice_input(notice, i);
        if (input && strcmp(input, key) == 0) return &np_notice_entry_at(notice, i)->best;
    }
    return NULL;
}

static void put_section(np_text *out, const np_notice *notice, const np_ini_section *section)
{
    bool post = strcmp(section->type, "post") == 0;
    np_text_printf(out, "[%s %s]\n", section->type, section->name);
    for (size_t i = 0; i < section->key_count; i++) {
        const np_ini_key *key = &section->keys[i];
        const np_finding *found = post ? finding_of(notice, key->name) : NULL;
        bool words = !post || strcmp(key->name, "label") == 0;
        np_text_printf(out, "%s = ", key->name);
        if (words || key->value[strcspn(key->value, ";#\"'\\")])
            put_quoted(out, key->value);
        else
            np_text_puts(out, key->value);
        if (found) np_text_printf(out, " ; line %u, %s", found->line, np_confidence_name(found->confidence));
        np_text_putc(out, '\n');
    }
    if (!post) np_text_putc(out, '\n');
}

static void put_open(np_text *out, const np_notice *notice)
{
    for (size_t i = 0; i < notice->open_count; i++) {
        const np_input *input = np_book_input(notice->book, notice->open[i]);
        if (input && input->about != NP_ABOUT_NONE && input->about != NP_ABOUT_POST) continue;
        np_text_printf(out, "; %s = ; not stated in the text\n", notice->open[i]);
    }
}

static void put_rest(np_text *out, const np_notice *notice)
{
    np_text_puts(out, "\n; Also found:\n");
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const np_field *field = &notice->book->fields[i];
        const np_notice_entry *e = np_notice_entry_at(notice, i);
        if (!e->found || np_notice_input(notice, i)) continue;
        np_text_printf(out, "; line %u: %s: ", e->best.line, np_label_text(&field->label, NULL, field->name));
        for (const char *c = e->best.value; *c; c++) np_text_putc(out, (unsigned char)*c < 0x20 ? ' ' : *c);
        np_text_putc(out, '\n');
    }
    if (notice->check.text) np_text_printf(out, "; %s\n", notice->check.text);
    for (size_t i = 0; i < notice->warning_count; i++) np_text_printf(out, "; note: %s\n", notice->warnings[i].text);
}

typedef struct writing {
    np_text *out;
    np_arena *arena;
    const np_notice *notice;
} writing;

static void put_all(void *context)
{
    writing *w = context;
    np_ini post = np_notice_post(w->arena, w->notice);
    np_text_puts(w->out,
                 "; Read by natopay from a vacancy notice. Each line says where the text states it; look it over,\n"
                 "; then edit it like any post file.\n\n");
    for (size_t i = 0; i < post.section_count; i++) put_section(w->out, w->notice, &post.sections[i]);
    put_open(w->out, w->notice);
    put_rest(w->out, w->notice);
}

void np_notice_ini(np_text *out, const np_notice *notice)
{
    writing w = {out, np_arena_new(0), notice};
    if (!w.arena || !np_arena_guard(w.arena, put_all, &w)) out->failed = true;
    np_arena_free(w.arena);
}
