/**
 * What went wrong, as a stable word to branch on. Class names and message texts may change; codes do not.
 *
 * | code | meaning |
 * |---|---|
 * | `configuration` | an option or URL is wrong. What can be known before anything is sent is told then |
 * | `encoding` | the data cannot be carried without loss; nothing was sent |
 * | `network` | no response: offline, DNS, CORS or blocked. A page cannot tell which, nor whether it arrived |
 * | `rejected` | the server answered with a status that is not 2xx |
 * | `rate_limited` | the submission was still refused with 429 or 430 after its repeats |
 * | `timeout` | the deadline passed without a result |
 * | `task_failed` | the task published a record with status `failed` |
 * | `bad_result` | the result cannot be parsed, or the schema refused it |
 * | `not_signed_in` | the section rendered for a visitor who is not signed in |
 * | `unavailable` | the place of the result cannot be read: a password page, a login, a missing section, a server in trouble |
 */
export type ErrorCode =
  | 'configuration'
  | 'encoding'
  | 'network'
  | 'rejected'
  | 'rate_limited'
  | 'timeout'
  | 'task_failed'
  | 'bad_result'
  | 'not_signed_in'
  | 'unavailable';

/** The evidence behind an error. Which fields are there depends on the code. */
export interface Observed {
  /** The URL that was asked. */
  url?: string;
  /** The HTTP status that was answered. */
  status?: number;
  /** Where in the data or the options: `items[1].tags`. */
  path?: string;
  /** `timeout`: how many looks were taken. */
  attempts?: number;
  /** `timeout`: the statuses seen that were not a plain "not yet", each once. */
  statuses?: readonly number[];
  /** `timeout`: how long was waited, milliseconds since the submission. */
  elapsedMs?: number;
  /** `task_failed`: the task's own `error.code`, if it gave one. */
  taskCode?: string;
  /**
   * `task_failed`: what the task said, in its own words; `timeout`: the words of an outbox that still has the submission.
   * Plain text: never render it as HTML.
   */
  taskMessage?: string;
  /** `bad_result`: the schema's issues. */
  issues?: readonly unknown[];
  /** How long the server asked us to wait, milliseconds, already clamped. */
  retryAfterMs?: number | undefined;
}

/** The parts of a {@link MechanicError} beside its code and message. */
export interface ErrorDetails {
  /** The run's correlation UUID. */
  id?: string | undefined;
  /** The evidence. @default {} */
  observed?: Observed;
  /** The error behind this one. */
  cause?: unknown;
  /** Asking again may help. @default false */
  transient?: boolean;
  /** Whether a submission reached Mechanic, as far as a page can know. */
  delivered?: 'no' | 'unknown' | undefined;
}

/**
 * The one error this SDK raises of its own; an abort is not one, it rejects with `signal.reason`.
 * The message says what failed, where and why, and ends with the remedy. It is written for developers:
 * choose a shopper's words by {@link MechanicError.code}.
 */
export class MechanicError extends Error {
  /** Always `'MechanicError'`, also in minified builds. */
  override readonly name = 'MechanicError';
  /** The run's correlation UUID, when a run was involved. */
  declare readonly id: string | undefined;
  /** The evidence: which fields are there depends on {@link MechanicError.code}. */
  declare readonly observed: Observed;
  /** `true` when the same question may be answered later: the poller waits such an error out. */
  declare readonly transient: boolean;
  /**
   * On errors of a submission: `no`, it never left the page, or was refused with a status that says that it made no
   * event; `unknown`, it may have arrived, which is always so with `network`. `undefined` where no submission was made,
   * or it was accepted.
   */
  declare readonly delivered: 'no' | 'unknown' | undefined;

  /**
   * For a source of your own: what is thrown with `transient: true` is waited out.
   * @param message for developers; end it with the remedy
   */
  constructor(
    /** What went wrong, as a word to branch on. */
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details);
    this.id = details.id;
    this.observed = details.observed ?? {};
    this.transient = details.transient ?? false;
    this.delivered = details.delivered;
  }
}

/**
 * An error as it concerns one run: the error of one look may be told to many runs, so it is copied, never changed.
 * What has a run already stays as it is, and so does the reason of an abort.
 */
export function concerning(
  error: unknown,
  { aborted }: AbortSignal,
  details: ErrorDetails,
  preface = '',
): unknown {
  return error instanceof MechanicError && !error.id && !aborted
    ? new MechanicError(error.code, preface + error.message, { ...error, cause: error.cause, ...details })
    : error;
}

/** A value as an error message quotes it: short, and never a whole payload. */
export function quote(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value.slice(0, 80))
    : Object(value) === value
      ? kindOf(value)
      : String(value);
}

/** What a value is, also when it comes from another frame: `Object`, `FormData`, `File`, … */
export const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
