// node tests/page.mjs PAGE NATOPAY CACHE WORK: see tests/page.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {gzipSync} from 'node:zlib';
import {axe, chance, check, count, difference, EXAMPLE, FAMILY, follow, goTab, linkOf, natopay, netOf, netShown, openPage, page, pick, program, puppeteer, ready,
  setsOf, settle, test, work} from './page-browser.mjs';
import * as asked from './page-asked.mjs';

const STATES = Number(process.env.PAGE_STATES || 200);

// A state by chance, the same in each run.
function randomState() {
  const post = {grade: `G${8 + chance(15)}`, duty_country: pick(['FR', 'BE', 'IT', 'LU', 'DE', 'GB', 'US', 'NL', 'PT']), start: `${2024 + chance(4)}-${String(1 + chance(12)).padStart(2, '0')}-01`};
  const person = {nationality: pick(['DE', 'FR', 'BE', 'IT', 'PT', 'GB', 'US', 'PL'])};
  if (chance(2)) person.spouse = 'yes', person.spouse_monthly_income = String(chance(5000));
  if (chance(2)) person.child_births = pick(['2019-05-01', '2018-09-03, 2021-02-11', '2005-01-31, 2010-06-15, 2024-02-29']);
  if (chance(2)) person.residence_country = pick(['DE', 'FR', 'BE', 'US']), person.residence_since = `${2000 + chance(24)}-0${1 + chance(9)}-15`;
  if (chance(2)) person.birth_date = `${1965 + chance(35)}-07-0${1 + chance(9)}`;
  if (chance(3) === 0) person.residence_distance_km = String(chance(2000));
  if (chance(4) === 0) post.part_time = `${50 + chance(50)}%`;
  if (chance(4) === 0) post.step = String(1 + chance(8));
  return {post, person};
}

// ---- tests ----

const TABS = ['start', 'about', 'answer', 'contract', 'compare', 'whatif', 'keep', 'plan'];
const both = state => linkOf(state, {'b.grade': 'G8', 'b.twin_grade': 'G10', 'b.duty_country': 'BE', 'b.start': '2026-03-01'});

async function sameNets(browser, count) {
  const tab = await openPage(browser, linkOf(EXAMPLE));
  await ready(tab);
  check('the example link shows the net of the program', await netShown(tab) === netOf({...EXAMPLE.post, ...EXAMPLE.person}), await netShown(tab));
  for (let i = 0; i < count; i++) {
    const state = randomState(), expected = netOf({...state.post, ...state.person});
    await follow(tab, linkOf(state));
    const shown = await netShown(tab);
    check(`the net of ${linkOf(state)}`, shown === (expected ?? null), `${shown}, not ${expected}`);
  }
  check('no page errors over all states', tab.errors.length === 0, tab.errors[0]);
  check('no request over all states', tab.requests.length === 0, tab.requests[0]);
  await tab.close();
}

// The totals of the comparison are the program's, in whole units, for posts with one way through them and with several.
async function comparedTotals(browser) {
  for (const more of [{}, {twin_grade: 'G12'}]) {
    const posts = [{...EXAMPLE.post, ...more}, {grade: 'G8', duty_country: 'BE', start: '2026-03-01'}];
    const of = post => Object.entries(post).map(([name, value]) => `${name}=${value}`).join(',');
    const answer = JSON.parse(program(['compare', ...posts.flatMap(post => ['--post', of(post)]), ...setsOf(EXAMPLE.person), '--format', 'json']).text);
    const wanted = [36, 72].flatMap(months => answer.rows.find(row => row.name.split('.')[0] === `total_${months}`).cells.map(cell => Math.round(Number(cell.common))));
    const tab = await openPage(browser, linkOf({post: posts[0], person: EXAMPLE.person}, Object.fromEntries(Object.entries(posts[1]).map(([name, value]) => [`b.${name}`, value]))));
    await ready(tab);
    await goTab(tab, 'compare');
    await settle(tab, () => document.querySelectorAll('#view-compare .posts .sum').length === 4);
    const shown = await tab.evaluate(() => [...document.querySelectorAll('#view-compare .posts .sum')].map(each => Number(each.textContent.replace(/[^0-9]/g, ''))));
    const sorted = list => [...list].sort((a, b) => a - b).join(' ');
    check(`the totals compared are those of the program, ${Object.keys(more)[0] ?? 'one grade'}`, sorted(shown) === sorted(wanted), `${sorted(shown)}, not ${sorted(wanted)}`);
    await tab.close();
  }
}

// Who cannot be appointed reads it on every tab that shows an amount, above the amounts; who can does not.
async function impossibleFirst(browser) {
  for (const [nationality, wanted] of [['UA', true], ['PT', false]]) {
    const tab = await openPage(browser, both({...FAMILY, person: {...FAMILY.person, nationality}}));
    await ready(tab);
    for (const name of ['answer', 'contract', 'compare']) {
      await goTab(tab, name);
      const rows = name === 'compare' ? 2 : 1;
      await settle(tab, view => document.querySelector(`${view} .figure, ${view} figure, ${view} .sum`), `#view-${name}`);
      const seen = await tab.evaluate(view => {
        const barred = [...document.querySelectorAll(`${view} .impossible`)], amount = document.querySelector(`${view} .figure, ${view} figure, ${view} .sum`);
        return {count: barred.length, above: barred.every(each => each.compareDocumentPosition(amount) & Node.DOCUMENT_POSITION_FOLLOWING), words: barred[0]?.textContent ?? ''};
      }, `#view-${name}`);
      check(`${name} tells a national of ${nationality} ${wanted ? 'that' : 'nothing of why'} no appointment is possible`,
        wanted ? seen.count === rows && seen.above && seen.words.includes('National of a member state') : seen.count === 0, JSON.stringify(seen));
    }
    await tab.close();
  }
}

// What one could expect and is not due: as the program says it; nothing where all of it is due.
async function notDue(browser) {
  for (const [nationality, residence] of [['FR', 'FR'], ['DE', 'FR'], ['DE', 'DE']]) {
    const state = {post: EXAMPLE.post, person: {nationality, residence_country: residence, residence_since: '2015-01-01'}};
    const wanted = JSON.parse(program(['estimate', ...setsOf({...state.post, ...state.person}), '--format', 'json']).text).not_due.map(row => `${row.label}.`);
    const tab = await openPage(browser, linkOf(state));
    await ready(tab);
    const shown = await tab.evaluate(() => [...document.querySelectorAll('#not-due dd')].map(each => each.textContent));
    check(`what is not due to a national of ${nationality} who lives in ${residence}`, shown.join('|') === wanted.join('|') && (wanted.length > 0) === (residence === 'FR'), `${shown}, not ${wanted}`);
    await tab.close();
  }
}

async function everyTab(browser, language) {
  const tab = await openPage(browser, both(FAMILY) + (language === 'fr' ? '&lang=fr' : ''));
  await ready(tab);
  for (const name of TABS) {
    await goTab(tab, name);
    await new Promise(done => setTimeout(done, 1500));
    await tab.evaluate(axe);
    const found = await tab.evaluate(async () => (await globalThis.axe.run()).violations.map(v => `${v.id} ${v.nodes[0].html.slice(0, 120)}`));
    check(`axe on ${name}, ${language}`, found.length === 0, found.join(' | '));
    await tab.setViewport({width: 360, height: 780});
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    check(`${name}, ${language}, fits 360 pixels`, wide <= 360, wide);
    await tab.setViewport({width: 1200, height: 900});
  }
  if (language === 'fr') {
    const left = await tab.evaluate(() => [...document.querySelectorAll('#tabs a, h1, h2')].map(e => e.textContent).filter(text => /\b(the|your|What|Start|Answer)\b/.test(text)));
    check('headings are French', left.length === 0, left.join(', '));
  }
  check(`no page errors on the tabs, ${language}`, tab.errors.length === 0, tab.errors[0]);
  check(`no request on the tabs, ${language}`, tab.requests.length === 0, tab.requests[0]);
  await tab.close();
}

async function asAPersonWould(browser) {
  const tab = await openPage(browser, '');
  await ready(tab);
  const notice = fs.readFileSync('tests/page-notice.txt', 'utf8');
  await tab.evaluate(text => { const area = document.getElementById('paste'); area.value = text; document.getElementById('read').click(); }, notice);
  await settle(tab, () => document.querySelectorAll('#view-start mark').length > 2);
  check('a pasted notice gives the grade', await tab.evaluate(() => document.getElementById('a-grade').value) === 'G15', await tab.evaluate(() => document.getElementById('a-grade').value));
  await goTab(tab, 'about');
  await settle(tab, () => document.getElementById('p-nationality'));
  await tab.select('#p-nationality', 'DE');
  await settle(tab, () => document.querySelector('#about-said #p-nationality'));
  await goTab(tab, 'answer');
  const before = await netShown(tab);
  check('the notice and one answer give a net', /^\d+\.\d\d$/.test(before ?? ''), before);
  await tab.evaluate(() => document.getElementById('line-pension_contribution').click());
  await settle(tab, () => /8%|8 %/.test(document.querySelector('[data-rule=pension_contribution] .why').textContent));
  check('a line opens its reason', true);
  await goTab(tab, 'about');
  await tab.evaluate(() => { const field = document.getElementById('p-birth_date'); field.value = '2999-01-01'; field.dispatchEvent(new Event('input')); });
  await settle(tab, () => document.querySelector('[data-input=birth_date] .error, #messages .error'));
  check('a wrong date is told', true);
  await tab.select('#p-spouse', 'yes');
  await settle(tab, () => document.getElementById('p-spouse_monthly_income'));
  await tab.evaluate(() => { const field = document.getElementById('p-spouse_monthly_income'); field.value = '12..5'; field.dispatchEvent(new Event('input')); });
  await settle(tab, () => document.querySelector('[data-input=spouse_monthly_income] .error'));
  check('a number half typed is told beside its field, and stays there', await tab.evaluate(() => document.getElementById('p-spouse_monthly_income').value) === '12..5');
  await goTab(tab, 'answer');
  check('the figure before a mistake stays', await netShown(tab) === before, await netShown(tab));
  await tab.close();
}

async function whatIf(browser) {
  const tab = await openPage(browser, linkOf(FAMILY, {tab: 'whatif'}));
  await ready(tab);
  await settle(tab, () => document.getElementById('slide-group_insurance_rate'));
  const before = await tab.evaluate(() => document.querySelector('#view-whatif .figure').dataset.amount);
  await tab.evaluate(() => { const slide = document.getElementById('slide-group_insurance_rate'); slide.value = '5'; slide.dispatchEvent(new Event('change')); });
  await settle(tab, old => document.querySelector('#view-whatif .figure').dataset.amount !== old, before);
  fs.writeFileSync(path.join(work, 'own.ini'), '[parameter group_insurance_rate]\n1900-01-01 = 5%\n');
  const expected = JSON.parse(program(['estimate', ...setsOf({...FAMILY.post, ...FAMILY.person}), '--with', path.join(work, 'own.ini'), '--format', 'json']).text).net;
  await goTab(tab, 'answer');
  check('an own figure gives the net of an overlay', await netShown(tab) === expected, `${await netShown(tab)}, not ${expected}`);
  check('an own figure stands in the address', (await tab.evaluate(() => location.hash)).includes('x.group_insurance_rate'));
  await tab.close();
}

async function keeping(browser) {
  const copied = () => { globalThis.copied = ''; Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { globalThis.copied = text; }}}); };
  const tab = await openPage(browser, linkOf(FAMILY), copied);
  await ready(tab);
  const net = await netShown(tab);
  check('the address does not hold what the person said', !(await tab.evaluate(() => location.hash)).includes('p.'));
  await goTab(tab, 'keep');
  await tab.evaluate(() => document.getElementById('copy-link').click());
  check('a link holds nothing personal', !(await tab.evaluate(() => globalThis.copied)).includes('p.'));
  await tab.evaluate(() => document.getElementById('copy-personal').click());
  const link = await tab.evaluate(() => globalThis.copied);
  const command = await tab.evaluate(() => document.getElementById('command').textContent);
  const again = await openPage(browser, link.slice(link.indexOf('#')).replace('tab=keep', 'tab=answer'));
  await ready(again);
  check('a link with details gives the same net', await netShown(again) === net, await netShown(again));
  await again.close();
  const done = spawnSync('bash', ['-c', `${command.replace(/^natopay/, `'${natopay}'`)} --format json`], {encoding: 'utf8'});
  check('the copied command gives the same net', JSON.parse(done.stdout || '{}').net === net, done.stderr);
  await tab.evaluate(() => document.getElementById('remember').click());
  await new Promise(wait => setTimeout(wait, 500));
  await tab.close();
  const later = await openPage(browser, '');
  await ready(later);
  await goTab(later, 'about');
  const remembered = await later.evaluate(() => document.getElementById('p-nationality')?.value);
  check('what the person said is remembered on request', remembered === 'PT', remembered);
  await goTab(later, 'keep');
  await later.evaluate(() => document.getElementById('delete-all').click());
  await settle(later, () => localStorage.length === 0);
  check('it is deleted on request', true);
  await later.close();
}

async function planning(browser) {
  const list = path.join(work, 'staff.csv');
  fs.writeFileSync(list, program(['sample-staff', '20000']).text + 'wrong,G99,FR\n');
  const tab = await openPage(browser, '#tab=plan');
  await ready(tab);
  await (await tab.$('#staff-file')).uploadFile(list);
  const begun = Date.now();
  await settle(tab, () => document.getElementById('plan-report'));
  console.log(`a plan of 20,000 staff took ${((Date.now() - begun) / 1000).toFixed(1)} s in the page`);
  const text = await tab.evaluate(() => document.getElementById('plan-report').shadowRoot.textContent);
  check('a plan shows how many rows there were', /20,?000/.test(text), text.slice(0, 200));
  check('a bad row is counted, told with its place, and can be saved', /20001 rows in = 20000 rows out \+ 1 rejected/.test(text) && await tab.evaluate(() => /20002: it has 3 fields/.test(document.getElementById('rejected')?.textContent)
    && [...document.querySelectorAll('#view-plan button')].some(button => /Rejected rows/.test(button.textContent))), text.slice(0, 200));
  await tab.evaluate(() => document.getElementById('add-rise').click());
  await settle(tab, () => document.getElementById('change-0-by'));
  await tab.evaluate(() => document.getElementById('run-plan').click());
  await settle(tab, () => document.getElementById('plan-report')?.shadowRoot.textContent.includes('What changes'));
  check('a rise of all scales is a scenario', true);
  check('a staff list is in no link', !(await tab.evaluate(() => location.hash)).includes('synthetic'));
  check('no page errors in a plan', tab.errors.length === 0, tab.errors[0]);
  await tab.close();
}

// Each form of a change gives the report that the program makes of a scenario file.
async function planForms(browser) {
  const list = path.join(work, 'few.csv');
  fs.writeFileSync(list, program(['sample-staff', '60']).text);
  const forms = {
    rise: [{by: '2,5', from: '2027-01-01'}, '[scale BE 2027-01-01]\nindex = 1.025\nindex.status = user\nindex.source = natopay_assumption\n'],
    allowance: [{amount: '120.50', from: '2027-03-01'}, '[rule own]\nkind = allowance\nlabel = New allowance\namount = local(120.50 EUR)\nfrom = 2027-03-01\n'],
    rate: [{name: 'pension_staff_rate', value: '8.5%', from: '2027-01-01'}, '[parameter pension_staff_rate]\n2027-01-01 = 8.5%\n'],
  };
  for (const [kind, [values, sections]] of Object.entries(forms)) {
    const scenario = path.join(work, 'what-if.ini');
    fs.writeFileSync(scenario, `[scenario what_if]\nlabel = What changes\n\n${sections.replace(/^(index = .*|amount = .*|2027-01-01 = .*)$/gm, '$&\nstatus = user\nsource = natopay_assumption')}`);
    const made = program(['plan', list, '--scenario', scenario, '--by', 'duty_country', '--format', 'html']);
    const tab = await openPage(browser, '#tab=plan');
    await ready(tab);
    await tab.evaluate(id => document.getElementById(id).click(), `add-${kind}`);
    await tab.evaluate(all => { for (const [key, value] of Object.entries(all)) { const field = document.getElementById(`change-0-${key}`); field.value = value; // choosing a figure draws the form anew
      field.dispatchEvent(new Event('change')); } }, values);
    await (await tab.$('#staff-file')).uploadFile(list);
    await settle(tab, () => document.getElementById('plan-report') || document.querySelector('#view-plan .error'));
    const [shown, wanted] = await tab.evaluate(html => [document.getElementById('plan-report')?.shadowRoot ?? document.querySelector('#view-plan .error'), new DOMParser().parseFromString(html, 'text/html').body]
      .map(node => [...node.querySelectorAll('table')].map(table => table.textContent.replace(/\s+/g, ' ')).join('\n') || node.textContent), made.text);
    check(`a plan with the form ${kind} is that of the program`, /What changes/.test(made.text) && shown === wanted, `${difference(shown, wanted)} ${made.said}`);
    await tab.evaluate(() => { const field = document.getElementById('change-0-from'); field.value = ''; field.dispatchEvent(new Event('change')); document.getElementById('run-plan').click(); });
    await settle(tab, () => document.querySelector('#view-plan .error'));
    check(`a form without a day is told, ${kind}`, true);
    await tab.close();
  }
}

async function hostile(browser) {
  const evil = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
  const state = {post: {...EXAMPLE.post, title: evil, town: evil, body: evil}, person: {nationality: 'DE', languages_held: evil}};
  const tab = await openPage(browser, linkOf(state, {'x.group_insurance_rate': `${evil}`, 's.annual_adjustment': evil, [`a.${evil}`]: '1', zzz: evil}));
  await ready(tab);
  for (const name of TABS) {
    await tab.evaluate(id => document.getElementById(id).click(), `tab-${name}`);
    await new Promise(done => setTimeout(done, 700));
  }
  const found = await tab.evaluate(() => globalThis.hacked || document.querySelectorAll('main img, main script').length);
  check('hostile text never becomes markup', !found, String(found));
  check('unknown names of a link are told', /zzz/.test(await tab.evaluate(() => document.getElementById('messages').textContent)));
  await follow(tab, `#v=1&a.title=${'x'.repeat(100000)}`);
  check('a link of 100 KB is refused in words', await tab.evaluate(() => document.getElementById('messages').textContent.length > 20));
  await tab.evaluate(() => { location.hash = '#tab=start'; });
  await settle(tab, () => document.getElementById('paste'));
  await tab.evaluate(() => { const area = document.getElementById('paste'); area.value = 'x '.repeat(5000000); document.getElementById('read').click(); });
  await settle(tab, () => document.querySelector('#view-start .error'));
  check('a notice of 10 MB is refused in words', true);
  await tab.close();
}

async function withoutMuch(browser) {
  const bare = await openPage(browser, '', () => { delete globalThis.WebAssembly; });
  await settle(bare, () => /WebAssembly/.test(document.getElementById('messages').textContent));
  check('no WebAssembly is said', true);
  await bare.close();
  const tab = await openPage(browser, linkOf(FAMILY, {tab: 'keep'}), () => { Object.defineProperty(globalThis, 'localStorage', {get() { throw new Error('refused'); }}); });
  await ready(tab);
  await tab.evaluate(() => document.getElementById('remember').click());
  await settle(tab, () => document.querySelector('#messages .message'));
  check('refused storage is said', true);
  await tab.close();
}

// A request in which memory runs out ends as any trap of WebAssembly does: here it is made to.
async function memoryRunsOut(browser) {
  const tab = await openPage(browser, linkOf(EXAMPLE), () => {
    const RealWorker = Worker, RealBlob = Blob, head = `let fail = false;
      self.addEventListener('message', event => { if (event.data === 'fail') { fail = true; event.stopImmediatePropagation(); } });
      const Real = WebAssembly.Instance;
      WebAssembly.Instance = function (module, imports) {
        const {exports} = new Real(module, imports);
        return {exports: {...exports, page_ask(...given) { if (fail) { fail = false; throw new WebAssembly.RuntimeError('unreachable'); } return exports.page_ask(...given); }}};
      };\n`;
    globalThis.Blob = function (parts, kind) { return new RealBlob(kind?.type === 'text/javascript' ? [head, ...parts] : parts, kind); };
    globalThis.Worker = function (address) { globalThis.theWorker = new RealWorker(address); return globalThis.theWorker; };
  });
  await ready(tab);
  const before = await netShown(tab);
  await goTab(tab, 'about');
  await tab.evaluate(() => globalThis.theWorker.postMessage('fail')), await tab.select('#p-nationality', 'FR');
  await settle(tab, () => /memory/.test(document.getElementById('messages').textContent));
  check('memory that runs out is told', true);
  check('what was given stays', await tab.evaluate(() => document.getElementById('p-nationality').value) === 'FR');
  await tab.select('#p-nationality', 'DE');
  await settle(tab, () => !document.getElementById('messages').textContent);
  await goTab(tab, 'answer');
  check('the engine answers again', await netShown(tab) === before, await netShown(tab));
  await tab.close();
}

// What a recruiter hands out: a page filled in for a notice, with figures of an overlay in it.
async function handedOut(browser) {
  const file = path.join(work, 'handed-out.html'), overlay = path.join(work, 'overlay.ini'), asked = ['tests/page-notice.txt', '--with', overlay];
  fs.writeFileSync(overlay, '[parameter group_insurance_rate]\n1900-01-01 = 4%\n');
  const made = program(['page', ...asked, '--output', file]), tab = await browser.newPage();
  check('natopay page writes a page', made.exit === 0, made.said);
  await tab.goto(pathToFileURL(file).href);
  await ready(tab);
  check('it shows the net of its notice and overlay', await netShown(tab) === JSON.parse(program(['estimate', ...asked, '--format', 'json']).text).net, await netShown(tab));
  await tab.close();
}

// The reports of the command line: accessible, and no wider than the window.
async function reports(browser) {
  const post = ['data/posts/senior-technician-neuilly.ini', 'data/persons/german-family.ini'], other = 'data/posts/operator-technical-security-brussels.ini,grade=G8,twin_grade=G10,start=2026-03-01';
  const list = path.join(work, 'report.csv');
  program(['sample-staff', '8', '--output', list]);
  const made = {estimate: ['estimate', ...post], timeline: ['timeline', ...post], compare: ['compare', ...post, '--post', other],
    plan: ['plan', list, '--scenario', 'data/scenarios/scale-rise-2027.ini', '--scenario', 'data/scenarios/expatriation-8.ini', '--by', 'duty_country']};
  for (const [name, args] of Object.entries(made)) {
    const file = path.join(work, `${name}.html`), tab = await browser.newPage();
    fs.writeFileSync(file, program([...args, '--format', 'html']).text);
    for (const width of [360, 800, 1380]) {
      await tab.setViewport({width, height: 900});
      await tab.goto(pathToFileURL(file).href);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
      check(`the report of ${name} fits ${width} pixels`, wide <= width, wide);
    }
    await tab.setViewport({width: 360, height: 900}), await tab.evaluate(axe);
    const found = await tab.evaluate(async () => (await globalThis.axe.run()).violations.map(v => `${v.id} ${v.nodes[0].html.slice(0, 120)}`));
    check(`axe on the report of ${name}`, found.length === 0, found.join(' | '));
    await tab.close();
  }
}

async function byKeyboard(browser) {
  const tab = await openPage(browser, '#tab=start');
  await ready(tab);
  const reach = async id => {
    for (let i = 0; i < 60; i++) {
      if (await tab.evaluate(() => document.activeElement.id) === id) return true;
      await tab.keyboard.press('Tab');
    }
    return false;
  };
  check('grade is reached by the keyboard', await reach('a-grade'));
  await tab.keyboard.type('G10');
  check('place is reached by the keyboard', await reach('a-place'));
  await tab.keyboard.type('Neuilly');
  await settle(tab, () => document.querySelector('#view-start [data-amount]'));
  await tab.keyboard.down('Shift');
  for (let i = 0; i < 60 && await tab.evaluate(() => document.activeElement.id) !== 'tab-answer'; i++) await tab.keyboard.press('Tab');
  await tab.keyboard.up('Shift');
  await tab.keyboard.press('Enter');
  await settle(tab, () => document.getElementById('net'));
  check('the answer is reached by the keyboard', true);
  await tab.close();
}

async function onPaper(browser) {
  const tab = await openPage(browser, linkOf(FAMILY));
  await ready(tab);
  const pdf = await tab.pdf({format: 'A4'});
  check('the answer prints', pdf.length > 20000, pdf.length);
  await tab.close();
}

const EACH = {...asked, comparedTotals, impossibleFirst, notDue, asAPersonWould, whatIf, keeping, planning, planForms, hostile, withoutMuch, memoryRunsOut, handedOut, reports, byKeyboard};
const ONLY = process.env.PAGE_TESTS?.split(','); // names of some of them, to try these alone

async function allOf(name, browser) {
  if (!ONLY) await test(`${name}: nets`, () => sameNets(browser, name === 'chromium' ? STATES : Math.min(STATES, 30)));
  for (const language of ONLY ? [] : ['en', 'fr']) await test(`${name}: tabs ${language}`, () => everyTab(browser, language));
  for (const [each, act] of Object.entries(EACH)) if (ONLY?.includes(each) ?? true) await test(`${name}: ${each}`, () => act(browser));
  if (name === 'chromium' && !ONLY) await test('print', () => onPaper(browser));
}

const LARGEST = 520 * 1024, size = gzipSync(fs.readFileSync(page), {level: 9}).length;
check('the page is small enough', size <= LARGEST, `${size} bytes by gzip, more than ${LARGEST}`);
const BROWSERS = [['chromium', '/usr/bin/chromium', {args: ['--no-sandbox', '--disable-gpu']}], ['firefox', '/usr/bin/firefox-esr', {browser: 'firefox'}]];
const wanted = (process.env.PAGE_BROWSERS || 'chromium,firefox').split(',');
for (const [name, executablePath, options] of BROWSERS.filter(([each]) => wanted.includes(each))) {
  if (!fs.existsSync(executablePath)) {
    count.skipped++;
    console.log(`skipped ${name}: there is no ${executablePath}`);
    continue;
  }
  const browser = await puppeteer.launch({executablePath, headless: true, protocolTimeout: 240000, ...options}).catch(error => error);
  if (browser instanceof Error) {
    check(`${name} starts`, false, browser.message.split('\n')[0]);
    continue;
  }
  await allOf(name, browser);
  await browser.close().catch(() => {});
}
const {passed, failed, skipped} = count;
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
