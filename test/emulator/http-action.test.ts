import { expect, test } from 'vitest';
import { createInstant, perform, post, topic } from './helpers.ts';

const url = 'https://storage.mechanic.test/storage/results/1.json';
const http = (options: unknown) => ({ type: 'http', options });

test('a put of an object stores JSON, and a get gives its value', async () => {
  const { mechanic, actionRuns } = await perform([
    http({ method: 'put', url, body: { a: 'é' } }),
    http({ method: 'GET', url }),
  ]);
  expect(mechanic.storage.get('results/1.json')).toMatchObject({
    body: '{"a":"é"}',
    contentType: 'application/json',
  });
  expect(actionRuns).toMatchObject([
    { status: 'succeeded', result: { status: 200 } },
    {
      status: 'succeeded',
      result: {
        status: 200,
        headers: { 'content-type': ['application/json'] },
        body: { a: 'é' },
        body_base64: Buffer.from('{"a":"é"}').toString('base64'),
      },
    },
  ]);
});

test('a body of text stays text, with the content type that is given', async () => {
  const headers = { 'Content-Type': 'text/csv' };
  const { mechanic, actionRuns } = await perform([
    http({ method: 'post', url, body: 'a,b', headers }),
    http({ method: 'get', url }),
    http({ method: 'head', url }),
  ]);
  expect(mechanic.storage.get('results/1.json')?.contentType).toBe('text/csv');
  expect(actionRuns[1]?.result).toMatchObject({ body: 'a,b' });
  expect(actionRuns[2]?.result).toMatchObject({ status: 200, body: '' });
});

test('an object becomes a form when the content type says so', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const form = { method: 'put', url, headers };
  const { mechanic, actionRuns } = await perform([
    http({ ...form, body: { a: 'x y', n: 1 } }),
    http({ ...form, body: { a: { b: 1 } } }),
  ]);
  expect(mechanic.storage.get('results/1.json')?.body).toBe('a=x+y&n=1');
  expect(actionRuns[1]).toMatchObject({ status: 'failed', error: expect.stringContaining('nested values') });
});

test('an absent file is a response like any other', async () => {
  const { actionRuns } = await perform([http({ method: 'get', url })], { storageMiss: 403 });
  expect(actionRuns).toMatchObject([{ status: 'succeeded', result: { status: 403 } }]);
});

test('a stored text that claims to be JSON and is not comes as text', async () => {
  const { actionRuns } = await perform([
    http({ method: 'put', url, body: '{', headers: { 'content-type': 'application/json' } }),
    http({ method: 'get', url }),
  ]);
  expect(actionRuns[1]?.result).toMatchObject({ body: '{' });
});

test('a delete deletes', async () => {
  const { mechanic } = await perform([
    http({ method: 'put', url, body: 'x' }),
    http({ method: 'delete', url }),
  ]);
  expect(mechanic.storage.entries()).toEqual([]);
});

test.each([
  '/storage/a.txt',
  'https://mechanic.test/storage/a.txt',
  'https://storage.mechanic.test/storage/a.txt',
])('%s is the local storage', async (url) => {
  const { mechanic } = await perform([http({ method: 'put', url, body: 'x' })]);
  expect(mechanic.storage.get('a.txt')?.body).toBe('x');
});

test('the origin that it listens on is the local storage, under both names of this machine', async () => {
  const urls: string[] = [];
  const mechanic = createInstant({
    tasks: [
      {
        name: 'Ask',
        subscriptions: [topic],
        run: () => urls.map((url) => ({ action: http({ method: 'put', url, body: 'x' }) })),
      },
    ],
  });
  const { url } = await mechanic.listen();
  try {
    urls.push(`${url}/storage/a`, `${url.replace('127.0.0.1', 'localhost')}/storage/b`);
    await mechanic.fetch(post());
    await mechanic.idle();
    expect(
      mechanic.storage
        .entries()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['a', 'b']);
  } finally {
    await mechanic.close();
  }
});

test.each([
  'https://api.example.com/storage/a.txt',
  'http://storage.mechanic.test/storage/a.txt',
  'https://storage.mechanic.test.evil.example/storage/a.txt',
  'https://storage.mechanic.test@evil.example/storage/a.txt',
  'https://storage.mechanic.test/webhook/x',
  'https://storage.mechanic.test/storage/',
  'ftp://storage.mechanic.test/storage/a',
  'https://',
])('%s is refused, and named', async (url) => {
  const { actionRuns, mechanic } = await perform([http({ method: 'put', url, body: 'x' })]);
  expect(actionRuns).toMatchObject([
    { status: 'failed', result: null, error: expect.stringContaining(`network refused for ${url}:`) },
  ]);
  expect(mechanic.storage.entries()).toEqual([]);
});

test.each([
  [{ url }, 'option "method" is required'],
  [{ method: 'put' }, 'option "url" is required'],
  [{ method: 'fetch', url }, 'received "fetch"'],
  [{ method: 'put', url: 5 }, 'url must be text; received 5'],
  [{ method: 'put', url, files: {} }, 'unknown or not emulated option "files"'],
  [{ method: 'put', url, headers: { 'a b': 'x' } }, 'headers must map names to text'],
])('%j fails the action run', async (options, message) => {
  const { actionRuns } = await perform([http(options)]);
  expect(actionRuns).toMatchObject([{ status: 'failed', error: expect.stringContaining(message) }]);
});
