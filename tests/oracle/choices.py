"""What rules come to, by the ends that were chosen of what is uncertain: each is computed once."""

import collections


class Branch(Exception):
    """What comes next depends on something uncertain, of which no end has been chosen yet."""

    def __init__(self, what, number):
        super().__init__(what)
        self.what, self.number = what, number


class Choices:
    """What rules came to, by the ends that they looked at on the way there: a node is a result, or what is looked at next
    and a node for each of its ends (None: not computed yet)."""

    def __init__(self):
        self.nodes, self.numbers = collections.defaultdict(lambda: None), {}  # numbers: how many ends each thing has

    def find(self, key, ends, seen):
        """The result, or None; seen gets the ends looked at. Raises Branch at something of which no end was chosen."""
        node = self.nodes[key]
        while isinstance(node, tuple):
            what, below = node
            if what not in ends:
                raise Branch(what, len(below))
            seen[what] = ends[what]
            node = below[ends[what]]
        return node

    def put(self, key, seen, node):
        """Keeps a node that is reached by these ends, looked at in this order."""
        above, at = self.nodes, key
        for what, end in seen.items():
            if above[at] is None:
                above[at] = (what, [None] * self.numbers[what])
            assert above[at][0] == what
            above, at = above[at][1], end
        if above[at] is None:
            above[at] = node
