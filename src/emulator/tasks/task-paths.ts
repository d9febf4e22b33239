import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An absolute path, or an absolute glob pattern. A relative one begins at the working directory. */
export function toPath(given: string | URL): string {
  if (given instanceof URL) return fileURLToPath(given);
  return given.startsWith('file:') ? fileURLToPath(given) : resolve(given);
}

/** The files that a path or glob pattern stands for, in alphabetical order. */
export function filesAt(path: string): string[] {
  // First as it is, since a folder's own name may have brackets.
  return existsSync(path) ? [path] : globSync(path).sort();
}

/** The file's text; `undefined` when it is gone or cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
