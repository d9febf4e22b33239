/** Whether somebody is looking, and when a look is suddenly worth while. */
export interface Attention {
  /** A hidden page is not polled for. */
  hidden(): boolean;
  /**
   * Calls back when the page is shown again, back online, or restored from the back/forward cache.
   * `restored` says the last: requests that were under way may never settle. Returns the unsubscriber.
   */
  subscribe(wake: (restored: boolean) => void): () => void;
}

const listeners = new Set<(restored: boolean) => void>();

// One listener for the whole page, and all subscribers in one tick: were each its own event listener, the first
// run to wake could join a shared request that the next one is about to drop.
function tell(event: Event): void {
  const restored = event.type === 'pageshow' && (event as PageTransitionEvent).persisted;
  // A page that is shown for the first time has missed nothing.
  if (event.type === 'pageshow' && !restored) return;
  for (const wake of [...listeners]) wake(restored);
}

function listen(change: 'addEventListener' | 'removeEventListener'): void {
  // On a server, and in a worker without a document, there is nothing to listen to.
  if (typeof window === 'undefined') return;
  window[change]('online', tell);
  window[change]('pageshow', tell);
  document[change]('visibilitychange', tell);
}

/** The attention of the page this runs in; where there is no page, it is always watched. */
export const pageAttention: Attention = {
  hidden: () => typeof document !== 'undefined' && document.visibilityState === 'hidden',
  subscribe(wake) {
    if (!listeners.size) listen('addEventListener');
    listeners.add(wake);
    return () => {
      if (listeners.delete(wake) && !listeners.size) listen('removeEventListener');
    };
  },
};
