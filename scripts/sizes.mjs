/**
 * Prints what a page downloads for each part of the package, of what `npm run build` made, and how much of it comes from
 * the outbox's own modules before it is made smaller: `npm run sizes`.
 */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { leanUuid } from './lean-uuid.mjs';
import { smaller } from './rollup-plugins.mjs';

const root = new URL('../dist/', import.meta.url);

/** What a page imports, in a line each. */
const PAGES = {
  'SDK alone': "export * from './index.js';",
  'SDK and <mechanic-form>': "import './element/index.js'; export * from './index.js';",
  'SDK and outbox':
    "export * from './index.js'; export { createOutbox, createWebhook } from './outbox/index.js';",
  'SDK and useWebhook': "export * from './index.js'; export * from './react/index.js';",
};

const columns = (name, ...cells) => name.padEnd(26) + cells.map((cell) => `${cell}`.padStart(9)).join('');

console.log(columns('bytes', 'min', 'gzip', 'brotli', 'outbox'));
for (const [name, code] of Object.entries(PAGES)) {
  const entry = new URL('sizes-entry.js', root).pathname;
  const page = {
    name: 'page',
    resolveId: (id) => (id === entry ? id : null),
    load: (id) => (id === entry ? { code, moduleSideEffects: true } : null),
  };
  const bundle = await rollup({
    input: entry,
    // A page with the hook has it anyway.
    external: ['react'],
    // … and its directive is for servers.
    onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    plugins: [page, nodeResolve({ browser: true }), leanUuid(), smaller()],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const bytes = Buffer.from(output[0].code);
  const outbox = Object.entries(output[0].modules)
    .filter(([id]) => id.startsWith(new URL('outbox/', root).pathname))
    .reduce((sum, [, { renderedLength }]) => sum + renderedLength, 0);
  const sizes = [
    bytes.length,
    gzipSync(bytes, { level: 9 }).length,
    brotliCompressSync(bytes).length,
    outbox,
  ];
  console.log(columns(name, ...sizes.map((size) => size.toLocaleString('en'))));
}
