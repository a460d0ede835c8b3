/* A reading as a post file: what the notice states as [post]; when it prints a salary that is not the scale's, the
 * notice as its [source]. Together they are an overlay of the book. */
#include <string.h>

#include "notice_internal.h"

/* The input of the post that takes a field: the one of its name, when it is about the post; NULL: none. */
static const char *input_of(const np_notice *notice, np_notice_field field)
{
    const char *name = field == NP_NOTICE_COUNTRY ? "duty_country" : np_notice_field_describe(field)->name;
    const np_input *input = np_book_input(notice->book, name);
    return input && input->about && strcmp(input->about, "post") == 0 ? name : NULL;
}

/* What may stand between double quotes: no line ends and no double quotes; whole characters, `most` bytes of them. */
static void put_inside(np_text *out, const char *value, size_t most)
{
    size_t length = strlen(value), step;
    for (size_t i = 0; i < length; i += step) {
        uint32_t point;
        step = np_utf8_next(value + i, length - i, &point);
        if (i + step > most) return;
        if (step > 1)
            np_text_add(out, value + i, step);
        else
            np_text_putc(out, value[i] == '"' ? '\'' : (unsigned char)value[i] < 0x20 ? ' ' : value[i]);
    }
}

static void put_quoted(np_text *out, const char *value)
{
    np_text_putc(out, '"');
    put_inside(out, value, 900);
    np_text_putc(out, '"');
}

static void put_text(np_text *out, const char *key, const char *value)
{
    if (!value) return;
    np_text_printf(out, "%s = ", key);
    put_quoted(out, value);
    np_text_putc(out, '\n');
}

static void put_found(np_text *out, const char *key, const np_finding *f)
{
    bool plain = f->value[strcspn(f->value, ";#\"'\\")] == '\0';
    np_text_printf(out, "%s = ", key);
    if (plain)
        np_text_puts(out, f->value);
    else
        put_quoted(out, f->value);
    np_text_printf(out, " ; line %u, %s\n", f->line, np_confidence_name(f->confidence));
}

static bool fits(const np_notice *notice, np_notice_field field)
{
    const char *value = np_notice_value(notice, field);
    if (!value) return false;
    /* since when a post is vacant is not when somebody takes up duty */
    if (field == NP_NOTICE_START && notice->fields[field].best.other_meaning) return false;
    if (field == NP_NOTICE_START || field == NP_NOTICE_CLOSING)
        return strlen(value) == 10; /* a month alone is no date */
    /* what the input does not choose among ("required, level not named") stays a remark */
    const char *name = input_of(notice, field);
    const np_input *input = name ? np_book_input(notice->book, name) : NULL;
    for (size_t i = 0; input && i < input->choice_count; i++)
        if (strcmp(input->choices[i], value) == 0) return true;
    return !input || input->choice_count == 0;
}

/* The monthly basic salary that the notice prints for its grade, where the book has not just the same: it counts more
 * than the scale. A range, or a twelfth of a year's that is no whole cent, is none. */
static bool prints_salary(const np_notice *notice, np_arena *arena, np_num *amount)
{
    const char *value = np_notice_value(notice, NP_NOTICE_SALARY_AMOUNT);
    const char *period = np_notice_value(notice, NP_NOTICE_SALARY_PERIOD);
    const char *name = np_notice_value(notice, NP_NOTICE_SALARY_CURRENCY);
    int currency = name ? np_book_currency(notice->book, name) : -1;
    size_t at;
    if (!value || currency < 0 || notice->check.verdict == NP_SALARY_EQUAL) return false;
    if (np_notice_grade_of(notice, NP_NOTICE_GRADE) < 0 || np_notice_country_of(notice) < 0) return false;
    if (np_num_parse(arena, value, strlen(value), amount, &at) || np_num_sign(*amount) <= 0) return false;
    if (period && strcmp(period, "year") == 0) *amount = np_num_div(arena, *amount, np_num_int(12));
    if (period && strcmp(period, "year") != 0 && strcmp(period, "month") != 0) return false;
    return np_num_is_integer(np_num_div(arena, *amount, notice->book->currencies[currency].minor_unit));
}

/* The notice as the source of the salary that it prints. Without one it is no part of the rule book, whose hash would
 * change for nothing. */
static void put_source(np_text *out, const np_notice *notice, const char *name)
{
    const char *reference = np_notice_value(notice, NP_NOTICE_REFERENCE), *path = notice->file->name;
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    np_text_printf(out, "[source notice_%s]\ntitle = \"Vacancy notice", name);
    if (reference) np_text_putc(out, ' ');
    if (reference) put_inside(out, reference, 800);
    np_text_puts(out, "\"\n");
    put_text(out, "publisher", np_notice_value(notice, NP_NOTICE_BODY));
    np_text_puts(out, "locator = \"");
    put_inside(out, base, 200);
    np_text_printf(out, " line %u\"\n", notice->fields[NP_NOTICE_SALARY_AMOUNT].best.line);
    put_text(out, "note", np_notice_value(notice, NP_NOTICE_TITLE));
    np_text_putc(out, '\n');
}

static void put_open(np_text *out, const np_notice *notice)
{
    for (size_t i = 0; i < notice->open_count; i++) {
        const np_input *input = np_book_input(notice->book, notice->open[i]);
        if (input && input->about && strcmp(input->about, "post") != 0) continue;
        np_text_printf(out, "; %s = ; not stated in the text\n", notice->open[i]);
    }
}

/* What no input takes, for the reader of the file. */
static void put_rest(np_text *out, const np_notice *notice)
{
    np_text_puts(out, "\n; Also found:\n");
    for (int i = 0; i < NP_NOTICE_FIELD_COUNT; i++) {
        const np_notice_entry *e = &notice->fields[i];
        if (!e->found || (input_of(notice, (np_notice_field)i) && fits(notice, (np_notice_field)i))) continue;
        np_text_printf(out, "; line %u: %s: ", e->best.line, np_notice_field_describe((np_notice_field)i)->label);
        for (const char *c = e->best.value; *c; c++) np_text_putc(out, (unsigned char)*c < 0x20 ? ' ' : *c);
        np_text_putc(out, '\n');
    }
    if (notice->check.text) np_text_printf(out, "; %s\n", notice->check.text);
    for (size_t i = 0; i < notice->warning_count; i++) np_text_printf(out, "; note: %s\n", notice->warnings[i]);
}

static void put_salary(np_text *out, const np_notice *notice, np_num amount)
{
    const np_finding *found = &notice->fields[NP_NOTICE_SALARY_AMOUNT].best;
    const char *year = np_notice_value(notice, NP_NOTICE_SALARY_YEAR);
    const char *currency = np_notice_value(notice, NP_NOTICE_SALARY_CURRENCY);
    np_text_puts(out, "basic_salary = ");
    np_num_print_plain(out, amount);
    np_text_printf(out, " %s ; line %u, %s\n", currency, found->line, np_confidence_name(found->confidence));
    if (year && strlen(year) == 4) np_text_printf(out, "basic_salary_date = %s-01-01\n", year);
}

/* `salary`: NULL, or what the notice prints. */
static void put_post(np_text *out, const np_notice *notice, const char *name, const np_num *salary)
{
    const char *title = np_notice_value(notice, NP_NOTICE_TITLE), *town = np_notice_value(notice, NP_NOTICE_TOWN);
    np_text_printf(out, "[post %s]\nlabel = \"", name);
    put_inside(out, title ? title : name, 600);
    if (town && !(title && strstr(title, town))) {
        np_text_puts(out, ", ");
        put_inside(out, town, 300);
    }
    np_text_puts(out, "\"\n");
    if (salary) np_text_printf(out, "source = notice_%s\n", name);
    for (int i = 0; i < NP_NOTICE_FIELD_COUNT; i++) {
        const char *input = input_of(notice, (np_notice_field)i);
        if (input && fits(notice, (np_notice_field)i)) put_found(out, input, &notice->fields[i].best);
    }
    if (salary) put_salary(out, notice, *salary);
    put_open(out, notice);
    put_rest(out, notice);
}

typedef struct writing {
    np_text *out;
    np_arena *arena;
    const np_notice *notice;
} writing;

static void put_all(void *context)
{
    writing *w = context;
    const char *name = np_notice_post_name(w->arena, w->notice);
    np_text_puts(w->out,
                 "; Read by natopay from a vacancy notice. Each line says where the text states it; look it over,\n"
                 "; then edit it like any post file.\n\n");
    np_num salary;
    bool prints = prints_salary(w->notice, w->arena, &salary);
    if (prints) put_source(w->out, w->notice, name);
    put_post(w->out, w->notice, name, prints ? &salary : NULL);
}

void np_notice_ini(np_text *out, const np_notice *notice)
{
    writing w = {out, np_arena_new(0), notice};
    if (!w.arena || !np_arena_guard(w.arena, put_all, &w)) out->failed = true;
    np_arena_free(w.arena);
}

np_memory_file np_notice_as_file(np_arena *arena, const np_notice *notice)
{
    np_memory_file file = {notice->file->name, NULL, 0};
    np_text out;
    np_text_init(&out, 256 * 1024);
    np_notice_ini(&out, notice);
    char *copy = out.failed ? NULL : np_arena_try(arena, out.length + 1);
    if (copy) {
        memcpy(copy, np_text_string(&out), out.length + 1);
        file.text = copy;
        file.size = out.length;
    }
    np_text_free(&out);
    return file;
}
