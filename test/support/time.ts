import { vi } from 'vitest';

/** Lets everything that is under way without a timer come to rest: msw answers within a few turns of the event loop. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Takes over timers and time, and leaves alone what the network stand-in itself runs on. */
export function stopTime(now = Date.UTC(2026, 0, 1)): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now });
}

/** Lets stopped time pass, with the network answering in between. */
export async function pass(ms: number): Promise<void> {
  const stepMs = 100;
  await turns();
  for (let left = ms; left > 0; left -= stepMs) {
    await vi.advanceTimersByTimeAsync(Math.min(stepMs, left));
    await turns();
  }
}
