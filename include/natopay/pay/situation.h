/* A situation: who, in which post, on which date. The values of the book's inputs, each with the place it came from. */
#ifndef NATOPAY_PAY_SITUATION_H
#define NATOPAY_PAY_SITUATION_H

#include "natopay/book/model.h"

typedef struct np_situation {
    const np_book *book;
    np_value *values;                     /* [slot]; only those of inputs that are given */
    bool *given;                          /* [slot] */
    bool *assumed;                        /* [slot]: given by a default that had to be settled, not by the user */
    bool *by_career;                      /* [slot]: given by what a career has come to, not by the user */
    np_span *at;                          /* [slot] */
    const char *post, *person;            /* names of the sections, NULL when there are none */
    const np_definition *post_definition; /* NULL: none */
    const np_source *salary_source;       /* of the input basic_salary, when a notice prints it; NULL: the user's own */
    bool salary_of_post;                  /* the post prints a salary, for the grade and country below */
    uint16_t salary_grade, salary_country; /* numbers of the grade and the country in the book */
    np_resolved book_salary; /* another published figure that the book has for it; how = NP_NOT_DERIVED: none */
    const np_book *const *compared_books; /* while a person is taken: the books of all posts that are compared. What
                                           * another one alone asks for is passed over */
    size_t compared_count;
} np_situation;

np_situation *np_situation_new(const np_book *book, np_arena *arena);
np_situation *np_situation_copy(const np_situation *from, np_arena *arena);

/* Give an input its value as text, checked against its type, bounds and choices. Later ones replace earlier ones. False
 * after reporting. */
bool np_situation_set(np_situation *situation, np_diags *diags, const np_ini_key *key);

/* The same for one "NAME=VALUE" of the command line (or a CSV cell): `at` is where it stands. */
bool np_situation_set_text(np_situation *situation, np_diags *diags, const char *name, const char *value,
                           np_span name_at, np_span value_at);

/* Give an input a value that was checked already. */
void np_situation_set_value(np_situation *situation, uint16_t slot, np_value value);
void np_situation_forget(np_situation *situation, uint16_t slot);

/* Whether the user gave an input. */
static inline bool np_situation_was_given(const np_situation *situation, uint16_t slot)
{
    return situation->given[slot] && !situation->assumed[slot];
}

/* Where no start is given, settle on the book's default for it, which a career needs as a day; it counts as assumed. */
void np_situation_assume_start(np_situation *situation, np_arena *arena, np_diags *diags);

/* When the post's basic salary is given (inputs basic_salary and basic_salary_date), let the situation stand on a book
 * that has it, for the post's grade and country; see np_book_with_salary. That book; NULL when the situation's own book
 * stays, as no salary is given, or it is not known for which grade, country and day. Warns when the given salary lies
 * more than a tenth from a published one. */
np_book *np_situation_own_salary(np_situation *situation, np_arena *arena, np_diags *diags);

/* What the post is called: its title, or, in another language than the book's own, its label in that language. NULL: it
 * has neither. A title that was given apart from the post goes before its labels. */
const char *np_situation_title(const np_situation *situation, const np_lang *lang);

/* Take all keys of a [post X] or [person X]. False after reporting. */
bool np_situation_take(np_situation *situation, np_diags *diags, const np_definition *definition);

#endif
