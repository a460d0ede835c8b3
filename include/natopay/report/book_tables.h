/* The rule book's parts as tables, for looking things up. */
#ifndef NATOPAY_REPORT_BOOK_TABLES_H
#define NATOPAY_REPORT_BOOK_TABLES_H

#include "natopay/book/model.h"
#include "natopay/report/output.h"

/* Each fills in the rows for `name`, or for all when it is NULL. */
void np_table_of_grades(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_sources(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_countries(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_stations(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_currencies(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_parameters(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_rules(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_functions(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
void np_table_of_inputs(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);
/* The types of sections and their keys: `name` is a type. */
void np_table_of_sections(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name);

/* The sections of all scales, or one country's figures on a date (NP_DATE_NONE: its newest section), each with how
 * it came about, its status and its sources. */
void np_table_of_scales(np_doc_table *table, const np_book *book, const np_lang *lang);
void np_table_of_scale(np_doc_table *table, const np_book *book, const np_lang *lang, uint16_t country, np_date date);

/* What was looked up. */
typedef struct np_lookup {
    np_doc_table *table;
    const char *title; /* of pages: what it is a table of */
    bool each_alone;   /* text: each row for itself */
    const np_book *book;
    const np_lang *lang;
    bool inputs; /* it is a table of inputs: as JSON they are typed */
} np_lookup;

np_output np_lookup_output(const np_lookup *lookup);

#endif
