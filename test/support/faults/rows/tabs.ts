import type { Row } from '../row.ts';
import { sentLater, unharmed, untold } from './promises.ts';
import { LASTS_MS } from './trouble.ts';

export const tabRows: readonly Row[] = [
  {
    name: 'two tabs: one submits while the connection is refused for 20 s',
    isEngines: true,
    async act({ network, tab, open }) {
      await network.refuse();
      await tab.submit();
      await tab.call('rest');
      const other = await open();
      await Promise.all([tab, other].map((tab) => tab.pass(LASTS_MS)));
      await network.heal();
      await Promise.all([tab, other].map((tab) => tab.pass(2 * LASTS_MS)));
      await tab.conclude();
    },
    without: { ...untold, sees: `${untold.sees}; the empty form` },
    with: { ...sentLater, sees: `${sentLater.sees}; the empty form` },
  },
  {
    name: 'two tabs: each submits',
    submissions: 2,
    async act({ mechanic, tab, open }) {
      const other = await open();
      for (const each of [tab, other]) {
        await each.submit();
        await each.call('rest');
        // Task runs that overlap would overwrite each other's results.
        await mechanic.idle();
      }
      await Promise.all([tab, other].map((tab) => tab.conclude()));
    },
    without: { sees: `${unharmed.sees}; ${unharmed.sees}`, taken: 2, worked: 2 },
    with: { sees: `${unharmed.sees}; ${unharmed.sees}`, taken: 2, worked: 2 },
  },
];
