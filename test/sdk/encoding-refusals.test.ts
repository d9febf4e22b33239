import { createWebhook, type Data, type Encoding, storedFile } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { thrownBy } from '../support/errors.ts';
import { id, transport, webhookUrl } from '../support/mechanic.ts';

/** The refusal of one submission, after making sure that nothing went out. */
function refusal(data: unknown, encoding?: Encoding) {
  const { calls, fetch } = transport();
  const webhook = createWebhook({ url: webhookUrl, fetch, encoding });
  const error = thrownBy(() => webhook.submit(data as Data));
  expect(error).toMatchObject({ code: 'encoding', delivered: 'no', id: undefined });
  expect(calls).toEqual([]);
  return error;
}

const cycle: Record<string, unknown> = { a: 1 };
cycle['list'] = [{ again: cycle }];

const file = new File(['x'], 'x.txt');

/** An object with this many levels. */
const nested = (levels: number): unknown => (levels ? { a: nested(levels - 1) } : 'end');

const everywhere: [string, unknown, string][] = [
  ['NaN', { items: [{}, { price: Number.NaN }] }, 'items[1].price'],
  ['Infinity', { a: Number.NEGATIVE_INFINITY }, 'a'],
  ['BigInt', { a: { b: 5n } }, 'a.b'],
  ['a cycle', cycle, 'list[0].again'],
  ['a Map', { a: new Map([['k', 1]]) }, 'a'],
  ['a Set', { a: new Set([1]) }, 'a'],
  ['bytes', { a: new Uint8Array(2) }, 'a'],
  ['a function', { a: () => 1 }, 'a'],
  ['a symbol', { a: Symbol('s') }, 'a'],
  ['an error', { a: new Error('e') }, 'a'],
  ['a promise', { a: Promise.resolve(1) }, 'a'],
  ['a regular expression', { a: [/x/] }, 'a[0]'],
  ['an invalid date', { a: { on: new Date('no') } }, 'a.on'],
  ['an own __proto__', JSON.parse('{"a":{"__proto__":{"x":1}}}'), 'a.__proto__'],
  ['half a character in a text', { a: ['ok', '\ud83d'] }, 'a[1]'],
  ['half a character in a key', { a: { 'x\udc00': 1 } }, 'a.x\udc00'],
  ['101 levels', nested(101), Array(100).fill('a').join('.')],
];

test.each(['json', 'text', 'form', 'multipart'] as const)('%s refuses what would be lost', (encoding) => {
  for (const [what, data, path] of everywhere) {
    const error = refusal(data, encoding);
    expect(error.observed.path, what).toBe(path);
    expect(error.message.startsWith(`${path}: `), what).toBe(true);
  }
});

test.each(['json', 'text', 'form'] as const)('%s refuses a file, and says what takes one', (encoding) => {
  for (const blob of [file, new Blob(['x'])]) {
    const error = refusal({ photos: [blob] }, encoding);
    expect(error.observed.path).toBe('photos[0]');
    expect(error.message).toContain("Use the 'multipart' encoding.");
  }
  const data = new FormData();
  data.append('photo', file);
  expect(refusal(data, encoding)).toMatchObject({ observed: { path: 'photo' } });
  expect(refusal(data, encoding).message).toContain("Use the 'multipart' encoding.");
});

test('100 levels go, as Ruby reads that deep', () => {
  const { fetch } = transport();
  for (const encoding of ['json', 'form'] as const) {
    expect(() =>
      createWebhook({ url: webhookUrl, fetch, encoding }).submit(nested(100) as Data),
    ).not.toThrow();
  }
});

test.each<[string, unknown]>([
  ['a list', [1, 2]],
  ['null', null],
  ['undefined', undefined],
  ['a number', 5],
  ['true', true],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a file', file],
  ['bytes', new Uint8Array(1)],
  ['an object that says it is a list', { toJSON: () => [1, 2] }],
  ['an object that says it is a text', { toJSON: () => 'text' }],
])('%s is no data', (_, data) => {
  for (const encoding of [undefined, 'json', 'text', 'form', 'multipart'] as const) {
    expect(refusal(data, encoding).observed.path).toBe('');
  }
});

test.each(['', ' ', '\n\t', '\u00a0'])('the blank text %j is refused, as Mechanic makes it nil', (text) => {
  expect(refusal(text).message).toMatch(/^data: /);
});

test.each(['json', 'form', 'multipart'] as const)('a text does not go as %s', (encoding) => {
  expect(refusal('{"a":1}', encoding).message).toContain(`as '${encoding}'`);
});

test('half a character is refused in a text', () => {
  expect(refusal('a\ud83d').message).toContain('half a character');
});

test('a text without the UUID is refused where the result is found by it', () => {
  const { calls, fetch } = transport();
  const result = storedFile('https://cdn.test/{id}.json');
  const webhook = createWebhook({ url: webhookUrl, fetch, result });
  const error = thrownBy(() => webhook.submit('an order'));
  expect(error).toMatchObject({ code: 'encoding', delivered: 'no' });
  expect(error.message).toContain('Write the id into it');
  expect(calls).toEqual([]);
  expect(webhook.submit(`an order ${id}`, { id }).id).toBe(id);
});

test.each<[string, unknown, string]>([
  ['an empty list', { a: { list: [] } }, 'a.list'],
  ['an empty object', { a: [{}] }, 'a[0]'],
  ['an object that is empty without its nulls', { a: { b: null } }, 'a'],
  ['brackets in a key', { a: { 'b[c]': 1 } }, 'a.b[c]'],
  ['half a bracket in a key', { 'b]': 1 }, 'b]'],
  ['a line end in a key', { a: [{ b: { 'c\nd': 1 } }] }, 'a[0].b.c\nd'],
  ['an empty key', { a: { '': 1 } }, 'a.'],
  ['a list in a list', { a: [1, [2]] }, 'a[1]'],
  ['null in a list', { a: [1, null] }, 'a[1]'],
  ['undefined in a list', { a: [undefined] }, 'a[0]'],
  ['objects that Rack merges', { a: [{ x: 1 }, { y: 2 }] }, 'a[1]'],
  ['objects whose first keys differ', { a: [{ x: 1, y: 2 }, { y: 3, x: 4 }, { z: 1 }] }, 'a[2]'],
  ['objects that begin with a list', { a: [{ t: [1] }, { t: [2] }] }, 'a[1]'],
])('a form refuses %s', (_, data, path) => {
  expect(refusal(data, 'form').observed.path).toBe(path);
  expect(refusal(data, 'multipart').observed.path).toBe(path);
});

test.each<[string, string, string]>([
  ['a name twice', 'a=1&a=2', 'a'],
  ['a member twice', 'a[b]=1&a[b]=2', 'a[b]'],
  ['a name for a text and an object', 'a=1&a[b]=2', 'a[b]'],
  ['a name for an object and a text', 'a[b]=2&a=1', 'a'],
  ['a name for a list and an object', 'a[]=1&a[b]=2', 'a[b]'],
  ['a name for a text and a list', 'a=1&a[]=2', 'a[]'],
  ['a list in a list', 'a[][]=1', 'a[][]'],
  ['an open bracket', 'a[b=1', 'a[b'],
  ['a closing bracket alone', 'a]=1', 'a]'],
  ['more after a bracket', 'a[b]c=1', 'a[b]c'],
  ['brackets in brackets', 'a[[b]]=1', 'a[[b]]'],
  ['brackets first', '[a]=1', '[a]'],
  ['an empty name', '=1', ''],
  ['a line end in a name', 'a[][b][c%0Ad]=1', 'a[][b][c\nd]'],
  ['__proto__', '__proto__[x]=1', '__proto__[x]'],
  ['__proto__ inside', 'a[__proto__]=1', 'a[__proto__]'],
  ['101 levels', `a${'[b]'.repeat(100)}=1`, `a${'[b]'.repeat(100)}`],
])('form data refuses %s', (_, fields, path) => {
  const query = new URLSearchParams(fields);
  const data = new FormData();
  for (const [name, value] of query) data.append(name, value);
  expect(refusal(data).observed.path).toBe(path);
  expect(refusal(data, 'multipart').observed.path).toBe(path);
  expect(refusal(query).observed.path).toBe(path);
});

test.each(['json', 'text'] as const)(
  '%s refuses names with brackets, which mean nothing there',
  (encoding) => {
    expect(refusal(new URLSearchParams([['a[b]', '1']]), encoding).observed.path).toBe('a[b]');
  },
);

test.each(['a"b', 'a\\b', 'a\nb', 'a%0Ab', 'a%22'])('multipart refuses the name %j', (name) => {
  expect(refusal({ [name]: 1 }, 'multipart').observed.path).toBe(name);
});
