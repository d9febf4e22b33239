import { cacheEndpoint, createWebhook } from 'mechanic-storefront';

/** What a page sends. */
export interface Shelf {
  wood: 'oak' | 'ash' | 'pine';
  widthCm: number;
  depthCm: number;
  pieces: number;
}

/** What the task answers. */
export interface Quote {
  shelf: string;
  goodsCents: number;
  deliveryCents: number;
  totalCents: number;
  readyInDays: number;
}

// Once, outside of the components. Both addresses are in .env, and those of the local Mechanic in .env.development.
export const quotes = createWebhook<Quote>({
  url: import.meta.env.VITE_WEBHOOK_URL,
  result: cacheEndpoint(import.meta.env.VITE_CACHE_ENDPOINT_URL),
  // After a reload, this tab goes on waiting.
  resumeKey: 'shelf-quote',
});
