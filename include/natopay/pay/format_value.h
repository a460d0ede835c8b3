/* Values in words, as files and the command line write them. */
#ifndef NATOPAY_PAY_FORMAT_VALUE_H
#define NATOPAY_PAY_FORMAT_VALUE_H

#include "natopay/book/model.h"

/* "5335.54 EUR", "10%" when it was written so, "yes", "G10", "2026-03-01, 2030-01-01", "6 months"; "unknown" when it
 * is. In a language; for files and programs, in English (NULL). */
void np_print_value(np_text *out, const np_book *book, const np_value *value, const np_lang *lang);

/* The same, but for a number or amount that is no decimal: its first digits, "7558.3476... EUR". */
void np_print_about(np_text *out, const np_book *book, const np_value *value, const np_lang *lang);

/* "3 months and 1 day" */
void np_print_duration(np_text *out, np_duration duration, const np_lang *lang);

/* An amount to its currency's minor unit: "5335.54". */
void np_print_amount(np_text *out, const np_book *book, np_num amount, uint16_t currency);

/* Name of an input or rule. */
const char *np_slot_name(const np_book *book, uint16_t slot);

/* Its label in a language. */
const char *np_slot_label(const np_book *book, uint16_t slot, const np_lang *lang);

/* What an uncertain figure is (np_book.uncertain), in a language: "Group insurance, staff premium", "Basic salary of
 * G9, Belgium". Lives in the arena or the book. */
const char *np_uncertain_label(const np_book *book, np_arena *arena, uint16_t uncertain, const np_lang *lang);

/* Its kind ("parameter", "exchange" or "salary") and its name for programs: "group_insurance_rate", "USD", "BE G9". */
const char *np_uncertain_kind_name(const np_book *book, uint16_t uncertain);
const char *np_uncertain_name(const np_book *book, np_arena *arena, uint16_t uncertain);

#endif
