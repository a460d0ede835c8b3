/* The book's list of figures that have a low and a high. */
#include <string.h>

#include "build.h"

uint16_t np_build_uncertain(np_build *build, np_uncertain what)
{
    np_book *book = build->book;
    if (book->uncertain_count == book->uncertain_capacity) {
        size_t capacity = book->uncertain_capacity ? 2 * book->uncertain_capacity : 64;
        np_uncertain *larger = np_arena_array(build->arena, capacity, sizeof *larger);
        if (book->uncertain_count) memcpy(larger, book->uncertain, book->uncertain_count * sizeof *larger);
        book->uncertain = larger;
        book->uncertain_capacity = capacity;
    }
    book->uncertain[book->uncertain_count] = what;
    return (uint16_t)book->uncertain_count++;
}
