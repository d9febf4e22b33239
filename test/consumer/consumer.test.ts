import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A shop's own project, somewhere else, that has nothing of this one but the package as npm would publish it, and
// the packages that it would install beside it. They are linked, so that this needs no network.
const project = realpathSync(mkdtempSync(join(tmpdir(), 'consumer-')));
const modules = join(project, 'node_modules');
const beside = ['idb', 'uuid', 'msw', 'react', 'vitest', 'typescript', '@types/node'];

/** Runs a package's own program, under this Node. */
function program(path: string, ...args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  delete env['FORCE_COLOR'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(modules, path), ...args], {
    cwd: project,
    encoding: 'utf8',
    env,
  });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  cpSync(resolve('test/consumer/project'), project, { recursive: true });
  const installed = join(modules, 'mechanic-storefront');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components=1']);
  mkdirSync(join(modules, '@types'));
  for (const name of beside) symlinkSync(resolve('node_modules', name), join(modules, name), 'junction');
});
afterAll(() => rmSync(project, { recursive: true }));

test("a shop's own tests run against the packed package", () => {
  const { status, output } = program('vitest/vitest.mjs', 'run');
  expect(output).toMatch(/Tests +6 passed \(6\)/);
  expect(status).toBe(0);
});

test("a shop's own code compiles against the packed types", () => {
  expect(program('typescript/bin/tsc', '--project', '.')).toEqual({ status: 0, output: '' });
});
