import type { JsonObject } from './json.js';

/** The shop that tasks see, unless the option `shop` says otherwise. */
export const defaultShop = {
  name: 'Local storefront',
  domain: 'local-storefront.test',
  myshopify_domain: 'local-storefront.myshopify.com',
  email: 'shop@local-storefront.test',
  customer_email: 'shop@local-storefront.test',
  primary_locale: 'en',
  currency: 'USD',
  iana_timezone: 'UTC',
} as const satisfies JsonObject;

/** A shop, with what the filters of task Liquid need to know of it. */
export type Shop = JsonObject & { iana_timezone: string; currency: string };
