import 'fake-indexeddb/auto';
import { cacheEndpoint, createWebhook, type SubmitOptions } from 'mechanic-storefront';
import { createOutbox, type OutboxOptions } from 'mechanic-storefront/outbox';
import { expect, onTestFinished, test } from 'vitest';
import { pageStandIn } from '../support/clock.ts';
import { errorOf, reasonOf, thrownBy } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, silence, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();
const done = json({ uuid: id, status: 'done', value: 1 });
let databases = 0;

/** A tab: an outbox on the database `name`, and a webhook that uses it. */
function tab(name: string, options: OutboxOptions = {}) {
  const outbox = createOutbox({ name, random: () => 0.5, ...options });
  onTestFinished(() => outbox.close());
  const webhook = createWebhook({
    url: webhookUrl,
    result: cacheEndpoint(cacheUrl),
    schedule: () => 1_000,
    timeoutMs: 3_600_000,
    outbox,
  });
  const submit = (how: SubmitOptions = {}) => webhook.submit({ a: 1 }, { id, ...how });
  return { outbox, webhook, submit };
}

async function setup(posts: [Answer, ...Answer[]], looks: [Answer, ...Answer[]] = [json(null)]) {
  stopTime();
  const name = `outbox-${++databases}`;
  return {
    name,
    posts: network.answer(webhookUrl, ...posts),
    looks: network.answer(cacheUrl, ...looks),
    first: tab(name),
  };
}

const states = async ({ outbox }: ReturnType<typeof tab>) =>
  (await outbox.entries()).map(({ state, attempts }) => `${state} ${attempts}`);

test('a submission that arrives at once is sent once, and kept without its body until its result', async () => {
  const { first, posts } = await setup([accepted], [json(null), done]);
  await turns();
  const run = first.submit();
  await run.accepted;
  await pass(500);
  expect(await states(first)).toEqual(['accepted 1']);
  const result = run.result();
  await pass(2_500);
  expect(await result).toBe(1);
  await turns();
  expect(await states(first)).toEqual([]);
  await pass(3_600_000);
  expect(posts).toHaveLength(1);
});

test('a submission without an answer is sent again after 30 s, the same bytes', async () => {
  const { first, posts } = await setup([noResponse, noResponse, accepted]);
  await turns();
  const run = first.submit();
  await pass(1_000);
  expect(await states(first)).toEqual(['waiting 1']);
  await pass(31_000);
  expect(posts).toHaveLength(2);
  await pass(61_000);
  expect(posts).toHaveLength(3);
  expect(new Set(posts.map(({ body, contentType }) => `${contentType} ${body}`)).size).toBe(1);
  expect(await run.accepted).toMatchObject({ id });
});

test('a task whose dedupe is atomic gets its repeat after 2 s', async () => {
  const { posts, name } = await setup([noResponse, accepted]);
  const { submit } = tab(name, { atomic: true });
  await turns();
  submit();
  await pass(3_500);
  expect(posts).toHaveLength(2);
});

test('a tab that is killed while it sends leaves the submission to the next page, once its lease is over', async () => {
  const { posts, name, first } = await setup([silence, accepted]);
  await turns();
  first.submit();
  await turns();
  first.outbox.close();
  const next = tab(name);
  await pass(15_000);
  expect(posts).toHaveLength(1);
  await pass(7_000);
  expect(posts).toHaveLength(2);
  expect(await states(next)).toEqual(['accepted 2']);
  expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
});

test('of several tabs one sends it', async () => {
  const { posts, name, first } = await setup([noResponse, accepted]);
  await turns();
  first.submit();
  const others = Array.from({ length: 4 }, () => tab(name));
  await pass(40_000);
  expect(posts).toHaveLength(2);
  await Promise.all(others.map(({ outbox }) => outbox.flush()));
  await pass(1_000);
  expect(posts).toHaveLength(2);
});

test('a result with its UUID ends the sending, though no attempt was answered', async () => {
  const { first, posts } = await setup([noResponse], [json(null), done]);
  await turns();
  const run = first.submit();
  const result = run.result();
  await pass(3_000);
  expect(await result).toBe(1);
  expect(await run.accepted).toMatchObject({ id });
  await pass(3_600_000);
  expect(posts).toHaveLength(1);
  expect(await states(first)).toEqual([]);
});

test('a task that failed has had it, too', async () => {
  const { first, posts } = await setup([noResponse], [json({ uuid: id, status: 'failed' })]);
  await turns();
  const error = errorOf(first.submit().result());
  await pass(3_000);
  expect((await error).code).toBe('task_failed');
  await pass(3_600_000);
  expect(posts).toHaveLength(1);
});

test('the next page waits on, and sends what had no answer', async () => {
  const { first, posts, name } = await setup([noResponse, accepted], [json(null), json(null), done]);
  await turns();
  const handle = JSON.parse(JSON.stringify(first.submit()));
  await pass(1_000);
  first.outbox.close();
  const next = tab(name);
  const run = next.webhook.resume(handle);
  await pass(32_000);
  expect(await run.accepted).toMatchObject({ id });
  const result = run.result();
  await pass(5_000);
  expect(await result).toBe(1);
  expect(posts).toHaveLength(2);
});

test.each<[string, Answer]>([
  ['429 with Retry-After', status(429, { 'retry-after': '45' })],
  ['503 with Retry-After', status(503, { 'retry-after': '45' })],
])('%s is waited out for as long as it says', async (_, answer) => {
  const { first, posts } = await setup([answer, accepted]);
  await turns();
  const run = first.submit();
  await pass(44_000);
  expect(posts).toHaveLength(1);
  await pass(4_000);
  expect(posts).toHaveLength(2);
  expect(await run.accepted).toMatchObject({ id });
});

test.each([500, 502, 504])('a %i may have passed it on, and is repeated', async (code) => {
  const { first, posts } = await setup([status(code), accepted]);
  await turns();
  first.submit();
  await pass(32_000);
  expect(posts).toHaveLength(2);
});

test.each([400, 404, 413])('a %i is final: nothing is repeated, and the body goes', async (code) => {
  const { first, posts } = await setup([status(code)]);
  await turns();
  const run = first.submit();
  expect((await errorOf(run.accepted)).code).toBe('rejected');
  await pass(3_600_000);
  expect(posts).toHaveLength(1);
  expect(await states(first)).toEqual(['rejected 1']);
});

test('after twelve attempts it is parked, until it is asked for', async () => {
  const { first, posts } = await setup([...Array<Answer>(12).fill(noResponse), accepted] as [Answer]);
  await turns();
  const run = first.submit();
  await pass(3_600_000);
  expect(posts).toHaveLength(12);
  expect(await states(first)).toEqual(['parked 12']);
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  await first.outbox.flush();
  expect(posts).toHaveLength(12);
  await first.outbox.flush({ parked: true });
  await pass(1_000);
  expect(posts).toHaveLength(13);
  expect(await states(first)).toEqual(['accepted 1']);
}, 60_000);

test('what its time has passed is not sent', async () => {
  const { first, posts } = await setup([noResponse]);
  await turns();
  const run = first.submit({ expires: Date.now() + 20_000 });
  await pass(60_000);
  expect(posts).toHaveLength(1);
  expect(await states(first)).toEqual(['expired 1']);
  expect((await errorOf(run.accepted)).message).toContain('expired');
});

test('what was aborted is not sent again', async () => {
  const { first, posts } = await setup([silence]);
  await turns();
  const stop = new AbortController();
  const run = first.submit({ signal: stop.signal });
  await pass(1_000);
  stop.abort('left');
  await pass(60_000);
  expect(posts).toHaveLength(1);
  expect(await states(first)).toEqual(['discarded 1']);
  await reasonOf(run.accepted);
});

test("another customer's submissions are not sent, and gone after a logout", async () => {
  const { first, posts, name } = await setup([noResponse]);
  await turns();
  first.submit();
  await pass(1_000);
  first.outbox.close();
  const other = tab(name, { scope: '1001' });
  await pass(120_000);
  expect(posts).toHaveLength(1);
  await other.outbox.clear();
  const back = tab(name);
  await pass(120_000);
  expect(posts).toHaveLength(1);
  expect(await states(back)).toEqual([]);
});

test('a page that is back online sends at once what is not too soon, and no sooner', async () => {
  const { posts, name } = await setup([noResponse, noResponse, accepted]);
  const page = pageStandIn();
  const { submit } = tab(name, { attention: page.attention });
  await turns();
  submit();
  await pass(10_000);
  page.online();
  await pass(1_000);
  expect(posts).toHaveLength(1);
  await pass(50_000);
  expect(posts).toHaveLength(2);
  await pass(5_000);
  page.online();
  await pass(1_000);
  expect(posts).toHaveLength(3);
});

test('nothing is left listening or waiting when nothing is to be sent', async () => {
  const { name } = await setup([noResponse, accepted], [done]);
  const page = pageStandIn();
  const { submit } = tab(name, { attention: page.attention });
  await turns();
  expect(page.listeners).toBe(0);
  submit();
  await pass(1_000);
  expect(page.listeners).toBe(1);
  await pass(32_000);
  expect(page.listeners).toBe(0);
});

test('options are checked', () => {
  for (const options of [{ scope: 7 }, { maxRecords: 0 }, { words: 'x' }, { unknown: 1 }]) {
    expect(thrownBy(() => createOutbox(options as never)).code).toBe('configuration');
  }
});
