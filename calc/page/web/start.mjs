// Where one begins: a notice, pasted or dropped, or three answers.
import {app, engine, engineJson, country} from './app.mjs';
import {fold, h, hidden, show} from './dom.mjs';
import {say} from './words.mjs';
import {money} from './format.mjs';
import {field, forgetFields, moreFields, placeField} from './fields.mjs';
import {bigFigure, effectWords, openQuestions, question, valueWords} from './answer.mjs';
import {isReady, LETTERS, postsOf} from './state.mjs';

const NOTICE_MAX = 2 * 1024 * 1024;

// ---- reading ----

// The post that the engine makes of a notice, as it writes it into a file.
function readPost(ini) {
  const post = {};
  for (const line of ini.split('\n')) {
    const [, name, value] = line.match(/^([a-z_]+) = (.*?)(?:\s+;.*)?$/) ?? [];
    if (name && name !== 'label' && app.inputs.has(name)) post[name] = value.replace(/^"(.*)"$/, '$1');
  }
  return post;
}

export async function readNotice(name, text) {
  if (text.length > NOTICE_MAX) return {name, refused: say('{0} is larger than 2 MB: no vacancy notice is. Is it the right file?', name)};
  const files = {'notice.txt': text};
  const reading = (await engineJson(['notice', 'notice.txt'], files));
  const value = Array.isArray(reading.value) ? reading.value[0] : reading.value;
  if (!value || value.verdict === 'none')
    return {name, refused: [say('{0} does not read like a vacancy notice.', name), reading.said.diagnostics[0]?.hint ?? ''].join(' ')};
  const ini = await engine(['notice', 'notice.txt', '--format', 'ini'], files);
  if (!ini.text) return {name, refused: reading.said.diagnostics.map(d => d.message).join('. ')};
  return {name, text, value, post: readPost(ini.text)};
}

// Each notice becomes a post; the first free letter is its place.
async function take(notices) {
  for (const {name, text} of notices) {
    const notice = await readNotice(name, text);
    const used = postsOf(app.state), letter = LETTERS.find(each => !used.includes(each));
    if (!notice.refused && !letter) notice.refused = say('There are six posts already: remove one under Compare.');
    if (!notice.refused) {
      app.state.posts[letter] = notice.post;
      app.state.post = letter;
      app.notices = [...app.notices.filter(other => other.letter !== letter), {...notice, letter}];
    }
    refused = notice.refused ? [...refused, notice.refused] : refused;
  }
  forgetFields();
  app.changed({});
}

let refused = [], typed = '';

async function takeFiles(list) {
  refused = [];
  const notices = [];
  for (const file of [...list].slice(0, 6)) {
    if (file.size > NOTICE_MAX) refused.push(say('{0} is larger than 2 MB: no vacancy notice is. Is it the right file?', file.name));
    else if (/\.ini$/.test(file.name)) app.takePerson?.(await file.text());
    else notices.push({name: file.name, text: await file.text()});
  }
  await take(notices);
}

function takePasted(text) {
  refused = [];
  typed = '';
  return take([{name: say('The text'), text}]);
}

// ---- what was read, beside the text ----

const FIELDS = ['title', 'grade', 'twin_grade', 'town', 'country', 'start', 'body', 'salary_amount', 'contract', 'contract_months', 'closing',
  'reference', 'languages', 'slp', 'clearance', 'experience_years', 'twin_reduction_months', 'seconded_max_months', 'salary_currency'];
const LABELS = {town: 'town', country: 'duty_country', salary_amount: 'basic_salary'};
const labelOf = name => app.inputs.get(LABELS[name] ?? name)?.label
  ?? ({seconded_max_months: say('Secondment at most, months'), salary_currency: say('Currency of the salary')})[name] ?? name;

const found = notice => FIELDS.filter(name => notice.value.fields[name]?.value != null).map((name, i) => ({name, number: i + 1, ...notice.value.fields[name]}));

function wordsOf({name, value}, notice) {
  if (name === 'country') return country(value);
  if (name === 'salary_amount') return money(value, notice.value.fields.salary_currency?.value ?? '');
  return valueWords(LABELS[name] ?? name, String(value));
}

// The text with a mark at each place where a value stands. Lines without one are folded away.
function markedText(notice, values) {
  const lines = notice.text.split(/\r\n|\r|\n/), marks = new Map();
  for (const each of values) if (each.line) marks.set(each.line, [...(marks.get(each.line) ?? []), each]);
  const parts = [];
  let skipped = [];
  const flush = () => {
    const text = skipped.filter(line => line.trim());
    if (text.length) parts.push(h('details', {class: 'cut'}, h('summary', {}, text.length === 1 ? say('1 line without a value') : say('{0} lines without a value', text.length)), text.map(line => h('p', {}, line))));
    skipped = [];
  };
  lines.forEach((line, i) => {
    const here = marks.get(i + 1);
    if (!here) return skipped.push(line);
    flush();
    parts.push(h('p', {}, markLine(line, here)));
    return null;
  });
  flush();
  return parts;
}

function markLine(line, here) {
  const parts = [];
  let at = 0;
  for (const each of here.filter(x => x.column).sort((a, b) => a.column - b.column)) {
    const from = Math.max(at, each.column - 1), rest = line.slice(from);
    const length = rest.startsWith(String(each.value)) ? String(each.value).length : rest.match(/^[^\s,;.]+(?: [A-Z0-9][^\s,;]*)*/)?.[0].length ?? 1;
    parts.push(line.slice(at, from), h('mark', {class: each.confidence === 'low' ? 'unsure' : ''}, line.slice(from, from + length), h('sup', {class: 'k'}, each.number)));
    at = from + length;
  }
  return [...parts, line.slice(at)];
}

function doubts(each, notice) {
  const others = each.alternatives?.map(other => other.value).slice(0, 3).join(', ');
  return [each.name === 'start' && !notice.post.start ? h('span', {class: 'note'}, say('Since when the post is vacant, so it is not taken as your start.'))
    : each.confidence === 'low' ? h('span', {class: 'note'}, say('Not certain.')) : null,
  others ? h('span', {class: 'note'}, ' ', say('It could also be: {0}.', others)) : null];
}

const foundRow = (each, notice) => h('div', {}, h('dt', {}, h('span', {class: 'k'}, each.number), labelOf(each.name)),
  h('dd', {}, wordsOf(each, notice), doubts(each, notice)));

function foundList(notice, values) {
  const first = values.slice(0, 9), more = values.slice(9);
  return [h('dl', {class: 'values'}, first.map(each => foundRow(each, notice))),
    more.length ? fold('found-more', say('{0} more', more.length), h('dl', {class: 'values'}, more.map(each => foundRow(each, notice)))) : null];
}

function postFields(letter) {
  const post = app.state.posts[letter];
  return h('div', {class: 'stacked'}, field('grade', post, {prefix: letter, label: say('Grade')}), placeField(post, letter),
    field('start', post, {prefix: letter, label: say('Start of the contract')}), moreFields(post, letter));
}

// What no notice says is asked at once: who one is, then what could move the net most.
function missing(place) {
  const answer = app.estimate?.net ? app.estimate : null, {nationality} = app.state.person;
  const rows = answer ? openQuestions(answer, place).filter(row => row.answered || (row.input !== 'nationality' && effectWords(row, answer.currency))).slice(0, 3) : [];
  return h('section', {class: 'part', id: 'missing'}, h('h2', {}, say('What no notice says')),
    h('ol', {class: 'asks'}, h('li', {}, field('nationality', app.state.person, {prefix: 'ask'})), nationality ? rows.map(row => question(row, answer, 'ask')) : null),
    h('p', {class: 'actions'}, h('a', {class: 'button', href: '#tab=answer', 'data-tab': 'answer'}, say('Show the pay')), ' ', h('a', {class: 'button second', href: '#tab=about', 'data-tab': 'about'}, say('All questions'))));
}

function readNoticeView(notice, place) {
  const values = found(notice), others = app.notices.filter(other => other !== notice);
  return [h('div', {class: 'head'}, h('h1', {}, isReady(app.state, notice.letter) ? say('The notice is read.') : say('The notice is read. The grade or the place is missing.')),
    notice.value.salary_check?.text ? h('p', {class: 'lead'}, notice.value.salary_check.text) : null),
  h('div', {class: 'read'}, h('div', {class: 'found'}, h('div', {class: 'bar-row'}, h('h2', {}, say('Found in the text')), others.map(other => h('button', {type: 'button', class: 'plain', onclick: () => {
    app.state.post = other.letter;
    app.changed({});
  }}, other.value.fields.title?.value ?? other.name))), foundList(notice, values),
  missing(place.querySelector('#missing')), h('section', {class: 'part'}, h('h2', {}, say('Change what was read')), postFields(notice.letter))),
  h('div', {class: 'text'}, h('h2', {}, notice.value.fields.reference?.value ? say('Vacancy notice {0}', notice.value.fields.reference.value) : notice.name),
    h('div', {class: 'paper', tabindex: '0', role: 'region', 'aria-label': say('Text of the notice, with what was found marked')}, markedText(notice, values)))),
  h('section', {class: 'part'}, h('h2', {}, say('Another notice')), dropZone())];
}

// ---- beginning ----

function dropZone() {
  const area = h('textarea', {id: 'paste', rows: 8, maxlength: NOTICE_MAX, spellcheck: 'false', value: typed, placeholder: say('Post title, grade, duty location ...'), oninput: event => { typed = event.target.value; }, onpaste: event => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length < 200 && !text.includes('\n')) return;
    event.preventDefault();
    takePasted(text);
  }});
  const picker = h('input', {type: 'file', multiple: true, class: 'vh', id: 'notice-file', accept: '.txt,.html,.htm,.md,.ini,text/plain,text/html', onchange: event => takeFiles(event.target.files)});
  return h('div', {class: 'drop', ondragover: event => event.preventDefault(), ondrop: event => {
    event.preventDefault();
    const files = event.dataTransfer.files, text = event.dataTransfer.getData('text/plain');
    if (files.length) takeFiles(files); else if (text) takePasted(text);
  }}, h('label', {for: 'paste'}, say('The vacancy notice'), h('span', {class: 'hint'}, say('Paste its text, or drop one or several text files here.'))), area,
  refused.map(words => h('p', {class: 'error', role: 'alert'}, words)),
  h('p', {class: 'actions'}, h('button', {type: 'button', class: 'button', id: 'read', onclick: () => takePasted(document.getElementById('paste').value)}, say('Read it')), ' ',
    h('label', {for: 'notice-file', class: 'button second'}, say('Choose files')), picker));
}

const vow = (head, words) => h('p', {}, h('b', {}, head), ' ', words);

function beginning() {
  const letter = app.state.post, post = app.state.posts[letter], answer = app.estimate;
  return h('div', {class: 'two'}, h('div', {}, h('div', {class: 'head'}, h('h1', {}, say('What would this NATO post pay you?')),
    h('p', {class: 'lead'}, say('Paste the vacancy notice, and the page finds grade, place and salary by itself. Or answer three questions.'))),
  dropZone(), h('h2', {class: 'or'}, say('Or answer three questions')), h('div', {class: 'trio'}, field('grade', post, {prefix: letter, label: say('Grade')}), placeField(post, letter),
    field('nationality', app.state.person, {prefix: 'p', label: say('Your nationality')})), h('div', {class: 'under stacked'}, field('start', post, {prefix: letter, label: say('Start of the contract')}), moreFields(post, letter))),
  h('div', {class: answer?.net ? 'aside part' : 'aside empty part'}, h('p', {class: 'kicker'}, say('Net pay a month')), answer?.net
    ? [bigFigure(answer.net, answer.currency), h('p', {class: 'small'}, say('What you leave open is assumed, and said. Not an official calculation.')), h('p', {class: 'actions'}, h('a', {class: 'button', href: '#tab=answer', 'data-tab': 'answer'}, say('Show the pay')))]
    : [h('p', {class: 'figure'}, hidden(say('Not known yet')), h('span', {class: 'cur'}, '€'), h('span', {class: 'blank'})), h('p', {class: 'small'}, say('It stands here as soon as grade and place are given. Whatever you leave open is assumed, and said.'))],
  h('div', {class: 'vow small'}, vow(say('Private.'), say('The whole calculator is in this file. Switch the network off and it still works.')), vow(say('Exact.'), say('To the cent, with the rule and the source of each line.')),
    vow(say('Honest.'), say('What is not published is assumed in the open, with a low and a high.')), vow(say('Not official.'), say('Only the organisation that employs you can tell you your pay.')))));
}

export function drawStart(place) {
  const notice = app.notices.find(each => each.letter === app.state.post);
  show(place, notice ? readNoticeView(notice, place) : beginning());
}
