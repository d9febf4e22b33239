import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { id } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { lost, record, site, states, tab, taken } from '../support/outbox.ts';
import { pass, turns } from '../support/time.ts';

useNetwork();
let databases = 0;

/** Tabs of one site, whose device has a database. */
function indexed(...answers: Parameters<typeof site>) {
  const at = site(...answers);
  const name = `outbox-${++databases}`;
  return { at, name, open: () => tab(at, { store: undefined, name }) };
}

test('what a page submits is in its database, as bytes, also when the page stops there', async () => {
  const { name, open } = indexed([lost]);
  const page = open();
  await turns();
  page.submit();
  page.outbox.close();
  await turns();
  const database = await openDB(name);
  expect(await database.get('submissions', id)).toMatchObject({ id, attempts: 1, body: expect.any(String) });
  database.close();
});

test('the next page sends what is in the database, and a result empties it', async () => {
  const { at, open } = indexed([lost, taken], [record({ value: 1 })]);
  const first = open();
  await turns();
  const run = first.submit();
  await pass(500);
  first.kill();
  const next = open();
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
  expect(at.sent[1]?.body).toBe(at.sent[0]?.body);
  expect(await states(next)).toEqual(['waiting 2']);
  const value = next.webhook.resume(run.toJSON()).result();
  await pass(1_500);
  expect(await value).toEqual({ value: 1 });
  expect(await states(next)).toEqual([]);
});

test('of five tabs on one database, one sends', async () => {
  const { at, open } = indexed([lost, taken]);
  const first = open();
  await turns();
  first.submit();
  const others = [open(), open(), open(), open()];
  await pass(32_000);
  await Promise.all(others.map(({ outbox }) => outbox.flush()));
  await pass(500);
  expect(at.sent).toHaveLength(2);
});

test('what is corrupt in the database does not stop the others', async () => {
  const { at, name, open } = indexed([lost, taken]);
  const first = open();
  await turns();
  first.submit();
  await pass(500);
  first.kill();
  const database = await openDB(name);
  await database.put('submissions', { id: '0', body: 7 });
  database.close();
  const next = open();
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
  expect(await states(next)).toEqual(['waiting 2']);
});

test('a database that somebody deletes is made anew, and what this page had in it is gone', async () => {
  const { at, name, open } = indexed([lost, taken]);
  const page = open();
  await turns();
  page.submit();
  await pass(500);
  await deleteDB(name);
  await pass(60_000);
  expect(at.sent).toHaveLength(1);
  page.webhook.submit({ b: 2 });
  await pass(500);
  expect(await states(page)).toEqual(['waiting 1']);
});

test('where opening a database throws, the page sends from memory', async () => {
  const { at, open } = indexed([lost, taken]);
  const blocked = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  onTestFinished(() => blocked.mockRestore());
  const page = open();
  const run = page.submit();
  await pass(32_000);
  expect(at.sent).toHaveLength(2);
  expect(await run.accepted).toMatchObject({ id });
});
