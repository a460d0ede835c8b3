// A field for an input, by its type: countries and towns by name, dates by the browser's own picker, shares in percent.
// A field is made once and kept, so that what is half typed in it stays when the page around it is drawn anew.
import {app, problemsOf, withLabels} from './app.mjs';
import {fold, h, hidden, placed} from './dom.mjs';
import {say, language, sentences} from './words.mjs';

const kept = new Map();
export const forgetFields = () => kept.clear();

const option = (value, label, chosen) => {
  const made = h('option', {value}, label);
  made.selected = value === chosen;
  return made;
};

function countryOptions(value) {
  const members = app.countries.filter(c => c.member === 'yes'), others = app.countries.filter(c => c.member !== 'yes');
  const of = list => list.map(c => option(c.country, c.label, value));
  return [option('', '', value), h('optgroup', {label: say('NATO members')}, of(members)),
    h('optgroup', {label: say('Other countries')}, of(others))];
}

// Stations by town, then countries: what is chosen says which input it is for.
function placeOptions(post) {
  const chosen = post.station ? `station:${post.station}` : post.duty_country ? `country:${post.duty_country}` : '';
  const names = app.stations.map(s => [`station:${s.station}`, s.town]).sort((a, b) => a[1].localeCompare(b[1]));
  return [option('', '', chosen), h('optgroup', {label: say('Town')}, names.map(([v, label]) => option(v, label, chosen))),
    h('optgroup', {label: say('Country')}, app.countries.map(c => option(`country:${c.country}`, c.label, chosen)))];
}

const typed = {
  // "80" of a share means 80 %; a decimal comma is one; blanks part thousands
  number(input, text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
    return input.unit === '%' && plain && !plain.endsWith('%') ? `${plain}%` : plain;
  },
  money: (input, text) => text.replace(/[\s\u00a0\u202f€$£]/g, '').replace(',', '.'),
};
const shown = (input, value) => input.unit === '%' ? value.replace(/%$/, '') : value;

function select(options, id, onchange) {
  return h('select', {id, onchange: event => onchange(event.target.value)}, options);
}

function textField(input, id, values, onchange) {
  const numeric = input.type === 'number' || input.type === 'money';
  return h('input', {id, type: input.type === 'date' ? 'date' : 'text', inputmode: numeric ? 'decimal' : null,
    autocomplete: 'off', maxlength: 300, value: shown(input, values[input.input] ?? ''),
    oninput: event => onchange((typed[input.type] ?? ((_, text) => text))(input, event.target.value))});
}

// Dates of birth: one picker for each child.
function datesField(input, id, values, onchange) {
  const box = h('div', {class: 'dates', role: 'group', 'aria-labelledby': `${id}-label`});
  const pickers = () => [...box.querySelectorAll('input')];
  const tell = () => onchange(pickers().map(p => p.value).filter(Boolean).join(', '));
  const more = h('button', {type: 'button', class: 'plain', id: `${id}-more`, onclick: () => add('').focus()}, say('Add a child'));
  function add(value) {
    const n = pickers().length + 1;
    const picker = h('input', {type: 'date', value, id: n === 1 ? id : `${id}-${n}`, 'aria-label': say('Child {0}: date of birth', n), oninput: tell});
    const row = h('div', {class: 'date'}, picker, h('button', {type: 'button', class: 'plain', onclick: () => {
      row.remove();
      tell();
      more.focus();
    }}, say('Remove'), hidden(' ' + say('child {0}', n))));
    more.before(row);
    return picker;
  }
  box.append(more);
  for (const value of (values[input.input] ?? '').split(/\s*,\s*/).filter(Boolean)) add(value);
  return box;
}

function control(input, id, values, onchange) {
  const value = values[input.input] ?? '';
  if (input.type === 'country') return select(countryOptions(value), id, onchange);
  if (input.type === 'grade') return select([option('', '', value), ...app.grades.map(g => option(g.grade, g.grade, value))], id, onchange);
  if (input.type === 'truth') return select([['', ''], ['yes', say('Yes')], ['no', say('No')]].map(([v, label]) => option(v, label, value)), id, onchange);
  if (input.choices.length)
    return select([option('', '', value), ...input.choices.map(c => option(c.value, c.label, value))], id, onchange);
  return input.type === 'dates' ? datesField(input, id, values, onchange) : textField(input, id, values, onchange);
}

const UNITS = {'money a month': () => say('a month'), 'money a year': () => say('a year'), '%': () => '%', km: () => 'km',
  months: () => say('months'), years: () => say('years')};

function unit(input, currency) {
  const text = UNITS[input.unit]?.();
  return text && (input.type === 'money' ? `${currency} ${text}` : text);
}

// values: the group of the state that holds the input. extra: what stands between label and control.
export function field(name, values, {prefix, extra = null, label = null} = {}) {
  const input = app.inputs.get(name);
  if (!input) return null;
  const id = `${prefix}-${name}`, key = `${language()} ${id}`;
  const make = () => control(input, id, values, value => {
    if (value === '') delete values[name]; else values[name] = value;
    app.changed({field: name});
  });
  if (!kept.has(key) || kept.get(key).dataset.value !== (values[name] ?? '')) {
    const focused = kept.get(key)?.contains(document.activeElement);
    if (!focused) kept.set(key, make());
  }
  const made = kept.get(key), problems = problemsOf(name);
  made.dataset.value = values[name] ?? '';
  made.setAttribute('aria-describedby', `${id}-note`);
  if (problems.length) made.setAttribute('aria-invalid', 'true'); else made.removeAttribute('aria-invalid');
  const measure = unit(input, app.estimate?.currency ?? 'EUR');
  const text = label ?? input.question ?? input.label;
  return h('div', {class: 'field', 'data-input': name},
    input.type === 'dates' ? h('p', {class: 'label', id: `${id}-label`}, text) : h('label', {for: id}, text), extra,
    measure ? h('div', {class: 'money'}, placed(made), h('span', {class: 'small'}, measure)) : placed(made),
    h('div', {id: `${id}-note`}, problems.map(problem => h('p', {class: 'error'}, sentences(problem))),
      !problems.length && input.note ? h('p', {class: 'note'}, withLabels(input.note)) : null));
}

// What a notice says besides grade, place and start, or somebody who serves already: for posts that are given by hand.
const MORE = ['twin_grade', 'contract', 'contract_months', 'step', 'part_time', 'basic_salary', 'closing', 'lodging_provided'];
export const moreFields = (post, prefix) => fold(`${prefix}-more`, say('More about the post'), h('div', {class: 'stacked'}, MORE.map(name => field(name, post, {prefix}))));

// Town or country of a post, as one field.
export function placeField(post, prefix, label = say('Town or country of the post')) {
  const id = `${prefix}-place`;
  const field = select(placeOptions(post), id, value => {
    delete post.station;
    delete post.duty_country;
    delete post.town;
    const [kind, name] = value.split(':');
    if (kind === 'station') {
      post.station = name;
      post.duty_country = app.stations.find(s => s.station === name)?.country ?? '';
    }
    if (kind === 'country') post.duty_country = name;
    app.changed({field: 'place'});
  });
  const problems = [...problemsOf('duty_country'), ...problemsOf('station')];
  return h('div', {class: 'field'}, h('label', {for: id}, label), field,
    problems.map(problem => h('p', {class: 'error'}, sentences(problem))));
}
