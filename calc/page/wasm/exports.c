/* np_ask as JavaScript calls it. Strings come in memory that page_alloc gave, each ended by a zero byte. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sha2.h>

#include "natopay/ask/ask.h"
#include "natopay/ask/run.h"
#include "natopay/book/ini.h"
#include "natopay/render/render.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

/* The page hears how many rows of a staff list are done. */
__attribute__((import_module("page"), import_name("told"))) void page_told(uint32_t rows);

static void tell(void *context, uint64_t rows)
{
    (void)context;
    page_told(rows > UINT32_MAX ? UINT32_MAX : (uint32_t)rows);
}

enum { OWN_FILES = 64 };
static np_memory_file own[OWN_FILES], given[NP_REQUEST_FILES];
static np_memory_files own_files = {own, 0};
static size_t given_count;
static np_session *session;
static np_answer answer;

void *EXPORT(page_alloc)(size_t size)
{
    return malloc(size);
}

void EXPORT(page_free)(void *memory)
{
    free(memory);
}

/* A file of the rule book or a translation, before the first request. It is kept, not copied. */
int EXPORT(page_own)(const char *path, const char *text, size_t size)
{
    if (own_files.count == OWN_FILES) return 0;
    own[own_files.count++] = (np_memory_file){path, text, size};
    return 1;
}

/* A file of the next request. It must stay until that is answered. */
int EXPORT(page_give)(const char *path, const char *text, size_t size)
{
    if (given_count == NP_REQUEST_FILES) return 0;
    given[given_count++] = (np_memory_file){path, text, size};
    return 1;
}

/* `count` strings one after the other; gives back the exit code. */
int EXPORT(page_ask)(const char *strings, size_t count, const char *language)
{
    const char *arguments[NP_REQUEST_ARGUMENTS];
    if (count > NP_REQUEST_ARGUMENTS) count = NP_REQUEST_ARGUMENTS;
    for (size_t i = 0; i < count; i++, strings += strlen(strings) + 1) arguments[i] = strings;
    if (!session) session = np_session_new(&own_files);
    if (!session) __builtin_trap();
    np_session_tell(session, tell, NULL);
    np_request request = {arguments, count, given, given_count, *language ? language : NULL};
    answer = np_ask(session, &request);
    given_count = 0;
    return answer.exit;
}

const char *EXPORT(page_bytes)(void)
{
    return answer.bytes;
}

size_t EXPORT(page_size)(void)
{
    return answer.size;
}

const char *EXPORT(page_media)(void)
{
    return answer.media_type;
}

const char *EXPORT(page_said)(void)
{
    return answer.diagnostics;
}

/* What a further file holds, and how long it is; NULL: there is none. */
const char *EXPORT(page_output)(void)
{
    return answer.output_count ? answer.outputs[0].text : NULL;
}

size_t EXPORT(page_output_size)(void)
{
    return answer.output_count ? answer.outputs[0].size : 0;
}

/* ---- what this build leaves out ---- */

/* No workbooks: libxlsxwriter writes through files. */
NP_FORMAT_WRITER(np_render_xlsx)
{
    (void)out, (void)output, (void)arena;
    return false;
}

/* No check, and no help: nobody keeps rules in the page, and nobody types commands. */
void np_cmd_check(np_run *run)
{
    (void)run;
}

void np_help_overview(np_text *out, const np_lang *lang, size_t columns)
{
    (void)out, (void)lang, (void)columns;
}

void np_help_command(np_text *out, const np_command *command, const np_lang *lang, size_t columns)
{
    (void)out, (void)command, (void)lang, (void)columns;
}

void np_help_manual(np_text *out)
{
    (void)out;
}

void np_help_completion(np_text *out)
{
    (void)out;
}

/* Nothing is compared with iniparser: it reads files of a disk alone. */
size_t np_ini_compare(np_diags *diags, const np_ini *ini)
{
    (void)diags, (void)ini;
    return 0;
}

/* libmd makes this one from a template when it is configured. */
char *SHA256End(SHA2_CTX *context, char *hex)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, context);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[2 * sizeof digest] = '\0';
    return hex;
}

/* The compiler's runtime was built with stack protectors. */
uintptr_t __stack_chk_guard = 0x595e9fbd;

_Noreturn void __stack_chk_fail(void)
{
    __builtin_trap();
}
