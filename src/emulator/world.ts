import type { Settings } from './check-options.js';
import type { EventData, MechanicEvent } from './event.js';
import type { FaultInjector } from './faults.js';
import type { Delays } from './latency.js';
import type { CacheStore } from './stores/cache.js';
import type { MetafieldStore } from './stores/metafields.js';
import type { StorageStore } from './stores/storage.js';
import type { RunnableTask } from './tasks/runnable-task.js';

/** An event that is about to be. */
export interface EventDraft {
  topic: string;
  data: EventData;
  webhookId: string | null;
  requestId: string | null;
  parent: MechanicEvent | null;
  /** The ids of the only tasks that may respond; all may, when they are not given. */
  taskIds?: readonly string[];
  /** Of an event that follows an action run: the results of the task run that asked for the action. */
  predecessor?: string;
}

/** All that the parts of one local Mechanic share. */
export interface World {
  readonly settings: Settings;
  /** The tasks as they are now: task files can change. */
  tasks(): RunnableTask[];
  readonly cache: CacheStore;
  readonly storage: StorageStore;
  readonly metafields: MetafieldStore;
  /** The oldest first. */
  readonly events: MechanicEvent[];
  /** The delays of what is scheduled from now on. */
  delays: Delays;
  /** What goes wrong between pages and Mechanic. */
  readonly faults: FaultInjector;
  /** Mechanic's origin: the real one while it listens. */
  origin: string;
  /** The storefront's origin, while it listens. */
  storefrontOrigin: string | null;
  /** Whether it is reached by more names than that of `origin`. */
  hasAnyHost: boolean;
  /** Aborted by close(). */
  readonly closed: AbortSignal;
  /** A new UUID, from the seed. */
  uuid(): string;
  /** Makes an event and sets its runs going. */
  emit(draft: EventDraft): void;
}
