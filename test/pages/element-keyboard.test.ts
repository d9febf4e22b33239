import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { done, failed, state, useForms } from '../support/forms.ts';

const forms = useForms();

/** Goes on by Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 12; presses++) {
    if ((await focusOf(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to "${name}", but to "${await focusOf(page)}".`);
}

/** What has the focus: a field's name, an element's text, or the kind of element. */
const focusOf = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement;
    if (focused === document.body) return 'nothing';
    const isField = focused.localName === 'input';
    return (isField ? focused.name : focused.innerText).replace(/\s+/g, ' ').trim();
  });

/** A form that has been filled and submitted by keyboard, from its field. */
async function submitted(form: 'quote' | 'sample', prepare?: (page: Page) => Promise<unknown>) {
  const page = await forms.open('forms');
  await prepare?.(page);
  await tabTo(page, { quote: 'pieces', sample: 'sample' }[form]);
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await state(page, form, 'pending');
  return page;
}

test.each(['Enter', 'Space'])(
  '%s on the button submits the form, with the name and value of the button',
  async (key) => {
    const page = await forms.open('forms');
    await tabTo(page, 'pieces');
    await page.keyboard.type('10');
    await tabTo(page, 'Get my quote');
    await page.keyboard.press(key);
    await forms.answer(done);
    await state(page, 'quote', 'done');
    expect(forms.submissions()).toEqual([{ uuid: expect.any(String), pieces: '10', action: 'quote' }]);
  },
);

test('Enter in a field submits as the button would', async () => {
  await submitted('quote');
  await forms.answer(done);
  expect(forms.submissions()).toEqual([{ uuid: expect.any(String), pieces: '10', action: 'quote' }]);
});

test('an empty field that is required gets the focus, and nothing is sent', async () => {
  const page = await forms.open('forms');
  await tabTo(page, 'Get my quote');
  await page.keyboard.press('Enter');
  expect(await focusOf(page)).toBe('pieces');
  expect(await page.locator('#quote').getAttribute('state')).toBe('idle');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await forms.answer(done);
  expect(forms.submissions()).toMatchObject([{ pieces: '5' }]);
});

test.each<[string, (page: Page) => Promise<unknown>]>([
  ['Enter twice', (page) => page.keyboard.press('Enter').then(() => page.keyboard.press('Enter'))],
  ['Enter held down', (page) => Promise.all([1, 2, 3, 4, 5].map(() => page.keyboard.down('Enter')))],
  ['Space twice', (page) => page.keyboard.press('Space').then(() => page.keyboard.press('Space'))],
  ['a double click', (page) => page.getByRole('button', { name: 'Get my quote' }).dblclick()],
])('%s submits once', async (_, press) => {
  const page = await forms.open('forms');
  await tabTo(page, 'pieces');
  await page.keyboard.type('10');
  await tabTo(page, 'Get my quote');
  await press(page);
  await state(page, 'quote', 'pending');
  await forms.answer(done, 0);
  await state(page, 'quote', 'done');
  expect(forms.submissions()).toHaveLength(1);
});

test('while it is pending, the button keeps the focus, and pressing it again does nothing', async () => {
  const page = await submitted('sample');
  await tabTo(page, 'Send me a sample');
  await page.keyboard.press('Enter');
  expect(await focusOf(page)).toBe('Send me a sample');
  await forms.answer(done);
  await state(page, 'sample', 'done');
  expect(forms.submissions()).toHaveLength(1);
});

test.each(['quote', 'sample'] as const)(
  'the result of the %s gets the focus, and Tab goes on to the link in it',
  async (form) => {
    const page = await submitted(form);
    await forms.answer(done);
    await state(page, form, 'done');
    const shown = { quote: 'Your price: 90 Order it', sample: 'It comes from Ulm. Follow it' }[form];
    expect(await focusOf(page)).toBe(shown);
    await page.keyboard.press('Tab');
    expect(await focusOf(page)).toBe({ quote: 'Order it', sample: 'Follow it' }[form]);
    // Once left, it is no stop of the keyboard's.
    expect(await page.locator(`#${form} [data-mechanic=done]`).getAttribute('tabindex')).toBeNull();
  },
);

test.each(['email', 'sample'])('the focus stays in the field "%s" of another form', async (field) => {
  const page = await submitted('quote');
  await tabTo(page, field);
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await focusOf(page)).toBe(field);
});

test('the focus stays nowhere when it was nowhere', async () => {
  const page = await submitted('quote');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(await focusOf(page)).toBe('nothing');
});

test('a failure leaves the focus where it was', async () => {
  const page = await submitted('quote');
  await tabTo(page, 'Get my quote');
  await forms.answer(failed);
  await state(page, 'quote', 'failed');
  expect(await focusOf(page)).toBe('Get my quote');
});

test('trying again by keyboard leads from the failure over the progress to the result', async () => {
  const page = await submitted('sample');
  await forms.answer(failed, 0);
  await state(page, 'sample', 'failed');
  await tabTo(page, 'Look again');
  await page.keyboard.press('Enter');
  await state(page, 'sample', 'pending');
  expect(await focusOf(page)).toBe('Looking for it…');
  await forms.answer(failed, 1);
  await state(page, 'sample', 'failed');
  expect(await focusOf(page)).toBe('No tea left. Look again');
  await tabTo(page, 'Look again');
  await page.keyboard.press('Space');
  await state(page, 'sample', 'pending');
  await forms.answer(done, 2);
  await state(page, 'sample', 'done');
  expect(await focusOf(page)).toBe('It comes from Ulm. Follow it');
});

test('what was refused is sent again by keyboard, byte for byte', async () => {
  const page = await forms.open('forms');
  const bodies: (string | null)[] = [];
  page.on('request', (request) => request.method() === 'POST' && bodies.push(request.postData()));
  forms.mechanic.faults.set({ status: 400 });
  onTestFinished(() => forms.mechanic.faults.clear());
  await tabTo(page, 'pieces');
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await state(page, 'quote', 'failed');
  forms.mechanic.faults.clear();
  await tabTo(page, 'Try again');
  await page.keyboard.press('Enter');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(bodies).toEqual([expect.stringContaining(forms.submissions()[0]?.uuid ?? ''), bodies[0]]);
});

test('where nothing is shown while pending, trying again leaves the focus in the element', async () => {
  const page = await submitted('sample', (page) =>
    page.locator('#sample [data-mechanic=pending]').evaluate((part) => part.remove()),
  );
  await forms.answer(failed);
  await state(page, 'sample', 'failed');
  await tabTo(page, 'Look again');
  await page.keyboard.press('Enter');
  await state(page, 'sample', 'pending');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('sample');
  await page.keyboard.press('Tab');
  expect(await focusOf(page)).toBe('sample');
});
