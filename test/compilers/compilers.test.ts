import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { entries, shopProject } from '../support/packed.ts';
import manifest from './package.json' with { type: 'json' };

const start = promisify(execFile);
const room = resolve('test/compilers');
const { folder } = shopProject();

/** The compilers by their folders: the project's own, and the older ones. */
const compilers = [
  'node_modules/typescript',
  ...Object.keys(manifest.devDependencies).map((name) => `test/compilers/node_modules/${name}`),
];

/** Whether the older compilers are here, as the lock names them. */
function installed(): boolean {
  const lock = (path: string) => JSON.parse(readFileSync(join(room, path), 'utf8')).packages;
  const here = 'node_modules/.package-lock.json';
  if (!existsSync(join(room, here))) return false;
  const { '': _room, ...wanted } = lock('package-lock.json');
  return JSON.stringify(lock(here)) === JSON.stringify(wanted);
}

beforeAll(async () => {
  if (!installed()) await start('npm', ['ci', '--ignore-scripts'], { cwd: room });
  cpSync(join(room, 'page.ts'), join(folder, 'page.ts'));
  const all = entries.map((entry, n) => `export * as entry${n} from '${entry}';\n`);
  writeFileSync(join(folder, 'entries.ts'), all.join(''));
}, 120_000);

/** How modules are found: in front ends, and in Node. */
const moduleKinds = { bundler: 'esnext', nodenext: 'nodenext' };

/** What a compiler says about the shop's code and our types. What it says about others' types is theirs. */
async function faults(compiler: string, moduleResolution: string, module: string): Promise<string[]> {
  const project = `${basename(compiler)}-${moduleResolution}.json`;
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    // Our types are checked in full, as they are for users without `skipLibCheck`; with it there is only less to find.
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    moduleResolution,
    module,
  };
  writeFileSync(join(folder, project), JSON.stringify({ compilerOptions, files: ['page.ts', 'entries.ts'] }));
  const args = [resolve(compiler, 'bin/tsc'), '--project', project];
  const output = await start(process.execPath, args, { cwd: folder }).then(
    () => '',
    ({ stdout, message }: { stdout: string; message: string }) => stdout || message,
  );
  // Linked packages are outside of the shop's folder; a line that begins with a space goes on with the one before.
  return output.split('\n').filter((line) => line && !/^(?:\.\.\/| )/.test(line));
}

for (const compiler of compilers) {
  test(`a shop's code and our types compile with ${basename(compiler)}`, async () => {
    for (const [moduleResolution, module] of Object.entries(moduleKinds)) {
      expect({ moduleResolution, faults: await faults(compiler, moduleResolution, module) }).toEqual({
        moduleResolution,
        faults: [],
      });
    }
  }, 240_000);
}
