import { never } from '../abort.js';
import { misconfigured } from '../configuration.js';
import { encode } from '../encode/encode.js';
import { handleOf } from '../handles.js';
import { type Settings, settingsOf, type WebhookOptions } from '../options.js';
import { nowhere, type Run } from '../run.js';
import { acceptedBefore, post } from '../submission.js';
import type { Data, ResultSource, RunHandle, Tell } from '../types.js';
import { createWebhook as createUsualWebhook, type SubmitOptions, type Webhook } from '../webhook.js';
import { KeptRun } from './kept-run.js';
import { Keeper, type Outbox } from './outbox.js';

/** What the outbox's {@link createWebhook} takes. */
export interface KeptWebhookOptions<T = unknown> extends WebhookOptions<T> {
  /** Keeps submissions until they have arrived. @default none: as with the SDK's own `createWebhook` */
  outbox?: Outbox | undefined;
}

/** What {@link KeptWebhook.submit} and {@link KeptWebhook.run} take beside the data. */
export interface KeptSubmitOptions extends SubmitOptions {
  /**
   * Not to be sent any more after this, epoch milliseconds. For data that are signed for a time.
   * @default as long as the outbox keeps it
   */
  expires?: number | undefined;
  /** Whether this submission may be kept on the device. @default true */
  persist?: boolean | undefined;
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
  if (outbox === undefined) return createUsualWebhook(others);
  const settings = settingsOf(others);
  if (!(outbox instanceof Keeper)) throw misconfigured('outbox', outbox, 'Give what createOutbox returns.');
  return keptBy(outbox, settings);
}

/** The webhook, with another way to Mechanic. */
function keptBy<T>(outbox: Keeper, usual: Settings<T>): KeptWebhook<T> {
  const { result } = usual;
  const settings = { ...usual, result: result && heardBy(outbox, result) };

  function submit(data: Data, options: KeptSubmitOptions = {}): Run<T> {
    const { signal = never(), id, submitter, expires, persist, resumeKey = usual.resumeKey } = options;
    const encoded = encode(data, { ...settings, id, submitter });
    const handle = { id: encoded.id, submittedAt: Date.now(), timeoutMs: settings.timeoutMs };
    const keep = (tell: Tell) => {
      // Repeats are the outbox's.
      const attempt = () => post(encoded, settings, signal, handle, tell, 0);
      return outbox.send({ ...settings, ...encoded, data, expires, persist, signal, attempt }, tell);
    };
    return new KeptRun({ ...settings, resumeKey }, handle, keep, signal);
  }

  function resume(handle: RunHandle, options?: SubmitOptions): Run<T>;
  function resume(handle?: undefined, options?: SubmitOptions): Run<T> | null;
  function resume(
    handle?: RunHandle,
    { signal = never(), resumeKey = usual.resumeKey }: SubmitOptions = {},
  ): Run<T> | null {
    const own = handleOf(handle, resumeKey);
    if (!own) return null;
    const join = (tell: Tell) => (own.acceptedAt ? acceptedBefore(own) : outbox.join(own.id, tell));
    return new KeptRun({ ...settings, resumeKey }, own, join, signal);
  }

  return {
    result,
    resumeKey: usual.resumeKey,
    submit,
    async run(data, options) {
      if (!result) throw nowhere();
      return submit(data, options).result();
    },
    resume,
  };
}

/**
 * The source, with every look told to the outbox: a result with the UUID proves that the submission arrived. Its methods
 * are called on itself, as it may be of a class, and each of its members is named, so that a new one is not forgotten.
 */
function heardBy(outbox: Keeper, source: ResultSource): ResultSource {
  const { place, patience, byId, baseline, subscribe } = source;
  const heard: { [part in keyof Required<ResultSource>]: ResultSource[part] | undefined } = {
    place,
    patience,
    byId,
    baseline: baseline && ((look) => baseline.call(source, look)),
    subscribe: subscribe && ((wake) => subscribe.call(source, wake)),
    async read(look) {
      const reading = await source.read(look);
      outbox.heard(look.id, reading, byId);
      return reading;
    },
  };
  // A member that is `undefined` counts as one that is missing, wherever a source is read.
  return heard as ResultSource;
}
