import { expect, test } from 'vitest';
import { useExample } from '../support/example.ts';

const example = useExample('theme');

test('its own tests pass in Chromium', () => {
  const { status, output } = example.run('npm', ['test']);
  expect(output).toMatch(/pass 6\n.*fail 0/s);
  expect(status).toBe(0);
});

test('its storefront starts, with the sections and the kit', async () => {
  const flags = ['--port', '0', '--storefront-port', '0'];
  const [, url] = await example.start('start', flags, /The storefront +(\S+)[\s\S]*Ctrl-C/);
  const pages = await Promise.all(['/', '/pages/kit'].map(async (path) => (await fetch(url + path)).text()));
  expect(pages[0]).toMatch(/<mechanic-form[\s\S]*<delivery-check/);
  expect(pages[1]).toContain('class="mechanic-form__form"');
  for (const asset of ['theme.css', 'delivery-check.js', 'mechanic-storefront.min.js', 'mechanic-form.css']) {
    expect({ asset, status: (await fetch(`${url}/assets/${asset}`)).status }).toEqual({ asset, status: 200 });
  }
});
