/* The values of scanned keys, by iniparser. Private to calc/book. */
#ifndef NATOPAY_BOOK_INI_VALUES_H
#define NATOPAY_BOOK_INI_VALUES_H

#include "natopay/book/ini.h"

/* Fill in the values of all keys of some texts, but those of sections of which `later` says so (NULL: of none). */
void np_ini_fill(np_arena *arena, const np_ini *inis, size_t count, bool (*later)(const char *type));

#endif
