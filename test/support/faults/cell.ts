import type { Engine, EngineName } from '../engines.ts';
import type { Promised, Row } from './row.ts';
import { openShop } from './shop.ts';
import { sightsOf } from './sights.ts';
import { Tab } from './tab.ts';

/** What was found of a row, in one engine, without an outbox or with one. */
export interface Found {
  sees: string;
  taken: number;
  worked: number;
  /** How many different UUIDs and bodies were read on the way, whether Mechanic got them or not. */
  uuids: number;
  bodies: number;
  /** What else there is to say. */
  remark?: string;
}

/** Whatever is sent once more comes until then, milliseconds of the page's time. */
const AFTERMATH_MS = 900_000;

/** Longer than any row takes, milliseconds. */
const LIMIT_MS = 120_000;

/** Goes through one row. */
export async function find(name: EngineName, engine: Engine, row: Row, outbox: boolean): Promise<Found> {
  const { place = 'cache', storage, latencyMs = 0 } = row;
  const shop = await openShop({ outbox, place, latencyMs });
  const { network, mechanic, storefrontUrl } = shop;
  const tabs: Tab[] = [];
  const open = async () => {
    const earlier = tabs.at(-1);
    const at = earlier?.time ?? Date.now();
    const tab = await Tab.open(
      engine,
      `${storefrontUrl}/pages/form?view=form&at=${at}&storage=${storage ?? ''}`,
    );
    tabs.push(tab);
    return tab;
  };
  const play = async (): Promise<Found> => {
    const remark = await row.act({ engine: name, network, mechanic, tab: await open(), open });
    const living = tabs.filter(({ isGone }) => !isGone);
    for (const tab of living) await tab.pass(AFTERMATH_MS);
    await mechanic.idle();
    const seen = await Promise.all(living.map((tab) => tab.seen()));
    const uuids = network.bodies.map((body) => new URLSearchParams(body).get('uuid'));
    return {
      sees: seen.map(sightsOf).join('; '),
      taken: mechanic.events().length,
      worked: shop.works(),
      uuids: new Set(uuids).size,
      bodies: new Set(network.bodies).size,
      ...(typeof remark === 'string' && { remark }),
    };
  };
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It has not come to an end in ${LIMIT_MS} ms.`)), LIMIT_MS);
  });
  try {
    return await Promise.race([play(), limit]);
  } finally {
    clearTimeout(timer);
    for (const tab of tabs) await tab.close();
    await shop.close();
  }
}

const isWithin = (count: number, promised: Promised['taken']) => {
  const [least, most] = [promised].flat() as [number, number?];
  return count >= least && count <= (most ?? least);
};

/** What of a promise was broken, in words; nothing if all was kept. */
export function broken(found: Found, promised: Promised, submissions = 1): string[] {
  const { sees, taken, worked, uuids, bodies } = found;
  const told = (count: Promised['taken']) => [count].flat().join(' to ');
  return [
    ![promised.sees].flat().includes(sees) &&
      `the shopper sees “${sees}”, not “${[promised.sees].flat().join('” or “')}”`,
    !isWithin(taken, promised.taken) && `Mechanic took ${taken}, not ${told(promised.taken)}`,
    !isWithin(worked, promised.worked) && `the task worked ${worked} times, not ${told(promised.worked)}`,
    uuids > submissions && `there were ${uuids} UUIDs, not ${submissions}`,
    bodies > submissions && `there were ${bodies} different bodies, not ${submissions}`,
  ].filter((text) => typeof text === 'string');
}
