import { cacheEndpoint, type Fetch, type ReadContext, type ResultSource, storedFile } from '../../index.js';
import { sectionFetch } from './section.js';

/** Where the results come back, as the flags name it. */
export type Place =
  | { kind: 'cache endpoint'; url: string }
  | { kind: 'stored file'; url: string }
  | { kind: 'section'; url: string; cookie: string | undefined };

/** A place of results, ready to be asked. */
export interface Route {
  kind: Place['kind'];
  /** What was typed. */
  url: string;
  source: ResultSource;
  /** Whether each run has an address of its own. */
  isKeyed: boolean;
  /** Whether it is asked in somebody's session. */
  isSession: boolean;
  /** Where a run's result is. */
  addressOf(run: Pick<ReadContext, 'id' | 'requestId'>): string;
  fetch: Fetch;
}

/** S3 says 403 of an absent file where it may not be listed. Whether it does is told apart, so here both are "not yet". */
const pendingStatuses = [404, 403];

/**
 * @param origin the page's, which browsers name to other origins
 * @throws {MechanicError} `configuration` when the URL is none for such a place
 */
export function routeTo(place: Place, origin: string): Route {
  const { kind, url } = place;
  const plain: Fetch = (address, init) => fetch(address, { ...init, headers: { origin } });
  const shared = { kind, url, isKeyed: false, isSession: false, addressOf: () => url };
  switch (kind) {
    case 'cache endpoint':
      return { ...shared, source: cacheEndpoint(url), fetch: plain };
    case 'section':
      // A section's JSON is read as that of a file which all runs share.
      return {
        ...shared,
        isSession: place.cookie !== undefined,
        source: storedFile(url),
        fetch: sectionFetch(place.cookie),
      };
    case 'stored file':
      return {
        ...shared,
        source: storedFile(url, { pendingStatuses }),
        isKeyed: /\{(id|requestId)\}/.test(url),
        addressOf: ({ id, requestId }) =>
          url.replaceAll('{id}', id).replaceAll('{requestId}', requestId ?? ''),
        fetch: plain,
      };
  }
}
