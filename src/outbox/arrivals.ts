import { hushed } from '../abort.js';
import type { Accepted, Tell } from '../types.js';

interface Arrival {
  promise: Promise<Accepted>;
  resolve: (accepted: Accepted) => void;
  reject: (error: unknown) => void;
  tell: Tell;
}

/** The runs of this page that wait for their submissions to arrive. */
export class Arrivals {
  readonly #awaited = new Map<string, Arrival>();

  /** Waits for one; its error is nobody's duty. */
  expect(id: string, tell: Tell): Promise<Accepted> {
    const arrival = { tell } as Arrival;
    arrival.promise = hushed(
      new Promise((resolve, reject) => {
        Object.assign(arrival, { resolve, reject });
      }),
    );
    this.#awaited.set(id, arrival);
    return arrival.promise;
  }

  tell(id: string, change: Parameters<Tell>[0]): void {
    this.#awaited.get(id)?.tell(change);
  }

  arrived(accepted: Accepted): void {
    this.#awaited.get(accepted.id)?.resolve(accepted);
    this.#awaited.delete(accepted.id);
  }

  failed(id: string, error: unknown): void {
    this.#awaited.get(id)?.reject(error);
    this.#awaited.delete(id);
  }

  get ids(): string[] {
    return [...this.#awaited.keys()];
  }
}
