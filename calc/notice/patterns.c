/* Compiling the book's [pattern X] sections. */
#include "natopay/notice/patterns.h"

#include <string.h>

#include "natopay/book/schema.h"
#include "notice_internal.h"

static const char *const KNOWN[NP_NOTICE_KNOWN_FIELDS] = {
#define NP_NOTICE_FIELD_NAME(id, name) [NP_NOTICE_##id] = name,
    NP_NOTICE_FIELDS(NP_NOTICE_FIELD_NAME)
#undef NP_NOTICE_FIELD_NAME
};

static const char *const ROLES[NP_ROLE_COUNT] = {NULL,           "debris",   "region",   "owner",  "evidence",
                                                 "organisation", "employer", "currency", "period", "label",
                                                 "place",        "remark",   "words"};
static const char *const SCOPES[] = {"behind", "before", "clause"};
static const char *const KINDS[NP_READS_COUNT] = {"text", "date", "grade", "money", "number", "months", "place"};

/* Words by which the languages of a text are known. */
static const char *const COMMON[NP_TEXT_LANGUAGES][4] = {{" the ", " of ", " and ", " will "},
                                                         {" de la ", " du ", " les ", " des "}};

const char *np_notice_known_name(np_notice_field field)
{
    return KNOWN[field];
}

/* ---- one section ---- */

typedef struct builder {
    np_patterns *patterns;
    np_diags *diags;
    const np_definition *definition;
    bool ok;
    bool anchored; /* a currency's words, and what begins with its anchors, are looked for in one place */
} builder;

static const char *text_of(const builder *b, const char *name)
{
    const np_key *key = np_definition_key(b->definition, name);
    return key && key->ini->value[0] ? key->ini->value : NULL;
}

static np_span span_of(const builder *b, const char *name)
{
    const np_key *key = np_definition_key(b->definition, name);
    return key ? key->ini->value_at : b->definition->at;
}

static pcre2_code *compile_key(builder *b, const char *name, bool lower, bool caseless)
{
    const char *regex = text_of(b, name);
    if (!regex) return NULL;
    if (b->anchored) regex = np_arena_format(b->diags->arena, "\\G(?:%s)", regex);
    pcre2_code *code = np_pattern_compile(b->diags, span_of(b, name),
                                          np_pattern_expand(b->diags->arena, b->patterns, regex, lower), caseless);
    b->ok = b->ok && code;
    return code;
}

static int word_index(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (words[i] && strcmp(words[i], word) == 0) return (int)i;
    return -1;
}

/* The number of the book's field of this name; -1: it has none. */
static int field_number(const builder *b, const char *name, size_t length)
{
    const np_book *book = b->patterns->book;
    for (size_t i = 0; i < book->field_count; i++)
        if (strlen(book->fields[i].name) == length && memcmp(book->fields[i].name, name, length) == 0)
            return (int)b->patterns->stated[i];
    return -1;
}

static const char *near_field(const np_book *book, const char *word)
{
    const char *best = NULL;
    unsigned distance = 4;
    for (size_t i = 0; i < book->field_count; i++) {
        unsigned d = np_edit_distance(word, book->fields[i].name, 3);
        if (d < distance) {
            distance = d;
            best = book->fields[i].name;
        }
    }
    return best;
}

static void complain(builder *b, const char *key, const char *message, const char *hint)
{
    np_diag *diag = np_report(b->diags, NP_CODE_BAD_PATTERN, span_of(b, key), "%s", np_say(b->diags->lang, message));
    if (hint) np_diag_hint(b->diags, diag, "%s", np_say(b->diags->lang, hint));
    b->ok = false;
}

static void read_field(builder *b, np_pattern *p)
{
    const char *name = text_of(b, "field");
    if (!name) {
        complain(b, "field", "this pattern names no field", NP_MARK("add a line field = NAME"));
        return;
    }
    int found = field_number(b, name, strlen(name)), role = word_index(ROLES, NP_ROLE_COUNT, name);
    if (found >= 0) {
        p->field = (np_notice_field)found;
    } else if (role > 0) {
        p->role = (np_pattern_role)role;
    } else {
        const char *near = near_field(b->patterns->book, name);
        complain(b, "field",
                 np_arena_format(b->diags->arena, np_say(b->diags->lang, "notices have no field '%s'"), name),
                 near ? np_arena_format(b->diags->arena, np_say(b->diags->lang, "did you mean %s?"), near) : NULL);
    }
}

/* "slp languages": the fields of a region. */
static void read_fields(builder *b, np_pattern *p)
{
    for (const char *at = text_of(b, "fields"); at && *at;) {
        size_t length = strcspn(at, " ,");
        int found = field_number(b, at, length);
        if (found >= 0)
            p->fields |= (uint64_t)1 << found;
        else
            complain(b, "fields",
                     np_arena_format(b->diags->arena, np_say(b->diags->lang, "notices have no field '%.*s'"),
                                     (int)length, at),
                     NULL);
        at += length + strspn(at + length, " ,");
    }
}

static void read_languages(builder *b, np_pattern *p)
{
    const char *text = text_of(b, "languages");
    p->languages = !text || strstr(text, "en") ? 1u << NP_TEXT_ENGLISH : 0;
    if (!text || strstr(text, "fr")) p->languages |= 1u << NP_TEXT_FRENCH;
    if (!p->languages) complain(b, "languages", "a pattern is for en, for fr, or for both", NULL);
}

/* "salary|salaire": plain words in small letters. */
static void read_anchors(builder *b, np_pattern *p)
{
    const char *text = text_of(b, "anchor");
    size_t capacity = 0;
    while (text && *text) {
        size_t length = strcspn(text, "|");
        p->anchors = np_arena_grow(b->patterns->arena, p->anchors, &capacity, p->anchor_count + 1, sizeof *p->anchors);
        p->anchors[p->anchor_count++] =
            np_anchors_add(b->patterns->anchors, b->patterns->arena, np_arena_copy(b->patterns->arena, text, length));
        if (length < 2 || p->anchor_count > NP_ANCHORS_MAX) {
            complain(b, "anchor", "there are at most 24 anchors, each of two letters or more", NULL);
            return;
        }
        text += length + (text[length] == '|');
    }
}

static int whole_number(builder *b, const char *name, int fallback, int least, int most)
{
    const char *text = text_of(b, name);
    if (!text) return fallback;
    bool minus = text[0] == '-';
    int value = 0;
    size_t digits = strspn(text + minus, "0123456789");
    for (size_t i = 0; i < digits && i < 6; i++) value = value * 10 + (text[(size_t)minus + i] - '0');
    if (minus) value = -value;
    if (digits && text[(size_t)minus + digits] == '\0' && value >= least && value <= most) return value;
    complain(b, name,
             np_arena_format(b->diags->arena, np_say(b->diags->lang, "%s is a whole number from %d to %d"), name, least,
                             most),
             NULL);
    return fallback;
}

static unsigned group_number(const pcre2_code *code, const char *name)
{
    int number = code ? pcre2_substring_number_from_name(code, (PCRE2_SPTR)name) : -1;
    return number > 0 ? (unsigned)number : 0;
}

static bool is_yes(const builder *b, const char *name)
{
    const char *text = text_of(b, name);
    return text && strcmp(text, "yes") == 0;
}

/* Phrases that are looked for as they are: labels, and names. */
static void read_phrases(builder *b, np_pattern *p, const char *key)
{
    np_patterns *patterns = b->patterns;
    np_phrases phrases = {.arena = patterns->arena};
    np_phrases_expand(&phrases, text_of(b, key));
    if (phrases.bad) complain(b, key, phrases.bad, NULL);
    p->anchors = np_arena_array(patterns->arena, phrases.count + 1, sizeof *p->anchors);
    for (size_t i = 0; i < phrases.count; i++)
        p->anchors[p->anchor_count++] = np_anchors_add(patterns->anchors, patterns->arena, phrases.items[i]);
}

/* Take the other pattern's expression where there is no own one; whether it was taken. */
static bool borrow(pcre2_code **own, pcre2_code *other)
{
    bool borrowed = !*own;
    if (borrowed) *own = other;
    return borrowed;
}

/* The expressions around a match that another pattern has, but for those that this one gives itself: `like = NAME`. Of
 * a label, the patterns that read its values too. */
static void read_like(builder *b, np_pattern *p)
{
    const char *name = text_of(b, "like");
    if (!name) return;
    for (size_t i = 0; i < b->patterns->count; i++) {
        np_pattern *other = &b->patterns->items[i];
        if (strcmp(other->name, name) != 0) continue;
        p->near_borrowed = borrow(&p->near, other->near);
        p->line_borrowed = borrow(&p->line, other->line);
        p->against_borrowed = borrow(&p->against, other->against);
        if (p->headed && other->headed) p->values_like = other;
        return;
    }
    complain(b, "like", "no pattern of this name stands before this one", NULL);
}

/* The label in whose values alone a pattern is tried. */
static void read_slot(builder *b, np_pattern *p)
{
    const char *name = text_of(b, "slot");
    p->slot = -1;
    for (size_t i = 0; name && i < b->patterns->count && p->slot < 0; i++)
        if (strcmp(b->patterns->items[i].name, name) == 0) p->slot = (int)i;
    np_pattern *label = p->slot >= 0 ? &b->patterns->items[p->slot] : NULL;
    if (label && label->field == p->field) label->slotted = true;
    if (name && p->slot < 0) complain(b, "slot", "no pattern of this name stands before this one", NULL);
}

static void read_around(builder *b, np_pattern *p)
{
    p->near = compile_key(b, "near", true, false);
    p->line = compile_key(b, "line", true, false);
    p->against = compile_key(b, "against", true, false);
    p->until = compile_key(b, "until", false, true);
    read_like(b, p);
}

static void read_regex(builder *b, np_pattern *p, const char *regex)
{
    /* what asks for capitals somewhere ignores case elsewhere, unless all is as written */
    bool mixed = strstr(regex, "(?-i:") != NULL, cased = is_yes(b, "cased");
    p->cased = mixed || cased;
    b->anchored = p->role == NP_ROLE_CURRENCY || (p->window == 0 && p->anchor_count);
    p->code = compile_key(b, "regex", !p->cased, mixed && !cased);
    p->group_n = group_number(p->code, "n");
    p->group_m = group_number(p->code, "m");
    p->group_u = group_number(p->code, "u");
    p->group_v = group_number(p->code, "v");
    if (p->kind == NP_READS_NUMBER && !p->group_n && !p->value)
        complain(b, "regex", "a pattern of kind number has a %n in its regex", NULL);
    if (p->kind == NP_READS_MONTHS && (!p->group_n || !p->group_u))
        complain(b, "regex", "a pattern of kind months has a %n and a %u in its regex", NULL);
    if (p->role == NP_ROLE_REGION && !p->until) complain(b, "regex", "a region says where it ends: until = ...", NULL);
}

static void read_expressions(builder *b, np_pattern *p)
{
    const char *head = text_of(b, "head"), *words = text_of(b, "words"), *regex = text_of(b, "regex");
    p->headed = head != NULL;
    p->named = words && p->role != NP_ROLE_PLACE && p->role != NP_ROLE_WORDS;
    if (!head + !words + !regex != 2) {
        complain(b, "head", "a pattern has either a head, words or a regex", NULL);
        return;
    }
    read_around(b, p);
    if (p->headed || p->named) read_phrases(b, p, head ? "head" : "words");
    if (regex) read_regex(b, p, regex);
}

static int choice(builder *b, const char *key, const char *const *words, size_t count, const char *what)
{
    const char *text = text_of(b, key);
    int found = text ? word_index(words, count, text) : 0;
    if (found < 0) complain(b, key, what, NULL);
    return found < 0 ? 0 : found;
}

static void read_pattern(builder *b, np_pattern *p)
{
    p->name = b->definition->name;
    p->at = b->definition->at;
    p->value = text_of(b, "value");
    p->words = text_of(b, "words");
    p->country = text_of(b, "country");
    read_field(b, p);
    read_fields(b, p);
    read_languages(b, p);
    if (text_of(b, "anchor")) read_anchors(b, p);
    p->kind = (np_pattern_kind)choice(b, "kind", KINDS, NP_READS_COUNT,
                                      NP_MARK("a kind is text, date, grade, money, number, months or place"));
    p->scope = (np_owner_scope)choice(b, "scope", SCOPES, 3, NP_MARK("a scope is behind, before or clause"));
    const char *where = text_of(b, "where");
    if (where && strcmp(where, "start") != 0) complain(b, "where", "where = start is all there is", NULL);
    p->start = where != NULL;
    if (is_yes(b, "list")) b->patterns->lists |= (uint64_t)1 << p->field;
    p->strict = is_yes(b, "strict");
    p->whole = is_yes(b, "whole");
    p->fallback = is_yes(b, "fallback");
    p->weight = whole_number(b, "weight",
                             p->role == NP_ROLE_REGION     ? -40
                             : p->role == NP_ROLE_EVIDENCE ? 10
                                                           : 50,
                             -100, 100);
    p->reach = (unsigned)whole_number(b, "reach", 80, 0, 1000);
    p->window = (unsigned)whole_number(b, "window", 160, 0, 1000);
    p->most = whole_number(b, "most", 600, 1, 1000);
    read_slot(b, p);
    read_expressions(b, p);
    b->ok = np_book_refuse_unknown_keys(b->diags, b->definition) && b->ok;
}

/* ---- all ---- */

static bool is_pattern(const np_definition *definition)
{
    return strcmp(definition->type, "pattern") == 0;
}

/* Which label or name each phrase is; of two patterns that have the same, the first in the book counts, and a label
 * before a name. */
static void index_labels(np_patterns *patterns)
{
    size_t count = np_anchors_count(patterns->anchors);
    patterns->of_word = np_arena_array(patterns->arena, count + 1, sizeof *patterns->of_word);
    memset(patterns->of_word, 0xFF, (count + 1) * sizeof *patterns->of_word);
    for (int headed = 0; headed < 2; headed++)
        for (size_t i = patterns->count; i-- > 0;) {
            const np_pattern *p = &patterns->items[i];
            if (headed ? !p->headed : !p->named) continue;
            for (size_t w = 0; w < p->anchor_count; w++) patterns->of_word[p->anchors[w]] = (uint16_t)i;
        }
}

/* A field that the reader knows has its own number, others follow. */
static void number_fields(np_patterns *patterns, np_diags *diags)
{
    const np_book *book = patterns->book;
    patterns->stated = np_arena_array(patterns->arena, book->field_count + 1, sizeof *patterns->stated);
    patterns->field_count = NP_NOTICE_KNOWN_FIELDS;
    for (size_t i = 0; i < book->field_count; i++) {
        int known = word_index(KNOWN, NP_NOTICE_KNOWN_FIELDS, book->fields[i].name);
        patterns->stated[i] = known >= 0 ? (np_notice_field)known : patterns->field_count++;
        if (patterns->field_count <= NP_NOTICE_FIELDS_MAX) continue;
        np_report(diags, NP_CODE_TOO_MANY, book->fields[i].at, "notices have at most %d fields, %d of them new ones",
                  NP_NOTICE_FIELDS_MAX, NP_NOTICE_FIELDS_MAX - NP_NOTICE_KNOWN_FIELDS);
        patterns->stated[i] = --patterns->field_count;
    }
}

static void read_all(np_patterns *patterns, np_diags *diags)
{
    const np_book *book = patterns->book;
    for (size_t i = 0; i < book->definition_count; i++) {
        if (!is_pattern(book->definitions[i])) continue;
        builder b = {patterns, diags, book->definitions[i], true, false};
        np_pattern *p = &patterns->items[patterns->count];
        bool full = np_anchors_full(patterns->anchors);
        read_pattern(&b, p);
        patterns->count++;
        if (!full && np_anchors_full(patterns->anchors))
            np_report(diags, NP_CODE_TOO_MANY, p->at,
                      "up to here the labels, names and anchors of all patterns have more than %d different beginnings",
                      NP_ANCHOR_STATES_MAX);
    }
    while (patterns->debris_from < patterns->count && patterns->items[patterns->debris_from].role != NP_ROLE_DEBRIS)
        patterns->debris_from++;
    np_pattern_lists_read(patterns);
    np_grade_letters_compile(patterns);
    np_month_names_compile(patterns);
}

static void fill(np_patterns *patterns, np_diags *diags)
{
    const np_book *book = patterns->book;
    size_t count = 0;
    for (size_t i = 0; i < book->definition_count; i++) count += is_pattern(book->definitions[i]);
    patterns->items = np_arena_array(patterns->arena, count + 1, sizeof *patterns->items);
    patterns->anchors = np_anchors_new(patterns->arena);
    number_fields(patterns, diags);
    for (int lang = 0; lang < NP_TEXT_LANGUAGES; lang++)
        for (size_t w = 0; w < 4; w++)
            patterns->common[lang][w] = np_anchors_add(patterns->anchors, patterns->arena, COMMON[lang][w]);
    read_all(patterns, diags);
    np_anchors_finish(patterns->anchors, patterns->arena);
    index_labels(patterns);
    np_places_compile(patterns, diags);
    if (count == 0) {
        np_diag *diag = np_report(diags, NP_CODE_BAD_PATTERN, np_span_none(), "the rule book has no [pattern] at all");
        np_diag_hint(diags, diag, "data/nato/patterns.ini holds those for vacancy notices");
    }
}

typedef struct filling {
    np_patterns *patterns;
    np_diags *diags;
} filling;

static void guarded_fill(void *context)
{
    filling *f = context;
    fill(f->patterns, f->diags);
}

np_patterns *np_patterns_new(const np_book *book, np_diags *diags, np_arena *arena)
{
    np_patterns *patterns = np_arena_try(arena, sizeof *patterns);
    if (!patterns) return NULL;
    patterns->book = book;
    patterns->arena = arena;
    size_t errors = diags->errors;
    filling f = {patterns, diags};
    if (np_arena_guard(arena, guarded_fill, &f) && diags->errors == errors) return patterns;
    np_patterns_free(patterns);
    return NULL;
}

void np_patterns_free(np_patterns *patterns)
{
    if (!patterns) return;
    for (size_t i = 0; i < patterns->count; i++) {
        np_pattern *p = &patterns->items[i];
        pcre2_code_free(p->code);
        pcre2_code_free(p->until);
        if (!p->near_borrowed) pcre2_code_free(p->near);
        if (!p->line_borrowed) pcre2_code_free(p->line);
        if (!p->against_borrowed) pcre2_code_free(p->against);
        p->code = p->near = p->line = p->against = p->until = NULL;
    }
    pcre2_code_free(patterns->places);
    patterns->places = NULL;
}
