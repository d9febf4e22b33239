import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Liquid, toValue } from 'liquidjs';
import { silentBlock } from '../silent-block.js';
import { createSectionTag } from './tags.js';

/** Thrown for a section or template that has no file. */
export class MissingFileError extends Error {}

/** Renders Liquid files; each is read anew, so that an edit shows at the next request. */
export interface Engine {
  /** @throws MissingFileError, or LiquidJS's error, which names file and line. */
  render(folder: string | null, name: string, scope: object): Promise<string>;
  /** A section in its wrapper. */
  renderSection(id: string, scope: object): Promise<string>;
}

/** What may stand in a URL as the name of a file: nothing that leads to another folder. */
const namePattern = /^[a-z0-9_-]+(\.[a-z0-9_-]+)?$/i;

/** Storefront Liquid, as far as sections and pages need it. */
export function createEngine(sections: string | null): Engine {
  const liquid = new Liquid({ strictFilters: true });
  const engine: Engine = {
    async render(folder, name, scope) {
      const source = await readTemplate(folder, name);
      const file = join(folder ?? '', `${name}.liquid`);
      return await liquid.render(liquid.parse(source, file), {}, { globals: scope });
    },
    async renderSection(id, scope) {
      const html = await engine.render(sections, id, { ...scope, section: { id } });
      return `<div id="shopify-section-${id}" class="shopify-section">${html}</div>`;
    },
  };
  liquid.registerFilter('json', shopifyJson);
  liquid.registerFilter('asset_url', (name: unknown) => `/assets/${String(name)}`);
  liquid.registerTag('section', createSectionTag(engine.renderSection));
  for (const name of ['schema', 'stylesheet', 'javascript']) liquid.registerTag(name, silentBlock(name));
  return engine;
}

/** Shopify's JSON is safe inside a `<script>`: it has no `<`, `>` or `&`. And nil is `null`. */
function shopifyJson(value: unknown): string {
  const json = JSON.stringify(toValue(value) ?? null);
  return json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

async function readTemplate(folder: string | null, name: string): Promise<string> {
  if (folder === null || !namePattern.test(name)) throw new MissingFileError(`There is no "${name}.liquid".`);
  const file = join(folder, `${name}.liquid`);
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new MissingFileError(`There is no "${name}.liquid" in ${folder}.`, { cause });
  }
}
