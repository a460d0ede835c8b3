// Drawings. Two of each, 720 and 320 wide, so that text stays at 13 px. Every chart has its values in words as well.
import {h, s} from './dom.mjs';
import {say} from './words.mjs';
import {money, rounded, shortMonth, wholeMoney} from './format.mjs';

const place = text => Number(text); // a place on the screen: nothing is computed with it

export const both = draw => [draw(720, 'wide'), draw(320, 'narrow')];

function frame(width, height, kind, title, description, ...content) {
  return s('svg', {class: `chart ${kind}`, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}. ${description}`},
    ...content);
}

const label13 = (x, y, words, kind = '', anchor = 'start') => s('text', {x, y, class: `t ${kind}`, 'text-anchor': anchor}, words);

// Where the net lies between its low and its high; words say what makes it so.
export function range(low, middle, high, currency, lowWords, highWords) {
  const [from, at, to] = [low, middle, high].map(place), span = to - from || 1;
  return both((width, kind) => {
    const pad = 4, x = value => pad + (value - from) / span * (width - 2 * pad);
    const middleAt = x(at), crowded = middleAt < width * 0.24 || middleAt > width * 0.76;
    return frame(width, crowded ? 62 : 62, `${kind} range-chart`, say('Possible range of the net'),
      `${wholeMoney(low, currency)} – ${wholeMoney(high, currency)}`,
      s('line', {class: 'span', x1: x(from), x2: x(to), y1: 12, y2: 12}),
      s('line', {class: 'end', x1: x(from), x2: x(from), y1: 5, y2: 19}), s('line', {class: 'end', x1: x(to), x2: x(to), y1: 5, y2: 19}),
      s('circle', {cx: middleAt, cy: 12, r: 6.5}),
      label13(0, 38, wholeMoney(low, currency), 'v'), label13(width, 38, wholeMoney(high, currency), 'v', 'end'),
      crowded ? null : label13(middleAt, 38, wholeMoney(middle, currency), 'v', 'middle'),
      label13(0, 55, lowWords, 'sub'), label13(width, 55, highWords, 'sub', 'end'));
  });
}

// One bar of the ledger: from where the sum stood to where it stands.
export function fall(from, to, most, kind) {
  const [a, b, scale] = [from, to, most].map(place), x = value => Math.max(0, value / scale * 100);
  return s('svg', {class: 'fall', viewBox: '0 0 100 28', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    s('rect', {class: kind, x: x(Math.min(a, b)), y: 5, width: Math.max(x(Math.abs(b - a)), 0.3), height: 18}),
    s('line', {class: 'join', x1: x(b), x2: x(b), y1: 23, y2: 28}));
}

export function bar(amount, most, kind = '') {
  return s('svg', {class: `bar ${kind}`, viewBox: '0 0 100 14', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    s('rect', {class: 'b', x: 0, y: 2, width: Math.max(0.5, place(amount) / place(most) * 100), height: 10}));
}

const time = day => Date.parse(`${day}T00:00:00Z`);

// A round step for an axis of about four lines.
function axisStep(span) {
  for (let unit = 1; ; unit *= 10) for (const step of [unit, 2 * unit, 5 * unit]) if (span / step <= 4.5) return step;
}

// Labels at the end of lines are pushed apart, in their order.
function apart(labels, least) {
  labels.sort((a, b) => a.y - b.y);
  for (let i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + least);
  return labels;
}

function scales(lines, later, width, height, margin) {
  const stretches = lines.flatMap(line => line.stretches);
  const values = stretches.flatMap(x => [x.net, x.net_low, x.net_high].filter(v => v != null).map(place));
  const step = axisStep(Math.max(...values) - Math.min(...values) || Math.max(...values) / 4 || 1);
  const low = Math.floor(Math.min(...values) / step) * step, high = Math.ceil(Math.max(...values) / step) * step || step;
  const begin = Math.min(...stretches.map(x => x.start)), end = Math.max(...stretches.map(x => x.end));
  return {step, low, high: high === low ? low + step : high, begin, end, later, width, height, margin,
    x: at => margin.left + (at - begin) / (end - begin) * (width - margin.left - margin.right),
    y: value => margin.top + (high - value) / ((high === low ? step : high - low)) * (height - margin.top - margin.bottom)};
}

function grid(c, currency) {
  const parts = [];
  for (let value = c.low; value <= c.high; value += c.step)
    parts.push(s('line', {class: value === c.low ? 'base' : 'grid', x1: c.margin.left, x2: c.width - c.margin.right, y1: c.y(value), y2: c.y(value)}),
      label13(c.margin.left - 8, c.y(value) + 4, money(String(Math.round(value)), currency), 'axis', 'end'));
  return parts;
}

function path(c, stretches, pick) {
  return stretches.map((x, i) => `${i ? 'L' : 'M'}${c.x(x.start)} ${c.y(place(pick(x)))}L${c.x(x.end)} ${c.y(place(pick(x)))}`).join('');
}

function band(c, stretches) {
  const known = stretches.filter(x => x.net_low != null && x.net_high != null);
  return known.map(x => s('rect', {class: 'band', x: c.x(x.start), width: Math.max(0, c.x(x.end) - c.x(x.start)), y: c.y(place(x.net_high)),
    height: Math.max(0, c.y(place(x.net_low)) - c.y(place(x.net_high)))}));
}

// lines: {name, detail, kind, stretches: [{start, end, net, net_low, net_high}]} in any unit of time that is a number;
// ticks: {at, words}; later: from where on the ground is grey; nameWidth: for the names at the ends of the lines.
export function steps(lines, {currency, ticks, later = null, laterWords = '', nameWidth = 128, title, description}) {
  return both((width, kind) => {
    const narrow = kind === 'narrow', height = narrow ? 240 : Math.max(280, 44 + 40 * lines.length);
    const margin = {left: narrow ? 56 : 66, right: narrow ? 8 : nameWidth, top: narrow ? 14 + 16 * lines.length : 20, bottom: 24};
    const c = scales(lines, later, width, height, margin);
    const ends = apart(lines.map(line => ({line, y: c.y(place(line.stretches.at(-1).net)) + 4})), narrow ? 15 : 32);
    const laterAt = later === null || later >= c.end ? null : c.x(later);
    return frame(width, height, kind, title, description,
      laterAt === null ? null : [s('rect', {class: 'later', x: laterAt, y: margin.top, width: c.x(c.end) - laterAt, height: height - margin.top - margin.bottom}),
        narrow ? null : label13(laterAt + 6, height - margin.bottom - 8, laterWords, 'note')],
      lines.filter(line => line.kind === 'main').map(line => band(c, line.stretches)), grid(c, currency),
      lines.map(line => s('path', {class: `line ${line.kind}`, d: path(c, line.stretches, x => x.net)})),
      ticks.filter((tick, i) => !narrow || i % 2 === 0).map(tick => label13(c.x(tick.at), height - 6, tick.words, 'axis')),
      lines.map((line, i) => narrow
        ? [s('line', {class: `line ${line.kind}`, x1: 0, x2: 24, y1: 10 + 16 * i, y2: 10 + 16 * i}), label13(32, 14 + 16 * i, `${line.name}, ${line.detail}`, line.kind)]
        : null),
      narrow ? null : ends.map(({line, y}) => [label13(width - margin.right + 8, y, line.name, `lab ${line.kind}`),
        label13(width - margin.right + 8, y + 15, line.detail, 'sub')]));
  });
}

// The contract as one bar, on the same scale of time as the steps above it.
export function contractBar(stretches, contract, milestones) {
  const begin = time(stretches[0].from), end = time(stretches.at(-1).to);
  return both((width, kind) => {
    const narrow = kind === 'narrow', left = narrow ? 56 : 66, right = narrow ? 8 : 128;
    const x = day => left + Math.min(1, Math.max(0, (time(day) - begin) / (end - begin))) * (width - left - right);
    const contractEnd = contract.end ? x(contract.end) : width - right;
    let row = -1, last = -Infinity;
    const marks = milestones.map((m, i) => {
      const at = Math.max(10, x(m.date));
      row = at - last < 22 ? row + 1 : 0;
      last = at;
      return {at, row, number: i + 1};
    });
    const height = 30 + 24 * (Math.max(0, ...marks.map(m => m.row)) + 1);
    return frame(width, height, kind, say('The contract'), milestones.map(m => `${m.date}: ${m.label}`).join('; '),
      grades(stretches, x, contractEnd), marks.map(m => [s('line', {class: 'tick', x1: m.at, x2: m.at, y1: 0, y2: 28 + 24 * m.row}),
        s('circle', {class: 'num', cx: m.at, cy: 38 + 24 * m.row, r: 9}), label13(m.at, 42.5 + 24 * m.row, String(m.number), 'numt', 'middle')]));
  });
}

// A block for each grade; what lies behind the contract is only an outline.
function grades(stretches, x, contractEnd) {
  const blocks = [];
  for (const stretch of stretches) {
    const before = blocks.at(-1);
    if (before?.grade === stretch.grade) before.to = stretch.to;
    else blocks.push({grade: stretch.grade, from: stretch.from, to: stretch.to});
  }
  return blocks.map(block => {
    const from = x(block.from), to = x(block.to), inside = Math.max(from, Math.min(to, contractEnd));
    return [inside > from ? s('rect', {class: 'bar', x: from, y: 2, width: inside - from, height: 22}) : null,
      to > inside ? s('rect', {class: 'maybe', x: inside, y: 2.5, width: to - inside, height: 21}) : null,
      to - from > 30 ? label13(from + 7, 17.5, block.grade, inside - from > 30 ? 'inbar' : 'inlater') : null];
  });
}

export const axisTime = time;
export const valuesInWords = (stretches, currency) => stretches.map(x => `${shortMonth(x.from)}: ${money(rounded(x.net), currency)}`).join('; ');
