import { v4 } from 'uuid';
import { MechanicError } from '../errors.js';
import { DEFAULTS } from '../options.js';
import { post, undelivered } from '../submission.js';
import type { Accepted, Submission, SubmissionKeeper, Tell } from '../types.js';
import { Arrivals } from './arrivals.js';
import { indexedDbStore } from './indexed-db.js';
import { type OutboxOptions, type OutboxSettings, outboxSettingsOf } from './options.js';
import { isPrivate } from './private-data.js';
import {
  claimed,
  dueAt,
  ended,
  firstPauseMs,
  isLive,
  isOpen,
  type OutboxRecord,
  postponed,
} from './record.js';
import { Shelter } from './shelter.js';

/** What is told of a kept submission: everything but its body. */
export type OutboxEntry = Omit<OutboxRecord, 'body'>;

/** Keeps submissions until they have arrived. Give it to every `createWebhook` of the page. */
export interface Outbox extends SubmissionKeeper {
  /** What is kept for this scope. */
  entries(): Promise<OutboxEntry[]>;
  /** Sends what can be sent now. @param options `parked` begins anew with what was given up for lack of answers */
  flush(options?: { parked?: boolean }): Promise<void>;
  /** Gives one up. It may have arrived all the same. */
  discard(id: string): Promise<void>;
  /** Gives everything up, of all scopes, and forgets it: for a customer's logout. */
  clear(): Promise<void>;
  /** Stops sending; what is kept stays, for the next page. */
  close(): void;
}

/**
 * An outbox: a submission stays until it has arrived, over lost connections, reloads and killed tabs. It goes out at
 * least once, the same bytes with the same UUID each time, so exactly once in effect for a task that remembers UUIDs.
 *
 * ```ts
 * const outbox = createOutbox({ scope: customerId ?? 'guest' });
 * const quotes = createWebhook({ url, result, outbox });
 * ```
 * @throws {MechanicError} `configuration`, with the option and what it received
 */
export const createOutbox = (options: OutboxOptions = {}): Outbox => new Keeper(outboxSettingsOf(options));

class Keeper implements Outbox {
  readonly #settings: OutboxSettings;
  readonly #shelter: Shelter;
  readonly #arrivals = new Arrivals();
  readonly #tab = v4();
  /** What is on the disk, as of the last look, and what was put there since. */
  #kept = { records: 0, bytes: 0 };
  #isClosed = false;
  #cancelTimer = () => {};
  #unsubscribe: (() => void) | undefined;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
    const { store, persist, name, clock } = settings;
    const disk = store ?? (persist && globalThis.indexedDB ? indexedDbStore(name) : undefined);
    this.#shelter = new Shelter(disk, clock);
    void this.flush();
  }

  send(submission: Submission, attempt: () => Promise<Accepted>, tell: Tell): Promise<Accepted> {
    const { id, url, contentType, body, expires = Number.POSITIVE_INFINITY, signal } = submission;
    const { scope, clock, maxAgeMs } = this.#settings;
    const now = clock.now();
    const record: OutboxRecord = {
      id,
      url,
      contentType,
      body,
      state: 'queued',
      scope,
      createdAt: now,
      expiresAt: Math.min(expires, now + maxAgeMs),
      dueAt: now,
      notBefore: now,
      attempts: 0,
      lease: null,
    };
    const arrival = this.#arrivals.expect(id, tell);
    const place = this.#shelter.put(claimed(record, this.#tab, now), this.#mayLast(submission));
    void place.then((stored) => tell({ stored }));
    void this.#conclude(id, attempt());
    signal.addEventListener('abort', () => void this.discard(id), { once: true });
    return arrival;
  }

  async join(id: string, tell: Tell): Promise<Accepted> {
    const arrival = this.#arrivals.expect(id, tell);
    const record = (await this.#shelter.all()).find((record) => record.id === id);
    if (!record) this.#arrivals.failed(id, undelivered(new Error('It is not in the outbox any more.'), id));
    else if (isLive(record)) tell({ phase: 'waiting', stored: 'disk' });
    else this.#hear(record);
    return arrival;
  }

  acknowledge(id: string): void {
    this.#arrivals.arrived({ id, requestId: null, acceptedAt: this.#settings.clock.now() });
    void this.#shelter.update(id, () => null).then(() => this.#plan());
  }

  async discard(id: string): Promise<void> {
    const record = await this.#shelter.update(id, (record) =>
      isOpen(record) ? ended(record, 'discarded') : undefined,
    );
    this.#hear(record);
    await this.#plan();
  }

  async clear(): Promise<void> {
    await this.#shelter.clear();
    for (const id of this.#arrivals.ids) this.#arrivals.failed(id, gone(id, 'discarded'));
    await this.#plan();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#unsubscribe?.();
  }

  async entries(): Promise<OutboxEntry[]> {
    const own = (await this.#shelter.all()).filter(({ scope }) => scope === this.#settings.scope);
    return own.map(({ body: _, ...entry }) => entry);
  }

  async flush({ parked = false } = {}): Promise<void> {
    await this.#sendDue(true, parked);
  }

  /** @param hurry something has changed: what waits for its time only to spare the network goes at once */
  async #sendDue(hurry: boolean, parked = false): Promise<void> {
    for (const known of await this.#shelter.all()) {
      if (this.#isClosed) return;
      const record = await this.#claim(known.id, hurry, parked);
      if (record?.state === 'sending') void this.#conclude(record.id, this.#post(record));
      // Another tab may have sent it.
      else this.#hear(record ?? known);
    }
    await this.#plan();
  }

  /** In one transaction, so that of all tabs one sends it. Returns the record if it changed. */
  #claim(id: string, hurry: boolean, parked: boolean): Promise<OutboxRecord | undefined> {
    const { scope, clock } = this.#settings;
    const now = clock.now();
    return this.#shelter.update(id, (record) => {
      const { state, expiresAt } = record;
      // What is over is kept for a while, for a page that comes back and asks.
      if (expiresAt <= now) return isOpen(record) ? ended(record, 'expired') : null;
      if (!isOpen(record) || record.scope !== scope) return undefined;
      if (state === 'parked') return parked ? claimed({ ...record, attempts: 0 }, this.#tab, now) : undefined;
      return dueAt(record, now, hurry) <= now ? claimed(record, this.#tab, now) : undefined;
    });
  }

  #post({ id, url, body, contentType }: OutboxRecord): Promise<Accepted> {
    const { fetch } = this.#settings;
    const wire = { url, fetch, requestTimeoutMs: DEFAULTS.requestTimeoutMs, idempotent: false };
    const encoded = { id, body: body ?? '', contentType, carriesId: true };
    return post(encoded, wire, new AbortController().signal, 0);
  }

  /** What one attempt means for the record, and for the run that waits for it. */
  async #conclude(id: string, attempt: Promise<Accepted>): Promise<void> {
    const { atomic, maxAttempts, random, clock, words } = this.#settings;
    const outcome = await attempt.then(
      (accepted) => ({ accepted }),
      (error: unknown) => ({ error }),
    );
    let record: OutboxRecord | undefined;
    if ('accepted' in outcome) {
      this.#arrivals.arrived(outcome.accepted);
      record = await this.#shelter.update(id, (record) => ended(record, 'accepted'));
    } else if (isFinal(outcome.error)) {
      this.#arrivals.failed(id, outcome.error);
      const state = outcome.error instanceof MechanicError ? 'rejected' : 'discarded';
      record = await this.#shelter.update(id, (record) =>
        isOpen(record) ? ended(record, state) : undefined,
      );
    } else {
      const atLeastMs = (outcome.error as MechanicError).observed.retryAfterMs ?? 0;
      const pauses = { firstMs: firstPauseMs(atomic), atLeastMs, mostAttempts: maxAttempts, random };
      record = await this.#shelter.update(id, (record) =>
        // Another tab may have taken it over.
        record.lease?.tab === this.#tab ? postponed(record, pauses, clock.now()) : undefined,
      );
      const stored = await this.#shelter.placeOf(id);
      this.#arrivals.tell(id, { phase: 'waiting', stored, message: words[stored] });
    }
    this.#hear(record);
    await this.#plan();
  }

  /** What has become of a record, for the run that waits for it. */
  #hear(record: OutboxRecord | undefined): void {
    if (!record || isLive(record)) return;
    const { id, state } = record;
    if (state === 'accepted')
      this.#arrivals.arrived({ id, requestId: null, acceptedAt: this.#settings.clock.now() });
    else this.#arrivals.failed(id, gone(id, state));
  }

  /** Listens, and waits for the next attempt, as long as there is something to send. */
  async #plan(): Promise<void> {
    const { scope, clock, attention } = this.#settings;
    const records = await this.#shelter.all();
    if (this.#isClosed) return;
    const own = records.filter((record) => isLive(record) && record.scope === scope);
    this.#kept = { records: own.length, bytes: own.reduce((sum, { body }) => sum + sizeOf(body), 0) };
    this.#cancelTimer();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (!own.length) return;
    const now = clock.now();
    const dueMs = Math.min(...own.map((record) => dueAt(record, now, false))) - now;
    // Never at once: storage that does not answer would be asked again and again.
    this.#cancelTimer = clock.after(Math.max(dueMs, SOONEST_MS), () => void this.#sendDue(false));
    this.#unsubscribe = attention.subscribe(() => void this.#sendDue(true));
  }

  /** Whether it may be kept on the device. Nothing that is kept makes way for it. */
  #mayLast(submission: Submission): boolean {
    const { persist, maxRecords, maxRecordBytes, maxBytes } = this.#settings;
    const bytes = sizeOf(submission.body);
    const fits =
      bytes <= maxRecordBytes && this.#kept.records < maxRecords && this.#kept.bytes + bytes <= maxBytes;
    if (!persist || !fits || isPrivate(submission)) return false;
    this.#kept.records++;
    this.#kept.bytes += bytes;
    return true;
  }
}

const SOONEST_MS = 1_000;

const sizeOf = (body: string | Blob | null) =>
  typeof body === 'string' ? new Blob([body]).size : (body?.size ?? 0);

/** Whether an attempt's error says that it will never arrive. A gateway that failed may have passed it on. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof MechanicError)) return true;
  return error.code === 'rejected' && error.delivered === 'no' && error.observed.status !== 503;
}

/** Why a submission is not sent any more. */
const gone = (id: string, state: string) => undelivered(new Error(`The outbox has it as ${state}.`), id);
