/**
 * The outbox for pages with the script tag's build: a script tag of its own, before or after, that puts `createOutbox`
 * on `MechanicStorefront`.
 */
export { createOutbox } from './outbox/index.js';
