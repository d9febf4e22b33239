import { v4 } from 'uuid';
import type { Accepted } from '../types.js';
import { isOpen, type OutboxRecord } from './record.js';

// What time and attempts make of a record. Nothing here knows of storage, or what time it is.

/** How attempts follow each other. */
export interface Pace {
  /** The task's dedupe is atomic. */
  atomic: boolean;
  maxAttempts: number;
  maxAgeMs: number;
  random: () => number;
}

// Mechanic's documented dedupe sees a first copy only after its run, so a second one is not hurried.
const FIRST_MS = 30_000;
const HURRIED_MS = 2_000;
const LONGEST_MS = 300_000;

/** Beside the attempt's own limit: timers are late, and storage takes its time. */
const LEASE_MARGIN_MS = 10_000;

/** Further ahead than any pause: there is only one explanation, a clock that was set back since. */
const FURTHEST_MS = 400_000;

const firstMsOf = ({ atomic }: Pace) => (atomic ? HURRIED_MS : FIRST_MS);

/** Whether a record waits for a time that no pause and no lease would reach: the clock was set back since. */
const isAhead = ({ dueAt, lease, limitMs }: OutboxRecord, now: number) =>
  Math.max(dueAt, lease?.until ?? 0) > now + FURTHEST_MS + limitMs;

/** When a record has its turn; sooner in a `hurry`. Whoever is sending it, or died doing so, has its lease first. */
export function dueAt(record: OutboxRecord, now: number, isHurried: boolean): number {
  if (isAhead(record, now)) return now;
  const { state, lease, notBefore } = record;
  // A tab that died may have sent it all the same.
  if (state === 'sending') return Math.max(lease?.until ?? 0, notBefore);
  return isHurried ? notBefore : record.dueAt;
}

/** When a record's time is over. One from the future was made before the clock was set back: its day begins now. */
export const endOf = ({ createdAt, expiresAt }: OutboxRecord, { maxAgeMs }: Pace, now: number) =>
  Math.min(expiresAt, Math.min(createdAt, now) + maxAgeMs);

/** The record, claimed for one attempt: each has a lease of its own, so that one that ends late ends no other's. */
export const claimed = (record: OutboxRecord, pace: Pace, now: number): OutboxRecord => ({
  ...record,
  state: 'sending',
  attempts: record.attempts + 1,
  createdAt: Math.min(record.createdAt, now),
  expiresAt: endOf(record, pace, now),
  notBefore: now + firstMsOf(pace),
  lease: { holder: v4(), until: now + record.limitMs + LEASE_MARGIN_MS },
});

/**
 * The record after an attempt that did not settle it: to be sent again after a pause, or no more by itself.
 * @param atLeastMs what the server asked for
 */
export function postponed(record: OutboxRecord, pace: Pace, atLeastMs: number, now: number): OutboxRecord {
  if (record.attempts >= pace.maxAttempts) return { ...record, state: 'parked', lease: null };
  const firstMs = firstMsOf(pace);
  // Jitter only lengthens it, and stays at the cap: pages that lost their connection together do not return together.
  const grownMs = Math.min(LONGEST_MS, firstMs * 2 ** (record.attempts - 1)) * (1 + pace.random() / 4);
  return {
    ...record,
    state: 'queued',
    lease: null,
    dueAt: now + Math.max(grownMs, atLeastMs),
    notBefore: now + Math.max(firstMs, atLeastMs),
  };
}

/** The record in a state in which nothing is sent any more. Its body goes. */
export const ended = (
  record: OutboxRecord,
  state: 'rejected' | 'expired' | 'discarded',
  status?: number,
): OutboxRecord => ({ ...record, state, body: null, lease: null, status });

/** The record once Mechanic has it. What a page that comes back may ask stays. */
export const taken = (record: OutboxRecord, { acceptedAt, requestId }: Accepted): OutboxRecord => ({
  ...record,
  state: record.awaitsResult ? 'waiting' : 'accepted',
  body: null,
  lease: null,
  acceptedAt,
  requestId,
});

/**
 * What becomes of a record now: claimed if it is due, over if its time has passed; `undefined` leaves it as it is.
 * @param how `isHurried` as in {@link dueAt}; `parked` begins anew with what was sent too often
 */
export function turnOf(
  record: OutboxRecord,
  pace: Pace & { scope: string },
  now: number,
  { isHurried, parked }: { isHurried: boolean; parked: boolean },
): OutboxRecord | null | undefined {
  // What is over is kept for a while, for a page that comes back and asks.
  if (endOf(record, pace, now) <= now) return isOpen(record) ? ended(record, 'expired') : null;
  if (!isOpen(record) || record.scope !== pace.scope) return undefined;
  if (record.state === 'parked') return parked ? claimed({ ...record, attempts: 0 }, pace, now) : undefined;
  // Somebody may be sending it: it gets a new time, by the clock as it is now, and is not sent at once.
  if (isAhead(record, now)) return postponed(record, pace, 0, now);
  return dueAt(record, now, isHurried) <= now ? claimed(record, pace, now) : undefined;
}
