import { existsSync, readFileSync } from 'node:fs';
import { leanKy } from '../scripts/lean-ky.ts';
import { bundled } from './bundle.ts';

const dist = (file: string) => new URL(`../dist/${file}`, import.meta.url);

/** The script tag's build, as it is shipped. */
export const SCRIPT_TAG = 'script tag: SDK and `<mechanic-form>`';
const OUTBOX_SCRIPT_TAG = 'script tag: SDK, `<mechanic-form>` and outbox';
/** The least that a page can import and still get a result. */
export const SMALLEST = '`createWebhook`, `cacheEndpoint`';
const KY_PART = 'the part of ky that is in these';

const IMPORTS = {
  [SMALLEST]: "export { createWebhook, cacheEndpoint } from '../dist/index.js'",
  '`createWebhook`, `storedFile`': "export { createWebhook, storedFile } from '../dist/index.js'",
  '`createWebhook`, `renderedMetafield`':
    "export { createWebhook, renderedMetafield } from '../dist/index.js'",
  '`poll` alone': "export { poll } from '../dist/index.js'",
  'all of the SDK': "export * from '../dist/index.js'",
  'SDK and element': "export * from '../dist/index.js'; import '../dist/element/index.js'",
  'SDK and outbox':
    "export * from '../dist/index.js'; export { createOutbox, createWebhook } from '../dist/outbox/index.js'",
};

/** The code of each of our builds, as shoppers download it. `npm run build` comes first. */
export async function ourBuilds(): Promise<{ [name: string]: string }> {
  const builds: { [name: string]: string } = {};
  for (const [name, code] of Object.entries(IMPORTS)) {
    const files = [...code.matchAll(/\.\.\/dist\/([^']+)/g)].map(([, file = '']) => file);
    if (files.every((file) => existsSync(dist(file)))) builds[name] = await bundled(code);
  }
  builds[SCRIPT_TAG] = readFileSync(dist('mechanic-storefront.min.js'), 'utf8');
  builds[OUTBOX_SCRIPT_TAG] = readFileSync(dist('mechanic-storefront-outbox.min.js'), 'utf8');
  builds[KY_PART] = await bundled("export { default } from 'ky'", { plugins: [leanKy()] });
  return builds;
}
