import { orAborted } from './abort.js';
import { baselineOf } from './baseline.js';
import type { Encoded } from './encode/encode.js';
import { MechanicError } from './errors.js';
import { claimKeepalive } from './keepalive.js';
import type { Settings } from './options.js';
import { systemClock } from './polling/clock.js';
import { retryAfterMs } from './retry-after.js';
import { request } from './transport.js';
import type { Accepted, RunHandle, Tell } from './types.js';

/** What is needed of a webhook's settings. */
export type Wire = Pick<Settings<unknown>, 'url' | 'fetch' | 'requestTimeoutMs' | 'idempotent' | 'result'>;

// A task that remembers UUIDs sees the first copy only after its run; so repeats are not hurried.
const REPEAT_AFTER_MS = 5_000;

/**
 * Sends one submission, once what was there before is known: a POST without credentials and with no header but its
 * content type, so that a form or a text needs no preflight. A refusal that asks for a later try (429, 430, 503) is
 * repeated: nothing was queued. No response means that it is unknown whether it arrived, and is repeated only if the
 * task is idempotent. Every copy is the same.
 *
 * @param tell told as soon as there may be a result to look for
 * @param repeats how often it may be repeated
 * @throws {MechanicError} `network` (`delivered: 'unknown'`), `rate_limited` or `rejected`
 */
export async function post(
  encoded: Encoded,
  wire: Wire,
  signal: AbortSignal,
  run: RunHandle,
  tell: Tell,
  repeats = 2,
): Promise<Accepted> {
  const { url, fetch, requestTimeoutMs, idempotent, result } = wire;
  const { id, body, contentType } = encoded;
  if (result?.baseline) run.baseline ??= await baselineOf(wire, run, signal);
  for (; ; repeats--) {
    let waitMs = REPEAT_AFTER_MS;
    try {
      const { ok, status, headers } = await orAborted<Response>(signal, (resolve) => {
        const { keepalive, done } = claimKeepalive(body);
        // The abort is raced: in WebKit a keepalive request ignores it once the page was in the back/forward cache.
        // A redirect is not followed: it would become a GET without the body, and then look accepted.
        const how = { credentials: 'omit', redirect: 'manual', keepalive, signal } as const;
        const what = { method: 'POST', headers: { 'content-type': contentType }, body };
        resolve(request(fetch, url, { ...what, ...how }, requestTimeoutMs).then(fromMechanic));
        return [done];
      });
      if (ok) return { id, requestId: headers.get('x-request-id'), acceptedAt: Date.now() };
      const laterMs = [429, 430, 503].includes(status) ? retryAfterMs(headers) : undefined;
      if (!laterMs || !repeats) throw refused(status, url, id, laterMs);
      waitMs = laterMs;
    } catch (error) {
      if (!(error instanceof MechanicError && error.code === 'network')) throw error;
      if (!repeats || !idempotent) throw undelivered(error, id);
      tell({ phase: 'waiting' });
    }
    await orAborted<void>(signal, (resolve) => [systemClock.after(waitMs, resolve)]);
    // Its result has come meanwhile, so it needs no repeat.
    if (run.acceptedAt) return acceptedBefore(run);
  }
}

/** What is known of a submission already: it was accepted, or the page was left before it was known to be. */
export async function acceptedBefore({ id, acceptedAt, requestId = null }: RunHandle): Promise<Accepted> {
  if (acceptedAt) return { id, acceptedAt, requestId };
  throw undelivered(new Error('The page was left before an answer.'), id);
}

/** Mechanic's answer has no body. A page comes from what is in between: a hotel's network, a CDN that checks visitors. */
function fromMechanic(response: Response): Response {
  const { ok, headers, url } = response;
  if (!ok || !headers.get('content-type')?.startsWith('text/html')) return response;
  throw new MechanicError('network', `[POST] ${url}: a page of HTML, which is not Mechanic's answer.`);
}

/** No response. Only a result that carries the UUID will tell whether it arrived. */
export function undelivered(cause: Error, id: string): MechanicError {
  return new MechanicError(
    'network',
    `${cause.message} It may have arrived: wait for result(), do not submit again.`,
    {
      id,
      cause,
      delivered: 'unknown',
    },
  );
}

function refused(status: number, url: string, id: string, retryAfterMs?: number): MechanicError {
  const tooMany = status === 429 || status === 430;
  return new MechanicError(
    tooMany ? 'rate_limited' : 'rejected',
    // In browsers a redirect that is not followed has the status 0.
    `[POST] ${url}: ${status || 'redirected'}. ${tooMany ? 'Too many requests: try later.' : 'Mechanic answers 204: check the url.'}`,
    // A gateway that fails may have passed it on, and a redirect is how many servers say that they took something.
    {
      id,
      observed: { url, status, retryAfterMs },
      delivered: status === 503 || (status >= 400 && status < 500) ? 'no' : 'unknown',
    },
  );
}
