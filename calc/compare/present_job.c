/* The job that somebody has today, as a column: a net that stays as it is, month by month, and nothing else. */
#include "compare_internal.h"

enum { NO_GRADE = 0 };

static np_total user_total(np_num amount)
{
    return (np_total){.amount = amount, .status = NP_USER};
}

/* A payslip of which the net alone is known. */
static np_payslip *net_payslip(const np_book *book, np_arena *arena, np_num net, uint16_t currency)
{
    np_payslip *slip = np_payslip_new(book, arena, true);
    slip->currency = currency;
    slip->gross = slip->net = user_total(net);
    slip->deductions = slip->employer = slip->once = user_total(np_num_int(0));
    for (size_t i = 0; i < book->slot_count; i++)
        slip->slots[i] = (np_value){.type = (uint8_t)book->slots[i].type, .unknown = true};
    for (size_t i = 0; i < book->rule_count; i++) {
        slip->lines[i].state = NP_LINE_NOT_DUE;
        slip->lines[i].amount = slip->lines[i].exact = np_num_int(0);
    }
    return slip;
}

static const np_projection *project(const np_comparison *c, const np_post_column *column, int32_t months)
{
    np_arena *arena = c->arena;
    np_projection *p = np_arena_alloc(arena, sizeof *p);
    np_stretch *stretch = np_arena_alloc(arena, sizeof *stretch);
    np_date from = column->terms.start, until = np_date_add_months(from, months) - 1;
    np_num net = column->payslip->net.amount, none = np_num_int(0);
    *stretch = (np_stretch){.month = from,
                            .from = from,
                            .to = until,
                            .months = months,
                            .grade = NO_GRADE,
                            .currency = column->payslip->currency,
                            .gross = user_total(net),
                            .deductions = user_total(none),
                            .net = user_total(net),
                            .employer = user_total(none),
                            .once = user_total(none)};
    np_num all = np_num_mul(arena, net, np_num_int(months));
    *p = (np_projection){.from = from,
                         .until = until,
                         .last = until,
                         .stretches = stretch,
                         .stretch_count = 1,
                         .stretch_capacity = 1,
                         .total = {all, none, all, none, none, NP_USER, months}};
    return p;
}

void np_present_job_column(np_comparison *c, const np_compare_post *post)
{
    np_post_column *column = &c->columns[c->count];
    *column = (np_post_column){.mark = np_arena_format(c->arena, "%c", (char)('A' + c->count)),
                               .name = "",
                               .label = post->label ? post->label : np_say(c->lang, "Present job"),
                               .present = true,
                               .book = post->situation->book,
                               .situation = post->situation,
                               .same_as = SIZE_MAX};
    column->payslip = net_payslip(column->book, c->arena, post->net, post->currency);
    column->range = (np_range){.low = post->net,
                               .high = post->net,
                               .figures_low = post->net,
                               .figures_high = post->net,
                               .exact = true,
                               .complete = true};
    column->range.figures = np_arena_array(c->arena, column->book->uncertain_count + 1, sizeof *column->range.figures);
    c->count++;
}

/* It goes on beside the posts from the month in which the earliest of them begins. */
void np_present_jobs_begin(np_comparison *c)
{
    np_date first = NP_DATE_NONE, day = NP_DATE_NONE;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->present || (first != NP_DATE_NONE && column->terms.start >= first)) continue;
        first = column->terms.start;
        day = column->payslip->date;
    }
    for (size_t i = 0; i < c->count; i++) {
        np_post_column *column = &c->columns[i];
        if (!column->present) continue;
        column->terms = (np_terms){.start = np_date_month_start(first)};
        column->terms.probation_end = column->terms.contract_end = column->terms.service_end = NP_DATE_NONE;
        column->payslip->date = day;
        np_compared_path *path = &column->paths[column->path_count++];
        path->name = path->label = "";
        path->brief = project(c, column, c->compared_months[0]);
        path->full = project(c, column, c->compared_months[1]);
    }
}
