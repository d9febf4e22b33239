import { MechanicError, poll, type Reading } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { handClock } from '../support/clock.ts';
import { errorOf, reasonOf } from '../support/errors.ts';
import { wait } from '../support/wait.ts';

const pending: Reading<never> = { state: 'pending' };
const trouble = (code: 'network' | 'unavailable' | 'bad_result', observed = {}) =>
  new MechanicError(code, `${code} it was.`, { transient: true, observed });

test('a timeout tells what was seen and what to check', async () => {
  const unavailable = trouble('unavailable', { status: 503 });
  const { promise, time } = wait([
    pending,
    trouble('network'),
    unavailable,
    trouble('unavailable', { status: 500 }),
    unavailable,
  ]);
  await time.pass(60_000);
  const error = await errorOf(promise);
  expect(error).toMatchObject({ code: 'timeout', cause: unavailable, transient: false });
  expect(error.observed).toEqual({ attempts: 10, statuses: [503, 500], elapsedMs: 10_000 });
  for (const said of [
    '10000 ms',
    '10 looks',
    'unavailable it was.',
    'webhook id',
    'enabled',
    'event filter',
    'error',
  ]) {
    expect(error.message).toContain(said);
  }
});

test('trouble that has passed is not named by the timeout', async () => {
  const { promise, time } = wait([trouble('network'), pending]);
  await time.pass(60_000);
  const error = await errorOf(promise);
  expect(error.cause).toBeUndefined();
  expect(error.message).not.toContain('Last trouble');
});

test('a task that failed ends the wait at once', async () => {
  const { promise, time, looks } = wait([{ state: 'failed', code: 'no_stock', message: 'Sold out' }]);
  await time.pass(60_000);
  const error = await errorOf(promise);
  expect(error.code).toBe('task_failed');
  expect(error.observed).toEqual({ taskCode: 'no_stock', taskMessage: 'Sold out' });
  expect(error.message).toContain('Sold out');
  expect(looks).toHaveLength(1);
});

test.each([
  ['a mistake in the reader', new ReferenceError('x is not defined')],
  ['an error that will not pass', new MechanicError('rejected', 'no')],
  ['an error of the reader', new Error('mine')],
])('%s ends the wait at once, as it is', async (_, error) => {
  const { promise, time, looks } = wait([pending, error]);
  await time.pass(60_000);
  expect(await reasonOf(promise)).toBe(error);
  expect(looks).toHaveLength(2);
});

test.each([
  ['the TypeError of a fetch', new TypeError('Failed to fetch')],
  ['transient trouble', trouble('network')],
])('%s is waited out', async (_, error) => {
  const { promise, time, looks } = wait([error, error, error, { state: 'done', value: 1 }]);
  await time.pass(60_000);
  expect(await promise).toBe(1);
  expect(looks).toHaveLength(4);
});

test('what cannot be read twice in a row ends the wait, and once or with another look between it does not', async () => {
  const bad = trouble('bad_result');
  const once = wait([bad, pending, bad, trouble('network'), bad, { state: 'done', value: 1 }]);
  await once.time.pass(60_000);
  expect(await once.promise).toBe(1);
  const twice = wait([bad, bad, { state: 'done', value: 1 }]);
  await twice.time.pass(60_000);
  expect(await reasonOf(twice.promise)).toBe(bad);
  expect(twice.looks).toHaveLength(2);
});

test('a look that takes too long is given up, and its signal aborted', async () => {
  const time = handClock();
  const signals: AbortSignal[] = [];
  const promise = poll(
    ({ signal }) => {
      signals.push(signal);
      return signals.length > 1 ? { state: 'done', value: 2 } : new Promise<never>(() => {});
    },
    { clock: time.clock, schedule: () => 1_000, requestTimeoutMs: 3_000 },
  );
  await time.pass(3_999);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await time.pass(1);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await time.pass(1_000);
  expect(await promise).toBe(2);
});

test('when no look ever answers, the timeout says so', async () => {
  const time = handClock();
  const promise = errorOf(
    poll(() => new Promise<never>(() => {}), {
      clock: time.clock,
      timeoutMs: 5_000,
      requestTimeoutMs: 2_000,
    }),
  );
  await time.pass(60_000);
  const error = await promise;
  expect(error.code).toBe('timeout');
  expect(error.message).toContain('Last trouble: No answer in 2000 ms.');
});

test('the wait after a refusal is at least what the server asked for', async () => {
  const busy = trouble('unavailable', { status: 429, retryAfterMs: 4_000 });
  const { looks, time } = wait([busy, pending]);
  await time.pass(7_000);
  expect(looks).toEqual([1_000, 5_000, 6_000, 7_000]);
});

test('a reading may ask for patience', async () => {
  const { looks, time } = wait([{ state: 'pending', retryAfterMs: 3_000 }, pending]);
  await time.pass(5_000);
  expect(looks).toEqual([1_000, 4_000, 5_000]);
});

test.each([Number.NaN, -5_000, null])('a patience of %s is none', async (retryAfterMs) => {
  const { looks, time } = wait([{ state: 'pending', retryAfterMs }, pending]);
  await time.pass(3_000);
  expect(looks).toEqual([1_000, 2_000, 3_000]);
});

test('patience does not outlast the deadline', async () => {
  const { promise, looks, time } = wait([{ state: 'pending', retryAfterMs: 60_000 }], { timeoutMs: 3_000 });
  await time.pass(3_000);
  expect((await errorOf(promise)).code).toBe('timeout');
  expect(looks).toEqual([1_000, 3_000]);
});
