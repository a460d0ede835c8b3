/* Amounts in minor units as digits: records of a plan have many. Private to calc/report. */
#ifndef NATOPAY_REPORT_PLAN_DIGITS_H
#define NATOPAY_REPORT_PLAN_DIGITS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

enum { AMOUNT_MOST = 24 }; /* bytes of a 64-bit number with a sign and a point */

/* The eight digits of a number below 10^8, one to a byte, the first in the lowest: halves are split off side by side,
 * each quotient by a multiplication. */
static inline uint64_t eight_digits(uint64_t number)
{
    uint64_t high = number / 10000;
    uint64_t fours = high | (number - high * 10000) << 32;
    uint64_t hundreds = fours * 10486 >> 20 & 0x7F0000007F; /* by 100, exact below 10,000 */
    uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
    uint64_t tens = twos * 103 >> 10 & 0xF000F000F000F; /* by 10, exact below 100 */
    return tens | (twos - tens * 10) << 8;
}

/* Up to six digits, a point and two more. */
static inline char *put_hundredths(char *out, uint64_t units)
{
    const uint64_t zeros = 0x3030303030303030;
    uint64_t digits = eight_digits(units);
    unsigned skip = (unsigned)__builtin_ctzll(digits | (uint64_t)1 << 40) / 8; /* one digit stays before the point */
    uint64_t text = htole64((digits | zeros) >> 8 * skip);
    uint16_t cents = htole16((uint16_t)((digits | zeros) >> 48));
    memcpy(out, &text, sizeof text);
    out += 6 - skip;
    *out++ = '.';
    memcpy(out, &cents, sizeof cents);
    return out + sizeof cents;
}

/* The digits of `units` with a point before the last `decimals` of them; where they end. Writes AMOUNT_MOST bytes. */
static inline char *put_units(char *out, int64_t units, unsigned decimals)
{
    char digits[AMOUNT_MOST];
    size_t at = AMOUNT_MOST;
    uint64_t left = units < 0 ? -(uint64_t)units : (uint64_t)units;
    *out = '-';
    out += units < 0;
    if (decimals == 2 && left < 100000000) return put_hundredths(out, left); /* nearly every amount */
    for (unsigned i = 0; i < decimals; i++, left /= 10) digits[--at] = (char)('0' + left % 10);
    if (decimals) digits[--at] = '.';
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    memcpy(out, digits + at, AMOUNT_MOST - at);
    return out + (AMOUNT_MOST - at);
}

#endif
