import { type Clock, MechanicError, poll } from '../../index.js';
import { cachingOf } from './caching.js';
import { causesOfNothing } from './causes.js';
import { corsFault } from './cors.js';
import type { Route } from './route.js';
import { isVacant, shapeOf } from './shape.js';
import type { Steps } from './step.js';
import type { Sent } from './webhook.js';
import { count, shown } from './words.js';

export interface Wait {
  route: Route;
  /** The probe's UUID. */
  id: string;
  sent: Sent;
  /** The page's. */
  origin: string;
  /** What the place held before. */
  before: string;
  timeoutMs: number;
  requestTimeoutMs: number;
}

/** The latest answer at the place of the results. */
interface Latest {
  status: number;
  headers: Headers;
  text: string;
}

/** The system's, but that a moment which is over is no negative delay: Node would warn of it. */
const clock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};

/** Waits for the probe's result, as a page would: with the SDK's source and its poller. */
export async function waitForResult(wait: Wait, steps: Steps): Promise<void> {
  const { route, id, sent, timeoutMs, requestTimeoutMs } = wait;
  let latest: Latest | undefined;
  let looks = 0;
  const requestId = sent.isExposed ? sent.requestId : null;
  const began = sent.at;
  const outcome = await poll(
    ({ signal }) => {
      looks++;
      return route.source.read({
        id,
        requestId,
        baseline: undefined,
        signal,
        async fetch(url, init) {
          const response = await route.fetch(url, { ...init, signal: init?.signal ?? signal });
          const { status, headers } = response;
          latest = { status, headers, text: await response.clone().text() };
          return response;
        },
      });
    },
    {
      timeoutMs,
      requestTimeoutMs,
      clock,
      // Nearer to each other at first than a page's: somebody looks on.
      schedule: (_, attempt) => Math.min(1_000, 50 * 2 ** attempt),
    },
  ).catch((error: unknown) => error);
  const ms = Date.now() - began;
  const told = `after ${count(looks, 'look')}`;
  const proves = `The whole loop: webhook, task, ${route.kind}, and back with the probe's UUID.`;

  if (!(outcome instanceof Error)) {
    arrived(wait, latest, told, ms, steps);
    return;
  }
  if (!(outcome instanceof MechanicError)) throw outcome;
  const { code, observed, message, cause } = outcome;
  if (code === 'task_failed') {
    const reason = shown([observed.taskCode, observed.taskMessage].filter(Boolean).join(': '));
    steps.add('result.uuid', 'warn', `came back ${told}: the task says that it failed (${reason})`, {
      ms,
      proves,
      lookAt: `What the task says: ${reason}. It may only be that the probe has no real data: --data gives it some.`,
    });
  } else if (code !== 'timeout') {
    const says = shown(message);
    steps.add('result.uuid', 'fail', says, { ms, lookAt: `The ${route.kind}: ${says}` });
  } else if (cause instanceof MechanicError) {
    const says = `nothing came back; the last look had trouble: ${shown(cause.message)}`;
    steps.add('result.uuid', 'fail', says, { ms, lookAt: `The ${route.kind}: ${shown(cause.message)}` });
  } else nothing(wait, latest, told, ms, steps);
}

function arrived(
  { route, origin, id }: Wait,
  latest: Latest | undefined,
  told: string,
  ms: number,
  steps: Steps,
): void {
  const { headers = new Headers(), text = '' } = latest ?? {};
  const isSameOrigin = new URL(route.url).origin === origin;
  const fault = route.kind === 'section' || isSameOrigin ? null : corsFault(headers, origin);
  const proves = `The whole loop: webhook, task, ${route.kind}, and back with the probe's UUID.`;
  const says = `came back ${told}: ${shapeOf(text, id)}`;
  if (fault === null) steps.add('result.uuid', 'ok', says, { ms, proves });
  else {
    steps.add('result.uuid', 'fail', `${says}; a browser hides this answer from pages: ${fault}`, {
      ms,
      proves,
      lookAt: `The CORS settings of the ${route.kind}'s server: it must allow ${origin}, or *.`,
    });
  }
}

/** The time is over, and no record of this run was finished. */
function nothing(wait: Wait, latest: Latest | undefined, told: string, ms: number, steps: Steps): void {
  const { route, id, before, sent } = wait;
  const { status = 0, headers = new Headers(), text = '' } = latest ?? {};
  const proves = `The loop: webhook, task, ${route.kind}, and back with the probe's UUID, though not to the end.`;
  // An answer that says "not there" often repeats the address, and with it the UUID.
  const isThere = status >= 200 && status < 300 && !isVacant(text);
  if (isThere && (route.isKeyed || text.includes(id))) {
    const says = `came back, and the task was not done ${told}: ${shapeOf(text, id)}`;
    const lookAt = 'How long the task takes: its run in Mechanic says, and --timeout waits longer.';
    steps.add('result.uuid', 'warn', says, { ms, proves, lookAt });
  } else if (status === 403) {
    steps.add('result.uuid', 'fail', `nothing came back ${told}: 403 each time`, {
      ms,
      lookAt: `The HTTP action of the task run: with a status of 2xx the file is there, and the bucket's policy forbids to read it.`,
    });
  } else if (cachingOf(headers).isKept) {
    steps.add(
      'result.uuid',
      'fail',
      `nothing came back ${told}: the last answer, ${status}, came out of a cache`,
      {
        ms,
        lookAt: `The cache or CDN before the ${route.kind}, which keeps an old answer: ask the storage itself for ${route.addressOf({ id, requestId: sent.requestId })}.`,
      },
    );
  } else {
    const hasChanged = text !== before && !route.isKeyed && !isVacant(text);
    const there = isVacant(text)
      ? ''
      : `; what is there ${hasChanged ? 'came meanwhile' : 'was there before'}: ${shapeOf(text, id)}`;
    steps.add('result.uuid', 'open', `nothing came back ${told}${there}`, {
      ms,
      leavesOpen:
        'Why nothing came: a wrong id of the webhook, a disabled task, one that does not subscribe to the topic, an event filter, an error of the task and a slow run all look alike from here.',
      lookAt: causesOfNothing(wait, hasChanged),
    });
  }
}
