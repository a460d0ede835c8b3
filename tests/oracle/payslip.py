"""The payslip of a month: every line, the totals, and the range of the net."""

import copy
import math
from fractions import Fraction

import meanings
from book import LINE_KINDS, NOT_DUE
from choices import Branch, Choices
from syntax import Contradiction, Unknown, exact

NET_KINDS = ('salary', 'allowance', 'deduction', 'adjustment')


class Refused(Exception):
    """No payslip: the reasons, each of which natopay may name."""

    def __init__(self, reasons):
        super().__init__(reasons)
        self.codes = {getattr(reason, 'code', 'contradiction') for reason in reasons}


class Line:
    """What a rule comes to in a month: due or not, rounded and exact amount, status, and the day of a one-off."""

    def __init__(self, value, exact_value, status, due):
        self.value, self.exact, self.status, self.due, self.day = value, exact_value, status, due, None


class Month:
    """One month of one person: given inputs, and a day in the month. With ends, what is uncertain has the end of that number
    (0: low), and choices keeps what was computed with them."""

    def __init__(self, book, given, date=None, ends=None, choices=None):
        self.book, self.given, self.ends, self.choices = book, given, ends, choices
        self.seen, self.seen_by = {}, {}  # the ends that were looked at by what is being computed, and by each line
        self.status, self.results = 0, {}
        self.date = meanings.day_asked_for(date if date is not None else self.input('date'), given.get('start'))
        self.scales = self.scales_of_post()

    def scales_of_post(self):
        """The book's scales, or with the basic salary that was given for the post."""
        if 'basic_salary' not in self.given:
            return self.book.scales
        try:
            amount, currency = self.given['basic_salary']
            return self.book.scales_with(self.scale_country(), self.given.get('grade of the post') or self.input('grade'),
                                         amount, currency, self.input('basic_salary_date'))
        except Unknown:
            return self.book.scales

    def salary_is_strange(self):
        """Whether the basic salary that was given is more than a tenth away from what is printed."""
        share = self.scales.share
        return share is not None and not Fraction(9, 10) <= share <= Fraction(11, 10)

    # ---- what formulas ask for ----

    def use(self, status):
        if status > self.status:
            self.status = status

    def input(self, name):
        if name == 'date' and hasattr(self, 'date'):
            return self.date
        if name in self.given:
            self.use(self.book.inputs[name].status)
            return self.given[name]
        entry = self.book.inputs[name]
        if self.ends is not None and entry.ends is not None and not meanings.answered_by_another(name, self.given):
            return self.end(name, entry.ends(self))
        if entry.default is None:
            raise Unknown('missing-input', name)
        return entry.default(self)

    def end(self, what, ends):
        """The end of something uncertain that this month is computed with."""
        if what not in self.ends:
            raise Branch(what, len(ends))
        self.seen[what] = self.ends[what]
        self.choices.numbers[what] = len(ends)
        return ends[self.ends[what]]

    def is_known(self, name):
        try:
            self.input(name)
            return True
        except Unknown:
            return False

    def figure_value(self, figure, position=1):
        self.use(figure.status)
        if self.ends is not None and figure.low != figure.high:
            return self.end(figure, (figure.low, figure.high))
        return figure.at(position, None)

    def of_country(self, name, country, figures):
        """What is no money has no other country's figure."""
        dates, entries = figures.get(country, ((), ()))
        at = self.book.in_force(dates, meanings.day_of_figures(self))
        if at < 0:
            raise Unknown('missing-parameter', name)
        return self.figure_value(entries[at])

    def by_country(self, name, country, figures, reference):
        """A money parameter of a country: its own figure, else the reference country's times the scales' ratio."""
        day = meanings.day_of_figures(self)
        currency = self.scales.currency_of(country)
        for where in (country, reference):
            dates, entries = figures.get(where, ((), ()))
            at = self.book.in_force(dates, day)
            if at >= 0:
                amount = self.figure_value(entries[at])[0]
                if where == country:
                    return self.local((amount, self.book.currency_of(country)), currency)
                ratio = self.scales.country_ratio(country, reference, day)
                self.use(ratio.status)
                return (exact(amount * ratio.amount), currency)
        raise Unknown('missing-parameter', name)

    def scale_country(self, country=None):
        """Whose scale is asked: that of all countries where the book has one, else a country's, the duty country's unless
        another is named."""
        return self.book.scale_of_all or country or self.input('duty_country')

    def scale(self, grade, step, country=None, day=None):
        book = self.book
        country = self.scale_country(country)
        day = day if day is not None else meanings.day_of_figures(self)
        currency = self.scales.currency_of(country)
        if not 1 <= step <= book.keyed_figure(book.steps, grade, True, self).values[0]:
            raise Unknown('bad-position', 'step %s' % step)
        printed = self.scales.printed_step(country, grade, step, day) if step > 1 else None
        if printed:
            self.use(printed.status)
            if self.ends is not None and printed.is_uncertain:  # carried by another country's index
                return (self.end((country, grade), (printed.low, printed.high)), currency)
            return (printed.amount, currency)
        salary = self.scales.first_step(country, grade, day)
        self.use(salary.status)
        amount = salary.amount
        if self.ends is not None and salary.is_uncertain:
            amount = self.end((country, grade), (salary.low, salary.high))
        if step > 1 and book.step_value is None:
            raise Unknown('missing-figure', '%s step %s' % (grade, step))
        if step > 1:
            share = self.figure_value(book.plain_figure(book.step_value, self))
            amount = self.scales.rounded(amount * (1 + (step - 1) * share), country)
        return (amount, currency)

    def scale_date(self, country=None, day=None):
        country = self.scale_country(country)
        at = self.scales.at(country, day if day is not None else meanings.day_of_figures(self))
        return self.scales.dates[country][max(at, 0)]

    def unadjusted_years(self, country=None, day=None):
        country = self.scale_country(country)
        return self.scales.unadjusted_years(country, day if day is not None else meanings.day_of_figures(self))

    def rate(self, currency):
        """Units per euro."""
        figure = self.book.rate_at(currency, meanings.day_of_figures(self))
        if figure is None:
            raise Unknown('missing-rate', currency)
        return self.figure_value(figure)

    def local(self, amount, currency=None):
        currency = currency or self.scales.currency_of(self.input('duty_country'))
        if amount[1] in (None, currency):
            return (amount[0], currency)
        return (exact(Fraction(amount[0]) / self.rate(amount[1]) * self.rate(currency)), currency)

    def rule_value(self, name):
        line = self.line(name)
        self.use(line.status)
        return line.value

    # ---- lines ----

    def line(self, name):
        """The line of a rule. Raises what makes it unknown."""
        if name not in self.results:
            self.results[name] = self.line_once(name) if self.choices is None else self.line_of_choices(name)
        if self.choices is not None:
            self.seen.update(self.seen_by[name])
        result = self.results[name]
        if isinstance(result, Unknown):
            raise result
        return result

    def line_once(self, name):
        outer, self.status = self.status, 0
        try:
            result = self.evaluate(self.book.rules[name])
        except Unknown as error:
            result = error
        self.status = outer
        return result

    def line_of_choices(self, name):
        """The same, computed once for the ends that it looks at."""
        key, seen, outer = (self.date, name), {}, self.seen
        try:
            result = self.choices.find(key, self.ends, seen)
            if result is None:
                seen.clear()
                self.seen = seen
                result = self.line_once(name)
                self.choices.put(key, seen, result)
        except Branch as branch:
            self.choices.put(key, seen, (branch.what, [None] * branch.number))
            outer.update(seen)
            raise
        self.seen, self.seen_by[name] = outer, seen
        return result

    def evaluate(self, rule):
        own_day = rule.date(self) if rule.date is not None else None
        if own_day is not None and 'state on' in self.given:
            day = meanings.day_of_one_off(own_day, self.given.get('start'))
            if day != self.date:
                other = self.month_of(day)
                try:
                    return other.line(rule.name)
                finally:
                    self.seen.update(other.seen)  # also of one that is not known
        day = meanings.day_of_figures(self)
        due = (rule.first is None or rule.first <= day) and (rule.last is None or day <= rule.last)
        if due and rule.when is not None:
            due = rule.when(self)
        if not due:
            return Line(NOT_DUE[rule.type], None, self.status, False)
        self.use(rule.status)
        value = rule.amount(self)
        if rule.kind not in LINE_KINDS:
            return Line(value, value, self.status, True)
        currency = self.scales.currency_of(self.input('duty_country'))
        if value[1] not in (None, currency):
            raise Unknown('currency', rule.name)
        rounded = self.book.round_minor(value[0], currency, rule.rounding)
        line = Line((rounded, currency), value[0], self.status, True)
        line.day = own_day
        return line

    def month_of(self, day):
        """The same person in the month of another day. What a career has computed of a day is kept."""
        kept = self.given.get('months of own days') if self.ends is None else None
        if kept is not None and day in kept:
            return kept[day]
        month = Month(self.book, dict(self.given, **self.given['state on'](day)), day, self.ends, self.choices)
        if kept is not None:
            kept[day] = month
        return month

    def lines(self, kinds):
        """The due lines of these kinds, and the names of those that are open."""
        due, unknown = {}, []
        for rule in self.book.lines:
            if rule.kind not in kinds:
                continue
            try:
                line = self.line(rule.name)
            except Unknown as error:
                if rule.kind == 'salary':
                    raise
                unknown.append(rule.name)
                continue
            if line.due:
                due[rule.name] = line
        return due, unknown

    def check(self):
        """The messages of warnings. Raises a contradiction."""
        messages = []
        for severity, condition, message in self.book.checks:
            try:
                holds = condition(self)
            except Unknown:
                continue
            if holds and severity == 'error':
                raise Contradiction(message)
            if holds:
                messages.append(message)
        return messages


def total(lines, book, *kinds):
    return sum(line.value[0] for name, line in lines.items() if book.rules[name].kind in kinds)


class NetRange:
    """The lowest and the highest net over every combination of the ends of what is uncertain or was not answered.

    Each line is computed once for every combination of what it rests on itself.
    """

    MOST = 1024  # natopay goes through four times as many

    def __init__(self, book, given, date):
        self.book, self.given, self.date = book, given, date
        self.what = {}  # what is uncertain, and how many ends it has
        self.choices = Choices()
        self.left = 20 * self.MOST

    def tree(self, rule, ends):
        """A line's part of the net, or (what it depends on, the trees for its ends)."""
        self.left -= 1
        try:
            line = Month(self.book, self.given, self.date, ends, self.choices).line(rule.name)
            return line.value[0] * (-1 if rule.kind == 'deduction' else 1) if line.due else 0
        except Unknown:
            return 0
        except Branch as branch:
            self.what[branch.what] = branch.number
            if self.left < 0 or self.combinations() > self.MOST:
                return 0
            return (branch.what, [self.tree(rule, {**ends, branch.what: end}) for end in range(branch.number)])

    def combinations(self):
        return math.prod(self.what.values())

    def ends(self):
        """(lowest, highest), or (None, None) where there are too many combinations."""
        trees = []
        for rule in self.book.lines:
            if rule.kind in NET_KINDS:
                trees.append(self.tree(rule, {}))
            if self.left < 0 or self.combinations() > self.MOST:
                return None, None
        # in the smallest amount of which all are multiples: whole numbers are faster
        parts = math.lcm(*[amount.denominator for tree in trees for amount in leaves(tree)])
        nets = list(self.nets(sorted(self.what, key=self.place), [multiplied(tree, parts) for tree in trees]))
        return exact(Fraction(min(nets), parts)), exact(Fraction(max(nets), parts))

    def place(self, what):
        """What fewer lines rest on comes later. Any order is right."""
        return (self.what[what], str(getattr(what, 'name', what)))

    def nets(self, order, trees):
        """The net of every combination: what no longer depends on anything is added up as soon as it is known."""
        base = sum(tree for tree in trees if not isinstance(tree, tuple))
        trees = [tree for tree in trees if isinstance(tree, tuple)]
        if not trees:
            yield base
            return
        first, *rest = order
        for end in range(self.what[first]):
            for net in self.nets(rest, [chosen(tree, first, end) for tree in trees]):
                yield base + net


def chosen(tree, what, end):
    """The tree with one end chosen."""
    if not isinstance(tree, tuple):
        return tree
    if tree[0] == what:
        return tree[1][end]
    return (tree[0], [chosen(branch, what, end) for branch in tree[1]])


def leaves(tree):
    """The amounts in a tree."""
    if not isinstance(tree, tuple):
        return [tree]
    return [amount for branch in tree[1] for amount in leaves(branch)]


def multiplied(tree, factor):
    if not isinstance(tree, tuple):
        return int(tree * factor)
    return (tree[0], [multiplied(branch, factor) for branch in tree[1]])


class Payslip:
    """A month's payslip, with the totals that estimate prints."""

    def __init__(self, book, given, date=None, alone=True, as_given=None):
        self.book = book
        self.month = month = Month(book, given, date)
        self.date = month.date
        reasons = []
        try:
            self.warnings = (Month(book, as_given) if as_given else month).check() if alone else []
        except Contradiction as error:
            reasons.append(error)
        try:
            self.lines, self.open = month.lines(LINE_KINDS)
        except Unknown as error:
            reasons.append(error)
        try:
            self.currency = month.scales.currency_of(month.input('duty_country'))
        except Unknown as error:
            reasons.append(error)
        if reasons:
            raise Refused(reasons)
        self.gross = total(self.lines, book, 'salary', 'allowance')
        self.deductions = total(self.lines, book, 'deduction')
        self.adjustments = total(self.lines, book, 'adjustment')
        self.net = self.gross - self.deductions + self.adjustments
        borne = {name: line for name, line in self.lines.items() if book.rules[name].costs}
        self.employer_cost = self.gross + total(borne, book, 'adjustment', 'employer')
        self.once_lines = [line for line in self.lines.values() if line.day is not None]
        self.weakest = max([line.status for line in self.lines.values() if line.day is None] or [0])
        self.status = meanings.status_of_totals((book.rules[name].kind, line.status) for name, line in self.lines.items())
        start, end = month.input('start'), month.given.get('end')
        first, last = meanings.month_first(month.date), meanings.month_last(month.date)
        whole = start <= first and (end is None or end >= last)
        self.net_year = 12 * self.net if whole else None
        if alone:
            net_range = NetRange(book, given, date)
            self.low, self.high = meanings.range_with_net(net_range.ends(), self.net)

    @property
    def once(self):
        return sum(line.value[0] for line in self.once_lines_of_month())

    def of_month(self, day):
        """The same lines in the month that holds the day."""
        other = copy.copy(self)
        other.date = day
        return other

    def once_lines_of_month(self):
        """The one-off payments of the month: those whose date lies in it."""
        if not self.once_lines:
            return ()
        first, last = meanings.month_first(self.date), meanings.month_last(self.date)
        return [line for line in self.once_lines if first <= line.day <= last]
