import type { Data, MechanicError, Run, SubmitOptions, Update } from '../index.js';

/** What can be done with a webhook's state. The functions stay the same from render to render. */
export interface WebhookActions<T> {
  /**
   * Submits, and waits for the result for as long as the component is mounted. While one is pending nothing more is
   * sent, so that a double click makes one submission: the pending run is returned. Whoever wants the newest one to
   * count calls `stop()` before.
   *
   * @returns `null` when the data cannot be carried; nothing was sent, and `error` says why
   */
  submit(data: Data, options?: SubmitOptions): Run<T> | null;
  /**
   * Ends the waiting, not the submission, and goes from `pending` to `idle`. `run` stays, and so does what the
   * `resumeKey` keeps. Does nothing while nothing is pending.
   */
  stop(): void;
  /** Ends the waiting, forgets the run, also for a later page, and goes to `idle`. */
  reset(): void;
}

/** The latest update, while `pending` and after it. */
export type LatestUpdate = {
  /** How far the run is. See `Update`. */
  readonly phase: Update['phase'] | undefined;
  /** 0 to 1, when the task says. */
  readonly progress: number | undefined;
  /** What the task is doing, in its own words; before that, an outbox's. Plain text. */
  readonly message: string | undefined;
  /** With an outbox: where the submission is kept until it has arrived. */
  readonly stored: Update['stored'];
};

/** What `useWebhook` knows. `status` tells which of `value` and `error` is there. */
export type WebhookState<T> = LatestUpdate &
  (
    | {
        readonly status: 'idle';
        readonly value: undefined;
        readonly error: undefined;
        /** The run that was stopped, if one was. */
        readonly run: Run<T> | null;
      }
    | {
        readonly status: 'pending';
        readonly value: undefined;
        readonly error: undefined;
        readonly run: Run<T>;
      }
    | {
        readonly status: 'done';
        /** `undefined` for a webhook without a place for results: its submission was accepted. */
        readonly value: T;
        readonly error: undefined;
        readonly run: Run<T>;
      }
    | {
        readonly status: 'failed';
        readonly value: undefined;
        /** Written for developers: choose a shopper's words by its `code`. What a source of your own threw is as it is. */
        readonly error: MechanicError;
        /** `null` when nothing was sent. */
        readonly run: Run<T> | null;
      }
  );
