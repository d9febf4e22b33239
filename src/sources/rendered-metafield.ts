import { misconfigured } from '../configuration.js';
import { MechanicError } from '../errors.js';
import { recordOf } from '../record.js';
import type { Reading, ResultSource } from '../types.js';
import { ask, parseJson } from './answer.js';
import { SharedLook } from './shared-look.js';

// Shops refuse those whom they take for bots, at a pace that nobody documents. Whoever waits long asks less then.
// Source: shopify.dev, changelog of 2026-05-07.
const PATIENCE = 1 / 20;

/** What {@link renderedMetafield} takes: `section` or `url`. */
export interface RenderedMetafieldOptions {
  /** The section that renders the metafield, by the name of its file. Give this or `url`. @default none */
  section?: string;
  /** A page of the storefront that renders it: `/pages/result?view=mechanic`. @default none */
  url?: string;
  /**
   * Where in the HTML the result is: an element with the JSON in `data-mechanic-result`, or a
   * `<script type="application/json">`. @default '[data-mechanic-result], script[type="application/json"]'
   */
  selector?: string;
}

/**
 * The result comes back in a customer metafield that storefront Liquid renders: for signed-in customers, in a page.
 * The metafield still holds the previous result at first: only a value that carries this run's UUID counts.
 * An empty `data-mechanic-customer` on the element means `not_signed_in`.
 * Source: shopify.dev, Section Rendering API.
 *
 * @param options where it is rendered
 * @throws {MechanicError} `configuration` unless either `section` or `url` is given
 */
export function renderedMetafield({
  section,
  url,
  selector = '[data-mechanic-result], script[type="application/json"]',
}: RenderedMetafieldOptions): ResultSource {
  if (!(section ? /^[\w-]+$/.test(section) && !url : url)) {
    throw misconfigured(
      'renderedMetafield',
      section ?? url,
      "Give either { section: 'mechanic-result' } or { url }.",
    );
  }

  const page = new SharedLook(async (asking) => {
    // Read at each look: the root carries the locale, and themes set it late.
    const { Shopify } = globalThis as { Shopify?: { routes?: { root?: string } } };
    const address = url ?? `${Shopify?.routes?.root ?? '/'}?section_id=${section}`;
    const { text, response } = await ask(asking, address, [404], 'same-origin');
    const element = new DOMParser().parseFromString(text, 'text/html').querySelector(selector);
    if (!element) {
      const observed = { url: response.url, status: response.status };
      const remedy = 'Is the section in the theme, and no password page or login in the way?';
      throw new MechanicError(
        'unavailable',
        `[GET] ${address}: no ${selector} in ${response.url}. ${remedy}`,
        { observed },
      );
    }
    if (element.getAttribute('data-mechanic-customer') === '') {
      throw new MechanicError(
        'not_signed_in',
        `[GET] ${address}: no customer is signed in. Ask for a sign-in first.`,
      );
    }
    const json = element.getAttribute('data-mechanic-result') || element.textContent || '';
    return parseJson(json, address);
  });

  return {
    place: url ?? `${section}`,
    patience: PATIENCE,
    byId: true,
    subscribe: page.subscribe,
    async read(context): Promise<Reading> {
      if (!globalThis.DOMParser) throw misconfigured('renderedMetafield', 'no page', 'Use it in a browser.');
      return recordOf(await page.read(context), context.id);
    },
  };
}
