import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../check-options.js';

/** Thrown for a section, template or other file of a theme that is not there. */
export class MissingFileError extends Error {}

/** A folder of a theme. */
export type ThemeFolder = 'assets' | 'layout' | 'locales' | 'sections' | 'snippets' | 'templates';

/** A file of a theme that was found. */
export interface ThemeFile {
  path: string;
  source: string;
}

/** What may stand in a URL as the name of a file: nothing that leads to another folder. */
const namePattern = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i;

/** The files of all themes, one laid over the other; each is read anew, so that an edit shows at the next request. */
export class ThemeFiles {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Where files of a kind are, the folder that wins first. */
  folders(folder: ThemeFolder): string[] {
    const { sections, templates, assets, themes } = this.#settings;
    const own: { [name: string]: readonly (string | null)[] } = {
      sections: [sections],
      templates: [templates],
      assets,
    };
    const named = (own[folder] ?? []).filter((path) => path !== null);
    return [...named, ...themes.map((theme) => join(theme, folder)).filter((path) => existsSync(path))];
  }

  /** All files of this name, the one that wins first. */
  async all(folder: ThemeFolder, name: string): Promise<ThemeFile[]> {
    if (!namePattern.test(name)) return [];
    const paths = this.folders(folder).map((path) => join(path, name));
    const sources = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(unlessAbsent)));
    return sources.flatMap((source, index) =>
      source === undefined ? [] : [{ path: paths[index] as string, source }],
    );
  }

  /** The first file of one of these names; for each name all folders are looked through. */
  async find(folder: ThemeFolder, ...names: string[]): Promise<ThemeFile | undefined> {
    for (const name of names) {
      const [first] = await this.all(folder, name);
      if (first !== undefined) return first;
    }
    return undefined;
  }

  /** @throws MissingFileError when there is none. */
  async read(folder: ThemeFolder, ...names: string[]): Promise<ThemeFile> {
    const file = await this.find(folder, ...names);
    if (file !== undefined) return file;
    const where = this.folders(folder).join(', ') || `any folder of ${folder}`;
    throw new MissingFileError(`There is no "${names.join('" or "')}" in ${where}.`);
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
