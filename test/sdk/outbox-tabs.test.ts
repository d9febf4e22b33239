import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { id } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { hung, lost, pass, record, refusal, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();

/** The clock of a tab that is hidden: its timers wait. */
const still = { now: () => Date.now(), after: () => () => {} };

test('what a killed tab was sending, the next page sends 30 s later, and nobody sooner', async () => {
  const at = site([hung, taken]);
  const first = tab(at);
  first.submit();
  await pass(100);
  first.kill();
  const next = tab(at);
  await pass(29_000);
  await next.outbox.flush();
  await pass(500);
  expect(at.sent).toHaveLength(1);
  await pass(1_500);
  expect(at.sent).toHaveLength(2);
  expect(at.sent[1]?.body).toBe(at.sent[0]?.body);
  expect(await states(next)).toEqual(['waiting 2']);
});

test('for an atomic task, the killed tab has its lease and no more', async () => {
  const at = site([hung, taken]);
  const first = tab(at, { atomic: true });
  first.submit();
  await pass(100);
  first.kill();
  tab(at, { atomic: true });
  await pass(19_000);
  expect(at.sent).toHaveLength(1);
  await pass(2_000);
  expect(at.sent).toHaveLength(2);
});

test('a tab whose requests may take long has a longer lease', async () => {
  const at = site([hung, taken]);
  tab(at, {}, { requestTimeoutMs: 120_000 }).submit();
  const other = tab(at);
  await pass(110_000);
  await other.outbox.flush();
  await pass(100);
  expect(at.sent).toHaveLength(1);
});

test('of many tabs that all see that it is due, one sends it', async () => {
  const at = site([lost, taken]);
  tab(at).submit();
  const others = Array.from({ length: 9 }, () => tab(at));
  await pass(40_000);
  expect(at.sent).toHaveLength(2);
  await Promise.all(others.map(({ outbox }) => outbox.flush()));
  await pass(1_000);
  expect(at.sent).toHaveLength(2);
});

test('a tab learns what another one has sent for it', async () => {
  const at = site([lost, taken]);
  const first = tab(at, { clock: still });
  const run = first.submit();
  await pass(1_000);
  tab(at);
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
  await first.outbox.flush();
  expect(await run.accepted).toMatchObject({ id });
});

test('a tab whose lease has ended does not disturb the one that took over', async () => {
  let fail = (_: Error) => {};
  const late = () => new Promise<never>((_, reject) => (fail = reject));
  const at = site([late, hung, taken]);
  // A tab that slept: its request ends after another tab has begun to send.
  const slept = tab(at, {}, { requestTimeoutMs: 10_000_000 });
  slept.submit();
  await pass(100);
  const kept = at.disk.records.get(id) as { lease: object };
  at.disk.records.set(id, { ...kept, lease: { ...kept.lease, until: Date.now() } });
  const other = tab(at);
  await pass(40_000);
  expect(at.sent).toHaveLength(2);
  fail(new TypeError('no response'));
  await pass(100);
  expect(await states(other)).toEqual(['sending 2']);
});

test('the next page waits on, sends what had no answer, and gets its result', async () => {
  const at = site([lost, taken], [() => Response.json(null), record({ status: 'done', value: 1 })]);
  const first = tab(at);
  const handle = JSON.parse(JSON.stringify(first.submit()));
  await pass(1_000);
  first.kill();
  const next = tab(at);
  const run = next.webhook.resume(handle);
  await pass(32_000);
  expect(await run.accepted).toMatchObject({ id });
  const result = run.result();
  await pass(5_000);
  expect(await result).toBe(1);
  expect(at.sent).toHaveLength(2);
  expect(await states(next)).toEqual([]);
});

test('what is promised does not depend on the page that made it: any page with an outbox sends it', async () => {
  const at = site([lost, taken]);
  const first = tab(at);
  first.submit();
  await pass(1_000);
  first.kill();
  const elsewhere = tab(
    at,
    {},
    { url: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000009' },
  );
  await pass(32_000);
  expect(at.sent).toHaveLength(2);
  expect(await states(elsewhere)).toEqual(['waiting 2']);
});

test('a run that is not kept any more looks for its result all the same', async () => {
  const at = site([hung], [record({ status: 'done', value: 2 })]);
  const { webhook } = tab(at);
  const run = webhook.resume({ id, submittedAt: Date.now(), timeoutMs: 60_000 });
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  const result = run.result();
  await pass(2_000);
  expect(await result).toBe(2);
});

test('what Mechanic refused for one tab is refused for all', async () => {
  const at = site([lost, refusal(410)]);
  const first = tab(at, { clock: still });
  const run = first.submit();
  await pass(1_000);
  tab(at);
  await pass(32_000);
  await first.outbox.flush();
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'rejected', observed: { status: 410 } });
});
