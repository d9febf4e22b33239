// What must not compile. It is checked by `npm run types`: each directive fails when its line compiles after all.
import {
  cacheEndpoint,
  createWebhook,
  type MechanicError,
  poll,
  type ResultSource,
  type Run,
  renderedMetafield,
  storedFile,
} from 'mechanic-storefront';
import { z } from 'zod';

interface Quote {
  total: number;
}

const url = 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const result = cacheEndpoint('https://usemechanic.com/cache/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11');
const quotes = createWebhook<Quote>({ url, result });

export async function misuse(error: MechanicError): Promise<unknown> {
  // @ts-expect-error: the url is required.
  createWebhook({ result });
  // @ts-expect-error: durations end in Ms.
  createWebhook({ url, timeout: 5 });
  // @ts-expect-error: there is no such encoding.
  createWebhook({ url, encoding: 'xml' });
  // @ts-expect-error: a URL is no result source.
  createWebhook({ url, result: 'https://usemechanic.com/cache/1' });
  // @ts-expect-error: a list is no data; name it.
  quotes.submit([1, 2]);
  // @ts-expect-error: nor is a number.
  quotes.submit(5);
  // @ts-expect-error: the value is a Quote.
  const total: string = (await quotes.run({})).total;
  // @ts-expect-error: a run is not its value.
  const value: Quote = quotes.submit({});
  // @ts-expect-error: a handle has an id.
  quotes.resume({ submittedAt: 1, timeoutMs: 1 });
  // @ts-expect-error: the value is a number.
  poll<number>(() => ({ state: 'done', value: '1' }));
  // @ts-expect-error: a reading says its state.
  poll(() => 5);
  // @ts-expect-error: there is no such format.
  storedFile('https://cdn.example/{id}', { format: 'xml' });
  // @ts-expect-error: a section has a name.
  renderedMetafield({ section: 5 });
  // @ts-expect-error: there is no such match.
  cacheEndpoint(url, { match: 'uuid' });
  // @ts-expect-error: there is no such code.
  const isOld = error.code === 'conflict';
  // @ts-expect-error: the code is not for writing.
  error.code = 'timeout';
  return [total, value, isOld];
}

// What must compile, with these types.
const schema = z.object({ total: z.coerce.number() });
export const bySchema: Promise<{ total: number }> = createWebhook({ url, result, schema }).run({});
export const byWord: Run<Quote> = quotes.submit(new FormData());
export const unknownValue: Promise<unknown> = createWebhook({ url, result }).run('text');
export const own: ResultSource<Quote> = {
  async read({ id, fetch, signal }) {
    const response = await fetch(`https://results.example/${id}`, { signal });
    return response.ok ? { state: 'done', value: await response.json() } : { state: 'pending' };
  },
};
createWebhook<Quote>({ url, result: own });
