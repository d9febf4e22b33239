export type { OutboxOptions } from './options.js';
export { createOutbox, type Outbox, type OutboxEntry } from './outbox.js';
export type { OutboxRecord, OutboxState } from './record.js';
export type { Change, RecordStore } from './store.js';
export {
  createWebhook,
  type KeptSubmitOptions,
  type KeptWebhook,
  type KeptWebhookOptions,
} from './webhook.js';
