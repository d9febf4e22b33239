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

const names = ['MechanicError', 'cacheEndpoint', 'createWebhook', 'poll', 'renderedMetafield', 'storedFile'];

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
  expect(Object.keys(page.MechanicStorefront ?? {}).sort()).toEqual(names);
  expect(existsSync(new URL('dist/mechanic-storefront.min.js.map', root))).toBe(true);
});

test("the script tag's build makes UUIDs where there is no crypto.randomUUID", async () => {
  const getRandomValues = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
  const fetch = async () => new Response(null, { status: 204 });
  const page = {
    URL,
    URLSearchParams,
    Blob,
    Request,
    AbortController,
    AbortSignal,
    setTimeout,
    clearTimeout,
  };
  const id = await runInNewContext(
    `${script};
    const { createWebhook } = MechanicStorefront;
    createWebhook({ url: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001' })
      .submit({ a: 1 }).accepted.then(({ id }) => id)`,
    { ...page, fetch, crypto: { getRandomValues } },
  );
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('no build without the outbox has anything of it', () => {
  const without = readdirSync(new URL('dist', root), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(mechanic-storefront\.min|index|element.index|chunks.*)\.js$/.test(file),
  );
  expect(without.length).toBeGreaterThan(3);
  for (const file of without) expect(`${file} ${read(`dist/${file}`)}`).not.toMatch(/indexedDB|objectStore/);
  expect(read('dist/outbox/index.js').toString()).toContain('indexedDbStore');
});

test("the hook's build says that it is for the client, and has nothing of the element", () => {
  const hook = read('dist/react/index.js').toString();
  expect(hook).toMatch(/^'use client';\n/);
  expect(hook).not.toMatch(/mechanic-form|from '\./);
});

test("the outbox's script adds to the SDK's, whichever comes first", () => {
  const outbox = read('dist/mechanic-storefront-outbox.min.js').toString();
  for (const scripts of [
    [script, outbox],
    [outbox, script],
  ]) {
    const page: { MechanicStorefront?: object } = {};
    for (const code of scripts) runInNewContext(code.toString(), page);
    expect(Object.keys(page.MechanicStorefront ?? {}).sort()).toEqual([...names, 'createOutbox'].sort());
  }
  expect(outbox).not.toMatch(/\{[{%]/);
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
    'outbox/index': () => import('../../src/outbox/index.ts'),
    'react/index': () => import('../../src/react/index.ts'),
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
  expect(importsOf('dist/outbox/index.js').sort()).toEqual(['idb', 'uuid']);
  expect(importsOf('dist/react/index.js')).toEqual(['react']);
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
  expect(namesIn('dist/mechanic-storefront-outbox.min.js.licenses.txt')).toEqual(['idb', 'ky', 'uuid']);
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
    /\.test\.tsx?$/.test(file),
  );
  const marked = files.filter((file) =>
    /\b(?:test|it|describe)\.(?:skip|only|todo|fails)\b/.test(read(`test/${file}`).toString()),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(marked).toEqual([]);
});
