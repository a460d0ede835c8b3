/* Catalogues of translations: what is refused is refused with a reason; in what is taken, each text's translation takes
 * the same values as the text, is harmless text, and lies in the file. */
#include "fuzz.h"

#include "natopay/base/catalogue.h"
#include "natopay/base/text.h"

const long fuzz_mutations = 40000;

typedef struct trial {
    np_arena *arena;
    const char *bytes;
    size_t size;
    bool big_endian;
} trial;

static size_t number(const trial *t, size_t at)
{
    size_t value = 0;
    for (size_t i = 0; i < 4; i++) value = value << 8 | (unsigned char)t->bytes[at + (t->big_endian ? i : 3 - i)];
    return value;
}

static void check_text(const trial *t, const char *said, const char *english)
{
    bool inside = said >= t->bytes && said < t->bytes + t->size;
    REQUIRE(said == english || inside);
    REQUIRE(said == english || (np_text_is_safe(said, strlen(said)) && said + strlen(said) < t->bytes + t->size));
    REQUIRE(said == english || np_format_fits(english, said));
}

static void ask(const trial *t, const np_lang *lang, const char *one)
{
    static const unsigned long long NUMBERS[] = {0, 1, 2, 3, 5, 11, 21, 100, 1000001, 18446744073709551615ull};
    const char *many = one + strlen(one) + 1;
    check_text(t, np_say(lang, one), one);
    check_text(t, np_say_number(lang, one, "%n others", 2), "%n others");
    bool plural = many < t->bytes + t->size;
    for (size_t i = 0; plural && i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        const char *said = np_say_number(lang, one, many, NUMBERS[i]);
        REQUIRE(said == one || said == many || np_format_fits(many, said) || np_format_fits(one, said));
    }
}

static void try_catalogue(void *context)
{
    trial *t = context;
    const char *why = NULL;
    np_catalogue *catalogue = np_catalogue_read(t->arena, t->bytes, t->size, &why);
    REQUIRE((catalogue == NULL) == (why != NULL));
    if (!catalogue) return;
    np_lang lang = np_catalogue_lang(catalogue, "fr");
    t->big_endian = t->bytes[0] == '\x95';
    for (size_t i = 0, table = number(t, 12); i < number(t, 8); i++)
        ask(t, &lang, t->bytes + number(t, table + 8 * i + 4));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    trial t = {.arena = np_arena_new(1 << 20), .bytes = (const char *)data, .size = size};
    REQUIRE(t.arena);
    REQUIRE(np_arena_guard(t.arena, try_catalogue, &t));
    np_arena_free(t.arena);
    return 0;
}
