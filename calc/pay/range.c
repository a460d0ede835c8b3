#include "natopay/pay/range.h"

#include <stdlib.h>
#include <string.h>

enum { ALL_CORNERS = 10 }; /* up to this many uncertain figures every combination is computed: at most 1,024 payslips */

typedef struct probe {
    const np_situation *situation;
    np_diags *diags;
    np_payslip *payslip;
    uint8_t *ends;   /* [uncertain] */
    bool *took_part; /* [uncertain] */
} probe;

static probe new_probe(const np_situation *situation, np_arena *arena, np_diags *diags)
{
    size_t count = situation->book->uncertain_count + 1;
    return (probe){.situation = situation,
                   .diags = diags,
                   .payslip = np_payslip_new(situation->book, arena, false),
                   .ends = np_arena_array(arena, count, sizeof(uint8_t)),
                   .took_part = np_arena_array(arena, count, sizeof(bool))};
}

static bool net_of(probe *p, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part};
    if (!np_payslip_compute(p->payslip, p->situation, p->diags, &options)) return false;
    *net = p->payslip->net.amount;
    return true;
}

static size_t list_parts(const probe *p, uint16_t *parts)
{
    size_t count = 0;
    for (uint16_t i = 0; i < p->situation->book->uncertain_count; i++)
        if (p->took_part[i]) parts[count++] = i;
    return count;
}

/* Which uncertain figures take part, at whatever ends: one end may bring another figure into play. */
static bool find_parts(probe *p, uint16_t *parts, size_t *count, np_num *middle)
{
    const np_book *book = p->situation->book;
    if (!net_of(p, middle)) return false;
    for (uint16_t i = 0; i < book->uncertain_count; i++) {
        if (!p->took_part[i]) continue;
        np_num net;
        for (uint8_t end = NP_LOW; end <= NP_HIGH; end++) {
            p->ends[i] = end;
            if (!net_of(p, &net)) return false;
        }
        p->ends[i] = NP_MIDDLE;
    }
    *count = list_parts(p, parts);
    return true;
}

static void widen(np_range *range, np_num net)
{
    if (np_num_compare(net, range->low) < 0) range->low = net;
    if (np_num_compare(net, range->high) > 0) range->high = net;
}

static bool every_corner(probe *p, const uint16_t *parts, size_t count, np_range *range)
{
    for (size_t corner = 0; corner < (size_t)1 << count; corner++) {
        np_num net;
        for (size_t i = 0; i < count; i++) p->ends[parts[i]] = corner >> i & 1 ? NP_HIGH : NP_LOW;
        if (!net_of(p, &net)) return false;
        widen(range, net);
        range->corner_count++;
    }
    return true;
}

static bool own_ends(probe *p, const uint16_t *parts, size_t count, np_range *range)
{
    const np_book *book = p->situation->book;
    uint8_t *lowest = np_arena_array(p->payslip->arena, book->uncertain_count, 1);
    uint8_t *highest = np_arena_array(p->payslip->arena, book->uncertain_count, 1);
    np_num low, high;
    for (size_t i = 0; i < count; i++) {
        p->ends[parts[i]] = NP_LOW;
        if (!net_of(p, &low)) return false;
        p->ends[parts[i]] = NP_HIGH;
        if (!net_of(p, &high)) return false;
        p->ends[parts[i]] = NP_MIDDLE;
        bool rises = np_num_compare(low, high) <= 0;
        lowest[parts[i]] = rises ? NP_LOW : NP_HIGH;
        highest[parts[i]] = rises ? NP_HIGH : NP_LOW;
    }
    memcpy(p->ends, lowest, book->uncertain_count);
    if (!net_of(p, &low)) return false;
    memcpy(p->ends, highest, book->uncertain_count);
    if (!net_of(p, &high)) return false;
    widen(range, low);
    widen(range, high);
    range->corner_count = 2 * count + 2;
    return true;
}

bool np_net_range(const np_situation *situation, np_arena *arena, np_diags *diags, np_range *range)
{
    probe p = new_probe(situation, arena, diags);
    uint16_t *parts = np_arena_array(arena, situation->book->uncertain_count + 1, sizeof *parts);
    size_t count;
    np_num middle;
    if (!find_parts(&p, parts, &count, &middle)) return false;
    for (size_t known = SIZE_MAX; known != count; count = list_parts(&p, parts)) { /* a corner may bring in more */
        known = count;
        memset(p.ends, NP_MIDDLE, situation->book->uncertain_count);
        *range = (np_range){.low = middle, .high = middle, .complete = count <= ALL_CORNERS};
        if (range->complete ? !every_corner(&p, parts, count, range) : !own_ends(&p, parts, count, range)) return false;
        if (!range->complete) break;
    }
    return true;
}

static int by_spread(const void *a, const void *b)
{
    const np_sensitivity *x = a, *y = b;
    int order = np_num_compare(y->spread, x->spread);
    return order ? order : x->uncertain - y->uncertain;
}

bool np_net_sensitivity(const np_situation *situation, np_arena *arena, np_diags *diags, np_sensitivity **rows,
                        size_t *count)
{
    probe p = new_probe(situation, arena, diags);
    uint16_t *parts = np_arena_array(arena, situation->book->uncertain_count + 1, sizeof *parts);
    np_num middle;
    if (!find_parts(&p, parts, count, &middle)) return false;
    np_sensitivity *found = np_arena_array(arena, *count + 1, sizeof *found);
    size_t part_count = *count;
    *count = 0;
    for (size_t i = 0; i < part_count; i++) {
        np_sensitivity *row = &found[*count];
        row->uncertain = parts[i];
        p.ends[parts[i]] = NP_LOW;
        if (!net_of(&p, &row->net_low)) return false;
        p.ends[parts[i]] = NP_HIGH;
        if (!net_of(&p, &row->net_high)) return false;
        p.ends[parts[i]] = NP_MIDDLE;
        np_num spread = np_num_sub(arena, row->net_high, row->net_low);
        row->spread = np_num_sign(spread) < 0 ? np_num_neg(arena, spread) : spread;
        *count += np_num_sign(spread) != 0; /* else it took part, and decided nothing */
    }
    if (*count > 1) qsort(found, *count, sizeof *found, by_spread);
    *rows = found;
    return true;
}
