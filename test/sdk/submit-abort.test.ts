import { cacheEndpoint, createWebhook } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { reasonOf } from '../support/errors.ts';
import { cacheUrl, webhookUrl } from '../support/mechanic.ts';
import { accepted, json, silence, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();
const reason = new Error('the shopper left');
const webhook = () => createWebhook({ url: webhookUrl, result: cacheEndpoint(cacheUrl), idempotent: true });

/** Both rejections of a run, as they are one turn after the abort. */
async function settled(...promises: Promise<unknown>[]) {
  const seen: unknown[] = [];
  for (const promise of promises) {
    promise.then(
      () => seen.push('resolved'),
      (error) => seen.push(error),
    );
  }
  await new Promise((resolve) => setImmediate(resolve));
  return seen;
}

test('a signal that is aborted already sends nothing', async () => {
  const posts = network.answer(webhookUrl, accepted);
  const run = webhook().submit({ a: 1 }, { signal: AbortSignal.abort(reason) });
  expect(await settled(run.accepted, run.result())).toEqual([reason, reason]);
  expect(await reasonOf(webhook().run({ a: 1 }, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  expect(posts).toEqual([]);
});

test('an abort while the submission is under way ends it with the reason, within a turn', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, silence);
  const looks = network.answer(cacheUrl, json(null));
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  const result = run.result();
  await pass(1_000);
  stop.abort(reason);
  expect(await settled(run.accepted, result)).toEqual([reason, reason]);
  await pass(120_000);
  expect([posts.length, looks.length]).toEqual([1, 0]);
});

test('an abort while a repeat is due keeps it from going out', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, status(503));
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  await pass(2_000);
  stop.abort(reason);
  expect(await settled(run.accepted)).toEqual([reason]);
  await pass(120_000);
  expect(posts).toHaveLength(1);
});

test('an abort while waiting ends the result and leaves accepted as it was', async () => {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, json(null));
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  const result = run.result();
  await pass(10_000);
  const before = looks.length;
  expect(before).toBeGreaterThan(3);
  stop.abort(reason);
  expect(await settled(result, run.accepted)).toEqual(['resolved', reason]);
  await pass(300_000);
  expect(looks).toHaveLength(before);
  expect(await reasonOf(run.result())).toBe(reason);
  await turns();
  expect(looks).toHaveLength(before);
});

test('an abort during a look ends it, and nothing is asked after it', async () => {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, silence);
  const stop = new AbortController();
  const result = webhook().submit({ a: 1 }, { signal: stop.signal }).result();
  await pass(1_500);
  expect(looks).toHaveLength(1);
  stop.abort(reason);
  expect(await settled(result)).toEqual([reason]);
  await pass(300_000);
  expect(looks).toHaveLength(1);
});

test('an abort after the value changes nothing', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, () =>
    Response.json({ uuid: JSON.parse(posts[0]?.body ?? '').uuid, status: 'done', value: 1 }),
  );
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  const result = run.result();
  await pass(1_500);
  expect(await result).toBe(1);
  stop.abort(reason);
  expect(await run.result()).toBe(1);
  await pass(60_000);
  expect(looks).toHaveLength(1);
});

test('an abort without a reason is an AbortError', async () => {
  network.answer(webhookUrl, silence);
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  stop.abort();
  expect(await reasonOf(run.accepted)).toMatchObject({ name: 'AbortError' });
});
