import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator, EmulatorOptions, Faults } from 'mechanic-storefront/emulator';
import { afterEach, expect, test, vi } from 'vitest';
import { createInstant, post, webhookId } from './helpers.ts';

let mechanic = createInstant();
afterEach(async () => {
  vi.useRealTimers();
  await mechanic.close();
});

function withFaults(faults: Faults, options: EmulatorOptions = {}): Emulator {
  mechanic = createInstant({ cacheEndpoints: [{ id: webhookId, key: 'k' }], faults, ...options });
  return mechanic;
}

const get = (path: string) => mechanic.fetch(new Request(`https://mechanic.test${path}`));
const cut = { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNRESET' } };

test('without faults nothing happens', async () => {
  withFaults({});
  expect((await mechanic.fetch(post('a'))).status).toBe(204);
  expect(mechanic.faults.get()).toEqual({});
});

test('a dropped request rejects as fetch does, and is never taken', async () => {
  withFaults({ drop: 1 });
  await expect(mechanic.fetch(post('a'))).rejects.toMatchObject(cut);
  expect(mechanic.events()).toEqual([]);
});

test('a lost response rejects, too, but its event is there', async () => {
  withFaults({ loseResponses: 1 });
  await expect(mechanic.fetch(post('a'))).rejects.toMatchObject(cut);
  expect(mechanic.events()).toMatchObject([{ data: 'a' }]);
});

test('a status is answered instead of taking the request, and a page may read it', async () => {
  withFaults({ status: 503, retryAfterSeconds: 7 });
  const response = await mechanic.fetch(post('a'));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(mechanic.events()).toEqual([]);
});

test('a delay is waited out before the request is taken, on fake timers, too', async () => {
  vi.useFakeTimers();
  withFaults({ delayMs: 5_000 });
  const response = mechanic.fetch(post('a'));
  await vi.advanceTimersByTimeAsync(4_999);
  expect(mechanic.events()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect((await response).status).toBe(204);
  expect(mechanic.events()).toHaveLength(1);
});

test('a preflight meets no fault', async () => {
  withFaults({ drop: 1, status: 500 });
  const { status } = await mechanic.fetch(
    new Request(`https://mechanic.test/${webhookId}`, { method: 'OPTIONS' }),
  );
  expect(status).toBe(204);
});

test.each<[place: NonNullable<Faults['on']>, path: string]>([
  ['webhook', `/webhook/${webhookId}`],
  ['cache', `/cache/${webhookId}`],
  ['storage', '/storage/a.txt'],
])("at a %s CORS headers can be hidden, a preflight's too, and nothing else changes", async (on, path) => {
  withFaults({ on, hideCors: true }, { exposeRequestId: true });
  mechanic.cache.set('k', 1);
  mechanic.storage.put('a.txt', 'a');
  const asked = async () => {
    const method = on === 'webhook' ? 'POST' : 'GET';
    const requests = ['OPTIONS', method].map(
      (method) => new Request(`https://mechanic.test${path}`, { method }),
    );
    const answers = await Promise.all(requests.map((request) => mechanic.fetch(request)));
    return answers.map(({ status, headers }) => ({
      status,
      cors: [...headers.keys()].filter((name) => name.startsWith('access-control-')).length,
      type: headers.get('content-type'),
    }));
  };
  const hidden = await asked();
  mechanic.faults.set({ on: 'section', hideCors: true });
  const shown = await asked();
  expect(hidden.map(({ cors }) => cors)).toEqual([0, 0]);
  expect(shown.map(({ cors }) => cors > 0)).toEqual([true, true]);
  expect(hidden).toEqual(shown.map((answer) => ({ ...answer, cors: 0 })));
  expect(mechanic.events()).toHaveLength(on === 'webhook' ? 2 : 0);
});

test('a POST whose connection is cut is cut also without CORS headers', async () => {
  withFaults({ hideCors: true, drop: 1 });
  await expect(mechanic.fetch(post('a'))).rejects.toMatchObject(cut);
});

const section = () => mechanic.storefront(new Request('https://shop.test/?section_id=a'));
const places: [on: Faults['on'], hit: string[]][] = [
  [undefined, ['webhook']],
  ['webhook', ['webhook']],
  ['cache', ['cache']],
  ['storage', ['storage']],
  ['section', ['section', 'sections', 'view']],
  [
    ['cache', 'storage'],
    ['cache', 'storage'],
  ],
];

test.each(places)('faults on %o hit %o and nothing else', async (on, hit) => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  for (const name of ['a', 'index', 'index.data']) writeFileSync(join(folder, `${name}.liquid`), name);
  withFaults({ on, status: 500 }, { sections: folder, templates: folder });
  mechanic.cache.set('k', 1);
  mechanic.storage.put('a.txt', 'a');
  const shop = (query: string) => mechanic.storefront(new Request(`https://shop.test/${query}`));
  const answers = {
    webhook: await mechanic.fetch(post('a')),
    cache: await get(`/cache/${webhookId}`),
    storage: await get('/storage/a.txt'),
    section: await section(),
    sections: await shop('?sections=a'),
    view: await shop('?view=data'),
    page: await shop(''),
    dashboard: await get('/'),
  };
  const failed = Object.entries(answers).filter(([, { status }]) => status === 500);
  expect(failed.map(([name]) => name)).toEqual(hit);
  expect(Object.values(answers).filter(({ ok }) => !ok)).toHaveLength(hit.length);
});

test('sections can be cut, too', async () => {
  withFaults({ on: 'section', drop: 1 });
  await expect(section()).rejects.toMatchObject(cut);
});

test('the HTTP action meets no fault of storage', async () => {
  const options = { method: 'put', url: '/storage/a.txt', body: 'a' };
  withFaults({ on: 'storage', drop: 1 });
  mechanic = createInstant({
    faults: { on: 'storage', drop: 1 },
    tasks: [
      {
        name: 'A',
        subscriptions: ['user/quote/requested'],
        run: () => [{ action: { type: 'http', options } }],
      },
    ],
  });
  await mechanic.fetch(post('a'));
  await mechanic.idle();
  expect(mechanic.storage.get('a.txt')?.body).toBe('a');
});

async function dropped(seed: number): Promise<string> {
  withFaults({ drop: 0.5 }, { seed });
  const outcomes = [];
  for (let n = 0; n < 60; n++)
    outcomes.push(
      await mechanic.fetch(post('a')).then(
        () => '.',
        () => 'x',
      ),
    );
  return outcomes.join('');
}

test('a share of requests is hit, and the seed says which', async () => {
  const first = await dropped(1);
  expect(first).toBe(await dropped(1));
  expect(first).not.toBe(await dropped(2));
  expect(first.replaceAll('.', '').length).toBeGreaterThan(20);
  expect(first.replaceAll('.', '').length).toBeLessThan(40);
});

test('faults can be set, replaced, and cleared while it runs', async () => {
  withFaults({});
  mechanic.faults.set({ status: 500 });
  expect((await mechanic.fetch(post('a'))).status).toBe(500);
  mechanic.faults.set({ delayMs: 0 });
  expect(mechanic.faults.get()).toEqual({ delayMs: 0 });
  expect((await mechanic.fetch(post('a'))).status).toBe(204);
  mechanic.faults.set({ drop: 1 });
  mechanic.faults.clear();
  expect((await mechanic.fetch(post('a'))).status).toBe(204);
});

test('changing what was given, or got, changes nothing', async () => {
  const faults: Faults = { drop: 0 };
  withFaults({});
  mechanic.faults.set(faults);
  faults.drop = 1;
  mechanic.faults.get().drop = 1;
  expect(mechanic.faults.get()).toEqual({ drop: 0 });
});

test.each<[Faults, string]>([
  [{ drop: 2 }, 'faults.drop must be 1 or less; received 2'],
  [{ loseResponses: -1 }, 'faults.loseResponses must be 0 or more; received -1'],
  [{ status: 200 }, 'faults.status must be 400 or more; received 200'],
  [{ delayMs: Number.NaN }, 'faults.delayMs must be a number; received NaN'],
  [{ on: 'actions' as 'cache' }, 'faults.on must be "webhook", "cache", "storage", "section", or a list'],
  [{ hideCors: 1 } as never, 'faults.hideCors must be true or false; received 1'],
  [{ dorp: 1 } as Faults, "faults: unknown option 'dorp'"],
])('faults that are none are named: %o', (faults, message) => {
  expect(() => withFaults(faults)).toThrow(message);
  withFaults({ drop: 0.5 });
  expect(() => mechanic.faults.set(faults)).toThrow(message);
  expect(mechanic.faults.get()).toEqual({ drop: 0.5 });
});

test.each<[Faults, events: number]>([
  [{ drop: 1 }, 0],
  [{ loseResponses: 1 }, 1],
])('over a socket %o cuts the connection', async (faults, events) => {
  withFaults(faults);
  const { url } = await mechanic.listen();
  const sent = fetch(`${url}/${webhookId}`, { method: 'POST', body: 'a' });
  await expect(sent).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'UND_ERR_SOCKET' } });
  expect(mechanic.events()).toHaveLength(events);
  mechanic.faults.clear();
  expect((await fetch(`${url}/${webhookId}`, { method: 'POST', body: 'b' })).status).toBe(204);
});

test('a section over a socket is cut, too', async () => {
  withFaults({ on: 'section', drop: 1 });
  const { storefrontUrl } = await mechanic.listen();
  await expect(fetch(`${storefrontUrl}/?section_id=a`)).rejects.toThrow('fetch failed');
});
