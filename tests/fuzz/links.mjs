// node tests/fuzz/links.mjs ENGINE BOOK SEEDS COUNT [SECONDS]: links of the page, those in the folder SEEDS and COUNT (or
// SECONDS' worth of) mutations of them, always the same ones. Whatever a link holds: it is read without an exception; what
// is written of it reads the same again; what the person said stands only in a link that was asked for; the command shown
// for the terminal is the same words to a shell; the engine answers the post in it. The last line is "N passed, N failed".
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {open, text} from '../../calc/page/engine.mjs';
import {commandOf, emptyState, LETTERS, readLink, setsOf, TAB_NAMES, writeLink} from '../../calc/page/web/state.mjs';

const [enginePath, folder, seedFolder, count, seconds] = process.argv.slice(2);
const book = Object.fromEntries(fs.readdirSync(folder).filter(name => name.endsWith('.ini')).map(name =>
  [`nato/${name}`, fs.readFileSync(path.join(folder, name))]));
const engine = open(new WebAssembly.Module(fs.readFileSync(enginePath)), book);
const seeds = fs.readdirSync(seedFolder).sort().map(name => fs.readFileSync(path.join(seedFolder, name), 'utf8'));

let dice = 1;
function roll(n) {
  dice ^= dice << 13;
  dice ^= dice >>> 17;
  dice ^= dice << 5;
  return (dice >>> 0) % n;
}
const pick = list => list[roll(list.length)];

const WORDS = ['&', '=', '.', '%', '%00', '%0A', '%C3%A9', '%E2%80', '%27', "'", '"', '+', '#', '\u2028', '\ud800', 'é', 'a.', 'p.', 'x.',
  's.', 'j.', 'f.', 'grade', 'G22', 'duty_country', 'TR', 'start', '2026-02-29', 'step', '99999999999999999999', '-1', 'children', 'tab=plan',
  '__proto__', 'toString', 'contract_months', '1e9', '$(id)', '`', '\\', '!', '&a.x=' + 'y'.repeat(1001), '%25'.repeat(400)];

function mutate(link) {
  for (let edits = 1 + roll(6); edits > 0; edits--) {
    const at = roll(link.length + 1), to = Math.min(link.length, at + roll(10)), other = pick(seeds), from = roll(other.length + 1);
    link = link.slice(0, at) + pick(['', pick(WORDS), other.slice(from, from + roll(60)), link.slice(at, to).repeat(2)]) + link.slice(pick([at, to]));
  }
  return link;
}

// What a link says of a state: empty values say nothing, nor does a post without values.
function said(state) {
  const full = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '').sort());
  const posts = LETTERS.map(letter => [letter, full(state.posts[letter] ?? {})]).filter(([, values]) => Object.keys(values).length);
  return {...state, book: '', posts: Object.fromEntries(posts), person: full(state.person), scenario: full(state.scenario),
    figures: full(state.figures), today: full(state.today)};
}

function checkState(state) {
  assert.deepEqual(Object.keys(state).sort(), Object.keys(emptyState()).sort());
  assert.ok(LETTERS.includes(state.post) && state.posts[state.post] && (state.tab === '' || TAB_NAMES.includes(state.tab)));
  assert.ok(['en', 'fr'].includes(state.lang) && [36, 72, 120].includes(state.months));
  assert.equal(Object.getPrototypeOf(state.posts), Object.prototype);
  for (const values of [...Object.values(state.posts), state.person, state.scenario, state.figures, state.today])
    for (const [name, value] of Object.entries(values)) assert.ok(/^[a-z][a-z0-9_]*$/.test(name) && typeof value === 'string');
}

// As many words as there are, each byte for byte: nothing in a link may become a command of its own.
function checkCommand(state) {
  const command = commandOf(state, state.post), wanted = ['estimate', ...setsOf(state, state.post)];
  if (wanted.some(word => word.includes('\0'))) return;
  const shell = spawnSync('sh', ['-c', command.replace(/^natopay /, "printf '%s\\0' ")], {env: {}, maxBuffer: 1 << 22});
  assert.equal(shell.stderr.toString(), '');
  assert.deepEqual(shell.stdout.toString().split('\0').slice(0, -1), wanted);
}

function checkAnswer(state) {
  const answer = engine.ask(['estimate', ...setsOf(state, state.post), '--format', 'json'], {});
  assert.ok([0, 2, 3].includes(answer.exit), `exit code ${answer.exit}`);
  assert.equal(answer.exit === 0, answer.said.errors === 0);
  if (answer.exit === 0) assert.ok(JSON.parse(text(answer)).net !== undefined);
  return answer.exit === 0;
}

function check(link, number) {
  const {state, refused} = readLink(link);
  checkState(state);
  assert.ok(Array.isArray(refused));
  const open = writeLink(state), whole = writeLink(state, {personal: true});
  assert.ok(!/[#&][pj]\./.test(open));
  const again = readLink(whole);
  if (!again.refused.includes('long')) assert.deepEqual(said(again.state), said(state));
  if (number % 40 === 0) checkCommand(state);
  return checkAnswer(state);
}

let done = 0, failed = 0, answered = 0;
const until = seconds ? Date.now() + 1000 * seconds : 0;
for (let i = 0; failed < 5 && (seconds ? Date.now() < until : i < seeds.length + Number(count)); i++) {
  const link = i < seeds.length ? seeds[i] : mutate(pick(seeds));
  try {
    answered += check(link, i);
    done++;
  } catch (error) {
    failed++;
    console.log(`failed: ${JSON.stringify(link)}\n${error.stack}`);
  }
}
if (answered < done / 10) {
  failed++;
  console.log(`failed: only ${answered} of ${done} links could be answered`);
}
console.log(`${done} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
