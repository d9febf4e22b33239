import { hushed, orAborted } from './abort.js';
import { misconfigured } from './configuration.js';
import { concerning, MechanicError } from './errors.js';
import type { Settings } from './options.js';
import { pageAttention } from './polling/attention.js';
import { systemClock } from './polling/clock.js';
import { historyOf } from './polling/history.js';
import { poll } from './polling/poll.js';
import { contextOf } from './read-context.js';
import { checked } from './schema.js';
import type { Accepted, RunHandle, Update } from './types.js';
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
  stop: AbortController;
}

/** One submission and the wait for its result. Made by `webhook.submit` and `webhook.resume`. */
export class Run<T = unknown> {
  /** The correlation UUID. It is known before anything is sent. */
  readonly id: string;
  /**
   * Resolves once Mechanic has taken the submission; that a task runs on it is not said.
   * Rejects with `network` and `delivered: 'unknown'` when there was no response (the wait for the result goes on),
   * with `rejected` or `rate_limited` when it was refused, and with the reason of an abort.
   */
  readonly accepted: Promise<Accepted>;

  readonly #settings: Settings<T>;
  readonly #handle: RunHandle;
  readonly #stopped: AbortSignal;
  /** Waits under way, by their deadline: callers with the same one share its looks. */
  readonly #waits = new Map<number, Wait<T>>();
  #settled: Promise<T> | undefined;
  readonly #updates: Updates;

  /** @internal */
  constructor(settings: Settings<T>, handle: RunHandle, accepted: Promise<Accepted>, stopped: AbortSignal) {
    this.id = handle.id;
    this.#settings = settings;
    this.#handle = handle;
    this.#stopped = stopped;
    this.#updates = new Updates(handle.submittedAt);
    this.accepted = accepted;
    // This also marks it as handled, for a caller who awaits the result alone.
    accepted.then(
      ({ acceptedAt, requestId }) => {
        Object.assign(handle, { acceptedAt, requestId });
        this.#updates.tell({ phase: 'accepted' });
      },
      (error) => {
        if (!stopped.aborted) this.#updates.tell({ phase: isUndelivered(error) ? 'waiting' : 'failed' });
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
          wait.stop.abort();
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
    const leave = new AbortController();
    const left = AbortSignal.any(signal ? [signal, leave.signal] : [leave.signal]);
    const end = this.#settings.result
      ? this.result({ signal: left })
      : orAborted<Accepted>(left, (resolve) => {
          resolve(this.accepted);
          return [];
        });
    try {
      yield* this.#updates.until(end);
    } finally {
      leave.abort();
    }
  }

  /** A small handle for `webhook.resume`, also on the next page. It holds nothing of the data that was submitted. */
  toJSON(): RunHandle {
    return { ...this.#handle };
  }

  #begin(timeoutMs: number): Wait<T> {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#stopped, stop.signal]);
    const value = this.#value(timeoutMs, signal).catch((error) => {
      throw concerning(error, signal, { id: this.id });
    });
    const wait = { value, callers: 0, stop };
    this.#waits.set(timeoutMs, wait);
    value.then(
      () => {
        this.#settled = value;
        this.#updates.tell({ phase: 'done' });
      },
      (error) => {
        this.#forget(timeoutMs, wait);
        if (signal.aborted) return;
        // A timeout is not the run's end: a later call may look again.
        if (error?.code !== 'timeout') this.#settled = value;
        // Nor is a short wait the end of a longer one.
        if (!this.#waits.size) this.#updates.tell({ phase: 'failed' });
      },
    );
    return wait;
  }

  /** Lets a later call begin anew. */
  #forget(timeoutMs: number, wait: Wait<T>): void {
    if (this.#waits.get(timeoutMs) === wait) this.#waits.delete(timeoutMs);
  }

  async #value(timeoutMs: number, signal: AbortSignal): Promise<T> {
    const { url, result: source, schema, requestTimeoutMs, schedule } = this.#settings;
    if (!source) throw misconfigured('result', source, 'Give createWebhook a result source.');
    const sent = hushed(
      this.accepted.catch((error) => {
        // A result that carries the UUID is the only proof of delivery, so go on and look for it.
        if (isUndelivered(error)) return { requestId: null };
        throw error;
      }),
    );
    const unknown = { requestId: null };
    const { requestId } = await orAborted<Pick<Accepted, 'requestId'>>(signal, (resolve) => {
      resolve(sent);
      // A submission that is still being refused and repeated does not put off the deadline.
      const ms = this.#handle.submittedAt + timeoutMs - systemClock.now();
      return [systemClock.after(ms, () => resolve(unknown))];
    });
    const published = await poll(
      ({ signal }) => source.read(contextOf(this.#settings, this.#handle, requestId, signal)),
      {
        signal,
        timeoutMs,
        requestTimeoutMs,
        schedule,
        history: historyOf(`${url} ${source.place}`),
        startedAt: this.#handle.submittedAt,
        onProgress: (progress) => this.#updates.tell({ phase: 'waiting', ...progress }),
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

function isUndelivered(error: unknown): boolean {
  return error instanceof MechanicError && error.code === 'network' && error.delivered === 'unknown';
}
