import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { createDemo } from '../../demo/mechanic.ts';
import { useStorefront } from '../support/storefront.ts';

const storefront = useStorefront(() => createDemo());

/** Waits for a card's phase and returns what it shows. */
async function outcomeOf(page: Page, card: string, phase: 'done' | 'failed'): Promise<string> {
  await page.locator(`#${card}[data-phase="${phase}"]`).waitFor();
  return page.locator(`#${card} .outcome`).innerText();
}

const send = (page: Page, card: string) => page.locator(`#${card} form button`).click();

test('a cart is quoted, with progress on the way', async () => {
  const page = await storefront.visit();
  await page.locator('[name=assam]').fill('3');
  await page.locator('[name=sencha]').fill('0');
  // Slow enough that no step falls between two looks.
  storefront.mechanic.latency({ eventRunMs: 0, taskRunMs: 0, actionRunMs: 3_000 });
  await send(page, 'quote');
  await page.locator('#quote .words', { hasText: 'Reading your cart…' }).waitFor();
  await page.locator('#quote .words', { hasText: 'Asking for freight…' }).waitFor();
  storefront.mechanic.latency('fast');
  expect(await outcomeOf(page, 'quote', 'done')).toMatch(
    /Goods\s+€26\.70\s+Freight\s+€6\.70\s+Total\s+€33\.40/,
  );
});

test('an empty cart fails with the words of the task', async () => {
  const page = await storefront.visit();
  for (const name of ['assam', 'sencha']) await page.locator(`[name=${name}]`).fill('0');
  await send(page, 'quote');
  expect(await outcomeOf(page, 'quote', 'failed')).toBe('The cart is empty.');
});

test('a VAT number is checked, and a wrong one is said to be wrong', async () => {
  const page = await storefront.visit();
  await send(page, 'vat-number');
  expect(await outcomeOf(page, 'vat-number', 'done')).toContain('DE123456789');
  await page.locator('[name=vat_number]').fill('DE <b>1</b>');
  await send(page, 'vat-number');
  expect(await outcomeOf(page, 'vat-number', 'failed')).toBe(
    '"DE<B>1</B>" has not the form of a VAT number.',
  );
});

test("an address is verified for a customer who is signed in, and yesterday's is not shown", async () => {
  const page = await storefront.visit();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('customer@example.test').waitFor();
  await send(page, 'address');
  expect(await outcomeOf(page, 'address', 'done')).toContain('Quay Street 7, G1 1AA Glasgow');
});

test('a visitor who is signed out is asked to sign in', async () => {
  const page = await storefront.visit();
  await send(page, 'address');
  expect(await outcomeOf(page, 'address', 'failed')).toContain('Please sign in first');
});

test('a message arrives with its file', async () => {
  const page = await storefront.visit();
  await page.locator('[name=photo]').setInputFiles({
    name: 'packet.png',
    mimeType: 'image/png',
    buffer: Buffer.from('not really a picture'),
  });
  await send(page, 'message');
  expect(await outcomeOf(page, 'message', 'done')).toContain('packet.png, image/png, 20 bytes');
  const event = storefront.mechanic.events().find(({ topic }) => topic === 'user/message/sent');
  expect(event?.data).toMatchObject({
    message: { subject: 'A torn packet', text: 'It arrived like this.' },
    photo: { content_base64: btoa('not really a picture') },
  });
});

test('a double click submits once', async () => {
  const page = await storefront.visit();
  const submitted = () =>
    storefront.mechanic.events().filter(({ topic }) => topic === 'user/vat_number/submitted');
  const before = submitted().length;
  await page.locator('#vat-number form button').dblclick();
  await outcomeOf(page, 'vat-number', 'done');
  expect(submitted()).toHaveLength(before + 1);
});

test('Mechanic can be made to take its time', async () => {
  const page = await storefront.visit();
  const switched = page.waitForResponse(/\/settings$/);
  await page.getByLabel('Mechanic takes').selectOption('real');
  expect((await switched).status()).toBe(204);
  const dashboard = await fetch(storefront.url);
  expect(await dashboard.text()).toMatch(/value="real" selected/);
  await page.getByLabel('Mechanic takes').selectOption('fast');
});
