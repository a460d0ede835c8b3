/* Parts of plans: what is read is written as it was read; nothing of a refused part matters; a part shares all of its
 * keys with itself. The checksum is put right, so that what it guards is reached. */
#include "fuzz.h"

#include "natopay/plan/partial_totals.h"
#include "unit/scratch_support.h"

const long fuzz_mutations = 20000;

/* ---- lines of a text ---- */

typedef struct lines {
    const char *at, *end;
    char *line;
} lines;

static char *next_line(void *context)
{
    lines *l = context;
    free(l->line);
    l->line = NULL;
    if (l->at == l->end) return NULL;
    const char *newline = memchr(l->at, '\n', (size_t)(l->end - l->at)), *stop = newline ? newline : l->end;
    l->line = fuzz_alloc((size_t)(stop - l->at) + 1);
    memcpy(l->line, l->at, (size_t)(stop - l->at));
    l->line[stop - l->at] = '\0';
    l->at = newline ? newline + 1 : l->end;
    return l->line;
}

static bool append(void *context, const char *bytes, size_t size)
{
    np_text_add(context, bytes, size);
    return true;
}

/* ---- one part ---- */

typedef struct part {
    np_arena *arena;
    np_partial_totals_head head;
    np_window window;
    memory scratch;
    np_totals totals;
    np_key_lists keys;
    bool begun;
} part;

static void read_head_into(part *p, const char **why, np_partial_totals_reader *reader)
{
    *why = np_partial_totals_read_head(reader, p->arena, &p->head);
    if (!*why && !np_window_set(&p->window, p->head.first, p->head.months)) *why = "its months are no months";
}

typedef struct reading {
    part *p;
    np_partial_totals_reader reader;
    const char *why;
} reading;

static void read_guarded(void *context)
{
    reading *r = context;
    read_head_into(r->p, &r->why, &r->reader);
}

/* NULL, or why not. */
static const char *read_part(part *p, const char *text, size_t size, uint32_t number)
{
    lines l = {text, text + size, NULL};
    reading r = {p, {.context = &l, .line = next_line}, "memory ran out"};
    p->arena = p->arena ? p->arena : np_arena_new(1 << 24);
    REQUIRE(p->arena);
    np_arena_guard(p->arena, read_guarded, &r);
    if (!r.why && !p->begun) {
        np_scratch scratch = scratch_of(&p->scratch);
        np_totals_init(&p->totals, (uint16_t)p->head.books, p->window.periods, scratch);
        np_key_lists_init(&p->keys, scratch);
        p->begun = true;
    }
    if (!r.why) r.why = np_partial_totals_read_totals(&r.reader, &p->totals, &p->keys, number);
    free(l.line);
    REQUIRE(!r.why || *r.why);
    return r.why;
}

static void free_part(part *p)
{
    if (p->begun) np_totals_free(&p->totals);
    if (p->begun) np_key_lists_free(&p->keys);
    np_arena_free(p->arena);
    free(p->scratch.bytes);
}

static void write_part(part *p, np_text *out)
{
    np_text_init(out, 1 << 26);
    REQUIRE(np_partial_totals_write((np_partial_totals_writer){out, append}, &p->head, &p->totals, &p->keys));
    REQUIRE(!out->failed);
}

/* Twice the same part: every key is shared, every count doubled. */
static void add_to_itself(const np_text *text)
{
    part twice = {0};
    np_shared_keys shared;
    REQUIRE(!read_part(&twice, np_text_string(text), text->length, 0));
    uint64_t rows = twice.totals.rows, keys = twice.keys.keys;
    REQUIRE(np_key_lists_shared(&twice.keys, &shared) && shared.keys == 0);
    if (rows > UINT64_MAX / 4) { /* the sum would not fit: nobody has so many staff */
        free_part(&twice);
        return;
    }
    REQUIRE(!read_part(&twice, np_text_string(text), text->length, 1));
    REQUIRE(twice.totals.rows == 2 * rows && twice.keys.keys == 2 * keys);
    REQUIRE(np_key_lists_shared(&twice.keys, &shared) && shared.keys == keys);
    free_part(&twice);
}

/* Reading may put lines in order and fractions in lowest terms; then writing and reading change nothing. */
static void round_trip(const char *text, size_t size)
{
    part first = {0}, second = {0};
    np_text once, again;
    if (!read_part(&first, text, size, 0)) {
        REQUIRE(first.totals.rows == first.totals.done + first.totals.rejected);
        write_part(&first, &once);
        REQUIRE(!read_part(&second, np_text_string(&once), once.length, 0));
        REQUIRE(!np_partial_totals_differs(&first.head, &second.head));
        write_part(&second, &again);
        REQUIRE(once.length == again.length && memcmp(once.data, again.data, once.length) == 0);
        add_to_itself(&once);
        np_text_free(&once);
        np_text_free(&again);
    }
    free_part(&first);
    free_part(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    np_text text;
    const char *bytes = (const char *)data;
    round_trip(bytes, size);
    size_t end = size; /* of the last line that begins with "end" */
    for (size_t i = 0; i + 4 <= size; i++)
        if (memcmp(bytes + i, "\nend", 4) == 0) end = i + 1;
    np_text_init(&text, 1 << 26);
    np_text_add(&text, bytes, end);
    np_text_printf(&text, "end\t%016llx\n",
                   (unsigned long long)np_partial_totals_sum(NP_PART_SUM_OF_NOTHING, bytes, end));
    round_trip(np_text_string(&text), text.length);
    np_text_free(&text);
    return 0;
}
