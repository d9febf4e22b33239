import type { RunHandle } from './types.js';

// The tab's own storage: another tab has its own submissions. It throws where cookies are blocked, and can be full;
// then there is no resuming, and nothing else is lost.

/** What the theme editor shows is nobody's visit: nothing of it is kept. */
const isDesignMode = () => !!(globalThis as { Shopify?: { designMode?: boolean } }).Shopify?.designMode;

/** Keeps a run's handle for the next page of this tab. It holds the UUID and times, nothing of the data. */
export function keepHandle(key: string, handle: RunHandle): void {
  try {
    if (!isDesignMode()) sessionStorage.setItem(key, JSON.stringify(handle));
  } catch {}
}

/** The handle that was kept, as far as it can be read. */
export function keptHandle(key: string): RunHandle | undefined {
  try {
    return isDesignMode() ? undefined : (JSON.parse(sessionStorage.getItem(key) ?? '') as RunHandle);
  } catch {
    return undefined;
  }
}

/** Forgets a handle that {@link keptHandle} has just read. */
export const forgetHandle = (key: string) => sessionStorage.removeItem(key);
