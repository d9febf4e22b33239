import { createWebhook, storedFile, type WebhookOptions } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { id, otherId, transport, webhookUrl } from '../support/mechanic.ts';
import { type Answer, accepted, json, status, text, useNetwork } from '../support/network.ts';
import { pass, stopTime } from '../support/time.ts';

const network = useNetwork();
const requestId = '6b1f0d5e-3c1b-4a57-8d2e-5a1c7e9f0b42';
const ownUrl = `https://cdn.test/results/${id}.json`;

/** A run that waits for a file, with a look every second. */
function waiting(result: WebhookOptions['result'], url: string, ...answers: [Answer, ...Answer[]]) {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer(url, ...answers);
  const webhook = createWebhook({ url: webhookUrl, result, schedule: () => 1_000 });
  const value = webhook.submit({ a: 1 }, { id }).result();
  value.catch(() => {});
  return { value, looks };
}

test('the file is found by the UUID in its address', async () => {
  const result = storedFile('https://cdn.test/results/{id}.json');
  const { value, looks } = waiting(result, ownUrl, status(404), json({ price: 5 }));
  await pass(2_000);
  expect(await value).toEqual({ price: 5 });
  expect(looks.map(({ method, url }) => [method, url])).toEqual([
    ['GET', ownUrl],
    ['GET', ownUrl],
  ]);
});

test('the UUID may stand in the address more than once', async () => {
  const url = `https://cdn.test/${id}/${id}.json`;
  const { value } = waiting(storedFile('https://cdn.test/{id}/{id}.json'), url, json(1));
  await pass(1_000);
  expect(await value).toBe(1);
});

test('a function may make the address', async () => {
  const seen: unknown[] = [];
  const result = storedFile((run) => {
    seen.push(run);
    return `https://cdn.test/results/${run.id}.json`;
  });
  const { value } = waiting(result, ownUrl, json(1));
  await pass(1_000);
  expect(await value).toBe(1);
  expect(seen).toEqual([{ id, requestId }]);
});

test.each([undefined, '/results/a.json', ''])(
  'an address of %j that a function makes is a mistake',
  async (made) => {
    stopTime();
    network.answer(webhookUrl, accepted);
    const result = storedFile(() => made as string);
    const failed = errorOf(createWebhook({ url: webhookUrl, result }).run({ a: 1 }));
    await pass(2_000);
    expect((await failed).code).toBe('configuration');
  },
);

test('the file may be found by the request id', async () => {
  const result = storedFile('https://cdn.test/{requestId}.json');
  const { value } = waiting(result, `https://cdn.test/${requestId}.json`, json({ price: 5 }));
  await pass(1_000);
  expect(await value).toEqual({ price: 5 });
});

test('a file that is found by the request id cannot be found when the browser hides that', async () => {
  const { fetch, calls } = transport();
  const result = storedFile('https://cdn.test/{requestId}.json');
  const error = await errorOf(
    createWebhook({ url: webhookUrl, result, fetch, schedule: () => 0 }).run({ a: 1 }),
  );
  expect(error.code).toBe('configuration');
  expect(error.message).toContain('use {id}');
  expect(calls).toHaveLength(1);
});

test('403 ends the wait, unless it is said to mean not yet', async () => {
  const strict = waiting(storedFile('https://cdn.test/results/{id}.json'), ownUrl, status(403));
  await pass(10_000);
  expect((await errorOf(strict.value)).code).toBe('rejected');
  expect(strict.looks).toHaveLength(1);
  const options = { pendingStatuses: [403, 404] };
  const s3 = waiting(
    storedFile('https://cdn.test/results/{id}.json', options),
    ownUrl,
    status(403),
    status(404),
    json(1),
  );
  await pass(3_000);
  expect(await s3.value).toBe(1);
});

test('404 ends the wait when it is not said to mean not yet', async () => {
  const result = storedFile('https://cdn.test/results/{id}.json', { pendingStatuses: [] });
  const { value } = waiting(result, ownUrl, status(404));
  await pass(1_000);
  expect((await errorOf(value)).code).toBe('rejected');
});

test('a text is the value as it stands, and an empty one is not there yet', async () => {
  const url = `https://cdn.test/${id}.csv`;
  const result = storedFile('https://cdn.test/{id}.csv', { format: 'text' });
  const { value } = waiting(result, url, status(404), text(''), text(' a,b\n'));
  await pass(3_000);
  expect(await value).toBe(' a,b\n');
});

test('a text whose address does not hold the UUID is a mistake', async () => {
  const result = storedFile('https://cdn.test/latest.txt', { format: 'text' });
  const { value } = waiting(result, 'https://cdn.test/latest.txt', text('whose?'));
  await pass(1_000);
  const error = await errorOf(value);
  expect(error.code).toBe('configuration');
  expect(error.message).toContain('Put {id} into the address');
});

test('a file without the UUID in its address must carry it inside', async () => {
  const { value, looks } = waiting(
    storedFile('https://cdn.test/latest.json'),
    'https://cdn.test/latest.json',
    json({ price: 1 }),
    json({ uuid: otherId, price: 2 }),
    json({ [otherId]: { price: 3 } }),
    json({ uuid: id, price: 4 }),
  );
  await pass(4_000);
  expect(await value).toEqual({ price: 4 });
  expect(looks).toHaveLength(4);
});

test("a file that says it is another's is pending, whatever its address", async () => {
  const result = storedFile('https://cdn.test/results/{id}.json');
  const { value } = waiting(result, ownUrl, json({ uuid: otherId, price: 1 }), json({ uuid: id, price: 2 }));
  await pass(2_000);
  expect(await value).toEqual({ price: 2 });
});

test('a file that is half written is waited out', async () => {
  const result = storedFile('https://cdn.test/results/{id}.json');
  const { value } = waiting(result, ownUrl, text('{"price":'), json({ price: 5 }));
  await pass(2_000);
  expect(await value).toEqual({ price: 5 });
});

test('each run looks for its own file', async () => {
  stopTime();
  network.answer(webhookUrl, accepted);
  const looks = network.answer('https://cdn.test/*', status(404));
  const result = storedFile('https://cdn.test/{id}.json');
  const webhook = createWebhook({ url: webhookUrl, result, schedule: () => 1_000 });
  const runs = [webhook.submit({ a: 1 }), webhook.submit({ a: 2 })];
  for (const run of runs) run.result();
  await pass(1_000);
  expect(looks.map(({ url }) => url).sort()).toEqual(
    runs.map((run) => `https://cdn.test/${run.id}.json`).sort(),
  );
});
