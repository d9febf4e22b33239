import { hushed } from '../abort.js';
import { MechanicError } from '../errors.js';
import type { Settings } from '../options.js';
import { type ResultOptions, Run } from '../run.js';
import type { Accepted, RunHandle, Tell } from '../types.js';

/** A run whose submission is kept until it has arrived. */
export class KeptRun<T> extends Run<T> {
  /** What a shopper is told while it waits for its connection. */
  readonly #words: () => string | undefined;

  /** @param deliver keeps it, and tells what becomes of it before it has arrived */
  constructor(
    settings: Settings<T>,
    handle: RunHandle,
    deliver: (tell: Tell) => Promise<Accepted>,
    stopped: AbortSignal,
  ) {
    // A variable, as the first words may come while the run is being made, and has no fields yet.
    let words: string | undefined;
    super(
      settings,
      handle,
      (tell) =>
        deliver((change) => {
          if ('message' in change) words = change.message;
          tell(change);
        }),
      stopped,
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
}
