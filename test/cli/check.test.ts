import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificate } from '../support/certificate.ts';
import {
  check,
  endpointId,
  listening,
  otherId,
  publishing,
  serving,
  task,
  webhookId,
} from '../support/check.ts';
import { run } from '../support/cli.ts';

const short = ['--timeout', '0.3'];

test('a result with the UUID of the probe proves the loop, and ends it with 0', async () => {
  const { webhook, cache, mechanic } = await listening();
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({
    code: 0,
    exitCode: 0,
    verdict: 'proven',
    failed: [],
    warned: [],
    open: [],
    lookAt: [],
  });
  expect(found.proven.at(-1)).toContain('The whole loop: webhook, task, cache endpoint');
  expect(found.says('result.uuid')).toContain('a record with the probe\'s UUID and the status "done"');
  expect(mechanic.events()).toMatchObject([{ data: { uuid: found.uuid, mechanic_storefront_check: true } }]);
});

test('the probe is the request of a page on the origin, with a mark and the data that are given', async () => {
  const { mechanic, webhook } = await listening({
    webhooks: [{ id: webhookId, topic: 'user/a/b', mode: 'full' }],
  });
  const data = ['--data', '{"pieces":10}', '--origin', 'https://shop.test'];
  const { uuid } = await check([...webhook, ...data]);
  const [event] = mechanic.events();
  const { body, headers } = (event?.data ?? {}) as { body: string; headers: { [name: string]: string[] } };
  expect(JSON.parse(body)).toEqual({ pieces: 10, uuid, mechanic_storefront_check: true });
  expect(headers).toMatchObject({ 'content-type': ['application/json'], origin: ['https://shop.test'] });
  expect(headers).not.toHaveProperty('cookie');
});

test('what is about to be sent is said before it is, and not on stdout', async () => {
  const { webhook } = await listening();
  const { stderr, uuid } = await check(webhook);
  expect(stderr).toContain('one real submission');
  expect(stderr).toContain(`{"uuid":"${uuid}","mechanic_storefront_check":true}`);
});

test('without a place for results all that can be seen is looked at, and what cannot is said', async () => {
  const { webhook } = await listening();
  const found = await check(webhook);
  expect(found).toMatchObject({ code: 0, verdict: 'fine', failed: [], lookAt: [] });
  expect(found.unknown.join()).toMatch(/Mechanic answers 204 to any\.,Whether a task runs/);
});

test.each([
  ['a wrong id of the webhook', { webhooks: [] }],
  ['no task', { tasks: [] }],
  ['an error of the task', { tasks: [{ ...task, run: () => [{ error: 'no' }] }] }],
])('%s looks like any other silence: it ends with 3, and says where to look', async (_, options) => {
  const { webhook, cache } = await listening(options);
  const found = await check([...webhook, ...cache, ...short]);
  expect(found).toMatchObject({ code: 3, verdict: 'open', failed: [], warned: [], open: ['result.uuid'] });
  expect(found.says('result.uuid')).toMatch(/^nothing came back after \d+ looks?$/);
  const requestId = found.says('webhook.request-id')?.slice(0, 36);
  expect(found.lookAt).toEqual([
    expect.stringContaining(
      `is there one with the request id ${requestId}? If not, the id in the webhook's URL is wrong`,
    ),
    expect.stringContaining(
      "the task is disabled, does not subscribe to the webhook's topic, or an event filter",
    ),
    expect.stringContaining('did it fail'),
    expect.stringContaining('is its key the key of this endpoint'),
  ]);
  expect(found.unknown.join()).toContain(
    'an event filter, an error of the task and a slow run all look alike',
  );
});

test('of what others published only the shape is shown', async () => {
  const { webhook, cache, mechanic } = await listening({
    tasks: [publishing((uuid) => ({ uuid }), 'another')],
  });
  mechanic.cache.set('results', {
    uuid: otherId,
    status: 'done',
    value: { name: 'Ann', email: 'ann@example.test' },
  });
  const found = await check([...webhook, ...cache, ...short]);
  expect(found).toMatchObject({ code: 3, open: ['result.uuid'] });
  expect(found.says('result.look')).toBe('200, JSON: a record with another UUID and the status "done"');
  expect(found.says('result.uuid')).toContain('what is there was there before: a record with another UUID');
  for (const secret of ['Ann', 'ann@', otherId]) expect(found.stdout).not.toContain(secret);
});

test.each([
  [{ [otherId]: 1, [webhookId]: 2 }, "a map of 2 UUIDs, without the probe's"],
  [{ name: 'Ann', total: 1 }, 'an object of 2 fields, without a UUID'],
  [['Ann'], 'a list of 1 item'],
  ['Ann', 'a string'],
])('the shape of %j is %s', async (value, shape) => {
  const { webhook, cache, mechanic } = await listening({ tasks: [] });
  mechanic.cache.set('results', value);
  const found = await check([...webhook, ...cache, ...short]);
  expect(found.says('result.look')).toBe(`200, JSON: ${shape}`);
  expect(found.stdout).not.toContain('Ann');
});

test('a result without the UUID that comes meanwhile is the first thing to look at', async () => {
  const { webhook, cache } = await listening({ tasks: [publishing(() => ({ total: 99 }))] });
  const found = await check([...webhook, ...cache, ...short]);
  expect(found).toMatchObject({ code: 3, open: ['result.uuid'] });
  expect(found.says('result.uuid')).toContain(
    'what is there came meanwhile: an object of 1 field, without a UUID',
  );
  expect(found.lookAt[0]).toContain('Its record must carry the UUID of event.data');
});

test('a task that publishes its failure proves the loop, and its words are told, fit for a terminal', async () => {
  const error = { code: 'no_pieces', message: 'Give \u001b[31mpieces' };
  const { webhook, cache } = await listening({
    tasks: [publishing((uuid) => ({ uuid, status: 'failed', error }))],
  });
  const found = await check([...webhook, ...cache]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', failed: [], warned: ['result.uuid'] });
  expect(found.says('result.uuid')).toContain('(no_pieces: Give [31mpieces)');
  expect(found.lookAt).toEqual([expect.stringContaining('no_pieces: Give [31mpieces. It may only be')]);
});

test('a record that stays at work proves the loop, too', async () => {
  const { webhook, cache } = await listening({
    tasks: [publishing((uuid) => ({ [uuid]: { status: 'working' } }))],
  });
  const found = await check([...webhook, ...cache, ...short]);
  expect(found).toMatchObject({ code: 0, verdict: 'proven', warned: ['result.uuid'] });
  expect(found.says('result.uuid')).toMatch(
    /the task was not done .*a map of 1 UUID, the probe's among them/,
  );
});

test('as text it says the same, step by step, and ends with the three lists', async () => {
  const { webhook, cache } = await listening({ webhooks: [] });
  const { code, stdout } = await run(['check', ...webhook, ...cache, ...short]);
  expect(code).toBe(3);
  const names = [...stdout.matchAll(/^ {2}(?:ok|open|skip) +(\S+)/gm)].map(([, name]) => name);
  expect(names).toEqual([
    'webhook.dns',
    'webhook.connect',
    'webhook.tls',
    'result.look',
    'result.cors',
    'result.caching',
    'webhook.preflight',
    'webhook.post',
    'webhook.cors',
    'webhook.request-id',
    'result.uuid',
  ]);
  expect(stdout).toMatch(
    /\nProven\n {2}- [\s\S]*\nCannot be known from here\n {2}- [\s\S]*\nWhat to look at\n {2}1\. /,
  );
  expect(stdout).toMatch(/\nNothing wrong was found, and nothing came back: it is not proven\.\n$/);
});

test('name, connection and TLS are told one by one', async () => {
  const { mechanic } = await listening();
  const secure = await serving((request) => mechanic.fetch(request), true);
  const args = ['--webhook', `${secure}/${webhookId}`, '--cache-endpoint', `${secure}/cache/${endpointId}`];
  const untrusted = await check(args);
  expect(untrusted).toMatchObject({ code: 1, failed: ['webhook.tls'] });
  expect(untrusted.says('webhook.dns')).toMatch(/^localhost is /);
  expect(untrusted.says('webhook.tls')).toContain('its certificate is signed by itself');
  expect(untrusted.says('result.uuid')).toBe('nothing was sent');
  expect(mechanic.events()).toEqual([]);
  const file = join(mkdtempSync(join(tmpdir(), 'check-')), 'ca.pem');
  writeFileSync(file, certificate);
  const trusted = await check(args, { NODE_EXTRA_CA_CERTS: file });
  expect(trusted).toMatchObject({ code: 0, verdict: 'proven' });
  expect(trusted.says('webhook.tls')).toBe('TLSv1.3, and a certificate until 2120-01-01');
});

test('the example in the docs is what a check prints', async () => {
  const { webhook, cache, url } = await listening({ webhooks: [] });
  const { stdout, stderr } = await run(['check', ...webhook, ...cache, ...short]);
  const uuid = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;
  // What differs from run to run: ports, times, the number of looks, and the UUIDs but for those of the addresses.
  const steady = (text: string) =>
    text
      .replaceAll(url, 'http://127.0.0.1:4100')
      .replaceAll(new URL(url).host, '127.0.0.1:4100')
      .replaceAll(/ *\d+ ms/g, '       1 ms')
      .replaceAll(/after \d+ looks?/g, 'after 9 looks')
      .replaceAll(uuid, (id) => (id === webhookId ? id : otherId));
  const docs = readFileSync(new URL('../../docs/check.md', import.meta.url), 'utf8');
  expect(docs).toContain(`\`\`\`text\n${steady(stderr + stdout)}\`\`\``);
});
