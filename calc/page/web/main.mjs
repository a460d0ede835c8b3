// The page: the state from the address, the answer from the engine, the view that is asked for.
import {app, engineJson, loadBook, withFigures} from './app.mjs';
import {h, show} from './dom.mjs';
import {say, sentences, speak} from './words.mjs';
import {money} from './format.mjs';
import {openEngine} from './client.mjs';
import {isReady, readLink, setsOf, writeLink} from './state.mjs';
import {forgetFields} from './fields.mjs';
import {caseLine, drawAnswer} from './answer.mjs';
import {drawStart} from './start.mjs';
import {drawAbout} from './about.mjs';
import {drawContract} from './contract.mjs';
import {drawCompare} from './compare.mjs';
import {drawWhatIf} from './whatif.mjs';
import {drawPlan} from './plan.mjs';
import {drawKeep, rememberedPerson, rememberPerson, takePerson} from './keep.mjs';

const at = id => document.getElementById(id);
const VIEWS = {start: drawStart, about: drawAbout, answer: drawAnswer, contract: drawContract, compare: drawCompare, whatif: drawWhatIf,
  plan: drawPlan, keep: drawKeep};
const TABS = [['start', () => say('Start here')], ['about', () => say('About me')], ['answer', () => say('Answer')], ['contract', () => say('Contract')],
  ['compare', () => say('Compare')], ['whatif', () => say('What if')], ['keep', () => say('Keep and share'), () => say('Keep')], ['plan', () => say('Plan for staff'), () => say('Staff')]];

let catalogues = {}, written = '', turn = 0;

// ---- what stands around the views ----

function drawFrame() {
  const tab = app.state.tab;
  at('promise').textContent = say('Nothing leaves this computer. Not an official calculation.');
  at('lang').textContent = app.state.lang === 'fr' ? 'English' : 'Français';
  at('lang').lang = app.state.lang === 'fr' ? 'en' : 'fr';
  at('theme').textContent = isDark() ? say('Light') : say('Dark');
  at('tabs').setAttribute('aria-label', say('Parts of the page'));
  at('foot').textContent = say('natopay is not an official calculation. Nothing you type leaves this computer.');
  show(at('tabs'), h('ul', {}, TABS.map(([name, words, short]) => h('li', {class: name === 'keep' ? 'apart' : ''},
    h('a', {href: `#tab=${name}`, 'data-tab': name, id: `tab-${name}`, 'aria-current': name === tab ? 'page' : null}, short ? [h('span', {class: 'long'}, words()), h('span', {class: 'short'}, short())] : words())))));
  const about = ['answer', 'contract', 'whatif', 'about'].includes(tab);
  at('case').hidden = !about;
  if (about) show(at('case'), caseLine());
  document.title = say('natopay: what a NATO post pays');
  show(at('messages'), app.messages.map(words => h('p', {class: 'message', role: 'status'}, words)), generalProblems());
}

// Mistakes that belong to no field in view.
function generalProblems() {
  return app.problems.filter(problem => problem.severity === 'error').map(problem => h('p', {class: 'error', role: 'alert'},
    problem.code === 'no-memory' ? say('The engine ran out of memory and was started again. What you gave is still here.') : sentences(problem),
    problem.input && [app.state.posts[app.state.post], app.state.person, app.state.scenario].some(group => problem.input in group) ? [' ', h('button', {type: 'button', class: 'plain', onclick: () => {
      for (const group of [app.state.posts[app.state.post], app.state.person, app.state.scenario]) delete group[problem.input];
      forgetFields();
      changed({});
    }}, say('Leave it out'))] : null));
}

function drawFoot() {
  const answer = app.estimate, still = at('still');
  still.hidden = !(answer?.net && ['about', 'answer', 'start'].includes(app.state.tab)) || netInSight();
  if (!still.hidden) show(still, h('p', {}, h('b', {class: 'n'}, money(answer.net, answer.currency)), h('span', {}, say('net a month. Not an official calculation.'))),
    app.state.tab === 'answer' ? null : h('a', {class: 'button', href: '#tab=answer', 'data-tab': 'answer'}, say('Show the pay')));
}

function netInSight() {
  const figure = document.querySelector('main section:not([hidden]) .figure');
  return Boolean(figure) && figure.getBoundingClientRect().bottom > 0 && figure.getBoundingClientRect().top < innerHeight;
}

// ---- answering ----

async function estimate() {
  const mine = ++turn;
  if (!isReady(app.state, app.state.post)) {
    app.estimate = null;
    app.problems = [];
    app.stale = false;
    return true;
  }
  const [args, files] = withFigures(['estimate', ...setsOf(app.state, app.state.post), '--questions', '--sensitivity']);
  const {value, said} = await engineJson(args, files);
  if (mine !== turn) return false; // there is a newer question
  app.problems = said.diagnostics;
  app.stale = !value && Boolean(app.estimate);
  if (value) app.estimate = value;
  return true;
}

async function draw() {
  drawFrame();
  for (const name of Object.keys(VIEWS)) {
    const view = at(`view-${name}`);
    view.hidden = name !== app.state.tab;
    if (view.hidden) view.replaceChildren(); // each field is in the page once
  }
  await VIEWS[app.state.tab](at(`view-${app.state.tab}`));
  drawFoot();
}

function keepAddress() {
  written = writeLink(app.state);
  if (written !== location.hash) history.replaceState(null, '', written);
}

export async function changed() {
  keepAddress();
  rememberPerson();
  if (await estimate()) await draw();
  document.body.dataset.ready = 'yes';
}

export async function go(tab) {
  app.state.tab = tab;
  written = writeLink(app.state);
  if (written !== location.hash) history.pushState(null, '', written);
  await draw();
  scrollTo(0, 0);
  const head = at(`view-${tab}`).querySelector('h1');
  if (head) { head.tabIndex = -1; head.focus({preventScroll: true}); }
}

// ---- beginning ----

const isDark = () => document.documentElement.classList.contains('dark')
  || (!document.documentElement.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches);

// Names of an older link that are none any more: left out, and told with what the engine takes them for.
async function leaveOutUnknown(state) {
  const known = {p: app.inputs, s: app.inputs, x: new Map(app.parameters.map(row => [row.parameter, row]))};
  const groups = [...Object.values(state.posts), state.person, state.scenario].map(group => [group, known.p, name => ['estimate', '--set', `${name}=1`]]);
  for (const [group, names, request] of [...groups, [state.figures, known.x, name => ['show', 'parameter', name]]]) {
    for (const name of Object.keys(group).filter(each => !names.has(each)).slice(0, 8)) {
      const {said} = await engineJson(request(name)), problem = said.diagnostics.find(each => each.code.startsWith('unknown-'));
      app.messages.push([problem ? sentences(problem) : '', say('Left out: {0}.', `${name} = ${group[name].slice(0, 60)}`)].join(' '));
    }
    for (const name of Object.keys(group)) if (!names.has(name)) delete group[name];
  }
}

async function take(fragment, keep = {}) {
  const {state, refused} = readLink(fragment), before = app.state;
  const details = Object.keys(state.person).length > 0;
  app.messages = [];
  if (refused.includes('long')) app.messages.push(say('This link is too long to be one of ours, and was not read.'));
  else if (refused.length) app.messages.push(say('Not known in this link, and left out: {0}.', refused.slice(0, 8).join(', ')));
  for (const [name, values] of Object.entries(keep)) if (!Object.keys(state[name]).length) state[name] = values;
  if (!Object.keys(state.person).length) state.person = rememberedPerson() ?? {};
  if (state.lang !== before.lang || !app.inputs.size) {
    speak(state.lang, catalogues);
    await loadBook();
  }
  if (details || !Object.keys(keep).length) app.linked = details;
  if (details && rememberedPerson()) app.messages.push(say('This link brings details about a person. Yours stay as they are remembered in this browser.'));
  await leaveOutUnknown(state);
  app.state = state;
  if (!state.tab) state.tab = isReady(state, state.post) ? 'answer' : 'start';
  forgetFields();
  app.estimate = null;
  await changed();
  const linked = state.book, now = app.estimate?.book?.replace('sha256:', '') ?? '';
  if (linked && now && !now.startsWith(linked)) {
    app.messages.push(say('Figures have changed since this link was made: the rule book is another one.'));
    drawFrame();
  }
}

function listen() {
  addEventListener('hashchange', () => { if (location.hash !== written) onAddress(); });
  addEventListener('popstate', () => { if (location.hash !== written) onAddress(); });
  addEventListener('scroll', drawFoot, {passive: true});
  document.addEventListener('click', event => {
    const link = event.target.closest('[data-tab]');
    if (!link) return;
    event.preventDefault();
    go(link.dataset.tab);
  });
  at('lang').addEventListener('click', async () => {
    app.state.lang = app.state.lang === 'fr' ? 'en' : 'fr';
    speak(app.state.lang, catalogues);
    forgetFields();
    await loadBook();
    await changed();
  });
  at('theme').addEventListener('click', () => {
    const dark = !isDark();
    document.documentElement.classList.toggle('dark', dark);
    document.documentElement.classList.toggle('light', !dark);
    if (app.state.tab === 'plan') draw(); else drawFrame();
  });
}

// Another link in the same window, or the way back; what the person said is not in the address, and stays.
async function onAddress() {
  const {person, today} = app.state;
  document.body.dataset.ready = '';
  await take(location.hash, {person, today});
}

export async function main() {
  Object.assign(app, {changed, go, takePerson});
  try {
    const files = await openEngine();
    for (const [path, bytes] of Object.entries(files)) {
      const [, code] = path.match(/^lang\/(..)\.mo$/) ?? [];
      if (code) catalogues[code] = bytes;
    }
  } catch (error) {
    at('messages').textContent = `This page computes with WebAssembly, and this browser does not run it here (${error.message}). Open the file in another browser, or use the program natopay. Cette page a besoin de WebAssembly, que ce navigateur n’exécute pas ici.`;
    return;
  }
  listen();
  await take(location.hash || document.documentElement.dataset.filled || '');
}

main();
