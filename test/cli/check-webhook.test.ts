import { expect, test } from 'vitest';
import { check, listening, serving, webhookId } from '../support/check.ts';

const path = `/webhook/${webhookId}`;
const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };

/** Checks a webhook of which the POST is answered so. */
async function answered(status: number, headers: { [name: string]: string } = {}) {
  const url = await serving(({ method }) =>
    method === 'OPTIONS'
      ? new Response(null, { status: 204, headers: allowed })
      : new Response(null, { status, headers: { ...allowed, ...headers } }),
  );
  return await check(['--webhook', url + path]);
}

test('without CORS headers a browser sends no JSON and hides the answer, though the loop works', async () => {
  const { webhook, cache, mechanic } = await listening({ faults: { hideCors: true } });
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 1, verdict: 'wrong', failed: ['webhook.preflight', 'webhook.cors'] });
  expect(found.says('webhook.cors')).toContain('it has no access-control-allow-origin');
  expect(found.proven.join()).toContain('The whole loop');
  expect(found.proven.join()).not.toContain('may post to the webhook');
  expect(mechanic.events()).toHaveLength(1);
});

test('an answer for another origin is hidden from this one', async () => {
  const headers = { 'access-control-allow-origin': 'https://other.test' };
  const found = await answered(204, headers);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.cors'] });
  expect(found.says('webhook.cors')).toContain('names another origin than https://shop.example');
});

test('a preflight that does not allow content-type stops JSON alone', async () => {
  const url = await serving(
    () => new Response(null, { status: 204, headers: { 'access-control-allow-origin': '*' } }),
  );
  const found = await check(['--webhook', url + path]);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.preflight'] });
  expect(found.says('webhook.preflight')).toContain('does not name content-type');
  expect(found.lookAt[0]).toContain("Forms and encoding: 'text' need none");
});

test.each([
  [429, 'too many requests'],
  [500, 'the server is in trouble'],
  [405, 'it takes no POST'],
  [404, 'no webhook takes anything there'],
  [403, 'something before Mechanic refuses it'],
  [301, 'a redirect, after which a POST loses its data'],
])('a webhook that answers %i is wrong: %s', async (status, words) => {
  const found = await answered(status, { location: 'https://elsewhere.example/' });
  expect(found).toMatchObject({ code: 1, verdict: 'wrong', failed: ['webhook.post'] });
  expect(found.says('webhook.post')).toContain(`${status}: ${words}`);
  expect(found.lookAt[0]).toContain(words);
});

test.each([429, 500])(
  'after %i of Mechanic nothing is waited for, and nothing sent again',
  async (status) => {
    let posts = 0;
    const { mechanic, cache } = await listening({ faults: { status, retryAfterSeconds: 7 } });
    const url = await serving((request) => {
      if (request.method === 'POST') posts++;
      return mechanic.fetch(request);
    });
    const found = await check(['--webhook', url + path, ...cache]);
    expect(found).toMatchObject({ code: 1, failed: ['webhook.post'] });
    expect(found.says('webhook.post')).toContain('; Retry-After: 7');
    expect(found.says('result.uuid')).toBe('the probe was refused');
    expect(posts).toBe(1);
  },
);

test('another 2xx is taken, but it is not what Mechanic says', async () => {
  const found = await answered(200);
  expect(found).toMatchObject({ code: 0, failed: [], warned: ['webhook.post', 'webhook.request-id'] });
});

test('a page of HTML is not the answer of Mechanic', async () => {
  const found = await answered(200, { 'content-type': 'text/html; charset=utf-8' });
  expect(found).toMatchObject({ code: 1, failed: ['webhook.post'] });
  expect(found.says('webhook.post')).toContain('a page of HTML');
});

test('a lost answer is no proof that nothing arrived, and the result is', async () => {
  const { webhook, cache } = await listening({ faults: { loseResponses: 1 } });
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.post'] });
  expect(found.says('webhook.post')).toMatch(/^no answer: the connection was cut .*It may have arrived$/);
  expect(found.proven.join()).toContain('The whole loop');
});

test('where nothing listens the connection is what is wrong', async () => {
  const { mechanic, webhook, cache } = await listening();
  await mechanic.close();
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.connect'] });
  expect(found.says('webhook.connect')).toContain('nothing listens there (connection refused)');
  expect(found.says('result.uuid')).toBe('nothing was sent');
});

test('a host name that nobody has is what is wrong', async () => {
  // Too long for DNS, so that no name server is asked.
  const found = await check(['--webhook', `https://${'a'.repeat(64)}.invalid/${webhookId}`]);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.dns'] });
  expect(found.says('webhook.dns')).toContain('there is no host of this name');
});

test('a server without TLS is told by its name', async () => {
  const { url } = await listening();
  const found = await check(['--webhook', url.replace('http:', 'https:') + path]);
  expect(found).toMatchObject({ code: 1, failed: ['webhook.tls'] });
  expect(found.says('webhook.tls')).toContain('it speaks no TLS');
});

test.each([
  [true, 'and pages may read it'],
  [false, 'which pages may not read'],
])('whether pages may read x-request-id is said: %s', async (exposeRequestId, words) => {
  const { webhook } = await listening({ exposeRequestId });
  const found = await check(webhook);
  expect(found.code).toBe(0);
  expect(found.says('webhook.request-id')).toContain(words);
});
