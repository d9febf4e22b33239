import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createInstant, topic, webhookId } from './helpers.ts';

let mechanic = createInstant();
afterEach(() => mechanic.close());

const globals = { Request: globalThis.Request, Response: globalThis.Response };

test('listen() serves two origins, and close() ends both', async () => {
  mechanic = createInstant({ webhooks: [{ id: webhookId, topic, mode: 'full' }] });
  const { url, storefrontUrl } = await mechanic.listen();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(new URL(storefrontUrl).origin).not.toBe(new URL(url).origin);
  const response = await fetch(`${url}/${webhookId}?a=1`, { method: 'POST', body: 'hello' });
  expect(response.status).toBe(204);
  expect(mechanic.events()).toMatchObject([
    { data: { body: 'hello', query: { a: '1' }, client_ip: '127.0.0.1' } },
  ]);
  expect((await fetch(`${storefrontUrl}/nowhere`)).status).toBe(404);
  await mechanic.close();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  await expect(fetch(storefrontUrl)).rejects.toThrow('fetch failed');
});

test('listen() on all addresses lets pages name Mechanic as they were reached', async () => {
  const templates = mkdtempSync(join(tmpdir(), 'templates-'));
  writeFileSync(join(templates, 'index.liquid'), '{{ mechanic.url }}');
  mechanic = createInstant({ templates });
  const { url, storefrontUrl } = await mechanic.listen({ host: '0.0.0.0' });
  const asked = async (origin: string) => {
    // fetch() does not let a test choose the host, and a name like this leads nowhere.
    const { port } = new URL(origin);
    const request = get({ host: '127.0.0.1', port, headers: { host: `phone.test:${port}` } });
    const [response] = await once(request, 'response');
    return text(response);
  };
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await asked(storefrontUrl)).toBe(`http://phone.test:${new URL(url).port}`);
  expect(await asked(url)).toContain(`href="http://phone.test:${new URL(storefrontUrl).port}"`);
});

test('HEAD and a preflight answer over a socket, too', async () => {
  mechanic = createInstant();
  const { url } = await mechanic.listen();
  expect((await fetch(`${url}/${webhookId}`, { method: 'HEAD' })).status).toBe(405);
  expect((await fetch(`${url}/${webhookId}`, { method: 'OPTIONS' })).status).toBe(204);
});

test('close() does not wait for a request that a client never ends', async () => {
  mechanic = createInstant();
  const { url } = await mechanic.listen();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST /${webhookId} HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n`);
  // The server has the request when it asks for its body.
  await once(socket, 'data');
  await mechanic.close();
  expect(mechanic.events()).toEqual([]);
});

test('close() may come twice, and before listen()', async () => {
  mechanic = createInstant();
  await mechanic.close();
  await mechanic.close();
});

test('a port that is in use is named, and leaves nothing listening', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  try {
    mechanic = createInstant();
    await expect(mechanic.listen({ port })).rejects.toThrow(`Port ${port} is in use on 127.0.0.1`);
    await expect(mechanic.listen({ storefrontPort: port })).rejects.toThrow(`Port ${port} is in use`);
    const { url } = await mechanic.listen();
    expect((await fetch(url)).status).toBe(200);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('a port that is none is named', async () => {
  mechanic = createInstant();
  await expect(mechanic.listen({ port: 70_000 })).rejects.toThrow('Cannot listen on port 70000');
});

test('it does not listen again after close()', async () => {
  mechanic = createInstant();
  await mechanic.close();
  await expect(mechanic.listen()).rejects.toThrow('was closed');
});

test('it listens once', async () => {
  mechanic = createInstant();
  await mechanic.listen();
  await expect(mechanic.listen()).rejects.toThrow('listens already');
});

test('the process keeps its own Request and Response', async () => {
  mechanic = createInstant();
  await mechanic.listen();
  expect({ Request: globalThis.Request, Response: globalThis.Response }).toEqual(globals);
  expect(globalThis.Request).toBe(globals.Request);
});
