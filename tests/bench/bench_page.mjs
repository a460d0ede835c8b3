// node tests/bench/bench_page.mjs PAGE CACHE: see bench_page.sh. Fails where the page is slower than promised.
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [page, cache] = process.argv.slice(2);
const puppeteer = createRequire(path.join(cache, 'package.json'))('puppeteer-core');
const LINK = '#v=1&a.grade=G10&a.duty_country=FR&a.start=2026-03-01&p.nationality=DE';
const OPENED = 1000, ANSWERED = 50, TIMES = 5, CHANGES = 40; // milliseconds; how often each is measured
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// From the start of the navigation to the net that is shown.
function watchOpening() {
  new MutationObserver((_, observer) => {
    if (document.body?.dataset.ready !== 'yes') return;
    globalThis.openedAfter = performance.now();
    observer.disconnect();
  }).observe(document, {attributes: true, childList: true, subtree: true});
}

// The grade, changed to and fro beside the figure: each time until that is another one.
async function changes(times) {
  const took = [];
  for (let i = 0; i < times; i++) {
    const shownNet = () => document.querySelector('#view-start .figure')?.dataset.amount;
    const field = document.getElementById('a-grade'), before = shownNet(), begun = performance.now();
    field.value = field.value === 'G10' ? 'G11' : 'G10';
    const shown = new Promise(done => {
      const observer = new MutationObserver(() => {
        const now = shownNet();
        if (now === undefined || now === before) return;
        observer.disconnect();
        done();
      });
      observer.observe(document.querySelector('main'), {attributes: true, childList: true, subtree: true});
    });
    field.dispatchEvent(new Event('change'));
    await shown;
    took.push(performance.now() - begun);
    await new Promise(done => setTimeout(done, 60));
  }
  return took;
}

const browser = await puppeteer.launch({executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu']});
const openings = [];
let took = [];
for (let i = 0; i < TIMES; i++) {
  const tab = await browser.newPage();
  await tab.evaluateOnNewDocument(watchOpening);
  await tab.goto(`${pathToFileURL(page).href}${LINK}&tab=${i === TIMES - 1 ? 'start' : 'answer'}`);
  await tab.waitForFunction(() => globalThis.openedAfter);
  openings.push(await tab.evaluate(() => globalThis.openedAfter));
  if (i === TIMES - 1) took = await tab.evaluate(changes, CHANGES);
  await tab.close();
}
await browser.close();
console.log(`opening: ${median(openings).toFixed(0)} ms (median of ${TIMES}; at most ${OPENED})`);
console.log(`a change answered: ${median(took).toFixed(0)} ms (median of ${CHANGES}; at most ${ANSWERED})`);
process.exit(median(openings) <= OPENED && median(took) <= ANSWERED ? 0 : 1);
