import { hushed } from '../abort.js';
import type { Accepted, Tell } from '../types.js';

/** A submission that runs of this page wait for. */
interface Arrival {
  readonly promise: Promise<Accepted>;
  readonly resolve: (accepted: Accepted) => void;
  readonly reject: (error: unknown) => void;
  readonly tells: Set<Tell>;
}

/** The runs of this page that wait for their submissions to arrive. */
export class Arrivals {
  readonly #awaited = new Map<string, Arrival>();

  /** Waits for one; its error is nobody's duty. */
  expect(id: string, tell: Tell): Promise<Accepted> {
    const arrival = this.#awaited.get(id) ?? { ...Promise.withResolvers<Accepted>(), tells: new Set() };
    this.#awaited.set(id, arrival);
    arrival.tells.add(tell);
    return hushed(arrival.promise);
  }

  has(id: string): boolean {
    return this.#awaited.has(id);
  }

  get ids(): string[] {
    return [...this.#awaited.keys()];
  }

  tell(id: string, change: Parameters<Tell>[0]): void {
    for (const tell of this.#awaited.get(id)?.tells ?? []) tell(change);
  }

  arrived(accepted: Accepted): void {
    // What was said while it was on its way is not true any more.
    this.tell(accepted.id, { stored: undefined, message: undefined });
    this.#awaited.get(accepted.id)?.resolve(accepted);
    this.#awaited.delete(accepted.id);
  }

  failed(id: string, error: unknown): void {
    this.#awaited.get(id)?.reject(error);
    this.#awaited.delete(id);
  }
}
