import type { Row, Scene } from '../row.ts';
import { learnt, unharmed, untold } from './promises.ts';
import { cut, hold, LASTS_MS, pass } from './trouble.ts';

const next = '/pages/next?view=form';

/** Submits, and comes back when the request is on its way. */
async function submitHeldUp({ network, tab }: Scene) {
  const { fault, reached, decide } = hold();
  network.meet('POST', fault);
  await tab.submit();
  await reached;
  return async (fate: typeof cut) => {
    decide(fate);
    await network.heal();
  };
}

export const leavingRows: readonly Row[] = [
  {
    name: 'navigation in mid-request',
    isEngines: true,
    async act(scene) {
      const decide = await submitHeldUp(scene);
      await scene.tab.leave(next);
      await decide(pass);
      await scene.tab.conclude();
    },
    without: unharmed,
    with: learnt,
  },
  {
    name: 'navigation in mid-request, and its connection is lost',
    isEngines: true,
    async act(scene) {
      const decide = await submitHeldUp(scene);
      await scene.tab.leave(next);
      await decide(cut);
      await scene.tab.conclude();
    },
    without: untold,
    with: learnt,
  },
  {
    name: 'tab killed in mid-request, and its connection is lost',
    isEngines: true,
    async act(scene) {
      const decide = await submitHeldUp(scene);
      await scene.tab.kill();
      await decide(cut);
      const tab = await scene.open();
      await tab.pass(LASTS_MS);
    },
    without: { sees: 'the empty form', taken: 0, worked: 0 },
    with: { sees: 'the empty form', taken: 1, worked: 1 },
  },
  {
    name: 'back/forward cache: left in mid-request, and come back to',
    isEngines: true,
    async act(scene) {
      const { tab } = scene;
      const decide = await submitHeldUp(scene);
      await tab.leave('/pages/away?view=away');
      await decide(pass);
      const isRestored = await tab.back('/pages/form');
      await tab.conclude();
      return isRestored ? 'the page came from the back/forward cache' : 'the page was loaded anew';
    },
    without: unharmed,
    with: learnt,
  },
];
