// The engine in its worker: questions go out, answers come back in order. A worker that is lost is started again.

let worker = null, number = 0;
const waiting = new Map(), starting = {};
const decoder = new TextDecoder();

const element = id => document.getElementById(id).textContent.trim();

function fromBase64(text) {
  const plain = atob(text), bytes = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i++) bytes[i] = plain.charCodeAt(i);
  return bytes;
}

async function unzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The archive: a line of JSON that names each file and its size, then the files.
function unpack(bytes) {
  const end = bytes.indexOf(10), files = {};
  let at = end + 1;
  for (const [path, size] of JSON.parse(decoder.decode(bytes.subarray(0, end)))) {
    files[path] = bytes.subarray(at, at + size);
    at += size;
  }
  return files;
}

function startWorker() {
  worker = new Worker(starting.address);
  worker.onmessage = event => {
    const {id, answer} = event.data, done = waiting.get(id);
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

export const cancel = () => restart('cancelled');

export async function openEngine() {
  const files = unpack(await unzip(fromBase64(element('engine'))));
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
