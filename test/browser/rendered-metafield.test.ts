import { createWebhook, type MechanicError, type Run, renderedMetafield } from 'mechanic-storefront';
import { afterEach, expect, test } from 'vitest';

const url = 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const shopify = globalThis as { Shopify?: { routes: { root: string } } };

afterEach(() => {
  delete shopify.Shopify;
});

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const section = (json: string, customer = '1001') =>
  `<div id="shopify-section-mechanic-result" class="shopify-section"><!-- editor -->
     <div data-mechanic-result="${escaped(json)}" data-mechanic-customer="${customer}"></div></div>`;

/** Runs a submission whose sections answer one after another; the last one is repeated. */
function runAgainst(
  pages: ((id: string) => Response)[],
  source = renderedMetafield({ section: 'mechanic-result' }),
) {
  const looks: { url: string; init: RequestInit | undefined }[] = [];
  const webhook = createWebhook({
    url,
    result: source,
    schedule: () => 0,
    timeoutMs: 2_000,
    fetch: async (address, init) => {
      if (init?.method === 'POST') return new Response(null, { status: 204 });
      looks.push({ url: address, init });
      return (pages[looks.length - 1] ?? pages.at(-1))?.(run.id) ?? Response.error();
    },
  });
  const run: Run = webhook.submit({ a: 1 });
  return { looks, result: run.result() };
}

const html = (body: string, init?: ResponseInit) => () => new Response(body, init);
const rejection = (result: Promise<unknown>) =>
  result.then(
    () => expect.unreachable(),
    (error: MechanicError) => error,
  );

test('the value of this run is read from the attribute, however its text looks', async () => {
  const value = { note: `"quotes", </script><img src=x onerror=alert(1)>, &amp; and ünïcode` };
  const { result } = runAgainst([
    (id) => new Response(section(JSON.stringify({ uuid: id, status: 'done', value }))),
  ]);
  expect(await result).toEqual(value);
  expect(document.querySelector('img')).toBeNull();
});

test("yesterday's result, a metafield without a value and an empty one are waited out", async () => {
  const yesterday = JSON.stringify({ uuid: crypto.randomUUID(), status: 'done', value: 'old' });
  const { result, looks } = runAgainst([
    html(section(yesterday)),
    html(section('null')),
    html(section('')),
    (id) => new Response(section(JSON.stringify({ uuid: id, price: 5 }))),
  ]);
  expect(await result).toEqual({ price: 5 });
  expect(looks).toHaveLength(4);
});

test('a script with JSON in it is read too', async () => {
  const { result } = runAgainst([
    (id) => new Response(`<script type="application/json">{"uuid":"${id}","price":5}</script>`),
  ]);
  expect(await result).toEqual({ price: 5 });
});

test("the section is asked for at the theme's root with the visitor's cookies, and past the cache", async () => {
  shopify.Shopify = { routes: { root: '/fr/' } };
  const { looks, result } = runAgainst([html(section('null', ''))]);
  await rejection(result);
  expect(looks[0]?.url).toBe('/fr/?section_id=mechanic-result');
  expect(looks[0]?.init).toMatchObject({ credentials: 'same-origin', cache: 'no-store' });
  expect(looks[0]?.init?.headers).toBeUndefined();
});

test('a visitor who is not signed in is told at once', async () => {
  const { result, looks } = runAgainst([html(section('null', ''))]);
  expect(await rejection(result)).toMatchObject({ code: 'not_signed_in' });
  expect(looks).toHaveLength(1);
});

test('a missing section and a page of something else are unavailable, at once', async () => {
  for (const page of [html('Not Found', { status: 404 }), html('<h1>Opening soon</h1>'), html('')]) {
    const { result, looks } = runAgainst([page]);
    expect(await rejection(result)).toMatchObject({ code: 'unavailable' });
    expect(looks).toHaveLength(1);
  }
});

test('a storefront that is in trouble is asked again', async () => {
  const { result, looks } = runAgainst([
    html('', { status: 503 }),
    (id) => new Response(section(JSON.stringify({ uuid: id, price: 5 }))),
  ]);
  expect(await result).toEqual({ price: 5 });
  expect(looks).toHaveLength(2);
});

test('text that is not JSON is a bad result after the second look', async () => {
  const { result, looks } = runAgainst([html(section('{{ customer }}'))]);
  expect(await rejection(result)).toMatchObject({ code: 'bad_result' });
  expect(looks).toHaveLength(2);
});

test('another page and another selector can be given', async () => {
  const source = renderedMetafield({ url: '/pages/result?view=mechanic', selector: '#answer' });
  const { result, looks } = runAgainst([(id) => new Response(`<p id="answer">{"${id}":7}</p>`)], source);
  expect(await result).toBe(7);
  expect(looks[0]?.url).toBe('/pages/result?view=mechanic');
});

test('several runs on one section share its requests', async () => {
  const asked: string[] = [];
  const ids: string[] = [];
  const webhook = createWebhook({
    url,
    result: renderedMetafield({ section: 'mechanic-result' }),
    fetch: async (address, init) => {
      if (init?.method === 'POST') return new Response(null, { status: 204 });
      asked.push(address);
      return new Response(section(JSON.stringify(Object.fromEntries(ids.map((id, index) => [id, index])))));
    },
  });
  const runs = [webhook.submit({}), webhook.submit({}), webhook.submit({})];
  ids.push(...runs.map(({ id }) => id));
  expect(await Promise.all(runs.map((run) => run.result()))).toEqual([0, 1, 2]);
  expect(asked).toHaveLength(1);
});
