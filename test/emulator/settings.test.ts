import { createEmulator, type Delays } from 'mechanic-storefront/emulator';
import { expect, test, vi } from 'vitest';
import { createInstant, post } from './helpers.ts';

const browser = { accept: 'text/html,*/*' };

function set(mechanic: ReturnType<typeof createInstant>, fields: string, headers: HeadersInit = {}) {
  const body = new URLSearchParams(fields);
  return mechanic.fetch(new Request('https://mechanic.test/settings', { method: 'POST', body, headers }));
}

async function shownLatency(mechanic: ReturnType<typeof createInstant>): Promise<string | undefined> {
  const response = await mechanic.fetch(new Request('https://mechanic.test/'));
  return /value="(\w*)" selected/.exec(await response.text())?.[1];
}

test.each(['fast', 'real', '0'])('a form sets the latency to %s', async (latency) => {
  const mechanic = createInstant({ latency: 5 });
  expect((await set(mechanic, `latency=${latency}`)).status).toBe(204);
  expect(await shownLatency(mechanic)).toBe(latency);
});

test('a page of any origin may set it', async () => {
  const { headers } = await set(createInstant(), 'latency=fast', { origin: 'http://127.0.0.1:1' });
  expect(headers.get('access-control-allow-origin')).toBe('*');
});

test('the latency alone leaves the faults alone, and the faults leave the latency', async () => {
  const mechanic = createInstant({ faults: { drop: 0.5 }, latency: 'real' });
  await set(mechanic, 'latency=fast');
  expect(mechanic.faults.get()).toEqual({ drop: 0.5 });
  await set(mechanic, 'latency=&status=500&drop=&on=cache&on=webhook');
  expect(mechanic.faults.get()).toEqual({ on: ['cache', 'webhook'], status: 500 });
  expect(await shownLatency(mechanic)).toBe('fast');
});

test('CORS headers are hidden with a tick, and shown again without it', async () => {
  const mechanic = createInstant();
  await set(mechanic, 'drop=&status=&on=cache&hideCors=true');
  expect(mechanic.faults.get()).toEqual({ on: ['cache'], hideCors: true });
  const dashboard = await mechanic.fetch(new Request('https://mechanic.test/'));
  expect(await dashboard.text()).toContain('name="hideCors" value="true" checked');
  await set(mechanic, 'drop=&status=&on=cache');
  expect(mechanic.faults.get()).toEqual({});
});

test('empty fields, or the button for it, end all faults', async () => {
  const mechanic = createInstant({ faults: { drop: 0.5 } });
  await set(mechanic, 'drop=&status=&on=webhook');
  expect(mechanic.faults.get()).toEqual({});
  mechanic.faults.set({ drop: 1 });
  await set(mechanic, 'drop=1&clear=faults');
  expect(mechanic.faults.get()).toEqual({});
});

test.each([
  ['latency=slow', 'latency must be "fast", "real", milliseconds or'],
  ['latency=fast&drop=7', 'faults.drop must be 1 or less; received 7'],
  ['latency=fast&status=no', 'faults.status must be a status'],
  ['latency=fast&delayMs=1&on=moon', 'faults.on'],
])('%s is refused in words, and changes nothing', async (fields, words) => {
  const mechanic = createInstant({ latency: 'real', faults: { drop: 0.5 } });
  const response = await set(mechanic, fields);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(words);
  expect(mechanic.faults.get()).toEqual({ drop: 0.5 });
  expect(await shownLatency(mechanic)).toBe('real');
});

test('a form that a browser sends by itself leads back to the dashboard', async () => {
  const response = await set(createInstant(), 'latency=fast', browser);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
});

test.each<[number | Delays, number]>([
  [1_000, 3_600],
  [{ eventRunMs: 0, taskRunMs: 1_000, actionRunMs: 0 }, 1_200],
])('a latency of %o is over after %i ms at most', async (latency, ms) => {
  vi.useFakeTimers();
  try {
    const topic = 'user/quote/requested';
    const mechanic = createInstant({
      latency,
      tasks: [{ name: 'A', subscriptions: [topic], run: () => [{ action: { type: 'echo', options: 1 } }] }],
    });
    await mechanic.fetch(post('a'));
    await vi.advanceTimersByTimeAsync(ms / 2);
    expect(mechanic.events()[0]?.taskRuns[0]?.actionRuns[0]?.status).toBeUndefined();
    await vi.advanceTimersByTimeAsync(ms / 2);
    expect(mechanic.events()[0]?.taskRuns[0]?.actionRuns[0]?.status).toBe('succeeded');
  } finally {
    vi.useRealTimers();
  }
});

test('a latency below zero is refused', () => {
  expect(() => createEmulator({ latency: -1 })).toThrow('latency must be 0 or more; received -1');
});
