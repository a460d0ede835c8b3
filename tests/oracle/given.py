"""People who are given, and not drawn: those of tests/cases/persons.test on both sample posts, without further options.

Their payslip, months, totals of 36 and 72 months, days of the contract, side by side and whether they can be appointed
are held against the oracle's. What natopay assumes where a notice names no grade (the lowest of those that fit) stands
here in GRADES, so that a change of it is seen.
"""

import configparser
import json
import os
import subprocess
import sys

import compare
import meanings
from career import Career, project
from payslip import Refused
from situations import money, read_inputs
from syntax import Contradiction, Unknown

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
sys.path.insert(0, os.path.join(TOP, 'tests'))
import case_file

POSTS = ('senior-technician-neuilly', 'operator-technical-security-brussels')
GRADES = {POSTS[1]: {'grade': 'G8', 'twin_grade': 'G10', 'start': '2026-07-01'}}
NO_INPUT = ('label', 'label.fr', 'source')
OF_NO_PAY = ('title', 'body', 'reference', 'town')
PEOPLE = 7
ORGANISATION = 'nato'  # whose posts they are


def inputs_of(text):
    """The inputs of the one [post X] or [person X] of an INI text."""
    parser = configparser.ConfigParser(interpolation=None, delimiters='=', comment_prefixes=';', inline_comment_prefixes=None)
    parser.read_string(text)
    return {name: value for name, value in parser[parser.sections()[0]].items() if name not in NO_INPUT + OF_NO_PAY}


def situation(post, person, assumed):
    """The inputs of a person on a post. The months that a post offers are those of its own kind of contract."""
    if person.get('contract', post['contract']) != post['contract']:
        post = {name: text for name, text in post.items() if name != 'contract_months'}
    return {**post, **person, **assumed}


def people():
    """[(name, text of the file)]"""
    cases = case_file.read(os.path.join(TOP, 'tests', 'cases', 'persons.test')).cases
    files = {name: data.decode() for case in cases for name, data in case.inputs().items() if data.startswith(b'[person ')}
    assert len(files) == PEOPLE, files
    return [(os.path.splitext(name)[0], text) for name, text in files.items()]


def appointment(book, given):
    """(possible, impossible or unknown; the conditions that are not met, else those that are not known)."""
    career = Career(book, given, lambda start: meanings.span_last_day(start, (72, 0)), checked=False)
    month, end = career.month(career.start, career.given), career.contract_end()
    if end is not None:
        month.given = dict(month.given, contract_end=end)
    not_met, unknown = [], []
    for section in book.of_kind('condition'):
        if section.get('bars') != 'yes':
            continue
        try:
            if 'when' in section.keys and not career.formula(section.get('when'), month):
                continue
            if not career.formula(section.get('holds'), month):
                not_met.append(section.name)
        except Unknown:
            unknown.append(section.name)
    if not_met:
        return 'impossible', not_met
    return ('unknown', unknown) if unknown else ('possible', [])


def totals(book, given, months):
    """What is paid in months of service: (net, net with what comes once)."""
    _, everything = project(book, given, months, 'month')
    return everything.amounts['net'], everything.amounts['net'] + everything.amounts['once']


class Given:
    """One person on the posts, as files, which is how people give them."""

    def __init__(self, book, natopay, folder, name, text):
        self.book, self.natopay, self.name = book, natopay, name
        self.person = os.path.join(folder, name + '.ini')
        self.posts, self.texts = {}, {}
        with open(self.person, 'w', encoding='utf-8') as file:
            file.write(text)
        for post in POSTS:
            self.posts[post] = os.path.join(TOP, 'data', 'posts', post + '.ini')
            with open(self.posts[post], encoding='utf-8') as file:
                self.texts[post] = situation(inputs_of(file.read()), inputs_of(text), GRADES.get(post, {}))

    def run(self, command, *arguments):
        line = [self.natopay.program, command, *arguments, self.person, '--data', self.natopay.data, '--format', 'json']
        done = subprocess.run(line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def slip(self, post, **more):
        texts = {name: text for name, text in {**self.texts[post], **more}.items() if text is not None}
        return compare.payslip_asked_for(self.book, read_inputs(self.book, texts))

    def by_grade(self, printed, differences):
        """The rows of a table by grade: net and range of each."""
        post = POSTS[1]
        for row in printed.get('by_grade', []):
            own, unit = self.slip(post, grade=row['grade'], twin_grade=None), self.book.minor_unit(printed['currency'])
            for name in ('net', 'net_low', 'net_high'):
                amount = getattr(own, {'net_low': 'low', 'net_high': 'high'}.get(name, name))
                differences.same('estimate, %s, %s' % (row['grade'], name), money(amount, unit), row[name])
        differences.same('estimate, rows by grade', 24, len(printed.get('by_grade', [])))

    def estimate(self, post, differences):
        printed = self.run('estimate', self.posts[post])
        own = appointment(self.book, read_inputs(self.book, self.texts[post]))
        differences.same('appointment', own, (printed['appointment']['verdict'],
                                              [reason['rule'] for reason in printed['appointment']['reasons']]))
        if post in GRADES:
            self.by_grade(printed, differences)
        else:
            differences += compare.payslip_differences(self.book, self.slip(post), printed)
        differences += compare.estimate_differences(self.book, self.natopay, self.texts[post], self.texts[post]['start'])

    def over_time(self, post, differences):
        given, unit = read_inputs(self.book, self.texts[post]), None
        for months in (36, 72):
            differences += compare.project_differences(self.book, self.natopay, self.texts[post], months, 'year')
            for command, arguments in (('project', ['--by', 'year']), ('timeline', [])):
                printed = self.run(command, self.posts[post], *arguments, '--months', str(months))
                unit = self.book.minor_unit(printed['currency'])
                net, paid = totals(self.book, given, months)
                total = printed['total'] if command == 'project' else {
                    'net': printed['paths'][0]['total_net'], 'once': printed['paths'][0]['total_once']}
                what = '%s, %d months' % (command, months)
                differences.same(what + ', net', money(net, unit), total['net'])
                differences.same(what + ', once', money(paid - net, unit), total['once'])
                verdict = appointment(self.book, given)[0]
                differences.same(what + ', appointment', verdict, printed['appointment']['verdict'])
        differences += compare.timeline_differences(self.book, self.natopay, self.texts[post])

    def side_by_side(self, differences):
        printed = self.run('compare', *self.posts.values())
        rows = {row['name']: row['cells'] for row in printed['rows']}
        for column, post in enumerate(POSTS):
            given, slip, unit = read_inputs(self.book, self.texts[post]), self.slip(post), self.book.minor_unit('EUR')
            differences.same(post + ', compared, appointment', appointment(self.book, given)[0],
                             printed['posts'][column]['appointment']['verdict'])
            for name, amount in (('gross', slip.gross), ('net', slip.net), ('net_low', slip.low), ('net_high', slip.high)):
                differences.same('%s, compared, %s' % (post, name), money(amount, unit), rows[name][column]['amount'])
            for months in (36, 72):
                paid = totals(self.book, given, months)[1]
                cells = rows.get('total_%d.normal' % months) or rows['total_%d' % months]
                differences.same('%s, compared, %d months' % (post, months), money(paid, unit), cells[column]['amount'])

    def differences(self):
        found = compare.Differences()
        try:
            for post in POSTS:
                part = compare.Differences()
                self.estimate(post, part)
                self.over_time(post, part)
                found += [post + ': ' + entry for entry in part]
            self.side_by_side(found)
        except (Refused, Unknown, Contradiction, LookupError) as error:
            found.append('%s: %r' % (self.name, error))
        return found


def all_differences(book, natopay, folder):
    """[(name, differences)] of every person."""
    return [(name, Given(book, natopay, folder, name, text).differences()) for name, text in people()]
