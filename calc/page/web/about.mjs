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

export function drawAbout(place) {
  const answer = app.estimate?.net ? app.estimate : null, asked = place.querySelector('#about-open');
  const rows = openQuestions(answer, asked), said = Object.keys(given(app.state.person));
  const moving = rows.filter(row => row.answered || effectWords(row, answer?.currency ?? 'EUR')), still = rows.filter(row => !moving.includes(row) && !(row.input === 'children' && said.includes('child_births')));
  const open = moving.filter(row => row.answered || !said.includes(row.input)), answered = said.filter(name => !open.some(row => row.input === name));
  const shown = new Set([...rows.map(row => row.input), ...answered, 'children', 'resident_years_in_host_country']);
  if (said.includes('children')) shown.add('child_births');
  const part = (id, head, words, ...content) => h('section', {class: 'part'}, h('h2', {}, head), h('p', {}, words), h('div', {class: 'body', id}, content));
  show(place, h('div', {class: 'head'}, h('h1', {}, say('About me')), h('p', {class: 'lead'}, answer ? say('In the order of how much each answer could change the net. Leave open what you like: the usual case is then assumed, and said.')
    : say('Say which post it is first; then the questions come in the order of their effect.'))),
  h('div', {class: 'hang'}, answered.length ? part('about-said', say('You said'), say('Change an answer, or empty it.'), h('ol', {class: 'asks'}, answered.map(name => h('li', {}, field(name, groupOfInput(name), {prefix: 'p'})))),
    h('p', {}, h('button', {type: 'button', class: 'plain', id: 'forget-me', onclick: () => {
      app.state.person = {};
      forgetFields();
      app.changed({});
    }}, say('Remove all answers about me')))) : null,
  answer ? part('about-open', say('What could change the net'), say('Largest effect first.'), open.length ? list(open, answer) : h('p', {}, say('Nothing that you have not answered could change the net.'))) : null,
  part('about-rest', say('Other questions'), say('They decide whether you can be appointed, or matter together with another answer.'), list([...ABOUT_POST.filter(() => app.estimate).map(input => ({input, answered: true})), ...still.filter(row => !said.includes(row.input) && !ABOUT_POST.includes(row.input))], answer),
    fold('about-rare', say('Rarely needed'), h('ol', {class: 'asks'}, rest(shown).map(name => h('li', {}, field(name, app.state.person, {prefix: 'p', label: inputLabel(name)}))))))));
}
