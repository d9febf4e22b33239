import type { World } from '../world.js';

/** A request that leaves this machine. */
export interface NetworkRequest {
  /** In capitals. */
  method: string;
  url: string;
  headers: Headers;
  body: Buffer<ArrayBuffer>;
}

/** The storage bucket, while no port is known yet. */
export const placeholderOrigin = 'https://storage.mechanic.test';

const redirects = [301, 302, 303, 307, 308];
const mostRedirects = 5;
const limitMs = 30_000;

/**
 * Sends a request to an origin that the option `allowHttp` names, and follows redirects to such origins.
 *
 * @throws Error that says "network refused" and the remedy, or why there was no response.
 */
export async function sendAllowed(
  request: NetworkRequest,
  followsRedirects: boolean,
  world: World,
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  let current = request;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    refuseOthers(current.url, world);
    const response = await send(current, world);
    const location = response.headers.get('location');
    if (!followsRedirects || location === null || !redirects.includes(response.status)) {
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, body };
    }
    current = redirected(current, response.status, new URL(location, current.url).href);
  }
  throw new Error(`http: ${request.url} redirects more than ${mostRedirects} times`);
}

function refuseOthers(url: string, { origin, settings }: World): void {
  if (URL.canParse(url) && settings.allowHttp.includes(new URL(url).origin)) return;
  const storage = `the local Mechanic reaches its own storage, ${origin}/storage/<path> or ${placeholderOrigin}/storage/<path>`;
  throw new Error(
    `http: network refused for ${url}: ${storage}, and the origins that the option allowHttp names`,
  );
}

async function send({ method, url, headers, body }: NetworkRequest, { closed }: World): Promise<Response> {
  const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD';
  try {
    return await fetch(url, {
      method,
      headers,
      body: hasBody ? body : null,
      // By hand, since an allowed origin may lead to one that is not.
      redirect: 'manual',
      signal: AbortSignal.any([closed, AbortSignal.timeout(limitMs)]),
    });
  } catch (cause) {
    throw new Error(`http: no response from ${url}: ${(cause as Error).message}`, { cause });
  }
}

/** Source of fact: WHATWG Fetch, "HTTP-redirect fetch": when a POST becomes a GET, and who is told credentials. */
function redirected(request: NetworkRequest, status: number, url: string): NetworkRequest {
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') ||
    ([301, 302].includes(status) && request.method === 'POST');
  const headers = new Headers(request.headers);
  if (new URL(url).origin !== new URL(request.url).origin) headers.delete('authorization');
  if (!becomesGet) return { ...request, headers, url };
  headers.delete('content-type');
  return { method: 'GET', url, headers, body: Buffer.alloc(0) };
}
