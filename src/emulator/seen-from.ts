import type { World } from './world.js';

/**
 * One of the world's origins as a visitor knows it. When the world is open to the network, a phone calls this machine
 * by another name than the machine itself does, and the name in the request is the one that works.
 */
export function seenFrom({ hasAnyHost }: World, origin: string, request: Request): string {
  if (!hasAnyHost) return origin;
  const { port } = new URL(origin);
  return `http://${new URL(request.url).hostname}:${port}`;
}
