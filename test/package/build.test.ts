import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bareGlobals } from '../support/bare-page.ts';

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
  const id = await runInNewContext(
    `${script};
    const { createWebhook } = MechanicStorefront;
    createWebhook({ url: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001' })
      .submit({ a: 1 }).accepted.then(({ id }) => id)`,
    { ...bareGlobals, fetch, crypto: { getRandomValues } },
  );
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('no build without the outbox has anything of it', () => {
  const without = readdirSync(new URL('dist', root), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(mechanic-storefront\.min|index|element.index|chunks.*)\.js$/.test(file),
  );
  expect(without.length).toBeGreaterThan(3);
  for (const file of without) expect(`${file} ${read(`dist/${file}`)}`).not.toMatch(/indexedDB|objectStore/);
  expect(script.toString()).not.toMatch(/outbox/i);
  expect(read('dist/outbox/index.js').toString()).toContain('indexedDbStore');
});

test("the hook's build says that it is for the client, and has nothing of the element", () => {
  const hook = read('dist/react/index.js').toString();
  expect(hook).toMatch(/^'use client';\n/);
  expect(hook).not.toMatch(/mechanic-form|from '\./);
});

const outboxScript = read('dist/mechanic-storefront-outbox.min.js').toString();

/** A page with the script of the outbox, whose tag has these `data-` attributes, and with these elements. */
async function pageWithOutbox(dataset: { [name: string]: string } = {}, elements = {}) {
  const errors: unknown[] = [];
  const registered: string[] = [];
  const page = {
    ...bareGlobals,
    fetch: () => Promise.reject(new TypeError('offline')),
    document: { currentScript: { dataset }, querySelectorAll: () => [] },
    customElements: { get: () => undefined, define: (name: string) => registered.push(name), ...elements },
    console: { error: (message: unknown) => errors.push(message) },
  };
  runInNewContext(outboxScript, page);
  const kept = await runInNewContext(
    `const { createWebhook, outbox } = MechanicStorefront;
    const run = createWebhook({ url: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001', outbox })
      .submit({ a: 1 });
    const updates = run.updates();
    (async () => {
      for await (const { message } of run.updates()) if (message) break;
      const [entry] = await outbox.entries();
      const { value } = await run.updates().next();
      outbox.close();
      return { ...entry, ...value };
    })()`,
    page,
  );
  return { kept, errors, registered, names: Object.keys(runInNewContext('MechanicStorefront', page)) };
}

test("the outbox's script has all that the SDK's has, and an outbox", async () => {
  // A visitor who is not signed in.
  const { kept, errors, registered, names: all } = await pageWithOutbox({ scope: '' });
  expect(all.sort()).toEqual([...names, 'createOutbox', 'outbox'].sort());
  expect(kept).toMatchObject({ scope: 'guest', stored: 'memory' });
  expect([registered, errors]).toEqual([['mechanic-form'], []]);
  expect(outboxScript).not.toMatch(/\{[{%]/);
});

test("the outbox's script reads its own attributes", async () => {
  const attributes = { scope: '7', atomic: '', persist: 'false', wordsMemory: 'Bleib hier.' };
  const { kept } = await pageWithOutbox(attributes);
  expect(kept).toMatchObject({ scope: '7', stored: 'memory', message: 'Bleib hier.' });
  expect(kept.dueAt - kept.createdAt).toBeLessThan(5_000);
});

test("the outbox's script says when another one has registered the element", async () => {
  const { errors, registered } = await pageWithOutbox({}, { get: () => class {} });
  expect(registered).toEqual([]);
  expect(errors).toEqual([
    expect.stringContaining('Load mechanic-storefront-outbox.min.js alone, or first.'),
  ]);
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
