/* The JSON writer: commas, nesting, escapes, and money as strings. */
#include "unit/support.h"

#include "natopay/base/json.h"

static void members_are_separated(void **state)
{
    (void)state;
    np_text out;
    np_text_init(&out, 1000);
    np_json json;
    np_json_start(&json, &out);
    np_json_object(&json);
    np_json_key(&json, "empty");
    np_json_array(&json);
    np_json_end_array(&json);
    np_json_key(&json, "list");
    np_json_array(&json);
    np_json_count(&json, 1);
    np_json_object(&json);
    np_json_end_object(&json);
    np_json_bool(&json, true);
    np_json_bool(&json, false);
    np_json_null(&json);
    np_json_array(&json);
    np_json_count(&json, -2);
    np_json_end_array(&json);
    np_json_string(&json, "x");
    np_json_end_array(&json);
    np_json_key(&json, "none");
    np_json_string(&json, NULL);
    np_json_key(&json, "inner");
    np_json_object(&json);
    np_json_key(&json, "a");
    np_json_count(&json, INT64_MIN);
    np_json_key(&json, "b");
    np_json_string(&json, "");
    np_json_end_object(&json);
    np_json_end_object(&json);
    assert_int_equal(json.depth, 0);
    expect_text(&out, "{\"empty\":[],\"list\":[1,{},true,false,null,[-2],\"x\"],\"none\":null,"
                      "\"inner\":{\"a\":-9223372036854775808,\"b\":\"\"}}");
}

static void money_and_dates_are_strings(void **state)
{
    np_arena *arena = *state;
    np_text out;
    np_text_init(&out, 1000);
    np_json json;
    np_json_start(&json, &out);
    np_json_array(&json);
    np_json_money(&json, number(arena, "5335.54"), 2);
    np_json_money(&json, number(arena, "-12.3"), 2);
    np_json_money(&json, number(arena, "1500"), 0);
    np_json_money(&json, np_num_ratio(1, 0), 2);
    np_json_fraction(&json, number(arena, "5335.54"));
    np_json_fraction(&json, number(arena, "3"));
    np_json_fraction(&json, np_num_ratio(1, 0));
    np_json_date(&json, np_date_of(2026, 3, 1));
    np_json_date(&json, NP_DATE_NONE);
    np_json_end_array(&json);
    expect_text(&out, "[\"5335.54\",\"-12.30\",\"1500\",null,\"266777/50\",\"3\",null,\"2026-03-01\",null]");
}

typedef struct quote_case {
    const char *bytes;
    size_t length;
    const char *quoted;
} quote_case;

static void strings_are_escaped(void **state)
{
    (void)state;
    static const quote_case cases[] = {
        {"", 0, "\"\""},
        {"plain", 5, "\"plain\""},
        {"\"\\/", 3, "\"\\\"\\\\/\""},
        {"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""},
        {"\x01\x1F\x7F", 3, "\"\\u0001\\u001f\x7F\""},
        {"a\0b", 3, "\"a\\u0000b\""},
        {"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x92\xB6", 11, "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x92\xB6\""},
        {"\xFF", 1, "\"\xEF\xBF\xBD\""},
        {"a\xC3", 2, "\"a\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}, /* a surrogate */
        {"\xC0\xAF"
         "b",
         3,
         "\"\xEF\xBF\xBD\xEF\xBF\xBD"
         "b\""},                                   /* an overlong slash */
        {"x\xC3\"y", 4, "\"x\xEF\xBF\xBD\\\"y\""}, /* a quote is not swallowed */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        np_text out;
        np_text_init(&out, 1000);
        np_json_quote(&out, cases[i].bytes, cases[i].length);
        assert_int_equal(strlen(np_text_string(&out)), out.length); /* no zero byte within */
        expect_text(&out, cases[i].quoted);
    }
    np_text out;
    np_text_init(&out, 1000);
    np_json json;
    np_json_start(&json, &out);
    np_json_object(&json);
    np_json_key(&json, "a\"b");
    np_json_string(&json, "\n");
    np_json_end_object(&json);
    expect_text(&out, "{\"a\\\"b\":\"\\n\"}");
}

static void depth_is_bounded(void **state)
{
    (void)state;
    np_text out;
    np_text_init(&out, 1000);
    np_json json;
    np_json_start(&json, &out);
    for (int i = 0; i < 63; i++) {
        np_json_array(&json);
    }
    assert_false(out.failed);
    np_json_array(&json);
    assert_true(out.failed);
    assert_int_equal(json.depth, 63);
    np_text_free(&out);

    np_text_init(&out, 1000);
    np_json_start(&json, &out);
    np_json_end_object(&json); /* nothing to end */
    assert_true(out.failed);
    assert_int_equal(json.depth, 0);
    np_text_free(&out);
}

static void bound_of_the_text_is_noticed(void **state)
{
    (void)state;
    static const char whole[] = "{\"note\":\"caf\\u0001 \\\"x\\\"\"}";
    for (size_t limit = 0; limit <= strlen(whole); limit++) {
        np_text out;
        np_text_init(&out, limit);
        np_json json;
        np_json_start(&json, &out);
        np_json_object(&json);
        np_json_key(&json, "note");
        np_json_string(&json, "caf\x01 \"x\"");
        np_json_end_object(&json);
        assert_int_equal(out.failed, limit < strlen(whole));
        assert_memory_equal(np_text_string(&out), whole, out.length);
        np_text_free(&out);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_separated),        arena_test(money_and_dates_are_strings),
        cmocka_unit_test(strings_are_escaped),          cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(bound_of_the_text_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
