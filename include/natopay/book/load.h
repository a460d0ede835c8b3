/* Loading a rule book: its folder, overlays, and posts laid over it. */
#ifndef NATOPAY_BOOK_LOAD_H
#define NATOPAY_BOOK_LOAD_H

#include "natopay/book/model.h"

/* Inputs that a plan makes of a list's columns stand in an overlay of this name. Whoever declares such an input too
 * does not repeat what another file says. */
#define NP_LIST_COLUMNS "columns of the list"

/* Read a pack's folder and overlays. The book is there even after errors (see diags), as far as it was understood; it
 * must then only be linted. NULL: no memory. */
np_book *np_book_load(np_reader reader, np_diags *diags, np_arena *arena, const char *folder,
                      const char *const *overlays, size_t overlay_count);

/* Lay files of a post, and at most one source for it, over a book that is loaded, each as an overlay: they change none
 * of its rules, so that nothing else is read anew. What is wrong with them is reported. False: no memory. */
bool np_book_lay_posts(np_book *book, np_diags *diags, const char *const *paths, size_t count);

/* SHA-256 in hex of all files that say more than posts and persons, without comments and empty lines. Found when it is
 * first asked for, which two threads must not do at once: it takes as long as half of loading the book. */
const char *np_book_hash(const np_book *book);

#endif
