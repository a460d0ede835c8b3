/* Private to calc/book: one section of one file, laid over what is there. */
#ifndef NATOPAY_BOOK_DEFINITIONS_H
#define NATOPAY_BOOK_DEFINITIONS_H

#include "build.h"

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer);

#endif
