import { misconfigured, webAddress } from '../configuration.js';
import { fingerprint } from '../fingerprint.js';
import { interpret, ownRecord, PENDING, recordOf } from '../record.js';
import type { ReadContext, Reading, ResultSource } from '../types.js';
import { ask, parseJson } from './answer.js';
import { SharedLook } from './shared-look.js';

/** What {@link cacheEndpoint} takes beside the URL. */
export interface CacheEndpointOptions {
  /**
   * Which value is this run's.
   * - `'id'`: one that carries the run's UUID, as a record, a bare object or an entry of a map.
   * - `'changed'`: the first that differs from what was there before the submission. For tasks that know no UUID,
   *   with a single caller at a time; the submission then waits for one read of the endpoint.
   * - a function that answers whether the value is this run's. Its word counts, also against a `uuid` in the value.
   * @default 'id'
   */
  match?: 'id' | 'changed' | ((value: unknown, run: Pick<ReadContext, 'id' | 'requestId'>) => boolean);
}

/**
 * The result comes back in a Mechanic cache endpoint. Create it once: all runs that wait on it share its requests.
 * One endpoint serves one cache key, so with concurrent callers the task publishes a map keyed by UUID.
 * What a missing key looks like is undocumented; 404, 204, an empty body and `null` all mean "not yet".
 *
 * @param url `https://usemechanic.com/cache/<uuid>`. Anyone who holds it can read the whole value.
 * @param options which value is this run's
 * @throws {MechanicError} `configuration` when the URL or `match` is wrong
 */
export function cacheEndpoint(url: string, { match = 'id' }: CacheEndpointOptions = {}): ResultSource {
  if (!/\/cache\/[^/]/.test(webAddress('cacheEndpoint', url).pathname)) {
    throw misconfigured('cacheEndpoint', url, 'Give https://usemechanic.com/cache/<uuid>.');
  }
  if (!['id', 'changed'].includes(match as string) && typeof match !== 'function') {
    throw misconfigured('match', match, "Give 'id', 'changed' or a function.");
  }

  const cell = new SharedLook(async (asking) => {
    const { text } = await ask(asking, url, [404]);
    // The print is kept in the run's handle, where the text itself has no business.
    return { published: parseJson(text, url), print: fingerprint(text) };
  });

  return {
    place: url,
    byId: match === 'id',
    subscribe: cell.subscribe,
    ...(match === 'changed' && { baseline: async (context) => (await cell.read(context)).print }),
    async read(context): Promise<Reading> {
      const { published, print } = await cell.read(context);
      if (match === 'id') return recordOf(published, context.id);
      if (typeof match === 'function') {
        return published !== null && match(published, context) ? interpret(published) : PENDING;
      }
      // A run that was left before its baseline was read has sent nothing, and nothing is its result.
      return (context.baseline ?? print) === print ? PENDING : ownRecord(published, context.id);
    },
  };
}
