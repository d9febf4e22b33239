import { expect, test } from 'vitest';
import { createInstant, perform, post, topic, webhookId } from './helpers.ts';

const hostile = '<img src=x onerror=alert(1)></script><script>alert(2)</script>"\'&';

type Mechanic = ReturnType<typeof createInstant>;

async function dashboard(mechanic: Mechanic, query = '') {
  return await mechanic.fetch(new Request(`https://mechanic.test/${query}`));
}

function send(mechanic: Mechanic, fields: { [name: string]: string }, headers: HeadersInit = {}) {
  const body = new URLSearchParams(fields);
  return mechanic.fetch(
    new Request('https://mechanic.test/dashboard/post', { method: 'POST', body, headers }),
  );
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
    'in 60 s',
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
  const query = `?q=${encodeURIComponent('<img')}`;
  const html =
    (await (await dashboard(mechanic)).text()) +
    (await (await dashboard(mechanic, query)).text()).replace(/<script.*?<\/script>/, '');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  // The page's own script, and nothing else.
  const own = '<script src="/dashboard/script.js" type="module"></script>';
  expect(html).toContain(own);
  expect(html.replace(own, '')).not.toMatch(/<img|<script|<\/script|<b>/);
});

test('the dashboard runs its own script and nothing else, and is not stored', async () => {
  const { headers } = await dashboard(createInstant());
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-type')).toBe('text/html; charset=UTF-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['script.js', 'text/javascript; charset=utf-8', 'DOMParser'],
  ['style.css', 'text/css; charset=utf-8', 'color-scheme: light dark'],
])('%s has a URL of its own', async (file, type, content) => {
  const response = await dashboard(createInstant(), `dashboard/${file}`);
  expect(response.headers.get('content-type')).toBe(type);
  const text = await response.text();
  expect(text).toContain(content);
  expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
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

test('a filter finds a UUID, a request id, or any text, wherever it is', async () => {
  const other = webhookId.replace('abc', 'cba');
  const actions = [
    { type: 'cache', options: ['set', 'one', { uuid: 'Find-Me "1"' }] },
    { type: 'http', options: { method: 'put', url: '/storage/find-me.txt', body: 'x' } },
  ];
  const webhooks = [
    { id: webhookId, topic },
    { id: other, topic: 'user/other/sent' },
  ];
  const { mechanic } = await perform(actions, { webhooks });
  mechanic.cache.set('two', 'other');
  mechanic.metafields.set('1', 'a', 'find-me', { type: 'text', value: 'x' });
  await send(mechanic, { webhook: other, json: '{}' });
  await mechanic.idle();
  const [first, second] = mechanic.events();
  const found = async (text: string) => {
    const html = await (await dashboard(mechanic, `?q=${encodeURIComponent(text)}`)).text();
    return [
      ...html.matchAll(/class="card event" data-key="([^"]+)|data-key="((?:cache|file|field)-[^"]+)/g),
    ].map(([, event, stored]) => event ?? stored);
  };
  const all = await found('');
  expect(all.slice(0, 2)).toEqual([second?.id, first?.id]);
  expect(await found('FIND-ME')).toEqual([
    first?.id,
    'cache-one',
    'file-find-me.txt',
    'field-gid://shopify/Customer/1 a.find-me',
  ]);
  expect(await found('find-me "1"')).toEqual([first?.id, 'cache-one']);
  expect(await found(` ${second?.requestId} `)).toEqual([second?.id]);
  expect(await found('nowhere')).toEqual([]);
});

test('what is found goes beyond what is shown', async () => {
  const mechanic = createInstant();
  for (let n = 0; n < 52; n++) await mechanic.fetch(post(`number ${n}.`));
  const html = await (await dashboard(mechanic, '?q=number+0.')).text();
  expect(html).toContain('1 of 52');
  expect(html).toContain('number 0.');
});

test('an error that names a line of Liquid shows it', async () => {
  const errors = [
    'undefined filter: foo, file:/tasks/quote.liquid, line:12, col:3',
    'It failed (line 7)',
    'online 5',
  ];
  const mechanic = createInstant({
    tasks: [{ name: 'A', subscriptions: [topic], run: () => errors.map((error) => ({ error })) }],
  });
  await mechanic.fetch(post('x'));
  await mechanic.idle();
  const html = await (await dashboard(mechanic)).text();
  expect([...html.matchAll(/Liquid line (\d+)/g)].map(([, line]) => line)).toEqual(['12', '7']);
});

test('a large file in the data is cut', async () => {
  const mechanic = createInstant();
  const body = JSON.stringify({ file: 'x'.repeat(3_000_000) });
  await mechanic.fetch(post(body, { type: 'application/json' }));
  const html = await (await dashboard(mechanic)).text();
  expect(html).toContain('x… (3,000,000 characters)');
  expect(html.length).toBeLessThan(50_000);
});

test('an event posted by hand goes the way of any other, past the faults', async () => {
  const mechanic = createInstant({ faults: { drop: 1 } });
  const response = await send(mechanic, { webhook: webhookId, json: '{"n":1}' });
  const [event] = mechanic.events();
  expect(event).toMatchObject({ topic, data: { n: 1 }, webhookId });
  expect(await response.text()).toBe(`Posted. Its request id: ${event?.requestId}`);
});

test('a form that a browser sends by itself leads back to the dashboard', async () => {
  const response = await send(createInstant(), { webhook: webhookId, json: '1' }, { accept: 'text/html' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
});

test('what is posted by hand and is no JSON is refused in words', async () => {
  const mechanic = createInstant();
  const response = await send(mechanic, { webhook: webhookId, json: '{"n":' });
  expect(response.status).toBe(422);
  expect(await response.text()).toMatch(/^The data is not JSON: /);
  expect((await send(mechanic, {})).status).toBe(422);
  expect(mechanic.events()).toEqual([]);
});

test('the form offers another UUID after each event, and looking changes no id', async () => {
  const offered = async (mechanic: Mechanic) =>
    /&quot;uuid&quot;: &quot;([0-9a-f-]{36})/.exec(await (await dashboard(mechanic)).text())?.[1];
  const [looked, other] = [createInstant(), createInstant()];
  const first = await offered(looked);
  expect(await offered(looked)).toBe(first);
  for (const mechanic of [looked, other]) await mechanic.fetch(post('x'));
  expect(await offered(looked)).not.toBe(first);
  expect(looked.events()[0]?.id).toBe(other.events()[0]?.id);
});

test('faults that are switched on are said at the top', async () => {
  const mechanic = createInstant();
  const html = async () => (await dashboard(mechanic)).text();
  expect(await html()).not.toContain('faults at');
  mechanic.faults.set({ on: ['cache', 'storage'], drop: 0.5 });
  expect(await html()).toContain('faults at cache, storage');
});
