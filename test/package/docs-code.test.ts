// Every piece of code in the documentation compiles, and what can run by itself runs.
import { readdirSync, readFileSync } from 'node:fs';
import { cacheEndpoint, createWebhook, MechanicError, storedFile } from 'mechanic-storefront';
import { createEmulator, type EmulatorOptions } from 'mechanic-storefront/emulator';
import ts from 'typescript';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runSnippet, snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';
import { pass } from '../support/time.ts';

const pages = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);
/** A shop's own code and tests: test/consumer compiles and runs them against the packed package. */
const compiledElsewhere = ['quote.ts', 'quote.spec.ts'].map((file) =>
  readFileSync(`test/consumer/project/${file}`, 'utf8'),
);
const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What a snippet prints, in ten seconds that take no time. */
async function run(code: string, given: { [name: string]: unknown }): Promise<unknown[][]> {
  const printed = runSnippet(code, given);
  // It may fail before it is awaited.
  printed.catch(() => {});
  await pass(10_000);
  return printed;
}

test('every snippet of TypeScript compiles, in JSX or not', { timeout: 120_000 }, () => {
  const files = new Map<string, string>();
  for (const language of ['ts', 'tsx']) {
    const codes = pages.flatMap((page) => snippets(page, language));
    expect(codes.length).toBeGreaterThan(2);
    for (const code of codes.filter((code) => !compiledElsewhere.includes(code))) {
      files.set(`${process.cwd()}/docs-${files.size}.${language}`, `${code}\nexport {};`);
    }
  }
  const { config } = ts.readConfigFile('test/tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, 'test');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, language) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, language) : ts.createSourceFile(name, code, language);
  };
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host);
  const faults = [...files.keys()].flatMap((name) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(name)),
  );
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

test('every snippet of JSON is JSON', () => {
  for (const page of pages)
    for (const code of snippets(page, 'json')) expect(() => JSON.parse(code)).not.toThrow();
});

/** A local Mechanic, and the SDK as a snippet sees it: at Mechanic's own addresses. */
function shop(options: EmulatorOptions = {}) {
  const [script = ''] = snippets('README.md', 'liquid');
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: id(2), key: 'quotes' }],
    tasks: [taskFile(script, 'user/quote/requested')],
    latency: 0,
    ...options,
  });
  const fetch = (url: string, init?: RequestInit) => {
    const local = url.replace('https://cdn.example/', 'https://storage.mechanic.test/storage/');
    return mechanic.fetch(new Request(local, init));
  };
  const sdk = {
    MechanicError,
    cacheEndpoint,
    storedFile,
    createWebhook: (webhook: object) => createWebhook({ ...webhook, fetch } as never),
  };
  return { mechanic, fetch, sdk };
}

test('the steps of docs/options.md are shown, and the run is taken up again', async () => {
  const [steps = ''] = snippets('docs/options.md', 'ts');
  const { sdk } = shop({
    webhooks: [{ id: id(3), topic: 'user/number/submitted' }],
    tasks: [
      {
        name: 'Check',
        subscriptions: ['user/number/submitted'],
        *run({ event }) {
          const { uuid } = event.data as { uuid: string };
          const body = { uuid, status: 'done', value: { valid: true } };
          yield {
            action: { type: 'http', options: { method: 'put', url: `/storage/checks/${uuid}.json`, body } },
          };
        },
      },
    ],
  });
  const printed = await run(steps, sdk);
  expect(printed.slice(1, -2).map(([phase]) => phase)).toEqual(['sending', 'accepted', 'done']);
  expect(printed.slice(-2)).toEqual([[{ valid: true }], [{ valid: true }]]);
});

test('the source of docs/choosing-a-route.md asks until there is a value', async () => {
  const [source = ''] = snippets('docs/choosing-a-route.md', 'ts');
  const { sdk, fetch } = shop();
  let looks = 0;
  const ask = (url: string, init?: RequestInit) => {
    if (!url.startsWith('https://api.shop.example/orders/')) return fetch(url, init);
    return Promise.resolve(++looks < 2 ? new Response(null, { status: 404 }) : Response.json({ order: 1 }));
  };
  const given = {
    createWebhook: (options: object) => createWebhook({ ...options, fetch: ask } as never),
  };
  expect(await run(source, { ...sdk, ...given })).toEqual([[{ order: 1 }]]);
  expect(looks).toBe(2);
});

test('the shopper of docs/troubleshooting.md reads a price, or words for each error', async () => {
  const [example = ''] = snippets('docs/troubleshooting.md', 'ts');
  const { sdk } = shop();
  expect(await run(example, sdk)).toEqual([['Your price: 90']]);
  const failing = {
    ...sdk,
    createWebhook: () => ({ run: () => Promise.reject(new MechanicError('not_signed_in', 'no customer')) }),
  };
  expect((await run(example, failing)).at(-1)).toEqual(['Please sign in first.']);
});

test('the examples of docs/testing.md without msw print what they say', async () => {
  const [, , withoutMsw = '', ofATask = ''] = snippets('docs/testing.md', 'ts');
  expect(await run(withoutMsw, { createWebhook, storedFile, createEmulator })).toEqual([[{ valid: true }]]);
  const task = JSON.parse(snippets('docs/getting-started.md', 'json')[1] ?? '');
  const given = {
    createEmulator: (options: EmulatorOptions) => createEmulator({ ...options, tasks: [task] }),
  };
  const [[status, errors] = [], [quotes] = []] = await run(ofATask, given);
  expect([status, errors]).toEqual(['succeeded', []]);
  expect(Object.entries(quotes as object)).toEqual([
    [expect.stringMatching(/^3e1f/), { status: 'done', value: { total: 90 } }],
  ]);
});

const [byHand = '', withSdk = ''] = snippets('docs/migration.md', 'js');

test('both pages of docs/migration.md get a price on a good day', async () => {
  const { sdk, fetch } = shop();
  vi.stubGlobal('fetch', fetch);
  // By hand the task's whole map comes back, whoever's it is.
  const [[map] = []] = await run(withUuid(byHand), {});
  expect(Object.values(map as object)).toEqual([{ status: 'done', value: { total: 90 } }]);
  expect(await run(withSdk, { MechanicStorefront: sdk })).toEqual([[{ total: 90 }]]);
});

test("by hand, yesterday's result is taken for today's; with the SDK it is not", async () => {
  const { mechanic, sdk, fetch } = shop();
  mechanic.cache.set('quotes', { [id(9)]: { status: 'done', value: { total: 1 } } });
  mechanic.latency(500);
  vi.stubGlobal('fetch', fetch);
  const [[map] = []] = await run(withUuid(byHand), {});
  expect(Object.keys(map as object)).toEqual([id(9)]);
  expect(await run(withSdk, { MechanicStorefront: sdk })).toEqual([[{ total: 90 }]]);
});

/** The hand-written page for a task that wants a UUID. */
function withUuid(code: string): string {
  return code.replace('{ pieces: 10 }', `{ pieces: 10, uuid: '${id(8)}' }`);
}

test('every fence says its language, so that these tests find it', () => {
  const opening = /^ *```(\w*)\n.*?^ *```$/gms;
  for (const page of pages) {
    const languages = [...readFileSync(page, 'utf8').matchAll(opening)].map(([, language]) => language);
    expect({ page, nameless: languages.filter((language) => !language) }).toEqual({ page, nameless: [] });
  }
});
