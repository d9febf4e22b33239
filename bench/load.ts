import { type CDPSession, chromium, type Page } from 'playwright';
import type * as sdk from '../src/index.ts';
import { chromiumOptions } from '../test/support/chromium.ts';
import { CACHE, openShop, WEBHOOK } from './shop.ts';
import type { Bench, Table } from './table.ts';

declare const MechanicStorefront: typeof sdk;

const MANY = 1_000;

/** What many runs cost a page: at once, and one after another. */
export const load: Bench = async ({ short }) => {
  const shop = await openShop();
  const { executablePath, args } = chromiumOptions();
  const browser = await chromium.launch({
    executablePath,
    args: [...args, '--host-resolver-rules=MAP *.test 127.0.0.1'],
  });
  /** A new page of the shop. */
  async function visit(): Promise<{ page: Page; session: CDPSession }> {
    const page = await browser.newPage();
    await page.addInitScript(countTimers);
    await page.goto(`http://shop.test:${shop.port}/`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return { page, session };
  }
  const hooks = `http://hooks.test:${shop.port}`;

  async function atOnce(): Promise<Table> {
    const seconds = short ? 10 : 60;
    const wait = async (runs: number) => {
      const { page, session } = await visit();
      await page.evaluate(waitForAll, { url: hooks + WEBHOOK, cache: hooks + CACHE, runs });
      // The first looks, so that all that is waited with is there.
      await page.waitForTimeout(3_000);
      const waiting = await metrics(session);
      shop.seen();
      await page.waitForTimeout(seconds * 1_000);
      const after = await metrics(session);
      const requests = (shop.seen().length * 60) / seconds;
      const timers = await page.evaluate(() => window.timers.size);
      await page.close();
      const busyMs = ((after.TaskDuration - waiting.TaskDuration) * 1_000 * 60) / seconds;
      return { requests, timers, busyMs, heap: waiting.JSHeapUsedSize };
    };
    const one = await wait(1);
    const many = await wait(MANY);
    const row = ({ requests, timers, busyMs }: typeof one) => [
      timers.toLocaleString('en'),
      requests.toFixed(0),
      busyMs.toFixed(0),
    ];
    return {
      title: 'Runs that wait at once, at one cache endpoint',
      note:
        `Counted over ${seconds} s in Chromium. Timers are those that wait at the end; memory is the JavaScript heap ` +
        'after a collection of garbage. Memory and time depend on the machine.',
      columns: ['runs', 'timers', 'requests a minute', 'main thread, ms a minute', 'memory of a run, kB'],
      rows: [
        ['1', ...row(one), '–'],
        [MANY.toLocaleString('en'), ...row(many), ((many.heap - one.heap) / (MANY - 1) / 1_000).toFixed(1)],
      ],
      verdicts: [
        {
          what: `${MANY.toLocaleString('en')} runs ask no more than twice as often as one`,
          passed: many.requests <= 2 * one.requests,
        },
        {
          what: 'a run has one timer',
          passed: many.timers <= MANY + 10,
        },
        {
          what: `${MANY.toLocaleString('en')} runs keep the main thread busy for less than a tenth of the time`,
          passed: many.busyMs < 6_000,
        },
      ],
    };
  }

  async function oneAfterAnother(): Promise<Table> {
    const steps = short ? [1_000, 2_000] : [1_000, 4_000, 7_000, 10_000];
    const { page, session } = await visit();
    const rows: string[][] = [];
    const heaps: number[] = [];
    const run = async (runs: number) => {
      await page.evaluate(runOneByOne, { url: hooks + WEBHOOK, cache: hooks + CACHE, runs });
      return metrics(session);
    };
    // What the measuring itself leaves behind, it leaves the first time.
    await run(10);
    let done = 0;
    for (const step of steps) {
      const { JSHeapUsedSize, JSEventListeners } = await run(step - done);
      done = step;
      const timers = await page.evaluate(() => window.timers.size);
      heaps.push(JSHeapUsedSize);
      rows.push([
        done.toLocaleString('en'),
        (JSHeapUsedSize / 1_000).toFixed(0),
        String(JSEventListeners),
        String(timers),
      ]);
    }
    await page.close();
    const runs = (steps.at(-1) ?? 0) - (steps[0] ?? 0);
    const growth = ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)) / runs;
    return {
      title: 'Runs one after another, in one page',
      note: 'The answers are made in the page, so that this is the memory of the SDK. It depends on the machine.',
      columns: ['runs so far', 'memory, kB', 'listeners', 'timers'],
      rows,
      verdicts: [{ what: 'a run that is over leaves less than 20 bytes', passed: growth < 20 }],
    };
  }

  try {
    return [await atOnce(), await oneAfterAnother()];
  } finally {
    await browser.close();
    shop.close();
  }
};

async function metrics(session: CDPSession) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    TaskDuration: value('TaskDuration'),
    JSHeapUsedSize: value('JSHeapUsedSize'),
    JSEventListeners: value('JSEventListeners'),
  };
}

declare global {
  interface Window {
    /** The timers that wait. */
    timers: Set<unknown>;
    /** Keeps what it holds from being collected. */
    kept: unknown;
  }
}

// What follows runs in the page.

function countTimers(): void {
  const { setTimeout: set, clearTimeout: clear } = window;
  window.timers = new Set();
  window.setTimeout = ((callback: () => void, ms?: number) => {
    const timer = set(() => {
      window.timers.delete(timer);
      callback();
    }, ms);
    window.timers.add(timer);
    return timer;
  }) as typeof set;
  window.clearTimeout = (timer) => {
    window.timers.delete(timer);
    clear(timer);
  };
}

interface Given {
  url: string;
  cache: string;
  runs: number;
}

/** Taken up from an earlier page, so that this measures the waiting alone. */
function waitForAll({ url, cache, runs }: Given): void {
  const { createWebhook, cacheEndpoint } = MechanicStorefront;
  const webhook = createWebhook({ url, result: cacheEndpoint(cache), timeoutMs: 600_000 });
  const submittedAt = Date.now();
  window.kept = Array.from({ length: runs }, (_, n) => {
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const run = webhook.resume({ id, submittedAt, timeoutMs: 600_000, acceptedAt: submittedAt });
    return [run, run.result()];
  });
}

async function runOneByOne({ url, cache, runs }: Given): Promise<void> {
  const { createWebhook, cacheEndpoint } = MechanicStorefront;
  let record = '{}';
  const webhook = createWebhook<number>({
    url,
    result: cacheEndpoint(cache),
    schedule: () => 0,
    async fetch(_url, init) {
      if (init?.method !== 'POST') return new Response(record);
      const { uuid } = JSON.parse(String(init.body)) as { uuid: string };
      record = JSON.stringify({ uuid, status: 'done', value: 1 });
      return new Response(null, { status: 204 });
    },
  });
  for (let n = 0; n < runs; n++) await webhook.run({ n });
}
