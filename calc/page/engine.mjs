// The engine: the library compiled to WebAssembly, as arguments and files in, an answer out. Used by the worker of the
// page, and by the tests under node.

const encoder = new TextEncoder(), decoder = new TextDecoder();

// What the library's C asks of its system: it has no files, no clock and no environment. It tells how far a plan is.
function system(module, memory, told) {
  const calls = {
    environ_sizes_get: (count, size) => {
      const view = new DataView(memory().buffer);
      view.setUint32(count, 0, true);
      view.setUint32(size, 0, true);
      return 0;
    },
    environ_get: () => 0,
    fd_prestat_get: () => 8, // no such descriptor
    told,
    proc_exit: code => { throw new Error(`the engine left with ${code}`); },
  };
  const imports = {};
  for (const wanted of WebAssembly.Module.imports(module)) {
    imports[wanted.module] ??= {};
    imports[wanted.module][wanted.name] = calls[wanted.name] ?? (() => 52); // not there
  }
  return imports;
}

const NO_MEMORY = {diagnostics: [{severity: 'error', code: 'no-memory', input: null, message: 'memory ran out', hint: null}],
  errors: 1, warnings: 0};

// book: {"nato/rules.ini": bytes, ..., "lang/fr.mo": bytes}; told: hears how many rows of a staff list are done
export function open(module, book, told = () => {}) {
  let exports;

  const put = bytes => {
    const at = exports.page_alloc(bytes.length + 1);
    if (!at) throw new Error('memory ran out');
    const room = new Uint8Array(exports.memory.buffer);
    room.set(bytes, at);
    room[at + bytes.length] = 0;
    return at;
  };
  const bytesOf = text => typeof text === 'string' ? encoder.encode(text) : text;
  const string = at => {
    const room = new Uint8Array(exports.memory.buffer);
    return decoder.decode(room.subarray(at, room.indexOf(0, at)));
  };
  const copy = (at, size) => new Uint8Array(exports.memory.buffer).slice(at, at + size);

  function start() {
    let memory;
    const instance = new WebAssembly.Instance(module, system(module, () => memory, told));
    exports = instance.exports;
    memory = exports.memory;
    exports._initialize();
    for (const [path, text] of Object.entries(book)) {
      const bytes = bytesOf(text);
      exports.page_own(put(encoder.encode(path)), put(bytes), bytes.length);
    }
  }

  function ask(args, files, language) {
    const held = [];
    const keep = bytes => { const at = put(bytes); held.push(at); return at; };
    for (const [path, text] of Object.entries(files)) {
      const bytes = bytesOf(text);
      exports.page_give(keep(encoder.encode(path)), keep(bytes), bytes.length);
    }
    const strings = keep(encoder.encode(args.map(a => a.replaceAll('\0', '')).join('\0')));
    const exit = exports.page_ask(strings, args.length, keep(encoder.encode(language)));
    const output = exports.page_output();
    const answer = {exit, media: string(exports.page_media()), bytes: copy(exports.page_bytes(), exports.page_size()),
      said: JSON.parse(string(exports.page_said())), output: output ? copy(output, exports.page_output_size()) : null};
    for (const at of held) exports.page_free(at);
    return answer;
  }

  start();
  return {
    // A request that runs out of memory ends this instance of the engine: the next one gets a new one.
    ask(args, files = {}, language = '') {
      try {
        return ask(args, files, language);
      } catch {
        start();
        return {exit: 4, media: 'text/plain', bytes: new Uint8Array(), said: NO_MEMORY, output: null};
      }
    },
    memory: () => exports.memory.buffer.byteLength,
  };
}

export const text = answer => decoder.decode(answer.bytes);
