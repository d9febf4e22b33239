import { cacheEndpoint, createWebhook, type RunHandle } from 'mechanic-storefront';
import { expect, test, vi } from 'vitest';
import { errorOf, reasonOf, thrownBy } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();
const now = Date.UTC(2026, 0, 1);
const done = json({ uuid: id, status: 'done', value: 1 });

/** The next page: the webhook is described anew, and nothing may be submitted. */
function page(...answers: [Answer, ...Answer[]]) {
  stopTime(now);
  const looks = network.answer(cacheUrl, ...answers);
  const result = cacheEndpoint(cacheUrl);
  return {
    looks,
    webhook: createWebhook({ url: webhookUrl, result, schedule: () => 1_000, timeoutMs: 500_000 }),
  };
}

const handle = (more: Partial<RunHandle> = {}): RunHandle => ({
  id,
  submittedAt: now - 5_000,
  timeoutMs: 10_000,
  acceptedAt: now - 4_900,
  requestId: 'r-1',
  ...more,
});

test('a run goes on after it went through JSON, and sends nothing', async () => {
  stopTime(now);
  const posts = network.answer(webhookUrl, accepted);
  const looks = network.answer(cacheUrl, json(null), done);
  const webhook = createWebhook({ url: webhookUrl, result: cacheEndpoint(cacheUrl), schedule: () => 1_000 });
  const first = webhook.submit({ a: 1 }, { id });
  await first.accepted;
  const stored = JSON.stringify(first);
  const second = webhook.resume(JSON.parse(stored));
  const result = second.result();
  await pass(2_000);
  expect(await result).toBe(1);
  expect(second.id).toBe(first.id);
  expect(await second.accepted).toEqual(await first.accepted);
  expect(JSON.stringify(second)).toBe(stored);
  expect([posts.length, looks.length]).toEqual([1, 2]);
});

test('the original deadline stands', async () => {
  const { looks, webhook } = page(json(null));
  const result = errorOf(webhook.resume(handle()).result());
  await pass(5_000);
  expect(await result).toMatchObject({ code: 'timeout', id, observed: { attempts: 5, elapsedMs: 10_000 } });
  expect(looks).toHaveLength(5);
});

test('a run whose deadline is long past gets one look', async () => {
  const { looks, webhook } = page(done);
  const result = webhook.resume(handle({ submittedAt: now - 86_400_000 })).result();
  await pass(10);
  expect(await result).toBe(1);
  expect(looks).toHaveLength(1);
});

test('a run that was left before an answer may have arrived: it is looked for', async () => {
  const { webhook } = page(json(null), done);
  const run = webhook.resume({ id, submittedAt: now, timeoutMs: 10_000 });
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', id, delivered: 'unknown' });
  const result = run.result();
  await pass(2_000);
  expect(await result).toBe(1);
});

test('what the request id was is kept', async () => {
  const { webhook } = page(json(null));
  expect(await webhook.resume(handle()).accepted).toEqual({ id, acceptedAt: now - 4_900, requestId: 'r-1' });
  expect((await webhook.resume({ ...handle(), requestId: null }).accepted).requestId).toBeNull();
});

test('a resumed run can be aborted', async () => {
  const { looks, webhook } = page(json(null));
  const stop = new AbortController();
  const result = webhook.resume(handle(), { signal: stop.signal }).result();
  await pass(1_500);
  stop.abort('left');
  expect(await reasonOf(result)).toBe('left');
  await pass(60_000);
  expect(looks).toHaveLength(1);
});

test('a resumed run does not change the handle it was made from', () => {
  const { webhook } = page(json(null));
  const own = Object.freeze(handle());
  expect(webhook.resume(own).toJSON()).toEqual(own);
});

test.each<[string, unknown]>([
  ['null', null],
  ['undefined', undefined],
  ['a text', '{"id":"x"}'],
  ['an empty object', {}],
  ['a list', []],
  ['an id that is no UUID', handle({ id: '../../secrets' })],
  ['no time', { id, timeoutMs: 1 }],
  ['a time as text', { ...handle(), submittedAt: '2026-01-01' }],
  ['a time that is NaN', handle({ submittedAt: Number.NaN })],
  ['no deadline', { id, submittedAt: now }],
  ['a deadline that is null', { ...handle(), timeoutMs: null }],
])('%s is no handle', (_, junk) => {
  const { webhook } = page(json(null));
  const error = thrownBy(() => webhook.resume(junk as RunHandle));
  expect(error).toMatchObject({ code: 'configuration', observed: { path: 'resume' } });
  expect(error.message).toContain('JSON.stringify(run)');
});

test('a clock that is set back before the first look does not put off the deadline', async () => {
  const { webhook, looks } = page(json(null));
  const error = errorOf(webhook.resume(handle({ submittedAt: now - 1_000 })).result());
  vi.setSystemTime(now - 3_600_000);
  await pass(15_000);
  expect((await error).code).toBe('timeout');
  expect(looks.length).toBeLessThan(15);
});

test('a handle from before the clock was set back has its whole time once', async () => {
  const { webhook, looks } = page(json(null));
  const own = handle({ submittedAt: now + 3_600_000 });
  const run = webhook.resume(own);
  const error = errorOf(run.result());
  await pass(11_100);
  expect((await error).code).toBe('timeout');
  expect(run.toJSON().submittedAt).toBe(now);
  expect(own.submittedAt).toBe(now + 3_600_000);
  const before = looks.length;
  const again = errorOf(run.result());
  await pass(1_100);
  expect((await again).code).toBe('timeout');
  expect(looks.length).toBe(before + 1);
});
