import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { done, state, useForms } from '../support/forms.ts';
import { countRequests } from '../support/storefront.ts';

const forms = useForms();

const priceOf = (page: Page) => page.locator('#quote [data-mechanic=done]').innerText();

const kept = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

/** A page whose form waits for its result, and goes on waiting on the next page. */
async function waiting(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await forms.open('resumed', prepare);
  await page.getByLabel('Pieces').fill('4711');
  await page.getByRole('button').click();
  await state(page, 'quote', 'pending');
  return page;
}

test('the result is shown on the next page, and nothing is kept after it', async () => {
  const page = await waiting();
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.waitForURL('**/pages/next?**');
  await state(page, 'quote', 'pending');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await priceOf(page)).toBe('Your price: 90');
  expect(await kept(page)).toBe('{}');
  expect(forms.submissions()).toHaveLength(1);
});

test('the result is shown after a reload, and of the data nothing was kept', async () => {
  const page = await waiting();
  const [handle] = Object.values(JSON.parse(await kept(page))) as string[];
  expect(JSON.parse(handle ?? '')).toMatchObject({ id: expect.any(String), timeoutMs: 120_000 });
  expect(await kept(page)).not.toContain('4711');
  await page.reload();
  await state(page, 'quote', 'pending');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await priceOf(page)).toBe('Your price: 90');
  expect(await kept(page)).toBe('{}');
});

test('another tab does not show it', async () => {
  await waiting();
  const other = await forms.visit();
  await other.goto(forms.addressOf('resumed'));
  await state(other, 'quote', 'idle');
});

test('a wait that was begun anew after a timeout goes on on the next page, too', async () => {
  const page = await waiting((page) => page.clock.install());
  await page.clock.fastForward(121_000);
  await state(page, 'quote', 'failed');
  expect(await kept(page)).toBe('{}');
  await page.getByRole('button', { name: 'Try again' }).click();
  await state(page, 'quote', 'pending');
  await page.reload();
  await state(page, 'quote', 'pending');
  await forms.answer(done);
  await page.clock.runFor(1_000);
  await state(page, 'quote', 'done');
  expect(forms.submissions()).toHaveLength(1);
});

test('an element that is there before what is in it is parsed shows that it waits', async () => {
  const page = await waiting();
  await page.goto(forms.addressOf('resumed', 'early'));
  await page.getByText('Working on it…').waitFor();
  expect(await page.locator('#quote form').getAttribute('aria-busy')).toBe('true');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await priceOf(page)).toBe('Your price: 90');
});

test('the theme editor shows nothing of a visit, and keeps nothing', async () => {
  const page = await waiting((page) => page.clock.install());
  const before = await kept(page);
  const looks = countRequests(page, '/cache/');
  await page.goto(forms.addressOf('resumed', 'editor'));
  const count = looks.count;
  await state(page, 'quote', 'idle');
  await page.clock.runFor(10_000);
  expect(looks.count).toBe(count);
  await page.getByLabel('Pieces').fill('5');
  await page.getByRole('button').click();
  await state(page, 'quote', 'pending');
  expect(await kept(page)).toBe(before);
});

/** Leaves a page and comes back to it by the back/forward cache: the same page goes on, it is not loaded again. */
async function leaveAndComeBack(page: Page, meanwhile: () => unknown): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  await page.goto(forms.addressOf('page', 'next'));
  await meanwhile();
  await page.goBack({ waitUntil: 'commit' });
  expect(await page.evaluate(() => (window as { persisted?: boolean }).persisted)).toBe(true);
}

test('a page that comes back from the back/forward cache goes on waiting, and unlocks the form', async () => {
  const page = await forms.open('forms');
  await page.getByLabel('Pieces').fill('10');
  await page.getByLabel('Pieces').press('Enter');
  await state(page, 'quote', 'pending');
  await leaveAndComeBack(page, () => forms.answer(done));
  await state(page, 'quote', 'done');
  expect(await page.locator('#quote form').getAttribute('aria-busy')).toBeNull();
  expect(forms.submissions()).toHaveLength(1);
});

test('a look that the back/forward cache cut short is taken again', async () => {
  const page = await forms.open('forms');
  forms.mechanic.faults.set({ on: 'cache', delayMs: 3_600_000 });
  onTestFinished(() => forms.mechanic.faults.clear());
  const look = page.waitForRequest(/\/cache\//);
  await page.getByLabel('Pieces').fill('10');
  await page.getByLabel('Pieces').press('Enter');
  await look;
  await leaveAndComeBack(page, () => forms.mechanic.faults.clear());
  await forms.answer(done);
  await state(page, 'quote', 'done');
});

test('a page that comes back with its result still shows it', async () => {
  const page = await forms.open('forms');
  await page.getByLabel('Pieces').fill('10');
  await page.getByLabel('Pieces').press('Enter');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  await leaveAndComeBack(page, () => {});
  await state(page, 'quote', 'done');
  expect(await priceOf(page)).toContain('Your price: 90');
});
