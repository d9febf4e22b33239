import { AsyncLocalStorage } from 'node:async_hooks';
import { normalQuantile, seeded, shuffled } from './random.ts';

/** How long tasks take, milliseconds. */
export interface Work {
  name: string;
  /** What a share of them does not exceed. */
  durationMs(share: number): number;
}

const lognormal = (medianMs: number, sigma: number) => (share: number) =>
  medianMs * Math.exp(sigma * normalQuantile(share));

export const WORKS: Work[] = [
  { name: 'about 3 s (lognormal, σ 0.6)', durationMs: lognormal(3_000, 0.6) },
  { name: 'about 15 s (lognormal, σ 1.0)', durationMs: lognormal(15_000, 1) },
  { name: 'about 30 s (lognormal, σ 0.4)', durationMs: lognormal(30_000, 0.4) },
  {
    name: 'half about 2 s, half about 60 s (lognormal, σ 0.2)',
    durationMs: (share) => lognormal(share < 0.5 ? 2_000 : 60_000, 0.2)((2 * share) % 1 || 0.5),
  },
  { name: '0.5 to 5 s (uniform)', durationMs: (share) => 500 + 4_500 * share },
];

/** How long they take on average, milliseconds. */
export function meanMs({ durationMs }: Work): number {
  const shares = Array.from({ length: 10_000 }, (_, n) => (n + 0.5) / 10_000);
  return shares.reduce((sum, share) => sum + durationMs(share), 0) / shares.length;
}

/** A run to be waited for. */
export interface Job {
  /** Whose it is. A browser remembers its own runs. */
  shopper: number;
  /** One request, which takes 100 ms: whether the run is done when it is answered. */
  look(): Promise<boolean>;
}

/** Waits for a run in its own way, and resolves once it knows that it is done. */
export type Client = (job: Job) => Promise<unknown>;

/** What a client's waiting came to, over all measured runs. */
export interface Figures {
  requests: number;
  meanMs: number;
  p95Ms: number;
}

/** Time that jumps from timer to timer. `Date`, `setTimeout` and `setInterval` must be its own already. */
export interface Time {
  /** Jumps to the next timer. */
  next(): void;
}

const ROUND_TRIP_MS = 100;
const SHOPPERS = 100;
const MEASURED = 12;

const turn = setImmediate;

/**
 * Lets a hundred shoppers run tasks one after another, all at once, and measures the last twelve runs of each. The
 * same seed gives every client the same runs. The measured ones have every share of the durations once, in random
 * order, so that the figures depend little on the seed.
 * @param earlier runs of each shopper before the measured ones, which are not counted
 */
export async function simulate(
  time: Time,
  client: Client,
  { work, seed, earlier = 0 }: { work: Work; seed: number; earlier?: number },
): Promise<Figures> {
  const delays: number[] = [];
  let requests = 0;

  async function run(shopper: number, durationMs: number, isMeasured: boolean) {
    const doneAt = Date.now() + durationMs;
    let looks = 0;
    await client({
      shopper,
      async look() {
        looks++;
        const isDone = Date.now() + ROUND_TRIP_MS / 2 >= doneAt;
        await new Promise((resolve) => setTimeout(resolve, ROUND_TRIP_MS));
        return isDone;
      },
    });
    if (!isMeasured) return;
    requests += looks;
    delays.push(Date.now() - doneAt);
  }

  const count = SHOPPERS * MEASURED;
  const shares = shuffled(count, seeded(seed)).map((n) => (n + 0.5) / count);

  async function shop(shopper: number) {
    const before = seeded(seed + 1 + shopper);
    for (let n = 0; n < earlier; n++) await run(shopper, work.durationMs(1 - before()), false);
    for (const share of shares.slice(shopper * MEASURED, (shopper + 1) * MEASURED)) {
      await run(shopper, work.durationMs(share), true);
    }
  }

  const { random } = Math;
  // Each shopper's jitter is of its own, so that nothing depends on who comes first.
  const own = new AsyncLocalStorage<() => number>();
  Math.random = () => (own.getStore() ?? random)();
  const shops = Array.from({ length: SHOPPERS }, (_, n) => own.run(seeded(seed - 1 - n), () => shop(n)));
  try {
    let isOver = false;
    const all = Promise.all(shops).finally(() => {
      isOver = true;
    });
    // Whatever a timer set off comes to rest before the next one.
    for (; ; time.next()) {
      await new Promise((resolve) => turn(resolve));
      if (isOver) break;
    }
    await all;
  } finally {
    Math.random = random;
  }
  delays.sort((a, b) => a - b);
  return {
    requests: requests / delays.length,
    meanMs: delays.reduce((sum, delay) => sum + delay, 0) / delays.length,
    p95Ms: delays[Math.floor(delays.length * 0.95)] ?? 0,
  };
}
