import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const manifest = JSON.parse(readFileSync('node_modules/mechanic-storefront/package.json', 'utf8')) as {
  exports: { [entry: string]: unknown };
  bin: { [name: string]: string };
};
const resolve = (entry: string) => import.meta.resolve(entry.replace('.', 'mechanic-storefront'));

test('every entry can be imported by its name', async () => {
  const modules = Object.entries(manifest.exports).flatMap(([entry, file]) =>
    typeof file === 'string' ? [] : [entry],
  );
  expect(modules).toEqual(expect.arrayContaining(['.', './emulator', './msw']));
  for (const entry of modules) {
    // From the built files, in a Node of its own: no bundler helps.
    const code = `import * as all from '${resolve(entry)}'; console.log(Object.keys(all).length)`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    expect({ entry, status, stderr }).toEqual({ entry, status: 0, stderr: '' });
    expect(Number(stdout)).toBeGreaterThan(0);
  }
});

test('the files that are no modules are there', () => {
  const { resolve: path } = createRequire(import.meta.url);
  expect(readFileSync(path('mechanic-storefront/dist/mechanic-storefront.min.js'), 'utf8')).toContain(
    'MechanicStorefront',
  );
  expect(JSON.parse(readFileSync(path('mechanic-storefront/emulate.schema.json'), 'utf8'))).toMatchObject({
    type: 'object',
  });
});

test('the command runs from the package', () => {
  const cli = fileURLToPath(new URL(manifest.bin['mechanic-storefront'] ?? '', resolve('./package.json')));
  const help = spawnSync(process.execPath, [cli, 'emulate', '--help'], { encoding: 'utf8' });
  expect(help).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('--storefront-port') });
  const wrong = spawnSync(process.execPath, [cli, 'emulate', 'config.json', '--drop', '7'], {
    encoding: 'utf8',
  });
  expect(wrong).toMatchObject({ status: 1, stderr: '--drop must be 1 or less; received 7\n' });
});
