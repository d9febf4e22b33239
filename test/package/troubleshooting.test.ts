// The messages that docs/troubleshooting.md shows are those that the SDK gives.
import { readFileSync } from 'node:fs';
import {
  cacheEndpoint,
  createWebhook,
  type ErrorCode,
  type Fetch,
  MechanicError,
  renderedMetafield,
} from 'mechanic-storefront';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorOf, thrownBy } from '../support/errors.ts';
import { pass, stopTime } from '../support/time.ts';

const url = 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001';
const page = 'https://shop.example/pages/quote?view=mechanic';
const endpoint = 'https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002';
const docs = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');

/** The messages under the heading of each code. */
const documented = new Map(
  docs
    .split(/^### /m)
    .slice(1)
    .map((section) => [
      /^`(\w+)`/.exec(section)?.[1],
      [...section.matchAll(/^```text\n(.*?)\n```/gms)].map(([, message]) => message),
    ]),
);

/** What a page that asks for a quote is told, when Mechanic takes it and the place of the result answers so. */
async function told(
  answer: (id: string) => Response,
  { result = cacheEndpoint(endpoint), schema = {} } = {},
) {
  let id = '';
  const fetch: Fetch = async (address) =>
    address === url ? new Response(null, { status: 204 }) : answer(id);
  const schedule = () => 1_000;
  const run = createWebhook({ url, result, fetch, schedule, ...schema }).submit({ pieces: 10 });
  id = run.id;
  const error = errorOf(run.result());
  await pass(121_000);
  return error;
}

/** What a page is told of its submission, when the webhook answers so. */
async function refused(answer: () => Response) {
  const run = createWebhook({ url, fetch: async () => answer() }).submit({ pieces: 10 });
  const error = errorOf(run.accepted);
  await pass(20_000);
  return error;
}

/** A page in which the section is missing, or is there for this customer. */
function section(customer: string | null) {
  const found = customer === null ? null : { getAttribute: () => customer };
  vi.stubGlobal(
    'DOMParser',
    class {
      parseFromString = () => ({ querySelector: () => found });
    },
  );
  return { result: renderedMetafield({ url: page }) };
}

/** Where a storefront behind a password leads. */
const passwordPage = () =>
  Object.defineProperty(new Response('<form></form>'), 'url', { value: 'https://shop.example/password' });

const json = (value: unknown) => new Response(JSON.stringify(value));
const webhook = () => createWebhook({ url });
const schema = {
  '~standard': {
    version: 1,
    vendor: 'a-shop',
    validate: () => ({ issues: [{ message: 'total: expected number, received string' }] }),
  },
};

const causes: { [code in ErrorCode]: (() => MechanicError | Promise<MechanicError>)[] } = {
  configuration: [
    () => thrownBy(() => createWebhook({ url: 'https://webhooks.mechanic.dev/quotes' })),
    () => thrownBy(() => createWebhook({ url: endpoint })),
  ],
  encoding: [
    () => thrownBy(() => webhook().submit({ total: Number.NaN })),
    () =>
      thrownBy(() =>
        createWebhook({ url, encoding: 'form' }).submit({
          items: [{ sku: 'assam', pieces: 2 }, { note: 'a gift' }],
        }),
      ),
  ],
  network: [
    () =>
      refused(() => {
        throw new TypeError('Failed to fetch');
      }),
  ],
  rejected: [() => refused(() => new Response(null, { status: 404 }))],
  rate_limited: [() => refused(() => new Response(null, { status: 429 }))],
  timeout: [() => told(() => new Response(null, { status: 404 }))],
  task_failed: [
    () =>
      told((id) =>
        json({
          uuid: id,
          status: 'failed',
          error: { code: 'no_pieces', message: 'How many pieces do you need?' },
        }),
      ),
  ],
  bad_result: [
    () => told(() => new Response('<!doctype html>')),
    () => told((id) => json({ uuid: id, total: '99' }), { schema: { schema } }),
  ],
  not_signed_in: [() => told(() => new Response('<div></div>'), section(''))],
  unavailable: [() => told(() => passwordPage(), section(null))],
};

beforeEach(() => stopTime());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('every code has its section, in the order of the others', () => {
  expect([...documented.keys()]).toEqual(Object.keys(causes));
});

test.each(Object.entries(causes))('the page shows the message of %s as it is', async (code, produce) => {
  const messages: string[] = [];
  for (const cause of produce) {
    const error = await cause();
    expect(error).toBeInstanceOf(MechanicError);
    expect(error.code).toBe(code);
    messages.push(error.message);
  }
  expect(documented.get(code)).toEqual(messages);
});
