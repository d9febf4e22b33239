/**
 * The script tag's face: everything a page uses is on `MechanicStorefront`. Types have no place here, and the element
 * will register itself from here.
 */
export { cacheEndpoint, createWebhook, MechanicError, poll, renderedMetafield, storedFile } from './index.js';
