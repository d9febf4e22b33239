import type { Data, MechanicError, Run, SubmitOptions, Webhook } from '../index.js';
import type { WebhookActions, WebhookState } from './state.js';

type Snapshot<T> = WebhookState<T> & WebhookActions<T>;

const IDLE = {
  status: 'idle',
  value: undefined,
  error: undefined,
  run: null,
  phase: undefined,
  progress: undefined,
  message: undefined,
  stored: undefined,
} as const;

/** The latest run of one component, from the submission to its end: the store behind the hook. One at a time. */
export class LatestRun<T> {
  /** For the next submission; a run that is under way keeps its own. */
  webhook: Webhook<T>;
  readonly resumeKey: string | undefined;
  /** What a server renders, and the page that takes over from it. */
  readonly initial: Snapshot<T>;

  #snapshot: Snapshot<T>;
  /** Whether the pending run ends in a result, or in being accepted. */
  #hasResult = true;
  /** The caller's own, that aborts the submission. */
  #abort: AbortSignal | undefined;
  /** Ends the waiting, not the run. */
  #left = new AbortController();
  /** Renders anew; `undefined` while the component is not mounted. */
  #changed: (() => void) | undefined;

  constructor(webhook: Webhook<T>, resumeKey: string | undefined) {
    this.webhook = webhook;
    this.resumeKey = resumeKey;
    const actions: WebhookActions<T> = {
      submit: (data, options) => this.#submit(data, options),
      stop: () => this.#stop(),
      reset: () => this.#reset(),
    };
    this.initial = { ...IDLE, ...actions };
    this.#snapshot = this.initial;
  }

  readonly snapshot = () => this.#snapshot;

  /**
   * Goes on waiting, since what is unmounted may be mounted again: at once, in strict mode, or when it is shown again.
   * Nothing is ever submitted here.
   */
  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed = changed;
    const { status, run } = this.#snapshot;
    if (status === 'pending') void this.#follow(run);
    else if (status === 'idle' && !run) this.#resume();
    return () => {
      this.#changed = undefined;
      this.#left.abort();
    };
  };

  #resume(): void {
    const { webhook, resumeKey } = this;
    const run = resumeKey && webhook.result ? webhook.resume(undefined, { resumeKey }) : null;
    if (run) this.#begin(run, webhook);
  }

  #submit(data: Data, options?: SubmitOptions): Run<T> | null {
    const { webhook, resumeKey } = this;
    // Not what was rendered last: of a double click both come before the next render.
    if (this.#snapshot.status === 'pending') return this.#snapshot.run;
    try {
      const run = webhook.submit(data, { resumeKey, ...options });
      this.#begin(run, webhook, options?.signal);
      return run;
    } catch (error) {
      this.#set({ ...IDLE, status: 'failed', error: error as MechanicError });
      return null;
    }
  }

  #stop(): void {
    const { status, run } = this.#snapshot;
    if (status !== 'pending') return;
    this.#left.abort();
    this.#set({ ...IDLE, run });
  }

  #reset(): void {
    this.#left.abort();
    this.#snapshot.run?.forget();
    this.#set(IDLE);
  }

  #begin(run: Run<T>, webhook: Webhook<T>, abort?: AbortSignal): void {
    this.#hasResult = !!webhook.result;
    this.#abort = abort;
    this.#set({ ...IDLE, status: 'pending', phase: 'sending', run });
    if (this.#changed) void this.#follow(run);
  }

  async #follow(run: Run<T>): Promise<void> {
    this.#left = new AbortController();
    const { signal } = this.#left;
    try {
      // Before the updates, so that both are one wait, and a timeout is the end of it.
      const result = this.#hasResult ? run.result({ signal }) : undefined;
      for await (const { phase, progress, message, stored } of run.updates({ signal })) {
        // One may be on its way here when the wait is ended.
        signal.throwIfAborted();
        if (phase === 'done' || phase === 'failed') continue;
        this.#set({ phase, progress, message, stored });
      }
      if (!result) await run.accepted;
      const value = (await result) as T;
      signal.throwIfAborted();
      this.#set({ status: 'done', phase: 'done', value });
    } catch (error) {
      if (signal.aborted) return;
      // The caller gave it up: nothing has failed.
      if (this.#abort?.aborted) this.#set({ ...IDLE, run });
      else this.#set({ status: 'failed', phase: 'failed', error: error as MechanicError });
    }
  }

  /** Each look is an update, but only what is shown is a reason to render. */
  #set(change: Partial<WebhookState<T>>): void {
    const before = this.#snapshot;
    const next = { ...before, ...change } as Snapshot<T>;
    const names = Object.keys(next) as (keyof Snapshot<T>)[];
    if (names.every((name) => Object.is(next[name], before[name]))) return;
    this.#snapshot = next;
    this.#changed?.();
  }
}
