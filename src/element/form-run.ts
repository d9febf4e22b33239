import type { Data, MechanicError, Run, Webhook } from '../index.js';
import { type SubmitDetail, tell } from './events.js';
import { fill } from './fill.js';
import { lock } from './lock.js';
import { partsOf } from './parts.js';
import { type FormState, showRegions } from './regions.js';
import { showError, showProgress } from './told.js';

/** The element, as its run needs it. */
export type Host = HTMLElement & { readonly webhook: Webhook };

/** The latest run of a `<mechanic-form>`, from the submission to what is shown of it. One at a time. */
export class FormRun {
  run: Run | null = null;
  /** From the submission until the result. */
  isBusy = false;

  readonly #host: Host;
  /** What the run came from: the element's attributes may change meanwhile. */
  #via: Webhook | undefined;
  /** What was submitted, and by which button. The run of an earlier page has none. */
  #data: Data | undefined;
  #submitter: HTMLElement | null = null;
  #error: Partial<MechanicError> = {};
  #state: FormState | undefined;
  /** Ends the waiting, not the run. */
  #left = new AbortController();
  /** Puts the form back as it was. */
  #unlock = () => {};

  constructor(host: Host) {
    this.#host = host;
  }

  /** A new submission, if nobody objects. */
  begin(data: Data, submitter: HTMLElement | null = null): void {
    if (this.isBusy) return;
    // Before anybody is told, since a listener may submit, too.
    this.isBusy = true;
    this.#submitter = submitter;
    const detail: SubmitDetail = { data, submitter };
    if (tell(this.#host, 'mechanic:submit', detail)) this.#send(detail.data);
    else this.isBusy = false;
  }

  /**
   * Tries again, so that however many tries make one piece of work. Only what was never sent, or what a task has
   * ended, is begun anew.
   */
  retry(begin: (data: Data | undefined, submitter: HTMLElement | null) => void): void {
    const { run } = this;
    if (this.isBusy) return;
    if (!run || !this.#via || this.#error.code === 'task_failed') {
      begin(this.#data, this.#submitter);
      return;
    }
    const handle = run.toJSON();
    const isTaken = handle.acceptedAt && !this.#host.hasAttribute('idempotent');
    if (this.#data && !isTaken) this.#send(this.#data, run.id);
    else void this.#follow(this.#via.resume({ ...handle, submittedAt: Date.now() }), this.#via);
  }

  /** Stops waiting, while the element is in no page. */
  leave(): void {
    this.#left.abort();
    // At once: the next wait may begin before this one has noticed.
    this.#unlock();
  }

  /** Goes on waiting: for the run that was left, or for one of an earlier page. */
  rejoin(): void {
    if (!this.#state) this.#show('idle');
    if (this.run) {
      if (this.isBusy && this.#via && this.#left.signal.aborted) void this.#follow(this.run, this.#via);
      return;
    }
    try {
      const { webhook } = this.#host;
      const run = webhook.result && webhook.resume();
      if (run) void this.#follow(run, webhook);
    } catch {
      // There is no resume key, or attributes or a property are still to come.
    }
  }

  #send(data: Data, id?: string): void {
    this.#data = data;
    try {
      const { webhook } = this.#host;
      const run = webhook.submit(data, { id });
      void this.#follow(run, webhook);
      run.accepted.then(
        (accepted) => {
          if (this.run === run) tell(this.#host, 'mechanic:accepted', accepted);
        },
        () => {},
      );
    } catch (error) {
      this.run = null;
      this.#fail(error);
    }
  }

  /** Waits for a run and shows what becomes of it. */
  async #follow(run: Run, webhook: Webhook): Promise<void> {
    const host = this.#host;
    this.isBusy = true;
    this.run = run;
    this.#via = webhook;
    this.leave();
    this.#left = new AbortController();
    const { signal } = this.#left;
    const forms = partsOf<HTMLFormElement>(host, 'form');
    // A form that is mirrored goes its own way.
    this.#unlock = lock(host.getAttribute('mode') === 'mirror' ? [] : forms);
    fill(host, undefined);
    showProgress(host);
    this.#show('pending');
    try {
      for await (const update of run.updates({ signal })) {
        if (update.phase === 'done' || update.phase === 'failed') continue;
        showProgress(host, update);
        tell(host, 'mechanic:progress', update);
      }
      signal.throwIfAborted();
      const value = webhook.result ? await run.result({ signal }) : void (await run.accepted);
      this.#end();
      if (host.hasAttribute('reset')) for (const form of forms) form.reset();
      fill(host, value);
      this.#show('done');
      tell(host, 'mechanic:result', { id: run.id, value });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #fail(thrown: unknown): void {
    // A source of the page's own may throw anything.
    const error = (thrown ?? {}) as MechanicError;
    this.#error = error;
    this.#end();
    // biome-ignore lint/suspicious/noConsole: the shopper reads other words; these are for whoever builds the page.
    console.warn(error);
    const message = showError(this.#host, error);
    this.#show('failed');
    tell(this.#host, 'mechanic:error', { error, message });
  }

  #end(): void {
    this.isBusy = false;
    this.#unlock();
  }

  #show(state: FormState): void {
    this.#state = state;
    this.#host.setAttribute('state', state);
    showRegions(this.#host, state);
  }
}
