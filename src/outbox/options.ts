import { misconfigured } from '../configuration.js';
import { type Attention, pageAttention } from '../polling/attention.js';
import { type Clock, systemClock } from '../polling/clock.js';
import type { Fetch } from '../types.js';
import type { RecordStore } from './store.js';

/** What {@link createOutbox} takes. */
export interface OutboxOptions {
  /**
   * Whose submissions these are: a customer's id, or the default for whoever is not signed in. What was kept for
   * another one is not sent. @default 'guest'
   */
  scope?: string;
  /** Whether submissions may be kept on the device. @default true */
  persist?: boolean;
  /** The task's dedupe is atomic, so a repeat after 2 s does no harm; else the first is after 30 s. @default false */
  atomic?: boolean;
  /** The database's name. @default 'mechanic-outbox' */
  name?: string;
  /** How many submissions are kept on the device. @default 20 */
  maxRecords?: number;
  /** How many bytes of one submission. @default 262_144 */
  maxRecordBytes?: number;
  /** How many bytes of all. @default 1_048_576 */
  maxBytes?: number;
  /** For how long a submission is worth sending, milliseconds. @default 86_400_000 (24 h) */
  maxAgeMs?: number;
  /** How often one is sent without an answer, before it waits for `flush({ parked: true })`. @default 12 */
  maxAttempts?: number;
  /** What a shopper is told while a submission waits for its connection. @default English */
  words?: {
    /** … while it is kept on the device, and the page may be left. */
    disk?: string | undefined;
    /** … while it is in memory alone, and the page has to stay. */
    memory?: string | undefined;
  };
  /** The transport of later attempts. @default the global fetch, looked up at each request */
  fetch?: Fetch;
  /** The time to go by, for tests. @default the page's time */
  clock?: Clock;
  /** Whether somebody is looking, for tests. @default the page's visibility, connection and back/forward cache */
  attention?: Attention;
  /** Where jitter comes from. @default Math.random */
  random?: () => number;
  /** Storage to take instead of IndexedDB. @default IndexedDB where there is one */
  store?: RecordStore | undefined;
}

/** {@link OutboxOptions} with their defaults filled in. */
export type OutboxSettings = Required<OutboxOptions> & { words: { disk: string; memory: string } };

const DEFAULTS: OutboxSettings = {
  scope: 'guest',
  persist: true,
  atomic: false,
  name: 'mechanic-outbox',
  maxRecords: 20,
  maxRecordBytes: 262_144,
  maxBytes: 1_048_576,
  maxAgeMs: 86_400_000,
  maxAttempts: 12,
  words: {
    disk: 'Saved on this device. It will be sent as soon as there is a connection.',
    memory: 'There is no connection. Please keep this page open: it will be sent as soon as there is one.',
  },
  fetch: (url, init) => globalThis.fetch(url, init),
  clock: systemClock,
  attention: pageAttention,
  random: Math.random,
  store: undefined,
};

/**
 * Checks options one by one and fills in the defaults.
 * @throws {MechanicError} `configuration`
 */
export function outboxSettingsOf(options: OutboxOptions): OutboxSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!(name in DEFAULTS)) throw misconfigured(name, value, `Give one of ${Object.keys(DEFAULTS)}.`);
    const isRight = name.startsWith('max')
      ? Number.isFinite(value) && (value as number) > 0
      : name === 'store' || typeof value === typeof DEFAULTS[name as keyof OutboxOptions];
    if (!isRight) throw misconfigured(name, value, `Give a ${typeof DEFAULTS[name as keyof OutboxOptions]}.`);
  }
  const { disk = DEFAULTS.words.disk, memory = DEFAULTS.words.memory } = options.words ?? {};
  return { ...DEFAULTS, ...Object.fromEntries(given), words: { disk, memory } };
}
