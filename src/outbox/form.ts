import { webhookOptionsOf } from '../element/attributes.js';
import { MechanicFormElement } from '../element/mechanic-form.js';
import type { Webhook } from '../webhook.js';
import type { Outbox } from './outbox.js';
import { createWebhook } from './webhook.js';

/** The class of a `<mechanic-form>` that knows one attribute more: with `outbox`, what it submits is kept by this one. */
export const formKeptBy = (outbox: Outbox): typeof MechanicFormElement =>
  class KeptFormElement extends MechanicFormElement {
    #hasOwn = false;

    override get webhook(): Webhook {
      if (this.#hasOwn || !this.hasAttribute('outbox')) return super.webhook;
      return createWebhook({ ...webhookOptionsOf(this), outbox });
    }

    /** A webhook of the page's own is taken as it is. */
    override set webhook(webhook: Webhook | string | undefined) {
      this.#hasOwn = !!webhook && typeof webhook !== 'string';
      super.webhook = webhook;
    }
  };
