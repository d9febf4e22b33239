import { hushed } from '../abort.js';
import type { Encoded } from '../encode/encode.js';
import { MechanicError } from '../errors.js';
import type { Settings } from '../options.js';
import { type ResultOptions, Run } from '../run.js';
import type { Data, RunHandle, Tell } from '../types.js';
import type { Deliver, Runs, SubmitOptions } from '../webhook.js';
import type { Keeper } from './outbox.js';

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

/** The class of the runs whose submissions this outbox keeps. */
export const keptBy = <T>(outbox: Keeper): Runs<T> =>
  class KeptRun extends Run<T> {
    /** What a shopper is told while it waits for its connection. */
    readonly #words: () => string | undefined;

    constructor(
      settings: Settings<T>,
      handle: RunHandle,
      deliver: Deliver,
      signal: AbortSignal,
      encoded?: Encoded,
      data: Data = {},
      options?: KeptSubmitOptions,
    ) {
      let words: string | undefined;
      super(
        settings,
        handle,
        (tell) => {
          const heard: Tell = (change) => {
            if ('message' in change) words = change.message;
            tell(change);
          };
          // Repeats are the outbox's.
          const attempt = () => deliver(heard, 0);
          if (encoded)
            return outbox.send({ ...settings, ...options, ...encoded, data, signal, attempt }, heard);
          return handle.acceptedAt ? attempt() : outbox.join(handle.id, heard);
        },
        signal,
      );
      this.#words = () => words;
    }

    /** What the outbox still has did not fail for being late: its words go with the error. */
    override result(options?: ResultOptions): Promise<T> {
      const result = super.result(options).catch((error) => {
        const taskMessage = this.#words();
        if (error?.code !== 'timeout' || !taskMessage) throw error;
        throw new MechanicError('timeout', `${error.message} The outbox still has it, and goes on.`, {
          ...error,
          cause: error.cause,
          observed: { ...error.observed, taskMessage },
        });
      });
      return hushed(result);
    }
  };
