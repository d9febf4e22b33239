import { cacheEndpoint, createWebhook, type Fetch } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { cacheUrl, id, transport, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, status, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();
const webhook = (options = {}) => createWebhook({ url: webhookUrl, ...options });

test('one submission is one POST with the body and its type', async () => {
  const posts = network.answer(webhookUrl, accepted);
  await webhook().submit({ a: 1 }, { id }).accepted;
  expect(posts).toEqual([
    { method: 'POST', url: webhookUrl, contentType: 'application/json', body: `{"a":1,"uuid":"${id}"}` },
  ]);
});

test('the request carries no credentials, no header but its type, and follows no redirect', async () => {
  const { calls, fetch } = transport();
  await webhook({ fetch }).submit({ a: 1 }).accepted;
  expect(calls).toHaveLength(1);
  const { url, init } = calls[0] ?? {};
  expect(url).toBe(webhookUrl);
  expect(init).toMatchObject({ method: 'POST', credentials: 'omit', redirect: 'manual' });
  expect([...new Headers(init?.headers)]).toEqual([['content-type', 'application/json']]);
});

test.each([200, 201, 202, 204])('%d is accepted, with the request id for support', async (code) => {
  stopTime(1_000);
  network.answer(webhookUrl, status(code, { 'x-request-id': 'r-1' }));
  const run = webhook().submit({ a: 1 });
  expect(await run.accepted).toEqual({ id: run.id, requestId: 'r-1', acceptedAt: 1_000 });
});

test('without a readable request id it is null', async () => {
  network.answer(webhookUrl, status(204));
  expect((await webhook().submit({ a: 1 }).accepted).requestId).toBeNull();
});

test.each([
  [302, 'unknown'],
  [400, 'no'],
  [401, 'no'],
  [404, 'no'],
  [405, 'no'],
  [413, 'no'],
  [500, 'unknown'],
  [502, 'unknown'],
  [504, 'unknown'],
] as const)('%d is rejected at once by both promises, delivered: %s', async (code, delivered) => {
  const posts = network.answer(webhookUrl, status(code, { location: 'https://other.test/' }));
  const looks = network.answer(cacheUrl, json(null));
  const run = webhook({ result: cacheEndpoint(cacheUrl) }).submit({ a: 1 });
  for (const promise of [run.accepted, run.result()]) {
    const error = await errorOf(promise);
    expect(error).toMatchObject({ code: 'rejected', id: run.id, delivered, transient: false });
    expect(error.observed).toEqual({ url: webhookUrl, status: code });
    expect(error.message).toContain(`[POST] ${webhookUrl}: ${code}. `);
  }
  expect(posts).toHaveLength(1);
  expect(looks).toEqual([]);
});

test('no response is a network error that says the submission may have arrived', async () => {
  const posts = network.answer(webhookUrl, noResponse);
  const run = webhook().submit({ a: 1 });
  const error = await errorOf(run.accepted);
  expect(error).toMatchObject({ code: 'network', id: run.id, delivered: 'unknown' });
  expect(error.message).toContain('do not submit again');
  expect(error.cause).toMatchObject({ code: 'network', cause: expect.any(TypeError) });
  expect(posts).toHaveLength(1);
});

test('no answer within requestTimeoutMs counts as no response, and the request is aborted', async () => {
  stopTime();
  let signal: AbortSignal | null | undefined;
  const fetch: Fetch = (_, init) => {
    signal = init?.signal;
    return new Promise(() => {});
  };
  const failed = errorOf(webhook({ fetch, requestTimeoutMs: 3_000 }).submit({ a: 1 }).accepted);
  await pass(2_900);
  expect(signal?.aborted).toBe(false);
  await pass(200);
  expect(await failed).toMatchObject({ code: 'network', delivered: 'unknown' });
  expect(signal?.aborted).toBe(true);
});

test('after no response the wait goes on, and a result proves that it arrived', async () => {
  stopTime();
  const posts = network.answer(webhookUrl, noResponse);
  const looks = network.answer(cacheUrl, json(null), json({ uuid: id, status: 'done', value: 7 }));
  const run = webhook({ result: cacheEndpoint(cacheUrl) }).submit({ a: 1 }, { id });
  const value = run.result();
  expect((await errorOf(run.accepted)).delivered).toBe('unknown');
  await pass(3_000);
  expect(await value).toBe(7);
  expect(posts).toHaveLength(1);
  expect(looks).toHaveLength(2);
});

test('a page of HTML is no answer of Mechanic: it is unknown whether it arrived, and the wait goes on', async () => {
  stopTime();
  const page = () => new Response('<p>Welcome to our hotel', { headers: { 'content-type': 'text/html' } });
  const posts = network.answer(webhookUrl, page);
  network.answer(cacheUrl, json({ uuid: id, status: 'done', value: 7 }));
  const run = webhook({ result: cacheEndpoint(cacheUrl) }).submit({ a: 1 }, { id });
  const value = run.result();
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  // With its jitter the first look is up to a tenth later than a second.
  await pass(1_100);
  expect(await value).toBe(7);
  expect(posts).toHaveLength(1);
});

test.each([
  ['an answer', accepted, undefined],
  ['none', noResponse, 'unknown'],
] as const)(
  'of a timeout after %s to the submission it is told whether it may have arrived',
  async (_, answer, delivered) => {
    stopTime();
    network.answer(webhookUrl, answer);
    network.answer(cacheUrl, json(null));
    const run = webhook({ result: cacheEndpoint(cacheUrl), timeoutMs: 1_000 }).submit({ a: 1 });
    const failed = errorOf(run.result());
    await pass(1_500);
    expect(await failed).toMatchObject({ code: 'timeout', id: run.id, delivered });
  },
);

test('a transport that throws at once is no response', async () => {
  const fetch: Fetch = () => {
    throw new TypeError('blocked');
  };
  expect(await errorOf(webhook({ fetch }).submit({ a: 1 }).accepted)).toMatchObject({ code: 'network' });
});

test('run submits, waits and returns the value', async () => {
  stopTime();
  const result = cacheEndpoint(cacheUrl);
  const done: Answer = () => Response.json({ [posted()]: { price: 5 } });
  const posts = network.answer(webhookUrl, accepted);
  const posted = () => JSON.parse(posts[0]?.body ?? '{}').uuid;
  const looks = network.answer(cacheUrl, done);
  const value = createWebhook<{ price: number }>({ url: webhookUrl, result }).run({ a: 1 });
  await pass(1_500);
  expect((await value).price).toBe(5);
  expect([posts.length, looks.length]).toEqual([1, 1]);
});
