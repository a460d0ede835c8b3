// For those who plan: a staff list, what would change, and the engine's own report of it.
import {app, engine, engineJson} from './app.mjs';
import {download, h, show} from './dom.mjs';
import {say, sentences} from './words.mjs';
import {figure} from './format.mjs';
import {cancel, hear} from './client.mjs';

const LIST_MAX = 64 * 1024 * 1024;
const plan = {list: null, scenarios: [], report: null, working: false, error: '', took: 0};

// ---- what changes, as a scenario in the rule book's own words ----

const CHANGES = {
  rise: {words: () => say('All scales rise'), fields: [['by', () => say('By, %'), '1.5'], ['from', () => say('From'), '2027-01-01']]},
  allowance: {words: () => say('A new allowance for everybody'), fields: [['amount', () => say('Amount a month, in euro'), '100'], ['from', () => say('From'), '2027-01-01']]},
  rate: {words: () => say('A rate or figure changes'), fields: [['name', () => say('Figure'), ''], ['value', () => say('New value'), ''], ['from', () => say('From'), '2027-01-01']]},
};

const isDate = text => /^\d{4}-\d{2}-\d{2}$/.test(text);
const decimalOf = text => text.replace(',', '.').replace(/[^\d.-]/g, '');

// 1.5 % is an index of 1.015, by moving digits: exact.
function indexOf(percent) {
  const [whole, part = ''] = decimalOf(percent).split('.');
  const scale = 10n ** BigInt(part.length + 2), value = BigInt((whole || '0') + part) + scale;
  const digits = value.toString().padStart(part.length + 3, '0');
  return `${digits.slice(0, -(part.length + 2))}.${digits.slice(-(part.length + 2))}`;
}

// The scales that follow no other: what they rise by, the others rise by too.
async function leadingScales() {
  const {value} = await engineJson(['show', 'scale']), follow = new Set((value ?? []).filter(row => row.reference).map(row => row.country));
  return [...new Set((value ?? []).map(row => row.country))].filter(country => !follow.has(country));
}

// Figures that may change, each as it stands now.
const figures = () => [...new Map(app.parameters.filter(p => p.from && !p.country).map(p => [p.parameter, p])).values()];

const WRITERS = {
  rise: (c, n, scales) => scales.map(code => `[scale ${code} ${c.from}]\nindex = ${indexOf(c.by)}\nindex.status = user\nindex.source = natopay_assumption\nstatus = user\nsource = natopay_assumption\n`).join('\n'),
  allowance: (c, n) => `[rule own_allowance_${n}]\nkind = allowance\nlabel = ${say('New allowance')}\namount = local(${decimalOf(c.amount)} EUR)\nfrom = ${c.from}\nstatus = user\nsource = natopay_assumption\n`,
  rate: c => `[parameter ${c.name}]\n${c.from} = ${c.value.replace(/[^\w.,% -]/g, '')}\nstatus = user\nsource = natopay_assumption\n`,
};

async function scenarioText(changes) {
  const scales = await leadingScales(), body = changes.map((change, i) => WRITERS[change.kind](change, i + 1, scales)).join('\n');
  return `[scenario what_if]\nlabel = ${say('What changes')}\n\n${body}`;
}

// What is missing in a form, in words; nothing when it can be computed.
function formProblem(change) {
  if (!isDate(change.from)) return say('{0}: give the day from which it holds.', CHANGES[change.kind].words());
  const figure = change.by ?? change.amount ?? change.value;
  return /\d/.test(figure) && !/\d[^\d.,%\s].*\d/.test(figure) ? '' : say('{0}: \u201c{1}\u201d is not a number.', CHANGES[change.kind].words(), figure);
}

// ---- running ----

// Drawn anew where it is; who went to another part meanwhile stays there.
function redraw() {
  if (app.state.tab === 'plan') drawPlan(document.getElementById('view-plan'));
}

// How many rows there are: lines after the first. What stands in quotes may have several, so it is said as "about".
function rowsOf(bytes) {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return Math.max(1, lines - (bytes.at(-1) === 10 ? 1 : 0));
}

function showRows(rows) {
  const words = document.getElementById('rows-done'), bar = document.getElementById('rows-bar'), all = plan.list.rows;
  if (!words) return;
  words.textContent = say('{0} of {1} rows', figure(String(Math.min(rows, all))), figure(String(all)));
  bar.value = rows / all;
}

async function run() {
  if (!plan.list) return;
  plan.error = plan.scenarios.filter(change => change.kind).map(formProblem).filter(Boolean).join(' ');
  if (plan.error) return redraw();
  const changes = plan.scenarios.filter(change => change.kind), files = {'staff.csv': plan.list.bytes};
  const args = ['plan', 'staff.csv', '--reject', 'rejected.csv'];
  if (changes.length) {
    files['what-if.ini'] = await scenarioText(changes);
    args.push('--scenario', 'what-if.ini');
  }
  for (const file of plan.scenarios.filter(change => change.text)) {
    files[file.name] = file.text;
    args.push('--scenario', file.name);
  }
  plan.working = true;
  hear(showRows);
  redraw();
  const begun = performance.now(), answer = await engine([...args, '--by', 'duty_country', '--format', 'html'], files);
  plan.took = Math.round(performance.now() - begun);
  plan.working = false;
  plan.args = args;
  plan.files = files;
  plan.report = answer.text || null;
  plan.rejected = answer.output;
  plan.error = answer.text ? '' : answer.said.diagnostics.map(d => d.code === 'cancelled' ? say('Cancelled.') : sentences(d)).join(' ');
  plan.said = answer.said.diagnostics;
  return redraw();
}

async function takeList(file) {
  if (!file) return;
  if (file.size > LIST_MAX) { plan.error = say('This list is larger than 64 MB: use natopay plan on the command line.'); return redraw(); }
  const bytes = new Uint8Array(await file.arrayBuffer());
  plan.list = {name: file.name, bytes, rows: rowsOf(bytes)};
  return run();
}

async function takeScenario(file) {
  if (!file || file.size > 1e6) return;
  plan.scenarios.push({name: file.name.replace(/[^\w.-]/g, '_'), text: await file.text()});
  await run();
}

async function saveRecords() {
  const answer = await engine([...plan.args.filter((_, i, all) => all[i] !== '--reject' && all[i - 1] !== '--reject'), '--format', 'csv'], plan.files);
  download('records.csv', 'text/csv', answer.bytes);
}

// ---- showing ----

// Light or dark as the page is, where the reader chose it; else as the system is.
function sameColours(sheet) {
  const chosen = ['dark', 'light'].find(name => document.documentElement.classList.contains(name));
  for (const rule of sheet.cssRules) if (chosen && rule.media && /dark/.test(rule.media.mediaText)) rule.media.mediaText = chosen === 'dark' ? 'screen' : 'not all';
}

// A table with rows for each group is long: it opens on demand.
function foldLong(body) {
  for (const table of body.querySelectorAll('table')) {
    const rows = table.querySelectorAll('tr').length, details = h('details', {}, h('summary', {}, say('{0} rows', rows)));
    if (rows < 60) continue;
    table.replaceWith(details);
    details.append(table);
  }
}

// The report is the engine's own page. It stands in a shadow tree with its own style sheet, so that neither changes the other.
function report() {
  const box = h('div', {class: 'report', id: 'plan-report'}), tree = box.attachShadow({mode: 'open'});
  const page = new DOMParser().parseFromString(plan.report, 'text/html'), sheet = new CSSStyleSheet();
  sheet.replaceSync([...page.querySelectorAll('style')].map(style => style.textContent).join('\n').replaceAll(':root', ':host').replace(/\bbody\b/g, '.report-body'));
  sameColours(sheet);
  tree.adoptedStyleSheets = [sheet];
  const body = h('div', {class: 'report-body'});
  for (const node of [...page.body.childNodes]) if (!['SCRIPT', 'STYLE'].includes(node.nodeName)) body.append(document.importNode(node, true));
  foldLong(body);
  tree.append(body);
  return box;
}

// Why rows were rejected, on demand: the list that the engine writes, of which the reason is the last column.
function rejectedRows() {
  const MOST = 50, lines = new TextDecoder().decode(plan.rejected).split(/\r?\n/).slice(1).filter(Boolean);
  if (!lines.length) return null;
  const rows = lines.slice(0, MOST).map(line => line.match(/^(\d*),(\d*),([^,]*),(.*)$/)).filter(Boolean);
  return h('details', {class: 'small', id: 'rejected'}, h('summary', {class: 'plain'}, say('Why rows were rejected ({0})', lines.length)),
    h('ul', {}, rows.map(([, , line, column, reason]) => h('li', {}, say('line {0}', line), column ? `, ${column}` : '', ': ', reason.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')))));
}

function changeFields(change, i) {
  const set = key => event => { change[key] = event.target.value; };
  const choose = key => h('select', {id: `change-${i}-${key}`, onchange: event => { takeFigure(change, event.target.value); redraw(); }}, figures().map(p => {
    const option = h('option', {value: p.parameter}, p.label ?? p.parameter);
    option.selected = change[key] === p.parameter;
    return option;
  }));
  return h('fieldset', {class: 'change'}, h('legend', {}, CHANGES[change.kind].words()), CHANGES[change.kind].fields.map(([key, words]) => h('div', {}, h('label', {for: `change-${i}-${key}`}, words()),
    key === 'name' ? choose(key) : h('input', {id: `change-${i}-${key}`, type: key === 'from' ? 'date' : 'text', maxlength: 120, value: change[key], onchange: set(key)}))),
  h('div', {class: 'do'}, h('button', {type: 'button', class: 'plain', onclick: () => { plan.scenarios.splice(i, 1); redraw(); }}, say('Remove'))));
}

// A list, such as the rates by year of service, belongs to those recruited since its day: what replaces it has that day.
function takeFigure(change, name) {
  const now = figures().find(p => p.parameter === name);
  Object.assign(change, {name, value: now.value, from: /,/.test(now.value) ? now.from : CHANGES.rate.fields[2][2]});
}

function add(kind) {
  const change = {kind};
  for (const [key, , value] of CHANGES[kind].fields) change[key] = value;
  if (kind === 'rate') takeFigure(change, figures()[0].parameter);
  plan.scenarios.push(change);
  redraw();
}

const picker = (id, words, accept, act, kind = 'button second') => [h('label', {for: id, class: kind}, words), h('input', {type: 'file', id, class: 'vh', accept, onchange: event => act(event.target.files[0])})];

function listBox() {
  const list = plan.list;
  return h('div', {class: 'file', ondragover: event => event.preventDefault(), ondrop: event => { event.preventDefault(); takeList(event.dataTransfer.files[0]); }},
    h('p', {}, list ? [h('b', {}, list.name), plan.report && !plan.working ? h('span', {class: 'small'}, ' ', say('Computed in {0} seconds, on this computer.', (plan.took / 1000).toFixed(1))) : null] : say('Drop a staff list here: a CSV file with a row for each member of staff and inputs as columns, such as id, grade, duty_country, start, nationality.')),
    picker('staff-file', list ? say('Replace the list') : say('Choose a list'), '.csv,text/csv', takeList));
}

const part = (id, head, words, ...content) => h('section', {class: 'part', 'aria-labelledby': id}, h('h2', {id}, head), h('p', {}, words), h('div', {class: 'body'}, content));

export function drawPlan(place) {
  const rejected = plan.rejected && !plan.working ? rejectedRows() : null;
  const link = (kind, words) => h('button', {type: 'button', class: 'plain', id: `add-${kind}`, onclick: () => add(kind)}, words);
  show(place, h('div', {class: 'head'}, h('h1', {}, say('What a change would cost for all staff')), h('p', {class: 'lead'}, say('The list stays on this computer, and never goes into a link.'))), listBox(),
    part('h-changes', say('What changes'), say('Compared with the rule book as it is.'), plan.scenarios.map((change, i) => change.kind ? changeFields(change, i) : h('p', {}, h('b', {}, change.name), ' ', h('button', {type: 'button', class: 'plain', onclick: () => { plan.scenarios.splice(i, 1); redraw(); }}, say('Remove')))),
      h('p', {class: 'choices'}, link('rise', say('All scales rise')), link('allowance', say('A new allowance')), link('rate', say('A rate or figure')), picker('scenario-file', say('A scenario file'), '.ini', takeScenario, 'plain')),
      h('p', {class: 'actions'}, h('button', {type: 'button', class: 'button', id: 'run-plan', disabled: !plan.list || plan.working, onclick: run}, say('Compute')))),
    plan.working ? h('div', {class: 'working'}, h('p', {class: 'lead', id: 'rows-done'}, say('Computing ...')), h('progress', {id: 'rows-bar', max: 1, 'aria-labelledby': 'rows-done'}), h('button', {type: 'button', class: 'button second', id: 'cancel-plan', onclick: cancel}, say('Cancel'))) : null,
    plan.error ? h('p', {class: 'error', role: 'alert'}, plan.error) : null,
    plan.report && !plan.working ? [plan.said?.length ? h('ul', {class: 'small'}, plan.said.map(d => h('li', {}, sentences(d)))) : null,
      h('p', {class: 'choices reports'}, h('button', {type: 'button', class: 'plain', id: 'save-records', onclick: saveRecords}, say('One record for each member of staff (CSV)')),
        h('button', {type: 'button', class: 'plain', onclick: () => download('plan.html', 'text/html', plan.report)}, say('This report (HTML)')),
        rejected ? h('button', {type: 'button', class: 'plain', onclick: () => download('rejected.csv', 'text/csv', plan.rejected)}, say('Rejected rows (CSV)')) : null), rejected, report()] : null);
}
