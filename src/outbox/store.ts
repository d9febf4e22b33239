import type { OutboxRecord } from './record.js';

/** Where records are kept. Each call is one transaction. */
export interface RecordStore {
  /** Everything that is there, readable or not. */
  all(): Promise<unknown[]>;
  /** Begins to write in this very tick, since the page may be about to go. */
  put(record: OutboxRecord): Promise<void>;
  /**
   * Reads a record and writes what `change` makes of it, with nobody in between; `undefined` leaves it as it is, `null`
   * deletes it. Returns what was written.
   */
  update(id: string, change: Change): Promise<OutboxRecord | undefined>;
  clear(): Promise<void>;
}

export type Change = (record: OutboxRecord) => OutboxRecord | null | undefined;

/** Records for as long as the page lives. */
export function memoryStore(): RecordStore {
  const records = new Map<string, OutboxRecord>();
  return {
    all: async () => [...records.values()],
    async put(record) {
      records.set(record.id, record);
    },
    async update(id, change) {
      const record = records.get(id);
      const changed = record && change(record);
      if (changed === null) records.delete(id);
      if (changed) records.set(id, changed);
      return changed ?? undefined;
    },
    clear: async () => records.clear(),
  };
}
