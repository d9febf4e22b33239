import { chromium, type Page } from 'playwright';
import { chromiumOptions } from '../test/support/chromium.ts';
import { ourBuilds, SCRIPT_TAG } from './builds.ts';
import { bundled } from './bundle.ts';
import { median } from './median.ts';
import { PEERS } from './peers.ts';
import type { Bench } from './table.ts';

const THROTTLE = 4;

/** How long a page stands still for each script, on a processor that is made slower. */
export const startUp: Bench = async ({ short }) => {
  const times = short ? 3 : 21;
  const { [SCRIPT_TAG]: own = '' } = await ourBuilds();
  const scripts: { [name: string]: string } = { 'an empty script': '', [SCRIPT_TAG]: own };
  for (const [name, code] of Object.entries(PEERS)) scripts[name] = await bundled(code, { format: 'iife' });
  const measured = new Map(Object.keys(scripts).map((name) => [name, [] as number[]]));
  const browser = await chromium.launch(chromiumOptions());
  try {
    for (let n = 0; n < times; n++) {
      // In turns, so that a machine that is busy for a while is so for all.
      for (const [name, code] of Object.entries(scripts)) {
        const page = await browser.newPage();
        measured.get(name)?.push(await evaluationMs(page, code));
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
  return [
    {
      title: `Start-up, with a processor ${THROTTLE} times slower`,
      note:
        'The time from inserting a script until it has been compiled and run, in Chromium, in ms: the median of ' +
        `${times} pages. It depends on the machine.`,
      columns: ['script', 'ms'],
      rows: [...measured].map(([name, list]) => [name, median(list).toFixed(1)]),
    },
  ];
};

async function evaluationMs(page: Page, code: string): Promise<number> {
  await page.setContent('<!doctype html><title>Start-up</title><body></body>');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const ms = await page.evaluate((code) => {
    // Text that no page had before, so that nothing compiled is left of it.
    const text = `${code}\n//${Math.random()}`;
    const script = Object.assign(document.createElement('script'), { text });
    const begin = performance.now();
    document.head.append(script);
    return performance.now() - begin;
  }, code);
  if (errors[0]) throw errors[0];
  return ms;
}
