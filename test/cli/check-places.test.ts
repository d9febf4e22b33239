import { expect, test } from 'vitest';
import { answering, check, endpointId, listening, otherId, serving } from '../support/check.ts';

const short = ['--timeout', '0.3'];
const open = { 'access-control-allow-origin': '*' };

/** Writes a file under the UUID, or under what stands in for it. */
const writing = (nameOf: (uuid: string) => string = (uuid) => uuid) =>
  answering(({ uuid }) => [
    {
      type: 'http',
      options: { method: 'put', url: `/storage/results/${nameOf(uuid)}.json`, body: { uuid, total: 99 } },
    },
  ]);

test('a stored file under the UUID proves the loop', async () => {
  const { webhook, file } = await listening({ tasks: [writing()] });
  const found = await check([...webhook, ...file]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', failed: [], warned: [] });
  expect(found.says('result.look')).toBe('404, so nothing is there yet');
});

test('403 for a file that never comes is wrong, and what it means cannot be known', async () => {
  const { webhook, file } = await listening({ tasks: [], storageMiss: 403 });
  const found = await check([...webhook, ...file, ...short]);
  expect(found).toMatchObject({ code: 1, failed: ['result.uuid'], warned: ['result.look'] });
  expect(found.says('result.uuid')).toContain('403 each time');
  expect(found.lookAt.join()).toMatch(/bucket's policy forbids to read it.*pendingStatuses: \[403, 404\]/);
  expect(found.unknown.join()).toContain(
    'Whether 403 means that the file is not there, or that nobody may read it',
  );
});

test('403 for a file that is only not there yet is a warning', async () => {
  const { webhook, file } = await listening({ tasks: [writing()], storageMiss: 403 });
  const found = await check([...webhook, ...file]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', warned: ['result.look'] });
  expect(found.lookAt).toEqual([expect.stringContaining('pendingStatuses: [403, 404]')]);
});

test('a file under another name does not come, and its address is told', async () => {
  const { webhook, file, url } = await listening({ tasks: [writing((uuid) => `x-${uuid}`)] });
  const found = await check([...webhook, ...file, ...short]);
  expect(found).toMatchObject({ code: 3, failed: [], open: ['result.uuid'] });
  expect(found.lookAt.at(-1)).toContain(`${url}/storage/results/${found.uuid}.json`);
});

test('a CDN that keeps its 404 is what is wrong, and it is not the probe that makes it keep one', async () => {
  const { mechanic, webhook } = await listening({ tasks: [writing()] });
  const kept = new Set<string>();
  const cdn = await serving(async ({ url }) => {
    const { pathname } = new URL(url);
    if (kept.has(pathname)) return new Response('', { status: 404, headers: { ...open, age: '3' } });
    kept.add(pathname);
    // The first look at a file finds it missing, however fast the task was.
    await mechanic.idle();
    return new Response('', { status: 404, headers: { ...open, 'cache-control': 'public, max-age=300' } });
  });
  const found = await check([...webhook, '--stored-file', `${cdn}/results/{id}.json`, ...short]);
  expect(found).toMatchObject({ code: 1, verdict: 'wrong', failed: ['result.caching', 'result.uuid'] });
  expect(found.says('result.caching')).toBe('the answer 404 came out of a cache');
  expect(found.says('result.uuid')).toContain('the last answer, 404, came out of a cache');
  expect(found.lookAt.join()).toContain(`ask the storage itself for ${cdn}/results/${found.uuid}.json`);
  expect(kept.size).toBe(2);
});

test.each([
  ['public, max-age=60', ['result.caching']],
  ['max-age=1, s-maxage=60', ['result.caching']],
  ['max-age=60, s-maxage=0', []],
  ['private, max-age=60', []],
  ['no-store', []],
])('a 404 with cache-control: %s warns of %j', async (control, warned) => {
  const { mechanic, webhook } = await listening({ tasks: [writing()] });
  const storage = await serving(async (request) => {
    const { pathname } = new URL(request.url);
    const response = await mechanic.fetch(new Request(`http://mechanic.test/storage${pathname}`));
    response.headers.set('cache-control', control);
    return response;
  });
  const found = await check([...webhook, '--stored-file', `${storage}/results/{id}.json`]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', warned });
});

test('a storage that answers 200 for everything is wrong', async () => {
  const { webhook } = await listening();
  const storage = await serving(() => Response.json({ ok: true }, { headers: open }));
  const found = await check([...webhook, '--stored-file', `${storage}/{id}.json`]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.says('result.look')).toContain('200 for a file that nobody wrote');
  expect(found.says('result.uuid')).toContain('not waited for');
});

test('an address by the request id needs one that pages may read', async () => {
  const byRequestId = {
    name: 'By request id',
    subscriptions: ['user/quote/requested'],
    run: ({ event }: { event: { webhook_request_id: string | null } }) => {
      const url = `/storage/results/${event.webhook_request_id}.json`;
      return [{ action: { type: 'http', options: { method: 'put', url, body: { total: 99 } } } }];
    },
  };
  for (const exposeRequestId of [true, false]) {
    const { webhook, url } = await listening({ tasks: [byRequestId], exposeRequestId });
    const found = await check([...webhook, '--stored-file', `${url}/storage/results/{requestId}.json`]);
    expect(found).toMatchObject(
      exposeRequestId ? { code: 0, failed: [] } : { code: 1, failed: ['result.uuid'] },
    );
  }
});

test('a place of results without CORS headers is hidden from pages, also when the result is there', async () => {
  const { webhook, cache } = await listening({ faults: { on: 'cache', hideCors: true } });
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 1, failed: ['result.cors', 'result.uuid'] });
  expect(found.says('result.uuid')).toMatch(/^came back .*a browser hides this answer/);
});

test.each([
  [401, 'pages may not read it, and stop waiting at once'],
  [410, 'pages may not read it, and stop waiting at once'],
])('a cache endpoint that answers %i is wrong', async (status, words) => {
  const { webhook, cache } = await listening({ faults: { on: 'cache', status } });
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.says('result.look')).toBe(`${status}: ${words}`);
});

test('a cache endpoint in trouble is waited for, and wrong in the end', async () => {
  const { webhook, cache } = await listening({ faults: { on: 'cache', status: 500 } });
  const found = await check([...webhook, ...cache, ...short]);
  expect(found).toMatchObject({ code: 1, failed: ['result.uuid'], warned: ['result.look'] });
  expect(found.says('result.uuid')).toContain('the last look had trouble');
});

test('what is no JSON is no cache endpoint', async () => {
  const { webhook } = await listening();
  const page = await serving(() => new Response('<p>Ann</p>', { headers: open }));
  const found = await check([...webhook, '--cache-endpoint', `${page}/cache/${endpointId}`]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.lookAt.join()).toContain('10 bytes that are no JSON');
  expect(found.stdout).not.toContain('Ann');
});

test('each way of saying that a key is missing is understood', async () => {
  for (const cacheMiss of [404, 204, 'empty', 'null'] as const) {
    const { webhook, cache } = await listening({ cacheMiss });
    expect(await check([...webhook, ...cache])).toMatchObject({ code: 0, verdict: 'proven', warned: [] });
  }
});

const saving = answering(({ uuid, customer_id: id }) => {
  const metafields = [
    {
      ownerId: `gid://shopify/Customer/${id}`,
      namespace: 'mechanic',
      key: 'result',
      type: 'json',
      value: JSON.stringify({ uuid, total: 99 }),
    },
  ];
  const query =
    'mutation Save($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }';
  return [{ type: 'shopify', options: { query, variables: { metafields } } }];
});
const shop = { tasks: [saving], themes: ['theme'], customers: [{ id: '1001', email: 'ann@example.test' }] };

test('a section in the session of a customer proves the loop', async () => {
  const { webhook, section, mechanic } = await listening(shop);
  const value = JSON.stringify({ uuid: otherId, name: 'Ann' });
  mechanic.metafields.set('1001', 'mechanic', 'result', { type: 'json', value });
  const session = ['--cookie', 'customer=1001', '--data', '{"customer_id":"1001"}'];
  const found = await check([...webhook, ...section, ...session]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', failed: [], warned: [] });
  expect(found.says('result.look')).toBe('200, JSON: a record with another UUID');
  expect(found.stdout).not.toContain('Ann');
  expect(found.stdout).not.toContain('customer=1001');
});

test('a section without a session is there, and its result cannot be known', async () => {
  const { webhook, section } = await listening(shop);
  const found = await check([...webhook, ...section]);
  expect(found).toMatchObject({ code: 3, verdict: 'open', failed: [], open: ['result.look'] });
  expect(found.says('result.look')).toContain('no customer is signed in, as there is no session here');
  expect(found.lookAt[0]).toContain('--cookie');
});

test('a cookie of no session is what is wrong', async () => {
  const { webhook, section } = await listening(shop);
  const found = await check([...webhook, ...section, '--cookie', 'customer=0']);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.lookAt[0]).toContain('The cookie: it is of no signed-in session');
});

test('a password page in the way is named', async () => {
  const { webhook, section } = await listening({ ...shop, password: true });
  const found = await check([...webhook, ...section]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.says('result.look')).toBe('the password page of the storefront is in the way');
});

test.each([
  ['no-such-section', 'the theme has no such section or page'],
  ['mechanic-form', 'no element of the answer has data-mechanic-result'],
])('?section_id=%s is wrong: %s', async (name, words) => {
  const { webhook, storefrontUrl } = await listening(shop);
  const found = await check([...webhook, '--section', `${storefrontUrl}/?section_id=${name}`]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.says('result.look')).toBe(words);
});

test('a redirect to a login is named', async () => {
  const { webhook } = await listening();
  const login = await serving(({ url }) =>
    url.endsWith('/account/login')
      ? new Response('<form>', { headers: { 'content-type': 'text/html' } })
      : Response.redirect(new URL('/account/login', url), 302),
  );
  const found = await check([...webhook, '--section', `${login}/?section_id=mechanic-result`]);
  expect(found).toMatchObject({ code: 1, failed: ['result.look'] });
  expect(found.says('result.look')).toBe('a login is in the way');
});

test('a section of another origin than the page is wrong', async () => {
  const { webhook, section } = await listening({ ...shop, signedIn: '1001' });
  const found = await check([...webhook, ...section, '--origin', 'https://shop.test', ...short]);
  expect(found).toMatchObject({ code: 1, failed: ['result.cors'] });
});
