/* Values over months: whether two segments are the same, and until when what is found in one month stands. */
#include "natopay/pay/timeseries.h"

/* Of values that are no numbers, known, and alike but for what they say. */
bool np_value_same_rest(const np_value *a, const np_value *b)
{
    switch ((np_type)a->type) {
    case NP_TRUTH:
        return a->as.truth == b->as.truth;
    case NP_TEXT:
        return a->as.text == b->as.text;
    case NP_DATE:
        return a->moving ? a->moving != NP_MOVING : a->as.date == b->as.date;
    case NP_DURATION:
        return a->as.duration.months == b->as.duration.months && a->as.duration.days == b->as.duration.days;
    case NP_GRADE:
        return a->as.grade == b->as.grade;
    case NP_COUNTRY:
        return a->as.country == b->as.country;
    case NP_LIST: /* of the rule book, which holds each once */
        return a->as.list.items == b->as.list.items && a->as.list.count == b->as.list.count;
    default:
        return false;
    }
}

bool np_series_same(np_series a, np_series b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.segments[i].from == b.segments[i].from && np_segment_same(&a.segments[i], &b.segments[i]);
    return same;
}

void np_ts_set_month(np_ts_eval *ts, uint16_t month)
{
    np_value *date = &ts->eval.slots[ts->eval.book->date_slot];
    *date = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    date->as.date = ts->window->start[month];
    ts->eval.horizon = INT32_MAX;
}

uint16_t np_ts_valid_until(const np_ts_eval *ts, const np_value *value, uint16_t month, uint16_t next)
{
    if (value->moving == NP_MOVING) return (uint16_t)(month + 1);
    if (ts->eval.horizon == INT32_MAX) return next;
    uint16_t stands = np_window_month(ts->window, ts->eval.horizon);
    if (stands <= month) stands = (uint16_t)(month + 1);
    return stands < next ? stands : next;
}

bool np_arguments_see(np_ts_eval *ts, np_arguments *a, uint16_t month, uint16_t *next, np_value *moved,
                      const np_value **seen)
{
    bool known = true;
    for (size_t i = 0; i < a->count; i++) {
        *next = np_series_go(&a->of[i], month, *next);
        seen[i] = np_value_in(ts->window, &a->of[i].segments->value, month, &moved[i]);
        known = known && !seen[i]->unknown;
    }
    return known;
}
