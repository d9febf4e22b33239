/** The three engines that browsers are built on. */
export const engineNames = ['chromium', 'firefox', 'webkit'] as const;

export type EngineName = (typeof engineNames)[number];

/** A browser that is running, whatever drives it. */
export interface Engine {
  /** Opens a page in a tab or window of its own. */
  open(url: string): Promise<EnginePage>;
  /** Ends the browser and all that was started with it. */
  close(): Promise<void>;
}

export interface EnginePage {
  /** Opens another page in its place. */
  goto(url: string): Promise<void>;
  /** Runs a function in the page, with what JSON can carry in and out. It sees nothing of the file that it is in. */
  evaluate<A, T>(run: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  /** A PNG of what is shown, after the window was given that width. */
  screenshot(width: number): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Ends the page without a word to it, where the engine can: Chromium crashes it, the others close it. */
  kill(): Promise<void>;
  /** Fails what the page asks of addresses with this part; none of them any more with an empty one. */
  block?(part: string): Promise<void>;
  /** Takes the page off the network, and tells it so. */
  setOffline?(isOffline: boolean): Promise<void>;
}
