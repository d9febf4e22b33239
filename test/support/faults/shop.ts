import { createEmulator, type Emulator } from 'mechanic-storefront/emulator';
import { snippets } from '../snippets.ts';
import { taskFile } from '../task-file.ts';
import { type Network, openNetwork } from './network.ts';

const webhook = 'fa170000-0000-4000-8000-000000000001';
const quotes = 'fa170000-0000-4000-8000-000000000002';
const topic = 'user/quote/requested';

const here = (path: string) => new URL(path, import.meta.url);

/** Where the result comes back. */
export type Place = 'cache' | 'file';

/** A task of the docs that contains these words. */
function documented(file: string, words: string): string {
  const found = snippets(file, 'liquid').find((code) => code.includes(words));
  if (!found) throw new Error(`${file} has no task with ${words}.`);
  return found;
}

const tasks = {
  /** Works at each event. */
  plain: documented('README.md', '["setex", "quotes", 3600'),
  /** Remembers UUIDs. */
  remembering: documented('docs/outbox.md', '"quotes/seen/"'),
  /** Works at each event, under the UUID: twice is as good as once. */
  keyed: `
    {% assign total = event.data.pieces | times: 9 %}
    {% action "http" %}
      {
        "method": "put",
        "url": "https://storage.mechanic.test/storage/checks/{{ event.data.uuid }}.json",
        "body": { "uuid": {{ event.data.uuid | json }}, "status": "done", "value": { "total": {{ total | json }} } }
      }
    {% endaction %}`,
};

/** A storefront of its own, so that nothing is stored there yet, and the network between its pages and Mechanic. */
export interface Shop {
  network: Network;
  mechanic: Emulator;
  storefrontUrl: string;
  /** How often the task has worked. */
  works(): number;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** Whether its pages have an outbox, and its task remembers UUIDs. */
  outbox: boolean;
  place: Place;
  /** How long each step takes until the task has worked, milliseconds of real time. */
  latencyMs: number;
}

export async function openShop({ outbox, place, latencyMs }: ShopOptions): Promise<Shop> {
  const network = await openNetwork((request) => mechanic.fetch(request));
  const task = place === 'file' ? tasks.keyed : outbox ? tasks.remembering : tasks.plain;
  const mechanic = createEmulator({
    webhooks: [{ id: webhook, topic }],
    cacheEndpoints: [{ id: quotes, key: 'quotes' }],
    tasks: [taskFile(task, topic)],
    templates: here('theme'),
    assets: [here('page'), here('../../../dist')],
    settings: { origin: network.origin, webhook, quotes, outbox, stored: place === 'file' },
    latency: latencyMs,
  });
  const { storefrontUrl } = await mechanic.listen();
  return {
    network,
    mechanic,
    storefrontUrl,
    works: () =>
      mechanic
        .events()
        .flatMap(({ taskRuns }) => taskRuns.flatMap(({ actionRuns }) => actionRuns))
        .filter(({ type, options }) => type === 'http' || JSON.stringify(options).includes('"quotes"'))
        .length,
    async close() {
      await network.close();
      await mechanic.close();
    },
  };
}
