/* Private to calc/book: one section of one file, laid over what is there. */
#ifndef NATOPAY_BOOK_DEFINITIONS_H
#define NATOPAY_BOOK_DEFINITIONS_H

#include "build.h"

/* Whether sections of a type are only scanned when the book loads: who needs their values asks for them
 * (np_ini_values). */
bool np_values_come_later(const char *type);

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer);

#endif
