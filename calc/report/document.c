/* Putting documents together. */
#include "natopay/report/document.h"

#include <stdarg.h>
#include <string.h>

/* ---- values ---- */

np_doc_value np_doc_nothing(void)
{
    return (np_doc_value){.type = NP_DOC_NOTHING};
}

np_doc_value np_doc_words(const char *text)
{
    return (np_doc_value){.type = text ? NP_DOC_WORDS : NP_DOC_NOTHING, .text = text, .amount = np_num_small(0, -1)};
}

np_doc_value np_doc_money(np_num amount, unsigned decimals)
{
    if (!np_num_valid(amount)) return np_doc_nothing();
    return (np_doc_value){.type = NP_DOC_MONEY, .amount = amount, .decimals = (uint8_t)decimals};
}

np_doc_value np_doc_day(np_date date)
{
    return (np_doc_value){.type = date == NP_DATE_NONE ? NP_DOC_NOTHING : NP_DOC_DATE, .date = date};
}

/* ---- values as they are printed ---- */

static const char *references_plain(np_arena *arena, const np_doc_value *value)
{
    const char *list = "";
    for (size_t i = 0; i < value->reference_count; i++)
        list = np_arena_format(arena, "%s%s%zu", list, i ? " " : "", value->references[i] + 1);
    return list;
}

static const char *money_plain(np_arena *arena, const np_doc_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    if (value->with_sign && np_num_sign(value->amount) > 0) np_text_putc(&text, '+');
    np_num_print(&text, value->amount, value->decimals, NP_ROUND_HALF_UP);
    return np_text_move(&text, arena);
}

const char *np_value_plain(np_arena *arena, const np_doc_value *value)
{
    np_text text;
    switch (value->type) {
    case NP_DOC_NOTHING:
        return "";
    case NP_DOC_MONEY:
        return money_plain(arena, value);
    case NP_DOC_DATE:
        np_text_init(&text, 64);
        np_date_print(&text, value->date);
        return np_text_move(&text, arena);
    case NP_DOC_REFERENCES:
        return references_plain(arena, value);
    default:
        return value->text;
    }
}

const char *np_value_for_programs(np_arena *arena, const np_doc_value *value)
{
    return value->name ? value->name : np_value_plain(arena, value);
}

const char *np_page_amount(np_arena *arena, const np_lang *lang, const char *plain)
{
    np_text text;
    np_text_init(&text, 16384);
    if (*plain == '-') np_text_puts(&text, "\xE2\x88\x92"); /* minus sign */
    if (*plain == '+') np_text_putc(&text, '+');
    plain += *plain == '-' || *plain == '+';
    size_t whole = strcspn(plain, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) np_text_puts(&text, "\xE2\x80\xAF"); /* narrow no-break space */
        np_text_putc(&text, plain[i]);
    }
    if (plain[whole]) {
        np_text_puts(&text, np_say_as(lang, "decimal mark", "."));
        np_text_puts(&text, plain + whole + 1);
    }
    return np_text_move(&text, arena);
}

/* ---- nodes ---- */

np_doc *np_doc_new(np_arena *arena, const np_lang *lang, bool page)
{
    np_doc *doc = np_arena_alloc(arena, sizeof *doc);
    *doc = (np_doc){.arena = arena, .lang = lang, .page = page, .width = 100, .date = NP_DATE_NONE};
    return doc;
}

static np_doc_node *add(np_doc *doc, np_doc_node *in, np_doc_kind kind, const char *key)
{
    np_doc_node *node = np_arena_alloc(doc->arena, sizeof *node);
    np_doc_node **first = in ? &in->of.section.first : &doc->first, **last = in ? &in->of.section.last : &doc->last;
    node->kind = kind;
    node->key = key;
    if (*last)
        (*last)->next = node;
    else
        *first = node;
    *last = node;
    return node;
}

np_doc_node *np_doc_section(np_doc *doc, np_doc_node *in, const char *key, const char *title, const char *more)
{
    np_doc_node *node = add(doc, in, NP_DOC_SECTION, key);
    node->of.section.title = title;
    node->of.section.more = more;
    return node;
}

np_doc_node *np_doc_text(np_doc *doc, np_doc_node *in, const char *text)
{
    np_doc_node *node = add(doc, in, NP_DOC_TEXT, NULL);
    node->of.text.text = text;
    return node;
}

np_doc_node *np_doc_soft_text(np_doc *doc, np_doc_node *in, const char *text)
{
    np_doc_node *node = np_doc_text(doc, in, text);
    node->of.text.soft = true;
    return node;
}

np_doc_node *np_doc_figures(np_doc *doc, np_doc_node *in)
{
    return add(doc, in, NP_DOC_FIGURES, NULL);
}

np_doc_table *np_doc_table_of(np_doc *doc, np_doc_node *in, const char *key)
{
    np_doc_node *node = add(doc, in, NP_DOC_TABLE, key);
    node->of.table.arena = doc->arena;
    return &node->of.table;
}

np_doc_table *np_doc_table_alone(np_arena *arena)
{
    np_doc_table *table = np_arena_alloc(arena, sizeof *table);
    table->arena = arena;
    return table;
}

np_doc_list *np_doc_list_of(np_doc *doc, np_doc_node *in, const char *key)
{
    np_doc_node *node = add(doc, in, NP_DOC_LIST, key);
    node->of.list.lead = "  - ";
    node->of.list.hang = 6;
    return &node->of.list;
}

np_doc_node *np_doc_tree_of(np_doc *doc, np_doc_node *in, np_doc_tree *tree)
{
    np_doc_node *node = add(doc, in, NP_DOC_TREE, NULL);
    node->of.tree = tree;
    return node;
}

np_doc_chart *np_doc_chart_of(np_doc *doc, np_doc_node *in, np_doc_chart_kind kind, const char *title,
                              const char *about)
{
    np_doc_node *node = add(doc, in, NP_DOC_CHART, NULL);
    node->of.chart.kind = kind;
    node->of.chart.title = title;
    node->of.chart.about = about;
    return &node->of.chart;
}

void np_doc_sources(np_doc *doc, np_doc_node *in)
{
    add(doc, in, NP_DOC_SOURCES, "sources");
}

/* ---- what nodes hold ---- */

np_doc_column *np_doc_column_add(np_doc_table *table, const char *key, const char *title, np_doc_type type)
{
    table->columns = np_arena_grow(table->arena, table->columns, &table->column_capacity, table->column_count + 1,
                                   sizeof *table->columns);
    np_doc_column *column = &table->columns[table->column_count++];
    *column = (np_doc_column){.key = key, .title = title, .type = type};
    return column;
}

void np_doc_columns_add(np_doc_table *table, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) np_doc_column_add(table, keys[i], keys[i], NP_DOC_WORDS);
}

np_doc_row *np_doc_row_add(np_doc_table *table, np_doc_row_kind kind)
{
    table->rows =
        np_arena_grow(table->arena, table->rows, &table->row_capacity, table->row_count + 1, sizeof *table->rows);
    np_doc_row *row = &table->rows[table->row_count++];
    *row = (np_doc_row){.kind = kind, .rule_above = kind == NP_DOC_TOTAL};
    row->cells = np_arena_array(table->arena, table->column_count + 1, sizeof *row->cells);
    return row;
}

void np_doc_note(np_doc_table *table, np_doc_row *row, const char *note)
{
    const char **more = np_arena_array(table->arena, row->note_count + 1, sizeof *more);
    if (row->note_count) memcpy(more, row->notes, row->note_count * sizeof *more);
    more[row->note_count++] = note;
    row->notes = more;
}

np_doc_figure *np_doc_figure_add(np_doc *doc, np_doc_node *figures, const char *label, np_doc_value value)
{
    size_t *count = &figures->of.figures.count;
    np_doc_figure **list = &figures->of.figures.list;
    *list = np_arena_grow(doc->arena, *list, &figures->of.figures.capacity, *count + 1, sizeof **list);
    np_doc_figure *figure = &(*list)[(*count)++];
    *figure = (np_doc_figure){.label = label, .value = value};
    return figure;
}

np_doc_item *np_doc_item_add(np_doc *doc, np_doc_list *list, const char *text)
{
    list->items = np_arena_grow(doc->arena, list->items, &list->capacity, list->count + 1, sizeof *list->items);
    np_doc_item *item = &list->items[list->count++];
    *item = (np_doc_item){.text = text};
    return item;
}

void np_doc_event_add(np_doc *doc, np_date date, const char *uid, const char *summary, const char *description)
{
    doc->events =
        np_arena_grow(doc->arena, doc->events, &doc->event_capacity, doc->event_count + 1, sizeof *doc->events);
    doc->events[doc->event_count++] = (np_doc_event){uid, summary, description, date};
}

size_t np_doc_mention(np_doc *doc, np_doc_source source)
{
    for (size_t i = 0; i < doc->source_count; i++)
        if (strcmp(doc->sources[i].name, source.name) == 0) return i;
    doc->sources =
        np_arena_grow(doc->arena, doc->sources, &doc->source_capacity, doc->source_count + 1, sizeof *doc->sources);
    doc->sources[doc->source_count] = source;
    return doc->source_count++;
}

/* ---- explanations ---- */

np_doc_tree *np_doc_step(np_doc *doc, np_doc_tree *under)
{
    np_doc_tree *step = np_arena_alloc(doc->arena, sizeof *step);
    if (!under) return step;
    if (under->last)
        under->last->next = step;
    else
        under->first = step;
    under->last = step;
    return step;
}

np_doc_line *np_doc_line_add(np_doc *doc, np_doc_tree *step)
{
    np_doc_line *line = np_arena_alloc(doc->arena, sizeof *line);
    if (step->last_line)
        step->last_line->next = line;
    else
        step->first_line = line;
    step->last_line = line;
    return line;
}

void np_doc_run_add(np_doc *doc, np_doc_line *line, np_doc_style style, const char *format, ...)
{
    np_text text;
    va_list args;
    np_text_init(&text, 65536);
    va_start(args, format);
    np_text_vprintf(&text, format, args);
    va_end(args);
    np_doc_run *run = np_arena_alloc(doc->arena, sizeof *run);
    *run = (np_doc_run){style, np_text_move(&text, doc->arena), NULL};
    if (line->last)
        line->last->next = run;
    else
        line->first = run;
    line->last = run;
}

const char *np_short_label(np_arena *arena, const char *text, size_t characters)
{
    size_t length = strlen(text), at = 0, count = 0, cut = 0;
    char *copy = np_arena_copy(arena, text, length);
    while (at < length) {
        uint32_t point;
        size_t size = np_utf8_next(text + at, length - at, &point);
        if (point == '\n' || point == '\r' || point == '\t') copy[at] = ' ';
        if (++count == characters) cut = at; /* the ellipsis takes this one's place when there are more */
        at += size;
    }
    return count > characters ? np_arena_format(arena, "%.*s\xE2\x80\xA6", (int)cut, copy) : copy;
}
