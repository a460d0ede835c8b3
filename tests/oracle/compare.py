"""Runs natopay and the oracle on the same situations, and says where they differ."""

import json
import os
import shlex
import subprocess
from fractions import Fraction

import deviations
import library
import meanings
from career import Career, Sums, payslip_asked_for, plan, project
from figures import STATUSES
from payslip import Refused
from situations import money, read_inputs
from syntax import Contradiction, Unknown, exact


class Natopay:
    """What is under test, with a book and overlays: the library beside a program, and the program where there is none."""

    def __init__(self, program, data, overlays):
        self.program, self.data, self.answers = program, data, {}
        self.overlays, self.files = [], {}
        for path in overlays:
            self.overlays += ['--with', path]
            with open(path, 'rb') as file:
                self.files[path] = file.read()
        self.server = library.server_of(program)

    def arguments(self, command, texts, options):
        """What computes a situation."""
        words = [command]
        for name, text in texts.items():
            words += ['--set', '%s=%s' % (name, text)]
        return words + options + self.overlays + ['--format', 'json']

    def run(self, arguments, data=None):
        """(exit code, standard output, codes of the errors). The same is asked once."""
        key = (tuple(arguments), data)
        if key not in self.answers:
            self.answers = {key: self.run_anew(arguments, data)}
        return self.answers[key]

    def run_anew(self, arguments, data):
        if self.server:
            return self.server.ask(self.data, arguments, self.files if data is None else {**self.files, '-': data.encode()})
        done = subprocess.run([self.program, *arguments, '--data', self.data], input=data, capture_output=True, text=True,
                              check=False, stdin=subprocess.DEVNULL if data is None else None)
        codes = [text.rsplit('[', 1)[1].rstrip(']') for text in done.stderr.splitlines()
                 if ' error: ' in text and text.endswith(']')]
        return done.returncode, done.stdout, codes


class Differences(list):
    """Pairs that differ: 'what: oracle ..., natopay ...'."""

    def same(self, what, oracle, natopay):
        if oracle != natopay:
            self.append('%s: oracle %s, natopay %s' % (what, oracle, natopay))

OF_THE_PROGRAM = ('a basic salary of ', 'pay is counted after ')  # warnings that no section of the book words


def compare_failure(error, code, codes):
    """Both refuse, and natopay for a reason that the oracle has too."""
    if code == 3 and codes and error.codes.issuperset(codes):
        return Differences()
    return Differences(['oracle refuses: %s (%s); natopay: exit code %d, %s' % (
        ' or '.join(sorted(error.codes)), error, code, ' '.join(codes))])


def estimate_differences(book, natopay, texts, day_text):
    """The differences between the oracle's payslip and natopay's."""
    code, output, codes = natopay.run(natopay.arguments('estimate', texts, ['--date', day_text]))
    try:
        slip = payslip_asked_for(book, read_inputs(book, dict(texts, date=day_text)))
    except Refused as error:
        if code == 0 and 'by_grade' in json.loads(output):  # a table of all grades, where none is given
            code, codes = 3, ['missing-input']
        return compare_failure(error, code, codes)
    if code != 0:
        return Differences(['oracle computes; natopay: exit code %d, %s' % (code, ' '.join(codes))])
    return payslip_differences(book, slip, json.loads(output))


def payslip_differences(book, slip, printed):
    differences, unit = Differences(), book.minor_unit(slip.currency)
    lines = {line['rule']: line for line in printed['lines']}
    differences.same('lines', sorted(slip.lines), sorted(lines))
    for name in slip.lines.keys() & lines.keys():
        own, other = slip.lines[name], lines[name]
        differences.same(name, money(own.value[0], unit), other['amount'])
        differences.same(name + ', before rounding', str(exact(own.exact)), other['exact'])
        differences.same(name + ', status', STATUSES[own.status], other['status'])
        if own.day is not None:
            differences.same(name + ', date', read_day(own.day), other.get('date'))
    differences.same('order of the lines', list(slip.lines), list(lines))
    differences.same('open', sorted(slip.open), sorted(entry['rule'] for entry in printed['not_included']
                                                       if book.section('rule', entry['rule'])))
    differences.same('currency', slip.currency, printed['currency'])
    for name in ('gross', 'deductions', 'net', 'employer_cost', 'once'):
        differences.same(name, money(getattr(slip, name), unit), printed[name])
    if slip.low is not None:
        differences.same('net_low', money(slip.low, unit), printed['net_low'])
        differences.same('net_high', money(slip.high, unit), printed['net_high'])
    differences.same('net_year', None if slip.net_year is None else money(slip.net_year, unit), printed['net_year'])
    differences.same('status', STATUSES[slip.status], printed['status'])
    differences.same('warnings', sorted(slip.warnings), sorted(
        text for text in printed['warnings'] if not text.startswith(OF_THE_PROGRAM)))
    differences.same('warning of a basic salary far from the scale', slip.month.salary_is_strange(),
                     any(text.startswith('a basic salary of ') for text in printed['warnings']))
    return differences


def read_day(day):
    return meanings.date_of(day).isoformat()


def project_differences(book, natopay, texts, months, by):
    """The differences between the oracle's sums over months and natopay's."""
    code, output, codes = natopay.run(natopay.arguments('project', texts, ['--months', str(months), '--by', by]))
    try:
        periods, everything = project(book, read_inputs(book, texts), months, by)
    except Refused as error:
        return compare_failure(error, code, codes)
    if code != 0:
        return Differences(['project: oracle computes; natopay: exit code %d, %s' % (code, ' '.join(codes))])
    printed, differences = json.loads(output), Differences()
    unit = book.minor_unit(printed['currency'])
    differences.same('number of periods', len(periods), len(printed['periods']))
    for own, other in list(zip(periods, printed['periods'])) + [(everything, printed['total'])]:
        what = 'project --by %s, %s to %s' % (by, other['from'], other['to'])
        differences.same(what + ', from', read_day(own.first), other['from'])
        differences.same(what + ', to', read_day(own.last), other['to'])
        differences.same(what + ', months', own.months, other['months'])
        for name, amount in own.amounts.items():
            differences.same('%s, %s' % (what, name), money(amount, unit), other[name])
        differences.same(what + ', status', STATUSES[own.status], other['status'])
    return differences


def timeline_differences(book, natopay, texts):
    """The differences between the oracle's days of a contract and natopay's."""
    code, output, codes = natopay.run(natopay.arguments('timeline', texts, ['--months', '72']))
    try:
        given = read_inputs(book, texts)
        career = Career(book, given, lambda start: meanings.span_last_day(start, (72, 0)))
        end, days, last = career.contract_end(), career.milestones(), career.last
    except (Unknown, Contradiction, Refused):
        return Differences()  # estimate and project tell of it
    if code != 0:
        return Differences()
    printed, differences = json.loads(output), Differences()
    differences.same('timeline, end of the contract', end and read_day(end), printed['contract']['end'])
    differences.same('timeline, last day paid', read_day(last),
                     max(path['stretches'][-1]['to'] for path in printed['paths']))
    for name in sorted({section.name for section in book.of_kind('milestone')
                        if 'date' in section.keys and 'every' not in section.keys}):
        own = [days[name] and read_day(days[name])] if name in days else []
        other = [entry['date'] for entry in printed['milestones'] if entry['name'] == name]
        differences.same('timeline, ' + name, own, other)
    return differences


def csv_of(rows):
    """A staff list: a column for every input that a row has, but for a salary of its own: a plan pays by the scales."""
    columns = sorted({name for texts in rows for name in texts} - {'basic_salary'})
    lines = ['id,' + ','.join(columns)]
    for number, texts in enumerate(rows):
        lines.append(','.join([str(number)] + ['"%s"' % texts[name] if name in texts else '' for name in columns]))
    return '\n'.join(lines) + '\n'


def plan_records(natopay, rows):
    """What plan prints for each row, in one run."""
    code, output, codes = natopay.run(natopay.arguments('plan', {}, ['-', '--jobs', '1', '--horizon', '72']), csv_of(rows))
    records = [json.loads(text) for text in output.splitlines()]
    return records if len(records) == len(rows) else [{'id': None, 'code': code, 'codes': codes}] * len(rows)


def plan_differences(book, texts, record):
    """The differences between the oracle's yearly sums and a record of plan."""
    newest = max(day for dates in book.scales.dates.values() for day in dates)
    differences = Differences()
    texts = {name: text for name, text in texts.items() if name != 'basic_salary'}
    try:
        years, everything = plan(book, read_inputs(book, texts), meanings.first_of_plan(newest), 72)
    except Refused as error:
        known = 'plan_takes_any_step_of_leavers' in deviations.active and 'contradiction' in error.codes and \
            record.get('status') == 'done' and record['books'][0]['total']['months'] == 0
        if record.get('status') != 'rejected' and not known:
            differences.append('plan: oracle refuses (%s), natopay: %s' % (error, record))
        return differences
    if record.get('status') != 'done':
        differences.append('plan: oracle computes, natopay: %s' % record)
        return differences
    unit = book.minor_unit(record['currency'])
    baseline = record['books'][0]
    printed = {entry['year']: entry for entry in baseline['years']}
    for year in sorted(set(years) | set(printed)):
        own = years.get(year, Sums(0)).of_plan(unit)
        other = {name: printed[year][name] for name in ('gross', 'net', 'employer')} if year in printed else None
        differences.same('plan, %d' % year, own, other)
    differences.same('plan, months', everything.months, baseline['total']['months'])
    if everything.months:
        differences.same('plan, status', STATUSES[everything.weakest], baseline['status'])
    return differences


def reproduce(natopay, data, texts, command, options, overlay):
    """The shell command that shows a difference."""
    book = ['--data', os.path.relpath(data), '--format', 'json']
    lines = []
    if overlay:
        lines.append("cat >overlay.ini <<'END'\n%sEND" % overlay)
        book = ['--with', 'overlay.ini'] + book
    program = os.path.relpath(natopay)
    if command == 'plan':
        lines.append("%s <<'END'\n%sEND" % (shlex.join([program, 'plan', '-', '--horizon', '72'] + book), csv_of([texts])))
    else:
        inputs = [word for name, text in texts.items() for word in ('--set', '%s=%s' % (name, text))]
        lines.append(shlex.join([program, command] + inputs + options + book))
    return '\n'.join(lines)
