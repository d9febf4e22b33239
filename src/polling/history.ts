import { fingerprint } from '../fingerprint.js';

/** How long earlier runs took, and where the next one's time goes. */
export interface History {
  /** Milliseconds, oldest first. */
  readonly durationsMs: readonly number[];
  /** Takes how long a run took, milliseconds. */
  add(durationMs: number): void;
}

/** For a wait that has no earlier ones, and is not remembered. */
export const NO_HISTORY: History = { durationsMs: [], add() {} };

const KEY = 'mechanic-storefront';
const MOST_RUNS = 20;
const MOST_PLACES = 8;

interface Shopify {
  designMode?: boolean;
  customerPrivacy?: { preferencesProcessingAllowed?(): boolean };
}

/**
 * What this browser remembers of earlier runs whose result came back in the same place: their durations, and nothing
 * by which a run, a visitor or an address could be known. It is a text of lines, `<fingerprint>=<ms>,<ms>…`, the latest
 * place first. Reading or writing it may throw, and it may hold anything; then there is no history, and no harm.
 * What the theme editor shows is nobody's visit. Who does not want preferences kept has none, nor those of before.
 * Source of the latter: shopify.dev, Customer Privacy API.
 */
export function historyOf(place: string): History {
  const own = `${fingerprint(place)}=`;
  return {
    get durationsMs() {
      const line = lines().find((line) => line.startsWith(own)) ?? '';
      const durations = line.slice(own.length).split(',').map(Number);
      return durations.filter((ms) => ms > 0 && ms < 1e9).slice(-MOST_RUNS);
    },
    add(durationMs) {
      const others = lines().filter((line) => !line.startsWith(own));
      const durations = [...this.durationsMs, Math.round(durationMs)];
      try {
        storage().setItem(KEY, [own + durations, ...others.slice(0, MOST_PLACES - 1)].join('\n'));
      } catch {}
    },
  };
}

/** @throws where there is none to use */
function storage(): Storage {
  const { designMode, customerPrivacy } = (globalThis as { Shopify?: Shopify }).Shopify ?? {};
  const isRefused = customerPrivacy?.preferencesProcessingAllowed?.() === false;
  // It may have been allowed before.
  if (isRefused) localStorage.removeItem(KEY);
  if (designMode || isRefused) throw KEY;
  return localStorage;
}

function lines(): string[] {
  try {
    return storage().getItem(KEY)?.split('\n') ?? [];
  } catch {
    return [];
  }
}
