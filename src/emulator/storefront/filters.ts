import { createHmac } from 'node:crypto';
import { type FilterImplOptions, type Liquid, toValue } from 'liquidjs';
import { escapeHtml } from './escape.js';
import type { Translate } from './translate.js';

/** Gives a Liquid engine what storefronts have beyond LiquidJS. */
export function registerFilters(liquid: Liquid, translate: Translate): void {
  const t: FilterImplOptions = (key: unknown, ...values: unknown[]) =>
    // LiquidJS gives named arguments as pairs.
    translate(String(key), Object.fromEntries(values.filter((value) => Array.isArray(value))));
  const filters: { [name: string]: FilterImplOptions } = {
    json: shopifyJson,
    asset_url: (name: unknown) => `/assets/${String(name)}`,
    stylesheet_tag: (url: unknown) =>
      `<link href="${escapeHtml(String(url))}" rel="stylesheet" type="text/css" media="all" />`,
    hmac_sha256: hmacSha256,
    t,
    translate: t,
  };
  for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter);
}

/** Shopify's JSON is safe inside a `<script>`: it has no `<`, `>` or `&`. And nil is `null`. */
function shopifyJson(value: unknown): string {
  const json = JSON.stringify(toValue(value) ?? null);
  return json.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** A key that is nil or blank fails, as for tasks: a signature that anybody can make is no check. */
function hmacSha256(value: unknown, key: unknown): string {
  if (typeof key !== 'string' || key === '') throw new Error('hmac_sha256: needs a key that is text');
  return createHmac('sha256', key)
    .update(String(toValue(value) ?? ''))
    .digest('hex');
}
