import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request on its way from a page to Mechanic, in the hands of what goes wrong. */
export interface Exchange {
  readonly path: string;
  /** Lets Mechanic have it; resolves with its answer, which the page does not see yet. */
  take(): Promise<Response>;
  /** Answers the page. @param isReadable whether other origins may read it */
  answer(response: Response, isReadable?: boolean): Promise<void>;
  /** Cuts the connection. */
  cut(): void;
}

/** What becomes of a request. One that is neither answered nor cut hangs. */
export type Fault = (exchange: Exchange) => unknown;

/** What pages ask Mechanic for: `POST` a submission, `GET` the result. */
export type Method = 'POST' | 'GET';

interface Trouble {
  fault: Fault;
  times: number;
}

export interface Network {
  /** Mechanic's origin, for pages. */
  readonly origin: string;
  /** The bytes of each submission that was read, in order, whether Mechanic got it or not. */
  readonly bodies: readonly string[];
  /** How many requests have come, over connections of any age. */
  readonly asked: { readonly [method in Method]: number };
  /** On which request of its connection each submission came, from 1. */
  readonly ordinals: readonly number[];
  /** From now on requests meet a fault. @param times how many of them; all, if not given */
  meet(method: Method, fault: Fault, times?: number): void;
  /** Ends the faults, also a refusal of connections. Requests that hang go on hanging. */
  heal(): Promise<void>;
  /** Refuses connections, and ends those that are open. */
  refuse(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A port between pages and Mechanic, at which a test decides what goes wrong. Its sockets are real.
 * @param mechanic answers what gets through; looked up at each request
 */
export async function openNetwork(mechanic: (request: Request) => Promise<Response>): Promise<Network> {
  const troubles = new Map<Method, Trouble>();
  const bodies: string[] = [];
  const ordinals: number[] = [];
  const asked = { POST: 0, GET: 0 };
  const requestsOf = new WeakMap<Socket, number>();
  const server = createServer(async (incoming, outgoing) => {
    const method = incoming.method as Method;
    const ordinal = (requestsOf.get(incoming.socket) ?? 0) + 1;
    requestsOf.set(incoming.socket, ordinal);
    asked[method]++;
    const trouble = troubles.get(method);
    const isHit = trouble && trouble.times-- > 0;
    // A page that is gone has no use for an answer.
    const request = await requestOf(incoming).catch(() => undefined);
    if (!request) return;
    if (method === 'POST') {
      bodies.push(await request.clone().text());
      ordinals.push(ordinal);
    }
    const take = () => mechanic(request);
    const answer = (response: Response, isReadable = true) => send(outgoing, response, isReadable);
    const cut = () => incoming.socket.resetAndDestroy();
    await (isHit ? trouble.fault({ path: incoming.url ?? '/', take, answer, cut }) : answer(await take()));
  });
  // A connection that the server ends just as it is used would be a fault of its own.
  server.keepAliveTimeout = 0;
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const refuse = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(0);

  return {
    origin: `http://127.0.0.1:${port}`,
    bodies,
    asked,
    ordinals,
    meet(method, fault, times = Number.POSITIVE_INFINITY) {
      troubles.set(method, { fault, times });
    },
    async heal() {
      troubles.clear();
      if (!server.listening) await listen(port);
    },
    refuse,
    close: refuse,
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = await text(incoming);
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: headers as { [name: string]: string },
    ...(body && { body }),
  });
}

async function send(outgoing: ServerResponse, response: Response, isReadable: boolean): Promise<void> {
  const headers = new Headers(response.headers);
  if (isReadable) headers.set('access-control-allow-origin', '*');
  else headers.delete('access-control-allow-origin');
  outgoing.writeHead(response.status, Object.fromEntries(headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
