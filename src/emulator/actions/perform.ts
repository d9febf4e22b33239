import { type Json, show } from '../json.js';
import { cacheAction } from './cache.js';
import { echoAction } from './echo.js';
import { eventAction } from './event.js';
import { httpAction } from './http.js';
import type { ActionContext, Performer } from './performer.js';
import { shopifyAction } from './shopify.js';

const performers = new Map<string, Performer>([
  ['cache', cacheAction],
  ['echo', echoAction],
  ['event', eventAction],
  ['http', httpAction],
  ['shopify', shopifyAction],
]);

/** Mechanic's other actions. Source of fact: Mechanic docs, "Actions". */
const notEmulated = [
  'airtable',
  'email',
  'files',
  'flow',
  'ftp',
  'google_drive',
  'google_sheets',
  'report_toaster',
];

/** Thrown for an action that Mechanic has, and the local Mechanic has not. */
export class NotEmulatedError extends Error {}

/**
 * Performs an action.
 *
 * @returns its result.
 * @throws NotEmulatedError, or an Error that fails the action run.
 */
export async function performAction(
  action: { type: string; options: Json },
  context: ActionContext,
): Promise<Json> {
  const perform = performers.get(action.type);
  if (perform !== undefined) return await perform(action.options, context);
  if (notEmulated.includes(action.type)) {
    throw new NotEmulatedError(`The "${action.type}" action is not emulated: nothing was done.`);
  }
  throw new Error(
    `Mechanic has no action type ${show(action.type)}; there are ${[...performers.keys(), ...notEmulated].sort().join(', ')}.`,
  );
}
