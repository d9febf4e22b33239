import {
  cacheEndpoint,
  createWebhook,
  type Reading,
  type ResultSource,
  type Schedule,
  storedFile,
} from 'mechanic-storefront';
import { afterEach, expect, test, vi } from 'vitest';
import { cacheUrl, transport, webhookUrl } from '../support/mechanic.ts';
import { pass, stopTime } from '../support/time.ts';
import { wait } from '../support/wait.ts';

const KEY = 'mechanic-storefront';
const otherWebhookUrl = webhookUrl.replace(/.$/, '2');

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser's storage in memory, with parts that misbehave. */
function browser(storage: Partial<Storage> = {}, Shopify?: object) {
  const items = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    ...storage,
  };
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('Shopify', Shopify);
  return items;
}

/** A source whose results are there after a while. */
function source(ms: number, place?: string): ResultSource {
  const begin = Date.now();
  return {
    ...(place && { place }),
    read: async (): Promise<Reading> =>
      Date.now() - begin >= ms ? { state: 'done', value: 1 } : { state: 'pending' },
  };
}

/** Makes one run that takes this long, looked at each second; returns the history that its schedule was given. */
async function run(ms: number, { url = webhookUrl, place = 'here', every = 1_000 } = {}) {
  stopTime();
  let given: readonly number[] = [];
  const schedule: Schedule = (_elapsedMs, _attempt, historyMs) => {
    given = historyMs;
    return every;
  };
  const webhook = createWebhook({ url, result: source(ms, place), schedule, fetch: transport().fetch });
  const value = webhook.run({ a: 'secret' });
  await pass(ms + every + 100);
  await value;
  return given;
}

test('a run is remembered by the middle between its last look without a result and the one that found it', async () => {
  browser();
  expect(await run(2_700)).toEqual([]);
  expect(await run(400)).toEqual([2_500]);
  expect(await run(400)).toEqual([2_500, 500]);
});

test('the latest twenty runs are remembered, the oldest first', async () => {
  const items = browser();
  for (let n = 1; n <= 25; n++) await run(1_000 * (n % 5), { every: 1_000 });
  const given = await run(100);
  expect(given).toHaveLength(20);
  expect(given.slice(-5)).toEqual([500, 1_500, 2_500, 3_500, 500]);
  expect(String([...items.values()]).length).toBeLessThan(200);
});

test('each webhook and each place of results has its own history', async () => {
  browser();
  await run(2_700);
  expect(await run(400, { url: otherWebhookUrl })).toEqual([]);
  expect(await run(400, { place: 'there' })).toEqual([]);
  expect(await run(400)).toEqual([2_500]);
  expect(await run(400, { place: 'there' })).toEqual([500]);
});

test('the eight latest places are remembered', async () => {
  const items = browser();
  for (let n = 0; n < 12; n++) await run(400, { place: `${n}` });
  expect(items.get(KEY)?.split('\n')).toHaveLength(8);
  expect(await run(400, { place: '11' })).toEqual([500]);
  expect(await run(400, { place: '0' })).toEqual([]);
});

test('the sources name their places', () => {
  expect(cacheEndpoint(cacheUrl).place).toBe(cacheUrl);
  expect(storedFile('https://cdn.example/{id}.json').place).toBe('https://cdn.example/{id}.json');
  expect(storedFile(({ id }) => `https://cdn.example/${id}`).place).toBe(
    storedFile(({ id }) => `https://cdn.example/${id}`).place,
  );
});

test('durations are all that is kept: no UUID, no address, nothing of the data', async () => {
  const items = browser();
  await run(2_700, { place: cacheUrl });
  await run(1_700, { place: cacheUrl });
  expect([...items.keys()]).toEqual([KEY]);
  expect(items.get(KEY)).toMatch(/^\d+:-?\d+=2500,1500$/);
});

test('a run whose last look is long ago is not remembered: the page was hidden, or another', async () => {
  browser();
  await run(2_700, { every: 6_000 });
  expect(await run(400)).toEqual([]);
});

test('a failure is remembered like a result, and a timeout is not', async () => {
  const added: number[] = [];
  const history = { durationsMs: [], add: (ms: number) => added.push(ms) };
  const failing = wait([{ state: 'pending' }, { state: 'failed', message: 'no' }], { history });
  await failing.time.pass(5_000);
  expect(added).toEqual([1_500]);
  const late = wait([{ state: 'pending' }], { history });
  await late.time.pass(20_000);
  expect(added).toEqual([1_500]);
});

test('a look that met trouble says nothing of the run', async () => {
  const added: number[] = [];
  const history = { durationsMs: [], add: (ms: number) => added.push(ms) };
  const { time } = wait([{ state: 'pending' }, new TypeError(), { state: 'done', value: 1 }], { history });
  await time.pass(5_000);
  expect(added).toEqual([2_000]);
});

const refusal = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

test('without storage, or with one that is blocked or full, runs go on and nothing is remembered', async () => {
  vi.stubGlobal('localStorage', undefined);
  await run(400);
  expect(await run(400)).toEqual([]);

  vi.stubGlobal('localStorage', undefined);
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: refusal });
  await run(400);
  expect(await run(400)).toEqual([]);

  browser({ getItem: refusal, setItem: refusal });
  await run(400);
  expect(await run(400)).toEqual([]);

  browser({ setItem: refusal });
  await run(400);
  expect(await run(400)).toEqual([]);
});

test.each(['', 'null', '{"a":1}', '=', '\n\n=\n', '17:5', '\u0000', '='.repeat(10_000)])(
  'a storage that holds %j is as good as empty',
  async (corrupt) => {
    const items = browser();
    items.set(KEY, corrupt);
    expect(await run(400)).toEqual([]);
    expect(await run(400)).toEqual([500]);
  },
);

test('of a corrupt list what are durations is taken', async () => {
  const items = browser();
  await run(400);
  const [print] = items.get(KEY)?.split('=') ?? [];
  items.set(KEY, `${print}=,-5,abc,1e400,NaN,0,700,1e12,${'9,'.repeat(50)}800`);
  const given = await run(400);
  expect(given).toHaveLength(20);
  expect(given.slice(-2)).toEqual([9, 800]);
});

test('in the theme editor nothing is read or kept', async () => {
  const getItem = vi.fn(() => null);
  const items = browser({ getItem }, { designMode: true });
  await run(400);
  expect([items.size, getItem.mock.calls.length]).toEqual([0, 0]);
});

test('a visitor who does not allow preferences has no history, and one who does has', async () => {
  const allowed = (is: boolean) => ({ customerPrivacy: { preferencesProcessingAllowed: () => is } });
  browser({}, allowed(false));
  await run(400);
  expect(await run(400)).toEqual([]);
  browser({}, allowed(true));
  await run(400);
  expect(await run(400)).toEqual([500]);
});

test('who takes back the permission has what was kept before forgotten', async () => {
  let isAllowed = true;
  const customerPrivacy = { preferencesProcessingAllowed: () => isAllowed };
  const items = new Map<string, string>();
  const removeItem = (key: string) => void items.delete(key);
  const setItem = (key: string, value: string) => void items.set(key, value);
  browser({ getItem: (key) => items.get(key) ?? null, setItem, removeItem }, { customerPrivacy });
  await run(400);
  expect(items.size).toBe(1);
  isAllowed = false;
  expect(await run(400)).toEqual([]);
  expect(items.size).toBe(0);
});

test('after runs of half a minute, a task that became fast is seen within 4.4 s, and sooner each time', async () => {
  browser();
  for (let n = 0; n < 5; n++) await run(30_000);
  const seen: number[] = [];
  for (let n = 0; n < 3; n++) {
    stopTime();
    const webhook = createWebhook({ url: webhookUrl, result: source(0, 'here'), fetch: transport().fetch });
    const begin = Date.now();
    const value = webhook.run({}).then(() => seen.push(Date.now() - begin));
    await pass(5_000);
    await value;
  }
  expect(seen[0]).toBeLessThanOrEqual(4_500);
  expect(seen[1]).toBeLessThan(2_200);
  expect(seen[2]).toBeLessThan(seen[1] as number);
});
