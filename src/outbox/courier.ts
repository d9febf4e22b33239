import { never } from '../abort.js';
import { post } from '../submission.js';
import type { Accepted, Tell } from '../types.js';
import { Arrivals } from './arrivals.js';
import { Bounds } from './bounds.js';
import { indexedDbStore } from './indexed-db.js';
import type { OutboxSettings } from './options.js';
import { gone, missing, outcomeOf } from './outcome.js';
import { isLive, isOpen, type OutboxRecord } from './record.js';
import { Shelter } from './shelter.js';
import type { Change } from './store.js';
import type { Submission } from './submission.js';
import { claimed, dueAt, ended, endOf, postponed, taken, turnOf } from './transitions.js';

/** Storage that does not answer would be asked again and again. */
const SOONEST_MS = 1_000;

/** Storage that has not answered, or has failed, is asked again after this, and for one record so often. */
const LOOK_AGAIN_MS = 30_000;
const MOST_LOOKS = 5;

/** Sends what is kept, when its time has come, until nothing is left to be sent. */
export class Courier {
  readonly #settings: OutboxSettings;
  readonly #shelter: Shelter;
  readonly #bounds: Bounds;
  readonly #arrivals = new Arrivals();
  /** The submissions of this page: their later attempts go as the first did. */
  readonly #submissions = new Map<string, Submission>();
  #isClosed = false;
  #cancelTimer = () => {};
  readonly #unsubscribe: () => void;

  constructor(settings: OutboxSettings) {
    const { store, persist, name, clock, attention } = settings;
    this.#settings = settings;
    this.#bounds = new Bounds(settings);
    this.#shelter = new Shelter(store ?? (persist ? indexedDbStore(name) : undefined), clock);
    this.#unsubscribe = attention.subscribe(() => {
      // A page that is hidden may be about to go, and its storage with it.
      if (!attention.hidden()) void this.sendDue(true);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#unsubscribe();
  }

  /** Everything that is kept. */
  async kept(): Promise<OutboxRecord[]> {
    return (await this.#shelter.all()).records;
  }

  /** Keeps a submission and sends it, in this tick, and neither waits for the other. */
  take(record: OutboxRecord, submission: Submission, tell: Tell): Promise<Accepted> {
    const { id } = record;
    const { signal } = submission;
    const isUnderWay = this.#arrivals.has(id);
    const arrival = this.#arrivals.expect(id, tell);
    // The same piece of work, submitted again: it has its turn already.
    if (isUnderWay) return arrival;
    this.#submissions.set(id, submission);
    const first = claimed(record, this.#settings, this.#settings.clock.now());
    void this.#shelter.put(first, this.#bounds.admit(submission));
    void this.#conclude(first, submission.attempt());
    const abort = () => {
      this.#arrivals.failed(id, signal.reason);
      void this.discard(id);
    };
    signal.addEventListener('abort', abort);
    const forget = () => {
      signal.removeEventListener('abort', abort);
      this.#submissions.delete(id);
    };
    arrival.then(forget, forget);
    return arrival;
  }

  /** The same promise for what another page has submitted. */
  async join(id: string, tell: Tell): Promise<Accepted> {
    const arrival = this.#arrivals.expect(id, tell);
    const { scope } = this.#settings;
    for (let looks = 1; ; looks++) {
      const { records, isWhole } = await this.#shelter.all();
      const record = records.find((record) => record.id === id && record.scope === scope);
      // Storage that is slow to answer has not said that it is not there.
      if (!record && !isWhole && looks < MOST_LOOKS) continue;
      if (!record) this.#arrivals.failed(id, missing(id));
      else if (isLive(record)) await this.#reassure(id);
      else this.#hear(record);
      return arrival;
    }
  }

  /** It has arrived, as something else than an answer proves. @param isOver nobody will ask for it any more */
  async acknowledge(id: string, isOver: boolean): Promise<void> {
    const accepted = { id, requestId: null, acceptedAt: this.#settings.clock.now() };
    this.#arrivals.arrived(accepted);
    await this.#change(id, (record) =>
      isOver ? null : isOpen(record) ? taken(record, accepted) : undefined,
    );
  }

  /** Lets go of what Mechanic has taken. */
  async release(id: string): Promise<void> {
    await this.#change(id, (record) => (isOpen(record) ? undefined : null));
  }

  async discard(id: string): Promise<void> {
    await this.#change(id, (record) => (isOpen(record) ? ended(record, 'discarded') : undefined));
  }

  async clear(): Promise<void> {
    // What is submitted while storage is still at it is not meant.
    const { ids } = this.#arrivals;
    await this.#shelter.clear();
    for (const id of ids) this.#arrivals.failed(id, missing(id));
    await this.#plan();
  }

  /** @param isHurried something has changed: what waits for its time only to spare the network goes at once */
  async sendDue(isHurried: boolean, parked = false): Promise<void> {
    const awaited = this.#arrivals.ids;
    const { records, isWhole } = await this.#shelter.all();
    for (const id of awaited) {
      if (isWhole && !records.some((record) => record.id === id)) this.#arrivals.failed(id, missing(id));
    }
    for (const known of records) {
      if (this.#isClosed) return;
      // In one transaction, so that of all tabs one sends it.
      const changed = await this.#shelter.update(known.id, (record) =>
        turnOf(record, this.#settings, this.#settings.clock.now(), { isHurried, parked }),
      );
      if (changed?.state === 'sending') void this.#conclude(changed, this.#post(changed));
      // Another tab may have sent it.
      else this.#hear(changed ?? known);
    }
    await this.#plan();
  }

  #post({ id, url, body, contentType, createdAt, limitMs }: OutboxRecord): Promise<Accepted> {
    const submission = this.#submissions.get(id);
    if (submission) return submission.attempt();
    const wire = { url, fetch: this.#settings.fetch, requestTimeoutMs: limitMs, idempotent: false };
    const encoded = { id, body: body ?? '', contentType, carriesId: true };
    const handle = { id, submittedAt: createdAt, timeoutMs: limitMs };
    return post(encoded, wire, never(), handle, () => {}, 0);
  }

  /** What one attempt means for the record, and for the runs that wait for it. */
  async #conclude({ id, lease }: OutboxRecord, attempt: Promise<Accepted>): Promise<void> {
    const { clock } = this.#settings;
    const outcome = await outcomeOf(attempt);
    if ('accepted' in outcome) {
      this.#arrivals.arrived(outcome.accepted);
      await this.#change(id, (record) => taken(record, outcome.accepted));
      return;
    }
    const { error, isFinal } = outcome;
    const { status, retryAfterMs = 0 } = error?.observed ?? {};
    if (isFinal) this.#arrivals.failed(id, error);
    else void this.#reassure(id);
    await this.#change(id, (record) => {
      // It may have been given up meanwhile, or another tab has taken over.
      if (!isLive(record) || record.lease?.holder !== lease?.holder) return undefined;
      if (isFinal) return ended(record, 'rejected', status);
      return postponed(record, this.#settings, retryAfterMs, clock.now());
    });
  }

  /** Says that nothing is lost, as far as that is so. */
  async #reassure(id: string): Promise<void> {
    const stored = await this.#shelter.placeOf(id);
    this.#arrivals.tell(id, { phase: 'waiting', stored, message: this.#settings.words[stored] });
  }

  async #change(id: string, change: Change): Promise<void> {
    this.#hear(await this.#shelter.update(id, change));
    await this.#plan();
  }

  /** What has become of a record, for the runs that wait for it. */
  #hear(record: OutboxRecord | undefined): void {
    if (!record || isLive(record)) return;
    const { id, acceptedAt, requestId = null } = record;
    if (acceptedAt) this.#arrivals.arrived({ id, acceptedAt, requestId });
    else this.#arrivals.failed(id, gone(record));
  }

  /** Waits for the next attempt, and lets go of what is over and not worth keeping. */
  async #plan(): Promise<void> {
    const { scope, clock, maxRecords } = this.#settings;
    const { records, isWhole } = await this.#shelter.all();
    this.#bounds.measure(records);
    const now = clock.now();
    const over = records.filter((record) => !isOpen(record)).sort((a, b) => b.createdAt - a.createdAt);
    for (const { id } of over.slice(maxRecords)) {
      void this.#shelter.update(id, (record) => (isOpen(record) ? undefined : null));
    }
    this.#cancelTimer();
    const own = records.filter((record) => isLive(record) && record.scope === scope);
    const due = own.map((record) => Math.min(dueAt(record, now, false), endOf(record, this.#settings, now)));
    // What earlier pages left may be in what has not answered.
    if (!isWhole) due.push(now + LOOK_AGAIN_MS);
    if (this.#isClosed || !due.length) return;
    this.#cancelTimer = clock.after(
      Math.max(Math.min(...due) - now, SOONEST_MS),
      () => void this.sendDue(false),
    );
  }
}
