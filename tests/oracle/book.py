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
from figures import CHAINED, STATUSES, Figure, read_figure, status_of
from ini import read_book
from scales import read_scales
from syntax import Unknown

LINE_KINDS = ('salary', 'allowance', 'deduction', 'adjustment', 'employer', 'once')
DATED = re.compile(r'(?:([a-z0-9_]+) )?(\d{4}-\d{2}-\d{2})$')
READERS = {'number': syntax.read_number, 'money': syntax.read_money, 'duration': syntax.read_duration,
           'truth': lambda text: text == 'yes'}
NOT_DUE = {'money': (0, None), 'number': 0, 'truth': False, 'text': '', 'dates': ()}


class Rule:
    """A rule, compiled. Its formulas are functions of a month."""

    def __init__(self, book, section):
        self.name, self.kind = section.name, section.get('kind')
        self.order = int(section.get('order', '0'))
        self.costs = section.get('employer', 'yes') == 'yes'  # of an adjustment: it is in the employer's cost
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


OWN_TYPES = {'date': 'date', 'start': 'date', 'grade': 'grade', 'twin_grade': 'grade', 'duty_country': 'country',
             'station': 'text'}  # of the inputs that natopay itself asks for


class Input:
    def __init__(self, section):
        self.name, self.type = section.name, section.get('type') or OWN_TYPES[section.name]
        self.status = STATUSES.index(section.get('status', 'published'))
        self.choices = [choice.strip() for choice in section.get('choices', '').split(',')]
        self.section, self.default, self.ends = section, None, None


class Book:
    """A book folder and its overlays."""

    def __init__(self, folder, overlays=()):
        self.folder, self.overlays = folder, list(overlays)
        self.sections = read_book(folder, overlays)
        self.kinds = {}
        for (kind, _), section in self.sections.items():
            self.kinds.setdefault(kind, []).append(section)
        self.minor_units = {section.name: syntax.read_number(section.get('minor_unit', '0.01')) for section in self.of_kind('currency')}
        self.compiler = formula.Compiler(self)
        organisation = self.of_kind('organisation')[0]
        self.currency, self.scale_of_all = organisation.get('currency'), organisation.get('scale')
        self.minor_units.setdefault(self.currency, Fraction(1, 100))
        self.ranks = self.ranks_of_grades()
        self.rounding = organisation.get('rounding')
        self.members = {code.strip() for code in organisation.get('members').split(',')}
        self.step_value, self.steps = organisation.get('step_value'), organisation.get('steps')
        self.inputs = {section.name: Input(section) for section in self.of_kind('input')}
        self.parameters = {section.name: self.read_parameter(section) for section in self.of_kind('parameter')}
        self.exchanges = {section.name: self.dated(section, syntax.read_number) for section in self.of_kind('exchange')}
        self.reference = self.scale_of_all or organisation.get('reference')  # whose scale a country without one goes by
        self.scales, self.own_scales = read_scales(self), {}
        for section in self.of_kind('parameter'):
            if 'index' in section.keys:
                self.carry_by_scale(section)
        self.rules, self.being_compiled = {}, set()
        for section in self.of_kind('rule'):
            self.rule(section.name)
        self.time_values = tuple(self.compiler.time_values)
        for entry in self.inputs.values():
            if 'default' in entry.section.keys:
                entry.default = self.compiler.compile(entry.section.get('default'))[1]
            entry.ends = self.ends_of(entry)
        self.lines = sorted((rule for rule in self.rules.values() if rule.kind in LINE_KINDS),
                            key=lambda rule: (LINE_KINDS.index(rule.kind), rule.order))
        self.checks = [(section.get('severity', 'error'), self.condition(section), section.get('message'))
                       for section in self.of_kind('check')]
        self.changes = self.days_of_change()

    def ends_of(self, entry):
        """A function of a month that gives the values which an input can have that was not answered, or None."""
        section = entry.section
        if section.get('about') not in ('post', 'person') or section.get('range') == 'no' or entry.name == 'duty_country':
            return None
        if entry.type == 'truth':
            return lambda m: (False, True)
        if 'choices' in section.keys:
            return lambda m: entry.choices
        if entry.type == 'country':
            return lambda m: meanings.countries_for_range(m.input('duty_country'), self.members)
        if 'range_low' in section.keys:
            low, high = [self.compiler.compile(section.get(key))[1] for key in ('range_low', 'range_high')]
            return lambda m: (low(m), high(m))
        return None

    def days_of_change(self):
        """Every day from which a figure or a rule is another than the day before, in order."""
        days = {day for dates in self.scales.dates.values() for day in dates}
        for tables in [table for _, table, _ in self.parameters.values()] + list(self.exchanges.values()):
            days.update(day for dates, _ in tables.values() for day in dates)
        for rule in self.rules.values():
            days.update([rule.first] if rule.first is not None else [])
            days.update([rule.last + 1] if rule.last is not None else [])
        return sorted(days)

    def of_kind(self, kind):
        return self.kinds.get(kind, [])

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
        if name in self.inputs and self.inputs[name].section.get('in_formulas') != 'no':
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
        """{country or None: ([dates], [figures])}, by date; of what goes by something, by its keys in small letters."""
        found, by = {}, 'by' in section.keys
        for key in section.keys:
            match = DATED.match(key)
            if match:
                country = match.group(1).upper() if match.group(1) and not by else match.group(1)
                found.setdefault(country, []).append((syntax.read_date(match.group(2)), read_figure(section, key, read)))
        for entries in found.values():
            entries.sort(key=lambda entry: entry[0])
        return {country: ([date for date, _ in entries], [figure for _, figure in entries])
                for country, entries in found.items()}

    def read_parameter(self, section):
        kind = section.get('type')
        return kind, self.dated(section, READERS[kind]), section.get('reference')

    def carry_by_scale(self, section):
        """Adds what a parameter is between the days given and after them: it moves by the indexes of a country's scale,
        rounded at each."""
        kind, tables, _ = self.parameters[section.name]
        indexes = {scale.date: scale.index for scale in self.scales.countries[section.get('index').split()[1]] if scale.index}
        for country, (dates, figures) in tables.items():
            given = dict(zip(dates, figures))
            texts = {day: section.get('%s%s' % (country.lower() + ' ' if country else '', meanings.date_of(day))) for day in given}
            carried, now = [], None
            for day in sorted({*given, *(day for day in indexes if day > dates[0])}):
                if day in given:
                    now, text = given[day], texts[day]
                else:
                    now = self.moved(now, kind, indexes[day], text)
                carried.append((day, now))
            tables[country] = ([day for day, _ in carried], [figure for _, figure in carried])

    def moved(self, figure, kind, index, text):
        def move(value):
            if kind == 'money':
                return (self.round_minor(value[0] * index.values[0], value[1]), value[1])
            decimals = len(text.split(',')[0].partition('.')[2].strip(' %')) + (2 if '%' in text else 0)
            return formula.round_to(value * index.values[0], Fraction(1, 10 ** decimals), self.rounding)
        ends = [move(end) for end in (figure.low, figure.high)] if figure.low is not None else []
        return Figure(figure.name, [move(value) for value in figure.values], max(figure.status, CHAINED, index.status), *ends)

    @staticmethod
    def in_force(dates, day):
        """The position of the last date on or before the day, -1 if there is none."""
        return bisect_right(dates, day) - 1

    def parameter_call(self, name, typed):
        kind, by_country, reference = self.parameters[name]
        if 'by' in self.section('parameter', name).keys:
            asked = typed[0] if typed else self.compiler.compile(self.section('parameter', name).get('by'))
            return kind, lambda m: m.figure_value(self.keyed_figure(name, asked[1](m), asked[0] == 'grade', m))
        if None in by_country or not by_country:
            position = typed[0][1] if typed else lambda m: 1
            return kind, lambda m: m.figure_value(self.plain_figure(name, m), position(m))
        country = typed[0][1] if typed else lambda m: m.input('duty_country')
        if kind != 'money':
            return kind, lambda m: m.of_country(name, country(m), by_country)
        return kind, lambda m: m.by_country(name, country(m), by_country, reference)

    def plain_figure(self, name, m):
        return self.figure_of(name, None, m)

    def keyed_figure(self, name, value, is_grade, m):
        """The figure of a grade (else of its category) or a text; what has no key of its own has the general one."""
        tables = self.parameters[name][1]
        key = value.lower().replace(' ', '_')
        if is_grade and key not in tables:
            key = self.grade_fact(value, 'category')[0]
        return self.figure_of(name, key, m)

    def figure_of(self, name, key, m):
        for where in (key, None):
            dates, figures = self.parameters[name][1].get(where, ((), ()))
            at = self.in_force(dates, meanings.day_of_figures(m))
            if at >= 0:
                break
        if at < 0 or figures[at].values == ['unknown']:
            raise Unknown('missing-parameter', name)
        return figures[at]

    # ---- grades, countries, currencies ----

    def rank(self, grade):
        return self.ranks[grade]

    def ranks_of_grades(self):
        """The ranks that sections give; one that gives none is one above the section before it."""
        ranks, before = {}, 0
        for section in self.of_kind('grade'):
            before = ranks[section.name] = int(section.get('rank') or before + 1)
        return ranks

    def currency_of(self, country):
        """In which posts in a country are paid, or the scale of all countries is."""
        section = self.section('country', country)
        return (section.get('currency') if section else None) or self.currency

    def grade_fact(self, grade, key):
        section = self.section('grade', grade)
        if key == 'rank':
            return str(self.ranks[grade]), status_of(section, key) if key in section.keys else 0
        return section.get(key), status_of(section, key)

    def is_member(self, country):
        return country in self.members

    def station_country(self, station):
        return self.section('station', station).get('country')

    def rate_at(self, currency, day):
        """The figure of the units per euro in force, else the first there is, or None."""
        if currency == 'EUR':
            return Figure(currency, [1], 0)
        if None not in self.exchanges.get(currency, ()):
            return None
        dates, figures = self.exchanges[currency][None]
        figure = figures[max(0, self.in_force(dates, day))]
        # low and high are about the newest rate; the older ones are history
        return figure if figure is figures[-1] else Figure(figure.name, figure.values, figure.status)

    def minor_unit(self, currency):
        return self.minor_units[currency]

    def round_minor(self, amount, currency, mode=None):
        return formula.round_to(amount, self.minor_unit(currency), mode or self.rounding)

    def scales_with(self, country, grade, amount, currency, day):
        """The scales with a salary that was given: see Scales.with_salary."""
        key = (country, grade, amount, currency, day)
        if key not in self.own_scales:
            self.own_scales[key] = self.scales.with_salary(*key)
        return self.own_scales[key]

    def forget(self):
        """Forgets what was looked up, so that a deviation can be tried."""
        self.scales.looked_up.clear()
        self.own_scales.clear()
