import { describe, expect, test } from 'vitest';
import { createInstant, post, topic, webhookId } from './helpers.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const paths = [`/webhook/${webhookId}`, `/${webhookId}`];

describe.each(paths)('a webhook at %s', (path) => {
  const url = `https://mechanic.test${path}`;

  test('answers a POST with 204, no body and a request id that the event carries', async () => {
    const mechanic = createInstant();
    const response = await mechanic.fetch(new Request(url, { method: 'POST', body: 'hello' }));
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const requestId = response.headers.get('x-request-id');
    expect(requestId).toMatch(uuid);
    expect(mechanic.events()).toMatchObject([{ topic, data: 'hello', requestId, webhookId }]);
  });

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    'answers %s with 405 and makes no event',
    async (method) => {
      const mechanic = createInstant();
      const response = await mechanic.fetch(new Request(url, { method }));
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(mechanic.events()).toEqual([]);
    },
  );

  test('answers a preflight for a JSON POST, and allows no other header and no credentials', async () => {
    const mechanic = createInstant();
    const headers = {
      origin: 'https://shop.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-custom',
    };
    const response = await mechanic.fetch(new Request(url, { method: 'OPTIONS', headers }));
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(mechanic.events()).toEqual([]);
  });
});

test.each([
  '/webhook/00000000-0000-0000-0000-000000000000',
  '/00000000-0000-0000-0000-000000000000',
  '/webhook/0000-0000',
])('an id that no webhook has is answered with 204 all the same, and there is no event: %s', async (path) => {
  const mechanic = createInstant();
  const response = await mechanic.fetch(
    new Request(`https://mechanic.test${path}`, { method: 'POST', body: 'a' }),
  );
  expect(response.status).toBe(204);
  expect(response.headers.get('x-request-id')).toMatch(uuid);
  expect(mechanic.events()).toEqual([]);
});

test('the id counts whatever its case', async () => {
  const mechanic = createInstant();
  const url = `https://mechanic.test/webhook/${webhookId.toUpperCase()}`;
  await mechanic.fetch(new Request(url, { method: 'POST' }));
  expect(mechanic.events()).toHaveLength(1);
});

test('every accepted POST makes one event with a request id of its own', async () => {
  const mechanic = createInstant();
  const responses = await Promise.all([1, 2, 3].map(() => mechanic.fetch(post('same'))));
  const sent = responses.map(({ headers }) => headers.get('x-request-id'));
  const seen = mechanic.events().map(({ requestId }) => requestId);
  expect(new Set(sent).size).toBe(3);
  expect(seen.sort()).toEqual(sent.sort());
});

test('a page may read the request id only when the option says so', async () => {
  const hidden = await createInstant().fetch(post());
  const exposed = await createInstant({ exposeRequestId: true }).fetch(post());
  expect(hidden.headers.get('access-control-expose-headers')).toBeNull();
  expect(exposed.headers.get('access-control-expose-headers')).toBe('x-request-id');
});

test('a path that is none of Mechanic’s is 404 and says what there is', async () => {
  const response = await createInstant().fetch(new Request('https://mechanic.test/webhook/a/b'));
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('/webhook/<uuid>');
});

test('a body that breaks off makes no event', async () => {
  const mechanic = createInstant();
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('connection lost')) });
  const url = `https://mechanic.test/${webhookId}`;
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
  const response = await mechanic.fetch(new Request(url, init));
  expect(response.status).toBe(500);
  expect(mechanic.events()).toEqual([]);
});
