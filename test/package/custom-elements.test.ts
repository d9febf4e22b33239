import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// The manifest is made by the build, which `npm test` runs first.
const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const [module] = JSON.parse(read('dist/custom-elements.json')).modules;
const [element] = module.declarations;
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();
const unique = (list: Iterable<string>) => [...new Set(list)].sort();
const found = (text: string, pattern: RegExp) =>
  unique([...text.matchAll(pattern)].map(([, name]) => name as string));

const source = readdirSync(new URL('src/element', root))
  .map((file) => read(`src/element/${file}`))
  .join('\n');
const docs = read('docs/element.md');

test('the manifest names the element, and the file that registers it', () => {
  expect(element).toMatchObject({ tagName: 'mechanic-form', name: 'MechanicFormElement' });
  expect(module.path).toBe('dist/element/index.js');
  expect(names(element.members)).toEqual(['result', 'run', 'submit', 'webhook']);
});

test('the manifest and the docs name the attributes that the element reads, and no others', () => {
  const own = names(element.attributes).filter((name) => name !== 'state');
  const routes = ['cache-endpoint', 'metafield-section', 'stored-file'];
  // Parts have their own attributes; `role` and the like belong to no one.
  const usual = ['aria-live', 'href', 'role', 'tabindex'];
  const asked = found(source, /(?:[gh](?:et|as)Attribute\(|attribute\(element, )'([\w-]+)'/g);
  expect(unique([...asked, ...routes]).filter((name) => !usual.includes(name))).toEqual(own);
  const [table = ''] = docs.split('## Attributes')[1]?.split('## ') ?? [];
  const documented = found(table, /^\| `([a-z-]+)(?:="[^"]*")?` \|/gm);
  expect(documented.filter((name) => name !== 'message-timeout')).toEqual(own);
});

test('the manifest and the docs name the events that the element dispatches, and no others', () => {
  const own = names(element.events);
  expect(found(source, /tell\([\w.#]+, '(mechanic:\w+)'/g)).toEqual(own);
  const [table = ''] = docs.split('## Events')[1]?.split('## ') ?? [];
  expect(found(table, /^\| `(mechanic:\w+)`/gm)).toEqual(own);
});
