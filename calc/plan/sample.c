/* Making staff up from a rule book and a seed. */
#include "natopay/plan/sample.h"

#include <string.h>

static const char COLUMNS[] =
    "id,grade,twin_grade,step,duty_country,start,recruited,last_step,contract,contract_months,"
    "part_time,nationality,birth_date,resident_years_in_host_country,residence_distance_km,"
    "spouse,spouse_monthly_income,child_births,children_in_education,voluntary_pension_rate";

typedef struct generator {
    uint64_t state;
} generator;

/* SplitMix64: every number of every row from the seed and the row's number alone. A call never takes two draws as
 * arguments: compilers differ in which of them comes first. */
static uint64_t next(generator *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 to count - 1. */
static int random_below(generator *d, int count)
{
    return (int)(next(d) % (uint64_t)count);
}

static bool percent(generator *d, int share)
{
    return random_below(d, 100) < share;
}

/* Small numbers more often: the smaller of two rolls. */
static int random_low(generator *d, int count)
{
    int a = random_below(d, count), b = random_below(d, count);
    return a < b ? a : b;
}

static uint32_t columns_of(const np_book *book)
{
    uint32_t columns = 1; /* the key */
    unsigned column = 0;
    for (const char *at = COLUMNS; *at; column++) {
        char name[64] = "";
        size_t length = strcspn(at, ",");
        memcpy(name, at, length);
        if (np_book_input(book, name)) columns |= 1U << column;
        at += length + (at[length] == ',');
    }
    return columns;
}

/* Of a line with all columns those that the book has. */
static void put_columns(const np_sample *sample, np_text *out, const char *line)
{
    bool quoted = false;
    unsigned column = 0;
    for (; *line; line++) {
        bool ends = *line == ',' && !quoted;
        if (*line == '"') quoted = !quoted;
        column += ends;
        if (sample->columns >> column & 1) np_text_putc(out, *line);
    }
    np_text_putc(out, '\n');
}

bool np_sample_init(np_sample *sample, const np_book *book, uint64_t seed)
{
    *sample = (np_sample){.book = book, .seed = seed, .columns = columns_of(book)};
    np_date newest = NP_DATE_NONE;
    for (size_t i = 0; i < book->country_count && i < NP_COUNTRIES_MAX; i++) {
        const np_country *country = &book->countries[i];
        if (!country->member) continue;
        sample->members[sample->member_count++] = (uint16_t)i;
        if (!country->scale_count) continue;
        sample->countries[sample->country_count++] = (uint16_t)i;
        np_date last = country->scales[country->scale_count - 1]->from;
        if (last > newest) newest = last;
    }
    if (newest != NP_DATE_NONE) sample->year = np_date_split(newest).year;
    return sample->country_count > 0;
}

static void put_date(np_text *out, int year, int month, int day)
{
    np_text_printf(out, "%04d-%02d-%02d", year, month, day);
}

/* A grade that the country's newest scale can pay; middle grades more often. */
static uint16_t pick_grade(generator *d, const np_sample *sample, const np_country *country)
{
    const np_scale *scale = country->scales[country->scale_count - 1];
    uint16_t known[NP_GRADES_MAX];
    int count = 0;
    for (size_t i = 0; i < sample->book->grade_count; i++)
        if (scale->step1[i].how != NP_NOT_DERIVED) known[count++] = (uint16_t)i;
    if (count == 0) return 0;
    int a = random_below(d, count), b = random_below(d, count);
    return known[(a + b) / 2];
}

void np_sample_header(const np_sample *sample, np_text *out)
{
    put_columns(sample, out, COLUMNS);
}

/* Where no parameter says what a step is worth, a grade has the steps that its scale prints. */
static int step_of(const np_sample *sample, const np_country *country, uint16_t grade, int step)
{
    const np_scale *scale = country->scales[country->scale_count - 1];
    int most = 0;
    for (int i = 1; i <= NP_STEPS_MAX; i++)
        if (scale->figures[np_scale_cell(sample->book, grade, (unsigned)i)].given) most = i;
    bool valued = sample->book->step_value != UINT16_MAX;
    return valued || step <= most || most == 0 ? step : most;
}

/* "2018-09-03, 2021-02-11": children of somebody born in `year`. */
static void put_children(np_text *out, generator *d, int year, int now)
{
    int count = percent(d, 45) ? 0 : 1 + random_low(d, 3);
    if (count) np_text_putc(out, '"');
    for (int i = 0; i < count; i++) {
        int born = year + 24 + random_below(d, 16), month = 1 + random_below(d, 12), day = 1 + random_below(d, 28);
        if (born > now) born = now - random_below(d, 4);
        if (i) np_text_puts(out, ", ");
        put_date(out, born, month, day);
    }
    if (count) np_text_putc(out, '"');
}

static bool has_contract(const np_book *book, const char *kind)
{
    const np_input *input = np_book_input(book, "contract");
    bool found = false;
    for (size_t i = 0; input && i < input->choice_count; i++) found = found || strcmp(input->choices[i], kind) == 0;
    return found;
}

static void put_contract(const np_book *book, np_text *out, generator *d)
{
    int kind = random_below(d, 100);
    if (kind >= 45 && kind < 60 && !has_contract(book, "seconded")) kind = 60;
    if (kind < 45)
        np_text_printf(out, "definite,%d", 12 * (1 + random_below(d, 5)));
    else if (kind < 60)
        np_text_puts(out, "seconded,36");
    else
        np_text_puts(out, "indefinite,");
}

/* Start of the present contract, recruitment and last step: mostly on the first of a month, few still to come. */
static void put_dates(np_text *out, generator *d, int now, int born, bool twin)
{
    int start = percent(d, 5) ? now + random_below(d, 2) : now - 1 - random_low(d, twin ? 3 : 9),
        month = 1 + random_below(d, 12);
    int day = percent(d, 85) ? 1 : percent(d, 60) ? 16 : 1 + random_below(d, 28);
    int recruited = percent(d, 60) ? start : start - 1 - random_low(d, 16);
    if (recruited < born + 22) recruited = start;
    put_date(out, start, month, day);
    np_text_putc(out, ',');
    if (recruited < start) put_date(out, recruited, 1 + random_below(d, 12), 1);
    np_text_putc(out, ',');
    if (recruited < start && percent(d, 70)) put_date(out, start - 1, month, 1);
}

static void put_row(const np_sample *sample, np_text *out, uint64_t number)
{
    generator d = {sample->seed * 0xD1342543DE82EF95u + number * 0x2545F4914F6CDD1Du};
    const np_book *book = sample->book;
    int place = percent(&d, 50) ? 0 : random_below(&d, (int)sample->country_count);
    uint16_t home = sample->countries[place];
    const np_country *country = &book->countries[home];
    uint16_t grade = pick_grade(&d, sample, country);
    uint16_t nationality = percent(&d, 35) ? home : sample->members[random_below(&d, (int)sample->member_count)];
    int born = sample->year - 33 - random_low(&d, 27);
    bool twin = percent(&d, 6) && grade + 1U < book->grade_count &&
                country->scales[country->scale_count - 1]->step1[grade + 1].how != NP_NOT_DERIVED;
    bool spouse = percent(&d, 60);
    np_text_printf(out, "synthetic-%07llu,%s,%s,%d,%s,", (unsigned long long)number, book->grades[grade].name,
                   twin ? book->grades[grade + 1].name : "", step_of(sample, country, grade, 1 + random_low(&d, 10)),
                   country->name);
    put_dates(out, &d, sample->year, born, twin);
    np_text_putc(out, ',');
    put_contract(book, out, &d);
    np_text_printf(out, ",%s,%s,",
                   percent(&d, 90)   ? "100%"
                   : percent(&d, 50) ? "80%"
                                     : "50%",
                   book->countries[nationality].name);
    int birth_day = 1 + random_below(&d, 28), birth_month = 1 + random_below(&d, 12);
    put_date(out, born, birth_month, birth_day);
    int distance = 10 * random_below(&d, 150), resident_years = percent(&d, 70) ? 0 : random_below(&d, 30);
    np_text_printf(out, ",%d,%d,%s,", resident_years, distance, spouse ? "yes" : "no");
    if (spouse) np_text_printf(out, "%d", percent(&d, 40) ? 0 : 100 * (5 + random_below(&d, 60)));
    np_text_putc(out, ',');
    put_children(out, &d, born, sample->year);
    const char *voluntary = percent(&d, 80) ? "0%" : percent(&d, 50) ? "2%" : "5%";
    np_text_printf(out, ",%d,%s", percent(&d, 85) ? 0 : 1, voluntary);
}

void np_sample_row(const np_sample *sample, np_text *out, uint64_t number)
{
    np_text row;
    np_text_init(&row, 4096);
    put_row(sample, &row, number);
    put_columns(sample, out, np_text_string(&row));
    np_text_lost(out, &row);
    np_text_free(&row);
}
