/* The rule book's parts as tables. */
#ifndef NATOPAY_SHOW_BOOK_TABLES_H
#define NATOPAY_SHOW_BOOK_TABLES_H

#include "natopay/book/model.h"
#include "natopay/show/table.h"

/* Each fills in the rows for `name`, or for all when it is NULL. */
void np_table_of_grades(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_sources(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_countries(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_stations(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_currencies(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_parameters(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_rules(np_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_inputs(np_table *table, const np_book *book, const np_lang *lang, const char *name);

/* The sections of all scales, or one country's figures on a date (NP_DATE_NONE: its newest section), each with how
 * it came about, its status and its sources. */
void np_table_of_scales(np_table *table, const np_book *book, const np_lang *lang);
void np_table_of_scale(np_table *table, const np_book *book, const np_lang *lang, uint16_t country, np_date date);

#endif
