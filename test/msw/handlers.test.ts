import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheEndpoint, createWebhook, storedFile } from 'mechanic-storefront';
import { createEmulator, type EmulatorOptions } from 'mechanic-storefront/emulator';
import { type MechanicHandlersOptions, mechanicHandlers } from 'mechanic-storefront/msw';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { errorOf } from '../support/errors.ts';

const id = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const endpoint = '77ab3c10-2b8e-4f57-8a53-5f6b1c2d3e4f';
const topic = 'user/quote/requested';
const cacheUrl = `https://usemechanic.com/cache/${endpoint}`;

const strays: string[] = [];
const server = setupServer(
  http.all('*', ({ request }) => {
    strays.push(request.url);
    return HttpResponse.text('not ours');
  }),
);
beforeAll(() => server.listen());
afterEach(() => {
  vi.useRealTimers();
  server.resetHandlers();
  strays.splice(0);
});
afterAll(() => server.close());

function answer(options: EmulatorOptions = {}, how?: MechanicHandlersOptions) {
  const mechanic = createEmulator({
    webhooks: [{ id, topic }],
    cacheEndpoints: [{ id: endpoint, key: 'quotes' }],
    tasks: [
      {
        name: 'Quote',
        subscriptions: [topic],
        *run({ event }) {
          const { uuid, pieces } = event.data as { uuid: string; pieces: number };
          const record = { uuid, total: Number(pieces) * 9 };
          yield { action: { type: 'cache', options: ['set', 'quotes', record] } };
          const url = `https://storage.mechanic.test/storage/quotes/${uuid}.json`;
          yield { action: { type: 'http', options: { method: 'put', url, body: record } } };
        },
      },
    ],
    latency: 0,
    ...options,
  });
  server.use(...mechanicHandlers(mechanic, how));
  return mechanic;
}

test.each([
  ['json', 'https://webhooks.mechanic.dev/', cacheEndpoint(cacheUrl)],
  ['form', 'https://usemechanic.com/webhook/', cacheEndpoint(cacheUrl)],
  [
    'multipart',
    'https://webhooks.mechanic.dev/',
    storedFile('https://storage.mechanic.test/storage/quotes/{id}.json'),
  ],
] as const)('as %s to %s a submission gets its result', async (encoding, host, result) => {
  const mechanic = answer();
  const quotes = createWebhook({ url: host + id, result, encoding });
  expect(await quotes.run({ pieces: 3 })).toEqual({ total: 27 });
  expect(mechanic.events()).toHaveLength(1);
  expect(strays).toEqual([]);
});

test('a file is what it was', async () => {
  const mechanic = answer();
  const data = new FormData();
  data.set('photo', new File([new Uint8Array([0, 255, 10])], 'a.bin', { type: 'image/png' }));
  await createWebhook({ url: `https://webhooks.mechanic.dev/${id}` }).submit(data).accepted;
  expect(mechanic.events()[0]?.data).toMatchObject({
    photo: { name: 'a.bin', mime_type: 'image/png', size: 3, content_base64: 'AP8K' },
  });
});

test('with real delays and fake timers a minute passes at once', async () => {
  vi.useFakeTimers();
  answer({ latency: 'real' });
  const quotes = createWebhook({
    url: `https://webhooks.mechanic.dev/${id}`,
    result: cacheEndpoint(cacheUrl),
  });
  const quote = quotes.run({ pieces: 1 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await quote).toEqual({ total: 9 });
});

test('a connection that a fault cuts is a network error', async () => {
  answer({ faults: { drop: 1 } });
  const { accepted } = createWebhook({ url: `https://webhooks.mechanic.dev/${id}` }).submit({});
  expect(await errorOf(accepted)).toMatchObject({ code: 'network' });
});

test('an answer that is lost does not end the wait', async () => {
  const mechanic = answer({ faults: { loseResponses: 1 } });
  const quotes = createWebhook({
    url: `https://webhooks.mechanic.dev/${id}`,
    result: cacheEndpoint(cacheUrl),
  });
  expect(await quotes.run({ pieces: 2 })).toEqual({ total: 18 });
  expect(mechanic.events()).toHaveLength(1);
});

test('an origin of your own stands for the storage', async () => {
  answer({}, { origins: { storage: 'https://cdn.example/' } });
  const result = storedFile('https://cdn.example/quotes/{id}.json');
  const quotes = createWebhook({ url: `https://webhooks.mechanic.dev/${id}`, result });
  expect(await quotes.run({ pieces: 4 })).toEqual({ total: 36 });
  expect(strays).toEqual([]);
});

test('a storefront renders sections, and leaves all else alone', async () => {
  const sections = mkdtempSync(join(tmpdir(), 'msw-'));
  writeFileSync(
    join(sections, 'mechanic-result.liquid'),
    '<div data-mechanic-result="{{ customer.metafields.mechanic.result.value | json | escape }}" data-mechanic-customer="{{ customer.id }}"></div>',
  );
  const customers = [{ id: '1001', email: 'customer@example.test' }];
  const mechanic = answer(
    { sections, customers, signedIn: '1001' },
    { origins: { storefront: 'https://shop.example' } },
  );
  mechanic.metafields.set('1001', 'mechanic', 'result', { type: 'json', value: '{"uuid":"x"}' });
  const shop = async (path: string) => (await fetch(`https://shop.example${path}`)).text();
  expect(await shop('/cart?section_id=mechanic-result')).toContain('data-mechanic-customer="1001"');
  expect(JSON.parse(await shop('/?sections=mechanic-result,none'))).toMatchObject({ none: null });
  expect(await shop('/?view=data')).toContain('"index.data.liquid"');
  expect(await shop('/cart.js')).toBe('not ours');
  const sent = await fetch('https://shop.example/?section_id=mechanic-result', { method: 'POST' });
  expect(await sent.text()).toBe('not ours');
});

test.each([
  'https://usemechanic.com/',
  'https://shop.example/?section_id=mechanic-result',
  'https://cdn.example/a.json',
])('%s is left alone', async (url) => {
  answer();
  expect(await (await fetch(url)).text()).toBe('not ours');
});

test.each(['https://webhooks.mechanic.dev/a/b', 'https://webhooks.mechanic.dev/x.json'])(
  'nothing for %s gets to the real Mechanic',
  async (url) => {
    answer();
    const { status } = await fetch(url, { method: 'POST' });
    expect([204, 404]).toContain(status);
    expect(strays).toEqual([]);
  },
);

test('what fails otherwise is not taken for the network', async () => {
  const broken = { fetch: () => Promise.reject(new RangeError('a fault of ours')), storefront: fetch };
  server.use(...mechanicHandlers(broken));
  const response = await fetch(cacheUrl);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain('a fault of ours');
});
