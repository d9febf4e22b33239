import { cacheEndpoint, createWebhook } from 'mechanic-storefront';
import { createEmulator } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { runSnippet, snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';

const [npmQuickStart = ''] = snippets('README.md', 'ts');
const [cacheTask = ''] = snippets('README.md', 'liquid');
const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;

test('the quick start for npm gets its quote', async () => {
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: id(2), key: 'quotes' }],
    tasks: [
      taskFile(cacheTask.replace('event.data.pieces', 'event.data.cart.pieces'), 'user/quote/requested'),
    ],
    latency: 0,
  });
  const fetch = (url: string, init?: RequestInit) => mechanic.fetch(new Request(url, init));
  const given = {
    cacheEndpoint,
    createWebhook: (options: object) => createWebhook({ ...options, fetch } as never),
  };
  expect(await runSnippet(npmQuickStart, given)).toEqual([[90]]);
});

test('the task adds its entry to the map of the cache endpoint', async () => {
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    tasks: [taskFile(cacheTask, 'user/quote/requested')],
    latency: 0,
  });
  mechanic.cache.set('quotes', { [id(7)]: { total: 1 } });
  const body = JSON.stringify({ uuid: id(8), pieces: 2 });
  const headers = { 'content-type': 'application/json' };
  await mechanic.fetch(new Request(`https://mechanic.test/${id(1)}`, { method: 'POST', body, headers }));
  await mechanic.idle();
  expect(mechanic.cache.get('quotes')).toEqual({
    [id(7)]: { total: 1 },
    [id(8)]: { status: 'done', value: { total: 18 } },
  });
});
