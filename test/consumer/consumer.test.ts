import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPacked } from '../support/packed.ts';
import { snippets } from '../support/snippets.ts';

// A shop's own project, somewhere else, that has nothing of this one but the package as npm would publish it, and
// the packages that it would install beside it. They are linked, so that this needs no network.
const project = realpathSync(mkdtempSync(join(tmpdir(), 'consumer-')));
const modules = join(project, 'node_modules');
const beside = ['idb', 'uuid', 'msw', 'vitest', 'typescript', '@types/node'];

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
  installPacked(project, beside);
  cpSync(resolve('test/consumer/project'), project, { recursive: true });
});
afterAll(() => rmSync(project, { recursive: true }));

test("a shop's own tests run against the packed package", () => {
  const { status, output } = program('vitest/vitest.mjs', 'run');
  expect(output).toMatch(/Tests +7 passed \(7\)/);
  expect(status).toBe(0);
});

test("a shop's own code compiles against the packed types", () => {
  expect(program('typescript/bin/tsc', '--project', '.')).toEqual({ status: 0, output: '' });
});

test("docs/testing.md shows this shop's own code and tests", () => {
  const shown = snippets('docs/testing.md', 'ts');
  for (const file of ['quote.ts', 'quote.spec.ts']) {
    expect(shown).toContain(readFileSync(join('test/consumer/project', file), 'utf8'));
  }
});
