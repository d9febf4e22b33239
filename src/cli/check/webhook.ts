import { createWebhook, MechanicError } from '../../index.js';
import { UserError } from '../user-error.js';
import { corsFault, isExposed, preflightFault } from './cors.js';
import { mark } from './mark.js';
import { reasonOf } from './network-error.js';
import { statusMeaning } from './status.js';
import type { Steps } from './step.js';
import { shown } from './words.js';

export interface Probe {
  url: string;
  /** The probe's UUID. */
  id: string;
  /** What goes along with it. */
  data: { [name: string]: unknown };
  /** The page's. */
  origin: string;
  requestTimeoutMs: number;
}

/** What became of the probe. */
export interface Sent {
  /** When it was sent, epoch milliseconds. */
  at: number;
  /** `unknown`: there was no answer, so that it may have arrived. */
  delivered: 'yes' | 'no' | 'unknown';
  requestId: string | null;
  /** Whether a page may read the request id. */
  isExposed: boolean;
}

/** Asks what a browser would ask before it posts JSON from another origin. */
export async function preflight({ url, origin, requestTimeoutMs }: Probe, steps: Steps): Promise<void> {
  const began = performance.now();
  const ms = () => performance.now() - began;
  try {
    const response = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const fault = preflightFault(response, origin);
    if (fault === null) {
      steps.add('webhook.preflight', 'ok', `a page on ${origin} may post JSON`, { ms: ms() });
    } else {
      steps.add('webhook.preflight', 'fail', `a browser would send no JSON: ${fault}`, {
        ms: ms(),
        lookAt: `The preflight (OPTIONS) at ${url}, as the browser's network panel shows it; is something between the page and Mechanic? Forms and encoding: 'text' need none.`,
      });
    }
  } catch (error) {
    const lookAt = `The way to ${url}: ${reasonOf(error)}.`;
    steps.add('webhook.preflight', 'fail', `no answer: ${reasonOf(error)}`, { ms: ms(), lookAt });
  }
}

/**
 * Posts the probe with the SDK, so that it is the browser's request to the byte, but for the headers that a browser
 * adds itself; of these the origin is added here.
 *
 * @throws {UserError} when the SDK refuses the data
 */
export async function post(probe: Probe, steps: Steps): Promise<Sent> {
  const { url, id, data, origin, requestTimeoutMs } = probe;
  const enough = new AbortController();
  const at = Date.now();
  const began = performance.now();
  let ms = 0;
  let answer: Response | undefined;
  let failure: unknown;
  const webhook = createWebhook({
    url,
    requestTimeoutMs,
    async fetch(address, init) {
      try {
        answer = await fetch(address, { ...init, headers: { ...init?.headers, origin } });
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        ms = performance.now() - began;
      }
      // The SDK would repeat what is refused for now. Here the first answer is the finding.
      if (!answer.ok) enough.abort();
      return answer;
    },
  });
  try {
    await webhook.submit({ ...data, [mark]: true }, { id, signal: enough.signal }).accepted;
  } catch (error) {
    if (error instanceof MechanicError && error.code === 'encoding') {
      throw new UserError(`--data: ${error.message}`, { exitCode: 2, cause: error });
    }
    failure ??= error;
  }
  if (answer === undefined) {
    const says = `no answer: ${reasonOf(failure)}. It may have arrived`;
    const lookAt = `The way to ${url}: ${reasonOf(failure)}.`;
    steps.add('webhook.post', 'fail', says, { ms, lookAt });
    return { at, delivered: 'unknown', requestId: null, isExposed: false };
  }
  const isTaken = judgeStatus(probe, answer, ms, steps);
  judgeCors(probe, answer, steps);
  const requestId = judgeRequestId(answer, steps);
  return {
    at,
    delivered: isTaken ? 'yes' : 'no',
    requestId,
    isExposed: isExposed(answer.headers, 'x-request-id'),
  };
}

function judgeStatus({ url }: Probe, { status, ok, headers }: Response, ms: number, steps: Steps): boolean {
  if (status === 204) {
    steps.add('webhook.post', 'ok', '204: taken', { ms, proves: `${url} takes submissions.` });
    return true;
  }
  if (ok && headers.get('content-type')?.startsWith('text/html')) {
    steps.add('webhook.post', 'fail', `${status} with a page of HTML, which is not Mechanic's answer`, {
      ms,
      lookAt: `The address of the webhook, ${url}, and what is in between: a CDN that checks visitors, a network's login.`,
    });
    return false;
  }
  const wait = headers.get('retry-after');
  const says = `${status}: ${statusMeaning(status)}${wait === null ? '' : `; Retry-After: ${shown(wait)}`}`;
  const lookAt = `The address of the webhook, ${url} (Mechanic's settings, Webhooks): it answers ${status}, ${statusMeaning(status)}.`;
  steps.add('webhook.post', ok ? 'warn' : 'fail', says, { ms, lookAt });
  return ok;
}

function judgeCors({ origin }: Probe, { headers }: Response, steps: Steps): void {
  const fault = corsFault(headers, origin);
  if (fault === null) {
    const proves = `A page on ${origin} may post to the webhook and read its answer.`;
    const isAllowed = !steps.has('fail', 'webhook.preflight');
    steps.add('webhook.cors', 'ok', `a page on ${origin} may read the answer`, isAllowed ? { proves } : {});
  } else {
    steps.add('webhook.cors', 'fail', `a browser hides the answer from the page: ${fault}`, {
      lookAt: `The CORS headers of the webhook's answer for the origin ${origin}: Mechanic allows all origins, so is something between the page and Mechanic, or is ${origin} not the page's?`,
    });
  }
}

function judgeRequestId({ headers }: Response, steps: Steps): string | null {
  const id = headers.get('x-request-id');
  if (id === null) {
    const lookAt = 'Whether it is Mechanic that answers: its answers have an x-request-id.';
    steps.add('webhook.request-id', 'warn', 'the answer has none', { lookAt });
    return null;
  }
  const words = isExposed(headers, 'x-request-id')
    ? 'and pages may read it'
    : 'which pages may not read (no access-control-expose-headers), and need not';
  steps.add('webhook.request-id', 'ok', `${shown(id)}, ${words}`);
  return shown(id);
}
