import { cacheEndpoint, createWebhook, type Run } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf, reasonOf } from '../support/errors.ts';
import { cacheUrl, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, silence, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();

/** Runs that wait on one endpoint; what is published is a map of what each has by now. */
async function waiting(count: number, answers: [Answer, ...Answer[]], options = {}) {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, ...answers);
  const webhook = createWebhook({
    url: webhookUrl,
    result: cacheEndpoint(cacheUrl),
    schedule: () => 1_000,
    ...options,
  });
  const runs: Run[] = [];
  const stops: AbortController[] = [];
  const results: Promise<unknown>[] = [];
  for (let index = 0; index < count; index++) {
    const stop = new AbortController();
    const run = webhook.submit({ index }, { signal: stop.signal });
    runs.push(run);
    stops.push(stop);
    results.push(run.result());
  }
  for (const result of results) result.catch(() => {});
  await turns();
  return { webhook, runs, stops, results, looks };
}

test('many runs that wait on one endpoint look as often as one', async () => {
  const published: Record<string, unknown> = {};
  const { runs, results, looks } = await waiting(50, [() => Response.json(published)]);
  await pass(5_000);
  expect(looks).toHaveLength(5);
  for (const { id } of runs) published[id] = { status: 'done', value: id };
  await pass(1_000);
  expect(await Promise.all(results)).toEqual(runs.map(({ id }) => id));
  expect(looks).toHaveLength(6);
});

test('runs with different schedules share their looks: news of one wakes the other', async () => {
  const published: Record<string, unknown> = {};
  const { webhook, results, looks, runs } = await waiting(1, [() => Response.json(published)], {
    schedule: (_: number, attempt: number) => [3_000, 1_000][attempt] ?? 60_000,
  });
  await pass(1_500);
  const later = webhook.submit({ a: 1 });
  const value = later.result();
  published[runs[0]?.id ?? ''] = 'first';
  published[later.id] = 'second';
  await pass(1_500);
  expect(await results[0]).toBe('first');
  expect(await value).toBe('second');
  expect(looks).toHaveLength(1);
});

test('a run never takes the same answer twice', async () => {
  const published: Record<string, unknown> = {};
  const { runs, results, looks } = await waiting(1, [() => Response.json(published)], {
    schedule: () => 100,
  });
  await pass(1_000);
  expect(looks).toHaveLength(10);
  published[runs[0]?.id ?? ''] = 1;
  await pass(100);
  expect(await results[0]).toBe(1);
});

test("one run's abort does not disturb the look that it shares", async () => {
  const { runs, stops, results, looks } = await waiting(2, [
    async () => {
      await new Promise<void>((resolve) => setTimeout(resolve, 2_000));
      return Response.json({ [runs[1]?.id ?? '']: 'found' });
    },
  ]);
  await pass(1_500);
  stops[0]?.abort('left');
  expect(await reasonOf(results[0] ?? Promise.resolve())).toBe('left');
  await pass(2_000);
  expect(await results[1]).toBe('found');
  expect(looks).toHaveLength(1);
});

test('the abort of all aborts the request, and nothing is asked after it', async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetch = async (url: string, init?: RequestInit) => {
    if (url === webhookUrl) return new Response(null, { status: 204 });
    signals.push(init?.signal);
    return new Promise<never>(() => {});
  };
  const { stops, results } = await waiting(2, [silence], { fetch });
  await pass(1_500);
  stops[0]?.abort('a');
  await turns();
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  stops[1]?.abort('b');
  await turns();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  expect(await Promise.all(results.map(reasonOf))).toEqual(['a', 'b']);
  await pass(60_000);
  expect(signals).toHaveLength(1);
});

test('the abort of a look is no news to a run that waits', async () => {
  const { webhook, stops, looks } = await waiting(1, [silence], {
    schedule: (elapsedMs: number) => (elapsedMs < 100 ? 1_000 : 60_000),
  });
  await pass(900);
  const other = webhook.submit({ a: 1 });
  other.result();
  await pass(200);
  expect(looks).toHaveLength(1);
  stops[0]?.abort('left');
  await pass(600);
  expect(looks).toHaveLength(1);
});

test('a look that takes too long is followed by the next as scheduled, not at once', async () => {
  const { looks } = await waiting(2, [silence], { requestTimeoutMs: 2_000, schedule: () => 5_000 });
  await pass(9_900);
  expect(looks).toHaveLength(1);
  await pass(2_200);
  expect(looks).toHaveLength(2);
});

test('trouble is shared too: a failing endpoint is asked as often as by one run', async () => {
  const { looks } = await waiting(20, [noResponse]);
  await pass(5_000);
  expect(looks).toHaveLength(5);
});

test('an error that ends all runs carries the id of each', async () => {
  const { runs, results, looks } = await waiting(3, [status(401)]);
  await pass(2_000);
  const errors = await Promise.all(results.map(errorOf));
  expect(errors.map(({ code }) => code)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(errors.map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
  expect(looks).toHaveLength(1);
});

test('endpoints share nothing with each other', async () => {
  const otherUrl = cacheUrl.replace('77ab', '88bc');
  const others = network.answer(otherUrl, json(null));
  const { looks } = await waiting(1, [json(null)]);
  createWebhook({ url: webhookUrl, result: cacheEndpoint(otherUrl), schedule: () => 1_000 })
    .submit({ a: 1 })
    .result();
  await pass(3_000);
  expect([looks.length, others.length]).toEqual([3, 3]);
});
