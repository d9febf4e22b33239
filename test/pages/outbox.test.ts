import type { Outbox } from 'mechanic-storefront/outbox';
import type { Page } from 'playwright';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { done, state, useForms } from '../support/forms.ts';

// The script tag's build with an outbox.
declare const MechanicStorefront: { outbox: Outbox };

const forms = useForms();
beforeEach(() => forms.mechanic.faults.clear());

/** A page whose time is the test's. */
const stopped = (page: Page) => page.context().clock.install();

/** Another tab of the same visitor. */
async function anotherTab(page: Page, address: string): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await page.evaluate((address) => void window.open(address, '_blank', 'noopener'), address);
  const tab = await opened;
  onTestFinished(() => tab.close());
  return tab;
}

/** The bodies that leave a page. */
function bodiesOf(page: Page): (string | null)[] {
  const bodies: (string | null)[] = [];
  page.context().on('request', (request) => {
    if (request.method() === 'POST') bodies.push(request.postData());
  });
  return bodies;
}

/** What lies in the database. */
const records = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ id: string; state: string; body: string | null }[]>((resolve) => {
        indexedDB.open('mechanic-outbox').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result;
          const all = database.transaction('submissions').objectStore('submissions').getAll();
          all.onsuccess = () => {
            database.close();
            resolve(all.result);
          };
        };
      }),
  );

const message = (page: Page) => page.locator('#quote [data-mechanic=pending] [data-mechanic-message]');

/** Submits the form. @param leave where to go in the same tick */
const submit = (page: Page, leave = '') =>
  page.evaluate((leave) => {
    document.querySelector<HTMLInputElement>('[name=pieces]')?.setAttribute('value', '4711');
    document.querySelector('form')?.requestSubmit();
    if (leave) location.href = leave;
  }, leave);

/** Lets time pass until the submission has arrived; a page may still have to read its storage before it waits. */
async function arrivesWithin(page: Page, ms: number): Promise<void> {
  await page.clock.fastForward(ms);
  const arrives = async () => {
    await page.clock.fastForward(2_000);
    expect(forms.submissions()).toHaveLength(1);
  };
  await vi.waitFor(arrives, { timeout: 5_000, interval: 250 });
}

test('what was submitted in the tick in which the page was left, the next page sends, byte for byte', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  await page.evaluate(() => MechanicStorefront.outbox.entries());
  // Nobody answers before the page is gone.
  forms.mechanic.faults.set({ drop: 1, delayMs: 60_000 });
  await submit(page, forms.addressOf('outbox', 'next'));
  await page.waitForURL('**/pages/next?**');
  await state(page, 'quote', 'pending');
  const [record] = await records(page);
  expect(record).toMatchObject({ state: 'sending', body: expect.stringContaining('pieces=4711') });
  expect(forms.submissions()).toEqual([]);
  forms.mechanic.faults.clear();
  const bodies = bodiesOf(page);
  await arrivesWithin(page, 31_000);
  expect(bodies).toEqual([record?.body]);
  expect(forms.submissions()[0]).toMatchObject({ uuid: record?.id, pieces: '4711' });
  await forms.answer(done);
  await page.clock.fastForward(6_000);
  await state(page, 'quote', 'done');
  await vi.waitFor(async () => expect(await records(page)).toEqual([]), 5_000);
});

test('of two tabs, one sends', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  forms.mechanic.faults.set({ drop: 1 });
  await submit(page);
  await message(page).filter({ hasText: 'Saved on this device.' }).waitFor();
  const other = await anotherTab(page, forms.addressOf('outbox', 'other'));
  await state(other, 'quote', 'idle');
  await other.evaluate(() => MechanicStorefront.outbox.entries());
  forms.mechanic.faults.clear();
  await page.clock.fastForward(60_000);
  await Promise.all([page, other].map((page) => page.evaluate(() => MechanicStorefront.outbox.flush())));
  await vi.waitFor(async () => expect((await records(page))[0]?.state).toBe('waiting'), 5_000);
  expect(forms.submissions()).toHaveLength(1);
});

test('a tab that is closed leaves it to another one', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  const closed = await anotherTab(page, forms.addressOf('outbox', 'other'));
  await state(closed, 'quote', 'idle');
  forms.mechanic.faults.set({ drop: 1 });
  await submit(closed);
  await message(closed).filter({ hasText: 'Saved on this device.' }).waitFor();
  await closed.close();
  forms.mechanic.faults.clear();
  await page.reload();
  await state(page, 'quote', 'idle');
  await arrivesWithin(page, 60_000);
});

test('where storage is blocked, the form submits, and asks to keep the page open', async () => {
  const page = await forms.open('outbox', async (page) => {
    await stopped(page);
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    });
  });
  await state(page, 'quote', 'idle');
  forms.mechanic.faults.set({ drop: 1 });
  await submit(page);
  await message(page).filter({ hasText: 'Please keep this page open' }).waitFor();
  forms.mechanic.faults.clear();
  await arrivesWithin(page, 40_000);
  await message(page).filter({ hasText: 'Working on it…' }).waitFor();
  await forms.answer(done);
  await page.clock.fastForward(6_000);
  await state(page, 'quote', 'done');
});

test('a refusal is final', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  forms.mechanic.faults.set({ status: 404 });
  await submit(page);
  await state(page, 'quote', 'failed');
  const [record] = await records(page);
  expect(record).toMatchObject({ state: 'rejected', body: null });
});

test('a form whose time is over while the connection is gone says that nothing is lost', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  forms.mechanic.faults.set({ drop: 1 });
  await submit(page);
  await message(page).filter({ hasText: 'Saved on this device.' }).waitFor();
  await page.clock.fastForward(130_000);
  await state(page, 'quote', 'failed');
  expect(await page.locator('#quote [data-mechanic=failed] [data-mechanic-message]').innerText()).toBe(
    'Saved on this device. It will be sent as soon as there is a connection.',
  );
  forms.mechanic.faults.clear();
  await page.getByRole('button', { name: 'Try again' }).click();
  await state(page, 'quote', 'pending');
  await arrivesWithin(page, 400_000);
});

test('a form that does not ask for the outbox is as without it', async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  await page.evaluate(() => document.querySelector('mechanic-form')?.removeAttribute('outbox'));
  forms.mechanic.faults.set({ status: 502 });
  const bodies = bodiesOf(page);
  await submit(page);
  await state(page, 'quote', 'failed');
  await page.clock.fastForward(60_000);
  expect(bodies).toHaveLength(1);
  expect(await records(page)).toEqual([]);
});

test("a webhook of the page's own is taken as it is, until it is taken away", async () => {
  const page = await forms.open('outbox', stopped);
  await state(page, 'quote', 'idle');
  const places = await page.evaluate(() => {
    const form = document.querySelector('mechanic-form') as HTMLElement & { webhook: unknown };
    const own = { result: undefined };
    form.webhook = own;
    const isOwn = form.webhook === own;
    form.webhook = undefined;
    return [isOwn, form.webhook === own, 'submit' in (form.webhook as object)];
  });
  expect(places).toEqual([true, false, true]);
});
