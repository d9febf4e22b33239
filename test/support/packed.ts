import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

/** The packages that a project installs beside the package: its own, and those that are the user's. */
const beside = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];

/** The names of the entries that are modules, as a user imports them: `mechanic-storefront/element`. */
export const entries = Object.entries(manifest.exports).flatMap(([entry, files]) =>
  typeof files === 'string' ? [] : entry.replace('.', manifest.name),
);

/**
 * A shop's own project, somewhere else, that has nothing of this one but the package as npm would publish it, and the
 * packages that it would install beside it. They are linked, so that this needs no network. It is gone after the tests.
 * @param more packages that the project has besides
 */
export function shopProject(...more: string[]) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shop-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, manifest.name);
  mkdirSync(installed, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', installed, '--strip-components=1']);
  for (const name of new Set([...beside, ...more])) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
  }
  cpSync(resolve('test/consumer/project/package.json'), join(folder, 'package.json'));
  return { folder, modules, installed };
}
