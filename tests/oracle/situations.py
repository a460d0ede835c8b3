"""Random situations and overlays, drawn to lie on what the book compares: its dates, limits, ages and amounts."""

from fractions import Fraction

import formula
import meanings
import syntax
from book import DATED
from payslip import Month, Refused
from syntax import Contradiction, Unknown

PART_TIMES = ['100%', '50%', '80%', '33.33%', '99%', '1%', '66.667%']


def text_of(kind, value):
    """A value as it is written on the command line."""
    if kind == 'date':
        return meanings.date_of(value).isoformat()
    if kind == 'dates':
        return ', '.join(meanings.date_of(day).isoformat() for day in value)
    if kind == 'truth':
        return 'yes' if value else 'no'
    if kind == 'money':
        return '%s %s' % (decimal(value[0]), value[1] or 'EUR')
    if kind == 'number':
        return decimal(value)
    return value


def decimal(number):
    """A number with at most six decimals, which its value must fit."""
    scaled = Fraction(number) * 10 ** 6
    assert scaled.denominator == 1
    sign = '-' if scaled < 0 else ''
    whole, rest = divmod(abs(scaled.numerator), 10 ** 6)
    return sign + str(whole) + ('.%06d' % rest).rstrip('0').rstrip('.')


def money(amount, minor_unit):
    """An amount as natopay prints it: with as many decimals as the minor unit has."""
    digits = 0
    while (Fraction(minor_unit) * 10 ** digits).denominator != 1:
        digits += 1
    scaled = Fraction(amount) * 10 ** digits
    assert scaled.denominator == 1, amount
    sign, whole = ('-' if scaled < 0 else ''), str(abs(scaled.numerator)).rjust(digits + 1, '0')
    return sign + (whole[:-digits] + '.' + whole[-digits:] if digits else whole)


def read_inputs(book, texts):
    """The texts of a situation as values. Refuses a number that its input cannot be."""
    readers = {'date': syntax.read_date, 'number': syntax.read_number, 'money': syntax.read_money,
               'truth': lambda text: text == 'yes',
               'dates': lambda text: tuple(syntax.read_date(part) for part in text.split(','))}
    given = {name: readers.get(book.inputs[name].type, str)(text) for name, text in texts.items()}
    for name, value in given.items():
        low, high = [book.inputs[name].section.get(key) for key in ('min', 'max')]
        if book.inputs[name].type == 'number' and (low and value < syntax.read_number(low) or
                                                   high and value > syntax.read_number(high)):
            raise Refused([Unknown('out-of-bounds', name)])
    return given


class Limits:
    """The dates of a book, and the values that its formulas compare an input with."""

    def __init__(self, book):
        self.book, self.comparisons = book, []
        self.dates, self.input_dates = set(), set()
        for section in book.sections.values():
            for key in section.keys:
                match = DATED.match(key)
                if match:
                    self.dates.add(syntax.read_date(match.group(2)))
        for dates in book.scales.dates.values():
            self.dates.update(dates)
        for kind in ('rule', 'check'):
            for section in book.of_kind(kind):
                for key in ('from', 'until'):
                    if key in section.keys:
                        self.dates.add(syntax.read_date(section.get(key)))
                for key in ('when', 'amount', 'date'):
                    if key in section.keys:
                        self.walk(syntax.tree_of(section.get(key)))
        self.first = book.scales.dates[book.reference][0]
        self.newest = max(day for dates in book.scales.dates.values() for day in dates)
        self.dates = sorted(day for day in self.dates | self.input_dates if day > meanings.day_of(1990, 1, 1))

    def walk(self, tree):
        """Collects the dates, and the comparisons of an input with something that does not contain it."""
        if tree[:2] == ('literal', 'date'):
            self.input_dates.add(tree[2])
        if tree[0] == 'compare':
            for side, other in ((tree[2], tree[3]), (tree[3], tree[2])):
                while side[0] == 'call' and side[1] == 'local':
                    side = side[2][0]
                if side[0] == 'name' and side[1] in self.book.inputs:
                    self.comparisons.append((side[1], other))
        for part in tree[1:]:
            for child in part if isinstance(part, list) else [part]:
                if isinstance(child, tuple) and child and isinstance(child[0], str):
                    self.walk(child)

    def beside(self, random, month):
        """(input, value) on or beside the limit of one comparison, for a month; None where that is not known."""
        name, other = random.choice(self.comparisons)
        kind = self.book.inputs[name].type
        try:
            other_kind, limit = self.book.compiler.of(other)
            value = limit(month)
        except (Unknown, Contradiction, NameError, TypeError):
            return None
        step = random.choice((-1, 0, 0, 1))
        if kind == 'money' and other_kind == 'money':
            cents = formula.round_to(value[0], Fraction(1, 100), 'floor') + Fraction(step, 100)
            return (name, (cents, value[1] or 'EUR')) if cents >= 0 else None
        if kind == 'date' and other_kind == 'date':
            return name, value + step
        if kind == 'number' and other_kind == 'number':
            size = 1 if self.book.inputs[name].section.get('whole') == 'yes' else Fraction(1, 100)
            value = formula.round_to(value, Fraction(1, 10 ** 6), 'floor') + step * size
            section = self.book.inputs[name].section
            low, high = section.get('min'), section.get('max')
            if (low and value < syntax.read_number(low)) or (high and value > syntax.read_number(high)):
                return None
            return name, value
        return None


class Generator:
    """Draws situations for one book: {input: text}, and the day asked for."""

    def __init__(self, book, random, own_salary=False):
        self.book, self.random = book, random
        self.own_salary = own_salary  # draw salaries that a notice prints: some still differ
        self.limits = Limits(book)
        self.grades = [section.name for section in book.of_kind('grade')]
        self.countries = list(book.scales.countries)
        if len(self.countries) == 1:  # one table for all posts: what differs by country are parameters
            self.countries = sorted({country for _, by_country, _ in book.parameters.values() for country in by_country
                                     if country in book.scales.countries or book.section('country', country or '')})
        self.members = sorted(book.members)
        self.steps = max(figures[-1].values[0] for _, figures in book.parameters[book.steps][1].values())

    def chance(self, share):
        return self.random.random() < share

    # ---- days ----

    def near(self, day):
        """The day, the one before or after, or one a whole number of years later."""
        random = self.random
        day += random.choice((-1, 0, 0, 1))
        if self.chance(0.3):
            day = meanings.add_months(day, 12 * random.choice((-3, -1, 1, 2, 3, 4, 5, 6, 9, 10)))
        return day

    def start(self):
        random, limits = self.random, self.limits
        draw = random.random()
        if draw < 0.35:
            return self.near(random.choice(limits.dates))
        year = random.randint(meanings.date_of(limits.first).year - 1, meanings.date_of(limits.newest).year + 1)
        if draw < 0.45:
            year = random.choice((2004, 2008, 2012, 2016, 2020, 2024))
            return meanings.day_of(year, 2, 29)
        first = meanings.day_of(year, random.randint(1, 12), 1)
        return random.choice((first, first, first + 1, meanings.month_last(first), first + random.randint(0, 27)))

    def day_paid(self, start):
        """A day in a month of service for which the scales say something."""
        random, limits = self.random, self.limits
        draw = random.random()
        if draw < 0.3:
            day = start + random.choice((0, 1, 20, 31, 62))
        elif draw < 0.6:
            day = self.near(random.choice(limits.dates))
        elif draw < 0.8:
            day = meanings.add_months(start, 12 * random.randint(1, 10)) + random.choice((-1, 0, 1))
        else:
            day = limits.newest + random.randint(-800, 1200)
        if not self.chance(0.03):
            day = max(day, limits.first)
        return max(day, meanings.month_first(start))

    # ---- what a situation is made of ----

    def grade(self, country, day):
        """A grade with a figure, mostly."""
        if self.chance(0.03):
            return self.random.choice(self.grades)
        fit = [grade for grade in self.grades if self.has_figure(country, grade, day)]
        return self.random.choice(fit or self.grades)

    def has_figure(self, country, grade, day):
        try:
            self.book.scales.first_step(country if country in self.book.scales.countries else self.book.reference, grade, day)
            return True
        except Unknown:
            return False

    def children(self, values, day):
        """Births around the day, and around the birthdays that the book's ages make limits of."""
        random = self.random
        ages = [0, 0, 1] + [value for name in self.book.parameters if 'age_limit' in name
                            for value in self.ages(name)]
        births = []
        for _ in range(random.choice((1, 1, 2, 3, 4))):
            anchor = random.choice((day, meanings.month_first(day), meanings.month_last(day), values['start']))
            birth = meanings.add_months(anchor, -12 * random.choice(ages)) + random.choice((-1, 0, 0, 1))
            births.append(random.choice((birth, birth, meanings.day_of(2008, 2, 29))))
        values['child_births'] = tuple(births)
        if self.chance(0.5):
            values['children_in_education'] = random.randint(0, 3)
        if self.chance(0.15):
            values['children'] = len(births)

    def ages(self, name):
        kind, by_country, _ = self.book.parameters[name]
        found = [figure for _, figures in by_country.values() for figure in figures]
        return [value for figure in found for value in figure.values + [figure.low, figure.high]
                if kind == 'number' and value is not None]

    def person(self, values, day):
        random = self.random
        country = values['duty_country']
        if self.chance(0.85):
            values['nationality'] = random.choice((country, country, random.choice(self.members), 'DE', 'FR', 'US', 'UA'))
        if self.chance(0.1):
            values['second_nationality'] = random.choice((country, random.choice(self.members)))
        if self.chance(0.5):
            values['resident_years_in_host_country'] = random.choice((0, 0, Fraction(99, 100), 1, Fraction(1, 2), 29))
        self.residence(values)
        if self.chance(0.6):
            values['residence_distance_km'] = random.choice((99, 100, 101, Fraction(10001, 100), 480, 0))
        if self.chance(0.6):
            values['spouse'] = self.chance(0.8)
        if values.get('spouse') and self.chance(0.4):
            values['spouse_monthly_income'] = (random.choice((0, 1, 1000, Fraction(123456, 100), 5000)),
                                               random.choice(('EUR', 'EUR', 'USD', 'GBP', 'PLN', 'BGN')))
        draw = random.random()
        if draw < 0.4:
            self.children(values, day)
        elif draw < 0.6:
            values['children'] = random.randint(0, 4)
        if self.chance(0.1):
            values['disabled_children'] = random.randint(0, 2)
        if self.chance(0.2):
            values['education_costs_year'] = (random.choice((0, 1, 12000, Fraction(999999, 100))),
                                              random.choice(('EUR', 'GBP', 'USD')))
        if self.chance(0.2):
            values['education_children'] = random.randint(0, 3)
        if self.chance(0.25):
            values['similar_allowances'] = (random.choice((0, 50, Fraction(32758, 100), 700, 5000)),
                                            random.choice(('EUR', 'EUR', 'GBP', 'DKK', 'NOK')))
        if self.chance(0.2):
            values['voluntary_pension_rate'] = random.choice((0, Fraction(3, 100), Fraction(5, 100), Fraction(51, 1000)))
        if self.chance(0.2):
            values['birth_date'] = meanings.add_months(values['start'], -12 * random.choice((21, 30, 59, 60, 60, 61, 64))) + \
                random.choice((-1, 0, 1))
        for name in ('mobility_supplement', 'zone_supplement'):
            if self.chance(0.2):
                values[name] = self.chance(0.7)
        self.service(values)

    def residence(self, values):
        """Where the person lives, and since when: around a year before the start."""
        random = self.random
        if self.chance(0.6):
            values['residence_country'] = random.choice((values['duty_country'], values['duty_country'],
                                                         random.choice(self.members), 'UA'))
        if self.chance(0.5):
            values['residence_since'] = random.choice((
                meanings.add_months(values['start'], -12) + random.choice((-1, 0, 1)), values['start'],
                values['start'] - random.randint(0, 6000), values['start'] + 20))

    def salary(self, values, day):
        """The basic salary that the notice prints, mostly in the currency of the country."""
        random, country, grade = self.random, values['duty_country'], values['grade']
        currency = self.book.scales.currency_of(country)
        if self.chance(0.25):
            currency = random.choice(('EUR', self.book.currency_of(country)))
        amount = 4000 + 250 * self.book.rank(grade)
        if self.has_figure(country, grade, day):
            amount = self.book.scales.first_step(self.book.scale_of_all or country, grade, day).amount
        amount = formula.round_to(amount * random.choice((1, 1, Fraction(11, 10), Fraction(9, 10), Fraction(8, 5))) +
                                  random.choice((0, Fraction(1, 100), 37)), self.book.minor_unit(currency), 'half_up')
        values['basic_salary'] = (amount, currency)
        values.pop('annual_adjustment', None)
        if self.chance(0.4):
            values['basic_salary_date'] = random.choice((day, self.near(random.choice(self.limits.dates)),
                                                         values['start'] + random.randint(-900, 900)))
        if self.chance(0.2):
            values['closing'] = values['start'] - random.randint(0, 700)

    def service(self, values):
        """When and how the person came to the organisation."""
        random, start = self.random, values['start']
        if self.chance(0.3):
            recruited = self.near(random.choice(self.limits.dates))
            values['recruited'] = recruited if recruited <= start else start - random.randint(0, 4000)
        if self.chance(0.3):
            values['last_step'] = meanings.add_months(start, -random.choice((0, 3, 11, 12, 12, 13, 24))) + random.choice((-1, 0, 1))
        if self.chance(0.15):
            values['grade_at_recruitment'] = random.choice(self.grades)

    def post(self, values, day):
        random = self.random
        if self.chance(0.35):
            values['part_time'] = syntax.read_number(random.choice(PART_TIMES))
        if self.chance(0.6):
            values['step'] = random.choice((1, 1, 2, 3, self.steps - 1, self.steps, random.randint(1, self.steps)))
        if self.chance(0.01):
            values['step'] = self.steps + 1
        if self.chance(0.6):
            values['contract'] = random.choice(self.book.choices('contract'))
        if self.chance(0.5):
            values['contract_months'] = random.choice((11, 12, 13, 36, 72, 1))
        if self.chance(0.15):
            last = random.choice((meanings.month_last(day), day, day + random.randint(0, 900),
                                  meanings.add_months(values['start'], 36) - 1))
            values['end'] = last if self.chance(0.97) else values['start'] - 1
        if self.chance(0.25):
            values['lodging_provided'] = self.chance(0.8)
        if self.chance(0.1):
            values['rent_difference'] = (random.choice((0, -100, 250)), random.choice(('EUR', 'GBP', 'USD')))
        if self.chance(0.15):
            values['annual_adjustment'] = random.choice((0, Fraction(2, 100), Fraction(-15, 1000)))
        if self.chance(0.3) and 'twin_grade' in self.book.inputs:
            self.twin(values)

    def twin(self, values):
        random = self.random
        day = max(values['start'], self.limits.first)
        higher = [grade for grade in self.grades if self.book.rank(grade) > self.book.rank(values['grade'])
                  and self.has_figure(values['duty_country'], grade, day)]
        if not higher:
            return
        values['twin_grade'] = random.choice(higher[:3])
        if self.chance(0.7):
            values['twin_advancement'] = random.choice(self.book.choices('twin_advancement'))
        if self.chance(0.4):
            values['twin_reduction_months'] = random.choice((0, 1, 12, 23, 24))

    def situation(self):
        """({input: text}, the day asked for)."""
        start = self.start()
        day = self.day_paid(start)
        country = self.random.choice(self.countries)
        values = {'duty_country': country, 'start': start, 'grade': self.grade(country, day)}
        if self.chance(0.03):
            values['duty_country'] = self.random.choice(self.members)
        self.post(values, day)
        self.person(values, day)
        if self.own_salary and self.chance(0.2) and start >= self.limits.first:
            self.salary(values, day)
        for _ in range(self.random.choice((0, 1, 1, 2))):
            drawn = self.limits.beside(self.random, Month(self.book, values, day))
            if drawn and drawn[0] not in ('grade', 'duty_country', 'start', 'date', 'end'):
                values[drawn[0]] = drawn[1]
        if self.chance(0.003):
            del values[self.random.choice(('grade', 'duty_country'))]
        values = {name: value for name, value in values.items() if name in self.book.inputs and name != 'date'}
        return {name: text_of(self.book.inputs[name].type, value) for name, value in values.items()}, day
