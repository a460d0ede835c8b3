// About me: every question, in the order of how far its answer could move the net.
import {app, inputLabel} from './app.mjs';
import {fold, h, show} from './dom.mjs';
import {say} from './words.mjs';
import {field, forgetFields} from './fields.mjs';
import {effectWords, groupOfInput, openQuestions, question} from './answer.mjs';
import {given} from './state.mjs';

// Of the post, but about who takes it: who serves already is paid by a later step, who is seconded by others.
const ABOUT_POST = ['contract', 'step'];

// Fields without a question of their own, which few people need.
const rest = shown => [...app.inputs.values()].filter(input => input.group === 'person' && !shown.has(input.input)).map(input => input.input);

const list = (rows, answer) => h('ol', {class: 'asks'}, rows.map(row => question(row, answer, 'p')));

let lists = null; // names as they were drawn: they stay in their places while one of these fields has the focus

function sorted(found, answer) {
  const said = Object.keys(given(app.state.person)), open = found.filter(row => !said.includes(row.input) && effectWords(row, answer?.currency ?? 'EUR')).map(row => row.input);
  const still = found.map(row => row.input).filter(name => !open.includes(name) && !said.includes(name) && !ABOUT_POST.includes(name) && !(name === 'children' && said.includes('child_births')));
  return {said, open, still: [...ABOUT_POST.filter(() => app.estimate), ...still]};
}

export function drawAbout(place) {
  const answer = app.estimate?.net ? app.estimate : null, found = openQuestions(answer), fresh = sorted(found, answer);
  if (lists && place.contains(document.activeElement?.closest('[data-input]'))) {
    const drawn = new Set(Object.values(lists).flat()), more = name => fresh[name].filter(each => !drawn.has(each));
    lists = {said: lists.said, open: [...lists.open, ...more('open')], still: [...lists.still, ...more('still')]};
  } else lists = fresh;
  const rowsOf = names => names.map(name => found.find(row => row.input === name) ?? {input: name, answered: true});
  const shown = new Set([...Object.values(lists).flat(), 'children', 'child_births', 'resident_years_in_host_country']);
  const part = (id, head, words, ...content) => h('section', {class: 'part'}, h('h2', {}, head), h('p', {}, words), h('div', {class: 'body', id}, content));
  show(place, h('div', {class: 'head'}, h('h1', {}, say('About me')), h('p', {class: 'lead'}, answer ? say('In the order of how much each answer could change the net. Leave open what you like: the usual case is then assumed, and said.')
    : say('Say which post it is first; then the questions come in the order of their effect.'))),
  h('div', {class: 'hang'}, lists.said.length ? part('about-said', say('You said'), say('Change an answer, or empty it.'), h('ol', {class: 'asks'}, lists.said.map(name => h('li', {}, field(name, groupOfInput(name), {prefix: 'p'})))),
    h('p', {}, h('button', {type: 'button', class: 'plain', id: 'forget-me', onclick: () => {
      app.state.person = {};
      forgetFields();
      app.changed({});
    }}, say('Remove all answers about me')))) : null,
  answer ? part('about-open', say('What could change the net'), say('Largest effect first.'), lists.open.length ? list(rowsOf(lists.open), answer) : h('p', {}, say('Nothing that you have not answered could change the net.'))) : null,
  part('about-rest', say('Other questions'), say('They decide whether you can be appointed, or matter together with another answer.'), list(rowsOf(lists.still), answer),
    fold('about-rare', say('Rarely needed'), h('ol', {class: 'asks'}, rest(shown).map(name => h('li', {}, field(name, app.state.person, {prefix: 'p', label: inputLabel(name)}))))))));
}
