/* Asking a notice that has been read what it states. */
#include <string.h>

#include "notice_internal.h"

const char *np_notice_value(const np_notice *notice, np_notice_field field)
{
    return notice->fields[field].found ? notice->fields[field].best.value : NULL;
}

int np_notice_grade_of(const np_notice *notice, np_notice_field field)
{
    const char *value = np_notice_value(notice, field);
    return value ? np_book_grade(notice->book, value) : -1;
}

int np_notice_country_of(const np_notice *notice)
{
    const char *value = np_notice_value(notice, NP_NOTICE_COUNTRY);
    return value ? np_book_country(notice->book, value) : -1;
}

np_date np_notice_date_of(const np_notice *notice, np_notice_field field)
{
    const char *value = np_notice_value(notice, field);
    np_date date = NP_DATE_NONE;
    if (value && strlen(value) == 10) np_date_parse(value, 10, &date);
    return date;
}

np_num np_notice_part_time(np_arena *arena, const np_notice *notice)
{
    np_num share = np_num_int(1);
    size_t at;
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const np_notice_entry *entry = np_notice_entry_at(notice, i);
        if (strcmp(notice->book->fields[i].name, "part_time") != 0 || !entry->found) continue;
        if (np_num_parse(arena, entry->best.value, strlen(entry->best.value), &share, &at) || np_num_sign(share) <= 0)
            share = np_num_int(1);
    }
    return share;
}

static char name_byte(char c)
{
    if (c >= 'A' && c <= 'Z') return (char)(c | 0x20);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
}

const char *np_notice_post_name(np_arena *arena, const np_notice *notice)
{
    const char *path = notice->file->name, *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    size_t length = dot && dot > base ? (size_t)(dot - base) : strlen(base), used = 0;
    char *name = np_arena_alloc(arena, length + 8);
    for (size_t i = 0; i < length && used < 60; i++) {
        char c = name_byte(base[i]);
        if (c != '_' || (used && name[used - 1] != '_')) name[used++] = c;
    }
    while (used && name[used - 1] == '_') used--;
    name[used] = '\0';
    return used ? name : "notice";
}
