/** What the headers of an answer say of caches between the server and the page. */
export interface Caching {
  /** It came out of a cache. */
  isKept: boolean;
  /** A shared cache may keep it for so long. */
  maySeconds: number;
}

/** Reads `age`, `cache-control` and what CDNs say of their hits. Source: RFC 9111. */
export function cachingOf(headers: Headers): Caching {
  const control = new Map(
    (headers.get('cache-control') ?? '').split(',').map((directive) => {
      const [name = '', value = ''] = directive.trim().toLowerCase().split('=');
      return [name, Number(value.replaceAll('"', ''))] as const;
    }),
  );
  const isPrivate = ['no-store', 'no-cache', 'private'].some((name) => control.has(name));
  const age = Number(headers.get('age')) || 0;
  const hit = /\bhit\b/i.test(`${headers.get('x-cache')} ${headers.get('cf-cache-status')}`);
  return {
    isKept: age > 0 || hit,
    maySeconds: isPrivate ? 0 : (control.get('s-maxage') ?? control.get('max-age') ?? 0),
  };
}
