import { MechanicError } from 'mechanic-storefront';
import { createEmulator, type Emulator } from 'mechanic-storefront/emulator';
import { mechanicHandlers } from 'mechanic-storefront/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { priceOf } from './quote.js';

let mechanic: Emulator;
const server = setupServer();
beforeAll(() => server.listen());
beforeEach(() => {
  mechanic = createEmulator({
    webhooks: [{ id: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11', topic: 'user/quote/requested' }],
    cacheEndpoints: [{ id: '77ab3c10-2b8e-4f57-8a53-5f6b1c2d3e4f', key: 'quotes' }],
    tasks: [
      {
        name: 'Quote',
        subscriptions: ['user/quote/requested'],
        *run({ event }) {
          const { uuid, pieces } = event.data as { uuid: string; pieces: string };
          yield { log: `a quote for ${pieces} pieces` };
          yield {
            action: { type: 'cache', options: ['set', 'quotes', { uuid, total: 9 * Number(pieces) }] },
          };
        },
      },
    ],
    latency: 0,
  });
  server.resetHandlers(...mechanicHandlers(mechanic));
});
afterEach(async () => {
  vi.useRealTimers();
  await mechanic.close();
});
afterAll(() => server.close());

function form(pieces: string): FormData {
  const data = new FormData();
  data.set('pieces', pieces);
  return data;
}

test('a form gets its price', async () => {
  expect(await priceOf(form('3'))).toBe('€27');
  await mechanic.idle();
  const [event] = mechanic.events();
  expect(event?.data).toMatchObject({ pieces: '3' });
  expect(event?.taskRuns[0]).toMatchObject({ status: 'succeeded', logs: ['a quote for 3 pieces'] });
});

test('with real delays it waits for half a minute of fake time', async () => {
  vi.useFakeTimers();
  mechanic.latency('real');
  const price = priceOf(form('2'));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mechanic.events()[0]?.taskRuns).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(await price).toBe('€18');
});

test('a refusal is an error with a code', async () => {
  mechanic.faults.set({ status: 403 });
  const error = await priceOf(form('1')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MechanicError);
  expect(error).toMatchObject({ code: 'rejected' });
});

test('an answer that is lost on its way changes nothing', async () => {
  mechanic.faults.set({ loseResponses: 1 });
  expect(await priceOf(form('2'))).toBe('€18');
  await mechanic.idle();
  expect(mechanic.events()).toHaveLength(1);
});
