import { type Json, show, toJson } from '../json.js';

/** What a cache key looks like. Source of fact: Mechanic docs, "Cache action". */
export const cacheKeyPattern = /^[a-z0-9_:\-./]+$/i;

/** The longest, and the default, time to live: 60 days. Source of fact: Mechanic docs, "Cache action". */
export const maxTtlSeconds = 5_184_000;

/** "256 kilobytes" in Mechanic's docs, read here as 256 × 1024 bytes of JSON. */
const maxValueBytes = 256 * 1024;

/** A cache entry. */
export interface CacheEntry {
  /** Its key. */
  key: string;
  /** A copy of what is stored. */
  value: Json;
  /** ISO 8601. */
  expiresAt: string;
}

/** The Mechanic cache. Keys and values are checked, and expired entries are gone. */
export class CacheStore {
  readonly #cells = new Map<string, { value: Json; expiresAtMs: number }>();

  /** A copy of the value; `undefined` when the key is missing. */
  get(key: string): Json | undefined {
    const cell = this.#cells.get(key);
    if (cell === undefined) return undefined;
    if (cell.expiresAtMs > Date.now()) return structuredClone(cell.value);
    this.#cells.delete(key);
    return undefined;
  }

  /**
   * Stores a value, with a new time to live.
   *
   * @throws Error when the key, the value's size or the time to live is not what Mechanic takes.
   */
  set(key: string, value: unknown, ttlSeconds: number = maxTtlSeconds): void {
    if (!cacheKeyPattern.test(key))
      throw new Error(`cache: key must match ${cacheKeyPattern}; received ${show(key)}`);
    if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > maxTtlSeconds) {
      throw new Error(`cache: ttl must be 1 to ${maxTtlSeconds} whole seconds; received ${show(ttlSeconds)}`);
    }
    const stored = toJson(value);
    const bytes = Buffer.byteLength(JSON.stringify(stored));
    if (bytes > maxValueBytes) {
      throw new Error(`cache: value of "${key}" takes ${bytes} bytes as JSON; ${maxValueBytes} is the limit`);
    }
    this.#cells.set(key, { value: stored, expiresAtMs: Date.now() + ttlSeconds * 1000 });
  }

  /** Whether there was an entry to delete. */
  delete(key: string): boolean {
    const found = this.get(key) !== undefined;
    return this.#cells.delete(key) && found;
  }

  /** Copies of all entries, the oldest key first. */
  entries(): CacheEntry[] {
    return [...this.#cells].flatMap(([key, { expiresAtMs }]) => {
      const value = this.get(key);
      return value === undefined ? [] : [{ key, value, expiresAt: new Date(expiresAtMs).toISOString() }];
    });
  }

  /** All values by key, for a task run: changing it changes nothing. */
  snapshot(): { readonly [key: string]: Json } {
    // Without a prototype: cache["constructor"] is a missing key like any other.
    const values: { [key: string]: Json } = Object.create(null);
    for (const { key, value } of this.entries()) values[key] = value;
    return Object.freeze(values);
  }
}
