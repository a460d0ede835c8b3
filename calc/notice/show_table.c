/* A reading as a table for people. */
#include <libsmartcols/libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "notice_internal.h"

static const char *others(np_arena *arena, const np_notice_entry *e)
{
    const char *list = "";
    for (size_t i = 0; i < e->alternative_count && i < 3; i++)
        list = np_arena_format(arena, "%s%s%s (%u)", list, list[0] ? ", " : "", e->alternatives[i].value,
                               e->alternatives[i].line);
    return list;
}

static bool add_line(struct libscols_table *table, np_arena *arena, const np_notice_entry *e, np_notice_field field,
                     const np_lang *lang)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);
    const np_notice_field_info *info = np_notice_field_describe(field);
    if (!line) return false;
    const char *const sure[] = {np_say_as(lang, "certainty", "low"), np_say_as(lang, "certainty", "medium"),
                                np_say_as(lang, "certainty", "high")};
    const char *data[5] = {np_say(lang, info->label), "-", "", "", ""};
    if (e->found) {
        data[1] = e->best.value;
        data[2] = np_arena_format(arena, "%u", e->best.line);
        data[3] = sure[e->best.confidence];
        data[4] = others(arena, e);
    }
    for (size_t i = 0; i < 5; i++)
        if (scols_line_set_data(line, i, data[i]) != 0) return false;
    return true;
}

static bool fill(struct libscols_table *table, np_arena *arena, const np_notice *notice, const np_lang *lang)
{
    if (!table) return false;
    scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
    scols_table_set_termwidth(table, 160);
    const char *const titles[] = {np_say(lang, "FIELD"), np_say(lang, "VALUE"), np_say(lang, "LINE"),
                                  np_say(lang, "SURE"), np_say(lang, "OTHERS")};
    for (size_t i = 0; i < 5; i++)
        if (!scols_table_new_column(table, titles[i], 0, i == 2 ? SCOLS_FL_RIGHT : 0)) return false;
    for (int i = 0; i < NP_NOTICE_FIELD_COUNT; i++) {
        const np_notice_entry *e = &notice->fields[i];
        /* of the contract's fields all, of the others those that the text states */
        if (i > NP_NOTICE_EXPERIENCE_YEARS && !e->found) continue;
        if (!add_line(table, arena, e, (np_notice_field)i, lang)) return false;
    }
    return true;
}

/* Lines without the blanks that pad their last column. */
static void put_trimmed(np_text *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n"), end = length;
        while (end && text[end - 1] == ' ') end--;
        np_text_add(out, text, end);
        np_text_putc(out, '\n');
        text += length + (text[length] == '\n');
    }
}

static void put_rest(np_text *out, const np_notice *notice, const np_lang *lang)
{
    np_text_putc(out, '\n');
    if (notice->check.text)
        np_text_printf(out, np_say(lang, "Salary: %s [%s]\n"), notice->check.text,
                       np_status_name((np_status)notice->check.status));
    for (size_t i = 0; i < notice->warning_count; i++)
        np_text_printf(out, np_say(lang, "Note: %s\n"), notice->warnings[i]);
    np_text_puts(out, np_say(lang, "Still to be given:"));
    for (size_t i = 0; i < notice->open_count; i++) np_text_printf(out, "%s %s", i ? "," : "", notice->open[i]);
    if (!notice->open_count) np_text_puts(out, np_say(lang, " nothing"));
    np_text_putc(out, '\n');
}

typedef struct filling {
    struct libscols_table *table;
    np_arena *arena;
    const np_notice *notice;
    const np_lang *lang;
    bool ok;
} filling;

static void guarded_fill(void *context)
{
    filling *f = context;
    f->ok = fill(f->table, f->arena, f->notice, f->lang);
}

bool np_notice_table(np_text *out, const np_notice *notice, const np_lang *lang)
{
    np_arena *arena = np_arena_new(0);
    struct libscols_table *table = scols_new_table();
    char *text = NULL;
    filling f = {table, arena, notice, lang, false};
    bool ok = arena && table && np_arena_guard(arena, guarded_fill, &f) && f.ok &&
              scols_print_table_to_string(table, &text) == 0;
    if (ok) put_trimmed(out, text);
    free(text);
    scols_unref_table(table);
    np_arena_free(arena);
    if (ok) put_rest(out, notice, lang);
    return ok;
}
