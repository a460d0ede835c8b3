/* Running the patterns over the text: every value that any of them finds becomes a candidate. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { MATCHES_MAX = 60, CANDIDATES_MAX = 4000, START_PART = 2500, VALUE_MAX = 160, ANCHOR_REACH = 160 };

bool np_notice_match(np_reading *reading, const pcre2_code *code, const char *text, size_t end, size_t from)
{
    int result = pcre2_match(code, (PCRE2_SPTR)text, end, from, 0, reading->match, reading->limits);
    if (result < PCRE2_ERROR_NOMATCH) reading->gave_up = true;
    reading->groups = result > 0 ? (unsigned)result : 0;
    return result > 0;
}

np_candidate *np_candidate_add(np_reading *reading, const np_pattern *pattern, np_notice_field field,
                               const char *value, size_t from, size_t to, int score)
{
    if (reading->candidate_count >= CANDIDATES_MAX || !value[0]) return NULL;
    reading->candidates = np_arena_grow(reading->arena, reading->candidates, &reading->candidate_capacity,
                                        reading->candidate_count + 1, sizeof *reading->candidates);
    np_candidate *c = &reading->candidates[reading->candidate_count++];
    *c = (np_candidate){.field = field,
                        .pattern = pattern,
                        .value = value,
                        .from = from,
                        .to = to,
                        .score = score,
                        .higher = -1,
                        .country = UINT16_MAX,
                        .headed = pattern->headed};
    return c;
}

/* ---- where a match stands ---- */

/* The paragraph around a match, at most 160 bytes to either side, at bounds of characters. */
static void surroundings(const np_notice_text *t, size_t from, size_t to, size_t *start, size_t *end)
{
    *start = from;
    while (*start > 0 && from - *start < 160 && !(t->text[*start] == '\n' && t->text[*start - 1] == '\n')) --*start;
    while (*start < from && ((unsigned char)t->text[*start] & 0xC0) == 0x80) ++*start;
    *end = to;
    while (*end < t->length && *end - to < 160 && !(t->text[*end] == '\n' && t->text[*end + 1] == '\n')) ++*end;
    while (*end < t->length && ((unsigned char)t->text[*end] & 0xC0) == 0x80) ++*end;
}

static bool is_stop(const np_notice_text *t, size_t at)
{
    return (t->text[at] == '.' || t->text[at] == ';') && at + 1 < t->length && strchr(" \t\n", t->text[at + 1]);
}

/* Of these surroundings the sentence. */
static void sentence(const np_notice_text *t, size_t from, size_t to, size_t *start, size_t *end)
{
    for (size_t i = from; i > *start; i--)
        if (is_stop(t, i - 1)) *start = i;
    for (size_t i = to; i < *end; i++)
        if (is_stop(t, i)) *end = i;
}

static size_t line_end(const np_notice_text *t, size_t at)
{
    while (at < t->length && t->text[at] != '\n') at++;
    return at;
}

static int place_score(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    int score = p->weight + (from < START_PART ? 5 : 0);
    size_t start, end;
    if (p->near || p->against) {
        surroundings(&reading->text, from, to, &start, &end);
        if (p->near && np_notice_match(reading, p->near, reading->text.lower, end, start)) score += 15;
        sentence(&reading->text, from, to, &start, &end);
        if (p->against && np_notice_match(reading, p->against, reading->text.lower, end, start)) score -= 40;
    }
    if (p->line) {
        for (start = from; start > 0 && reading->text.text[start - 1] != '\n';) start--;
        if (np_notice_match(reading, p->line, reading->text.lower, line_end(&reading->text, to), start)) score += 25;
    }
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (from >= r->from && from < r->to && (r->pattern->fields >> p->field & 1)) score += r->pattern->weight;
    }
    return score;
}

/* ---- values ---- */

typedef struct hit {
    const np_pattern *pattern;
    size_t from, to; /* the match */
    size_t begin, end; /* where the value may stand */
    int score;
    size_t group[32][2];
    unsigned groups;
} hit;

static bool has_group(const hit *h, unsigned number)
{
    return number && number < h->groups && h->group[number][0] != PCRE2_UNSET;
}

static int group_count(const np_reading *reading, const hit *h, unsigned number)
{
    if (!has_group(h, number)) return -1;
    return np_read_count(reading->text.text + h->group[number][0], h->group[number][1] - h->group[number][0]);
}

/* `value` with $1 ... $9 filled in; what the text says is put in capitals when it is roman or a code. */
static const char *filled(np_reading *reading, const hit *h)
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
    const char *value = np_arena_copy(reading->arena, np_text_string(&out), out.length);
    np_text_free(&out);
    return value;
}

static void text_value(np_reading *reading, const hit *h)
{
    const np_pattern *p = h->pattern;
    size_t from = h->from, to = h->to;
    if (p->headed) {
        from = h->begin;
        to = h->end;
    } else if (has_group(h, p->group_v)) {
        from = h->group[p->group_v][0];
        to = h->group[p->group_v][1];
    }
    const char *value = p->value ? filled(reading, h) : np_notice_words(reading, from, to);
    if (strlen(value) < VALUE_MAX) np_candidate_add(reading, p, p->field, value, from, to, h->score);
}

static const char *date_value(np_reading *reading, np_date date, bool month_only)
{
    np_ymd day = np_date_split(date);
    return month_only ? np_arena_format(reading->arena, "%04d-%02d", day.year, day.month)
                      : np_arena_format(reading->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void date_value_at(np_reading *reading, const hit *h)
{
    const np_pattern *p = h->pattern;
    np_read_date found;
    size_t from = has_group(h, p->group_v) ? h->group[p->group_v][0] : h->begin;
    if (!np_find_date(reading->text.text, from, h->end, &found)) return;
    int far = (int)(found.from - from > 40 ? 10 : 0);
    np_candidate *c = np_candidate_add(reading, p, p->field, date_value(reading, found.date, found.month_only), found.from,
                                       found.to, h->score - far - (found.month_only ? 15 : 0));
    if (found.day_first) reading->day_first = true;
    if (!c || found.other == NP_DATE_NONE) return;
    c->unsure = true;
    c->swapped = true;
    c = np_candidate_add(reading, p, p->field, date_value(reading, found.other, false), found.from, found.to,
                         h->score > 61 ? h->score - 60 : 1);
    if (c) c->kept = true;
}

static void grade_value(np_reading *reading, const hit *h)
{
    const np_pattern *p = h->pattern;
    const np_book *book = reading->book;
    np_read_grades found;
    size_t from = has_group(h, p->group_v) ? h->group[p->group_v][0] : h->begin;
    size_t end = has_group(h, p->group_v) ? h->group[p->group_v][1] : h->end;
    if (!np_find_grades(book, reading->arena, reading->text.text, from, end, p->headed, &found)) return;
    if (found.unknown)
        np_notice_warn(reading, "the text names the grade %s, which the rule book does not have", found.unknown);
    if (found.lower < 0) return;
    if (found.contradictory)
        np_notice_warn(reading, "'%s' names two different grades", np_notice_words(reading, found.from, found.to));
    np_candidate *c =
        np_candidate_add(reading, p, p->field, book->grades[found.lower].name, found.from, found.to, h->score);
    if (!c) return;
    c->higher = found.higher;
    c->unsure = found.contradictory;
}

static void money_value(np_reading *reading, const hit *h)
{
    np_read_money found;
    if (!np_find_money(reading, h->begin, h->end, &found)) return;
    np_read_money *kept = np_arena_alloc(reading->arena, sizeof *kept);
    *kept = found;
    np_candidate *c = np_candidate_add(reading, h->pattern, h->pattern->field, np_notice_amount(reading, &found, found.low),
                                       found.from, found.to, h->score);
    if (c) c->money = kept;
}

static void count_value(np_reading *reading, const hit *h)
{
    const np_pattern *p = h->pattern;
    int n = group_count(reading, h, p->group_n), m = group_count(reading, h, p->group_m);
    if (n < 0) return;
    if (p->kind == NP_READS_MONTHS) {
        if (!has_group(h, p->group_u)) return;
        if ((reading->text.text[h->group[p->group_u][0]] | 0x20) != 'm') n *= 12; /* month, mois; else years */
    }
    size_t from = h->group[p->group_n][0];
    if (n > p->most) return;
    np_candidate_add(reading, p, p->field, np_arena_format(reading->arena, "%d", n), from, h->to, h->score);
    if (p->field == NP_NOTICE_EXPERIENCE_YEARS && m > n)
        np_candidate_add(reading, p, NP_NOTICE_EXPERIENCE_YEARS_HIGH, np_arena_format(reading->arena, "%d", m), from,
                         h->to, h->score);
}

static void add_place(np_reading *reading, const hit *h, const np_place_name *place, size_t at, size_t length, int less)
{
    const np_book *book = reading->book;
    const np_pattern *p = h->pattern;
    if (place->station == UINT16_MAX) {
        np_candidate_add(reading, p, NP_NOTICE_COUNTRY, book->countries[place->country].name, at, at + length,
                         h->score - less);
        return;
    }
    np_candidate *c = np_candidate_add(reading, p, NP_NOTICE_TOWN, book->stations[place->station].town, at, at + length,
                                       h->score - less);
    if (c) c->country = place->country;
}

/* A town that the book does not know: the words of the heading's value up to a comma or bracket. */
static void unknown_town(np_reading *reading, const hit *h, bool country)
{
    const char *text = reading->text.text;
    size_t from = h->begin, to = from;
    while (to < h->end && !strchr(",(;:/\t\n0123456789", text[to])) to++;
    size_t dash = to;
    for (size_t i = from; i + 2 < to; i++)
        if (text[i] == ' ' && text[i + 1] == '-' && text[i + 2] == ' ' && i < dash) dash = i;
    if (dash - from < 3 || dash - from > 40 || text[from] < 'A' || text[from] > 'Z') return;
    const char *value = np_notice_words(reading, from, dash);
    np_candidate *c = np_candidate_add(reading, h->pattern, NP_NOTICE_TOWN, value, from, dash, h->score - 30);
    if (c) c->unsure = !country;
}

static void place_value(np_reading *reading, const hit *h)
{
    size_t at = h->begin;
    int town = 0, country = 0;
    for (unsigned more = 0; more < 4 && at < h->end; more++) {
        size_t found, length;
        const np_place_name *place = np_find_place(reading, at, h->end, &found, &length);
        if (!place) break;
        int *before = place->station == UINT16_MAX ? &country : &town;
        int less = (*before)++ ? 20 : 0;
        /* "Paris - Neuilly-sur-Seine": the same town by two names is one */
        add_place(reading, h, place, found, length, less);
        at = found + length;
    }
    if (!town && h->pattern->headed && h->pattern->field == NP_NOTICE_TOWN) unknown_town(reading, h, country > 0);
}

static void take_value(np_reading *reading, const hit *h)
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

/* ---- headings ---- */

/* A line that is a heading itself, "Job type:" or "Job type: x", holds no value for the one before. */
static bool is_label(const char *text, size_t from, size_t to)
{
    size_t i = from;
    while (i < to && i - from < 40 && text[i] != ':') {
        if (strchr(".,;\t\"", text[i]) || (text[i] >= '0' && text[i] <= '9')) return false;
        i++;
    }
    return i < to && text[i] == ':';
}

/* Where a heading's value stands: behind it, or in the next line. False: it has none. Sets what the separator adds. */
static bool headed_value(const np_notice_text *t, hit *h, int *bonus)
{
    size_t at = h->to;
    char last = t->text[at - 1];
    bool colon = last == ':' || last == '=' || last == '-';
    *bonus = colon ? 30 : at < t->length && t->text[at] == '\t' ? 20 : 0;
    while (at < t->length && strchr(" \t:=-\"", t->text[at])) at++;
    if (at < t->length && t->text[at] == '\n') {
        *bonus = colon ? 28 : 10;
        at++;
        if (at < t->length && t->text[at] == '\n') at++;
        if (is_label(t->text, at, line_end(t, at))) return false;
    }
    h->begin = at;
    h->end = line_end(t, at);
    size_t limit = h->pattern->kind == NP_READS_TEXT ? VALUE_MAX : h->pattern->reach * 2;
    const char *tab = h->pattern->kind == NP_READS_TEXT ? memchr(t->text + at, '\t', h->end - at) : NULL;
    if (tab && tab > t->text + at) h->end = (size_t)(tab - t->text);
    if (h->end - h->begin > limit) {
        if (h->pattern->kind == NP_READS_TEXT) return false;
        h->end = h->begin + limit;
        while (((unsigned char)t->text[h->end] & 0xC0) == 0x80) h->end--;
    }
    /* words without a separator are a heading only before something short that is no sentence */
    if (*bonus == 0 && h->pattern->kind == NP_READS_TEXT) {
        if (h->pattern->weight < 50 || is_label(t->text, h->begin, h->end)) return false;
        if (h->end - h->begin > 80 || (h->end > h->begin && t->text[h->end - 1] == '.')) return false;
        *bonus = -20;
    }
    return h->end > h->begin;
}

static bool find_range(np_reading *reading, hit *h)
{
    const np_notice_text *t = &reading->text;
    int bonus = 0;
    if (h->pattern->headed) {
        if (!headed_value(t, h, &bonus)) return false;
    } else {
        h->begin = h->from;
        h->end = h->to;
        while (h->end < t->length && h->end - h->to < h->pattern->reach &&
               !(t->text[h->end] == '\n' && t->text[h->end + 1] == '\n'))
            h->end++;
        while (h->end < t->length && ((unsigned char)t->text[h->end] & 0xC0) == 0x80) h->end++;
    }
    h->score += bonus;
    return true;
}

/* ---- all ---- */

static void add_region(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    if (reading->region_count == sizeof reading->regions / sizeof reading->regions[0]) return;
    size_t end = reading->text.length;
    if (np_notice_match(reading, p->until, reading->text.text, reading->text.length, to))
        end = pcre2_get_ovector_pointer(reading->match)[0];
    reading->regions[reading->region_count].pattern = p;
    reading->regions[reading->region_count].from = from;
    reading->regions[reading->region_count++].to = end;
}

/* One match; false: the pattern needs no others. */
static bool take_match(np_reading *reading, const np_pattern *p)
{
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(reading->match);
    hit h = {.pattern = p, .from = range[0], .to = range[1]};
    h.groups = reading->groups < 32 ? reading->groups : 32;
    for (unsigned g = 0; g < h.groups; g++) memcpy(h.group[g], range + 2 * g, sizeof h.group[g]);
    if (p->role == NP_ROLE_EVIDENCE) {
        reading->evidence++;
        return false;
    }
    if (p->role == NP_ROLE_REGION) {
        add_region(reading, p, h.from, h.to);
        return true;
    }
    h.score = place_score(reading, p, h.from, h.to);
    if (h.score > 0 && find_range(reading, &h)) take_value(reading, &h);
    return true;
}

static bool run_on(np_reading *reading, const np_pattern *p, size_t at, size_t end, unsigned *matches)
{
    const np_notice_text *t = &reading->text;
    while (at < end && (*matches)++ < MATCHES_MAX) {
        if (!np_notice_match(reading, p->code, p->cased ? t->text : t->lower, end, at)) return true;
        size_t to = pcre2_get_ovector_pointer(reading->match)[1];
        at = to > at ? to : at + 1;
        if (!take_match(reading, p)) return false;
    }
    return at >= end;
}

/* The next place of a pattern's anchors: `at` holds the place of each that is not used up, 0 for the others. Where it
 * ends; SIZE_MAX: there is none. */
static size_t next_anchor(const np_reading *reading, const np_pattern *p, uint32_t *at)
{
    size_t best = SIZE_MAX, which = 0;
    for (size_t i = 0; i < p->anchor_count; i++)
        if (at[i] && reading->anchors.items[at[i]].end < best) {
            best = reading->anchors.items[at[i]].end;
            which = i;
        }
    if (best != SIZE_MAX) at[which] = reading->anchors.items[at[which]].next;
    return best;
}

/* A pattern with anchors is tried around them only: most of a notice is prose that has nothing to do with it. */
static void run_pattern(np_reading *reading, const np_pattern *p)
{
    const np_notice_text *t = &reading->text;
    size_t end = p->start && t->length > START_PART ? START_PART : t->length;
    unsigned matches = 0;
    if (!(p->languages & reading->languages)) return;
    if (!p->anchors) {
        run_on(reading, p, 0, end, &matches);
        return;
    }
    uint32_t places[NP_ANCHORS_MAX + 1];
    for (size_t i = 0; i < p->anchor_count; i++) places[i] = reading->anchors.first[p->anchors[i]];
    size_t done = 0, at = next_anchor(reading, p, places);
    while (at != SIZE_MAX && at <= end) {
        size_t from = at > ANCHOR_REACH ? at - ANCHOR_REACH : 0, to = at + ANCHOR_REACH;
        while ((at = next_anchor(reading, p, places)) != SIZE_MAX && at < to + ANCHOR_REACH) to = at + ANCHOR_REACH;
        if (from < done) from = done;
        if (!run_on(reading, p, from, to < end ? to : end, &matches)) return;
        done = to;
    }
}

/* The languages of the text, by their commonest words. */
static void find_languages(np_reading *reading)
{
    for (int lang = 0; lang < NP_LANG_COUNT; lang++) {
        unsigned count = 0;
        for (size_t w = 0; w < 4; w++)
            for (uint32_t at = reading->anchors.first[reading->patterns->common[lang][w]]; at && count < 3;
                 at = reading->anchors.items[at].next)
                count++;
        if (count >= 3) reading->languages |= 1u << lang;
    }
    reading->day_first = reading->languages == 1u << NP_FR; /* French has no other order */
    if (!reading->languages) reading->languages = ~0u;
}

void np_notice_collect(np_reading *reading)
{
    const np_patterns *patterns = reading->patterns;
    np_anchors_find(patterns->anchors, reading->arena, reading->text.lower, reading->text.length, &reading->anchors);
    find_languages(reading);
    for (size_t i = 0; i < patterns->count; i++)
        if (patterns->items[i].role == NP_ROLE_REGION) run_pattern(reading, &patterns->items[i]);
    for (size_t i = 0; i < patterns->count; i++) {
        np_pattern_role role = patterns->items[i].role;
        if (role == NP_ROLE_FIELD || role == NP_ROLE_EVIDENCE) run_pattern(reading, &patterns->items[i]);
    }
}

void np_notice_warn(np_reading *reading, const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    np_notice *notice = reading->notice;
    for (size_t i = 0; i < notice->warning_count; i++)
        if (strcmp(notice->warnings[i], text) == 0) return;
    if (notice->warning_count >= 50) return;
    notice->warnings = np_arena_grow(reading->arena, notice->warnings, &reading->warning_capacity,
                                     notice->warning_count + 1, sizeof *notice->warnings);
    notice->warnings[notice->warning_count++] = np_arena_copy(reading->arena, text, strlen(text));
}
