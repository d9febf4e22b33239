import type { Webhook } from 'mechanic-storefront';
import type { Outbox } from 'mechanic-storefront/outbox';
import { cacheUrl, webhookUrl } from '../support/mechanic.ts';
import type { Sdk } from './bundle.ts';
import type { World } from './world.ts';

export const TIMEOUT_MS = 60_000;
export const LOOK_EVERY_MS = 2_000;

type Listener = (event: object) => void;

/** One document in one tab, with an SDK of its own. */
export class Page {
  isAlive = true;
  isHidden = false;
  /** Another one after each stay in the back/forward cache: requests of an earlier one never settle. */
  epoch = 0;
  /** Waits for a result that have not settled. */
  waiting = 0;
  /** When it was killed. */
  diedAt = Number.POSITIVE_INFINITY;
  /** Looks for a result that nobody waits for, or while nobody sees the page. */
  idleLooks = 0;
  /** How often the page was woken: shown, back online, or restored. */
  wakes = 0;
  readonly tab: Map<string, string>;
  readonly webhook: Webhook<{ n: number }>;
  readonly outbox: Outbox | undefined;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(world: World, tab: Map<string, string>) {
    this.tab = tab;
    const { outbox: hasOutbox, idempotent, atomic } = world.setup;
    const { createOutbox, createWebhook, cacheEndpoint } = this.#load(world);
    const store = world.disk.storeFor(this);
    this.outbox = hasOutbox ? createOutbox({ store, atomic, random: () => 0.5 }) : undefined;
    this.webhook = createWebhook<{ n: number }>({
      url: webhookUrl,
      result: cacheEndpoint(cacheUrl),
      schedule: () => LOOK_EVERY_MS,
      timeoutMs: TIMEOUT_MS,
      resumeKey: 'run',
      idempotent,
      ...(this.outbox && { outbox: this.outbox }),
    });
  }

  /** Event listeners that are left. */
  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  tell(type: string, more: object = {}): void {
    if (!this.isAlive) return;
    this.wakes++;
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener({ type, ...more });
  }

  #load({ time, server, load }: World): Sdk {
    const target = {
      addEventListener: (type: string, listener: Listener) => {
        const known = this.#listeners.get(type) ?? new Set();
        this.#listeners.set(type, known.add(listener));
      },
      removeEventListener: (type: string, listener: Listener) => this.#listeners.get(type)?.delete(listener),
    };
    const page = this;
    const document = {
      ...target,
      querySelectorAll: () => [],
      get visibilityState() {
        return page.isHidden ? 'hidden' : 'visible';
      },
    };
    const timers = {
      setTimeout: (callback: () => void, ms: number) => this.isAlive && time.after(ms, callback, this),
      clearTimeout: (timer?: Parameters<typeof time.cancel>[0]) => time.cancel(timer),
    };
    const own = {
      ...timers,
      window: target,
      document,
      Date: class extends Date {
        static override now = () => time.shown;
      },
      sessionStorage: {
        getItem: (key: string) => this.tab.get(key) ?? null,
        setItem: (key: string, value: string) => void (this.isAlive && this.tab.set(key, value)),
        removeItem: (key: string) => void (this.isAlive && this.tab.delete(key)),
      },
    };
    const fetch = (url: string, init?: RequestInit) => {
      if (!this.isAlive) return new Promise<never>(() => {});
      if (init?.method !== 'POST' && (!this.waiting || this.isHidden)) this.idleLooks++;
      return server.fetch(this, url, init);
    };
    return load({ ...own, globalThis: { ...nodeGlobals, ...own, fetch, indexedDB: undefined } });
  }
}

const nodeGlobals = Object.fromEntries(
  [
    'Request',
    'Response',
    'Headers',
    'AbortController',
    'AbortSignal',
    'FormData',
    'ReadableStream',
    'URL',
    'Blob',
  ].map((name) => [name, globalThis[name as keyof typeof globalThis]]),
);
