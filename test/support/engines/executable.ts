import { existsSync } from 'node:fs';

export interface Wanted {
  /** What it is, in words. */
  what: string;
  /** The environment variable that may name it. */
  variable: string;
  /** Where systems install it. */
  installed: readonly string[];
  /** How to get it. */
  remedy: string;
}

/**
 * Where a program is: what the environment variable says, or where systems install it.
 * @throws Error that says what to install. A test that cannot run has failed.
 */
export function executable({ what, variable, installed, remedy }: Wanted): string {
  const named = process.env[variable];
  const found = (named ? [named] : installed).find((path) => existsSync(path));
  if (found) return found;
  const where = named ? `${variable} names ${named}, where nothing is` : `none is at ${installed.join(', ')}`;
  throw new Error(`The browser tests need ${what}, and ${where}. ${remedy}, or name one in ${variable}.`);
}
