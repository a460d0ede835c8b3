"""Random overlays: scales in mid-month, figures that the book does not have, rules that begin and end."""

from fractions import Fraction

import formula
import meanings
from situations import decimal


def iso(day):
    return meanings.date_of(day).isoformat()


class Overlay:
    """Draws the text of one overlay for a book."""

    def __init__(self, book, random):
        self.book, self.random, self.sections = book, random, {}
        self.newest = max(dates[-1] for dates in book.scales.dates.values())

    def put(self, kind, name, *lines):
        """Adds lines to a section; a key that it has already stays as it is."""
        section = self.sections.setdefault((kind, name), [])
        keys = {line.split('=')[0].strip() for line in section}
        section.extend(line for line in lines if line.split('=')[0].strip() not in keys)

    def day(self):
        """A day from a year before the newest scale to two years after it, often in mid-month."""
        first = meanings.month_first(self.newest + self.random.randint(-365, 730))
        return self.random.choice((first, first + 14, first + 1, meanings.month_last(first)))

    def text(self):
        if self.random.random() < 0.25:
            return ''
        pieces = [self.lowest_grade, self.scale_section, self.new_country, self.printed_figures, self.rate, self.exchange,
                  self.amounts_not_found, self.allowance, self.once, self.sure_figures, self.step_interval, self.printed_steps]
        if len(self.book.scales.countries) == 1:  # no scale follows another, and nothing is converted
            pieces = [self.rate, self.once, self.sure_figures, self.step_interval, self.scale_section]
        for piece in self.random.sample(pieces, self.random.randint(1, min(6, len(pieces)))):
            piece()
        return '\n'.join('[%s %s]\n%s\n' % (kind, name, '\n'.join(lines))
                         for (kind, name), lines in sorted(self.sections.items()))

    def countries(self, number):
        return self.random.sample(sorted(self.book.scales.countries), number)

    def printed(self, country):
        """The sections of a country that stand in the book."""
        return [section for section in self.book.scales.countries[country] if not section.derived]

    def status(self, key):
        """A line that names the status of a key, or none: then it is the user's."""
        status = self.random.choice(('published', 'sister', 'assumed', None))
        return ['%s.status = %s' % (key, status)] if status else []

    def lowest_grade(self):
        """The salary that a spouse's income is compared with is not in the book."""
        grade = self.book.of_kind('grade')[0].name.lower()
        for country in self.countries(2) + ['BE']:
            scale = self.printed(country)[-1]
            self.put('scale', '%s %s' % (country, iso(scale.date)), '%s = %s' % (grade, self.random.choice(('2500', '3001.37'))),
                     *self.status(grade))

    def scale_section(self):
        """A later section that carries the one before it by an index, or prints a figure of its own."""
        for country in self.countries(min(self.random.randint(1, 3), len(self.book.scales.countries))):
            before = self.printed(country)[-1]
            lines = ['index = ' + self.random.choice(('1.10', '1.03', '0.985', '1.0377'))] + self.status('index')
            if before.reference and self.random.random() < 0.8:
                lines.append('reference = ' + before.reference)
            if before.floor:
                lines.append('floor = ' + before.floor)
            if self.random.random() < 0.3 and self.book.section('grade', 'G12'):
                lines += ['g12 = 5555.55'] + self.status('g12')
            day = max(self.day(), before.date + 1)
            self.put('scale', '%s %s' % (country, iso(day)), *lines)

    def new_country(self):
        country = self.random.choice([code for code in ('NO', 'TR', 'AL', 'IS') if code not in self.book.scales.countries])
        self.put('scale', '%s %s' % (country, iso(self.random.choice((self.newest, self.day())))), 'g10 = 4990.00',
                 'reference = BE', *self.status('g10'))

    def printed_figures(self):
        """More figures in a section that there is, so that two scales share several grades."""
        for country in self.countries(2):
            scale = self.random.choice(self.printed(country))
            for grade in self.random.sample(('g10', 'g15', 'g20', 'g22'), 2):
                if grade.upper() not in scale.figures:
                    self.put('scale', '%s %s' % (country, iso(scale.date)), '%s = %d.%02d' % (
                        grade, self.random.randint(4000, 9000), self.random.randint(0, 99)), *self.status(grade))

    def printed_steps(self):
        """A scale that prints more than the first step."""
        country = self.countries(1)[0]
        scale = self.printed(country)[-1]
        self.put('scale', '%s %s' % (country, iso(scale.date)), 'g20 = 9000.00, 9100.10, 9250.25', *self.status('g20'))

    def rate(self):
        """A new rate from some day on."""
        names = [name for name, (kind, by_country, reference) in self.book.parameters.items()
                 if kind == 'number' and None in by_country and len(by_country[None][1][-1].values) == 1
                 and by_country[None][1][-1].values[0] < 1]
        for name in self.random.sample(names, 3):
            value = formula.round_to(self.book.parameters[name][1][None][1][-1].values[0], Fraction(1, 10 ** 6), 'floor')
            key = iso(self.day())
            lines = ['%s = %s' % (key, decimal(value + Fraction(1, 100)))] + self.status(key)
            if self.random.random() < 0.5:
                lines += ['%s.low = %s' % (key, decimal(value)), '%s.high = %s' % (key, decimal(value + Fraction(1, 40)))]
            self.put('parameter', name, *lines)

    def exchange(self):
        for currency in self.random.sample(sorted(self.book.exchanges), 2):
            value = self.book.exchanges[currency][None][1][0].values[0]
            key = iso(self.day())
            self.put('exchange', currency, '%s = %s' % (key, decimal(value * Fraction(11, 10))), *self.status(key))

    def amounts_not_found(self):
        """Figures for the amounts of money that exist and were not found."""
        for name, (kind, by_country, _) in self.book.parameters.items():
            if kind == 'money' and not by_country and self.random.random() < 0.7:
                country = self.random.choice(('be', 'fr', 'gb'))
                key = '%s %s' % (country, self.random.choice(('2012-01-01', iso(self.day()))))
                lines = ['%s = %s' % (key, self.random.choice(('150', '88.37')))] + self.status(key)
                if self.random.random() < 0.8:
                    lines.append('reference = ' + country.upper())
                if self.random.random() < 0.3:
                    lines += [key + '.low = 80', key + '.high = 200.01']
                self.put('parameter', name, *lines)

    def bounds(self):
        """Lines that let a rule begin and end."""
        lines, day = [], self.day()
        if self.random.random() < 0.5:
            lines.append('from = ' + iso(day))
        if self.random.random() < 0.5:
            lines.append('until = ' + iso(day + self.random.choice((0, 1, 30, 400))))
        return lines

    def allowance(self):
        """An allowance that rounds in its own way and ends on a day."""
        mode = self.random.choice(('half_up', 'half_even', 'half_down', 'up', 'down', 'ceiling', 'floor'))
        kind = self.random.choice(('allowance', 'deduction', 'adjustment', 'employer'))
        borne = ['employer = ' + self.random.choice(('yes', 'no'))] if kind == 'adjustment' else []
        self.put('rule', 'trial_allowance', 'kind = ' + kind, *borne,
                 'order = 95', 'amount = basic_salary / %d + 0.005 EUR * service_year%s' % (self.random.choice((3, 7, 200)),
                                                                                    self.by_grade()),
                 'when = currency_is_euro and (%s)' % self.random.choice((
                     "part_time in (50%, 80%, 100%) or grade >= G15", 'day(pay_day) = 1', 'rank(grade) < 15',
                     "category(grade) != 'manual' and not (contract = 'serving')",
                     'months_between(start, date) >= 12', 'days_between(start, pay_day) > 365')),
                 'rounding = ' + mode, *self.bounds())
        others = [section.name for section in self.book.of_kind('country') if self.book.currency_of(section.name) != 'EUR']
        self.put('rule', 'currency_is_euro', 'kind = fact', 'amount = not (duty_country in (%s))' % ', '.join(others))

    def by_grade(self):
        """A rate that goes by grade, category, contract or nothing, and ends for some."""
        if self.random.random() < 0.4:
            return ''
        day = iso(self.day())
        keys = self.random.choice((['by = grade', 'g10 %s = 1%%' % day, 'professional 2000-01-01 = 2%',
                                    'g15 %s = unknown' % day, '2000-01-01 = 0.5%'],
                                   ['by = category(grade)', 'technical 2000-01-01 = 1.5%', '2000-01-01 = 0.1%', '%s = unknown' % day],
                                   ['by = contract', 'definite 2000-01-01 = 1%', 'definite %s = 2%%' % day,
                                    'indefinite 2000-01-01 = 0%', 'seconded %s = 3%%' % day]))
        self.put('parameter', 'trial_rate', 'type = number', *keys)
        return ' + trial_rate * basic_salary'

    def once(self):
        """Payments on a day of their own."""
        self.put('rule', 'trial_payment', 'kind = once', 'order = 96',
                 'date = ' + self.random.choice(('start + 12 months', 'month_end(start)', iso(self.day()),
                                                 'max(start, recruited + 5 years)')),
                 'amount = round(%s * basic_salary, 10)' % self.random.choice(('10%', '1/3', '0')), *self.bounds())

    def sure_figures(self):
        """The premium that every payslip has is assumed; without it other statuses show in the totals."""
        for name, (kind, by_country, _) in self.book.parameters.items():
            if None in by_country and by_country[None][1][-1].low is not None and self.random.random() < 0.8:
                date = iso(by_country[None][0][-1])
                self.put('parameter', name, date + '.status = published')

    def step_interval(self):
        name = self.book.of_kind('career')[0].get('step_interval')
        date = iso(self.book.parameters[name][1][None][0][0])
        there = self.book.section('parameter', name).get(date)
        others = [interval for interval in ('24 months', '18 months', '7 months') if interval != there]
        self.put('parameter', name, date + ' = ' + self.random.choice(others))
        if self.random.random() < 0.7:
            self.put('parameter', name, date + '.status = sister')
