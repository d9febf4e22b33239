import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, posix, resolve } from 'node:path';
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

/** Begins with an empty folder, so that what an earlier build made is not published. */
export function emptied(folder) {
  return { name: 'emptied', buildStart: () => rm(folder, { recursive: true, force: true }) };
}

/** What a file of types imports. */
const IMPORTED = /(?:\bfrom |\bimport |\bimport\()'([^']+)'/g;

/**
 * Leaves out the types that no entry leads to. They are the insides of what is bundled, and name packages that its users
 * do not have.
 */
export function reachableTypes() {
  return {
    name: 'reachable-types',
    generateBundle: {
      // After the plugin that writes the types.
      order: 'post',
      handler(_options, bundle) {
        const isTypes = (file) => file.endsWith('.d.ts');
        const typesOf = (script) => script.replace(/\.js$/, '.d.ts');
        const entries = Object.values(bundle).filter(({ isEntry }) => isEntry);
        const reached = new Set(
          entries.map(({ fileName }) => typesOf(fileName)).filter((file) => bundle[file]),
        );
        // A set that grows is walked to its new end.
        for (const file of reached) {
          for (const [, imported] of bundle[file].source.matchAll(IMPORTED)) {
            if (imported.startsWith('.')) reached.add(typesOf(posix.join(posix.dirname(file), imported)));
          }
        }
        for (const file of Object.keys(bundle)) if (isTypes(file) && !reached.has(file)) delete bundle[file];
      },
    },
  };
}

/** Leaves out the source maps of files that are mostly packages' code: they would be most of what is published. */
export function ownSourceMaps() {
  return {
    name: 'own-source-maps',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const modules = Object.entries(chunk.modules).map(([id, { renderedLength }]) => [id, renderedLength]);
        const lengthOf = (some) => some.reduce((sum, [, length]) => sum + length, 0);
        const packaged = modules.filter(([id]) => id.includes('node_modules'));
        if (lengthOf(packaged) <= lengthOf(modules) / 2) continue;
        delete bundle[chunk.sourcemapFileName];
        chunk.code = chunk.code.replace(/\n\/\/# sourceMappingURL=.*\n$/, '\n');
      }
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
