/** What a shop's code does with the SDK: the types of all that it is given and gives. Compiled, never run. */
import {
  cacheEndpoint,
  createWebhook,
  MechanicError,
  poll,
  type ResultSource,
  renderedMetafield,
  storedFile,
  type Update,
  usualSchedule,
} from 'mechanic-storefront';
import type { MechanicFormElement } from 'mechanic-storefront/element';
import { createEmulator } from 'mechanic-storefront/emulator';
import { createWebhook as createKeptWebhook, createOutbox } from 'mechanic-storefront/outbox';

interface Quote {
  total: number;
}
const url = 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001';
const schema = {
  '~standard': { version: 1, vendor: 'a-shop', validate: () => ({ value: { total: 9 } }) },
} as const;
const mine: ResultSource<Quote> = {
  read: async ({ id }) => ({ state: 'done', value: { total: id.length } }),
};

const webhooks = [
  createWebhook<Quote>({
    url,
    result: cacheEndpoint('https://usemechanic.com/cache/00000000-0000-4000-8000-000000000002'),
  }),
  createWebhook<Quote>({
    url,
    result: storedFile('https://cdn.example/{id}.json'),
    schedule: usualSchedule(),
  }),
  createKeptWebhook({
    url,
    result: renderedMetafield({ section: 'mechanic-result' }),
    schema,
    outbox: createOutbox(),
  }),
  createWebhook<Quote>({ url, result: mine }),
];

/** Submits a form, and shows the price. */
export async function quote(form: HTMLFormElement, tell: (update: Update) => void): Promise<number> {
  for (const webhook of webhooks) {
    const run = webhook.submit(form, { signal: AbortSignal.timeout(1000) });
    for await (const update of run.updates()) tell(update);
    try {
      const { total }: Quote = await run.result();
      return total;
    } catch (error) {
      if (!(error instanceof MechanicError) || error.code !== 'timeout') throw error;
    }
  }
  return poll<number>(async () => ({ state: 'pending', progress: 0.5 }), { timeoutMs: 1000 });
}

const element: MechanicFormElement | null = document.querySelector('mechanic-form');
element?.addEventListener('mechanic:result', ({ detail }) => element.append(String(detail.value)));

/** What its own tests do with the local Mechanic. */
export async function stored(): Promise<Blob> {
  const mechanic = createEmulator({
    webhooks: [{ id: '00000000-0000-4000-8000-000000000001', topic: 'user/quote/requested' }],
    tasks: [
      { name: 'Log', subscriptions: ['user/quote/requested'], run: ({ event }) => [{ log: event.data }] },
    ],
  });
  await mechanic.idle();
  const file = mechanic.storage.get('quote.json');
  return new Blob(file ? [file.bytes] : []);
}
