import { isUuid } from '../uuid.js';

/**
 * Where a kept submission is.
 *
 * | state | meaning |
 * |---|---|
 * | `queued` | to be sent as soon as it is due, for the first time or again |
 * | `sending` | a tab is sending it, as long as its lease lasts |
 * | `accepted` | Mechanic has taken it, and no result is awaited |
 * | `waiting` | Mechanic has taken it, and its result has not come yet |
 * | `parked` | sent as often as is allowed, without an answer; `flush({ parked: true })` begins anew |
 * | `rejected` | it was refused for good |
 * | `expired` | its time passed before it arrived |
 * | `discarded` | the page gave it up |
 */
export type OutboxState =
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'waiting'
  | 'parked'
  | 'rejected'
  | 'expired'
  | 'discarded';

/** One submission that is kept until it has arrived. All times are epoch milliseconds. */
export interface OutboxRecord {
  /** The run's UUID. */
  readonly id: string;
  /** The webhook's URL. */
  readonly url: string;
  /** The body's `content-type`, with the boundary of a multipart body. */
  readonly contentType: string;
  /** What every attempt sends. It goes as soon as nothing is to be sent any more. */
  readonly body: string | Blob | null;
  /** Where it is on its way. */
  readonly state: OutboxState;
  /** Whose it is: only an outbox of the same scope sends it. */
  readonly scope: string;
  /** Whether a page waits for its result. */
  readonly awaitsResult: boolean;
  /** When it was submitted. */
  readonly createdAt: number;
  /** After this it is not sent any more. */
  readonly expiresAt: number;
  /** When the next attempt is planned. */
  readonly dueAt: number;
  /** The earliest sensible next attempt, also when the page is suddenly back online. */
  readonly notBefore: number;
  /** How often it was sent. */
  readonly attempts: number;
  /** The limit of one attempt, milliseconds. */
  readonly limitMs: number;
  /** Who is sending it: another name for each attempt. */
  readonly lease: {
    /** A name that no other attempt has. */
    readonly holder: string;
    /** From then on another tab may send it. */
    readonly until: number;
  } | null;
  /** When Mechanic took it. */
  readonly acceptedAt?: number;
  /** Mechanic's `x-request-id`, if the page could see it. */
  readonly requestId?: string | null;
  /** The status with which it was refused. */
  readonly status?: number | undefined;
}

/** Whether it is still to be sent. */
export const isLive = ({ state }: Pick<OutboxRecord, 'state'>) => state === 'queued' || state === 'sending';

/** Whether it may still be sent, by itself or when asked to. */
export const isOpen = (record: Pick<OutboxRecord, 'state'>) => isLive(record) || record.state === 'parked';

/** Whether what storage holds is a record: a corrupt one must not stop the others. */
export function isRecord(value: unknown): value is OutboxRecord {
  const record = (value ?? {}) as OutboxRecord;
  const { createdAt, expiresAt, dueAt, notBefore, attempts, limitMs, lease, body } = record;
  return (
    isUuid(record.id) &&
    [record.url, record.contentType, record.scope, record.state].every((text) => typeof text === 'string') &&
    [createdAt, expiresAt, dueAt, notBefore, attempts, limitMs, lease ? lease.until : 0].every(
      Number.isFinite,
    ) &&
    // Fewer than none would shorten every pause to nothing.
    Math.min(attempts, limitMs) >= 0 &&
    (!isOpen(record) || typeof body === 'string' || body instanceof Blob)
  );
}

/** How many bytes of data it holds. */
export const sizeOf = (body: string | Blob | null) =>
  typeof body === 'string' ? new Blob([body]).size : (body?.size ?? 0);
