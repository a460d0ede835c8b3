/* Finding out what each column of a staff list is, and refusing headers that cannot be. */
#include "natopay/plan/staff_columns.h"

#include <string.h>
#include <strings.h>

#include "group_columns.h"
#include "natopay/book/contracts.h"
#include "natopay/book/load.h"
#include "natopay/book/spelling.h"

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

/* What a column may be, by its name alone. The lower the rank, the surer: two columns may look like one input. */
enum { BY_MAPPING, BY_NAME, BY_HEADING };

typedef struct column_choice {
    np_column_kind kind;
    const np_input *input;
    unsigned rank;
    const np_map_column *mapped;
    bool known; /* by something */
} column_choice;

typedef struct columns_reading {
    np_columns *columns;
    np_arena *arena;
    np_diags *diags;
    const np_book *book;
    const np_columns_asked *asked;
    const char **carried;
    size_t carried_count;
    size_t likely_key; /* number of the column that --key should name; 0: not known */
    np_span place;
    column_choice *choices; /* [column] */
} columns_reading;

static bool is_carried(const columns_reading *r, const char *name)
{
    for (size_t i = 0; i < r->carried_count; i++)
        if (strcmp(r->carried[i], name) == 0) return true;
    return false;
}

static np_span place_of(const columns_reading *r, size_t number)
{
    return r->asked->places ? r->asked->places[number - 1] : r->place;
}

static void unknown_column(columns_reading *r, const char *name, size_t number)
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
static bool is_set_by_plan(columns_reading *r, const np_input *input, size_t number)
{
    if (input->slot != r->book->date_slot) return false;
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "the column %s cannot be given: a plan goes through the months itself", input->name);
    np_diag_hint(r->diags, diag, "leave it out; --date says where the plan begins");
    return true;
}

/* Every member of staff has the same scales: a salary of one's own would change those of all others in the list. */
static void refuse_own_salary(columns_reading *r, const np_input *input, size_t number)
{
    if (!input->outside_formulas || input->type != NP_MONEY) return;
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "the column %s cannot be planned with: a plan pays by the scales", input->name);
    np_diag_hint(r->diags, diag, "name it in --carry to keep it beside the results");
}

static void carried_input(columns_reading *r, const char *name, size_t number)
{
    np_diag *diag = np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number),
                              "--carry names '%.200s', which is an input: carried, it would count no more", name);
    np_diag_hint(r->diags, diag,
                 "leave it out of --carry; for a column that means something else, give it another name");
}

/* ---- what each name may be ---- */

static const char *key_name(const columns_reading *r)
{
    return r->asked->key ? r->asked->key : "id";
}

/* "Duty Country". Words that are only kept for display are common headings, and may mean anything. */
static const np_input *input_like(const np_book *book, const char *name)
{
    for (size_t i = 0; i < book->input_count; i++)
        if (book->inputs[i].type != NP_TEXT && np_same_heading(book->inputs[i].name, name)) return &book->inputs[i];
    return NULL;
}

static column_choice mapped_choice(const np_map_column *mapped)
{
    static const np_column_kind KINDS[] = {
        [NP_MAP_INPUT] = NP_COLUMN_INPUT, [NP_MAP_ID] = NP_COLUMN_KEY, [NP_MAP_CARRY] = NP_COLUMN_CARRY};
    return (column_choice){KINDS[mapped->target], mapped->input, BY_MAPPING, mapped, true};
}

/* By the input's name, else by what lists call it. */
static column_choice headed_choice(const columns_reading *r, const char *name)
{
    column_choice choice = {.kind = NP_COLUMN_CARRY, .rank = BY_NAME, .input = np_book_input(r->book, name)};
    np_heading heading = np_spelled_heading(r->book, name);
    if (!choice.input && (choice.input = input_like(r->book, name))) choice.rank = BY_HEADING;
    if (!choice.input && heading.input) {
        choice.input = heading.input;
        choice.rank = BY_HEADING + heading.rank;
    }
    bool staff_id = heading.kind == NP_HEADING_STAFF_ID || np_same_heading(name, "id");
    if (choice.input) {
        choice.kind = NP_COLUMN_INPUT;
    } else if (staff_id && !r->asked->key) {
        choice.kind = NP_COLUMN_KEY;
        choice.rank = BY_HEADING + heading.rank;
    }
    choice.known = choice.kind != NP_COLUMN_CARRY;
    return choice;
}

/* An input that was made of this column, whatever else is asked about it. */
static const np_input *input_of_list(const columns_reading *r, const char *name)
{
    const np_heading heading = np_spelled_heading(r->book, name);
    const np_input *input = heading.input;
    return input && input->at.file && strcmp(input->at.file->name, NP_LIST_COLUMNS) == 0 ? input : NULL;
}

static column_choice choice_of(const columns_reading *r, const char *name, size_t number)
{
    const np_input *own = input_of_list(r, name);
    if (own) return (column_choice){.kind = NP_COLUMN_INPUT, .input = own, .rank = BY_NAME, .known = true};
    const np_map_column *mapped = r->asked->map ? np_list_map_column(r->asked->map, name, number) : NULL;
    if (mapped) return mapped_choice(mapped);
    if (!*name) return (column_choice){.kind = NP_COLUMN_NAMELESS, .rank = BY_NAME, .known = true};
    if (is_carried(r, name)) return (column_choice){.kind = NP_COLUMN_CARRY, .rank = BY_NAME, .known = true};
    if (strcmp(name, key_name(r)) == 0) return (column_choice){.kind = NP_COLUMN_KEY, .rank = BY_NAME, .known = true};
    return headed_choice(r, name);
}

/* Of the columns that may be the same, the surest is it; the others are carried along. */
static void settle_choices(columns_reading *r, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            column_choice *a = &r->choices[i], *b = &r->choices[k];
            bool rivals = i != k && a->kind == b->kind && a->input == b->input;
            if (!rivals || (a->kind != NP_COLUMN_INPUT && a->kind != NP_COLUMN_KEY) || a->rank >= b->rank) continue;
            b->kind = NP_COLUMN_CARRY;
            r->columns->columns[k].like = b->input;
        }
}

/* ---- one column ---- */

static bool looks_like_an_input(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!np_is_lower(*c) && !np_is_digit(*c) && *c != '_') return false;
    return true;
}

/* A list that was written for natopay may hold a slip; one of another program has columns that are no inputs. */
static void read_unknown(columns_reading *r, const char *name, size_t number)
{
    if (looks_like_an_input(name) && np_book_suggest(r->book, "input", name)) unknown_column(r, name, number);
}

static void set_reading(columns_reading *r, np_staff_column *column, const column_choice *choice)
{
    const np_columns_asked *asked = r->asked;
    const np_list_map *map = asked->map;
    np_cell_reading *cells = &column->reading;
    *cells = np_cell_reading_of(choice->input);
    cells->book = r->book;
    cells->input = choice->input;
    if (map) cells->order = map->order;
    if (map) cells->decimal = map->decimal;
    if (asked->order) cells->order = asked->order;
    if (asked->decimal) cells->decimal = asked->decimal;
    if (choice->mapped) {
        if (choice->mapped->order) cells->order = choice->mapped->order;
        if (choice->mapped->decimal) cells->decimal = choice->mapped->decimal;
        cells->unit = choice->mapped->unit;
        cells->unit_told = cells->unit != NP_SHARE_OPEN;
    }
    cells->told = cells->decimal != 0;
    if (!map || !map->word_count) return;
    cells->words = np_arena_array(r->arena, map->word_count, sizeof *cells->words);
    for (size_t i = 0; i < map->word_count; i++)
        if (map->words[i].input == choice->input) cells->words[cells->word_count++] = map->words[i].word;
}

/* A name that another column bears too: a mistake where either counts, else told apart by its number. */
static void tell_apart(columns_reading *r, np_staff_column *column, size_t number)
{
    for (size_t i = 0; i + 1 < number; i++) {
        const np_staff_column *before = &r->columns->columns[i];
        if (strcmp(before->name, column->name) != 0) continue;
        if (column->kind == NP_COLUMN_CARRY && before->kind == NP_COLUMN_CARRY && !is_carried(r, column->name))
            column->name = np_arena_format(r->arena, "%s (%zu)", column->name, number);
        else if (r->choices[i].rank || r->choices[number - 1].rank)
            np_diag_hint(r->diags,
                         np_report(r->diags, NP_CODE_DUPLICATE_KEY, place_of(r, number),
                                   "columns %zu and %zu are both called '%.200s'", i + 1, number, column->name),
                         "leave one of them out, or give it another name");
        return;
    }
}

/* Two columns of which nobody can know which one is meant. */
static bool refuse_rival(columns_reading *r, size_t number)
{
    const column_choice *choice = &r->choices[number - 1];
    const np_staff_column *columns = r->columns->columns;
    for (size_t i = 0; i + 1 < number; i++) {
        if (columns[i].kind != choice->kind || r->choices[i].input != choice->input) continue;
        if (strcmp(columns[i].name, columns[number - 1].name) == 0) return false; /* said so already */
        np_diag *diag =
            np_report(r->diags, NP_CODE_CONTRADICTION, place_of(r, number), "columns %zu and %zu may both be %s", i + 1,
                      number, choice->input ? choice->input->name : key_name(r));
        np_diag_hint(r->diags, diag, "give --carry with the one that is not, or name it in a mapping (--list)");
        return true;
    }
    return false;
}

static void read_column(columns_reading *r, const char *name, size_t number)
{
    np_staff_column *column = &r->columns->columns[number - 1];
    const column_choice *choice = &r->choices[number - 1];
    const np_input *input = choice->input;
    *column = (np_staff_column){.name = name, .kind = choice->kind, .like = column->like};
    if (choice->kind == NP_COLUMN_NAMELESS) return;
    tell_apart(r, column, number);
    if (choice->kind == NP_COLUMN_KEY) {
        if (!refuse_rival(r, number)) r->columns->key = number - 1;
    } else if (choice->kind == NP_COLUMN_INPUT) {
        if (refuse_rival(r, number)) return;
        column->slot = input->slot;
        column->kept = input_of_list(r, name) != NULL;
        column->recognised = strcmp(name, input->name) != 0;
        set_reading(r, column, choice);
        is_set_by_plan(r, input, number);
        refuse_own_salary(r, input, number);
    } else if (is_carried(r, name)) {
        const np_input *given = np_book_input(r->book, name);
        column->asked = true;
        if (given && given->slot != r->book->date_slot && !given->outside_formulas) carried_input(r, name, number);
    } else if (choice->mapped) {
        column->asked = true;
    } else if (!choice->known && number != r->likely_key) {
        read_unknown(r, name, number);
    }
}

static bool is_known(const columns_reading *r, size_t number)
{
    const column_choice *choice = &r->choices[number - 1];
    return choice->known && choice->kind != NP_COLUMN_NAMELESS;
}

static bool is_known_in_capitals(const columns_reading *r, const char *name)
{
    bool known = strcasecmp(name, key_name(r)) == 0;
    for (size_t i = 0; i < r->book->input_count && !known; i++) known = strcasecmp(name, r->book->inputs[i].name) == 0;
    return known;
}

/* Nobody called three columns in four what no input is called, and forgot the key: then it is a row of data. */
static bool has_no_header(columns_reading *r, const char *const *names, size_t count)
{
    enum { KNOWN_ENOUGH = 3 };
    size_t known = 0, named = 0;
    for (size_t i = 0; i < count; i++) {
        if (r->choices[i].kind == NP_COLUMN_KEY) return false;
        known += is_known(r, i + 1) || is_known_in_capitals(r, names[i]);
        named += *names[i] != '\0';
    }
    if (!r->asked->header || named < 2 || known * 4 > named || known >= KNOWN_ENOUGH) return false;
    np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, r->place,
                              "this is no header: none of its %zu columns is called '%.200s', by which each member of "
                              "staff is told from the others, and hardly any as an input is",
                              named, key_name(r));
    np_diag_hint(r->diags, diag,
                 "a list without a header takes the names of its columns from --columns NAME,...; natopay show input "
                 "lists the inputs");
    return true;
}

/* Without a key, the one column that nobody knows, or the one called id, is it in all likelihood; 0: none is. */
static size_t likely_key(const columns_reading *r, const char *const *names, size_t count)
{
    size_t unknown = 0, last = 0;
    for (size_t i = 0; i < count; i++)
        if (r->choices[i].kind == NP_COLUMN_KEY) return 0;
    for (size_t i = 0; i < count; i++) {
        if (!*names[i] || is_known(r, i + 1)) continue;
        if (strcasecmp(names[i], "id") == 0 || strcasecmp(names[i], key_name(r)) == 0) return i + 1;
        unknown++;
        last = i + 1;
    }
    return unknown == 1 && !np_book_suggest(r->book, "input", names[last - 1]) ? last : 0;
}

/* The column whose name is nearest to the one that --key gives; NULL: none is near. */
static const char *near_key(const columns_reading *r, const char *const *names)
{
    const char *near = NULL;
    size_t length = r->asked->key ? strlen(r->asked->key) : 0;
    unsigned limit = length > 7 ? 4 : length > 3 ? 3 : 1;
    for (size_t i = 0; i < r->columns->count && length; i++) {
        unsigned distance = np_edit_distance(names[i], r->asked->key, limit);
        if (distance >= limit) continue;
        limit = distance;
        near = names[i];
    }
    return near;
}

static void no_key(columns_reading *r, const char *const *names)
{
    np_diag *diag =
        np_report(r->diags, NP_CODE_MISSING_KEY, r->place,
                  "no column is called '%.200s', by which each member of staff is told from the others", key_name(r));
    const char *likely = r->likely_key ? names[r->likely_key - 1] : "";
    const char *near = near_key(r, names);
    if (near)
        np_diag_hint(r->diags, diag, "did you mean --key \"%.100s\"?", near);
    else if (r->likely_key && r->columns->count > 1)
        np_diag_hint(r->diags, diag,
                     strpbrk(likely, " '") ? NP_MARK("if the key stands in column %zu, give --key \"%.100s\"")
                                           : NP_MARK("if the key stands in column %zu, give --key %.100s"),
                     r->likely_key, likely);
    else
        np_diag_hint(r->diags, diag,
                     "name the column that holds the key with --key NAME; without a header, name the columns "
                     "with --columns");
}

/* What --carry and the mapping name must be there. */
static void miss_columns(columns_reading *r, const char *const *names, size_t count)
{
    for (size_t i = 0; i < r->carried_count; i++) {
        bool found = false;
        for (size_t c = 0; c < count; c++) found = found || strcmp(names[c], r->carried[i]) == 0;
        if (!found)
            np_report(r->diags, NP_CODE_UNKNOWN_INPUT, np_span_none(),
                      "--carry names '%.200s', but no column is called so", r->carried[i]);
    }
    const np_list_map *map = r->asked->map;
    for (size_t i = 0; map && i < map->column_count; i++) {
        const np_map_column *column = &map->columns[i];
        bool found = false;
        for (size_t c = 0; c < count; c++) found = found || r->choices[c].mapped == column;
        if (found) continue;
        np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, column->at, "the list has no such column");
        np_diag_hint(r->diags, diag, "natopay check LIST shows the columns that it has");
    }
}

/* Headings that are nearly those of inputs that the list does not give are misspelt, in all likelihood. */
static void look_for_slips(const columns_reading *r)
{
    for (size_t i = 0; i < r->columns->count; i++) {
        np_staff_column *column = &r->columns->columns[i];
        if (column->kind != NP_COLUMN_CARRY || column->asked || column->like) continue;
        const np_input *near = np_heading_near(r->book, column->name);
        if (near && !np_columns_give(r->columns, near->slot)) column->near = near;
    }
}

static void take_constants(columns_reading *r)
{
    const np_list_map *map = r->asked->map;
    np_columns *columns = r->columns;
    if (!map) return;
    columns->constants = np_arena_array(r->arena, map->constant_count + 1, sizeof *columns->constants);
    for (size_t i = 0; i < map->constant_count; i++)
        columns->constants[columns->constant_count++] =
            (np_list_constant){map->constants[i].input->slot, map->constants[i].value};
}

/* Without a column of steps, they may stand behind the grades. */
static void look_for_steps(const columns_reading *r)
{
    const np_career_book *career = r->book->career;
    uint16_t slot = career ? career->slots.step : UINT16_MAX;
    const np_input *step = slot == UINT16_MAX ? NULL : &r->book->inputs[r->book->slots[slot].index];
    np_columns *columns = r->columns;
    bool given = !step || np_columns_give(columns, slot);
    for (size_t i = 0; i < columns->count && !given; i++) {
        np_staff_column *column = &columns->columns[i];
        if (column->kind == NP_COLUMN_INPUT && column->slot == r->book->grade_slot) column->reading.step = step;
    }
}

bool np_columns_read(np_columns *columns, np_arena *arena, np_diags *diags, const np_book *book,
                     const np_columns_asked *asked, const char *const *names, size_t count, np_span place)
{
    columns_reading r = {columns, arena, diags, book, asked, NULL, 0, 0, place, NULL};
    size_t errors = diags->errors;
    if (asked->carry) r.carried = np_names_split(arena, asked->carry, &r.carried_count);
    *columns = (np_columns){.book = book, .count = count, .key = SIZE_MAX};
    columns->columns = np_arena_array(arena, count + 1, sizeof *columns->columns);
    r.choices = np_arena_array(arena, count + 1, sizeof *r.choices);
    for (size_t i = 0; i < count; i++) r.choices[i] = choice_of(&r, names[i], i + 1);
    if (has_no_header(&r, names, count)) return false;
    r.likely_key = likely_key(&r, names, count);
    settle_choices(&r, count);
    for (size_t i = 0; i < count; i++) read_column(&r, names[i], i + 1);
    miss_columns(&r, names, count);
    take_constants(&r);
    look_for_slips(&r);
    look_for_steps(&r);
    if (columns->key == SIZE_MAX) no_key(&r, names);
    if (asked->by) {
        size_t by_count = 0;
        const char *const *by = np_names_split(arena, asked->by, &by_count);
        np_columns_read_groups(columns, by, by_count, diags, asked->by_places);
    }
    return diags->errors == errors;
}
