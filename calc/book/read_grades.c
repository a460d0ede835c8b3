/* Reading [grade] sections: the grades in their order, their other names, the pairs of twin-graded posts. */
#include <stdlib.h>
#include <string.h>

#include "build.h"

static int by_rank(const void *a, const void *b)
{
    return ((const np_grade *)a)->rank - ((const np_grade *)b)->rank;
}

static void spell_grades(np_build *build)
{
    np_grade *grades = build->book->grades;
    int count = (int)build->book->grade_count;
    for (int i = 0; i < count; i++) np_spelling_add(build, "grade", grades[i].name, i);
    for (int i = 0; i < count; i++) {
        np_spelling_add_label(build, "grade", &grades[i].label, i);
        if (grades[i].legacy) np_spelling_add(build, "former", grades[i].legacy, i);
    }
    for (int i = 0; i < count; i++)
        np_spelling_add_aliases(build, "grade", grades[i].aliases, grades[i].alias_count, i, grades[i].at);
}

/* `before`: the grade of the section above, whose rank this one follows unless it says its own; NULL: there is
 * none. */
static void read_grade(np_build *build, np_definition *definition, np_grade *grade, const np_grade *before)
{
    grade->name = definition->name;
    char *key = np_arena_copy(build->arena, grade->name, strlen(grade->name));
    for (char *c = key; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + ('a' - 'A'));
    grade->key = key;
    grade->at = definition->at;
    grade->label = np_take_label(build, definition, "label");
    np_origin origin = np_take_origin(build, definition, NP_PUBLISHED);
    grade->source = origin.source;
    grade->status = origin.status;
    grade->note = origin.note;
    np_read_keys(build, definition, grade);
    np_take(definition, "twin"); /* read when all grades are there */
    grade->aliases = np_take_aliases(build, definition, "", &grade->alias_count);
    static const char *const KEYS[] = {"rank", "category", "legacy"};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) np_key_origin(build, definition, KEYS[i], &origin);
    np_num number = np_num_int(0);
    int64_t whole = 0;
    const np_ini_key *rank = np_take(definition, "rank");
    if (!rank) whole = before ? before->rank + 1 : 1;
    if (rank && np_item_number(build, rank, np_whole(build, rank), &number) &&
        (!np_num_to_int(number, &whole) || whole < 0 || whole > 1000))
        np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, rank->value_at, "a rank is a whole number from 0 to 1000");
    grade->rank = (int)whole;
    np_refuse_other_keys(build, definition);
}

/* With all grades in their order, the pairs in which posts are twin-graded. */
static void read_twins(np_build *build)
{
    np_book *book = build->book;
    for (size_t i = 0; i < book->grade_count; i++) {
        const np_definition *definition = np_book_definition(book, "grade", book->grades[i].name);
        const np_key *key = definition ? np_definition_key(definition, "twin") : NULL;
        book->grades[i].twin = UINT16_MAX;
        if (!key) continue;
        int found = np_find_grade(build, key->ini->value, key->ini->value_at);
        if (found < 0) continue;
        book->grades[i].twin = (uint16_t)found;
        if (found > (int)i) continue;
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, key->ini->value_at,
                                  "the higher grade of a twin-graded post is above %s, not %s", book->grades[i].name,
                                  key->ini->value);
        np_diag_hint(build->diags, diag, "give the pair in the section of its lower grade");
    }
}

void np_build_grades(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0, count = np_count_definitions(book, "grade");
    if (count > NP_GRADES_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, np_next_definition(book, "grade", &cursor)->at,
                  "there are more than %d grades", NP_GRADES_MAX);
        count = NP_GRADES_MAX;
        cursor = 0;
    }
    book->grades = np_arena_array(build->arena, count + 1, sizeof *book->grades);
    np_definition *definition;
    while (book->grade_count < count && (definition = np_next_definition(book, "grade", &cursor))) {
        np_grade *grade = &book->grades[book->grade_count];
        read_grade(build, definition, grade, book->grade_count ? grade - 1 : NULL);
        book->grade_count++;
    }
    if (book->grade_count > 1) qsort(book->grades, book->grade_count, sizeof *book->grades, by_rank);
    spell_grades(build);
    read_twins(build);
    for (size_t i = book->grade_count; i-- > 0;)
        book->by_grade[np_grade_hash(book->grades[i].name)] = (uint16_t)(i + 1);
    for (size_t i = 1; i < book->grade_count; i++)
        if (book->grades[i].rank == book->grades[i - 1].rank) {
            np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, book->grades[i].at,
                                      "two grades have the rank %d", book->grades[i].rank);
            np_diag_hint(build->diags, diag, "ranks put the grades in order: give each its own");
            np_diag_note(build->diags, diag, book->grades[i - 1].at, "the other one");
        }
}
