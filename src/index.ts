export { type ErrorCode, type ErrorDetails, MechanicError, type Observed } from './errors.js';
export type { WebhookOptions } from './options.js';
export type { Attention } from './polling/attention.js';
export type { Clock } from './polling/clock.js';
export type { History } from './polling/history.js';
export { type PollOptions, type PollProgress, poll } from './polling/poll.js';
export { usualSchedule } from './polling/schedule.js';
export type { ResultOptions, Run } from './run.js';
export { type CacheEndpointOptions, cacheEndpoint } from './sources/cache-endpoint.js';
export { type RenderedMetafieldOptions, renderedMetafield } from './sources/rendered-metafield.js';
export { type StoredFileOptions, storedFile } from './sources/stored-file.js';
export type {
  Accepted,
  Data,
  Encoding,
  Fetch,
  ReadContext,
  Reading,
  ResultSource,
  RunHandle,
  Schedule,
  StandardSchema,
  Update,
} from './types.js';
export { createWebhook, type SubmitOptions, type Webhook } from './webhook.js';
