/* What people write around a value: words for nothing, brackets behind a word, "Step 5", a grade with its step. */
#include <string.h>

#include "cell_internal.h"
#include "natopay/base/text.h"
#include "natopay/book/spelling.h"
#include "natopay/plan/list_map.h"

enum { WORD_MOST = 80, STEP_DIGITS = 2 };

bool np_cell_is_nothing(const np_cell_reading *reading, const char *text, size_t length)
{
    static const char *const DASHES[] = {"-", "--", "\342\200\223", "\342\200\224"};
    char first = *text;
    if (np_is_digit(first)) return false;
    for (size_t i = 0; (first == '-' || first == '\342') && i < sizeof DASHES / sizeof DASHES[0]; i++)
        if (strlen(DASHES[i]) == length && memcmp(DASHES[i], text, length) == 0) return true;
    /* of two letters it is no such word: NA is a country */
    return length > 2 && reading->book && np_spelled_nothing(reading->book, text, reading->kind == NP_CELL_DATE);
}

void np_cell_read_letter(const np_cell_reading *reading, const char **text, size_t *length)
{
    if (*length != 1 || !reading->input || reading->input->type != NP_TRUTH) return;
    bool yes = strchr("yYjJoOxX1", **text) != NULL, no = strchr("nN0", **text) != NULL;
    if (!yes && !no) return;
    *text = yes ? "yes" : "no";
    *length = strlen(*text);
}

static bool is_known_word(const np_book *book, const np_input *input, const char *text)
{
    if (input->type == NP_TRUTH) return np_spelled_truth(text) >= 0 || np_spelled_choice(book, input, text) >= 0;
    if (input->type == NP_COUNTRY) return np_spelled_country(book, text) >= 0;
    return np_spelled_choice(book, input, text) >= 0;
}

void np_cell_drop_brackets(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    const char *open = memchr(*text, '(', *length);
    const np_input *input = reading->input;
    if (!open || open == *text || !input || (*text)[*length - 1] != ')') return;
    if (input->type != NP_TRUTH && input->type != NP_COUNTRY && !input->choice_count) return;
    if (is_known_word(reading->book, input, np_arena_copy(arena, *text, *length))) return;
    size_t before = (size_t)(open - *text);
    while (before && (*text)[before - 1] == ' ') before--;
    const char *word = np_arena_copy(arena, *text, before);
    if (!before || !is_known_word(reading->book, input, word)) return;
    *text = word;
    *length = before;
}

/* Whether a word in front of a number is what the column is called. */
static bool is_called(const np_book *book, const np_input *input, const char *word, size_t length)
{
    char name[WORD_MOST];
    while (length && !np_is_letter(word[length - 1]) && (unsigned char)word[length - 1] < 128) length--;
    if (!length || length >= sizeof name) return false;
    memcpy(name, word, length);
    name[length] = '\0';
    np_heading heading = np_spelled_heading(book, name);
    return np_same_heading(name, input->name) || (heading.kind == NP_HEADING_INPUT && heading.input == input);
}

void np_cell_drop_name(const np_cell_reading *reading, const char **text, size_t *length)
{
    size_t at = *length;
    if (!reading->input || np_is_digit(**text)) return;
    while (at && np_is_digit((*text)[at - 1])) at--;
    if (at == 0 || at == *length || !is_called(reading->book, reading->input, *text, at)) return;
    *text += at;
    *length -= at;
}

/* "G12" of "G12/5", "G.12 step 5": letters, what may stand between, digits. */
static size_t grade_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && !np_is_digit(text[at]) && text[at] != '/') at++;
    size_t digits = at;
    while (at < length && np_is_digit(text[at])) at++;
    return at > digits && digits ? at : 0;
}

/* The two grades of a twin-graded post are none with a step. */
static bool is_twin(const np_book *book, const char *text)
{
    int grades[2];
    return np_spelled_grades(book, text, grades) && book->grades[grades[0]].twin == grades[1];
}

/* Where the digits of a step begin, which end at `end`; 0: there are none. */
static size_t step_digits(const np_cell_reading *reading, const char *text, size_t grade, size_t end)
{
    size_t digits = end, at = grade;
    while (digits > at && np_is_digit(text[digits - 1])) digits--;
    if (digits == end || digits == at || end - digits > STEP_DIGITS) return 0;
    while (at < digits && strchr(" /-.,;:(", text[at])) at++;
    return at == digits || is_called(reading->book, reading->step, text + at, digits - at) ? digits : 0;
}

bool np_cell_split_step(const np_cell_reading *reading, np_arena *arena, const char **cell, size_t *length,
                        const char **step)
{
    const char *text = *cell;
    size_t grade = grade_length(text, *length), end = *length;
    if (!reading->step || !grade || grade == end) return false;
    while (end > grade && (text[end - 1] == ' ' || text[end - 1] == ')')) end--;
    size_t digits = step_digits(reading, text, grade, end);
    if (!digits || np_spelled_grade(reading->book, np_arena_copy(arena, text, grade), NULL) < 0) return false;
    if (is_twin(reading->book, np_arena_copy(arena, text, *length))) return false;
    *step = np_arena_copy(arena, text + digits, end - digits);
    *cell = np_arena_copy(arena, text, grade);
    *length = grade;
    return true;
}
