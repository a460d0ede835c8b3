// The engine in its worker: questions go out, answers come back in order. A worker that is lost is started again.

import {unpack} from './unpack.mjs';

let worker = null, number = 0;
const waiting = new Map(), starting = {};
let hears = () => {};
const decoder = new TextDecoder();

const element = id => document.getElementById(id).textContent.trim();

function fromBase64(text) {
  const plain = atob(text), bytes = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i++) bytes[i] = plain.charCodeAt(i);
  return bytes;
}

// The archive: a line of JSON that names each file and its size, then the files.
function filesOf(bytes) {
  const end = bytes.indexOf(10), files = {};
  let at = end + 1;
  for (const [path, size] of JSON.parse(decoder.decode(bytes.subarray(0, end)))) {
    files[path] = bytes.subarray(at, at + size);
    at += size;
  }
  return catalogues(files);
}

// Less means that a text comes first, byte by byte.
function compareBytes(a, b) {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

// The file that gettext reads, of originals and translations in pairs: two tables of sizes and places, then the texts.
function gettextFile(pairs) {
  const count = pairs.length, tables = 28, texts = tables + 16 * count;
  const size = pairs.reduce((sum, pair) => sum + pair[0].length + pair[1].length + 2, texts);
  const bytes = new Uint8Array(size), view = new DataView(bytes.buffer);
  [0x950412de, 0, count, tables, tables + 8 * count, 0, 0].forEach((number, i) => view.setUint32(4 * i, number, true));
  let at = texts;
  for (const side of [0, 1]) {
    pairs.forEach((pair, i) => {
      view.setUint32(tables + 8 * (side * count + i), pair[side].length, true);
      view.setUint32(tables + 8 * (side * count + i) + 4, at, true);
      bytes.set(pair[side], at);
      at += pair[side].length + 1;
    });
  }
  return bytes;
}

// A translation as it is packed names the originals by their places in the engine: see catalogue() in pack.
function catalogues(files) {
  const encoder = new TextEncoder(), engine = files['engine.wasm'];
  for (const path of Object.keys(files).filter(each => each.endsWith('.said'))) {
    const bytes = files[path], end = bytes.indexOf(10);
    let at = end + 1, place = 0;
    const pairs = JSON.parse(decoder.decode(bytes.subarray(0, end))).map(([first, size, said = size]) => {
      const given = typeof first === 'string';
      if (!given) place += first;
      const original = given ? encoder.encode(first) : engine.subarray(place, place + size);
      at += said;
      return [original, bytes.subarray(at - said, at)];
    });
    pairs.sort((a, b) => compareBytes(a[0], b[0]));
    delete files[path];
    files[path.replace(/said$/, 'mo')] = gettextFile(pairs);
  }
  return files;
}

function startWorker() {
  worker = new Worker(starting.address);
  worker.onmessage = event => {
    const {id, answer, rows} = event.data, done = waiting.get(id);
    if (rows !== undefined) return hears(rows);
    waiting.delete(id);
    if (done) done(answer);
  };
  worker.onerror = () => restart('worker');
  worker.postMessage({module: starting.module, book: starting.book});
}

const lost = code => ({exit: 4, media: 'text/plain', text: '', output: null,
  said: {diagnostics: [{severity: 'error', code, input: null, message: '', hint: null}], errors: 1, warnings: 0}});

function restart(code) {
  worker?.terminate();
  for (const done of waiting.values()) done(lost(code));
  waiting.clear();
  startWorker();
}

// Who hears how many rows of a staff list are done, while it is computed.
export const hear = act => { hears = act; };

export const cancel = () => restart('cancelled');

export async function openEngine() {
  const [size, packed] = element('engine').split(' '), files = filesOf(unpack(fromBase64(packed), Number(size)));
  starting.module = await WebAssembly.compile(files['engine.wasm']);
  delete files['engine.wasm'];
  starting.book = files;
  starting.address = URL.createObjectURL(new Blob([element('worker')], {type: 'text/javascript'}));
  startWorker();
  return files;
}

// args as on the command line; files by name. {exit, media, text, said, output}
export function ask(args, {files = {}, language = 'en'} = {}) {
  return new Promise(done => {
    waiting.set(++number, done);
    worker.postMessage({id: number, args, files, language});
  });
}

export async function askJson(args, options) {
  const answer = await ask([...args, '--format', 'json'], options);
  let value = null;
  try { if (answer.text) value = JSON.parse(answer.text); } catch { /* cut off: the diagnostics say why */ }
  return {...answer, value};
}
