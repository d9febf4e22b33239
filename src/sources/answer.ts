import { MechanicError, type Observed } from '../errors.js';
import { retryAfterMs } from '../retry-after.js';
import type { ReadContext } from '../types.js';

/** What a look needs to make a request. */
export type Asking = Pick<ReadContext, 'fetch' | 'signal'>;

/** What was found at an address: its text, or none yet. */
export interface Answer {
  text: string;
  response: Response;
}

/**
 * Reads the text at an address, past every cache. A status in `pendingStatuses` is an empty text; so is 204.
 * 429 and 430 ask for patience, 408 and 5xx may pass, every other refusal is final.
 *
 * @throws {MechanicError} `network`, `rate_limited` and `unavailable`, transient; `rejected`
 */
export async function ask(
  { fetch, signal }: Asking,
  url: string,
  pendingStatuses: readonly number[],
  credentials: RequestCredentials = 'omit',
): Promise<Answer> {
  const response = await fetch(url, { signal, credentials, cache: 'no-store' });
  const { status, ok, headers } = response;
  if (pendingStatuses.includes(status)) return { text: '', response };
  if (ok) return { text: await response.text(), response };
  const observed: Observed = { url, status };
  const tooMany = status === 429 || status === 430;
  const transient = tooMany || status === 408 || status >= 500;
  if (tooMany || headers.has('retry-after')) observed.retryAfterMs = retryAfterMs(headers);
  throw new MechanicError(
    tooMany ? 'rate_limited' : transient ? 'unavailable' : 'rejected',
    `[GET] ${url}: ${status}. ${transient ? 'It may pass.' : 'Check the address, and that visitors may read it.'}`,
    { observed, transient },
  );
}

/** Parses what was published; a blank text is `null`, "not yet". Transient: it may just be being written. */
export function parseJson(text: string, url: string): unknown {
  try {
    return text.trim() ? JSON.parse(text) : null;
  } catch (cause) {
    throw new MechanicError(
      'bad_result',
      `[GET] ${url}: not JSON. Publish JSON there, or correct the address.`,
      {
        observed: { url },
        cause,
        transient: true,
      },
    );
  }
}
