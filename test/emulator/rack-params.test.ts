import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventData } from './helpers.ts';
// What Ruby's Rack 2.2 (Rack::Utils.parse_nested_query) made of each query, or the error that it raised.
import rows from './rack-params.json' with { type: 'json' };

interface Row {
  query: string;
  parsed?: { [name: string]: unknown };
  error?: string;
}

const form = 'application/x-www-form-urlencoded';

describe.each(rows as Row[])('$query', ({ query, parsed }) => {
  test('as a body it gives what Rack gives; where Rack raises, it stays text', async () => {
    const data = await eventData(query, { type: form });
    expect(data).toEqual(query === '' ? null : (parsed ?? query));
  });

  test('as a query it gives what Rack gives; where Rack raises, or finds nothing, there is no data', async () => {
    // The URL parser would take # for the fragment; no row has one.
    expect(query).not.toContain('#');
    const found = parsed !== undefined && Object.keys(parsed).length > 0;
    expect(await eventData(null, { query: `?${query}` })).toEqual(found ? parsed : null);
  });
});

test('the rows are all there', () => {
  expect(rows).toHaveLength(201);
});

// Not among the rows: read in the source of Rack 2.2 (QueryParser#normalize_params).
test.each([
  ['a[=1', { 'a[': '1' }],
  ['a[][][]=1', { a: [null] }],
  ['a[[]=1', { a: null }],
])('%s gives %j', async (query, parsed) => {
  expect(await eventData(query, { type: form })).toEqual(parsed);
});

test('a hundred levels are parsed and one more is refused', async () => {
  const query = (levels: number) => `a${'[b]'.repeat(levels - 1)}=1`;
  expect(await eventData(query(100), { type: form })).toBeTypeOf('object');
  expect(await eventData(query(101), { type: form })).toBe(query(101));
});

// Without the names that need more than a plain reference encoder can say: empty ones, and brackets.
const name = fc.string({ minLength: 1 }).filter((text) => !/[[\]]/.test(text));
const scalar = fc.oneof(fc.string(), fc.constant(null));
const { value: nested } = fc.letrec<{ value: unknown; hash: unknown; list: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('hash'), tie('list')),
  hash: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }),
  list: fc.array(scalar, { minLength: 1, maxLength: 4 }),
}));

function encode(path: string, value: unknown): string[] {
  if (value === null) return [encodeURIComponent(path)];
  if (typeof value === 'string') return [`${encodeURIComponent(path)}=${encodeURIComponent(value)}`];
  if (Array.isArray(value)) return value.flatMap((item) => encode(`${path}[]`, item));
  return Object.entries(value as object).flatMap(([key, item]) => encode(`${path}[${key}]`, item));
}

test('what a plain encoder of hashes and lists emits is parsed back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, nested, { minKeys: 1 }), async (data) => {
      const body = Object.entries(data)
        .flatMap(([key, value]) => encode(key, value))
        .join('&');
      const parsed = await eventData(body, { type: form });
      // As JSON, for expect() compares without own keys called __proto__.
      const sorted = (value: unknown) => JSON.stringify(sortKeys(value));
      expect(sorted(parsed)).toBe(sorted(data));
    }),
  );
});

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, sortKeys(item)]);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
