/* A JSON writer: keeps the commas and the nesting, escapes strings. Money and rationals are written as strings. */
#ifndef NATOPAY_BASE_JSON_H
#define NATOPAY_BASE_JSON_H

#include <stdbool.h>

#include "natopay/base/num.h"
#include "natopay/base/date.h"
#include "natopay/base/text.h"

typedef struct np_json {
    np_text *out;
    unsigned depth;
    unsigned char filled[64]; /* at each depth: 1 once a member was written */
    bool after_key;
} np_json;

void np_json_start(np_json *json, np_text *out);
void np_json_object(np_json *json); /* { */
void np_json_end_object(np_json *json);
void np_json_array(np_json *json);
void np_json_end_array(np_json *json);
void np_json_key(np_json *json, const char *key);
void np_json_string(np_json *json, const char *value); /* NULL writes null; malformed UTF-8 becomes U+FFFD */
void np_json_count(np_json *json, long long value);    /* counts and line numbers only, never money */
void np_json_bool(np_json *json, bool value);
void np_json_null(np_json *json);
void np_json_money(np_json *json, np_num amount, unsigned decimals); /* "5335.54" */
void np_json_fraction(np_json *json, np_num value);                  /* "266777/50" */
void np_json_date(np_json *json, np_date date);                      /* null for NP_DATE_NONE */

/* A key with its value. */
void np_json_member(np_json *json, const char *key, const char *value); /* a string, NULL: null */
void np_json_member_count(np_json *json, const char *key, long long value);
void np_json_member_bool(np_json *json, const char *key, bool value);
void np_json_member_money(np_json *json, const char *key, np_num amount, unsigned decimals);
void np_json_member_fraction(np_json *json, const char *key, np_num value);
void np_json_member_date(np_json *json, const char *key, np_date date);
void np_json_member_object(np_json *json, const char *key); /* begins it */
void np_json_member_array(np_json *json, const char *key);
/* An array of strings. */
void np_json_member_strings(np_json *json, const char *key, const char *const *values, size_t count);

/* A string's JSON form with its quotes, straight into out. */
void np_json_quote(np_text *out, const char *bytes, size_t length);

#endif
