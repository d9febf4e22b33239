import {
  createWebhook,
  type Data,
  type Fetch,
  type SubmitOptions,
  type WebhookOptions,
} from 'mechanic-storefront';

export const webhookUrl = 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
export const cacheUrl = 'https://usemechanic.com/cache/77ab5c1e-94d3-4c55-8d0a-52b1c0e8f6aa';
export const id = '3d6f0a2e-7c1b-4e5a-9f80-1b2c3d4e5f60';
export const otherId = '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d';

/** One call of the transport. */
export interface Call {
  url: string;
  init: RequestInit;
}

/** A transport that answers without a network and keeps what it was called with. */
export function transport(
  answer: () => Response | Promise<Response> = () => new Response(null, { status: 204 }),
) {
  const calls: Call[] = [];
  const fetch: Fetch = async (url, init = {}) => {
    calls.push({ url, init });
    return answer();
  };
  return { calls, fetch };
}

/** What one submission puts on the wire. */
export async function wireOf(data: Data, options: Partial<WebhookOptions> = {}, how?: SubmitOptions) {
  const { calls, fetch } = transport();
  const run = createWebhook({ url: webhookUrl, fetch, ...options }).submit(data, how);
  await run.accepted;
  const init = calls[0]?.init ?? {};
  const contentType = new Headers(init.headers).get('content-type') ?? '';
  const body = await new Response(init.body).text();
  return { id: run.id, contentType, body, init };
}
