// What an applicant asks of the page, one function for each; tests/page.mjs runs them in each browser.
import fs from 'node:fs';
import path from 'node:path';
import {check, EXAMPLE, FAMILY, goTab, linkOf, netOf, netShown, openPage, program, ready, setsOf, settle, work} from './page-browser.mjs';

const json = args => JSON.parse(program([...args, '--format', 'json']).text);
const digits = text => (text ?? '').replace(/[^0-9]/g, '');
const whole = amount => String(Math.abs(Math.round(Number(amount))));
const textOf = (tab, selector) => tab.evaluate(where => document.querySelector(where)?.textContent ?? '', selector);
const choose = (tab, id, value, event = 'change') => tab.evaluate((where, given, what) => {
  const field = document.getElementById(where);
  field.value = given;
  field.dispatchEvent(new Event(what));
}, id, value, event);

// A link that was made when an input or a figure had another name: told, left out, and the rest of it counts.
export async function olderLink(browser) {
  const tab = await openPage(browser, linkOf(EXAMPLE, {'a.grad': 'G12', 'p.nationalty': 'FR', 'x.group_insurance': '9%', book: 'abcdef123456'}));
  await ready(tab);
  await settle(tab, () => /Figures have changed/.test(document.getElementById('messages').textContent));
  const said = await textOf(tab, '#messages');
  check('an older link gets the hints of the engine', ['Did you mean grade?', 'Did you mean nationality?', 'Did you mean group_insurance_rate?'].every(words => said.includes(words)), said);
  check('the rest of an older link counts', await netShown(tab) === netOf({...EXAMPLE.post, ...EXAMPLE.person}), await netShown(tab));
  check('what was left out of a link is not in the address', !/grad=G12|group_insurance=/.test(await tab.evaluate(() => location.hash)));
  await tab.close();
}

// Each question says how far its answer could move the net: the answer that does so does it by this much.
export async function effectsAreTrue(browser) {
  for (const state of [EXAMPLE, FAMILY]) {
    const values = {...state.post, ...state.person}, answer = json(['estimate', ...setsOf(values), '--questions']);
    const tab = await openPage(browser, linkOf(state, {tab: 'about'}));
    await ready(tab);
    await settle(tab, () => document.querySelector('#about-open .effect'));
    const shown = await tab.evaluate(() => [...document.querySelectorAll('#about-open li')].map(li => [li.querySelector('[data-input]').dataset.input, li.querySelector('.effect b')?.textContent ?? '']));
    for (const [name, words] of shown) {
      const asked = answer.questions.find(q => q.input === name), up = Number(asked.rise) >= -Number(asked.fall);
      const at = up ? asked.rise_at : asked.fall_at, amount = up ? asked.rise : asked.fall;
      if (Number(amount) === 0) continue; // decides over what is paid once
      const moved = Number(netOf({...values, [name]: at})) - Number(answer.net);
      check(`what ${name} is said to change is what it changes`, Math.abs(moved - Number(amount)) < 0.005 && digits(words) === whole(amount), `${words}, ${moved}, ${amount}`);
    }
    const sizes = shown.map(([, words]) => Number(digits(words)));
    check('some questions are asked', shown.length > 1, shown.length);
    const monthly = shown.filter(([name]) => answer.questions.some(q => q.input === name && (Number(q.rise) || Number(q.fall)))).length;
    check('the largest effect is asked first', sizes.slice(0, monthly).every((size, i) => i === 0 || size <= sizes[i - 1]), sizes.join(' '));
    await tab.close();
  }
}

// The ends of the range are called the lowest and the highest only where no answer leads out of it.
export async function rangeIsTrue(browser) {
  for (const [state, wanted] of [[EXAMPLE, 'without dependent children'], [FAMILY, 'highest possible']]) {
    const tab = await openPage(browser, linkOf(state));
    await ready(tab);
    const shown = await textOf(tab, '#view-answer .range');
    check(`the range of ${state.person.nationality} ends ${wanted}`, shown.includes(wanted), shown);
    await tab.close();
  }
}

// A post without a notice: three answers give the net, the other facts of the post change it.
export async function postByHand(browser) {
  const tab = await openPage(browser, '');
  await ready(tab);
  for (const [id, value] of [['a-grade', 'G10'], ['a-place', 'station:neuilly'], ['p-nationality', 'DE']]) await choose(tab, id, value);
  await settle(tab, () => document.querySelector('#view-start .figure[data-amount]'));
  const post = {grade: 'G10', station: 'neuilly', nationality: 'DE'}, figure = () => tab.evaluate(() => document.querySelector('#view-start .figure').dataset.amount);
  check('three answers give the net', await figure() === netOf(post), await figure());
  for (const width of [360, 800, 1400]) {
    await tab.setViewport({width, height: 900});
    const wide = await tab.evaluate(() => Math.round(document.querySelector('#view-start .figure .cents').getBoundingClientRect().right - document.querySelector('#view-start .aside').getBoundingClientRect().right));
    check(`the figure stays in its column, ${width} pixels`, wide <= 0, wide);
  }
  await tab.evaluate(() => { document.getElementById('a-more').open = true; });
  await choose(tab, 'a-step', '4', 'input');
  const wanted = netOf({...post, step: '4'});
  await settle(tab, amount => document.querySelector('#view-start .figure').dataset.amount === amount, wanted);
  check('other facts of the post change the net', true);
  check('what was opened stays open', await tab.evaluate(() => document.getElementById('a-more').open));
  await goTab(tab, 'about');
  await settle(tab, () => document.getElementById('p-contract'));
  check('who serves or is seconded can say so', await tab.evaluate(() => ['seconded', 'serving'].every(value => [...document.getElementById('p-contract').options].some(option => option.value === value))));
  await tab.close();
}

// Keys pressed one after the other: a field keeps the focus while each of them changes the answer.
export async function typing(browser) {
  for (const [name, prefix] of [['about', 'p'], ['answer', 'ask']]) {
    const tab = await openPage(browser, linkOf({...EXAMPLE, person: {...EXAMPLE.person, spouse: 'yes'}}, {tab: name}));
    await ready(tab);
    const income = `${prefix}-spouse_monthly_income`, active = () => tab.evaluate(() => [document.activeElement.id, document.activeElement.value]);
    await settle(tab, id => document.getElementById(id), income);
    await tab.focus(`#${income}`);
    await tab.keyboard.type('1234', {delay: 80});
    await new Promise(done => setTimeout(done, 500));
    check(`a number is typed to its end, ${name}`, (await active()).join(' ') === `${income} 1234`, await active());
    await tab.focus(`#${prefix}-residence_country`);
    await tab.keyboard.type('Fra', {delay: 80});
    await new Promise(done => setTimeout(done, 500));
    check(`a country is typed to its end, ${name}`, (await active()).join(' ') === `${prefix}-residence_country FR`, await active());
    await tab.close();
  }
  const tab = await openPage(browser, linkOf(EXAMPLE, {tab: 'about'}));
  await ready(tab);
  await settle(tab, () => document.getElementById('p-child_births-more'));
  await tab.focus('#p-child_births-more');
  await tab.keyboard.press('Enter');
  await tab.keyboard.type('03042019', {delay: 80});
  await settle(tab, () => /^2019-0[34]-0[34]$/.test(document.getElementById('p-child_births').value));
  check('a date is typed to its end', await tab.evaluate(() => document.activeElement.id) === 'p-child_births');
  await goTab(tab, 'compare');
  await settle(tab, () => document.getElementById('j-net'));
  await tab.focus('#j-net');
  await tab.keyboard.type('3456.5', {delay: 80});
  await new Promise(done => setTimeout(done, 1000));
  check('a pay of today is typed to its end', await tab.evaluate(() => document.activeElement.id + document.activeElement.value) === 'j-net3456.5', await tab.evaluate(() => document.activeElement.value));
  await goTab(tab, 'answer');
  await tab.evaluate(() => history.back());
  await settle(tab, () => document.getElementById('j-net')?.value === '3456.5');
  await goTab(tab, 'about');
  await settle(tab, () => document.getElementById('p-nationality')?.value === 'DE');
  check('the way back keeps what is in no address', true);
  await tab.close();
}

// What is not due opens to what would make it due, as the engine found by trying.
export async function whatWouldChange(browser) {
  const values = {...EXAMPLE.post, nationality: 'FR', residence_country: 'FR'}, tab = await openPage(browser, linkOf({post: EXAMPLE.post, person: {nationality: 'FR', residence_country: 'FR'}}));
  await ready(tab);
  const unpaid = await tab.evaluate(() => [...document.querySelectorAll('[data-not-due]')].map(each => each.dataset.notDue));
  const paid = json(['estimate', ...setsOf(values)]).lines.map(line => line.rule);
  check('what is not due is listed, and what is paid is not', unpaid.includes('expatriation_allowance') && unpaid.includes('basic_family_allowance') && !unpaid.some(name => paid.includes(name)), unpaid.join(' '));
  await tab.evaluate(() => { document.getElementById('not-paid').open = true; document.querySelector('[data-not-due=basic_family_allowance]').open = true; });
  await settle(tab, () => document.querySelector('[data-not-due=basic_family_allowance] .why').textContent);
  const said = await textOf(tab, '[data-not-due=basic_family_allowance] .why');
  check('it says what would make it due', said.includes('It would be due with “Married”: Yes.') && json(['estimate', ...setsOf({...values, spouse: 'yes'})]).lines.some(line => line.rule === 'basic_family_allowance'), said);
  await tab.close();
}

// What no notice says is asked beside it; several notices are several posts.
export async function noticesAsk(browser) {
  const notice = fs.readFileSync('tests/page-notice.txt', 'utf8'), files = [['one.txt', notice], ['two.txt', notice.replace('G15', 'G12').replace('310999', '310998')]];
  for (const [name, text] of files) fs.writeFileSync(path.join(work, name), text);
  const tab = await openPage(browser, '');
  await ready(tab);
  await (await tab.$('#notice-file')).uploadFile(...files.map(([name]) => path.join(work, name)));
  await settle(tab, () => document.getElementById('ask-nationality'));
  await choose(tab, 'ask-nationality', 'DE');
  await settle(tab, () => document.querySelectorAll('#missing .effect').length > 1);
  check('a notice is followed by what it does not say', await tab.evaluate(() => Boolean(document.getElementById('ask-residence_country'))));
  await goTab(tab, 'compare');
  await settle(tab, () => document.querySelectorAll('#view-compare .posts li').length === 2);
  const names = await textOf(tab, '#view-compare .posts');
  check('several notices are several posts', names.includes('G15') && names.includes('G12'), names);
  await tab.close();
}

// Sliders: what their ends say is what the program computes, and the largest comes first.
export async function slidersAreTrue(browser) {
  const values = {...FAMILY.post, ...FAMILY.person}, tab = await openPage(browser, linkOf(FAMILY, {tab: 'whatif'}));
  const total = more => Number(json(['timeline', ...setsOf({...values, ...more}), '--months', '72']).paths[0].total_net);
  await ready(tab);
  await settle(tab, () => document.querySelector('#slide-part_time'));
  for (const [name, end] of [['annual_adjustment', '5%'], ['part_time', '50%'], ['voluntary_pension_rate', '5%']]) {
    const words = await tab.evaluate(id => document.getElementById(id).closest('li').querySelector('.eff').textContent, `slide-${name}`);
    const moved = total({[name]: end}) - total({});
    check(`the end of ${name} says what it would change`, words.replace(/^.*At [0-9.]+ %: /, '').replace(/[^0-9]/g, '') === whole(moved), `${words}, ${moved}`);
  }
  const effects = await tab.evaluate(() => [...document.querySelectorAll('#view-whatif section:first-of-type li .eff')].map(each => [...each.textContent.matchAll(/: [+−]?€([0-9,]+)/g)].map(found => Number(found[1].replace(',', '')))));
  const spread = effects.map(ends => Math.max(0, ...ends));
  check('what is not known is ranked by its effect', spread.length > 2 && spread[0] === Math.max(...spread) && spread.at(-1) === Math.min(...spread), spread.join(' '));
  await tab.setViewport({width: 360, height: 800});
  const over = await tab.evaluate(() => [...document.querySelectorAll('#view-whatif li')].filter(li => li.querySelector('.at') && li.querySelector('.at').getBoundingClientRect().bottom > li.querySelector('.eff').getBoundingClientRect().top + 1).length);
  check('no mark of a slider lies over words, 360 pixels', over === 0, over);
  await tab.close();
}

// Rent and living as the person gives them, over three years; a post in another currency is drawn beside.
export async function costOfLiving(browser) {
  const posts = [{...EXAMPLE.post}, {grade: 'G10', duty_country: 'GB', start: '2026-03-01'}], cost = [1500, 2500];
  const answer = json(['compare', ...posts.flatMap(post => ['--post', Object.entries(post).map(([name, value]) => `${name}=${value}`).join(',')]), ...setsOf(EXAMPLE.person)]);
  const left = answer.rows.find(row => row.name === 'total_36').cells.map((cell, i) => Math.round(Number(cell.common) - 36 * cost[i]));
  const tab = await openPage(browser, linkOf({post: posts[0], person: EXAMPLE.person}, Object.fromEntries(Object.entries(posts[1]).map(([name, value]) => [`b.${name}`, value]))));
  await ready(tab);
  await goTab(tab, 'compare');
  await settle(tab, () => document.getElementById('cost-b'));
  check('posts in two currencies are drawn together', await tab.evaluate(() => document.querySelectorAll('#view-compare .chart.wide path.line').length) === 2);
  for (const [id, value] of [['cost-a', cost[0]], ['cost-b', cost[1]]]) await choose(tab, id, String(value), 'input');
  const words = await textOf(tab, '#left-words');
  check('what is left over three years is the total less what living costs', left.every(amount => words.replace(/,/g, '').includes(`€${amount} over three years`)), `${words}, not ${left}`);
  check('prices are in no address', !(await tab.evaluate(() => location.hash)).includes('cost'));
  await tab.close();
}

// Files out are the program's; person.ini goes out and comes in again.
export async function filesOut(browser) {
  const tab = await openPage(browser, linkOf(FAMILY, {tab: 'keep'}), () => {
    globalThis.saved = [];
    URL.createObjectURL = (real => blob => { globalThis.saved.push(blob); return real.call(URL, blob); })(URL.createObjectURL);
  });
  await ready(tab);
  const sets = setsOf({...FAMILY.post, ...FAMILY.person}), before = await tab.evaluate(() => globalThis.saved.length);
  const ids = ['save-csv', 'save-json', 'save-ics', 'save-person'];
  for (const [i, id] of ids.entries()) {
    await tab.evaluate(each => document.getElementById(each).click(), id);
    await settle(tab, n => globalThis.saved.length > n, before + i);
  }
  const saved = await tab.evaluate(from => Promise.all(globalThis.saved.slice(from).map(blob => blob.text())), before);
  for (const [i, args] of [['estimate', '--format', 'csv'], ['estimate', '--format', 'json'], ['timeline', '--months', '72', '--format', 'ics']].entries())
    check(`the file of ${ids[i]} is the program's`, saved[i].replace(/DTSTAMP.*/g, '') === program([args[0], ...sets, ...args.slice(1)]).text.replace(/DTSTAMP.*/g, ''));
  fs.writeFileSync(path.join(work, 'person.ini'), saved[3]);
  const other = await openPage(browser, '#v=1&tab=keep');
  await ready(other);
  await (await other.$('#person-file')).uploadFile(path.join(work, 'person.ini'));
  await goTab(other, 'about');
  await settle(other, () => document.getElementById('p-nationality')?.value === 'PT');
  check('person.ini comes in again', await other.evaluate(() => [...document.querySelectorAll('#about-said input[type=date]')].map(each => each.value).join()) === FAMILY.person.child_births.replace(' ', ''));
  await other.close();
  await tab.close();
}

// Who had details remembered finds them under a link without any, and unharmed after a link with another's.
export async function remembered(browser) {
  const tab = await openPage(browser, '#v=1&tab=keep&p.nationality=PT');
  await ready(tab);
  await tab.evaluate(() => document.getElementById('remember').click());
  await settle(tab, () => localStorage.length === 1);
  await tab.close();
  for (const [state, nationality] of [[{post: EXAMPLE.post, person: {}}, 'PT'], [EXAMPLE, 'DE'], [{post: EXAMPLE.post, person: {}}, 'PT']]) {
    const other = await openPage(browser, linkOf(state));
    await ready(other);
    const wanted = netOf({...EXAMPLE.post, nationality});
    check(`a link ${state.person.nationality ? 'with' : 'without'} details shows the net of a national of ${nationality}`, await netShown(other) === wanted, await netShown(other));
    if (state.person.nationality) check('details of a link that are not those remembered are told', /Yours stay/.test(await textOf(other, '#messages')));
    await other.close();
  }
  const last = await openPage(browser, '#v=1&tab=keep');
  await ready(last);
  await last.evaluate(() => document.getElementById('delete-all').click());
  await settle(last, () => localStorage.length === 0);
  await last.close();
}

// A long list tells how far it is; it can be called off, and the page answers on.
export async function progress(browser) {
  const list = path.join(work, 'long.csv'), tab = await openPage(browser, linkOf(EXAMPLE, {tab: 'plan'}));
  fs.writeFileSync(list, program(['sample-staff', '20000']).text);
  await ready(tab);
  await tab.evaluate(() => {
    globalThis.heard = [];
    new MutationObserver(() => { const words = document.getElementById('rows-done')?.textContent; if (words) globalThis.heard.push(words); }).observe(document.getElementById('view-plan'), {childList: true, subtree: true, characterData: true});
  });
  await (await tab.$('#staff-file')).uploadFile(list);
  await settle(tab, () => document.getElementById('plan-report'));
  const heard = (await tab.evaluate(() => globalThis.heard)).filter(words => /^[0-9,]+ of 20,000 rows$/.test(words)).map(words => Number(digits(words.split(' of ')[0])));
  check('a plan tells how many rows it has done', heard.length > 1 && heard.every((n, i) => i === 0 || n >= heard[i - 1]) && heard.at(-1) <= 20000, heard.slice(0, 5).join(' '));
  await tab.evaluate(() => { for (const id of ['run-plan', 'cancel-plan']) document.getElementById(id).click(); });
  await settle(tab, () => document.querySelector('#view-plan .error')?.textContent === 'Cancelled.');
  await goTab(tab, 'answer');
  check('a plan is called off, and the page answers on', await netShown(tab) === netOf({...EXAMPLE.post, ...EXAMPLE.person}));
  await tab.close();
}
