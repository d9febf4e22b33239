import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shopProject } from '../support/packed.ts';
import { snippets } from '../support/snippets.ts';

const { folder, modules } = shopProject('vitest', 'typescript', '@types/node');
cpSync(resolve('test/consumer/project'), folder, { recursive: true });

/** Runs a package's own program, under this Node. */
function program(path: string, ...args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  delete env['FORCE_COLOR'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(modules, path), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return { status, output: stdout + stderr };
}

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
