"""The basic salaries of every country: printed, carried by indices, by the ratio to another country, between two grades.

A salary has a low and a high end, which are the salary itself where it is certain.
"""

import copy
from fractions import Fraction
from typing import NamedTuple

import meanings
import syntax
from figures import CHAINED, ESTIMATED, USER, Figure, read_figure
from syntax import Unknown


class Salary(NamedTuple):
    amount: object
    status: int
    low: object
    high: object

    @property
    def ends(self):
        return (self.low, self.amount, self.high)

    @property
    def is_uncertain(self):
        return self.low != self.high


def salary_of(ends, status):
    low, amount, high = ends
    return Salary(amount, status, low, high)


class Section:
    """One section of a country's scales."""

    def __init__(self, book, section):
        country, date = section.name.split()
        self.country, self.date, self.derived = country, syntax.read_date(date), False
        self.reference, self.floor, self.follows = section.get('reference'), section.get('floor'), None
        self.of_book = any(section.layer(key) == 0 for key in section.keys)
        self.index = read_figure(section, 'index', syntax.read_number) if 'index' in section.keys else None
        self.ratio = read_figure(section, 'ratio', syntax.read_number) if 'ratio' in section.keys else None
        self.figures = {key.upper(): read_figure(section, key, syntax.read_number)
                        for key in section.keys if book.section('grade', key.upper())}

    def at(self, date, index):
        """A section of the country at the date of a newer section of its reference country, with that one's index."""
        other = copy.copy(self)
        other.date, other.index, other.derived, other.figures = date, index, True, {}
        return other

    def prints(self, grade, step):
        values = self.figures[grade].values if grade in self.figures else []
        return step <= len(values) and values[step - 1] is not None


class Scales:
    """The scales of all countries, or those of a book with one country's put in another's place."""

    def __init__(self, book, countries, currencies):
        self.book, self.countries, self.currencies = book, countries, currencies
        self.dates = {country: [section.date for section in sections] for country, sections in countries.items()}
        self.looked_up, self.share = {}, None  # share: a salary that was given, over the one printed

    def currency_of(self, country):
        return self.currencies.get(country) or self.book.currency_of(country)

    def rounded(self, amount, country):
        return self.book.round_minor(amount, self.currency_of(country))

    def at(self, country, day):
        """The position of the section in force, -1 before the first."""
        if country not in self.countries:
            raise Unknown('missing-scale', country)
        return self.book.in_force(self.dates[country], day)

    def unadjusted_years(self, country, day):
        """The years after that of the last section with printed figures, the country's own or its reference country's,
        up to a day's, in which neither has a section."""
        self.at(country, day)
        sections = list(self.countries[country])
        reference = sections[0].reference
        if reference != country:
            sections += self.countries.get(reference, [])
        printing = [section.date for section in sections if section.date <= day and section.figures]
        if not printing:
            return 0
        years = {meanings.date_of(section.date).year for section in sections}
        first, last = meanings.date_of(max(printing)).year, meanings.date_of(day).year
        return sum(year not in years for year in range(first + 1, last + 1))

    # ---- a country's own figures ----

    def own(self, country, at, grade, step=1):
        """A grade's step by the country's own sections, printed or carried by index, or None."""
        key = (country, at, grade, step)
        if key not in self.looked_up:
            self.looked_up[key] = self.carried_to(country, at, grade, step)
        return self.looked_up[key]

    def carried_to(self, country, at, grade, step):
        sections = self.countries[country]
        reachable = [at] if sections[at].prints(grade, step) else []
        for direction in (-1, 1):
            there = at
            while 0 <= there + direction < len(sections):
                crossed = there if direction < 0 else there + 1
                if sections[crossed].index is None:
                    break
                there += direction
                if sections[there].prints(grade, step):
                    reachable.append(there)
        if not reachable:
            return None
        there = meanings.nearest(reachable, at)
        figure = sections[there].figures[grade]
        amount = figure.values[step - 1]
        ends = [figure.low, amount, figure.high] if step == 1 and figure.low is not None else [amount] * 3
        salary = salary_of(ends, figure.status)
        while there < at:
            there += 1
            salary = self.carried(salary, sections[there], sections[there].index.values[0])
        while there > at:
            salary = self.carried(salary, sections[there], 1 / Fraction(sections[there].index.values[0]))
            there -= 1
        return salary

    def carried(self, salary, section, factor):
        """A salary across the beginning of a section. Across one that another country's index made, what it was before
        stays possible."""
        low, amount, high = [self.rounded(end * factor, section.country) for end in salary.ends]
        status = max(salary.status, CHAINED, section.index.status)
        if section.derived:
            low, high, status = min(low, salary.low), max(high, salary.high), max(status, ESTIMATED)
        return Salary(amount, status, low, high)

    # ---- by another country, and between two grades ----

    def known(self, country, at, grade):
        """A grade in one section: the country's own figure, else by ratio, or None."""
        key = (country, at, grade, 'known')
        if key not in self.looked_up:
            self.looked_up[key] = self.own(country, at, grade) or \
                self.by_ratio(country, at, grade, self.countries[country][at].date)
        return self.looked_up[key]

    def in_section(self, country, at, grade):
        """The same, else what lies between the nearest grades that have one."""
        key = (country, at, grade)
        if key not in self.looked_up:
            self.looked_up[key] = self.known(country, at, grade) or self.between(country, at, grade)
        return self.looked_up[key]

    def between(self, country, at, grade):
        """Linear in the rank between the next lower and the next higher grade that have a figure, or None, as where the
        higher one is paid less."""
        rank, lower, higher = self.book.rank(grade), None, None
        for section in sorted(self.book.of_kind('grade'), key=lambda section: self.book.rank(section.name)):
            other = self.book.rank(section.name)
            if other == rank or other > rank and higher:
                continue
            salary = self.known(country, at, section.name)
            if salary and other < rank:
                lower = (other, salary)
            elif salary:
                higher = (other, salary)
        if not lower or not higher or lower[1].amount > higher[1].amount:
            return None
        (low_rank, low), (high_rank, high) = lower, higher
        amount = low.amount + (high.amount - low.amount) * Fraction(rank - low_rank, high_rank - low_rank)
        return Salary(self.rounded(amount, country), max(ESTIMATED, low.status, high.status), low.low, high.high)

    def by_ratio(self, country, at, grade, day):
        """The reference country's figure of a day times the ratio of the two scales at the section's date, or None."""
        section = self.countries[country][at]
        reference = section.reference
        if reference not in self.countries:
            return None
        ratio_at, figure_at = self.at(reference, section.date), self.at(reference, day)
        if figure_at < 0:
            return None
        other = self.in_section(reference, figure_at, grade)
        ratio = self.ratio(country, at, reference, ratio_at) if ratio_at >= 0 else None
        ratio = ratio or section.follows
        if ratio is None:
            ratio = self.named_ratio(section, day)
        if ratio is None or other is None:
            return None
        salary = salary_of([self.rounded(factor * end, country) for factor, end in zip(ratio.ends, other.ends)],
                           max(ratio.status, other.status))
        if section.floor:
            floor = self.in_section(section.floor, self.at(section.floor, day), grade)
            if floor:
                salary = salary_of([max(pair) for pair in zip(salary.ends, floor.ends)], max(salary.status, floor.status))
        return salary

    def ratio(self, country, at, reference, reference_at, derived=False):
        """The ratio of two sections: the sums of the grades that both have, or None."""
        key = (country, at, reference, reference_at, derived)
        if key not in self.looked_up:
            figure = self.known if derived else self.own
            shared = []
            for section in self.book.of_kind('grade'):
                own, other = figure(country, at, section.name), self.known(reference, reference_at, section.name)
                if own and other:
                    shared.append((max(own.status, other.status), own, other.amount))
            self.looked_up[key] = self.ratio_of(meanings.grades_for_ratio(shared)) if shared else None
        return self.looked_up[key]

    @staticmethod
    def ratio_of(shared):
        total = sum(other for _, _, other in shared)
        return salary_of([Fraction(sum(salary.ends[end] for _, salary, _ in shared)) / total for end in range(3)],
                         max([ESTIMATED] + [status for status, _, _ in shared]))

    def named_ratio(self, section, day):
        """The ratio that a section names, times the rate of exchange between the two currencies, or None."""
        if section.ratio is None:
            return None
        figure = section.ratio
        ends = [figure.low, figure.values[0], figure.high] if figure.low is not None else figure.values * 3
        status = max(ESTIMATED, figure.status)
        for country, power in ((section.country, 1), (section.reference, -1)):
            rate = self.book.rate_at(self.currency_of(country), day)
            if rate is None:
                return None
            rates = [rate.low, rate.values[0], rate.high] if rate.low is not None else rate.values * 3
            ends = [end * Fraction(other) ** power for end, other in zip(ends, rates[::power])]
            status = max(status, rate.status)
        return salary_of(ends, status)

    # ---- what is asked for ----

    def first_step(self, country, grade, day):
        """A grade's first step."""
        key = (country, grade, 'on', day)
        if key not in self.looked_up:
            at = self.at(country, day)
            self.looked_up[key] = self.in_section(country, at, grade) if at >= 0 else \
                self.by_ratio(country, 0, grade, day)
        if self.looked_up[key] is None:
            raise Unknown('missing-figure' if self.at(country, day) >= 0 or self.countries[country][0].reference
                          else 'missing-scale', '%s %s' % (country, grade))
        return self.looked_up[key]

    def printed_step(self, country, grade, step, day):
        """A step above the first that the country's sections print, or None."""
        at = self.at(country, day)
        return self.own(country, at, grade, step) if at >= 0 else None

    def country_ratio(self, country, reference, day):
        """The ratio by which an amount of the reference country is carried to another."""
        own_at, other_at = meanings.sections_for_ratio(self.at(country, day), self.at(reference, day))
        ratio = self.ratio(country, own_at, reference, other_at, True)
        if ratio is None:
            raise Unknown('missing-parameter', '%s by %s' % (country, reference))
        return ratio

    # ---- a salary that a notice prints, or the user gives ----

    def with_salary(self, country, grade, amount, currency, day, status=USER):
        """The scales in which a country's grade has a salary of its own on a day, and the other grades follow it."""
        if country not in self.countries or self.currency_of(country) != currency:
            sections = self.sections_after_reference(country)
        else:
            sections = [copy.copy(section) for section in self.countries[country]]
        sections, at = self.sections_from(sections, country, day)
        share, printed = self.share_of_book(country, grade, amount, currency, day)
        connected = self.connected(sections, at)
        for number, section in enumerate(sections):
            scaled = {other: self.scaled(figure, share, status, country) for other, figure in section.figures.items()
                      if share is not None}
            if number in connected and grade in scaled:
                further = self.further_steps(scaled.pop(grade))
                scaled.update({grade: further} if further else {})
            section.figures = scaled
        self.follow(sections[at:], grade, amount, status)
        further = sections[at].figures.get(grade)
        sections[at].figures[grade] = Figure('%s %s' % (country, grade), [amount, *(further.values[1:] if further else ())], status)
        found = Scales(self.book, dict(self.countries, **{country: sections}), dict(self.currencies, **{country: currency}))
        found.share = share if printed else None
        return found

    def sections_from(self, sections, country, day):
        """The sections of a country, with one from the day on which its reference country's section of a day began, where
        that is newer than the country's own; and the position of the one in force."""
        at = self.book.in_force([section.date for section in sections], day)
        if self.book.scale_of_all:
            return sections, max(0, at)
        own = copy.copy(sections[max(0, at)])
        reference = own.reference if own.reference in self.countries else self.book.reference
        in_force = max(0, self.at(reference, day))
        if at >= 0 and own.date >= self.dates[reference][in_force] or country == reference:
            return sections, max(0, at)
        own.date, own.reference, own.index, own.figures = self.dates[reference][in_force], reference, None, {}
        following = sections[at + 1:]
        derived = [own.at(other.date, other.index) for other in self.countries[reference]
                   if other.index and own.date < other.date and
                   all(section.derived or other.date < section.date for section in following)]
        printed = [section for number, section in enumerate(following)
                   if not all(section.derived for section in following[:number + 1])]
        return sections[:at + 1] + [own] + derived + printed, at + 1

    def follow(self, sections, grade, amount, status):
        """Lets the other grades follow the salary of a grade, also of one that the reference country has between others."""
        section = sections[0]
        if section.reference not in self.countries:
            return
        other_at = self.at(section.reference, section.date)
        other = self.in_section(section.reference, other_at, grade) if other_at >= 0 else None
        if other is None or self.known(section.reference, other_at, grade):
            return
        follows = salary_of([Fraction(amount) / other.amount] * 3, max(ESTIMATED, status, other.status))
        for section in sections:
            if section.derived or section is sections[0]:
                section.follows = follows
            else:
                break

    def further_steps(self, figure):
        """The steps above the first that a section prints, where nothing in the book says what a step is worth."""
        if self.book.step_value or len(figure.values) < 2:
            return None
        other = copy.copy(figure)
        other.values = [None, *figure.values[1:]]
        return other

    @staticmethod
    def connected(sections, at):
        """The positions of the sections to which indices lead from one of them."""
        first = last = at
        while sections[first].index and first > 0:
            first -= 1
        while last + 1 < len(sections) and sections[last + 1].index:
            last += 1
        return range(first, last + 1)

    def share_of_book(self, country, grade, amount, currency, day):
        """The salary over what the book has for the grade on the day, or None; and whether that is printed, or carried."""
        if country not in self.countries or self.currency_of(country) != currency:
            return None, False
        before = self.at(country, day) < 0
        try:
            book = self.first_step(country, grade, day)
        except Unknown:
            book = None
        return (Fraction(amount) / book.amount, book.status <= CHAINED and not before) if book else (None, False)

    def scaled(self, figure, share, status, country):
        other = copy.copy(figure)
        other.values = [self.rounded(value * share, country) for value in figure.values]
        other.status = max(ESTIMATED, figure.status, status)
        if figure.low is not None:
            other.low, other.high = self.rounded(figure.low * share, country), self.rounded(figure.high * share, country)
        return other

    def sections_after_reference(self, country):
        """Sections without figures for a country that has no scale in the currency."""
        reference = self.book.reference
        if country in self.countries:
            sections = [copy.copy(section) for section in self.countries[country]]
        else:
            sections = [copy.copy(section) for section in self.countries[reference]]
        for section in sections:
            section.country, section.reference, section.figures, section.ratio = country, reference, {}, None
        return sections


def read_scales(book):
    """The scales that a book has."""
    countries = {}
    for section in book.of_kind('scale'):
        scale = Section(book, section)
        countries.setdefault(scale.country, []).append(scale)
    for sections in countries.values():
        sections.sort(key=lambda section: section.date)
    completed = {}
    for country in countries:
        complete(country, countries, completed)
    currencies = {}
    for country, sections in countries.items():
        currency = book.currency_of(country)
        if any(section.ratio for section in sections) and not any(section.figures for section in sections) and \
                book.rate_at(currency, 0) is None:
            currencies[country] = book.currency_of(sections[0].reference)
    found = Scales(book, {country: completed[country] for country in countries}, currencies)
    found.newest = {country: max(section.date for section in sections if section.of_book)
                    for country, sections in countries.items() if any(section.of_book for section in sections)}
    return found


def complete(country, countries, completed):
    """Gives a country the sections that its reference country has besides."""
    if country in completed:
        return
    completed[country] = own = list(countries[country])
    for section, following in zip(countries[country], countries[country][1:] + [None]):
        if section.reference in countries:
            complete(section.reference, countries, completed)
            own += [section.at(other.date, other.index) for other in completed[section.reference]
                    if other.index and other.date > section.date and (not following or other.date < following.date)]
    own.sort(key=lambda section: section.date)
