"""Small changes of a rule book, to see that a change of the book on one side alone is found."""

import os
import re
import shutil
from fractions import Fraction

import meanings
from ini import read_book
from situations import decimal
from syntax import read_date

FLIPS = {'<': '<=', '<=': '<', '>': '>=', '>=': '>'}
ORDER = re.compile(r'(?<![<>!])(<=|>=|<|>)')
DATE = re.compile(r'\d{4}-\d{2}-\d{2}')
NUMBER = re.compile(r'\d+(?:\.\d+)?')


class Mutant:
    """One line of one file, and what stands there instead."""

    def __init__(self, kind, path, number, line):
        self.kind, self.path, self.number, self.line = kind, path, number, line

    def apply(self, folder, copy):
        """Copies the book, changed."""
        shutil.copytree(folder, copy)
        path = os.path.join(copy, os.path.basename(self.path))
        with open(path, encoding='utf-8') as file:
            lines = file.readlines()
        lines[self.number - 1] = self.line + '\n'
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(lines)

    def __str__(self):
        return '%s: %s:%d: %s' % (self.kind, os.path.basename(self.path), self.number, self.line)


def next_day(text):
    return meanings.date_of(read_date(text) + 1).isoformat()


def more(text):
    """A number a little larger: by one in its last decimal."""
    decimals = len(text.partition('.')[2])
    return decimal(Fraction(text) + Fraction(1, 10 ** decimals))


def replaced(line, match, text):
    return line[:match.start()] + text + line[match.end():]


def of_rule(key, line, at):
    if key in ('when', 'amount'):
        for match in ORDER.finditer(line, at):
            yield 'comparison', replaced(line, match, FLIPS[match.group()])
        for match in DATE.finditer(line, at):
            yield 'date in a rule', replaced(line, match, next_day(match.group()))


def of_figure(kind, key, line, at):
    if DATE.search(key) and not key.endswith(('.source', '.note', '.fr', '.status')) or \
            kind == 'scale' and re.fullmatch(r'[a-z]+\d+|index', key):
        match = NUMBER.search(line, at)
        if match:
            yield 'figure of a ' + kind, replaced(line, match, more(match.group()))
    if key in ('low', 'high'):
        match = NUMBER.search(line, at)
        yield 'end of a range', replaced(line, match, more(match.group()))
    if key == 'status' and kind == 'parameter':
        yield 'status', line[:at] + (' published' if 'assumed' in line else ' assumed')


def of_section(kind, key, line, at):
    """(kind of change, changed line) for one line of a section."""
    if kind == 'rule':
        yield from of_rule(key, line, at)
    elif kind in ('scale', 'parameter', 'exchange'):
        yield from of_figure(kind, key, line, at)
    elif kind == 'organisation' and key == 'rounding':
        yield 'rounding', line[:at] + ' down'


def all_mutants(folder):
    """Every change that is made of one line of the book."""
    assert read_book(folder)
    found = []
    for name in sorted(os.listdir(folder)):
        kind = None
        path = os.path.join(folder, name)
        if not name.endswith('.ini'):
            continue
        with open(path, encoding='utf-8') as file:
            for number, line in enumerate(file, 1):
                line = line.rstrip('\n')
                if line.startswith('['):
                    kind = line[1:].split()[0].rstrip(']')
                elif '=' in line and not line.startswith(';'):
                    at = line.index('=') + 1
                    for change, text in of_section(kind, line[:at - 1].strip(), line, at):
                        found.append(Mutant(change, path, number, text))
    return found
