import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { type Plugin, rollup } from 'rollup';

const entry = fileURLToPath(new URL('entry.js', import.meta.url));

/** An entry that is written nowhere, in bench/, so that the peers' packages are found. */
const virtual = (code: string): Plugin => ({
  name: 'virtual',
  resolveId: (id) => (id === entry ? entry : null),
  load: (id) => (id === entry ? code : null),
});

/** What every application's bundler says to the packages that ask. */
const production: Plugin = {
  name: 'production',
  transform: (code) => ({
    code: code.replaceAll('process.env.NODE_ENV', '"production"'),
    map: { mappings: '' },
  }),
};

/**
 * Bundles an entry for browsers, as an application would: Rollup takes what is used, terser makes it small.
 * @param code the entry's code; paths in it start at bench/
 * @param options `iife` is for a script tag, with the exports on the global `Bench`
 */
export async function bundled(
  code: string,
  { format = 'es', plugins = [] }: { format?: 'es' | 'iife'; plugins?: Plugin[] } = {},
): Promise<string> {
  const bundle = await rollup({
    input: entry,
    // How the peers' code is written is theirs.
    onwarn: () => {},
    plugins: [
      virtual(code),
      nodeResolve({ browser: true, preferBuiltins: false }),
      ...plugins,
      commonjs(),
      json(),
      production,
      terser({ ecma: 2020, module: format === 'es', compress: { passes: 3 } }),
    ],
  });
  const { output } = await bundle.generate({ format, name: 'Bench', inlineDynamicImports: true });
  return output[0].code;
}

/** The bytes that stand for a text on the wire. */
export interface Sizes {
  min: number;
  gzip: number;
  brotli: number;
}

export function sizesOf(code: string | Buffer): Sizes {
  const bytes = Buffer.from(code);
  return {
    min: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

/** What the docs say of a number of bytes. */
export const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
