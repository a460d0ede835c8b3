/* Notices: what is found stands in the text, is told with its line, and has the form of its field; the same text gives
 * the same reading; the post that comes of it is an INI file without a mistake. Read by the rule book of NATOPAY_DATA,
 * else data/nato: the live patterns are what is to be tried. */
#include "fuzz.h"

#include "natopay/book/load.h"
#include "natopay/notice/notice.h"
#include "natopay/render/render.h"
#include "natopay/report/notice_report.h"

const long fuzz_mutations = 1200;

static np_patterns *patterns;

static void load_patterns(void *context)
{
    np_arena *arena = context;
    const char *folder = getenv("NATOPAY_DATA");
    np_diags diags;
    np_diags_init(&diags, arena);
    np_book *book = np_book_load(np_reader_disk(), &diags, arena, folder ? folder : "data/nato", NULL, 0);
    REQUIRE(book && diags.errors == 0);
    patterns = np_patterns_new(book, &diags, arena);
}

/* Made once, and kept to the end. */
static void need_patterns(void)
{
    static np_arena *arena;
    if (patterns) return;
    arena = np_arena_new(0);
    REQUIRE(arena && np_arena_guard(arena, load_patterns, arena) && patterns);
}

typedef struct trial {
    np_arena *arena;
    np_diags diags;
    const char *bytes;
    size_t size;
    np_text said;
} trial;

static void check_finding(const np_notice *notice, const np_finding *found, np_notice_field field)
{
    np_position at = np_span_position(found->at);
    np_date date;
    REQUIRE(*found->value && found->at.file == notice->file);
    REQUIRE(found->at.offset + (size_t)found->at.length <= notice->file->size);
    REQUIRE(at.line == found->line && at.column == found->column && found->mentions > 0);
    size_t length = strlen(found->value);
    if (field == NP_NOTICE_GRADE || field == NP_NOTICE_TWIN_GRADE)
        REQUIRE(np_book_grade(notice->book, found->value) >= 0);
    if (field == NP_NOTICE_COUNTRY) REQUIRE(np_book_country(notice->book, found->value) >= 0);
    if (field == NP_NOTICE_CLOSING && length == 10) REQUIRE(!np_date_parse(found->value, length, &date));
}

static void check_post(trial *t, const np_notice *notice)
{
    np_diags diags;
    np_ini ini, post = np_notice_post(t->arena, notice);
    np_text text;
    np_diags_init(&diags, t->arena);
    np_text_init(&text, 1 << 20);
    np_notice_ini(&text, notice);
    REQUIRE(post.section_count > 0 && !text.failed);
    np_file *file = np_check_text(&diags, "post.ini", np_text_string(&text), text.length, NP_INI_FILE_LIMIT);
    REQUIRE(file && np_ini_read(&diags, file, &ini) && diags.errors == 0 && ini.section_count == post.section_count);
    np_text_free(&text); /* what was read points into it */
}

static void try_notice(void *context)
{
    trial *t = context;
    np_diags_init(&t->diags, t->arena);
    np_notice *notice = np_notice_read(patterns, &t->diags, "notice.txt", t->bytes, t->size);
    REQUIRE(notice || t->diags.errors > 0);
    np_diags_print(&t->said, &t->diags, false);
    if (!notice) return;
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const np_notice_entry *entry = np_notice_entry_at(notice, i);
        if (!entry->found) continue;
        check_finding(notice, &entry->best, notice->stated[i]);
        REQUIRE(entry->alternative_count <= 8);
        for (size_t k = 0; k < entry->alternative_count; k++)
            check_finding(notice, &entry->alternatives[k], notice->stated[i]);
    }
    np_notice_json(&t->said, notice);
    const np_notice *const one[] = {notice};
    np_readings readings = {one, 1, false, NULL};
    np_output output = np_readings_output(&readings);
    REQUIRE(np_render(&t->said, NP_FORMAT_TEXT, &output, t->arena));
    check_post(t, notice);
}

static void read_it(trial *t, const char *bytes, size_t size)
{
    *t = (trial){.arena = np_arena_new(1 << 28), .bytes = bytes, .size = size};
    np_text_init(&t->said, 1 << 24);
    REQUIRE(t->arena && np_arena_guard(t->arena, try_notice, t) && !t->said.failed);
    uint32_t point;
    for (size_t i = 0; i < t->said.length;) {
        i += np_utf8_next(t->said.data + i, t->said.length - i, &point);
        REQUIRE(point != NP_UTF8_BAD);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    trial a, b;
    need_patterns();
    read_it(&a, (const char *)data, size);
    read_it(&b, (const char *)data, size);
    REQUIRE(a.said.length == b.said.length && strcmp(np_text_string(&a.said), np_text_string(&b.said)) == 0);
    np_may_be_notice("notice.txt", (const char *)data, size);
    np_text_free(&a.said);
    np_text_free(&b.said);
    np_arena_free(a.arena);
    np_arena_free(b.arena);
    return 0;
}
