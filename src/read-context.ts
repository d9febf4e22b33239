import type { Settings } from './options.js';
import { request } from './transport.js';
import type { ReadContext, RunHandle } from './types.js';

/** What a source is given for one look. Its `fetch` is the webhook's transport, bound to the look. */
export function contextOf(
  { fetch }: Pick<Settings<unknown>, 'fetch'>,
  { id, baseline, requestId = null }: RunHandle,
  signal: AbortSignal,
): ReadContext {
  const bound: ReadContext['fetch'] = (url, init) =>
    request(fetch, url, { ...init, signal: init?.signal ?? signal });
  return { id, requestId, baseline, signal, fetch: bound };
}
