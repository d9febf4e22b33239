import { concerning } from './errors.js';
import type { Settings } from './options.js';
import { poll } from './polling/poll.js';
import { usualSchedule } from './polling/schedule.js';
import { contextOf } from './read-context.js';
import type { RunHandle } from './types.js';

/**
 * What the place of the result held before the submission. Without knowing it, nothing is sent.
 * @throws {MechanicError} what the source threw, with `delivered: 'no'`
 */
export function baselineOf(
  settings: Pick<Settings<unknown>, 'result' | 'requestTimeoutMs' | 'fetch'>,
  handle: RunHandle,
  signal: AbortSignal,
): Promise<string> {
  const { result: source, requestTimeoutMs } = settings;
  const later = usualSchedule();
  return poll(
    async ({ signal }) => {
      const value = await source?.baseline?.(contextOf(settings, handle, signal));
      return { state: 'done', value: value ?? '' };
    },
    {
      signal,
      timeoutMs: requestTimeoutMs,
      requestTimeoutMs,
      schedule: (elapsedMs, attempt, historyMs) => (attempt ? later(elapsedMs, attempt, historyMs) : 0),
    },
  ).catch((error) => {
    const preface = 'Nothing was sent, as what was there before cannot be read. ';
    throw concerning(error, signal, { id: handle.id, delivered: 'no' }, preface);
  });
}
