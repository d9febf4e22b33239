import { expect, test } from 'vitest';
import { createInstant, perform, post, topic, webhookId } from './helpers.ts';

const hostile = '<img src=x onerror=alert(1)></script><script>alert(2)</script>"\'&';

async function dashboard(mechanic: ReturnType<typeof createInstant>) {
  return await mechanic.fetch(new Request('https://mechanic.test/'));
}

test('the dashboard shows events, runs, actions, logs, the cache, files and metafields', async () => {
  const mechanic = createInstant({
    cacheEndpoints: [{ id: webhookId, key: 'quotes' }],
    tasks: [
      {
        name: 'Answer',
        subscriptions: [topic],
        *run() {
          yield { log: 'a log line' };
          yield { action: { type: 'echo', options: 'an echo' } };
          yield { action: { type: 'echo', options: { __error: 'an action error' } } };
        },
      },
      { name: 'Fail', subscriptions: [topic], run: () => [{ error: 'a task error' }] },
    ],
  });
  mechanic.cache.set('quotes', 'a cache value', 60);
  mechanic.storage.put('files/a.txt', 'a stored file');
  mechanic.metafields.set('1001', 'ns', 'key', { type: 'json', value: '"a metafield"' });
  await mechanic.fetch(post('the data'));
  await mechanic.idle();
  const html = await (await dashboard(mechanic)).text();
  const [event] = mechanic.events();
  for (const shown of [
    event?.id,
    event?.requestId,
    topic,
    'the data',
    'Answer',
    'a log line',
    'an echo',
    'an action error',
    'Fail',
    'a task error',
    `/webhook/${webhookId}`,
    `/cache/${webhookId}`,
    'quotes',
    'a cache value',
    'expires 20',
    'files/a.txt',
    'a stored file',
    'ns.key',
    'a metafield',
  ]) {
    expect(html).toContain(shown);
  }
});

test('hostile data shows as text, wherever it comes in', async () => {
  const { mechanic } = await perform([
    { type: 'echo', options: hostile },
    { type: hostile, options: null },
    { type: 'cache', options: ['set', 'k', hostile] },
    { type: 'http', options: { method: 'put', url: '/storage/<b>', body: hostile } },
  ]);
  mechanic.metafields.set('1001', hostile, hostile, { type: hostile, value: hostile });
  await mechanic.fetch(post(hostile));
  await mechanic.fetch(post(JSON.stringify({ [hostile]: hostile }), { type: 'application/json' }));
  await mechanic.idle();
  const html = await (await dashboard(mechanic)).text();
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).not.toMatch(/<img|<script|<\/script|<b>/);
});

test('the dashboard runs no script, whatever gets in, and is not stored', async () => {
  const { headers } = await dashboard(createInstant());
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/,
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
});

test('the policy’s hash is that of the style', async () => {
  const { createHash } = await import('node:crypto');
  const response = await dashboard(createInstant());
  const style = /<style>(.*)<\/style>/s.exec(await response.text())?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(response.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
});

test('an event that nobody subscribes to, and one that is pending, say so', async () => {
  const mechanic = createInstant();
  await mechanic.fetch(post('x'));
  expect(await (await dashboard(mechanic)).text()).toContain('The event run is pending.');
  await mechanic.idle();
  expect(await (await dashboard(mechanic)).text()).toContain('No task subscribes to this topic.');
});

test('the latest fifty events are shown, the newest first', async () => {
  const mechanic = createInstant();
  for (let n = 0; n < 52; n++) await mechanic.fetch(post(`number ${n}.`));
  const html = await (await dashboard(mechanic)).text();
  expect(html).toContain('The latest 50 of 52 events.');
  expect(html).not.toContain('number 1.');
  expect(html.indexOf('number 51.')).toBeLessThan(html.indexOf('number 2.'));
});
