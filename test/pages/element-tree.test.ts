import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { treeOf } from '../support/accessibility-tree.ts';
import { done, failed, state, submit, useForms, working } from '../support/forms.ts';

const forms = useForms();

const shown = (page: Page, text: string) => page.getByText(text).filter({ visible: true }).waitFor();

const tryAgain = (page: Page, form: string) => page.locator(`#${form} [data-mechanic-retry]`).press('Enter');

test('a form with a live region of its own is seen in every state', async () => {
  const page = await forms.open('forms');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form
      text Pieces
      spinbutton "Pieces" required
      button "Get my quote"
    status live=polite"
  `);
  await submit(page, 'quote');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form busy
      text Pieces
      spinbutton "Pieces" = 10 required
      button "Get my quote" disabled focused
    status live=polite
      paragraph
        text Working on it…
        progressbar "Progress""
  `);
  await forms.answer(working(0.5, 'Asking for freight'));
  await shown(page, 'Asking for freight');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form busy
      text Pieces
      spinbutton "Pieces" = 10 required
      button "Get my quote" disabled focused
    status live=polite
      paragraph
        text Asking for freight
        progressbar "Progress" = 0.5"
  `);
  await forms.answer(failed, 0);
  await state(page, 'quote', 'failed');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form
      text Pieces
      spinbutton "Pieces" = 10 required
      button "Get my quote" focused
    status live=polite
    alert live=assertive
      text No tea left.
      button "Try again""
  `);
  await tryAgain(page, 'quote');
  await state(page, 'quote', 'pending');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form busy
      text Pieces
      spinbutton "Pieces" = 10 required
      button "Get my quote" disabled
    status live=polite
      paragraph "Working on it… Progress" focused
        text Working on it…
        progressbar "Progress""
  `);
  await forms.answer(done, 1);
  await state(page, 'quote', 'done');
  expect(await treeOf(page, '#quote')).toMatchInlineSnapshot(`
    "form
      text Pieces
      spinbutton "Pieces" = 10 required
      button "Get my quote"
    status live=polite
      paragraph "Your price: 90 Order it" focused
        text Your price:
        text 90
        link "Order it""
  `);
});

test('a form without a live region gets the roles from the element', async () => {
  const page = await forms.open('forms');
  await submit(page, 'sample');
  expect(await treeOf(page, '#sample')).toMatchInlineSnapshot(`
    "form busy
      text Sample
      textbox "Sample" = 10 required
      button "Send me a sample" disabled focused
    status live=polite
      text Looking for it…"
  `);
  await forms.answer(failed, 0);
  await state(page, 'sample', 'failed');
  expect(await treeOf(page, '#sample')).toMatchInlineSnapshot(`
    "form
      text Sample
      textbox "Sample" = 10 required
      button "Send me a sample" focused
    alert live=assertive
      text No tea left.
      button "Look again""
  `);
  await tryAgain(page, 'sample');
  await state(page, 'sample', 'pending');
  // It has the focus, and is read out for that.
  expect(await treeOf(page, '#sample')).toMatchInlineSnapshot(`
    "form busy
      text Sample
      textbox "Sample" = 10 required
      button "Send me a sample" disabled
    paragraph "Looking for it…" focused"
  `);
  await forms.answer(working(0.5, 'On the second shelf'), 1);
  await shown(page, 'On the second shelf');
  expect(await treeOf(page, '#sample')).toMatchInlineSnapshot(`
    "form busy
      text Sample
      textbox "Sample" = 10 required
      button "Send me a sample" disabled
    status live=polite focused
      text On the second shelf"
  `);
  await page.getByLabel('Newsletter').focus();
  await forms.answer(done, 1);
  await state(page, 'sample', 'done');
  expect(await treeOf(page, '#sample')).toMatchInlineSnapshot(`
    "form
      text Sample
      textbox "Sample" = 10 required
      button "Send me a sample"
    status live=polite
      text It comes from
      text Ulm
      text .
      link "Follow it""
  `);
});

test('attributes that were there before are put back as they were', async () => {
  const page = await forms.open('forms');
  await page.locator('#quote form').evaluate((form) => form.setAttribute('aria-busy', 'false'));
  const tags = () =>
    page
      .locator('#quote :is(form, button)')
      .evaluateAll((all) => all.map((one) => (one.cloneNode() as Element).outerHTML));
  const before = await tags();
  await submit(page, 'quote');
  expect(await tags()).not.toEqual(before);
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await tags()).toEqual(before);
});
