/* Running the patterns over the text: every value that any of them finds becomes a candidate. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { MATCHES_MAX = 24, SURE_ENOUGH = 60, CANDIDATES_MAX = 4000, ANCHOR_REACH = 160 };

bool np_notice_match(np_reading *reading, const pcre2_code *code, const char *text, size_t end, size_t from)
{
    int result = pcre2_match(code, (PCRE2_SPTR)text, end, from, 0, reading->match, reading->limits);
    if (result < PCRE2_ERROR_NOMATCH) reading->gave_up = true;
    reading->groups = result > 0 ? (unsigned)result : 0;
    return result > 0;
}

np_candidate *np_candidate_add(np_reading *reading, const np_pattern *pattern, np_notice_field field, const char *value,
                               size_t from, size_t to, int score)
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

/* ---- values ---- */

static bool has_group(const np_hit *h, unsigned number)
{
    return number && number < h->groups && h->group[number][0] != PCRE2_UNSET;
}

static int group_count(const np_reading *reading, const np_hit *h, unsigned number)
{
    if (!has_group(h, number)) return -1;
    return np_read_count(reading->text.text + h->group[number][0], h->group[number][1] - h->group[number][0]);
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
    const char *value = np_arena_copy(reading->arena, np_text_string(&out), out.length);
    np_text_free(&out);
    return value;
}

static void text_value(np_reading *reading, const np_hit *h)
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
    if (strlen(value) < NP_VALUE_MAX) np_candidate_add(reading, p, p->field, value, from, to, h->score);
}

static const char *date_value(np_reading *reading, np_date date, bool month_only)
{
    np_ymd day = np_date_split(date);
    return month_only ? np_arena_format(reading->arena, "%04d-%02d", day.year, day.month)
                      : np_arena_format(reading->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void date_value_at(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    np_read_date found;
    size_t from = has_group(h, p->group_v) ? h->group[p->group_v][0] : h->begin;
    if (!np_find_date(reading->text.text, from, h->end, &found)) return;
    int far = (int)(found.from - from > 40 ? 10 : 0);
    if (found.other != NP_DATE_NONE && np_notice_month_first(reading)) {
        np_date first = found.date;
        found.date = found.other;
        found.other = first;
    }
    np_candidate *c = np_candidate_add(reading, p, p->field, date_value(reading, found.date, found.month_only),
                                       found.from, found.to, h->score - far - (found.month_only ? 15 : 0));
    if (!c || found.other == NP_DATE_NONE) return;
    c->unsure = true;
    c->swapped = true;
    c = np_candidate_add(reading, p, p->field, date_value(reading, found.other, false), found.from, found.to,
                         h->score > 61 ? h->score - 60 : 1);
    if (c) c->kept = true;
}

static void grade_value(np_reading *reading, const np_hit *h)
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

static void money_value(np_reading *reading, const np_hit *h)
{
    np_read_money found;
    if (!np_find_money(reading, h->begin, h->end, &found)) return;
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
    if (n > p->most) return;
    np_candidate_add(reading, p, p->field, np_arena_format(reading->arena, "%d", n), from, h->to, h->score);
    if (p->field == NP_NOTICE_EXPERIENCE_YEARS && m > n)
        np_candidate_add(reading, p, NP_NOTICE_EXPERIENCE_YEARS_HIGH, np_arena_format(reading->arena, "%d", m), from,
                         h->to, h->score);
}

static void add_place(np_reading *reading, const np_hit *h, const np_place_name *place, size_t at, size_t length,
                      int less)
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

/* text[from..to) names a building, a body or a country rather than a town. */
static bool is_no_town(np_reading *reading, size_t from, size_t to)
{
    static const char *const WORDS[] = {"nato ",   "hq",       "headquarters", "office",   "agency", "staff",
                                        "command", "site",     "base",         "building", "otan",   "siege",
                                        "agence",  "quartier", "various",      "several",  "to be ", "see ",
                                        "home",    "telework", "any "};
    size_t at, length;
    if (np_find_place(reading, from, to, &at, &length)) return true;
    const char *text = reading->text.lower;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        for (size_t k = from; k + strlen(WORDS[i]) <= to; k++)
            if (strncmp(text + k, WORDS[i], strlen(WORDS[i])) == 0 && (k == from || text[k - 1] == ' ')) return true;
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
            np_candidate *c = np_candidate_add(reading, h->pattern, NP_NOTICE_TOWN, np_notice_words(reading, from, end),
                                               from, end, h->score - 30);
            if (c) c->unsure = !country;
            return;
        }
        if (!has_mark(text, to, h->end, ",")) return;
    }
}

static void place_value(np_reading *reading, const np_hit *h)
{
    bool address = has_group(h, h->pattern->group_v);
    size_t begin = address ? h->group[h->pattern->group_v][0] : h->begin, at = begin;
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
    if (town || h->pattern->field != NP_NOTICE_TOWN) return;
    /* a light heading, "Division:", is none for places that the book does not know */
    if ((h->pattern->headed && h->pattern->weight >= 40) || (address && country))
        unknown_town(reading, h, begin, country > 0);
}

static void take_value(np_reading *reading, const np_hit *h)
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
    np_hit h = {.pattern = p, .from = range[0], .to = range[1]};
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
    h.score = np_hit_score(reading, p, h.from, h.to);
    if (h.score > 0 && np_hit_range(reading, &h)) take_value(reading, &h);
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

static bool found_surely(const np_reading *reading, np_notice_field field)
{
    for (size_t i = 0; i < reading->candidate_count; i++)
        if (reading->candidates[i].field == field && reading->candidates[i].score >= SURE_ENOUGH) return true;
    return false;
}

/* A pattern with anchors is tried around them only: most of a notice is prose that has nothing to do with it. */
static void run_near_anchors(np_reading *reading, const np_pattern *p, size_t end)
{
    uint32_t places[NP_ANCHORS_MAX + 1];
    unsigned matches = 0;
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

static void run_pattern(np_reading *reading, const np_pattern *p)
{
    size_t end = p->start && reading->text.length > NP_START_PART ? NP_START_PART : reading->text.length;
    unsigned matches = 0;
    if (!(p->languages & reading->languages) || (p->fallback && found_surely(reading, p->field))) return;
    if (p->anchors)
        run_near_anchors(reading, p, end);
    else
        run_on(reading, p, 0, end, &matches);
}

/* The languages of the text, by their commonest words. */
static void find_languages(np_reading *reading)
{
    for (int lang = 0; lang < NP_TEXT_LANGUAGES; lang++) {
        unsigned count = 0;
        for (size_t w = 0; w < 4; w++)
            for (uint32_t at = reading->anchors.first[reading->patterns->common[lang][w]]; at && count < 3;
                 at = reading->anchors.items[at].next)
                count++;
        if (count >= 3) reading->languages |= 1u << lang;
    }
    reading->day_first = reading->languages == 1u << NP_TEXT_FRENCH; /* French has no other order */
    if (!reading->languages) reading->languages = ~0u;
}

void np_notice_collect(np_reading *reading)
{
    const np_patterns *patterns = reading->patterns;
    np_anchors_find(patterns->anchors, reading->arena, reading->text.lower, reading->text.length, &reading->anchors);
    find_languages(reading);
    np_notice_date_order(reading);
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
    vsnprintf(text, sizeof text, np_say(reading->diags->lang, format), arguments);
    va_end(arguments);
    np_notice *notice = reading->notice;
    for (size_t i = 0; i < notice->warning_count; i++)
        if (strcmp(notice->warnings[i], text) == 0) return;
    if (notice->warning_count >= 50) return;
    notice->warnings = np_arena_grow(reading->arena, notice->warnings, &reading->warning_capacity,
                                     notice->warning_count + 1, sizeof *notice->warnings);
    notice->warnings[notice->warning_count++] = np_arena_copy(reading->arena, text, strlen(text));
}
