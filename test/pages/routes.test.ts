import { createEmulator, type Task } from 'mechanic-storefront/emulator';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import type * as sdk from '../../src/index.ts';
import { countRequests, useStorefront } from '../support/storefront.ts';

// The script tag's build in real pages, with Mechanic on another origin.
declare const MechanicStorefront: typeof sdk;

const ids = {
  cache: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a01',
  file: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a02',
  metafield: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a03',
  endpoint: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a04',
};

type Fields = { uuid: string; n: number };
const doubled = ({ uuid, n }: Fields) => ({ uuid, status: 'done', value: { doubled: 2 * n } });

// A map keyed by UUID, kept outside of the runs, so that two at once do not overwrite each other.
const published: { [uuid: string]: unknown } = {};

const tasks: Task[] = [
  {
    name: 'By cache endpoint',
    subscriptions: ['user/cache/asked'],
    run({ event }) {
      const data = event.data as unknown as Fields;
      published[data.uuid] = doubled(data);
      return [{ action: { type: 'cache', options: ['set', 'answers', { ...published }] } }];
    },
  },
  {
    name: 'By stored file',
    subscriptions: ['user/file/asked'],
    run({ event }) {
      const data = event.data as unknown as Fields;
      const url = `https://storage.mechanic.test/storage/${data.uuid}.json`;
      return [{ action: { type: 'http', options: { method: 'put', url, body: doubled(data) } } }];
    },
  },
  {
    name: 'By metafield',
    subscriptions: ['user/metafield/asked'],
    run({ event }) {
      const value = JSON.stringify(doubled(event.data as unknown as Fields));
      const metafield = {
        ownerId: 'gid://shopify/Customer/1001',
        namespace: 'mechanic',
        key: 'result',
        type: 'json',
        value,
      };
      const query = `mutation ($metafields: [MetafieldsSetInput!]!) {
        metafieldsSet(metafields: $metafields) { userErrors { message } }
      }`;
      return [{ action: { type: 'shopify', options: { query, variables: { metafields: [metafield] } } } }];
    },
  },
];

const theme = (folder: string) => new URL(`../../theme/${folder}`, import.meta.url);

const storefront = useStorefront(() => {
  const mechanic = createEmulator({
    webhooks: [
      { id: ids.cache, topic: 'user/cache/asked' },
      { id: ids.file, topic: 'user/file/asked' },
      { id: ids.metafield, topic: 'user/metafield/asked' },
    ],
    cacheEndpoints: [{ id: ids.endpoint, key: 'answers' }],
    tasks,
    customers: [{ id: '1001', email: 'customer@example.test' }],
    signedIn: '1001',
    sections: theme('sections'),
    templates: new URL('./theme', import.meta.url),
    assets: [new URL('../../dist', import.meta.url)],
    // Longer than the first look is away, so that every route is asked more than once.
    latency: { eventRunMs: 50, taskRunMs: 50, actionRunMs: 1_500 },
  });
  const yesterday = { uuid: crypto.randomUUID(), status: 'done', value: { doubled: -1 } };
  const field = { type: 'json', value: JSON.stringify(yesterday) };
  mechanic.metafields.set('gid://shopify/Customer/1001', 'mechanic', 'result', field);
  return mechanic;
});

/** Runs several submissions at once by one webhook, in the page, and returns their values. */
function runInPage(page: Page, route: 'cache' | 'file' | 'metafield', numbers: number[]): Promise<unknown[]> {
  const given = { route, numbers, ids, mechanic: storefront.url };
  return page.evaluate(async ({ route, numbers, ids, mechanic }) => {
    const { createWebhook, cacheEndpoint, storedFile, renderedMetafield } = MechanicStorefront;
    const result = {
      cache: () => cacheEndpoint(`${mechanic}/cache/${ids.endpoint}`),
      file: () => storedFile(`${mechanic}/storage/{id}.json`),
      metafield: () => renderedMetafield({ section: 'mechanic-result' }),
    }[route]();
    const webhook = createWebhook({ url: `${mechanic}/webhook/${ids[route]}`, result });
    return Promise.all(numbers.map((n) => webhook.run({ n })));
  }, given);
}

test('the value comes back by a cache endpoint on another origin, and two runs at once each get their own', async () => {
  const page = await storefront.visit();
  expect(await runInPage(page, 'cache', [1, 2])).toEqual([{ doubled: 2 }, { doubled: 4 }]);
});

test('the value comes back by a stored file on another origin', async () => {
  const page = await storefront.visit();
  expect(await runInPage(page, 'file', [3])).toEqual([{ doubled: 6 }]);
});

test("the value comes back by a metafield that held yesterday's", async () => {
  const page = await storefront.visit();
  const looks = countRequests(page, 'section_id=mechanic-result');
  expect(await runInPage(page, 'metafield', [4])).toEqual([{ doubled: 8 }]);
  expect(looks.count).toBeGreaterThan(1);
});

test('a storefront behind its password page is unavailable', async () => {
  const closed = createEmulator({
    webhooks: [{ id: ids.metafield, topic: 'user/metafield/asked' }],
    password: true,
  });
  const { url, storefrontUrl } = await closed.listen();
  const page = await storefront.visit();
  await page.goto(`${storefrontUrl}/`);
  await page.addScriptTag({
    path: new URL('../../dist/mechanic-storefront.min.js', import.meta.url).pathname,
  });
  const given = { webhook: `${url}/webhook/${ids.metafield}` };
  const code = await page.evaluate(async ({ webhook: url }) => {
    const { createWebhook, renderedMetafield } = MechanicStorefront;
    const webhook = createWebhook({ url, result: renderedMetafield({ section: 'mechanic-result' }) });
    return webhook.run({}).catch((error: { code: string }) => error.code);
  }, given);
  await closed.close();
  expect(code).toBe('unavailable');
});

test('a submission survives a navigation in the same tick', async () => {
  const page = await storefront.visit();
  const before = storefront.mechanic.events().length;
  const given = { url: `${storefront.url}/webhook/${ids.file}` };
  await Promise.all([
    page.waitForURL('**/pages/next'),
    page.evaluate(({ url }) => {
      MechanicStorefront.createWebhook({ url }).submit({ n: 5 });
      location.href = '/pages/next';
    }, given),
  ]);
  await expect.poll(() => storefront.mechanic.events().length).toBe(before + 1);
});

test('a run is taken up again on the next page', async () => {
  const page = await storefront.visit();
  const given = { url: `${storefront.url}/webhook/${ids.file}`, file: `${storefront.url}/storage/{id}.json` };
  await page.evaluate(({ url, file }) => {
    const { createWebhook, storedFile } = MechanicStorefront;
    const run = createWebhook({ url, result: storedFile(file) }).submit({ n: 6 });
    sessionStorage.setItem('run', JSON.stringify(run));
  }, given);
  await page.goto(`${storefront.storefrontUrl}/pages/next`);
  const value = await page.evaluate(({ url, file }) => {
    const { createWebhook, storedFile } = MechanicStorefront;
    const handle = JSON.parse(sessionStorage.getItem('run') ?? '');
    return createWebhook({ url, result: storedFile(file) })
      .resume(handle)
      .result();
  }, given);
  expect(value).toEqual({ doubled: 12 });
});

test('after the result, and after an abort, no request is made', async () => {
  const page = await storefront.visit();
  await page.clock.install();
  const requests = countRequests(page, storefront.url);
  const given = {
    url: `${storefront.url}/webhook/${ids.file}`,
    file: `${storefront.url}/storage/absent-{id}.json`,
  };
  const reason = await page.evaluate(({ url, file }) => {
    const { createWebhook, storedFile } = MechanicStorefront;
    const stop = new AbortController();
    const run = createWebhook({ url, result: storedFile(file) }).submit({ n: 7 }, { signal: stop.signal });
    return run.accepted.then(() => {
      const result = run.result().catch((error: unknown) => error);
      stop.abort('enough');
      return result;
    });
  }, given);
  expect(reason).toBe('enough');
  const settled = requests.count;
  await page.clock.runFor(180_000);
  expect(requests.count).toBe(settled);
});
