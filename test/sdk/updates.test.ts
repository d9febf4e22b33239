import { cacheEndpoint, createWebhook, type Run, type Update } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf, reasonOf } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, noResponse, status, useNetwork } from '../support/network.ts';
import { pass, stopTime, turns } from '../support/time.ts';

const network = useNetwork();
const working = (progress: number, message: string) =>
  json({ uuid: id, status: 'working', progress, message });
const done = json({ uuid: id, status: 'done', value: 1 });

function submitted(
  answers: [Answer, ...Answer[]],
  { post = accepted, signal = new AbortController().signal } = {},
) {
  stopTime();
  network.answer(webhookUrl, post);
  const looks = network.answer(cacheUrl, ...answers);
  const result = cacheEndpoint(cacheUrl);
  const run = createWebhook({ url: webhookUrl, result, schedule: () => 1_000, timeoutMs: 5_000 }).submit(
    { a: 1 },
    { id, signal },
  );
  return { run, looks };
}

/** Gathers the updates of a run until they end. */
function gathered(run: Run) {
  const updates: Update[] = [];
  const ended = (async () => {
    for await (const update of run.updates()) updates.push(update);
  })();
  return { updates, ended };
}

const phases = (updates: Update[]) => updates.map(({ phase }) => phase);

test('updates tell the life of a run in order, and end with it', async () => {
  const { run, looks } = submitted([json(null), working(0.5, 'Half'), done]);
  const { updates, ended } = gathered(run);
  await pass(3_000);
  await ended;
  expect(updates).toEqual([
    { phase: 'sending', attempts: 0, elapsedMs: 0 },
    { phase: 'accepted', attempts: 0, elapsedMs: 0 },
    { phase: 'waiting', attempts: 1, elapsedMs: 1_000 },
    { phase: 'waiting', attempts: 2, elapsedMs: 2_000, progress: 0.5, message: 'Half' },
    { phase: 'done', attempts: 2, elapsedMs: 3_000, progress: 0.5, message: 'Half' },
  ]);
  expect(looks).toHaveLength(3);
});

test.each<[string, Answer, Answer, string[]]>([
  ['a refused submission', status(400), done, ['sending', 'failed']],
  ['no response to the submission', noResponse, done, ['sending', 'waiting', 'done']],
  ['a task that failed', accepted, json({ uuid: id, status: 'failed' }), ['sending', 'accepted', 'failed']],
  ['a timeout', accepted, json(null), ['sending', 'accepted', ...Array(5).fill('waiting'), 'failed']],
])('updates of %s end without throwing', async (_, post, answer, expected) => {
  const { run } = submitted([answer], { post });
  const { updates, ended } = gathered(run);
  await pass(6_000);
  await ended;
  expect(phases(updates)).toEqual(expected);
});

test('updates and result share the looks', async () => {
  const { run, looks } = submitted([json(null), done]);
  const { ended } = gathered(run);
  const result = run.result();
  await pass(2_000);
  await ended;
  expect(await result).toBe(1);
  expect(looks).toHaveLength(2);
});

test('two readers each get every update, and one who comes late begins with the state', async () => {
  const { run } = submitted([json(null), json(null), done]);
  const first = gathered(run);
  const second = gathered(run);
  await pass(1_500);
  const late = gathered(run);
  await pass(2_000);
  await Promise.all([first.ended, second.ended, late.ended]);
  expect(phases(first.updates)).toEqual(['sending', 'accepted', 'waiting', 'waiting', 'done']);
  expect(second.updates).toEqual(first.updates);
  expect(phases(late.updates)).toEqual(['waiting', 'waiting', 'done']);
});

test('updates of a run that is over are its last state', async () => {
  const { run, looks } = submitted([done]);
  const result = run.result();
  await pass(1_000);
  await result;
  const { updates, ended } = gathered(run);
  await ended;
  expect(phases(updates)).toEqual(['done']);
  expect(looks).toHaveLength(1);
});

test('breaking out of updates ends the looks when nobody else waits', async () => {
  const { run, looks } = submitted([json(null)]);
  const reader = (async () => {
    for await (const { phase } of run.updates()) if (phase === 'waiting') break;
  })();
  await pass(1_000);
  await reader;
  await pass(60_000);
  expect(looks).toHaveLength(1);
});

test("a signal ends one reader's updates, and the looks when nobody else waits", async () => {
  const leave = new AbortController();
  const { run, looks } = submitted([json(null)]);
  const seen: Update[] = [];
  const reader = (async () => {
    for await (const update of run.updates({ signal: leave.signal })) seen.push(update);
  })();
  const other = gathered(run);
  await pass(1_500);
  leave.abort();
  await reader;
  expect(phases(seen)).toEqual(['sending', 'accepted', 'waiting']);
  await pass(1_000);
  expect(phases(other.updates)).toHaveLength(4);
  expect(looks).toHaveLength(2);
  await pass(5_000);
  await other.ended;
});

test('a signal ends updates also where there is no result to wait for', async () => {
  network.answer(webhookUrl, () => new Promise(() => {}));
  stopTime();
  const leave = new AbortController();
  const seen: Update[] = [];
  const run = createWebhook({ url: webhookUrl }).submit({ a: 1 });
  const reader = (async () => {
    for await (const update of run.updates({ signal: leave.signal })) seen.push(update);
  })();
  await turns();
  leave.abort();
  await reader;
  expect(phases(seen)).toEqual(['sending']);
});

test('breaking out of updates leaves another caller waiting', async () => {
  const { run, looks } = submitted([json(null), json(null), done]);
  const result = run.result();
  const reader = (async () => {
    for await (const _ of run.updates()) break;
  })();
  await pass(3_000);
  await reader;
  expect(await result).toBe(1);
  expect(looks).toHaveLength(3);
});

test('an abort of the run ends its updates', async () => {
  const stop = new AbortController();
  const { run, looks } = submitted([json(null)], { signal: stop.signal });
  const { updates, ended } = gathered(run);
  await pass(1_000);
  stop.abort('left');
  await ended;
  expect(phases(updates)).toEqual(['sending', 'accepted', 'waiting']);
  expect(await reasonOf(run.result())).toBe('left');
  await pass(60_000);
  expect(looks).toHaveLength(1);
});

test('without a result source updates end when the submission is taken', async () => {
  network.answer(webhookUrl, accepted);
  const { updates, ended } = gathered(createWebhook({ url: webhookUrl }).submit({ a: 1 }));
  await ended;
  expect(phases(updates)).toEqual(['sending', 'accepted']);
});

test('a slow reader gets the latest state, not every one', async () => {
  const { run } = submitted([json(null), working(0.2, 'a'), working(0.4, 'b'), done]);
  const updates = run.updates();
  await updates.next();
  await pass(3_500);
  expect((await updates.next()).value).toMatchObject({ phase: 'waiting', progress: 0.4 });
  await pass(1_000);
  expect((await updates.next()).value).toMatchObject({ phase: 'done' });
  expect((await updates.next()).done).toBe(true);
});

test('updates that nobody reads look for nothing', async () => {
  const { run, looks } = submitted([done]);
  run.updates();
  await pass(10_000);
  await turns();
  expect(looks).toEqual([]);
});

test('a short wait that ends is not the end of a longer one', async () => {
  const { run } = submitted([json(null), json(null), json(null), done]);
  const { updates, ended } = gathered(run);
  const short = errorOf(run.result({ timeoutMs: 1_500 }));
  await pass(5_000);
  expect((await short).code).toBe('timeout');
  await ended;
  expect(phases(updates)).not.toContain('failed');
  expect(phases(updates).at(-1)).toBe('done');
});
