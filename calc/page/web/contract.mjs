// The contract over time: what is paid when, on which path, and the dates that matter.
import {app, engine, engineJson, postName, withFigures} from './app.mjs';
import {download, h, show} from './dom.mjs';
import {say, sentences} from './words.mjs';
import {day, minus, money, shortMonth, size, wholeMoney, years, larger} from './format.mjs';
import {axisTime, contractBar, steps, valuesInWords} from './charts.mjs';
import {isReady, postsOf, setsOf} from './state.mjs';
import {impossible, statusWords} from './answer.mjs';

// Of all dates those that most people plan by; the others are in the list below and in the calendar file.
const MATTER = ['probation_end', 'twin_window', 'twin_normal', 'renewal_decision', 'contract_end', 'expatriation_falls'];

const choices = (label, all, chosen, act) => h('div', {class: 'switch', role: 'group', 'aria-label': label}, all.map(([value, words]) =>
  h('button', {type: 'button', 'aria-pressed': String(value === chosen), onclick: () => act(value)}, words)));

export function monthsSwitch(act, all = [36, 72, 120]) {
  return choices(say('How far'), all.map(n => [n, say('{0} years', n / 12)]), app.state.months, n => {
    app.state.months = n;
    act();
  });
}

const stretchesOf = path => path.stretches.map(x => ({...x, start: axisTime(x.from), end: axisTime(x.to) + 864e5}));
const KINDS = {normal: 'main', only: 'main', earliest: 'earliest', never: 'never', direct: 'earliest'};

// Short enough to stand at the end of a line.
const pathWords = path => ({normal: say('normal course'), earliest: say('earliest'), never: say('never'), direct: say('appointed direct')})[path.name] ?? path.label;

function drawing(answer, paths) {
  const first = paths[0].stretches, later = answer.contract.end ? axisTime(answer.contract.end) : null;
  const lines = paths.map((path, i) => ({name: paths.length > 1 ? pathWords(path) : say('net a month'), kind: i === 0 ? 'main' : KINDS[path.name] ?? 'grey',
    detail: wholeMoney(path.stretches.at(-1).net, answer.currency), stretches: stretchesOf(path)}));
  return steps(lines, {currency: answer.currency, ticks: yearTicks(first), later, laterWords: say('if another contract follows'),
    title: say('Net pay a month'), description: valuesInWords(first, answer.currency)});
}

// A mark for each year of service, whatever the stretches are.
function yearTicks(stretches) {
  const begin = stretches[0].from, last = axisTime(stretches.at(-1).to), ticks = [];
  for (let year = Number(begin.slice(0, 4)); ; year++) {
    const from = `${year}${begin.slice(4)}`;
    if (axisTime(from) > last) return ticks;
    ticks.push({at: axisTime(from), words: shortMonth(from)});
  }
}

// What each period may pay at least and at most: the estimate of its first month.
function withRange(path) {
  return Promise.all(path.stretches.map(async stretch => {
    const [args, files] = withFigures(['estimate', ...setsOf(app.state, app.state.post), '--date', stretch.from]);
    const {value} = await engineJson(args, files);
    return value?.net === stretch.net ? {...stretch, net_low: value.net_low, net_high: value.net_high} : stretch;
  }));
}

function headline(answer, paths) {
  const count = app.state.months / 12, total = wholeMoney(paths[0].total_net, answer.currency);
  const span = years(count), longer = answer.contract.end && answer.contract.end < paths[0].stretches.at(-1).to;
  const others = paths.slice(1).map(path => {
    const difference = minus(path.total_net, paths[0].total_net), amount = wholeMoney(size(difference), answer.currency);
    return larger(difference, '0') ? say('{0}: {1} more.', path.label, amount) : say('{0}: {1} less.', path.label, amount);
  });
  const {total_net_low: low, total_net_high: high} = paths[0];
  const range = low == null || low === high ? null : h('p', {class: 'lead'}, say('Between {0} and {1}, as some figures are not published.', wholeMoney(low, answer.currency), wholeMoney(high, answer.currency)));
  return h('div', {class: 'head'}, h('h1', {}, longer ? say('{0} net over {1}, if another contract follows', total, span) : say('{0} net over {1}', total, span)),
    range, h('p', {class: 'note'}, say('Not an official calculation.')), others.length ? h('p', {class: 'lead'}, paths[0].label, '. ', others.join(' ')) : null);
}

const dateRow = (m, number) => h('li', {}, h('b', {}, day(m.date)), h('span', {}, number ? h('b', {}, `${number}. ${m.label}`) : m.label, m.number ? ` (${m.number})` : ''),
  h('span', {class: 'note'}, statusWords(m.status)));

function table(answer, path) {
  return h('section', {class: 'part'}, h('h2', {}, say('Each period')), h('div', {class: 'scroll', tabindex: '0', role: 'group', 'aria-label': say('Each period')},
    h('table', {class: 'table periods'}, h('thead', {}, h('tr', {}, [say('From'), say('Grade and step'), say('Net a month'), say('Paid once'), say('What changes')].map((words, i) => h('th', {scope: 'col', class: i === 2 || i === 3 ? 'r' : ''}, words)))),
      h('tbody', {}, path.stretches.map(x => h('tr', {}, h('th', {scope: 'row'}, day(x.from)), h('td', {class: 'l'}, `${x.grade} / ${x.step}`), h('td', {}, money(x.net, answer.currency)),
        h('td', {}, x.once === '0.00' ? '' : money(x.once, answer.currency)), h('td', {class: 'l free'}, x.causes.join(', '))))))));
}

export async function drawContract(place) {
  if (!isReady(app.state, app.state.post)) return show(place, h('h1', {}, say('Say first which post it is')), h('p', {}, h('a', {href: '#tab=start', 'data-tab': 'start', class: 'button'}, say('Start'))));
  const [args, files] = withFigures(['timeline', ...setsOf(app.state, app.state.post), '--months', String(app.state.months)]);
  const {value: answer, said} = await engineJson(args, files);
  if (!answer) return show(place, h('h1', {}, say('The contract cannot be drawn yet')), said.diagnostics.map(d => h('p', {class: 'error'}, sentences(d))));
  const redraw = () => { app.changed({}); };
  const marks = answer.milestones.filter(m => MATTER.includes(m.name)).slice(0, 6);
  const others = answer.milestones.filter(m => !marks.some(mark => mark.date === m.date && mark.name === m.name));
  const posts = postsOf(app.state), first = answer.paths[0];
  first.stretches = await withRange(first);
  return show(place, h('div', {class: 'two'}, h('div', {},
    h('div', {class: 'bar-row'}, posts.length > 1 ? choices(say('Post'), posts.map(letter => [letter, postName(app.state.posts[letter])]), app.state.post, letter => { app.state.post = letter; redraw(); }) : h('span'), monthsSwitch(redraw)),
    impossible(answer.appointment), headline(answer, answer.paths), h('figure', {class: 'chartbox'}, drawing(answer, answer.paths), contractBar(first.stretches, answer.contract, marks),
      h('figcaption', {}, say('Net pay a month, without what is paid once; the pale band is what it could be, as some figures are not published. The scale does not begin at zero. No general rise of the scales is assumed unless you give one under What if.')))),
  h('aside', {class: 'aside part', 'aria-label': say('Dates that matter')}, h('h2', {}, say('Dates that matter')), h('ol', {class: 'dates-list'}, marks.map((m, i) => dateRow(m, i + 1))),
    h('p', {}, h('button', {type: 'button', class: 'plain', id: 'calendar', onclick: saveCalendar}, say('Calendar file'))),
    others.length ? h('details', {}, h('summary', {}, say('All other dates ({0})', others.length)), h('ol', {class: 'dates-list'}, others.map(m => dateRow(m)))) : null),
  h('div', {class: 'rest'}, table(answer, first))));
}

export async function saveCalendar() {
  const [args, files] = withFigures(['timeline', ...setsOf(app.state, app.state.post), '--months', String(app.state.months), '--format', 'ics']);
  const answer = await engine(args, files);
  download('natopay.ics', 'text/calendar', answer.text);
}
