import type { ResultSource, Schedule } from '../types.js';

const USUAL_MS = 1_000;
// However wrong the history or a task's progress is, no look is further away than this (and its jitter).
const LONGEST_MS = 4_000;
// From 100 s on the usual pace slows down, to the longest at 220 s: whoever waits for minutes minds seconds less.
const PATIENT_MS = 60_000;
const PATIENCE = 1 / 40;
// Where earlier runs ended, looks are nearer to each other by this.
const EXPECTED = 0.7;
const JITTER = 0.1;

/**
 * The usual schedule. Without a history: a look each second, after minutes each four seconds. With one,
 * looks are a little nearer to each other around the times at which earlier runs ended, and where none ever did, it
 * waits for the next such time, four seconds at most. The fewer runs are known, the wider is what counts as around.
 * A task that tells its progress is looked at again after half of what it has left. Jitter of ±10 % is on every delay,
 * so that pages that started together do not ask together. The figures come from `npm run bench`.
 * @param random where the jitter comes from, `Math.random` if not given; a seeded one makes it a pure function
 * @param patience the share of the time waited so far that is waited for the next look, where that is more than the
 *   usual pace: as {@link ResultSource.patience}
 */
export function usualSchedule(random: () => number = Math.random, patience = 0): Schedule {
  return (elapsedMs, _attempt, historyMs, progress) => {
    const usual = Math.max(USUAL_MS, (elapsedMs - PATIENT_MS) * PATIENCE, elapsedMs * patience);
    const margin = 1 + 3 / Math.sqrt(historyMs.length);
    const ahead = progress
      ? (elapsedMs / progress - elapsedMs) / 2
      : Math.min(...historyMs.map((ms) => (ms * margin < elapsedMs ? Infinity : ms / margin - elapsedMs)));
    const delay = ahead < Infinity ? Math.max(0, ahead) + EXPECTED * usual : usual;
    return Math.min(LONGEST_MS, delay) * (1 + JITTER * (2 * random() - 1));
  };
}
