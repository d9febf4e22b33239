import type { Attention, Clock } from 'mechanic-storefront';

/** A clock that stands still until it is told to go on. */
export function handClock(start = 0) {
  let now = start;
  /** What somebody has set the clock to; timers do not go by it. */
  let set = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  const clock: Clock = {
    now: () => now + set,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };

  return {
    clock,
    /** Timers that are waiting. */
    get waiting() {
      return timers.size;
    },
    /** Sets the clock back; timers go on. */
    setBack(ms: number) {
      set -= ms;
    },
    /** Lets time pass, timer by timer. */
    async pass(ms: number) {
      const end = now + ms;
      await rest();
      for (;;) {
        const [next] = [...timers].sort((a, b) => a.at - b.at);
        if (!next || next.at > end) break;
        now = Math.max(now, next.at);
        timers.delete(next);
        next.callback();
        await rest();
      }
      now = end;
    },
    /** Lets time pass without a timer, as in a tab that sleeps: they are all late. */
    async sleep(ms: number) {
      now += ms;
      await rest();
    },
  };
}

/** Lets promises come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

/** A page that somebody looks at, or not. */
export function pageStandIn() {
  let isHidden = false;
  const listeners = new Set<(restored: boolean) => void>();
  const tell = (restored: boolean) => {
    for (const wake of [...listeners]) wake(restored);
  };
  const attention: Attention = {
    hidden: () => isHidden,
    subscribe(wake) {
      listeners.add(wake);
      return () => listeners.delete(wake);
    },
  };
  return {
    attention,
    get listeners() {
      return listeners.size;
    },
    hide() {
      isHidden = true;
      tell(false);
    },
    show() {
      isHidden = false;
      tell(false);
    },
    /** The connection is back. */
    online: () => tell(false),
    /** Back from the back/forward cache. */
    restore() {
      isHidden = false;
      tell(true);
    },
  };
}
