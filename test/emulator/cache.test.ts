import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createInstant, perform } from './helpers.ts';

const sixtyDays = 5_184_000;

afterEach(() => vi.useRealTimers());

const cache = (options: unknown) => ({ type: 'cache', options });

async function command(options: unknown, before: { [key: string]: unknown } = {}) {
  const mechanic = createInstant({
    tasks: [
      { name: 'Ask', subscriptions: ['user/quote/requested'], run: () => [{ action: cache(options) }] },
    ],
  });
  for (const [key, value] of Object.entries(before)) mechanic.cache.set(key, value);
  const { actionRuns } = await perform([], {}, mechanic);
  return { mechanic, run: actionRuns[0] };
}

describe.each<[string, unknown, unknown, unknown]>([
  ['set', ['set', 'k', { a: [1] }], { set: { key: 'k', value: { a: [1] } } }, { a: [1] }],
  ['set to null', ['set', 'k', null], { set: { key: 'k', value: null } }, null],
  ['setex', ['setex', 'k', 60, 'v'], { setex: { key: 'k', ttl: 60, value: 'v' } }, 'v'],
  ['del', ['del', 'k'], { del: { key: 'k' } }, undefined],
  ['incr', ['incr', 'k'], { incr: { key: 'k' } }, 8],
  ['incrby', ['incrby', 'k', 5], { incrby: { key: 'k', increment: 5 } }, 12],
  ['decr', ['decr', 'k'], { decr: { key: 'k' } }, 6],
  ['decrby', ['decrby', 'k', 5], { decrby: { key: 'k', decrement: 5 } }, 2],
])('%s', (_, positional, verbose, expected) => {
  test.each([
    ['a list', positional],
    ['an object', verbose],
  ])('as %s', async (_, options) => {
    const { mechanic, run } = await command(options, { k: 7 });
    expect(run?.status).toBe('succeeded');
    expect(mechanic.cache.get('k')).toEqual(expected);
  });
});

test.each([
  [['incr', 'k'], 1],
  [['incrby', 'k', 5], 5],
  [['decr', 'k'], -1],
  [['decrby', 'k', 5], -5],
])('%j counts a missing key as 0', async (options, expected) => {
  const { mechanic, run } = await command(options);
  expect(mechanic.cache.get('k')).toBe(expected);
  expect(run?.result).toBe(expected);
});

test.each([
  [['set', 'a b', 1], "key must match /^[a-z0-9_:\\-./]+$/i; received 'a b'"],
  [['set', '', 1], 'key must match'],
  [['set', 5, 1], 'key must be text; received 5'],
  [['set', 'k'], 'option "value" is required'],
  [['set', 'k', 1, 60], 'takes key, value; received'],
  [['setex', 'k', 0, 1], 'ttl must be 1 to 5184000 whole seconds; received 0'],
  [['setex', 'k', sixtyDays + 1, 1], 'received 5184001'],
  [['setex', 'k', '60', 1], "ttl must be a number of seconds; received '60'"],
  [['setex', 'k', 1.5, 1], 'whole seconds; received 1.5'],
  [['incrby', 'k', 'x'], "increment must be an integer; received 'x'"],
  [['incr', 'text'], "must hold an integer to count on; it holds 'seven'"],
  [['get', 'k'], "command must be one of set, setex, del, incr, incrby, decr, decrby; received 'get'"],
  [[], 'command must be one of'],
  ['set', "options must be a list or an object with one command; received 'set'"],
  [{ set: { key: 'k', value: 1 }, del: { key: 'j' } }, 'an object with one command'],
  [{ set: { key: 'k', value: 1, tll: 5 } }, 'unknown or not emulated option "tll"'],
  [{ set: 'k' }, "cache set: options must be an object; received 'k'"],
  [{ incr: { key: 'k', ttl: -1 } }, 'received -1'],
])('%j fails the action run and changes nothing', async (options, message) => {
  const { mechanic, run } = await command(options, { k: 7, text: 'seven' });
  expect(run).toMatchObject({ status: 'failed', result: null, error: expect.stringContaining(message) });
  expect(mechanic.cache.entries().map(({ key, value }) => [key, value])).toEqual([
    ['k', 7],
    ['text', 'seven'],
  ]);
});

test('keys may hold letters, digits and _ : - . /', async () => {
  const { run } = await command(['set', 'Az09_:-./', 1]);
  expect(run?.status).toBe('succeeded');
});

test('a value of 256 kB of JSON fits, and not one byte more', async () => {
  const limit = 256 * 1024;
  // Two bytes are the quotes; é takes two.
  const value = `é${'x'.repeat(limit - 4)}`;
  expect((await command(['set', 'k', value])).run?.status).toBe('succeeded');
  expect((await command(['set', 'k', `${value}x`])).run).toMatchObject({
    status: 'failed',
    error: `cache: value of "k" takes ${limit + 1} bytes as JSON; ${limit} is the limit`,
  });
});

describe('time to live', () => {
  test('an entry is gone when its time is over', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { cache } = createInstant();
    cache.set('k', 1, 60);
    vi.setSystemTime(Date.now() + 59_999);
    expect(cache.get('k')).toBe(1);
    vi.setSystemTime(Date.now() + 1);
    expect(cache.get('k')).toBeUndefined();
    expect(cache.entries()).toEqual([]);
  });

  test('sixty days are the default', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { cache } = createInstant();
    cache.set('k', 1);
    const expiresAt = new Date(Date.now() + sixtyDays * 1000).toISOString();
    expect(cache.entries()).toEqual([{ key: 'k', value: 1, expiresAt }]);
  });

  test.each([
    [['set', 'k', 1], sixtyDays],
    [['incr', 'k'], sixtyDays],
    [['decrby', 'k', 2], sixtyDays],
    [{ incr: { key: 'k', ttl: 600 } }, 600],
    [{ decrby: { key: 'k', decrement: 2, ttl: 600 } }, 600],
    [{ set: { key: 'k', value: 1, ttl: 600 } }, 600],
    [['setex', 'k', 600, 1], 600],
  ])('%j resets it', async (options, seconds) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const mechanic = createInstant({
      tasks: [
        { name: 'Ask', subscriptions: ['user/quote/requested'], run: () => [{ action: cache(options) }] },
      ],
    });
    mechanic.cache.set('k', 7, 60);
    vi.setSystemTime(Date.now() + 30_000);
    await perform([], {}, mechanic);
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    expect(mechanic.cache.entries()).toMatchObject([{ key: 'k', expiresAt }]);
  });
});

test('the cache gives copies, and takes them', () => {
  const { cache } = createInstant();
  const value = { a: 1 };
  cache.set('k', value);
  value.a = 2;
  (cache.get('k') as typeof value).a = 3;
  expect(cache.get('k')).toEqual({ a: 1 });
});

test('commands in sequence do what they do to a plain map', async () => {
  const key = fc.constantFrom('a', 'b');
  const n = fc.integer({ min: -5, max: 5 });
  const commands = fc.array(
    fc.oneof(
      fc.tuple(fc.constant('set'), key, fc.oneof(n, fc.string())),
      fc.tuple(fc.constantFrom('del', 'incr', 'decr'), key),
      fc.tuple(fc.constantFrom('incrby', 'decrby'), key, n),
    ),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const { mechanic } = await perform(list.map(cache));
      const model = new Map<string, unknown>();
      for (const [name, key, value] of list) applyTo(model, name, key, value);
      expect(new Map(mechanic.cache.entries().map(({ key, value }) => [key, value]))).toEqual(model);
    }),
    { numRuns: 50 },
  );
});

function applyTo(model: Map<string, unknown>, name: string, key: string, value: unknown): void {
  if (name === 'set') model.set(key, value);
  else if (name === 'del') model.delete(key);
  else {
    const before = model.get(key) ?? 0;
    const by = Number(value ?? 1) * (name.startsWith('decr') ? -1 : 1);
    if (typeof before === 'number') model.set(key, before + by);
  }
}
