import type { Page } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import { createDemo } from '../../demo/mechanic.ts';
import { useStorefront } from '../support/storefront.ts';

const storefront = useStorefront(() => createDemo());

beforeEach(() => {
  // Browsers write a line of their own for each 404, which is how an endpoint says that its key is missing.
  storefront.mechanic.cache.set('offers', {});
  storefront.mechanic.latency('fast');
});

interface Seen {
  page: Page;
  /** Violations of the policy, errors on the console, and errors that nobody caught. */
  faults: string[];
  /** The paths of all scripts that were loaded. */
  scripts: string[];
}

/** A page of the storefront, and what goes wrong on it. */
async function open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Seen> {
  const page = await storefront.newPage(options);
  const seen: Seen = { page, faults: [], scripts: [] };
  page.on('console', (line) => line.type() === 'error' && seen.faults.push(line.text()));
  page.on('pageerror', (error) => seen.faults.push(String(error)));
  page.on('request', (request) => {
    if (request.resourceType() === 'script') seen.scripts.push(new URL(request.url()).pathname);
  });
  if (options.javaScriptEnabled !== false) {
    await page.exposeFunction('violated', (fault: string) => seen.faults.push(fault));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        (globalThis as unknown as { violated(fault: string): void }).violated(
          `${event.violatedDirective}: ${event.blockedURI}`,
        );
      });
    });
  }
  await page.goto(storefront.storefrontUrl + path);
  return seen;
}

const offers = () => storefront.mechanic.events().filter(({ topic }) => topic === 'user/offer/requested');
const form = (page: Page, state: string) => page.locator(`mechanic-form[state="${state}"]`);
const ask = (page: Page) => page.getByRole('button', { name: 'Get my offer' });

async function fillIn(page: Page, packets: string): Promise<void> {
  await page.getByLabel('Email').fill('customer@example.test');
  await page.getByLabel('Assam').fill(packets);
  await page.getByLabel('Sencha').fill('0');
}

test("the kit's form shows progress and its result, under a strict policy, by the script tag's build alone", async () => {
  const { page, faults, scripts } = await open('/pages/offer');
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  expect(await policy.getAttribute('content')).toBe(
    `default-src 'self'; connect-src 'self' ${storefront.url}`,
  );
  await fillIn(page, '3');
  // Slow enough that no step falls between two looks.
  storefront.mechanic.latency({ eventRunMs: 0, taskRunMs: 0, actionRunMs: 3_000 });
  await ask(page).click();
  const status = page.getByRole('status');
  await status.getByText('Reading your request…').waitFor();
  await status.getByText('Asking for freight…').waitFor();
  expect(await page.getByRole('progressbar', { name: 'Progress' }).getAttribute('value')).toBe('0.7');
  await form(page, 'done').waitFor();
  expect(await status.innerText()).toMatch(
    /Here is our offer\.\s+Your tea\s+3 × Assam\s+€26\.70\s+Freight\s+€6\.70\s+Total\s+€33\.40/,
  );
  const link = page.getByRole('link', { name: 'Order this by email' });
  expect(await link.getAttribute('href')).toMatch(
    /^mailto:orders@example\.test\?subject=Offer%20[0-9a-f-]{36}$/,
  );
  expect(scripts).toEqual(['/assets/mechanic-storefront.min.js']);
  expect(faults).toEqual([]);
});

test('a request without tea fails with the words of the task, and can be put right', async () => {
  const { page, faults } = await open('/pages/offer');
  await fillIn(page, '0');
  await ask(page).click();
  await form(page, 'failed').waitFor();
  const alert = page.locator('[data-mechanic="failed"]');
  expect(await alert.innerText()).toMatch(
    /^There is no tea in your request\. Choose one packet or more\.\s+Try again$/,
  );
  await page.getByLabel('Assam').fill('1');
  await page.getByRole('button', { name: 'Try again' }).click();
  await form(page, 'done').waitFor();
  expect(await alert.isVisible()).toBe(false);
  expect(await page.getByText('1 × Assam').isVisible()).toBe(true);
  expect(faults).toEqual([]);
});

test('a double click submits once', async () => {
  const { page } = await open('/pages/offer');
  await fillIn(page, '1');
  const before = offers().length;
  await ask(page).dblclick();
  await form(page, 'done').waitFor();
  expect(offers()).toHaveLength(before + 1);
});

test('a reload while waiting goes on waiting, and sends nothing again', async () => {
  const { page, faults } = await open('/pages/offer');
  await fillIn(page, '2');
  const before = offers().length;
  storefront.mechanic.latency({ eventRunMs: 0, taskRunMs: 0, actionRunMs: 1_500 });
  await ask(page).click();
  await page.getByRole('status').getByText('Reading your request…').waitFor();
  await page.reload();
  await form(page, 'done').waitFor();
  expect(await page.getByText('2 × Assam').isVisible()).toBe(true);
  expect(offers()).toHaveLength(before + 1);
  expect(faults).toEqual([]);
});

test('without JavaScript the page says what happens, the form arrives, and the offer goes out by email', async () => {
  const { page } = await open('/pages/offer', { javaScriptEnabled: false });
  // What is inside <noscript> has no text for getByText.
  const note = page.locator('.mechanic-form__no-script');
  expect(await note.isVisible()).toBe(true);
  expect(await note.innerText()).toContain('the offer comes to you by email');
  for (const part of ['pending', 'done', 'failed']) {
    expect(await page.locator(`[data-mechanic="${part}"]`).isVisible()).toBe(false);
  }
  await fillIn(page, '2');
  const before = offers().length;
  const answered = page.waitForResponse((response) => response.url().startsWith(storefront.url));
  await ask(page).click();
  expect((await answered).status()).toBe(204);
  await storefront.mechanic.idle();
  const [event, ...others] = offers().slice(before);
  expect(others).toEqual([]);
  expect(event?.data).toEqual({
    email: 'customer@example.test',
    assam: '2',
    sencha: '0',
    rooibos: '0',
    freight: 'post',
  });
  expect(event?.taskRuns[0]?.actionRuns).toMatchObject([
    { type: 'email', options: { to: 'customer@example.test', body: '€23.90' } },
  ]);
  // A 204 leaves the page as it is.
  expect(page.url()).toBe(`${storefront.storefrontUrl}/pages/offer`);
  expect(await page.getByLabel('Assam').inputValue()).toBe('2');
});

test('the home page works under the same policy, and leads to the form and back', async () => {
  const { page, faults } = await open('/');
  await page.locator('#vat-number form button').click();
  await page.locator('#vat-number[data-phase="done"]').waitFor();
  // Its stored file is not there at first: that is what these lines say.
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  await page.getByRole('link', { name: 'The theme kit' }).click();
  await form(page, 'idle').waitFor();
  await page.getByRole('link', { name: 'Four questions' }).click();
  await page.locator('#vat-number').waitFor();
});
