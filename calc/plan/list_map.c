/* Reading a mapping: which column of a list is which input, and what its words stand for. */
#include "natopay/plan/list_map.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "natopay/pay/situation.h"

/* ---- words ---- */

typedef struct sign_word {
    const char *word;
    char sign;
} sign_word;

static bool find_sign(const sign_word *words, size_t count, const char *text, char *sign)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(words[i].word, text) == 0) {
            *sign = words[i].sign;
            return true;
        }
    return false;
}

bool np_decimal_parse(const char *text, char *decimal)
{
    static const sign_word WORDS[] = {{"comma", ','}, {"point", '.'}, {",", ','}, {".", '.'}};
    return find_sign(WORDS, sizeof WORDS / sizeof WORDS[0], text, decimal);
}

bool np_delimiter_parse(const char *text, char *delimiter)
{
    static const sign_word WORDS[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {",", ','},
                                      {";", ';'},     {"\t", '\t'},       {"\\t", '\t'}};
    return find_sign(WORDS, sizeof WORDS / sizeof WORDS[0], text, delimiter);
}

bool np_date_order_parse(const char *text, np_date_order *order)
{
    static const struct {
        const char *word;
        np_date_order order;
    } WORDS[] = {{"dmy", NP_DAY_FIRST},
                 {"mdy", NP_MONTH_FIRST},
                 {"dd/mm/yyyy", NP_DAY_FIRST},
                 {"dd.mm.yyyy", NP_DAY_FIRST},
                 {"mm/dd/yyyy", NP_MONTH_FIRST}};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcasecmp(WORDS[i].word, text) == 0) {
            *order = WORDS[i].order;
            return true;
        }
    return false;
}

static uint32_t small(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Accents that stand for themselves, blanks and signs. */
static bool is_passed_over(uint32_t point)
{
    if (point > 127) return (point >= 0x300 && point < 0x370) || point == 0xA0 || point == 0xB0;
    return !np_is_letter((char)point) && !np_is_digit((char)point);
}

/* The letter or digit at *text, small and without its accent, and the place behind it; 0 at the end. `more`: what is
 * left of a character that stands for several letters. */
static uint32_t next_letter(const char **text, char more[4])
{
    uint32_t point = 0;
    char letters[4];
    for (size_t count = 0; !more[0] && !count && **text;) {
        *text += np_utf8_next(*text, strlen(*text), &point);
        count = np_plain_letters(point, letters);
        if (!count && !is_passed_over(point)) return small(point);
        memset(more, 0, 4);
        memcpy(more, letters, count < 4 ? count : 4);
    }
    char first = more[0];
    memmove(more, more + 1, 3);
    more[3] = '\0';
    return small((unsigned char)first);
}

bool np_same_heading(const char *a, const char *b)
{
    char more_a[4] = "", more_b[4] = "";
    uint32_t x, y;
    do {
        x = next_letter(&a, more_a);
        y = next_letter(&b, more_b);
    } while (x && x == y);
    return x == y;
}

/* ---- reading ---- */

typedef struct reading {
    np_list_map *map;
    np_arena *arena;
    np_diags *diags;
    const np_book *book;
    np_situation *constants; /* only to check what they are */
} reading;

static bool bad(reading *r, const np_ini_key *key, const char *what)
{
    np_diag *diag =
        np_report(r->diags, NP_CODE_BAD_VALUE, key->value_at, "'%s' is no value for %s", key->value, key->name);
    np_diag_hint(r->diags, diag, "write %s", np_say(r->diags->lang, what));
    return true;
}

/* Keys that are about the list as a whole; true when it is one. */
static bool take_setting(reading *r, const np_ini_key *key)
{
    np_list_map *map = r->map;
    if (strcmp(key->name, "dates") == 0)
        return np_date_order_parse(key->value, &map->order) || bad(r, key, NP_MARK("dmy or mdy"));
    if (strcmp(key->name, "decimal") == 0)
        return np_decimal_parse(key->value, &map->decimal) || bad(r, key, NP_MARK("comma or point"));
    if (strcmp(key->name, "delimiter") == 0)
        return np_delimiter_parse(key->value, &map->delimiter) || bad(r, key, NP_MARK("comma, semicolon or tab"));
    if (strcmp(key->name, "encoding") != 0) return false;
    map->has_encoding = np_encoding_parse(key->value, &map->encoding);
    return map->has_encoding || bad(r, key, NP_MARK("utf-8, utf-16, windows-1252, latin-1 or latin-9"));
}

static const np_input *input_of(reading *r, const char *name, np_span at)
{
    const np_input *input = np_book_input(r->book, name);
    if (input) return input;
    np_diag *diag = np_report(r->diags, NP_CODE_UNKNOWN_INPUT, at, "no input is called '%s'", name);
    const char *near = np_book_suggest(r->book, "input", name);
    if (near)
        np_diag_hint(r->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(r->diags, diag, "name an input (natopay show input lists them), id, or carry");
    return NULL;
}

/* "constant.duty_country", "contract.befr" */
static bool take_dotted(reading *r, const np_ini_key *key)
{
    const char *dot = strchr(key->name, '.');
    if (!dot || !dot[1]) return false;
    const char *first = np_arena_copy(r->arena, key->name, (size_t)(dot - key->name));
    if (strcmp(first, "constant") == 0) {
        const np_input *input = input_of(r, dot + 1, key->name_at);
        np_ini_key one = *key;
        one.name = dot + 1;
        if (input && np_situation_set(r->constants, r->diags, &one))
            r->map->constants[r->map->constant_count++] = (np_map_constant){input, key->value};
        return true;
    }
    const np_input *input = np_book_input(r->book, first);
    if (input) r->map->words[r->map->word_count++] = (np_map_word){input, {dot + 1, key->value}};
    return input != NULL;
}

/* What follows the input: "dmy", "percent", "comma". */
static void take_manner(reading *r, const np_ini_key *key, np_map_column *column, const char *word)
{
    if (np_date_order_parse(word, &column->order) || np_decimal_parse(word, &column->decimal)) return;
    if (strcmp(word, "percent") == 0)
        column->unit = NP_PER_CENT;
    else if (strcmp(word, "fraction") == 0)
        column->unit = NP_FRACTION;
    else
        bad(r, key, NP_MARK("an input, and behind a comma dmy, mdy, percent, fraction, comma or point"));
}

static void take_column(reading *r, const np_ini_key *key)
{
    np_map_column column = {.heading = key->name, .at = key->name_at};
    if (strncmp(key->name, "column ", 7) == 0 && key->name[7 + strspn(key->name + 7, "0123456789")] == '\0') {
        column.number = (size_t)strtoul(key->name + 7, NULL, 10);
        column.heading = NULL;
    }
    const char *rest = key->value;
    for (bool first = true; rest; first = false) {
        size_t length = strcspn(rest, ",");
        const char *end = rest + length, *word;
        while (length && *rest == ' ') rest++, length--;
        while (length && rest[length - 1] == ' ') length--;
        word = np_arena_copy(r->arena, rest, length);
        if (!first) {
            take_manner(r, key, &column, word);
        } else if (strcmp(word, "id") == 0) {
            column.target = NP_MAP_ID;
        } else if (strcmp(word, "carry") == 0) {
            column.target = NP_MAP_CARRY;
        } else {
            column.input = input_of(r, word, key->value_at);
        }
        rest = *end ? end + 1 : NULL;
    }
    r->map->columns[r->map->column_count++] = column;
}

static void take_section(reading *r, const np_ini_section *section)
{
    np_list_map *map = r->map;
    map->name = section->name;
    map->columns = np_arena_array(r->arena, section->key_count + 1, sizeof *map->columns);
    map->words = np_arena_array(r->arena, section->key_count + 1, sizeof *map->words);
    map->constants = np_arena_array(r->arena, section->key_count + 1, sizeof *map->constants);
    for (size_t i = 0; i < section->key_count; i++) {
        const np_ini_key *key = &section->keys[i];
        if (!take_setting(r, key) && !take_dotted(r, key)) take_column(r, key);
    }
}

bool np_list_map_read(np_list_map *map, np_arena *arena, np_diags *diags, const np_book *book, const np_ini *ini)
{
    reading r = {map, arena, diags, book, np_situation_new(book, arena)};
    size_t errors = diags->errors;
    *map = (np_list_map){.name = NULL};
    for (size_t i = 0; i < ini->section_count; i++) {
        const np_ini_section *section = &ini->sections[i];
        if (strcmp(section->type, "list") != 0) {
            np_diag *diag =
                np_report(diags, NP_CODE_UNKNOWN_TYPE, section->at, "a mapping has no section [%s]", section->type);
            np_diag_hint(diags, diag,
                         "[list NAME] says how a list is read; what belongs to the rule book goes to --with");
        } else if (map->name) {
            np_report(diags, NP_CODE_DUPLICATE_DEFINITION, section->at, "a mapping has one section [list NAME]");
        } else {
            take_section(&r, section);
        }
    }
    if (!map->name && diags->errors == errors)
        np_report(diags, NP_CODE_MISSING_KEY, np_span_of(ini->file, 0, 0), "a mapping needs a section [list NAME]");
    return diags->errors == errors;
}

const np_map_column *np_list_map_column(const np_list_map *map, const char *heading, size_t number)
{
    for (size_t i = 0; i < map->column_count; i++) {
        const np_map_column *column = &map->columns[i];
        if (column->heading ? *heading && np_same_heading(column->heading, heading) : column->number == number)
            return column;
    }
    return NULL;
}
