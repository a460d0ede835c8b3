/* How a book's grades are written: letters and a number. Both are learnt from the names, aliases and former names of
 * its grades: G15, NG15 and A.2 are one grade. */
#include <string.h>

#include "notice_internal.h"

enum {
    LETTERS_MOST = 32,
    BEYOND = 5 /* "Grade: 27" where the highest is 24: a grade that the book lacks; 30 is something else */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t letter_count(const char *text)
{
    size_t count = 0;
    while (is_letter(text[count])) count++;
    return count;
}

/* The entry of these letters, a new one where there is none yet; NULL: there are too many. */
static np_grade_letters *letters_of(np_patterns *patterns, const char *text, size_t length, bool former)
{
    for (size_t i = 0; i < patterns->grade_letter_count; i++) {
        np_grade_letters *known = &patterns->grade_letters[i];
        if (known->former == former && known->length == length && strncmp(known->text, text, length) == 0) return known;
    }
    if (patterns->grade_letter_count == LETTERS_MOST) return NULL;
    np_grade_letters *added = &patterns->grade_letters[patterns->grade_letter_count++];
    *added =
        (np_grade_letters){.text = np_arena_copy(patterns->arena, text, length), .length = length, .former = former};
    memset(added->grades, -1, sizeof added->grades);
    return added;
}

/* "G15", "A.2": letters, perhaps a dot, one or two digits. What is written otherwise is no such name. */
static void add_name(np_patterns *patterns, const char *name, size_t grade, bool former)
{
    size_t length = letter_count(name);
    const char *digits = name + length + (name[length] == '.');
    size_t count = strspn(digits, "0123456789");
    if (!length || count < 1 || count > 2 || digits[count]) return;
    int number = digits[0] - '0';
    if (count == 2) number = number * 10 + digits[1] - '0';
    np_grade_letters *letters = letters_of(patterns, name, length, former);
    if (!letters) return;
    if (!letters->shown) {
        const char *own = patterns->book->grades[grade].name;
        letters->shown = np_arena_copy(patterns->arena, own, letter_count(own));
    }
    if (letters->grades[number] < 0) letters->grades[number] = (int16_t)grade;
    if (number + BEYOND > patterns->grade_number_most) patterns->grade_number_most = number + BEYOND;
}

/* Letters that are written for those of former grades: "LI=L|LT=L". */
static void add_variants(np_patterns *patterns)
{
    const char *list = np_pattern_words(patterns, "grade_letters", 13);
    for (np_word word; np_next_word(&list, &word);)
        for (size_t i = 0, count = patterns->grade_letter_count; i < count; i++) {
            const np_grade_letters *meant = &patterns->grade_letters[i];
            if (!meant->former || !np_word_says(&word, meant->text)) continue;
            np_grade_letters *variant = letters_of(patterns, word.text, word.length, true);
            if (!variant) continue;
            memcpy(variant->grades, meant->grades, sizeof variant->grades);
            variant->variant = true;
        }
}

/* The letters that the names of all grades begin with; NULL: they differ, so a number alone names no grade. */
static const np_grade_letters *letters_of_all(const np_patterns *patterns)
{
    const np_book *book = patterns->book;
    const np_grade_letters *first = patterns->grade_letters;
    for (size_t i = 0; i < book->grade_count; i++) {
        const char *name = book->grades[i].name;
        size_t length = letter_count(name);
        if (length != first->length || strncmp(name, first->text, length) != 0) return NULL;
    }
    return patterns->grade_letter_count ? first : NULL;
}

void np_grade_letters_compile(np_patterns *patterns)
{
    const np_book *book = patterns->book;
    patterns->grade_letters = np_arena_array(patterns->arena, LETTERS_MOST, sizeof *patterns->grade_letters);
    for (size_t i = 0; i < book->grade_count; i++) {
        const np_grade *grade = &book->grades[i];
        add_name(patterns, grade->name, i, false);
        for (size_t k = 0; k < grade->alias_count; k++) add_name(patterns, grade->aliases[k], i, false);
        if (grade->legacy) add_name(patterns, grade->legacy, i, true);
    }
    add_variants(patterns);
    patterns->letters_of_all = letters_of_all(patterns);
}
