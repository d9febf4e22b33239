import { orAborted } from '../abort.js';
import type { Asking } from './answer.js';

// Runs that another's look woke read in the same moment. Later ones ask anew.
const FRESH_MS = 250;

interface Look<V> {
  answer: Promise<V>;
  readers: number;
  stop: AbortController;
  /** When it was answered, well or badly, epoch milliseconds; `undefined` while under way. */
  answeredAt?: number;
}

/**
 * Lets many runs that wait at one address share one request: a look under way is joined, and its answer, good or
 * bad, wakes the others, who find it fresh. So a thousand runs ask about as often as one.
 */
export class SharedLook<V> {
  readonly #ask: (asking: Asking) => Promise<V>;
  readonly #waiting = new Set<() => void>();
  #look: Look<V> | undefined;

  constructor(ask: (asking: Asking) => Promise<V>) {
    this.#ask = ask;
  }

  readonly subscribe = (wake: () => void): (() => void) => {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  };

  /** The shared answer. A reader's abort does not disturb the others; the last one's aborts the request. */
  async read({ fetch, signal }: Asking): Promise<V> {
    const age = Date.now() - (this.#look?.answeredAt ?? Date.now());
    const look = this.#look && Math.abs(age) <= FRESH_MS ? this.#look : this.#begin(fetch);
    const leave = () => {
      if (--look.readers || look.answeredAt) return;
      look.stop.abort();
      if (this.#look === look) this.#look = undefined;
    };
    return orAborted(signal, (resolve) => {
      look.readers++;
      resolve(look.answer);
      return [leave];
    });
  }

  #begin(fetch: Asking['fetch']): Look<V> {
    const stop = new AbortController();
    const look: Look<V> = { answer: this.#ask({ fetch, signal: stop.signal }), readers: 0, stop };
    const answered = () => {
      look.answeredAt = Date.now();
      for (const wake of [...this.#waiting]) wake();
    };
    look.answer.then(answered, answered);
    this.#look = look;
    return look;
  }
}
