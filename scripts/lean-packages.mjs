/**
 * ky would be more than half of the script tag's build, and most of it is for features that the SDK's one call of ky
 * never reaches: hooks, repeats, inherited defaults, search parameters, progress, schemas, instances. Bundlers cannot
 * see that, since one method of ky's class refers to all of it. So the modules below are replaced by the branch that a
 * call with `{ method, signal, timeout, retry: 0, throwHttpErrors: false, fetch }` takes through them; the time limit is
 * ky's own. In the same way, uuid's `v4()` is left without the bytes and buffers of the caller's own.
 * The npm build is not touched: there the packages are the user's own copies.
 */
const BRANCHES = {
  'ky/distribution/core/Ky.js': `
    import timeout from '../utils/timeout.js';
    export class Ky {
      static async create(input, { method, signal, timeout: limit, fetch }) {
        const stop = new AbortController();
        const request = new Request(input, { method, signal: AbortSignal.any([signal, stop.signal]) });
        return limit === false ? fetch(request) : timeout(request, undefined, stop, { timeout: limit, fetch });
      }
    }`,
  'ky/distribution/index.js': `
    import { Ky } from './core/Ky.js';
    export default (input, options) => Ky.create(input, options);`,
  'uuid/dist/v4.js': `
    import rng from './rng.js';
    import { unsafeStringify } from './stringify.js';
    export default () => {
      if (crypto.randomUUID) return crypto.randomUUID();
      const rnds = rng();
      rnds[6] = (rnds[6] & 0x0f) | 0x40;
      rnds[8] = (rnds[8] & 0x3f) | 0x80;
      return unsafeStringify(rnds);
    };`,
};

/** The names that a module's `export const`, `class` and `default` give; not what it passes on from others. */
const exportsOf = (program) =>
  program.body
    .filter(({ type, source }) => type.startsWith('Export') && !source)
    .map(({ type, declaration: own }) =>
      type === 'ExportDefaultDeclaration' ? 'default' : (own.id ?? own.declarations[0].id).name,
    );

/** Fails the build when a module is gone or has lost an export: then its package has changed, and the branch with it. */
export function leanPackages() {
  const left = new Set(Object.keys(BRANCHES));
  return {
    name: 'lean-packages',
    transform(code, id) {
      const file = id.split('/node_modules/')[1];
      const branch = BRANCHES[file];
      if (!branch) return null;
      const now = exportsOf(this.parse(code));
      const gone = exportsOf(this.parse(branch)).filter((name) => !now.includes(name));
      if (gone.length) {
        this.error(`${file} no longer exports ${gone}: read it, and mend its branch in ${import.meta.url}`);
      }
      left.delete(file);
      return { code: branch, map: { mappings: '' } };
    },
    buildEnd(error) {
      if (!error && left.size) this.error(`there is no ${[...left]} any more: mend ${import.meta.url}`);
    },
  };
}
