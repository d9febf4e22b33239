import type { Clock } from '../polling/clock.js';
import { isRecord, type OutboxRecord } from './record.js';
import type { Change, RecordStore } from './store.js';

export type Place = 'disk' | 'memory';

/** Longer than a write takes. Storage that is blocked may never answer. */
const PATIENCE_MS = 1_000;

/** A record that this page has put here. */
interface Own {
  /** As this page knows it: what storage does not take, or not answer for, is here alone. */
  record: OutboxRecord;
  place: Place;
  /** Settles once `place` is known. */
  isPut: Promise<unknown>;
  /** Whether it may be on disk, written late or by a call that was not waited for. */
  mayBeOnDisk: boolean;
}

/**
 * Records on disk, and in memory what cannot be there: storage may be blocked, full, slow, or never answer. No call
 * fails, and none takes longer than a short while.
 */
export class Shelter {
  readonly #own = new Map<string, Own>();
  readonly #disk: RecordStore | undefined;
  readonly #clock: Clock;

  constructor(disk: RecordStore | undefined, clock: Clock) {
    this.#disk = disk;
    this.#clock = clock;
  }

  /** All that can be read. @returns `isWhole`: storage has answered, so that what is missing is gone */
  async all(): Promise<{ records: OutboxRecord[]; isWhole: boolean }> {
    const written = [...this.#own.values()].filter(({ place }) => place === 'disk');
    const disk = await this.#tried((store) => store.all());
    const records = new Map((disk ?? []).filter(isRecord).map((record) => [record.id, record]));
    for (const [id, own] of this.#own) {
      const known = records.get(id);
      if (own.place === 'memory' || !disk) records.set(id, own.record);
      else if (known) own.record = known;
      // What was written after the look began is not in it; what was there before, another tab has deleted.
      else if (written.includes(own)) this.#own.delete(id);
      else records.set(id, own.record);
    }
    return { records: [...records.values()], isWhole: !this.#disk || !!disk };
  }

  /**
   * Begins to write in this tick. The place that it resolves with says what a page may promise.
   * @param mayLast whether it may be kept for longer than the page lives
   */
  put(record: OutboxRecord, mayLast: boolean): Promise<Place> {
    const own: Own = { record, place: 'memory', isPut: Promise.resolve(), mayBeOnDisk: mayLast };
    this.#own.set(record.id, own);
    if (mayLast) {
      own.isPut = this.#written(own, async (store) => {
        await store.put(record);
        return true;
      });
    }
    return this.placeOf(record.id);
  }

  /** As {@link RecordStore.update}; `undefined` also when storage does not answer for another page's record. */
  async update(id: string, change: Change): Promise<OutboxRecord | undefined> {
    const own = this.#own.get(id);
    if (own?.place === 'memory') return this.#remember(own, change);
    const answer = await this.#tried((store) => onDisk(store, id, change));
    if (!own) return answer?.changed ?? undefined;
    if (!answer) {
      own.place = 'memory';
      return this.#remember(own, change);
    }
    const { isThere, changed } = answer;
    if (changed) own.record = changed;
    // Deleted, here or by another tab.
    if (!isThere || changed === null) this.#own.delete(id);
    return changed ?? undefined;
  }

  /** Where a record is. One of an earlier page is on disk. */
  async placeOf(id: string): Promise<Place> {
    const own = this.#own.get(id);
    await own?.isPut;
    return own?.place ?? 'disk';
  }

  async clear(): Promise<void> {
    this.#own.clear();
    await this.#tried((store) => store.clear());
  }

  /** Changes the page's own copy, and storage in its wake, should it answer again. */
  #remember(own: Own, change: Change): OutboxRecord | undefined {
    const changed = change(own.record);
    if (changed) own.record = changed;
    if (changed === null) this.#own.delete(own.record.id);
    if (changed !== undefined && own.mayBeOnDisk) {
      void this.#written(own, async (store) => (await onDisk(store, own.record.id, () => changed)).isThere);
    }
    return changed ?? undefined;
  }

  /** Writes, and notes once it is written, however late. @param write resolves with whether it is there */
  async #written(own: Own, write: (store: RecordStore) => Promise<boolean>): Promise<void> {
    await this.#tried(async (store) => {
      if (await write(store)) own.place = 'disk';
    });
  }

  /** What storage answers in time. */
  #tried<T>(call: (store: RecordStore) => Promise<T>): Promise<T | undefined> {
    const disk = this.#disk;
    if (!disk) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const cancel = this.#clock.after(PATIENCE_MS, () => resolve(undefined));
      const answered = async () => call(disk);
      answered()
        .then(resolve, () => resolve(undefined))
        .finally(cancel);
    });
  }
}

/** {@link RecordStore.update}, and what it found. */
async function onDisk(store: RecordStore, id: string, change: Change) {
  let isThere = false;
  let changed: ReturnType<Change>;
  await store.update(id, (record) => {
    isThere = true;
    changed = change(record);
    return changed;
  });
  return { isThere, changed };
}
