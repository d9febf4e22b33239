import { readFileSync } from 'node:fs';
import { createWebhook, storedFile } from 'mechanic-storefront';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ours } from '../../bench/schedules-ours.ts';
import { CLIENTS, rowOf, SEED, titleOf } from '../../bench/schedules-report.ts';
import { simulate, WORKS } from '../../bench/schedules-work.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const docs = read('docs/benchmarks.md').split(/<!-- \/?bench schedules -->/)[1] ?? '';
const warmVerdicts = [...docs.matchAll(/warm, (\d+) % fewer requests than fal .* at ([\d.]+) times/g)];

/** A client's row of the docs' table of one kind of work. */
function documented(title: string, client: string): string[] | undefined {
  const table = docs.split('### ').find((part) => part.startsWith(title)) ?? '';
  const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  return rows.find(([, name]) => name === client)?.slice(1, -1);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const time = { next: () => void vi.advanceTimersToNextTimer() };
// The short ones. The others, and the peers, are run by npm run bench -- --short.
const works = WORKS.filter((work) => work.durationMs(0.5) < 5_000);

test.each(works)('the figures in the docs of runs of $name are what the schedule makes now', async (work) => {
  const sdk = { createWebhook, storedFile };
  for (const [remembers, client] of [[false, CLIENTS.cold] as const, [true, CLIENTS.warm] as const]) {
    const { name, how, ...options } = client;
    const figures = await simulate(time, ours(sdk, { remembers }), { work, seed: SEED, ...options });
    expect(rowOf(name, how, figures)).toEqual(documented(titleOf(work), name));
  }
});

test('all that the docs claim of the schedule has passed, on each kind of work', () => {
  expect(docs.match(/^- pass: /gm)).toHaveLength(3 * WORKS.length);
  expect(docs).not.toContain('FAIL');
  expect(warmVerdicts).toHaveLength(WORKS.length);
});

test('the README says of the schedule what the docs say', () => {
  const range = (group: number) => {
    const figures = warmVerdicts.map((verdict) => Number(verdict[group])).sort((a, b) => a - b);
    return `${figures[0]} to ${figures.at(-1)}`;
  };
  const claim = `${range(1)} % fewer requests than fal's client, at ${range(2)} times its mean delay`;
  expect(read('README.md')).toContain(claim);
});
