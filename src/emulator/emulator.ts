import { checkFaults, checkLatency } from './check-options.js';
import { createWorld } from './create-world.js';
import type { MechanicEvent } from './event.js';
import type { Faults } from './faults.js';
import { InFlight } from './in-flight.js';
import { delaysOf, type Latency } from './latency.js';
import { anyAddress, type Listener, listenOn, loopback } from './listen.js';
import { createMechanicFetch } from './mechanic/app.js';
import type { EmulatorOptions } from './options.js';
import { createStorefrontFetch } from './storefront/app.js';
import type { CacheStore } from './stores/cache.js';
import type { MetafieldStore } from './stores/metafields.js';
import type { StorageStore } from './stores/storage.js';

/** Where to listen. */
export interface ListenOptions {
  /** Port of Mechanic's origin; 0 for any free one. @default 0 */
  port?: number;
  /** Port of the storefront's origin; 0 for any free one. @default 0 */
  storefrontPort?: number;
  /**
   * `'0.0.0.0'` lets other devices of the network in, a phone for example. Pages then name Mechanic by the host name
   * that they were opened with.
   * @default '127.0.0.1', for this machine alone
   */
  host?: '127.0.0.1' | '0.0.0.0';
}

/** A local Mechanic, with a storefront beside it. */
export interface Emulator {
  /**
   * Answers a request to Mechanic's origin, whatever host is in its URL.
   *
   * @throws TypeError, as `fetch` does, when a fault cuts the connection.
   */
  fetch(request: Request): Promise<Response>;
  /** Answers a request to the storefront's origin, and throws as `fetch` above does. */
  storefront(request: Request): Promise<Response>;
  /**
   * Serves both origins.
   *
   * @throws Error when a port is in use, when it listens already, or after close().
   */
  listen(options?: ListenOptions): Promise<{
    /** Mechanic's origin, and its dashboard. */
    url: string;
    /** The storefront's origin. */
    storefrontUrl: string;
  }>;
  /** Resolves when every event run, task run and action run is performed, those of child events included. */
  idle(): Promise<void>;
  /** All events so far with their runs, the oldest first: copies. */
  events(): MechanicEvent[];
  /** The cache, to look at and to prepare: `get(key)`, `set(key, value, ttlSeconds?)`, `entries()`. */
  readonly cache: Pick<CacheStore, 'get' | 'set' | 'entries'>;
  /** The storage bucket, to look at and to prepare: `get(path)`, `put(path, content, contentType?)`, `entries()`. */
  readonly storage: Pick<StorageStore, 'get' | 'put' | 'entries'>;
  /**
   * The shop's metafields, to look at and to prepare: `get(ownerId, namespace, key)`,
   * `set(ownerId, namespace, key, { type, value })`, `entries(ownerId?)`. An owner without `gid://` is a customer.
   */
  readonly metafields: Pick<MetafieldStore, 'get' | 'set' | 'entries'>;
  /** Changes the delays of all that is scheduled from now on. */
  latency(latency: Latency): void;
  /** What goes wrong between pages and Mechanic. */
  readonly faults: {
    /** A copy of what goes wrong now. */
    get(): Faults;
    /**
     * Replaces all of it.
     *
     * @throws TypeError that names each faulty one, and what was received.
     */
    set(faults: Faults): void;
    /** Ends all of it. */
    clear(): void;
  };
  /** Stops listening and drops the runs that are pending. */
  close(): Promise<void>;
}

/**
 * Makes a local Mechanic.
 *
 * @throws TypeError that names each faulty option (`webhooks[0].topic`) and what was received.
 *
 * @example
 * const mechanic = createEmulator({
 *   webhooks: [{ id: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11', topic: 'user/quote/requested' }],
 *   tasks: [{ name: 'Log', subscriptions: ['user/quote/requested'], run: ({ event }) => [{ log: event.data }] }],
 * });
 * const { url } = await mechanic.listen();
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const inFlight = new InFlight();
  const closing = new AbortController();
  const world = createWorld(options, inFlight, closing.signal);
  const mechanic = createMechanicFetch(world);
  const storefront = createStorefrontFetch(world);
  const listeners: Listener[] = [];

  const stopListening = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  };

  return {
    fetch: (request) => mechanic(request, '127.0.0.1'),
    storefront,
    async listen({ port = 0, storefrontPort = 0, host = loopback } = {}) {
      if (host !== loopback && host !== anyAddress)
        throw new TypeError(
          `host must be "${loopback}" or "${anyAddress}"; received ${JSON.stringify(host)}`,
        );
      if (closing.signal.aborted) throw new Error('This local Mechanic was closed: make another.');
      if (listeners.length > 0)
        throw new Error('This local Mechanic listens already: close() it first, or make another.');
      const first = await listenOn(mechanic, port, host);
      listeners.push(first);
      const second = await listenOn(storefront, storefrontPort, host).catch(async (error: unknown) => {
        await stopListening();
        throw error;
      });
      listeners.push(second);
      world.origin = first.url;
      world.storefrontOrigin = second.url;
      world.hasAnyHost = host === anyAddress;
      return { url: first.url, storefrontUrl: second.url };
    },
    idle: () => inFlight.idle(),
    events: () => structuredClone(world.events),
    cache: world.cache,
    storage: world.storage,
    metafields: world.metafields,
    latency(latency) {
      world.delays = delaysOf(checkLatency(latency));
    },
    faults: {
      get: () => world.faults.get(),
      set: (faults) => world.faults.set(checkFaults(faults)),
      clear: () => world.faults.set({}),
    },
    async close() {
      closing.abort(new Error('The local Mechanic was closed.'));
      await stopListening();
    },
  };
}
