/* What staff lists that come from other programs call the inputs, and the column that tells staff apart; the words that
 * they write where there is nothing. */
#include <string.h>

#include "build.h"
#include "natopay/book/spelling.h"

enum { HEADING_MOST = 160, RANKS = 256, STAFF_ID = 0, NOTHING = 1, NO_DATE = 2 };

/* Only letters and digits matter in a heading; what stands in brackets behind it does when `whole`. */
static bool plain_heading(char plain[HEADING_MOST], const char *text, bool whole)
{
    size_t length = 0;
    for (const char *c = text; *c && (whole || !length || !strchr("([", *c)); c++) {
        bool matters = np_is_letter(*c) || np_is_digit(*c) || (unsigned char)*c > 127;
        if (length + 1 >= HEADING_MOST) return false;
        if (matters) plain[length++] = *c;
    }
    plain[length] = '\0';
    return length > 0;
}

/* `number`: 0 for the column that tells staff apart, else 1 and the input's place in the book. */
static void add_heading(np_build *build, const char *text, int number, size_t rank, np_span at)
{
    char plain[HEADING_MOST];
    if (!plain_heading(plain, text, true)) return;
    int value = number * RANKS + (int)(rank < RANKS ? rank : RANKS - 1);
    int there = np_spelling_add(build, "heading", plain, value);
    if (there / RANKS == number) return;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_VALUE, at, "the heading '%s' stands for another column already", text);
    np_diag_hint(build->diags, diag, "leave it out: a heading belongs to one column alone");
}

/* A word that means nothing in any column, or in one of dates. */
static void add_word_for_nothing(np_build *build, const char *text, int number, size_t rank, np_span at)
{
    (void)rank;
    if (np_spelling_add(build, "nothing", text, number) == number) return;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_VALUE, at, "the word '%s' stands in nothing and in no_date", text);
    np_diag_hint(build->diags, diag, "leave it out of no_date: in columns of dates both hold");
}

/* `key` and `key.fr` and the like; true when there are any. */
static bool take_items(np_build *build, np_definition *definition, const char *word, int number,
                       void (*add)(np_build *build, const char *text, int number, size_t rank, np_span at))
{
    size_t length = strlen(word);
    bool any = false;
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        const char *rest = key->name + length;
        if (strncmp(key->name, word, length) != 0 || (*rest && (*rest != '.' || strlen(rest) != 3))) continue;
        size_t count = 0;
        np_item *items = np_split(build, key, &count);
        for (size_t k = 0; k < count; k++) add(build, items[k].text, number, k + 2, key->value_at);
        definition->keys[i].used = any = true;
    }
    return any;
}

void np_take_headings(np_build *build, np_definition *definition, const np_input *input, size_t place)
{
    int number = (int)place + 1;
    if (!take_items(build, definition, "headings", number, add_heading)) return;
    add_heading(build, input->name, number, 0, input->at);
    if (input->label.text) add_heading(build, input->label.text, number, 1, input->at);
    for (const np_translation *t = input->label.others; t; t = t->next)
        add_heading(build, t->text, number, 1, input->at);
}

void np_take_list_words(np_build *build, np_definition *organisation)
{
    take_items(build, organisation, "staff_id", STAFF_ID, add_heading);
    take_items(build, organisation, "nothing", NOTHING, add_word_for_nothing);
    take_items(build, organisation, "no_date", NO_DATE, add_word_for_nothing);
}

bool np_spelled_nothing(const np_book *book, const char *text, bool date)
{
    int found = np_spelled_word(book, "nothing", text);
    return found == NOTHING || (date && found == NO_DATE);
}

static np_heading heading_of(const np_book *book, const char *text)
{
    char plain[HEADING_MOST];
    np_heading heading = {.kind = NP_HEADING_UNKNOWN};
    int found = plain_heading(plain, text, true) ? np_spelled_word(book, "heading", plain) : -1;
    if (found < 0 && plain_heading(plain, text, false)) found = np_spelled_word(book, "heading", plain);
    if (found < 0) return heading;
    heading.kind = found / RANKS == STAFF_ID ? NP_HEADING_STAFF_ID : NP_HEADING_INPUT;
    heading.rank = (unsigned)(found % RANKS);
    if (heading.kind == NP_HEADING_INPUT) heading.input = &book->inputs[found / RANKS - 1];
    return heading;
}

const np_input *np_heading_near(const np_book *book, const char *text)
{
    char plain[HEADING_MOST];
    int found = plain_heading(plain, text, false) ? np_spelled_near(book, "heading", plain) : -1;
    return found < 0 || found / RANKS == STAFF_ID ? NULL : &book->inputs[found / RANKS - 1];
}

/* "Grade/Step" is one column of both, which the grade's reads; "Grade step" is one of steps. */
static bool is_grade_and_step(const np_book *book, const char *text, np_heading *grade)
{
    char first[HEADING_MOST];
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : 0;
    if (!length || length >= sizeof first) return false;
    memcpy(first, text, length);
    first[length] = '\0';
    *grade = heading_of(book, first);
    np_heading step = heading_of(book, slash + 1);
    return grade->kind == NP_HEADING_INPUT && grade->input->slot == book->grade_slot && step.kind == NP_HEADING_INPUT &&
           step.input == np_book_input(book, "step");
}

np_heading np_spelled_heading(const np_book *book, const char *text)
{
    np_heading both;
    return is_grade_and_step(book, text, &both) ? both : heading_of(book, text);
}
