import fc from 'fast-check';
import { MechanicError, poll, type Reading } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { handClock, pageStandIn, rest } from '../support/clock.ts';

/** What one look meets. */
const meeting = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ state: 'pending' } as Reading) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 0, max: 9_000 })
      .map((ms): Reading => ({ state: 'pending', retryAfterMs: ms })),
  },
  { weight: 2, arbitrary: fc.constant(new MechanicError('network', 'blip', { transient: true })) },
  { weight: 1, arbitrary: fc.constant(new TypeError('fetch')) },
  { weight: 1, arbitrary: fc.constant('silence' as const) },
  { weight: 1, arbitrary: fc.constant({ state: 'done', value: 1 } as Reading) },
  { weight: 1, arbitrary: fc.constant({ state: 'failed', message: 'no' } as Reading) },
  { weight: 1, arbitrary: fc.constant(new ReferenceError('mistake')) },
);

const happening = fc.oneof(
  fc.record({ kind: fc.constantFrom('pass', 'sleep'), ms: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ kind: fc.constantFrom('hide', 'show', 'online', 'restore', 'abort'), ms: fc.constant(0) }),
);

test('whatever happens, looks keep to the schedule, end at the deadline, and never follow the end', async () => {
  const plan = fc.record({
    meetings: fc.array(meeting, { minLength: 1, maxLength: 12 }),
    delays: fc.array(fc.integer({ min: 200, max: 6_000 }), { minLength: 1, maxLength: 6 }),
    timeoutMs: fc.integer({ min: 1, max: 40_000 }),
    happenings: fc.array(happening, { maxLength: 14 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ meetings, delays, timeoutMs, happenings }) => {
      const time = handClock();
      const page = pageStandIn();
      const stop = new AbortController();
      const looks: { at: number; hidden: boolean }[] = [];
      let end: number | undefined;
      let wakes = 0;
      let afterEnd = 0;
      const read = () => {
        if (end !== undefined) afterEnd++;
        const met = meetings[looks.length % meetings.length];
        looks.push({ at: time.clock.now(), hidden: page.attention.hidden() });
        if (met instanceof Error) throw met;
        return met === 'silence' ? new Promise<never>(() => {}) : (met as Reading);
      };
      let outcome: unknown;
      const over = (result: unknown) => {
        outcome = result;
        end = time.clock.now();
      };
      poll(read, {
        clock: time.clock,
        attention: page.attention,
        signal: stop.signal,
        timeoutMs,
        requestTimeoutMs: 3_000,
        schedule: (_, attempt) => delays[attempt % delays.length] ?? 0,
      }).then(over, over);
      await rest();

      for (const { kind, ms } of happenings) {
        if (kind === 'pass') await time.pass(ms);
        else if (kind === 'sleep') await time.sleep(ms);
        else if (kind === 'abort') stop.abort('aborted');
        else {
          wakes++;
          page[kind as 'hide' | 'show' | 'online' | 'restore']();
        }
        await rest();
      }
      // In the end somebody looks, and time is plenty.
      wakes++;
      page.show();
      await time.pass(timeoutMs + 10_000);

      expect(end).toBeDefined();
      expect(looks.filter(({ hidden }) => hidden)).toEqual([]);
      // Only a wake-up makes a look that the schedule did not; one more is the last.
      const least = Math.min(...delays);
      expect(looks.length).toBeLessThanOrEqual(
        Math.ceil(Math.min(time.clock.now(), timeoutMs) / least) + wakes + 1,
      );
      const late = looks.filter(({ at }) => at >= timeoutMs).length;
      if (outcome instanceof MechanicError && outcome.code === 'timeout') expect(late).toBeGreaterThan(0);
      // A look that a restored page dropped is taken again; otherwise there is one after the deadline.
      expect(late).toBeLessThanOrEqual(1 + happenings.filter(({ kind }) => kind === 'restore').length);
      expect([time.waiting, page.listeners]).toEqual([0, 0]);
      const before = looks.length;
      page.restore();
      await time.pass(100_000);
      expect(looks).toHaveLength(before);
      expect(afterEnd).toBe(0);
    }),
    { numRuns: 1_500 },
  );
});
