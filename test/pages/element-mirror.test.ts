import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { useForms } from '../support/forms.ts';

const forms = useForms();

/** Fills the sign-in of a storefront, whose submissions are mirrored. */
async function filled(): Promise<Page> {
  const page = await forms.open('mirror');
  await page.getByLabel('Email').fill('customer@example.test');
  await page.getByLabel('Password').fill('s3cret');
  return page;
}

/** The native submission has gone through, and its copy has arrived, once. */
async function expectBoth(page: Page, others: object = { commit: 'login' }): Promise<void> {
  await page.waitForURL('**/pages/account?**');
  expect(await page.locator('#customer').innerText()).toBe('customer@example.test');
  await expect.poll(() => forms.submissions()).toHaveLength(1);
  expect(forms.submissions()).toEqual([
    {
      uuid: expect.any(String),
      customer: '1001',
      return_to: '/pages/account?view=mirror',
      email: 'customer@example.test',
      ...others,
    },
  ]);
}

test("a form's own submission goes on, and its copy has no password", async () => {
  const page = await filled();
  await page.getByRole('button').click();
  await expectBoth(page);
});

test('a password that is shown stays out of the copy, too', async () => {
  const page = await filled();
  await page.getByLabel('Password').evaluate((field: HTMLInputElement) => {
    field.type = 'text';
  });
  await page.getByRole('button').press('Enter');
  await expectBoth(page);
});

test('a double click makes one copy', async () => {
  const page = await filled();
  await page.getByRole('button').dblclick();
  await expectBoth(page);
});

test('a form that is not valid is neither submitted nor copied', async () => {
  const page = await filled();
  await page.getByLabel('Email').fill('');
  await page.getByRole('button').click();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('email');
  await page.getByLabel('Email').fill('customer@example.test');
  await page.getByRole('button').click();
  await expectBoth(page);
});

test.each([true, false])(
  'a captcha that submits the form later makes one copy (capturing: %s)',
  async (capture) => {
    const page = await filled();
    await page.evaluate((capture) => {
      document.addEventListener(
        'submit',
        (event) => {
          event.preventDefault();
          // As Shopify's does: it asks its server first, and then submits without an event.
          setTimeout(() => (event.target as HTMLFormElement).submit());
        },
        { capture },
      );
    }, capture);
    await page.getByRole('button').click();
    // The script's submission has no button. One that decides after the element has is copied before.
    await expectBoth(page, capture ? {} : { commit: 'login' });
  },
);

test('a submission that a script prevents for good is not copied', async () => {
  const page = await filled();
  await page.locator('form').evaluate((form) => {
    form.addEventListener('submit', (event) => event.preventDefault(), { once: true });
  });
  await page.getByRole('button').click();
  await page.getByLabel('Email').fill('other@example.test');
  await page.getByRole('button').click();
  await page.waitForURL('**/pages/account?**');
  await expect.poll(() => forms.submissions()).toMatchObject([{ email: 'other@example.test' }]);
});
