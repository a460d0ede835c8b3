"""What is paid over time: steps, advancement in a twin-graded post, months, one-off payments, and sums of them."""

from bisect import bisect_right

import meanings
from payslip import Month, Payslip, Refused
from situations import money
from syntax import Contradiction, Unknown


class Career:
    """A person's way through a contract, from the day of taking up duty."""

    def __init__(self, book, given, horizon_last, checked=True, beyond=False):
        self.book, self.given = book, dict(given)
        self.rules = book.of_kind('career')[0]
        if 'start' not in given:
            raise Unknown('missing-input', 'start')
        self.start = given['start']
        self.given.setdefault('grade of the post', given.get('grade'))
        self.at_start = self.month(self.start, self.given)
        self.at_start.input('grade')  # without one nothing is computed, also of who has left
        if 'grade_at_recruitment' in book.inputs:
            self.given.setdefault('grade_at_recruitment', self.at_start.input('grade_at_recruitment'))
        self.horizon = horizon_last(self.start)
        ends = [day for day in (given.get('end'), self.must_end(), self.contract_stops()) if day is not None]
        self.end = min(ends, default=None)
        self.last = self.horizon if beyond else meanings.last_paid_day(self.horizon, *ends)
        self.slips, self.found, self.later, self.own_days = {}, None, {}, {}
        self.given['state on'] = self.state_on
        if checked:
            self.check()

    def step_exists(self):
        """A step that is given is one of the grade's, whether or not a month is paid in it."""
        if 'step' in self.given and 'steps' in self.rules.keys:
            most = self.formula(self.rules.get('steps'), self.at_start)
            if self.given['step'] > most:
                raise Unknown('bad-position', 'step %s' % self.given['step'])

    def month(self, day, given):
        return Month(self.book, given, meanings.day_asked_for(meanings.month_first(day), self.start))

    def check(self):
        """The inputs are checked once, as they were given."""
        try:
            self.month(self.start, self.given).check()
        except Contradiction as error:
            refused = Refused([error])
            if 'end' in self.given and self.given['end'] < self.start:
                refused.codes.add('no-contract-fits')
            try:
                self.slip(meanings.month_first(self.start), self.at_start.input('grade'), self.at_start.input('step'))
            except Refused as other:
                refused.codes |= other.codes
            raise refused from error

    def formula(self, text, month):
        return self.book.compiler.compile(text)[1](month)

    def day_of(self, key):
        """A day that the career names, else the start."""
        return self.formula(self.rules.get(key), self.at_start) if key in self.rules.keys else self.start

    def must_end(self):
        """The day on which service ends by age, or None."""
        if 'must_end_when' not in self.rules.keys:
            return None
        try:
            if self.formula(self.rules.get('must_end_when'), self.at_start):
                return self.formula(self.rules.get('must_end'), self.at_start)
        except Unknown:
            pass
        return None

    def contract(self):
        return self.book.section('contract', self.at_start.input('contract'))

    def contract_end(self):
        """The last day of the first contract, or None where it has no end."""
        contract = self.contract()
        if 'end' in self.given:
            return self.given['end']
        if 'contract_months' in self.given:
            return meanings.span_last_day(self.start, (self.given['contract_months'], 0))
        if 'length' in contract.keys:
            return meanings.span_last_day(self.start, self.formula(contract.get('length'), self.at_start))
        return None

    def contract_stops(self):
        """The day on which the contract ends for good, or None where another may follow."""
        contract = self.contract()
        if 'maximum' in contract.keys:
            return meanings.span_last_day(self.start, self.formula(contract.get('maximum'), self.at_start))
        if 'then' in contract.keys or 'renewal' in contract.keys:
            return None
        return self.contract_end()

    def milestones(self):
        """{name: day} of the milestones that are one day each, from the start to the day after service; None: not known.
        """
        last = self.last + 1
        month = self.month(self.start, self.given)
        end = self.contract_end()
        if end is not None:
            month.given = dict(month.given, contract_end=end)
        found = {}
        for section in self.book.of_kind('milestone'):
            kinds = section.get('contract')
            if 'date' not in section.keys or 'every' in section.keys or \
                    kinds and self.contract().name not in [kind.strip() for kind in kinds.split(',')]:
                continue
            try:
                if 'when' in section.keys and not self.formula(section.get('when'), month):
                    continue
                day = self.formula(section.get('date'), month)
            except Unknown:
                day = None
            if day is None or self.start <= day <= last:
                found[section.name] = day
        return found

    def step_dates(self):
        first = self.day_of('steps_from')
        interval = self.formula(self.rules.get('step_interval'), self.at_start)
        held_on = self.day_of('step_held_on')
        number = 0
        while True:
            number += 1
            day = meanings.add_duration(first, (interval[0] * number, interval[1] * number))
            if day > self.last:
                return
            if day > held_on:
                yield day

    def advancement(self):
        """The day of advancement to the higher grade, or None."""
        if 'twin_grade' not in self.given:
            return None
        path = self.book.section('path', self.at_start.input('twin_advancement'))
        if 'date' not in path.keys:
            return None
        return self.formula(path.get('date'), self.at_start)

    def events(self):
        """(day, what), a step before an advancement of the same day."""
        found = [(day, 'a step') for day in self.step_dates()]
        day = self.advancement()
        if day is not None and day <= self.last:
            found.append((day, 'advancement'))
        return sorted(found, key=lambda event: (event[0], event[1] == 'advancement'))

    def before_step_date(self, day):
        """Whether the step that was given is of a later day: then it is one of the grade held on that day."""
        held_on = self.day_of('step_held_on')
        return held_on > self.start and day <= held_on

    def salary(self, month, grade, step):
        month.given = dict(month.given, grade=grade, step=step)
        return self.formula(self.rules.get('salary'), month)[0]

    def step_on_advancement(self, day, grade, step):
        """The lowest step of the higher grade that pays at least the former salary."""
        month = self.month(day, self.given)
        steps = self.formula(self.rules.get('steps'), month)
        former = self.salary(month, grade, step)
        for higher in range(1, steps + 1):
            if self.salary(month, self.given['twin_grade'], higher) >= former:
                return higher
        return steps

    def months(self, since=None):
        """(first paid day, last paid day, payslip) of every month that begins on or after a day."""
        for day, last, grade, step in self.states():
            if since is None or meanings.month_first(day) >= since:
                yield day, last, self.slip(meanings.month_first(day), grade, step)

    def state_on(self, day):
        """The grade and the step in the month that holds a day, or of the last month before it."""
        if day > self.horizon:
            last = meanings.month_last(day)
            if last not in self.later:
                given = {name: value for name, value in self.given.items() if name != 'state on'}
                self.later[last] = Career(self.book, given, lambda start: last, checked=False)
            return self.later[last].state_on(day)
        if self.found is None:
            states = list(self.states())
            self.found = [first for first, _, _, _ in states], states
        days, states = self.found
        at = bisect_right(days, day)
        _, _, grade, step = states[at - 1] if at else (None, None, self.at_start.input('grade'), self.at_start.input('step'))
        return {'grade': grade, 'step': step}

    def states(self):
        """(first paid day, last paid day, grade, step) of every month."""
        if self.found is not None:
            yield from self.found[1]
            return
        events = self.events()
        grade, step = self.at_start.input('grade'), self.at_start.input('step')
        steps = self.formula(self.rules.get('steps'), self.at_start)
        first_of_month = meanings.month_first(self.start)
        while first_of_month <= self.last:
            day = meanings.first_day_in_service(first_of_month, self.start)
            while events and meanings.change_counts(events[0][0], day):
                _, what = events.pop(0)
                if what == 'advancement':
                    if not self.before_step_date(day):
                        step = self.step_on_advancement(day, grade, step)
                    grade = self.given['twin_grade']
                else:
                    step = min(step + 1, max(step, steps))
            last_of_month = meanings.month_last(first_of_month)
            yield day, min(last_of_month, self.last), grade, step
            first_of_month = last_of_month + 1

    def slip(self, first_of_month, grade, step):
        """The payslip of a month. One that differs from another in nothing that time decides is not computed twice."""
        given = dict(self.given, grade=grade, step=step, end=self.last, **{'months of own days': self.own_days})
        day = meanings.day_asked_for(first_of_month, self.start)
        month = Month(self.book, given, day)
        key = (grade, step, self.book.in_force(self.book.changes, meanings.day_of_figures(month)),
               tuple(value_or_unknown(value, month) for value in self.book.time_values))
        if key not in self.slips:
            self.slips[key] = Payslip(self.book, given, day, alone=False)
        return self.slips[key].of_month(day)


def value_or_unknown(value, month):
    try:
        return value(month)
    except Unknown as error:
        return error.what


def payslip_asked_for(book, given):
    """The payslip that estimate prints: the month with the step and the grade that the career has then."""
    try:
        last = meanings.month_last(Month(book, given).date)
        career = Career(book, given, lambda start: last, checked=False)
        state = dict(career.given, **career.state_on(last))
        if career.end is not None:
            state['end'] = career.end
    except (Unknown, Contradiction) as error:
        refused = Refused([error])
        try:
            Payslip(book, given)
        except Refused as other:
            refused.codes |= other.codes
        raise refused from error
    try:
        return Payslip(book, state, as_given=dict(given, **{'end': state['end']} if 'end' in state else {}))
    except Refused as refused:
        # A month after the end may also be refused for a salary that is not known on the way there.
        try:
            Career(book, given, lambda start: last, checked=False, beyond=True).state_on(last)
        except Unknown as error:
            refused.codes.add(error.code)
        raise


class Sums:
    """Gross, deductions, net, one-off payments and employer's cost, added over months."""

    NAMES = ('gross', 'deductions', 'net', 'once', 'employer_cost')

    def __init__(self, first):
        self.first, self.last, self.months, self.status, self.weakest = first, first, 0, 0, 0
        self.amounts = dict.fromkeys(self.NAMES, 0)

    def add(self, last, slip):
        self.last = last
        self.months += 1
        once = slip.once_lines_of_month()
        self.status = max([self.status, slip.status] + [line.status for line in once])
        self.weakest = max([self.weakest, slip.weakest] + [line.status for line in once])
        for name in self.NAMES:
            self.amounts[name] += sum(line.value[0] for line in once) if name == 'once' else getattr(slip, name)

    def of_plan(self, unit):
        """The amounts that plan prints: the net and the employer's cost include what comes once."""
        amounts = self.amounts
        return {'gross': money(amounts['gross'], unit), 'net': money(amounts['net'] + amounts['once'], unit),
                'employer': money(amounts['employer_cost'] + amounts['once'], unit)}


def period_of(day, start, by):
    """What months are added up by: the calendar year or the contract year that holds the first day in service."""
    if by == 'month':
        return meanings.month_first(day)
    if by == 'year':
        return meanings.date_of(day).year
    return meanings.whole_years(start, day)


def project(book, given, months, by):
    """(periods, total), each a Sums."""
    try:
        career = Career(book, given, lambda start: meanings.span_last_day(start, (months, 0)))
        return add_up(career, by)
    except (Unknown, Contradiction) as error:
        raise Refused([error]) from error


def add_up(career, by):
    periods, everything = {}, None
    for first, last, slip in career.months():
        key = period_of(first, career.start, by)
        everything = everything or Sums(first)
        for sums in (periods.setdefault(key, Sums(first)), everything):
            sums.add(last, slip)
    return list(periods.values()), everything


def plan(book, given, first, months):
    """(sums by calendar year, total) over the months of a plan, which begins on the first of a month."""
    last = meanings.span_last_day(first, (months, 0))
    try:
        career, years, everything = Career(book, given, lambda start: last), {}, Sums(first)
        career.at_start.input('duty_country')  # its currency is the row's, whether or not a month is paid
        if career.end is None or career.end >= first:
            career.step_exists()
        if career.last < first:
            return years, everything  # who has left before the plan begins is in none of its months
        for day, until, slip in career.months(first):
            for sums in (years.setdefault(meanings.date_of(day).year, Sums(day)), everything):
                sums.add(until, slip)
        return years, everything
    except (Unknown, Contradiction) as error:
        raise Refused([error]) from error
