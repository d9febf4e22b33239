import { misconfigured } from './configuration.js';
import { type Encoded, encode } from './encode/encode.js';
import { refuse } from './encode/refuse.js';
import { concerning } from './errors.js';
import { keptHandle } from './handles.js';
import { type Settings, settingsOf, type WebhookOptions } from './options.js';
import { poll } from './polling/poll.js';
import { usualSchedule } from './polling/schedule.js';
import { contextOf } from './read-context.js';
import { nowhere, Run } from './run.js';
import { acceptedBefore, post } from './submission.js';
import type { Accepted, Data, ResultSource, RunHandle, Tell } from './types.js';
import { isUuid } from './uuid.js';

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

/** A signal of the run's own: one for all would gather listeners for as long as the page lives. */
const never = () => new AbortController().signal;

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
  return webhookOf(options, Run);
}

/** Sends a submission. Of an earlier page's there is nothing to send: it says what that page knew. */
export type Deliver = (tell: Tell, repeats?: number) => Promise<Accepted>;

/** The class of a webhook's runs. What was submitted is for one that keeps it. */
export type Runs<T> = new (
  settings: Settings<T>,
  handle: RunHandle,
  deliver: Deliver,
  stopped: AbortSignal,
  encoded?: Encoded,
  data?: Data,
  options?: SubmitOptions,
) => Run<T>;

/** A webhook whose runs are of this class. */
export function webhookOf<T>(options: WebhookOptions<T>, Run: Runs<T>): Webhook<T> {
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
    const deliver: Deliver = async (tell, repeats) => {
      if (source?.baseline) handle.baseline ??= await baselineOf(settings, handle, signal);
      return post(encoded, settings, signal, handle, tell, repeats);
    };
    return new Run({ ...settings, resumeKey }, handle, deliver, signal, encoded, data, options);
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
    const isOurs = handle === undefined && resumeKey;
    const own = isOurs ? keptHandle(resumeKey) : handle;
    if (isHandle(own)) {
      return new Run({ ...settings, resumeKey }, { ...own }, () => acceptedBefore(own), signal);
    }
    if (isOurs) return null;
    throw misconfigured('resume', handle, 'Give what JSON.parse makes of JSON.stringify(run).');
  }
}

/** What the place of the result held before the submission. Without knowing it, nothing is sent. */
function baselineOf<T>(settings: Settings<T>, handle: RunHandle, signal: AbortSignal): Promise<string> {
  const { result: source, requestTimeoutMs } = settings;
  const later = usualSchedule();
  return poll(
    async ({ signal }) => {
      const value = await source?.baseline?.(contextOf(settings, handle, signal));
      return { state: 'done', value: value ?? '' };
    },
    {
      signal,
      timeoutMs: requestTimeoutMs,
      requestTimeoutMs,
      schedule: (elapsedMs, attempt, historyMs) => (attempt ? later(elapsedMs, attempt, historyMs) : 0),
    },
  ).catch((error) => {
    const preface = 'Nothing was sent, as what was there before cannot be read. ';
    throw concerning(error, signal, { id: handle.id, delivered: 'no' }, preface);
  });
}

function isHandle(handle: RunHandle | undefined): handle is RunHandle {
  const { id, submittedAt, timeoutMs } = handle ?? {};
  return isUuid(id) && Number.isFinite(submittedAt) && Number.isFinite(timeoutMs);
}
