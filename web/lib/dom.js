/**
 * Makes an element. Text goes in as text, so nothing that a shop wrote can become markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [props] `on…` are listeners, booleans are attributes that are there or not
 * @param {...(Node | string | number | null | undefined | false | Array<Node | string>)} children
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

const SVG = 'http://www.w3.org/2000/svg';

/** The same for SVG elements. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Tells screen readers what changed. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
