/* Arena memory: zeroed, aligned, bounded, and what happens when it runs out. */
#include "unit/support.h"

#include "natopay/base/arena.h"

static bool all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    np_arena *arena = *state;
    static const size_t sizes[] = {0, 1, 7, 16, 17, 100, 5000, 40000, 70000, 300000, 3000000};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            unsigned char *bytes = np_arena_alloc(arena, sizes[i]);
            assert_non_null(bytes);
            assert_int_equal((uintptr_t)bytes % 16, 0);
            assert_true(all_zero(bytes, sizes[i]));
            memset(bytes, 0xA5, sizes[i]); /* what is reused after the reset is dirty */
        }
        np_arena_reset(arena);
    }
}

static void pieces_do_not_overlap(void **state)
{
    np_arena *arena = *state;
    enum { PIECES = 4000 };
    unsigned char *pieces[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = np_arena_alloc(arena, i % 300);
        memset(pieces[i], (int)(i % 251), i % 300);
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t j = 0; j < i % 300; j++) {
            assert_int_equal(pieces[i][j], i % 251);
        }
    }
    assert_ptr_not_equal(np_arena_alloc(arena, 0), np_arena_alloc(arena, 0));
}

static void reset_keeps_the_first_block(void **state)
{
    np_arena *arena = *state;
    void *first = np_arena_alloc(arena, 100);
    for (int i = 0; i < 100; i++) {
        np_arena_alloc(arena, 10000);
    }
    np_arena_reset(arena);
    assert_ptr_equal(np_arena_alloc(arena, 100), first);
    np_arena_free(NULL);
}

static void limit_holds(void **state)
{
    (void)state;
    np_arena *arena = np_arena_new(200000);
    size_t given = 0;
    while (np_arena_try(arena, 1000) != NULL) {
        given += 1000;
        assert_true(given <= 200000);
    }
    assert_true(given > 150000); /* the limit is not wasted */
    assert_null(np_arena_try(arena, 300000));
    np_arena_reset(arena);
    assert_null(np_arena_try(arena, 200001));
    assert_non_null(np_arena_try(arena, 130000));
    np_arena_free(arena);

    arena = np_arena_new(100); /* less than a first block */
    assert_non_null(np_arena_try(arena, 96));
    assert_null(np_arena_try(arena, 16));
    assert_null(np_arena_try(arena, SIZE_MAX));
    assert_null(np_arena_try(arena, PTRDIFF_MAX));
    np_arena_free(arena);
}

static void arrays_grow(void **state)
{
    np_arena *arena = *state;
    size_t capacity = 0;
    int *items = NULL;
    for (int i = 0; i < 1000; i++) {
        items = np_arena_grow(arena, items, &capacity, (size_t)i + 1, sizeof *items);
        assert_true(capacity >= (size_t)i + 1);
        assert_true(all_zero((unsigned char *)(items + i), (capacity - (size_t)i) * sizeof *items));
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i);
    }
    assert_true(capacity < 2048); /* doubled, no more */
    int *before = items;
    items = np_arena_grow(arena, items, &capacity, 10, sizeof *items);
    assert_ptr_equal(items, before);
    items = np_arena_grow(arena, items, &capacity, 100000, sizeof *items);
    assert_true(capacity >= 100000);
    assert_int_equal(items[999], 999);
    assert_int_equal(items[1000], 0);
}

static void texts_are_copied_and_formatted(void **state)
{
    np_arena *arena = *state;
    assert_string_equal(np_arena_copy(arena, "salary and more", 6), "salary");
    assert_string_equal(np_arena_copy(arena, NULL, 0), "");
    assert_string_equal(np_arena_format(arena, "%s-%d", "G", 10), "G-10");
    assert_string_equal(np_arena_format(arena, "%s", ""), "");
    for (int length = 250; length < 262; length++) { /* around the short way's end */
        char *text = np_arena_format(arena, "%0*d", length, 7);
        assert_int_equal(strlen(text), length);
        assert_int_equal(text[length - 1], '7');
    }
}

typedef struct plan {
    np_arena *arena;
    size_t count, size;
    int reached;
} plan;

static void take_array(void *context)
{
    plan *p = context;
    p->reached = 1;
    np_arena_array(p->arena, p->count, p->size);
    p->reached = 2;
}

static void too_much_leaves_to_the_guard(void **state)
{
    plan p = {.arena = *state, .count = 10, .size = 10};
    assert_true(np_arena_guard(*state, take_array, &p));
    assert_int_equal(p.reached, 2);
    static const size_t counts[][2] = {
        {SIZE_MAX, 2}, {SIZE_MAX / 2 + 1, 2}, {(size_t)1 << 33, (size_t)1 << 33}, {SIZE_MAX, 1}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        p = (plan){.arena = *state, .count = counts[i][0], .size = counts[i][1]};
        assert_false(np_arena_guard(*state, take_array, &p));
        assert_int_equal(p.reached, 1);
    }
}

static void grow_too_far(void *context)
{
    plan *p = context;
    size_t capacity = 4;
    p->reached = 1;
    np_arena_grow(p->arena, "abcd", &capacity, SIZE_MAX - 1, 16);
    p->reached = 2;
}

static void copy_too_much(void *context)
{
    plan *p = context;
    p->reached = 1;
    np_arena_copy(p->arena, "x", SIZE_MAX);
    p->reached = 2;
}

static void sizes_that_overflow_leave_to_the_guard(void **state)
{
    plan p = {.arena = *state};
    assert_false(np_arena_guard(*state, grow_too_far, &p));
    assert_int_equal(p.reached, 1);
    assert_false(np_arena_guard(*state, copy_too_much, &p));
    assert_int_equal(p.reached, 1);
}

static void give_up(void *context)
{
    plan *p = context;
    p->reached += 1;
    np_arena_give_up(p->arena);
}

static void give_up_within(void *context)
{
    plan *p = context;
    assert_false(np_arena_guard(p->arena, give_up, p));
    p->reached += 10; /* the inner guard took it, the outer work goes on */
    if (p->count > 0) {
        np_arena_give_up(p->arena);
    }
}

static void guards_nest(void **state)
{
    plan p = {.arena = *state, .count = 0};
    assert_true(np_arena_guard(*state, give_up_within, &p));
    assert_int_equal(p.reached, 11);
    p = (plan){.arena = *state, .count = 1};
    assert_false(np_arena_guard(*state, give_up_within, &p));
    assert_int_equal(p.reached, 11);
}

static void take_five(void *context)
{
    plan *p = context;
    p->reached = 0;
    for (int i = 0; i < 3; i++) {
        np_arena_alloc(p->arena, 10);
        p->reached++;
    }
    np_arena_copy(p->arena, "text", 4);
    p->reached++;
    np_arena_format(p->arena, "%d", 1);
    p->reached++;
}

static void failures_can_be_injected(void **state)
{
    plan p = {.arena = *state};
    assert_int_equal(run_out_of_memory(*state, take_five, &p), 5);
    assert_int_equal(p.reached, 5);
    np_arena_fail_after(*state, 2);
    assert_false(np_arena_guard(*state, take_five, &p));
    assert_int_equal(p.reached, 2);
    assert_null(np_arena_try(*state, 1)); /* memory that ran out stays out */
    np_arena_reset(*state);
    assert_null(np_arena_try(*state, 1));
    np_arena_fail_after(*state, -1);
    assert_non_null(np_arena_try(*state, 1));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(memory_is_zeroed_and_aligned),
        arena_test(pieces_do_not_overlap),
        arena_test(reset_keeps_the_first_block),
        cmocka_unit_test(limit_holds),
        arena_test(arrays_grow),
        arena_test(texts_are_copied_and_formatted),
        arena_test(too_much_leaves_to_the_guard),
        arena_test(sizes_that_overflow_leave_to_the_guard),
        arena_test(guards_nest),
        arena_test(failures_can_be_injected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
