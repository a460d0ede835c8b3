/* A post's title: without the numbers, grades, places and remarks that stand around it. */
#include <string.h>

#include "notice_internal.h"

/* A pattern of remarks at text[from..to): true when it matches there. */
static bool remark_at(np_reading *reading, const np_pattern *p, size_t from, size_t to, size_t *begin, size_t *end)
{
    if (!np_notice_match(reading, p->code, p->cased ? reading->text.text : reading->text.lower, to, from)) return false;
    *begin = pcre2_get_ovector_pointer(reading->match)[0];
    *end = pcre2_get_ovector_pointer(reading->match)[1];
    return p->scope == NP_SCOPE_CLAUSE || (p->scope == NP_SCOPE_BEFORE ? *begin == from : *end == to);
}

/* Take off one remark; false: there is none. *none: the title is none at all. */
static bool trim_remark(np_reading *reading, size_t *from, size_t *to, bool *none)
{
    const np_patterns *patterns = reading->patterns;
    for (size_t i = 0; i < patterns->count; i++) {
        const np_pattern *p = &patterns->items[i];
        size_t begin, end;
        if (p->role != NP_ROLE_REMARK || !p->code || !remark_at(reading, p, *from, *to, &begin, &end)) continue;
        *none = p->scope == NP_SCOPE_CLAUSE;
        if (p->scope == NP_SCOPE_BEFORE)
            *from = end;
        else
            *to = begin;
        return true;
    }
    return false;
}

/* Take off " - Brussels", " (Brussels)", ", Brussels" or ", Brussels, Belgium"; false: there is no place. A country
 * alone behind a comma is a desk officer's field. */
static bool trim_place(np_reading *reading, size_t from, size_t *to)
{
    const char *text = reading->text.text;
    size_t mark = *to, at, length;
    for (unsigned parts = 0; parts < 2; parts++) {
        while (mark > from + 3 && !strchr("-,(", text[mark - 1])) mark--;
        if (mark <= from + 6) return false;
        bool state = text[mark - 1] == ',' && *to - mark <= 3 && np_is_upper(text[*to - 1]); /* "Norfolk, VA" */
        if (!state && !np_only_places(reading, mark, *to)) return false;
        const np_place_name *place = np_find_place(reading, mark, *to, &at, &length);
        bool comma = text[mark - 1] == ',';
        if (comma && !(place && place->town)) {
            mark--;
            continue;
        }
        if (text[mark - 1] == '-' && text[mark - 2] != ' ') return false;
        *to = mark - 1;
        return true;
    }
    return false;
}

static bool is_body(const np_reading *reading, size_t from, size_t to)
{
    const np_pattern *p = np_notice_word_of(reading, from, to);
    return p && p->named && p->role == NP_ROLE_FIELD && p->field == NP_NOTICE_BODY;
}

/* Take off "NCIA - " or "NATO Defense College: "; false: no body stands here. */
static bool trim_body(const np_reading *reading, size_t *from, size_t to)
{
    const char *text = reading->text.text;
    for (size_t i = *from; i + 2 < to; i++) {
        if (text[i] != ':' && (text[i] != ' ' || text[i + 1] != '-' || text[i + 2] != ' ')) continue;
        if (!is_body(reading, *from, i)) return false;
        *from = i + 1;
        return true;
    }
    return false;
}

/* Take off " - NCIA", "(NCIA)" or ", Joint Force Command Naples"; false: no body stands there. */
static bool trim_body_behind(const np_reading *reading, size_t from, size_t *to)
{
    const char *text = reading->text.text;
    size_t mark = *to, end = *to - (text[*to - 1] == ')');
    while (mark > from + 3 && !strchr("-,(", text[mark - 1])) mark--;
    if (mark <= from + 3 || !is_body(reading, mark + (text[mark] == ' '), end)) return false;
    *to = mark - 1;
    return true;
}

/* Take numbers, grades and remarks off a title's ends; false: it is none. */
static bool trim_title(np_reading *reading, size_t *from, size_t *to)
{
    const char *text = reading->text.text;
    bool again = true, none = false;
    for (unsigned rounds = 0; again && rounds < 6; rounds++) {
        while (*to > *from && strchr(" -,.!:;|*\t\n", text[*to - 1])) --*to;
        while (*from < *to && strchr(" -,:;|\"\t", text[*from])) ++*from;
        again = trim_remark(reading, from, to, &none) || trim_place(reading, *from, to) ||
                trim_body(reading, from, *to) || (*to > *from + 3 && trim_body_behind(reading, *from, to));
        if (none) return false;
    }
    return *to >= *from + 3 && !np_only_places(reading, *from, *to) && !is_body(reading, *from, *to);
}

/* A bracket is open, or the text ends in a mark that asks for more. */
static bool goes_on(const char *text, size_t from, size_t to)
{
    int open = 0;
    for (size_t i = from; i < to; i++) open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    return open > 0 || strchr(",&/", text[to - 1]);
}

/* A title may go on in the next line, unless that is a label. */
static size_t title_end(const np_reading *reading, size_t from, size_t to)
{
    const np_notice_text *t = &reading->text;
    for (unsigned lines = 0; lines < 2 && to < t->length && t->text[to] == '\n'; lines++) {
        size_t end = to + 1;
        while (end < t->length && t->text[end] != '\n') end++;
        if (end == to + 1 || end - to > 60 || !goes_on(t->text, from, to) || memchr(t->text + to, ':', end - to)) break;
        if (np_notice_label_of(reading, to + 1, end)) break;
        to = end;
    }
    return to;
}

void np_title_value(np_reading *reading, const np_hit *h, size_t from, size_t to)
{
    if (h->pattern->headed) to = title_end(reading, from, to);
    if (!trim_title(reading, &from, &to) || to - from >= NP_VALUE_MAX) return;
    np_read_date date;
    bool dated = np_find_date(reading->patterns, reading->text.text, from, to, &date);
    if (dated && date.from == from && date.to == to) return;
    if (np_belongs_to_another(reading, NP_NOTICE_TITLE, from, h->pattern->headed)) return;
    np_candidate_add(reading, h->pattern, NP_NOTICE_TITLE, np_notice_words(reading, from, to), from, to, h->score);
}
