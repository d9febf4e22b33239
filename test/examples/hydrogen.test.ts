import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { useExample } from '../support/example.ts';

const example = useExample('hydrogen');

/** The README's code, each block in the file that its first line names, compiled to build/. */
let compiled: ReturnType<typeof example.run>;
beforeAll(() => {
  const readme = readFileSync(join(example.folder, 'README.md'), 'utf8');
  for (const [, path = '', code = ''] of readme.matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```/gms)) {
    mkdirSync(dirname(join(example.folder, path)), { recursive: true });
    writeFileSync(join(example.folder, path), code);
  }
  compiled = example.run('npx', ['tsc']);
});

/** What a module says on its standard output, in a Node of its own and beside the compiled files. */
function printed(code: string): unknown {
  const { status, output } = example.run('node', ['--input-type=module', '--eval', code]);
  if (status !== 0) throw new Error(output);
  return JSON.parse(output);
}

test('its code compiles against Hydrogen, React Router and the packed types', () => {
  expect(compiled).toEqual({ status: 0, output: '' });
});

test('its form renders on a server', () => {
  const html = printed(`
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    import { QuoteForm } from './build/app/components/QuoteForm.js';
    const urls = {
      webhook: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001',
      endpoint: 'https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002',
    };
    console.log(JSON.stringify(renderToString(createElement(QuoteForm, urls))));
  `);
  expect(html).toMatch(/^<form>.*<button aria-disabled="false">Get my quote<\/button><p role="status"><\/p>/);
});

test("its policy adds Mechanic's origins to those of Hydrogen", () => {
  const header = printed(`
    import { createPolicy } from './build/app/lib/policy.js';
    const { header } = createPolicy({
      PUBLIC_CHECKOUT_DOMAIN: 'checkout.example',
      PUBLIC_STORE_DOMAIN: 'shop.example',
      MECHANIC_WEBHOOK_URL: 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001',
      MECHANIC_CACHE_ENDPOINT_URL: 'https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002',
    });
    console.log(JSON.stringify(header));
  `);
  const connect = /connect-src ([^;]*)/.exec(String(header))?.[1]?.split(' ');
  expect(connect).toEqual(
    expect.arrayContaining(['https://webhooks.mechanic.dev', 'https://usemechanic.com', "'self'"]),
  );
});

test("its source gets from its route the customer's result of this run, and of no other", () => {
  const readings = printed(`
    import { loader } from './build/app/routes/mechanic-result.js';
    import { customerResult } from './build/app/lib/customer-result.js';
    async function read(record, isLoggedIn = true) {
      const metafield = record && { value: JSON.stringify(record) };
      const query = async () => ({ data: { customer: { metafield } } });
      const customerAccount = { isLoggedIn: async () => isLoggedIn, query };
      const fetch = (path) =>
        loader({ request: new Request(new URL(path, 'https://shop.example')), context: { customerAccount } });
      return await customerResult.read({ id: 'this-run', fetch });
    }
    const done = { status: 'done', value: { city: 'Glasgow' } };
    console.log(JSON.stringify([
      await read(null),
      await read({ uuid: 'an-earlier-run', ...done }),
      await read({ uuid: 'this-run', status: 'working' }),
      await read({ uuid: 'this-run', ...done }),
      await read({ uuid: 'this-run', status: 'failed', error: { code: 'unknown', message: 'No such city.' } }),
      await read({ uuid: 'this-run', ...done }, false),
    ]));
  `);
  expect(readings).toEqual([
    { state: 'pending' },
    { state: 'pending' },
    { state: 'pending' },
    { state: 'done', value: { city: 'Glasgow' } },
    { state: 'failed', code: 'unknown', message: 'No such city.' },
    { state: 'failed', code: 'signed_out', message: 'Please sign in first.' },
  ]);
});
