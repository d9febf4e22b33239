import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { createDemo } from '../../demo/mechanic.ts';
import { useStorefront } from '../support/storefront.ts';

const storefront = useStorefront(() => createDemo());
const hostile = '<img src=x onerror="document.title=1"></script><script>document.title=2</script>';

/** The dashboard, live, and what its page complains about. */
async function open(path = '/'): Promise<{ page: Page; faults: string[] }> {
  const page = await storefront.visit();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(storefront.url + path);
  await page.locator('.live[data-says="live"]').waitFor();
  return { page, faults };
}

const webhookOf = (topic: string) =>
  fetch(storefront.url)
    .then((response) => response.text())
    .then((html) => new RegExp(`value="([0-9a-f-]{36})">[^<]*${topic}<`).exec(html)?.[1] ?? '');

/** Posts to a webhook of the demo from outside the page. */
async function post(topic: string, data: object): Promise<string> {
  const response = await fetch(`${storefront.url}/webhook/${await webhookOf(topic)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  });
  return response.headers.get('x-request-id') ?? '';
}

const eventWith = (page: Page, text: string) => page.locator('.event', { hasText: text });

test('a run of the demo is found by its UUID, with its task, actions, logs and what they stored', async () => {
  const shop = await storefront.visit();
  await shop.locator('#vat-number form button').click();
  await shop.locator('#vat-number[data-phase="done"]').waitFor();
  const event = storefront.mechanic.events().at(-1);
  const { uuid = '' } = (event?.data ?? {}) as { uuid?: string };
  const { page, faults } = await open();
  await page.getByRole('searchbox').fill(uuid);
  await page
    .locator('#events .count', { hasText: '1 of' })
    .or(page.locator('#events .count', { hasText: /^1$/ }))
    .waitFor();
  const card = page.locator('.event');
  expect(await card.count()).toBe(1);
  expect(await card.locator('h3').textContent()).toBe('user/vat_number/submitted');
  expect(await card.locator('.ids').textContent()).toContain(event?.requestId);
  await card.getByRole('region', { name: 'Task run: Check a VAT number' }).waitFor();
  expect(await card.locator('.line.log pre').textContent()).toBe('{"country":"DE","status":"done"}');
  const action = card.locator('details', { has: page.locator('.type', { hasText: 'http' }) });
  await action.locator('summary').click();
  expect(await action.locator('dd').first().textContent()).toContain('"method": "put"');
  expect(await action.locator('dd').last().textContent()).toContain('"status": 200');
  expect(await page.locator('#files .name').textContent()).toBe(`vat/${uuid}.json`);
  // The filter is in the address, so that a reload keeps it.
  expect(new URL(page.url()).search).toBe(`?q=${uuid}`);
  expect(faults).toEqual([]);
});

test('an event appears without a reload, and what is open, typed and in focus stays', async () => {
  const first = await post('user/message/sent', { uuid: crypto.randomUUID(), note: 'the first' });
  await storefront.mechanic.idle();
  const { page, faults } = await open();
  const data = eventWith(page, first).locator('details').first();
  await data.locator('summary').click();
  await page.locator('textarea').fill('typed');
  await data.locator('summary').focus();
  const second = await post('user/message/sent', { uuid: crypto.randomUUID(), note: 'the second' });
  await eventWith(page, second).locator('.badge[data-status="succeeded"]').first().waitFor();
  expect(await eventWith(page, second).evaluate((card) => card === document.querySelector('.event'))).toBe(
    true,
  );
  expect(await data.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true);
  expect(await data.locator('summary').evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.locator('textarea').inputValue()).toBe('typed');
  expect(faults).toEqual([]);
});

test('hostile data shows as text, when it comes in live, too', async () => {
  const { page, faults } = await open();
  const requestId = await post('user/message/sent', { uuid: 'x', [hostile]: hostile });
  await page.getByRole('searchbox').fill(hostile);
  const card = eventWith(page, requestId);
  await card.waitFor();
  await card.locator('details').first().locator('summary').click();
  expect(await card.locator('details pre').first().textContent()).toContain('<img src=x onerror=');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(1);
  await page.reload();
  await card.waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe(hostile);
  expect(await page.title()).toBe('Local Mechanic');
  expect(faults).toEqual([]);
});

test('an event is posted by hand, with a fresh UUID for the next', async () => {
  const { page } = await open();
  const form = page.getByRole('form', { name: 'Post an event' });
  await form.getByLabel('Webhook').selectOption({ label: 'VAT numbers: user/vat_number/submitted' });
  const json = await form.getByLabel('Data').inputValue();
  const { uuid } = JSON.parse(json) as { uuid: string };
  await form.getByRole('button', { name: 'Post' }).click();
  await form.getByRole('status').filter({ hasText: 'Posted. Its request id: ' }).waitFor();
  await eventWith(page, uuid).locator('.badge[data-status="succeeded"]').first().waitFor();
  // The page has changed since, and these words stay.
  expect(await form.getByRole('status').textContent()).toContain('Posted.');
  expect(storefront.mechanic.events().at(-1)).toMatchObject({
    topic: 'user/vat_number/submitted',
    data: { uuid },
  });
  expect(await form.getByLabel('Data').inputValue()).not.toBe(json);
  await form.getByLabel('Data').fill('{"a":');
  await form.getByRole('button', { name: 'Post' }).click();
  await form.getByRole('status').filter({ hasText: 'The data is not JSON' }).waitFor();
});

test('a fault that the form switches on makes the demo fail in words, until it is cleared', async () => {
  const { page } = await open();
  const form = page.getByRole('form', { name: 'Latency and faults' });
  await form.getByLabel('Status').fill('500');
  await form.getByRole('button', { name: 'Apply' }).click();
  await page.locator('.faulty', { hasText: 'faults at webhook' }).waitFor();
  expect(storefront.mechanic.faults.get()).toEqual({ on: ['webhook'], status: 500 });

  const shop = await storefront.visit();
  await shop.locator('#vat-number form button').click();
  await shop.locator('#vat-number[data-phase="failed"]').waitFor();
  expect(await shop.locator('#vat-number .words').textContent()).toContain(
    'Something went wrong on our side.',
  );

  await form.getByRole('button', { name: 'No faults' }).click();
  await page.locator('.faulty').waitFor({ state: 'detached' });
  expect(await form.getByLabel('Status').inputValue()).toBe('');
  await shop.locator('#vat-number form button').click();
  await shop.locator('#vat-number[data-phase="done"]').waitFor();
});

test('the latency can be set, and a refusal is said beside the form', async () => {
  const { page } = await open();
  const form = page.getByRole('form', { name: 'Latency and faults' });
  await form.getByLabel('Mechanic takes').selectOption('0');
  await form.getByRole('button', { name: 'Apply' }).click();
  await form.getByRole('status').filter({ hasText: 'Done.' }).waitFor();
  expect(await form.getByLabel('Mechanic takes').inputValue()).toBe('0');
  // The browser's own check of the field is not the only one.
  await form.evaluate((element) => (element as HTMLFormElement).setAttribute('novalidate', ''));
  await form.getByLabel('Drop').fill('7');
  await form.getByRole('button', { name: 'Apply' }).click();
  await form.getByRole('status').filter({ hasText: 'faults.drop must be 1 or less; received 7' }).waitFor();
  expect(await form.getByLabel('Drop').inputValue()).toBe('7');
  storefront.mechanic.latency('fast');
});

test('without JavaScript a reload shows the same, and the forms work', async () => {
  const context = await (await storefront.visit())
    .context()
    .browser()
    ?.newContext({ javaScriptEnabled: false });
  if (context === undefined) throw new Error('there is no browser');
  const page = await context.newPage();
  await page.goto(storefront.url);
  await page.getByRole('form', { name: 'Post an event' }).getByRole('button').click();
  await page.waitForURL(`${storefront.url}/`);
  const requestId = storefront.mechanic.events().at(-1)?.requestId ?? '';
  await page.getByRole('searchbox').fill(requestId);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(/\?q=/);
  expect(await page.locator('.event').count()).toBe(1);
  await context.close();
});

test('everything can be reached by keyboard, in the order of the page', async () => {
  await post('user/message/sent', { uuid: crypto.randomUUID() });
  const { page } = await open();
  await page.getByRole('searchbox').focus();
  for (let link = 0; link < 4; link++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Metafields');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.closest('details')?.open)).toBe(true);
});

test('a Mechanic that has stopped is said to be not reachable', async () => {
  const other = createDemo();
  const { url } = await other.listen();
  const page = await storefront.visit();
  await page.goto(url);
  await page.locator('.live[data-says="live"]').waitFor();
  await other.close();
  await page.locator('.live', { hasText: 'not reachable' }).waitFor();
});
