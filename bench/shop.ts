import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import secure from 'node:https';
import { text } from 'node:stream/consumers';

/** One request that the server was sent: `POST /webhook`, `OPTIONS /webhook`, `GET /cache`. */
export type Seen = string;

/** Paths of the webhook and of its cache endpoint. */
export const WEBHOOK = '/webhook/00000000-0000-4000-8000-000000000001';
export const CACHE = '/cache/00000000-0000-4000-8000-000000000002';

const PAGE = '<!doctype html><link rel="icon" href="data:,"><script src="/sdk.js"></script>';

/** A key and its certificate, PEM. */
export interface Tls {
  key: string;
  cert: string;
}

/** What each response to another origin says; without a Max-Age, as Mechanic does it. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'POST',
};

/**
 * A shop's page with the script tag's build, and on another origin a webhook whose result is there at once. It writes
 * down all that it is asked on that other origin.
 * @param tls with it, the shop is on https
 */
export async function openShop(tls?: Tls) {
  const script = readFileSync(new URL('../dist/mechanic-storefront.min.js', import.meta.url));
  const seen: Seen[] = [];
  let record = {};
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    if (headers.host?.startsWith('shop.')) {
      response.setHeader('content-type', url === '/sdk.js' ? 'text/javascript' : 'text/html');
      return response.end(url === '/sdk.js' ? script : PAGE);
    }
    const [, kind = ''] = url.split('/');
    seen.push(`${method} /${kind}`);
    if (method === 'OPTIONS') return response.writeHead(204, CORS).end();
    if (method === 'GET') return response.writeHead(200, CORS).end(JSON.stringify(record));
    const body = decodeURIComponent(await text(request));
    const [uuid = ''] = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(body) ?? [];
    record = { uuid, status: 'done', value: true };
    return response.writeHead(204, CORS).end();
  };
  const server = tls ? secure.createServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    /** What came since this was last asked. */
    seen: () => seen.splice(0),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
