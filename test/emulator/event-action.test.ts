import type { Task } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { createInstant, perform, post, topic } from './helpers.ts';

const child = 'user/quote/priced';

test('an event action makes a child event that knows its parent, and idle() waits for it', async () => {
  const tasks: Task[] = [
    {
      name: 'Ask',
      subscriptions: [topic],
      run: () => [{ action: { type: 'event', options: { topic: child, data: { price: 5 } } } }],
    },
    { name: 'Answer', subscriptions: [child], run: ({ event }) => [{ log: event }] },
  ];
  const mechanic = createInstant({ tasks });
  await mechanic.fetch(post('hello'));
  await mechanic.idle();
  const [first, second] = mechanic.events();
  expect(second).toMatchObject({ topic: child, data: { price: 5 }, requestId: null, webhookId: null });
  expect(second?.parentId).toBe(first?.id);
  expect(second?.taskRuns[0]?.logs).toMatchObject([
    {
      topic: child,
      webhook_request_id: null,
      parent: { topic, data: 'hello', webhook_request_id: first?.requestId },
    },
  ]);
});

test('a task sees five generations of parents, and no more', async () => {
  const again: Task = {
    name: 'Again',
    subscriptions: [topic],
    *run({ event }) {
      const n = Number(event.data) + 1;
      if (n < 8) yield { action: { type: 'event', options: { topic, data: n } } };
      else yield { log: event };
    },
  };
  const mechanic = createInstant({ tasks: [again] });
  await mechanic.fetch(post('1'));
  await mechanic.idle();
  const logged = mechanic.events().at(-1)?.taskRuns[0]?.logs[0];
  const generations: unknown[] = [];
  for (
    let event = logged as { data: unknown; parent: unknown } | null;
    event;
    event = event.parent as typeof event
  ) {
    generations.push(event.data);
  }
  expect(generations).toEqual([7, 6, 5, 4, 3, 2]);
});

test.each([
  [
    { topic: 'shopify/orders/create', data: {} },
    'topic must be "user/subject/verb"; received "shopify/orders/create"',
  ],
  [{ topic: child }, 'option "data" is required'],
  [{ topic: child, data: 1, run_at: 5 }, 'unknown or not emulated option "run_at"'],
  ['x', "options must be an object; received 'x'"],
])('%j fails the action run', async (options, message) => {
  const { mechanic, actionRuns } = await perform([{ type: 'event', options }]);
  expect(actionRuns).toMatchObject([{ status: 'failed', error: expect.stringContaining(message) }]);
  expect(mechanic.events()).toHaveLength(1);
});
