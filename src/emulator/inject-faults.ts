import type { MiddlewareHandler } from 'hono';
import { ConnectionCut, type FaultPlace } from './faults.js';
import { sleep } from './latency.js';
import type { World } from './world.js';

/**
 * Middleware that lets requests to a place meet the faults of the world.
 * It goes after `cors`, so that a page may read the status, as it may read any other.
 */
export function injectFaults(world: World, place: FaultPlace): MiddlewareHandler {
  return async (_, next) => {
    const { delayMs, drop, status, retryAfterSeconds, loseResponses } = world.faults.at(place);
    if (delayMs !== undefined) await sleep(delayMs, world.closed);
    if (world.faults.hits(drop)) throw new ConnectionCut();
    if (status !== undefined) {
      const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` };
      return new Response('A fault of the local Mechanic.', { status, headers: retryAfter });
    }
    await next();
    if (world.faults.hits(loseResponses)) throw new ConnectionCut();
    return undefined;
  };
}
