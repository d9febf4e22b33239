import { act } from '@testing-library/react';
import { cacheEndpoint, type ResultSource } from 'mechanic-storefront';
import { createOutbox, createWebhook } from 'mechanic-storefront/outbox';
import { startTransition } from 'react';
import { expect, test } from 'vitest';
import { cacheUrl, webhookUrl } from '../support/mechanic.ts';
import { acted, mechanic, mount, pass, watchPage } from '../support/react.tsx';

watchPage();

const done = { status: 'done', value: { total: 99 } };

test('it is idle, then pending, then done with the value', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  expect(quote.now).toMatchObject({ status: 'idle', value: undefined, error: undefined, run: null });
  const run = quote.submit({ pieces: 11 });
  expect(quote.now).toMatchObject({ status: 'pending', value: undefined, error: undefined, run });
  await pass(1_500);
  expect(quote.now).toMatchObject({ status: 'pending', phase: 'waiting' });
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', phase: 'done', value: { total: 99 }, run });
  expect(quote.now.error).toBeUndefined();
  expect(shop.posts).toEqual([{ pieces: 11, uuid: run?.id }]);
});

test("the task's progress and words are there while it works", async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(500);
  expect(quote.now).toMatchObject({ phase: 'accepted', progress: undefined, message: undefined });
  shop.publish(quote.now.run, { status: 'working', progress: 0.5, message: 'Half' });
  await pass(1_000);
  expect(quote.now).toMatchObject({ phase: 'waiting', progress: 0.5, message: 'Half' });
});

test('only what is shown is a reason to render', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(1_500);
  const before = quote.renders.length;
  await pass(5_000);
  expect(shop.looks).toBe(6);
  expect(quote.renders).toHaveLength(before);
  quote.stop();
  const stopped = quote.renders.length;
  quote.stop();
  expect(quote.renders).toHaveLength(stopped);
});

test('a task that failed, and a timeout, are errors with a code', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const first = quote.submit({});
  shop.publish(quote.now.run, { status: 'failed', error: { code: 'sold_out', message: 'Sold out' } });
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'failed', phase: 'failed', value: undefined, run: first });
  expect(quote.now.error).toMatchObject({ code: 'task_failed', observed: { taskCode: 'sold_out' } });
  quote.submit({});
  expect(quote.now).toMatchObject({ status: 'pending', error: undefined, phase: 'sending' });
  await pass(10_500);
  expect(quote.now.error).toMatchObject({ code: 'timeout' });
});

test('the look at the deadline is the last one', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(10_000);
  expect(quote.now.status).toBe('failed');
  await pass(60_000);
  expect(shop.looks).toBe(10);
});

test('data that cannot be carried is an error, and no run', () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  expect(quote.submit({ total: Number.NaN })).toBeNull();
  expect(quote.now).toMatchObject({ status: 'failed', run: null, error: { code: 'encoding' } });
  expect(shop.posts).toEqual([]);
});

test('a submission that is refused is an error', async () => {
  const shop = mechanic({ fetch: async () => new Response(null, { status: 400 }) });
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(0);
  expect(quote.now).toMatchObject({ status: 'failed', error: { code: 'rejected' } });
});

test('a submission without an answer is still waited for', async () => {
  const shop = mechanic();
  const fetch: typeof shop.fetch = async (url, init) => {
    const response = await shop.fetch(url, init);
    if (init?.method === 'POST') throw new TypeError('lost');
    return response;
  };
  const quote = mount(shop.webhookOf({ fetch }));
  quote.submit({});
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 99 } });
});

test('without a place for results it is done when Mechanic has taken the submission', async () => {
  const shop = mechanic({ result: undefined });
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(0);
  expect(quote.now).toMatchObject({ status: 'done', value: undefined, error: undefined });
  const refused = mount(shop.webhookOf({ fetch: async () => new Response(null, { status: 400 }) }));
  refused.submit({});
  await pass(0);
  expect(refused.now).toMatchObject({ status: 'failed', error: { code: 'rejected' } });
});

test('stopped before Mechanic has taken the submission, it stays idle', async () => {
  const shop = mechanic({ result: undefined });
  const quote = mount(shop.webhook);
  quote.submit({});
  quote.stop();
  await pass(1_000);
  expect(shop.posts).toHaveLength(1);
  expect(quote.now).toMatchObject({ status: 'idle', phase: undefined });
});

test('what a source of the page throws is the error, as it is', async () => {
  const broken: ResultSource<never> = { read: async () => Promise.reject('broken') };
  const quote = mount(mechanic({ result: broken }).webhook);
  quote.submit({});
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'failed', error: 'broken' });
});

test('a form is submitted as it is, with its button', async () => {
  const form = document.createElement('form');
  form.innerHTML = '<input name="pieces" value="3"><button name="how" value="fast">Go</button>';
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit(form, { submitter: form.querySelector('button') });
  await pass(0);
  expect(shop.posts).toEqual([{ pieces: '3', how: 'fast', uuid: quote.now.run?.id }]);
});

test("an outbox's words are there while the submission is kept", async () => {
  const shop = mechanic();
  let isOnline = false;
  const fetch: typeof shop.fetch = async (url, init) => {
    if (!isOnline) throw new TypeError('offline');
    return shop.fetch(url, init);
  };
  const outbox = createOutbox({ persist: false });
  const result = cacheEndpoint(cacheUrl);
  const schedule = () => 1_000;
  const quote = mount(createWebhook<{ total: number }>({ url: webhookUrl, result, schedule, fetch, outbox }));
  quote.submit({ pieces: 1 });
  await pass(500);
  expect(quote.now).toMatchObject({ status: 'pending', stored: 'memory' });
  expect(quote.now.message).toMatch(/keep this page open/);
  isOnline = true;
  await pass(40_000);
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 99 }, stored: undefined });
  outbox.close();
});

test('a double click submits once: the pending run is returned', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const { submit } = quote.now;
  const [first, second] = acted(() => [submit({ pieces: 1 }), submit({ pieces: 1 })]);
  await pass(1_500);
  const third = quote.submit({ pieces: 2 });
  expect(new Set([first, second, third]).size).toBe(1);
  expect(shop.posts).toHaveLength(1);
});

test('what was stopped before it shows nothing of itself, when a newer submission is to count', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const older = quote.submit({ pieces: 1 });
  await pass(1_500);
  quote.stop();
  const newer = quote.submit({ pieces: 2 });
  await pass(0);
  shop.publish(older, { status: 'done', value: { total: 1 } });
  await pass(2_000);
  expect(quote.now).toMatchObject({ status: 'pending', run: newer });
  shop.publish(newer, { status: 'done', value: { total: 2 } });
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 2 } });
  expect(shop.posts).toHaveLength(2);
});

test('stop ends the waiting, not the submission, and keeps the run', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const run = quote.submit({});
  quote.stop();
  expect(quote.now).toMatchObject({ status: 'idle', phase: undefined, run });
  await pass(60_000);
  expect(shop).toMatchObject({ looks: 0, posts: [{ uuid: run?.id }] });
  expect(quote.now.status).toBe('idle');
});

test('stop leaves what is over as it is, and reset does not', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  shop.publish(quote.now.run, done);
  await pass(1_000);
  quote.stop();
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 99 } });
  quote.reset();
  expect(quote.now).toMatchObject({ status: 'idle', value: undefined, run: null });
});

test('reset ends the waiting', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({});
  await pass(1_500);
  quote.reset();
  shop.publish(quote.now.run, done);
  await pass(60_000);
  expect(quote.now).toMatchObject({ status: 'idle', run: null });
  expect(shop.looks).toBe(1);
});

test("an abort of the caller's own ends the submission, and is no failure", async () => {
  const shop = mechanic();
  const leaving = new AbortController();
  const quote = mount(shop.webhook);
  const run = quote.submit({}, { signal: leaving.signal });
  await pass(1_500);
  leaving.abort();
  await pass(60_000);
  expect(quote.now).toMatchObject({ status: 'idle', error: undefined, run });
  expect(shop.looks).toBe(1);
});

test('the functions stay the same, whatever happens', async () => {
  const shop = mechanic();
  const quote = mount(shop.webhook);
  const { submit, stop, reset } = quote.now;
  quote.rerender({ webhook: shop.webhookOf() });
  quote.submit({});
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now.status).toBe('done');
  for (const now of quote.renders) expect(now).toMatchObject({ submit, stop, reset });
});

test('a new webhook is used from the next submission on, and what is under way keeps its own', async () => {
  const shop = mechanic();
  const other = mechanic();
  const quote = mount(shop.webhook);
  quote.submit({ pieces: 1 });
  await pass(500);
  quote.rerender({ webhook: other.webhook });
  shop.publish(quote.now.run, done);
  await pass(1_000);
  expect(quote.now).toMatchObject({ status: 'done', value: { total: 99 } });
  quote.submit({ pieces: 2 });
  await pass(1_500);
  expect([shop.posts, other.posts]).toMatchObject([[{ pieces: 1 }], [{ pieces: 2 }]]);
  expect([shop.looks, other.looks]).toEqual([1, 1]);
});

test('a submission inside a transition is pending at once', () => {
  const quote = mount(mechanic().webhook);
  const { submit } = quote.now;
  act(() => startTransition(() => void submit({})));
  expect(quote.container.textContent).toBe('pending');
});
