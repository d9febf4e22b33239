import type { Emulator } from 'mechanic-storefront/emulator';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { chromiumOptions } from './chromium.ts';

/** A local Mechanic with its storefront on another origin, and a browser to look at it. For the tests of one file. */
export interface Storefront {
  mechanic: Emulator;
  url: string;
  storefrontUrl: string;
  /** A new visitor's page, still empty. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** A new visitor's page, at the storefront's home. */
  visit(): Promise<Page>;
}

/** Starts everything before the tests of a file and stops it after them. */
export function useStorefront(create: () => Emulator): Storefront {
  const storefront = {} as Storefront;
  let browser: Browser;
  beforeAll(async () => {
    // Playwright switches it off, but shoppers have it.
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    browser = await chromium.launch({ ...chromiumOptions(), ignoreDefaultArgs });
    const mechanic = create();
    const urls = await mechanic.listen();
    const newPage = async (options?: BrowserContextOptions) => {
      const page = await browser.newPage(options);
      onTestFinished(() => page.close());
      return page;
    };
    Object.assign(storefront, urls, {
      mechanic,
      newPage,
      async visit() {
        const page = await newPage();
        await page.goto(urls.storefrontUrl);
        return page;
      },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await storefront.mechanic?.close();
  });
  return storefront;
}

/** Counts the requests of a page whose URL contains `part`. */
export function countRequests(page: Page, part: string): { readonly count: number } {
  const counter = { count: 0 };
  page.on('request', (request) => {
    if (request.url().includes(part)) counter.count++;
  });
  return counter;
}
