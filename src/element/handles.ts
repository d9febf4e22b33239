import type { Run, RunHandle } from '../index.js';

// The tab's own storage: another tab has its own submission. It throws where cookies are blocked; then there is no
// resuming, and nothing else is lost.

/** Keeps a run's handle for the next page. It holds the UUID and times, nothing of the data. */
export function keep(key: string, run: Run): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(run));
  } catch {}
}

/** The handle that an earlier page kept. */
export function kept(key: string): RunHandle | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '') as RunHandle;
  } catch {
    return undefined;
  }
}

export function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {}
}
