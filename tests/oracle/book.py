"""A rule book, ready to be asked: names, figures by date and country, scales, currencies.

Figures are looked up as the manual says, and carry a status. Statuses are positions in STATUSES: the weaker, the higher.
"""

import re
from bisect import bisect_right
from fractions import Fraction

import deviations
import formula
import meanings
import syntax
from ini import read_book
from syntax import Unknown

STATUSES = ['published', 'chained', 'sister', 'estimated', 'assumed', 'user']
CHAINED, ESTIMATED, USER = STATUSES.index('chained'), STATUSES.index('estimated'), STATUSES.index('user')
LINE_KINDS = ('salary', 'allowance', 'deduction', 'employer', 'once')
DATED = re.compile(r'(?:([a-z]{2}) )?(\d{4}-\d{2}-\d{2})$')
READERS = {'number': syntax.read_number, 'money': syntax.read_money, 'duration': syntax.read_duration}
NOT_DUE = {'money': (0, None), 'number': 0, 'truth': False, 'text': '', 'dates': ()}


class Figure:
    """A value of the book, or a list of values by position, with its status, and low and high where they are known."""

    def __init__(self, name, values, status, low=None, high=None):
        self.name, self.values, self.status, self.low, self.high = name, values, status, low, high

    def at(self, position, end):
        """The value at a position from 1; end is 'low', 'high' or None for the figure itself."""
        if end and self.low is not None:
            return self.low if end == 'low' else self.high
        return self.values[min(max(position, 1), len(self.values)) - 1]


def status_of(section, key):
    """The status of one key: its own, else the section's, else user for what an overlay put in, else the surest.

    A status of the section does not speak of a key that a later layer put in.
    """
    if key + '.status' in section.keys:
        return STATUSES.index(section.get(key + '.status'))
    layer = section.layer(key)
    if 'status' in section.keys and section.layer('status') >= layer:
        return STATUSES.index(section.get('status'))
    return USER if layer else 0


def read_figure(section, key, read):
    ends = []
    for end in ('low', 'high'):
        if '%s.%s' % (key, end) in section.keys:
            ends.append(read(section.get('%s.%s' % (key, end))))
        elif end in section.keys and section.layer(end) >= section.layer(key):
            ends.append(read(section.get(end)))
    values = [read(part) for part in section.get(key).split(',')]
    return Figure('%s %s' % (section.name, key), values, status_of(section, key), *(ends if len(ends) == 2 else ()))


class Rule:
    """A rule, compiled. Its formulas are functions of a month."""

    def __init__(self, book, section):
        self.name, self.kind = section.name, section.get('kind')
        self.order = int(section.get('order', '0'))
        self.type, self.amount = book.compiler.compile(section.get('amount'))
        self.when = book.condition(section)
        self.date = book.compiler.compile(section.get('date'))[1] if 'date' in section.keys else None
        if self.date:
            book.compiler.time_values.append(self.date)
        self.first = syntax.read_date(section.get('from')) if 'from' in section.keys else None
        self.last = syntax.read_date(section.get('until')) if 'until' in section.keys else None
        self.rounding = section.get('rounding') or book.rounding
        self.status = max([status_of(section, key) for key in ('amount', 'when') if key in section.keys])
        if self.type == 'number' and self.kind in LINE_KINDS:
            number, self.type = self.amount, 'money'
            self.amount = lambda m: (number(m), None)


class Input:
    def __init__(self, section):
        self.name, self.type = section.name, section.get('type')
        self.status = STATUSES.index(section.get('status', 'published'))
        self.choices = [choice.strip() for choice in section.get('choices', '').split(',')]
        self.section, self.default = section, None


class Scale:
    """One section of a country's scales."""

    def __init__(self, section):
        country, date = section.name.split()
        self.country, self.date = country, syntax.read_date(date)
        self.reference, self.floor = section.get('reference'), section.get('floor')
        self.index = read_figure(section, 'index', syntax.read_number) if 'index' in section.keys else None
        self.figures = {key.upper(): read_figure(section, key, syntax.read_number)
                        for key in section.keys if re.fullmatch(r'g\d+', key)}


class Book:
    """A book folder and its overlays."""

    def __init__(self, folder, overlays=()):
        self.folder, self.overlays = folder, list(overlays)
        self.sections = read_book(folder, overlays)
        self.compiler = formula.Compiler(self)
        organisation = self.of_kind('organisation')[0]
        self.rounding = organisation.get('rounding')
        self.members = {code.strip() for code in organisation.get('members').split(',')}
        self.step_value, self.steps = organisation.get('step_value'), organisation.get('steps')
        self.inputs = {section.name: Input(section) for section in self.of_kind('input')}
        self.parameters = {section.name: self.read_parameter(section) for section in self.of_kind('parameter')}
        self.exchanges = {section.name: self.dated(section, syntax.read_number) for section in self.of_kind('exchange')}
        self.read_scales()
        self.rules, self.being_compiled, self.looked_up = {}, set(), {}
        for section in self.of_kind('rule'):
            self.rule(section.name)
        self.time_values = tuple(self.compiler.time_values)
        for entry in self.inputs.values():
            if 'default' in entry.section.keys:
                entry.default = self.compiler.compile(entry.section.get('default'))[1]
        self.lines = sorted((rule for rule in self.rules.values() if rule.kind in LINE_KINDS),
                            key=lambda rule: (LINE_KINDS.index(rule.kind), rule.order))
        self.checks = [(section.get('severity', 'error'), self.condition(section), section.get('message'))
                       for section in self.of_kind('check')]
        self.changes = self.days_of_change()

    def days_of_change(self):
        """Every day from which a figure or a rule is another than the day before, in order."""
        days = {day for dates in self.scale_dates.values() for day in dates}
        for tables in [table for _, table, _ in self.parameters.values()] + list(self.exchanges.values()):
            days.update(day for dates, _ in tables.values() for day in dates)
        for rule in self.rules.values():
            days.update([rule.first] if rule.first is not None else [])
            days.update([rule.last + 1] if rule.last is not None else [])
        return sorted(days)

    def of_kind(self, kind):
        return [section for (type_, _), section in self.sections.items() if type_ == kind]

    def section(self, kind, name):
        return self.sections.get((kind, name))

    def condition(self, section):
        return self.compiler.compile(section.get('when'))[1] if 'when' in section.keys else None

    # ---- names ----

    def rule(self, name):
        if name not in self.rules:
            if name in self.being_compiled:
                raise ValueError('the rule %s goes in a circle' % name)
            self.being_compiled.add(name)
            self.rules[name] = Rule(self, self.section('rule', name))
        return self.rules[name]

    def is_parameter(self, name):
        return name in self.parameters

    def choices(self, name):
        return self.inputs[name].choices

    def resolve(self, name):
        """What a name stands for: (type, function of a month)."""
        if name in self.inputs:
            return self.inputs[name].type, lambda m: m.input(name)
        if self.section('rule', name):
            return self.rule(name).type, lambda m: m.rule_value(name)
        if name in self.parameters:
            return self.parameter_call(name, [])
        if self.section('grade', name):
            return 'grade', lambda m: name
        if self.section('country', name):
            return 'country', lambda m: name
        raise NameError('no such name: ' + name)

    # ---- parameters and rates ----

    def dated(self, section, read):
        """{country or None: ([dates], [figures])}, by date."""
        found = {}
        for key in section.keys:
            match = DATED.match(key)
            if match:
                country = match.group(1).upper() if match.group(1) else None
                found.setdefault(country, []).append((syntax.read_date(match.group(2)), read_figure(section, key, read)))
        for entries in found.values():
            entries.sort(key=lambda entry: entry[0])
        return {country: ([date for date, _ in entries], [figure for _, figure in entries])
                for country, entries in found.items()}

    def read_parameter(self, section):
        kind = section.get('type')
        return kind, self.dated(section, READERS[kind]), section.get('reference')

    @staticmethod
    def in_force(dates, day):
        """The position of the last date on or before the day, -1 if there is none."""
        return bisect_right(dates, day) - 1

    def parameter_call(self, name, typed):
        kind, by_country, reference = self.parameters[name]
        if None in by_country or not by_country:
            position = typed[0][1] if typed else lambda m: 1
            return kind, lambda m: m.figure_value(self.plain_figure(name, m), position(m))
        country = typed[0][1] if typed else lambda m: m.input('duty_country')
        return kind, lambda m: m.by_country(name, country(m), by_country, reference)

    def plain_figure(self, name, m):
        dates, figures = self.parameters[name][1].get(None, ((), ()))
        at = self.in_force(dates, meanings.day_of_figures(m))
        if at < 0:
            raise Unknown('missing-parameter', name)
        return figures[at]

    # ---- grades, countries, currencies ----

    def rank(self, grade):
        return int(self.section('grade', grade).get('rank'))

    def grade_fact(self, grade, key):
        section = self.section('grade', grade)
        return section.get(key), status_of(section, key)

    def is_member(self, country):
        return country in self.members

    def station_country(self, station):
        return self.section('station', station).get('country')

    def currency_of(self, country):
        return self.section('country', country).get('currency')

    def minor_unit(self, currency):
        return syntax.read_number(self.section('currency', currency).get('minor_unit'))

    def round_minor(self, amount, currency, mode=None):
        return formula.round_to(amount, self.minor_unit(currency), mode or self.rounding)

    # ---- scales ----

    def read_scales(self):
        self.scales = {}
        for section in self.of_kind('scale'):
            scale = Scale(section)
            self.scales.setdefault(scale.country, []).append(scale)
        for scales in self.scales.values():
            scales.sort(key=lambda scale: scale.date)
        self.scale_dates = {country: [scale.date for scale in scales] for country, scales in self.scales.items()}

    def scale_at(self, country, day):
        """The position of the section in force, -1 before the first."""
        if country not in self.scales:
            raise Unknown('missing-scale', country)
        return self.in_force(self.scale_dates[country], day)

    def own_figure(self, country, at, grade, step=1):
        """(amount, status) of a grade's step by the country's own sections, printed or carried by index, or None."""
        scales = self.scales[country]
        currency = self.currency_of(country)
        reachable = [at] if step <= self.printed_steps(scales[at], grade) else []
        for direction in (-1, 1):
            there = at
            while 0 <= there + direction < len(scales):
                crossed = there if direction < 0 else there + 1
                if scales[crossed].index is None:
                    break
                there += direction
                if step <= self.printed_steps(scales[there], grade):
                    reachable.append(there)
        if not reachable:
            return None
        there = meanings.nearest(reachable, at)
        figure = scales[there].figures[grade]
        amount, status = figure.values[step - 1], figure.status
        while there < at:
            there += 1
            amount = self.round_minor(amount * scales[there].index.values[0], currency)
            status = max(status, CHAINED, scales[there].index.status)
        while there > at:
            amount = self.round_minor(Fraction(amount) / scales[there].index.values[0], currency)
            status = max(status, CHAINED, scales[there].index.status)
            there -= 1
        return amount, status

    @staticmethod
    def printed_steps(scale, grade):
        return len(scale.figures[grade].values) if grade in scale.figures else 0

    def section_figure(self, country, at, grade):
        """(amount, status) of a grade in one section: the country's own figure, else by ratio at the section's date."""
        own = self.own_figure(country, at, grade)
        if own:
            return own
        scale = self.scales[country][at]
        return self.by_ratio(country, at, grade, scale.date)

    def by_ratio(self, country, at, grade, day):
        """The reference country's figure of a day times the ratio of the two scales at the section's date, or None."""
        scale = self.scales[country][at]
        reference = scale.reference
        if reference not in self.scales:
            return None
        ratio_at, figure_at = self.scale_at(reference, scale.date), self.scale_at(reference, day)
        if ratio_at < 0 or figure_at < 0:
            return None
        other = self.section_figure(reference, figure_at, grade)
        figure = self.section_figure if day < scale.date and 'ratio_on_derived_figures' in deviations.active else None
        ratio = self.ratio(country, at, reference, ratio_at, figure)
        if ratio is None or other is None:
            return None
        amount = self.round_minor(ratio[0] * other[0], self.currency_of(country))
        status = max(ratio[1], other[1])
        if scale.floor:
            floor = self.section_figure(scale.floor, self.scale_at(scale.floor, day), grade)
            if floor:
                amount, status = max(amount, floor[0]), max(status, floor[1])
        return amount, status

    def ratio(self, country, at, reference, reference_at, figure=None):
        """(ratio, status) of two sections: the sums of the grades that both have, or None."""
        key = (country, at, reference, reference_at, figure is None)
        if key not in self.looked_up:
            self.looked_up[key] = self.find_ratio(country, at, reference, reference_at, figure or self.own_figure)
        return self.looked_up[key]

    def find_ratio(self, country, at, reference, reference_at, figure):
        shared = []
        for section in self.of_kind('grade'):
            own = figure(country, at, section.name)
            other = self.section_figure(reference, reference_at, section.name)
            if own and other:
                shared.append((max(own[1], other[1]), own[0], other[0]))
        if not shared:
            return None
        shared = meanings.grades_for_ratio(shared)
        return (Fraction(sum(own for _, own, _ in shared)) / sum(other for _, _, other in shared),
                max(ESTIMATED, max(status for status, _, _ in shared)))

    def first_step(self, country, grade, day):
        """(amount, status) of a grade's first step."""
        key = (country, grade, day)
        if key not in self.looked_up:
            try:
                self.looked_up[key] = self.look_up(country, grade, day)
            except Unknown as error:
                self.looked_up[key] = error
        found = self.looked_up[key]
        if isinstance(found, Unknown):
            raise found
        return found

    def look_up(self, country, grade, day):
        at = self.scale_at(country, day)
        own = self.section_figure(country, at, grade) if at >= 0 else self.by_ratio(country, 0, grade, day)
        if own:
            return own
        raise Unknown('missing-figure' if at >= 0 or self.scales[country][0].reference else 'missing-scale',
                      '%s %s' % (country, grade))

    def printed_step(self, country, grade, step, day):
        """(amount, status) of a step above the first that the country's sections print, or None."""
        at = self.scale_at(country, day)
        return self.own_figure(country, at, grade, step) if at >= 0 else None

    def country_ratio(self, country, reference, day):
        """The ratio by which an amount of the reference country is carried to another."""
        own_at, other_at = meanings.sections_for_ratio(self.scale_at(country, day), self.scale_at(reference, day))
        ratio = self.ratio(country, own_at, reference, other_at, self.section_figure)
        if ratio is None:
            raise Unknown('missing-parameter', '%s by %s' % (country, reference))
        return ratio
