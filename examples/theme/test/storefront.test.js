import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { createEmulator } from 'mechanic-storefront/emulator';
import { chromium } from 'playwright-core';

// What `npm start` shows, in a real browser, with the delays taken out.
const { $schema, ...config } = JSON.parse(await readFile('config.json', 'utf8'));

const { CHROMIUM_PATH } = process.env;
let browser;
let mechanic;
let storefrontUrl;
let page;

before(async () => {
  browser = await chromium.launch(CHROMIUM_PATH ? { executablePath: CHROMIUM_PATH } : { channel: 'chrome' });
});
beforeEach(async () => {
  mechanic = createEmulator({ ...config, latency: 'fast' });
  ({ storefrontUrl } = await mechanic.listen());
  page = await browser.newPage();
});
afterEach(async () => {
  await page.close();
  await mechanic.close();
});
after(() => browser.close());

const press = (name) => page.getByRole('button', { name }).click();
const shown = (selector, text) => page.locator(selector).filter({ hasText: text, visible: true }).waitFor();

for (const [where, path] of [
  ['the section with <mechanic-form>', '/'],
  ["the theme kit's section", '/pages/kit'],
]) {
  test(`${where} shows the price`, async () => {
    await page.goto(storefrontUrl + path);
    await page.getByLabel('Stems').fill('10');
    await press('What does it cost?');
    await shown('mechanic-form[state=done] [role=status]', /10 × rose.*€32\.00.*€38\.50/s);
    const [{ data }] = mechanic.events();
    assert.deepEqual({ flower: data.flower, stems: data.stems }, { flower: 'rose', stems: '10' });
  });

  test(`${where} says what is sold out`, async () => {
    await page.goto(storefrontUrl + path);
    await page.getByLabel('Flower').selectOption('Peonies');
    await press('What does it cost?');
    await shown('[data-mechanic=failed]', 'Those are sold out today.');
  });
}

test('the section with a script of its own shows the day', async () => {
  await page.goto(storefrontUrl);
  await page.getByLabel('Postcode').fill('10115');
  await press('Do you deliver to me?');
  await shown('delivery-check [role=status]', 'Yes, on Monday, for €4.90.');
});

test('the section with a script of its own says where nothing is delivered', async () => {
  await page.goto(storefrontUrl);
  await page.getByLabel('Postcode').fill('99999');
  await press('Do you deliver to me?');
  await shown('delivery-check [role=status]', 'We do not deliver there, sorry.');
});
