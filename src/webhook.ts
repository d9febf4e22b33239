import { never } from './abort.js';
import { encode } from './encode/encode.js';
import { refuse } from './encode/refuse.js';
import { handleOf } from './handles.js';
import { settingsOf, type WebhookOptions } from './options.js';
import { nowhere, Run } from './run.js';
import { acceptedBefore, post } from './submission.js';
import type { Data, ResultSource, RunHandle, Tell } from './types.js';

/** What {@link Webhook.submit} and {@link Webhook.run} take beside the data. */
export interface SubmitOptions {
  /** Aborts the submission and every wait for its result, with `signal.reason`. @default none */
  signal?: AbortSignal | undefined;
  /** The correlation UUID, if you have one already. @default a new one (v4) */
  id?: string | undefined;
  /** The button that submitted the form: its name and value are part of the data. @default none */
  submitter?: HTMLElement | null | undefined;
  /** Keeps this run under a key of its own. @default the webhook's `resumeKey` */
  resumeKey?: string | undefined;
}

/** One Mechanic webhook and the place where its results come back. */
export interface Webhook<T = unknown> {
  /** Where its results come back. `undefined`: nowhere, and `accepted` is all that can be awaited. */
  readonly result: ResultSource | undefined;
  /** The key under which its latest run is kept, if it has one. */
  readonly resumeKey: string | undefined;
  /**
   * Submits, waits and returns the value.
   * @throws {MechanicError} any code; an abort rejects with the signal's reason
   */
  run(data: Data, options?: SubmitOptions): Promise<T>;
  /**
   * Submits and returns the run at once; the request is on its way.
   * @throws {MechanicError} `encoding`, at once, when the data cannot be carried without loss; nothing is sent
   */
  submit(data: Data, options?: SubmitOptions): Run<T>;
  /**
   * Takes up the wait of an earlier page. The original deadline stands.
   * @param handle what `JSON.parse` makes of a run's JSON
   * @throws {MechanicError} `configuration`, at once, when it is no handle
   */
  resume(handle: RunHandle, options?: Pick<SubmitOptions, 'signal'>): Run<T>;
  /** Takes up the run that was kept under the `resumeKey`, if there is one that can be read; else `null`. */
  resume(handle?: undefined, options?: Pick<SubmitOptions, 'signal' | 'resumeKey'>): Run<T> | null;
}

/**
 * Describes a webhook, once; runs are made from it.
 *
 * ```ts
 * const quotes = createWebhook<Quote>({
 *   url: 'https://webhooks.mechanic.dev/<uuid>',
 *   result: cacheEndpoint('https://usemechanic.com/cache/<uuid>'),
 * });
 * const quote = await quotes.run({ cart });
 * ```
 * @throws {MechanicError} `configuration`, at once, with the option and what it received
 */
export function createWebhook<T = unknown>(options: WebhookOptions<T>): Webhook<T> {
  const settings = settingsOf(options);

  function submit(data: Data, options: SubmitOptions = {}): Run<T> {
    const { signal = never(), id, submitter, resumeKey = settings.resumeKey } = options;
    const { encoding, idField, result: source, timeoutMs } = settings;
    const encoded = encode(data, { encoding, idField, id, submitter });
    if (source?.byId && !encoded.carriesId) {
      refuse(
        '',
        'the result is found by the UUID, and this text is without',
        'Write the id into it, or submit an object.',
      );
    }
    const handle: RunHandle = { id: encoded.id, submittedAt: Date.now(), timeoutMs };
    const send = (tell: Tell) => post(encoded, settings, signal, handle, tell);
    return new Run({ ...settings, resumeKey }, handle, send, signal);
  }

  return {
    result: settings.result,
    resumeKey: settings.resumeKey,
    submit,
    async run(data, options) {
      // Asked before anything is sent.
      if (!settings.result) throw nowhere();
      return submit(data, options).result();
    },
    resume,
  };

  function resume(handle: RunHandle, options?: Pick<SubmitOptions, 'signal'>): Run<T>;
  function resume(handle?: undefined, options?: Pick<SubmitOptions, 'signal' | 'resumeKey'>): Run<T> | null;
  function resume(
    handle?: RunHandle,
    { signal = never(), resumeKey = settings.resumeKey }: Pick<SubmitOptions, 'signal' | 'resumeKey'> = {},
  ): Run<T> | null {
    const own = handleOf(handle, resumeKey);
    return own && new Run({ ...settings, resumeKey }, own, () => acceptedBefore(own), signal);
  }
}
