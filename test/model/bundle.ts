import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type * as Main from 'mechanic-storefront';
import type * as Outbox from 'mechanic-storefront/outbox';
import { rollup } from 'rollup';
import ts from 'typescript';

/** The SDK and its outbox, as one page has them. */
export type Sdk = Pick<typeof Main, 'cacheEndpoint'> & Pick<typeof Outbox, 'createWebhook' | 'createOutbox'>;

/** The names by which the code reaches its page. What is not among them it has of Node. */
const GLOBALS = [
  'globalThis',
  'window',
  'document',
  'setTimeout',
  'clearTimeout',
  'Date',
  'sessionStorage',
] as const;
export type Globals = { [Name in (typeof GLOBALS)[number]]: unknown };

// No file: what the pages of the model import.
const ENTRY = resolve('src/model-entry.ts');

/**
 * Makes a loader of the SDK: each call evaluates it anew, as a page does, with globals of that page's own. So two pages
 * share nothing but what the test gives to both.
 */
export async function sdkLoader(): Promise<(globals: Globals) => Sdk> {
  const build = await rollup({
    input: ENTRY,
    plugins: [
      {
        name: 'typescript',
        resolveId: (id, from) => {
          const path = from && id.startsWith('.') ? resolve(dirname(from), id).replace(/\.js$/, '.ts') : id;
          return path === ENTRY || existsSync(path) ? path : null;
        },
        load: (id) =>
          id === ENTRY
            ? `export { cacheEndpoint } from './index.js'; export { createOutbox, createWebhook } from './outbox/index.js';`
            : null,
        transform: (code, id) =>
          id.endsWith('.ts')
            ? ts.transpile(code, {
                target: ts.ScriptTarget.ES2022,
                module: ts.ModuleKind.ESNext,
                verbatimModuleSyntax: true,
              })
            : null,
      },
      nodeResolve({ browser: true }),
    ],
  });
  const { output } = await build.generate({ format: 'iife', name: 'sdk' });
  await build.close();
  const load = new Function(...GLOBALS, `${output[0].code}\nreturn sdk;`) as (...globals: unknown[]) => Sdk;
  return (globals) => load(...GLOBALS.map((name) => globals[name]));
}
