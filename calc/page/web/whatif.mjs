// What if: each uncertain figure as a slider, those that matter most first, and what one decides oneself.
import {app, engineJson, withFigures, withLabels} from './app.mjs';
import {h, show} from './dom.mjs';
import {say, language, sentences} from './words.mjs';
import {isZero, larger, minus, rounded, size, wholeMoney, years} from './format.mjs';
import {bigFigure} from './answer.mjs';
import {monthsSwitch} from './contract.mjs';
import {isReady, setsOf} from './state.mjs';

const percent = text => /%$/.test(text ?? '');
const number = text => Number(String(text ?? '0').replace(/[^\d.-]/g, ''));

async function total(state, figures) {
  const [args, files] = withFigures(['timeline', ...setsOf(state, state.post), '--months', String(state.months)], figures);
  const {value} = await engineJson(args, files);
  return value && {amount: value.paths[0].total_net, currency: value.currency};
}

// Parameters with a low and a high, of those that this post's pay over time may rest on.
const uncertain = () => app.parameters.filter(row => row.low && row.high && row.low !== row.high && !row.country);

// What one may turn besides the figures of the rule book, and how far a slider of it goes.
const INPUTS = {annual_adjustment: {of: 'scenario', low: '0', high: '5', step: 0.1}, part_time: {of: 'post', low: '50', high: '100', step: 5},
  voluntary_pension_rate: {of: 'person', low: '0', high: '5', step: 0.5}, spouse_monthly_income: {of: 'person', low: '0', high: '10000', step: 100}};
const groupOf = (state, {of}) => of === 'post' ? state.posts[state.post] : state[of];
const valueOf = (name, value) => app.inputs.get(name).unit === '%' ? `${value}%` : value;

function withInput(state, name, value) {
  const {of} = INPUTS[name], changed = {...groupOf(state, INPUTS[name]), [name]: valueOf(name, value)};
  return of === 'post' ? {...state, posts: {...state.posts, [state.post]: changed}} : {...state, [of]: changed};
}

let effects = {key: '', rows: []};

// How far each moves the total, the others as they are: the engine computes both ends.
async function ranked(plain) {
  const key = JSON.stringify([setsOf(plain, plain.post), plain.months, plain.lang]);
  if (effects.key === key) return effects.rows;
  const rows = [...uncertain(), ...Object.keys(INPUTS).map(input => ({input, ...INPUTS[input]}))];
  for (const row of rows) {
    const ends = [];
    for (const value of [row.low, row.high]) ends.push(await (row.input ? total(withInput(plain, row.input, value), {}) : total(plain, {[row.parameter]: value})));
    Object.assign(row, {at_low: ends[0]?.amount, at_high: ends[1]?.amount, spread: ends.every(Boolean) ? size(minus(ends[0].amount, ends[1].amount)) : '0'});
  }
  rows.sort((a, b) => larger(b.spread, a.spread) ? 1 : -1);
  effects = {key, rows: rows.filter(row => row.input || !isZero(row.spread))};
  return effects.rows;
}

const unitWords = unit => unit === 'months' ? say('months') : unit;
const measured = (value, unit) => `${language() === 'fr' ? String(value).replace('.', ',') : value} ${unitWords(unit)}`;

// A slider with the mark of what is assumed, and a field for an exact figure of one's own.
function slider(id, {label, note, low, high, now, assumed, unit, step, set, effect}) {
  const range = h('input', {type: 'range', id: `slide-${id}`, min: low, max: high, step, value: now, onchange: event => set(event.target.value), oninput: event => { exact.value = event.target.value; }});
  const exact = h('input', {id: `exact-${id}`, inputmode: 'decimal', autocomplete: 'off', maxlength: 10, 'aria-label': say('{0}: exactly', label), value: now, onchange: event => set(event.target.value.replace(',', '.').replace(/[^\d.-]/g, ''))});
  const share = (assumed - low) / (high - low), end = value => h('span', {}, value === assumed ? say('{0}, assumed', measured(value, unit)) : measured(value, unit));
  const mark = h('span', {class: share < 0.3 || share > 0.7 ? 'at below' : 'at'}, say('assumed: {0}', measured(assumed, unit)));
  mark.style.setProperty('--p', share);
  return h('li', {}, h('div', {class: 'top'}, h('label', {for: `slide-${id}`}, label), h('span', {class: 'money exact'}, exact, h('span', {class: 'small'}, unitWords(unit)))),
    h('div', {}, note ? h('p', {class: 'hint'}, withLabels(note)) : null, range, h('div', {class: 'ends'}, end(low), share > 0 && share < 1 ? mark : null, end(high))), h('div', {class: 'eff'}, effect ? h('p', {}, effect) : null));
}

// What the net would be at the ends that are not what holds now.
function endWords(ends, unit, base) {
  const signed = amount => `${larger(amount, '0') ? '+' : ''}${wholeMoney(amount, base.currency)}`;
  return ends.filter(([, amount]) => amount && !isZero(minus(amount, base.amount)))
    .map(([value, amount]) => h('span', {class: 'source'}, say('At {0}: {1}', measured(value, unit), signed(minus(amount, base.amount)))));
}

function figureSlider(row, base) {
  const unit = percent(row.value) ? '%' : row.value.replace(/[\d.,\s-]/g, ''), own = app.state.figures[row.parameter];
  const [low, high] = [number(row.low), number(row.high)].sort((a, b) => a - b), [atLow, atHigh] = low === number(row.low) ? [row.at_low, row.at_high] : [row.at_high, row.at_low];
  return slider(row.parameter, {label: row.label, note: row.note, low, high, now: number(own ?? row.value), assumed: number(row.value), unit, step: high - low <= 10 ? 0.1 : 1, set: value => {
    if (value === '' || Number(value) === number(row.value)) delete app.state.figures[row.parameter];
    else app.state.figures[row.parameter] = unit === '%' ? `${value}%` : `${value} ${unit}`;
    app.changed({});
  }, effect: endWords([[low, atLow], [high, atHigh]], unit, base)});
}

function inputSlider(row, base, more = null) {
  const input = app.inputs.get(row.input), group = groupOf(app.state, row), own = group[row.input], unit = input.unit === '%' ? '%' : app.estimate?.currency ?? 'EUR';
  const plain = number(input.default) * (input.unit === '%' ? 100 : 1);
  return slider(row.input, {label: input.label, note: input.note, low: number(row.low), high: number(row.high), now: own === undefined ? plain : number(own), assumed: plain, unit, step: row.step, set: value => {
    if (value === '' || Number(value) === plain) delete group[row.input]; else group[row.input] = valueOf(row.input, value);
    app.changed({});
  }, effect: [more, endWords([[number(row.low), row.at_low], [number(row.high), row.at_high]], unit, base)]});
}

const part = (id, head, words, ...content) => h('section', {class: 'part', 'aria-labelledby': id}, h('h2', {id}, head), h('p', {}, words), h('div', {class: 'body'}, h('ol', {class: 'sliders'}, content)));

export async function drawWhatIf(place) {
  if (!isReady(app.state, app.state.post)) return show(place, h('h1', {}, say('Say first which post it is')), h('p', {}, h('a', {href: '#tab=start', 'data-tab': 'start', class: 'button'}, say('Start'))));
  const plain = {...app.state, scenario: {}}, base = await total(plain, {}), now = await total(app.state, app.state.figures), rows = await ranked(plain);
  if (!base || !now) return show(place, h('h1', {}, say('What if')), app.problems.map(d => h('p', {class: 'error'}, sentences(d))));
  const change = minus(now.amount, base.amount), post = app.state.posts[app.state.post], own = Object.keys(app.state.figures).length + Object.keys(app.state.scenario).length;
  return show(place, h('h1', {class: 'vh'}, say('What if')), h('div', {class: 'bar-row'}, h('p', {class: 'kicker'}, say('Net over {0}, with your changes', years(app.state.months / 12))), monthsSwitch(() => app.changed({}), [36, 72, 120])),
    bigFigure(rounded(now.amount), now.currency), h('p', {class: 'lead'}, isZero(change) ? say('As with our assumptions. Move a slider to see what would change.') : larger(change, '0')
      ? say('{0} more than with our assumptions, which give {1}.', wholeMoney(change, now.currency), wholeMoney(base.amount, base.currency)) : say('{0} less than with our assumptions, which give {1}.', wholeMoney(size(change), now.currency), wholeMoney(base.amount, base.currency)),
    own ? [' ', h('button', {type: 'button', class: 'plain', id: 'put-back', onclick: () => { app.state.figures = {}; app.state.scenario = {}; app.changed({}); }}, say('Put everything back'))] : null), h('p', {class: 'note'}, say('Not an official calculation.')),
    part('h-unknown', say('What is not known'), say('Largest effect first. Your own figure replaces ours in every tab.'),
      rows.filter(row => !row.input || row.of === 'scenario').map(row => row.input ? inputSlider(row, base, say('Every salary rises by it on 1 January. Nobody knows; nothing is assumed.')) : figureSlider(row, base))),
    part('h-decide', say('What you decide'), say('These change the pay itself, not how sure it is.'),
      rows.filter(row => row.input && row.of !== 'scenario' && (row.input !== 'spouse_monthly_income' || app.state.person.spouse === 'yes')).map(row => inputSlider(row, base))));
}
