"""Files of case tests (*.test): reading and writing them. What they look like is told in tests/run-cases."""

import os
import re
import unicodedata

ENCODINGS = ("utf-8", "utf-16-le", "windows-1252")
LONGEST_LINE = 400  # characters; what is longer is written with escapes, over several lines
FOLDED_LINE = 110
OUTPUTS = ("stdout", "stderr")
MARKER = re.compile(r"(===|---) ")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$")
FILE_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*$")
ESCAPE = re.compile(r"\\(\\|[rt\n]|x[0-9a-f]{2})|[^\\]+|\\")


class Broken(Exception):
    """A file of cases that does not say what it should; the text begins with FILE:LINE."""


class Section:
    """What follows a line `--- KIND NAME ...`: its bytes, and the lines as they are written."""

    def __init__(self, kind, name, data, lines):
        self.kind, self.name, self.data, self.lines = kind, name, data, lines


class Case:
    def __init__(self, path, line, name):
        self.path, self.line, self.name = path, line, name
        self.comment = []  # the lines, each with its "# "
        self.book = None  # "live": the case is on the live rule book
        self.needs = []
        self.uses = []
        self.files = []  # sections
        self.run = None
        self.outputs = {}  # "stdout", "stderr": section
        self.exit = 0
        self.live = False  # whether the case, or its file, is on the live rule book
        self.shared = {}  # the file's own sections by name, of which the case takes those in uses

    def inputs(self):
        """The case's input files, by name."""
        return {section.name: section.data for section in [self.shared[name] for name in self.uses] + self.files}

    def expected(self, what):
        """The bytes expected on stdout or stderr."""
        return self.outputs[what].data if what in self.outputs else b""

    def text(self):
        """The case as it stands in its file."""
        lines = ["=== " + self.name] + self.comment
        if self.book:
            lines.append("--- book " + self.book)
        if self.needs:
            lines.append("--- needs " + " ".join(self.needs))
        if self.uses:
            lines.append("--- use " + " ".join(self.uses))
        for section in self.files + [self.run] + [self.outputs[what] for what in OUTPUTS if what in self.outputs]:
            lines += section.lines
        if self.exit != 0:
            lines.append("--- exit %d" % self.exit)
        return "\n".join(lines) + "\n"


class CaseFile:
    def __init__(self, path):
        self.path = path
        self.head = []  # comment lines
        self.book = None  # "live": all cases are on the live rule book
        self.shared = {}
        self.cases = []

    def text(self):
        book = ["--- book " + self.book] if self.book else []
        head = "\n".join(self.head + book + [line for section in self.shared.values() for line in section.lines])
        return "\n".join(([head + "\n"] if head else []) + [case.text() for case in self.cases])

    def write(self):
        beside = self.path + ".new"
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(self.text())
        os.replace(beside, self.path)


# ---- bytes as lines of text, and back ----


def bytes_of(text, encoding):
    """The bytes that text with escapes stands for; ValueError names an escape that there is not."""
    parts = []
    for match in ESCAPE.finditer(text):
        part, escape = match.group(0), match.group(1)
        if escape is None:
            if part == "\\":
                raise ValueError("no such escape: " + text[match.start() : match.start() + 2])
            parts.append(part.encode(encoding))
        elif escape[0] == "x":
            parts.append(bytes([int(escape[1:], 16)]))
        elif escape != "\n":
            parts.append({"\\": "\\", "r": "\r", "t": "\t"}[escape].encode(encoding))
    return b"".join(parts)


def is_odd(character):
    """Whether the character shows nothing, or not what it is."""
    return character not in "\n" and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")


def is_plain(text):
    """Whether text can stand in a file of cases as it is."""
    return not text or (
        text.endswith("\n")
        and not any(map(is_odd, set(text)))
        and not any(len(line) > LONGEST_LINE or line[-1:].isspace() or MARKER.match(line) for line in text.split("\n"))
    )


def escaped_tokens(line, encoding):
    """The characters of a line, each escaped if need be."""
    tokens = []
    for character in line:
        if character in "\\\r\t":
            tokens.append({"\\": "\\\\", "\r": "\\r", "\t": "\\t"}[character])
        elif is_odd(character):
            tokens.append("".join("\\x%02x" % byte for byte in character.encode(encoding, "surrogateescape")))
        else:
            tokens.append(character)
    if tokens and tokens[-1].isspace():
        tokens[-1] = "".join("\\x%02x" % byte for byte in tokens[-1].encode(encoding))
    if MARKER.match(line):
        tokens[0] = "\\x%02x" % ord(tokens[0])
    return tokens


def folded(tokens):
    """A long line as several, cut behind the objects of JSON, else at commas and blanks."""
    pieces, piece, width, cut = [], [], 0, 0
    for token in tokens:
        piece.append(token)
        width += len(token)
        if token in ", ":
            cut = len(piece)
        behind_object = token == "," and len(piece) > 1 and piece[-2] in "}]" and width > FOLDED_LINE // 2
        if behind_object or width >= FOLDED_LINE:
            cut = cut or len(piece)
            pieces.append("".join(piece[:cut]))
            piece, cut = piece[cut:], 0
            width = sum(map(len, piece))
    return [text + "\\" for text in pieces] + ["".join(piece)]


def escaped_lines(data, encoding="utf-8"):
    """The lines that bytes_of makes these bytes of."""
    mark = "\\xff\\xfe" if encoding == "utf-16-le" and data.startswith(b"\xff\xfe") else ""
    text = data[2 if mark else 0 :].decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
    lines = []
    for line in text.split("\n"):
        tokens = escaped_tokens(line, encoding)
        lines += folded(tokens) if len(line) > LONGEST_LINE else ["".join(tokens)]
    lines[0] = mark + lines[0]
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "\\"  # no end of line behind the last one
    return lines


def section_of(kind, name, data, encoding=None):
    """The section of these bytes, with escapes where they are needed; encoding: that of the bytes, if not UTF-8."""
    header = "--- " + kind + (" " + name if name else "")
    text = data.decode("utf-8", "surrogateescape")
    if encoding is None and is_plain(text):
        return Section(kind, name, data, [header] + text.split("\n")[:-1])
    header += " as " + encoding if encoding else " escaped"
    return Section(kind, name, data, [header] + escaped_lines(data, encoding or "utf-8"))


def shown(data, other):
    """The lines of data to compare with other: as they are if both are plain, else escaped."""
    texts = [bytes_.decode("utf-8", "surrogateescape") for bytes_ in (data, other)]
    if all(map(is_plain, texts)):
        return texts[0].split("\n")[:-1]
    return escaped_lines(data) if data else []


# ---- reading ----


class Reader:
    def __init__(self, path):
        self.path = path
        try:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise Broken("%s:1: %s" % (path, error)) from None
        if text and not text.endswith("\n"):
            raise Broken("%s:1: the last line has no end" % path)
        self.lines = text.split("\n")[:-1]
        self.at = 0  # the line that is read next, from 0

    def fail(self, line, problem):
        raise Broken("%s:%d: %s" % (self.path, line + 1, problem))

    def take(self, wanted):
        """The lines from here on for which wanted says yes."""
        first = self.at
        while self.at < len(self.lines) and wanted(self.lines[self.at]):
            self.at += 1
        return self.lines[first : self.at]

    def take_body(self):
        """The lines up to the next marker; an empty one before === is for the eye alone."""
        body = self.take(lambda line: not MARKER.match(line))
        if body and body[-1] == "" and self.at < len(self.lines) and self.lines[self.at].startswith("=== "):
            body.pop()
        return body

    def section(self, kind, words):
        """The section whose header was just read: `--- KIND words`."""
        header = self.at - 1
        name = words.pop(0) if kind == "file" and words else None
        if kind == "file" and not (name and FILE_NAME.match(name) and name != "cmd"):
            self.fail(header, "no name for a file: %s" % name)
        encoding = None
        if words == ["escaped"]:
            encoding = "utf-8"
        elif len(words) == 2 and words[0] == "as" and words[1] in ENCODINGS:
            encoding = words[1]
        elif words:
            self.fail(header, "expected nothing more, `escaped` or `as` and one of " + ", ".join(ENCODINGS))
        body = self.take_body()
        text = "".join(line + "\n" for line in body)
        try:
            data = bytes_of(text, encoding) if encoding else text.encode()
        except ValueError as error:
            self.fail(header, error)
        return Section(kind, name, data, [self.lines[header]] + body)

    def arguments(self, words):
        """The words of a header that has no lines below it."""
        if not words or self.take_body():
            self.fail(self.at - 1, "expected words behind the marker and no lines below it")
        return words

    def book(self, words):
        """The book that a header names."""
        if self.arguments(words) != ["live"]:
            self.fail(self.at - 1, "the book is live, or not named")
        return "live"

    def part(self, case):
        """Read one part of a case."""
        header = self.at
        self.at += 1
        kind, *words = self.lines[header].split()[1:] or [""]
        if kind in ("needs", "use"):
            (case.needs if kind == "needs" else case.uses).extend(self.arguments(words))
        elif kind == "book":
            case.book = self.book(words)
        elif kind == "exit":
            number = self.arguments(words)[0]
            if len(words) > 1 or not number.isdigit() or not 0 < int(number) < 124:
                self.fail(header, "an exit code is a number from 1 to 123; 0 is not written")
            case.exit = int(number)
        elif kind == "file":
            case.files.append(self.section(kind, words))
        elif kind == "run" and case.run is None:
            case.run = self.section(kind, words)
        elif kind in OUTPUTS and kind not in case.outputs:
            case.outputs[kind] = self.section(kind, words)
        else:
            self.fail(header, "no such part of a case, or twice: --- " + kind)

    def case(self, shared):
        case = Case(self.path, self.at + 1, self.lines[self.at][4:])
        self.at += 1
        if not NAME.match(case.name):
            self.fail(case.line - 1, "not a name of small letters, digits, - and _: " + case.name)
        case.shared = shared
        case.comment = self.take(lambda line: line.startswith("#"))
        while self.at < len(self.lines) and not self.lines[self.at].startswith("=== "):
            if not MARKER.match(self.lines[self.at]):
                self.fail(self.at, "expected a line that begins with --- or ===")
            self.part(case)
        if case.run is None:
            self.fail(case.line - 1, "%s has no --- run" % case.name)
        for name in case.uses:
            if name not in shared:
                self.fail(case.line - 1, "%s uses %s, which is not above the first case" % (case.name, name))
        if len(case.inputs()) != len(case.uses) + len(case.files):
            self.fail(case.line - 1, "%s has a file twice" % case.name)
        return case


def read(path):
    """The cases of a file; Broken says what is wrong with it."""
    reader, whole = Reader(path), CaseFile(path)
    whole.head = reader.take(lambda line: line == "" or line.startswith("#"))
    if reader.at < len(reader.lines) and reader.lines[reader.at].startswith("--- book "):
        reader.at += 1
        whole.book = reader.book(reader.lines[reader.at - 1].split()[2:])
    while reader.at < len(reader.lines) and reader.lines[reader.at].startswith("--- file "):
        reader.at += 1
        section = reader.section("file", reader.lines[reader.at - 1].split()[2:])
        whole.shared[section.name] = section
    # the empty line before the first case
    if whole.head and whole.head[-1] == "" and not whole.shared and not whole.book:
        whole.head.pop()
    names = set()
    while reader.at < len(reader.lines):
        if not reader.lines[reader.at].startswith("=== "):
            reader.fail(reader.at, "expected a case: === NAME")
        case = reader.case(whole.shared)
        if case.name in names:
            reader.fail(case.line - 1, "a second case called " + case.name)
        names.add(case.name)
        case.live = bool(case.book or whole.book)
        whole.cases.append(case)
    if not whole.cases:
        reader.fail(0, "there is no case")
    return whole
