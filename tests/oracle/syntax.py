"""The syntax of formulas and of values: text to a tree, and text to a number, a date, money or a duration."""

import functools
import re
from fractions import Fraction

import meanings

kept = functools.lru_cache(maxsize=1 << 14)  # every book with an overlay says most of what the others say

TOKEN = re.compile(r"""\s*(?:
    (?P<date>\d{4}-\d{2}-\d{2})
  | (?P<number>\d+(?:\.\d+)?%?)
  | (?P<text>'[^']*')
  | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
  | (?P<operator><=|>=|!=|[-+*/=<>(),])
)""", re.VERBOSE)

UNITS = {'day': (0, 1), 'days': (0, 1), 'month': (1, 0), 'months': (1, 0), 'year': (12, 0), 'years': (12, 0)}
WORDS = {'and', 'or', 'not', 'if', 'then', 'else', 'in', 'yes', 'no'}


class Unknown(Exception):
    """Something that is needed is not known. code says what kind of thing it is."""

    def __init__(self, code, what):
        super().__init__(code, what)
        self.code, self.what = code, what


class Contradiction(Exception):
    """The inputs contradict each other."""


def exact(number):
    """An int where it can be one: it is faster."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


@kept
def read_number(text):
    text = text.strip()
    if text.endswith('%'):
        return exact(Fraction(text[:-1].strip()) / 100)
    return exact(Fraction(text))


@kept
def read_date(text):
    year, month, day = text.strip().split('-')
    return meanings.day_of(int(year), int(month), int(day))


def read_duration(text):
    number, unit = text.split()
    months, days = UNITS[unit]
    return (int(number) * months, int(number) * days)


@kept
def read_money(text):
    match = re.fullmatch(r'(-?[0-9.]+)\s*([A-Z]{3})?', text.strip())
    return (read_number(match.group(1)), match.group(2))


# ---- text to tree ----


@kept
def tree_of(text):
    """The tree of a formula."""
    return Parser(text).whole()


class Parser:
    """Recursive descent, a function for each level, the loosest first."""

    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.strip()
        while at < len(text):
            match = TOKEN.match(text, at)
            if not match:
                raise ValueError('cannot read %r in %r' % (text[at:], text))
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            at = match.end()
        self.at = 0

    def peek(self, *values):
        return self.at < len(self.tokens) and self.tokens[self.at][0] in ('name', 'operator') and \
            self.tokens[self.at][1] in values

    def take(self, *values):
        if self.peek(*values):
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, value):
        if not self.take(value):
            raise ValueError('%r expected at %r' % (value, self.tokens[self.at:]))

    def whole(self):
        tree = self.expression()
        if self.at != len(self.tokens):
            raise ValueError('too much: %r' % (self.tokens[self.at:],))
        return tree

    def expression(self):
        if self.take('if'):
            condition = self.expression()
            self.need('then')
            first = self.expression()
            self.need('else')
            return ('if', condition, first, self.expression())
        return self.disjunction()

    def disjunction(self):
        tree = self.conjunction()
        while self.take('or'):
            tree = ('or', tree, self.conjunction())
        return tree

    def conjunction(self):
        tree = self.negation()
        while self.take('and'):
            tree = ('and', tree, self.negation())
        return tree

    def negation(self):
        if self.take('not'):
            return ('not', self.negation())
        return self.comparison()

    def comparison(self):
        tree = self.sum()
        operator = self.take('=', '!=', '<', '<=', '>', '>=')
        if operator:
            return ('compare', operator, tree, self.sum())
        if self.take('in'):
            self.need('(')
            others = [self.sum()]
            while self.take(','):
                others.append(self.sum())
            self.need(')')
            return ('in', tree, others)
        return tree

    def sum(self):
        tree = self.product()
        while self.peek('+', '-'):
            tree = (self.take('+', '-'), tree, self.product())
        return tree

    def product(self):
        tree = self.sign()
        while self.peek('*', '/'):
            tree = (self.take('*', '/'), tree, self.sign())
        return tree

    def sign(self):
        if self.take('-'):
            return ('minus', self.sign())
        return self.atom()

    def atom(self):
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == 'number':
            return self.after_number(value)
        if kind == 'date':
            return ('literal', 'date', read_date(value))
        if kind == 'text':
            return ('literal', 'text', value[1:-1])
        if value == '(':
            tree = self.expression()
            self.need(')')
            return tree
        if value in ('yes', 'no'):
            return ('literal', 'truth', value == 'yes')
        if kind == 'name' and value not in WORDS:
            if self.take('('):
                return ('call', value, self.arguments())
            return ('name', value)
        if value == 'if':
            self.at -= 1
            return self.expression()
        raise ValueError('unexpected %r' % value)

    def after_number(self, value):
        number = read_number(value)
        if self.at < len(self.tokens) and self.tokens[self.at][0] == 'name':
            word = self.tokens[self.at][1]
            if word in UNITS:
                self.at += 1
                months, days = UNITS[word]
                return ('literal', 'duration', (number * months, number * days))
            if re.fullmatch('[A-Z]{3}', word):
                self.at += 1
                return ('literal', 'money', (number, word))
        return ('literal', 'number', number)

    def arguments(self):
        arguments = []
        if not self.take(')'):
            arguments.append(self.expression())
            while self.take(','):
                arguments.append(self.expression())
            self.need(')')
        return arguments
