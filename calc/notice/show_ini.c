/* A reading as a post file: what the notice states as [post]; when it brings a figure that the scale lacks, that as
 * [scale] and the notice as its [source]. Together they are an overlay of the book. */
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
    if (field == NP_NOTICE_START || field == NP_NOTICE_CLOSING)
        return strlen(value) == 10; /* a month alone is no date */
    /* what the input does not choose among ("required, level not named") stays a remark */
    const char *name = input_of(notice, field);
    const np_input *input = name ? np_book_input(notice->book, name) : NULL;
    for (size_t i = 0; input && i < input->choice_count; i++)
        if (strcmp(input->choices[i], value) == 0) return true;
    return !input || input->choice_count == 0;
}

/* A figure that the scale lacks, which may stand in it: a twelfth that is not exact is none. */
static bool brings_figure(const np_notice *notice, np_arena *arena)
{
    const np_notice_check *check = &notice->check;
    if (check->verdict != NP_SALARY_NEW || np_notice_grade_of(notice, NP_NOTICE_GRADE) < 0) return false;
    if (np_notice_country_of(notice) < 0) return false;
    return np_num_is_integer(np_num_div(arena, check->low, notice->book->currencies[check->currency].minor_unit));
}

/* The notice as the source of the figure that it brings. Without one it is no part of the rule book, whose hash would
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

static void put_post(np_text *out, const np_notice *notice, const char *name, bool sourced)
{
    const char *title = np_notice_value(notice, NP_NOTICE_TITLE), *town = np_notice_value(notice, NP_NOTICE_TOWN);
    np_text_printf(out, "[post %s]\nlabel = \"", name);
    put_inside(out, title ? title : name, 600);
    if (town && !(title && strstr(title, town))) {
        np_text_puts(out, ", ");
        put_inside(out, town, 300);
    }
    np_text_puts(out, "\"\n");
    if (sourced) np_text_printf(out, "source = notice_%s\n", name);
    for (int i = 0; i < NP_NOTICE_FIELD_COUNT; i++) {
        const char *input = input_of(notice, (np_notice_field)i);
        if (input && fits(notice, (np_notice_field)i)) put_found(out, input, &notice->fields[i].best);
    }
    put_open(out, notice);
    put_rest(out, notice);
}

/* The country that most scales refer to: a new section needs one for the grades that it does not print. */
static const char *common_reference(const np_book *book, const np_scale *own)
{
    if (own && own->reference != UINT16_MAX) return book->countries[own->reference].name;
    size_t best = book->country_count, most = 0;
    for (size_t i = 0; i < book->country_count; i++) {
        size_t count = 0;
        for (size_t s = 0; s < book->scale_count; s++) count += book->scales[s].reference == i;
        if (count > most) {
            most = count;
            best = i;
        }
    }
    return best < book->country_count ? book->countries[best].name : NULL;
}

static void put_scale(np_text *out, const np_notice *notice, const char *name)
{
    const np_notice_check *check = &notice->check;
    const np_book *book = notice->book;
    int grade = np_notice_grade_of(notice, NP_NOTICE_GRADE), country = np_notice_country_of(notice);
    np_ymd day = np_date_split(check->date);
    bool section = check->scale && np_date_split(check->scale->from).year == day.year;
    if (section)
        day = np_date_split(check->scale->from);
    else
        day.month = day.day = 1;
    np_text_printf(out, "\n; The scale does not print this figure: the notice's is used.\n[scale %s %04d-%02d-%02d]\n",
                   book->countries[country].name, day.year, day.month, day.day);
    const char *reference = section ? NULL : common_reference(book, check->scale), *key = book->grades[grade].key;
    if (reference && strcmp(reference, book->countries[country].name) != 0)
        np_text_printf(out, "reference = %s\n", reference);
    np_text_printf(out, "%s = ", key);
    np_num_print(out, check->low, book->currencies[check->currency].decimals, NP_ROUND_HALF_UP);
    np_text_printf(out, "\n%s.status = published\n%s.source = notice_%s\n", key, key, name);
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
    bool figure = brings_figure(w->notice, w->arena);
    if (figure) put_source(w->out, w->notice, name);
    put_post(w->out, w->notice, name, figure);
    if (figure) put_scale(w->out, w->notice, name);
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
