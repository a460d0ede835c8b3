#include "natopay/plan/columns.h"

#include <string.h>
#include <strings.h>

const char **np_names_split(np_arena *arena, const char *list, size_t *count)
{
    size_t room = 1;
    for (const char *c = list; *c; c++) room += *c == ',';
    const char **names = np_arena_array(arena, room, sizeof *names);
    *count = 0;
    while (list) {
        const char *comma = strchr(list, ',');
        size_t length = comma ? (size_t)(comma - list) : strlen(list);
        while (length && (*list == ' ' || *list == '\t')) list++, length--;
        while (length && (list[length - 1] == ' ' || list[length - 1] == '\t')) length--;
        names[(*count)++] = np_arena_copy(arena, list, length);
        list = comma ? comma + 1 : NULL;
    }
    return names;
}

typedef struct reading {
    np_columns *columns;
    np_arena *arena;
    np_diags *diags;
    const np_book *book;
    const np_columns_asked *asked;
    const char **carried;
    size_t carried_count;
    size_t likely_key; /* number of the column that --key should name; 0: not known */
    np_span place;
} reading;

static bool is_carried(const reading *r, const char *name)
{
    for (size_t i = 0; i < r->carried_count; i++)
        if (strcmp(r->carried[i], name) == 0) return true;
    return false;
}

static np_span place_of(const reading *r, size_t number)
{
    return r->asked->places ? r->asked->places[number - 1] : r->place;
}

static void unknown_column(reading *r, const char *name, size_t number)
{
    np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, place_of(r, number),
                              "column %zu: no input is called '%.200s'", number, name);
    const char *near = np_book_suggest(r->book, "input", name);
    if (near)
        np_diag_hint(r->diags, diag, "did you mean %s? To keep the column as it is, give --carry %.100s", near, name);
    else
        np_diag_hint(r->diags, diag,
                     "to keep the column as it is, give --carry %.100s; without a header, name the "
                     "columns with --columns",
                     name);
}

/* What a plan sets itself cannot come from a column. */
static bool is_set_by_plan(reading *r, const np_input *input, size_t number)
{
    if (input->slot != r->book->date_slot) return false;
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "the column %s cannot be given: a plan goes through the months itself", input->name);
    np_diag_hint(r->diags, diag, "leave it out; --date says where the plan begins");
    return true;
}

/* Every member of staff has the same scales: a salary of one's own would change those of all others in the list. */
static void is_no_column(reading *r, const np_input *input, size_t number)
{
    if (!input->apart || input->type != NP_MONEY) return;
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "the column %s cannot be planned with: a plan pays by the scales", input->name);
    np_diag_hint(r->diags, diag, "name it in --carry to keep it beside the results");
}

static void carried_input(reading *r, const char *name, size_t number)
{
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "--carry names '%.200s', which is an input: carried, it would count no more", name);
    np_diag_hint(r->diags, diag,
                 "leave it out of --carry; for a column that means something else, give it another name");
}

static void read_column(reading *r, const char *name, size_t number)
{
    np_staff_column *column = &r->columns->columns[number - 1];
    *column = (np_staff_column){.name = name, .kind = NP_COLUMN_CARRY};
    if (!*name) {
        column->kind = NP_COLUMN_NAMELESS;
        return;
    }
    for (size_t i = 0; i + 1 < number; i++)
        if (strcmp(r->columns->columns[i].name, name) == 0) {
            np_report(r->diags, NP_CODE_DUPLICATE_KEY, place_of(r, number),
                      "columns %zu and %zu are both called '%.200s'", i + 1, number, name);
            return;
        }
    const np_input *input = np_book_input(r->book, name);
    if (strcmp(name, r->asked->key) == 0) {
        column->kind = NP_COLUMN_KEY;
        r->columns->key = number - 1;
    } else if (is_carried(r, name)) {
        if (input && input->slot != r->book->date_slot && !input->apart) carried_input(r, name, number);
    } else if (input) {
        column->kind = NP_COLUMN_INPUT;
        column->slot = input->slot;
        is_set_by_plan(r, input, number);
        is_no_column(r, input, number);
    } else if (number != r->likely_key) {
        unknown_column(r, name, number);
    }
}

static bool is_known(const reading *r, const char *name)
{
    return strcmp(name, r->asked->key) == 0 || is_carried(r, name) || np_book_input(r->book, name);
}

static bool is_known_in_capitals(const reading *r, const char *name)
{
    bool known = strcasecmp(name, r->asked->key) == 0;
    for (size_t i = 0; i < r->book->input_count && !known; i++) known = strcasecmp(name, r->book->inputs[i].name) == 0;
    return known;
}

/* Nobody called three columns in four what no input is called, and forgot the key: then it is a row of data. */
static bool has_no_header(reading *r, const char *const *names, size_t count)
{
    size_t known = 0, named = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], r->asked->key) == 0) return false;
        known += is_known(r, names[i]) || is_known_in_capitals(r, names[i]);
        named += *names[i] != '\0';
    }
    if (!r->asked->header || named < 2 || known * 4 > named) return false;
    np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, r->place,
                              "this is no header: none of its %zu columns is called '%.200s', by which each member of "
                              "staff is told from the others, and hardly any as an input is",
                              named, r->asked->key);
    np_diag_hint(r->diags, diag,
                 "a list without a header takes the names of its columns from --columns NAME,...; natopay show input "
                 "lists the inputs");
    return true;
}

/* Without a key, the one column that nobody knows, or the one called id, is it in all likelihood; 0: none is. */
static size_t likely_key(const reading *r, const char *const *names, size_t count)
{
    size_t unknown = 0, last = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], r->asked->key) == 0) return 0;
    for (size_t i = 0; i < count; i++) {
        if (!*names[i] || is_known(r, names[i])) continue;
        if (strcasecmp(names[i], "id") == 0 || strcasecmp(names[i], r->asked->key) == 0) return i + 1;
        unknown++;
        last = i + 1;
    }
    return unknown == 1 && !np_book_suggest(r->book, "input", names[last - 1]) ? last : 0;
}

static void no_key(reading *r, const char *const *names)
{
    np_diag *diag =
        np_report(r->diags, NP_CODE_MISSING_KEY, r->place,
                  "no column is called '%.200s', by which each member of staff is told from the others", r->asked->key);
    if (r->likely_key && r->columns->count > 1)
        np_diag_hint(r->diags, diag, "if the key stands in column %zu, give --key %.100s", r->likely_key,
                     names[r->likely_key - 1]);
    else
        np_diag_hint(r->diags, diag,
                     "name the column that holds the key with --key NAME; without a header, name the columns "
                     "with --columns");
}

static bool is_named_before(const char *const *names, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (strcmp(names[i], names[number]) == 0) return true;
    return false;
}

static void read_by(reading *r)
{
    size_t count = 0;
    if (!r->asked->by) return;
    const char **names = np_names_split(r->arena, r->asked->by, &count);
    for (size_t i = 0; i < count; i++) {
        np_by_column by = {.name = names[i]};
        np_span place = r->asked->by_places ? r->asked->by_places[i] : np_span_none();
        const np_input *input = np_book_input(r->book, names[i]);
        bool found = false;
        for (size_t c = 0; c < r->columns->count && !found; c++) {
            found =
                r->columns->columns[c].kind == NP_COLUMN_CARRY && strcmp(r->columns->columns[c].name, names[i]) == 0;
            if (found) by.index = (uint16_t)c;
        }
        if (!found && input) {
            by.input = found = true;
            by.index = input->slot;
        }
        if (!found) {
            np_diag *diag = np_report(
                r->diags, NP_CODE_UNKNOWN_INPUT, place,
                "totals cannot be grouped by '%.200s': no input and no carried column is called so", names[i]);
            const char *near = np_book_suggest(r->book, "input", names[i]);
            if (near) np_diag_hint(r->diags, diag, "did you mean %s?", near);
        } else if (is_named_before(names, i)) {
            np_report(r->diags, NP_CODE_DUPLICATE_KEY, place, "totals are grouped by '%.200s' twice", names[i]);
        } else if (r->columns->by_count == NP_BY_MAX) {
            np_report(r->diags, NP_CODE_TOO_MANY, place, "totals are grouped by %d columns at most", NP_BY_MAX);
            return;
        } else {
            r->columns->by[r->columns->by_count++] = by;
        }
    }
}

bool np_columns_read(np_columns *columns, np_arena *arena, np_diags *diags, const np_book *book,
                     const np_columns_asked *asked, const char *const *names, size_t count, np_span place)
{
    reading r = {columns, arena, diags, book, asked, NULL, 0, 0, place};
    size_t errors = diags->errors;
    if (asked->carry) r.carried = np_names_split(arena, asked->carry, &r.carried_count);
    *columns = (np_columns){.book = book, .count = count, .key = SIZE_MAX};
    columns->columns = np_arena_array(arena, count + 1, sizeof *columns->columns);
    if (has_no_header(&r, names, count)) return false;
    r.likely_key = likely_key(&r, names, count);
    for (size_t i = 0; i < count; i++) read_column(&r, names[i], i + 1);
    for (size_t i = 0; i < r.carried_count; i++) {
        bool found = false;
        for (size_t c = 0; c < count; c++) found = found || strcmp(names[c], r.carried[i]) == 0;
        if (!found)
            np_report(diags, NP_CODE_UNKNOWN_INPUT, np_span_none(),
                      "--carry names '%.200s', but no column is called so", r.carried[i]);
    }
    if (columns->key == SIZE_MAX) no_key(&r, names);
    read_by(&r);
    return diags->errors == errors;
}
