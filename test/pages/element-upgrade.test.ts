import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { done, state, submit, useForms } from '../support/forms.ts';

const forms = useForms();

const script = '/assets/mechanic-storefront.min.js';

/** A page whose script has not come yet. */
const openWithoutScript = () =>
  forms.open('forms', (page) => page.route(`**${script}`, (route) => route.abort()));

async function bringScript(page: Page): Promise<void> {
  await page.unroute(`**${script}`);
  await page.addScriptTag({ url: script });
}

test('a form works once the script has come, and has no state before', async () => {
  const page = await openWithoutScript();
  expect(await page.locator('#quote').getAttribute('state')).toBeNull();
  await bringScript(page);
  await state(page, 'quote', 'idle');
  await submit(page, 'quote');
  await forms.answer(done);
  await state(page, 'quote', 'done');
});

test('a place for the result that was set before the script came is asked', async () => {
  const page = await openWithoutScript();
  await page.locator('#quote').evaluate((form) => {
    const result = async ({ id }: { id: string }) => ({
      state: 'done',
      value: { total: `${id.length} letters` },
    });
    Object.assign(form, { result });
  });
  await bringScript(page);
  await submit(page, 'quote');
  await state(page, 'quote', 'done');
  expect(await page.locator('#quote [data-mechanic=done]').innerText()).toContain('36 letters');
});

test('a form that a script inserts works like one that was there', async () => {
  const page = await forms.open('forms');
  const html = await page.locator('#sample').evaluate((form) => {
    form.remove();
    return form.outerHTML.replace(/ (state|role)="\w+"/g, '');
  });
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), html);
  await state(page, 'sample', 'idle');
  await submit(page, 'sample');
  await forms.answer(done);
  await state(page, 'sample', 'done');
});

test('a form that is put together piece by piece works, too', async () => {
  const page = await forms.open('forms');
  await page.locator('#sample').evaluate((old) => {
    const form = document.createElement('mechanic-form');
    old.replaceWith(form);
    form.innerHTML = old.innerHTML;
    for (const { name, value } of old.attributes) if (name !== 'state') form.setAttribute(name, value);
  });
  await submit(page, 'sample');
  await forms.answer(done);
  await state(page, 'sample', 'done');
  expect(await page.locator('#sample [data-mechanic=done]').innerText()).toContain('Ulm');
});

test('the first touch of a form lets the browser connect to both origins', async () => {
  const page = await forms.open('forms');
  const elsewhere = forms.url.replace('127.0.0.1', 'localhost');
  await page
    .locator('#quote')
    .evaluate((form, url) => form.setAttribute('cache-endpoint', url), `${elsewhere}/cache/1`);
  const links = () =>
    page
      .locator('link[rel=preconnect]')
      .evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('crossorigin')]));
  expect(await links()).toEqual([]);
  await page.getByLabel('Pieces').focus();
  const both = [
    [forms.url, 'anonymous'],
    [elsewhere, 'anonymous'],
  ];
  expect(await links()).toEqual(both);
  await page.getByLabel('Pieces').click();
  await page.getByLabel('Sample').click();
  expect(await links()).toEqual(both);
});

test('a pointer touches a form, too', async () => {
  const page = await forms.open('forms');
  await page.getByText('Pieces').hover();
  expect(await page.locator('link[rel=preconnect]').count()).toBe(0);
  await page.mouse.down();
  expect(await page.locator('link[rel=preconnect]').count()).toBe(1);
});
