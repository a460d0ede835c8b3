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

// Put new content into a place; what had the focus has it again, and its text stays selected as it was.
export function show(place, ...content) {
  const focused = document.activeElement, id = place.contains(focused) ? focused.id : '';
  const from = focused?.selectionStart, to = focused?.selectionEnd;
  place.replaceChildren(...content.flat(Infinity).filter(Boolean));
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
