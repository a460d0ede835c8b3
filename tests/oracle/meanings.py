"""What the rule book's manual means by a day, a month, an age and a step: one function for each decision.

A decision about time or about which figure counts stands here and nowhere else in the oracle, so that a change of
meaning is a change of one function.
"""

import calendar
import datetime
import functools
from fractions import Fraction

# ---- days and months: a day is the ordinal of datetime.date; the same ones are asked for again and again ----

kept = functools.lru_cache(maxsize=1 << 16)


def day_of(year, month, day):
    return datetime.date(year, month, day).toordinal()


@kept
def date_of(day):
    return datetime.date.fromordinal(day)


def month_first(day):
    return day - date_of(day).day + 1


def month_length(year, month):
    return 29 if month == 2 and calendar.isleap(year) else calendar.mdays[month]


@kept
def month_last(day):
    date = date_of(day)
    return day - date.day + month_length(date.year, date.month)


@kept
def add_months(day, months):
    """A day that a month does not have is that month's last day."""
    date = date_of(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return day_of(year, month + 1, min(date.day, month_length(year, month + 1)))


def add_duration(day, duration, sign=1):
    """A duration is (months, days)."""
    months, days = duration
    return (add_months(day, sign * months) if months else day) + sign * days


@kept
def whole_months(first, second):
    """Whole months from the first day to the second, negative when it lies before."""
    if second < first:
        return -whole_months(second, first)
    a, b = date_of(first), date_of(second)
    months = (b.year - a.year) * 12 + b.month - a.month
    return months if add_months(first, months) <= second else months - 1


def whole_years(first, second):
    months = whole_months(first, second)
    return months // 12 if months >= 0 else -(-months // 12)


def span_last_day(first, duration):
    """The last day of a span that begins on a day: day d-1 of its last month, or that month's last day."""
    months, days = duration
    if not months:
        return first + days - 1
    date = date_of(first)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = day_of(year, month + 1, 1) + min(date.day - 1, month_length(year, month + 1)) - 1
    return last + days


# ---- which day counts for a month ----


def day_of_figures(month):
    """The day whose scale, parameters and rates a month is paid by: the day that was asked for."""
    return month.date


def day_asked_for(day, start):
    """The day whose state counts for the month that holds a day: its first in service."""
    if start is None or month_last(day) < start:
        return day
    return max(month_first(day), start)


def day_of_one_off(own, start):
    """The day whose state a one-off payment of its own day is computed by: as the month that holds it is paid."""
    return month_first(own) if start is not None and month_last(own) < start else day_asked_for(own, start)


def first_day_in_service(first_of_month, start):
    """The day whose step and grade a month of a projection is paid by."""
    return max(first_of_month, start)


def child_counts(birth, paid_day, age_from, age_to):
    """Whether a month lies between those of two birthdays of a child, both included."""
    return month_first(add_months(birth, 12 * age_from)) <= month_first(paid_day) <= month_first(
        add_months(birth, 12 * age_to))


def share_of_month(paid_day, first, last):
    """The days of the paid month from first to last (None: to its end), over all its days."""
    begin, end = month_first(paid_day), month_last(paid_day)
    days = end - begin + 1
    served = min(end, last if last is not None else end) - max(begin, first) + 1
    return Fraction(max(0, served), days)


# ---- steps and grades ----


def estimate_follows_the_career():
    """Whether a month that is asked for has the step and the grade that a projection has then, or those given."""
    return True


def change_counts(change_day, day_in_service):
    """A change counts for a month when it has come by the month's first day in service."""
    return change_day <= day_in_service


def last_paid_day(horizon, *ends):
    """The last day that is paid: the earliest of the last day looked at, the end that was given, the day on which
    service ends by age, and the end of a contract that no other follows."""
    return min((horizon,) + ends)


def first_of_plan(newest_scale):
    """A plan begins in January of the year of the newest scale."""
    return day_of(date_of(newest_scale).year, 1, 1)


# ---- figures ----


def grades_for_ratio(shared):
    """Which grades that both scales have make the ratio: of (status, amount, other amount), the surest."""
    best = min(status for status, _, _ in shared)
    return [entry for entry in shared if entry[0] == best]


def nearest(sections, wanted):
    """The position in a list of positions that lies nearest to the wanted one, the earlier of two."""
    return min(sections, key=lambda position: (abs(position - wanted), position))


def sections_for_ratio(own_in_force, reference_in_force):
    """Which sections of two countries make the ratio for an amount of money: those in force, else each one's first.

    The two may be of different dates.
    """
    return max(own_in_force, 0), max(reference_in_force, 0)


def countries_for_range(duty_country, members):
    """The countries that stand for one that was not answered: the duty country and another."""
    return duty_country, min(member for member in members if member != duty_country)


def answered_by_another(name, given):
    """Whether an input that was not given need not be asked for."""
    return name in ('residence_country', 'residence_since') and 'residence_country' not in given and \
        'resident_years_in_host_country' in given


def range_with_net(ends, net):
    """The range that is printed: it holds the net, also where that leaves out a line that no answer leaves out."""
    low, high = ends
    return (None, None) if low is None else (min(low, net), max(high, net))


def status_of_totals(lines):
    """The status that a payslip or a period bears as a whole: the weakest of its lines of these kinds."""
    return max([status for kind, status in lines if kind in ('salary', 'allowance', 'deduction', 'adjustment')] or [0])
