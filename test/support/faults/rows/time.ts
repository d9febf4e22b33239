import type { Row, Scene } from '../row.ts';
import { sentLater, unharmed, untold } from './promises.ts';
import { answerWith } from './trouble.ts';

const MINUTE_MS = 60_000;

/** Submits, and has the result published while `absence` keeps the page from looking. */
const publishedDuring = (absence: (scene: Scene) => Promise<void>) => async (scene: Scene) => {
  const { network, tab } = scene;
  network.meet('GET', answerWith(404));
  await tab.submit();
  await tab.pass(3_000);
  await network.heal();
  await absence(scene);
  await tab.conclude();
};

async function hideForTenMinutes({ network, tab }: Scene): Promise<void> {
  await tab.call('show', false);
  const looks = network.asked.GET;
  await tab.pass(10 * MINUTE_MS);
  if (network.asked.GET > looks) throw new Error('A hidden page has looked.');
  await tab.call('show', true);
}

export const timeRows: readonly Row[] = [
  {
    name: 'hidden tab for ten minutes',
    act: publishedDuring(hideForTenMinutes),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'laptop asleep for an hour, past the deadline',
    act: publishedDuring(({ tab }) => tab.call('sleep', 60 * MINUTE_MS)),
    without: unharmed,
    with: unharmed,
  },
  {
    name: 'clock set back an hour, while the connection is refused for 20 s',
    async act({ network, tab }) {
      await network.refuse();
      await tab.submit();
      await tab.pass(10_000);
      await tab.call('setClock', -60 * MINUTE_MS);
      await tab.pass(10_000);
      await network.heal();
      await tab.conclude();
    },
    without: untold,
    with: sentLater,
  },
];
