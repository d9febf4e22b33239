import { expect, test } from 'vitest';
import { engineNames } from '../support/engines.ts';
import { rows } from '../support/faults/rows.ts';
import { runRows } from '../support/faults/run.ts';

// `npm run faults` goes through all rows in all engines, which takes minutes. Here Chromium has all, and the others
// have those in which engines may differ.
test.concurrent.for(engineNames)(
  'a fault does to a submission what is promised, and nothing else, in %s',
  { timeout: 600_000 },
  async (name) => {
    const chosen = rows.filter(({ isEngines }) => name === 'chromium' || isEngines);
    const cells = await runRows(name, chosen);
    const broken = cells.filter(({ breaches }) => breaches.length);
    expect(
      broken.map(({ row, column, breaches }) => `${row.name}, ${column}: ${breaches.join('; ')}`),
    ).toEqual([]);
    expect(cells).toHaveLength(2 * chosen.length);
  },
);
