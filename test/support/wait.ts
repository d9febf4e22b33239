import { type PollOptions, poll, type Reading } from 'mechanic-storefront';
import { handClock } from './clock.ts';

/** A wait with a clock of its own, whose looks give or throw these readings; the last one again and again. */
export function wait(readings: unknown[], options: PollOptions = {}) {
  const time = handClock();
  const looks: number[] = [];
  const promise = poll(
    async () => {
      const reading = readings[Math.min(looks.length, readings.length - 1)];
      looks.push(time.clock.now());
      if (reading instanceof Error) throw reading;
      return reading as Reading<unknown>;
    },
    { clock: time.clock, timeoutMs: 10_000, schedule: () => 1_000, ...options },
  );
  promise.catch(() => {});
  return { promise, time, looks };
}
