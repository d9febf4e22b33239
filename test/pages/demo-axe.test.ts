import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { createDemo } from '../../demo/mechanic.ts';
import { violationsOf } from '../support/axe.ts';
import { useStorefront } from '../support/storefront.ts';

// Slow enough to be looked at while it works; each test then lets it go on.
const storefront = useStorefront(() => createDemo());

const cards = ['quote', 'vat-number', 'address', 'message'];

/** Submits all forms, and looks at the page while they are worked on, and when they have their answers. */
async function violationsWhileAnswered(page: Page, phases: { [card: string]: 'done' | 'failed' }) {
  storefront.mechanic.latency(1_500);
  for (const card of cards) await page.locator(`#${card} form button`).click();
  await page.locator('#quote[data-phase=waiting]').waitFor();
  const atWork = await violationsOf(page);
  storefront.mechanic.latency('fast');
  for (const card of cards) await page.locator(`#${card}[data-phase=${phases[card]}]`).waitFor();
  return [...atWork, ...(await violationsOf(page))];
}

test.each([1280, 390])('axe finds nothing wrong with the demo in any state, at %i pixels', async (width) => {
  const page = await storefront.visit();
  await page.setViewportSize({ width, height: 800 });
  expect(await violationsOf(page)).toEqual([]);
  const done = { quote: 'done', 'vat-number': 'done', address: 'done', message: 'done' } as const;
  // Signed out, the address cannot be answered.
  expect(await violationsWhileAnswered(page, { ...done, address: 'failed' })).toEqual([]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('customer@example.test').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(await violationsWhileAnswered(page, done)).toEqual([]);
  for (const name of ['assam', 'sencha']) await page.locator(`[name=${name}]`).fill('0');
  await page.locator('[name=vat_number]').fill('1');
  const failed = { ...done, quote: 'failed', 'vat-number': 'failed' } as const;
  expect(await violationsWhileAnswered(page, failed)).toEqual([]);
});
