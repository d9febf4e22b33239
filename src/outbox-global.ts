/**
 * The script tag's face with an outbox: all that the other one has, `createWebhook` and `<mechanic-form>` with it, and the
 * page's outbox, which the script's own attributes describe: `data-scope`, `data-atomic`, `data-persist="false"`,
 * `data-words-disk` and `data-words-memory`.
 */
import { formKeptBy } from './outbox/form.js';
import { createOutbox } from './outbox/index.js';

const { scope, atomic, persist, wordsDisk, wordsMemory } = globalThis.document?.currentScript?.dataset ?? {};

/** The page's outbox. What earlier pages left it sends now. */
export const outbox = createOutbox({
  // A visitor who is not signed in has no id to write there.
  ...(scope && { scope }),
  atomic: atomic !== undefined && atomic !== 'false',
  persist: persist !== 'false',
  words: { disk: wordsDisk, memory: wordsMemory },
});

if (globalThis.customElements) {
  if (customElements.get('mechanic-form')) {
    // biome-ignore lint/suspicious/noConsole: for whoever builds the page. Submissions would not be kept, and nobody know.
    console.error(
      '<mechanic-form> is registered by another script already, so its attribute outbox does nothing. Load mechanic-storefront-outbox.min.js alone, or first.',
    );
  } else customElements.define('mechanic-form', formKeptBy(outbox));
}

export { cacheEndpoint, MechanicError, poll, renderedMetafield, storedFile } from './index.js';
export { createOutbox, createWebhook } from './outbox/index.js';
