// Keeping it: a link, paper, files, the command; and what the browser remembers, when it is asked to.
import {app, engine, figuresFile, withFigures} from './app.mjs';
import {download, h, show} from './dom.mjs';
import {say} from './words.mjs';
import {day} from './format.mjs';
import {commandOf, given, setsOf, writeLink} from './state.mjs';
import {drawAnswer, openAllLines} from './answer.mjs';
import {saveCalendar} from './contract.mjs';
import {forgetFields} from './fields.mjs';

const PLACE = 'natopay-person';

// Storage may be refused, as it is for files of some browsers: then nothing is remembered, and that is said.
function storage(act, otherwise) {
  try { return act(localStorage); } catch { return otherwise; }
}

export const rememberedPerson = () => {
  const text = storage(store => store.getItem(PLACE), null);
  try {
    const person = text && JSON.parse(text);
    return person && typeof person === 'object' ? Object.fromEntries(Object.entries(person).filter(([, value]) => typeof value === 'string').slice(0, 80)) : null;
  } catch { return null; }
};

const isRemembered = () => storage(store => store.getItem(PLACE) !== null, false);

export function rememberPerson() {
  if (isRemembered() && !app.linked) storage(store => store.setItem(PLACE, JSON.stringify(app.state.person)), null);
}

function remember(wanted) {
  app.linked = false;
  const done = wanted ? storage(store => { store.setItem(PLACE, JSON.stringify(app.state.person)); return true; }, false)
    : storage(store => { store.removeItem(PLACE); return true; }, true);
  app.messages = done ? [] : [say('This browser does not let the page remember anything. Save person.ini, or copy a link with your details.')];
  app.changed({});
}

// ---- person.ini ----

// What stands in quotes may hold anything but quotes and line ends.
const iniValue = value => /[;#\\"]|^\s|\s$/.test(value) ? `"${value.replace(/["\r\n\\]/g, '')}"` : value.replace(/[\r\n]/g, ' ');

const personFile = person => `[person me]\n${Object.entries(given(person)).map(([name, value]) => `${name} = ${iniValue(value)}`).join('\n')}\n`;

export function takePerson(text) {
  const person = {};
  for (const line of text.slice(0, 100000).split(/\r?\n/)) {
    const [, name, value] = line.match(/^\s*([a-z_0-9]+)\s*=\s*"?(.*?)"?\s*(?:;.*)?$/) ?? [];
    if (name && app.inputs.get(name)?.group === 'person') person[name] = value;
  }
  if (!Object.keys(person).length) {
    app.messages = [say('This file holds nothing about a person: natopay writes person.ini with lines such as nationality = DE.')];
  } else {
    app.messages = [];
    app.state.person = person;
    forgetFields();
  }
  return app.changed({});
}

// ---- copying and saving ----

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', {class: 'vh', value: text, 'aria-hidden': 'true'});
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  document.getElementById('copied').textContent = done;
}

const address = personal => location.href.split('#')[0] + writeLink(app.state, {personal, book: app.estimate?.book?.replace('sha256:', '').slice(0, 12) ?? ''});

async function saveAnswer(format, media, name) {
  const [args, files] = withFigures(['estimate', ...setsOf(app.state, app.state.post), '--format', format]);
  const answer = await engine(args, files);
  if (answer.text) download(name, media, answer.text);
}

// Paper cannot be clicked: with explanations, every line is opened first.
async function print(explained) {
  const place = document.getElementById('view-answer');
  app.go('answer');
  await drawAnswer(place);
  if (explained) openAllLines();
  setTimeout(() => globalThis.print(), explained ? 700 : 100);
}

const fact = (label, ...content) => h('div', {}, h('dt', {}, label), content.filter(Boolean).map(each => h('dd', {}, each)));
const plain = (words, act, id) => h('button', {type: 'button', class: 'plain', id, onclick: act}, words);

function command() {
  const own = Object.keys(figuresFile(app.state.figures)).length, text = commandOf(app.state, app.state.post) + (own ? ' --with own-figures.ini' : '');
  return [h('span', {}, say('The same answer from the command line:')), h('pre', {class: 'command', tabindex: '0', id: 'command'}, text),
    [plain(say('Copy as a command'), () => copy(text, say('The command is copied.')), 'copy-command'), own ? [' ', plain(say('Save own-figures.ini'), () => download('own-figures.ini', 'text/plain', figuresFile(app.state.figures)['own-figures.ini']))] : '']];
}

function links() {
  return [say('The link holds the posts and what-ifs, and what you said about yourself only if you ask for it. Whoever has it can read it.'),
    h('span', {class: 'actions'}, h('button', {type: 'button', class: 'button', id: 'copy-link', onclick: () => copy(address(false), say('The link is copied, without your details.'))}, say('Copy the link')), ' ',
      h('button', {type: 'button', class: 'button second', id: 'copy-personal', onclick: () => copy(address(true), say('The link is copied, with your details.'))}, say('Copy with my details'))),
    h('span', {id: 'copied', role: 'status'})];
}

function aboutMe() {
  const pick = h('input', {type: 'file', id: 'person-file', class: 'vh', accept: '.ini,text/plain', onchange: async event => { const file = event.target.files[0]; if (file && file.size < 100000) await takePerson(await file.text()); }});
  return [h('label', {class: 'check'}, h('input', {type: 'checkbox', id: 'remember', checked: isRemembered() && !app.linked, onchange: event => remember(event.target.checked)}), say('Remember what I said about me in this browser')),
    h('span', {class: 'choices'}, plain(say('Save person.ini'), () => download('person.ini', 'text/plain', personFile(app.state.person)), 'save-person'), h('label', {for: 'person-file', class: 'plain'}, say('Open person.ini')), pick,
      plain(say('Delete everything'), () => { remember(false); app.state.person = {}; app.state.today = {}; forgetFields(); app.changed({}); }, 'delete-all'))];
}

export function drawKeep(place) {
  const ready = app.estimate?.net;
  show(place, h('div', {class: 'head'}, h('h1', {}, say('Keep it, print it, pass it on'))), h('dl', {class: 'facts wide'}, fact(say('Link'), ...links()),
    ready && fact(say('Paper'), say('The answer with its sources; or with every line explained. In the window for printing one can save a PDF.'), h('span', {class: 'choices'}, plain(say('Print'), () => print(false), 'print'), plain(say('Print with explanations'), () => print(true), 'print-explained'))),
    ready && fact(say('Files'), h('span', {class: 'choices'}, plain(say('Table (CSV)'), () => saveAnswer('csv', 'text/csv', 'natopay.csv'), 'save-csv'), plain(say('Data (JSON)'), () => saveAnswer('json', 'application/json', 'natopay.json'), 'save-json'),
      plain(say('Report (HTML)'), () => saveAnswer('html', 'text/html', 'natopay-report.html'), 'save-html'), plain(say('Calendar of the contract (ICS)'), saveCalendar, 'save-ics'))),
    ready && fact(say('Command'), ...command()), fact(say('About me'), ...aboutMe()),
    fact(say('Private'), say('Nothing leaves this computer. The page asks the network for nothing and may not: its own security policy forbids it.')),
    fact(say('Not official'), say('This is not an official calculation, and no promise of pay. Ask the human resources office of the organisation that employs you.')),
    fact(say('Made'), [`${day(new Date().toISOString().slice(0, 10))}.`, ready ? say('Rule book {0}.', app.estimate.book.replace('sha256:', '').slice(0, 12)) : ''].join(' '))));
}
