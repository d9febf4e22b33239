import { partsOf, setText } from './parts.js';

const EACH = 'template[data-mechanic-each]';
const BOUND = `[data-mechanic-text],[data-mechanic-href],${EACH}`;

/** What templates have put into the page, to be taken out again. */
const copies = new WeakMap<Element, readonly ChildNode[]>();

/**
 * Shows a value in the parts that name something in it. Everything becomes text, or the address of a link that leads
 * where a link may lead; nothing becomes HTML.
 */
export function fill(host: Element, value: unknown): void {
  for (const template of partsOf(host, EACH)) {
    for (const node of copies.get(template) ?? []) node.remove();
  }
  bind(partsOf(host, BOUND), value);
}

function bind(elements: Iterable<HTMLElement>, value: unknown): void {
  for (const element of elements) {
    const { mechanicText, mechanicHref, mechanicEach } = element.dataset;
    if (mechanicText !== undefined) setText(element, textOf(at(value, mechanicText)));
    if (mechanicHref !== undefined) {
      const address = addressOf(at(value, mechanicHref));
      if (address) element.setAttribute('href', address);
      else element.removeAttribute('href');
    }
    if (mechanicEach !== undefined) repeat(element as HTMLTemplateElement, at(value, mechanicEach));
  }
}

function repeat(template: HTMLTemplateElement, list: unknown): void {
  // One node, not each of a list that is longer than a call may have arguments.
  const all = new DocumentFragment();
  for (const item of Array.isArray(list) ? list : []) {
    const copy = document.importNode(template.content, true);
    bind(copy.querySelectorAll<HTMLElement>(BOUND), item);
    all.append(copy);
  }
  copies.set(template, [...all.childNodes]);
  template.after(all);
}

/** The part of a value at a path like `order.lines.0.name`; the empty path is the value itself. */
function at(value: unknown, path: string): unknown {
  let part = value;
  for (const key of path ? path.split('.') : []) {
    // Only what is in the data: every object has a `constructor`.
    part = Object.hasOwn(Object(part), key) ? (part as Record<string, unknown>)[key] : undefined;
  }
  return part;
}

/** Objects and lists have no text. */
const textOf = (value: unknown) => (value == null || typeof value === 'object' ? '' : String(value));

/** An address that a link may lead to, or none: no `javascript:`, no `data:`. */
function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, document.baseURI)) return undefined;
  const { protocol, href } = new URL(value, document.baseURI);
  return /^(https?|mailto):$/.test(protocol) ? href : undefined;
}
