import type { MechanicError, Run } from 'mechanic-storefront';
import type { Globals, Sdk } from './bundle.ts';
import { Disk, type DiskMode } from './disk.ts';
import { Page } from './page.ts';
import { Server } from './server.ts';
import { Time } from './time.ts';

/** What differs from world to world. */
export interface Setup {
  outbox: boolean;
  idempotent: boolean;
  /** The task's dedupe is atomic, so that a second copy may follow soon. */
  atomic: boolean;
  disk: DiskMode;
  taskMs: number;
  isMap: boolean;
}

/** What a visitor wanted, and submitted once. */
export interface Intent {
  readonly n: number;
  readonly uuid: string;
  readonly page: Page;
  readonly at: number;
  readonly stop: AbortController;
  /** Why it need not arrive. */
  excuse?: string;
  /** Where its page said that it is kept. */
  stored?: string | undefined;
  /** When it was over on a page that lived on for long enough to tell the others. */
  overAt?: number;
}

/** One page's wait for a result. */
export interface Wait {
  readonly intent: Intent;
  readonly page: Page;
  readonly run: Run<{ n: number }>;
  readonly at: number;
  accepted?: 'yes' | 'no';
  outcome?: 'value' | 'aborted' | (string & {});
  settledAt?: number;
}

/** A device, its pages, and Mechanic. Everything that happens in it is in here, and nothing of it is random. */
export class World {
  readonly time = new Time();
  readonly disk: Disk;
  readonly server: Server;
  readonly pages: Page[] = [];
  readonly intents: Intent[] = [];
  readonly waits: Wait[] = [];
  /** When the clock was set back, or the device slept: what then holds is less. */
  readonly jumps: number[] = [];
  /** When somebody asked for what was parked. */
  readonly asked: number[] = [];
  /** What must not happen and has happened. */
  readonly problems: string[] = [];

  constructor(
    readonly setup: Setup,
    readonly load: (globals: Globals) => Sdk,
  ) {
    this.disk = new Disk(this.time, setup.disk);
    this.server = new Server(this.time, setup);
    this.open();
  }

  get alive(): Page[] {
    return this.pages.filter(({ isAlive }) => isAlive);
  }

  /** A new page, in a new tab or in one that had another before. */
  open(tab = new Map<string, string>()): void {
    const page = new Page(this, tab);
    this.pages.push(page);
    const run = page.webhook.resume();
    const intent = this.intents.find(({ uuid }) => uuid === run?.id);
    if (run && intent) this.#await(intent, page, run);
  }

  submit(page: Page): void {
    const n = this.intents.length;
    const stop = new AbortController();
    const run = page.webhook.submit({ n }, { signal: stop.signal });
    const intent: Intent = { n, uuid: run.id, page, at: this.time.now, stop };
    this.intents.push(intent);
    this.#await(intent, page, run);
    void (async () => {
      for await (const { stored } of run.updates()) intent.stored = stored ?? intent.stored;
    })().catch(() => {});
  }

  /** Asks a run for its result again: what is known is not looked for a second time. */
  askAgain(wait: Wait): void {
    const isKnown = wait.outcome === 'value';
    const before = this.server.sent.length;
    void wait.run.result().then(
      () => this.#count(before, isKnown, wait),
      () => {},
    );
  }

  abort(intent: Intent): void {
    if (!intent.page.isAlive || intent.stop.signal.aborted) return;
    intent.excuse = 'aborted';
    intent.stop.abort(new Error('aborted'));
    this.#over(intent);
  }

  /** Gives a submission up, in any page. */
  discard(intent: Intent, page: Page): void {
    if (!page.outbox) return;
    intent.excuse ??= 'discarded';
    // Of what storage does not hold, another page knows nothing.
    if (page === intent.page || this.disk.records.has(intent.uuid)) this.#over(intent, page);
    void page.outbox.discard(intent.uuid);
  }

  clear(page: Page): void {
    if (!page.outbox) return;
    for (const intent of this.intents) {
      intent.excuse ??= 'cleared';
      this.#over(intent, page);
    }
    void page.outbox.clear();
  }

  /** The page is gone: nothing of it runs any more, and what it had not written is lost. */
  kill(page: Page): void {
    page.isAlive = false;
    page.diedAt = this.time.now;
    this.time.drop(page);
    for (const intent of this.intents) {
      const isKept = this.setup.outbox && this.disk.records.has(intent.uuid);
      if (intent.page === page && !isKept && intent.stored !== 'disk') intent.excuse ??= 'lost with its page';
    }
  }

  wake(page: Page, type: 'visibilitychange' | 'online' | 'restored'): void {
    if (type === 'visibilitychange') page.isHidden = !page.isHidden;
    if (type === 'restored') {
      page.isHidden = false;
      page.epoch++;
      page.tell('pageshow', { persisted: true });
    } else page.tell(type);
  }

  setOnline(isOnline: boolean): void {
    this.server.isOnline = isOnline;
    if (isOnline) for (const page of this.alive) this.wake(page, 'online');
  }

  #await(intent: Intent, page: Page, run: Run<{ n: number }>): void {
    const wait: Wait = { intent, page, run, at: this.time.now };
    this.waits.push(wait);
    page.waiting++;
    const settle = (outcome: string) => {
      if (!page.isAlive) return;
      page.waiting--;
      Object.assign(wait, { outcome, settledAt: this.time.now });
      if (outcome === 'value') this.#over(intent, page);
    };
    run.accepted.then(
      () => Object.assign(wait, { accepted: 'yes' }),
      () => Object.assign(wait, { accepted: 'no' }),
    );
    run.result().then(
      (value) => {
        if (value?.n !== intent.n) this.problems.push(`submission ${intent.n} got the result of ${value?.n}`);
        settle('value');
      },
      (error: MechanicError) =>
        settle(intent.stop.signal.aborted && page === intent.page ? 'aborted' : error.code),
    );
  }

  /** Notes that a submission is over, should its page live on for long enough to tell storage. */
  #over(intent: Intent, page = intent.page): void {
    this.time.after(100, () => {
      // As late as it is, on a device that slept meanwhile.
      if (page.isAlive) intent.overAt ??= this.time.now;
    });
  }

  #count(before: number, isKnown: boolean, { page, intent }: Wait): void {
    const since = this.server.sent
      .slice(before)
      .filter((sent) => sent.page === page && sent.method === 'GET');
    const others = this.waits.some((wait) => wait.page === page && wait.outcome !== 'value');
    if (isKnown && !others && since.length)
      this.problems.push(`the result of ${intent.n} was looked for again`);
  }
}
