import { cacheEndpoint } from 'mechanic-storefront';
import { createEmulator } from 'mechanic-storefront/emulator';
import { createOutbox, createWebhook, type OutboxOptions } from 'mechanic-storefront/outbox';
import { expect, test, vi } from 'vitest';
import { handClock } from '../support/clock.ts';
import { runSnippet, snippets } from '../support/snippets.ts';
import { taskFile } from '../support/task-file.ts';

const [example = ''] = snippets('docs/outbox.md', 'ts');
const readmeExample = snippets('README.md', 'ts').find((code) => code.includes('createOutbox')) ?? '';
const [task = ''] = snippets('docs/outbox.md', 'liquid');
const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;

/** The local Mechanic with the task that remembers UUIDs. */
function shop(script = task) {
  const mechanic = createEmulator({
    webhooks: [{ id: id(1), topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: id(2), key: 'quotes' }],
    tasks: [taskFile(script, 'user/quote/requested')],
    latency: 0,
  });
  const fetch = (url: string, init?: RequestInit) => mechanic.fetch(new Request(url, init));
  /** How often the work was done. */
  const works = () =>
    mechanic
      .events()
      .flatMap(({ taskRuns }) => taskRuns.flatMap(({ actionRuns }) => actionRuns))
      .filter(({ options }) => JSON.stringify(options).startsWith('["setex","quotes",')).length;
  const time = handClock(Date.now());
  const given = {
    cacheEndpoint,
    createWebhook: (options: object) => createWebhook({ ...options, fetch } as never),
    createOutbox: (options: OutboxOptions) => createOutbox({ ...options, clock: time.clock, persist: false }),
  };
  return { mechanic, fetch, works, time, given };
}

test('the example of the outbox tells what is kept', async () => {
  const { given } = shop();
  expect(await runSnippet(example, given)).toEqual([[[expect.objectContaining({ state: 'waiting' })]]]);
});

test("the README's example gets its quote", async () => {
  const { given } = shop(task.replace('event.data.pieces', 'event.data.cart.pieces'));
  expect(await runSnippet(readmeExample, given)).toEqual([[{ total: 90 }]]);
});

test('a submission whose answer is lost arrives twice, and the task that remembers UUIDs works once', async () => {
  const { mechanic, works, time, given } = shop();
  const outbox = given.createOutbox({});
  const quotes = given.createWebhook({ url: `https://webhooks.mechanic.dev/${id(1)}`, outbox });
  mechanic.faults.set({ loseResponses: 1 });
  const run = quotes.submit({ pieces: 2 });
  await vi.waitFor(async () => expect(await outbox.entries()).toMatchObject([{ state: 'queued' }]));
  await mechanic.idle();
  expect(works()).toBe(1);
  mechanic.faults.clear();
  await time.pass(40_000);
  await run.accepted;
  await mechanic.idle();
  expect(mechanic.events().map(({ data }) => data)).toEqual([
    { pieces: 2, uuid: run.id },
    { pieces: 2, uuid: run.id },
  ]);
  expect(works()).toBe(1);
  expect(mechanic.cache.get('quotes')).toEqual({ [run.id]: { status: 'done', value: { total: 18 } } });
  outbox.close();
});

test('the task works for each UUID, and for nothing that is none', async () => {
  const { mechanic, works, fetch } = shop();
  for (const uuid of [id(7), id(8), id(8), '../../0000-0000-4000-8000-index.html']) {
    const body = JSON.stringify({ pieces: 1, uuid });
    await fetch(`https://webhooks.mechanic.dev/${id(1)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await mechanic.idle();
  }
  expect(works()).toBe(2);
});
