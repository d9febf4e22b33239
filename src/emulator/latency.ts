import type { Random } from './random.js';

/** How long Mechanic takes, in milliseconds, each time with a jitter of ±20 %. */
export interface Delays {
  /** From the event to its event run, when the task runs are made. */
  eventRunMs: number;
  /** From the event run to the task run. */
  taskRunMs: number;
  /** From the task run to each action run. */
  actionRunMs: number;
}

/**
 * A named set of delays, milliseconds for each of them, or delays of your own. Zero is allowed: runs are then
 * asynchronous still.
 */
export type Latency = 'fast' | 'real' | number | Delays;

/** `real` follows a run that Mechanic's docs show: event +12 s, task run +22 s, action run +30 s. */
const presets: { [name in 'fast' | 'real']: Delays } = {
  fast: { eventRunMs: 120, taskRunMs: 120, actionRunMs: 160 },
  real: { eventRunMs: 12_000, taskRunMs: 10_000, actionRunMs: 8_000 },
};

/** The delays that a latency stands for. */
export function delaysOf(latency: Latency): Delays {
  if (typeof latency === 'number') return { eventRunMs: latency, taskRunMs: latency, actionRunMs: latency };
  return typeof latency === 'string' ? presets[latency] : latency;
}

/** Waits about `ms` milliseconds: 20 % less to 20 % more. */
export function pause(ms: number, random: Random, signal: AbortSignal): Promise<void> {
  return sleep(ms * (0.8 + 0.4 * random()), signal);
}

/**
 * Waits. The global `setTimeout` is looked up at each call, so that fake timers work.
 *
 * @throws the signal's reason, at once, when it is aborted.
 */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      globalThis.clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = globalThis.setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
