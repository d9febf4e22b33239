import type { World } from '../world.js';

/** Shows the value of the cache key that an endpoint is bound to. Source of fact: Mechanic docs, "Cache endpoints". */
export function answerCacheRequest({ settings, cache }: World, id: string): Response {
  const endpoint = settings.cacheEndpoints.find((known) => known.id.toLowerCase() === id.toLowerCase());
  if (endpoint === undefined) return new Response(`There is no cache endpoint ${id}.`, { status: 404 });
  const value = cache.get(endpoint.key);
  if (value !== undefined) return Response.json(value);
  switch (settings.cacheMiss) {
    case 'null':
      return Response.json(null);
    case 'empty':
      return new Response('', { status: 200, headers: { 'content-type': 'application/json' } });
    default:
      return new Response(null, { status: settings.cacheMiss });
  }
}
