/** The work that is under way, so that it can be waited for. */
export class InFlight {
  readonly #pending = new Set<Promise<void>>();

  /** Remembers the work until it is settled. */
  track(work: Promise<void>): void {
    this.#pending.add(work);
    // Runs catch what tasks and actions throw. Anything else is a fault here, and ends the process unless
    // somebody waits for it.
    void work.finally(() => this.#pending.delete(work));
  }

  /** Resolves when nothing is under way, work that began in the meantime included. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}
