type Resolve<T> = (value: T | PromiseLike<T>) => void;

/**
 * Waits for what `start` resolves with, or rejects with the signal's reason in the tick of the abort, whichever is
 * first. In the end it calls what `start` returned, to free what the wait held.
 */
export async function orAborted<T>(
  signal: AbortSignal | undefined,
  start: (resolve: Resolve<T>) => readonly (() => void)[],
): Promise<T> {
  signal?.throwIfAborted();
  let abort = () => {};
  let ends: readonly (() => void)[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort);
      // Not `resolve` itself: given a promise, it would be deaf to a later abort.
      ends = start((value) => Promise.resolve(value).then(resolve, reject));
    });
  } finally {
    signal?.removeEventListener('abort', abort);
    for (const end of ends) end();
  }
}

/** What aborts by itself, and also when `signal` does. */
export function linked(signal: AbortSignal | undefined): {
  signal: AbortSignal;
  abort: (reason?: unknown) => void;
} {
  const stop = new AbortController();
  return {
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    abort: (reason) => stop.abort(reason),
  };
}

/** Marks a promise as handled: a caller who awaits only one of a run's promises must not crash on the other. */
export function hushed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A signal of a run's own: one for all would gather listeners for as long as the page lives. */
export const never = (): AbortSignal => new AbortController().signal;
