// For those who plan: a staff list, what would change, and the engine's own report of it.
import {app, engine} from './app.mjs';
import {download, h, show} from './dom.mjs';
import {say} from './words.mjs';
import {cancel} from './client.mjs';

const LIST_MAX = 64 * 1024 * 1024;
const plan = {list: null, scenarios: [], report: null, working: false, error: '', took: 0};

// ---- what changes, as a scenario in the rule book's own words ----

const CHANGES = {
  rise: {words: () => say('All scales rise'), fields: [['by', () => say('By, %'), '1.5'], ['from', () => say('From'), '2027-01-01']]},
  allowance: {words: () => say('A new allowance for everybody'), fields: [['amount', () => say('Amount a month'), '100'], ['from', () => say('From'), '2027-01-01']]},
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

const scaleCountries = () => app.countries.filter(c => c.scale_from).map(c => c.country);

const WRITERS = {
  rise: c => scaleCountries().map(code => `[scale ${code} ${c.from}]\nindex = ${indexOf(c.by)}\nindex.status = user\nindex.source = natopay_assumption\nstatus = user\nsource = natopay_assumption\n`).join('\n'),
  allowance: (c, n) => `[rule own_allowance_${n}]\nkind = allowance\nlabel = New allowance\namount = ${decimalOf(c.amount)} * currency_unit\nfrom = ${c.from}\nstatus = user\nsource = natopay_assumption\n`,
  rate: c => `[parameter ${c.name}]\n${c.from} = ${c.value.replace(/[^\w.,% -]/g, '')}\nstatus = user\nsource = natopay_assumption\n`,
};

export function scenarioText(changes) {
  const body = changes.map((change, i) => WRITERS[change.kind](change, i + 1)).join('\n');
  return `[scenario what_if]\nlabel = What changes\n\n${body}`;
}

// ---- running ----

async function run() {
  if (!plan.list) return;
  const changes = plan.scenarios.filter(change => change.kind), files = {'staff.csv': plan.list.bytes};
  const args = ['plan', 'staff.csv', '--reject', 'rejected.csv'];
  if (changes.length) {
    files['what-if.ini'] = scenarioText(changes);
    args.push('--scenario', 'what-if.ini');
  }
  for (const file of plan.scenarios.filter(change => change.text)) {
    files[file.name] = file.text;
    args.push('--scenario', file.name);
  }
  plan.working = true;
  plan.error = '';
  app.go('plan');
  const begun = performance.now(), answer = await engine([...args, '--by', 'duty_country', '--format', 'html'], files);
  plan.took = Math.round(performance.now() - begun);
  plan.working = false;
  plan.args = args;
  plan.files = files;
  plan.report = answer.text || null;
  plan.rejected = answer.output;
  plan.error = answer.text ? '' : answer.said.diagnostics.map(d => d.code === 'cancelled' ? say('Cancelled.') : [d.message, d.hint].filter(Boolean).join(' ')).join(' ');
  plan.said = answer.said.diagnostics;
  app.go('plan');
}

async function takeList(file) {
  if (!file) return;
  if (file.size > LIST_MAX) { plan.error = say('This list is larger than 64 MB: use natopay plan on the command line.'); return app.go('plan'); }
  plan.list = {name: file.name, bytes: new Uint8Array(await file.arrayBuffer())};
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

// The report is the engine's own page. It stands in a shadow tree with its own style sheet, so that neither changes the other.
function report() {
  const box = h('div', {class: 'report', id: 'plan-report'}), tree = box.attachShadow({mode: 'open'});
  const page = new DOMParser().parseFromString(plan.report, 'text/html'), sheet = new CSSStyleSheet();
  sheet.replaceSync([...page.querySelectorAll('style')].map(style => style.textContent).join('\n').replaceAll(':root', ':host').replace(/\bbody\b/g, '.report-body'));
  tree.adoptedStyleSheets = [sheet];
  const body = h('div', {class: 'report-body'});
  for (const node of [...page.body.childNodes]) if (!['SCRIPT', 'STYLE'].includes(node.nodeName)) body.append(document.importNode(node, true));
  tree.append(body);
  return box;
}

function changeFields(change, i) {
  const set = key => event => { change[key] = event.target.value; };
  const choose = key => h('select', {id: `change-${i}-${key}`, onchange: set(key)}, [...new Set(app.parameters.filter(p => p.from && !p.country && !/,/.test(p.value)).map(p => p.parameter))].map(name => {
    const option = h('option', {value: name}, app.parameters.find(p => p.parameter === name).label ?? name);
    option.selected = change[key] === name;
    return option;
  }));
  return h('fieldset', {class: 'change'}, h('legend', {}, CHANGES[change.kind].words()), CHANGES[change.kind].fields.map(([key, words]) => h('div', {}, h('label', {for: `change-${i}-${key}`}, words()),
    key === 'name' ? choose(key) : h('input', {id: `change-${i}-${key}`, type: key === 'from' ? 'date' : 'text', maxlength: 20, value: change[key], onchange: set(key)}))),
  h('div', {class: 'do'}, h('button', {type: 'button', class: 'plain', onclick: () => { plan.scenarios.splice(i, 1); app.go('plan'); }}, say('Remove'))));
}

function add(kind) {
  const change = {kind};
  for (const [key, , value] of CHANGES[kind].fields) change[key] = value;
  if (kind === 'rate') change.name = app.parameters.find(p => p.from && !p.country && !/,/.test(p.value))?.parameter ?? '';
  plan.scenarios.push(change);
  app.go('plan');
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
  const link = (kind, words) => h('button', {type: 'button', class: 'plain', id: `add-${kind}`, onclick: () => add(kind)}, words);
  show(place, h('div', {class: 'head'}, h('h1', {}, say('What a change would cost for all staff')), h('p', {class: 'lead'}, say('The list stays on this computer, and never goes into a link.'))), listBox(),
    part('h-changes', say('What changes'), say('Compared with the rule book as it is.'), plan.scenarios.map((change, i) => change.kind ? changeFields(change, i) : h('p', {}, h('b', {}, change.name), ' ', h('button', {type: 'button', class: 'plain', onclick: () => { plan.scenarios.splice(i, 1); app.go('plan'); }}, say('Remove')))),
      h('p', {class: 'choices'}, link('rise', say('All scales rise')), link('allowance', say('A new allowance')), link('rate', say('A rate or figure')), picker('scenario-file', say('A scenario file'), '.ini', takeScenario, 'plain')),
      h('p', {class: 'actions'}, h('button', {type: 'button', class: 'button', id: 'run-plan', disabled: !plan.list || plan.working, onclick: run}, say('Compute')))),
    plan.working ? h('p', {class: 'lead', role: 'status'}, say('Computing ...'), ' ', h('button', {type: 'button', class: 'button second', onclick: cancel}, say('Cancel'))) : null,
    plan.error ? h('p', {class: 'error', role: 'alert'}, plan.error) : null,
    plan.report && !plan.working ? [plan.said?.length ? h('ul', {class: 'small'}, plan.said.map(d => h('li', {}, d.message, d.hint ? ` ${d.hint}` : ''))) : null,
      h('p', {class: 'choices'}, h('button', {type: 'button', class: 'plain', id: 'save-records', onclick: saveRecords}, say('One record for each member of staff (CSV)')),
        h('button', {type: 'button', class: 'plain', onclick: () => download('plan.html', 'text/html', plan.report)}, say('This report (HTML)')),
        plan.rejected ? h('button', {type: 'button', class: 'plain', onclick: () => download('rejected.csv', 'text/csv', plan.rejected)}, say('Rejected rows (CSV)')) : null), report()] : null);
}
