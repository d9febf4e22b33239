import { equal, ok, rejects } from '../expect.js';
import { room } from '../scenario.js';
import { byFile, cacheUrl, sdk, watchedFetch, webhook, webhookUrl } from '../tools.js';

const scenario = room('What is refused');

/** Data that cannot go this way are refused by a path, and nothing is sent. */
async function refuses(encoding, data, path) {
  const watched = watchedFetch();
  const options = { encoding, result: byFile(), fetch: watched.fetch };
  const error = await rejects(() => webhook('silent', options).submit(data), 'encoding');
  equal(error.observed.path, path, 'the path');
  equal(watched.calls.length, 0, 'the number of requests');
}

scenario('JSON refuses a file, a cycle, BigInt, NaN and __proto__, by their paths', async () => {
  const cycle = {};
  cycle.self = cycle;
  await refuses('json', { photos: [new File([], 'a')] }, 'photos[0]');
  await refuses('json', cycle, 'self');
  await refuses('json', { a: { b: 1n } }, 'a.b');
  await refuses('json', { n: Number.NaN }, 'n');
  await refuses('json', JSON.parse('{"a":{"__proto__":1}}'), 'a.__proto__');
});

scenario('a form refuses what Rack would read as something else', async () => {
  await refuses('form', { items: [{ a: 1 }, { b: 2 }] }, 'items[1]');
  await refuses('form', { list: [] }, 'list');
  await refuses('form', { 'a[b': 1 }, 'a[b');
  await refuses('form', { photo: new File([], 'a') }, 'photo');
});

scenario('a UUID that is none, and a text that cannot carry one, are refused', async () => {
  await refuses('json', { uuid: 'mine' }, 'uuid');
  await refuses('text', 'just words', '');
});

scenario('a wrong option is told at once, with what it received', async () => {
  const url = webhookUrl('silent');
  const wrong = [
    { url: '/webhook/1' },
    { url: cacheUrl('results') },
    { url: `${url}?a=1` },
    { url, encoding: 'xml' },
    { url, timeoutMs: '5' },
    { url, resutl: byFile() },
  ];
  for (const options of wrong) {
    const { message } = await rejects(() => sdk.createWebhook(options), 'configuration');
    ok(message.length > 20, message);
  }
});
