// What the tests of the page share: browsers, the program beside them, states and links. See tests/page.
import {spawnSync} from 'node:child_process';
import {createRequire} from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

export const [page, natopay, cache, work] = process.argv.slice(2);
const require = createRequire(path.join(cache, 'package.json'));
export const puppeteer = require('puppeteer-core'), axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const address = pathToFileURL(page).href;
const PATIENCE = 60000;
export const count = {passed: 0, failed: 0, skipped: 0};

export function check(what, right, seen = '') {
  if (right) count.passed++; else {
    count.failed++;
    console.log(`failed: ${what}${seen === '' ? '' : `: ${seen}`}`);
  }
}

// Two texts from where they part.
export function difference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 40), at + 80)} <-> ${b.slice(Math.max(0, at - 40), at + 80)}`;
}

export async function test(what, act) {
  try { await act(); } catch (error) { check(what, false, error.message.split('\n')[0]); }
}

// ---- the program ----

export function program(args) {
  const done = spawnSync(natopay, args, {encoding: 'utf8', maxBuffer: 1 << 28});
  return {exit: done.status, text: done.stdout, said: done.stderr};
}

export const setsOf = values => Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
export const netOf = values => JSON.parse(program(['estimate', ...setsOf(values), '--format', 'json']).text || '{}').net;

// ---- states by chance, the same in each run ----

let seed = 20261128;
export const chance = n => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * n); };
export const pick = list => list[chance(list.length)];

export function linkOf({post, person}, more = {}) {
  const pairs = new URLSearchParams({v: '1', ...more});
  for (const [name, value] of Object.entries(post)) pairs.set(`a.${name}`, value);
  for (const [name, value] of Object.entries(person)) pairs.set(`p.${name}`, value);
  return `#${pairs}`;
}

// ---- a page in a browser ----

export async function openPage(browser, fragment, before = null) {
  const tab = await browser.newPage(), errors = [], requests = [];
  await tab.setViewport({width: 1200, height: 900}), tab.on('pageerror', error => errors.push(error.message));
  tab.on('request', request => { if (!/^(file|blob|data|about):/.test(request.url())) requests.push(request.url()); });
  if (before) await tab.evaluateOnNewDocument(before);
  await tab.goto(address + fragment);
  Object.assign(tab, {errors, requests});
  return tab;
}

export const ready = tab => tab.waitForFunction(() => document.body.dataset.ready === 'yes', {timeout: PATIENCE});
export const netShown = tab => tab.evaluate(() => document.getElementById('net')?.dataset.amount ?? null);

export async function follow(tab, fragment) {
  await tab.evaluate(next => { document.body.dataset.ready = ''; location.hash = next; }, fragment);
  await ready(tab);
}

export const goTab = async (tab, name) => {
  await tab.evaluate(id => document.getElementById(id).click(), `tab-${name}`);
  await tab.waitForFunction(view => { const place = document.getElementById(view); return !place.hidden && place.querySelector('h1'); }, {timeout: PATIENCE}, `view-${name}`);
};

export const settle = (tab, condition, ...args) => tab.waitForFunction(condition, {timeout: PATIENCE}, ...args);

// ---- states ----

export const EXAMPLE = {post: {grade: 'G10', duty_country: 'FR', start: '2026-03-01'}, person: {nationality: 'DE'}};
export const FAMILY = {post: {grade: 'G10', duty_country: 'FR', station: 'neuilly', start: '2026-03-01'}, person: {nationality: 'PT', spouse: 'yes', child_births: '2018-09-03, 2021-02-11'}};
