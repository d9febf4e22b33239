import { cacheEndpoint } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf, reasonOf } from '../support/errors.ts';
import { cacheUrl, id, otherId } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { hung, lost, pass, record, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();
const nothing = () => Response.json(null);
const done = record({ status: 'done', value: 1 });

test('until its result has come, a submission that was taken is kept without its body', async () => {
  const at = site([taken], [nothing, done]);
  const page = tab(at);
  const run = page.submit();
  await run.accepted;
  await pass(500);
  expect(await states(page)).toEqual(['waiting 1']);
  expect(at.disk.records.get(id)).toMatchObject({ body: null, lease: null });
  const result = run.result();
  await pass(3_000);
  expect(await result).toBe(1);
  expect(at.disk.records.size).toBe(0);
});

test('without a place for results, what was taken is accepted', async () => {
  const at = site([taken]);
  const page = tab(at, {}, { result: undefined });
  await page.submit().accepted;
  await pass(100);
  expect(await states(page)).toEqual(['accepted 1']);
});

test('a result with its UUID ends the sending, though no attempt was answered', async () => {
  const at = site([lost], [nothing, done]);
  const run = tab(at).submit();
  const result = run.result();
  await pass(3_000);
  expect(await result).toBe(1);
  expect(await run.accepted).toMatchObject({ id });
  await pass(3_600_000);
  expect(at.sent).toHaveLength(1);
  expect(at.disk.records.size).toBe(0);
});

test('a task that failed has had it, too', async () => {
  const at = site([lost], [record({ status: 'failed' })]);
  const error = errorOf(tab(at).submit().result());
  await pass(3_000);
  expect((await error).code).toBe('task_failed');
  await pass(3_600_000);
  expect(at.sent).toHaveLength(1);
  expect(at.disk.records.size).toBe(0);
});

test('a task that is at work on it has it', async () => {
  const at = site([lost], [record({ status: 'working', progress: 0.1 })]);
  const page = tab(at);
  const run = page.submit();
  void run.result();
  await pass(3_000);
  expect(await run.accepted).toMatchObject({ id });
  expect(await states(page)).toEqual(['waiting 1']);
  await pass(300_000);
  expect(at.sent).toHaveLength(1);
});

test("another run's result, and nothing yet, prove nothing", async () => {
  const at = site([lost], [() => Response.json({ [otherId]: { status: 'done', value: 1 } })]);
  void tab(at).submit().result();
  await pass(32_000);
  expect(at.sent).toHaveLength(2);
});

test('a value that is taken for its result by something else than the UUID does not end the sending', async () => {
  const at = site([lost, taken], [() => Response.json({ total: 1 })]);
  const page = tab(at, {}, { result: cacheEndpoint(cacheUrl, { match: () => true }) });
  const result = page.submit().result();
  await pass(3_000);
  expect(await result).toEqual({ total: 1 });
  await pass(30_000);
  expect(at.sent).toHaveLength(2);
  expect(await states(page)).toEqual(['waiting 2']);
});

test('giving up the wait for a result gives up nothing that was submitted', async () => {
  const at = site([lost, taken]);
  const stop = new AbortController();
  const run = tab(at).submit();
  const result = reasonOf(run.result({ signal: stop.signal }));
  await pass(1_000);
  stop.abort('left');
  expect(await result).toBe('left');
  await pass(32_000);
  expect(at.sent).toHaveLength(2);
});

test('nor does a deadline, and nobody has to catch it', async () => {
  const at = site([lost, taken]);
  const run = tab(at).submit();
  // Its error is nobody's: an unhandled rejection would fail this.
  void run.result({ timeoutMs: 5_000 });
  await pass(42_000);
  expect(at.sent).toHaveLength(2);
});

test('at its deadline, what the outbox still has is told with its words; what has arrived is only late', async () => {
  const at = site([lost, taken]);
  const page = tab(at, { words: { disk: 'Gespeichert.' } });
  const run = page.submit();
  const early = errorOf(run.result({ timeoutMs: 5_000 }));
  await pass(10_000);
  expect(await early).toMatchObject({
    id,
    code: 'timeout',
    delivered: 'unknown',
    message: expect.stringMatching(/The outbox still has it, and goes on\.$/),
    observed: { taskMessage: 'Gespeichert.', attempts: expect.any(Number) },
  });
  const late = errorOf(run.result({ timeoutMs: 60_000 }));
  await pass(90_000);
  expect((await late).observed).not.toHaveProperty('taskMessage');
  expect(await late).toMatchObject({ code: 'timeout', delivered: undefined });
});

test('a run that is known to have arrived has, whatever the outbox remembers', async () => {
  const handle = { id, submittedAt: Date.now(), timeoutMs: 60_000, acceptedAt: 1 };
  const run = tab(site([lost])).webhook.resume(handle);
  expect(await run.accepted).toEqual({ id, acceptedAt: 1, requestId: null });
});

test('a submission that is aborted is not sent again', async () => {
  const at = site([hung]);
  const page = tab(at);
  const stop = new AbortController();
  const run = page.submit({ signal: stop.signal });
  await pass(1_000);
  stop.abort('left');
  expect(await reasonOf(run.accepted)).toBe('left');
  await pass(60_000);
  expect(at.sent).toHaveLength(1);
  expect(await states(page)).toEqual(['discarded 1']);
  expect(at.disk.records.get(id)).toMatchObject({ body: null });
});

test('one that was aborted before is not even kept', async () => {
  const at = site([taken]);
  const run = tab(at).submit({ signal: AbortSignal.abort('early') });
  expect(await reasonOf(run.accepted)).toBe('early');
  await pass(60_000);
  expect(at.sent).toHaveLength(0);
  expect(at.disk.records.size).toBe(0);
});

test('what a page gives up by its UUID is not sent again', async () => {
  const at = site([lost]);
  const page = tab(at);
  const run = page.submit();
  await pass(1_000);
  await page.outbox.discard(run.id);
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  await pass(60_000);
  expect(at.sent).toHaveLength(1);
});

test('with a baseline, the submission is kept at once, and its first attempt waits for the baseline', async () => {
  const at = site(
    [lost, taken],
    [lost, () => Response.json(1), () => Response.json(1), () => Response.json(2)],
  );
  const page = tab(at, {}, { result: cacheEndpoint(cacheUrl, { match: 'changed' }) });
  const run = page.submit();
  expect(at.disk.records.size).toBe(1);
  const result = run.result();
  await pass(40_000);
  expect(at.sent.length).toBeGreaterThan(0);
  expect(await result).toBe(2);
});
