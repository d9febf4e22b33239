import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

// These look at dist/, which `npm test` builds first.
const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root));
const script = read('dist/mechanic-storefront.min.js');

/** What the script tag's build may weigh. */
const budget = 15_000;

test(`the script tag's build is no more than ${budget} bytes in gzip`, () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(budget);
});

test("the script tag's build can be pasted into a Liquid file", () => {
  expect(script.toString()).not.toMatch(/\{[{%]/);
});

test("the script tag's build defines one global, with all that a page uses, and has a source map", () => {
  const page: { MechanicStorefront?: object } = {};
  runInNewContext(script.toString(), page);
  expect(Object.keys(page)).toEqual(['MechanicStorefront']);
  expect(Object.keys(page.MechanicStorefront ?? {}).sort()).toEqual([
    'MechanicError',
    'cacheEndpoint',
    'createWebhook',
    'poll',
    'renderedMetafield',
    'storedFile',
  ]);
  expect(existsSync(new URL('dist/mechanic-storefront.min.js.map', root))).toBe(true);
});

test('each file that package.json names is there', () => {
  const named = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  );
  const files = [
    ...named,
    ...Object.values(manifest.bin),
    manifest.main,
    manifest.types,
    manifest.unpkg,
    manifest.jsdelivr,
  ];
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test('each entry can be imported under Node, without a page, and is the same as the source', async () => {
  const sources = {
    index: () => import('../../src/index.ts'),
    'element/index': () => import('../../src/element/index.ts'),
    'emulator/index': () => import('../../src/emulator/index.ts'),
    'msw/index': () => import('../../src/msw/index.ts'),
  };
  for (const [entry, source] of Object.entries(sources)) {
    const built = await import(/* @vite-ignore */ new URL(`dist/${entry}.js`, root).href);
    expect(Object.keys(built).sort()).toEqual(Object.keys(await source()).sort());
  }
});

test('the SDK leaves uuid to the user, and the local Mechanic brings its own packages', () => {
  const importsOf = (file: string) =>
    [
      ...read(file)
        .toString()
        .matchAll(/^(?:import|export)\b[^'"\n]*['"]([^'".][^'"]*)['"]/gm),
    ].map(([, name]) => name ?? '');
  expect(importsOf('dist/index.js').sort()).toEqual(['uuid']);
  expect(importsOf('dist/element/index.js').sort()).toEqual(['uuid']);
  expect(importsOf('dist/msw/index.js')).toEqual(['msw']);
  expect(importsOf('dist/cli.js').filter((name) => !isBuiltin(name))).toEqual([]);
  expect(importsOf('dist/emulator/index.js').filter((name) => !isBuiltin(name))).toEqual([]);
});

test('the licences of the code inside a build are beside it', () => {
  const namesIn = (file: string) =>
    [
      ...read(file)
        .toString()
        .matchAll(/^Name: (.+)$/gm),
    ]
      .map(([, name]) => name)
      .sort();
  expect(namesIn('dist/mechanic-storefront.min.js.licenses.txt')).toEqual(['ky', 'uuid']);
  const bundled = [
    '@hono/node-server',
    'csv-parse',
    'csv-stringify',
    'graphql',
    'hono',
    'ky',
    'liquidjs',
    'luxon',
    'zod',
  ];
  expect(namesIn('dist/third-party-licenses.txt')).toEqual(bundled);
});

test('no test is skipped or focused', () => {
  const files = readdirSync(new URL('test', root), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const marked = files.filter((file) =>
    /\b(?:test|it|describe)\.(?:skip|only|todo|fails)\b/.test(read(`test/${file}`).toString()),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(marked).toEqual([]);
});
