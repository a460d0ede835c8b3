/* The rule book: layers, names, suggestions, and loading whatever happens. */
#include "natopay/book/load.h"
#include "unit/book_support.h"

static const char BASE[] = "[currency EUR]\nminor_unit = 0.01\n"
                           "[currency USD]\n"
                           "[country FR]\nlabel = France\nlabel.fr = France\ncurrency = EUR\n"
                           "[country BE]\nlabel = Belgium\ncurrency = EUR\naliases = Belgique\n"
                           "[grade G10]\nrank = 10\n"
                           "[grade G11]\nrank = 11\n"
                           "[source notice_1]\ntitle = A notice\n"
                           "[source notice_2]\ntitle = Another\n"
                           "[input date]\ntype = date\n"
                           "[input duty_country]\ntype = country\n"
                           "[input grade]\ntype = grade\n"
                           "[rule basic_salary]\nkind = salary\namount = scale(grade, 1)\n";

static const char FIGURES[] = "[scale FR 2026-01-01]\nstatus = published\nsource = notice_1\ng10 = 100.00\n"
                              "g11 = 110.00\ng11.source = notice_2\ng11.note = seen twice\n"
                              "[parameter rate]\nstatus = published\nsource = notice_1\n2020-01-01 = 10%\n"
                              "2021-01-01 = 20%\n2021-01-01.low = 15%\n2021-01-01.high = 25%\n";

static void load_with(fixture *w, const char *overlay)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "pack/figures.ini", FIGURES);
    if (overlay) texts_add(&w->texts, "over.ini", overlay);
    fixture_load(w, "pack");
}

static void the_nato_book_is_clean(void **state)
{
    fixture *w = *state;
    fixture_load(w, NATO_PACK);
    expect_clean(&w->diags);
    assert_int_equal(w->book->grade_count, 24);
    assert_true(w->book->country_count >= 34);
    assert_true(w->book->rule_count > 30);
    assert_int_equal(strlen(np_book_hash(w->book)), 64);
    for (size_t i = 0; i < w->book->order_count; i++) assert_true(w->book->order[i] < w->book->slot_count);
    assert_int_equal(w->book->order_count, w->book->slot_count);
}

static void a_small_book_is_read(void **state)
{
    fixture *w = *state;
    load_with(w, NULL);
    expect_clean(&w->diags);
    const np_scale *scale = np_scale_on(w->book, 0, np_date_of(2026, 5, 1));
    assert_non_null(scale);
    expect_plain(scale->step1[0].value, "100");
    expect_plain(scale->step1[1].value, "110");
    assert_string_equal(scale->figures[1].source->name, "notice_2");
    assert_string_equal(scale->figures[1].note.text, "seen twice");
    assert_null(np_scale_on(w->book, 0, np_date_of(2025, 12, 31)));
    const np_parameter *rate = &w->book->parameters[np_book_parameter(w->book, "rate")];
    assert_int_equal(rate->entry_count, 2);
    assert_null(np_parameter_on(rate, UINT16_MAX, np_date_of(2019, 12, 31)));
    expect_plain(np_parameter_on(rate, UINT16_MAX, np_date_of(2020, 1, 1))->values[0].as.number, "0.1");
    const np_entry *late = np_parameter_on(rate, UINT16_MAX, np_date_of(2021, 1, 1));
    expect_plain(late->low[0].as.number, "0.15");
    expect_plain(late->high[0].as.number, "0.25");
}

/* ---- overlays ---- */

static void an_overlay_replaces_keys_whole(void **state)
{
    fixture *w = *state;
    load_with(w, "[scale FR 2026-01-01]\ng11 = 120.00\n[parameter rate]\n2021-01-01 = 30%\n2022-01-01 = 40%\n");
    expect_clean(&w->diags);
    const np_scale *scale = np_scale_on(w->book, 0, np_date_of(2026, 1, 1));
    expect_plain(scale->step1[0].value, "100"); /* as it was */
    assert_int_equal(scale->figures[0].status, NP_PUBLISHED);
    assert_string_equal(scale->figures[0].source->name, "notice_1");
    const np_figure *replaced = &scale->figures[1];
    expect_plain(replaced->value, "120");
    assert_int_equal(replaced->status, NP_USER);
    assert_null(replaced->source); /* the attributes spoke of the figure that is gone */
    assert_null(replaced->note.text);
    const np_parameter *rate = &w->book->parameters[np_book_parameter(w->book, "rate")];
    assert_int_equal(rate->entry_count, 3);
    const np_entry *late = np_parameter_on(rate, UINT16_MAX, np_date_of(2021, 6, 1));
    expect_plain(late->values[0].as.number, "0.3");
    assert_null(late->low);
    assert_int_equal(late->status, NP_USER);
    assert_int_equal(np_parameter_on(rate, UINT16_MAX, np_date_of(2020, 6, 1))->status, NP_PUBLISHED);
    expect_plain(np_parameter_on(rate, UINT16_MAX, np_date_of(2022, 6, 1))->values[0].as.number, "0.4");
    const np_definition *definition = np_book_definition(w->book, "scale", "FR 2026-01-01");
    const np_key *key = np_definition_key(definition, "g11");
    assert_int_equal(key->layer, 1);
    assert_string_equal(key->replaced->ini->value, "110.00");
    assert_null(np_definition_key(definition, "g11.source"));
}

static void an_overlay_may_say_what_its_figure_is(void **state)
{
    fixture *w = *state;
    load_with(w, "[scale FR 2026-01-01]\ng11 = 120.00\ng11.status = sister\ng11.source = notice_1\n"
                 "[source notice_3]\ntitle = Third\n");
    expect_clean(&w->diags);
    const np_figure *figure = &np_scale_on(w->book, 0, np_date_of(2026, 1, 1))->figures[1];
    assert_int_equal(figure->status, NP_SISTER);
    assert_string_equal(figure->source->name, "notice_1");
    assert_non_null(np_book_source(w->book, "notice_3"));
}

static void overlays_are_laid_in_their_order(void **state)
{
    fixture *w = *state;
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "pack/figures.ini", FIGURES);
    texts_add(&w->texts, "z.ini", "[parameter rate]\n2020-01-01 = 11%\n");
    texts_add(&w->texts, "a.ini", "[parameter rate]\n2020-01-01 = 12%\n");
    fixture_load(w, "pack");
    expect_clean(&w->diags);
    const np_parameter *rate = &w->book->parameters[np_book_parameter(w->book, "rate")];
    expect_plain(np_parameter_on(rate, UINT16_MAX, np_date_of(2020, 6, 1))->values[0].as.number, "0.12");
    const np_key *key = np_definition_key(np_book_definition(w->book, "parameter", "rate"), "2020-01-01");
    assert_string_equal(key->replaced->ini->value, "11%");
    assert_string_equal(key->replaced->replaced->ini->value, "10%");
}

static void the_same_value_again_is_told(void **state)
{
    fixture *w = *state;
    load_with(w, "[parameter rate]\n2020-01-01 = 10%\n");
    assert_int_equal(w->diags.errors, 0);
    const np_diag *diag = expect_diag(&w->diags, SHADOWED, "over.ini:2:1", "the value it has already", NULL);
    assert_string_equal(diag->notes->at.file->name, "pack/figures.ini");
}

/* ---- duplicates ---- */

static void duplicates_name_both_places(void **state)
{
    fixture *w = *state;
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    texts_add(&w->texts, "pack/b.ini", "\n[grade G11]\nrank = 12\n");
    fixture_load(w, "pack");
    const np_diag *diag =
        expect_diag(&w->diags, DUPLICATE_DEFINITION, "pack/b.ini:2:2", "[grade G11] is defined twice", "overlay");
    assert_int_equal(w->diags.errors, 1);
    assert_string_equal(diag->notes->at.file->name, "pack/a.ini");
    assert_int_equal(np_span_position(diag->notes->at).line, 14);
    load_with(w, "[source x]\ntitle = x\n[source x]\ntitle = y\n"); /* within a layer of its own too */
    expect_only(&w->diags, DUPLICATE_DEFINITION, "over.ini:3:2", "[source x] is defined twice", NULL);
    load_with(w, "[scale fr 2026-01-01]\ng10 = 5\n");
    diag = expect_diag(&w->diags, DUPLICATE_DEFINITION, "over.ini:1:2", "scale of FR", "capital letters");
    assert_string_equal(diag->notes->at.file->name, "pack/figures.ini");
}

/* ---- unknown names ---- */

static void expect_unknown(fixture *w, const char *overlay, np_code code, const char *place, const char *message,
                           const char *hint)
{
    load_with(w, overlay);
    if (w->diags.errors != 1) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 1);
    support_diag(&w->diags, code, place, message, hint, __FILE__, __LINE__);
}

static void unknown_names_are_suggested(void **state)
{
    fixture *w = *state;
    expect_unknown(w, "[sourse x]\ntitle = y\n", NP_CODE_UNKNOWN_TYPE, "over.ini:1:2", "'sourse'", "[source x]");
    expect_unknown(w, "[source x]\ntitel = y\ntitle = z\n", NP_CODE_UNKNOWN_KEY, "over.ini:2:1", "'titel' is no key",
                   "did you mean title?");
    expect_unknown(w, "[scale FR 2026-01-01]\ng12 = 1\n", NP_CODE_UNKNOWN_GRADE, "over.ini:2:1", "'G12'", "G1");
    expect_unknown(w, "[scale FX 2026-01-01]\ng10 = 1\n", NP_CODE_UNKNOWN_COUNTRY, "over.ini:1:8", "'FX'",
                   "natopay show country");
    expect_unknown(w, "[scale FR 2026-01-01]\nreference = Belgiun\n", NP_CODE_UNKNOWN_COUNTRY, "over.ini:2:13",
                   "'Belgiun'", "did you mean BE?");
    expect_unknown(w, "[country IT]\ncurrency = EUX\n", NP_CODE_UNKNOWN_CURRENCY, "over.ini:2:12", "'EUX'", "EUR");
    expect_unknown(w, "[parameter x]\nsource = notice_11\n2020-01-01 = 1\n", NP_CODE_UNKNOWN_SOURCE, "over.ini:2:10",
                   "notice_11", "did you mean notice_1?");
    expect_unknown(w, "[parameter x]\nstatus = publised\n2020-01-01 = 1\n", NP_CODE_UNKNOWN_STATUS, "over.ini:2:10",
                   "'publised'", "published");
    expect_unknown(w, "[scale FR 2026-01-01]\ng10 = 1,x\n", NP_CODE_BAD_NUMBER, "over.ini:2:9", "'x'", NULL);
    expect_unknown(w, "[scale FR 2026-02-30]\ng10 = 1\n", NP_CODE_BAD_DATE, "over.ini:1:8", "February 2026 has 28 days",
                   "YYYY-MM-DD");
    expect_unknown(w, "[scale FR 2026-06-01]\nindex = 0\n", NP_CODE_BAD_INDEX, "over.ini:2:9", "above zero", "1.038");
    expect_unknown(w, "[scale FR 2026-06-01]\nindex = -1.02\n", NP_CODE_BAD_INDEX, "over.ini:2:9", "above zero", NULL);
    expect_unknown(w, "[scale FR 2026-06-01]\ng10 = 1.005\n", NP_CODE_OUT_OF_BOUNDS, "over.ini:2:7", "1.005", NULL);
    expect_unknown(w, "[scale FR 2026-06-01]\nreference = FR\n", NP_CODE_CIRCLE, "over.ini:1:2", "itself", NULL);
    expect_unknown(w, "[parameter x]\n2020-01-01 = 5\nlow = 6\nhigh = 7\n", NP_CODE_BAD_RANGE, "over.ini:3:7",
                   "enclose", NULL);
    expect_unknown(w, "[parameter x]\n2020-01-01 = 5\nlow = 4\n", NP_CODE_BAD_RANGE, "over.ini:3:1", "together",
                   "add the key high");
    expect_unknown(w, "[parameter x]\nnote = y\n", NP_CODE_MISSING_KEY, "over.ini:1:2", "has no value", NULL);
    expect_unknown(w, "[input rate]\ntype = number\n", NP_CODE_NAME_TAKEN, "over.ini:1:2", "'rate'", NULL);
    expect_unknown(w, "[input Xy]\ntype = date\n", NP_CODE_BAD_NAME, "over.ini:1:2", "'Xy'", "lower case");
    expect_unknown(w, "[input x]\ntype = day\n", NP_CODE_BAD_VALUE, "over.ini:2:8", "unknown type 'day'", "date");
    expect_unknown(w, "[input x]\ntype = date\nwhole = yes\n", NP_CODE_TYPE_MISMATCH, "over.ini:3:1", "whole", NULL);
    expect_unknown(w, "[input x]\ntype = truth\nmax = 3\n", NP_CODE_TYPE_MISMATCH, "over.ini:3:1", "no max", NULL);
    expect_unknown(w, "[rule x]\nkind = bonus\namount = 1 EUR\n", NP_CODE_BAD_VALUE, "over.ini:2:8", "'bonus'",
                   "salary");
    expect_unknown(w, "[rule x]\nkind = fact\n", NP_CODE_MISSING_KEY, "over.ini:1:2", "has no amount", NULL);
    expect_unknown(w, "[rule x]\nkind = allowance\namount = 1 EUR\nrounding = halfway\n", NP_CODE_BAD_VALUE,
                   "over.ini:4:12", "'halfway'", "half_even");
    expect_unknown(w, "[rule x]\nkind = allowance\namount = 1 EUR\nfrom = 2021-01-01\nuntil = 2020-01-01\n",
                   NP_CODE_BAD_RANGE, "over.ini:5:9", "ends before it begins", NULL);
    expect_unknown(w, "[source]\ntitle = x\n", NP_CODE_BAD_SECTION, "over.ini:1:2", "names nothing", "[source NAME]");
    expect_unknown(w, "; only a comment\n", NP_CODE_EMPTY_FILE, "over.ini:1:1", "defines nothing", NULL);
}

static void the_programs_own_inputs_have_their_types(void **state)
{
    fixture *w = *state;
    load_with(w, "[input duty_country]\ntype = number\n");
    expect_diag(&w->diags, TYPE_MISMATCH, "over.ini:1:2", "duty_country is of type country", NULL);
    load_with(w, "[input date]\ntype = text\n");
    expect_diag(&w->diags, TYPE_MISMATCH, "over.ini:1:2", "date is of type date", NULL);
}

static void errors_of_all_files_are_told(void **state)
{
    fixture *w = *state;
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    texts_add(&w->texts, "pack/b.ini", "[sourse x]\n");
    texts_add(&w->texts, "pack/c.ini", "\xFF");
    texts_add(&w->texts, "pack/d.ini", "; nothing\n");
    texts_add(&w->texts, "pack/e.ini", "[grade G12]\nrank = x\n");
    fixture_load(w, "pack");
    assert_int_equal(w->diags.errors, 4);
    expect_diag(&w->diags, UNKNOWN_TYPE, "pack/b.ini:1:2", "", NULL);
    expect_diag(&w->diags, BAD_UTF8, "pack/c.ini:1:1", "", NULL);
    expect_diag(&w->diags, EMPTY_FILE, "pack/d.ini:1:1", "", NULL);
    expect_diag(&w->diags, BAD_NUMBER, "pack/e.ini:2:8", "", NULL);
    fixture_load(w, "nowhere");
    expect_diag(&w->diags, CANNOT_READ, "", "cannot read the rule book in 'nowhere': no such folder", "--data");
}

/* ---- hostile books ---- */

/* Rules each of which names the next one deep within a long formula: the stack must do. */
static void long_chains_of_deep_formulas(void **state)
{
    fixture *w = *state;
    np_text text;
    np_text_init(&text, 1 << 20);
    enum { CHAIN = 230, TERMS = 440 };
    for (int i = 0; i < CHAIN; i++) {
        np_text_printf(&text, "[rule c%d]\nkind = fact\namount = c%d", i, i + 1);
        for (int k = 0; k < TERMS; k++) np_text_puts(&text, "+1");
        np_text_puts(&text, "\n");
    }
    np_text_printf(&text, "[rule c%d]\nkind = fact\namount = 1\n", CHAIN);
    load_with(w, np_text_string(&text));
    expect_clean(&w->diags);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
    set(w, "grade=G10 duty_country=FR date=2026-03-01");
    compute(w);
    value_reads(w, "c0", "101201");
    np_text_free(&text);
}

static void too_many_definitions(void **state)
{
    fixture *w = *state;
    np_text text;
    np_text_init(&text, 1 << 20);
    for (int i = 0; i < 300; i++) np_text_printf(&text, "[input i%d]\ntype = number\n", i);
    load_with(w, np_text_string(&text));
    expect_diag(&w->diags, TOO_MANY, "over.ini:507:2", "more than 256 inputs and rules", NULL);
    np_text_clear(&text);
    for (int i = 0; i < 70; i++) np_text_printf(&text, "[grade X%d]\nrank = %d\n", i, 100 + i);
    load_with(w, np_text_string(&text));
    assert_non_null(find_diag(&w->diags, NP_CODE_TOO_MANY, "more than 64 grades"));
    np_text_clear(&text);
    for (int i = 0; i < 70; i++) np_text_printf(&text, "[parameter p%d]\n2020-01-01 = 2\nlow = 1\nhigh = 3\n", i);
    load_with(w, np_text_string(&text));
    expect_clean(&w->diags); /* of figures with a range there may be any number */
    assert_true(w->book->uncertain_count >= 70);
    np_text_free(&text);
}

/* Bytes of the NATO book changed at random: an error or not, but never worse. */
static void damaged_books_are_refused_or_read(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    static const char *const FILES[] = {"rules.ini",  "parameters.ini", "inputs.ini",       "scales.ini",
                                        "checks.ini", "grades.ini",     "organisation.ini", "currencies.ini"};
    static const char *const PIECES[] = {
        "(",   ")",    "=", "\n", "[", "]", ",", "0", "-", ".", "'", "\"", " ", "date", "9999999999999999999",
        "fr ", "\\\n", ";", "%",  "G1"};
    np_arena *outer = w->arena;
    long broken = 0;
    for (long round = random_rounds(150); round > 0; round--) {
        w->arena = np_arena_new(0);
        const char *name = FILES[random_below(&random, 8)];
        char path[80];
        snprintf(path, sizeof path, NATO_PACK "/%s", name);
        np_diags_init(&w->diags, w->arena);
        np_file *file = np_read_text(np_reader_disk(), &w->diags, path, NP_INI_FILE_LIMIT);
        assert_non_null(file);
        char *text = np_arena_alloc(w->arena, file->size + 200);
        memcpy(text, file->text, file->size);
        for (unsigned changes = 1 + random_below(&random, 3); changes > 0; changes--) {
            size_t length = strlen(text), at = random_below(&random, (unsigned)length);
            size_t cut = random_below(&random, 3) * random_below(&random, 6);
            const char *piece = PIECES[random_below(&random, sizeof PIECES / sizeof PIECES[0])];
            if (at + cut > length) cut = 0;
            memmove(text + at + strlen(piece), text + at + cut, length - at - cut + 1);
            memcpy(text + at, piece, strlen(piece));
        }
        texts_init(&w->texts);
        texts_add(&w->texts, path, text); /* read in place of the file on disk */
        np_diags_init(&w->diags, w->arena);
        w->book = np_book_load(texts_reader(&w->texts), &w->diags, w->arena, NATO_PACK, NULL, 0);
        assert_non_null(w->book);
        broken += w->diags.errors > 0;
        if (w->diags.errors == 0) {
            w->situation = np_situation_new(w->book, w->arena);
            w->payslip = np_payslip_new(w->book, w->arena, false);
            bool given = try_set(w, "grade", "G10") && try_set(w, "duty_country", "FR");
            given = given && try_set(w, "start", "2026-03-01") && try_set(w, "children", "2");
            if (given) try_compute(w);
        }
        np_arena_free(w->arena);
    }
    w->arena = outer;
    assert_true(broken > 20);
}

/* ---- the order of files ---- */

static void the_hash_is_of_all_rules(void **state)
{
    fixture *w = *state;
    char hash[3][65];
    load_with(w, NULL);
    strcpy(hash[0], np_book_hash(w->book));
    load_with(w, "[parameter rate]\n2020-01-01 = 11%\n");
    strcpy(hash[1], np_book_hash(w->book));
    load_with(w, "[post p]\ngrade = G10\n");
    strcpy(hash[2], np_book_hash(w->book));
    assert_string_not_equal(hash[0], hash[1]);
    assert_string_equal(hash[0], hash[2]); /* a post is no rule */
    load_with(w, NULL);
    assert_string_equal(hash[0], np_book_hash(w->book));
}

/* References that go in a circle give the same figures whichever file comes first. */
static void circles_of_references(void **state)
{
    static const char *const FILES[] = {"[scale FR 2026-01-01]\ng10 = 100\ng12 = 130\nreference = BE\n",
                                        "[scale BE 2026-01-01]\ng10 = 90\ng11 = 100\nreference = IT\n",
                                        "[scale IT 2026-01-01]\ng11 = 80\ng13 = 120\nreference = FR\n"};
    static const int ORDERS[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    fixture *w = *state;
    np_text all, first;
    np_text_init(&all, 10000);
    np_text_init(&first, 10000);
    for (size_t o = 0; o < 6; o++) {
        texts_init(&w->texts);
        texts_add(&w->texts, "pack/a.ini",
                  "[currency EUR]\n[country FR]\ncurrency = EUR\n[country IT]\ncurrency = EUR\n"
                  "[country BE]\ncurrency = EUR\n[grade G10]\nrank = 10\n[grade G11]\nrank = 11\n"
                  "[grade G12]\nrank = 12\n[grade G13]\nrank = 13\n");
        static const char *const PATHS[] = {"pack/b.ini", "pack/c.ini", "pack/d.ini"};
        for (size_t i = 0; i < 3; i++) texts_add(&w->texts, PATHS[i], FILES[ORDERS[o][i]]);
        fixture_load(w, "pack");
        expect_clean(&w->diags);
        np_text_clear(&all);
        static const char *const COUNTRIES[] = {"BE", "FR", "IT"};
        for (size_t c = 0; c < 3; c++)
            for (size_t g = 0; g < w->book->grade_count; g++) {
                int country = np_book_country(w->book, COUNTRIES[c]);
                const np_resolved *figure = &w->book->countries[country].scales[0]->step1[g];
                np_text_printf(&all, "%s %zu %d %d ", COUNTRIES[c], g, figure->how, figure->status);
                if (figure->how != NP_NOT_DERIVED) np_num_print_fraction(&all, figure->value);
                np_text_puts(&all, "\n");
            }
        if (o == 0) np_text_puts(&first, np_text_string(&all));
        assert_string_equal(np_text_string(&all), np_text_string(&first));
    }
    np_text_free(&all);
    np_text_free(&first);
}

/* ---- out of memory ---- */

typedef struct loading {
    fixture *w;
    np_reader reader;
    np_book *book;
} loading;

static void load_again(void *context)
{
    loading *l = context;
    static const char *const OVERLAYS[] = {"over.ini"};
    np_diags_init(&l->w->diags, l->w->arena);
    l->book = np_book_load(l->reader, &l->w->diags, l->w->arena, "pack", OVERLAYS, 1);
    if (!l->book) np_arena_give_up(l->w->arena);
}

static void load_and_pay(void *context)
{
    loading *l = context;
    fixture *w = l->w;
    load_again(context);
    w->situation = np_situation_new(l->book, w->arena);
    w->payslip = np_payslip_new(l->book, w->arena, true);
    static const char *const INPUTS[][2] = {{"grade", "G11"},      {"duty_country", "FR"}, {"date", "2026-03-01"},
                                            {"day", "2027-01-01"}, {"grade", "G99"},       {"n", "77"},
                                            {"mood", "goood"},     {"moood", "good"}};
    for (size_t i = 0; i < sizeof INPUTS / sizeof INPUTS[0]; i++)
        np_situation_set_text(w->situation, &w->diags, INPUTS[i][0], INPUTS[i][1], np_span_none(), np_span_none());
    w->computed = np_payslip_compute(w->payslip, w->situation, &w->diags, NULL);
    np_payslip_check(w->payslip, w->situation, &w->diags);
    np_situation_set_text(w->situation, &w->diags, "n", "0", np_span_none(), np_span_none());
    np_payslip_compute(w->payslip, w->situation, &w->diags, NULL); /* fails: a division by zero */
}

static void out_of_memory(void **state)
{
    fixture *w = *state;
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "pack/figures.ini", FIGURES);
    texts_add(&w->texts, "over.ini",
              "[scale BE 2026-01-01]\nreference = FR\ng10 = 5\n"
              "[scale FR 2027-01-01]\nindex = 1.05\n[exchange USD]\n2024-01-01 = 1.1\nlow = 1\nhigh = 1.2\n"
              "[input day]\ntype = date\n[input n]\ntype = number\nmax = 50\ndefault = 1/3\n"
              "[input mood]\ntype = text\nchoices = good, bad\n"
              "[rule r]\nkind = fact\namount = (100 / n) * rate \\\n  * 3\n"
              "[rule gone]\nkind = allowance\namount = absent\nwhen = day > 2026-01-01\n"
              "[parameter absent]\ntype = money\n"
              "[check c]\nwhen = r > 1\nseverity = warning\nmessage = high\n");
    loading l = {w, np_reader_memory(&w->texts.list), NULL};
    assert_true(run_out_of_memory(w->arena, load_and_pay, &l) > 300);
    assert_true(w->computed);
    assert_int_equal(w->diags.errors, 5); /* of the values given, and of the division */
    assert_non_null(find_diag(&w->diags, NP_CODE_DIVISION_BY_ZERO, ""));
    assert_non_null(find_diag(&w->diags, NP_CODE_ADVICE, "high"));
}

static void out_of_memory_over_errors(void **state)
{
    fixture *w = *state;
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "over.ini",
              "[sourse x]\n[source y]\ntitel = 1\n[scale BE 2026-01-01]\nreferense = FR\ng12 = 5\n"
              "[rule bad]\nkind = fact\namount = nn + 1\n[rule a]\nkind = fact\namount = b\n"
              "[rule b]\nkind = fact\namount = 2 * a\nsource = nobody\n[input x]\ntype = dat\n"
              "[rule d]\nkind = fact\namount = (1 + \n[rule e]\nkind = fact\namount = 1 EUR * 1 EUR\n");
    loading l = {w, np_reader_memory(&w->texts.list), NULL};
    assert_true(run_out_of_memory(w->arena, load_again, &l) > 200);
    assert_true(w->diags.errors >= 9);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(the_nato_book_is_clean),
        fixture_test(a_small_book_is_read),
        fixture_test(an_overlay_replaces_keys_whole),
        fixture_test(an_overlay_may_say_what_its_figure_is),
        fixture_test(overlays_are_laid_in_their_order),
        fixture_test(the_same_value_again_is_told),
        fixture_test(duplicates_name_both_places),
        fixture_test(unknown_names_are_suggested),
        fixture_test(the_programs_own_inputs_have_their_types),
        fixture_test(errors_of_all_files_are_told),
        fixture_test(long_chains_of_deep_formulas),
        fixture_test(too_many_definitions),
        fixture_test(damaged_books_are_refused_or_read),
        fixture_test(the_hash_is_of_all_rules),
        fixture_test(circles_of_references),
        fixture_test(out_of_memory),
        fixture_test(out_of_memory_over_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
