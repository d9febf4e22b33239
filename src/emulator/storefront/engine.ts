import { basename } from 'node:path';
import { Context, Liquid } from 'liquidjs';
import type { Settings } from '../check-options.js';
import { silentBlock } from '../silent-block.js';
import { escapeHtml } from './escape.js';
import { registerFilters } from './filters.js';
import { plainSection, readJsonTemplate, type SectionInstance } from './json-template.js';
import { createSectionObject } from './section-objects.js';
import { readSectionSchema } from './section-schema.js';
import { createLayoutTag, createSectionTag, layoutOf } from './tags.js';
import { type ThemeFile, ThemeFiles } from './theme-files.js';
import { createTranslate } from './translate.js';

/** Renders the files of themes. */
export interface Engine {
  /**
   * A template (the first of these names that there is, as `.json` or `.liquid`) in its layout.
   *
   * @throws MissingFileError, or LiquidJS's error, which names file and line.
   */
  renderPage(names: readonly string[], scope: object): Promise<string>;
  /** A section in its wrapper, as its schema has it. */
  renderSection(type: string, scope: object): Promise<string>;
}

/** Storefront Liquid, as far as pages need it. */
export function createEngine(settings: Settings): Engine {
  const files = new ThemeFiles(settings);
  const { designMode } = settings;
  const liquid = new Liquid({
    strictFilters: true,
    // Where `{% render 'name' %}` looks.
    partials: files.folders('snippets'),
    extname: '.liquid',
  });

  async function renderLiquid({ path, source }: ThemeFile, scope: object) {
    const context = new Context({}, liquid.options, { globals: scope });
    const html: string = await liquid.render(liquid.parse(source, path), context);
    return { html, layout: layoutOf(context) };
  }

  async function renderInstance(id: string, instance: SectionInstance, scope: object): Promise<string> {
    const file = await files.read('sections', `${instance.type}.liquid`);
    const schema = readSectionSchema(file);
    const render = (setting: string) => liquid.parseAndRender(setting, {}, { globals: scope });
    const section = await createSectionObject(id, instance, schema, { designMode, render });
    const { html } = await renderLiquid(file, { ...scope, section });
    const classes = ['shopify-section', schema.class].filter(Boolean).join(' ');
    return `<${schema.tag} id="shopify-section-${id}" class="${escapeHtml(classes)}">${html}</${schema.tag}>`;
  }

  async function renderTemplate(file: ThemeFile, scope: object) {
    if (file.path.endsWith('.liquid')) return await renderLiquid(file, scope);
    const { layout, sections } = readJsonTemplate(file);
    const prefix = `template--${basename(file.path, '.json').replaceAll('.', '-')}__`;
    const rendered = sections.map(({ key, section }) => renderInstance(`${prefix}${key}`, section, scope));
    const html = await Promise.all(rendered).catch((cause: Error) => {
      // A section that is not there is a fault of the template, and no page that is not there.
      throw new Error(`${file.path}: ${cause.message}`, { cause });
    });
    return { html: html.join('\n'), layout };
  }

  const engine: Engine = {
    async renderPage(names, scope) {
      const file = await files.read(
        'templates',
        ...names.flatMap((name) => [`${name}.json`, `${name}.liquid`]),
      );
      const [name, suffix = null] = basename(file.path)
        .replace(/\.(json|liquid)$/, '')
        .split('.');
      const globals = { ...scope, template: { name, suffix } };
      const { html, layout } = await renderTemplate(file, globals);
      // A storefront without the usual layout has pages that are whole by themselves.
      const around = layout === null ? undefined : await files.find('layout', `${layout}.liquid`);
      if (around === undefined && layout !== null && layout !== 'theme')
        throw new Error(`${file.path} asks for the layout "${layout}", which is not there`);
      if (around === undefined) return html;
      const page = { ...globals, content_for_layout: html, content_for_header: '' };
      return (await renderLiquid(around, page)).html;
    },
    renderSection: (type, scope) => renderInstance(type, plainSection(type), scope),
  };

  registerFilters(liquid, createTranslate(files, settings.locale));
  liquid.registerTag('section', createSectionTag(engine.renderSection));
  liquid.registerTag('layout', createLayoutTag());
  for (const name of ['schema', 'stylesheet', 'javascript', 'doc']) {
    liquid.registerTag(name, silentBlock(name));
  }
  return engine;
}
