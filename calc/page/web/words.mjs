// The page's words in the language chosen, from the catalogue (.mo) that the engine uses too.

const words = {language: 'en', table: new Map()};

export const language = () => words.language;

// Every text of a catalogue: its English, and what it is in the language.
function readCatalogue(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder(), table = new Map();
  const textAt = place => decoder.decode(bytes.subarray(view.getUint32(place + 4, true),
    view.getUint32(place + 4, true) + view.getUint32(place, true)));
  const count = view.getUint32(8, true), from = view.getUint32(12, true), to = view.getUint32(16, true);
  for (let i = 0; i < count; i++) table.set(textAt(from + 8 * i), textAt(to + 8 * i));
  return table;
}

export function speak(code, catalogues) {
  words.language = code;
  words.table = catalogues[code] ? readCatalogue(catalogues[code]) : new Map();
  document.documentElement.lang = code;
}

const asSentence = text => text[0].toUpperCase() + text.slice(1) + (/[.?!:]$/.test(text) ? '' : '.');

// What the engine says of a mistake, and its hint, as sentences. What its command line would list is chosen from here.
export const sentences = problem => [problem.message, problem.hint?.replace(/(^|[:;,] )natopay .*$/, '')].filter(Boolean).map(asSentence).join(' ');

// A text in the language; {0}, {1} stand for what is put in.
export function say(english, ...put) {
  const text = words.table.get(english) || english;
  return text.replace(/\{(\d)\}/g, (whole, n) => put[n] ?? whole);
}
