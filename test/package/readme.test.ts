import { cacheEndpoint, createWebhook, storedFile } from 'mechanic-storefront';
import { createEmulator } from 'mechanic-storefront/emulator';
import { mechanicHandlers } from 'mechanic-storefront/msw';
import { setupServer } from 'msw/node';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { runSnippet, snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';

const [
  npmQuickStart = '',
  longerExample = '',
  withOutbox = '',
  localMechanic = '',
  ownTests = '',
  ...moreTypeScript
] = snippets('README.md', 'ts');
const [cacheTask = '', fileTask = '', metafieldTask = '', section = ''] = snippets('README.md', 'liquid');
const instant = { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 };
const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;

test('every TypeScript snippet of the README compiles', () => {
  expect(moreTypeScript).toEqual([]);
  const files = new Map(
    [
      npmQuickStart,
      longerExample,
      withOutbox,
      localMechanic,
      ownTests,
      ...snippets('docs/outbox.md', 'ts'),
    ].map((code, n) => [`${process.cwd()}/readme-${n}.ts`, `${code}\nexport {};`]),
  );
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
  const faults = ts.getPreEmitDiagnostics(program).filter(({ file }) => file && files.has(file.fileName));
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

test('the quick start for npm gets its quote', async () => {
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: id(2), key: 'quotes' }],
    tasks: [
      taskFile(cacheTask.replace('event.data.pieces', 'event.data.cart.pieces'), 'user/quote/requested'),
    ],
    latency: instant,
  });
  const fetch = (url: string, init?: RequestInit) => mechanic.fetch(new Request(url, init));
  const given = {
    cacheEndpoint,
    createWebhook: (options: object) => createWebhook({ ...options, fetch } as never),
  };
  expect(await runSnippet(npmQuickStart, given)).toEqual([[90]]);
});

test('the longer example shows its updates and takes its run up again', async () => {
  const mechanic = createEmulator({
    webhooks: [{ id: id(3), topic: 'user/number/submitted' }],
    tasks: [taskFile(fileTask, 'user/number/submitted')],
    latency: instant,
  });
  const fetch = (url: string, init?: RequestInit) =>
    mechanic.fetch(new Request(url.replace('https://cdn.example/', 'https://mechanic.test/storage/'), init));
  const given = {
    storedFile,
    createWebhook: (options: object) => createWebhook({ ...options, fetch } as never),
  };
  const printed = await runSnippet(longerExample, given);
  const phases = printed.slice(1, -2).map(([phase]) => phase);
  expect(phases).toEqual(['sending', 'accepted', 'done']);
  expect(printed.slice(-2)).toEqual([[{ total: 0 }], [{ total: 0 }]]);
});

test('the example of the local Mechanic listens', async () => {
  const [[url, storefrontUrl] = []] = await runSnippet(localMechanic, { createEmulator });
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(storefrontUrl).not.toBe(url);
});

test('the example of tests of your own gets its quote through msw', async () => {
  const given = { cacheEndpoint, createWebhook, createEmulator, mechanicHandlers, setupServer };
  expect(await runSnippet(ownTests, given)).toEqual([[{ total: 99 }], ['succeeded']]);
});

/** What a task of the README makes of one event. */
async function afterEvent(script: string, data: object) {
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    tasks: [taskFile(script, 'user/quote/requested')],
    customers: [{ id: '1001', email: 'customer@example.test' }],
    latency: instant,
  });
  const body = JSON.stringify(data);
  const headers = { 'content-type': 'application/json' };
  await mechanic.fetch(new Request(`https://mechanic.test/${id(1)}`, { method: 'POST', body, headers }));
  await mechanic.idle();
  return mechanic;
}

test('the task for a cache endpoint adds its entry to the map', async () => {
  const mechanic = await afterEvent(cacheTask, { uuid: id(8), pieces: 2 });
  expect(mechanic.cache.get('quotes')).toEqual({ [id(8)]: { status: 'done', value: { total: 18 } } });
});

test('the task for a stored file stores it under the UUID, and nothing under an address that somebody made up', async () => {
  const mechanic = await afterEvent(fileTask, { uuid: id(8), pieces: 2 });
  const record = JSON.parse(mechanic.storage.get(`checks/${id(8)}.json`)?.body ?? '');
  expect(record).toEqual({ uuid: id(8), status: 'done', value: { total: 18 } });
  const attacked = await afterEvent(fileTask, { uuid: '../../0000-0000-4000-8000-index.html', pieces: 2 });
  expect(attacked.storage.entries()).toEqual([]);
});

test('the task for a metafield writes it to the customer', async () => {
  const mechanic = await afterEvent(metafieldTask, { uuid: id(8), pieces: 2, customer_id: '1001' });
  const { type, value = '' } = mechanic.metafields.get('1001', 'mechanic', 'result') ?? {};
  expect(type).toBe('json');
  expect(JSON.parse(value)).toEqual({ uuid: id(8), status: 'done', value: { total: 18 } });
});

test('the section of the README is the one of the theme kit', async () => {
  const { readFile } = await import('node:fs/promises');
  const rendered = await readFile('theme/sections/mechanic-result.liquid', 'utf8');
  expect(rendered).toContain(section);
});

test('both halves that the README shows side by side are one whole', async () => {
  const [, task = ''] = snippets('README.md', 'json');
  const [page = ''] = snippets('README.md', 'js');
  const mechanic = createEmulator({
    webhooks: [{ id: id(4), topic: 'user/greeting/requested' }],
    cacheEndpoints: [{ id: id(5), key: 'greetings' }],
    tasks: [JSON.parse(task)],
    latency: instant,
  });
  const fetch = (url: string, init?: RequestInit) => mechanic.fetch(new Request(url, init));
  const MechanicStorefront = {
    cacheEndpoint,
    createWebhook: (options: object) => createWebhook({ ...options, fetch } as never),
  };
  expect(await runSnippet(page, { MechanicStorefront })).toEqual([['Hello, Ann!']]);
});

test('the record of the README is JSON', () => {
  const [record = ''] = snippets('README.md', 'json');
  expect(JSON.parse(record)).toMatchObject({ status: 'done' });
});
