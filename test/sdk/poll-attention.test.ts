import { type PollOptions, poll, type Reading } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { handClock, pageStandIn, rest } from '../support/clock.ts';
import { errorOf, reasonOf } from '../support/errors.ts';

/** A wait with a look every 2 s, whose looks find nothing unless told otherwise. */
function wait(
  options: PollOptions = {},
  read: (look: number) => Reading | Promise<Reading> = () => ({ state: 'pending' }),
) {
  const time = handClock();
  const page = pageStandIn();
  const looks: number[] = [];
  const promise = poll(
    () => {
      looks.push(time.clock.now());
      return read(looks.length);
    },
    { clock: time.clock, attention: page.attention, timeoutMs: 60_000, schedule: () => 2_000, ...options },
  );
  promise.catch(() => {});
  return { promise, time, page, looks };
}

const never = () => new Promise<never>(() => {});

test('a hidden page is not polled for, and is when it is shown: once, at once', async () => {
  const { time, page, looks } = wait();
  await time.pass(3_000);
  page.hide();
  await time.pass(30_000);
  expect(looks).toEqual([2_000]);
  page.show();
  await time.pass(0);
  expect(looks).toEqual([2_000, 33_000]);
  await time.pass(2_000);
  expect(looks).toEqual([2_000, 33_000, 35_000]);
});

test('a page that is shown before its look was due looks at once', async () => {
  const { time, page, looks } = wait();
  page.hide();
  await time.pass(500);
  page.show();
  await time.pass(0);
  expect(looks).toEqual([500]);
});

test('a page that is back online looks at once', async () => {
  const { time, page, looks } = wait();
  await time.pass(2_500);
  page.online();
  await time.pass(0);
  expect(looks).toEqual([2_000, 2_500]);
});

test('a page that is online but hidden does not look', async () => {
  const { time, page, looks } = wait();
  page.hide();
  await time.pass(10_000);
  page.online();
  await time.pass(10_000);
  expect(looks).toEqual([]);
});

test('a deadline that passes while hidden still gives one look when the page is shown', async () => {
  const found = wait({}, () => ({ state: 'done', value: 'found' }));
  found.page.hide();
  await found.time.pass(600_000);
  expect(found.looks).toEqual([]);
  found.page.show();
  expect(await found.promise).toBe('found');

  const nothing = wait();
  nothing.page.hide();
  await nothing.time.pass(600_000);
  nothing.page.show();
  expect((await errorOf(nothing.promise)).observed).toMatchObject({ attempts: 1, elapsedMs: 600_000 });
});

test('a tab that slept past the deadline takes one look before it says timeout', async () => {
  const { promise, time, looks } = wait();
  await time.pass(2_500);
  await time.sleep(3_600_000);
  await time.pass(0);
  expect((await errorOf(promise)).code).toBe('timeout');
  expect(looks).toEqual([2_000, 3_602_500]);
});

test('patience that the server asked for holds against being shown and online', async () => {
  const { time, page, looks } = wait({}, () => ({ state: 'pending', retryAfterMs: 10_000 }));
  await time.pass(3_000);
  page.online();
  page.hide();
  page.show();
  await time.pass(8_999);
  expect(looks).toEqual([2_000]);
  await time.pass(1);
  expect(looks).toEqual([2_000, 12_000]);
});

test('patience that ends while hidden is over when the page is shown', async () => {
  const { time, page, looks } = wait({}, () => ({ state: 'pending', retryAfterMs: 10_000 }));
  await time.pass(3_000);
  page.hide();
  await time.pass(20_000);
  page.show();
  await time.pass(0);
  expect(looks).toEqual([2_000, 23_000]);
});

test('patience beyond the deadline does not swallow the last look of a hidden page', async () => {
  const { promise, time, page, looks } = wait({ timeoutMs: 10_000 }, () => ({
    state: 'pending',
    retryAfterMs: 60_000,
  }));
  await time.pass(3_000);
  page.hide();
  await time.pass(17_000);
  page.show();
  await time.pass(0);
  expect((await errorOf(promise)).code).toBe('timeout');
  expect(looks).toEqual([2_000, 20_000]);
});

test('a restored page drops the look under way and looks again at once', async () => {
  const { promise, time, page, looks } = wait({}, (look) =>
    look === 1 ? never() : { state: 'done', value: look },
  );
  await time.pass(2_500);
  page.restore();
  expect(await promise).toBe(2);
  expect(looks).toEqual([2_000, 2_500]);
});

test('a restored page drops its last look too, and takes it again', async () => {
  const { promise, time, page } = wait({ timeoutMs: 1_000 }, (look) =>
    look === 1 ? never() : { state: 'done', value: look },
  );
  await time.pass(1_500);
  page.restore();
  await time.pass(0);
  expect(await promise).toBe(2);
});

test('a page that is shown or online again leaves the look under way alone', async () => {
  const { time, page, looks } = wait({}, never);
  await time.pass(2_500);
  page.hide();
  page.show();
  page.online();
  await time.pass(1_000);
  expect(looks).toEqual([2_000]);
});

test('a restored page that waits looks at once', async () => {
  const { time, page, looks } = wait();
  await time.pass(500);
  page.restore();
  await time.pass(0);
  expect(looks).toEqual([500]);
});

test('an abort while hidden ends the wait', async () => {
  const stop = new AbortController();
  const { promise, page, looks } = wait({ signal: stop.signal });
  page.hide();
  stop.abort('left');
  expect(await reasonOf(promise)).toBe('left');
  page.show();
  await rest();
  expect(looks).toEqual([]);
});

test('a wait that is over listens to nothing', async () => {
  const done = wait({}, () => ({ state: 'done', value: 1 }));
  await done.time.pass(2_000);
  const stop = new AbortController();
  const aborted = wait({ signal: stop.signal }, never);
  await aborted.time.pass(2_000);
  stop.abort();
  const late = wait({ timeoutMs: 1 });
  await late.time.pass(1);
  await rest();
  for (const { page, time } of [done, aborted, late]) expect([page.listeners, time.waiting]).toEqual([0, 0]);
});

test('a clock that is set back by an hour puts off the deadline by one look at most', async () => {
  const { promise, time, looks } = wait({ timeoutMs: 9_000 });
  await time.pass(5_000);
  time.setBack(3_600_000);
  await time.pass(6_000);
  expect((await errorOf(promise)).observed).toMatchObject({ attempts: 6, elapsedMs: 9_000 });
  expect(looks).toHaveLength(6);
});

test('a clock that was set back before the wait began puts off no deadline either', async () => {
  const { promise, time, looks } = wait({ startedAt: 3_600_000, timeoutMs: 3_000 });
  await time.pass(4_000);
  expect((await errorOf(promise)).observed).toMatchObject({ elapsedMs: 3_000 });
  expect(looks).toEqual([2_000, 3_000]);
});
