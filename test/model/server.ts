import type { Page } from './page.ts';
import type { Time } from './time.ts';

/** What happens to requests while it lasts. */
export const faults = [
  'none',
  'lost before it was read',
  'lost after it was taken',
  'never answered',
  'taken and never answered',
  // A browser repeats a POST by itself, on a connection that was closed while it was reused.
  'repeated by the browser',
  'status 429',
  'status 500',
  // A gateway that gave up on what arrived after all.
  'taken and status 502',
  'status 503',
] as const;
export type Fault = (typeof faults)[number];

/** One request of a page. */
export interface Sent {
  readonly page: Page;
  readonly method: string;
  readonly at: number;
  readonly uuid: string;
  readonly bytes: string;
  readonly body: string;
  /** What the page saw, and when; nothing while it is under way, or when the page was gone. */
  answer?: number | 'no response';
  endedAt?: number;
}

const LATENCY_MS = 40;

/** Mechanic with one task that does its work once for each UUID, and a cache endpoint that shows its results. */
export class Server {
  fault: Fault = 'none';
  isOnline = true;
  readonly sent: Sent[] = [];
  /** How often each submission arrived, by what was submitted; and how often its work was done. */
  readonly arrivals = new Map<number, number>();
  readonly effects = new Map<number, number>();
  readonly #time: Time;
  readonly #taskMs: number;
  readonly #isMap: boolean;
  readonly #done = new Set<string>();
  #cell: Record<string, unknown> = {};

  constructor(time: Time, { taskMs, isMap }: { taskMs: number; isMap: boolean }) {
    this.#time = time;
    this.#taskMs = taskMs;
    this.#isMap = isMap;
  }

  /** A page's `fetch`. Nothing of it comes back to a page that is gone. */
  fetch(page: Page, url: string, init: RequestInit = {}): Promise<Response> {
    const { method = 'GET', body, signal } = init;
    const type = new Headers(init.headers).get('content-type');
    const { uuid = '', n = -1 } =
      typeof body === 'string' ? (JSON.parse(body) as { uuid?: string; n?: number }) : {};
    const sent: Sent = {
      page,
      method,
      at: this.#time.now,
      uuid,
      body: String(body),
      bytes: `${url} ${type} ${body}`,
    };
    this.sent.push(sent);
    const fault = this.isOnline ? this.fault : 'lost before it was read';
    return new Promise((resolve, reject) => {
      const { epoch } = page;
      const end = (answer: number | 'no response', settle: () => void) => {
        if (!page.isAlive || page.epoch !== epoch || sent.endedAt !== undefined) return;
        Object.assign(sent, { answer, endedAt: this.#time.now });
        settle();
      };
      signal?.addEventListener('abort', () => end('no response', () => reject(signal.reason)));
      const arrive = () => {
        // A closed tab takes what has not left it along; `keepalive` is not relied on here.
        if (!page.isAlive || signal?.aborted) return;
        if (method === 'POST' && /^none|taken|repeated/.test(fault)) {
          this.#take(uuid, n);
          if (fault.startsWith('repeated')) this.#take(uuid, n);
        }
        this.#time.after(LATENCY_MS, () => {
          if (fault.startsWith('lost')) end('no response', () => reject(new TypeError('Failed to fetch')));
          else if (!fault.includes('never')) {
            const response = this.#answer(method, fault);
            end(response.status, () => resolve(response));
          }
        });
      };
      this.#time.after(LATENCY_MS, arrive);
    });
  }

  #answer(method: string, fault: Fault): Response {
    const status = Number(/\d+/.exec(fault)?.[0] ?? 0);
    if (status) return new Response(null, { status, headers: status === 429 ? { 'retry-after': '20' } : {} });
    return method === 'POST' ? new Response(null, { status: 204 }) : Response.json(this.#cell);
  }

  #take(uuid: string, n: number): void {
    this.arrivals.set(n, (this.arrivals.get(n) ?? 0) + 1);
    if (this.#done.has(uuid)) return;
    this.#done.add(uuid);
    this.effects.set(n, (this.effects.get(n) ?? 0) + 1);
    this.#time.after(this.#taskMs, () => {
      const record = { status: 'done', value: { n } };
      // A map keeps every result; a single record is what the last run left.
      this.#cell = this.#isMap ? { ...this.#cell, [uuid]: record } : { ...record, uuid };
    });
  }
}
