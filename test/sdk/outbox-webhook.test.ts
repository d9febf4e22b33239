import { createWebhook, type ReadContext, type Reading, type ResultSource } from 'mechanic-storefront';
import { createWebhook as createKeptWebhook, createOutbox } from 'mechanic-storefront/outbox';
import { expect, onTestFinished, test, vi } from 'vitest';
import { errorOf, reasonOf, thrownBy } from '../support/errors.ts';
import { id, otherId, webhookUrl } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { lost, pass, site, tab, taken } from '../support/outbox.ts';

useNetwork();
const nothing = () => Response.json(null);
const pending = { state: 'pending' } as const;

test('a source keeps its fields, its baseline and its news, and the webhook shows it as it was given', async () => {
  const at = site([taken], [nothing]);
  const source = new (class implements ResultSource<number> {
    readonly place = 'somewhere';
    readonly asked: string[] = [];
    readonly #before = 'before';
    wake = () => {};
    async baseline() {
      return this.#before;
    }
    async read({ baseline = '' }: ReadContext): Promise<Reading<number>> {
      this.asked.push(baseline);
      return this.asked.length > 1 ? { state: 'done', value: 1 } : pending;
    }
    subscribe(wake: () => void) {
      this.wake = wake;
      return () => {};
    }
  })();
  const page = tab(at, {}, { result: source, schedule: (_, attempt) => (attempt ? 60_000 : 1_000) });
  expect(page.webhook.result).toBe(source);
  const value = page.submit().result();
  await pass(2_000);
  expect(source.asked).toEqual(['before']);
  source.wake();
  await pass(1_000);
  expect(await value).toBe(1);
  expect(source.asked).toEqual(['before', 'before']);
});

test('a source keeps its patience, and runs of the same place are remembered together, outbox or not', async () => {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const at = site([taken], [nothing]);
  let looks = 0;
  const result: ResultSource<number> = {
    place: 'somewhere',
    patience: 0.5,
    read: async () => (++looks === 12 ? { state: 'done', value: 1 } : { state: 'pending' }),
  };
  const value = tab(at, {}, { result, schedule: undefined }).submit().result();
  await pass(20_000);
  // With a look each second it would be over.
  expect(looks).toBeLessThan(12);
  await pass(40_000);
  expect(await value).toBe(1);
  let remembered = 0;
  const schedule = (_elapsedMs: number, _attempt: number, historyMs: readonly number[]) => {
    remembered = historyMs.length;
    return 60_000;
  };
  const stop = new AbortController();
  const run = createWebhook({ url: webhookUrl, result, schedule, fetch: at.fetch }).submit({ a: 1 });
  const end = reasonOf(run.result({ signal: stop.signal }));
  await pass(1_000);
  expect(remembered).toBe(1);
  stop.abort('seen');
  expect(await end).toBe('seen');
});

test('what was there before the submission is read once, not at each attempt: the result may be there meanwhile', async () => {
  const at = site([lost, taken], [nothing]);
  let baselines = 0;
  const result: ResultSource<number> = {
    baseline: async () => `${++baselines}`,
    read: async ({ baseline }) => (at.sent.length > 1 ? { state: 'done', value: Number(baseline) } : pending),
  };
  const value = tab(at, {}, { result }).submit().result();
  await pass(40_000);
  expect(await value).toBe(1);
  expect([baselines, at.sent.length]).toEqual([1, 2]);
});

test('without a place for results nothing is sent by run, and submit is all there is', async () => {
  const at = site([taken]);
  const { webhook, submit } = tab(at, {}, { result: undefined });
  expect(await errorOf(webhook.run({ a: 1 }))).toMatchObject({
    code: 'configuration',
    observed: { path: 'result' },
  });
  expect(at.sent).toEqual([]);
  await submit().accepted;
  expect(at.sent).toHaveLength(1);
});

test("a run is kept under the webhook's resumeKey, or its own, and taken up from there", async () => {
  const items = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { webhook, submit } = tab(site([lost]), {}, { resumeKey: 'usual' });
  expect(webhook.resumeKey).toBe('usual');
  submit();
  submit({ id: otherId, resumeKey: 'own' });
  expect([...items.keys()]).toEqual(['usual', 'own']);
  expect([webhook.resume()?.id, webhook.resume(undefined, { resumeKey: 'own' })?.id]).toEqual([id, otherId]);
  expect(webhook.resume(undefined, { resumeKey: 'none' })).toBeNull();
});

test('without an outbox the webhook is the usual one, and a wrong one is refused', async () => {
  const at = site([lost]);
  const run = createKeptWebhook({ url: webhookUrl, outbox: undefined, fetch: at.fetch }).submit({ a: 1 });
  expect(await errorOf(run.accepted)).toMatchObject({ code: 'network', delivered: 'unknown' });
  for (const outbox of [{}, { send() {}, join() {} }, null, 'guest'] as never[]) {
    expect(thrownBy(() => createKeptWebhook({ url: webhookUrl, outbox }))).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/^outbox: received .*\. Give what createOutbox returns\.$/),
      observed: { path: 'outbox' },
    });
  }
});

test("the SDK's own webhook refuses an outbox, and says whose it takes", () => {
  site([lost]);
  const outbox = createOutbox({ persist: false });
  const options = { url: webhookUrl, outbox };
  expect(thrownBy(() => createWebhook(options as { url: string }))).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining(
      "outbox: received Outbox, which is for the createWebhook of 'mechanic-storefront/outbox'.",
    ),
  });
  outbox.close();
});
