import { expect, test } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { done, failed, state, submit, useForms, working } from '../support/forms.ts';

const forms = useForms();

test.each([1280, 390])('axe finds nothing wrong with a form in any state, at %i pixels', async (width) => {
  const page = await forms.open('forms', (page) => page.setViewportSize({ width, height: 800 }));
  expect(await violationsOf(page)).toEqual([]);
  for (const form of ['quote', 'sample'] as const) await submit(page, form);
  expect(await violationsOf(page)).toEqual([]);
  for (const which of [0, 1]) await forms.answer(working(0.5, 'Weighing'), which);
  await page.locator('#quote progress[value]').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  for (const which of [0, 1]) await forms.answer(failed, which);
  for (const form of ['quote', 'sample']) await state(page, form, 'failed');
  expect(await violationsOf(page)).toEqual([]);
  for (const form of ['quote', 'sample']) await page.locator(`#${form} [data-mechanic-retry]`).click();
  for (const form of ['quote', 'sample']) await state(page, form, 'pending');
  expect(await violationsOf(page)).toEqual([]);
  for (const which of [2, 3]) await forms.answer(done, which);
  for (const form of ['quote', 'sample']) await state(page, form, 'done');
  expect(await violationsOf(page)).toEqual([]);
});
