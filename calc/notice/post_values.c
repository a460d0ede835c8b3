/* What a notice states, as the values of a post, each with its place in the notice: the same form as a post file has
 * once it is read. Where the notice prints a salary that is not the scale's, it is the source of that. */
#include <string.h>

#include "notice_internal.h"

enum { PARTS = 10000 }; /* of a cent: with so many decimals more a salary can be written */

/* What the input does not choose among ("required, level not named") stays a remark. */
static bool is_choice(const np_input *input, const char *value)
{
    for (size_t i = 0; i < input->choice_count; i++)
        if (strcmp(input->choices[i], value) == 0) return true;
    return input->choice_count == 0;
}

const char *np_notice_input(const np_notice *notice, size_t position)
{
    const np_notice_field field = notice->stated[position];
    const char *name = notice->book->fields[position].input;
    const char *value = np_notice_value(notice, field);
    const np_input *input = np_book_input(notice->book, name);
    if (!value || !input || input->about != NP_ABOUT_POST) return NULL;
    if (field == NP_NOTICE_COUNTRY && np_notice_country_of(notice) < 0) return NULL; /* of no country of the book */
    /* since when a post is vacant is not when somebody takes up duty */
    if (field == NP_NOTICE_START && notice->fields[field].best.other_meaning) return NULL;
    /* a month alone is no date */
    if ((field == NP_NOTICE_START || field == NP_NOTICE_CLOSING) && strlen(value) != 10) return NULL;
    return is_choice(input, value) ? name : NULL;
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
    np_num unit = notice->book->currencies[currency].minor_unit, full = np_num_div(arena, *amount, notice->check.share);
    bool whole = np_num_is_integer(np_num_div(arena, *amount, unit));
    *amount = full; /* the pay of a part-time post is whole cents; that of full time may have parts of one */
    return whole && np_num_is_integer(np_num_div(arena, np_num_mul(arena, full, np_num_int(PARTS)), unit));
}

typedef struct building {
    np_arena *arena;
    const np_notice *notice;
    np_ini_section *section;
    size_t capacity; /* of its keys */
} building;

static void begin(building *b, np_ini *ini, const char *type, const char *name)
{
    np_span start = np_span_of(b->notice->file, 0, 0);
    b->section = &ini->sections[ini->section_count++];
    *b->section = (np_ini_section){.type = type, .name = name, .at = start, .name_at = start};
    b->capacity = 0;
}

static void add(building *b, const char *key, const char *value, np_notice_field field)
{
    if (!value) return;
    const np_notice_entry *entry = &b->notice->fields[field];
    np_span at = entry->found ? entry->best.at : b->section->at;
    b->section->keys =
        np_arena_grow(b->arena, b->section->keys, &b->capacity, b->section->key_count + 1, sizeof *b->section->keys);
    b->section->keys[b->section->key_count++] =
        (np_ini_key){.name = key, .value = value, .name_at = at, .value_at = at};
}

static void add_source(building *b, np_ini *ini, const char *name)
{
    const np_notice *notice = b->notice;
    const char *reference = np_notice_value(notice, NP_NOTICE_REFERENCE), *path = notice->file->name;
    const char *slash = strrchr(path, '/');
    begin(b, ini, "source", name);
    add(b, "title", reference ? np_arena_format(b->arena, "Vacancy notice %s", reference) : "Vacancy notice",
        NP_NOTICE_REFERENCE);
    add(b, "publisher", np_notice_value(notice, NP_NOTICE_BODY), NP_NOTICE_BODY);
    add(b, "locator",
        np_arena_format(b->arena, "%.200s line %u", slash ? slash + 1 : path,
                        notice->fields[NP_NOTICE_SALARY_AMOUNT].best.line),
        NP_NOTICE_SALARY_AMOUNT);
    add(b, "note", np_notice_value(notice, NP_NOTICE_TITLE), NP_NOTICE_TITLE);
}

static void add_salary(building *b, np_num amount)
{
    const char *year = np_notice_value(b->notice, NP_NOTICE_SALARY_YEAR);
    np_text out;
    np_text_init(&out, 200);
    np_num_print_plain(&out, amount);
    np_text_printf(&out, " %s", np_notice_value(b->notice, NP_NOTICE_SALARY_CURRENCY));
    add(b, "basic_salary", np_text_move(&out, b->arena), NP_NOTICE_SALARY_AMOUNT);
    if (year && strlen(year) == 4)
        add(b, "basic_salary_date", np_arena_format(b->arena, "%s-01-01", year), NP_NOTICE_SALARY_YEAR);
}

static const char *label_of(const building *b, const char *name)
{
    const char *title = np_notice_value(b->notice, NP_NOTICE_TITLE), *town = np_notice_value(b->notice, NP_NOTICE_TOWN);
    const char *label = title ? title : name;
    return town && !(title && strstr(title, town)) ? np_arena_format(b->arena, "%s, %s", label, town) : label;
}

np_ini np_notice_post(np_arena *arena, const np_notice *notice)
{
    building b = {.arena = arena, .notice = notice};
    np_ini ini = {notice->file, np_arena_array(arena, 2, sizeof *ini.sections), 0};
    const char *name = np_notice_post_name(arena, notice);
    const char *source = np_arena_format(arena, "notice_%s", name);
    np_num salary;
    bool prints = prints_salary(notice, arena, &salary);
    if (prints) add_source(&b, &ini, source);
    begin(&b, &ini, "post", name);
    add(&b, "label", label_of(&b, name), NP_NOTICE_TITLE);
    if (prints) add(&b, "source", source, NP_NOTICE_SALARY_AMOUNT);
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const char *input = np_notice_input(notice, i);
        if (input) add(&b, input, np_notice_value(notice, notice->stated[i]), notice->stated[i]);
    }
    if (prints) add_salary(&b, salary);
    return ini;
}
