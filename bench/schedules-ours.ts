import { AsyncLocalStorage } from 'node:async_hooks';
import type { Data, ResultSource, WebhookOptions } from 'mechanic-storefront';
import type { Client } from './schedules-work.ts';

/** The part of the SDK that is measured: of a build, or of the source. */
export interface Sdk {
  createWebhook(options: WebhookOptions): { run(data: Data): Promise<unknown> };
  storedFile(location: string): ResultSource;
}

const WEBHOOK = 'https://webhooks.mechanic.dev/00000000-0000-4000-8000-000000000001';

/** A browser's storage that is in memory. */
function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

/**
 * The SDK, from the submission, which takes no time here, as the peers' does not.
 * @param remembers whether each shopper's browser has storage; otherwise each run is the first one
 */
export function ours({ createWebhook, storedFile }: Sdk, { remembers }: { remembers: boolean }): Client {
  const browser = new AsyncLocalStorage<Pick<Storage, 'getItem' | 'setItem'>>();
  const browsers = new Map<number, Pick<Storage, 'getItem' | 'setItem'>>();
  return (job) => {
    const own = browsers.get(job.shopper) ?? memory();
    browsers.set(job.shopper, own);
    const webhook = createWebhook({
      url: WEBHOOK,
      result: storedFile('https://cdn.example/{id}.json'),
      timeoutMs: 3_600_000,
      async fetch(_url, { method } = {}) {
        if (method === 'POST') return new Response(null, { status: 204 });
        return (await job.look())
          ? Response.json({ status: 'done', value: 1 })
          : new Response('', { status: 404 });
      },
    });
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get: () => browser.getStore(),
    });
    return browser.run(remembers ? own : (undefined as never), () => webhook.run({}));
  };
}
