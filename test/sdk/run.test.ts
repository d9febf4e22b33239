import { cacheEndpoint, createWebhook, type ResultSource, type WebhookOptions } from 'mechanic-storefront';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { errorOf, reasonOf } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, silence, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();
const done = (value: unknown) => json({ uuid: id, status: 'done', value });

/** A run whose cache endpoint gives these answers, with a look every second. */
function submitted<T = unknown>(answers: [Answer, ...Answer[]], options: Partial<WebhookOptions<T>> = {}) {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, ...answers);
  const result = cacheEndpoint(cacheUrl);
  const run = createWebhook<T>({ url: webhookUrl, result, schedule: () => 1_000, ...options }).submit(
    { a: 1 },
    { id },
  );
  return { run, looks };
}

test('nothing is looked for until the result is asked for', async () => {
  const { run, looks } = submitted([done(1)]);
  await run.accepted;
  await pass(60_000);
  expect(looks).toEqual([]);
});

test('the result asked for twice is looked for once', async () => {
  const { run, looks } = submitted([json(null), json(null), done({ a: 1 })]);
  const results = [run.result(), run.result()];
  await pass(1_500);
  results.push(run.result());
  await pass(1_500);
  const [first, second, third] = await Promise.all(results);
  expect(first).toEqual({ a: 1 });
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(looks).toHaveLength(3);
});

test('a result asked for again after the end makes no request', async () => {
  const { run, looks } = submitted([done(1)]);
  const result = run.result();
  await pass(1_000);
  await result;
  expect(await run.result()).toBe(1);
  expect(await run.result({ timeoutMs: 1 })).toBe(1);
  await pass(60_000);
  expect(looks).toHaveLength(1);
});

test('a failure asked for again is the same, without a request', async () => {
  const { run, looks } = submitted([
    json({ uuid: id, status: 'failed', error: { code: 'c', message: 'No' } }),
  ]);
  const result = errorOf(run.result());
  await pass(1_000);
  const error = await result;
  expect(error).toMatchObject({ code: 'task_failed', id, observed: { taskCode: 'c', taskMessage: 'No' } });
  expect(await reasonOf(run.result())).toBe(error);
  expect(looks).toHaveLength(1);
});

test("one caller's abort leaves the others waiting", async () => {
  const { run, looks } = submitted([json(null), json(null), done(1)]);
  const stop = new AbortController();
  const left = reasonOf(run.result({ signal: stop.signal }));
  const stayed = run.result();
  await pass(1_500);
  stop.abort('left');
  expect(await left).toBe('left');
  await pass(1_500);
  expect(await stayed).toBe(1);
  expect(looks).toHaveLength(3);
});

test('when the last caller has left nothing is looked for, until somebody asks again', async () => {
  const { run, looks } = submitted([json(null), json(null), done(1)]);
  const stops = [new AbortController(), new AbortController()];
  const left = stops.map(({ signal }) => reasonOf(run.result({ signal })));
  await pass(2_500);
  for (const stop of stops) stop.abort('left');
  expect(await Promise.all(left)).toEqual(['left', 'left']);
  await pass(10_000);
  expect(looks).toHaveLength(2);
  const again = run.result();
  await pass(1_000);
  expect(await again).toBe(1);
});

test('a caller whose signal is aborted already begins nothing', async () => {
  const { run, looks } = submitted([done(1)]);
  expect(await reasonOf(run.result({ signal: AbortSignal.abort('no') }))).toBe('no');
  await pass(10_000);
  expect(looks).toEqual([]);
});

test('callers may have deadlines of their own', async () => {
  const { run, looks } = submitted([json(null), json(null), json(null), done(1)]);
  const short = errorOf(run.result({ timeoutMs: 2_500 }));
  const long = run.result();
  await pass(4_500);
  expect((await short).code).toBe('timeout');
  expect(await long).toBe(1);
  expect(looks).toHaveLength(4);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a deadline of %j is a mistake', async (timeoutMs) => {
  const { run } = submitted([json(null)]);
  expect((await errorOf(run.result({ timeoutMs }))).code).toBe('configuration');
});

test('a timeout tells what was seen, and is not the end', async () => {
  const answers: Answer[] = [status(500), json(null), noResponse, json(null), json(null), status(503)];
  const { run, looks } = submitted([json(null), ...answers, done('late')], { timeoutMs: 7_000 });
  const result = errorOf(run.result());
  await pass(7_000);
  const error = await result;
  expect(error).toMatchObject({ code: 'timeout', id, cause: { code: 'unavailable' } });
  expect(error.observed).toEqual({ attempts: 7, statuses: [500, 503], elapsedMs: 7_000 });
  for (const cause of [
    'webhook id',
    'task enabled',
    'event filter',
    'run without error',
    'publish this UUID',
  ]) {
    expect(error.message).toContain(cause);
  }
  expect(looks).toHaveLength(7);
  const again = run.result();
  await pass(0);
  await pass(1);
  expect(await again).toBe('late');
  expect(looks).toHaveLength(8);
});

test('after a timeout a later deadline waits on', async () => {
  const { run } = submitted([json(null), json(null), json(null), done(1)], { timeoutMs: 2_000 });
  const first = errorOf(run.result());
  await pass(2_000);
  await first;
  const second = run.result({ timeoutMs: 60_000 });
  await pass(10_000);
  expect(await second).toBe(1);
});

test('the deadline is counted from the submission', async () => {
  const { run, looks } = submitted([json(null)], { timeoutMs: 5_000 });
  await pass(3_000);
  const result = errorOf(run.result());
  await pass(2_000);
  expect((await result).observed).toMatchObject({ attempts: 2, elapsedMs: 5_000 });
  expect(looks).toHaveLength(2);
});

test.each(['accepted', 'result'] as const)(
  'a run of which only %s is awaited leaves no unhandled rejection',
  async (kept) => {
    stopTime();
    for (const answer of [status(400), noResponse]) {
      network.answer(webhookUrl, answer);
      network.answer(cacheUrl, status(401));
      const run = createWebhook({ url: webhookUrl, result: cacheEndpoint(cacheUrl) }).submit({ a: 1 });
      const failed = errorOf(kept === 'accepted' ? run.accepted : run.result());
      await pass(2_000);
      expect((await failed).id).toBe(run.id);
    }
  },
);

test('a run of which nothing is awaited leaves no unhandled rejection', async () => {
  stopTime();
  network.answer(webhookUrl, noResponse);
  network.answer(cacheUrl, status(401));
  const stop = new AbortController();
  const webhook = createWebhook({ url: webhookUrl, result: cacheEndpoint(cacheUrl) });
  webhook.submit({ a: 1 });
  void webhook.submit({ a: 1 }).result();
  void webhook.submit({ a: 1 }, { signal: stop.signal }).result();
  await turns();
  stop.abort();
  await pass(2_000);
});

test('the handle is small, and holds nothing of what was submitted', async () => {
  const { run } = submitted([json(null)]);
  expect(run.toJSON()).toEqual({ id, submittedAt: Date.UTC(2026, 0, 1), timeoutMs: 120_000 });
  await run.accepted;
  expect(JSON.parse(JSON.stringify(run))).toEqual({
    id,
    submittedAt: Date.UTC(2026, 0, 1),
    timeoutMs: 120_000,
    acceptedAt: Date.UTC(2026, 0, 1),
    requestId: '6b1f0d5e-3c1b-4a57-8d2e-5a1c7e9f0b42',
  });
});

test('changing a handle does not change the run', () => {
  const { run } = submitted([json(null)]);
  run.toJSON().timeoutMs = 1;
  expect(run.toJSON().timeoutMs).toBe(120_000);
});

const Quote = z.object({ price: z.coerce.number(), at: z.string().optional() });

test('a schema checks, converts and types the value', async () => {
  const { run } = submitted([done({ price: '5', extra: 1 })], { schema: Quote });
  const result = run.result();
  await pass(1_000);
  const { price } = await result;
  expect(price).toBe(5);
  expect(await result).toEqual({ price: 5 });
});

test('what the schema refuses is a bad result with its issues, and is not looked for again', async () => {
  const { run, looks } = submitted([done({ price: 'dear' })], { schema: Quote });
  const result = errorOf(run.result());
  await pass(5_000);
  const error = await result;
  expect(error).toMatchObject({ code: 'bad_result', id });
  expect(error.observed.issues).toMatchObject([{ path: ['price'] }]);
  expect(error.message).toContain('The schema refused the value: Invalid input');
  expect((await errorOf(run.result())).code).toBe('bad_result');
  expect(looks).toHaveLength(1);
});

test('a schema may take its time', async () => {
  const schema = z.number().refine(async (value) => value > 1, 'too small');
  const good = submitted([done(2)], { schema });
  const value = good.run.result();
  await pass(1_000);
  expect(await value).toBe(2);
  const bad = submitted([done(1)], { schema });
  const failed = errorOf(bad.run.result());
  await pass(1_000);
  expect((await failed).message).toContain('too small');
});

test('a source of the user gets what it needs, and its fetch is bound to the look', async () => {
  const read = vi.fn<ResultSource['read']>(async ({ fetch }) => {
    const response = await fetch('https://own.test/result');
    return { state: 'done', value: await response.json() };
  });
  const asked = network.answer('https://own.test/result', noResponse, json(5));
  const { run } = submitted([silence], { result: { read } });
  const value = run.result();
  await pass(2_000);
  expect(await value).toBe(5);
  expect(asked).toHaveLength(2);
  const { signal, fetch: _, ...context } = read.mock.calls[1]?.[0] ?? {};
  expect(context).toEqual({ id, requestId: '6b1f0d5e-3c1b-4a57-8d2e-5a1c7e9f0b42', baseline: undefined });
  expect(signal).toBeInstanceOf(AbortSignal);
});
