/* The best candidate for each field, the others as alternatives, and what one field says about another. */
#include <stdlib.h>
#include <string.h>

#include "notice_internal.h"

enum { LEAST_SCORE = 20, FLOOR_SCORE = 45, HIGH_SCORE = 75, ALTERNATIVES_MAX = 8 };

static void set_place(np_reading *reading, np_finding *f, size_t from, size_t to)
{
    f->at = np_notice_span(&reading->text, from, to);
    np_position position = np_span_position(f->at);
    f->line = position.line;
    f->column = position.column;
}

np_finding np_finding_of(np_reading *reading, const np_candidate *c, const char *value)
{
    np_finding f = {.value = value, .pattern = c->pattern->name, .score = c->score, .mentions = 1, .headed = c->headed};
    set_place(reading, &f, c->from, c->to);
    f.confidence = c->score >= HIGH_SCORE && c->headed ? NP_SURE
                   : c->score >= NP_MEDIUM_SCORE       ? NP_FAIRLY_SURE
                                                       : NP_UNSURE;
    f.other_meaning = c->unsure && !c->swapped;
    if (c->unsure) f.confidence = c->swapped && reading->day_first != reading->month_first ? NP_FAIRLY_SURE : NP_UNSURE;
    return f;
}

/* The best of a field's candidates not yet used; NULL: none is left. What is kept however low is no `value`. */
static np_candidate *next_best(np_reading *reading, np_notice_field field, bool value)
{
    np_candidate *best = NULL;
    for (size_t i = 0; i < reading->candidate_count; i++) {
        np_candidate *c = &reading->candidates[i];
        if (c->field != field || c->used || (c->score < LEAST_SCORE && (value || !c->kept))) continue;
        if (!best || c->score > best->score || (c->score == best->score && c->from < best->from)) best = c;
    }
    return best;
}

/* Take all candidates that say the same; saying it often makes it a little surer. */
static unsigned take_same(np_reading *reading, np_candidate *best)
{
    unsigned mentions = 0;
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < reading->candidate_count; i++) {
        np_candidate *c = &reading->candidates[i];
        if (c->field != best->field || c->used || strcmp(c->value, best->value) != 0) continue;
        c->used = true;
        mentions += c->from != last;
        last = c->from;
        if (!c->unsure && !c->swapped && c->score >= NP_MEDIUM_SCORE) best->unsure = false;
        best->headed = best->headed || (c->headed && c->score >= HIGH_SCORE);
    }
    return mentions;
}

/* "extended from 16 February": other places that say 16 February tell the old deadline, so they count for less. */
static void discount_former(np_reading *reading)
{
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *former = &reading->candidates[i];
        if (former->pattern->weight >= 0) continue;
        for (size_t k = 0; k < reading->candidate_count; k++) {
            np_candidate *c = &reading->candidates[k];
            if (c->field == former->field && c->pattern->weight >= 0 && strcmp(c->value, former->value) == 0)
                c->score += former->pattern->weight;
        }
    }
}

/* Mentions count before ranking, so that the body named most often wins among equals. */
static void count_mentions(np_reading *reading)
{
    for (size_t i = 0; i < reading->candidate_count; i++) {
        np_candidate *c = &reading->candidates[i];
        int same = 0;
        for (size_t k = 0; k < reading->candidate_count && same < 6; k++)
            same += k != i && reading->candidates[k].field == c->field && reading->candidates[k].from != c->from &&
                    strcmp(reading->candidates[k].value, c->value) == 0;
        c->score += same;
    }
}

/* Found without a label and hardly sure: of these fields such a value is more often another's than the post's. */
static bool is_doubtful(np_notice_field field, const np_finding *f)
{
    return (field == NP_NOTICE_REFERENCE || field == NP_NOTICE_TOWN || field == NP_NOTICE_SECONDED_MAX_MONTHS) &&
           !f->headed && f->confidence == NP_UNSURE;
}

void np_notice_set_aside(np_reading *reading, np_notice_field field)
{
    np_notice_entry *entry = &reading->notice->fields[field];
    if (!entry->found) return;
    np_finding *all = np_arena_array(reading->arena, entry->alternative_count + 1, sizeof *all);
    all[0] = entry->best;
    for (size_t i = 0; i < entry->alternative_count; i++) all[i + 1] = entry->alternatives[i];
    entry->alternatives = all;
    entry->alternative_count++;
    entry->found = false;
}

/* Another place that says something else, and nearly as surely, makes the best less sure. */
static void weigh_rival(np_notice_entry *entry)
{
    if (!entry->alternative_count || entry->best.confidence == NP_UNSURE) return;
    const np_finding *rival = &entry->alternatives[0];
    if (rival->at.offset == entry->best.at.offset) return;
    if (rival->score + 10 > entry->best.score)
        entry->best.confidence--;
    else if (rival->score >= FLOOR_SCORE)
        entry->best.confidence = NP_FAIRLY_SURE;
}

/* Other words for the same place in the text are no other value, but for a date's other reading; nor is another name of
 * the same station. */
static bool is_same_value(const np_candidate *best, const np_candidate *other)
{
    if (best->station != UINT16_MAX && other->station == best->station) return true;
    return !other->kept && other->from < best->to && other->to > best->from;
}

static np_candidate *choose_field(np_reading *reading, np_notice_field field)
{
    np_notice_entry *entry = &reading->notice->fields[field];
    np_candidate *best = next_best(reading, field, true);
    if (!best) return NULL;
    unsigned mentions = take_same(reading, best);
    entry->found = true;
    entry->best = np_finding_of(reading, best, best->value);
    entry->best.mentions = mentions;
    entry->alternatives = np_arena_array(reading->arena, ALTERNATIVES_MAX, sizeof *entry->alternatives);
    np_candidate *other;
    while (entry->alternative_count < ALTERNATIVES_MAX && (other = next_best(reading, field, false))) {
        unsigned times = take_same(reading, other);
        if (is_same_value(best, other)) continue;
        np_finding *f = &entry->alternatives[entry->alternative_count++];
        *f = np_finding_of(reading, other, other->value);
        f->mentions = times;
    }
    weigh_rival(entry);
    bool alone = field == NP_NOTICE_TOWN && !entry->alternative_count && best->score >= NP_TOLD_SCORE;
    if (alone || !is_doubtful(field, &entry->best)) return best;
    np_notice_set_aside(reading, field);
    return NULL;
}

/* All values of a list field, in the order in which the text has them. */
static void choose_list(np_reading *reading, np_notice_field field)
{
    np_notice_entry *entry = &reading->notice->fields[field];
    const char *list = NULL;
    for (;;) {
        np_candidate *first = NULL;
        for (size_t i = 0; i < reading->candidate_count; i++) {
            np_candidate *c = &reading->candidates[i];
            if (c->field == field && !c->used && c->score >= LEAST_SCORE && (!first || c->from < first->from))
                first = c;
        }
        if (!first) break;
        unsigned mentions = take_same(reading, first);
        if (!list) entry->best = np_finding_of(reading, first, first->value);
        entry->best.mentions += list ? mentions : mentions - 1;
        list = list ? np_arena_format(reading->arena, "%s, %s", list, first->value) : first->value;
    }
    entry->found = list != NULL;
    if (list) entry->best.value = list;
}

/* A field whose value follows from what was found for another. */
static void follow(np_reading *reading, np_notice_field field, const np_finding *from, const char *value)
{
    np_notice_entry *entry = &reading->notice->fields[field];
    if (entry->found || !value) return;
    entry->found = true;
    entry->best = *from;
    entry->best.value = value;
}

static void salary_parts(np_reading *reading, const np_candidate *best)
{
    np_notice *notice = reading->notice;
    const np_finding *salary = &notice->fields[NP_NOTICE_SALARY_AMOUNT].best;
    const np_read_money *money = best->money;
    int country = np_notice_country_of(notice);
    if (!money) return;
    if (np_in_passage(reading, NP_NOTICE_SALARY_AMOUNT, best->from, "net"))
        np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, salary->at,
                       "line %u calls the salary net: it is taken as the basic salary, which is free of tax, and "
                       "pension and insurance still go off",
                       salary->line);
    if (money->currency < 0 && country >= 0) {
        follow(reading, NP_NOTICE_SALARY_CURRENCY, salary,
               reading->book->currencies[reading->book->countries[country].currency].name);
        notice->fields[NP_NOTICE_SALARY_CURRENCY].best.confidence = NP_UNSURE;
        np_notice_warn(reading, NP_NOTICE_SALARY_AMOUNT, salary->at,
                       "line %u: the salary has no currency; taken as the country's", salary->line);
    } else if (money->currency >= 0) {
        follow(reading, NP_NOTICE_SALARY_CURRENCY, salary, reading->book->currencies[money->currency].name);
        set_place(reading, &notice->fields[NP_NOTICE_SALARY_CURRENCY].best, money->currency_from, money->currency_to);
    }
    if (money->period) {
        follow(reading, NP_NOTICE_SALARY_PERIOD, salary, money->period);
        set_place(reading, &notice->fields[NP_NOTICE_SALARY_PERIOD].best, money->period_from, money->period_to);
    }
    if (money->range)
        follow(reading, NP_NOTICE_SALARY_AMOUNT_HIGH, salary, np_notice_amount(reading, money, money->high));
}

/* The pair's higher grade, which another place may name than the one that names the grade best. */
static void twin_parts(np_reading *reading, const np_candidate *best)
{
    np_notice *notice = reading->notice;
    const np_candidate *pair = best->higher >= 0 ? best : NULL;
    for (size_t i = 0; i < reading->candidate_count && !pair; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field == NP_NOTICE_GRADE && c->higher >= 0 && c->score >= 40 && strcmp(c->value, best->value) == 0)
            pair = c;
    }
    if (!pair) return;
    const np_finding f = np_finding_of(reading, pair, pair->value);
    follow(reading, NP_NOTICE_TWIN_GRADE, &f, reading->book->grades[pair->higher].name);
    follow(reading, NP_NOTICE_TWIN_GRADED, &f, "yes");
    /* an alternative that is the pair's other grade is none */
    np_notice_entry *grade = &notice->fields[NP_NOTICE_GRADE];
    size_t kept = 0;
    for (size_t i = 0; i < grade->alternative_count; i++)
        if (strcmp(grade->alternatives[i].value, reading->book->grades[pair->higher].name) != 0)
            grade->alternatives[kept++] = grade->alternatives[i];
    if (kept < grade->alternative_count && kept == 0 && best->headed && best->score >= HIGH_SCORE)
        grade->best.confidence = NP_SURE;
    grade->alternative_count = kept;
}

/* "G10, G12 or G15": a choice, or several posts; a pair so written is one where the text speaks of twin grades. */
static bool is_choice(const np_reading *reading, const np_candidate *best)
{
    if (!best->grades || best->grades->count < 2) return false;
    if (best->grades->count > 2) return true;
    const char *posts = np_notice_value(reading->notice, NP_NOTICE_POSTS);
    bool twin = reading->notice->fields[NP_NOTICE_TWIN_GRADED].found;
    return best->grades->loose && !twin && ((posts && strcmp(posts, "1") != 0) || best->grades->choice);
}

/* The grade is left open, and what it could be stands as alternatives. */
static void leave_choice(np_reading *reading, const np_candidate *best)
{
    np_notice_entry *grade = &reading->notice->fields[NP_NOTICE_GRADE];
    size_t count = best->grades->count;
    np_finding *all = np_arena_array(reading->arena, count, sizeof *all);
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        all[i] = grade->best;
        all[i].value = reading->book->grades[best->grades->all[i]].name;
        list = np_arena_format(reading->arena, "%s%s%s", list, i ? ", " : "", all[i].value);
    }
    *grade = (np_notice_entry){.best = grade->best, .alternatives = all, .alternative_count = count};
    reading->choice = true;
    np_notice_warn(reading, NP_NOTICE_GRADE, grade->best.at,
                   "the text names several grades, %s: give the one of your post", list);
}

/* Two headings that give different grades: neither is sure. Behind headings of different posts none is the grade. */
static void weigh_grades(np_reading *reading, const np_candidate *best)
{
    np_notice_entry *grade = &reading->notice->fields[NP_NOTICE_GRADE];
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field != NP_NOTICE_GRADE || c == best || c->score < FLOOR_SCORE) continue;
        if (strcmp(c->value, best->value) == 0) continue;
        if (best->higher >= 0 && c->higher < 0 && strcmp(c->value, reading->book->grades[best->higher].name) == 0)
            continue;
        if (c->higher >= 0 && strcmp(reading->book->grades[c->higher].name, best->value) == 0) continue;
        grade->best.confidence = NP_UNSURE;
        np_notice_warn(reading, NP_NOTICE_GRADE, grade->best.at,
                       "line %u gives the grade %s and line %u the grade %s: ask which one holds", grade->best.line,
                       best->value, np_span_position(np_notice_span(&reading->text, c->from, c->to)).line, c->value);
        return;
    }
}

/* Several posts that differ in their grades: what else differs is no value either. */
static bool leave_posts(np_reading *reading, const np_candidate *best)
{
    static const np_notice_field DIFFER[] = {NP_NOTICE_TITLE, NP_NOTICE_REFERENCE, NP_NOTICE_SALARY_AMOUNT,
                                             NP_NOTICE_EXPERIENCE_YEARS, NP_NOTICE_CLEARANCE};
    const char *posts = np_notice_value(reading->notice, NP_NOTICE_POSTS);
    const np_notice_entry *grade = &reading->notice->fields[NP_NOTICE_GRADE];
    if (!posts || strcmp(posts, "1") == 0 || best->higher >= 0 || !grade->alternative_count) return false;
    if (grade->alternatives[0].score < FLOOR_SCORE || grade->alternatives[0].headed != grade->best.headed) return false;
    const char *other = grade->alternatives[0].value;
    np_notice_set_aside(reading, NP_NOTICE_GRADE);
    for (size_t i = 0; i < sizeof DIFFER / sizeof DIFFER[0]; i++) reading->several |= (uint64_t)1 << DIFFER[i];
    np_notice_warn(reading, NP_NOTICE_GRADE, grade->best.at,
                   "the text names several grades, %s: give the one of your post",
                   np_arena_format(reading->arena, "%s, %s", best->value, other));
    return true;
}

static void grade_parts(np_reading *reading, const np_candidate *best)
{
    if (is_choice(reading, best)) {
        leave_choice(reading, best);
        return;
    }
    if (leave_posts(reading, best)) return;
    weigh_grades(reading, best);
    twin_parts(reading, best);
}

/* Offered, as to others where the text says no other, and renewed for as long again: at most both together. */
static void seconded_parts(np_reading *reading)
{
    const char *own = np_notice_value(reading->notice, NP_NOTICE_SECONDED_MONTHS);
    const char *offered = own ? own : np_notice_value(reading->notice, NP_NOTICE_CONTRACT_MONTHS);
    const char *renewal = np_notice_value(reading->notice, NP_NOTICE_SECONDED_RENEWAL_MONTHS);
    if (!offered || !renewal) return;
    int first = np_read_count(NULL, offered, strlen(offered)), more = np_read_count(NULL, renewal, strlen(renewal));
    int most = more > first ? more : first + more; /* "3 years, renewable up to 6 years" */
    follow(reading, NP_NOTICE_SECONDED_MAX_MONTHS, &reading->notice->fields[NP_NOTICE_SECONDED_RENEWAL_MONTHS].best,
           np_arena_format(reading->arena, "%d", most));
}

/* The best town's country stands where the text names none, or one less surely. */
static void country_of_town(np_reading *reading, const np_candidate *town)
{
    if (!town->country) return;
    np_candidate *c = np_candidate_add(reading, town->pattern, NP_NOTICE_COUNTRY, town->country, town->from, town->to,
                                       town->score - 10);
    if (c) c->unsure = town->unsure;
}

/* What the book calls a field, in the reader's language. */
static const char *label_of(const np_reading *reading, np_notice_field of)
{
    const np_book *book = reading->book;
    const char *name = np_notice_known_name(of);
    for (size_t i = 0; i < book->field_count; i++)
        if (strcmp(book->fields[i].name, name) == 0)
            return np_label_text(&book->fields[i].label, reading->diags->lang, name);
    return name;
}

static void warn_of_dates(np_reading *reading)
{
    static const np_notice_field DATES[] = {NP_NOTICE_CLOSING, NP_NOTICE_START, NP_NOTICE_INTERVIEW};
    for (size_t i = 0; i < sizeof DATES / sizeof DATES[0]; i++) {
        const np_notice_entry *entry = &reading->notice->fields[DATES[i]];
        if (!entry->found) continue;
        const char *name = label_of(reading, DATES[i]);
        if (strlen(entry->best.value) == 7)
            np_notice_warn(reading, DATES[i], entry->best.at, "line %u: %s names the month %s only, no day",
                           entry->best.line, name, entry->best.value);
        for (size_t a = 0; a < entry->alternative_count; a++)
            if (entry->alternatives[a].at.offset == entry->best.at.offset && entry->best.confidence < NP_SURE)
                np_notice_warn(reading, DATES[i], entry->best.at,
                               np_notice_month_first(reading)
                                   ? NP_MARK("line %u: %s could be %s or %s; taken with the month first")
                                   : NP_MARK("line %u: %s could be %s or %s; taken with the day first"),
                               entry->best.line, name, entry->best.value, entry->alternatives[a].value);
    }
}

static void warn_of_country(np_reading *reading, const np_candidate *town)
{
    const char *country = np_notice_value(reading->notice, NP_NOTICE_COUNTRY);
    if (town && country && town->country && strcmp(town->country, country) != 0)
        np_notice_warn(reading, NP_NOTICE_COUNTRY, reading->notice->fields[NP_NOTICE_COUNTRY].best.at,
                       "the text names the town %s, which is in %s, and the country %s", town->value, town->country,
                       country);
}

static void station_of_town(np_reading *reading, const np_candidate *town)
{
    if (town->station == UINT16_MAX) return;
    const np_finding f = np_finding_of(reading, town, town->value);
    follow(reading, NP_NOTICE_STATION, &f, reading->book->stations[town->station].name);
}

static void choose_all(np_reading *reading)
{
    static const np_notice_field FIRST[] = {NP_NOTICE_COUNTRY, NP_NOTICE_POSTS, NP_NOTICE_TWIN_GRADED};
    for (size_t i = 0; i < sizeof FIRST / sizeof FIRST[0]; i++) choose_field(reading, FIRST[i]);
    for (np_notice_field field = 0; field < reading->patterns->field_count; field++) {
        if (reading->notice->fields[field].found) continue;
        bool list = reading->patterns->lists >> field & 1;
        np_candidate *best = list ? NULL : choose_field(reading, field);
        if (list) choose_list(reading, field);
        if (best && field == NP_NOTICE_SALARY_AMOUNT) salary_parts(reading, best);
        if (best && field == NP_NOTICE_GRADE) grade_parts(reading, best);
    }
}

void np_notice_choose(np_reading *reading)
{
    np_drop_foreign_grades(reading);
    np_drop_section_numbers(reading);
    count_mentions(reading);
    discount_former(reading);
    np_candidate *town = choose_field(reading, NP_NOTICE_TOWN);
    np_candidate kept_town = {.station = UINT16_MAX};
    if (town) {
        kept_town = *town;
        country_of_town(reading, &kept_town);
        station_of_town(reading, &kept_town);
    }
    choose_all(reading);
    for (np_notice_field field = 0; field < reading->patterns->field_count; field++) {
        bool open = reading->choice && (field == NP_NOTICE_SALARY_AMOUNT || field == NP_NOTICE_EXPERIENCE_YEARS);
        if (open || (reading->several >> field & 1 && reading->notice->fields[field].alternative_count))
            np_notice_set_aside(reading, field);
    }
    seconded_parts(reading);
    np_take_other_employer(reading);
    warn_of_country(reading, town ? &kept_town : NULL);
    warn_of_dates(reading);
}
