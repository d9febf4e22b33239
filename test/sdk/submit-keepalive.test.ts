import { createWebhook, type Fetch } from 'mechanic-storefront';
import { expect, test, vi } from 'vitest';
import { errorOf } from '../support/errors.ts';
import { webhookUrl } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { stopTime, turns } from '../support/time.ts';

useNetwork();

/** A transport whose requests stay in flight until they are answered one by one. */
function held() {
  const flights: { keepalive: boolean | undefined; answer: () => void; fail: () => void }[] = [];
  const fetch: Fetch = (_, init) =>
    new Promise((resolve, reject) => {
      flights.push({
        keepalive: init?.keepalive,
        answer: () => resolve(new Response(null, { status: 204 })),
        fail: () => reject(new TypeError('no response')),
      });
    });
  return { flights, webhook: createWebhook({ url: webhookUrl, fetch }) };
}

/** A text whose body has this many bytes. */
const ofBytes = (bytes: number) => 'x'.repeat(bytes);

/** Ends every request, so that the page's budget is whole again. */
async function land(flights: ReturnType<typeof held>['flights']) {
  await turns();
  for (const { answer } of flights) answer();
  await turns();
  await vi.advanceTimersByTimeAsync(10);
}

test('a body of 60,000 bytes survives the page, and one byte more goes plain', async () => {
  stopTime();
  const { flights, webhook } = held();
  webhook.submit(ofBytes(60_000));
  await land(flights);
  webhook.submit(ofBytes(60_001));
  await land(flights);
  expect(flights.map(({ keepalive }) => keepalive)).toEqual([true, false]);
});

test('bytes are counted, not characters, and files as well', async () => {
  stopTime();
  const { flights, webhook } = held();
  webhook.submit('ü'.repeat(30_001));
  const photo = new File([new Uint8Array(60_000)], 'photo');
  const data = new FormData();
  data.append('photo', photo);
  webhook.submit(data);
  await turns();
  expect(flights.map(({ keepalive }) => keepalive)).toEqual([false, false]);
  await land(flights);
});

test('requests in flight share the budget, over all webhooks', async () => {
  stopTime();
  const first = held();
  const second = held();
  first.webhook.submit(ofBytes(30_000));
  second.webhook.submit(ofBytes(30_001));
  second.webhook.submit(ofBytes(30_000));
  await turns();
  expect([...first.flights, ...second.flights].map(({ keepalive }) => keepalive)).toEqual([
    true,
    false,
    true,
  ]);
  await land([...first.flights, ...second.flights]);
});

test('the budget is freed just after the answer, as the browser frees its own', async () => {
  stopTime();
  const { flights, webhook } = held();
  const run = webhook.submit(ofBytes(60_000));
  await turns();
  flights[0]?.answer();
  await run.accepted;
  webhook.submit(ofBytes(1));
  await land(flights);
  webhook.submit(ofBytes(60_000));
  await land(flights);
  expect(flights.map(({ keepalive }) => keepalive)).toEqual([true, false, true]);
});

test('the budget is freed after a failure and after an abort', async () => {
  stopTime();
  const { flights, webhook } = held();
  const failed = errorOf(webhook.submit(ofBytes(60_000)).accepted);
  await turns();
  flights[0]?.fail();
  await failed;
  await vi.advanceTimersByTimeAsync(10);
  const stop = new AbortController();
  webhook.submit(ofBytes(60_000), { signal: stop.signal });
  await turns();
  stop.abort();
  await turns();
  await vi.advanceTimersByTimeAsync(10);
  webhook.submit(ofBytes(60_000));
  await land(flights);
  expect(flights.map(({ keepalive }) => keepalive)).toEqual([true, true, true]);
});
