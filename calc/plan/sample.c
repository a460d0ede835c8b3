/* Making staff up from a rule book and a seed. */
#include "natopay/plan/sample.h"

#include <stdio.h>
#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/book/sample_mix.h"

/* The columns of made-up staff, as far as the book has such inputs: these first, then every other input with a `sample`
 * in the book's order, last the children. */
static const char COLUMNS[] =
    "id,grade,twin_grade,step,duty_country,start,recruited,last_step,contract,contract_months,"
    "nationality,birth_date";

static const char CHILDREN[] = "child_births";

enum { CELL_MOST = 64 };

typedef struct generator {
    uint64_t state;
    bool drawn[NP_SLOTS_MAX], holds[NP_SLOTS_MAX]; /* [input]: this yes or no was drawn; it came out as yes */
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

/* The place of a name among the columns; -1: it is none of them. */
static int column_named(const char *name)
{
    int column = 0;
    for (const char *at = COLUMNS; *at; column++) {
        size_t length = strcspn(at, ",");
        if (strlen(name) == length && strncmp(at, name, length) == 0) return column;
        at += length + (at[length] == ',');
    }
    return -1;
}

static uint32_t columns_of(const np_book *book)
{
    uint32_t columns = 1; /* the key */
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        int column = column_named(input->name);
        if (column >= 0) columns |= 1U << column;
    }
    return columns;
}

/* Whether the input's column stands behind those of COLUMNS. */
static bool is_another(const np_input *input)
{
    return input->sample && column_named(input->name) < 0 && strcmp(input->name, CHILDREN) != 0;
}

static bool has_children(const np_book *book)
{
    return np_book_input(book, CHILDREN) != NULL;
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
}

/* ---- values of which the book says how many have them ---- */

static void draw(generator *d, const np_sample_mix *mix, char cell[CELL_MOST])
{
    int left = 100;
    size_t i = 0;
    for (; i + 1 < mix->count; left -= mix->values[i++].share)
        if (random_below(d, 100) * left < 100 * mix->values[i].share) break;
    const np_sample_value *value = &mix->values[i];
    int places = value->by ? (value->to - value->from) / value->by + 1 : 0;
    if (places)
        snprintf(cell, CELL_MOST, "%d", value->from + value->by * random_below(d, places));
    else
        snprintf(cell, CELL_MOST, "%s", value->text);
}

/* Whether a truth that others hang on holds; it is drawn once, wherever it stands in the book. */
static bool draw_truth(const np_book *book, generator *d, const np_input *input)
{
    size_t at = (size_t)(input - book->inputs);
    char cell[CELL_MOST] = "";
    if (!d->drawn[at]) draw(d, input->sample, cell);
    if (!d->drawn[at]) d->holds[at] = strcmp(cell, "yes") == 0;
    d->drawn[at] = true;
    return d->holds[at];
}

/* Nothing where the input hangs on one that does not hold. */
static void draw_input(const np_book *book, generator *d, const np_input *input, char cell[CELL_MOST])
{
    const np_input *other = input->sample->only_if ? np_book_input(book, input->sample->only_if->value) : NULL;
    if (other && !draw_truth(book, d, other)) return;
    if (input->type == NP_TRUTH && !other)
        snprintf(cell, CELL_MOST, "%s", draw_truth(book, d, input) ? "yes" : "no");
    else
        draw(d, input->sample, cell);
}

/* One scale is that of all countries, whether anybody works there or not. */
static bool has_station(const np_book *book, size_t country)
{
    for (size_t i = 0; i < book->station_count; i++)
        if (book->stations[i].country == country) return true;
    return false;
}

/* Half of the staff serve where the book's first duty station is. */
static void put_first(np_sample *sample)
{
    for (size_t i = 0; sample->book->station_count && i < sample->country_count; i++) {
        if (sample->countries[i] != sample->book->stations[0].country) continue;
        sample->countries[i] = sample->countries[0];
        sample->countries[0] = sample->book->stations[0].country;
    }
}

bool np_sample_init(np_sample *sample, const np_book *book, uint64_t seed)
{
    *sample = (np_sample){.book = book, .seed = seed, .columns = columns_of(book)};
    np_date newest = NP_DATE_NONE;
    for (size_t i = 0; i < book->country_count && i < NP_COUNTRIES_MAX; i++) {
        const np_country *country = &book->countries[i];
        if (!country->member) continue;
        sample->members[sample->member_count++] = (uint16_t)i;
        if (!country->scale_count || (book->scale_of_all && !has_station(book, i))) continue;
        sample->countries[sample->country_count++] = (uint16_t)i;
        np_date last = country->scales[country->scale_count - 1]->from;
        if (last > newest) newest = last;
    }
    if (newest != NP_DATE_NONE) sample->year = np_date_split(newest).year;
    put_first(sample);
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
    for (size_t i = 0; i < sample->book->input_count; i++)
        if (is_another(&sample->book->inputs[i])) np_text_printf(out, ",%s", sample->book->inputs[i].name);
    if (has_children(sample->book)) np_text_printf(out, ",%s", CHILDREN);
    np_text_putc(out, '\n');
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

/* "definite,36" */
static void put_contract(const np_book *book, np_text *out, generator *d)
{
    int drawn = random_below(d, 100), below = 0;
    for (size_t i = 0; i < book->career->contract_count; i++) {
        const np_contract *kind = &book->career->contracts[i];
        below += kind->sample;
        if (drawn >= below) continue;
        size_t months = kind->sample_month_count;
        np_text_printf(out, "%s,", kind->about.name);
        if (months) np_text_printf(out, "%d", kind->sample_months[months > 1 ? random_below(d, (int)months) : 0]);
        return;
    }
    np_text_putc(out, ',');
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

/* Write the cells of COLUMNS; returns the year of birth. */
static int put_row(const np_sample *sample, np_text *out, generator *d, uint64_t number)
{
    const np_book *book = sample->book;
    int place = percent(d, 50) ? 0 : random_below(d, (int)sample->country_count);
    uint16_t home = sample->countries[place];
    const np_country *country = &book->countries[home];
    uint16_t grade = pick_grade(d, sample, country);
    uint16_t nationality = percent(d, 35) ? home : sample->members[random_below(d, (int)sample->member_count)];
    int born = sample->year - 33 - random_low(d, 27);
    bool twin = percent(d, 6) && grade + 1U < book->grade_count &&
                country->scales[country->scale_count - 1]->step1[grade + 1].how != NP_NOT_DERIVED;
    np_text_printf(out, "synthetic-%07llu,%s,%s,%d,%s,", (unsigned long long)number, book->grades[grade].name,
                   twin ? book->grades[grade + 1].name : "", step_of(sample, country, grade, 1 + random_low(d, 10)),
                   country->name);
    put_dates(out, d, sample->year, born, twin);
    np_text_putc(out, ',');
    put_contract(book, out, d);
    np_text_printf(out, ",%s,", book->countries[nationality].name);
    int birth_day = 1 + random_below(d, 28), birth_month = 1 + random_below(d, 12);
    put_date(out, born, birth_month, birth_day);
    return born;
}

void np_sample_row(const np_sample *sample, np_text *out, uint64_t number)
{
    np_text row;
    generator d = {.state = sample->seed * 0xD1342543DE82EF95u + number * 0x2545F4914F6CDD1Du};
    np_text_init(&row, 4096);
    int born = put_row(sample, &row, &d, number);
    put_columns(sample, out, np_text_string(&row));
    for (size_t i = 0; i < sample->book->input_count; i++) {
        char cell[CELL_MOST] = "";
        const np_input *input = &sample->book->inputs[i];
        if (!is_another(input)) continue;
        draw_input(sample->book, &d, input, cell);
        np_text_printf(out, ",%s", cell);
    }
    if (has_children(sample->book)) {
        np_text_putc(out, ',');
        put_children(out, &d, born, sample->year);
    }
    np_text_putc(out, '\n');
    np_text_lost(out, &row);
    np_text_free(&row);
}
