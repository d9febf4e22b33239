import type { Clock } from '../polling/clock.js';
import { isRecord, type OutboxRecord } from './record.js';
import { type Change, memoryStore, type RecordStore } from './store.js';

export type Place = 'disk' | 'memory';

/** Longer than a write takes. Storage that is blocked may never answer. */
const PATIENCE_MS = 1_000;

/**
 * Records on disk, and in memory what cannot be there: storage may be blocked, full, or never answer. No call fails;
 * what `put` returns says what a page may promise.
 */
export class Shelter {
  readonly #memory = memoryStore();
  readonly #disk: RecordStore | undefined;
  readonly #clock: Clock;
  /** Where records of this page are, or will be once that is known. */
  readonly #places = new Map<string, Promise<Place>>();

  constructor(disk: RecordStore | undefined, clock: Clock) {
    this.#disk = disk;
    this.#clock = clock;
  }

  /** All that can be read. */
  async all(): Promise<OutboxRecord[]> {
    const [disk, memory] = await Promise.all([this.#tried((store) => store.all()), this.#memory.all()]);
    return [...(disk ?? []), ...memory].filter(isRecord);
  }

  /**
   * Begins to write in this tick.
   * @param mayLast whether it may be kept for longer than the page lives
   */
  put(record: OutboxRecord, mayLast: boolean): Promise<Place> {
    const place = this.#put(record, mayLast);
    this.#places.set(record.id, place);
    return place;
  }

  async #put(record: OutboxRecord, mayLast: boolean): Promise<Place> {
    const write = mayLast && this.#disk?.put(record);
    if (write && (await this.#inTime(write.then(() => true)))) return 'disk';
    await this.#memory.put(record);
    // A write that is done after all would be a second record of it.
    if (write) write.then(() => this.#disk?.update(record.id, () => null)).catch(() => {});
    return 'memory';
  }

  /** As {@link RecordStore.update}; `undefined` also when storage does not answer. */
  async update(id: string, change: Change): Promise<OutboxRecord | undefined> {
    const place = await this.#places.get(id);
    if (place === 'memory') return this.#memory.update(id, change);
    return this.#tried((store) => store.update(id, change));
  }

  /** Where a record is. One of an earlier page is on disk. */
  async placeOf(id: string): Promise<Place> {
    return (await this.#places.get(id)) ?? 'disk';
  }

  async clear(): Promise<void> {
    this.#places.clear();
    await Promise.all([this.#memory.clear(), this.#tried((store) => store.clear())]);
  }

  #tried<T>(call: (store: RecordStore) => Promise<T>): Promise<T | undefined> {
    return this.#disk ? this.#inTime(call(this.#disk)) : Promise.resolve(undefined);
  }

  #inTime<T>(promise: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(PATIENCE_MS, () => resolve(undefined));
      promise.then(resolve, () => resolve(undefined)).finally(cancel);
    });
  }
}
