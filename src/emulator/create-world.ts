import { checkOptions } from './check-options.js';
import type { MechanicEvent } from './event.js';
import { FaultInjector } from './faults.js';
import type { InFlight } from './in-flight.js';
import { delaysOf } from './latency.js';
import type { EmulatorOptions } from './options.js';
import { createRandom, randomUuid } from './random.js';
import { performEventRun } from './runs/event-run.js';
import { CacheStore } from './stores/cache.js';
import { MetafieldStore } from './stores/metafields.js';
import { StorageStore } from './stores/storage.js';
import { createTaskSet } from './tasks/task-set.js';
import type { EventDraft, World } from './world.js';

/** Mechanic's origin until it listens. */
const placeholderOrigin = 'https://mechanic.test';

/** A fresh world, in which nothing has happened. */
export function createWorld(options: EmulatorOptions, inFlight: InFlight, closed: AbortSignal): World {
  const settings = checkOptions(options);
  const random = createRandom(settings.seed);
  const world: World = {
    settings,
    tasks: createTaskSet(options.tasks),
    cache: new CacheStore(),
    storage: new StorageStore(),
    metafields: new MetafieldStore(),
    events: [],
    delays: delaysOf(settings.latency),
    faults: new FaultInjector(settings.seed, settings.faults),
    origin: placeholderOrigin,
    storefrontOrigin: null,
    hasAnyHost: false,
    closed,
    uuid: () => randomUuid(random),
    emit(draft) {
      const event = toEvent(draft, world.uuid());
      world.events.push(event);
      inFlight.track(performEventRun(world, event, draft).catch(unlessClosed));
    },
  };
  const unlessClosed = (error: unknown) => {
    if (!closed.aborted) throw error;
  };
  return world;
}

function toEvent({ parent, topic, data, requestId, webhookId }: EventDraft, id: string): MechanicEvent {
  const createdAt = new Date().toISOString();
  const lineage = parent === null ? {} : { parentId: parent.id };
  return { id, topic, data, requestId, createdAt, webhookId, ...lineage, status: 'pending', taskRuns: [] };
}
