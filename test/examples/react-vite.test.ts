import { chromium } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import config from '../../examples/react-vite/mechanic/config.json' with { type: 'json' };
import { violationsOf } from '../support/axe.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { useExample } from '../support/example.ts';

const example = useExample('react-vite');

test('its own tests pass', () => {
  const { status, output } = example.run('npm', ['test']);
  expect(output).toMatch(/Tests +6 passed \(6\)/);
  expect(status).toBe(0);
});

test('its page gets a quote from its task, and goes on waiting after a reload', async () => {
  const flags = ['--port', '0', '--storefront-port', '0'];
  const [, mechanic] = await example.start('mechanic', flags, /Mechanic +(\S+)[\s\S]*Ctrl-C/);
  const [webhook, endpoint] = [config.webhooks[0], config.cacheEndpoints[0]];
  const built = example.run('npm', ['run', 'build'], {
    VITE_WEBHOOK_URL: `${mechanic}/webhook/${webhook?.id}`,
    VITE_CACHE_ENDPOINT_URL: `${mechanic}/cache/${endpoint?.id}`,
  });
  expect(built).toEqual({ status: 0, output: expect.stringContaining('built in') });
  const [url] = await example.start('preview', ['--port', '0'], /http:\S+:\d+/);

  const browser = await chromium.launch(chromiumOptions());
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(url);
  await page.getByLabel('Pieces').fill('4');
  await page.getByRole('button').click();
  await page.getByRole('button', { name: 'Asking the workshop…' }).waitFor();
  await page.reload();
  await page.getByRole('status').getByText('Choosing the boards…').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('status').getByText('4 × oak, 80 × 25 cm').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel('Width').fill('300');
  await page.getByRole('button').click();
  await page.getByRole('alert').getByText('That is wider than our boards.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
});
