import type { OutboxRecord, RecordStore } from 'mechanic-storefront/outbox';
import type { Time } from './time.ts';

/** How the device's storage behaves. `silent` never answers, `full` takes no new record. */
export type DiskMode = 'sound' | 'blocked' | 'silent' | 'full';

const TRANSACTION_MS = 2;

/** The storage that the pages of one device share. A page that is killed loses what it had not committed. */
export class Disk {
  readonly records = new Map<string, OutboxRecord>();
  readonly #time: Time;
  readonly #mode: DiskMode;

  constructor(time: Time, mode: DiskMode) {
    this.#time = time;
    this.#mode = mode;
  }

  /** The storage, as a page reaches it while it lives. */
  storeFor(page: object): RecordStore {
    const transaction = <T>(work: () => T, isWrite = false) =>
      new Promise<T>((resolve, reject) => {
        if (this.#mode === 'silent') return;
        const end = () => {
          if (this.#mode === 'blocked' || (this.#mode === 'full' && isWrite)) reject(new Error(this.#mode));
          else resolve(work());
        };
        // A timer of the page's own goes with the page.
        this.#time.after(TRANSACTION_MS, end, page);
      });
    const { records } = this;
    return {
      all: () => transaction(() => [...records.values()]),
      put: (record) => transaction(() => void records.set(record.id, structuredClone(record)), true),
      update: (id, change) =>
        transaction(() => {
          const record = records.get(id);
          const changed = record && change(structuredClone(record));
          if (changed === null) records.delete(id);
          if (changed) records.set(id, structuredClone(changed));
          return changed ?? undefined;
        }),
      clear: () => transaction(() => records.clear()),
    };
  }
}
