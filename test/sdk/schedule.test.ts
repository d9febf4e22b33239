import fc from 'fast-check';
import {
  cacheEndpoint,
  createWebhook,
  renderedMetafield,
  storedFile,
  usualSchedule,
} from 'mechanic-storefront';
import { afterEach, expect, test, vi } from 'vitest';
import { cacheUrl, transport, webhookUrl } from '../support/mechanic.ts';
import { pass, stopTime } from '../support/time.ts';

afterEach(() => {
  vi.useRealTimers();
});

const steady = usualSchedule(() => 0.5);
const elapsed = fc.integer({ min: 0, max: 3_600_000 });
const history = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { maxLength: 20 });
const progress = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
/** What a source of somebody's own may say. */
const nonsense = fc.option(fc.double(), { nil: undefined });
const patience = fc.double({ min: 0, max: 1, noNaN: true });
const attempt = fc.nat(1_000);
const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** When a wait with this history looks, until a time. */
function looks(historyMs: number[], untilMs: number): number[] {
  const times: number[] = [];
  for (let at = 0; at < untilMs; times.push(at)) at += steady(at, times.length, historyMs);
  return times;
}

test('whatever the history, the progress and the patience are, the next look is 0.63 to 4.4 s away', () => {
  fc.assert(
    fc.property(
      fc.record({ elapsed, attempt, history, progress: fc.oneof(progress, nonsense), chance, patience }),
      ({ elapsed, attempt, history, progress, chance, patience }) => {
        const delay = usualSchedule(() => chance, patience)(elapsed, attempt, history, progress);
        expect(delay).toBeGreaterThanOrEqual(630 - 1e-6);
        expect(delay).toBeLessThanOrEqual(4_400 + 1e-6);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('without a history there is a look each second for 100 s, and from 220 s on each 4 s', () => {
  for (const at of [0, 50_000, 100_000]) expect(steady(at, 1, [])).toBe(1_000);
  expect(steady(140_000, 1, [])).toBe(2_000);
  for (const at of [220_000, 1e9]) expect(steady(at, 1, [])).toBe(4_000);
});

test('a history of nonsense is as good as none', () => {
  const nonsense = [[Number.NaN], [Number.NaN, 5_000], [0, Number.NaN]];
  for (const historyMs of nonsense) expect(steady(2_000, 2, historyMs)).toBe(1_000);
});

test('jitter is ±10 % of every delay, of the longest too', () => {
  fc.assert(
    fc.property(elapsed, attempt, history, progress, chance, (at, looked, historyMs, told, random) => {
      const share =
        usualSchedule(() => random)(at, looked, historyMs, told) / steady(at, looked, historyMs, told);
      expect(share).toBeCloseTo(0.9 + 0.2 * random, 6);
    }),
  );
});

test('the same random numbers give the same delays, and the history is left as it was', () => {
  fc.assert(
    fc.property(elapsed, attempt, history, progress, chance, (at, looked, historyMs, told, random) => {
      const before = [...historyMs];
      const delays = [1, 2].map(() =>
        usualSchedule(() => random)(at, looked, Object.freeze(historyMs), told),
      );
      expect(delays[0]).toBe(delays[1]);
      expect(historyMs).toEqual(before);
    }),
  );
});

test('the order of the earlier runs does not matter', () => {
  fc.assert(
    fc.property(elapsed, history, (at, historyMs) => {
      expect(steady(at, 1, [...historyMs].reverse())).toBe(steady(at, 1, historyMs));
    }),
  );
});

test('whoever asks later is never told to look earlier', () => {
  fc.assert(
    fc.property(elapsed, elapsed, history, progress, (one, other, historyMs, told) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      const next = (at: number) => at + steady(at, 1, historyMs, told);
      expect(next(early)).toBeLessThanOrEqual(next(late) + 1e-6);
    }),
    { numRuns: 2_000 },
  );
});

test('before any earlier run was done, nothing is asked but each 4 s', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_000, max: 600_000 }), { minLength: 1, maxLength: 20 }),
      (historyMs) => {
        // Not before the shortest, with a margin that is wider the fewer are known.
        const blindMs = Math.min(...historyMs) / (1 + 3 / Math.sqrt(historyMs.length));
        expect(looks(historyMs, 700_000).filter((at) => at < blindMs)).toHaveLength(
          Math.floor(blindMs / 4_000),
        );
      },
    ),
  );
});

test('after twenty runs of about 30 s, three looks are early, and then there is one each 0.7 s', () => {
  const historyMs = Array.from({ length: 20 }, (_, n) => 25_000 + 500 * n);
  const times = looks(historyMs, 30_000);
  expect(times.slice(0, 3)).toEqual([4_000, 8_000, 12_000]);
  expect(times.slice(3, 6).map(Math.round)).toEqual([15_663, 16_363, 17_063]);
});

test('between two groups of earlier runs there is a look each 4 s', () => {
  const historyMs = [...Array<number>(10).fill(2_000), ...Array<number>(10).fill(60_000)];
  const between = looks(historyMs, 60_000).filter((at) => at > 4_500 && at < 35_000);
  expect(between.length).toBeLessThanOrEqual(8);
});

test('after the longest of the earlier runs the usual pace is back', () => {
  expect(steady(9_000, 5, [1_000])).toBe(1_000);
  expect(steady(3_000, 5, [1_000])).toBe(700);
});

test('a task that tells its progress is looked at again after half of what it has left', () => {
  expect(steady(6_000, 5, [], 0.75)).toBe(1_000 + 700);
  expect(steady(6_000, 5, [], 1)).toBe(700);
  expect(steady(6_000, 5, [6_000], 0.01)).toBe(4_000);
  expect(steady(6_000, 5, [], 0)).toBe(1_000);
});

test('with a patience of a twentieth, looks grow apart from 20 s on, to 4 s at 80 s', () => {
  const patient = usualSchedule(() => 0.5, 1 / 20);
  expect([0, 20_000, 40_000, 80_000, 120_000].map((at) => patient(at, 1, []))).toEqual([
    1_000, 1_000, 2_000, 4_000, 4_000,
  ]);
  // Where earlier runs ended, they are nearer to each other by as much as ever.
  expect(patient(40_000, 1, [40_000])).toBeCloseTo(1_400);
});

test('a shop is asked with a patience of a twentieth, other places without', () => {
  expect(renderedMetafield({ section: 'mechanic-result' }).patience).toBe(1 / 20);
  expect(cacheEndpoint(cacheUrl).patience).toBeUndefined();
  expect(storedFile('https://cdn.example/{id}.json').patience).toBeUndefined();
});

/** How often a place of this patience is looked at in two minutes. */
async function looksAt(place: { patience?: number }, schedule?: () => number): Promise<number> {
  stopTime();
  let count = 0;
  const result = { ...place, read: async () => ({ state: 'pending' as const, looked: count++ }) };
  const webhook = createWebhook({ url: webhookUrl, result, schedule, fetch: transport().fetch });
  webhook.run({}).catch(() => {});
  await pass(119_000);
  return count;
}

test('a source says how patient the usual schedule is, and a schedule of the webhook stands', async () => {
  expect(await looksAt({})).toBeGreaterThan(105);
  expect(await looksAt({ patience: 1 / 20 })).toBeLessThan(60);
  expect(await looksAt({ patience: 1 / 20 }, () => 1_000)).toBe(119);
});
