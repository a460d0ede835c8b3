/* A mapping: how a staff list that another program wrote is to be read, where natopay cannot find out by itself.
 *
 *     [list sap]
 *     Eintritt = start, dmy          a column and the input that it is; id: it tells staff apart; carry: kept as it is
 *     column 7 = grade               a column by its number
 *     contract.Befr = definite       a word of the list and the value that it stands for
 *     constant.duty_country = BE     where no column gives it
 *     dates = dmy                    of all columns: dmy or mdy
 *     decimal = comma                of all columns: comma or point
 *     encoding = windows-1252
 *     delimiter = semicolon */
#ifndef NATOPAY_PLAN_LIST_MAP_H
#define NATOPAY_PLAN_LIST_MAP_H

#include "natopay/base/encoding.h"
#include "natopay/book/ini.h"
#include "natopay/plan/cell_reading.h"

typedef enum np_map_target { NP_MAP_INPUT, NP_MAP_ID, NP_MAP_CARRY } np_map_target;

typedef struct np_map_column {
    const char *heading; /* as the mapping writes it; NULL: by number */
    size_t number;       /* from 1 */
    np_map_target target;
    const np_input *input;
    np_date_order order;
    np_share_unit unit;
    char decimal;
    np_span at;
} np_map_column;

typedef struct np_map_word {
    const np_input *input;
    np_cell_word word;
} np_map_word;

typedef struct np_map_constant {
    const np_input *input;
    const char *value;
} np_map_constant;

typedef struct np_list_map {
    const char *name; /* "sap" */
    np_map_column *columns;
    size_t column_count;
    np_map_word *words;
    size_t word_count;
    np_map_constant *constants;
    size_t constant_count;
    np_date_order order;
    char decimal;
    bool has_encoding;
    np_encoding encoding;
    char delimiter; /* 0: to be found out */
} np_list_map;

/* False after reporting. */
bool np_list_map_read(np_list_map *map, np_arena *arena, np_diags *diags, const np_book *book, const np_ini *ini);

/* What the map says of a column; NULL: nothing. */
const np_map_column *np_list_map_column(const np_list_map *map, const char *heading, size_t number);

/* "dmy", "mdy"; "comma", "point"; "comma", "semicolon", "tab": false for anything else. */
bool np_date_order_parse(const char *text, np_date_order *order);
bool np_decimal_parse(const char *text, char *decimal);
bool np_delimiter_parse(const char *text, char *delimiter);

/* Whether two headings, or words, are the same but for case, accents, blanks and signs. */
bool np_same_heading(const char *a, const char *b);

#endif
