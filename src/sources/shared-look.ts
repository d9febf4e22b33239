import { orAborted } from '../abort.js';
import type { ReadContext } from '../types.js';
import type { Asking } from './answer.js';

// Runs that another's look woke read in the same moment. Later ones ask anew.
const FRESH_MS = 250;

interface Look<V> {
  answer: Promise<V>;
  readers: number;
  /** The runs that have read it. The same answer is no news the second time. */
  seenBy: Set<string>;
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
  read({ fetch, signal, id }: Asking & Pick<ReadContext, 'id'>): Promise<V> {
    return orAborted(signal, (resolve) => {
      const look = this.#joinable(id) ?? this.#begin(fetch);
      look.readers++;
      look.seenBy.add(id);
      resolve(look.answer);
      const leave = () => {
        if (--look.readers || look.answeredAt) return;
        look.stop.abort();
        if (this.#look === look) this.#look = undefined;
      };
      return [leave];
    });
  }

  /** A look under way, or one just answered that the run has not read yet. */
  #joinable(id: string): Look<V> | undefined {
    const look = this.#look;
    if (!look?.answeredAt) return look;
    const isFresh = Math.abs(Date.now() - look.answeredAt) <= FRESH_MS;
    return isFresh && !look.seenBy.has(id) ? look : undefined;
  }

  #begin(fetch: Asking['fetch']): Look<V> {
    const stop = new AbortController();
    const look: Look<V> = {
      answer: this.#ask({ fetch, signal: stop.signal }),
      readers: 0,
      seenBy: new Set(),
      stop,
    };
    const answered = () => {
      // Nobody waited for it any more, so it is no news.
      if (stop.signal.aborted) return;
      look.answeredAt = Date.now();
      for (const wake of [...this.#waiting]) wake();
    };
    look.answer.then(answered, answered);
    this.#look = look;
    return look;
  }
}
