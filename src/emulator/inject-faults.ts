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

/** Middleware that takes the CORS headers from the answers of a place while a fault hides them. It goes before `cors`. */
export function hideCors(world: World, place: FaultPlace): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!world.faults.at(place).hideCors) return;
    const names = [...c.res.headers.keys()].filter((name) => name.startsWith('access-control-'));
    for (const name of names) c.header(name, undefined);
  };
}
