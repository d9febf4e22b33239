import { describe, expect, test } from 'vitest';
import { createInstant, webhookId } from './helpers.ts';

const id = '77ab0000-0000-4000-8000-000000000001';
const cacheEndpoints = [{ id, key: 'quotes' }];
const preflight = { method: 'OPTIONS', headers: { origin: 'https://shop.test' } };

function at(path: string, init: RequestInit = {}) {
  return new Request(`https://mechanic.test${path}`, init);
}

describe('a cache endpoint', () => {
  test.each([[{ a: [1] }], ['text'], [0], [false], [null]])(
    'answers with %j as JSON, for every origin',
    async (value) => {
      const mechanic = createInstant({ cacheEndpoints });
      mechanic.cache.set('quotes', value);
      const response = await mechanic.fetch(at(`/cache/${id}`));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(await response.json()).toEqual(value);
    },
  );

  test.each([
    [404, 404, ''],
    [204, 204, ''],
    ['empty', 200, ''],
    ['null', 200, 'null'],
  ] as const)('answers for a missing key as cacheMiss says: %s', async (cacheMiss, status, body) => {
    const response = await createInstant({ cacheEndpoints, cacheMiss }).fetch(at(`/cache/${id}`));
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('is missing, with 404, whatever cacheMiss says, when no endpoint has the id', async () => {
    const response = await createInstant({ cacheEndpoints, cacheMiss: 'null' }).fetch(
      at(`/cache/${webhookId}`),
    );
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(webhookId);
  });

  test('answers HEAD and a preflight, and nothing else', async () => {
    const mechanic = createInstant({ cacheEndpoints });
    mechanic.cache.set('quotes', 1);
    expect((await mechanic.fetch(at(`/cache/${id}`, { method: 'HEAD' }))).status).toBe(200);
    const allowed = await mechanic.fetch(at(`/cache/${id}`, preflight));
    expect(allowed.headers.get('access-control-allow-methods')).toBe('GET');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type');
    expect((await mechanic.fetch(at(`/cache/${id}`, { method: 'POST' }))).status).toBe(405);
  });
});

describe('storage', () => {
  test('keeps what is put, with its content type, for every origin', async () => {
    const mechanic = createInstant();
    const headers = { 'content-type': 'text/csv' };
    const put = await mechanic.fetch(at('/storage/a/b.json', { method: 'PUT', body: 'x,y', headers }));
    expect(put.status).toBe(200);
    const response = await mechanic.fetch(at('/storage/a/b.json'));
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.text()).toBe('x,y');
    expect(mechanic.storage.get('a/b.json')).toMatchObject({
      path: 'a/b.json',
      body: 'x,y',
      contentType: 'text/csv',
    });
  });

  test.each([
    ['a.json', 'application/json'],
    ['a.txt', 'text/plain; charset=utf-8'],
    ['a.unknown', 'application/octet-stream'],
  ])('takes the content type from the extension when none is given: %s', async (path, contentType) => {
    const mechanic = createInstant();
    mechanic.storage.put(path, '{}');
    expect((await mechanic.fetch(at(`/storage/${path}`))).headers.get('content-type')).toBe(contentType);
  });

  test('keeps bytes as they are', async () => {
    const mechanic = createInstant();
    const bytes = Uint8Array.of(0, 255, 128, 10);
    await mechanic.fetch(at('/storage/x.bin', { method: 'POST', body: bytes }));
    expect(await (await mechanic.fetch(at('/storage/x.bin'))).bytes()).toEqual(bytes);
    expect(mechanic.storage.get('x.bin')?.bytes).toEqual(bytes);
  });

  test.each([404, 403] as const)(
    'answers for an absent file as storageMiss says: %i',
    async (storageMiss) => {
      const response = await createInstant({ storageMiss }).fetch(at('/storage/none.json'));
      expect(response.status).toBe(storageMiss);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  test('gives copies', () => {
    const { storage } = createInstant();
    storage.put('a', 'x');
    storage.get('a')?.bytes.fill(0);
    expect(storage.get('a')?.bytes).toEqual(Uint8Array.of(120));
  });

  test('undoes the URL’s encoding, also where it is faulty', async () => {
    const mechanic = createInstant();
    await mechanic.fetch(at('/storage/a%20b%2Fc.txt', { method: 'PUT', body: '1' }));
    await mechanic.fetch(at('/storage/100%', { method: 'PUT', body: '2' }));
    expect(mechanic.storage.entries().map(({ path, body }) => [path, body])).toEqual([
      ['a b/c.txt', '1'],
      ['100%', '2'],
    ]);
  });

  test('deletes, answers preflights, and refuses other methods and no path', async () => {
    const mechanic = createInstant();
    mechanic.storage.put('/a.txt', 'x');
    expect((await mechanic.fetch(at('/storage/a.txt', { method: 'DELETE' }))).status).toBe(200);
    expect(mechanic.storage.get('a.txt')).toBeUndefined();
    const allowed = await mechanic.fetch(at('/storage/a.txt', preflight));
    expect(allowed.headers.get('access-control-allow-methods')).toBe('GET,PUT,POST,DELETE');
    expect((await mechanic.fetch(at('/storage/a.txt', { method: 'PATCH' }))).status).toBe(405);
    expect((await mechanic.fetch(at('/storage/', { method: 'PUT', body: 'x' }))).status).toBe(400);
  });
});
