/* Finding what people wrote among the names, labels and aliases of the book. */
#include "natopay/book/spelling.h"

#include <string.h>

#include "build.h"

enum { SPELLED_MOST = 160 };

/* What does not matter within a name. */
static bool is_between(char c)
{
    return strchr(" \t.-_'", c) != NULL;
}

/* The same beyond ASCII, and accents that stand for themselves. */
static bool is_passed_over(uint32_t point)
{
    return point == 0xA0 || point == 0x202F || point == 0x2019 || (point >= 0x2010 && point <= 0x2014) ||
           (point >= 0x300 && point < 0x370);
}

/* Add the letters that matter; false when they are too many. */
static bool add_letters(char key[SPELLED_MOST], size_t *length, const char *text)
{
    for (size_t size = strlen(text), i = 0; i < size;) {
        uint32_t point;
        char letters[4];
        i += np_utf8_next(text + i, size - i, &point);
        if (point == NP_UTF8_BAD) return false;
        if (is_passed_over(point)) continue;
        size_t count = np_plain_letters(point, letters);
        if (!count) count = np_utf8_put(letters, point);
        for (size_t k = 0; k < count; k++) {
            char c = letters[k];
            if (is_between(c)) continue;
            if (*length + 1 >= SPELLED_MOST) return false;
            key[(*length)++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
    }
    key[*length] = '\0';
    return true;
}

/* "grade g10": what a spelling is looked up by. False when the text is no name. */
static bool key_of(char key[SPELLED_MOST], const char *kind, const char *text)
{
    size_t length = strlen(kind);
    if (length + 2 >= SPELLED_MOST) return false;
    memcpy(key, kind, length);
    key[length++] = ' ';
    size_t before = length;
    return add_letters(key, &length, text) && length > before;
}

int np_spelled_word(const np_book *book, const char *kind, const char *text)
{
    char key[SPELLED_MOST];
    return book->spellings && key_of(key, kind, text) ? np_names_get(book->spellings, key) : -1;
}

/* One letter may be wrong, in longer words two; of several that are as near, the one that the book has first. */
int np_spelled_near(const np_book *book, const char *kind, const char *text)
{
    enum { SHORT = 4, LONG = 8 };
    char key[SPELLED_MOST];
    const char *name;
    size_t cursor = 0, before = strlen(kind) + 1;
    int value, best = -1;
    if (!book->spellings || !key_of(key, kind, text) || strlen(key) < before + SHORT) return -1;
    unsigned limit = strlen(key) < before + LONG ? 2 : 3;
    while ((name = np_names_next(book->spellings, &cursor, &value))) {
        if (strncmp(name, key, before) != 0) continue;
        unsigned distance = np_edit_distance(key + before, name + before, limit);
        if (distance > limit || (distance == limit && (best < 0 || value >= best))) continue;
        limit = distance;
        best = value;
    }
    return best;
}

int np_spelling_add(np_build *build, const char *kind, const char *text, int value)
{
    char key[SPELLED_MOST];
    np_book *book = build->book;
    if (!key_of(key, kind, text)) return value;
    if (!book->spellings) book->spellings = np_names_new(build->arena, 500);
    int there = np_names_get(book->spellings, key);
    if (there >= 0) return there;
    np_names_put(build->arena, book->spellings, np_arena_copy(build->arena, key, strlen(key)), value);
    return value;
}

void np_spelling_add_label(np_build *build, const char *kind, const np_label *label, int value)
{
    if (label->text) np_spelling_add(build, kind, label->text, value);
    for (const np_translation *t = label->others; t; t = t->next) np_spelling_add(build, kind, t->text, value);
}

void np_spelling_add_aliases(np_build *build, const char *kind, const char **aliases, size_t count, int value,
                             np_span at)
{
    for (size_t i = 0; i < count; i++) {
        if (np_spelling_add(build, kind, aliases[i], value) == value) continue;
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, at,
                                  "the alias '%s' stands for something else already", aliases[i]);
        np_diag_hint(build->diags, diag, "leave it out: an alias belongs to one alone");
    }
}

/* ---- looking up ---- */

int np_spelled_grade(const np_book *book, const char *text, bool *former)
{
    int grade = np_spelled_word(book, "grade", text);
    int before = grade < 0 ? np_spelled_word(book, "former", text) : -1;
    if (former) *former = before >= 0;
    return grade < 0 ? before : grade;
}

/* Where the second grade begins behind a dash, a slash or a word; NULL: no further place from `from` on. */
static const char *second_of(const char *from, size_t *first_length, const char *text)
{
    static const char *const JOINERS[] = {" to ", " and ", "\u2013", "-", "/", "&"};
    for (const char *at = from; *at; at++)
        for (size_t i = 0; i < sizeof JOINERS / sizeof JOINERS[0]; i++) {
            size_t length = strlen(JOINERS[i]);
            if (strncmp(at, JOINERS[i], length) != 0) continue;
            *first_length = (size_t)(at - text);
            return at + length;
        }
    return NULL;
}

/* "10" behind "G8-" is G10: the letters of the first, the second's digits. */
static int grade_behind(const np_book *book, const char *first, const char *text)
{
    char whole[SPELLED_MOST];
    text += strspn(text, " ");
    size_t letters = strcspn(first, "0123456789"), digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits + strspn(text + digits, " ")]) return np_spelled_grade(book, text, NULL);
    if (letters + digits >= sizeof whole) return -1;
    memcpy(whole, first, letters);
    memcpy(whole + letters, text, digits);
    whole[letters + digits] = '\0';
    return np_spelled_grade(book, whole, NULL);
}

bool np_spelled_grades(const np_book *book, const char *text, int grades[2])
{
    char first[SPELLED_MOST];
    size_t length = 0;
    for (const char *next = second_of(text, &length, text); next; next = second_of(next, &length, text)) {
        if (length >= sizeof first) return false;
        memcpy(first, text, length);
        first[length] = '\0';
        int a = np_spelled_grade(book, first, NULL), b = a < 0 ? -1 : grade_behind(book, first, next);
        if (b < 0 || a == b) continue;
        bool swapped = book->grades[b].rank < book->grades[a].rank;
        grades[0] = swapped ? b : a;
        grades[1] = swapped ? a : b;
        return true;
    }
    return false;
}

int np_spelled_country(const np_book *book, const char *text)
{
    int country = np_spelled_word(book, "country", text);
    return country < 0 ? np_spelled_word(book, "people", text) : country;
}

int np_spelled_station(const np_book *book, const char *text)
{
    return np_spelled_word(book, "station", text);
}

bool np_spelled_same(const char *a, const char *b)
{
    char keys[2][SPELLED_MOST];
    return key_of(keys[0], "", a) && key_of(keys[1], "", b) && strcmp(keys[0], keys[1]) == 0;
}

bool np_spelled_as(const char *name, const np_label *label, const char *text)
{
    if (np_spelled_same(name, text)) return true;
    if (label->text && np_spelled_same(label->text, text)) return true;
    for (const np_translation *t = label->others; t; t = t->next)
        if (np_spelled_same(t->text, text)) return true;
    return false;
}

const np_rule *np_spelled_rule(const np_book *book, const char *text)
{
    for (int facts = 0; facts < 2; facts++)
        for (size_t i = 0; i < book->rule_count; i++) {
            const np_rule *rule = &book->rules[i];
            if ((rule->kind == NP_FACT) != (facts == 1)) continue;
            if (np_spelled_as(rule->name, &rule->label, text)) return rule;
        }
    return NULL;
}

int np_spelled_choice(const np_book *book, const np_input *input, const char *text)
{
    return np_spelled_word(book, input->name, text);
}

int np_spelled_truth(const char *text)
{
    static const char *const WORDS[] = {"no", "yes", "false", "true", "non", "oui", "nein", "ja"};
    char key[SPELLED_MOST];
    size_t length = 0;
    if (!add_letters(key, &length, text)) return -1;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i], key) == 0) return (int)(i % 2);
    return -1;
}
