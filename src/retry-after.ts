// Storefronts want at least 5 s of patience after a 429 or 430, and a page on another origin can rarely read for how
// long. A server that asks for more than a minute gets a minute: the deadline is the caller's.
const LEAST_MS = 5_000;
const MOST_MS = 60_000;

/** How long a refused request should wait for its next try, milliseconds: `Retry-After` (seconds or a date), clamped. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after') ?? '';
  const ms = Number(value) * 1_000 || Date.parse(value) - Date.now() || 0;
  return Math.min(MOST_MS, Math.max(LEAST_MS, ms));
}
