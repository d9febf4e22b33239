import type { Update } from './types.js';

/** The state of a run, and what its readers get of its changes. */
export class Updates {
  readonly #submittedAt: number;
  #latest: Update;
  /** Resolves at the next change. */
  #next = Promise.withResolvers<void>();

  constructor(submittedAt: number) {
    this.#submittedAt = submittedAt;
    this.#latest = { phase: 'sending', attempts: 0, elapsedMs: this.#elapsedMs() };
  }

  /** Tells a change, and returns the state after it. */
  tell(change: Partial<Update>): Update {
    const { phase } = this.#latest;
    // A refused submission ends the wait for its result too: one end, told once.
    const isKnown = change.phase === phase && phase !== 'waiting';
    // At its deadline a run looks for its result before it knows that its submission was taken.
    const isLate = change.phase === 'accepted' && (phase === 'done' || phase === 'failed');
    if (isKnown || isLate) return this.#latest;
    this.#latest = { ...this.#latest, elapsedMs: this.#elapsedMs(), ...change };
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers();
    resolve();
    return this.#latest;
  }

  /** The state, then its changes, until `end` settles. A slow reader gets the latest state, not every one. */
  async *until(end: Promise<unknown>): AsyncGenerator<Update, void, void> {
    const ended = end.then(
      () => true,
      () => true,
    );
    let isOver = false;
    let last: Update | undefined;
    while (!isOver || last !== this.#latest) {
      if (last === this.#latest) isOver = (await Promise.race([this.#next.promise, ended])) === true;
      else {
        last = this.#latest;
        yield last;
      }
    }
  }

  #elapsedMs(): number {
    return Math.max(0, Date.now() - this.#submittedAt);
  }
}
