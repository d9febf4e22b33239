import { isUuid } from '../uuid.js';

/**
 * Where a kept submission is.
 *
 * | state | meaning |
 * |---|---|
 * | `queued` | to be sent as soon as it is due |
 * | `sending` | a tab is sending it, as long as its lease lasts |
 * | `waiting` | it was sent without an answer, or was asked to come back later: to be sent again |
 * | `parked` | sent as often as is allowed, without an answer; `flush({ parked: true })` begins anew |
 * | `accepted` | Mechanic has taken it |
 * | `rejected` | it was refused for good |
 * | `expired` | its time passed before it arrived |
 * | `discarded` | the page gave it up |
 */
export type OutboxState =
  | 'queued'
  | 'sending'
  | 'waiting'
  | 'parked'
  | 'accepted'
  | 'rejected'
  | 'expired'
  | 'discarded';

/** One submission that is kept until it has arrived. All times are epoch milliseconds. */
export interface OutboxRecord {
  /** The run's UUID. */
  readonly id: string;
  readonly url: string;
  readonly contentType: string;
  /** What every attempt sends. It goes as soon as nothing is to be sent any more. */
  readonly body: string | Blob | null;
  readonly state: OutboxState;
  /** Whose it is: only an outbox of the same scope sends it. */
  readonly scope: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** When the next attempt is planned. */
  readonly dueAt: number;
  /** The earliest sensible next attempt, also when the page is suddenly back online. */
  readonly notBefore: number;
  readonly attempts: number;
  /** The tab that is sending it. */
  readonly lease: { readonly tab: string; readonly until: number } | null;
}

/** A request takes 10 s at most by default; a tab that died is not waited for much longer. */
export const LEASE_MS = 20_000;

/** Further ahead than any pause: there is only one explanation, a clock that was set back since. */
const FURTHEST_MS = 400_000;

// Mechanic's documented dedupe sees a first copy only after its run, so a second one is not hurried.
const FIRST_MS = 30_000;
const HURRIED_MS = 2_000;
const LONGEST_MS = 300_000;

/** Whether it is still to be sent. */
export const isLive = ({ state }: OutboxRecord) => /^(queued|sending|waiting)$/.test(state);

/** Whether it may still be sent, by itself or when asked to. */
export const isOpen = (record: OutboxRecord) => isLive(record) || record.state === 'parked';

/** Whether what storage holds is a record: a corrupt one must not stop the others. */
export function isRecord(value: unknown): value is OutboxRecord {
  const record = (value ?? {}) as OutboxRecord;
  const { createdAt, expiresAt, dueAt, notBefore, attempts, lease, body } = record;
  return (
    isUuid(record.id) &&
    [record.url, record.contentType, record.scope, record.state].every((text) => typeof text === 'string') &&
    [createdAt, expiresAt, dueAt, notBefore, attempts, lease ? lease.until : 0].every(Number.isFinite) &&
    // Fewer than none would shorten every pause to nothing.
    attempts >= 0 &&
    (!isOpen(record) || typeof body === 'string' || body instanceof Blob)
  );
}

/** When a record may be sent; sooner in a `hurry`. A tab that is sending it, or died doing so, has its lease first. */
export function dueAt(record: OutboxRecord, now: number, hurry: boolean): number {
  const { state, lease, notBefore } = record;
  const at = state === 'sending' ? (lease?.until ?? 0) : hurry ? notBefore : record.dueAt;
  // Not a while from now, which would be a while from then, too, each time that it is asked.
  return at - now > FURTHEST_MS ? now : at;
}

/** The record, claimed by a tab for one attempt. */
export const claimed = (record: OutboxRecord, tab: string, now: number): OutboxRecord => ({
  ...record,
  state: 'sending',
  attempts: record.attempts + 1,
  lease: { tab, until: now + LEASE_MS },
});

/** The record after an attempt that did not settle it: to be sent again after a pause, or no more by itself. */
export function postponed(record: OutboxRecord, pauses: Pauses, now: number): OutboxRecord {
  const { firstMs, atLeastMs, mostAttempts, random } = pauses;
  if (record.attempts >= mostAttempts) return { ...record, state: 'parked', lease: null };
  const grown = Math.min(LONGEST_MS, firstMs * 2 ** (record.attempts - 1)) * (0.75 + random() / 2);
  return {
    ...record,
    state: 'waiting',
    lease: null,
    dueAt: now + Math.max(grown, atLeastMs),
    notBefore: now + Math.max(firstMs, atLeastMs),
  };
}

export interface Pauses {
  firstMs: number;
  /** What the server asked for. */
  atLeastMs: number;
  mostAttempts: number;
  random: () => number;
}

/** The first pause: 30 s, or 2 s for a task whose dedupe is atomic. */
export const firstPauseMs = (isAtomic: boolean) => (isAtomic ? HURRIED_MS : FIRST_MS);

/** The record in a state in which nothing is sent any more. Its body goes. */
export const ended = (record: OutboxRecord, state: OutboxState): OutboxRecord => ({
  ...record,
  state,
  body: null,
  lease: null,
});
