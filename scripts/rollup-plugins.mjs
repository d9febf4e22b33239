import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';

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
