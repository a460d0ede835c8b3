"""Reads the INI files of a rule book, and lays overlays over them.

A book is a dictionary from (type, name) to a Section. Every key keeps the number of the layer that set it (0 is the
book itself, 1 the first overlay, and so on), because a status that is not named depends on it.
"""

import functools
import os


class Section:
    """The keys of one definition: keys[name] = (text, layer)."""

    def __init__(self, kind, name):
        self.kind, self.name, self.keys = kind, name, {}

    def get(self, key, default=None):
        return self.keys[key][0] if key in self.keys else default

    def layer(self, key):
        return self.keys[key][1]


def _without_comment(value):
    """The value before an unquoted ; or #, and without the quotes around it."""
    value = value.strip()
    if value.startswith('"'):
        end = value.find('"', 1)
        return value[1:end] if end > 0 else value[1:]
    for at, char in enumerate(value):
        if char in ';#':
            return value[:at].strip()
    return value


def _lines(path):
    """Logical lines: a backslash at the end joins the next one."""
    joined = ''
    with open(path, encoding='utf-8') as file:
        for line in file:
            line = line.rstrip('\r\n')
            if line.rstrip().endswith('\\') and not line.lstrip().startswith(';'):
                joined += line.rstrip()[:-1] + ' '
                continue
            yield joined + line
            joined = ''
    if joined:
        yield joined


@functools.lru_cache(maxsize=64)
def _entries(path, _changed):
    """(section type, section name, key, value) of every key of a file."""
    entries, kind, name = [], None, None
    for line in _lines(path):
        line = line.strip()
        if not line or line[0] in ';#':
            continue
        if line[0] == '[':
            kind, _, name = line[1:line.index(']')].strip().partition(' ')
            entries.append((kind, name.strip(), None, None))
            continue
        key, _, value = line.partition('=')
        entries.append((kind, name.strip(), key.strip().lower(), _without_comment(value)))
    return entries


def _read(path, layer, book):
    for kind, name, key, value in _entries(path, os.stat(path).st_mtime_ns):
        section = book.setdefault((kind, name), Section(kind, name))
        if key is not None:
            section.keys[key] = (value, layer)


ITS_OWN = {'label', 'note', 'same_as', 'aliases', 'people', 'headings', 'question', 'rank', 'legacy', 'twin'}


def _take_same(book):
    """Keys that a section does not give are those of the one that its same_as names."""
    taken = set()

    def take(section):
        if section.name in taken or 'same_as' not in section.keys:
            return
        taken.add(section.name)
        other = book[section.kind, section.get('same_as')]
        take(other)
        given = {key.partition('.')[0] for key in section.keys} | ITS_OWN
        for key, value in other.keys.items():
            if key.partition('.')[0] in given:
                continue
            section.keys[key] = value
            for origin in ('status', 'source'):
                if origin in given and origin in other.keys and '.' not in key and key not in ('status', 'source'):
                    section.keys.setdefault('%s.%s' % (key, origin), other.keys.get('%s.%s' % (key, origin), other.keys[origin]))

    for kind in sorted({kind for kind, _ in book}):
        taken.clear()
        for section in [section for section in book.values() if section.kind == kind]:
            take(section)


def read_book(folder, overlays=()):
    """The union of the folder's INI files with the overlays laid over it, in their order."""
    book = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith('.ini'):
            _read(os.path.join(folder, name), 0, book)
    for layer, path in enumerate(overlays, 1):
        _read(path, layer, book)
    _take_same(book)
    return book
