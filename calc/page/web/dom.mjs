// Building what is shown. All text goes in as text: nothing that anybody typed is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'open') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);
export const s = (name, properties, ...children) => fill(document.createElementNS(SVG, name), properties, children);

export const hidden = text => h('span', {class: 'vh'}, text);

// What opens on demand, and stays open when the page around it is drawn anew.
const unfolded = new Map();
export function fold(id, words, ...content) {
  const details = h('details', {id, open: unfolded.get(id) ?? false, ontoggle: () => unfolded.set(id, details.open)}, h('summary', {}, words), content);
  return details;
}

// ---- a field that has the focus stays in the page while everything around it is drawn anew: taken out, it would lose
// ---- the focus, and a date what is typed of it so far

const stands = new WeakMap(); // [what stands in new content for such a field]: the field

const isTyped = node => node.isConnected && node.contains(document.activeElement);

// In new content: the field itself, or what stands for it.
export function placed(node) {
  if (!isTyped(node)) return node;
  const stand = document.createElement('i');
  stands.set(stand, node);
  return stand;
}

// From a node up to a place.
function ancestors(node, place) {
  const all = [node];
  while (node && node !== place) all.push(node = node.parentNode);
  return node ? all : [];
}

function takeAttributes(node, fresh) {
  for (const {name} of [...node.attributes]) if (!fresh.hasAttribute(name)) node.removeAttribute(name);
  for (const {name, value} of fresh.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// New content around a field that stays where it is; false where it would stand elsewhere.
function drawAround(place, fresh, stand, field) {
  const old = ancestors(field, place), wanted = ancestors(stand, fresh);
  if (!old.length || old.length !== wanted.length || old.slice(1, -1).some((node, i) => node.nodeName !== wanted[i + 1].nodeName)) return false;
  for (let i = old.length - 1; i > 0; i--) {
    const stays = old[i - 1], siblings = [...wanted[i].childNodes], at = siblings.indexOf(wanted[i - 1]);
    for (const child of [...old[i].childNodes]) if (child !== stays) child.remove();
    stays.before(...siblings.slice(0, at));
    stays.after(...siblings.slice(at + 1));
    if (i > 1) takeAttributes(stays, wanted[i - 1]);
  }
  return true;
}

// Put new content into a place; what had the focus has it again, and its text stays selected as it was.
export function show(place, ...content) {
  const focused = document.activeElement, id = place.contains(focused) ? focused.id : '';
  const from = focused?.selectionStart, to = focused?.selectionEnd, fresh = document.createDocumentFragment();
  fresh.append(...content.flat(Infinity).filter(Boolean));
  for (const stand of [...fresh.querySelectorAll('i')].filter(each => stands.has(each))) {
    if (drawAround(place, fresh, stand, stands.get(stand))) return;
    stand.replaceWith(stands.get(stand));
  }
  place.replaceChildren(fresh);
  const again = id && document.getElementById(id);
  if (!again || again === document.activeElement) return;
  again.focus({preventScroll: true});
  try { if (typeof from === 'number') again.setSelectionRange(from, to); } catch { /* this kind of field has no selection */ }
}

export function download(name, media, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], {type: media}));
  h('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
