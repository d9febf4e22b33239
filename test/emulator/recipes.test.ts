// The scripts of docs/recipes.md, as tasks of the local Mechanic, with pages that the SDK stands for.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  cacheEndpoint,
  createWebhook,
  type ResultSource,
  storedFile,
  type Update,
} from 'mechanic-storefront';
import { createEmulator, type EmulatorOptions } from 'mechanic-storefront/emulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';

const [forCache = '', forFile = '', forMetafield = '', section = '', forAction = ''] = snippets(
  'docs/recipes.md',
  'liquid',
);
const webhookId = '00000000-0000-4000-8000-000000000001';
const url = `https://webhooks.mechanic.dev/${webhookId}`;
const endpoint = 'https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002';
const files = 'https://storage.mechanic.test/storage/quotes/';
const secret = 'not for pages';
const customer_id = '1001';
const customer_signature = createHmac('sha256', secret).update(customer_id).digest('hex');
const signed = { customer_id, customer_signature };

function shop(script: string, options: EmulatorOptions = {}) {
  const mechanic = createEmulator({
    webhooks: [{ id: webhookId, topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: '00000000-0000-4000-8000-000000000002', key: 'quotes' }],
    tasks: [
      taskFile(script, 'user/quote/requested', {
        options: { customer_secret__required: secret, storage_url__required: files },
        perform_action_runs_in_sequence: true,
      }),
    ],
    customers: [{ id: customer_id, email: 'customer@example.test' }],
    latency: 0,
    ...options,
  });
  const fetch = (address: string, init?: RequestInit) => mechanic.fetch(new Request(address, init));
  return { mechanic, fetch };
}

/** What is in the place of each route for a run, read as the page would. */
const routes = {
  'cache endpoint': {
    script: forCache,
    at: (mechanic: ReturnType<typeof shop>['mechanic'], id: string) =>
      (mechanic.cache.get('quotes') as { [id: string]: object } | undefined)?.[id],
  },
  'stored file': {
    script: forFile,
    at: (mechanic: ReturnType<typeof shop>['mechanic'], id: string) =>
      JSON.parse(mechanic.storage.get(`quotes/${id}.json`)?.body ?? 'null') ?? undefined,
  },
  'customer metafield': {
    script: forMetafield,
    at: (mechanic: ReturnType<typeof shop>['mechanic']) =>
      JSON.parse(mechanic.metafields.get(customer_id, 'mechanic', 'result')?.value ?? 'null') ?? undefined,
  },
};

describe.each(Object.entries(routes))('the recipe for a %s', (_, { script, at }) => {
  async function afterSubmitting(data: object) {
    const { mechanic, fetch } = shop(script);
    const webhook = createWebhook({ url, fetch });
    const run = webhook.submit({ ...data });
    await run.accepted;
    await mechanic.idle();
    const [event] = mechanic.events();
    return { mechanic, run, taskRun: event?.taskRuns[0], record: at(mechanic, run.id) };
  }

  test('publishes its result', async () => {
    expect((await afterSubmitting({ ...signed, pieces: '3' })).record).toMatchObject({
      status: 'done',
      value: { total: 27 },
    });
  });

  test('tells how far it is before it tells its end', async () => {
    const { taskRun } = await afterSubmitting({ ...signed, pieces: 3 });
    const told = JSON.stringify(taskRun?.actionRuns.map(({ options }) => options)).replaceAll('\\', '');
    expect(told).toMatch(/"status":"working","progress":0.5,"message":"Working out your price".*"done"/);
    expect(taskRun?.actionRuns.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  test('says so when it fails', async () => {
    const error = { code: 'no_pieces', message: 'How many pieces do you need?' };
    expect((await afterSubmitting({ ...signed, pieces: '' })).record).toMatchObject({
      status: 'failed',
      error,
    });
  });

  test.each([
    ['none', { customer_id }],
    ["another customer's", { customer_id: '1002', customer_signature }],
    ['that of nobody', { customer_id: '', customer_signature: '' }],
  ])('does nothing for a signature that is %s', async (_name, claim) => {
    const { taskRun, record } = await afterSubmitting({ ...claim, pieces: 3 });
    expect(taskRun).toMatchObject({ status: 'failed', errors: ["The customer's signature is wrong."] });
    expect(record).toBeUndefined();
  });

  test('takes a signed id that travels as a number, too', async () => {
    const { record } = await afterSubmitting({ customer_id: 1001, customer_signature, pieces: 1 });
    expect(record).toMatchObject({ value: { total: 9 } });
  });

  test('does nothing with a UUID that somebody made up', async () => {
    const { mechanic, fetch } = shop(script);
    const body = JSON.stringify({ ...signed, pieces: 3, uuid: '../../../0000-4000-8000-000000000000' });
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await mechanic.idle();
    const [run] = mechanic.events()[0]?.taskRuns ?? [];
    expect(run).toMatchObject({ status: 'failed', errors: ['The UUID has not the form of one.'] });
    const { cache, storage, metafields } = mechanic;
    expect([...cache.entries(), ...storage.entries(), ...metafields.entries()]).toEqual([]);
  });

  test('works once for each UUID, and keeps the first result', async () => {
    const { mechanic, fetch } = shop(script);
    const webhook = createWebhook({ url, fetch });
    const run = webhook.submit({ ...signed, pieces: 3 });
    for (const pieces of [3, 4]) {
      await run.accepted;
      await mechanic.idle();
      await webhook.submit({ ...signed, pieces }, { id: run.id }).accepted;
    }
    await mechanic.idle();
    const runs = mechanic.events().flatMap(({ taskRuns }) => taskRuns);
    expect(runs.map(({ logs }) => logs)).toEqual([[], ['seen before'], ['seen before']]);
    expect(at(mechanic, run.id)).toMatchObject({ value: { total: 27 } });
  });
});

test.each<[string, string, ResultSource]>([
  ['cache endpoint', forCache, cacheEndpoint(endpoint)],
  ['stored file', forFile, storedFile(`${files}{id}.json`)],
])(
  'a page gets what the recipe for a %s publishes, and its words when it fails',
  async (_, script, result) => {
    const { fetch } = shop(script);
    const quotes = createWebhook({ url, result, fetch, schedule: () => 20 });
    expect(await quotes.run({ ...signed, pieces: 2 })).toEqual({ total: 18 });
    const error = await errorOf(quotes.run({ ...signed, pieces: 0 }));
    expect(error).toMatchObject({ code: 'task_failed', observed: { taskCode: 'no_pieces' } });
  },
);

test("the section of the recipes is the theme kit's", () => {
  expect(readFileSync('theme/sections/mechanic-result.liquid', 'utf8')).toContain(section);
});

describe('the recipe for work that is an action', () => {
  /** The local Mechanic, and the register that its task asks. */
  async function register(status: number) {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"valid":true}');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { mechanic, fetch } = shop('', {
      webhooks: [{ id: webhookId, topic: 'user/vat_number/submitted' }],
      cacheEndpoints: [{ id: '00000000-0000-4000-8000-000000000002', key: 'checks' }],
      tasks: [
        taskFile(forAction, snippets('docs/recipes.md', 'text').join(''), {
          options: { register_url__required: `${origin}/check` },
        }),
      ],
      allowHttp: [origin],
      latency: 200,
    });
    const checks = createWebhook({ url, result: cacheEndpoint(endpoint), fetch, schedule: () => 20 });
    return { mechanic, checks };
  }

  test('says that it works, and publishes what the other service answered', async () => {
    const { mechanic, checks } = await register(200);
    const run = checks.submit({ number: 'DE123456789' });
    const updates: Update[] = [];
    for await (const update of run.updates()) updates.push(update);
    expect(updates.map(({ message }) => message)).toContain('Asking the register');
    expect(await run.result()).toEqual({ valid: true });
    await mechanic.idle();
  });

  test('fails with words for the shopper when there is no answer', async () => {
    const { mechanic, checks } = await register(503);
    expect(await errorOf(checks.run({ number: 'DE1' }))).toMatchObject({
      code: 'task_failed',
      observed: { taskCode: 'no_answer' },
    });
    await mechanic.idle();
  });
});
