// Browsers allow 65,536 bytes of keepalive bodies in flight, over a whole page and all origins, and reject what goes
// beyond like any other network error. Other scripts have their share, so this stays below. Source: the Fetch standard.
const BUDGET_BYTES = 60_000;

let inFlight = 0;

/**
 * Whether a body may go with `keepalive`, which lets it survive a navigation or a closed tab. When it may, its bytes
 * are taken from the page's budget until `done` is called.
 */
export function claimKeepalive(body: string | Blob): { keepalive: boolean; done: () => void } {
  const bytes = typeof body === 'string' ? new Blob([body]).size : body.size;
  if (inFlight + bytes > BUDGET_BYTES) return { keepalive: false, done: () => {} };
  inFlight += bytes;
  return {
    keepalive: true,
    // The browser frees its own count just after the response's promise has resolved.
    done: () => setTimeout(() => (inFlight -= bytes)),
  };
}
