import { type Browser, chromium, type Page } from 'playwright';
import { createDemo } from '../../demo/mechanic.ts';
import { chromiumOptions } from '../../test/support/chromium.ts';

const size = { width: 1200, height: 760 };

/** The demo's storefront with two of its forms answered, and the dashboard that saw it. PNG, by name. */
export async function screenshots(): Promise<Map<string, Buffer>> {
  const mechanic = createDemo();
  const browser = await chromium.launch(chromiumOptions());
  try {
    const { url, storefrontUrl } = await mechanic.listen();
    const storefront = await answered(browser, storefrontUrl);
    await mechanic.idle();
    const dashboard = await browser.newPage({ viewport: size });
    await dashboard.goto(url);
    await dashboard.locator('.live[data-says="live"]').waitFor();
    // What was sent, and what became of it.
    await dashboard.getByRole('searchbox').fill('user/quote/requested');
    const event = dashboard.locator('.event', { hasText: 'Quote a cart' });
    await event.locator('summary').first().click();
    await event.locator('summary').last().click();
    await dashboard.locator('#events .count').filter({ hasText: '1 of' }).waitFor();
    return new Map([
      [
        'storefront.png',
        await storefront.screenshot({ clip: { x: 0, y: 0, width: size.width, height: 720 } }),
      ],
      ['dashboard.png', await dashboard.screenshot()],
    ]);
  } finally {
    await browser.close();
    await mechanic.close();
  }
}

async function answered(browser: Browser, storefrontUrl: string): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.goto(storefrontUrl);
  for (const card of ['vat-number', 'quote']) {
    await page.locator(`#${card} form button`).click();
    await page.locator(`#${card}[data-phase="done"]`).waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
  return page;
}
