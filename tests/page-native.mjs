// node tests/page-native.mjs ENGINE RUNS LOCALE PACKED: see tests/page-native.
import fs from 'node:fs';
import path from 'node:path';
import {open, text} from '../calc/page/engine.mjs';
import {unpack} from '../calc/page/web/unpack.mjs';

const [enginePath, runs, locale, packs] = process.argv.slice(2);
const module = new WebAssembly.Module(fs.readFileSync(enginePath));
const engines = new Map();

function engineOf(folder) {
  if (engines.has(folder)) return engines.get(folder);
  const book = Object.fromEntries(fs.readdirSync(folder).filter(name => name.endsWith('.ini')).map(name => [`nato/${name}`, fs.readFileSync(path.join(folder, name))]));
  book['lang/fr.mo'] = fs.readFileSync(path.join(locale, 'fr/LC_MESSAGES/natopay.mo'));
  const engine = open(module, book);
  engines.set(folder, engine);
  return engine;
}

// Options of the disk and the terminal, standard input, workbooks: not for the page.
const LEFT_OUT = /^(--output|-o|--data|--color|--help|-h|--version|-|xlsx|--format=xlsx|sqlite)$|^--(output|data|color)=/;
// The same file has another name where it lies in memory.
const sameNames = (all, folder) => all.replaceAll(folder + '/', 'nato/').replace(/(?:[\w.-]*\/)*nato\/(\w+\.ini)/g, 'nato/$1');

let passed = 0, failed = 0, skipped = 0;
for (const name of fs.readdirSync(packs).filter(name => name.endsWith('.packed'))) {
  const [size, packed] = fs.readFileSync(path.join(packs, name), 'utf8').split(' ');
  const plain = fs.readFileSync(path.join(packs, name.replace('.packed', '.plain')));
  if (plain.equals(unpack(Buffer.from(packed, 'base64'), Number(size)))) { passed++; continue; }
  failed++;
  console.log(`differs: what calc/page/web/unpack.mjs makes of ${plain.length} bytes, ${name}`);
}
for (const name of fs.readdirSync(runs).sort()) {
  const run = path.join(runs, name), args = fs.readFileSync(path.join(run, 'args'), 'utf8').split('\0').slice(0, -1);
  const folder = fs.readFileSync(path.join(run, 'book'), 'utf8'), out = fs.readFileSync(path.join(run, 'out'), 'utf8');
  const exit = Number(fs.readFileSync(path.join(run, 'exit'), 'utf8'));
  if (args.some(arg => LEFT_OUT.test(arg)) || !folder || !fs.existsSync(folder) || !out) { skipped++; continue; }
  const files = Object.fromEntries(fs.readdirSync(path.join(run, 'files')).map(file => [file, fs.readFileSync(path.join(run, 'files', file))]).slice(0, 60));
  const words = args.flatMap(arg => arg.split(/[,=]/));
  for (const word of words) if (word.includes('/') && fs.existsSync(word) && fs.statSync(word).isFile()) files[word] = fs.readFileSync(word);
  // a PDF file needs pdftotext; pipes and links were not kept
  if (words.some(word => /\.pdf$/.test(word) || (!files[word] && /\.(ini|txt|html|md)$/.test(word)))) { skipped++; continue; }
  // the page has the rule book of one organisation, and no pipes
  const other = words.includes('data') || Object.entries(files).some(([file, bytes]) => words.includes(file) && /^data *=/m.test(bytes.toString()));
  if (other || words.some(word => word.startsWith('/dev/fd/'))) { skipped++; continue; }
  const answer = engineOf(folder).ask(args, files), seen = text(answer);
  if (sameNames(seen, folder) === sameNames(out, folder) && answer.exit === exit) { passed++; continue; }
  failed++;
  const at = [...seen].findIndex((c, i) => c !== out[i]);
  console.log(`differs: natopay ${args.join(' ').slice(0, 160)}\n  exit ${answer.exit}, not ${exit}; at byte ${at}: ${JSON.stringify(seen.slice(Math.max(0, at - 20), at + 60))}, not ${JSON.stringify(out.slice(Math.max(0, at - 20), at + 60))} ${answer.said.diagnostics[0]?.message ?? ''}`);
}
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
