// Posts side by side, and the job one has today: totals first, then month by month, then line by line.
import {app, engineJson, postName, withFigures} from './app.mjs';
import {h, show} from './dom.mjs';
import {say, sentences} from './words.mjs';
import {cents, decimal, figure, isZero, larger, minus, signedWhole, size, time, wholeMoney} from './format.mjs';
import {bar, steps} from './charts.mjs';
import {field, forgetFields, placeField} from './fields.mjs';
import {impossible} from './answer.mjs';
import {given, isReady, LETTERS, postsOf, setsOf} from './state.mjs';

// Free text stays out: it changes no pay, and its commas would part what is given.
const FREE = new Set(['title', 'body', 'reference', 'languages', 'slp', 'town']);
const usable = value => !/[,\n]/.test(value);

const postArgument = post => Object.entries(given(post)).filter(([name, value]) => !FREE.has(name) && usable(value)).map(([name, value]) => `${name}=${value}`).join(',');

function request(letters) {
  const today = app.state.today, sets = setsOf({...app.state, posts: {a: {}}}, 'a');
  const posts = letters.flatMap(letter => ['--post', postArgument(app.state.posts[letter])]);
  if (Number(today.net) > 0) posts.push('--post', `net=${today.net},currency=${today.currency || 'EUR'},label=${say('Today').replace(/,/g, '')}`);
  return withFigures(['compare', ...posts, ...sets]);
}

// [letter, or 'today'] in the order of the answer's columns
const columns = letters => [...letters, ...(Number(app.state.today.net) > 0 ? ['today'] : [])];
const nameOf = column => column === 'today' ? say('My job today') : postName(app.state.posts[column]) || column.toUpperCase();

// What a post pays in all over so many months of service, on the path that is taken, in the comparison's currency.
// A row is called after the path where there are several.
function totalCell(answer, i, name) {
  const row = answer.rows.find(each => each.name === name || each.name.startsWith(`${name}.`));
  return row?.cells[i]?.common ?? null;
}

// The total with the least and the most that it may be.
const totalOf = (answer, i, months) =>
  ({sum: totalCell(answer, i, `total_${months}`), low: totalCell(answer, i, `total_${months}_low`), high: totalCell(answer, i, `total_${months}_high`)});

const sums = (answer, letters) => columns(letters).map((column, i) => {
  const [shorter, longer] = answer.compared_months.map(months => totalOf(answer, i, months));
  return {column, post: answer.posts[i], shorter: shorter.sum, longer: longer.sum, ranges: {shorter, longer}};
});

function totals(answer, rows) {
  const times = answer.compared_months.map(time), most = rows.map(row => row.longer ?? '0').reduce((a, b) => larger(a, b) ? a : b, '0'), first = rows[0];
  const reach = ({low, high}) => low === null || high === null || low === high ? null
    : h('span', {class: 'lbl'}, say('from {0} to {1}', wholeMoney(low, answer.currency), wholeMoney(high, answer.currency)));
  const one = (row, amount, firstAmount, words, range) => amount === null ? null : h('div', {}, h('span', {class: 'lbl'}, words), h('b', {class: 'sum'}, wholeMoney(amount, answer.currency)), bar(amount, most, row === first ? 'mine' : ''), reach(range),
    h('span', {class: 'lbl'}, row === first ? say('your first post') : difference(minus(amount, firstAmount), answer.currency, nameOf(first.column))));
  return h('ol', {class: 'posts'}, [...rows].sort((a, b) => larger(b.shorter ?? '0', a.shorter ?? '0') ? 1 : -1).map(row => h('li', {class: row === first ? 'mine' : ''},
    h('div', {class: 'name'}, h('b', {}, nameOf(row.column)), row.column !== 'today' && app.state.posts[row.column].title ? h('span', {class: 'small'}, app.state.posts[row.column].title) : null,
      row.column !== 'today' ? h('button', {type: 'button', class: 'plain', onclick: () => remove(row.column)}, say('Remove')) : null),
    one(row, row.shorter, first.shorter, say('over {0}', times[0]), row.ranges.shorter), one(row, row.longer, first.longer, say('over {0}', times[1]), row.ranges.longer))));
}

function difference(amount, currency, name) {
  if (isZero(amount)) return say('the same as {0}', name);
  return larger(amount, '0') ? say('{0} more than {1}', wholeMoney(amount, currency), name) : say('{0} less than {1}', wholeMoney(size(amount), currency), name);
}

function remove(letter) {
  delete app.state.posts[letter];
  app.notices = app.notices.filter(notice => notice.letter !== letter);
  app.state.post = postsOf(app.state)[0] ?? 'a';
  app.state.posts[app.state.post] ??= {};
  forgetFields();
  app.changed({});
}

function headline(answer, rows) {
  const ordered = rows.filter(row => row.shorter !== null).sort((a, b) => larger(b.shorter, a.shorter) ? 1 : -1);
  if (ordered.length < 2) return say('Compare posts');
  const gap = minus(ordered[0].shorter, ordered[1].shorter);
  if (isZero(gap)) return say('{0} and {1} pay the same over {2}.', nameOf(ordered[0].column), nameOf(ordered[1].column), time(answer.compared_months[0]));
  return say('{0} pays most: {1} more than {2} over {3}.', nameOf(ordered[0].column), wholeMoney(gap, answer.currency), nameOf(ordered[1].column), time(answer.compared_months[0]));
}

// What a post pays, in the comparison's currency, by the rate at which its first net was converted.
function converter(answer, i) {
  const net = answer.rows.find(row => row.name === 'net')?.cells[i];
  if (!net?.common || isZero(net.amount)) return null;
  return net.common === net.amount ? amount => amount : amount => decimal(cents(amount) * cents(net.common) / cents(net.amount));
}

function chart(answer, rows) {
  const monthsOf = text => { const [y, m, d] = text.split('-').map(Number); return y * 12 + m - 1 + (d - 1) / 31; };
  const lines = rows.map((row, i) => {
    const stretches = row.post.paths?.[0]?.stretches ?? [], convert = converter(answer, i);
    if (!stretches.length || !convert) return null;
    const begin = monthsOf(stretches[0].from);
    return {name: nameOf(row.column), kind: i === 0 ? 'main' : ['ink', 'grey', 'earliest', 'never', 'dots', 'dashes'][(i - 1) % 6], detail: wholeMoney(convert(stretches.at(-1).net), answer.currency),
      stretches: stretches.map(x => ({net: convert(x.net), start: Math.round(monthsOf(x.from) - begin), end: Math.round(monthsOf(x.to) - begin + 0.5)}))};
  }).filter(Boolean);
  if (lines.length < 2) return h('p', {}, say('The posts are paid in different currencies, of which no rate is known: month by month they are not drawn together.'));
  const converted = [...new Set(rows.map(row => row.post.currency))].filter(each => each !== answer.currency);
  const range = months => Array.from({length: Math.ceil(months / 12)}, (_, year) => 12 * year);
  const ticks = range(answer.compared_months[1]).map(at => ({at, words: say('year {0}', at / 12 + 1)}));
  return h('figure', {class: 'chartbox'}, steps(lines, {currency: answer.currency, ticks, later: answer.compared_months[0], nameWidth: Math.max(128, 12 + 8 * Math.max(...lines.map(line => line.name.length))), laterWords: say('if another contract follows'), title: say('Net pay a month'),
    description: lines.map(line => `${line.name}: ${line.stretches.map(x => wholeMoney(x.net, answer.currency)).join(', ')}`).join('; ')}),
  h('figcaption', {}, say('Net pay a month, from each post\u2019s first month on. The scale does not begin at zero.'), converted.length ? [' ', say('Converted into {0}: what is paid in {1}.', answer.currency, converted.join(', '))] : null));
}

function lineTable(answer, rows) {
  const names = rows.map(row => nameOf(row.column)), body = answer.rows.filter(row => ['month', 'once'].includes(row.group) && !/_(low|high|year)$/.test(row.name) && row.cells.some(c => c.amount != null));
  const cell = (c, i) => h('td', {}, c.amount == null ? (c.state === 'open' ? say('not known') : '') : figure(c.common ?? c.amount), i && c.difference && !isZero(c.difference) ? h('span', {class: 'd'}, signedWhole(c.difference, answer.currency)) : null);
  return h('div', {class: 'scroll', tabindex: '0', role: 'group', 'aria-label': say('Line by line')}, h('table', {class: 'cmp'}, h('thead', {}, h('tr', {}, h('th', {scope: 'col', class: 'first'}, answer.currency), names.map(name => h('th', {scope: 'col', class: 'r'}, name)))),
    h('tbody', {}, body.map(row => h('tr', {class: ['gross', 'net', 'total'].includes(row.name) ? 'sumrow' : ''}, h('th', {scope: 'row'}, row.label), row.cells.map(cell))))));
}

// ---- what is left to live on: prices are the person's own, and go into a link only with the person's details ----

const costOf = column => app.state.today[`cost_${column}`] ?? '';

function leftOver(answer, rows) {
  const entry = column => h('div', {class: 'field'}, h('label', {for: `cost-${column}`}, say('Rent and living: {0}', nameOf(column))),
    h('div', {class: 'money'}, h('input', {id: `cost-${column}`, inputmode: 'decimal', autocomplete: 'off', maxlength: 12, value: costOf(column), oninput: event => {
      app.state.today[`cost_${column}`] = event.target.value.replace(',', '.').replace(/[^\d.]/g, '');
      document.getElementById('left-words').replaceChildren(...leftWords(answer, rows));
    }}), h('span', {class: 'small'}, say('{0} a month', answer.currency))));
  return [h('div', {class: 'own'}, rows.map(row => entry(row.column))), h('div', {id: 'left-words', 'aria-live': 'polite'}, leftWords(answer, rows))];
}

// Once somebody gave what two posts would cost: what each leaves over the shorter time, and from which difference on that turns.
function leftWords(answer, rows) {
  const months = BigInt(answer.compared_months[0]), words = time(answer.compared_months[0]);
  const after = rows.map((row, i) => ({row, cost: costOf(row.column), net: converter(answer, i)?.(row.post.paths?.[0]?.stretches[0]?.net ?? '0')})).filter(each => /^\d+(\.\d*)?$/.test(each.cost) && each.row.shorter && each.net)
    .map(each => ({...each, left: decimal(cents(each.row.shorter) - months * cents(each.cost))})).sort((a, b) => larger(b.left, a.left) ? 1 : -1);
  if (!after.length) return [];
  const list = h('ul', {class: 'left'}, after.map(({row, cost, net, left}) => h('li', {}, say('{0}: {1} a month left at first, {2} over {3}.', nameOf(row.column), wholeMoney(minus(net, cost), answer.currency), wholeMoney(left, answer.currency), words))));
  if (after.length < 2) return [list];
  const [most, next] = after, gap = minus(most.left, next.left), names = [nameOf(most.row.column), nameOf(next.row.column)];
  return [h('p', {class: 'lead'}, isZero(gap) ? say('{0} and {1} leave the same over {2}.', ...names, words)
    : say('{0} leaves most: {1} more than {2} over {3}. They would be even if it cost {4} a month more.', names[0], wholeMoney(gap, answer.currency), names[1], words, wholeMoney(decimal(cents(gap) / months), answer.currency))), list];
}

function breakEven(answer, rows) {
  const passings = (answer.passings ?? []).filter(p => p.service_month > 1);
  if (!passings.length) return h('p', {}, say('No post overtakes another in total pay within {0}.', time(answer.compared_months[1])));
  return h('ul', {}, passings.map(p => h('li', {}, say('From month {0} on, {1} has paid more in total.', p.service_month, nameOf(rows.find(row => row.post.mark === p.ahead)?.column ?? 'a')))));
}

function addPost() {
  const letter = LETTERS.find(each => !postsOf(app.state).includes(each) && each !== app.state.post);
  if (!letter) return h('p', {class: 'small'}, say('Six posts are the most.'));
  const post = app.state.posts[letter] ??= {};
  return h('div', {class: 'trio'}, field('grade', post, {prefix: letter, label: say('Grade')}), placeField(post, letter), field('start', post, {prefix: letter, label: say('Start of the contract')}));
}

// Those that can be converted.
const currencies = chosen => app.currencies.filter(row => row.per_euro || [chosen, 'EUR'].includes(row.currency)).map(row => {
  const option = h('option', {value: row.currency}, row.label ?? row.currency);
  option.selected = row.currency === chosen;
  return option;
});

function todayFields() {
  const today = app.state.today, set = (name, pattern) => event => {
    today[name] = event.target.value.replace(',', '.').replace(pattern, '');
    app.changed({});
  };
  return h('div', {class: 'own'}, h('div', {class: 'field'}, h('label', {for: 'j-net'}, say('Net pay of my job today, a month')), h('input', {id: 'j-net', inputmode: 'decimal', autocomplete: 'off', maxlength: 12, value: today.net ?? '', oninput: set('net', /[^\d.]/g)})),
    h('div', {class: 'field'}, h('label', {for: 'j-currency'}, say('Its currency')), h('select', {id: 'j-currency', onchange: set('currency', /[^A-Z]/g)}, currencies(today.currency || 'EUR'))));
}

const part = (id, head, words, ...content) => h('section', {class: 'part', 'aria-labelledby': id}, h('h2', {id}, head), h('p', {}, words), h('div', {class: 'body'}, content));
const fullPart = (...given) => {
  const made = part(...given);
  made.classList.add('full');
  return made;
};
const another = () => [part('h-add', say('Add a post'), say('Up to six; or read its notice under Start.'), addPost()), part('h-today', say('My job today'), say('It stays in this page, and goes into a link only with your details.'), todayFields())];

export async function drawCompare(place) {
  const ready = postsOf(app.state).filter(letter => isReady(app.state, letter)), letters = ready.filter(letter => app.state.posts[letter].grade);
  const open = ready.filter(letter => !letters.includes(letter)).map(letter => h('p', {class: 'message'}, say('{0} has no grade yet: choose one under Start or Answer, then it is compared.', app.state.posts[letter].title || nameOf(letter))));
  if (columns(letters).length < 2)
    return show(place, h('div', {class: 'head'}, h('h1', {}, say('Compare posts')), h('p', {class: 'lead'}, say('Add a second post, or the job that you have today.'))), open, another());
  const [args, files] = request(letters), {value: answer, said} = await engineJson(args, files);
  if (!answer) return show(place, h('div', {class: 'head'}, h('h1', {}, say('Compare posts'))), said.diagnostics.filter(d => d.severity === 'error').map(d => h('p', {class: 'error'}, sentences(d))), another());
  const rows = sums(answer, letters);
  return show(place, h('div', {class: 'head'}, rows.map(row => impossible(row.post.appointment, nameOf(row.column))), h('h1', {}, headline(answer, rows)), h('p', {class: 'lead'}, say('Net, with what is paid once, for the same person. Each post counts from its own first month. Not an official calculation.')), totals(answer, rows), open),
    part('h-months', say('Month by month'), '', chart(answer, rows), breakEven(answer, rows)), part('h-left', say('What is left to live on'), say('Prices are not our knowledge. Put in your own figures; they stay here.'), leftOver(answer, rows)),
    (rows.length > 4 ? fullPart : part)('h-lines', say('Line by line'), say('The first month. Below each amount: the difference from the first post.'), lineTable(answer, rows)), another());
}
