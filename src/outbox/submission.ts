import type { Accepted, Data, ResultSource } from '../types.js';

/** A submission, as an outbox needs it. */
export interface Submission {
  /** The run's correlation UUID. */
  readonly id: string;
  /** The webhook's URL. */
  readonly url: string;
  /** The body's `content-type`, with the boundary of a multipart body. */
  readonly contentType: string;
  /** The data, encoded: every attempt sends these bytes. */
  readonly body: string | Blob;
  /** Whether the UUID is in the body. */
  readonly carriesId: boolean;
  /** What was submitted, before it was encoded. */
  readonly data: Data;
  /** Not to be sent any more after this, epoch milliseconds. @default as long as the outbox keeps it */
  readonly expires?: number | undefined;
  /** `false`: only in memory. @default true */
  readonly persist?: boolean | undefined;
  /** Aborted, nobody wants it sent any more. */
  readonly signal: AbortSignal;
  /** Where its result comes back. */
  readonly result?: ResultSource | undefined;
  /** The limit of one request, milliseconds. */
  readonly requestTimeoutMs: number;
  /** One POST. */
  readonly attempt: () => Promise<Accepted>;
}
