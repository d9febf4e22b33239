import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { shopProject } from '../support/packed.ts';

// What npm would publish of dist/, which `npm test` builds first.
const { installed } = shopProject();
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'));
const published = filesIn(installed).sort();
const read = (file: string) => readFileSync(join(installed, file), 'utf8');

/** What a file of code or types imports. */
const importsOf = (file: string) =>
  ts.preProcessFile(read(file)).importedFiles.map(({ fileName }) => fileName);

/** These files, and those that they lead to. `find` says which file an import of a neighbour means. */
function withImports(files: string[], find: (path: string) => string): string[] {
  const reached = new Set(files.map((file) => posix.normalize(file)));
  for (const file of reached) {
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) reached.add(find(posix.join(posix.dirname(file), name)));
    }
  }
  return [...reached];
}

const targets = Object.values(manifest.exports);
const modules = targets.filter((target) => typeof target !== 'string');
const plainFiles = targets
  .filter((target) => typeof target === 'string')
  .map((file) => posix.normalize(file));
const scriptTags = plainFiles.filter((file) => file.endsWith('.min.js'));

const code = withImports(
  [...modules.map((target) => target.default), ...Object.values(manifest.bin)],
  (path) => path,
);
const types = withImports(
  modules.map((target) => target.types),
  (path) => path.replace(/\.js$/, '.d.ts'),
);
const sourceMaps = [...code, ...scriptTags].flatMap((file) => {
  const [, map] = /\n\/\/# sourceMappingURL=(.+)\s*$/.exec(read(file)) ?? [];
  return map ? posix.join(posix.dirname(file), map) : [];
});

test('the package has what its entries lead to, its theme and its papers, and nothing else', () => {
  const expected = [
    ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    ...plainFiles,
    ...code,
    ...types,
    ...sourceMaps,
    ...['dist/third-party-licenses.txt', ...scriptTags.map((file) => `${file}.licenses.txt`)],
    ...filesIn(resolve('theme')).map((file) => `theme/${file}`),
  ];
  expect(published).toEqual([...new Set(expected)].sort());
});

test('each file that package.json names is in the package', () => {
  const { main, types, customElements, unpkg, jsdelivr, bin, sideEffects } = manifest;
  const named = [main, types, customElements, unpkg, jsdelivr, ...Object.values(bin), ...sideEffects];
  const files = [...named, ...targets.flatMap((target) => Object.values(target)), ...plainFiles];
  expect(files.filter((file) => file.length > 1 && !existsSync(join(installed, file)))).toEqual([]);
});

test('code and types import neighbours, Node, and packages that the user has', () => {
  const theirs = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const isTheirs = (name: string) => theirs.some((own) => name === own || name.startsWith(`${own}/`));
  const strangers = (files: string[], allowed: (name: string) => boolean) =>
    files.flatMap((file) =>
      importsOf(file)
        .filter((name) => !name.startsWith('.') && !allowed(name))
        .map((name) => `${file}: ${name}`),
    );
  expect(strangers(code, (name) => isBuiltin(name) || isTheirs(name))).toEqual([]);
  // Types of Node would ask for a package that a front end has no use for.
  expect(strangers(types, isTheirs)).toEqual([]);
});

test("the SDK's code has its source maps, with the sources inside", () => {
  const sources = sourceMaps.flatMap((file) => {
    const map = JSON.parse(read(file)) as { sources: string[]; sourcesContent: string[] };
    expect(map.sourcesContent.filter((content) => content).length).toBe(map.sources.length);
    return map.sources.map((source) => posix.join(posix.dirname(file), source));
  });
  expect(sources).toEqual(expect.arrayContaining(['src/webhook.ts', 'src/run.ts', 'src/outbox/outbox.ts']));
});

test('no file has a path of the machine on which it was built', () => {
  const paths = [`${process.cwd()}/`, `${homedir()}/`, 'file:///'].flatMap((path) => [
    path,
    path.replaceAll('\\', '/'),
  ]);
  const told = published.filter((file) => {
    const text = read(file);
    return paths.some((path) => text.includes(path));
  });
  expect(told).toEqual([]);
});

/** Half of it is the local Mechanic, with the packages inside; a third are source maps, which have the sources. */
const budget = 4_000_000;

test(`the package unpacks to no more than ${budget.toLocaleString('en')} bytes`, () => {
  const size = published.reduce((sum, file) => sum + statSync(join(installed, file)).size, 0);
  expect(size).toBeGreaterThan(1_000_000);
  expect(size).toBeLessThanOrEqual(budget);
});
