import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { id } from '../support/mechanic.ts';
import { type Answer, useNetwork } from '../support/network.ts';
import { hung, lost, pass, refusal, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();

test('a submission is on the disk and on its way in the tick of the call', () => {
  const at = site([hung]);
  const { submit } = tab(at);
  submit();
  expect([...at.disk.records.keys()]).toEqual([id]);
  return Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => expect(at.sent).toHaveLength(1));
});

test('it is sent, too, when storage does not answer', async () => {
  const at = site([taken]);
  const { outbox, submit, kill } = tab(at, { store: { ...at.disk.connect().store, put: hung as never } });
  const run = submit();
  await pass(10);
  expect(at.sent).toHaveLength(1);
  expect(await run.accepted).toMatchObject({ id });
  expect(await outbox.entries()).toHaveLength(1);
  kill();
});

test('what arrives at once is sent once', async () => {
  const at = site([taken]);
  const page = tab(at);
  const run = page.submit();
  expect(await run.accepted).toMatchObject({ id });
  await pass(86_000_000);
  expect(at.sent).toHaveLength(1);
});

test('a submission without an answer is sent again after 30 s, and then after pauses that grow to 5 min', async () => {
  const at = site([lost]);
  tab(at).submit();
  await pass(3_600_000);
  const pauses = at.sent.slice(1).map((post, n) => Math.round((post.at - (at.sent[n]?.at ?? 0)) / 1_000));
  expect(pauses).toEqual([30, 60, 120, 240, 300, 300, 300, 300, 300, 300, 300]);
});

test('jitter makes pauses longer, by a quarter at most, also at the cap', async () => {
  const at = site([lost]);
  tab(at, { random: () => 0.8 }).submit();
  await pass(3_600_000);
  const pauses = at.sent.slice(1).map((post, n) => Math.round((post.at - (at.sent[n]?.at ?? 0)) / 1_000));
  expect(pauses.slice(0, 6)).toEqual([36, 72, 144, 288, 360, 360]);
});

test('a task whose dedupe is atomic gets its repeat after 2 s', async () => {
  const at = site([lost, taken]);
  tab(at, { atomic: true }).submit();
  await pass(2_100);
  expect(at.sent).toHaveLength(2);
});

test('every attempt has the same bytes, also from the next page', async () => {
  const at = site([lost, lost, lost, taken]);
  const first = tab(at);
  const data = { a: 1, list: ['x', { y: null }], text: 'ä😀' };
  first.webhook.submit(data, { id });
  // What is submitted is what it was then.
  data.a = 2;
  await pass(31_000);
  first.kill();
  tab(at);
  await pass(600_000);
  expect(at.sent).toHaveLength(4);
  expect(new Set(at.sent.map(({ body, contentType }) => `${contentType} ${body}`)).size).toBe(1);
  expect(JSON.parse(at.sent[3]?.body ?? '')).toEqual({
    a: 1,
    list: ['x', { y: null }],
    text: 'ä😀',
    uuid: id,
  });
});

test.each([429, 430, 503])('a %i is waited out for as long as it says, and at least 30 s', async (code) => {
  const at = site([refusal(code, { 'retry-after': '45' }), refusal(code, { 'retry-after': '6' }), taken]);
  const run = tab(at).submit();
  await pass(44_000);
  expect(at.sent).toHaveLength(1);
  await pass(2_000);
  expect(at.sent).toHaveLength(2);
  await pass(60_000);
  expect(at.sent).toHaveLength(3);
  expect(await run.accepted).toMatchObject({ id });
});

test.each([408, 425, 500, 502, 504])('a %i is not the last word', async (code) => {
  const at = site([refusal(code), taken]);
  const run = tab(at).submit();
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
  expect(await run.accepted).toMatchObject({ id });
});

test.each([400, 404, 413])('a %i is final: nothing is repeated, and the body goes', async (code) => {
  const at = site([refusal(code)]);
  const page = tab(at);
  const run = page.submit();
  const result = errorOf(run.result());
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'rejected', delivered: 'no' });
  expect((await result).code).toBe('rejected');
  await pass(3_600_000);
  expect(at.sent).toHaveLength(1);
  expect(await states(page)).toEqual(['rejected 1']);
  expect(at.disk.records.get(id)).toMatchObject({ body: null, status: code });
});

test('a page that comes back learns of the refusal', async () => {
  const at = site([refusal(404)]);
  const first = tab(at);
  const handle = JSON.parse(JSON.stringify(first.submit()));
  await pass(100);
  first.kill();
  const error = await errorOf(tab(at).webhook.resume(handle).accepted);
  expect(error).toMatchObject({ code: 'rejected', delivered: 'no', observed: { status: 404 } });
});

test('after twelve attempts it is parked, until it is asked for', async () => {
  const at = site([...Array<Answer>(12).fill(lost), taken] as [Answer]);
  const page = tab(at);
  const run = page.submit();
  await pass(7_200_000);
  expect(at.sent).toHaveLength(12);
  expect(await states(page)).toEqual(['parked 12']);
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  await page.outbox.flush();
  await pass(1_000);
  expect(at.sent).toHaveLength(12);
  await page.outbox.flush({ parked: true });
  await pass(1_000);
  expect(at.sent).toHaveLength(13);
  expect(await states(page)).toEqual(['waiting 1']);
});

test('the same UUID, submitted again while it is under way, is no second copy', async () => {
  const at = site([lost, taken]);
  const { submit } = tab(at);
  const first = submit();
  await pass(1_000);
  const again = submit();
  await pass(1_000);
  expect(at.sent).toHaveLength(1);
  await pass(30_000);
  expect(at.sent).toHaveLength(2);
  expect(await again.accepted).toEqual(await first.accepted);
});
