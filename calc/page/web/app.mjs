// What all views share: the state, what the rule book offers, the answers so far.
import {emptyState} from './state.mjs';
import {language, say} from './words.mjs';
import {ask, askJson} from './client.mjs';

export const app = {
  state: emptyState(),
  inputs: new Map(), countries: [], stations: [], grades: [], currencies: [], sources: new Map(), rules: new Map(), parameters: [],
  estimate: null,        // of the post in view: the last one that could be computed
  stale: false,          // the estimate is that before the last change, which has a mistake
  problems: [],          // diagnostics of the last request
  notices: [],           // {name, text, reading, letter}
  linked: false,         // what is said about a person came with a link: it is not the one to remember
  messages: [],          // sentences over everything: an old link, refused storage
  changed: () => {},     // set by main.mjs: something was changed
  go: () => {},          // set by main.mjs: show a tab
};

export const engine = (args, files = {}) => ask(args, {files, language: language()});
export const engineJson = (args, files = {}) => askJson(args, {files, language: language()});

export const country = code => app.countries.find(c => c.country === code)?.label ?? code;
export const town = name => app.stations.find(s => s.station === name)?.town ?? name;
export const inputLabel = name => app.inputs.get(name)?.label ?? name;
// Inputs that a sentence of the engine names are called as on the form.
export const withLabels = sentence => sentence.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, name => app.inputs.has(name) ? say('“{0}”', inputLabel(name)) : name);

export const problemsOf = name => app.problems.filter(problem => problem.input === name && problem.severity === 'error');

// What a post is called: its title, or grade and place.
export function postName(post) {
  const place = post.town || (post.station && town(post.station)) || (post.duty_country && country(post.duty_country));
  return [post.grade && post.twin_grade ? `${post.grade}\u2013${post.twin_grade}` : post.grade, place].filter(Boolean).join(', ');
}

export async function loadBook() {
  const kinds = ['input', 'country', 'station', 'grade', 'source', 'rule', 'parameter', 'currency'];
  const [inputs, countries, stations, grades, sources, rules, parameters, currencies] =
    await Promise.all(kinds.map(async kind => (await engineJson(['show', kind])).value ?? []));
  const byName = (rows, key) => new Map(rows.map(row => [row[key], row]));
  Object.assign(app, {inputs: byName(inputs, 'input'), sources: byName(sources, 'source'), rules: byName(rules, 'rule'),
    countries: countries.sort((a, b) => a.label.localeCompare(b.label, language())), stations, grades, parameters, currencies: currencies.sort((a, b) => a.currency.localeCompare(b.currency))});
}

// The person's own figures as a layer over the rule book: each replaces all that the parameter says, and is certain.
export function figuresFile(figures) {
  const sections = Object.entries(figures).filter(([name]) => app.parameters.some(p => p.parameter === name)).map(([name, value]) => {
    const keys = app.parameters.filter(row => row.parameter === name && row.from).map(row => {
      const key = row.country ? `${row.country.toLowerCase()} ${row.from}` : row.from;
      return [key, `${key}.low`, `${key}.high`].map(each => `${each} = ${clean(value)}`).join('\n');
    });
    return `[parameter ${name}]\n${keys.join('\n')}\n`;
  });
  return sections.length ? {'own-figures.ini': sections.join('\n')} : {};
}

const clean = value => value.replace(/[^\p{L}\p{N}.,%+ -]/gu, '');

// What natopay page --with put into this page.
function overlayFile() {
  const text = document.documentElement.dataset.overlay;
  return text ? {'overlay.ini': decodeURIComponent(text)} : {};
}

// The arguments and files with which everything is asked: own figures count in every answer.
export function withFigures(args, figures = app.state.figures) {
  const files = {...overlayFile(), ...figuresFile(figures)};
  return [[...args, ...Object.keys(files).flatMap(name => ['--with', name])], files];
}
