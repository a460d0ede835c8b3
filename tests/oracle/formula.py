"""The formula language: a tree to a function of a month.

Types are found when a formula is compiled. Values: number (int or Fraction), money (amount, currency; the currency is
None for a zero of no currency), truth (bool), text, grade, country (str), date (day), dates (tuple of days), duration
(months, days).
"""

from fractions import Fraction

import meanings
from syntax import Unknown, exact, tree_of

# ---- rounding ----


def round_to(value, unit, mode):
    """A multiple of the unit."""
    over, under = value.numerator * unit.denominator, value.denominator * unit.numerator
    floor, rest = divmod(over, under)
    if rest == 0:
        return exact(value)
    away, towards = (floor + 1, floor) if over > 0 else (floor, floor + 1)
    nearest = {-1: floor, 1: floor + 1}.get((2 * rest > under) - (2 * rest < under))  # None: half-way
    result = {
        'half_up': away if nearest is None else nearest,
        'half_down': towards if nearest is None else nearest,
        'half_even': floor + floor % 2 if nearest is None else nearest,
        'up': away, 'down': towards, 'ceiling': floor + 1, 'floor': floor,
    }[mode]
    return exact(Fraction(result * unit.numerator, unit.denominator))


# ---- tree to function ----


def same_currency(a, b):
    """The currency of two amounts; a zero fits every currency."""
    if a[1] == b[1] or b[0] == 0 and b[1] is None:
        return a[1]
    if a[0] == 0 and a[1] is None:
        return b[1]
    raise Unknown('currency', '%s and %s' % (a[1], b[1]))


def is_zero(tree):
    return tree[:2] == ('literal', 'number') and tree[2] == 0


ORDERS = {
    '=': lambda a, b: a == b, '!=': lambda a, b: a != b, '<': lambda a, b: a < b,
    '<=': lambda a, b: a <= b, '>': lambda a, b: a > b, '>=': lambda a, b: a >= b,
}


class Compiler:
    """Compiles formulas of one book. names says what a name is: see Book.resolve."""

    def __init__(self, book):
        self.book, self.compiled = book, {}
        self.time_values = []  # functions of a month by which time comes into anything that is no date itself

    def compile(self, text):
        if text not in self.compiled:
            self.compiled[text] = self.of(tree_of(text))
        return self.compiled[text]

    def of(self, tree):
        """(type, function of a month)."""
        return getattr(self, {'+': 'plus', '-': 'less', '*': 'times', '/': 'over', 'if': 'choice', 'and': 'both',
                              'or': 'either', 'not': 'negated', 'in': 'among'}.get(tree[0], tree[0]))(*tree[1:])

    def literal(self, kind, value):
        return kind, lambda m: value

    def name(self, name):
        return self.book.resolve(name)

    def minus(self, tree):
        kind, value = self.of(tree)
        if kind == 'money':
            def negative(m):
                amount, currency = value(m)
                return (-amount, currency)
            return kind, negative
        return kind, lambda m: -value(m)

    def pair(self, left, right):
        """Both sides, a text beside a grade or country and a zero beside money taken as such."""
        (a, f), (b, g) = self.of(left), self.of(right)
        for kind in ('grade', 'country'):
            if a == kind and b == 'text':
                b = kind
            if b == kind and a == 'text':
                a = kind
        if a == 'money' and b == 'number' and is_zero(right):
            b, g = 'money', lambda m: (0, None)
        if b == 'money' and a == 'number' and is_zero(left):
            a, f = 'money', lambda m: (0, None)
        return a, f, b, g

    def plus(self, left, right, sign=1):
        a, f, b, g = self.pair(left, right)
        if a == 'date' and b == 'duration':
            return 'date', lambda m: meanings.add_duration(f(m), g(m), sign)
        if a == b == 'duration':
            def durations(m):
                x, y = f(m), g(m)
                return (x[0] + sign * y[0], x[1] + sign * y[1])
            return 'duration', durations
        if a == b == 'money':
            def amounts(m):
                x, y = f(m), g(m)
                return (x[0] + sign * y[0], same_currency(x, y))
            return 'money', amounts
        if a == b == 'number':
            return 'number', (lambda m: f(m) + g(m)) if sign > 0 else (lambda m: f(m) - g(m))
        raise TypeError('%s and %s do not add' % (a, b))

    def less(self, left, right):
        return self.plus(left, right, -1)

    def times(self, left, right):
        (a, f), (b, g) = self.of(left), self.of(right)
        if a == b == 'number':
            return 'number', lambda m: f(m) * g(m)
        if a == 'money' and b == 'number':
            def scaled(m):
                amount, currency = f(m)
                return (amount * g(m), currency)
            return 'money', scaled
        if a == 'number' and b == 'money':
            def scaled_by(m):
                factor = f(m)
                amount, currency = g(m)
                return (factor * amount, currency)
            return 'money', scaled_by
        raise TypeError('%s times %s' % (a, b))

    def over(self, left, right):
        (a, f), (b, g) = self.of(left), self.of(right)

        def quotient(x, y):
            if y == 0:
                raise Unknown('zero', 'a division by zero')
            return exact(Fraction(x) / y)
        if a == b == 'number':
            return 'number', lambda m: quotient(f(m), g(m))
        if a == 'money' and b == 'number':
            def divided(m):
                amount, currency = f(m)
                return (quotient(amount, g(m)), currency)
            return 'money', divided
        if a == b == 'money':
            def share(m):
                x, y = f(m), g(m)
                same_currency(x, y)
                return quotient(x[0], y[0])
            return 'number', share
        raise TypeError('%s over %s' % (a, b))

    def ordered(self, kind):
        """What of a value of this type is compared."""
        if kind == 'grade':
            return lambda value: self.book.rank(value)
        return None

    def compare(self, operator, left, right):
        a, f, b, g = self.pair(left, right)
        if a != b:
            raise TypeError('%s beside %s' % (a, b))
        order = ORDERS[operator]
        if a == 'money':
            def amounts(m):
                x, y = f(m), g(m)
                if x[0] != 0 and y[0] != 0:
                    same_currency(x, y)
                return order(x[0], y[0])
            return 'truth', amounts
        key = self.ordered(a)
        if key:
            return 'truth', lambda m: order(key(f(m)), key(g(m)))

        def values(m):
            return order(f(m), g(m))
        if a == 'date':
            self.time_values.append(values)
        return 'truth', values

    def among(self, left, others):
        tests = [self.compare('=', left, other)[1] for other in others]
        return 'truth', lambda m: any(test(m) for test in tests)

    def negated(self, tree):
        kind, value = self.of(tree)
        return 'truth', lambda m: not value(m)

    def decided_by(self, left, right, decisive):
        """A side that has the decisive value decides, even where the other is not known."""
        (_, f), (_, g) = self.of(left), self.of(right)

        def either_side(m):
            try:
                if f(m) is decisive:
                    return decisive
            except Unknown:
                if g(m) is decisive:
                    return decisive
                raise
            return g(m)
        return 'truth', either_side

    def both(self, left, right):
        return self.decided_by(left, right, False)

    def either(self, left, right):
        return self.decided_by(left, right, True)

    def choice(self, condition, first, second):
        _, test = self.of(condition)
        a, f, b, g = self.pair(first, second)
        if a != b:
            raise TypeError('then %s else %s' % (a, b))
        return a, lambda m: f(m) if test(m) else g(m)

    def call(self, name, arguments):
        if name in ('known', 'given', 'choice'):
            word = arguments[0][1]
            if name == 'known':
                return 'truth', lambda m: m.is_known(word)
            if name == 'given':
                return 'truth', lambda m: word in m.given
            return 'number', lambda m: self.book.choices(word).index(m.input(word)) + 1
        if name == 'progressive':
            return self.progressive(*arguments)
        if name == 'sum':
            return self.of(self.sum_of(arguments[0][2]))
        if self.book.section('function', name):
            return self.of(self.own_function(name, arguments))
        if self.book.is_parameter(name):
            return self.book.parameter_call(name, [self.of(argument) for argument in arguments])
        typed = [self.of(argument) for argument in arguments]
        kind, value = FUNCTIONS[name](self, typed, arguments)
        if kind != 'date' and (name in ('share_of_month', 'number_aged', 'unadjusted_years') or any(part[0] == 'date' for part in typed)):
            self.time_values.append(value)
        return kind, value

    def sum_of(self, word):
        """The tree that adds up the rules that count in something; of a kind, all of it."""
        names = [section.name for section in self.book.of_kind('rule') if section.get('kind') == word or
                 word in [part.strip() for part in section.get('counts_in', '').split(',')]]
        tree = ('name', names[0])
        for name in names[1:]:
            tree = ('+', tree, ('name', name))
        return tree

    def own_function(self, name, arguments):
        """The tree of a [function X], the arguments put in place of their names."""
        section = self.book.section('function', name)
        names = [word.strip() for word in section.get('args').split(',')]
        given = dict(zip(names, arguments, strict=True))

        def put(tree):
            if isinstance(tree, list):
                return [put(part) for part in tree]
            if not isinstance(tree, tuple) or tree[:1] == ('literal',):
                return tree
            if tree[0] == 'name':
                return given.get(tree[1], tree)
            return tuple(put(part) for part in tree)
        return put(tree_of(section.get('amount')))

    def progressive(self, tree, limits, rates, factor=None):
        """What lies above each limit, up to the next one, at the rate of the same position."""
        kind, value = self.of(tree)
        times = self.of(factor)[1] if factor else lambda m: 1

        def values(m, name):
            figure = self.book.plain_figure(name, m)
            return [m.figure_value(figure, position) for position in range(1, len(figure.values) + 1)]

        def tax(m):
            x, k = value(m), times(m)
            amount = x[0] if kind == 'money' else x
            steps = [k * (limit[0] if kind == 'money' else limit) for limit in values(m, limits[1])]
            total = 0
            for low, high, rate in zip(steps, [*steps[1:], None], values(m, rates[1])):
                top = amount if high is None else min(amount, high)
                total += rate * max(0, top - low)
            return (total, x[1]) if kind == 'money' else total
        return kind, tax


# ---- functions ----


def _extreme(pick):
    def build(compiler, typed, trees):
        kinds = {kind for kind, _ in typed if kind != 'number'}
        kind = kinds.pop() if kinds else 'number'
        if kind == 'money':
            parts = [(lambda m: (0, None)) if is_zero(tree) else f for (_, f), tree in zip(typed, trees)]

            def amounts(m):
                best = parts[0](m)
                for part in parts[1:]:
                    value = part(m)
                    currency = same_currency(best, value)
                    best = (pick(best[0], value[0]), currency)
                return best
            return 'money', amounts
        parts = [f for _, f in typed]
        return kind, lambda m: pick([part(m) for part in parts])
    return build


def _clamp(compiler, typed, trees):
    (kind, x), (_, low), (_, high) = typed
    return kind, lambda m: max(low(m), min(high(m), x(m)))


def _round(compiler, typed, trees):
    (kind, x), (_, unit) = typed[:2]
    mode = typed[2][1] if len(typed) > 2 else lambda m: 'half_up'
    if kind == 'money':
        def amount(m):
            value, step = x(m), unit(m)
            return (round_to(value[0], step[0] if isinstance(step, tuple) else step, mode(m)), value[1])
        return kind, amount
    return kind, lambda m: round_to(x(m), unit(m), mode(m))


def _floor(compiler, typed, trees):
    x = typed[0][1]
    return 'number', lambda m: round_to(x(m), 1, 'floor')


def _power(compiler, typed, trees):
    (_, x), (_, n) = typed
    return 'number', lambda m: exact(Fraction(x(m)) ** n(m))


def _scale(compiler, typed, trees):
    parts = [f for _, f in typed]
    return 'money', lambda m: m.scale(*[part(m) for part in parts])


def _scale_date(compiler, typed, trees):
    parts = [f for _, f in typed]
    return 'date', lambda m: m.scale_date(*[part(m) for part in parts])


def _newest_scale_date(compiler, typed, trees):
    country = typed[0][1] if typed else None
    return 'date', lambda m: compiler.book.scales.newest[m.scale_country(country and country(m))]


def _unadjusted_years(compiler, typed, trees):
    parts = [f for _, f in typed]
    return 'number', lambda m: m.unadjusted_years(*[part(m) for part in parts])


def _local(compiler, typed, trees):
    amount = typed[0][1]
    return 'money', lambda m: m.local(amount(m))


def _number_aged(compiler, typed, trees):
    (_, dates), (_, low), (_, high) = typed

    def number(m):
        births, age_from, age_to = dates(m), low(m), high(m)
        return sum(meanings.child_counts(birth, m.date, age_from, age_to) for birth in births)
    return 'number', number


def _simple(kind, function):
    """A function of its arguments' values alone."""
    def build(compiler, typed, trees):
        parts = [f for _, f in typed]
        return kind, lambda m: function(*[part(m) for part in parts])
    return build


def _share_of_month(compiler, typed, trees):
    first = typed[0][1]
    last = typed[1][1] if len(typed) > 1 else lambda m: None
    return 'number', lambda m: exact(meanings.share_of_month(m.date, first(m), last(m)))


def _grade_fact(kind, key, convert):
    def build(compiler, typed, trees):
        grade = typed[0][1]

        def fact(m):
            text, status = compiler.book.grade_fact(grade(m), key)
            m.use(status)
            return convert(text)
        return kind, fact
    return build


def _station_country(compiler, typed, trees):
    station = typed[0][1]
    return 'country', lambda m: compiler.book.station_country(station(m))


def _member(compiler, typed, trees):
    country = typed[0][1]
    return 'truth', lambda m: compiler.book.is_member(country(m))


FUNCTIONS = {
    'min': _extreme(min), 'max': _extreme(max), 'clamp': _clamp, 'round': _round, 'floor': _floor, 'power': _power,
    'scale': _scale, 'scale_date': _scale_date, 'local': _local, 'number_aged': _number_aged,
    'newest_scale_date': _newest_scale_date, 'unadjusted_years': _unadjusted_years,
    'last_day': _simple('date', meanings.span_last_day),
    'count': _simple('number', len),
    'number_before': _simple('number', lambda dates, day: sum(date <= day for date in dates)),
    'years_between': _simple('number', meanings.whole_years),
    'months_between': _simple('number', meanings.whole_months),
    'days_between': _simple('number', lambda a, b: b - a),
    'share_of_month': _share_of_month,
    'years': _simple('duration', lambda n: (12 * n, 0)), 'months': _simple('duration', lambda n: (n, 0)),
    'year': _simple('number', lambda day: meanings.date_of(day).year),
    'month': _simple('number', lambda day: meanings.date_of(day).month),
    'day': _simple('number', lambda day: meanings.date_of(day).day),
    'month_start': _simple('date', meanings.month_first), 'month_end': _simple('date', meanings.month_last),
    'rank': _grade_fact('number', 'rank', int), 'category': _grade_fact('text', 'category', str),
    'station_country': _station_country, 'member': _member,
}
