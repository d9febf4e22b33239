interface Timer {
  at: number;
  owner: unknown;
  callback: () => void;
}

/** Lets everything come to rest that is under way without a timer. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
}

/** The time of one world: all its pages, its network and its disk go by it. */
export class Time {
  /** Milliseconds that have really passed. */
  now = Date.UTC(2026, 0, 1);
  /** What somebody has set the devices' clock to. */
  offset = 0;
  /** Callbacks that ran, so that a test can tell a page that never comes to rest. */
  ran = 0;
  readonly #timers = new Set<Timer>();

  /** What `Date.now()` says. */
  get shown(): number {
    return this.now + this.offset;
  }

  after(ms: number, callback: () => void, owner?: unknown): Timer {
    const timer = { at: this.now + Math.max(0, ms || 0), callback, owner };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: Timer | undefined): void {
    if (timer) this.#timers.delete(timer);
  }

  /** What an owner has left waiting. */
  waiting(owner: unknown): number {
    return [...this.#timers].filter((timer) => timer.owner === owner).length;
  }

  /** Drops what an owner has left waiting. */
  drop(owner: unknown): void {
    for (const timer of this.#timers) if (timer.owner === owner) this.#timers.delete(timer);
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await rest();
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer;
      if (!next || next.at > end) break;
      this.now = Math.max(this.now, next.at);
      this.#timers.delete(next);
      this.ran++;
      next.callback();
      await rest();
    }
    this.now = Math.max(this.now, end);
  }

  /** A laptop that is closed for a while: timers that were due meanwhile are late. */
  async sleep(ms: number): Promise<void> {
    this.now += ms;
    await this.pass(0);
  }
}
