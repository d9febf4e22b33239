import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { done, state, submit, useForms } from '../support/forms.ts';
import { countRequests } from '../support/storefront.ts';

const forms = useForms();

/** Counts what a page asks of Mechanic in three minutes from now, which pass in no time. */
async function requestsInThreeMinutes(page: Page): Promise<number> {
  const requests = countRequests(page, forms.url);
  // In steps, so that what is asked can be answered in between.
  for (let step = 0; step < 18; step++) await page.clock.runFor(10_000);
  return requests.count;
}

/** A page whose time is in the test's hands, with a form that waits. */
async function waiting(): Promise<Page> {
  const page = await forms.open('forms', (page) => page.clock.install());
  await submit(page, 'quote');
  return page;
}

test('what is moved while it waits goes on as if nothing had happened', async () => {
  const page = await waiting();
  await page.locator('#quote').evaluate((form) => {
    const changes: string[] = [];
    Object.assign(window, { changes });
    new MutationObserver((all) =>
      changes.push(...all.map(({ attributeName }) => `${attributeName}`)),
    ).observe(form, {
      attributes: true,
      attributeFilter: ['state', 'aria-busy', 'aria-disabled', 'hidden'],
      subtree: true,
    });
    document.body.append(form);
    document.body.prepend(form);
  });
  const changes = await page.evaluate(() => (window as unknown as { changes: string[] }).changes.slice());
  expect(changes).toEqual([]);
  await forms.answer(done);
  await page.clock.runFor(10_000);
  await state(page, 'quote', 'done');
  expect(forms.submissions()).toHaveLength(1);
});

test('what is taken out asks nothing more, and goes on when it is put back', async () => {
  const page = await waiting();
  const form = await page.locator('#quote').elementHandle();
  await form?.evaluate((form) => (form as HTMLElement).remove());
  await forms.answer(done);
  expect(await requestsInThreeMinutes(page)).toBe(0);
  await form?.evaluate((form) => document.querySelector('main')?.append(form));
  await page.clock.runFor(10_000);
  await state(page, 'quote', 'done');
  expect(forms.submissions()).toHaveLength(1);
});

test('what is put back a moment later is unlocked in the end', async () => {
  const page = await waiting();
  await page.locator('#quote').evaluate(async (form) => {
    form.remove();
    await Promise.resolve();
    document.body.append(form);
  });
  await state(page, 'quote', 'pending');
  expect(await page.locator('#quote form').getAttribute('aria-busy')).toBe('true');
  await forms.answer(done);
  await page.clock.runFor(10_000);
  await state(page, 'quote', 'done');
  expect(await page.locator('#quote form').getAttribute('aria-busy')).toBeNull();
  expect(await page.locator('#quote form button').getAttribute('aria-disabled')).toBeNull();
});

test('a section that the theme editor renders anew is idle, and the wait of the old one is over', async () => {
  const page = await forms.visit();
  await page.clock.install();
  await page.goto(forms.addressOf('resumed', 'editor'));
  const before = forms.mechanic.events().length;
  await page.getByLabel('Pieces').fill('10');
  await page.getByRole('button').click();
  await state(page, 'quote', 'pending');
  await expect.poll(() => forms.mechanic.events().length).toBe(before + 1);
  await page.evaluate(async () => {
    const html = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('.shopify-section');
    const section = document.querySelector('.shopify-section');
    section?.dispatchEvent(new CustomEvent('shopify:section:unload', { bubbles: true }));
    section?.replaceWith(document.importNode(fresh as Element, true));
    document.dispatchEvent(new CustomEvent('shopify:section:load', { bubbles: true }));
  });
  await state(page, 'quote', 'idle');
  expect(await requestsInThreeMinutes(page)).toBe(0);
  expect(await page.locator('#quote').getAttribute('state')).toBe('idle');
  await page.getByLabel('Pieces').fill('10');
  await page.getByRole('button').click();
  await state(page, 'quote', 'pending');
});

test('two copies of the script make one submission and one result', async () => {
  const page = await forms.open('forms');
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.addScriptTag({ url: '/assets/mechanic-storefront.min.js' });
  await page.evaluate(() => {
    const results: string[] = [];
    Object.assign(window, { results });
    document.addEventListener('mechanic:result', ({ detail }) => results.push(detail.id));
  });
  await submit(page, 'quote');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  const results = await page.evaluate(() => (window as unknown as { results: string[] }).results);
  expect(results).toEqual(forms.submissions().map(({ uuid }) => uuid));
  expect(results).toHaveLength(1);
  expect(errors).toEqual([]);
});

test('two forms that wait at one cache endpoint share its answer, and each shows its own', async () => {
  const page = await forms.open('forms');
  const looks = countRequests(page, '/cache/');
  let letGo = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  // The first look takes until both have their results, however slow this machine is.
  await page.route('**/cache/*', async (route) => {
    await isAnswered;
    await route.continue();
  });
  for (const form of ['quote', 'sample'] as const) await submit(page, form);
  await forms.answer({ status: 'done', value: { total: 90, city: 'not shown here' } }, 0);
  await forms.answer({ status: 'done', value: { total: 'not shown here', city: 'Ulm' } }, 1);
  letGo();
  for (const form of ['quote', 'sample'] as const) await state(page, form, 'done');
  expect(looks.count).toBe(1);
  expect(await page.locator('#quote [data-mechanic=done]').innerText()).toContain('90');
  expect(await page.locator('#sample [data-mechanic=done]').innerText()).toContain('Ulm');
});
