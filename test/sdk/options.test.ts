import {
  cacheEndpoint,
  createWebhook,
  renderedMetafield,
  storedFile,
  type WebhookOptions,
} from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf, thrownBy } from '../support/errors.ts';
import { cacheUrl, transport, webhookUrl } from '../support/mechanic.ts';

const uuid = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';

/** Options as plain JavaScript may give them. */
const webhook = (options: Record<string, unknown>) => createWebhook(options as unknown as WebhookOptions);

test.each([
  `https://webhooks.mechanic.dev/${uuid}`,
  `https://usemechanic.com/webhook/${uuid}`,
  `https://webhooks.mechanic.dev/${uuid.toUpperCase()}`,
  `http://localhost:4100/webhook/${uuid}`,
])('%s is a webhook URL', (url) => {
  expect(() => webhook({ url })).not.toThrow();
});

test.each([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', 7, '7'],
  ['relative', `/webhook/${uuid}`, `"/webhook/${uuid}"`],
  ['without an id', 'https://webhooks.mechanic.dev/', '"https://webhooks.mechanic.dev/"'],
  ['with an id that is no UUID', 'https://webhooks.mechanic.dev/my-hook', 'my-hook'],
  ['with more than a UUID', `https://webhooks.mechanic.dev/${uuid}0`, `${uuid}0`],
  ['with a client suffix', `https://webhooks.mechanic.dev/${uuid}/asana`, 'asana'],
  ['ftp', `ftp://webhooks.mechanic.dev/${uuid}`, 'ftp:'],
  ['with user and password', `https://user:pass@webhooks.mechanic.dev/${uuid}`, 'user:pass'],
  ['with a password alone', `https://:pass@webhooks.mechanic.dev/${uuid}`, ':pass'],
  ['with a query', `https://webhooks.mechanic.dev/${uuid}?source=page`, '?source=page'],
  ['a cache endpoint', cacheUrl, cacheUrl],
])('a webhook URL that is %s is refused', (_, url, quoted) => {
  const error = thrownBy(() => webhook({ url }));
  expect(error).toMatchObject({ code: 'configuration', observed: { path: 'url' } });
  expect(error.message).toMatch(/^url: received /);
  expect(error.message).toContain(quoted);
});

test('a cache endpoint given as the webhook is told where it belongs', () => {
  expect(thrownBy(() => webhook({ url: cacheUrl })).message).toContain('result: cacheEndpoint(url)');
});

test.each<[string, unknown, string]>([
  ['result', cacheUrl, JSON.stringify(cacheUrl)],
  ['result', null, 'null'],
  ['result', {}, 'Object'],
  ['encoding', 'xml', '"xml"'],
  ['encoding', 'JSON', '"JSON"'],
  ['encoding', null, 'null'],
  ['encoding', ['json'], 'Array'],
  ['idField', '', '""'],
  ['idField', 'a[b]', '"a[b]"'],
  ['idField', '__proto__', '"__proto__"'],
  ['idField', 'constructor', '"constructor"'],
  ['idField', 5, '5'],
  ['schema', true, 'true'],
  ['schema', { parse: () => 1 }, 'Object'],
  ['timeoutMs', 0, '0'],
  ['timeoutMs', -1, '-1'],
  ['timeoutMs', Number.NaN, 'NaN'],
  ['timeoutMs', Number.POSITIVE_INFINITY, 'Infinity'],
  ['timeoutMs', '1000', '"1000"'],
  ['requestTimeoutMs', 0, '0'],
  ['requestTimeoutMs', null, 'null'],
  ['idempotent', 'yes', '"yes"'],
  ['idempotent', 1, '1'],
  ['schedule', 500, '500'],
  ['fetch', 'fetch', '"fetch"'],
])('%s does not take %j', (option, value, quoted) => {
  const error = thrownBy(() => webhook({ url: webhookUrl, [option]: value }));
  expect(error).toMatchObject({ code: 'configuration', observed: { path: option } });
  expect(error.message).toContain(`${option}: received ${quoted}. Give `);
});

test('a long value is quoted in short', () => {
  const error = thrownBy(() => webhook({ url: `https://a.test/${'x'.repeat(5_000)}` }));
  expect(error.message.length).toBeLessThan(250);
});

test.each(['timeout', 'Url', 'constructor', 'toString'])('an option named %s is unknown', (name) => {
  const error = thrownBy(() => webhook({ url: webhookUrl, [name]: 1 }));
  expect(error.code).toBe('configuration');
  expect(error.message).toContain(`${name}: received 1. Give one of url,result,encoding,`);
});

test('options are checked without any', () => {
  expect(thrownBy(() => createWebhook(undefined as unknown as WebhookOptions)).code).toBe('configuration');
});

test('an option that is undefined takes its default', () => {
  const { fetch } = transport();
  const run = webhook({ url: webhookUrl, fetch, timeoutMs: undefined, idField: undefined }).submit({ a: 1 });
  expect(run.toJSON().timeoutMs).toBe(120_000);
});

test('run without a result source rejects and sends nothing', async () => {
  const { calls, fetch } = transport();
  const error = await errorOf(createWebhook({ url: webhookUrl, fetch }).run({ a: 1 }));
  expect(error).toMatchObject({ code: 'configuration', observed: { path: 'result' } });
  expect(calls).toEqual([]);
});

test('result without a result source rejects, and the submission goes out all the same', async () => {
  const { calls, fetch } = transport();
  const run = createWebhook({ url: webhookUrl, fetch }).submit({ a: 1 });
  expect((await errorOf(run.result())).code).toBe('configuration');
  expect(await run.accepted).toMatchObject({ id: run.id });
  expect(calls).toHaveLength(1);
});

test.each([
  ['relative', '/cache/77ab'],
  ['without an id', 'https://usemechanic.com/cache/'],
  ['a webhook', webhookUrl],
  ['ftp', 'ftp://usemechanic.com/cache/77ab'],
  ['undefined', undefined],
])('a cache endpoint URL that is %s is refused', (_, url) => {
  const error = thrownBy(() => cacheEndpoint(url as string));
  expect(error.code).toBe('configuration');
  expect(error.message).toContain(`cacheEndpoint: received ${url === undefined ? url : JSON.stringify(url)}`);
});

test.each(['uuid', 5, null])('match does not take %j', (match) => {
  const error = thrownBy(() => cacheEndpoint(cacheUrl, { match: match as 'id' }));
  expect(error.message).toContain(
    `match: received ${JSON.stringify(match)}. Give 'id', 'changed' or a function.`,
  );
});

test.each([
  ['a relative location', () => storedFile('/results/{id}.json'), 'storedFile'],
  ['no location', () => storedFile(undefined as unknown as string), 'storedFile'],
  [
    'a format it does not know',
    () => storedFile('https://cdn.test/{id}', { format: 'xml' as 'json' }),
    'format',
  ],
])('a stored file with %s is refused', (_, make, option) => {
  const error = thrownBy(make);
  expect(error).toMatchObject({ code: 'configuration', observed: { path: option } });
});

test.each([
  ['neither section nor url', {}],
  ['both', { section: 'mechanic-result', url: '/pages/x' }],
  ['a section with a path in it', { section: 'sections/mechanic-result.liquid' }],
])('a rendered metafield with %s is refused', (_, options) => {
  expect(thrownBy(() => renderedMetafield(options)).code).toBe('configuration');
});

test('a rendered metafield read outside a browser says so', async () => {
  const { fetch } = transport();
  const result = renderedMetafield({ section: 'mechanic-result' });
  const error = await errorOf(
    createWebhook({ url: webhookUrl, fetch, result, schedule: () => 0 }).run({ a: 1 }),
  );
  expect(error.code).toBe('configuration');
  expect(error.message).toContain('Use it in a browser');
});

test('a webhook says where its results come back, or that they do not', () => {
  const result = cacheEndpoint(cacheUrl);
  expect(webhook({ url: webhookUrl, result }).result).toBe(result);
  expect(webhook({ url: webhookUrl }).result).toBeUndefined();
});
