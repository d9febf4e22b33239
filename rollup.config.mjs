import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import typescript from '@rollup/plugin-typescript';
import { defineConfig } from 'rollup';
import license from 'rollup-plugin-license';
import { leanKy } from './scripts/lean-ky.ts';
import { leanUuid } from './scripts/lean-uuid.mjs';
import {
  emptied,
  jsonSchema,
  noLiquid,
  ownSourceMaps,
  rawText,
  reachableTypes,
  sizeTable,
  smaller,
} from './scripts/rollup-plugins.mjs';

/** What users' own bundlers bring. */
const packages = ['idb', 'uuid', 'msw', 'react'];

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
  // idb and uuid are left to the user's bundler, and msw and react are the user's own. Of ky there is only what the SDK uses; what the local
  // Mechanic is made of is bundled in.
  {
    input: {
      index: 'src/index.ts',
      'element/index': 'src/element/index.ts',
      'outbox/index': 'src/outbox/index.ts',
      'react/index': 'src/react/index.ts',
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
      // Where React runs on a server, it is told here that a hook needs the page. Rollup drops directives of modules.
      banner: ({ name }) => (name === 'react/index' ? "'use client';" : ''),
    },
    onwarn,
    external: (id) => packages.includes(id) || id.startsWith('node:'),
    plugins: [
      emptied('dist'),
      rawText(),
      typescript({ outDir: 'dist', inlineSources: true }),
      nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }),
      leanKy(),
      commonjs(),
      json(),
      licences('third-party-licenses.txt'),
      reachableTypes(),
      ownSourceMaps(),
      jsonSchema('config-schema', 'emulate.schema.json'),
    ],
  },
  scriptTag('global', 'mechanic-storefront.min.js'),
  // The same with an outbox: who does without it downloads nothing of it.
  scriptTag('outbox-global', 'mechanic-storefront-outbox.min.js'),
]);

/** A build for a script tag: everything inside, and put on the one global. */
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
      typescript({ outDir: 'dist', declaration: false, inlineSources: true }),
      nodeResolve({ browser: true }),
      leanKy(),
      leanUuid(),
      smaller(),
      noLiquid(),
      licences(`${file}.licenses.txt`),
      sizeTable(),
    ],
  };
}
