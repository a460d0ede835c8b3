/* Reading grades in every spelling: G15, NG15, NATO Grade 15, A.2, A-2, G15 (A2), G15-G17, G15/17. */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

enum { REMARK_MAX = 24 };

static bool is_word(char c)
{
    return np_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && strchr(" \t\n", text[at])) at++;
    return at;
}

/* One or two digits that no digit follows, at `at`; the number, or -1. */
static int small_number(const char *text, size_t at, size_t end, size_t *to)
{
    size_t i = at;
    int value = 0;
    while (i < end && np_is_digit(text[i]) && i - at < 3) value = value * 10 + (text[i++] - '0');
    if (i == at || i - at > 2 || (i < end && is_word(text[i]))) return -1;
    *to = i;
    return value;
}

/* A scan's "G 1 2", "(G1 5)": the second digit of a number whose first is at `at`, behind a blank; where it ends, or 0.
 * `apart`: a blank stands before the first digit too. */
static size_t second_digit(const char *text, size_t at, size_t end, bool apart)
{
    size_t to = at + 3;
    if (to > end || !strchr("12", text[at]) || text[at + 1] != ' ' || !np_is_digit(text[at + 2])) return 0;
    if (to < end && (is_word(text[to]) || text[to] == '.' || text[to] == '/')) return 0;
    return apart || to == end || strchr("),;\n", text[to]) ? to : 0;
}

typedef struct token {
    size_t to;
    const np_grade_letters *letters;
    int number;
    int grade; /* of the book, -1: it has none of this name */
} token;

static token numbered(const np_grade_letters *letters, int number, size_t to)
{
    return (token){to, letters, number, letters->grades[number]};
}

/* The word of a list that stands at text[at..), as a whole word unless `part`; false: none does. */
static bool word_at(const char *list, const char *text, size_t at, size_t end, bool part, np_word *word)
{
    while (np_next_word(&list, word)) {
        size_t next = at + word->length;
        if (end - at < word->length || strncasecmp(text + at, word->text, word->length) != 0) continue;
        if (part || !is_word(text[next - 1]) || next >= end || !is_word(text[next])) return true;
    }
    return false;
}

/* Where the grade itself begins that may have "NATO" and "grade" before it; *number: behind these a number alone is a
 * grade. */
static size_t skip_words(const np_patterns *patterns, const char *text, size_t at, size_t end, bool *number)
{
    *number = false;
    for (np_word word; word_at(patterns->grade_words, text, at, end, true, &word);) {
        at = skip_blanks(text, at + word.length, end);
        *number = *number || np_word_says(&word, "number");
    }
    return *number && at < end && strchr(":\"", text[at]) ? skip_blanks(text, at + 1, end) : at;
}

/* The letters of a grade at text[at], where the word of letters there is no longer than they; NULL: there are none. */
static const np_grade_letters *letters_at(const np_patterns *patterns, const char *text, size_t at, size_t end,
                                          bool former)
{
    size_t to = at;
    while (to < end && is_word(text[to]) && !np_is_digit(text[to])) to++;
    for (size_t i = 0; i < patterns->grade_letter_count && to > at; i++) {
        const np_grade_letters *letters = &patterns->grade_letters[i];
        if (letters->former != former || letters->length != to - at) continue;
        if ((former ? strncmp : strncasecmp)(text + at, letters->text, to - at) == 0) return letters;
    }
    return NULL;
}

/* "G15", "NG-15", "G 15", "NATO Grade 15". */
static bool present_token(const np_patterns *patterns, const char *text, size_t at, size_t end, token *t)
{
    bool alone;
    size_t i = skip_words(patterns, text, at, end, &alone), to;
    const np_grade_letters *letters = letters_at(patterns, text, i, end, false);
    if (letters) i += letters->length;
    if (!letters && alone) letters = patterns->letters_of_all;
    if (!letters) return false;
    bool apart = i < end && text[i] == ' ';
    if (i < end && strchr("-. ", text[i])) i++;
    int number = small_number(text, i, end, &to);
    size_t digit = number > 0 ? second_digit(text, i, end, apart) : 0;
    if (number < 0) return false;
    *t = digit ? numbered(letters, 10 * number + (text[digit - 1] - '0'), digit) : numbered(letters, number, to);
    return true;
}

/* "A.2", "A-2", "A2"; where only a grade can stand also "C. 3", "LI 3", "LT 2". */
static bool former_token(const np_patterns *patterns, const char *text, size_t at, size_t end, bool headed, token *t)
{
    const np_grade_letters *letters = letters_at(patterns, text, at, end, true);
    if (!letters) return false;
    size_t i = at + letters->length, to;
    if (headed && i < end && text[i] == ' ') i++; /* "A - 2" */
    bool joined = i >= end || !strchr(".-", text[i]);
    if (letters->variant && joined && !headed) return false;
    i += !joined;
    if (headed && i < end && text[i] == ' ') i++;
    int number = small_number(text, i, end, &to);
    if (number < 0) return false;
    *t = numbered(letters, number, to);
    return t->grade >= 0; /* "B-6", "C3": letters and numbers mean much else */
}

static bool any_token(const np_patterns *patterns, const char *text, size_t at, size_t end, bool headed, token *t)
{
    return present_token(patterns, text, at, end, t) || former_token(patterns, text, at, end, headed, t);
}

/* Behind "(entry)", where another grade follows: "G12 (entry) - G15". */
static size_t skip_remark(const char *text, size_t at, size_t end)
{
    size_t to = at + 1;
    if (at >= end || text[at] != '(') return at;
    while (to < end && to - at < REMARK_MAX && (text[to] == ' ' || (is_word(text[to]) && !np_is_digit(text[to])))) to++;
    return to < end && text[to] == ')' ? to + 1 : at;
}

/* What joins grades: a pair, perhaps several posts, or a choice. */
typedef enum join { JOIN_NONE, JOIN_PAIR, JOIN_SEVERAL, JOIN_CHOICE } join;

/* Where the next grade would begin behind what joins two; JOIN_NONE: nothing does. */
static join joiner(const np_patterns *patterns, const char *text, size_t at, size_t end, size_t *to)
{
    np_word word, before;
    at = skip_blanks(text, skip_remark(text, skip_blanks(text, at, end), end), end);
    bool joined = at < end && word_at(patterns->grade_joiners, text, at, end, false, &word);
    *to = joined ? skip_blanks(text, at + word.length, end) : at;
    /* "formerly B.5", "(ex-B5", "twin-graded with G17" */
    if (word_at(patterns->grade_prefixes, text, *to, end, false, &before)) {
        *to = skip_blanks(text, *to + before.length, end);
        return JOIN_PAIR;
    }
    if (!joined) return JOIN_NONE;
    return np_word_says(&word, "several") ? JOIN_SEVERAL : np_word_says(&word, "choice") ? JOIN_CHOICE : JOIN_PAIR;
}

/* The grade behind a joiner: in full, or after "G15-" or "G15/" by its number alone. */
static bool next_token(const np_patterns *patterns, const char *text, size_t at, size_t end, const token *last,
                       token *t)
{
    if (any_token(patterns, text, at, end, false, t)) return true;
    size_t to;
    int number = last->letters->former || !strchr("-/", text[at - 1]) ? -1 : small_number(text, at, end, &to);
    if (number >= 0) *t = numbered(last->letters, number, to);
    return number >= 0;
}

static const char *unknown_name(np_arena *arena, const token *t)
{
    return np_arena_format(arena, "%s%d", t->letters->shown, t->number);
}

static void note_grade(int *list, size_t *count, int grade)
{
    for (size_t i = 0; i < *count; i++)
        if (list[i] == grade) return;
    if (*count < 8) list[(*count)++] = grade;
}

typedef struct old_grades {
    int list[8];
    size_t count;
} old_grades;

static void note_token(np_read_grades *found, old_grades *old, const token *t)
{
    if (t->letters->former)
        note_grade(old->list, &old->count, t->grade);
    else
        note_grade(found->all, &found->count, t->grade);
}

/* The old letters beside the new numbers are the same grades, or contradict them; alone they are the grades. */
static void settle(const np_book *book, const old_grades *old, np_read_grades *found)
{
    found->legacy = found->count == 0;
    for (size_t i = 0; i < old->count && !found->legacy; i++) {
        bool same = false;
        for (size_t k = 0; k < found->count; k++) same = same || found->all[k] == old->list[i];
        found->contradictory = found->contradictory || !same;
    }
    if (found->legacy) {
        memcpy(found->all, old->list, sizeof old->list);
        found->count = old->count;
    }
    bool pair = found->count == 2;
    bool swapped = pair && book->grades[found->all[1]].rank < book->grades[found->all[0]].rank;
    found->lower = found->all[swapped];
    found->higher = pair ? found->all[!swapped] : -1;
}

/* What follows the first grade: a pair's other, others to choose from, or the same grade in the old letters. */
static void read_more(const np_patterns *patterns, np_arena *arena, const char *text, size_t end, const token *first,
                      np_read_grades *found)
{
    token last = *first, t;
    old_grades old = {.count = 0};
    found->count = 0;
    note_token(found, &old, first);
    for (int more = 0; more < 8; more++) {
        size_t next;
        join kind = joiner(patterns, text, last.to, end, &next);
        if (kind == JOIN_NONE || !next_token(patterns, text, next, end, &last, &t)) break;
        if (t.grade < 0) {
            found->unknown = unknown_name(arena, &t);
            break;
        }
        found->loose = found->loose || kind >= JOIN_SEVERAL;
        found->choice = found->choice || kind == JOIN_CHOICE;
        note_token(found, &old, &t);
        last = t;
        found->to = t.to < end && text[t.to] == ')' ? t.to + 1 : t.to;
    }
    settle(patterns->book, &old, found);
}

bool np_find_grades(const np_patterns *patterns, np_arena *arena, const char *text, size_t from, size_t to, bool bare,
                    np_read_grades *found)
{
    for (size_t at = from; at < to; at++) {
        if (at > from && is_word(text[at - 1])) continue;
        if (!is_word(text[at])) continue;
        token t;
        bool read = any_token(patterns, text, at, to, bare, &t);
        if (!read && bare && patterns->letters_of_all && at == skip_blanks(text, from, to)) {
            size_t end;
            int number = small_number(text, at, to, &end);
            read = number > 0 && number <= patterns->grade_number_most;
            if (read) t = numbered(patterns->letters_of_all, number, end);
        }
        if (!read) continue;
        *found = (np_read_grades){.from = at, .to = t.to, .lower = t.grade, .higher = -1};
        if (t.grade < 0) {
            found->unknown = unknown_name(arena, &t);
            return true;
        }
        read_more(patterns, arena, text, to, &t, found);
        return true;
    }
    return false;
}

/* Letters that number a text's sections, "A.1", "A.2" and "A.3" at lines' starts: a bit for each. */
static uint32_t section_letters(const char *text)
{
    uint8_t seen[26] = {0};
    uint32_t letters = 0;
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += strspn(line, " \t\n");
        const char *number = line + (line[0] && strchr(".-", line[1]) ? 2 : 1);
        if (*line < 'A' || *line > 'Z' || *number < '1' || *number > '3' || is_word(number[1])) continue;
        uint8_t *bits = &seen[*line - 'A'];
        *bits |= (uint8_t)(1 << (*number - '0'));
        if (*bits == 0xE) letters |= (uint32_t)1 << (*line - 'A');
    }
    return letters;
}

void np_drop_section_numbers(np_reading *reading)
{
    const char *text = reading->text.text;
    uint32_t letters = section_letters(text);
    for (size_t i = 0; i < reading->candidate_count && letters; i++) {
        np_candidate *c = &reading->candidates[i];
        size_t start = c->from;
        if (c->field != NP_NOTICE_GRADE || c->headed || !c->grades || !c->grades->legacy || !np_is_upper(text[start]))
            continue;
        while (start > 0 && strchr(" \t", text[start - 1])) start--;
        bool begins = start == 0 || text[start - 1] == '\n';
        c->used = c->used || (begins && letters >> (text[c->from] - 'A') & 1);
    }
}
