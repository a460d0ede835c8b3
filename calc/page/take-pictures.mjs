// node calc/page/take-pictures.mjs PAGE CACHE: the pictures in README.md, into calc/page/pictures, by Debian's Chromium.
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const [page, cache] = process.argv.slice(2), folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'pictures');
const puppeteer = createRequire(path.join(cache, 'package.json'))('puppeteer-core');
const POSTS = '#v=1&a.grade=G10&a.duty_country=FR&a.station=neuilly&a.start=2026-03-01&b.grade=G8&b.twin_grade=G10&b.duty_country=BE&b.station=brussels&b.start=2026-03-01'
  + '&p.nationality=PT&p.residence_country=PT&p.spouse=yes&p.spouse_monthly_income=0&p.child_births=2018-09-03%2C2021-02-11';
const PICTURES = [['answer', 1100, 900, 'light', ''], ['contract', 390, 900, 'dark', '&post=b']];

const browser = await puppeteer.launch({executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu']});
for (const [tab, width, height, scheme, more] of PICTURES) {
  const view = await browser.newPage();
  await view.setViewport({width, height});
  await view.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  await view.goto(`${pathToFileURL(page).href}${POSTS}${more}&tab=${tab}`);
  await view.waitForSelector('body[data-ready=yes]');
  await view.waitForFunction(name => document.querySelector(`#view-${name} svg`), {}, tab);
  await view.screenshot({path: path.join(folder, `${tab}.webp`), type: 'webp', quality: 70});
  await view.close();
}
await browser.close();
