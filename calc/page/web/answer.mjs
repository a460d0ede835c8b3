// The answer: one figure, what makes it uncertain, what is not in it, and how it came about.
import {app, engineJson, withFigures, inputLabel, country, town, postName, withLabels} from './app.mjs';
import {fold, h, hidden, show} from './dom.mjs';
import {say, language} from './words.mjs';
import {cents, day, decimal, figure, isZero, larger, minus, money, month, plus, size, wholeMoney} from './format.mjs';
import {fall, range} from './charts.mjs';
import {field} from './fields.mjs';
import {given, setsOf} from './state.mjs';

const STATUS = {
  published: () => say('published'), chained: () => say('published, carried to this year by the index of the scales'),
  sister: () => say('figure of Co-ordinated Organisations'), estimated: () => say('estimated from published figures'),
  assumed: () => say('assumed: no text is published'), user: () => say('your own figure'),
};
export const statusWords = status => (STATUS[status] ?? (() => status))();

// The figure, its sign and cents smaller. The exact decimal is an attribute.
export function bigFigure(amount, currency, id) {
  const [whole, part] = figure(amount).split(language() === 'fr' ? ',' : /\.(?=\d+$)/);
  const sign = {EUR: '€', USD: '$', GBP: '£'}[currency] ?? currency;
  const body = [h('span', {class: 'whole'}, whole), part ? h('span', {class: 'cents'}, (language() === 'fr' ? ',' : '.') + part) : null];
  const mark = h('span', {class: 'cur'}, language() === 'fr' ? `\u202f${sign}` : sign);
  return h('p', {class: 'figure', id, 'data-amount': amount, 'aria-live': 'polite'}, language() === 'fr' ? [body, mark] : [mark, body]);
}

// ---- what the case is, in one sentence whose parts lead to where they are changed ----

function personWords(person) {
  const words = [];
  if (person.nationality) words.push(country(person.nationality));
  if (person.spouse === 'yes') words.push(say('married'));
  const children = person.child_births ? person.child_births.split(',').length : Number(person.children || 0);
  if (children) words.push(children === 1 ? say('one child') : say('{0} children', children));
  return words.length ? words.join(', ') : say('nothing said about me yet');
}

export function caseLine() {
  const post = app.state.posts[app.state.post] ?? {}, name = [post.title, postName(post)].filter(Boolean).join(', ');
  const link = (tab, text, what) => h('a', {href: `#tab=${tab}`, 'data-tab': tab}, hidden(what), text);
  return [link('start', name || say('no post yet'), say('Change the post: ')), post.start ? `, ${say('from {0}', day(post.start))}` : '', ' · ',
    link('about', personWords(app.state.person), say('Change about me: '))];
}

// ---- facts ----

const fact = (label, ...content) => h('div', {}, h('dt', {}, label), content.map(each => each && h('dd', {}, each)));

function notDue(answer) {
  const rows = answer.not_due.map(row => h('dd', {}, `${row.label}.`));
  return rows.length ? h('div', {id: 'not-due'}, h('dt', {}, say('Not due')), rows) : null;
}

// Questions of which an answer could lead out of the range: how many children there are, for one, is not counted in it.
function notInRange(answer) {
  const asked = (answer.questions ?? []).filter(q => q.input !== 'child_births' || !answer.questions.some(other => other.input === 'children'));
  return {above: asked.filter(q => larger(plus(answer.net, q.rise), answer.net_high)).map(q => q.input),
    below: asked.filter(q => larger(answer.net_low, plus(answer.net, q.fall))).map(q => q.input)};
}

const lowerFirst = text => text[0].toLowerCase() + text.slice(1);

function howSure(answer) {
  const figures = (answer.sensitivity ?? []).map(row => parameterLabel(row)).filter(Boolean);
  const {above, below} = notInRange(answer), outside = [...new Set([...above, ...below])];
  const open = (answer.questions ?? []).filter(q => (!isZero(q.fall) || !isZero(q.rise)) && q.input !== 'child_births' && !outside.includes(q.input)).map(q => inputLabel(q.input));
  const low = wholeMoney(answer.net_low, answer.currency), high = wholeMoney(answer.net_high, answer.currency);
  const sentences = [];
  if (answer.net_bound === 'at_most') sentences.push(say('The net is at most this: a deduction is not known.'));
  if (answer.net_bound === 'incomplete') sentences.push(say('The net is incomplete: something that raises or lowers it is not known.'));
  sentences.push(answer.net_low === answer.net_high ? say('Every figure in it is certain.') : say('Between {0} and {1}.', low, high));
  if (figures.length) sentences.push(say('Not published: {0}.', figures.join(', ')));
  if (outside.length) sentences.push(say('Not counted in this, as it is not answered: {0}.', outside.map(inputLabel).join(', ')));
  if (open.length) sentences.push(say('Not answered yet: {0}.', [...new Set(open)].slice(0, 4).join(', ')));
  return h('span', {class: 'lead'}, sentences.join(' '));
}

const parameterLabel = row => app.parameters.find(p => p.parameter === row.parameter)?.label ?? row.salary ?? row.exchange ?? row.parameter;

function notIncluded(answer) {
  const unknown = answer.not_included.filter(row => row.missing), asked = answer.not_included.filter(row => !row.missing && row.needs);
  const never = answer.not_included.filter(row => !row.missing && !row.needs);
  return [unknown.length ? [unknown.map(row => row.label).join(', ') + '. ', say('It exists, but its amount is not published: '), h('b', {}, say('you may receive more.'))] : null,
    asked.length ? h('span', {}, say('Depends on what is not answered: '), asked.map(row => row.label).join(', '), '.') : null,
    h('span', {class: 'small'}, never.map(row => row.label).join('; '), '.')];
}

function paidOnce(answer) {
  const lines = answer.lines.filter(line => line.kind === 'once' && !isZero(line.amount));
  if (!lines.length) return null;
  const total = decimal(lines.reduce((sum, line) => sum + cents(line.amount), 0n));
  return [[h('b', {}, money(total, answer.currency)), ' ', lines.map(line => `${line.label}${line.date ? ` (${day(line.date)})` : ''}`).join(', '), '.']];
}

// Who cannot be appointed hears it before any amount.
export function impossible(appointment, name = '') {
  if (appointment?.verdict !== 'impossible') return null;
  const reasons = appointment.reasons.map(reason => withLabels(reason.text)).join('. ');
  return h('p', {class: 'message impossible'}, h('b', {}, name ? say('{0}: an appointment is not possible.', name) : say('An appointment is not possible.')), ` ${reasons}.`);
}

function canApply(appointment) {
  const verdict = {possible: say('Yes, as far as can be told.'), impossible: say('No.'), unknown: say('Not known yet.')}[appointment.verdict];
  return [[h('b', {}, verdict), ' ', appointment.reasons.map(reason => withLabels(reason.text)).join('. '), appointment.reasons.length ? '.' : '']];
}

function assumed(answer) {
  const names = Object.entries(answer.assumed).filter(([name]) => app.inputs.get(name)?.group !== 'scenario');
  if (!names.length) return null;
  return [names.map(([name, value]) => say('{0}: {1}', inputLabel(name), valueWords(name, value))).join('; ') + '.'];
}

function facts(answer) {
  const once = paidOnce(answer), rest = assumed(answer);
  return h('dl', {class: 'facts'}, fact(say('How sure'), howSure(answer)), fact(say('Not included'), ...notIncluded(answer).filter(Boolean)),
    notDue(answer), once && fact(say('Paid once'), ...once), fact(say('Tax'), say('Pay is exempt from income tax (Ottawa Agreement, Article 19).')),
    fact(say('Can I apply?'), ...canApply(answer.appointment)), rest && fact(say('Assumed'), ...rest),
    fact(say('Official?'), say('No. This is not an official calculation, and no promise of pay.')));
}

// ---- the ledger ----

const openLines = new Map(); // details by name, so that what is open stays open

function whyRow(line) {
  return h('div', {class: 'why', 'data-line': line.rule}, h('p', {class: 'small'}, say('One moment ...')));
}

// What the engine computed, with amounts as they are written here.
const reasonWords = answer => answer.replace(/(\d+(?:\.\d+)?) ([A-Z]{3})\b/g, (all, amount, currency) => money(amount, currency)).replaceAll(' * ', ' × ')
  .replace(/(\d)%/g, language() === 'fr' ? '$1\u00a0%' : '$1%');

// One sentence: what was multiplied with what, or from which scale it was taken.
function reason(root) {
  const scale = root.steps?.flatMap(step => step.steps ?? []).find(step => step.kind === 'scale');
  return root.answer.includes('=') || !scale ? reasonWords(root.answer) : say('{0}: {1}', `${root.label} ${reasonWords(root.value)}`, scale.detail);
}

const STEPS = {amount: () => say('Formula'), when: () => say('Condition'), scale: () => say('Scale'), rounding: () => say('Rounding')};
const TRUTH = {yes: () => say('Yes'), no: () => say('No')};

function treeOf(step, depth = 0) {
  const name = STEPS[step.kind]?.() ?? step.label ?? step.name ?? step.kind, value = TRUTH[step.value]?.() ?? reasonWords(step.value ?? '');
  const said = [h('b', {}, name), value ? ` = ${value}` : '', step.detail ? h('span', {class: 'note'}, ` ${step.detail}`) : '',
    step.formula ? h('span', {class: 'formula'}, step.formula) : ''];
  const rest = step.steps ?? [];
  return h('li', {}, said, rest.length && depth < 12 ? h('ul', {}, rest.map(each => treeOf(each, depth + 1))) : null);
}

function sourceWords(source) {
  const full = app.sources.get(source.name);
  return [full?.title ?? source.title ?? source.name, full?.publisher, full?.locator ?? source.locator].filter(Boolean).join(', ');
}

async function explain(details, line) {
  const place = details.querySelector('.why');
  const [args, files] = withFigures(['explain', line.rule, ...setsOf(app.state, app.state.post)]);
  const {value} = await engineJson(args, files), root = value?.[0];
  if (!root) return;
  const note = app.rules.get(line.rule)?.note;
  show(place, h('p', {}, reason(root)), note ? h('p', {class: 'small'}, note) : null,
    h('dl', {}, h('dt', {}, say('How sure')), h('dd', {}, statusWords(root.status ?? line.status)),
      (root.sources ?? []).length ? [h('dt', {}, say('Sources')), h('dd', {}, root.sources.map(source => h('span', {class: 'source'}, sourceWords(source))))] : null),
    h('details', {class: 'tree'}, h('summary', {}, say('Step by step')), h('ul', {}, treeOf(root))));
}

function ledgerRow(line, from, to, most, currency) {
  const less = line.kind === 'deduction' || line.amount.startsWith('-'), kind = line.status === 'assumed' ? 'guess' : less ? 'less' : ['published', 'chained'].includes(line.status) ? 'gain' : 'else';
  const details = h('details', {'data-rule': line.rule, open: openLines.get(line.rule) ?? false, ontoggle: () => {
    openLines.set(line.rule, details.open);
    if (details.open) explain(details, line);
  }}, h('summary', {id: `line-${line.rule}`}, h('span', {class: 'what'}, line.label, h('span', {class: 'basis'}, statusWords(line.status))),
    fall(from, to, most, kind), h('span', {class: 'amount'}, `${less ? '\u2212' : line.kind === 'salary' ? '' : '+'}${figure(size(line.amount))}`)), whyRow(line));
  return details;
}

const total = (label, amount, most, kind = '') => h('div', {class: `total ${kind}`}, h('span', {class: 'what'}, label), fall('0', amount, most, 'sum'),
  h('span', {class: 'amount'}, figure(amount)));

export function openAllLines() {
  for (const details of document.querySelectorAll('.ledger details[data-rule]')) details.open = true;
}

function ledger(answer) {
  const most = answer.gross, rows = [];
  let sum = 0n;
  for (const line of answer.lines.filter(line => ['salary', 'allowance'].includes(line.kind))) {
    rows.push(ledgerRow(line, decimal(sum), decimal(sum += cents(line.amount)), most, answer.currency));
  }
  rows.push(total(say('Gross'), answer.gross, most));
  for (const line of answer.lines.filter(line => ['deduction', 'adjustment'].includes(line.kind))) {
    const change = cents(line.amount);
    rows.push(ledgerRow(line, decimal(sum), decimal(sum += line.kind === 'deduction' ? -change : change), most, answer.currency));
  }
  rows.push(total(say('Net'), answer.net, most, 'grand'));
  const employer = minus(answer.employer_cost, answer.gross);
  return h('section', {class: 'part', 'aria-labelledby': 'h-ledger'}, h('h2', {id: 'h-ledger'}, say('From basic salary to net')),
    h('p', {}, say('{0} a month. Open a line to see why, by which rule, and who says so.', answer.currency)), h('div', {class: 'ledger'}, rows),
    h('p', {class: 'small after'}, say('NATO pays a further {0} a month on top of gross, into the pension.', money(employer, answer.currency))));
}

// ---- what is not due ----

const namedValue = (name, value) => say('{0}: {1}', say('“{0}”', inputLabel(name)), valueWords(name, value));

// What would make it due, as the engine found by trying other values; some only together with another.
function changeWords(step) {
  const together = [...(step.detail ?? '').matchAll(/([a-z]+(?:_[a-z]+)*) = ([^\s();,]+)/g)].filter(([, name]) => app.inputs.has(name)).map(([, name, value]) => namedValue(name, value));
  const first = namedValue(step.name, step.value) + (/;/.test(step.detail ?? '') ? ` ${say('or another')}` : '');
  return say('It would be due with {0}.', [first, ...together].join(say(' and ')));
}

async function whyNot(details, rule) {
  const [args, files] = withFigures(['explain', rule.rule, ...setsOf(app.state, app.state.post)]);
  const {value} = await engineJson(args, files), changes = (value?.[0]?.steps ?? []).filter(step => step.kind === 'change');
  show(details.querySelector('.why'), rule.note ? h('p', {class: 'small'}, rule.note) : null,
    changes.length ? changes.map(step => h('p', {}, changeWords(step))) : h('p', {}, say('No single answer would make it due.')), h('p', {class: 'small'}, (value?.[0]?.sources ?? []).map(source => h('span', {class: 'source'}, sourceWords(source)))));
}

// Allowances of the rule book that this pay does not have: each opens to what would change that.
function notPaid(answer) {
  const paid = new Set(answer.lines.filter(line => !isZero(line.amount)).map(line => line.rule));
  const rules = [...app.rules.values()].filter(rule => ['allowance', 'once'].includes(rule.kind) && !paid.has(rule.rule));
  return h('section', {class: 'part noprint'}, h('h2', {}, say('What is not due')), h('p', {}, say('Open an allowance to see what would make it due.')),
    fold('not-paid', say('{0} allowances', rules.length), h('div', {class: 'ledger plainly'}, rules.map(rule => {
      const details = h('details', {'data-not-due': rule.rule, ontoggle: () => { if (details.open) whyNot(details, rule); }}, h('summary', {}, h('span', {class: 'what'}, rule.label)), h('div', {class: 'why'}));
      return details;
    }))));
}

// ---- what could still change it ----

export function effectWords(question, currency) {
  const up = !isZero(question.rise), down = !isZero(question.fall), once = !isZero(question.once_rise);
  const most = larger(question.rise, size(question.fall)) ? question.rise : size(question.fall);
  if (up && down) return [say('This could change it by up to '), h('b', {}, say('{0} a month', wholeMoney(most, currency)))];
  if (up) return [say('This could add up to '), h('b', {}, say('{0} a month', wholeMoney(question.rise, currency)))];
  if (down) return [say('This could take up to '), h('b', {}, say('{0} a month', wholeMoney(size(question.fall), currency)))];
  if (once) return [say('Decides over '), h('b', {}, wholeMoney(question.once_rise, currency)), say(', paid once')];
  return null;
}

let order = []; // stays while a field of the list has the focus

// Questions not answered yet, those that could move most first; children by their dates of birth, once.
export function openQuestions(answer, place) {
  const found = (answer?.questions ?? []).filter(q => q.input !== 'children' || !answer.questions.some(other => other.input === 'child_births'));
  const names = found.map(q => q.input);
  if (place && place.contains(document.activeElement)) {
    const fresh = names.filter(name => !order.includes(name));
    return [...order, ...fresh].map(name => found.find(q => q.input === name) ?? {input: name, answered: true});
  }
  order = names;
  return found;
}

const POST_INPUTS = new Set(['residence_distance_km']);
export const groupOfInput = name => app.inputs.get(name)?.group === 'post' && !POST_INPUTS.has(name) ? app.state.posts[app.state.post]
  : app.inputs.get(name)?.group === 'scenario' ? app.state.scenario : app.state.person;

export function question(row, answer, prefix) {
  const effect = row.answered ? null : effectWords(row, answer.currency);
  return h('li', {}, field(row.input, groupOfInput(row.input), {prefix, extra: effect ? h('p', {class: 'effect'}, effect) : null}));
}

function aside(answer, place) {
  const rows = openQuestions(answer, place).filter(row => row.answered || effectWords(row, answer.currency)).slice(0, 5);
  const said = Object.entries(given(app.state.person));
  return [h('h2', {}, say('What could still change it')),
    h('p', {class: 'small'}, rows.length ? say('Largest effect first. Until you answer, the usual case is assumed.') : say('Nothing that you have not answered could change the net.')),
    h('ol', {class: 'asks'}, rows.map(row => question(row, answer, 'ask'))),
    said.length ? [h('h3', {class: 'said'}, say('You said')), h('dl', {class: 'given'}, said.map(([name, value]) => h('div', {}, h('dt', {}, inputLabel(name)), h('dd', {}, valueWords(name, value)))))] : null,
    h('p', {}, h('a', {href: '#tab=about', 'data-tab': 'about'}, said.length ? say('Change or add answers') : say('All questions')))];
}

export function valueWords(name, value) {
  const input = app.inputs.get(name);
  if (!input) return value;
  if (input.type === 'country') return country(value);
  if (input.type === 'date') return day(value);
  if (input.type === 'dates') return value.split(/\s*,\s*/).map(day).join(', ');
  if (input.type === 'truth') return ['yes', 'oui'].includes(value) ? say('Yes') : say('No');
  if (name === 'station') return town(value);
  return input.choices.find(choice => choice.value === value)?.label ?? value;
}

// ---- no grade: what each would be paid ----

function byGrade(answer) {
  return [impossible(answer.appointment), h('h1', {}, say('Which grade? The notice names none.')), h('p', {class: 'lead'}, say('Choose the grade to see its pay line by line.')),
    h('table', {class: 'table'}, h('thead', {}, h('tr', {}, [say('Grade'), say('Net a month'), say('Possible range')].map((words, i) => h('th', {scope: 'col', class: i ? 'r' : ''}, words)))),
      h('tbody', {}, answer.by_grade.filter(row => row.fits !== false).map(row => h('tr', {}, h('th', {scope: 'row'}, h('button', {type: 'button', class: 'plain', onclick: () => {
        app.state.posts[app.state.post].grade = row.grade;
        app.changed({});
      }}, row.grade)), h('td', {}, money(row.net, answer.currency)), h('td', {}, `${wholeMoney(row.net_low, answer.currency)} – ${wholeMoney(row.net_high, answer.currency)}`)))))];
}

export function sourcesOf(answer) {
  const names = [...new Set(answer.lines.flatMap(line => line.sources))];
  return h('section', {class: 'part'}, h('h2', {}, say('Sources')), h('ol', {class: 'sources small'}, names.map(name => {
    const source = app.sources.get(name);
    return h('li', {}, source ? [source.title, source.publisher, source.locator, source.date].filter(Boolean).join(', ') : name);
  })), h('p', {class: 'note'}, say('Rule book {0}.', answer.book.replace('sha256:', '').slice(0, 12))));
}

let perYear = false;

const choice = (pressed, words, act) => h('button', {type: 'button', 'aria-pressed': String(pressed), onclick: act}, words);

function rangeOf(answer) {
  if (answer.net_low === answer.net_high) return null;
  const {above, below} = notInRange(answer), without = input => say('without {0}', lowerFirst(inputLabel(input)));
  return h('div', {class: 'range'}, range(answer.net_low, answer.net, answer.net_high, answer.currency, below.length ? without(below[0]) : say('lowest possible'), above.length ? without(above[0]) : say('highest possible')));
}

function headFigure(answer, redraw) {
  const year = perYear && answer.net_year, amount = year ? answer.net_year : answer.net;
  return h('div', {class: app.stale ? 'first stale' : 'first'}, impossible(answer.appointment), h('div', {class: 'bar-row'}, h('p', {class: 'kicker'}, year ? say('Net pay, a year') : say('Net pay, {0}', month(answer.date))),
    answer.net_year ? h('div', {class: 'switch', role: 'group', 'aria-label': say('Period')}, choice(!perYear, say('a month'), () => { perYear = false; redraw(); }),
      choice(perYear, say('a year'), () => { perYear = true; redraw(); })) : null),
  bigFigure(amount, answer.currency, 'net'), app.stale ? h('p', {class: 'small'}, say('This is the figure before your last change.')) : null,
  h('p', {class: 'note'}, say('Not an official calculation.')),
  rangeOf(answer));
}

export function drawAnswer(place) {
  const answer = app.estimate;
  if (!answer) return show(place, h('h1', {}, say('No figure yet')), h('p', {class: 'lead'}, say('Say which post it is: its grade, and its town or country.')),
    h('p', {}, h('a', {href: '#tab=start', 'data-tab': 'start', class: 'button'}, say('Start'))));
  if (answer.by_grade) return show(place, byGrade(answer));
  const redraw = () => drawAnswer(place);
  show(place, h('h1', {class: 'vh'}, say('Answer')), h('div', {class: 'two'}, h('div', {}, headFigure(answer, redraw), facts(answer)),
    h('aside', {class: 'aside part', id: 'asks', 'aria-label': say('What could still change it')}, aside(answer, place.querySelector('#asks'))),
    h('div', {class: 'rest'}, ledger(answer), notPaid(answer), sourcesOf(answer))));
  for (const details of place.querySelectorAll('details[data-rule][open]')) explain(details, answer.lines.find(line => line.rule === details.dataset.rule));
}
