/* Scales at random: what is printed stands, and what is carried follows the indexes to the cent. */
#include <gmp.h>

#include "unit/book_support.h"

#include "natopay/book/scale.h"

enum { ROUNDS = 1500, SECTIONS = 8, GRADES = 4 };

/* A country's scale in whole cents and thousandths: 0 where nothing is printed or no index is given. */
typedef struct random_scale {
    int sections;
    long cents[SECTIONS][GRADES];
    long index[SECTIONS];
} random_scale;

static random_scale make_scale(random_source *random)
{
    random_scale s = {.sections = 1 + (int)random_below(random, SECTIONS)};
    for (int i = 0; i < s.sections; i++) {
        if (random_below(random, 8)) s.index[i] = 700 + (long)random_below(random, 700);
        for (int g = 0; g < GRADES; g++)
            if (random_below(random, 3) == 0) s.cents[i][g] = 1 + (long)random_below(random, 2000000);
    }
    return s;
}

static void load_scale(fixture *w, const random_scale *s)
{
    np_text text;
    np_text_init(&text, 20000);
    np_text_puts(&text, "[currency EUR]\n[country FR]\ncurrency = EUR\n");
    for (int g = 0; g < GRADES; g++) np_text_printf(&text, "[grade G%d]\nrank = %d\n", g + 1, g + 1);
    for (int i = 0; i < s->sections; i++) {
        np_text_printf(&text, "[scale FR %d-01-01]\nstatus = published\n", 2000 + i);
        if (s->index[i]) np_text_printf(&text, "index = %ld.%03ld\n", s->index[i] / 1000, s->index[i] % 1000);
        for (int g = 0; g < GRADES; g++)
            if (s->cents[i][g])
                np_text_printf(&text, "g%d = %ld.%02ld\n", g + 1, s->cents[i][g] / 100, s->cents[i][g] % 100);
    }
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", np_text_move(&text, w->arena));
    fixture_load(w, "pack");
    expect_clean(&w->diags);
}

/* cents * over / under, half up. */
static long carry(long cents, long over, long under)
{
    mpz_t value;
    mpz_init_set_si(value, cents);
    mpz_mul_si(value, value, 2 * over);
    mpz_add_ui(value, value, (unsigned long)under);
    mpz_fdiv_q_ui(value, value, 2 * (unsigned long)under);
    long result = mpz_get_si(value);
    mpz_clear(value);
    return result;
}

/* The figure in cents, 0 when there is none; *steps: how many indexes it was carried by. */
static long by_hand(const random_scale *s, int section, int grade, int *steps)
{
    for (int away = 0; away < SECTIONS; away++)
        for (int way = -1; way <= 1; way += 2) {
            int from = section + way * away;
            if (from < 0 || from >= s->sections || s->cents[from][grade] == 0) continue;
            long cents = s->cents[from][grade];
            bool broken = false;
            for (int at = from; at != section; at += at < section ? 1 : -1) {
                long index = s->index[at < section ? at + 1 : at];
                broken = broken || index == 0;
                if (!broken) cents = at < section ? carry(cents, index, 1000) : carry(cents, 1000, index);
            }
            if (broken) continue;
            *steps = away;
            return cents;
        }
    return 0;
}

static void figures_follow_the_indexes(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    np_arena *outer = w->arena;
    long carried = 0;
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        w->arena = np_arena_new(0);
        random_scale s = make_scale(&random);
        load_scale(w, &s);
        for (int i = 0; i < s.sections; i++)
            for (int g = 0; g < GRADES; g++) {
                const np_scale *used;
                np_date day = np_date_of(2000 + i, 1 + (int)random_below(&random, 12), 15);
                np_resolved found = np_scale_first_step(w->book, w->arena, 0, (uint16_t)g, day, &used);
                int steps = 0;
                long cents = by_hand(&s, i, g, &steps);
                if (cents == 0) { /* nobody prints it: nothing, or between two that somebody does */
                    assert_true(found.how == NP_NOT_DERIVED || found.how == NP_BETWEEN);
                    continue;
                }
                assert_int_equal(found.how, steps ? NP_CARRIED : NP_PRINTED);
                np_num wanted = np_num_ratio(s.cents[i][g] ? s.cents[i][g] : cents, 100); /* never altered */
                assert_int_equal(np_num_compare(found.value, wanted), 0);
                assert_int_equal(found.status, steps ? NP_CHAINED : NP_PUBLISHED);
                carried += steps > 0;
            }
        np_arena_free(w->arena);
    }
    w->arena = outer;
    assert_true(carried > ROUNDS);
}

/* Up by an index and down again: within the rounding, which is half a cent, and half a cent by the index. */
static void up_and_down_returns(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    np_arena *outer = w->arena;
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        w->arena = np_arena_new(0);
        random_scale s = {.sections = 2}, back = {.sections = 2};
        s.index[1] = back.index[1] = 700 + (long)random_below(&random, 700);
        s.cents[0][0] = 1 + (long)random_below(&random, 2000000);
        load_scale(w, &s);
        np_num up = w->book->countries[0].scales[1]->step1[0].value;
        int64_t cents;
        assert_true(np_num_to_int(np_num_mul(w->arena, up, np_num_int(100)), &cents));
        back.cents[1][0] = (long)cents;
        if (cents > 0) {
            load_scale(w, &back);
            np_num down = w->book->countries[0].scales[0]->step1[0].value;
            np_num off = np_num_sub(w->arena, np_num_mul(w->arena, down, np_num_int(100)), np_num_int(s.cents[0][0]));
            if (np_num_sign(off) < 0) off = np_num_neg(w->arena, off);
            np_num most = np_num_add(w->arena, np_num_ratio(1, 2), np_num_ratio(500, s.index[1]));
            assert_true(np_num_compare(off, most) <= 0);
        }
        np_arena_free(w->arena);
    }
    w->arena = outer;
}

/* A ratio of a scale to itself is 1, and to another the inverse of the way back. */
static void ratios_invert(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    long tried = 0;
    for (size_t a = 0; a < w->book->scale_count; a++)
        for (size_t b = 0; b < w->book->scale_count; b++) {
            np_scale_ratio there = np_scale_ratio_of(w->book, w->arena, &w->book->scales[a], &w->book->scales[b]);
            np_scale_ratio back = np_scale_ratio_of(w->book, w->arena, &w->book->scales[b], &w->book->scales[a]);
            assert_int_equal(there.grades, back.grades);
            if (!there.grades) continue;
            np_num one = np_num_mul(w->arena, there.value, back.value);
            assert_int_equal(np_num_compare(one, np_num_int(1)), 0);
            tried++;
        }
    assert_true(tried > 20);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {fixture_test(figures_follow_the_indexes),
                                              fixture_test(up_and_down_returns), fixture_test(ratios_invert)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
