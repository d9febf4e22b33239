import { hushed, linked, orAborted } from './abort.js';
import { misconfigured } from './configuration.js';
import { concerning } from './errors.js';
import { forgetHandle, keepHandle, keptHandle } from './handles.js';
import type { Settings } from './options.js';
import { pageAttention } from './polling/attention.js';
import { systemClock } from './polling/clock.js';
import { historyOf } from './polling/history.js';
import { poll } from './polling/poll.js';
import { contextOf } from './read-context.js';
import { checked } from './schema.js';
import type { Accepted, RunHandle, Tell, Update } from './types.js';
import { Updates } from './updates.js';

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
  readonly #sent: Promise<unknown>;

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
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#sent = hushed(promise);
    this.accepted = deliver((change) => {
      if (change.phase) resolve(0);
      this.#tell(change);
    });
    if (settings.resumeKey) keepHandle(settings.resumeKey, handle);
    // This also marks it as handled, for a caller who awaits the result alone.
    this.accepted.then(
      ({ acceptedAt, requestId }) => {
        Object.assign(handle, { acceptedAt, requestId });
        this.#tell({ phase: 'accepted' });
        resolve(0);
      },
      (error) => {
        // By its code, not by its class: a build of the outbox on its own has a class of its own.
        const isUnknown = error?.code === 'network' && error.delivered === 'unknown';
        if (!stopped.aborted) this.#tell({ phase: isUnknown ? 'waiting' : 'failed' });
        // A result that carries the UUID is the only proof of delivery, so go on and look for it.
        if (isUnknown) resolve(0);
        else reject(error);
      },
    );
  }

  /**
   * The value, once the task has published it. Polling begins when this is first called, and callers share it.
   * After a `timeout` it may be called again, with a later deadline or for one more look.
   *
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
    const { resumeKey } = this.#settings;
    if (resumeKey && keptHandle(resumeKey)?.id === this.id) forgetHandle(resumeKey);
  }

  #begin(timeoutMs: number): Wait<T> {
    const { signal, abort } = linked(this.#stopped);
    const value = this.#value(timeoutMs, signal).catch((error) => {
      // Neither an answer nor a result: nobody knows whether it arrived.
      const isUnknown = error?.code === 'timeout' && !this.#handle.acceptedAt;
      throw concerning(error, signal, { id: this.id, ...(isUnknown && { delivered: 'unknown' }) });
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
    const { phase } = this.#updates.tell(change);
    const { resumeKey, result } = this.#settings;
    if (phase === 'done' || phase === 'failed' || !result) this.forget();
    // A later run may have taken its place.
    else if (change.phase === 'accepted' && resumeKey && keptHandle(resumeKey)?.id === this.id) {
      keepHandle(resumeKey, this.#handle);
    }
  }

  /** Lets a later call begin anew. */
  #forget(timeoutMs: number, wait: Wait<T>): void {
    if (this.#waits.get(timeoutMs) === wait) this.#waits.delete(timeoutMs);
  }

  /** When the wait began; a clock that was set back since must not put off its end. */
  #startedAt(): number {
    return Math.min(this.#handle.submittedAt, systemClock.now());
  }

  async #value(timeoutMs: number, signal: AbortSignal): Promise<T> {
    const { url, result: source, schema, requestTimeoutMs, schedule, outbox } = this.#settings;
    if (!source) throw misconfigured('result', source, 'Give createWebhook a result source.');
    await orAborted<unknown>(signal, (resolve) => {
      resolve(this.#sent);
      // A submission that is still being refused and repeated does not put off the deadline.
      const ms = this.#startedAt() + timeoutMs - systemClock.now();
      return [systemClock.after(ms, () => resolve(0))];
    });
    const published = await poll(
      async ({ signal }) => {
        const reading = await source.read(contextOf(this.#settings, this.#handle, signal));
        outbox?.heard(this.id, reading, source.byId);
        return reading;
      },
      {
        signal,
        timeoutMs,
        requestTimeoutMs,
        schedule,
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
