import fc from 'fast-check';
import { createOutbox, type OutboxRecord, type RecordStore } from 'mechanic-storefront/outbox';
import { expect } from 'vitest';
import { handClock, pageStandIn } from '../support/clock.ts';
import { fuzz } from '../support/fuzz.ts';
import { hostileJson, hostileText } from '../support/hostile.ts';
import { id, webhookUrl } from '../support/mechanic.ts';

const sound: OutboxRecord = {
  id,
  url: webhookUrl,
  contentType: 'application/json',
  body: '{"sound":true}',
  state: 'queued',
  scope: 'guest',
  createdAt: 0,
  expiresAt: 3_600_000,
  dueAt: 0,
  notBefore: 0,
  attempts: 1,
  awaitsResult: false,
  limitMs: 10_000,
  lease: null,
};

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom<unknown>(0, 1e308, -1e308, '1', null));
const states = ['queued', 'sending', 'waiting', 'parked', 'accepted', 'rejected', 'expired', 'discarded'];
const sick = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          url: fc.oneof(fc.constantFrom('javascript:1', 'https://a:b@c.test', ''), hostileText, hostileJson),
          contentType: fc.oneof(hostileText, hostileJson),
          body: fc.oneof(hostileJson, hostileText),
          state: fc.oneof(fc.constantFrom(...states), hostileText),
          scope: fc.oneof(fc.constant('guest'), hostileJson),
          createdAt: number,
          expiresAt: number,
          dueAt: number,
          notBefore: number,
          attempts: number,
          limitMs: number,
          lease: fc.oneof(
            hostileJson,
            fc.record({ holder: hostileJson, until: fc.oneof(number, hostileJson) }),
          ),
        },
        { requiredKeys: [] },
      )
      .chain((fields) => fc.uuid().map((id) => ({ ...sound, id, ...fields }))),
  },
  { weight: 1, arbitrary: hostileJson },
);

/** A disk on which somebody has written with other tools. */
function disk(records: readonly unknown[]) {
  const kept = [...records];
  let calls = 0;
  const at = (id: string) => kept.findIndex((record) => (record as OutboxRecord | null)?.id === id);
  const store: RecordStore = {
    async all() {
      calls++;
      return structuredClone(kept);
    },
    async put(record) {
      kept.push(record);
    },
    async update(id, change) {
      calls++;
      const changed = change(kept[at(id)] as OutboxRecord);
      if (changed) kept[at(id)] = changed;
      if (changed === null) kept.splice(at(id), 1);
      return changed ?? undefined;
    },
    async clear() {
      kept.length = 0;
    },
  };
  return {
    store,
    get calls() {
      return calls;
    },
  };
}

const HOUR_MS = 3_600_000;

fuzz(
  'the records of an outbox',
  fc.tuple(fc.array(sick, { maxLength: 3 }), fc.nat(3)),
  async ([others, place]) => {
    const time = handClock();
    const kept = disk([...others.slice(0, place), sound, ...others.slice(place)]);
    const sent: RequestInit[] = [];
    const bodies: unknown[] = [];
    const outbox = createOutbox({
      store: kept.store,
      clock: time.clock,
      attention: pageStandIn().attention,
      random: () => 0.5,
      async fetch(url, init = {}) {
        bodies.push(init.body);
        // As the browser's `fetch` does.
        new Headers(init.headers);
        if (url === webhookUrl && init.body === sound.body) sent.push(init);
        return new Response(null, { status: 204 });
      },
    });
    await outbox.entries();
    await time.pass(1_000);
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    const mine = sent.filter(({ headers }) => new Headers(headers).get('content-type') === sound.contentType);
    expect(mine.length).toBeGreaterThan(0);
    expect(bodies.filter((body) => typeof body !== 'string')).toEqual([]);
    await time.pass(HOUR_MS - 1_000);
    // A page that asks its disk again and again would be felt.
    expect(kept.calls).toBeLessThan(400);
    outbox.close();
    expect(time.waiting).toBeLessThan(2);
  },
);
