import { createOutbox, type OutboxOptions, type RecordStore } from 'mechanic-storefront/outbox';
import { expect, onTestFinished, test } from 'vitest';
import { thrownBy } from '../support/errors.ts';
import { id, otherId } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { hung, lost, pass, record, type Site, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();
const fails = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
const throws = () => {
  throw new DOMException('blocked', 'SecurityError');
};

/** A tab on a storage in which some calls do not do what they should. */
const troubled = (at: Site, trouble: Partial<RecordStore>, options: OutboxOptions = {}) =>
  tab(at, { store: { ...at.disk.connect().store, ...trouble }, ...options });

/** What a page says of a submission that has no answer. */
async function told({ submit }: ReturnType<typeof tab>) {
  for await (const { phase, stored, message } of submit().updates())
    if (phase === 'waiting') return { stored, message };
  return undefined;
}

const saved = {
  stored: 'disk',
  message: 'Saved on this device. It will be sent as soon as there is a connection.',
};
const unsaved = {
  stored: 'memory',
  message: 'There is no connection. Please keep this page open: it will be sent as soon as there is one.',
};

test('a shopper is told that it is saved', async () => {
  expect(await told(tab(site([lost])))).toEqual(saved);
});

test('the words can be others', async () => {
  const words = { disk: 'Gespeichert.', memory: 'Seite offen lassen.' };
  expect(await told(tab(site([lost]), { words }))).toEqual({ stored: 'disk', message: 'Gespeichert.' });
  expect(await told(tab(site([lost]), { words, persist: false, store: undefined }))).toEqual({
    stored: 'memory',
    message: 'Seite offen lassen.',
  });
});

test('nothing is said of it any more once it has arrived', async () => {
  const at = site([lost, taken], [() => Response.json(null)]);
  const run = tab(at).submit();
  const updates = run.updates();
  await pass(32_000);
  await run.accepted;
  for await (const { phase, stored, message } of updates) {
    if (phase !== 'accepted') continue;
    expect([stored, message]).toEqual([undefined, undefined]);
    break;
  }
});

test.each<[string, Partial<RecordStore>]>([
  ['is full', { put: fails }],
  ['is blocked', { all: throws, put: throws, update: throws, clear: throws }],
  ['never answers', { all: hung as never, put: hung as never, update: hung as never, clear: hung as never }],
])('where storage %s, a page sends from memory, and says so', async (_, trouble) => {
  const at = site([lost, lost, taken], [() => Response.json(null), record({ status: 'done', value: 1 })]);
  const page = troubled(at, trouble);
  const run = page.submit();
  const said: unknown[] = [];
  void (async () => {
    for await (const { phase, stored, message } of run.updates())
      if (phase === 'waiting' && stored) said.push({ stored, message });
  })();
  await pass(110_000);
  expect(said[0]).toEqual(unsaved);
  expect(at.sent).toHaveLength(1);
  expect(await run.result()).toBe(1);
});

test('storage that stops answering does not stop the sending', async () => {
  const at = site([lost, lost, taken]);
  const { store } = at.disk.connect();
  let isStuck = false;
  const stuck =
    <A extends unknown[], T>(call: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> =>
      isStuck ? (hung() as never) : call(...given);
  const page = tab(at, {
    store: { all: stuck(store.all), put: stuck(store.put), update: stuck(store.update), clear: store.clear },
  });
  const run = page.submit();
  await pass(1_000);
  isStuck = true;
  await pass(40_000);
  expect(at.sent).toHaveLength(2);
  await pass(70_000);
  expect(await run.accepted).toMatchObject({ id });
  expect(at.sent).toHaveLength(3);
});

test('a write that comes late is kept up with, and lost by nobody', async () => {
  const at = site([lost, taken]);
  const { store } = at.disk.connect();
  let write = () => {};
  const late = (...given: Parameters<RecordStore['put']>) =>
    new Promise<void>((resolve) => {
      write = () => void store.put(...given).then(resolve);
    });
  const page = tab(at, { store: { ...store, put: late } });
  page.submit();
  await pass(5_000);
  write();
  await pass(100);
  page.kill();
  tab(at);
  await pass(60_000);
  expect(at.sent).toHaveLength(2);
});

/** A storage whose reads take longer than a page waits for one, as long as `isSlow()`. */
function slowReads(at: Site, isSlow: () => boolean): RecordStore {
  const { store } = at.disk.connect();
  return { ...store, all: () => (isSlow() ? (hung() as never) : store.all()) };
}

test('storage that is slow to answer has not said that a submission is gone', async () => {
  const at = site([lost, taken]);
  const first = tab(at);
  const run = first.submit();
  await pass(100);
  first.kill();
  let isSlow = true;
  const page = tab(at, { store: slowReads(at, () => isSlow) });
  const resumed = page.webhook.resume(JSON.parse(JSON.stringify(run)));
  await pass(3_000);
  isSlow = false;
  await pass(60_000);
  expect(await resumed.accepted).toMatchObject({ id });
  expect(at.sent).toHaveLength(2);
});

test('storage that never answers ends the wait for its word, and not the wait for the result', async () => {
  const at = site([taken], [() => Response.json(null), record({ status: 'done', value: 1 })]);
  const page = tab(at, { store: slowReads(at, () => true) });
  const run = page.webhook.resume({ id, submittedAt: Date.now(), timeoutMs: 60_000 });
  const told = run.accepted.catch((error) => error);
  const value = run.result();
  await pass(10_000);
  expect(await told).toMatchObject({ code: 'network', delivered: 'unknown' });
  expect(await value).toBe(1);
});

test('a full device makes room for nothing by itself: what is kept stays, and the next one is in memory', async () => {
  const at = site([lost]);
  const page = tab(at, { maxRecords: 1 });
  page.submit({ id: otherId });
  await pass(100);
  expect(await told(page)).toEqual(unsaved);
  expect([...at.disk.records.keys()]).toEqual([otherId]);
  expect(await states(page)).toEqual(['queued 1', 'queued 1']);
});

test.each<[string, OutboxOptions]>([
  ['maxRecordBytes', { maxRecordBytes: 20 }],
  ['maxBytes', { maxBytes: 20 }],
])('what is more than %s is in memory', async (_, options) => {
  const at = site([lost]);
  expect(await told(tab(at, options))).toEqual(unsaved);
  expect(at.disk.records.size).toBe(0);
});

test('by default there is room for 20 submissions', async () => {
  const at = site([hung]);
  const { webhook } = tab(at);
  for (let n = 0; n < 21; n++) webhook.submit({ n });
  expect(at.disk.records.size).toBe(20);
});

test.each([
  [256 * 1_024, 1],
  [256 * 1_024 + 1, 0],
])('a submission of %i bytes: %i on the device', (bytes, kept) => {
  const at = site([hung]);
  const length = bytes - JSON.stringify({ text: '', uuid: id }).length;
  tab(at).webhook.submit({ text: 'x'.repeat(length) }, { id });
  expect(at.disk.records.size).toBe(kept);
});

test('and for a mebibyte in all, of which bytes count, not characters', () => {
  const at = site([hung]);
  const { webhook } = tab(at);
  for (let n = 0; n < 9; n++) webhook.submit({ text: 'ä'.repeat(60_000) });
  expect(at.disk.records.size).toBe(8);
});

test('a corrupt record does not stop the others', async () => {
  const at = site([lost, taken]);
  const first = tab(at);
  first.submit();
  await pass(100);
  first.kill();
  const whole = at.disk.records.get(id) as object;
  const corrupt = [null, 7, {}, { ...whole, id: 7 }, { ...whole, dueAt: 'x' }, { ...whole, body: 7 }];
  const after = new Map([...corrupt.map((value, n) => [`${n}`, value] as const), [id, whole] as const]);
  at.disk.records.clear();
  for (const [key, value] of after) at.disk.records.set(key, value);
  const next = tab(at);
  await pass(40_000);
  expect(at.sent).toHaveLength(2);
  expect(await states(next)).toEqual(['waiting 2']);
});

test('what is over does not pile up', async () => {
  const at = site([taken]);
  const { webhook } = tab(at, { maxRecords: 3 }, { result: undefined });
  for (let n = 0; n < 9; n++) {
    await webhook.submit({ n }).accepted;
    await pass(100);
  }
  expect(at.disk.records.size).toBe(3);
});

test('options are checked', () => {
  for (const options of [{ scope: 7 }, { maxRecords: 0 }, { words: 'x' }, { unknown: 1 }]) {
    expect(thrownBy(() => createOutbox(options as never)).code).toBe('configuration');
  }
});

test('an outbox works without a place to keep things', async () => {
  const at = site([lost, taken]);
  const outbox = createOutbox({ persist: false });
  onTestFinished(() => outbox.close());
  expect(await outbox.entries()).toEqual([]);
  const page = tab(at, { persist: false, store: undefined });
  page.submit();
  await pass(31_000);
  expect(at.sent).toHaveLength(2);
});
