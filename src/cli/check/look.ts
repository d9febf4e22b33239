import { randomUUID } from 'node:crypto';
import { MechanicError } from '../../index.js';
import { cachingOf } from './caching.js';
import { corsFault } from './cors.js';
import { findingAt } from './finding.js';
import { reasonOf } from './network-error.js';
import type { Route } from './route.js';
import type { Steps } from './step.js';

/** What the place of the results held before the probe was sent. */
export interface Before {
  text: string;
  /** Whether it makes sense to wait for a result there. */
  canWait: boolean;
}

interface Looking {
  route: Route;
  origin: string;
  steps: Steps;
  requestTimeoutMs: number;
}

/**
 * Looks where the results come back, before there can be one. Where each run has an address of its own, it is asked
 * for one that nobody has: a cache on the way would keep the answer to the first look.
 */
export async function lookBefore(looking: Looking): Promise<Before> {
  const { route, steps, requestTimeoutMs } = looking;
  const address = route.addressOf({ id: randomUUID(), requestId: randomUUID() });
  const began = performance.now();
  const ask = async () => {
    const response = await route.fetch(address, { signal: AbortSignal.timeout(requestTimeoutMs) });
    return { response, text: await response.text() };
  };
  try {
    const { response, text } = await ask();
    const { status, says, ...more } = findingAt(route, response, text);
    steps.add('result.look', status, says, { ms: performance.now() - began, ...more });
    judgeCors(looking, response);
    if (route.kind !== 'section') judgeCaching(looking, response, (await ask()).response);
    return { text, canWait: !steps.has('fail', 'result.look') };
  } catch (error) {
    refuse(looking, error, performance.now() - began);
    return { text: '', canWait: false };
  }
}

function judgeCors({ route, origin, steps }: Looking, { headers }: Response): void {
  const isSameOrigin = new URL(route.url).origin === origin;
  if (route.kind === 'section' && !isSameOrigin) {
    steps.add(
      'result.cors',
      'fail',
      `a page on ${origin} cannot ask another origin for its customer's section`,
      {
        lookAt: "The page and the section: both must be on the storefront's own origin.",
      },
    );
  } else if (isSameOrigin) steps.add('result.cors', 'skip', `it is on the page's own origin`);
  else {
    const fault = corsFault(headers, origin);
    if (fault === null) {
      const proves = `A page on ${origin} may read the ${route.kind}.`;
      steps.add('result.cors', 'ok', `a page on ${origin} may read the answer`, { proves });
    } else {
      steps.add('result.cors', 'fail', `a browser hides the answer from pages: ${fault}`, {
        lookAt: `The CORS settings of the ${route.kind}'s server: it must allow ${origin}, or *, also for a 404.`,
      });
    }
  }
}

/** A cache that keeps "not yet" hides the result that comes after it. */
function judgeCaching({ route, steps }: Looking, first: Response, second: Response): void {
  const { maySeconds } = cachingOf(first.headers);
  const lookAt = `The cache or CDN before the ${route.kind}: an answer of ${second.status} must not be kept (cache-control: no-store).`;
  if (cachingOf(second.headers).isKept) {
    steps.add('result.caching', 'fail', `the answer ${second.status} came out of a cache`, { lookAt });
  } else if (maySeconds > 0) {
    const says = `caches on the way may keep the answer ${first.status} for ${maySeconds} s`;
    steps.add('result.caching', 'warn', says, { lookAt });
  } else steps.add('result.caching', 'ok', 'nothing says that a cache keeps the answer');
}

/** There was no answer, or no section in it. */
function refuse({ route, steps }: Looking, error: unknown, ms: number): void {
  const known = error instanceof MechanicError ? error : undefined;
  const why = known?.message.replace(`${route.url}: `, '') ?? reasonOf(error);
  if (known?.code === 'not_signed_in' && !route.isSession) {
    steps.add('result.look', 'open', `${why}, as there is no session here`, {
      ms,
      leavesOpen:
        'Whether the result comes back in the section: it renders it for a signed-in customer alone.',
      lookAt: 'The section in a session: give --cookie with the Cookie header of a signed-in browser.',
    });
    return;
  }
  const remedy =
    known?.code === 'not_signed_in'
      ? 'The cookie: it is of no signed-in session, or of one that has ended.'
      : `The ${route.kind}: ${why}.`;
  steps.add('result.look', 'fail', why, { ms, lookAt: remedy });
}
