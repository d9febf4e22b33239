import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { reasonOf } from './network-error.js';
import type { Part, Steps } from './step.js';

/**
 * Connects once to a host, for the sake of it: name, connection and TLS one by one, since `fetch` tells neither the
 * time nor the failure of each. `false` when no request can be made.
 *
 * @param timeoutMs the limit of all three together
 */
export async function checkConnection(
  part: Part,
  url: URL,
  steps: Steps,
  timeoutMs: number,
): Promise<boolean> {
  // An IPv6 address has brackets in a URL, and none elsewhere.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const signal = AbortSignal.timeout(timeoutMs);

  /** Takes a step, and tells how it went. */
  async function take<T>(
    name: 'dns' | 'connect' | 'tls',
    action: () => Promise<T>,
    says: (found: T) => string,
  ) {
    const began = performance.now();
    try {
      const found = await action();
      steps.add(`${part}.${name}`, 'ok', says(found), { ms: performance.now() - began });
      return found;
    } catch (error) {
      const lookAt = `The address of the ${part}, ${url.origin}: ${reasonOf(error)}.`;
      const where = name === 'dns' ? host : `${host}:${port}`;
      steps.add(`${part}.${name}`, 'fail', `${where}: ${reasonOf(error)}`, {
        ms: performance.now() - began,
        lookAt,
      });
      return undefined;
    }
  }

  let socket: Socket | undefined;
  try {
    if (isIP(host)) steps.add(`${part}.dns`, 'skip', `${host} is an address already`);
    else {
      const found = await take(
        'dns',
        () => lookup(host),
        ({ address }) => `${host} is ${address}`,
      );
      if (found === undefined) return false;
    }
    socket = await take(
      'connect',
      () => connected(tcpConnect({ host, port }), 'connect', signal),
      () => `${host}:${port} takes connections`,
    );
    if (socket === undefined) return false;
    if (url.protocol === 'http:') {
      steps.add(`${part}.tls`, 'skip', 'http has none');
      return true;
    }
    const options = { socket, ...(isIP(host) ? {} : { servername: host }) };
    const secure = await take(
      'tls',
      () => connected(tlsConnect(options), 'secureConnect', signal),
      (tls) => `${tls.getProtocol()}, and a certificate until ${dayOf(tls.getPeerCertificate().valid_to)}`,
    );
    return secure !== undefined;
  } finally {
    socket?.destroy();
  }
}

async function connected<S extends Socket>(socket: S, event: string, signal: AbortSignal): Promise<S> {
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw signal.aborted ? signal.reason : error;
  }
}

function dayOf(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
