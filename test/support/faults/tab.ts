import type { Engine, EnginePage } from '../engines.ts';

/** What control.js puts on a page. */
interface Control {
  now(): number;
  ready(): Promise<void>;
  rest(): Promise<void>;
  state(): string | null;
  seen(): string[];
  wasRestored(): boolean;
  submit(): void;
  leave(path: string): void;
  back(): void;
  pass(how: { ms: number; until?: string[]; isHeld?: boolean }): Promise<void>;
  sleep(ms: number): Promise<void>;
  setClock(ms: number): void;
  show(isShown: boolean): void;
  connect(isConnected: boolean): void;
  block(part: string): void;
}

declare const window: { control: Control };

/** Longer than any wait of the outbox's that a row is about, milliseconds of the page's time. */
const LONG_MS = 400_000;

/** A tab of the storefront. Its time is the test's. */
export class Tab {
  readonly native: EnginePage;
  /** What was seen on the pages that were left. */
  #seen: string[] = [];
  /** The page's time when it was last asked, epoch milliseconds. */
  time = 0;
  /** Whether it was killed. */
  isGone = false;

  private constructor(native: EnginePage) {
    this.native = native;
  }

  static async open(engine: Engine, url: string): Promise<Tab> {
    const tab = new Tab(await engine.open(url));
    await tab.#until('/pages/');
    return tab;
  }

  /** Calls one of the page's controls. */
  async call<Name extends keyof Control>(
    name: Name,
    ...given: Parameters<Control[Name]>
  ): Promise<Awaited<ReturnType<Control[Name]>>> {
    const call = ({ name, given }: { name: Name; given: unknown[] }) =>
      (window.control[name] as (...given: unknown[]) => never)(...given);
    return this.native.evaluate(call, { name, given });
  }

  /** Submits the form, and comes back at once. */
  submit(): Promise<void> {
    return this.call('submit');
  }

  /** Lets time pass, once what is under way has ended. */
  pass(ms: number): Promise<void> {
    return this.call('pass', { ms });
  }

  /** Lets time pass while a request is held up. */
  passHeld(ms: number): Promise<void> {
    return this.call('pass', { ms, isHeld: true });
  }

  /** Lets time pass until the shopper has a result or an error. */
  async conclude(): Promise<void> {
    await this.call('pass', { ms: LONG_MS, until: ['done', 'failed'] });
  }

  /** Ends the tab as nothing else does: without a word to its page, where the engine can. */
  async kill(): Promise<void> {
    this.time = await this.call('now');
    this.isGone = true;
    await this.native.kill();
  }

  async close(): Promise<void> {
    if (!this.isGone) await this.native.close();
  }

  /** Goes to another page of the storefront. */
  async leave(path: string): Promise<void> {
    this.#seen = await this.seen();
    await this.call('leave', path);
    await this.#until(path);
  }

  /** Goes back. @returns whether the page came from the back/forward cache */
  async back(path: string): Promise<boolean> {
    await this.call('back');
    await this.#until(path);
    const isRestored = await this.call('wasRestored');
    // It is the same page still, and has seen all of it.
    if (isRestored) this.#seen = [];
    return isRestored;
  }

  /** The words that the shopper has seen, in order. */
  async seen(): Promise<string[]> {
    const seen = [...this.#seen, ...(await this.call('seen'))];
    // The next page may go on with what the last one showed.
    return seen.filter((words, n) => words !== seen[n - 1]);
  }

  /** Waits until a page is there and has looked at what is stored. */
  async #until(path: string): Promise<void> {
    const isThere = async (path: string) => {
      if (!window.control || !location.href.includes(path) || document.readyState !== 'complete')
        return false;
      await window.control.ready();
      return true;
    };
    // While a page goes, there is none to ask.
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
      if (await this.native.evaluate(isThere, path).catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The page ${path} has not come.`);
  }
}
