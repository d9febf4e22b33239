import type { Fault } from '../network.ts';
import type { Row, Scene } from '../row.ts';
import { learnt, sentLater, unharmed, untold } from './promises.ts';
import { answerWith, cut, during, LASTS_MS, lasting, meeting, takeAndCut } from './trouble.ts';

const refuse = ({ network }: Scene) => network.refuse();

/** The browser's own way where there is one; the page's events elsewhere. */
async function setOffline({ tab }: Scene, isOffline: boolean): Promise<void> {
  if (tab.native.setOffline) await tab.native.setOffline(isOffline);
  else await tab.call('connect', !isOffline);
}

async function block({ tab, engine }: Scene, part: string): Promise<void> {
  if (engine === 'webkit') await tab.call('block', part);
  else await tab.native.block?.(part);
}

/** No answer, until the SDK's own limit. */
const hanging = (isTaken: boolean) => async (scene: Scene) => {
  const { network, tab } = scene;
  const { promise: isThere, resolve } = Promise.withResolvers<void>();
  const hang: Fault = async ({ take }) => {
    if (isTaken) await take();
    resolve();
  };
  network.meet('POST', hang, 1);
  await tab.submit();
  // Time would pass while the request is still being sent.
  await isThere;
  await tab.passHeld(LASTS_MS);
  await tab.conclude();
};

/** Once Mechanic had it, and its page's connection had been used before. */
async function cutOnUsedConnection({ network, mechanic, tab }: Scene): Promise<string> {
  const ask = async (url: string) => {
    await (await fetch(url, { credentials: 'omit' })).text();
  };
  await tab.native.evaluate(ask, `${network.origin}/cache/fa170000-0000-4000-8000-000000000002`);
  network.meet('POST', takeAndCut, 1);
  await tab.submit();
  await tab.call('rest');
  await mechanic.idle();
  await tab.conclude();
  return network.ordinals[0] === 1
    ? 'a POST gets a connection of its own'
    : 'the POST goes over the used connection';
}

/** Once Mechanic had it; the task works for a minute, longer than the outbox's first pause. */
async function cutAndLate({ network, tab }: Scene): Promise<void> {
  network.meet('POST', takeAndCut, 1);
  network.meet('GET', answerWith(404));
  await tab.submit();
  await tab.pass(60_000);
  await network.heal();
  await tab.conclude();
}

export const connectionRows: readonly Row[] = [
  {
    name: 'offline before sending, for 20 s',
    act: during(
      async (scene) => {
        await scene.network.refuse();
        await setOffline(scene, true);
      },
      async (scene) => {
        await scene.network.heal();
        await setOffline(scene, false);
      },
    ),
    without: untold,
    with: sentLater,
  },
  {
    name: 'connection refused, for 20 s',
    isEngines: true,
    act: during(refuse),
    without: untold,
    with: sentLater,
  },
  {
    name: 'connection dropped before the request was read, for 20 s',
    act: lasting('POST', cut),
    without: untold,
    with: sentLater,
  },
  {
    name: 'dropped once Mechanic had taken it, on a fresh connection',
    act: meeting('POST', takeAndCut, 1),
    isEngines: true,
    without: unharmed,
    with: learnt,
  },
  {
    name: 'the same, and the result comes after a minute',
    act: cutAndLate,
    without: unharmed,
    with: { ...learnt, taken: 2 },
  },
  {
    name: 'dropped once Mechanic had taken it, on a used connection',
    // Long enough that a copy comes before the task has worked.
    latencyMs: 400,
    act: cutOnUsedConnection,
    isEngines: true,
    without: { ...unharmed, taken: [1, 2], worked: [1, 2] },
    with: { ...learnt, taken: [1, 2], worked: [1, 2] },
  },
  {
    name: 'no response, though Mechanic has taken it',
    act: hanging(true),
    without: unharmed,
    with: learnt,
  },
  {
    name: 'no response, and Mechanic has not got it',
    act: hanging(false),
    without: untold,
    with: sentLater,
  },
  {
    name: 'CORS header missing from the answer, for 20 s',
    act: lasting('POST', async ({ take, answer }) => answer(await take(), false)),
    without: unharmed,
    with: learnt,
  },
  {
    name: 'request blocked by an extension, for 20 s',
    act: during(
      (scene) => block(scene, '/webhook/'),
      (scene) => block(scene, ''),
    ),
    without: untold,
    with: sentLater,
  },
];
