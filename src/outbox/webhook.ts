import { misconfigured } from '../configuration.js';
import { settingsOf, type WebhookOptions } from '../options.js';
import { Run } from '../run.js';
import type { Data, ResultSource } from '../types.js';
import { type Webhook, webhookOf } from '../webhook.js';
import { type KeptSubmitOptions, keptBy } from './kept-run.js';
import { Keeper, type Outbox } from './outbox.js';

/** What the outbox's {@link createWebhook} takes. */
export interface KeptWebhookOptions<T = unknown> extends WebhookOptions<T> {
  /** Keeps submissions until they have arrived. @default none: as with the SDK's own `createWebhook` */
  outbox?: Outbox | undefined;
}

/** A webhook whose submissions an outbox keeps. */
export interface KeptWebhook<T = unknown> extends Webhook<T> {
  /**
   * Submits, waits and returns the value.
   * @throws {MechanicError} any code; an abort rejects with the signal's reason
   */
  run(data: Data, options?: KeptSubmitOptions): Promise<T>;
  /**
   * Keeps the submission and returns the run at once; a first request is on its way.
   * @throws {MechanicError} `encoding`, at once, when the data cannot be carried without loss; `configuration` when
   *   `expires` has passed. Nothing is kept or sent
   */
  submit(data: Data, options?: KeptSubmitOptions): Run<T>;
}

/**
 * The SDK's `createWebhook`, with one option more: the outbox that keeps what is submitted until it has arrived.
 *
 * ```ts
 * const quotes = createWebhook({ url, result, outbox: createOutbox() });
 * ```
 * @throws {MechanicError} `configuration`, at once, with the option and what it received
 */
export function createWebhook<T = unknown>(options: KeptWebhookOptions<T>): KeptWebhook<T> {
  const { outbox, ...others } = { ...options };
  if (outbox === undefined) return webhookOf(others, Run);
  if (!(outbox instanceof Keeper)) throw misconfigured('outbox', outbox, 'Give what createOutbox returns.');
  const { result } = settingsOf(others);
  const kept = webhookOf({ ...others, result: result && heardBy(outbox, result) }, keptBy(outbox));
  return { ...kept, result };
}

/** The source, with every look told to the outbox: a result with the UUID proves that the submission arrived. */
function heardBy(outbox: Keeper, source: ResultSource): ResultSource {
  const { place, patience, byId } = source;
  const heard: { [part in keyof Required<ResultSource>]: ResultSource[part] } = {
    place,
    patience,
    byId,
    baseline: source.baseline && ((look) => source.baseline?.(look) as Promise<string>),
    subscribe: source.subscribe && ((wake) => source.subscribe?.(wake) as () => void),
    async read(look) {
      const reading = await source.read(look);
      outbox.heard(look.id, reading, byId);
      return reading;
    },
  };
  return heard as ResultSource;
}
