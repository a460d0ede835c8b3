// What is asked: posts, a person, what-ifs and figures of one's own. It stands in the address behind #, so that a link or
// a bookmark holds it; nothing behind # is ever sent anywhere.

export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];
export const TAB_NAMES = ['start', 'about', 'answer', 'contract', 'compare', 'whatif', 'keep', 'plan'];
const LINK_MAX = 20000, VALUE_MAX = 1000, NAMES_MAX = 80;

export const emptyState = () => ({lang: 'en', tab: '', posts: {a: {}}, person: {}, scenario: {}, figures: {}, today: {},
  book: '', post: 'a', months: 72});

const groupOf = (state, prefix) =>
  prefix === 'p' ? state.person : prefix === 's' ? state.scenario : prefix === 'x' ? state.figures
    : prefix === 'j' ? state.today : LETTERS.includes(prefix) ? (state.posts[prefix] ??= {}) : null;

// Gives back the state, and what of the link could not be taken.
export function readLink(fragment) {
  const state = emptyState(), refused = [];
  const text = fragment.replace(/^#/, '');
  if (text.length > LINK_MAX) return {state, refused: ['long']};
  for (const [key, value] of new URLSearchParams(text)) {
    const [prefix, name] = [key.slice(0, 1), key.slice(2)];
    const group = key[1] === '.' ? groupOf(state, prefix) : null;
    if (group && /^[a-z][a-z0-9_]*$/.test(name) && value.length <= VALUE_MAX && Object.keys(group).length < NAMES_MAX)
      group[name] = value;
    else if (key === 'lang') state.lang = value === 'fr' ? 'fr' : 'en';
    else if (key === 'tab' && TAB_NAMES.includes(value)) state.tab = value;
    else if (key === 'post' && LETTERS.includes(value)) state.post = value;
    else if (key === 'months' && ['36', '72', '120'].includes(value)) state.months = Number(value);
    else if (key === 'book') state.book = value.slice(0, 80);
    else if (key !== 'v' && key) refused.push(key.slice(0, 60));
  }
  state.posts[state.post] ??= {};
  return {state, refused};
}

// personal: also what the person said, which is only written into a link that is asked for.
export function writeLink(state, {personal = false, book = ''} = {}) {
  const pairs = new URLSearchParams();
  pairs.set('v', '1');
  if (state.lang !== 'en') pairs.set('lang', state.lang);
  if (state.tab) pairs.set('tab', state.tab);
  if (state.post !== 'a') pairs.set('post', state.post);
  if (state.months !== 72) pairs.set('months', state.months);
  const groups = [...LETTERS.map(letter => [letter, state.posts[letter]]), ['p', personal ? state.person : {}],
    ['s', state.scenario], ['x', state.figures], ['j', personal ? state.today : {}]];
  for (const [prefix, values] of groups)
    for (const [name, value] of Object.entries(values ?? {})) if (value !== '') pairs.set(`${prefix}.${name}`, value);
  if (book) pairs.set('book', book);
  return '#' + pairs.toString();
}

export const given = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

// --set for everything that holds for one post.
export function setsOf(state, letter) {
  const all = {...given(state.posts[letter] ?? {}), ...given(state.person), ...given(state.scenario)};
  return Object.entries(all).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

const shellWord = text => /^[\w=.,:@%+\x2f-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

export const commandOf = (state, letter) => ['natopay', 'estimate', ...setsOf(state, letter)].map(shellWord).join(' ');

export const postsOf = state => LETTERS.filter(letter => Object.keys(given(state.posts[letter] ?? {})).length > 0);
export const isReady = (state, letter) => {
  const post = state.posts[letter] ?? {};
  return Boolean((post.grade || post.twin_graded || post.twin_grade) && (post.duty_country || post.station));
};
