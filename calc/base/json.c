/* A JSON writer. */
#include "natopay/base/json.h"

#include <string.h>

void np_json_start(np_json *json, np_text *out)
{
    *json = (np_json){.out = out};
}

/* The comma before a member, where one is due. */
static void separate(np_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->filled[json->depth] != 0) {
        np_text_putc(json->out, ',');
    }
    json->filled[json->depth] = 1;
}

static void enter(np_json *json, char bracket)
{
    separate(json);
    if (json->depth + 1 >= sizeof json->filled) {
        json->out->failed = true;
        return;
    }
    np_text_putc(json->out, bracket);
    json->depth++;
    json->filled[json->depth] = 0;
}

static void leave(np_json *json, char bracket)
{
    if (json->depth == 0) {
        json->out->failed = true;
        return;
    }
    json->depth--;
    np_text_putc(json->out, bracket);
}

void np_json_object(np_json *json)
{
    enter(json, '{');
}

void np_json_end_object(np_json *json)
{
    leave(json, '}');
}

void np_json_array(np_json *json)
{
    enter(json, '[');
}

void np_json_end_array(np_json *json)
{
    leave(json, ']');
}

void np_json_key(np_json *json, const char *key)
{
    separate(json);
    np_json_quote(json->out, key, strlen(key));
    np_text_putc(json->out, ':');
    json->after_key = true;
}

void np_json_string(np_json *json, const char *value)
{
    if (value == NULL) {
        np_json_null(json);
        return;
    }
    separate(json);
    np_json_quote(json->out, value, strlen(value));
}

void np_json_count(np_json *json, long long value)
{
    separate(json);
    np_text_printf(json->out, "%lld", value);
}

void np_json_bool(np_json *json, bool value)
{
    separate(json);
    np_text_puts(json->out, value ? "true" : "false");
}

void np_json_null(np_json *json)
{
    separate(json);
    np_text_puts(json->out, "null");
}

void np_json_money(np_json *json, np_num amount, unsigned decimals)
{
    if (!np_num_valid(amount)) {
        np_json_null(json);
        return;
    }
    separate(json);
    np_text_putc(json->out, '"');
    np_num_print(json->out, amount, decimals, NP_ROUND_HALF_UP);
    np_text_putc(json->out, '"');
}

void np_json_fraction(np_json *json, np_num value)
{
    if (!np_num_valid(value)) {
        np_json_null(json);
        return;
    }
    separate(json);
    np_text_putc(json->out, '"');
    np_num_print_fraction(json->out, value);
    np_text_putc(json->out, '"');
}

void np_json_date(np_json *json, np_date date)
{
    if (date == NP_DATE_NONE) {
        np_json_null(json);
        return;
    }
    separate(json);
    np_text_putc(json->out, '"');
    np_date_print(json->out, date);
    np_text_putc(json->out, '"');
}

/* ---- members ---- */

void np_json_member(np_json *json, const char *key, const char *value)
{
    np_json_key(json, key);
    np_json_string(json, value);
}

void np_json_member_count(np_json *json, const char *key, long long value)
{
    np_json_key(json, key);
    np_json_count(json, value);
}

void np_json_member_bool(np_json *json, const char *key, bool value)
{
    np_json_key(json, key);
    np_json_bool(json, value);
}

void np_json_member_money(np_json *json, const char *key, np_num amount, unsigned decimals)
{
    np_json_key(json, key);
    np_json_money(json, amount, decimals);
}

void np_json_member_fraction(np_json *json, const char *key, np_num value)
{
    np_json_key(json, key);
    np_json_fraction(json, value);
}

void np_json_member_date(np_json *json, const char *key, np_date date)
{
    np_json_key(json, key);
    np_json_date(json, date);
}

void np_json_member_object(np_json *json, const char *key)
{
    np_json_key(json, key);
    np_json_object(json);
}

void np_json_member_array(np_json *json, const char *key)
{
    np_json_key(json, key);
    np_json_array(json);
}

void np_json_member_strings(np_json *json, const char *key, const char *const *values, size_t count)
{
    np_json_member_array(json, key);
    for (size_t i = 0; i < count; i++) np_json_string(json, values[i]);
    np_json_end_array(json);
}

/* The escape of a byte that may not stand in a JSON string as it is; NULL when it may. */
static const char *short_escape(char byte)
{
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void np_json_quote(np_text *out, const char *bytes, size_t length)
{
    np_text_putc(out, '"');
    size_t done = 0; /* bytes before this are written; those that need no change go out together */
    for (size_t i = 0; i < length;) {
        uint32_t point;
        size_t size = np_utf8_next(bytes + i, length - i, &point);
        if (point != NP_UTF8_BAD && point >= 0x20 && point != '"' && point != '\\') {
            i += size;
            continue;
        }
        np_text_add(out, bytes + done, i - done);
        const char *escape = short_escape(bytes[i]);
        if (escape != NULL) {
            np_text_puts(out, escape);
        } else if (point == NP_UTF8_BAD) {
            np_text_puts(out, "\xEF\xBF\xBD");
        } else {
            np_text_printf(out, "\\u%04x", (unsigned)point);
        }
        i += size;
        done = i;
    }
    np_text_add(out, bytes + done, length - done);
    np_text_putc(out, '"');
}
