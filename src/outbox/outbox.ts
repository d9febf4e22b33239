import { misconfigured } from '../configuration.js';
import { refuse } from '../encode/refuse.js';
import type { Accepted, Reading, Tell } from '../types.js';
import { Courier } from './courier.js';
import { type OutboxOptions, type OutboxSettings, outboxSettingsOf } from './options.js';
import type { OutboxRecord } from './record.js';
import type { Submission } from './submission.js';

/** What is told of a kept submission: everything but its body. */
export type OutboxEntry = Omit<OutboxRecord, 'body'>;

/** Keeps submissions until they have arrived. Give it to every `createWebhook` of the page. */
export interface Outbox {
  /** What is kept for this scope. */
  entries(): Promise<OutboxEntry[]>;
  /**
   * Begins to send what can be sent now. The outbox does so by itself when a page loads, is shown again or back
   * online, and whenever an attempt is due.
   * @param options `parked` begins anew with what was given up for lack of answers
   */
  flush(options?: { parked?: boolean }): Promise<void>;
  /** Gives one up. It may have arrived all the same. */
  discard(id: string): Promise<void>;
  /** Gives everything up, of all scopes, and forgets it: for a customer's logout. */
  clear(): Promise<void>;
  /** Stops sending and listening; what is kept stays, for the next page. */
  close(): void;
}

/**
 * An outbox: a submission stays until it has arrived, over lost connections, reloads and killed tabs. It goes out at
 * least once, the same bytes with the same UUID each time, so exactly once in effect for a task that remembers UUIDs.
 * What earlier pages left is sent at once, so create it on every page of the site.
 *
 * ```ts
 * const outbox = createOutbox({ scope: customerId ?? 'guest' });
 * const quotes = createWebhook({ url, result, outbox });
 * ```
 * @throws {MechanicError} `configuration`, with the option and what it received
 */
export const createOutbox = (options: OutboxOptions = {}): Outbox => new Keeper(outboxSettingsOf(options));

/** The outbox, as its webhooks know it. */
export class Keeper implements Outbox {
  readonly #settings: OutboxSettings;
  readonly #courier: Courier;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
    this.#courier = new Courier(settings);
    void this.flush();
  }

  /** How an error quotes it that was given to a `createWebhook` without the option. */
  get [Symbol.toStringTag](): string {
    return "Outbox, which is for the createWebhook of 'mechanic-storefront/outbox'";
  }

  /**
   * Keeps a submission and makes a first attempt in this tick; more, as long as it is not known to have arrived.
   * @returns resolves once it has arrived; rejects when it never will
   */
  send(submission: Submission, tell: Tell): Promise<Accepted> {
    const { id, url, contentType, body, carriesId, expires, signal, result, requestTimeoutMs } = submission;
    const { scope, clock, maxAgeMs } = this.#settings;
    const now = clock.now();
    if (!carriesId)
      refuse('', 'an outbox sends the same UUID again, and this text is without', 'Write the id into it.');
    if (expires !== undefined && !(expires > now))
      throw misconfigured('expires', expires, 'Give epoch milliseconds, later than now.');
    if (signal.aborted) return Promise.reject(signal.reason);
    const record: OutboxRecord = {
      id,
      url,
      contentType,
      body,
      state: 'queued',
      scope,
      awaitsResult: !!result,
      createdAt: now,
      expiresAt: Math.min(expires ?? Number.POSITIVE_INFINITY, now + maxAgeMs),
      dueAt: now,
      notBefore: now,
      attempts: 0,
      // A baseline is read first.
      limitMs: requestTimeoutMs * (result?.baseline ? 2 : 1),
      lease: null,
    };
    return this.#courier.take(record, submission, tell);
  }

  /** The same promise for a submission of an earlier page. It rejects when that is not kept here. */
  join(id: string, tell: Tell): Promise<Accepted> {
    return this.#courier.join(id, tell);
  }

  /**
   * Told of every look for its result: one with its UUID proves that it arrived.
   * @param byId whether it was found by the UUID
   */
  heard(id: string, { state, ...news }: Reading, byId = false): void {
    const isOver = state !== 'pending';
    // Only a task that has it can say how far it is.
    const isProof = isOver || 'progress' in news || 'message' in news;
    if (byId && isProof) void this.#courier.acknowledge(id, isOver);
    else if (isOver) void this.#courier.release(id);
  }

  discard(id: string): Promise<void> {
    return this.#courier.discard(id);
  }

  clear(): Promise<void> {
    return this.#courier.clear();
  }

  close(): void {
    this.#courier.close();
  }

  async entries(): Promise<OutboxEntry[]> {
    const own = (await this.#courier.kept()).filter(({ scope }) => scope === this.#settings.scope);
    return own.map(({ body: _, ...entry }) => entry);
  }

  async flush({ parked = false } = {}): Promise<void> {
    await this.#courier.sendDue(true, parked);
  }
}
