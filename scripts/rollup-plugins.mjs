import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';

/** Makes code as small as it gets. A getter of ours has no effects, and no function of ours is a constructor. */
export const smaller = () =>
  terser({ ecma: 2022, compress: { passes: 5, unsafe_arrows: true, pure_getters: true } });

/** Gives the text of a file that is imported with `?raw`, as Vite does. */
export function rawText() {
  const suffix = '?raw';
  return {
    name: 'raw-text',
    async resolveId(source, importer) {
      if (!source.endsWith(suffix)) return null;
      return resolve(dirname(importer), source.slice(0, -suffix.length)) + suffix;
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(await readFile(file, 'utf8'))};`;
    },
  };
}

/** Runs the entry that makes a JSON Schema, and leaves the schema in its place. */
export function jsonSchema(entry, schemaFile) {
  return {
    name: 'json-schema',
    async writeBundle({ dir }) {
      const built = resolve(dir, `${entry}.js`);
      const { configSchema } = await import(pathToFileURL(built).href);
      await writeFile(resolve(dir, schemaFile), `${JSON.stringify(configSchema(), null, 2)}\n`);
      await Promise.all([rm(built), rm(`${built}.map`)]);
    },
  };
}

/** Fails the build when it could not be pasted into a Liquid file. */
export function noLiquid() {
  return {
    name: 'no-liquid',
    generateBundle(_options, bundle) {
      for (const { fileName, code } of Object.values(bundle)) {
        const found = code?.match(/.{0,30}\{[{%].{0,30}/);
        if (found) this.error(`${fileName} would be read as Liquid at: ${found[0]}`);
      }
    },
  };
}

/** Prints what a shopper downloads, and the hash that a script tag's `integrity` takes. */
export function sizeTable() {
  return {
    name: 'size-table',
    writeBundle(_options, bundle) {
      for (const { type, fileName, code } of Object.values(bundle)) {
        if (type !== 'chunk') continue;
        const bytes = Buffer.from(code);
        const sizes = {
          min: bytes.length,
          gzip: gzipSync(bytes, { level: 9 }).length,
          brotli: brotliCompressSync(bytes).length,
        };
        console.log(`\n${fileName}`);
        for (const [name, size] of Object.entries(sizes)) {
          console.log(`  ${name.padEnd(6)} ${size.toLocaleString('en').padStart(7)} bytes`);
        }
        console.log(`  integrity sha384-${createHash('sha384').update(bytes).digest('base64')}\n`);
      }
    },
  };
}
