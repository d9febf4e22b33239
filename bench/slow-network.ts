import { connect, createServer, type Socket } from 'node:net';

/**
 * Leads to a port of this machine, over a network in which each way takes half of `roundTripMs`. Browsers' own
 * throttling leaves out what it takes to connect, and with it what a preconnect saves. Here a connection itself is
 * free, but its TLS handshake takes a round trip.
 */
export async function slowNetwork(
  port: number,
  roundTripMs: number,
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((browser) => {
    const target = connect(port, '127.0.0.1');
    for (const socket of [browser, target]) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    carry(browser, target, roundTripMs / 2);
    carry(target, browser, roundTripMs / 2);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Timers of one length end in the order in which they began, so that bytes stay in order. */
function carry(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
}
