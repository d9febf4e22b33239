import { createEmulator } from 'mechanic-storefront/emulator';
import type { Page } from 'playwright';
import { vi } from 'vitest';
import { type Storefront, useStorefront } from './storefront.ts';

/** The ids in the URLs of the forms, for their templates. */
const ids = {
  quotes: '7e0d4b52-0c51-4f0e-8a6e-1d2c3b4a5f01',
  samples: '7e0d4b52-0c51-4f0e-8a6e-1d2c3b4a5f02',
  answers: '7e0d4b52-0c51-4f0e-8a6e-1d2c3b4a5f03',
};

/** What a task says of a submission, as in the result record. */
export interface Answer {
  status: 'working' | 'done' | 'failed';
  value?: unknown;
  error?: { code?: string; message: string };
  progress?: number;
  message?: string;
}

/** One submission, as a task gets it. */
export type Submission = Readonly<Record<string, unknown>> & { readonly uuid: string };

/**
 * A storefront with `<mechanic-form>`s, and Mechanic on another origin. The tests answer in place of the tasks, so
 * that each state lasts for as long as a test looks at it.
 */
export interface Forms extends Storefront {
  /** A new visitor's page, at a template of `test/pages/theme`. Submissions are counted from here. */
  open(view: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page>;
  /** The address of a template. Templates can tell handles apart. */
  addressOf(view: string, handle?: string): string;
  /** What has been submitted since the page was opened, the oldest first. */
  submissions(): Submission[];
  /** Answers a submission, the latest if not told otherwise, once it has arrived. */
  answer(answer: Answer, which?: number): Promise<void>;
}

export function useForms(): Forms {
  const forms = useStorefront(() =>
    createEmulator({
      webhooks: [
        { id: ids.quotes, topic: 'user/quote/requested' },
        { id: ids.samples, topic: 'user/sample/requested' },
      ],
      cacheEndpoints: [{ id: ids.answers, key: 'answers' }],
      customers: [{ id: '1001', email: 'customer@example.test' }],
      templates: new URL('../pages/theme', import.meta.url),
      assets: [new URL('../../dist', import.meta.url)],
      settings: ids,
    }),
  ) as Forms;
  const answers: { [uuid: string]: object } = {};
  let opened = 0;

  return Object.assign(forms, {
    addressOf: (view: string, handle = view) => `${forms.storefrontUrl}/pages/${handle}?view=${view}`,
    async open(view: string, prepare?: (page: Page) => Promise<unknown>) {
      const page = await forms.visit();
      await prepare?.(page);
      await page.goto(forms.addressOf(view));
      opened = forms.mechanic.events().length;
      return page;
    },
    submissions: () =>
      forms.mechanic
        .events()
        .slice(opened)
        .map(({ data }) => data as Submission),
    async answer(answer: Answer, which = -1) {
      const { uuid } = await vi.waitUntil(() => forms.submissions().at(which));
      answers[uuid] = { uuid, ...answer };
      forms.mechanic.cache.set('answers', answers);
    },
  });
}

/** Waits until the `<mechanic-form>` with this id is in a state. */
export const state = (page: Page, form: string, name: 'idle' | 'pending' | 'done' | 'failed') =>
  page.locator(`#${form}[state=${name}]`).waitFor();

/** Fills a form of the template `forms` and submits it by its button, which keeps the focus. */
export async function submit(page: Page, form: 'quote' | 'sample'): Promise<void> {
  await page.locator(`#${form} input`).fill('10');
  await page.locator(`#${form} form button`).press('Enter');
  await state(page, form, 'pending');
}

/** What a task would say. */
export const done: Answer = {
  status: 'done',
  value: { total: 90, city: 'Ulm', order: 'https://shop.example/order' },
};
export const failed: Answer = { status: 'failed', error: { message: 'No tea left.' } };
export const working = (progress: number, message: string): Answer => ({
  status: 'working',
  progress,
  message,
});
