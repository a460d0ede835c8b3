/* Counting why rows were rejected. */
#include "natopay/plan/rejection_reasons.h"

#include <stdlib.h>
#include <string.h>

void np_problems_free(np_problems *problems)
{
    free(problems->all);
    *problems = (np_problems){.all = NULL};
}

/* Whole characters, as many as fit. */
static void copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    if (length >= size) {
        length = size - 1;
        while (length && ((unsigned char)from[length] & 0xC0) == 0x80) length--;
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

static void add(np_problems *p, const np_problem *problem)
{
    for (size_t i = 0; i < p->count; i++) {
        np_problem *there = &p->all[i];
        if (strcmp(there->column, problem->column) != 0 || strcmp(there->text, problem->text) != 0) continue;
        there->rows += problem->rows;
        if (problem->line < there->line) there->line = problem->line;
        return;
    }
    if (!p->all) p->all = calloc(NP_PROBLEMS_MAX, sizeof *p->all);
    p->failed = p->failed || !p->all;
    if (p->all && p->count < NP_PROBLEMS_MAX)
        p->all[p->count++] = *problem;
    else
        p->others += problem->rows;
}

void np_problems_add(np_problems *problems, const char *column, const char *text, uint64_t line)
{
    np_problem problem = {.rows = 1, .line = line};
    copy(problem.column, sizeof problem.column, column);
    copy(problem.text, sizeof problem.text, text);
    add(problems, &problem);
}

void np_problems_merge(np_problems *problems, const np_problems *others)
{
    for (size_t i = 0; i < others->count; i++) add(problems, &others->all[i]);
    problems->others += others->others;
    problems->failed = problems->failed || others->failed;
}

static const struct {
    np_code code;
    const char *kind;
} KINDS[] = {
    {NP_CODE_BAD_NUMBER, NP_MARK("not a number")},
    {NP_CODE_BAD_DATE, NP_MARK("not a date")},
    {NP_CODE_BAD_VALUE, NP_MARK("a word that is not known")},
    {NP_CODE_OUT_OF_BOUNDS, NP_MARK("more or less than there may be")},
    {NP_CODE_UNKNOWN_GRADE, NP_MARK("unknown grade")},
    {NP_CODE_UNKNOWN_COUNTRY, NP_MARK("unknown country")},
    {NP_CODE_UNKNOWN_NAME, NP_MARK("unknown duty station")},
    {NP_CODE_MISSING_SCALE, NP_MARK("no salary is known for posts in the country")},
    {NP_CODE_MISSING_FIGURE, NP_MARK("no salary is known for the grade in the country")},
    {NP_CODE_BAD_POSITION, NP_MARK("a step that does not exist")},
    {NP_CODE_NO_CONTRACT_FITS, NP_MARK("service would have to end before it begins")},
    {NP_CODE_MISSING_PARAMETER, NP_MARK("a figure has no value for the day or country")},
    {NP_CODE_MISSING_RATE, NP_MARK("no exchange rate is known between two currencies")},
};

const char *np_problem_kind(const np_diag *diag)
{
    if (diag->code == NP_CODE_MISSING_INPUT || diag->code == NP_CODE_CONTRADICTION) return diag->message;
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++)
        if (KINDS[i].code == diag->code) return KINDS[i].kind;
    return np_code_describe(diag->code)->meaning;
}

static int more_first(const void *a, const void *b)
{
    const np_problem *x = a, *y = b;
    if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    int column = strcmp(x->column, y->column);
    return column ? column : strcmp(x->text, y->text);
}

void np_problems_sort(np_problems *problems)
{
    if (problems->count) qsort(problems->all, problems->count, sizeof *problems->all, more_first);
}
