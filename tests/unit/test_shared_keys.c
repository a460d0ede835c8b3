/* Hashes of keys, as text and in sorted lists: the order, what lists share, and what fails. */
#include "unit/scratch_support.h"
#include "unit/support.h"

#include "natopay/plan/seen_keys.h"

static void expect_hash(const char *key, size_t length, uint64_t high, uint64_t low)
{
    np_key_hash hash = np_key_hash_of(key, length);
    assert_int_equal(hash.high, high);
    assert_int_equal(hash.low, low);
}

/* The first of the vectors that SipHash's authors publish for 128 bits: bytes 00 01 02 ..., the lowest byte first. */
static void hashes_are_siphash(void **state)
{
    (void)state;
    static const char BYTES[] = "\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16";
    expect_hash(BYTES, 0, 0xE6A825BA047F81A3u, 0x930255C71472F66Du);
    expect_hash(BYTES, 1, 0x44AF996BD8C187DAu, 0x45FC229B11597634u);
    assert_int_not_equal(np_key_hash_of(BYTES, 8).high, np_key_hash_of(BYTES, 9).high);
    assert_int_not_equal(np_key_hash_of("ab", 2).low, np_key_hash_of("ba", 2).low);
}

static void as_text(np_key_hash before, np_key_hash key, const char *expected)
{
    np_text out;
    np_key_hash back = {0, 0};
    np_text_init(&out, 100);
    np_key_print(&out, before, key);
    assert_true(np_key_parse(np_text_string(&out), before, &back));
    assert_int_equal(np_key_compare(back, key), 0);
    expect_text(&out, expected);
}

static void keys_as_text(void **state)
{
    (void)state;
    const np_key_hash zero = {0, 0}, one = {0, 1}, largest = {UINT64_MAX, UINT64_MAX};
    as_text(zero, one, "0");
    as_text(one, (np_key_hash){0, 64}, "z");
    as_text(zero, (np_key_hash){0, 64}, "0-");
    as_text(zero, (np_key_hash){1, 0}, "F----------");
    as_text((np_key_hash){0, UINT64_MAX}, (np_key_hash){1, 0}, "0");
    as_text(zero, largest, "2zzzzzzzzzzzzzzzzzzzzz");
    np_key_hash key;
    static const char *const BAD[] = {"", "-", "-0", "0 ", "+", "3zzzzzzzzzzzzzzzzzzzzz", "10000000000000000000000"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) assert_false(np_key_parse(BAD[i], zero, &key));
    assert_false(np_key_parse("0", largest, &key)); /* beyond 128 bits */
    random_source dice = random_start();
    np_key_hash before = zero;
    for (int i = 0; i < 1000; i++) {
        np_key_hash next = {random_bits(&dice) >> random_below(&dice, 64), random_bits(&dice)};
        np_text out;
        if (np_key_compare(next, before) <= 0) {
            before = zero;
            continue;
        }
        np_text_init(&out, 100);
        np_key_print(&out, before, next);
        assert_true(out.length <= NP_KEY_DIGITS && np_key_parse(np_text_string(&out), before, &key));
        assert_int_equal(np_key_compare(key, next), 0);
        np_text_free(&out);
        before = next;
    }
}

/* ---- lists ---- */

typedef struct seen {
    np_key_hash key;
    uint32_t part;
    uint64_t count, stop; /* stop: after so many */
} seen;

static bool see(void *context, np_key_hash key, uint32_t part)
{
    seen *s = context;
    int order = np_key_compare(s->key, key);
    assert_true(s->count == 0 || order < 0 || (order == 0 && s->part <= part));
    *s = (seen){key, part, s->count + 1, s->stop};
    return s->count != s->stop;
}

/* `lists` lists in which list i holds the multiples of i + 1 up to `most`. */
static void fill(np_key_lists *to, uint32_t lists, uint64_t most)
{
    np_key_hash *keys = malloc((size_t)(most + 1) * sizeof *keys);
    assert_non_null(keys);
    for (uint32_t i = 0; i < lists; i++) {
        size_t count = 0;
        for (uint64_t k = i + 1; k <= most; k += i + 1) keys[count++] = (np_key_hash){k / 7, k % 7};
        assert_true(np_key_lists_put(to, i, keys, count));
    }
    free(keys);
}

static void lists_in_order(void **state)
{
    (void)state;
    static const uint32_t COUNTS[] = {0, 1, 2, 3, 100, 3000};
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
        memory m = {0};
        np_key_lists lists;
        np_key_lists_init(&lists, scratch_of(&m));
        fill(&lists, COUNTS[i], 5000);
        seen s = {.stop = UINT64_MAX};
        assert_true(np_key_lists_each(&lists, see, &s));
        assert_int_equal(s.count, lists.keys);
        np_key_lists_free(&lists);
        free(m.bytes);
    }
}

static void what_lists_share(void **state)
{
    (void)state;
    memory m = {0};
    np_key_lists lists;
    np_shared_keys shared;
    np_key_lists_init(&lists, scratch_of(&m));
    fill(&lists, 1, 30);
    assert_true(np_key_lists_shared(&lists, &shared));
    assert_int_equal(shared.keys + shared.pair_count, 0);
    np_key_lists_free(&lists);
    fill(&lists, 12, 30);
    assert_true(np_key_lists_shared(&lists, &shared));
    assert_int_equal(shared.keys, 24); /* all of list 0 but 1 and the primes from 13 on */
    assert_int_equal(shared.pair_count, NP_SHARED_PAIRS);
    for (uint32_t i = 0; i < NP_SHARED_PAIRS; i++) {
        assert_int_equal(shared.pairs[i].a, 0);
        assert_int_equal(shared.pairs[i].b, i + 1);
        assert_int_equal(shared.pairs[i].keys, 30 / (i + 2));
    }
    np_key_lists_free(&lists);
    free(m.bytes);
}

static void lists_that_fail(void **state)
{
    (void)state;
    memory m = {0};
    np_key_lists lists;
    np_shared_keys shared;
    np_key_lists_init(&lists, scratch_of(&m));
    fill(&lists, 3, 100);
    seen s = {.stop = 50};
    assert_false(np_key_lists_each(&lists, see, &s));
    assert_int_equal(s.count, 50);
    for (m.reads_left = 0; !np_key_lists_shared(&lists, &shared);) {
        static long reads;
        m.reads_left = ++reads;
    }
    np_key_hash key = {1, 1};
    m.writes_left = 0;
    assert_false(np_key_lists_put(&lists, 0, &key, 1));
    np_key_lists_free(&lists);
    free(m.bytes);
}

/* ---- the keys of a run ---- */

static void keys_handed_over(void **state)
{
    (void)state;
    static const long COUNTS[] = {0, 1, 5000, NP_KEYS_RECENT + 10};
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
        memory m = {0};
        np_keys keys;
        np_key_lists lists;
        np_keys_init(&keys, scratch_of(&m));
        for (long k = 0; k < COUNTS[i]; k++) {
            assert_int_equal(np_keys_add(&keys, (const char *)&k, sizeof k), NP_KEY_NEW);
            if (k % 1000 == 0) assert_int_equal(np_keys_add(&keys, (const char *)&k, sizeof k), NP_KEY_SEEN);
        }
        assert_true(np_keys_hand_over(&keys, &lists));
        assert_int_equal(lists.keys, COUNTS[i]);
        seen s = {.stop = UINT64_MAX};
        np_shared_keys shared;
        assert_true(np_key_lists_each(&lists, see, &s) && np_key_lists_shared(&lists, &shared));
        assert_int_equal(s.count, COUNTS[i]);
        assert_int_equal(shared.keys, 0);
        np_keys_free(&keys);
        np_key_lists_free(&lists);
        free(m.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_siphash), cmocka_unit_test(keys_as_text),    cmocka_unit_test(lists_in_order),
        cmocka_unit_test(what_lists_share),   cmocka_unit_test(lists_that_fail), cmocka_unit_test(keys_handed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
