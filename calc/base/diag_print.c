/* Diagnostics: printing them for people and for programs. */
#include "natopay/base/diag.h"
#include "natopay/base/json.h"

#include <string.h>

enum {
    WINDOW = 100,        /* columns of a line that are shown */
    BEFORE = 60,         /* of these, at most so many before the place when the line is cut */
    SHORT_LINE = 4 * 100 /* bytes up to which a line's columns are counted as a whole */
};

typedef struct palette {
    const char *place, *error, *warning, *note, *caret, *plain;
} palette;

static const palette plain_palette = {"", "", "", "", "", ""};
static const palette color_palette = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};

/* Columns of a character as np_text_add_safe shows it. */
static size_t shown_columns(const char *bytes, size_t length, size_t *size)
{
    uint32_t point;
    *size = np_utf8_next(bytes, length, &point);
    return np_utf8_is_unsafe(point) ? 1 : np_text_columns(bytes, *size);
}

/* What is shown of a line: bytes from..to of the text. */
typedef struct window {
    size_t from, to;
    bool cut_before, cut_after;
} window;

/* Go back from `place` to a beginning of a character that is at most `columns` before it. */
static size_t back_by(const char *text, size_t start, size_t place, size_t columns)
{
    while (place > start && columns > 0) {
        size_t previous = place - 1;
        while (previous > start && place - previous < 4 && ((unsigned char)text[previous] & 0xC0) == 0x80) {
            previous--;
        }
        size_t size, wide = shown_columns(text + previous, place - previous, &size);
        if (previous + size != place) { /* a malformed end: step by one byte */
            previous = place - 1;
            wide = 1;
        }
        if (wide > columns) {
            break;
        }
        place = previous;
        columns -= wide;
    }
    return place;
}

static size_t forward_by(const char *text, size_t from, size_t end, size_t columns)
{
    while (from < end) {
        size_t size, wide = shown_columns(text + from, end - from, &size);
        if (wide > columns) {
            break;
        }
        from += size;
        columns -= wide;
    }
    return from;
}

/* The window of the line around the offset `place`. */
static window window_around(const np_file *file, size_t place)
{
    const char *text = file->text;
    size_t start = place, end = place;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    const char *newline = place < file->size ? memchr(text + place, '\n', file->size - place) : NULL;
    end = newline == NULL ? file->size : (size_t)(newline - text);
    if (end > start && text[end - 1] == '\r' && place < end) {
        end--;
    }
    if (start == 0 && end >= 3 && place >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        start = 3;
    }
    window shown = {start, end, false, false};
    if (end - start > WINDOW && (end - start > SHORT_LINE || np_text_columns(text + start, end - start) > WINDOW)) {
        shown.from = back_by(text, start, place, BEFORE);
        shown.to = forward_by(text, shown.from, end, WINDOW);
        shown.cut_before = shown.from > start;
        shown.cut_after = shown.to < end;
    }
    return shown;
}

/* The line that the place stands in, and carets below it. */
static void put_line(np_text *out, np_span at, uint32_t line, const palette *colors)
{
    const char *text = at.file->text;
    window shown = window_around(at.file, at.offset);
    size_t place = at.offset < shown.to ? at.offset : shown.to;
    size_t end = at.length < shown.to - place ? place + at.length : shown.to;
    np_text_printf(out, "%5u | %s", (unsigned)line, shown.cut_before ? "..." : "");
    size_t indent = shown.cut_before ? 3 : 0;
    indent += np_text_add_safe(out, text + shown.from, place - shown.from);
    size_t carets = np_text_add_safe(out, text + place, end - place);
    np_text_add_safe(out, text + end, shown.to - end);
    np_text_printf(out, "%s\n      | ", shown.cut_after ? "..." : "");
    np_text_repeat(out, ' ', indent);
    np_text_printf(out, "%s^", colors->caret);
    np_text_repeat(out, '~', carets > 1 ? carets - 1 : 0);
    np_text_printf(out, "%s\n", colors->plain);
}

/* One heading with its line: "PLACE: KIND text [code]"; the kind ends in its colon. */
static void put_entry(np_text *out, const np_lang *lang, np_span at, const char *kind, const char *color,
                      const char *text, const char *code, const palette *colors)
{
    np_position position = np_span_position(at);
    np_text_puts(out, colors->place);
    if (at.file == NULL) {
        np_text_puts(out, np_say(lang, "natopay:"));
    } else {
        const char *name = np_say(lang, at.file->name); /* "command line" */
        np_text_add_safe(out, name, strlen(name));
        np_text_printf(out, ":%u:%u:", (unsigned)position.line, (unsigned)position.column);
    }
    np_text_printf(out, "%s %s%s%s ", colors->plain, color, kind, colors->plain);
    np_text_add_safe(out, text, strlen(text));
    if (code != NULL) {
        np_text_printf(out, " [%s]", code);
    }
    np_text_putc(out, '\n');
    if (at.file != NULL) {
        put_line(out, at, position.line, colors);
    }
}

static const char *severity_name(np_severity severity)
{
    return severity == NP_WARNING ? "warning" : "error";
}

static void put_diag(np_text *out, const np_lang *lang, const np_diag *d, const palette *colors)
{
    const np_code_info *info = np_code_describe(d->code);
    bool warning = info->severity == NP_WARNING;
    put_entry(out, lang, d->at, warning ? np_say(lang, "warning:") : np_say(lang, "error:"),
              warning ? colors->warning : colors->error, d->message, info->name, colors);
    if (d->hint != NULL) {
        np_text_printf(out, "%s%s%s ", colors->note, np_say(lang, "hint:"), colors->plain);
        np_text_add_safe(out, d->hint, strlen(d->hint));
        np_text_putc(out, '\n');
    }
    for (const np_note *note = d->notes; note != NULL; note = note->next) {
        put_entry(out, lang, note->at, np_say(lang, "note:"), colors->note, note->text, NULL, colors);
    }
}

/* What was mistyped just now: it stands before all that files are warned of. */
static bool is_error_of_command_line(const np_diag *d)
{
    return np_code_describe(d->code)->severity != NP_WARNING && d->at.file != NULL &&
           strcmp(d->at.file->name, "command line") == 0;
}

void np_diags_print(np_text *out, const np_diags *diags, bool color)
{
    const palette *colors = color ? &color_palette : &plain_palette;
    for (int first = 1; first >= 0; first--) {
        for (const np_diag *d = diags->first; d != NULL; d = d->next) {
            if (is_error_of_command_line(d) == (first == 1)) {
                put_diag(out, diags->lang, d, colors);
            }
        }
    }
    if (diags->dropped > 0) {
        np_text_printf(out, np_say(diags->lang, "natopay: %zu more, not shown\n"), diags->dropped);
    }
}

static void json_place(np_json *json, np_span at)
{
    np_position position = np_span_position(at);
    np_json_key(json, "file");
    np_json_string(json, at.file == NULL ? NULL : at.file->name);
    np_json_key(json, "line");
    if (at.file == NULL) {
        np_json_null(json);
    } else {
        np_json_count(json, position.line);
    }
    np_json_key(json, "column");
    if (at.file == NULL) {
        np_json_null(json);
    } else {
        np_json_count(json, position.column);
    }
}

static void json_length(np_json *json, np_span at)
{
    np_json_key(json, "length");
    if (at.file == NULL) {
        np_json_null(json);
        return;
    }
    long long characters = 0;
    for (size_t i = 0; i < at.length; i++) {
        characters += ((unsigned char)at.file->text[at.offset + i] & 0xC0) != 0x80;
    }
    np_json_count(json, characters);
}

static void json_diag(np_json *json, const np_diag *d)
{
    const np_code_info *info = np_code_describe(d->code);
    np_json_object(json);
    np_json_key(json, "severity");
    np_json_string(json, severity_name(info->severity));
    np_json_key(json, "code");
    np_json_string(json, info->name);
    np_json_key(json, "input");
    np_json_string(json, d->input);
    json_place(json, d->at);
    json_length(json, d->at);
    np_json_key(json, "message");
    np_json_string(json, d->message);
    np_json_key(json, "hint");
    np_json_string(json, d->hint);
    np_json_key(json, "notes");
    np_json_array(json);
    for (const np_note *note = d->notes; note != NULL; note = note->next) {
        np_json_object(json);
        json_place(json, note->at);
        np_json_key(json, "message");
        np_json_string(json, note->text);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}

void np_diags_json(np_text *out, const np_diags *diags)
{
    np_json json;
    np_json_start(&json, out);
    np_json_object(&json);
    np_json_key(&json, "diagnostics");
    np_json_array(&json);
    for (const np_diag *d = diags->first; d != NULL; d = d->next) {
        json_diag(&json, d);
    }
    np_json_end_array(&json);
    np_json_key(&json, "errors");
    np_json_count(&json, (long long)diags->errors);
    np_json_key(&json, "warnings");
    np_json_count(&json, (long long)diags->warnings);
    np_json_end_object(&json);
}
