import { linked, orAborted } from '../abort.js';
import { misconfigured } from '../configuration.js';
import { MechanicError } from '../errors.js';
import { DEFAULTS } from '../options.js';
import type { Reading, Schedule } from '../types.js';
import { type Attention, pageAttention } from './attention.js';
import { type Clock, neverBack, systemClock } from './clock.js';
import { type History, NO_HISTORY } from './history.js';
import { usualSchedule } from './schedule.js';

const LONGEST_GAP_MS = 5_000;

/** How far a wait has come. */
export interface PollProgress {
  /** Looks taken so far. */
  attempts: number;
  /** Milliseconds since the start. */
  elapsedMs: number;
  /** 0 to 1, as the last look told. */
  progress?: number;
  /** What the task said it is doing, in its own words. Plain text: never render it as HTML. */
  message?: string;
}

/** What {@link poll} takes. */
export interface PollOptions {
  /** Rejects with `signal.reason` in the tick of the abort; nothing is asked after it. @default none */
  signal?: AbortSignal | undefined;
  /** How long to wait for a result, milliseconds from `startedAt`. @default 120_000 */
  timeoutMs?: number;
  /** When the wait began, epoch milliseconds; an earlier one resumes a wait. @default now */
  startedAt?: number;
  /** A look that takes longer is given up and counts as transient trouble, milliseconds. @default 10_000 */
  requestTimeoutMs?: number;
  /** When to look. @default each second, later each four; with a history, where earlier runs ended */
  schedule?: Schedule | undefined;
  /** How long earlier waits took; what this one takes is added to it. @default none */
  history?: History;
  /** Called after every look that found no result. @default none */
  onProgress?: (progress: PollProgress) => void;
  /** The time to go by, for tests. @default the page's time */
  clock?: Clock;
  /** Whether somebody is looking, for tests. @default the page's visibility, connection and back/forward cache */
  attention?: Attention;
}

/**
 * Looks with `read` until it finds `done`, and resolves with its value.
 *
 * Trouble that may pass (a `MechanicError` with `transient`, or the `TypeError` with which `fetch` reports no response)
 * is waited out; `failed` and anything else that `read` throws ends the wait at once. A hidden page is not polled
 * for; when it is shown again there is one look at once. The last look always begins after the deadline.
 *
 * @param read one look; its signal aborts when the look takes too long or the wait is over
 * @throws {MechanicError} `timeout`, `task_failed`, `bad_result` when two looks in a row are unreadable,
 *   `configuration` when the schedule returns no delay, or what `read` threw
 */
export async function poll<T>(
  read: (look: { signal: AbortSignal }) => Reading<T> | Promise<Reading<T>>,
  options: PollOptions = {},
): Promise<T> {
  const { signal, onProgress, clock = systemClock, attention = pageAttention } = options;
  const { timeoutMs = DEFAULTS.timeoutMs, requestTimeoutMs = DEFAULTS.requestTimeoutMs } = options;
  // A clock that is set back must not put off the deadline.
  const now = neverBack(clock);
  const { schedule = usualSchedule(), history = NO_HISTORY } = options;
  const { durationsMs } = history;
  // Nothing began in the future: the clock has been set back since.
  const startedAt = Math.min(options.startedAt ?? now(), now());
  const deadline = startedAt + timeoutMs;
  // A deadline that never comes would be asked for every millisecond.
  if (!Number.isFinite(deadline)) throw misconfigured('timeoutMs', timeoutMs, 'Give milliseconds.');
  const statuses = new Set<number>();
  let attempts = 0;
  let trouble: MechanicError | undefined;
  /** No look before this: the server asked for patience. */
  let notBefore = 0;
  /** A look was cut short by the back/forward cache: take it again at once. */
  let hurry = false;
  const elapsed = () => Math.max(0, now() - startedAt);
  let progress: number | undefined;
  /** When the last look began that found no result, since the start. */
  let pendingMs = 0;

  for (;;) {
    signal?.throwIfAborted();
    if (!hurry) await pause(schedule(elapsed(), attempts, durationsMs, progress));
    hurry = false;
    const isLast = now() >= deadline;
    const beganMs = elapsed();
    attempts++;
    let news: Partial<PollProgress> & { retryAfterMs?: number } = {};
    try {
      const reading = await look();
      if (reading.state !== 'pending') remember(beganMs);
      if (reading.state === 'done') return reading.value;
      if (reading.state === 'failed') throw taskFailed(reading);
      trouble = undefined;
      pendingMs = beganMs;
      progress = reading.progress;
      const { state: _, ...told } = reading;
      news = told;
    } catch (error) {
      news = { retryAfterMs: patience(error) };
    }
    const { retryAfterMs = 0, ...told } = news;
    onProgress?.({ ...told, attempts, elapsedMs: elapsed() });
    if (isLast && !hurry) throw timeout();
    // A source that reads a header may find no number in it.
    notBefore = now() + (retryAfterMs > 0 ? retryAfterMs : 0);
  }

  /**
   * The run ended between two looks, so the middle is the best guess; the time of the look would grow from run to run.
   * After a longer gap (a hidden page, an earlier page's run, a server that wanted patience) there is none.
   */
  function remember(beganMs: number): void {
    if (beganMs - pendingMs < LONGEST_GAP_MS) history.add((pendingMs + beganMs) / 2);
  }

  /** Waits for the next look: the delay, but not past the deadline, nor while the server wants patience. */
  function pause(delayMs: number): Promise<void> {
    if (!(delayMs >= 0)) throw misconfigured('schedule', delayMs, 'Return milliseconds.');
    const time = now();
    const ms = Math.min(Math.max(delayMs, notBefore - time), deadline - time);
    return orAborted(signal, (resolve: () => void) => {
      // A timer that ends while the page is hidden does nothing: the wake-up when it is shown does.
      const wake = (isDue: boolean) => {
        if (!attention.hidden() && (isDue || now() >= Math.min(notBefore, deadline))) resolve();
      };
      return [clock.after(ms, () => wake(true)), attention.subscribe(() => wake(false))];
    });
  }

  /** One look, given up when it takes too long, and when the page comes back from the back/forward cache. */
  function look(): Promise<Reading<T>> {
    const { signal: both, abort } = linked(signal);
    const giveUp = () =>
      abort(new MechanicError('network', `No answer in ${requestTimeoutMs} ms.`, { transient: true }));
    return orAborted<Reading<T>>(both, (resolve) => {
      resolve(read({ signal: both }));
      return [
        clock.after(requestTimeoutMs, giveUp),
        attention.subscribe((restored) => {
          if (!restored) return;
          hurry = true;
          giveUp();
        }),
        // Whatever the look left running is not wanted any more.
        () => abort(),
      ];
    });
  }

  /** How long to leave the server alone after an error; throws one that will not pass. */
  function patience(error: unknown): number {
    signal?.throwIfAborted();
    const known = error instanceof MechanicError ? error : undefined;
    // What is just being written is unreadable once; a wrong address always.
    const again = known?.code === 'bad_result' && trouble?.code === 'bad_result';
    if (again || !(known?.transient ?? error instanceof TypeError)) throw error;
    trouble = error as MechanicError;
    if (known?.observed.status) statuses.add(known.observed.status);
    return known?.observed.retryAfterMs ?? 0;
  }

  function timeout(): MechanicError {
    const elapsedMs = elapsed();
    return new MechanicError(
      'timeout',
      `No result in ${elapsedMs} ms and ${attempts} looks. ${trouble ? `Last trouble: ${trouble.message} ` : ''}` +
        'Check in Mechanic: is the webhook id right, the task enabled, no event filter in the way, and did the task run without error and publish this UUID?',
      { observed: { attempts, statuses: [...statuses], elapsedMs }, cause: trouble },
    );
  }
}

function taskFailed({ code, message }: { code?: string; message: string }): MechanicError {
  return new MechanicError('task_failed', `The task failed: ${message} (Its run in Mechanic shows more.)`, {
    observed: { taskMessage: message, ...(code && { taskCode: code }) },
  });
}
