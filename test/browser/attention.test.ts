import { createWebhook, type Run, storedFile } from 'mechanic-storefront';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const url = 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';

beforeEach(() => {
  vi.useFakeTimers();
});
let leaving: AbortController;
beforeEach(() => {
  leaving = new AbortController();
});
afterEach(() => {
  // No run may outlive its test: they would share the page's listeners.
  leaving.abort();
  show('visible');
  vi.useRealTimers();
});

/** Makes the page look hidden or shown, as a change of tabs does. */
function show(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

const restore = (persisted: boolean) =>
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted }));

/** A run whose file is there as soon as `publish` is called, and the looks that it took. */
function waitingRun(answer?: (look: number) => Promise<Response> | undefined) {
  const looks: RequestInit[] = [];
  let isPublished = false;
  const webhook = createWebhook({
    url,
    timeoutMs: 600_000,
    result: storedFile('https://cdn.example/{id}.json'),
    schedule: () => 1_000,
    fetch: async (_, init = {}) => {
      if (init.method === 'POST') return new Response(null, { status: 204 });
      looks.push(init);
      const own = answer?.(looks.length);
      if (own) return own;
      return isPublished ? Response.json('the value') : new Response(null, { status: 404 });
    },
  });
  const run: Run = webhook.submit({}, { signal: leaving.signal });
  const publish = () => {
    isPublished = true;
  };
  return { run, looks, publish };
}

test('a hidden page is not polled for, and is looked at once when it is shown', async () => {
  const { run, looks, publish } = waitingRun();
  const result = run.result();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(looks).toHaveLength(2);
  show('hidden');
  await vi.advanceTimersByTimeAsync(300_000);
  expect(looks).toHaveLength(2);
  publish();
  show('visible');
  expect(await result).toBe('the value');
  expect(looks).toHaveLength(3);
});

test('a page whose deadline passes while it is hidden looks once more before it says timeout', async () => {
  const { run, looks, publish } = waitingRun();
  const result = run.result();
  await vi.advanceTimersByTimeAsync(1_000);
  show('hidden');
  await vi.advanceTimersByTimeAsync(3_600_000);
  publish();
  show('visible');
  expect(await result).toBe('the value');
  expect(looks).toHaveLength(2);
});

test('a page that is back online looks at once', async () => {
  const { run, looks } = waitingRun();
  void run.result();
  await vi.advanceTimersByTimeAsync(1_100);
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toHaveLength(2);
});

test('a page restored from the back/forward cache drops the look under way and takes it again', async () => {
  const never = new Promise<Response>(() => {});
  const { run, looks, publish } = waitingRun((look) => (look === 1 ? never : undefined));
  const result = run.result();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toHaveLength(1);
  publish();
  restore(true);
  expect(await result).toBe('the value');
  expect(looks[0]?.signal?.aborted).toBe(true);
});

test('the first showing of a page is no reason to look', async () => {
  const { run, looks } = waitingRun();
  void run.result();
  await vi.advanceTimersByTimeAsync(500);
  restore(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(looks).toHaveLength(0);
});

test('once nothing is waited for, the page has no listener left', async () => {
  const added = vi.spyOn(window, 'addEventListener');
  const removed = vi.spyOn(window, 'removeEventListener');
  const { run, publish } = waitingRun();
  publish();
  const result = run.result();
  await vi.advanceTimersByTimeAsync(1_000);
  await result;
  const names = (spy: typeof added | typeof removed) => spy.mock.calls.map(([name]) => name).sort();
  expect(names(removed)).toEqual(names(added));
  expect(names(added)).toContain('pageshow');
});
