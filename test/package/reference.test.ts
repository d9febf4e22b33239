import { readdirSync, readFileSync } from 'node:fs';
import { type Comment, type DeclarationReflection, ReflectionKind } from 'typedoc';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { declarations, entries, importOf, pagesOf, readDocstrings } from '../../scripts/reference.ts';

// One look at the docstrings for all tests: it is a whole compilation.
const { app, project, complaints, symbolOf } = await readDocstrings();
const all = declarations(project);
const kinds = ReflectionKind;
const members = all.filter(({ kind }) => kind === kinds.Property || kind === kinds.Accessor);

const written = (comment: Comment | undefined) => (comment?.summary ?? []).map(({ text }) => text).join('');
const nameOf = (reflection: DeclarationReflection) => reflection.getFriendlyFullName();

test('docs/reference is what the docstrings say now (npm run reference writes it)', async () => {
  const pages = await pagesOf(app, project);
  expect(readdirSync('docs/reference').sort()).toEqual([...pages.keys()].sort());
  for (const [file, text] of pages) expect(readFileSync(`docs/reference/${file}`, 'utf8')).toBe(text);
});

test('every entry of the package that has types has its page', () => {
  expect(entries).toEqual(expect.arrayContaining(['index', 'element', 'outbox', 'emulator', 'msw']));
  for (const entry of entries) {
    expect(readFileSync(`docs/reference/${entry}.md`, 'utf8')).toContain(`# \`${importOf(entry)}\``);
  }
});

test('every public name and member is documented, and no link in a docstring leads nowhere', () => {
  expect(all.length).toBeGreaterThan(500);
  expect(complaints).toEqual([]);
});

test('a member says what it is, beside its default', () => {
  expect(members.length).toBeGreaterThan(150);
  expect(members.filter(({ comment }) => comment && !written(comment)).map(nameOf)).toEqual([]);
});

test('every parameter has a name', () => {
  const parameters = all.filter(({ kind }) => kind === kinds.Parameter);
  expect(parameters.length).toBeGreaterThan(20);
  expect(parameters.filter(({ name }) => name.startsWith('__')).map(nameOf)).toEqual([]);
});

test('a duration says that it is in milliseconds', () => {
  // A pair of presets is described as a whole.
  const durations = members.filter(({ name }) => name.endsWith('Ms'));
  expect(durations.length).toBeGreaterThan(10);
  const silent = durations.filter(
    ({ comment, parent }) => !/milliseconds/i.test(written(comment) + written(parent?.comment)),
  );
  expect(silent.map(nameOf)).toEqual([]);
});

test('an option that can be left out has its default', () => {
  const options = members.filter(({ parent, flags }) => parent?.name.endsWith('Options') && flags.isOptional);
  expect(options.length).toBeGreaterThan(50);
  expect(options.filter(({ comment }) => !comment?.getTag('@default')).map(nameOf)).toEqual([]);
});

test.each([
  ['docs/options.md', 'index.WebhookOptions'],
  ['docs/local-mechanic.md', 'emulator.EmulatorOptions'],
])('%s has a row for each of %s', (page, options) => {
  const names = members.filter(({ parent }) => parent?.getFriendlyFullName() === options);
  expect(names.length).toBeGreaterThan(5);
  const rows = readFileSync(page, 'utf8').match(/^\| `.*$/gm) ?? [];
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(names.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});

test('a function that throws says so', () => {
  const throwing = all.filter((reflection) => {
    const bodies = symbolOf(reflection)?.declarations ?? [];
    return reflection.signatures && bodies.some(throws);
  });
  expect(throwing.length).toBeGreaterThan(2);
  const silent = throwing.filter(
    ({ signatures = [] }) => !signatures.some(({ comment }) => comment?.getTag('@throws')),
  );
  expect(silent.map(nameOf)).toEqual([]);
});

/** Whether the body of a function has a `throw`, those of functions inside it aside. */
function throws(node: ts.Node): boolean {
  const isHere = (child: ts.Node): boolean =>
    ts.isThrowStatement(child) || (!ts.isFunctionLike(child) && (ts.forEachChild(child, isHere) ?? false));
  return ts.isFunctionLike(node) && (ts.forEachChild(node, isHere) ?? false);
}
