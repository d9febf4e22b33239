import fc from 'fast-check';
import {
  cacheEndpoint,
  createWebhook,
  type MechanicError,
  type Run,
  type RunHandle,
} from 'mechanic-storefront';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { thrownBy } from '../support/errors.ts';
import { fuzz } from '../support/fuzz.ts';
import { hostileJson, hostileJsonText, hostileText } from '../support/hostile.ts';
import { cacheUrl, id, webhookUrl } from '../support/mechanic.ts';

const items = new Map<string, string>();

beforeEach(() =>
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }),
);
afterEach(() => vi.unstubAllGlobals());

/** A page on which the result is there, and nothing may be submitted. */
const webhook = createWebhook({
  url: webhookUrl,
  result: cacheEndpoint(cacheUrl),
  resumeKey: 'quote',
  schedule: () => 0,
  fetch: async (_, init) => {
    if (init?.method === 'POST') throw new Error('A handle was sent.');
    return Response.json({ uuid: id, status: 'done', value: 'mine' });
  },
});

const timeLike = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, Date.now(), 1e308, -1e308),
  hostileJson,
);
const handleLike = fc
  .record(
    {
      id: fc.oneof({ weight: 5, arbitrary: fc.constant<unknown>(id) }, { weight: 1, arbitrary: hostileJson }),
      submittedAt: fc.oneof(fc.constant<unknown>(0), timeLike),
      timeoutMs: fc.oneof(fc.constant<unknown>(1_000), timeLike),
      acceptedAt: timeLike,
      requestId: fc.oneof(hostileText, hostileJson),
      baseline: hostileJson,
      extra: hostileJson,
    },
    { requiredKeys: ['id', 'submittedAt', 'timeoutMs'] },
  )
  .map((handle) => JSON.parse(JSON.stringify(handle)) as unknown);

/** A run that was taken up gets its own result or one of our errors, and keeps nothing odd. */
async function expectSettled(run: Run): Promise<void> {
  // Another run's would wait for another result.
  if (run.id !== id) return;
  const result = await run.result({ signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => error);
  if (result !== 'mine') expect((result as MechanicError).code).toBe('configuration');
}

fuzz('the handle of a run', fc.oneof(handleLike, hostileJson), async (handle) => {
  let run: Run;
  try {
    run = webhook.resume(handle as RunHandle);
  } catch {
    expect(thrownBy(() => webhook.resume(handle as RunHandle)).code).toBe('configuration');
    return;
  }
  await expectSettled(run);
});

const kept = fc.oneof(
  hostileJsonText,
  handleLike.map((handle) => JSON.stringify(handle)),
);

fuzz('a handle in the session storage', kept, async (text) => {
  items.set('quote', text);
  const run = webhook.resume();
  if (run) await expectSettled(run);
});
