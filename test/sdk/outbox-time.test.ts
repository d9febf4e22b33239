import { expect, test } from 'vitest';
import { pageStandIn } from '../support/clock.ts';
import { errorOf, thrownBy } from '../support/errors.ts';
import { id } from '../support/mechanic.ts';
import { useNetwork } from '../support/network.ts';
import { lost, pass, site, states, tab, taken } from '../support/outbox.ts';

useNetwork();

test('what its time has passed is not sent, and its data goes at that time', async () => {
  const at = site([lost]);
  const page = tab(at);
  const run = page.submit({ expires: Date.now() + 20_000 });
  await pass(21_500);
  expect(at.disk.records.get(id)).toMatchObject({ state: 'expired', body: null });
  expect((await errorOf(run.accepted)).message).toContain('expired');
  await pass(60_000);
  expect(at.sent).toHaveLength(1);
});

test.each([0, Number.NaN, -1])('expires: %s is told at once, and nothing is sent', async (expires) => {
  const at = site([taken]);
  const { submit } = tab(at);
  expect(thrownBy(() => submit({ expires })).code).toBe('configuration');
  await pass(100);
  expect(at.sent).toHaveLength(0);
});

test('after a day, a submission is not sent any more', async () => {
  const at = site([lost, taken]);
  const first = tab(at);
  first.submit();
  await pass(100);
  first.kill();
  await pass(86_400_000);
  const next = tab(at);
  await pass(1_000);
  expect(at.sent).toHaveLength(1);
  expect(await states(next)).toEqual(['expired 1']);
});

test('what is over is forgotten after its day', async () => {
  const at = site([taken]);
  const first = tab(at);
  first.submit();
  await pass(86_400_000);
  first.kill();
  tab(at);
  await pass(1_000);
  expect(at.disk.records.size).toBe(0);
});

test('a clock that is set back by a year puts off nothing for long, and loses nothing', async () => {
  const at = site([lost, taken]);
  const first = tab(at);
  first.submit();
  await pass(1_000);
  first.kill();
  const year = 365 * 86_400_000;
  const clock = {
    now: () => Date.now() - year,
    after: (ms: number, callback: () => void) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  tab(at, { clock });
  await pass(401_000);
  expect(at.sent).toHaveLength(2);
});

test('what seems to come from the future lasts a day from now', async () => {
  const at = site([lost]);
  const first = tab(at);
  first.submit();
  await pass(1_000);
  first.kill();
  const kept = at.disk.records.get(id) as { createdAt: number; expiresAt: number };
  const year = 365 * 86_400_000;
  at.disk.records.set(id, { ...kept, createdAt: kept.createdAt + year, expiresAt: kept.expiresAt + year });
  const page = tab(at, { maxAttempts: 1_000 });
  await pass(100 * 3_600_000);
  expect(await states(page)).toEqual([expect.stringMatching(/^expired/)]);
  expect(at.sent.at(-1)?.at).toBeLessThan(86_402_000);
});

test('a page that is back online, shown or restored sends at once what is not too soon, and no sooner', async () => {
  const at = site([lost]);
  const page = pageStandIn();
  tab(at, { attention: page.attention }).submit();
  await pass(10_000);
  page.online();
  await pass(1_000);
  expect(at.sent).toHaveLength(1);
  await pass(50_000);
  expect(at.sent).toHaveLength(2);
  // The third is due a minute after the second; 30 s after it, nothing speaks against it.
  for (const [wake, sent] of [
    [page.online, 3],
    [page.show, 4],
    [page.restore, 5],
  ] as const) {
    await pass(31_000);
    wake();
    await pass(100);
    expect(at.sent).toHaveLength(sent);
  }
});

test('a page that is being hidden touches no storage: it may be about to go', async () => {
  const at = site([lost]);
  const page = pageStandIn();
  const { store } = at.disk.connect();
  let calls = 0;
  const all = () => {
    calls++;
    return store.all();
  };
  tab(at, { attention: page.attention, store: { ...store, all } });
  await pass(100);
  const before = calls;
  page.hide();
  await pass(100);
  expect(calls).toBe(before);
  page.show();
  await pass(100);
  expect(calls).toBeGreaterThan(before);
});

test('a page notices what another one has left in the meantime', async () => {
  const at = site([lost, taken]);
  const page = pageStandIn();
  tab(at, { attention: page.attention });
  await pass(100);
  const other = tab(at);
  other.submit();
  await pass(1_000);
  other.kill();
  await pass(31_000);
  expect(at.sent).toHaveLength(1);
  page.show();
  await pass(100);
  expect(at.sent).toHaveLength(2);
});

test('an outbox that is closed leaves no timer and no listener, and one without work no timer', async () => {
  const at = site([lost]);
  const page = pageStandIn();
  let timers = 0;
  const clock = {
    now: () => Date.now(),
    after(ms: number, callback: () => void) {
      timers++;
      const timer = setTimeout(() => {
        timers--;
        callback();
      }, ms);
      return () => {
        timers--;
        clearTimeout(timer);
      };
    },
  };
  const { outbox, submit } = tab(at, { attention: page.attention, clock });
  await pass(100);
  expect(timers).toBe(0);
  const run = submit();
  await pass(100);
  expect([timers, page.listeners]).toEqual([1, 1]);
  await outbox.discard(run.id);
  expect(timers).toBe(0);
  outbox.close();
  expect(page.listeners).toBe(0);
  await pass(86_400_000);
  expect(at.sent).toHaveLength(1);
});
