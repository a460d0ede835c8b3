/* How a list is read, as a mapping to edit. */
#include <string.h>
#include <strings.h>

#include "natopay/report/list_check_report.h"

/* Whether a key would mean something else than a column. */
static bool is_taken(const np_columns *columns, const char *key)
{
    static const char *const WORDS[] = {"dates", "decimal", "delimiter", "encoding"};
    if (strncasecmp(key, "column ", 7) == 0 || strncasecmp(key, "constant.", 9) == 0) return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcasecmp(key, WORDS[i]) == 0) return true;
    size_t length = strcspn(key, ".");
    for (size_t i = 0; key[length] && i < columns->book->input_count; i++) {
        const char *name = columns->book->inputs[i].name;
        if (strlen(name) == length && strncasecmp(name, key, length) == 0) return true;
    }
    return false;
}

/* A text as a key of an INI file has it: its letters and digits without accents. False: it cannot be one. */
static bool put_letters(np_text *key, const char *text)
{
    np_text_clear(key);
    for (size_t i = 0, size = strlen(text); i < size;) {
        uint32_t point;
        char letters[4];
        i += np_utf8_next(text + i, size - i, &point);
        size_t count = np_plain_letters(point, letters);
        np_text_add(key, letters, count);
        if (!count && point > 127 && point != 0xB0 && point != 0xA0) return false;
        if (point < 128 && (np_is_letter((char)point) || np_is_digit((char)point) || strchr(" .-_", (int)point)))
            np_text_putc(key, (char)point);
    }
    return true;
}

static bool put_key(np_text *key, const np_columns *columns, const char *heading)
{
    return put_letters(key, heading) && np_is_letter(*np_text_string(key)) && !is_taken(columns, np_text_string(key));
}

/* A line to fill in for a word that cannot be read. */
static void put_word(np_text *out, const char *input, const char *word)
{
    np_text key;
    np_text_init(&key, 1 << 16);
    if (put_letters(&key, word) && key.length) {
        np_text_printf(out, "; %s.%s =\n", input, np_text_string(&key));
    } else {
        np_text_printf(out, "; %s: no key can be written for the word ", input);
        np_text_add_safe(out, word, strlen(word));
        np_text_puts(out, ": write another in the list\n");
    }
    np_text_lost(out, &key);
    np_text_free(&key);
}

static bool is_twice(const np_columns *columns, size_t at)
{
    for (size_t i = 0; i < columns->count; i++)
        if (i != at && np_same_heading(columns->columns[i].name, columns->columns[at].name)) return true;
    return false;
}

static void put_manner(np_text *out, const np_cell_reading *reading)
{
    const np_cell_counts *c = &reading->counts;
    bool dates = reading->kind == NP_CELL_DATE || reading->kind == NP_CELL_DATES;
    if (dates && reading->order == NP_DAY_FIRST) np_text_puts(out, ", dmy");
    if (dates && reading->order == NP_MONTH_FIRST) np_text_puts(out, ", mdy");
    if (reading->kind == NP_CELL_SHARE && reading->unit == NP_PER_CENT) np_text_puts(out, ", percent");
    if (reading->kind == NP_CELL_MONEY && (c->comma || c->point) && reading->decimal)
        np_text_puts(out, reading->decimal == ',' ? ", comma" : ", point");
}

/* What a person has to decide, as comments behind the column. */
static void put_open(np_text *out, const np_staff_column *column, const np_column_check *check, const char *input)
{
    const np_cell_counts *c = &column->reading.counts;
    bool dates = column->reading.kind == NP_CELL_DATE || column->reading.kind == NP_CELL_DATES;
    if (dates && c->either_first && !column->reading.order)
        np_text_puts(out, "; day or month first? Write dmy or mdy behind the input\n");
    if (column->reading.kind == NP_CELL_MONEY && c->unclear && !column->reading.decimal)
        np_text_puts(out, "; which sign is decimal? Write point or comma behind the input\n");
    for (size_t i = 0; i < check->word_count; i++) put_word(out, input, check->words[i]);
}

static void put_column(np_text *out, const np_list_check *check, size_t at)
{
    const np_columns *columns = check->columns;
    const np_staff_column *column = &columns->columns[at];
    const np_column_check *c = &check->checks[at];
    np_text key;
    np_text_init(&key, 1 << 16);
    if (put_key(&key, columns, column->name) && !is_twice(columns, at)) {
        np_text_puts(out, np_text_string(&key));
    } else {
        np_text_puts(out, "; ");
        np_text_add_safe(out, column->name, strlen(column->name));
        np_text_printf(out, "\ncolumn %zu", at + 1);
    }
    np_text_lost(out, &key);
    np_text_free(&key);
    const char *input = "carry";
    if (column->kind == NP_COLUMN_KEY) input = "id";
    if (column->kind == NP_COLUMN_INPUT) input = columns->book->inputs[columns->book->slots[column->slot].index].name;
    np_text_printf(out, " = %s", input);
    if (column->kind == NP_COLUMN_INPUT) put_manner(out, &column->reading);
    np_text_putc(out, '\n');
    if (column->kind == NP_COLUMN_INPUT) put_open(out, column, c, input);
}

/* The name of the list without its folder and ending, as far as a section can bear it. */
static void put_name(np_text *out, const char *list)
{
    const char *slash = strrchr(list, '/'), *name = slash ? slash + 1 : list;
    size_t before = out->length;
    for (; *name && *name != '.'; name++)
        if (np_is_letter(*name) || np_is_digit(*name) || *name == '_')
            np_text_putc(out, (char)(*name >= 'A' && *name <= 'Z' ? *name + ('a' - 'A') : *name));
    if (out->length == before) np_text_puts(out, "staff");
}

void np_list_ini(np_text *out, const np_list_check *check, const char *list)
{
    static const char *const ENCODINGS[] = {"utf-8", "windows-1252", "latin-9", "utf-16", "utf-16be"};
    np_text_puts(out,
                 "; How natopay reads this list: COLUMN = INPUT, id or carry. Change what is wrong, and give the\n"
                 "; file with --list. INPUT.WORD = VALUE says what a word stands for, constant.INPUT = VALUE what\n"
                 "; no column gives.\n\n[list ");
    put_name(out, list);
    np_text_puts(out, "]\n");
    np_text_printf(out, "encoding = %s\n", ENCODINGS[check->encoding]);
    np_text_printf(out, "delimiter = %s\n",
                   check->delimiter == ';'    ? "semicolon"
                   : check->delimiter == '\t' ? "tab"
                                              : "comma");
    for (size_t i = 0; i < check->missing_count; i++) np_text_printf(out, "; constant.%s =\n", check->missing[i]);
    const np_columns *columns = check->columns;
    for (size_t i = 0; i < columns->constant_count; i++)
        np_text_printf(out, "constant.%s = %s\n",
                       columns->book->inputs[columns->book->slots[columns->constants[i].slot].index].name,
                       columns->constants[i].value);
    for (size_t i = 0; i < columns->count; i++)
        if (columns->columns[i].kind != NP_COLUMN_NAMELESS) put_column(out, check, i);
}
