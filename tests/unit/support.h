/* What the unit and property tests share: cmocka's includes, a new arena for each test, checks of texts and numbers. */
#ifndef NATOPAY_TESTS_UNIT_SUPPORT_H
#define NATOPAY_TESTS_UNIT_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "natopay/base/arena.h"
#include "natopay/base/num.h"
#include "natopay/base/text.h"

/* A test whose *state is an arena of its own. */
#define arena_test(name) cmocka_unit_test_setup_teardown(name, support_open_arena, support_close_arena)

static inline int support_open_arena(void **state)
{
    *state = np_arena_new(0);
    return *state == NULL ? -1 : 0;
}

static inline int support_close_arena(void **state)
{
    np_arena_free(*state);
    return 0;
}

/* Compare a text with what it should be, then free it. */
static inline void support_expect(np_text *text, const char *expected, const char *file, int line)
{
    _assert_int_equal(text->failed, false, file, line);
    _assert_string_equal(np_text_string(text), expected, file, line);
    np_text_free(text);
}
#define expect_text(text, expected) support_expect(text, expected, __FILE__, __LINE__)

static inline void support_expect_num(np_num a, const char *expected, const char *file, int line)
{
    np_text text;
    np_text_init(&text, 10000);
    np_num_print_fraction(&text, a);
    support_expect(&text, expected, file, line);
}
/* A number as its exact fraction in lowest terms, such as "266777/50"; "invalid". */
#define expect_num(a, expected) support_expect_num(a, expected, __FILE__, __LINE__)

/* A number that is written correctly. */
static inline np_num number(np_arena *arena, const char *text)
{
    np_num value;
    size_t at;
    assert_null(np_num_parse(arena, text, strlen(text), &value, &at));
    return value;
}

/* Run work with one allocation less than it needs, for each number of allocations that it makes: it must leave to the
 * guard each time, and end well at last. Returns how many allocations it makes. */
static inline long run_out_of_memory(np_arena *arena, void (*work)(void *), void *context)
{
    for (long successes = 0;; successes++) {
        np_arena_reset(arena);
        np_arena_fail_after(arena, successes);
        bool done = np_arena_guard(arena, work, context);
        np_arena_fail_after(arena, -1);
        if (done) {
            return successes;
        }
        assert_true(successes < 100000);
    }
}

/* Deterministic random numbers (xorshift64*), the same on every machine; NATOPAY_SEED chooses others. */
typedef struct random_source {
    uint64_t state;
} random_source;

static inline uint64_t random_bits(random_source *source)
{
    uint64_t x = source->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    source->state = x;
    return x * UINT64_C(0x2545F4914F6CDD1D);
}

static inline random_source random_start(void)
{
    const char *seed = getenv("NATOPAY_SEED");
    unsigned long long value = seed == NULL ? 1 : strtoull(seed, NULL, 10);
    random_source source = {(uint64_t)value * UINT64_C(0x9E3779B97F4A7C15) + 1};
    source.state = source.state == 0 ? 1 : source.state;
    for (int i = 0; i < 8; i++) {
        random_bits(&source);
    }
    return source;
}

/* From 0 to count - 1. */
static inline unsigned random_below(random_source *source, unsigned count)
{
    return (unsigned)((random_bits(source) >> 32) % count);
}

/* How often a property is tried: `usual` times, fifty times that when NATOPAY_SOAK is set. */
static inline long random_rounds(long usual)
{
    return getenv("NATOPAY_SOAK") == NULL ? usual : 50 * usual;
}

/* The same for properties that would take minutes in a sanitized program: those make a fifth of the trials. What is
 * computed is checked by all of them, in the programs without a sanitizer. */
static inline long slow_rounds(long usual)
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    usual /= 5;
#endif
#elif defined(__SANITIZE_ADDRESS__)
    usual /= 5;
#endif
    return random_rounds(usual);
}

#endif
