import { createEmulator, type EmulatorOptions } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { instant, topic, webhookId } from './helpers.ts';

const task = { name: 'Task', subscriptions: [topic], run: () => [] };
const customer = { id: '1', email: 'a@example.test' };

test('everything has a default', () => {
  expect(createEmulator().events()).toEqual([]);
});

const mistakes: [options: unknown, message: string][] = [
  [
    { webhooks: [{ id: '123', topic }] },
    "webhooks[0].id must be a UUID, as in the URL that Mechanic shows; received '123'",
  ],
  [{ webhooks: [{ id: webhookId }] }, 'webhooks[0].topic must be text; received undefined'],
  [
    { webhooks: [{ id: webhookId, topic: 'quote' }] },
    'webhooks[0].topic must be three parts, "user/subject/verb", without an offset; received \'quote\'',
  ],
  [{ webhooks: [{ id: webhookId, topic: 'shopify/orders/create' }] }, "received 'shopify/orders/create'"],
  [{ webhooks: [{ id: webhookId, topic: 'user/a' }] }, "received 'user/a'"],
  [{ webhooks: [{ id: webhookId, topic: 'user/a/b/c' }] }, "received 'user/a/b/c'"],
  [{ webhooks: [{ id: webhookId, topic: 'user/a /b' }] }, "received 'user/a /b'"],
  [
    { webhooks: [{ id: webhookId, topic, mode: 'Auto' }] },
    `webhooks[0].mode must be "auto" or "full"; received 'Auto'`,
  ],
  [
    {
      webhooks: [
        { id: webhookId, topic },
        { id: webhookId.toUpperCase(), topic },
      ],
    },
    'webhooks[1].id is taken by number 0 of the list already',
  ],
  [{ webhooks: [{ id: webhookId, topic, tpoic: 1 }] }, "webhooks[0]: unknown option 'tpoic'"],
  [{ webhooks: { id: webhookId } }, 'webhooks must be a list; received { id:'],
  [{ wehbooks: [] }, "the options: unknown option 'wehbooks'"],
  [{ cacheEndpoints: [{ id: 'x', key: 'k' }] }, 'cacheEndpoints[0].id must be a UUID'],
  [
    { cacheEndpoints: [{ id: webhookId, key: 'a b' }] },
    'cacheEndpoints[0].key must be a cache key, which matches',
  ],
  [
    {
      cacheEndpoints: [
        { id: webhookId, key: 'a' },
        { id: webhookId, key: 'b' },
      ],
    },
    'cacheEndpoints[1].id is taken',
  ],
  [{ tasks: ['no/such.json'] }, 'tasks[0] must be a task file or a pattern of some, and there is none at /'],
  [{ tasks: 'no/such-*.json' }, 'tasks must be a task file or a pattern of some, and there is none at /'],
  [{ tasks: 5 }, 'tasks must be a list; received 5'],
  [{ tasks: [5] }, 'tasks[0] must be an object, or the path of a task file; received 5'],
  [{ tasks: [{ ...task, run: 'x' }] }, "tasks[0].run must be a function; received 'x'"],
  [{ tasks: [{ ...task, name: '' }] }, 'tasks[0].name must not be empty'],
  [
    { tasks: [{ ...task, subscriptions: ['user/a/b+1.hour'] }] },
    'tasks[0].subscriptions[0] must be three parts',
  ],
  [{ tasks: [{ ...task, subscriptions: ['shopify/orders/create'] }] }, "received 'shopify/orders/create'"],
  [{ tasks: [{ ...task, perform_action_runs_in_sequence: 'yes' }] }, "must be true or false; received 'yes'"],
  [{ tasks: [{ ...task, sequence: true }] }, "tasks[0]: unknown option 'sequence'"],
  [{ customers: [customer, customer] }, 'customers[1].id is taken by number 0'],
  [{ customers: [{ id: 1, email: 'a' }] }, 'customers[0].id must be text; received 1'],
  [{ customers: [customer], signedIn: '2' }, "signedIn must be the id of one of the customers; received '2'"],
  [{ sections: 'no/such/folder' }, 'sections must be a folder, and there is none at /'],
  [{ templates: import.meta.filename }, 'templates must be a folder'],
  [{ assets: ['src', 'no/such'] }, 'assets[1] must be a folder'],
  [{ assets: 'src' }, "assets must be a list; received 'src'"],
  [{ settings: { a: 1n } }, 'settings must be an object that JSON can hold; received { a: 1n }'],
  [
    { latency: 'slow' },
    'latency must be "fast", "real", milliseconds or { eventRunMs, taskRunMs, actionRunMs }; received \'slow\'',
  ],
  [{ latency: { ...instant, taskRunMs: -1 } }, 'latency.taskRunMs must be 0 or more; received -1'],
  [{ latency: { eventRunMs: 1 } }, 'received { eventRunMs: 1 }'],
  [{ seed: 1.5 }, 'seed must be an integer; received 1.5'],
  [{ cacheMiss: 200 }, 'cacheMiss must be 404, 204, "empty" or "null"; received 200'],
  [{ storageMiss: 500 }, 'storageMiss must be 404 or 403; received 500'],
  [{ exposeRequestId: 1 }, 'exposeRequestId must be true or false; received 1'],
  [{ password: 'x' }, "password must be true or false; received 'x'"],
  [{ allowHttp: ['https://api.example.test/'] }, 'allowHttp[0] must be an origin, such as'],
  [{ allowHttp: ['ftp://api.example.test'] }, 'allowHttp[0] must be an origin, such as'],
  [{ allowHttp: 'https://api.example.test' }, 'allowHttp must be a list'],
  [{ shop: { currency: 'euro' } }, "shop.currency must be a currency, as in ISO 4217; received 'euro'"],
  [{ shop: { iana_timezone: 'Mars' } }, 'shop.iana_timezone must be a time zone'],
  [{ shop: { since: 1n } }, 'shop must be an object that JSON can hold'],
  [null, 'the options must be an object; received null'],
];

test.each(mistakes.map(([options, message]) => ({ options, message })))(
  'a mistake is named: $message',
  ({ options, message }) => {
    const start = () => createEmulator(options as EmulatorOptions);
    expect(start).toThrow(TypeError);
    expect(start).toThrow(message);
  },
);

test('all faults are named at once', () => {
  const options = { seed: 1.5, webhooks: [{ id: 'x', topic: 'y' }] };
  expect(() => createEmulator(options)).toThrow(/webhooks\[0\]\.id.*webhooks\[0\]\.topic.*seed/);
});
