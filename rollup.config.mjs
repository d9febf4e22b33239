import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { defineConfig } from 'rollup';
import license from 'rollup-plugin-license';
import { leanKy } from './scripts/lean-ky.mjs';
import { jsonSchema, noLiquid, rawText, sizeTable } from './scripts/rollup-plugins.mjs';

const packages = ['idb', 'ky', 'uuid', 'msw'];

/** A warning about our own code is an error; how bundled packages are written is theirs. */
function onwarn(warning) {
  if ([warning.id, warning.loc?.file, ...(warning.ids ?? [])].some((file) => file?.includes('node_modules')))
    return;
  throw new Error(warning.message);
}

/** The licences of the packages whose code is inside a build. */
const licences = (file) => license({ thirdParty: { output: { file: `dist/${file}` } } });

export default defineConfig([
  // One build for all entries, so that they share one core and `instanceof` holds across them.
  // The SDK leaves its two packages to the user's bundler, and msw is the user's own; what the local Mechanic is made of is bundled in.
  {
    input: {
      index: 'src/index.ts',
      'element/index': 'src/element/index.ts',
      'outbox/index': 'src/outbox/index.ts',
      'emulator/index': 'src/emulator/index.ts',
      'msw/index': 'src/msw/index.ts',
      cli: 'src/cli/main.ts',
      'config-schema': 'src/emulator/config-schema.ts',
    },
    output: {
      dir: 'dist',
      format: 'es',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
    },
    onwarn,
    external: (id) => packages.includes(id) || id.startsWith('node:'),
    plugins: [
      rawText(),
      typescript({ outDir: 'dist' }),
      nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
      commonjs(),
      json(),
      licences('emulator/third-party-licenses.txt'),
      jsonSchema('config-schema', 'emulate.schema.json'),
    ],
  },
  scriptTag('global', 'mechanic-storefront.min.js'),
  // The outbox is a script of its own: who does without it downloads nothing of it.
  scriptTag('outbox-global', 'mechanic-storefront-outbox.min.js'),
]);

/** A build for a script tag: everything inside, and put on the one global, whichever script comes first. */
function scriptTag(entry, file) {
  return {
    input: `src/${entry}.ts`,
    onwarn,
    output: {
      file: `dist/${file}`,
      format: 'iife',
      name: 'MechanicStorefront',
      extend: true,
      sourcemap: true,
    },
    plugins: [
      typescript({ outDir: 'dist', declaration: false }),
      nodeResolve({ browser: true }),
      leanKy(),
      terser({ ecma: 2020, compress: { passes: 3 } }),
      noLiquid(),
      licences(`${file}.licenses.txt`),
      sizeTable(),
    ],
  };
}
