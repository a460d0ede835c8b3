/* The values of scanned keys, by iniparser. Private to calc/book. */
#ifndef NATOPAY_BOOK_INI_VALUES_H
#define NATOPAY_BOOK_INI_VALUES_H

#include "natopay/book/ini.h"

/* Fill in every key's value. False after reporting. */
bool np_ini_values(np_diags *diags, np_ini *ini);

#endif
