/**
 * ky is more than half of the script tag's build, and most of it is for features that the SDK's one call of ky never
 * reaches: hooks, repeats, inherited defaults, search parameters, progress, schemas. Bundlers cannot see that, since
 * a class's methods call it all. So these of its modules are replaced by the branch that a call with
 * `{ method, signal, timeout, retry: 0, throwHttpErrors: false, fetch }` takes through them.
 * The npm build is not touched: there ky is the user's own copy.
 */
const BRANCHES = {
  'utils/body.js': `
    export const getBodySize = () => 0;
    export const streamRequest = (request) => request;
    export const streamResponse = (response) => response;`,
  'core/retry-timing.js': `
    export const getRetryTimingHeader = () => undefined;
    export const calculateRetryTimingDelay = () => undefined;`,
  'utils/is-network-error.js': `
    export default () => false;`,
  'errors/SchemaValidationError.js': `
    export class SchemaValidationError extends Error {}`,
  'utils/normalize.js': `
    export const normalizeRequestMethod = (method) => method;
    export const normalizeRetryOptions = () => ({ limit: 0 });`,
  'utils/merge.js': `
    export const validateAndMerge = (...options) => Object.assign({}, ...options);
    export const deepMerge = validateAndMerge;
    export const mergeHeaders = () => new Headers();
    export const mergeHooks = () => ({ beforeRequest: [], afterResponse: [], beforeRetry: [], beforeError: [] });
    export const cloneShallow = (value) => value;
    export const replaceOption = (value) => value;
    export const deletedParametersSymbol = Symbol();`,
};

/** The names that a module's `export const`, `class` and `default` give. */
const exportsOf = (program) =>
  program.body
    .filter(({ type }) => type.startsWith('Export'))
    .map(({ type, declaration: own }) =>
      type === 'ExportDefaultDeclaration' ? 'default' : (own.id ?? own.declarations[0].id).name,
    )
    .sort()
    .join();

/** Fails the build when a module is gone or exports something else: then ky has changed, and the branch with it. */
export function leanKy() {
  const left = new Set(Object.keys(BRANCHES));
  return {
    name: 'lean-ky',
    transform(code, id) {
      const file = id.split('/ky/distribution/')[1];
      const branch = BRANCHES[file];
      if (!branch) return null;
      const now = exportsOf(this.parse(code));
      if (now !== exportsOf(this.parse(branch))) {
        this.error(`ky's ${file} now exports ${now}: read it, and mend its branch in ${import.meta.url}`);
      }
      left.delete(file);
      return { code: branch, map: { mappings: '' } };
    },
    buildEnd(error) {
      if (!error && left.size) this.error(`ky has no ${[...left]} any more: mend ${import.meta.url}`);
    },
  };
}
