import type { Plugin } from 'rollup';

/**
 * ky would be more than half of what a shopper downloads, and most of it is for features that the SDK's one call of ky
 * never reaches: hooks, repeats, inherited defaults, search parameters, progress, schemas. Bundlers cannot see that,
 * since one method of ky's class refers to all of it. So ky's index is replaced by the branch that a call with
 * `{ method, signal, timeout, retry: 0, throwHttpErrors: false, fetch }` takes through it; the time limit is ky's own.
 * All builds are made with it, and the tests run with it.
 */
const INDEX = 'index.js';
const BRANCH = `
  import timeout from './utils/timeout.js';
  export default async (input, { method, signal, timeout: limit, fetch }) => {
    const stop = new AbortController();
    const request = new Request(input, { method, signal: AbortSignal.any([signal, stop.signal]) });
    return limit === false ? fetch(request) : timeout(request, undefined, stop, { timeout: limit, fetch });
  };`;

const MEND = `Read it, and mend ${import.meta.url}`;

/** What the branch calls, and how. */
const CALLED = 'utils/timeout.js';
const CALLED_WITH = 'timeout(request, init, abortController, options)';

/** Fails the build when ky has changed where the branch relies on it. */
export function leanKy(): Plugin & { enforce: 'pre' } {
  const unseen = new Set([INDEX, CALLED]);
  return {
    name: 'lean-ky',
    enforce: 'pre',
    transform(code, id) {
      const [, file = ''] = id.split('/ky/distribution/');
      unseen.delete(file);
      if (file === INDEX) return { code: BRANCH, map: { mappings: '' } };
      if (file === CALLED && !code.includes(CALLED_WITH))
        this.error(`ky has no ${CALLED_WITH} any more. ${MEND}`);
      return null;
    },
    generateBundle() {
      if (unseen.size) this.error(`ky has no ${[...unseen]} any more. ${MEND}`);
    },
  };
}
