import type { Figures, Work } from './schedules-work.ts';
import type { Verdict } from './table.ts';

/** The schedule was tuned on other seeds. */
export const SEED = 20_260;

export const CLIENTS = {
  cold: { name: 'mechanic-storefront', how: 'the first run' },
  warm: { name: 'mechanic-storefront, warm', how: 'after 20 earlier runs', earlier: 20 },
};

export const titleOf = ({ name }: Work) => `Runs of ${name}`;

const seconds = (ms: number) => (ms / 1_000).toFixed(2);

export function rowOf(name: string, how: string, figures: Figures | undefined): string[] {
  if (!figures) throw new Error(`There are no figures of ${name}.`);
  return [name, how, figures.requests.toFixed(1), seconds(figures.meanMs), seconds(figures.p95Ms)];
}

/** What the project claims of its schedule. */
export function verdictsOn(
  figures: ReadonlyMap<string, Figures>,
  { fal, trigger }: { fal: string; trigger: string },
): Verdict[] {
  const of = (name: string) => figures.get(name) as Figures;
  const warm = of(CLIENTS.warm.name);
  const cold = of(CLIENTS.cold.name);
  const fewer = 1 - warm.requests / of(fal).requests;
  const slower = warm.meanMs / of(fal).meanMs;
  const own = Object.values(CLIENTS).map(({ name }) => name);
  const better = [...figures].filter(
    ([name, { requests, meanMs }]) =>
      !own.includes(name) && requests <= warm.requests && meanMs <= warm.meanMs,
  );
  const requests = cold.requests / of(trigger).requests;
  const delay = cold.meanMs / of(trigger).meanMs;
  const together = (requests + delay) / 2;
  return [
    {
      what:
        `warm, ${Math.floor(fewer * 100)} % fewer requests than ${fal} (at least 30), ` +
        `at ${slower.toFixed(2)} times its mean delay (at most 1.5)`,
      passed: fewer >= 0.3 && slower <= 1.5,
    },
    {
      what: `warm, no peer asks less and knows sooner${better.map(([name]) => `, but ${name}`).join('')}`,
      passed: better.length === 0,
    },
    {
      what:
        `the first run, ${requests.toFixed(2)} times the requests of ${trigger} and ` +
        `${delay.toFixed(2)} times its mean delay: ${together.toFixed(3)} in the middle (at most 1)`,
      passed: together <= 1,
    },
  ];
}
