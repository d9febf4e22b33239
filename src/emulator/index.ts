// Every name that a user may import, listed by hand. The stores, the ingress and the Liquid engine are
// withheld: they are reached through an Emulator.
export { createEmulator, type Emulator, type ListenOptions } from './emulator.js';
export type { ActionRun, EventData, MechanicEvent, TaskRun } from './event.js';
export type { FaultPlace, Faults } from './faults.js';
export type { Json, JsonObject } from './json.js';
export type { Delays, Latency } from './latency.js';
export type { CacheEndpointOptions, CustomerOptions, EmulatorOptions, WebhookOptions } from './options.js';
export type { CacheEntry } from './stores/cache.js';
export type { Metafield, OwnedMetafield } from './stores/metafields.js';
export type { StoredFile } from './stores/storage.js';
export type { StreamObject, Task, TaskContext, TaskEvent, TaskOutput } from './task.js';
export type { TaskFile } from './tasks/task-file.js';
