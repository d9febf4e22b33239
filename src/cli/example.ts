import type { EmulatorOptions, Json } from '../emulator/index.js';

const topic = 'user/example/submitted';

/** What runs without a config file: a task that publishes what it was sent. */
export const example = {
  webhooks: [{ id: 'e8a1c5d0-0000-4000-8000-000000000001', name: 'Example', topic }],
  cacheEndpoints: [{ id: 'e8a1c5d0-0000-4000-8000-000000000002', key: 'examples' }],
  tasks: [
    {
      name: 'Publish what was sent',
      subscriptions: [topic],
      *run({ event }) {
        const { uuid = null, ...value } = (event.data ?? {}) as { [name: string]: Json };
        yield { log: { received: value } };
        yield { action: { type: 'cache', options: ['set', 'examples', { uuid, status: 'done', value }] } };
      },
    },
  ],
} satisfies EmulatorOptions;
