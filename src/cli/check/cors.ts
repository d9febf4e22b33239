/** What a browser would make of the CORS headers of an answer: `null` when it lets the page have it, else why not. */
export function corsFault(headers: Headers, origin: string): string | null {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed === null) return 'it has no access-control-allow-origin';
  if (allowed === '*' || allowed === origin) return null;
  return `its access-control-allow-origin names another origin than ${origin}`;
}

/**
 * The same for the answer to a preflight of a JSON submission. POST itself needs no permission, `content-type` with
 * the value of JSON does. Source: Fetch Standard, CORS-preflight fetch.
 */
export function preflightFault({ ok, status, headers }: Response, origin: string): string | null {
  if (!ok) return `its status is ${status}, and a browser wants 2xx`;
  const allowed = listOf(headers, 'access-control-allow-headers');
  const fault = corsFault(headers, origin);
  if (fault !== null || allowed.has('*') || allowed.has('content-type')) return fault;
  return 'its access-control-allow-headers does not name content-type';
}

/** Whether a page on another origin may read a header of the answer. */
export function isExposed(headers: Headers, name: string): boolean {
  const exposed = listOf(headers, 'access-control-expose-headers');
  return exposed.has('*') || exposed.has(name);
}

function listOf(headers: Headers, name: string): Set<string> {
  return new Set((headers.get(name) ?? '').split(',').map((item) => item.trim().toLowerCase()));
}
