import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'mechanic-storefront/emulator';
import { afterAll, expect, test } from 'vitest';
import { snippets } from '../support/snippets.ts';
import { useStorefront } from '../support/storefront.ts';
import { taskFile } from '../support/task-file.ts';

// The theme kit with the result in a customer metafield, the secret of its README, and the task of the recipes.
const webhook = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a05';
const [secretLine = ''] = snippets('theme/README.md', 'liquid');
const [, , recipe = ''] = snippets('docs/recipes.md', 'liquid');
const secret = /'([^']+)'/.exec(secretLine)?.[1] ?? '';

const theme = mkdtempSync(join(tmpdir(), 'theme-'));
afterAll(() => rmSync(theme, { recursive: true }));

const storefront = useStorefront(() => {
  for (const folder of ['snippets', 'templates']) mkdirSync(join(theme, folder));
  const customer = 'snippets/mechanic-customer.liquid';
  const source = readFileSync(`theme/${customer}`, 'utf8');
  writeFileSync(join(theme, customer), source.replace("assign secret = ''", `assign secret = '${secret}'`));
  const form = {
    type: 'mechanic-form',
    settings: { webhook_url: `{{ mechanic.url }}/webhook/${webhook}`, result: 'metafield' },
    blocks: {
      pieces: { type: 'field', settings: { kind: 'number', title: 'Pieces', name: 'pieces', value: '3' } },
      total: { type: 'result_text', settings: { title: 'Total', path: 'total' } },
    },
    block_order: ['pieces', 'total'],
  };
  writeFileSync(join(theme, 'templates/index.json'), JSON.stringify({ sections: { form }, order: ['form'] }));
  return createEmulator({
    webhooks: [{ id: webhook, topic: 'user/pieces/asked' }],
    tasks: [
      taskFile(recipe, 'user/pieces/asked', {
        options: { customer_secret__required: secret },
        perform_action_runs_in_sequence: true,
      }),
    ],
    customers: [{ id: '1001', email: 'customer@example.test' }],
    themes: [theme, 'theme'],
    assets: ['dist'],
  });
});

test("who is signed out is led to sign in, and then gets the result from the customer's metafield", async () => {
  const page = await storefront.visit();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('mechanic-form[state="failed"]').waitFor();
  const failed = page.locator('[data-mechanic="failed"]');
  expect(await failed.innerText()).toContain('Please sign in first');
  await failed.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'customer@example.test' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('mechanic-form[state="done"]').waitFor();
  expect(await page.getByRole('status').innerText()).toMatch(/Done\.\s+Total\s+27/);
  expect(storefront.mechanic.events().map(({ taskRuns }) => taskRuns[0]?.status)).toEqual([
    'failed',
    'succeeded',
  ]);
});
