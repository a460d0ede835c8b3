/* One section of one file, laid over what the files before it say. Private to calc/book. */
#ifndef NATOPAY_BOOK_DEFINITIONS_H
#define NATOPAY_BOOK_DEFINITIONS_H

#include "build.h"

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer);

/* A section that has nothing but texts in other languages (label.fr, note.fr and so on) is no second definition: it
 * adds to the one of its name, in whatever file of the layer that stands. So it is laid after all those are. */
bool np_is_translation(const np_ini_section *section);
void np_lay_translation(np_build *build, const np_ini_section *section, unsigned layer);

/* Of the definitions of a type, the one whose name is nearest; NULL: none is near. */
const np_definition *np_nearest_definition(const np_book *book, const char *type, const char *name);

/* With all sections laid: what they take over from others (same_as). */
void np_take_same(np_build *build);

#endif
