import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Page } from 'playwright';

const source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe-core finds wrong with a page as it is shown, by rule: the elements and why. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated, since a script tag would be subject to the page's security policy.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  );
}
