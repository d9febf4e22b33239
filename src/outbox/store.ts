import type { OutboxRecord } from './record.js';

/** Where records are kept. Each call is one transaction. */
export interface RecordStore {
  /** Everything that is there, readable or not. */
  all(): Promise<unknown[]>;
  /** Begins to write in this very tick, since the page may be about to go. */
  put(record: OutboxRecord): Promise<void>;
  /**
   * Reads a record and writes what `change` makes of it, with nobody in between; `undefined` leaves it as it is, `null`
   * deletes it. Returns what was written. Where there is no record, `change` is not called.
   */
  update(id: string, change: Change): Promise<OutboxRecord | undefined>;
  /** Deletes everything. */
  clear(): Promise<void>;
}

/** What becomes of a record: another one, `null` to delete it, `undefined` to leave it. */
export type Change = (record: OutboxRecord) => OutboxRecord | null | undefined;
