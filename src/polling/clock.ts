/** Time, injected so that waiting can be tested without waiting. */
export interface Clock {
  /** Epoch milliseconds: a deadline has to survive a reload, and a laptop's sleep counts. */
  now(): number;
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
}

// A longer delay overflows setTimeout's 32 bits and would fire at once, and Node warns of one that is negative.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The page's own time. The globals are looked up at each call, so that fake timers work. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.max(0, Math.min(ms, LONGEST_TIMER_MS)));
    return () => clearTimeout(timer);
  },
};

/** The time of a clock as seen from now on: when it is set back, it goes on from where it was. */
export function neverBack({ now }: Clock): () => number {
  let latest = now();
  let behind = 0;
  return () => {
    const time = now();
    behind += Math.max(0, latest - (time + behind));
    latest = time + behind;
    return latest;
  };
}
