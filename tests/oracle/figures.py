"""Figures of a rule book with their statuses. A status is a position in STATUSES: the weaker, the higher."""

STATUSES = ['published', 'chained', 'sister', 'estimated', 'assumed', 'user']
CHAINED, ESTIMATED, USER = STATUSES.index('chained'), STATUSES.index('estimated'), STATUSES.index('user')


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

    No status speaks of a key that a later layer put in.
    """
    layer = section.layer(key)
    if key + '.status' in section.keys and section.layer(key + '.status') >= layer:
        return STATUSES.index(section.get(key + '.status'))
    if 'status' in section.keys and section.layer('status') >= layer:
        return STATUSES.index(section.get('status'))
    return USER if layer else 0


def read_figure(section, key, read):
    ends = []
    for end in ('low', 'high'):
        for name in ('%s.%s' % (key, end), end):
            if name in section.keys and section.layer(name) >= section.layer(key):
                ends.append(read(section.get(name)))
                break
    words = section.get(key)
    values = ['unknown'] if words == 'unknown' else [read(part) for part in words.split(',')]
    return Figure('%s %s' % (section.name, key), values, status_of(section, key), *(ends if len(ends) == 2 else ()))
