import { cacheEndpoint, createWebhook, type WebhookOptions } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, status, text, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();
const found = json({ uuid: id, status: 'done', value: 'found' });

/** A run that waits on the cache endpoint, with a look every second. */
function waiting(answers: [Answer, ...Answer[]], options: Partial<WebhookOptions> = {}) {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, ...answers);
  const run = createWebhook({
    url: webhookUrl,
    result: cacheEndpoint(cacheUrl),
    schedule: () => 1_000,
    ...options,
  }).submit({ a: 1 }, { id });
  const result = run.result();
  result.catch(() => {});
  return { run, result, looks };
}

test('a look is a GET without credentials, past every cache', async () => {
  stopTime();
  const inits: (RequestInit | undefined)[] = [];
  const fetch = async (url: string, init?: RequestInit) => {
    if (url === cacheUrl) inits.push(init);
    return Response.json({ uuid: id });
  };
  const result = createWebhook({ url: webhookUrl, fetch, result: cacheEndpoint(cacheUrl) });
  const value = result.submit({ a: 1 }, { id }).result();
  await pass(1_500);
  await value;
  expect(inits).toHaveLength(1);
  expect(inits[0]).toMatchObject({ credentials: 'omit', cache: 'no-store' });
  expect(inits[0]?.headers).toBeUndefined();
});

test.each<[string, Answer]>([
  ['404', status(404)],
  ['404 with a page', text('<h1>Not found</h1>', { status: 404 })],
  ['204', status(204)],
  ['an empty body', text('')],
  ['a blank body', text(' \n')],
  ['null', json(null)],
  ["another's value", json({ uuid: 'other', value: 1 })],
])('%s means not yet', async (_, answer) => {
  const { result, looks } = waiting([answer, answer, answer, found]);
  await pass(4_000);
  expect(await result).toBe('found');
  expect(looks).toHaveLength(4);
});

test.each<[string, Answer]>([
  ['no response', noResponse],
  ['408', status(408)],
  ['500', status(500)],
  ['502', status(502)],
  ['503', status(503)],
])('%s is waited out', async (_, answer) => {
  const { result, looks } = waiting([answer, answer, answer, found]);
  await pass(4_000);
  expect(await result).toBe('found');
  expect(looks).toHaveLength(4);
});

test.each([429, 430])('%d is waited out with patience', async (code) => {
  const { result, looks } = waiting([status(code), status(code, { 'retry-after': '8' }), found]);
  await pass(1_000);
  expect(looks).toHaveLength(1);
  await pass(4_900);
  expect(looks).toHaveLength(1);
  await pass(100);
  expect(looks).toHaveLength(2);
  await pass(7_900);
  expect(looks).toHaveLength(2);
  await pass(100);
  expect(await result).toBe('found');
});

test('a 503 that says when is given that time', async () => {
  const { result, looks } = waiting([status(503, { 'retry-after': '7' }), found]);
  await pass(7_900);
  expect(looks).toHaveLength(1);
  await pass(100);
  expect(await result).toBe('found');
});

test.each([400, 401, 403, 410, 451])('%d ends the wait after one request', async (code) => {
  const { run, result, looks } = waiting([status(code)]);
  await pass(60_000);
  const error = await errorOf(result);
  expect(error).toMatchObject({ code: 'rejected', id: run.id, observed: { status: code, url: cacheUrl } });
  expect(error.message).toContain(`[GET] ${cacheUrl}: ${code}.`);
  expect(error.delivered).toBeUndefined();
  expect(looks).toHaveLength(1);
});

test('a page of HTML is waited out once, and the second time it is a bad result', async () => {
  const page = text('<!doctype html><h1>Password</h1>');
  const once = waiting([page, json(null), page, found]);
  await pass(4_000);
  expect(await once.result).toBe('found');
  const twice = waiting([page]);
  await pass(60_000);
  const error = await errorOf(twice.result);
  expect(error).toMatchObject({
    code: 'bad_result',
    id,
    observed: { url: cacheUrl },
    cause: expect.any(SyntaxError),
  });
  expect(error.message).toContain('not JSON');
  expect(twice.looks).toHaveLength(2);
});

test('a timeout names the statuses that were trouble, and not those that mean not yet', async () => {
  const { result } = waiting([status(500), status(404), status(503), noResponse, status(204), status(503)], {
    timeoutMs: 6_000,
  });
  await pass(6_000);
  const error = await errorOf(result);
  expect(error.observed).toMatchObject({ attempts: 6, statuses: [500, 503] });
  expect(error.message).toContain(`Last trouble: [GET] ${cacheUrl}: 503.`);
});

test('a function may decide whose value it is, and never sees null', async () => {
  const seen: unknown[] = [];
  const match = (value: unknown, run: { id: string; requestId: string | null }) => {
    seen.push([value, run.id, run.requestId]);
    return (value as { request?: string }).request === run.requestId;
  };
  const requestId = '6b1f0d5e-3c1b-4a57-8d2e-5a1c7e9f0b42';
  const { result } = waiting(
    [json(null), json({ request: 'older' }), json({ request: requestId, price: 5 })],
    {
      result: cacheEndpoint(cacheUrl, { match }),
    },
  );
  await pass(3_000);
  expect(await result).toEqual({ request: requestId, price: 5 });
  expect(seen).toEqual([
    [{ request: 'older' }, id, requestId],
    [{ request: requestId, price: 5 }, id, requestId],
  ]);
});

test('the word of a match function counts, also against a uuid of the task itself', async () => {
  const published = json({ uuid: 'order-5', status: 'done', value: 5 });
  const { result } = waiting([published], { result: cacheEndpoint(cacheUrl, { match: () => true }) });
  await pass(1_000);
  expect(await result).toBe(5);
});

test('what the function throws ends the wait', async () => {
  const match = () => {
    throw new ReferenceError('value is not defined');
  };
  const { result, looks } = waiting([json(1)], { result: cacheEndpoint(cacheUrl, { match }) });
  await pass(10_000);
  await expect(result).rejects.toThrow(ReferenceError);
  expect(looks).toHaveLength(1);
});
