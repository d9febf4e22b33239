import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'mechanic-storefront/emulator';
import { describe, test } from 'vitest';
import { snippets } from '../support/snippets.ts';
import { useStorefront } from '../support/storefront.ts';
import { taskFile } from '../support/task-file.ts';

// The quick starts of the docs as pages, with the README's own task. Only the hosts are changed.
const [form = '', script = ''] = snippets('README.md', 'html');
const [element = ''] = snippets('docs/element.md', 'html');
const [task = ''] = snippets('README.md', 'liquid');

describe.each([
  ["the README's form in a theme", form],
  ["the README's script", script],
  ['docs/element.md', element],
])('%s', (_, page) => {
  const storefront = useStorefront(() => {
    const templates = mkdtempSync(join(tmpdir(), 'quick-start-'));
    const local = page.replaceAll(
      /https:\/\/(webhooks\.mechanic\.dev|usemechanic\.com)/g,
      '{{ mechanic.url }}',
    );
    writeFileSync(join(templates, 'index.liquid'), `<!doctype html><title>Quick start</title>${local}`);
    return createEmulator({
      webhooks: [{ id: '00000000-0000-4000-8000-000000000001', topic: 'user/quote/requested' }],
      cacheEndpoints: [{ id: '00000000-0000-4000-8000-000000000002', key: 'quotes' }],
      tasks: [taskFile(task, 'user/quote/requested')],
      templates,
      assets: [new URL('../../dist', import.meta.url)],
    });
  });

  test('shows a price', async () => {
    const page = await storefront.visit();
    await page.getByLabel('Pieces').fill('3');
    await page.getByRole('button').click();
    await page.getByRole('status').filter({ hasText: 'Your price: 27' }).waitFor();
  });
});
