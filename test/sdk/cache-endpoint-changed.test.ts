import { cacheEndpoint, createWebhook, type RunHandle } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf, reasonOf } from '../support/errors.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';
import {
  type Answer,
  accepted,
  json,
  noResponse,
  type Sent,
  silence,
  status,
  useNetwork,
} from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();

function webhook(options = {}) {
  const result = cacheEndpoint(cacheUrl, { match: 'changed' });
  return createWebhook({ url: webhookUrl, result, schedule: () => 1_000, ...options });
}

/** Both addresses, and what reaches them, in order. */
function mechanic(...answers: [Answer, ...Answer[]]) {
  stopTime();
  const order: string[] = [];
  const noted =
    (name: string, answer: Answer): Answer =>
    () => {
      order.push(name);
      return answer();
    };
  const posts: Sent[] = network.answer(webhookUrl, noted('POST', accepted));
  const [first, ...more] = answers.map((answer) => noted('GET', answer));
  const looks = network.answer(cacheUrl, first ?? silence, ...more);
  return { posts, looks, order };
}

test.each<[string, Answer, unknown]>([
  ['an older value', json({ n: 1 }), { n: 2 }],
  ['a value of another type', json('1'), 1],
  ['null', json(null), { n: 1 }],
  ['404', status(404), { n: 1 }],
])(
  'the first value after %s is the result, and that was read before the submission',
  async (_, before, after) => {
    const { order } = mechanic(before, before, before, json(after));
    const value = webhook().run({ a: 1 });
    await pass(5_000);
    expect(await value).toEqual(after);
    expect(order).toEqual(['GET', 'POST', 'GET', 'GET', 'GET']);
  },
);

test('a record is understood, and one that says it is of another is not the result', async () => {
  const other = json({ uuid: 'other', status: 'done', value: 1 });
  mechanic(json(1), other, json({ status: 'working', progress: 0.5 }), json({ status: 'done', value: 2 }));
  const value = webhook().run({ a: 1 });
  await pass(5_000);
  expect(await value).toBe(2);
});

test('a value that is gone is not a result', async () => {
  mechanic(json({ n: 1 }), json(null), json({ n: 2 }));
  const value = webhook().run({ a: 1 });
  await pass(5_000);
  expect(await value).toEqual({ n: 2 });
});

test('a text without a UUID can be submitted, as nothing is found by it', async () => {
  const { posts } = mechanic(json(1), json(2));
  const value = webhook().run('an order');
  await pass(5_000);
  expect(await value).toBe(2);
  expect(posts[0]?.body).toBe('an order');
});

test('a read that fails before the submission is repeated for as long as a request may take', async () => {
  const { order } = mechanic(noResponse, status(500), json(1), json(2));
  const value = webhook().run({ a: 1 });
  await pass(10_000);
  expect(await value).toBe(2);
  expect(order).toEqual(['GET', 'GET', 'GET', 'POST', 'GET']);
});

test.each<[string, Answer, string]>([
  ['refused', status(403), 'rejected'],
  ['never answered', silence, 'timeout'],
  ['always in trouble', status(500), 'timeout'],
])('nothing is sent when what was there before is %s', async (_, answer, code) => {
  const { posts } = mechanic(answer);
  const run = webhook().submit({ a: 1 });
  const errors = Promise.all([errorOf(run.accepted), errorOf(run.result())]);
  await pass(30_000);
  for (const error of await errors) {
    expect(error).toMatchObject({ code, id: run.id, delivered: 'no' });
    expect(error.message).toMatch(/^Nothing was sent/);
  }
  expect(posts).toEqual([]);
});

test('an abort while reading what was there before sends nothing', async () => {
  const { posts, looks } = mechanic(silence);
  const stop = new AbortController();
  const run = webhook().submit({ a: 1 }, { signal: stop.signal });
  await pass(1_000);
  stop.abort('left');
  expect(await reasonOf(run.accepted)).toBe('left');
  await pass(60_000);
  expect([posts.length, looks.length]).toEqual([0, 1]);
});

test('the handle keeps a print of what was there before, and not the value', async () => {
  mechanic(json({ secret: 'of another shopper' }));
  const run = webhook().submit({ a: 1 });
  await pass(500);
  const handle = JSON.stringify(run);
  expect(handle).not.toContain('secret');
  expect(JSON.parse(handle).baseline).toMatch(/^\d+:-?\d+$/);
});

test('a resumed run still tells what was there before from the result', async () => {
  mechanic(json(1), json(1), json(1), json(2));
  const run = webhook().submit({ a: 1 });
  await pass(500);
  const value = webhook()
    .resume(JSON.parse(JSON.stringify(run)))
    .result();
  await pass(5_000);
  expect(await value).toBe(2);
});

test('a run that was left before it was sent takes nothing for its result', async () => {
  mechanic(json('of yesterday'));
  const handle: RunHandle = { id, submittedAt: Date.now(), timeoutMs: 5_000 };
  const failed = errorOf(webhook().resume(handle).result());
  await pass(6_000);
  expect((await failed).code).toBe('timeout');
});
