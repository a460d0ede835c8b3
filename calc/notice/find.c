/* Running the patterns over the text and the labels' values: all that any of them finds becomes a candidate. */
#include <string.h>

#include "notice_internal.h"

enum {
    SHORT_LINE = 50,
    MATCHES_MAX = 40,
    SURE_ENOUGH = 60,
    ANCHOR_REACH = 160,
    ANCHORED_MAX = 600, /* bytes of a match that begins with an anchor */
    REGIONS_MAX = 400,
    TOP = 400
};

/* ---- passages, and whose they are ---- */

/* A short line is a heading or an entry by itself: a budget officer's title says nothing of the date beneath. Words
 * that end their line ("Reports to:") speak of the next. */
static void keep_to_short_line(const np_notice_text *t, size_t from, size_t to, size_t *start, size_t *end)
{
    size_t begin = from, stop = to;
    while (begin > *start && t->text[begin - 1] != '\n') begin--;
    while (stop < *end && t->text[stop] != '\n') stop++;
    if (stop - begin >= SHORT_LINE || np_only_marks(t->text, to, stop)) return;
    *start = begin;
    *end = stop;
}

static void add_region(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    if (reading->region_count >= REGIONS_MAX) return;
    struct np_region r = {p, from, from, to};
    size_t start, end;
    np_clause(reading, from, to, &start, &end);
    keep_to_short_line(&reading->text, from, to, &start, &end);
    if (p->role == NP_ROLE_REGION) {
        r.to = np_notice_match(reading, p->until, reading->text.text, reading->text.length, to)
                   ? pcre2_get_ovector_pointer(reading->match)[0]
                   : reading->text.length;
    } else {
        if (p->scope != NP_SCOPE_BEHIND) r.from = start;
        /* "5 June; now extended until 26 June": the whole line */
        while (p->scope == NP_SCOPE_BEFORE && r.from > 0 && from - r.from < ANCHOR_REACH &&
               reading->text.text[r.from - 1] != '\n')
            r.from--;
        r.to = p->scope == NP_SCOPE_BEFORE ? to : end;
        if (p->until && r.to > to && np_notice_match(reading, p->until, reading->text.text, r.to, to))
            r.to = pcre2_get_ovector_pointer(reading->match)[0];
        if (p->value && strcmp(p->value, "board") == 0)
            np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, np_notice_span(&reading->text, from, to),
                           "'%s' is a job board's figure, and no salary that the employer names",
                           np_notice_words(reading, from, to));
    }
    reading->regions = np_arena_grow(reading->arena, reading->regions, &reading->region_capacity,
                                     reading->region_count + 1, sizeof *reading->regions);
    reading->regions[reading->region_count++] = r;
}

static void take_employer(np_reading *reading, const np_hit *h)
{
    const np_pattern *p = h->pattern;
    int weight = np_hit_score(reading, p, h->from, h->to) + (h->from < TOP ? 20 : 0);
    if (weight <= reading->employer) return;
    bool own = p->group_v && p->group_v < h->groups && h->group[p->group_v][0] != PCRE2_UNSET;
    size_t from = own ? h->group[p->group_v][0] : h->from, to = own ? h->group[p->group_v][1] : h->to;
    reading->employer = weight;
    reading->employer_name = p->value ? p->value : h->name ? h->name : np_notice_words(reading, from, to);
    reading->employer_at = from;
    reading->employer_end = to;
    reading->employer_pattern = p;
}

/* ---- one match ---- */

/* A name in the value of its field's label: "NATO Body: NCI Agency". */
static bool in_own_slot(const np_reading *reading, const np_pattern *p, size_t at)
{
    for (size_t i = 0; i < reading->slot_count; i++) {
        const np_labelled *slot = &reading->slots[i];
        if (slot->label->role == NP_ROLE_FIELD && slot->label->field == p->field && at >= slot->from && at < slot->to)
            return true;
    }
    return false;
}

/* False: the pattern needs no others. */
static bool take_hit(np_reading *reading, np_hit *h)
{
    const np_pattern *p = h->pattern;
    switch (p->role) {
    case NP_ROLE_EVIDENCE:
        if (np_hit_score(reading, p, h->from, h->to) > 0 || p->weight < 0) reading->evidence += p->weight;
        return false;
    case NP_ROLE_ORGANISATION:
        reading->own_organisation += p->weight;
        return false;
    case NP_ROLE_EMPLOYER:
        take_employer(reading, h);
        return true;
    case NP_ROLE_REGION:
    case NP_ROLE_OWNER:
        add_region(reading, p, h->from, h->to);
        return true;
    default:
        break;
    }
    h->score = np_hit_score(reading, p, h->from, h->to);
    h->headed = p->named && in_own_slot(reading, p, h->from);
    np_hit_range(reading, h);
    if (h->score > 0 || p->weight < 0) np_notice_take(reading, h);
    return true;
}

static bool take_match(np_reading *reading, const np_pattern *p)
{
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(reading->match);
    np_hit h = {.pattern = p, .from = range[0], .to = range[1]};
    h.groups = reading->groups < 32 ? reading->groups : 32;
    for (unsigned g = 0; g < h.groups; g++) memcpy(h.group[g], range + 2 * g, sizeof h.group[g]);
    return take_hit(reading, &h);
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
static size_t next_anchor(const np_reading *reading, const np_pattern *p, uint32_t *at, size_t *length)
{
    size_t best = SIZE_MAX, which = 0;
    for (size_t i = 0; i < p->anchor_count; i++)
        if (at[i] && reading->anchors.items[at[i]].end < best) {
            best = reading->anchors.items[at[i]].end;
            which = i;
        }
    if (best == SIZE_MAX) return best;
    at[which] = reading->anchors.items[at[which]].next;
    *length = np_anchors_length(reading->patterns->anchors, p->anchors[which]);
    return best;
}

static bool found_surely(const np_reading *reading, np_notice_field field)
{
    for (size_t i = 0; i < reading->candidate_count; i++)
        if (reading->candidates[i].field == field && reading->candidates[i].score >= SURE_ENOUGH) return true;
    return false;
}

/* A pattern that begins with its anchors. */
static void run_at_anchors(np_reading *reading, const np_pattern *p, uint32_t *places, size_t end)
{
    const np_notice_text *t = &reading->text;
    unsigned matches = 0;
    size_t done = 0, at, length;
    while ((at = next_anchor(reading, p, places, &length)) <= end && matches < MATCHES_MAX) {
        if (at < done + length) continue;
        size_t most = at + ANCHORED_MAX < end ? at + ANCHORED_MAX : end;
        if (!np_notice_match(reading, p->code, p->cased ? t->text : t->lower, most, at - length)) continue;
        done = pcre2_get_ovector_pointer(reading->match)[1];
        matches++;
        if (!take_match(reading, p)) return;
    }
}

/* A pattern with anchors is tried around them only: most of a notice is prose that has nothing to do with it. */
static void run_near_anchors(np_reading *reading, const np_pattern *p, size_t end)
{
    uint32_t places[NP_ANCHORS_MAX + 1];
    unsigned matches = 0;
    for (size_t i = 0; i < p->anchor_count; i++) places[i] = reading->anchors.first[p->anchors[i]];
    if (p->window == 0) {
        run_at_anchors(reading, p, places, end);
        return;
    }
    size_t done = 0, length, at = next_anchor(reading, p, places, &length);
    while (at != SIZE_MAX && at <= end) {
        size_t from = at > p->window ? at - p->window : 0, to = at + p->window;
        while ((at = next_anchor(reading, p, places, &length)) != SIZE_MAX && at < to + p->window) to = at + p->window;
        if (from < done) from = done;
        if (!run_on(reading, p, from, to < end ? to : end, &matches)) return;
        done = to;
    }
}

/* ---- names, as they are ---- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The word stands at text[from..to) by itself; in capitals when it is written so, and then not in "SHAPE/J2". */
static bool is_name_at(const char *text, const char *word, size_t from, size_t to)
{
    bool capitals = true;
    for (const char *c = word; *c; c++) capitals = capitals && !(*c >= 'a' && *c <= 'z');
    if ((from > 0 && is_word(text[from - 1])) || is_word(text[to])) return false;
    if (!capitals) return true;
    for (size_t i = from; i < to; i++)
        if (text[i] >= 'a' && text[i] <= 'z') return false;
    return !(strchr("-/", text[to]) && text[to] && is_word(text[to + 1]));
}

static void run_names(np_reading *reading, const np_pattern *p)
{
    unsigned matches = 0;
    for (size_t w = 0; w < p->anchor_count; w++) {
        if (!reading->anchors.first[p->anchors[w]]) continue;
        const char *word = np_anchors_word(reading->patterns->anchors, p->anchors[w]);
        size_t length = np_anchors_length(reading->patterns->anchors, p->anchors[w]);
        for (uint32_t i = reading->anchors.first[p->anchors[w]]; i; i = reading->anchors.items[i].next) {
            size_t to = reading->anchors.items[i].end, from = to - length;
            if (!is_name_at(reading->text.text, word, from, to)) continue;
            np_hit h = {.pattern = p, .from = from, .to = to, .name = word};
            if (++matches > MATCHES_MAX || !take_hit(reading, &h)) return;
        }
    }
}

/* ---- labels ---- */

static void take_slot(np_reading *reading, const np_labelled *slot)
{
    const np_pattern *p = slot->label;
    np_hit h = {.pattern = p, .from = slot->label_from, .to = slot->label_to, .begin = slot->from, .end = slot->to};
    size_t most = p->kind == NP_READS_TEXT ? NP_VALUE_MAX : (size_t)p->reach * 2;
    bool slotted = p->values_like ? p->values_like->slotted : p->slotted;
    if (p->role != NP_ROLE_FIELD || slotted || slot->to <= slot->from) return;
    if (h.end - h.begin > most) h.end = h.begin + most;
    while (h.end < slot->to && ((unsigned char)reading->text.text[h.end] & 0xC0) == 0x80) h.end++;
    h.score = np_hit_score(reading, p, h.from, h.to) + slot->bonus;
    if (h.score > 0) np_notice_take(reading, &h);
}

/* A value in a later sentence of the slot is more likely about something else. */
static int later_sentence(const np_notice_text *t, size_t from, size_t at)
{
    for (size_t i = from; i + 1 < at; i++)
        if (strchr(".;", t->text[i]) && t->text[i + 1] == ' ' && i > from + 3) return 40;
    return 0;
}

/* A pattern for the values of one label. */
static void run_slots(np_reading *reading, const np_pattern *p)
{
    const np_notice_text *t = &reading->text;
    const np_pattern *label = &reading->patterns->items[p->slot];
    for (size_t i = 0; i < reading->slot_count; i++) {
        const np_labelled *slot = &reading->slots[i];
        if ((slot->label != label && slot->label->values_like != label) || slot->to <= slot->from) continue;
        if (!np_notice_match(reading, p->code, p->cased ? t->text : t->lower, slot->to, slot->from)) continue;
        const PCRE2_SIZE *range = pcre2_get_ovector_pointer(reading->match);
        np_hit h = {.pattern = p, .from = range[0], .to = range[1], .begin = slot->from, .end = slot->to};
        h.groups = reading->groups < 32 ? reading->groups : 32;
        for (unsigned g = 0; g < h.groups; g++) memcpy(h.group[g], range + 2 * g, sizeof h.group[g]);
        h.score = np_hit_score(reading, p, h.from, h.to) + slot->bonus - later_sentence(t, slot->from, h.from);
        h.score += slot->label->weight - label->weight;
        if (h.score > 0) np_notice_take(reading, &h);
    }
}

static void run_pattern(np_reading *reading, const np_pattern *p)
{
    size_t end = p->start && reading->text.length > NP_START_PART ? NP_START_PART : reading->text.length;
    unsigned matches = 0;
    if (p->headed || (!p->code && !p->named)) return;
    if (!(p->languages & reading->languages) || (p->fallback && found_surely(reading, p->field))) return;
    if (p->slot >= 0)
        run_slots(reading, p);
    else if (p->named)
        run_names(reading, p);
    else if (p->anchors)
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
    find_languages(reading);
    np_notice_date_order(reading);
    np_notice_mark(reading);
    for (size_t i = 0; i < patterns->count; i++)
        if (patterns->items[i].role == NP_ROLE_REGION || patterns->items[i].role == NP_ROLE_OWNER)
            run_pattern(reading, &patterns->items[i]);
    for (size_t i = 0; i < reading->slot_count; i++) take_slot(reading, &reading->slots[i]);
    for (size_t i = 0; i < patterns->count; i++) {
        np_pattern_role role = patterns->items[i].role;
        if (role == NP_ROLE_FIELD || role == NP_ROLE_EVIDENCE || role == NP_ROLE_ORGANISATION ||
            role == NP_ROLE_EMPLOYER)
            run_pattern(reading, &patterns->items[i]);
    }
}
