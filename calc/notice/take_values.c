/* The value of one match: words, a date, grades, an amount, a count or a place. What is another's is left out. */
#include <string.h>

#include "notice_internal.h"

enum { WHOLE_DATE_NEAR = 30, PAIR_MAX = 4, COUNTRY_BEHIND = 7 };

static bool has_group(const np_hit *h, unsigned number)
{
    return number && number < h->groups && h->group[number][0] != PCRE2_UNSET;
}

static int group_count(const np_reading *reading, const np_hit *h, unsigned number)
{
    if (!has_group(h, number)) return -1;
    return np_read_count(reading->patterns->numbers, reading->text.text + h->group[number][0],
                         h->group[number][1] - h->group[number][0]);
}

/* `value` with $1 ... $9 filled in; what the text says is put in capitals when it is roman or a code. */
static const char *filled(np_reading *reading, const np_hit *h)
{
    np_text out;
    np_text_init(&out, 1000);
    for (const char *c = h->pattern->value; *c; c++) {
        unsigned number = c[0] == '$' && c[1] >= '1' && c[1] <= '9' ? (unsigned)(c[1] - '0') : 0;
        if (!number) {
            np_text_putc(&out, *c);
            continue;
        }
        c++;
        if (has_group(h, number))
            np_text_puts(&out, np_notice_words(reading, h->group[number][0], h->group[number][1]));
    }
    return np_text_move(&out, reading->arena);
}

static const char *const LEVELS[] = {"VI", "V", "IV", "III", "II", "I"};

static size_t level_at(const char *text, size_t length)
{
    for (size_t i = 0; i < 6; i++)
        if (strlen(LEVELS[i]) == length && strncmp(LEVELS[i], text, length) == 0) return i;
    return 6;
}

/* "I/V": the better level first. */
static const char *better_first(np_arena *arena, const char *value)
{
    const char *slash = strchr(value, '/');
    if (!slash) return value;
    size_t first = level_at(value, (size_t)(slash - value)), second = level_at(slash + 1, strlen(slash + 1));
    if (first > 5 || second > 5 || first <= second) return value;
    return np_arena_format(arena, "%s/%s", LEVELS[second], LEVELS[first]);
}

static void text_value(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    size_t from = h->from, to = h->to;
    if (p->headed) {
        from = h->begin;
        to = h->end;
        const char *tab = memchr(reading->text.text + from, '\t', to - from);
        if (tab && tab > reading->text.text + from) to = (size_t)(tab - reading->text.text);
    } else if (has_group(h, p->group_v)) {
        from = h->group[p->group_v][0];
        to = h->group[p->group_v][1];
    }
    if (p->field == NP_NOTICE_TITLE) {
        np_title_value(reading, h, from, to);
        return;
    }
    if (np_belongs_to_another(reading, p->field, from, p->headed || p->slot >= 0)) return;
    const char *value = p->value ? filled(reading, h) : np_notice_words(reading, from, to);
    if (p->field == NP_NOTICE_LANGUAGES) value = better_first(reading->arena, value);
    if (strlen(value) >= NP_VALUE_MAX) return;
    np_candidate *c = np_candidate_add(reading, p, p->field, value, from, to, h->score);
    if (c) c->headed = c->headed || h->headed;
}

static const char *date_value(np_reading *reading, np_date date, bool month_only)
{
    np_ymd day = np_date_split(date);
    return month_only ? np_arena_format(reading->arena, "%04d-%02d", day.year, day.month)
                      : np_arena_format(reading->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* Whether another date's label stands between the words that were found and the date at `at`, which is then its. */
static bool has_another_label(const np_reading *reading, const np_hit *h, size_t at)
{
    for (size_t i = 0; i < reading->slot_count; i++) {
        const np_labelled *slot = &reading->slots[i];
        const np_pattern *label = slot->label;
        bool other = label->role == NP_ROLE_FIELD && label->kind == NP_READS_DATE && label->field != h->pattern->field;
        if (other && !label->strict && slot->label_from >= h->to && at >= slot->from && at < slot->to) return true;
    }
    return false;
}

/* The first date within reach that is this post's. */
static bool own_date(np_reading *reading, const np_hit *h, size_t from, np_read_date *found)
{
    bool headed = h->pattern->headed, any = h->pattern->weight < 0; /* a former date is nobody's */
    while (np_find_date(reading->patterns, reading->text.text, from, h->end, found)) {
        np_read_date whole;
        from = found->to;
        if (!any && np_belongs_to_another(reading, h->pattern->field, found->from, headed)) continue;
        if (!any && !headed && has_another_label(reading, h, found->from)) return false;
        /* "the twenty-first of June 2030 (21 June 2030)" */
        size_t near = from + WHOLE_DATE_NEAR < h->end ? from + WHOLE_DATE_NEAR : h->end;
        if (found->month_only && np_find_date(reading->patterns, reading->text.text, from, near, &whole) &&
            !whole.month_only)
            *found = whole;
        return true;
    }
    return false;
}

/* Behind blanks and, if it is there, one of the signs between the parts of a date; `at`: there are none. */
static size_t part_behind(const char *text, size_t at)
{
    size_t next = at + strspn(text + at, " ");
    if (text[next] && strchr("/.-", text[next])) next++;
    return next + strspn(text + next, " ");
}

/* Where "31/02/2031" or "15 Aprl 2031" ends, which is written as a date: a day, a month and a year; 0: it is none. */
static size_t end_of_day(const char *text)
{
    size_t day = strspn(text, "0123456789"), month = part_behind(text, day), end = month;
    while (np_is_letter(text[end])) end++;
    bool word = end > month + 2;
    if (!word) end = month + strspn(text + month, "0123456789");
    size_t year = part_behind(text, end);
    if (day < 1 || day > 2 || month == day || end == month || year == end || (!word && end > month + 2)) return 0;
    return strspn(text + year, "0123456789") == 4 && text[year] == '2' ? year + 4 : 0;
}

/* "Closing date: 31/02/2031" states a day that there is not, "15 Aprl 2031" a month: whoever misses the date is told
 * why it has none. */
static void warn_of_no_day(np_reading *reading, const np_hit *h)
{
    size_t end = h->begin < reading->text.length ? end_of_day(reading->text.text + h->begin) : 0;
    np_read_date found;
    if (!end || np_find_date(reading->patterns, reading->text.text, h->begin, h->end, &found)) return; /* another's */
    np_notice_warn(reading, h->pattern->field, np_notice_span(&reading->text, h->begin, h->begin + end),
                   "the text says '%s', which cannot be read as a day",
                   np_notice_words(reading, h->begin, h->begin + end));
}

static void date_value_at(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    np_read_date found;
    size_t from = has_group(h, p->group_v) ? h->group[p->group_v][0] : h->begin;
    if (!own_date(reading, h, from, &found)) {
        if (p->headed) warn_of_no_day(reading, h);
        return;
    }
    int far = (int)(found.from - from > 40 ? 10 : 0);
    if (found.other != NP_DATE_NONE && np_notice_month_first(reading)) {
        np_date first = found.date;
        found.date = found.other;
        found.other = first;
    }
    np_candidate *c = np_candidate_add(reading, p, p->field, date_value(reading, found.date, found.month_only),
                                       found.from, found.to, h->score - far - (found.month_only ? 15 : 0));
    if (c) c->unsure = np_in_passage(reading, p->field, found.from, "unsure");
    if (!c || found.other == NP_DATE_NONE) return;
    c->unsure = true;
    c->swapped = true;
    c = np_candidate_add(reading, p, p->field, date_value(reading, found.other, false), found.from, found.to,
                         h->score > 61 ? h->score - 60 : 1);
    if (c) c->kept = true;
}

/* "G7 (mechanic), G9 (senior mechanic), G12 (foreman)": three or more behind one label are a choice. */
static void add_grades_behind(np_reading *reading, size_t end, np_read_grades *found)
{
    np_read_grades all = *found, more;
    for (size_t from = found->to; from < end; from = more.to) {
        if (!np_find_grades(reading->patterns, reading->arena, reading->text.text, from, end, false, &more)) break;
        if (np_belongs_to_another(reading, NP_NOTICE_GRADE, more.from, false)) break;
        for (size_t i = 0; i < more.count && all.count < sizeof all.all / sizeof all.all[0]; i++) {
            bool known = false;
            for (size_t k = 0; k < all.count; k++) known = known || all.all[k] == more.all[i];
            if (!known) all.all[all.count++] = more.all[i];
        }
    }
    if (all.count > 2) *found = all;
}

/* A number alone is a grade behind a label only. */
static void grade_value(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    const np_book *book = reading->book;
    np_read_grades *found = np_arena_alloc(reading->arena, sizeof *found);
    size_t from = has_group(h, p->group_v) ? h->group[p->group_v][0] : h->begin;
    size_t end = h->end;
    if (has_group(h, p->group_v)) /* "G12, rising to G15": what goes on behind it */
        for (end = h->group[p->group_v][1]; end < reading->text.length && reading->text.text[end] != '\n';) end++;
    if (!np_find_grades(reading->patterns, reading->arena, reading->text.text, from, end, p->headed, found)) return;
    if (np_belongs_to_another(reading, NP_NOTICE_GRADE, found->from, p->headed)) return;
    if (p->headed) add_grades_behind(reading, end, found);
    if (found->unknown)
        np_notice_warn(reading, NP_NOTICE_GRADE, np_notice_span(&reading->text, found->from, found->to),
                       "the text names the grade %s, which the rule book does not have", found->unknown);
    /* "G1 to G24" is what the scale has, and no pair */
    if (found->lower < 0) return;
    if (found->higher >= 0 && book->grades[found->higher].rank > book->grades[found->lower].rank + PAIR_MAX) return;
    if (found->contradictory)
        np_notice_warn(reading, NP_NOTICE_GRADE, np_notice_span(&reading->text, found->from, found->to),
                       "'%s' names two different grades", np_notice_words(reading, found->from, found->to));
    np_candidate *c =
        np_candidate_add(reading, p, p->field, book->grades[found->lower].name, found->from, found->to, h->score);
    if (!c) return;
    c->higher = found->higher;
    c->unsure = found->contradictory;
    c->grades = found;
}

static void money_value(np_reading *reading, const np_hit *h)
{
    np_read_money found;
    if (!np_find_money(reading, h->begin, h->end, h->pattern->headed, &found)) return;
    np_read_money *kept = np_arena_alloc(reading->arena, sizeof *kept);
    *kept = found;
    np_candidate *c = np_candidate_add(reading, h->pattern, h->pattern->field,
                                       np_notice_amount(reading, &found, found.low), found.from, found.to, h->score);
    if (c) c->money = kept;
}

static void count_value(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    int n = group_count(reading, h, p->group_n), m = group_count(reading, h, p->group_m);
    if (n < 0) return;
    if (p->kind == NP_READS_MONTHS) {
        if (!has_group(h, p->group_u)) return;
        if ((reading->text.text[h->group[p->group_u][0]] | 0x20) != 'm') n *= 12; /* month, mois; else years */
    }
    size_t from = h->group[p->group_n][0];
    if (n > p->most || np_belongs_to_another(reading, p->field, from, p->slot >= 0)) return;
    np_candidate_add(reading, p, p->field, np_arena_format(reading->arena, "%d", n), from, h->to, h->score);
    if (p->field == NP_NOTICE_EXPERIENCE_YEARS && m > n)
        np_candidate_add(reading, p, NP_NOTICE_EXPERIENCE_YEARS_HIGH, np_arena_format(reading->arena, "%d", m), from,
                         h->to, h->score);
}

/* Whether text[from..to) is a state or province between a town and its country: "Virginia, ". */
static bool is_state(const char *text, size_t from, size_t to)
{
    size_t end = from;
    while (np_is_letter(text[end]) || text[end] == ' ') end++;
    return end > from && text[end] == ',' && end + 1 + strspn(text + end + 1, " ") == to;
}

/* The country that stands right behind a town, or behind the town's state; NULL. */
static const np_place_name *country_behind(np_reading *reading, size_t end)
{
    const char *text = reading->text.text;
    size_t at, length, next = end + strspn(text + end, " ,(-"), most = next + 40;
    if (most > reading->text.length) most = reading->text.length;
    const np_place_name *place = next > end ? np_find_place(reading, next, most, &at, &length) : NULL;
    return place && !place->town && (at == next || is_state(text, next, at)) ? place : NULL;
}

/* The town's country stands right behind it, in full or as its code: "The Hague, NL". */
static bool is_in_its_country(np_reading *reading, const np_place_name *place, size_t end)
{
    const char *code = reading->text.text + end + strspn(reading->text.text + end, " ,(-");
    if (!place->town) return false;
    if (code > reading->text.text + end && strncmp(code, place->country, 2) == 0 && !np_is_letter(code[2])) return true;
    const np_place_name *country = country_behind(reading, end);
    return country && strcmp(country->country, place->country) == 0;
}

static void add_place(np_reading *reading, const np_hit *h, const np_place_name *place, size_t at, size_t length,
                      int less)
{
    const np_pattern *p = h->pattern;
    np_notice_field field = place->town ? NP_NOTICE_TOWN : NP_NOTICE_COUNTRY;
    if (np_belongs_to_another(reading, field, at, p->headed)) return;
    const char *name = place->town ? place->town : place->country;
    if (is_in_its_country(reading, place, at + length)) less -= COUNTRY_BEHIND;
    np_candidate *c = np_candidate_add(reading, p, field, name, at, at + length, h->score - less);
    if (!c || !place->town) return;
    c->country = place->country;
    c->station = place->station;
}

/* text[from..to) names a building, a body or a country rather than a town. */
static bool is_no_town(np_reading *reading, size_t from, size_t to)
{
    size_t at, length;
    if (np_find_place(reading, from, to, &at, &length)) return true;
    const char *text = reading->text.lower;
    const char *list = reading->patterns->no_towns;
    for (np_word word; np_next_word(&list, &word);)
        for (size_t k = from; k + word.length <= to; k++)
            if (strncmp(text + k, word.text, word.length) == 0 && (k == from || text[k - 1] == ' ')) return true;
    return false;
}

static bool has_mark(const char *text, size_t at, size_t end, const char *marks)
{
    return at < end && text[at] && strchr(marks, text[at]);
}

/* Where the name at `from` ends that reaches to `to`: before " - ". */
static size_t name_end(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i + 2 < to; i++)
        if (memcmp(text + i, " - ", 3) == 0) return i;
    return to;
}

static bool is_name(const char *text, size_t from, size_t to)
{
    return to >= from + 3 && to - from <= 40 && text[from] >= 'A' && text[from] <= 'Z';
}

/* A town that the book does not know: the first words between commas that could be one. */
static void unknown_town(np_reading *reading, const np_hit *h, size_t begin, bool country)
{
    const char *text = reading->text.text;
    for (size_t from = begin, to; from < h->end && text[from] != '\n'; from = to + 1) {
        while (has_mark(text, from, h->end, " ")) from++;
        for (to = from; to < h->end && !has_mark(text, to, h->end, ",(;:/\t\n0123456789");) to++;
        if (has_mark(text, to, h->end, ":0123456789")) return;
        size_t end = name_end(text, from, to);
        if (is_name(text, from, end) && !is_no_town(reading, from, end)) {
            int less = country_behind(reading, end) ? 12 : 30;
            np_candidate *c = np_candidate_add(reading, h->pattern, NP_NOTICE_TOWN, np_notice_words(reading, from, end),
                                               from, end, h->score - less);
            if (c) c->unsure = !country;
            return;
        }
        if (!has_mark(text, to, h->end, ",")) return;
    }
}

/* "Casteau / Mons", "Paris - Neuilly-sur-Seine": of two names for one station its own. */
static const np_place_name *better_name(np_reading *reading, const np_place_name *first, size_t from, size_t to,
                                        size_t *at, size_t *length)
{
    size_t next, size;
    const np_place_name *other = np_find_place(reading, from, to, &next, &size);
    if (!other || !first->town || other->station == UINT16_MAX || other->station != first->station) return first;
    if (!np_only_marks(reading->text.text, from, next) ||
        strcmp(other->town, reading->book->stations[other->station].town) != 0)
        return first;
    *at = next;
    *length = size;
    return other;
}

/* The places that a value has named so far. */
typedef struct named_places {
    int towns, countries;
    const char *first_country; /* the country that is named before any town; NULL: none */
} named_places;

/* Takes the next place that the value names from *at on; false: there is none, or it is not where the post is. */
static bool take_next_place(np_reading *reading, const np_hit *h, size_t *at, named_places *named)
{
    size_t found, length;
    const np_place_name *place = np_find_place(reading, *at, h->end, &found, &length);
    if (!place) return false;
    place = better_name(reading, place, found + length, h->end, &found, &length);
    /* "Papa, Hungary (paid from Capellen in Luxembourg)": a town elsewhere is not where the post is */
    bool elsewhere = named->first_country && strcmp(named->first_country, place->country) != 0;
    if (place->town && !named->towns && elsewhere) return false;
    if (!place->town && !named->first_country) named->first_country = place->country;
    int *before = place->town ? &named->towns : &named->countries;
    add_place(reading, h, place, found, length, (*before)++ ? 20 : 0);
    *at = found + length;
    return true;
}

static void place_value(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    bool address = has_group(h, p->group_v);
    size_t begin = address ? h->group[p->group_v][0] : h->begin, at = begin;
    named_places named = {0};
    if (p->whole && !np_only_places(reading, h->from, h->to)) return;
    for (unsigned more = 0; more < 4 && at < h->end; more++)
        if (!take_next_place(reading, h, &at, &named)) break;
    if (named.towns || p->field != NP_NOTICE_TOWN) return;
    /* a light heading, "Division:", is none for places that the book does not know */
    bool heads = p->headed && p->weight >= 40;
    if (heads || (address && named.countries)) unknown_town(reading, h, begin, named.countries > 0);
}

void np_notice_take(np_reading *reading, const np_hit *h)
{
    switch (h->pattern->kind) {
    case NP_READS_DATE:
        date_value_at(reading, h);
        break;
    case NP_READS_GRADE:
        grade_value(reading, h);
        break;
    case NP_READS_MONEY:
        money_value(reading, h);
        break;
    case NP_READS_NUMBER:
    case NP_READS_MONTHS:
        if (h->pattern->value)
            text_value(reading, h);
        else
            count_value(reading, h);
        break;
    case NP_READS_PLACE:
        place_value(reading, h);
        break;
    default:
        text_value(reading, h);
    }
}
