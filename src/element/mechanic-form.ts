import {
  createWebhook,
  type Data,
  type ReadContext,
  type Reading,
  type ResultSource,
  type Run,
  type Webhook,
} from '../index.js';
import { sourceOf, webhookOptionsOf } from './attributes.js';
import { FormRun } from './form-run.js';
import { Mirror } from './mirror.js';
import { belongsTo, partsOf } from './parts.js';
import { preconnect } from './preconnect.js';

// On a server there are no elements, and importing this does nothing.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * Submits the form inside to a Mechanic webhook, once, waits for the result of the task run and shows it.
 * The parts that it fills, and `message-…` attributes for the shopper's words, are in docs/element.md.
 *
 * @tagname mechanic-form
 * @attribute {string} webhook - The webhook's URL.
 * @attribute {string} cache-endpoint - The result comes back in this cache endpoint.
 * @attribute {string} stored-file - The result comes back in this file: a URL with `{id}` in it.
 * @attribute {string} metafield-section - The result comes back in a customer metafield that this section renders.
 * @attribute {number} timeout - How long to wait for the result, seconds from the submission; 120 if not given.
 * @attribute {'json' | 'form' | 'multipart' | 'text'} encoding - How data travels; by what is in the form if not given.
 * @attribute {string} id-field - The name under which the UUID travels in the data; `uuid` if not given.
 * @attribute {boolean} idempotent - The task works once per UUID, so a submission may be sent again.
 * @attribute {'mirror'} mode - `mirror` sends a copy, and lets the form's own submission go on.
 * @attribute {string} resume - Goes on waiting after a navigation; its value tells forms with one webhook apart.
 * @attribute {boolean} reset - Empties the form once the result is there.
 * @attribute {'idle' | 'pending' | 'done' | 'failed'} state - Set by the element, for style sheets.
 * @fires {CustomEvent<SubmitDetail>} mechanic:submit - Before anything is sent; cancelable, and `detail.data` can be changed.
 * @fires {CustomEvent<Accepted>} mechanic:accepted - Mechanic has taken the submission.
 * @fires {CustomEvent<Update>} mechanic:progress - One step in the life of the run.
 * @fires {CustomEvent<ResultDetail>} mechanic:result - The value is there, and shown.
 * @fires {CustomEvent<ErrorDetail>} mechanic:error - It failed, and the shopper was told.
 */
export class MechanicFormElement extends Base {
  readonly #latest = new FormRun(this);
  readonly #mirror = new Mirror((copy, isRepeated) => {
    // A double click makes one copy; anything else that a form sends is mirrored, whatever is still waited for.
    if (this.#latest.isBusy && isRepeated) return;
    this.#latest.isBusy = false;
    this.#latest.begin(copy);
  });
  #webhook: Webhook | undefined;
  #result: ResultSource | undefined;

  /** Called by the browser, for each element in a page. */
  constructor() {
    super();
    this.addEventListener('submit', (event) => this.#onSubmit(event));
    this.addEventListener('formdata', (event) => this.#mirror.onFormData(event));
    this.addEventListener('click', (event) => this.#onClick(event));
    for (const touch of ['focusin', 'pointerdown']) {
      this.addEventListener(touch, () => preconnect(this), { once: true });
    }
  }

  /**
   * The webhook that the attributes describe, or one of your own, with its own place for results. A URL goes into the
   * attribute.
   * @throws {MechanicError} `configuration` when the attributes are wrong
   */
  get webhook(): Webhook {
    return this.#webhook ?? createWebhook(webhookOptionsOf(this));
  }

  /** `undefined` goes back to the attributes. */
  set webhook(webhook: Webhook | string | undefined) {
    // React 19 sets the property that has the attribute's name.
    const isUrl = typeof webhook === 'string';
    if (isUrl) this.setAttribute('webhook', webhook);
    this.#webhook = isUrl ? undefined : webhook;
    this.#join();
  }

  /** Where the result comes back, if not in the place that an attribute names: a source, or only its `read`. */
  get result(): ResultSource | undefined {
    return this.#result ?? sourceOf(this);
  }

  /** `undefined` goes back to the attributes. */
  set result(result: ResultSource | ((look: ReadContext) => Promise<Reading>) | undefined) {
    this.#result = typeof result === 'function' ? { read: result } : result;
    this.#join();
  }

  /** The latest run, `null` before the first. */
  get run(): Run | null {
    return this.#latest.run;
  }

  /**
   * Submits `data`, or the form as its button would: validated, and listeners may prevent it.
   * @returns {Run | null} `null` when nothing was sent; if that is for an error, a `mechanic:error` has told it
   */
  submit(data?: Data): Run | null {
    const before = this.run;
    const form = data === undefined && this.#form;
    if (form) form.requestSubmit();
    else this.#latest.begin(data as Data);
    return this.run === before ? null : this.run;
  }

  /** Called by the browser: goes on waiting for a run that was left, or for one of an earlier page. */
  connectedCallback(): void {
    // What was set before the script came is in the way of the class's own.
    for (const name of ['webhook', 'result'] as const) {
      const { value } = Object.getOwnPropertyDescriptor(this, name) ?? {};
      if (value && Reflect.deleteProperty(this, name)) this[name] = value;
    }
    this.#join();
  }

  /** Called by the browser: out of the page, nothing is asked for. */
  disconnectedCallback(): void {
    // Moving takes the element out and puts it in again at once; that is not leaving.
    queueMicrotask(() => this.isConnected || this.#latest.leave());
  }

  get #form(): HTMLFormElement | undefined {
    return partsOf<HTMLFormElement>(this, 'form')[0];
  }

  #join(): void {
    // What is inside may still have to be parsed.
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => this.#join(), { once: true });
    } else if (this.isConnected) this.#latest.rejoin();
  }

  #onSubmit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (!belongsTo(this, form)) return;
    if (this.getAttribute('mode') === 'mirror') {
      this.#mirror.onSubmit(form, event);
    } else if (!event.defaultPrevented) {
      event.preventDefault();
      this.#latest.begin(new FormData(form, event.submitter), event.submitter);
    }
  }

  #onClick(event: MouseEvent): void {
    const button = (event.target as Element).closest('[data-mechanic-retry]');
    if (!button || event.defaultPrevented || !belongsTo(this, button)) return;
    event.preventDefault();
    const form = this.#form;
    this.#latest.retry((data, submitter) => {
      // As it is now: the task may have said what is wrong with it.
      if (form) form.requestSubmit([...form.elements].includes(submitter as HTMLElement) ? submitter : null);
      else this.#latest.begin(data as Data, submitter);
    });
  }
}
