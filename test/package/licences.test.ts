import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

// These look at dist/, which `npm test` builds first.
const read = (path: string) => readFileSync(path, 'utf8');

/** `hono` of `hono/html`, `@hono/node-server` of `@hono/node-server/x`. */
const packageOf = (path: string) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '';
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** The packages that a file of licences has, each with a text. */
function licensed(file: string): string[] {
  const notices = read(file).split(/^---$/m);
  expect(notices.filter((notice) => !/^License Text:\n===\n\n\S[\s\S]{200,}/m.test(notice))).toEqual([]);
  return sorted(notices.map((notice) => /^Name: (.+)$/m.exec(notice)?.[1] ?? ''));
}

test.for(['mechanic-storefront', 'mechanic-storefront-outbox'])(
  "the licences of the packages in %s's script tag are beside it",
  (name) => {
    const { sources } = JSON.parse(read(`dist/${name}.min.js.map`)) as { sources: string[] };
    const inside = sources.flatMap((source) => source.split('node_modules/').slice(1)).map(packageOf);
    expect(inside.length).toBeGreaterThan(1);
    expect(licensed(`dist/${name}.min.js.licenses.txt`)).toEqual(sorted(inside));
  },
);

test('the licences of the packages that the modules bring along are beside them', () => {
  const left = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const imported = globSync('src/**/*.{ts,tsx}')
    .flatMap((file) => ts.preProcessFile(read(file)).importedFiles)
    .filter(({ fileName }) => !/^(?:\.|node:)/.test(fileName))
    .map(({ fileName }) => packageOf(fileName))
    .filter((name) => !left.includes(name));
  expect(imported.length).toBeGreaterThan(5);
  const theirs = imported.flatMap((name) => {
    const { dependencies = {} } = JSON.parse(read(`node_modules/${name}/package.json`));
    return Object.keys(dependencies);
  });
  const listed = licensed('dist/third-party-licenses.txt');
  expect(listed).toEqual(expect.arrayContaining(imported));
  // What these bring along themselves, as far as it is in a build.
  expect(listed.filter((name) => !imported.includes(name) && !theirs.includes(name))).toEqual([]);
});

test('the packages inside a build have licences that let it be given on under MIT', () => {
  const files = globSync('dist/*licenses.txt');
  const kinds = files.flatMap((file) =>
    [...read(file).matchAll(/^License: (.+)$/gm)].map(([, kind]) => kind),
  );
  expect(files.length).toBe(3);
  expect(
    kinds.filter((kind) => !['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause'].includes(kind ?? '')),
  ).toEqual([]);
});
