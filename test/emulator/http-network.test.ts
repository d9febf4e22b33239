import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { perform } from './helpers.ts';

let server: Server;
let other: Server;
let origin: string;
let otherOrigin: string;
let received: { method?: string; url?: string; type?: string; authorization?: string; body: string }[];

async function listen(made: Server): Promise<string> {
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method, url = '', headers } = request;
    received.push({
      ...(method && { method }),
      url,
      ...(headers['content-type'] && { type: headers['content-type'] }),
      ...(headers.authorization && { authorization: headers.authorization }),
      body: await text(request),
    });
    const [, status, location] =
      /^\/(\d+)(?:\?to=(.*))?$/.exec(url.replace('/circle', '/302?to=circle')) ?? [];
    response.writeHead(Number(status ?? 200), {
      'content-type': 'application/json',
      'x-count': ['1', '2'],
      ...(location && { location: decodeURIComponent(location) }),
    });
    response.end('{"ok":true}');
  });
  other = createServer((_, response) => response.end('never'));
  [origin, otherOrigin] = [await listen(server), await listen(other)];
});
beforeEach(() => {
  received = [];
});
afterAll(() => {
  server.close();
  other.close();
});

const run = async (options: object) =>
  (await perform([{ type: 'http', options }], { allowHttp: [origin] })).actionRuns[0];
const redirect = (status: number, to: string) => `${origin}/${status}?to=${encodeURIComponent(to)}`;

test('an allowed origin is reached, and its response is the result', async () => {
  const done = await run({
    method: 'post',
    url: `${origin}/x`,
    body: { a: 1 },
    headers: { authorization: 'Basic x' },
  });
  expect(received).toEqual([
    { method: 'POST', url: '/x', type: 'application/json', authorization: 'Basic x', body: '{"a":1}' },
  ]);
  expect(done).toMatchObject({
    status: 'succeeded',
    result: {
      status: 200,
      headers: { 'content-type': ['application/json'], 'x-count': ['1, 2'] },
      body: { ok: true },
      body_base64: btoa('{"ok":true}'),
    },
  });
});

test('any response is a success, unless error_on_5xx is true', async () => {
  expect(await run({ method: 'get', url: `${origin}/503` })).toMatchObject({
    status: 'succeeded',
    result: { status: 503 },
  });
  expect(await run({ method: 'get', url: `${origin}/404`, error_on_5xx: true })).toMatchObject({
    status: 'succeeded',
  });
  expect(await run({ method: 'get', url: `${origin}/503`, error_on_5xx: true })).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('answered 503'),
  });
});

test('redirects are followed, unless follow_redirects is false', async () => {
  const post = { method: 'post', body: 'x', headers: { 'content-type': 'text/plain' } };
  expect(await run({ ...post, url: redirect(303, '/end') })).toMatchObject({ result: { status: 200 } });
  expect(received[1]).toEqual({ method: 'GET', url: '/end', body: '' });
  expect(await run({ ...post, url: redirect(307, '/end') })).toMatchObject({ result: { status: 200 } });
  expect(received[3]).toEqual({ method: 'POST', url: '/end', type: 'text/plain', body: 'x' });
  expect(await run({ ...post, url: redirect(302, '/end'), follow_redirects: false })).toMatchObject({
    result: { status: 302 },
  });
  expect(received).toHaveLength(5);
});

test('a redirect to an origin that is not allowed is refused', async () => {
  const done = await run({ method: 'get', url: redirect(302, `${otherOrigin}/x`) });
  expect(done).toMatchObject({
    status: 'failed',
    error: expect.stringContaining(`network refused for ${otherOrigin}/x`),
  });
});

test('a redirect in a circle ends', async () => {
  expect(await run({ method: 'get', url: `${origin}/circle` })).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('redirects more than 5 times'),
  });
  expect(received).toHaveLength(6);
});

test('an origin that is not allowed is refused, and the message names the remedy', async () => {
  const done = await run({ method: 'get', url: `${otherOrigin}/x` });
  expect(done).toMatchObject({
    status: 'failed',
    result: null,
    error: expect.stringContaining('the option allowHttp'),
  });
});

test('no response fails the action run', async () => {
  const gone = createServer();
  const url = await listen(gone);
  gone.close();
  const { actionRuns } = await perform([{ type: 'http', options: { method: 'get', url } }], {
    allowHttp: [url],
  });
  expect(actionRuns).toMatchObject([
    { status: 'failed', error: expect.stringContaining(`no response from ${url}`) },
  ]);
});
