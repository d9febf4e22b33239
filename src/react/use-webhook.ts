import { useInsertionEffect, useState, useSyncExternalStore } from 'react';
import type { Webhook } from '../index.js';
import { LatestRun } from './latest-run.js';
import type { WebhookActions, WebhookState } from './state.js';

/** What {@link useWebhook} takes beside the webhook. */
export interface UseWebhookOptions {
  /**
   * Keeps the run in this tab's `sessionStorage` under this key until it is over, and takes it up when the component is
   * mounted again, on this page or the next one. One key for one component. Another key is another state.
   * @default the webhook's own `resumeKey`
   */
  resumeKey?: string | undefined;
}

/**
 * Submits to a webhook from a component, and shows what becomes of it.
 *
 * ```tsx
 * const { submit, status, value } = useWebhook(quotes);
 * ```
 * Create the webhook outside of the component. Nothing is submitted but by `submit`; after an unmount nothing is asked,
 * and what was submitted stays so.
 *
 * @param webhook what `createWebhook` returned; a new one is used from the next submission on
 * @param options where the run is kept for a later page
 */
export function useWebhook<T>(
  webhook: Webhook<T>,
  options: UseWebhookOptions = {},
): WebhookState<T> & WebhookActions<T> {
  const { resumeKey = webhook.resumeKey } = options;
  const [kept, keep] = useState(() => new LatestRun(webhook, resumeKey));
  const latest = kept.resumeKey === resumeKey ? kept : new LatestRun(webhook, resumeKey);
  // React renders anew at once, before anything is shown.
  if (latest !== kept) keep(latest);
  // Before any effect that might submit. Not while rendering: what is rendered may never be shown.
  useInsertionEffect(() => {
    latest.webhook = webhook;
  });
  return useSyncExternalStore(latest.subscribe, latest.snapshot, () => latest.initial);
}
