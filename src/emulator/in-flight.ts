/** The work that is under way, so that it can be waited for. */
export class InFlight {
  readonly #pending = new Set<Promise<void>>();

  /** Remembers the work until it is settled. */
  track(work: Promise<void>): void {
    const settled = () => {
      this.#pending.delete(work);
    };
    this.#pending.add(work);
    work.then(settled, settled);
  }

  /** Resolves when nothing is under way, work that began in the meantime included. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}
