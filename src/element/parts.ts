/** Whether a part belongs to this form, and not to another one inside it. */
export const belongsTo = (host: Element, part: Element) => part.closest(host.localName) === host;

/** The parts inside a form that belong to it. */
export function partsOf<Part extends HTMLElement = HTMLElement>(host: Element, selector: string): Part[] {
  return [...host.querySelectorAll<Part>(selector)].filter((part) => belongsTo(host, part));
}

/** Sets a text only when it changes: a live region would say it again. Returns whether it did. */
export function setText(element: Element, text: string): boolean {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}
