import type { ThemeFile } from './theme-files.js';

/** A theme's JSON file; the theme editor puts a comment before what it writes. @throws Error that names the file. */
export function parseThemeJson({ path, source }: ThemeFile): unknown {
  try {
    return JSON.parse(source.replace(/^\s*\/\*[\s\S]*?\*\//, ''));
  } catch (cause) {
    throw new Error(`${path} is no JSON: ${(cause as Error).message}`, { cause });
  }
}
