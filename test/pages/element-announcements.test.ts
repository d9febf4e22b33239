import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { done, failed, state, submit, useForms, working } from '../support/forms.ts';
import { listen, said } from '../support/screen-reader.ts';

const forms = useForms();

/** A form that has been filled and submitted by keyboard, with somebody who listens from the start. */
async function submitted(form: 'quote' | 'sample'): Promise<Page> {
  const page = await forms.open('forms', listen);
  await submit(page, form);
  return page;
}

const shown = (page: Page, text: string) => page.getByText(text).filter({ visible: true }).waitFor();

const words = {
  quote: { pending: 'Working on it…', result: 'Your price: 90 Order it', again: 'Try again' },
  sample: { pending: 'Looking for it…', result: 'It comes from Ulm. Follow it', again: 'Look again' },
};

test.each(['quote', 'sample'] as const)(
  'each state of the %s is said once, the result by its focus',
  async (form) => {
    const page = await submitted(form);
    const { pending, result, again } = words[form];
    expect(await said(page)).toEqual([`polite: ${pending}`]);
    await forms.answer(working(0.5, 'Half way'), 0);
    await shown(page, 'Half way');
    expect(await said(page)).toEqual(['polite: Half way']);
    await forms.answer(failed, 0);
    await state(page, form, 'failed');
    expect(await said(page)).toEqual([`assertive: No tea left. ${again}`]);
    await page.getByRole('button', { name: again }).press('Enter');
    await state(page, form, 'pending');
    expect(await said(page)).toEqual([`focus: ${pending}`]);
    await forms.answer(working(0.5, 'Half way'), 1);
    await shown(page, 'Half way');
    expect(await said(page)).toEqual(['polite: Half way']);
    await forms.answer(done, 1);
    await state(page, form, 'done');
    expect(await said(page)).toEqual([`focus: ${result}`]);
  },
);

test.each(['quote', 'sample'] as const)(
  'the result of the %s is said once where the focus is elsewhere',
  async (form) => {
    const page = await submitted(form);
    await page.getByLabel('Newsletter').focus();
    await said(page);
    await forms.answer(done);
    await state(page, form, 'done');
    expect(await said(page)).toEqual([`polite: ${words[form].result}`]);
  },
);

test('words that stay the same while the progress goes on are said once', async () => {
  const page = await submitted('quote');
  await said(page);
  for (const progress of [0.2, 0.4, 0.6]) {
    await forms.answer(working(progress, 'Weighing'));
    await page.locator(`#quote progress[value="${progress}"]`).waitFor();
  }
  expect(await said(page)).toEqual(['polite: Weighing']);
});

test('the same failure after another try is said again', async () => {
  const page = await submitted('quote');
  await forms.answer(failed, 0);
  await state(page, 'quote', 'failed');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByLabel('Newsletter').focus();
  await said(page);
  await forms.answer(failed, 1);
  await state(page, 'quote', 'failed');
  expect(await said(page)).toEqual(['assertive: No tea left. Try again']);
});

test('the words on a button belong to the button', async () => {
  const page = await forms.open('forms', listen);
  await page.locator('#sample form button').evaluate((button) => {
    button.innerHTML =
      '<span data-mechanic="idle done failed">Send</span><span data-mechanic="pending" hidden>Sending</span>';
  });
  await submit(page, 'sample');
  expect(await page.getByRole('button', { name: 'Sending' }).getAttribute('aria-disabled')).toBe('true');
  await forms.answer(done);
  await state(page, 'sample', 'done');
  expect(await said(page)).toEqual(['polite: Looking for it…', 'focus: It comes from Ulm. Follow it']);
});

test('a form that is hidden while it waits gives the focus to what is shown instead', async () => {
  const page = await forms.open('forms', listen);
  await page.locator('#sample form').evaluate((form) => form.setAttribute('data-mechanic', 'idle failed'));
  await submit(page, 'sample');
  expect(await said(page)).toEqual(['focus: Looking for it…']);
  await forms.answer(failed);
  await state(page, 'sample', 'failed');
  expect(await said(page)).toEqual(['focus: No tea left. Look again']);
  expect(await page.getByLabel('Sample').isVisible()).toBe(true);
});
