import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mechanic, mounted, pass } from '../support/react.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

const done = { status: 'done', value: { total: 99 } };

test('it is idle, pending, and done with the value', async () => {
  const shop = mechanic();
  const quote = mounted(shop.webhook);
  expect(quote.now).toMatchObject({ status: 'idle', value: undefined, error: undefined, run: null });
  const run = quote.submit({ pieces: 11 });
  expect(quote.now).toMatchObject({ status: 'pending', value: undefined, run });
  await pass(1_500);
  expect(quote.now).toMatchObject({ status: 'pending', phase: 'waiting' });
  shop.publish(done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', phase: 'done', value: { total: 99 }, run });
  expect(shop.posts).toEqual([{ pieces: 11, uuid: run?.id }]);
});
