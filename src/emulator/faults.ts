import { createRandom } from './random.js';

/** A kind of request that faults can hit: of pages, not of the HTTP action. */
export type FaultPlace = 'webhook' | 'cache' | 'storage' | 'section';

/** All of them. `section` is what renders on a storefront: `?section_id`, `?sections` and `?view`. */
export const faultPlaces = ['webhook', 'cache', 'storage', 'section'] as const satisfies FaultPlace[];

/** What goes wrong between a page and Mechanic. The parts combine; without any, nothing does. */
export interface Faults {
  /** Where. @default 'webhook' */
  on?: FaultPlace | readonly FaultPlace[] | undefined;
  /** How long each request waits, in milliseconds, before anything else happens. @default 0 */
  delayMs?: number | undefined;
  /** Share (0 to 1) of requests whose connection is cut before they are read. @default 0 */
  drop?: number | undefined;
  /** Answer with this status (400 to 599) instead of taking the request. */
  status?: number | undefined;
  /** The `Retry-After` that goes with `status`. Without `status` it does nothing. */
  retryAfterSeconds?: number | undefined;
  /** Share (0 to 1) of requests that are taken, and their connection then cut without an answer. @default 0 */
  loseResponses?: number | undefined;
  /**
   * Answer without CORS headers, preflights too, so that no page on another origin may read the answer. What is asked
   * is done all the same. On a section, which a page asks on its own origin, it does nothing. @default false
   */
  hideCors?: boolean | undefined;
}

/** Thrown where a connection is to be cut: what `fetch` rejects with under Node. */
export class ConnectionCut extends TypeError {
  constructor() {
    const cause = new Error('The local Mechanic cut the connection: that is one of its faults.');
    super('fetch failed', { cause: Object.assign(cause, { code: 'ECONNRESET' }) });
  }
}

/** The faults that are switched on, and the chance that decides whom they hit. */
export class FaultInjector {
  readonly #random;
  #faults: Faults;

  constructor(seed: number, faults: Faults) {
    // A stream that no event has: their ordinals begin at 0.
    this.#random = createRandom(seed, -1);
    this.#faults = faults;
  }

  /** A copy of the faults. */
  get(): Faults {
    return structuredClone(this.#faults);
  }

  /** Replaces all of them. They were checked, and so copied, before. */
  set(faults: Faults): void {
    this.#faults = faults;
  }

  /** The faults that a request to this place meets. */
  at(place: FaultPlace): Faults {
    const { on = 'webhook' } = this.#faults;
    return [on].flat().includes(place) ? this.#faults : {};
  }

  /** Whether chance hits, for a share of requests. */
  hits(share = 0): boolean {
    return this.#random() < share;
  }
}
