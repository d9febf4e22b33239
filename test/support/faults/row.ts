import type { Emulator } from 'mechanic-storefront/emulator';
import type { EngineName } from '../engines.ts';
import type { Network } from './network.ts';
import type { Place } from './shop.ts';
import type { Tab } from './tab.ts';

/** What a row has to work with. */
export interface Scene {
  engine: EngineName;
  network: Network;
  mechanic: Emulator;
  /** The tab with the form. */
  tab: Tab;
  /** Opens another tab of the same visitor, or after the first was killed, a tab of the same browser. */
  open(): Promise<Tab>;
}

/** A number, or the least and the most. */
export type Count = number | readonly [number, number];

/** What is promised of a row, and what was found: the same words, so that they can be compared. */
export interface Promised {
  /** What the shopper sees, in order, in the names of `sights`; or any of these. */
  sees: string | readonly string[];
  /** How many submissions Mechanic took. */
  taken: Count;
  /** How often the task worked. */
  worked: Count;
}

/** One fault. */
export interface Row {
  name: string;
  /** Where the result comes back. @default 'cache' */
  place?: Place;
  /** What the page may store. @default anything */
  storage?: 'blocked' | 'full';
  /** How long each step takes until the task has worked, milliseconds of real time. @default 0 */
  latencyMs?: number;
  /** How many times a shopper submits. @default 1 */
  submissions?: number;
  /** Whether the engines may differ in it: `npm test` has these in all of them. @default false */
  isEngines?: boolean;
  /** Arranges the fault, submits, and waits for what becomes of it. A text that it resolves with is a note. */
  act(scene: Scene): Promise<unknown>;
  without: Promised;
  with: Promised;
}
