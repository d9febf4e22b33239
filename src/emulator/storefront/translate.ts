import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { escapeHtml } from './escape.js';
import type { ThemeFiles } from './theme-files.js';
import { parseThemeJson } from './theme-json.js';

/** Looks a key up for `{{ 'a.b.c' | t: name: value }}`. */
export type Translate = (key: string, values: { [name: string]: unknown }) => Promise<string>;

/**
 * The translations of a language, else those of the theme's default language (`*.default.json`).
 *
 * Source of fact: shopify.dev, "Storefront locale files": HTML is escaped, unless the key ends in `_html`.
 */
export function createTranslate(files: ThemeFiles, locale: string): Translate {
  const candidates = [`${locale}.json`, `${locale}.default.json`, 'en.default.json'];
  return async (key, values) => {
    const template = await textOf(files, candidates, key);
    const names = /\{\{\s*(\w+)\s*\}\}/g;
    if (key.endsWith('_html'))
      return template.replace(names, (_, name: string) => escapeHtml(printed(values[name])));
    return escapeHtml(template.replace(names, (_, name: string) => printed(values[name])));
  };
}

async function textOf(files: ThemeFiles, names: string[], key: string): Promise<string> {
  for (const name of names) {
    // Each theme has its own file of a language, and the key may be in any of them.
    for (const file of await files.all('locales', name)) {
      const found = at(parseThemeJson(file) as Json, key);
      if (typeof found === 'string') return found;
      // What `count` would choose from is not emulated.
      if (found !== undefined) throw new Error(`t: "${key}" in ${file.path} is no text`);
    }
  }
  // Shopify prints "Translation missing"; nobody sees that in time.
  throw new Error(`t: there is no translation "${key}" in ${names.join(', ')}`);
}

function at(translations: Json, key: string): Json | undefined {
  return key.split('.').reduce<Json | undefined>((level, name) => {
    return isJsonObject(level) && Object.hasOwn(level, name) ? (level as JsonObject)[name] : undefined;
  }, translations);
}

function printed(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
