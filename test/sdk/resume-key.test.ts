import { cacheEndpoint, createWebhook, type WebhookOptions } from 'mechanic-storefront';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorOf, reasonOf, thrownBy } from '../support/errors.ts';
import { cacheUrl, id, otherId, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();
const now = Date.UTC(2026, 0, 1);
const done = json({ uuid: id, status: 'done', value: 1 });

/** A tab's storage, as far as it is used. */
function storage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

let tab: ReturnType<typeof storage>;
beforeEach(() => {
  tab = storage();
  vi.stubGlobal('sessionStorage', tab);
});
afterEach(() => vi.unstubAllGlobals());

const kept = (key = 'quote') => JSON.parse(tab.items.get(key) ?? 'null');

function page(looks: [Answer, ...Answer[]], options: Partial<WebhookOptions> = {}) {
  stopTime(now);
  const posts = network.answer(webhookUrl, accepted);
  network.answer(cacheUrl, ...looks);
  const result = cacheEndpoint(cacheUrl);
  const described = { url: webhookUrl, result, schedule: () => 1_000, timeoutMs: 5_000, resumeKey: 'quote' };
  return { posts, webhook: createWebhook({ ...described, ...options }) };
}

test('a run is kept from the tick of its submission, with its acceptance once it is known, and without its data', async () => {
  const { webhook } = page([json(null)]);
  const run = webhook.submit({ secret: 'what was typed' }, { id });
  expect(kept()).toEqual({ id, submittedAt: now, timeoutMs: 5_000 });
  const { acceptedAt, requestId } = await run.accepted;
  expect(kept()).toEqual({ id, submittedAt: now, timeoutMs: 5_000, acceptedAt, requestId });
  expect([...tab.items.values()].join()).not.toContain('typed');
});

test('the next page takes it up, sends nothing, and forgets it when it is done', async () => {
  const first = page([json(null), done]);
  await first.webhook.submit({ a: 1 }, { id }).accepted;
  const run = createWebhook({
    url: webhookUrl,
    result: cacheEndpoint(cacheUrl),
    resumeKey: 'quote',
    schedule: () => 1_000,
  }).resume();
  expect(run?.id).toBe(id);
  const result = run?.result();
  await pass(2_000);
  expect(await result).toBe(1);
  expect(tab.items.size).toBe(0);
  expect(first.posts).toHaveLength(1);
});

test.each<[string, Answer, string]>([
  ['a task that failed', json({ uuid: id, status: 'failed' }), 'task_failed'],
  ['a timeout', json(null), 'timeout'],
])('%s is the end, and forgotten', async (_, answer, code) => {
  const { webhook } = page([answer]);
  const error = errorOf(webhook.submit({ a: 1 }, { id }).result());
  await pass(6_000);
  expect((await error).code).toBe(code);
  expect(tab.items.size).toBe(0);
});

test('a submission that is refused is forgotten', async () => {
  const { webhook } = page([json(null)]);
  network.answer(webhookUrl, status(400));
  await errorOf(webhook.submit({ a: 1 }, { id }).accepted);
  expect(tab.items.size).toBe(0);
});

test('without a place for results there is nothing to take up once it was accepted', async () => {
  const { webhook } = page([json(null)], { result: undefined });
  await webhook.submit({ a: 1 }, { id }).accepted;
  await turns();
  expect(tab.items.size).toBe(0);
});

test('a run that ends leaves the handle of a later one', async () => {
  const { webhook } = page([done]);
  const result = webhook.submit({ a: 1 }, { id }).result();
  webhook.submit({ a: 2 }, { id: otherId });
  await pass(1_000);
  expect(await result).toBe(1);
  expect(kept()).toMatchObject({ id: otherId });
});

test('a run that is aborted, as by leaving the page, stays for the next one', async () => {
  const { webhook } = page([json(null)]);
  const stop = new AbortController();
  const run = webhook.submit({ a: 1 }, { id, signal: stop.signal });
  run.result().catch(() => {});
  await pass(1_500);
  stop.abort();
  await turns();
  expect(kept()).toMatchObject({ id });
});

test.each([
  ['nothing', undefined],
  ['junk', '{"id":'],
  ['no handle', '{"id":"../x"}'],
  ['null', 'null'],
])('with %s under the key there is no run to take up', (_, text) => {
  const { webhook } = page([json(null)]);
  if (text !== undefined) tab.items.set('quote', text);
  expect(webhook.resume()).toBeNull();
});

test('without a resume key nothing is kept, and resume() says that it needs a handle', () => {
  const { webhook } = page([json(null)], { resumeKey: undefined });
  webhook.submit({ a: 1 });
  expect(tab.items.size).toBe(0);
  expect(thrownBy(() => webhook.resume()).code).toBe('configuration');
});

test('a submission can have a key of its own, under which alone it is taken up', async () => {
  const { webhook } = page([done]);
  webhook.submit({ a: 1 }, { id: otherId });
  await webhook.submit({ a: 2 }, { id, resumeKey: 'product 5' }).accepted;
  expect([webhook.resumeKey, kept()?.id, kept('product 5')?.id]).toEqual(['quote', otherId, id]);
  const run = webhook.resume(undefined, { resumeKey: 'product 5' });
  expect([run?.id, webhook.resume()?.id]).toEqual([id, otherId]);
  const result = run?.result();
  await pass(1_000);
  expect(await result).toBe(1);
  expect([...tab.items.keys()]).toEqual(['quote']);
});

test('what is kept under a key can be waited for with a signal', async () => {
  const { webhook } = page([json(null)]);
  webhook.submit({ a: 1 }, { id });
  const stop = new AbortController();
  const run = webhook.resume(undefined, { signal: stop.signal });
  const reason = reasonOf(run?.result() ?? Promise.resolve());
  stop.abort('left');
  expect(await reason).toBe('left');
});

test('a run can be forgotten, but not the one that took its place', async () => {
  const { webhook } = page([json(null)]);
  const first = webhook.submit({ a: 1 }, { id });
  const second = webhook.submit({ a: 2 }, { id: otherId });
  first.forget();
  expect(kept()?.id).toBe(otherId);
  second.forget();
  await second.accepted;
  await turns();
  expect(tab.items.size).toBe(0);
});

test('where storage is blocked or full, submitting works all the same', async () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
  const { webhook } = page([done]);
  const result = webhook.submit({ a: 1 }, { id }).result();
  await pass(1_000);
  expect(await result).toBe(1);
  expect(webhook.resume()).toBeNull();
});

test('in the theme editor nothing is kept or taken up', () => {
  const { webhook } = page([json(null)]);
  webhook.submit({ a: 1 }, { id });
  vi.stubGlobal('Shopify', { designMode: true });
  expect(webhook.resume()).toBeNull();
  tab.items.clear();
  webhook.submit({ a: 2 }, { id: otherId });
  expect(tab.items.size).toBe(0);
});

test('a handle from a clock that has since been set back has its deadline from now', async () => {
  const { webhook } = page([json(null)]);
  tab.items.set('quote', JSON.stringify({ id, submittedAt: now + 3_600_000, timeoutMs: 5_000 }));
  const error = errorOf(webhook.resume()?.result() ?? Promise.resolve());
  await pass(5_000);
  expect(await error).toMatchObject({ code: 'timeout', observed: { elapsedMs: 5_000 } });
});

test('a result that came after its acceptance was given up is still the end', async () => {
  const { webhook } = page([done]);
  let answer = (_: Response) => {};
  network.answer(webhookUrl, () => new Promise((resolve) => (answer = resolve)));
  const run = webhook.submit({ a: 1 }, { id });
  const result = run.result();
  await pass(5_100);
  expect(await result).toBe(1);
  answer(new Response(null, { status: 204 }));
  await run.accepted;
  expect(tab.items.size).toBe(0);
  expect((await run.updates().next()).value).toMatchObject({ phase: 'done' });
});
