import type { MechanicError, Update } from '../index.js';
import { partsOf, setText } from './parts.js';
import { voice } from './regions.js';
import { wordsFor } from './words.js';

/** What the page's author wrote into the messages, shown while nobody says anything else. */
const written = new WeakMap<Element, string>();

function say(host: Element, text: string | undefined): void {
  for (const part of partsOf(host, '[data-mechanic-message]')) {
    if (!written.has(part)) written.set(part, part.textContent);
    if (!setText(part, text ?? written.get(part) ?? '')) continue;
    // A region that has been read out for its focus is live from its next words on.
    const region = part.closest<HTMLElement>('[data-mechanic]');
    if (region) voice(region);
  }
}

/** Shows how far a run is, and what the task says; without an update, that nothing is known yet. */
export function showProgress(host: Element, { progress, message }: Partial<Update> = {}): void {
  say(host, message);
  for (const bar of partsOf(host, '[data-mechanic-progress]')) {
    if (progress === undefined) bar.removeAttribute('value');
    else bar.setAttribute('value', String(progress));
  }
}

/** Shows a shopper's words for an error, the page's own where it has some, and returns them. */
export function showError(host: Element, error: Partial<MechanicError>): string {
  const parts = partsOf(host, '[data-mechanic-message-for]');
  const isFor = (part: HTMLElement, code = '') =>
    (part.dataset['mechanicMessageFor'] ?? '').split(/\s+/).includes(code);
  // A task's own code says more than that it failed.
  const code = [error.observed?.taskCode, error.code].find((code) =>
    parts.some((part) => code && isFor(part, code)),
  );
  for (const part of parts) part.hidden = !isFor(part, code);
  const own = parts.find((part) => !part.hidden)?.textContent;
  const words = own ?? wordsFor(host, error);
  say(host, own === undefined ? words : '');
  return words;
}
