import { type PollProgress, poll, type Reading } from 'mechanic-storefront';
import { expect, test, vi } from 'vitest';
import { handClock } from '../support/clock.ts';
import { errorOf, reasonOf } from '../support/errors.ts';
import { wait } from '../support/wait.ts';

const pending: Reading<never> = { state: 'pending' };

test('looks go on until one finds the value, and then stop', async () => {
  const { promise, time, looks } = wait([pending, pending, { state: 'done', value: 5 }]);
  await time.pass(60_000);
  expect(await promise).toBe(5);
  expect(looks).toEqual([1_000, 2_000, 3_000]);
  expect(time.waiting).toBe(0);
});

test.each([0, '', false, null, undefined])('%j is a value like any other', async (value) => {
  const { promise, time } = wait([{ state: 'done', value }]);
  await time.pass(1_000);
  expect(await promise).toBe(value);
});

test('the schedule is asked with the time, the number of looks, the history, and the progress that was told last', async () => {
  const asked: unknown[] = [];
  const schedule = (...args: unknown[]) => asked.push(args) * 100;
  const history = { durationsMs: [5, 6], add: () => {} };
  const { time } = wait([{ ...pending, progress: 0.4 }, new TypeError(), pending], {
    schedule,
    history,
    timeoutMs: 1_000,
  });
  await time.pass(1_000);
  expect(asked).toEqual([
    [0, 0, [5, 6], undefined],
    [100, 1, [5, 6], 0.4],
    [300, 2, [5, 6], 0.4],
    [600, 3, [5, 6], undefined],
  ]);
});

test('without a history it is empty', async () => {
  const asked: unknown[] = [];
  const { time } = wait([pending], {
    schedule: (_elapsed, _attempt, history) => asked.push(history) * 5_000,
  });
  await time.pass(1_000);
  expect(asked).toEqual([[]]);
});

test('the usual schedule looks about each second, and after minutes about each four', async () => {
  const { looks, time } = wait([pending], { schedule: undefined, timeoutMs: 400_000 });
  await time.pass(401_000);
  const gaps = looks.map((at, index) => at - (looks[index - 1] ?? 0));
  const early = gaps.slice(0, 80);
  expect(Math.min(...early)).toBeGreaterThanOrEqual(900);
  expect(Math.max(...early)).toBeLessThanOrEqual(1_100);
  const late = gaps.slice(-21, -1);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(3_600);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(4_400);
  expect(new Set(late).size).toBeGreaterThan(10);
});

test.each([Number.NaN, -1, undefined, 'soon'])('a schedule that returns %j is a mistake', async (delay) => {
  const { promise, looks } = wait([pending], { schedule: () => delay as number });
  const error = await errorOf(promise);
  expect(error).toMatchObject({ code: 'configuration', observed: { path: 'schedule' } });
  expect(looks).toEqual([]);
});

test('what the schedule throws ends the wait', async () => {
  const mistake = new ReferenceError('x');
  const { promise } = wait([pending], {
    schedule: () => {
      throw mistake;
    },
  });
  expect(await reasonOf(promise)).toBe(mistake);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, '5000'])(
  'a timeoutMs of %j is a mistake',
  async (timeoutMs) => {
    const { promise, looks } = wait([pending], { timeoutMs: timeoutMs as number });
    expect(await errorOf(promise)).toMatchObject({ code: 'configuration', observed: { path: 'timeoutMs' } });
    expect(looks).toEqual([]);
  },
);

test('the last look begins at the deadline, and may find the value', async () => {
  const { promise, time, looks } = wait([pending, { state: 'done', value: 'late' }], {
    schedule: (_, attempt) => (attempt ? 60_000 : 9_000),
  });
  await time.pass(10_000);
  expect(await promise).toBe('late');
  expect(looks).toEqual([9_000, 10_000]);
});

test('a look that begins before the deadline and ends after it is not the last', async () => {
  const time = handClock();
  const looks: number[] = [];
  const promise = poll(
    async () => {
      looks.push(time.clock.now());
      if (looks.length > 1) return { state: 'done', value: looks.length };
      await new Promise<void>((resolve) => time.clock.after(2_000, resolve));
      return pending;
    },
    { clock: time.clock, timeoutMs: 1_500, schedule: () => 1_000 },
  );
  await time.pass(10_000);
  expect(await promise).toBe(2);
  expect(looks).toEqual([1_000, 3_000]);
});

test('a deadline that is long past still gives one look', async () => {
  const { promise, time, looks } = wait([pending], { startedAt: -1_000_000 });
  await time.pass(0);
  expect((await errorOf(promise)).code).toBe('timeout');
  expect(looks).toEqual([0]);
});

test('startedAt moves the deadline', async () => {
  const { looks, time } = wait([pending], { startedAt: -7_500 });
  await time.pass(60_000);
  expect(looks).toEqual([1_000, 2_000, 2_500]);
});

test('a look whose signal is aborted afterwards leaves nothing running', async () => {
  const signals: AbortSignal[] = [];
  const time = handClock();
  const promise = poll(
    async ({ signal }) => {
      signals.push(signal);
      return { state: 'done', value: 1 };
    },
    { clock: time.clock },
  );
  await time.pass(1_500);
  await promise;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(time.waiting).toBe(0);
});

test('progress is told after every look that found no result', async () => {
  const told: PollProgress[] = [];
  const { time } = wait(
    [
      { state: 'pending', progress: 0.5, message: 'half' },
      new TypeError('Failed to fetch'),
      { state: 'done', value: 1 },
    ],
    {
      onProgress: (progress) => told.push(progress),
    },
  );
  await time.pass(60_000);
  expect(told).toEqual([
    { attempts: 1, elapsedMs: 1_000, progress: 0.5, message: 'half' },
    { attempts: 2, elapsedMs: 2_000 },
  ]);
});

test('an abort between looks ends the wait with its reason, and no look follows', async () => {
  const stop = new AbortController();
  const { promise, looks, time } = wait([pending], { signal: stop.signal });
  await time.pass(1_500);
  const reason = { mine: true };
  stop.abort(reason);
  expect(await reasonOf(promise)).toBe(reason);
  expect(time.waiting).toBe(0);
  await time.pass(60_000);
  expect(looks).toEqual([1_000]);
});

test('an abort during a look ends the wait, also when the look does not listen', async () => {
  const stop = new AbortController();
  const time = handClock();
  let looks = 0;
  const promise = poll(
    () => {
      looks++;
      return new Promise<never>(() => {});
    },
    { clock: time.clock, signal: stop.signal },
  );
  await time.pass(1_500);
  stop.abort('enough');
  expect(await reasonOf(promise)).toBe('enough');
  await time.pass(60_000);
  expect([looks, time.waiting]).toEqual([1, 0]);
});

test('a signal that is aborted already allows no look', async () => {
  const { promise, looks, time } = wait([pending], { signal: AbortSignal.abort('no') });
  expect(await reasonOf(promise)).toBe('no');
  expect([looks.length, time.waiting]).toEqual([0, 0]);
});

test('a long wait gathers no listeners on the signal of its caller', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  const { time } = wait([pending], { signal });
  await time.pass(8_500);
  expect(added.mock.calls.length).toBeGreaterThan(5);
  expect(added.mock.calls.length - removed.mock.calls.length).toBe(1);
  await time.pass(8_500);
  expect(added.mock.calls.length - removed.mock.calls.length).toBe(0);
});
