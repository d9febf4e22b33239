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
import type { MechanicFormElement, MechanicFormEventMap } from 'mechanic-storefront/element';
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
  // @ts-expect-error: what is kept under a key may be gone.
  quotes.resume(undefined, { resumeKey: 'quote' }).id;
  // @ts-expect-error: a key is no handle.
  quotes.resume('quote');
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

const form = document.createElement('mechanic-form');

export function misuseOfTheElement(): unknown {
  // @ts-expect-error: a place for results is no webhook.
  form.webhook = result;
  // @ts-expect-error: a function that looks gives a reading.
  form.result = () => 5;
  // @ts-expect-error: the run is not for writing.
  form.run = null;
  // @ts-expect-error: a list is no data.
  form.submit([1, 2]);
  // @ts-expect-error: nothing may have been sent.
  form.submit().id;
  // @ts-expect-error: a value is unknown until it has been looked at.
  form.addEventListener('mechanic:result', ({ detail }) => detail.value.total);
  // @ts-expect-error: the error has no value.
  form.addEventListener('mechanic:error', ({ detail }) => detail.value);
  // @ts-expect-error: the button is not for changing.
  form.addEventListener('mechanic:submit', ({ detail }) => (detail.submitter = null));
  // @ts-expect-error: a listener of one event is none of another.
  form.addEventListener('mechanic:accepted', (event: MechanicFormEventMap['mechanic:progress']) => event);
  // @ts-expect-error: there is no such event.
  const event: keyof MechanicFormEventMap = 'mechanic:done';
  return event;
}

// What must compile, with these types.
export const found: MechanicFormElement | null = document.querySelector('mechanic-form');
form.webhook = quotes;
form.webhook = undefined;
form.webhook = url;
form.result = own;
form.result = async ({ id, fetch }) => ({ state: 'done', value: await fetch(id) });
export const sent: Run | null = form.submit({ pieces: 10 });
export function listen(around: HTMLDivElement): void {
  around.addEventListener('mechanic:accepted', ({ detail }): string | null => detail.requestId);
  around.addEventListener('mechanic:progress', ({ detail }): number | undefined => detail.progress);
  form.addEventListener('mechanic:error', ({ detail }): string => detail.message + detail.error.code);
  form.addEventListener('mechanic:result', ({ detail }): [string, unknown] => [detail.id, detail.value]);
  document.addEventListener('mechanic:submit', ({ detail }) => {
    if (detail.data instanceof FormData) detail.data.set('note', '');
    detail.data = { pieces: 10 };
  });
}
