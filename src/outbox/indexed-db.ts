import { type IDBPDatabase, openDB } from 'idb';
import { isRecord } from './record.js';
import type { RecordStore } from './store.js';

const STORE = 'submissions';

/**
 * Records in IndexedDB: of all that pages have, it alone survives a browser that is killed right after the write.
 * The database is opened at once, since opening it in the tick of a navigation loses the write (Chromium).
 */
export function indexedDbStore(name: string): RecordStore {
  let open: IDBPDatabase | undefined;
  let opening: Promise<IDBPDatabase> | undefined;
  const forget = () => {
    open?.close();
    open = undefined;
    opening = undefined;
  };

  // Where storage is blocked, this throws.
  async function connect(): Promise<IDBPDatabase> {
    opening ??= openDB(name, 1, {
      upgrade: (database) => void database.createObjectStore(STORE, { keyPath: 'id' }),
      // Another tab wants to delete it, or the browser has closed it.
      blocking: forget,
      terminated: forget,
    });
    open = await opening;
    return open;
  }

  /** Runs in the tick of the call when the database is open already. */
  async function store<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(open ?? (await connect()));
    } catch (error) {
      // The connection may be dead without having said so.
      forget();
      throw error;
    }
  }
  store(async () => {}).catch(() => {});

  return {
    all: () => store((database) => database.getAll(STORE)),
    put: (record) =>
      store(async (database) => {
        const tx = database.transaction(STORE, 'readwrite');
        tx.store.put(record).catch(() => {});
        tx.commit();
        await tx.done;
      }),
    update: (id, change) =>
      store(async (database) => {
        const tx = database.transaction(STORE, 'readwrite');
        const record: unknown = await tx.store.get(id);
        const changed = isRecord(record) ? change(record) : undefined;
        if (changed === null) await tx.store.delete(id);
        if (changed) await tx.store.put(changed);
        await tx.done;
        return changed ?? undefined;
      }),
    clear: () => store((database) => database.clear(STORE)),
  };
}
