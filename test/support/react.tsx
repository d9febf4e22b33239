import { act, render } from '@testing-library/react';
import {
  cacheEndpoint,
  createWebhook,
  type Fetch,
  type Run,
  type Webhook,
  type WebhookOptions,
} from 'mechanic-storefront';
import { type UseWebhookOptions, useWebhook } from 'mechanic-storefront/react';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { cacheUrl, webhookUrl } from './mechanic.ts';

export interface Quote {
  total: number;
}

type Used = ReturnType<typeof useWebhook<Quote>>;
type Options = Partial<WebhookOptions<Quote>>;

/**
 * Stands in for time, and fails a test after which React, the hook or the page has complained of anything. Nothing is
 * kept from one test to the next.
 */
export function watchPage() {
  const complaints: unknown[] = [];
  const complain = (...told: unknown[]) => void complaints.push(told.join(' '));
  const onRejection = ({ reason }: PromiseRejectionEvent) => complain(reason);
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(complain);
    vi.spyOn(console, 'warn').mockImplementation(complain);
    window.addEventListener('unhandledrejection', onRejection);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    window.removeEventListener('unhandledrejection', onRejection);
    sessionStorage.clear();
    expect(complaints.splice(0)).toEqual([]);
  });
}

/** Mechanic, as one page sees it: what was sent to it, and how often it was looked for results. */
export function mechanic(options: Options = {}) {
  const results: { [uuid: string]: object } = {};
  const posts: { uuid: string; [name: string]: unknown }[] = [];
  const fetch: Fetch = async (_, { method, body } = {}) => {
    if (method !== 'POST') {
      shop.looks++;
      return Response.json(results);
    }
    const text = String(body);
    posts.push(text.startsWith('{') ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)));
    return new Response(null, { status: 204 });
  };
  const webhookOf = (more: Options = {}): Webhook<Quote> =>
    createWebhook<Quote>({
      url: webhookUrl,
      result: cacheEndpoint(cacheUrl),
      schedule: () => 1_000,
      timeoutMs: 10_000,
      fetch,
      ...options,
      ...more,
    });
  const shop = {
    posts,
    looks: 0,
    fetch,
    webhook: webhookOf(),
    /** Another webhook of the same shop. */
    webhookOf,
    /** Publishes the record of a run. */
    publish(run: Run | null, record: object) {
      if (run) results[run.id] = record;
    },
  };
  return shop;
}

interface ProbeProps {
  webhook: Webhook<Quote>;
  options?: UseWebhookOptions | undefined;
}

/** A component that uses the hook, and keeps what it renders. */
export function probe() {
  const renders: Used[] = [];
  function Probe({ webhook, options }: ProbeProps) {
    const quote = useWebhook(webhook, options);
    renders.push(quote);
    return <p>{quote.status}</p>;
  }
  return { renders, Probe };
}

/** Mounts a component that uses the hook, and lets it be driven. */
export function mount(
  webhook: Webhook<Quote>,
  options?: UseWebhookOptions,
  how?: Parameters<typeof render>[1],
) {
  const { renders, Probe } = probe();
  const { rerender, unmount, container } = render(<Probe webhook={webhook} options={options} />, how);
  const now = () => renders.at(-1) as Used;
  return {
    renders,
    container,
    unmount,
    rerender: (props: Partial<ProbeProps>) =>
      rerender(<Probe webhook={webhook} options={options} {...props} />),
    /** The state as it was last rendered. */
    get now() {
      return now();
    },
    submit: (...args: Parameters<Used['submit']>) => acted(() => now().submit(...args)),
    stop: () => act(() => now().stop()),
    reset: () => act(() => now().reset()),
  };
}

/** What is returned inside of React's own `act`, which returns something else. */
export function acted<T>(action: () => T): T {
  const returned: T[] = [];
  act(() => void returned.push(action()));
  return returned[0] as T;
}

/** Lets stopped time pass, look by look, and what is rendered follow. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= 500) {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(Math.min(left, 500));
      // A body is read within some turns of the event loop, whose timers stand still.
      for (let turn = 0; turn < 4; turn++) await new Response('a body').text();
    });
  }
}
