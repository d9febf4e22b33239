/**
 * The script tag's face: everything a page uses is on `MechanicStorefront`, and `<mechanic-form>` is registered.
 * Types have no place here.
 */
import './element/index.js';

export { cacheEndpoint, createWebhook, MechanicError, poll, renderedMetafield, storedFile } from './index.js';
