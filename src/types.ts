/** How data travels. See the README's table for what each keeps and costs. */
export type Encoding = 'json' | 'form' | 'multipart' | 'text';

/** What can be submitted. A plain object, a form (with its files), form data, query parameters, or text. */
export type Data = Readonly<Record<string, unknown>> | FormData | HTMLFormElement | URLSearchParams | string;

/** What carries requests: the global `fetch`, or a stand-in with its shape. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** What one look at the place of the result found. */
export type Reading<T = unknown> =
  | {
      /** Not yet. */
      state: 'pending';
      /** How far the task is, 0 to 1. */
      progress?: number;
      /** What the task is doing, in its own words. */
      message?: string;
      /** The earliest sensible next look, milliseconds from now. */
      retryAfterMs?: number;
    }
  | {
      /** The task has published its value. */
      state: 'done';
      /** The value, still unchecked by any schema. */
      value: T;
    }
  | {
      /** The task says that it failed. */
      state: 'failed';
      /** The task's own word for what went wrong. */
      code?: string;
      /** What the task said. */
      message: string;
    };

/** What a {@link ResultSource} is given for one look. */
export interface ReadContext {
  /** The run's correlation UUID. */
  id: string;
  /** Mechanic's `x-request-id`, when the browser let the page see it. Never depend on it. */
  requestId: string | null;
  /** What {@link ResultSource.baseline} returned before the submission. */
  baseline: string | undefined;
  /** Aborted when the look takes too long, the caller gave up or the run has settled. */
  signal: AbortSignal;
  /**
   * The webhook's transport. Without `init.signal` the look's own signal is used.
   * No response rejects with a transient `network` error, so that a blip does not end the wait.
   */
  fetch: Fetch;
}

/**
 * A place where a task's result comes back. Write your own by implementing `read`.
 * Throw a `MechanicError` with `transient: true` for trouble that should be waited out; anything else
 * that `read` throws (but for the `TypeError` that `fetch` throws) ends the wait with that error.
 */
export interface ResultSource<T = unknown> {
  /** One look. */
  read(context: ReadContext): Promise<Reading<T>>;
  /** Called once before the submission; the string comes back in every look and in the run's handle. */
  baseline?(context: Omit<ReadContext, 'baseline'>): Promise<string>;
  /**
   * Where the results come back, the same for every run. How long earlier runs took is remembered for each webhook and
   * place. @default none: all sources without one count as the same place
   */
  readonly place?: string;
  /**
   * For a place that bears fewer looks: the share of the time waited so far that the usual schedule waits for the next
   * one, where that is more than its usual pace, and 4 s at most. With 1 / 20, looks grow apart from 20 s on.
   * @default 0
   */
  readonly patience?: number;
  /** Whether the result is found by the UUID, so that a submission that cannot carry it is refused. @default false */
  readonly byId?: boolean;
  /** Calls `wake` when a look by any run found news, so that other runs look at once. Returns the unsubscriber. */
  subscribe?(wake: () => void): () => void;
}

/** What is known once Mechanic has taken a submission. */
export interface Accepted {
  /** The run's correlation UUID. */
  id: string;
  /** Mechanic's `x-request-id`, for support; `null` when the browser did not let the page see it. */
  requestId: string | null;
  /** When the answer came, epoch milliseconds. */
  acceptedAt: number;
}

/** One step in the life of a run. `sending → accepted → waiting → done | failed`. */
export interface Update {
  /** `waiting` means that at least one look found no result yet, or that it is unknown whether the submission arrived. */
  phase: 'sending' | 'accepted' | 'waiting' | 'done' | 'failed';
  /** Looks taken so far. */
  attempts: number;
  /** Milliseconds since the submission. */
  elapsedMs: number;
  /** 0 to 1, when the task says. */
  progress?: number;
  /** What the task is doing, in its own words; before that, an outbox's. Plain text: never render it as HTML. */
  message?: string | undefined;
  /**
   * With an outbox, after an attempt without an answer: where the submission is kept until it has arrived. `disk`
   * outlives the page, `memory` needs it to stay. `message` says it to a shopper.
   */
  stored?: 'disk' | 'memory' | undefined;
}

/** A run as JSON: enough to wait on for it on another page, and nothing of what was submitted. */
export interface RunHandle {
  /** The run's correlation UUID. */
  id: string;
  /** Epoch milliseconds. The deadline is counted from here, also after a resume. */
  submittedAt: number;
  /** The deadline, milliseconds from `submittedAt`. */
  timeoutMs: number;
  /** When Mechanic took it, epoch milliseconds; absent when that is not known. */
  acceptedAt?: number;
  /** Mechanic's `x-request-id`, if the page could see it. */
  requestId?: string | null;
  /** A fingerprint of what was published before the submission, for sources that compare. */
  baseline?: string;
}

/**
 * When to look next: milliseconds from now.
 * @param elapsedMs milliseconds since the submission
 * @param attempt looks taken so far; 0 asks for the delay before the first
 * @param historyMs how long up to 20 earlier runs of this webhook and place took, milliseconds, oldest first
 * @param progress how far the task is, 0 to 1, if the last look told
 */
export type Schedule = (
  elapsedMs: number,
  attempt: number,
  historyMs: readonly number[],
  progress?: number,
) => number;

/** The part of Standard Schema 1 (zod, valibot, arktype, …) that is used here. Source: standardschema.dev. */
export interface StandardSchema<T> {
  /** Where the standard puts what is used here. */
  readonly '~standard': {
    /** The version of the standard. */
    readonly version: 1;
    /** The name of the schema library. */
    readonly vendor: string;
    /** Answers with the value, typed, or with what is wrong with it. */
    readonly validate: (value: unknown) => StandardSchemaResult<T> | Promise<StandardSchemaResult<T>>;
    /** For the compiler alone. */
    readonly types?:
      | {
          /** What the schema takes. */
          readonly input: unknown;
          /** What it gives. */
          readonly output: T;
        }
      | undefined;
  };
}

type StandardSchemaResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** How a run is told of a change. */
export type Tell = (change: Partial<Update>) => void;
