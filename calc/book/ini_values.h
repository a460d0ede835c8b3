/* The values of scanned keys, by iniparser. Private to calc/book. */
#ifndef NATOPAY_BOOK_INI_VALUES_H
#define NATOPAY_BOOK_INI_VALUES_H

#include "natopay/book/ini.h"

/* Fill in the values of all keys, but those of sections of which `later` says so (NULL: of none). */
void np_ini_fill(np_arena *arena, np_ini *ini, bool (*later)(const char *type));

#endif
