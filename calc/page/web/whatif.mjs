// What if: each uncertain figure as a slider, those that matter most first, and what one decides oneself.
import {app, engineJson, withFigures, withLabels} from './app.mjs';
import {h, show} from './dom.mjs';
import {say, language} from './words.mjs';
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

let effects = {key: '', rows: []};

// How far each moves the total, the others as they are: the engine computes both ends.
async function ranked() {
  const key = JSON.stringify([setsOf(app.state, app.state.post), app.state.months, app.state.lang]);
  if (effects.key === key) return effects.rows;
  const rows = [];
  for (const row of uncertain()) {
    const ends = [];
    for (const value of [row.low, row.high]) ends.push(await total(app.state, {[row.parameter]: value}));
    if (ends.every(Boolean)) rows.push({...row, at_low: ends[0].amount, at_high: ends[1].amount, spread: size(minus(ends[0].amount, ends[1].amount))});
  }
  rows.sort((a, b) => larger(b.spread, a.spread) ? 1 : -1);
  effects = {key, rows: rows.filter(row => !isZero(row.spread))};
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

function figureSlider(row, base) {
  const unit = percent(row.value) ? '%' : row.value.replace(/[\d.,\s-]/g, ''), own = app.state.figures[row.parameter];
  const [low, high] = [number(row.low), number(row.high)].sort((a, b) => a - b);
  const signed = amount => `${larger(amount, '0') ? '+' : ''}${wholeMoney(amount, base.currency)}`;
  return slider(row.parameter, {label: row.label, note: row.note, low, high, now: number(own ?? row.value), assumed: number(row.value), unit, step: high - low <= 10 ? 0.1 : 1, set: value => {
    if (value === '' || Number(value) === number(row.value)) delete app.state.figures[row.parameter];
    else app.state.figures[row.parameter] = unit === '%' ? `${value}%` : `${value} ${unit}`;
    app.changed({});
  }, effect: [[low, low === number(row.low) ? row.at_low : row.at_high], [high, high === number(row.high) ? row.at_high : row.at_low]].filter(([value]) => value !== number(row.value))
    .map(([value, amount]) => h('span', {class: 'source'}, say('At {0}: {1}', measured(value, unit), signed(minus(amount, base.amount)))))});
}

function inputSlider(name, group, low, high, step, effect) {
  const input = app.inputs.get(name);
  if (!input) return null;
  const plain = number(input.default) * (input.unit === '%' ? 100 : 1), own = group[name];
  return slider(name, {label: input.label, note: input.note, low, high, now: own === undefined ? plain : number(own), assumed: plain, unit: input.unit === '%' ? '%' : app.estimate?.currency ?? 'EUR', step, set: value => {
    if (value === '' || Number(value) === plain) delete group[name]; else group[name] = input.unit === '%' ? `${value}%` : value;
    app.changed({});
  }, effect});
}

const part = (id, head, words, ...content) => h('section', {class: 'part', 'aria-labelledby': id}, h('h2', {id}, head), h('p', {}, words), h('div', {class: 'body'}, h('ol', {class: 'sliders'}, content)));

export async function drawWhatIf(place) {
  if (!isReady(app.state, app.state.post)) return show(place, h('h1', {}, say('Say first which post it is')), h('p', {}, h('a', {href: '#tab=start', 'data-tab': 'start', class: 'button'}, say('Start'))));
  const plain = {...app.state, scenario: {}}, base = await total(plain, {}), now = await total(app.state, app.state.figures), rows = await ranked();
  if (!base || !now) return show(place, h('h1', {}, say('What if')), app.problems.map(d => h('p', {class: 'error'}, d.message)));
  const change = minus(now.amount, base.amount), post = app.state.posts[app.state.post], own = Object.keys(app.state.figures).length + Object.keys(app.state.scenario).length;
  return show(place, h('h1', {class: 'vh'}, say('What if')), h('div', {class: 'bar-row'}, h('p', {class: 'kicker'}, say('Net over {0}, with your changes', years(app.state.months / 12))), monthsSwitch(() => app.changed({}), [36, 72, 120])),
    bigFigure(rounded(now.amount), now.currency), h('p', {class: 'lead'}, isZero(change) ? say('As with our assumptions. Move a slider to see what would change.') : larger(change, '0')
      ? say('{0} more than with our assumptions, which give {1}.', wholeMoney(change, now.currency), wholeMoney(base.amount, base.currency)) : say('{0} less than with our assumptions, which give {1}.', wholeMoney(size(change), now.currency), wholeMoney(base.amount, base.currency)),
    own ? [' ', h('button', {type: 'button', class: 'plain', id: 'put-back', onclick: () => { app.state.figures = {}; app.state.scenario = {}; app.changed({}); }}, say('Put everything back'))] : null), h('p', {class: 'note'}, say('Not an official calculation.')),
    part('h-unknown', say('What is not known'), say('Largest effect first. Your own figure replaces ours in every tab.'), inputSlider('annual_adjustment', app.state.scenario, 0, 5, 0.1, say('Every salary rises by it on 1 January. Nobody knows; nothing is assumed.')), rows.map(row => figureSlider(row, base))),
    part('h-decide', say('What you decide'), say('These change the pay itself, not how sure it is.'), inputSlider('part_time', post, 50, 100, 5), inputSlider('voluntary_pension_rate', app.state.person, 0, 5, 0.5), app.state.person.spouse === 'yes' ? inputSlider('spouse_monthly_income', app.state.person, 0, 10000, 100) : null));
}
