import { createOutbox, type OutboxRecord, type RecordStore } from 'mechanic-storefront/outbox';
import { expect, onTestFinished, test, vi } from 'vitest';
import { id, webhookUrl } from '../support/mechanic.ts';
import { accepted, noResponse, silence, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();

/** A page whose storage holds a record, as somebody else may have written it. */
function pageWith(wrong: object = {}) {
  stopTime();
  const now = Date.now();
  const times = { createdAt: now, expiresAt: now + 36_000_000, dueAt: now, notBefore: now, limitMs: 10_000 };
  let record = {
    ...{ id, url: webhookUrl, contentType: 'text/plain', body: 'x', state: 'queued', scope: 'guest' },
    ...{ ...times, attempts: 0, lease: null, awaitsResult: false },
    ...wrong,
  } as OutboxRecord;
  const looks: number[] = [];
  const store: RecordStore = {
    async all() {
      looks.push(Date.now());
      return [record];
    },
    async update(_, change) {
      record = change(record) ?? record;
      return record;
    },
    put: async () => {},
    clear: async () => {},
  };
  const outbox = createOutbox({ store, random: () => 0.5 });
  onTestFinished(() => outbox.close());
  return { outbox, looks };
}

test.each<[string, object]>([
  ['no body', { body: null }],
  ['a body that is no text', { body: 7 }],
  ['fewer attempts than none', { attempts: -55 }],
  ['a limit below 0', { limitMs: -400_001, dueAt: Date.now() }],
  ['a lease without an end', { state: 'sending', lease: {} }],
])('a record with %s is not sent, and does not keep the page busy', async (_, wrong) => {
  const { outbox, looks } = pageWith(wrong);
  await pass(60_000);
  expect(await outbox.entries()).toEqual([]);
  expect(looks.length).toBeLessThan(10);
});

test('a clock that is set back by an hour does not put off the next attempt', async () => {
  const posts = network.answer(webhookUrl, noResponse, accepted);
  pageWith();
  await pass(1_000);
  expect(posts).toHaveLength(1);
  vi.setSystemTime(Date.now() - 3_600_000);
  await pass(500_000);
  expect(posts).toHaveLength(2);
});

test('what is being sent while the clock is set back is not sent twice at once', async () => {
  const posts = network.answer(webhookUrl, silence, accepted);
  const { outbox } = pageWith();
  await pass(1_000);
  vi.setSystemTime(Date.now() - 3_600_000);
  await outbox.flush();
  await pass(25_000);
  expect(posts).toHaveLength(1);
  await pass(60_000);
  expect(posts).toHaveLength(2);
});
