// What must not compile of the hook and of the element in JSX, and what must. Checked by `npm run types`.
import { createWebhook, type MechanicError, type Run } from 'mechanic-storefront';
import type { MechanicFormElement } from 'mechanic-storefront/element';
import { useWebhook } from 'mechanic-storefront/react';
import { createRef } from 'react';

interface Quote {
  total: number;
}

const url = 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
const quotes = createWebhook<Quote>({ url });

export function Misused() {
  const { submit, status, value, error, run, progress } = useWebhook(quotes);
  // @ts-expect-error: a hook takes the webhook, not its options.
  useWebhook({ url });
  // @ts-expect-error: a key is a text.
  useWebhook(quotes, { resumeKey: 5 });
  // @ts-expect-error: a list is no data.
  submit([1, 2]);
  // @ts-expect-error: nothing may have been sent.
  submit({}).id;
  // @ts-expect-error: the value may not be there yet.
  value.total;
  // @ts-expect-error: there may be no error.
  error.code;
  // @ts-expect-error: the task need not say.
  const half: boolean = progress > 0.5;
  // @ts-expect-error: there is no such status.
  const isLoading = status === 'loading';
  // @ts-expect-error: there may be no run.
  run.id;
  return [half, isLoading];
}

export function Used() {
  const quote = useWebhook(quotes, { resumeKey: undefined });
  const { status, value, error, run } = quote;
  if (status === 'done') {
    const total: number = value.total;
    return total;
  }
  if (status === 'failed') {
    const failure: MechanicError = error;
    return failure.code;
  }
  if (status === 'pending') {
    const pending: Run<Quote> = run;
    return pending.id;
  }
  const nothing: undefined = value;
  return nothing;
}

const form = createRef<MechanicFormElement>();

export const attributes = (
  <mechanic-form
    ref={form}
    className="quote"
    webhook={url}
    cache-endpoint="https://usemechanic.com/cache/1"
    timeout={60}
    encoding="json"
    idempotent=""
    reset
    resume="quote"
    message-timeout="Slow."
    onmechanic:result={({ detail }) => detail.value}
  >
    <form />
  </mechanic-form>
);
export const properties = <mechanic-form webhook={quotes} result={async () => ({ state: 'pending' })} />;
// @ts-expect-error: there is no such encoding.
export const wrongEncoding = <mechanic-form webhook={url} encoding="xml" />;
// @ts-expect-error: there is no such mode.
export const wrongMode = <mechanic-form webhook={url} mode="copy" />;
// @ts-expect-error: the attribute has another name.
export const wrongName = <mechanic-form webhook={url} cacheEndpoint="https://usemechanic.com/cache/1" />;
