import { expect, test } from 'vitest';
import { createDemo } from '../../demo/mechanic.ts';
import { violationsOf } from '../support/axe.ts';
import { useStorefront } from '../support/storefront.ts';

const storefront = useStorefront(() => createDemo());

test.each([1280, 390])(
  "axe finds nothing wrong with the kit's form in any state, at %i pixels",
  async (width) => {
    const { mechanic } = storefront;
    const page = await storefront.visit('/pages/offer');
    await page.setViewportSize({ width, height: 800 });
    const form = (state: string) => page.locator(`mechanic-form[state="${state}"]`).waitFor();
    const button = (name: string) => page.getByRole('button', { name }).click();
    await form('idle');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Email').fill('customer@example.test');
    for (const tea of ['Assam', 'Sencha']) await page.getByLabel(tea).fill('0');
    mechanic.latency(1_500);
    await button('Get my offer');
    await form('pending');
    expect(await violationsOf(page)).toEqual([]);
    mechanic.latency('fast');
    await form('failed');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Assam').fill('3');
    mechanic.latency({ eventRunMs: 0, taskRunMs: 0, actionRunMs: 1_500 });
    await button('Try again');
    await page.locator('mechanic-form progress[value]').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    mechanic.latency('fast');
    await form('done');
    expect(await violationsOf(page)).toEqual([]);
  },
);
