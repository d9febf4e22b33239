import { cacheEndpoint, createWebhook } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { cacheUrl, webhookUrl } from '../support/mechanic.ts';
import { accepted, json, noResponse, silence, status, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();
const webhook = (options = {}) => createWebhook({ url: webhookUrl, ...options });
const file = () => ({ photo: new File(['pixels'], 'me.png', { type: 'image/png' }) });

test.each([429, 430, 503])('%d asks for a later try, and is repeated', async (code) => {
  stopTime();
  const posts = network.answer(webhookUrl, status(code), accepted);
  const run = webhook().submit({ a: 1 });
  await pass(4_900);
  expect(posts).toHaveLength(1);
  await pass(200);
  expect(posts).toHaveLength(2);
  expect((await run.accepted).id).toBe(run.id);
});

test.each([
  ['in seconds', '20', 20_000],
  ['as a date', new Date(Date.UTC(2026, 0, 1, 0, 0, 20)).toUTCString(), 20_000],
  ['of 0', '0', 5_000],
  ['below 0', '-30', 5_000],
  ['in the past', new Date(0).toUTCString(), 5_000],
  ['that is unreadable', 'soon', 5_000],
  ['of an hour', '3600', 60_000],
  ['of a far date', new Date(Date.UTC(2030, 0)).toUTCString(), 60_000],
])('a Retry-After %s is heeded between 5 s and a minute', async (_, value, waitMs) => {
  stopTime();
  const posts = network.answer(webhookUrl, status(503, { 'retry-after': value }), accepted);
  const run = webhook().submit({ a: 1 });
  await pass(waitMs - 100);
  expect(posts).toHaveLength(1);
  await pass(200);
  expect(posts).toHaveLength(2);
  await run.accepted;
});

test.each([
  [429, 'rate_limited'],
  [430, 'rate_limited'],
  [503, 'rejected'],
] as const)('%d is repeated twice, then it is %s by both promises', async (code, word) => {
  stopTime();
  const posts = network.answer(webhookUrl, status(code));
  const looks = network.answer(cacheUrl, json(null));
  const run = webhook({ result: cacheEndpoint(cacheUrl), idempotent: true }).submit({ a: 1 });
  const errors = Promise.all([errorOf(run.accepted), errorOf(run.result())]);
  await pass(60_000);
  for (const error of await errors) {
    expect(error).toMatchObject({ code: word, delivered: 'no', observed: { status: code } });
  }
  expect(posts).toHaveLength(3);
  expect(looks).toEqual([]);
});

test.each([
  ['json', { a: 1 }],
  ['form', { a: [1, 2] }],
  ['text', { a: 'ü' }],
  ['multipart', file()],
] as const)('repeats of %s are the same to the byte', async (encoding, data) => {
  stopTime();
  const posts = network.answer(webhookUrl, status(429), noResponse, accepted);
  const run = webhook({ encoding, idempotent: true }).submit(data);
  await pass(30_000);
  await run.accepted;
  expect(posts).toHaveLength(3);
  expect(posts[0]?.body).toContain(run.id);
  expect(posts[1]).toEqual(posts[0]);
  expect(posts[2]).toEqual(posts[0]);
});

test('what is changed after the submission is not in its repeats', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, status(503), accepted);
  const data = { items: ['a'] };
  webhook().submit(data);
  data.items.push('b');
  await pass(10_000);
  expect(posts).toHaveLength(2);
  expect(posts.map(({ body }) => JSON.parse(body).items)).toEqual([['a'], ['a']]);
});

test('no response is not repeated', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, noResponse, accepted);
  const failed = errorOf(webhook().submit({ a: 1 }).accepted);
  await pass(120_000);
  expect((await failed).code).toBe('network');
  expect(posts).toHaveLength(1);
});

test('no response after a refusal is not repeated either', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, status(503), noResponse, accepted);
  const failed = errorOf(webhook().submit({ a: 1 }).accepted);
  await pass(120_000);
  expect(await failed).toMatchObject({ code: 'network', delivered: 'unknown' });
  expect(posts).toHaveLength(2);
});

test('with idempotent, no response is repeated twice', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, noResponse);
  const failed = errorOf(webhook({ idempotent: true }).submit({ a: 1 }).accepted);
  await pass(120_000);
  expect(await failed).toMatchObject({ code: 'network', delivered: 'unknown' });
  expect(posts).toHaveLength(3);
});

test('with idempotent, a request that takes too long is repeated', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, silence, accepted);
  const run = webhook({ idempotent: true, requestTimeoutMs: 1_000 }).submit({ a: 1 });
  await pass(10_000);
  await run.accepted;
  expect(posts).toHaveLength(2);
});

test('with idempotent, a refusal that is final is not repeated', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, status(502));
  const failed = errorOf(webhook({ idempotent: true }).submit({ a: 1 }).accepted);
  await pass(60_000);
  expect((await failed).code).toBe('rejected');
  expect(posts).toHaveLength(1);
});

test('a submission that is still being repeated does not put off the deadline, and a last look is taken', async () => {
  stopTime();
  network.answer(webhookUrl, status(503, { 'retry-after': '60' }));
  const looks = network.answer(cacheUrl, json(null));
  const run = webhook({ result: cacheEndpoint(cacheUrl), timeoutMs: 5_000 }).submit({ a: 1 });
  const error = errorOf(run.result());
  await pass(5_200);
  expect((await error).code).toBe('timeout');
  expect(looks).toHaveLength(1);
});

test('with idempotent, nothing is repeated once the result is there', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, noResponse, accepted);
  const run = webhook({ result: cacheEndpoint(cacheUrl), idempotent: true, timeoutMs: 2_000 }).submit({
    a: 1,
  });
  network.answer(cacheUrl, json({ uuid: run.id, status: 'done', value: 1 }));
  const result = run.result();
  await pass(30_000);
  expect(await result).toBe(1);
  expect(await run.accepted).toMatchObject({ id: run.id, requestId: null });
  expect(posts).toHaveLength(1);
});

test('with idempotent, the result is looked for as soon as one copy may have arrived', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, noResponse, accepted);
  const run = webhook({ result: cacheEndpoint(cacheUrl), idempotent: true }).submit({ a: 1 });
  network.answer(cacheUrl, json({ uuid: run.id, status: 'done', value: 1 }));
  const result = run.result();
  await pass(2_000);
  expect(await result).toBe(1);
  await pass(30_000);
  expect(await run.accepted).toMatchObject({ id: run.id, requestId: null });
  expect(posts).toHaveLength(1);
});
