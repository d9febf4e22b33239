import { createEmulator, type Emulator } from 'mechanic-storefront/emulator';
import { createTasks } from './tasks.ts';

const here = (path: string) => new URL(path, import.meta.url);

const id = (number: number) => `c0f0c0f0-0000-4000-8000-${String(number).padStart(12, '0')}`;

const webhooks = {
  echoToFile: { id: id(1), topic: 'user/file/echoed' },
  echoToCache: { id: id(2), topic: 'user/cache/echoed' },
  echoToMetafield: { id: id(3), topic: 'user/metafield/echoed' },
  /** Tells of the request itself: its content type, its headers, its bytes. */
  request: { id: id(4), topic: 'user/request/echoed', mode: 'full' as const },
  /** Nothing is published for it, until the page asks for it. */
  silent: { id: id(5), topic: 'user/silence/asked' },
  publish: { id: id(6), topic: 'user/publication/asked' },
  /** For tasks that know no UUID. */
  anonymous: { id: id(7), topic: 'user/text/echoed' },
};

const cacheEndpoints = {
  results: { id: id(11), key: 'results' },
  latest: { id: id(12), key: 'latest' },
};

const idsOf = (things: { [name: string]: { id: string } }) =>
  Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, thing.id]));

/**
 * The local Mechanic of the conformance page. It is not the demo's, since the page switches faults on and off.
 * Its storefront's home is the page; its tasks do what the page's scenarios ask.
 */
export function createConformance(): Emulator {
  const mechanic: Emulator = createEmulator({
    webhooks: Object.entries(webhooks).map(([name, webhook]) => ({ name, ...webhook })),
    cacheEndpoints: Object.values(cacheEndpoints),
    tasks: createTasks((path, content) => mechanic.storage.put(path, content, 'application/json')),
    customers: [{ id: '2001', email: 'customer@example.test' }],
    sections: here('sections'),
    templates: here('templates'),
    assets: [here('.'), here('../../dist')],
    settings: { webhooks: idsOf(webhooks), cacheEndpoints: idsOf(cacheEndpoints), customer: '2001' },
    // Actions without a delay keep the order of their runs: a write of the cache's map never undoes a later one.
    latency: { eventRunMs: 10, taskRunMs: 10, actionRunMs: 0 },
  });
  return mechanic;
}
