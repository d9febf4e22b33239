import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { expect, test } from 'vitest';

test('imports run one way, in no cycle, types included, and the SDK needs ky and uuid alone', async () => {
  const options = await extractOptions(resolve('.dependency-cruiser.cjs'));
  const { output } = await cruise(['src'], options, undefined, {
    tsConfig: extractTSConfig('tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error(output);
  const broken = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  expect(broken).toEqual([]);
  // A rule that sees nothing passes, too.
  expect(output.summary.totalCruised).toBeGreaterThan(50);
});
