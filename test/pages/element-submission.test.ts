import { expect, test } from 'vitest';
import { done, state, submit, useForms } from '../support/forms.ts';

const forms = useForms();

test('a submission that another script prevents is left to it', async () => {
  const page = await forms.open('forms');
  await page.evaluate(() => {
    document.addEventListener('submit', (event) => event.preventDefault(), { capture: true, once: true });
  });
  await page.getByLabel('Pieces').fill('1');
  await page.getByLabel('Pieces').press('Enter');
  expect(await page.locator('#quote').getAttribute('state')).toBe('idle');
  await submit(page, 'quote');
  await forms.answer(done);
  expect(forms.submissions()).toMatchObject([{ pieces: '10' }]);
});

test('a submission that a listener cancels is not sent, and one that it changes is sent as changed', async () => {
  const page = await forms.open('forms');
  await page.evaluate(() => {
    document.addEventListener('mechanic:submit', (event) => event.preventDefault(), { once: true });
  });
  await page.getByLabel('Pieces').fill('1');
  await page.getByLabel('Pieces').press('Enter');
  expect(await page.locator('#quote').getAttribute('state')).toBe('idle');
  await page.evaluate(() => {
    document.addEventListener('mechanic:submit', ({ detail }) =>
      (detail.data as FormData).set('note', 'by script'),
    );
  });
  await submit(page, 'quote');
  await forms.answer(done);
  expect(forms.submissions()).toMatchObject([{ pieces: '10', note: 'by script' }]);
});

test('a form with a file goes out as multipart, with the button', async () => {
  const page = await forms.open('forms');
  await page.locator('#quote form').evaluate((form) => {
    form.insertAdjacentHTML('afterbegin', '<input type="file" name="drawing" aria-label="Drawing">');
  });
  await page.getByLabel('Drawing').setInputFiles({
    name: 'pot.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg/>'),
  });
  await page.getByLabel('Pieces').fill('10');
  const request = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Get my quote' }).click();
  expect((await request).headers()['content-type']).toMatch(/^multipart\/form-data/);
  await forms.answer(done);
  await state(page, 'quote', 'done');
  expect(forms.submissions()).toMatchObject([
    { pieces: '10', action: 'quote', drawing: { name: 'pot.svg', content_base64: btoa('<svg/>') } },
  ]);
});

test('the events of a form reach the document, each once', async () => {
  const page = await forms.open('forms');
  await page.evaluate(() => {
    const events: string[] = [];
    Object.assign(window, { events });
    for (const name of ['submit', 'accepted', 'result', 'error']) {
      document.addEventListener(`mechanic:${name}`, ({ target }) =>
        events.push(`${(target as Element).id} ${name}`),
      );
    }
  });
  await submit(page, 'quote');
  await forms.answer(done);
  await state(page, 'quote', 'done');
  const events = await page.evaluate(() => (window as unknown as { events: string[] }).events);
  expect(events).toEqual(['quote submit', 'quote accepted', 'quote result']);
});
