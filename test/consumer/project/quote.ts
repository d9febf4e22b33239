import { cacheEndpoint, createWebhook } from 'mechanic-storefront';

const quotes = createWebhook<{ total: number }>({
  url: 'https://webhooks.mechanic.dev/0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11',
  result: cacheEndpoint('https://usemechanic.com/cache/77ab3c10-2b8e-4f57-8a53-5f6b1c2d3e4f'),
});

/** What a shop's own code might be. */
export async function priceOf(form: FormData): Promise<string> {
  const { total } = await quotes.run(form);
  return `€${total}`;
}
