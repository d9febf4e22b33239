/**
 * uuid's `v4()` takes bytes and buffers of the caller's own, which the SDK never gives; so in the script tags its module
 * is replaced by the branch that a call without them takes. The npm build is not touched: there uuid is the user's own.
 */
const BRANCHES = {
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
export function leanUuid() {
  const left = new Set(Object.keys(BRANCHES));
  return {
    name: 'lean-uuid',
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
