import { expect, test } from 'vitest';
import { createConformance } from '../../demo/conformance/mechanic.ts';
import { type EngineName, engineNames, launch } from '../support/engines.ts';

/** What the page promises. */
interface Outcome {
  passed: number;
  failed: number;
  scenarios: { room: string; fact: string; ms: number; error: string | null }[];
}

declare const window: { conformance: Promise<Outcome> };

const factsIn = new Map<EngineName, string[]>();

// At once: a page waits more than it works.
test.concurrent.for(engineNames)(
  'the conformance page is all green in %s',
  async (name, { onTestFinished }) => {
    const mechanic = createConformance();
    onTestFinished(() => mechanic.close());
    const { storefrontUrl } = await mechanic.listen();
    const engine = await launch(name);
    onTestFinished(() => engine.close());
    const page = await engine.open(storefrontUrl);
    const { passed, scenarios } = await page.evaluate(() => window.conformance, null);
    const failures = scenarios.filter(({ error }) => error !== null);
    expect(failures.map(({ room, fact, error }) => `${room}: ${fact}: ${error}`)).toEqual([]);
    expect(passed).toBeGreaterThan(90);
    factsIn.set(
      name,
      scenarios.map(({ fact }) => fact),
    );
  },
);

test('every engine has gone through the same scenarios', () => {
  const [chromium, ...others] = engineNames.map((name) => factsIn.get(name));
  expect(chromium).toBeDefined();
  for (const facts of others) expect(facts).toEqual(chromium);
});
