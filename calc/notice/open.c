/* Which inputs a notice leaves open, and its name as a post. */
#include <string.h>

#include "parts.h"

/* Inputs that a notice can give, and from which field. */
static const struct {
    const char *input;
    np_notice_field field;
} GIVES[] = {{"grade", NP_NOTICE_GRADE},
             {"twin_grade", NP_NOTICE_TWIN_GRADE},
             {"duty_country", NP_NOTICE_COUNTRY},
             {"start", NP_NOTICE_START},
             {"contract", NP_NOTICE_CONTRACT},
             {"twin_reduction_months", NP_NOTICE_TWIN_REDUCTION_MONTHS}};

static bool gives(const np_notice *notice, const char *input)
{
    for (size_t i = 0; i < sizeof GIVES / sizeof GIVES[0]; i++)
        if (strcmp(GIVES[i].input, input) == 0) return notice->fields[GIVES[i].field].found;
    return false;
}

/* An input is open when the text does not give it and the book has no default for it. Those without which nothing can
 * be computed are open even when the book does not define them as inputs. */
void np_notice_open(np_reading *reading)
{
    static const char *const NEEDED[] = {"grade", "duty_country", "start"};
    np_notice *notice = reading->notice;
    const np_book *book = reading->book;
    notice->open = np_arena_array(reading->arena, book->input_count + 4, sizeof *notice->open);
    for (size_t i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++)
        if (!gives(notice, NEEDED[i])) notice->open[notice->open_count++] = NEEDED[i];
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        bool listed = false;
        for (size_t k = 0; k < notice->open_count; k++) listed = listed || strcmp(notice->open[k], input->name) == 0;
        if (listed || input->fallback.root || input->fallback.key || gives(notice, input->name)) continue;
        if (input->about && strcmp(input->about, "scenario") == 0) continue;
        notice->open[notice->open_count++] = input->name;
    }
}

const char *np_notice_post_name(np_arena *arena, const np_notice *notice)
{
    const char *path = notice->file->name, *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    size_t length = dot && dot > base ? (size_t)(dot - base) : strlen(base), used = 0;
    char *name = np_arena_alloc(arena, length + 8);
    for (size_t i = 0; i < length && used < 60; i++) {
        char c = base[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name[used++] = c;
        else if (used && name[used - 1] != '_')
            name[used++] = '_';
    }
    while (used && name[used - 1] == '_') used--;
    name[used] = '\0';
    return used ? name : "notice";
}
