import { hushed, linked, orAborted } from './abort.js';
import { misconfigured } from './configuration.js';
import { concerning } from './errors.js';
import { keepHandle, renewHandle } from './handles.js';
import type { Settings } from './options.js';
import { pageAttention } from './polling/attention.js';
import { systemClock } from './polling/clock.js';
import { historyOf } from './polling/history.js';
import { poll } from './polling/poll.js';
import { usualSchedule } from './polling/schedule.js';
import { contextOf } from './read-context.js';
import { checked } from './schema.js';
import type { Accepted, RunHandle, Tell, Update } from './types.js';
import { Updates } from './updates.js';

/** What {@link Run.result} takes. */
export interface ResultOptions {
  /** Ends this caller's waiting with `signal.reason`. Other callers of the same run wait on. @default none */
  signal?: AbortSignal | undefined;
  /** The deadline, milliseconds from the submission. @default the webhook's `timeoutMs` */
  timeoutMs?: number | undefined;
}

interface Wait<T> {
  value: Promise<T>;
  callers: number;
  abort: () => void;
}

/** There is no place where a result could come back. */
export const nowhere = () =>
  misconfigured('result', undefined, 'Give createWebhook a result source, or use submit().');

/** One submission and the wait for its result. Made by `webhook.submit` and `webhook.resume`. */
export class Run<T = unknown> {
  /** The correlation UUID. It is known before anything is sent. */
  readonly id: string;
  /**
   * Resolves once Mechanic has taken the submission; that a task runs on it is not said.
   * Rejects with `network` and `delivered: 'unknown'` when there was no response (the wait for the result goes on),
   * with `rejected` or `rate_limited` when it was refused, and with the reason of an abort. With an outbox it waits for
   * as long as the submission is still sent, and also resolves when a result proves that it arrived.
   */
  readonly accepted: Promise<Accepted>;

  readonly #settings: Settings<T>;
  readonly #handle: RunHandle;
  readonly #stopped: AbortSignal;
  /** Waits under way, by their deadline: callers with the same one share its looks. */
  readonly #waits = new Map<number, Wait<T>>();
  #settled: Promise<T> | undefined;
  readonly #updates: Updates;
  /** Resolves when it makes sense to look for the result: it was accepted, or nobody knows. */
  readonly #sent = Promise.withResolvers<unknown>();

  /** @internal @param deliver sends it, and tells what becomes of it before it is accepted */
  constructor(
    settings: Settings<T>,
    handle: RunHandle,
    deliver: (tell: Tell) => Promise<Accepted>,
    stopped: AbortSignal,
  ) {
    this.id = handle.id;
    this.#settings = settings;
    this.#handle = handle;
    this.#stopped = stopped;
    this.#updates = new Updates(handle.submittedAt);
    void hushed(this.#sent.promise);
    this.accepted = deliver((change) => this.#tell(change));
    keepHandle(settings.resumeKey, handle);
    // This also marks it as handled, for a caller who awaits the result alone.
    this.accepted.then(
      (accepted) => {
        Object.assign(handle, accepted);
        this.#tell({ phase: 'accepted' });
      },
      (error) => {
        // A result that carries the UUID is the only proof of delivery, so go on and look for it.
        const isUnknown = error?.code === 'network' && error.delivered === 'unknown';
        if (!isUnknown) this.#sent.reject(error);
        if (!stopped.aborted) this.#tell({ phase: isUnknown ? 'waiting' : 'failed' });
      },
    );
  }

  /**
   * The value, once the task has published it. Polling begins when this is first called, and callers share it.
   * After a `timeout` it may be called again, with a later deadline or for one more look.
   *
   * @param options this caller's own signal and deadline
   * @throws {MechanicError} any code but `encoding`; an abort rejects with the signal's reason
   */
  result({ signal, timeoutMs = this.#handle.timeoutMs }: ResultOptions = {}): Promise<T> {
    if (this.#settled) return this.#settled;
    const shared = orAborted<T>(signal, (resolve) => {
      const wait = this.#waits.get(timeoutMs) ?? this.#begin(timeoutMs);
      wait.callers++;
      resolve(wait.value);
      return [
        () => {
          if (--wait.callers) return;
          this.#forget(timeoutMs, wait);
          wait.abort();
        },
      ];
    });
    return hushed(shared);
  }

  /**
   * The run's life, step by step: the state now, then every change, until the phase is `done` or `failed`, or the run
   * is aborted. Iterating waits for the result as `result()` does; the value or the error is to be had there.
   * A slow reader gets the latest state, not every one.
   *
   * @param options its `signal` ends the iteration, as leaving the loop does, also while there is nothing new
   */
  async *updates({ signal }: Pick<ResultOptions, 'signal'> = {}): AsyncGenerator<Update, void, void> {
    const { signal: left, abort } = linked(signal);
    const end = this.#settings.result
      ? this.result({ signal: left })
      : orAborted<Accepted>(left, (resolve) => {
          resolve(this.accepted);
          return [];
        });
    try {
      yield* this.#updates.until(end);
    } finally {
      abort();
    }
  }

  /** A small handle for `webhook.resume`, also on the next page. It holds nothing of the data that was submitted. */
  toJSON(): RunHandle {
    return { ...this.#handle };
  }

  /** Forgets the handle that the `resumeKey` keeps: no later page takes this run up. A later run's handle stays. */
  forget(): void {
    renewHandle(this.#settings.resumeKey, this.id);
  }

  #begin(timeoutMs: number): Wait<T> {
    const { signal, abort } = linked(this.#stopped);
    const value = this.#value(timeoutMs, signal).catch((error) => {
      // Neither an answer nor a result: nobody knows whether it arrived.
      const delivered = error?.code === 'timeout' && !this.#handle.acceptedAt ? 'unknown' : undefined;
      throw concerning(error, signal, { id: this.id, delivered });
    });
    const wait = { value, callers: 0, abort };
    this.#waits.set(timeoutMs, wait);
    value.then(
      () => {
        this.#settled = value;
        // A result proves that it arrived.
        this.#handle.acceptedAt ??= Date.now();
        this.#tell({ phase: 'done' });
      },
      (error) => {
        this.#forget(timeoutMs, wait);
        if (signal.aborted) return;
        // A timeout is not the run's end: a later call may look again.
        if (error?.code !== 'timeout') this.#settled = value;
        // Nor is a short wait the end of a longer one.
        if (!this.#waits.size) this.#tell({ phase: 'failed' });
      },
    );
    return wait;
  }

  /** Tells the readers, and keeps the handle as long as there is something to wait for. */
  #tell(change: Partial<Update>): void {
    this.#sent.resolve(0);
    const { phase } = this.#updates.tell(change);
    const { resumeKey, result } = this.#settings;
    if (phase === 'done' || phase === 'failed' || !result) this.forget();
    else if (change.phase === 'accepted') renewHandle(resumeKey, this.id, this.#handle);
  }

  /** Lets a later call begin anew. */
  #forget(timeoutMs: number, wait: Wait<T>): void {
    if (this.#waits.get(timeoutMs) === wait) this.#waits.delete(timeoutMs);
  }

  /** When the wait began. Nothing was submitted in the future: a clock that was set back since puts off no deadline. */
  #startedAt(): number {
    this.#handle.submittedAt = Math.min(this.#handle.submittedAt, systemClock.now());
    return this.#handle.submittedAt;
  }

  async #value(timeoutMs: number, signal: AbortSignal): Promise<T> {
    const { url, result: source, schema, requestTimeoutMs, schedule } = this.#settings;
    if (!source) throw nowhere();
    await orAborted<unknown>(signal, (resolve) => {
      resolve(this.#sent.promise);
      // A submission that is still being refused and repeated does not put off the deadline.
      const ms = this.#startedAt() + timeoutMs - systemClock.now();
      return [systemClock.after(ms, () => resolve(0))];
    });
    const published = await poll(
      ({ signal }) => source.read(contextOf(this.#settings, this.#handle, signal)),
      {
        signal,
        timeoutMs,
        requestTimeoutMs,
        schedule: schedule ?? usualSchedule(Math.random, source.patience),
        history: historyOf(`${url} ${source.place}`),
        startedAt: this.#startedAt(),
        onProgress: (progress) => this.#tell({ phase: 'waiting', ...progress }),
        attention: {
          hidden: pageAttention.hidden,
          // Another run's look at the same place may have found news of this one.
          subscribe(wake) {
            const ends = [pageAttention.subscribe(wake), source.subscribe?.(() => wake(false))];
            return () => {
              for (const end of ends) end?.();
            };
          },
        },
      },
    );
    return checked(published, schema);
  }
}
