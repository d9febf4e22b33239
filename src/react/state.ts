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
  /** With an outbox, after an attempt without an answer: where the submission is kept until it has arrived. */
  readonly stored: Update['stored'];
};

/** Nothing has been submitted, or nobody waits for it any more. */
export interface IdleState<T> {
  /** Nothing is waited for. */
  readonly status: 'idle';
  /** None. */
  readonly value: undefined;
  /** None. */
  readonly error: undefined;
  /** The run that was stopped, if one was. */
  readonly run: Run<T> | null;
}

/** Something was submitted, and its result has not come yet. */
export interface PendingState<T> {
  /** Waiting. */
  readonly status: 'pending';
  /** None yet. */
  readonly value: undefined;
  /** None yet. */
  readonly error: undefined;
  /** The run that is waited for. */
  readonly run: Run<T>;
}

/** The result is there. */
export interface DoneState<T> {
  /** `value` is there. */
  readonly status: 'done';
  /** The result. `undefined` for a webhook without a place for results: its submission was accepted. */
  readonly value: T;
  /** None. */
  readonly error: undefined;
  /** The run that is over. */
  readonly run: Run<T>;
}

/** There will be no result, or none in time. */
export interface FailedState<T> {
  /** `error` is there. */
  readonly status: 'failed';
  /** None. */
  readonly value: undefined;
  /** Written for developers: choose a shopper's words by its `code`. What a source of your own threw is as it is. */
  readonly error: MechanicError;
  /** The run that failed; `null` when nothing was sent. */
  readonly run: Run<T> | null;
}

/** What `useWebhook` knows. `status` tells which of `value` and `error` is there. */
export type WebhookState<T> = LatestUpdate & (IdleState<T> | PendingState<T> | DoneState<T> | FailedState<T>);
