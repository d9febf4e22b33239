import fc from 'fast-check';
import { cacheEndpoint, type Reading, storedFile } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { json } from '../support/data.ts';
import { cacheUrl, id, otherId } from '../support/mechanic.ts';

/** What a look finds where this is published, for all to see. */
async function read(published: unknown): Promise<Reading> {
  const fetch = async () => Response.json(published);
  const { signal } = new AbortController();
  return cacheEndpoint(cacheUrl).read({ id, requestId: null, baseline: undefined, signal, fetch });
}

/** What a look finds in a file whose address holds the UUID. */
async function readOwnFile(published: unknown): Promise<Reading> {
  const fetch = async () => Response.json(published);
  const { signal } = new AbortController();
  return storedFile('https://cdn.test/{id}.json').read({
    id,
    requestId: null,
    baseline: undefined,
    signal,
    fetch,
  });
}

const pending = { state: 'pending' };
const done = (value: unknown) => ({ state: 'done', value });

test.each<[string, Record<string, unknown>, unknown]>([
  ['done, with a value', { status: 'done', value: { a: 1 } }, done({ a: 1 })],
  ['done, with a value of null', { status: 'done', value: null }, done(null)],
  ['done, with a value of false', { status: 'done', value: false }, done(false)],
  ['done, without a value', { status: 'done' }, done(null)],
  ['done, with fields of its own', { status: 'done', price: 5, message: 'ok' }, done({ price: 5 })],
  ['working', { status: 'working' }, pending],
  [
    'working, half done',
    { status: 'working', progress: 0.5, message: 'Half' },
    { ...pending, progress: 0.5, message: 'Half' },
  ],
  ['working, with progress as text', { status: 'working', progress: '0.25' }, { ...pending, progress: 0.25 }],
  ['working, with progress above 1', { status: 'working', progress: 40 }, { ...pending, progress: 1 }],
  ['working, with progress below 0', { status: 'working', progress: -1 }, pending],
  ['working, with progress that is none', { status: 'working', progress: 'soon', message: 5 }, pending],
  ['working, with progress that has no text', { status: 'working', progress: { toString: 1 } }, pending],
  ['working, at the start', { status: 'working', progress: 0 }, { ...pending, progress: 0 }],
  [
    'failed, with an error',
    { status: 'failed', error: { code: 'no_stock', message: 'Sold out' } },
    { state: 'failed', code: 'no_stock', message: 'Sold out' },
  ],
  [
    'failed, with a text as error',
    { status: 'failed', error: 'Sold out' },
    { state: 'failed', message: 'Sold out' },
  ],
  [
    'failed, with a message alone',
    { status: 'failed', message: 'Sold out' },
    { state: 'failed', message: 'Sold out' },
  ],
  ['failed, without a reason', { status: 'failed' }, { state: 'failed', message: 'no reason given' }],
  [
    'failed, with an error that says nothing',
    { status: 'failed', error: { code: 7 } },
    { state: 'failed', message: 'no reason given' },
  ],
  [
    'of another status, which makes it bare',
    { status: 'shipped', value: 1 },
    done({ status: 'shipped', value: 1 }),
  ],
  ['bare', { price: 5, tags: ['a'] }, done({ price: 5, tags: ['a'] })],
  ['bare and empty', {}, done({})],
])('a record that is %s', async (_, fields, reading) => {
  expect(await read({ uuid: id, ...fields })).toEqual(reading);
  expect(await read({ [otherId]: { price: 1 }, [id]: fields })).toEqual(reading);
  expect(await read({ [id]: { uuid: id, ...fields } })).toEqual(reading);
  expect(await readOwnFile(fields)).toEqual(reading);
  expect(await readOwnFile({ uuid: id, ...fields })).toEqual(reading);
});

test.each([5, 0, 'text', '', true, false, ['a', 1], []])(
  'a map may hold the bare value %j',
  async (value) => {
    expect(await read({ [id]: value })).toEqual(done(value));
    expect(await readOwnFile(value)).toEqual(done(value));
  },
);

test.each<[string, unknown]>([
  ['null', null],
  ['an empty map', {}],
  ['a list', [{ uuid: id }]],
  ['a text', 'done'],
  ['the UUID alone', id],
  ['a record without a UUID', { status: 'done', value: 1 }],
  ["another's record", { uuid: otherId, status: 'done', value: 1 }],
  ["another's failure", { uuid: otherId, status: 'failed' }],
  ["another's entry", { [otherId]: { status: 'done', value: 1 } }],
  ['an entry of null', { [id]: null }],
  ["an entry that says it is another's", { [id]: { uuid: otherId, value: 1 } }],
  ['the UUID further in', { results: { [id]: { value: 1 } } }],
  ['a record further in', { result: { uuid: id, value: 1 } }],
  ['the UUID as some value', { latest: id, value: 1 }],
  ['the UUID in other letters', { uuid: id.toUpperCase(), value: 1 }],
  ['more than the UUID', { uuid: `${id}0`, value: 1 }],
  ['a list with the UUID', { uuid: [id], value: 1 }],
])('%s is pending', async (_, published) => {
  expect(await read(published)).toEqual(pending);
});

test('a file of its own is pending while it is null, and when it says it is of another', async () => {
  expect(await readOwnFile(null)).toEqual(pending);
  expect(await readOwnFile({ uuid: otherId, value: 1 })).toEqual(pending);
});

test('whatever is published without this UUID in its place is pending', async () => {
  const other = fc.uuid();
  const published = fc.oneof(
    json,
    fc.dictionary(other, json),
    fc.record({ uuid: other, status: fc.constantFrom('done', 'failed', 'working'), value: json }),
    fc
      .dictionary(fc.string(), fc.constantFrom(id, { uuid: id }, { [id]: { value: 1 } }, [id]))
      .map((deep) => ({ deep })),
    fc.array(fc.constantFrom(id, { uuid: id })),
  );
  await fc.assert(
    fc.asyncProperty(published, async (value) => {
      expect(await read(value)).toEqual(pending);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is published with this UUID in its place is found, whatever is beside it', async () => {
  const beside = fc.dictionary(fc.uuid(), json);
  await fc.assert(
    fc.asyncProperty(beside, json, async (others, value) => {
      expect(await read({ ...others, [id]: { status: 'done', value } })).toEqual(done(value));
      expect(await read({ ...others, uuid: id, status: 'done', value })).toEqual(done(value));
    }),
    { numRuns: 1_000 },
  );
});
