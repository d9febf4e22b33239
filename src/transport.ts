import ky from 'ky';
import { MechanicError } from './errors.js';
import type { Fetch } from './types.js';

/**
 * One request through ky, which keeps its time limit. ky never sees the body: it would make a `Request` of it, and
 * a `Request`'s body is a stream, which `keepalive` does not allow in every browser. What goes out is a plain
 * `fetch(url, init)`, the same bytes each time.
 *
 * @param timeout the limit, milliseconds; `false` where the caller keeps it
 * @throws {MechanicError} `network`, transient, when there was no response
 */
export async function request(
  fetch: Fetch,
  url: string,
  init: RequestInit & { signal: AbortSignal },
  timeout: number | false = false,
): Promise<Response> {
  const { method = 'GET', signal } = init;
  try {
    return await ky(url, {
      method,
      signal,
      timeout,
      retry: 0,
      throwHttpErrors: false,
      fetch: (attempt) => fetch(url, { ...init, signal: (attempt as Request).signal }),
    });
  } catch (cause) {
    signal.throwIfAborted();
    const why = 'Offline, a wrong address, or blocked (CORS, an extension)? See the network panel.';
    throw new MechanicError('network', `[${method}] ${url}: no response. ${why}`, {
      cause,
      transient: true,
      observed: { url },
    });
  }
}
