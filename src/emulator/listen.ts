import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConnectionCut } from './faults.js';

/** A server that is listening. */
export interface Listener {
  /** Its origin, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Only this machine can reach it. */
export const loopback = '127.0.0.1';

/** All addresses of this machine, so that a phone beside it can reach it. */
export const anyAddress = '0.0.0.0';

/**
 * Serves a fetch handler.
 *
 * @param port 0 for any free one.
 * @param hostname the address to listen on.
 * @throws Error when the port is in use or not to be had.
 */
export async function listenOn(
  fetch: (request: Request, clientIp: string) => Promise<Response>,
  port: number,
  hostname: string,
): Promise<Listener> {
  const server = createAdaptorServer({
    async fetch(request, { incoming: { socket } }) {
      try {
        return await fetch(request, socket.remoteAddress ?? loopback);
      } catch (error) {
        if (!(error instanceof ConnectionCut)) throw error;
        socket.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    hostname,
    // The adapter would replace the global Request and Response of the process that it is a guest in.
    overrideGlobalObjects: false,
  }) as Server;
  try {
    server.listen(port, hostname);
    await once(server, 'listening');
  } catch (cause) {
    const inUse = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const remedy = 'give another, or 0 for any free one';
    const message = inUse
      ? `Port ${port} is in use on ${hostname}: ${remedy}.`
      : `Cannot listen on port ${port} of ${hostname}: ${remedy}.`;
    throw new Error(message, { cause });
  }
  return {
    url: `http://${hostname === anyAddress ? loopback : hostname}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      // Browsers keep connections open, and close() would wait for them.
      server.closeAllConnections();
      await closed;
    },
  };
}
