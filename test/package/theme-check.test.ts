import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ThemeLiquidDocsManager } from '@shopify/theme-check-docs-updater';
import { check } from '@shopify/theme-check-node';
import { afterEach, beforeEach, expect, test } from 'vitest';

// Theme check asks GitHub and a cache in the home directory for newer descriptions of Liquid, and falls back to those
// that it brings. Only those: the outcome is the same on every machine, and without a network.
const absent = () => Promise.reject(new Error('only what the package brings'));
Object.assign(ThemeLiquidDocsManager.prototype, { loadResource: absent, loadSchema: absent });

let shop: string;

/** A theme of which there is nothing but the kit, copied as its README says; no check is left out. */
beforeEach(() => {
  shop = mkdtempSync(join(tmpdir(), 'kit-'));
  cpSync('theme', shop, { recursive: true });
  cpSync('dist/mechanic-storefront.min.js', join(shop, 'assets/mechanic-storefront.min.js'));
  mkdirSync(join(shop, 'config'));
  writeFileSync(join(shop, 'config/settings_schema.json'), '[]');
  writeFileSync(join(shop, '.theme-check.yml'), 'extends: theme-check:recommended\n');
});

afterEach(() => rmSync(shop, { recursive: true }));

async function offenses(): Promise<string[]> {
  const found = await check(shop, join(shop, '.theme-check.yml'));
  return found.map((offense) => {
    const file = relative(shop, fileURLToPath(offense.uri));
    return `${offense.check} in ${file}: ${offense.message}`;
  });
}

function edit(file: string, from: string, to: string): void {
  const source = readFileSync(join(shop, file), 'utf8');
  expect(source).toContain(from);
  writeFileSync(join(shop, file), source.replace(from, to));
}

test("Shopify's theme check finds nothing in the theme kit", async () => {
  expect(await offenses()).toEqual([]);
});

test.each([
  ['UnknownFilter', 'sections/mechanic-form.liquid', '| stylesheet_tag', '| style_sheet_tag'],
  ['ValidSchema', 'sections/mechanic-form.liquid', '"type": "range"', '"type": "slider"'],
  [
    'TranslationKeyExists',
    'sections/mechanic-form.liquid',
    "'mechanic.form.submit'",
    "'mechanic.form.sumbit'",
  ],
  ['ValidSchemaTranslations', 'locales/en.default.schema.json', '"webhook_url"', '"webhook"'],
  ['MatchingTranslations', 'locales/de.json', '"retry"', '"again"'],
  ['MissingAsset', 'sections/mechanic-form.liquid', "'mechanic-form.css'", "'mechanic.css'"],
  ['UndefinedObject', 'snippets/mechanic-field.liquid', 'field.kind ==', 'feld.kind =='],
])('and would find %s', async (name, file, from, to) => {
  edit(file, from, to);
  expect((await offenses()).map((offense) => offense.split(' ')[0])).toContain(name);
});
