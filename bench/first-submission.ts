import { chromium, type Page } from 'playwright';
import type * as sdk from '../src/index.ts';
import { chromiumOptions } from '../test/support/chromium.ts';
import { CACHE, openShop, type Seen, type Tls, WEBHOOK } from './shop.ts';
import { slowNetwork } from './slow-network.ts';

declare const MechanicStorefront: typeof sdk;

export const WAYS = ['form', 'multipart', 'text', 'json', 'fetch'] as const;
/** An encoding of the SDK's, or a plain `fetch` of JSON, as pages do it without one. */
export type Way = (typeof WAYS)[number];

export interface FirstSubmission {
  /** From the call until Mechanic has taken it, milliseconds. */
  ms: number;
  /** What the webhook's server was asked for it. */
  submitting: Seen[];
  /** … and for its result. */
  looking: Seen[];
}

/**
 * Visitors with Chromium, who submit something from a shop's page to a webhook on another origin for the first time.
 * @param roundTripMs with `tls`, so that connecting, too, takes its time
 */
export async function visitors(roundTripMs = 0, tls?: Tls) {
  const shop = await openShop(tls);
  const network = await slowNetwork(shop.port, roundTripMs);
  const origin = (name: string) => `${tls ? 'https' : 'http'}://${name}.test:${network.port}`;
  return {
    /** A new visitor, so that no connection and no preflight is remembered. */
    async submit(way: Way, preconnect = false): Promise<FirstSubmission> {
      const { executablePath, args } = chromiumOptions();
      // A profile of its own: in Playwright's usual contexts, which are incognito ones, Chromium does not preconnect.
      const context = await chromium.launchPersistentContext('', {
        executablePath,
        args: [...args, '--host-resolver-rules=MAP *.test 127.0.0.1', '--ignore-certificate-errors'],
      });
      const page = await context.newPage();
      const submission = await submit(page, origin, shop.seen, way, preconnect);
      await context.close();
      return submission;
    },
    close() {
      network.close();
      shop.close();
    },
  };
}

async function submit(
  page: Page,
  origin: (name: string) => string,
  seen: () => Seen[],
  way: Way,
  preconnect: boolean,
): Promise<FirstSubmission> {
  await page.goto(origin('shop'));
  if (preconnect) {
    await page.evaluate((href) => {
      const link = Object.assign(document.createElement('link'), { rel: 'preconnect', href });
      link.crossOrigin = 'anonymous';
      document.head.append(link);
    }, origin('hooks'));
    // Long enough for a connection on any network of the bench.
    await page.waitForTimeout(500);
  }
  seen();
  const ms = await page.evaluate(
    async ({ way, url, cache }) => {
      const data = { product: 'Mug', pieces: 10 };
      const begin = performance.now();
      if (way === 'fetch') {
        const headers = { 'content-type': 'application/json' };
        await fetch(url, { method: 'POST', headers, body: JSON.stringify(data) });
        return performance.now() - begin;
      }
      const { createWebhook, cacheEndpoint } = MechanicStorefront;
      const webhook = createWebhook({ url, result: cacheEndpoint(cache), encoding: way });
      const run = webhook.submit(data);
      await run.accepted;
      const ms = performance.now() - begin;
      Object.assign(window, { run });
      return ms;
    },
    { way, url: origin('hooks') + WEBHOOK, cache: origin('hooks') + CACHE },
  );
  const submitting = seen();
  await page.evaluate(() => (window as { run?: sdk.Run }).run?.result());
  const looking = seen();
  return { ms, submitting, looking };
}
