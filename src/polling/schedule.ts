import type { Schedule } from '../types.js';

const FIRST_MS = 500;
const LONGEST_MS = 5_000;
// Each delay is about a third of the time waited so far: a quick result is seen quickly, a slow one costs few looks.
const SHARE_OF_ELAPSED = 0.3;
const JITTER = 0.15;

/**
 * The usual schedule: first look after half a second, then growing to one every 5 s. Jitter of ±15 % stays at the
 * cap, so that pages that started together do not ask together. The 5 s follow what storefronts tolerate.
 * @param random where the jitter comes from; give a seeded one for a pure function
 */
export function growingSchedule(random: () => number = Math.random): Schedule {
  return (elapsedMs, attempt) => {
    const grown = attempt ? Math.min(LONGEST_MS, Math.max(FIRST_MS, elapsedMs * SHARE_OF_ELAPSED)) : FIRST_MS;
    return grown * (1 + JITTER * (2 * random() - 1));
  };
}
