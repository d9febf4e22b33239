import { misconfigured } from './configuration.js';
import type { RunHandle } from './types.js';
import { isUuid } from './uuid.js';

// The tab's own storage: another tab has its own submissions. It throws where cookies are blocked, and can be full;
// then there is no resuming, and nothing else is lost.

/** Where a key's handle is kept, if there is a key. What the theme editor shows is nobody's visit: nothing is kept. */
const storageFor = (key: string | undefined) =>
  key && !(globalThis as { Shopify?: { designMode?: boolean } }).Shopify?.designMode
    ? sessionStorage
    : undefined;

/** Keeps a run's handle for the next page of this tab. It holds the UUID and times, nothing of the data. */
export function keepHandle(key = '', handle: RunHandle): void {
  try {
    storageFor(key)?.setItem(key, JSON.stringify(handle));
  } catch {}
}

/** The handle that was kept, as far as it can be read. */
export function keptHandle(key = ''): RunHandle | undefined {
  try {
    return JSON.parse(storageFor(key)?.getItem(key) ?? '') as RunHandle;
  } catch {
    return undefined;
  }
}

/**
 * The handle of the run to take up: the one that is given, or else the one that was kept; `null` if none was.
 * @throws {MechanicError} `configuration` when it is no handle, or there is nowhere to look for one
 */
export function handleOf(given: RunHandle | undefined, key: string | undefined): RunHandle | null {
  const isKept = given === undefined && key;
  const own = { ...(isKept ? keptHandle(key) : given) } as RunHandle;
  if (isUuid(own.id) && Number.isFinite(own.submittedAt) && Number.isFinite(own.timeoutMs)) return own;
  if (isKept) return null;
  throw misconfigured('resume', given, 'Give what JSON.parse makes of JSON.stringify(run).');
}

/** Keeps what is known of a run now, or forgets it. A later run that has taken its place stays. */
export function renewHandle(key = '', id: string, handle?: RunHandle): void {
  if (keptHandle(key)?.id !== id) return;
  if (handle) keepHandle(key, handle);
  else sessionStorage.removeItem(key);
}
