import { act, render } from '@testing-library/react';
import { cacheEndpoint, createWebhook, type WebhookOptions } from 'mechanic-storefront';
import { type UseWebhookOptions, useWebhook } from 'mechanic-storefront/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { cacheUrl, webhookUrl } from './mechanic.ts';

export interface Quote {
  total: number;
}

/** What the task has published: `null` for nothing yet. */
type Published = object | null | ((uuid: string) => object | null);

/** Mechanic, as one component sees it: what was sent to it, and how often it was looked for a result. */
export function mechanic(options: Partial<WebhookOptions<Quote>> = {}) {
  const posts: { uuid: string; [name: string]: unknown }[] = [];
  let published: Published = null;
  const shop = {
    posts,
    looks: 0,
    /** Answers each later look. A function is given the UUID of the latest submission. */
    publish(answer: Published) {
      published = answer;
    },
    webhook: createWebhook<Quote>({
      url: webhookUrl,
      result: cacheEndpoint(cacheUrl),
      schedule: () => 1_000,
      timeoutMs: 10_000,
      fetch: async (_, init = {}) => {
        if (init.method === 'POST') {
          const body = String(init.body);
          posts.push(body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)));
          return new Response(null, { status: 204 });
        }
        shop.looks++;
        const uuid = posts.at(-1)?.uuid ?? '';
        const record = typeof published === 'function' ? published(uuid) : published;
        return Response.json(record && { uuid, ...record });
      },
      ...options,
    }),
  };
  return shop;
}

type Used = ReturnType<typeof useWebhook<Quote>>;

/** A component that uses the hook: what it last rendered, and how often it did. */
export function used(webhook: Parameters<typeof useWebhook<Quote>>[0], options?: UseWebhookOptions) {
  const renders: Used[] = [];
  function Probe(props: { webhook: typeof webhook; options?: UseWebhookOptions | undefined }): ReactNode {
    const use = useWebhook(props.webhook, props.options);
    renders.push(use);
    return use.status;
  }
  return {
    renders,
    Probe: (props: { webhook?: typeof webhook; options?: UseWebhookOptions }) => (
      <Probe webhook={props.webhook ?? webhook} options={props.options ?? options} />
    ),
    get now(): Used {
      return renders.at(-1) as Used;
    },
  };
}

/** Mounts a component, and lets it be driven. */
export function mounted(
  webhook: Parameters<typeof used>[0],
  options?: UseWebhookOptions,
  how?: { reactStrictMode: boolean },
) {
  const probe = used(webhook, options);
  const { rerender, unmount, container } = render(<probe.Probe />, how);
  return {
    probe,
    container,
    unmount,
    rerender: (props: Parameters<typeof probe.Probe>[0] = {}) => rerender(<probe.Probe {...props} />),
    /** The state as it was last rendered. */
    get now() {
      return probe.now;
    },
    submit(...args: Parameters<Used['submit']>) {
      let run: ReturnType<Used['submit']> = null;
      act(() => {
        run = probe.now.submit(...args);
      });
      return run as ReturnType<Used['submit']>;
    },
  };
}

/** Lets stopped time pass, and what is rendered follow. */
export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
