import { createEmulator } from 'mechanic-storefront/emulator';
import { mechanicHandlers } from 'mechanic-storefront/msw';
import { setupServer } from 'msw/node';
import { expect, test } from 'vitest';
import { runSnippet, snippets } from '../support/snippets.ts';

test('the example of docs/local-mechanic.md runs, and prints what it says', async () => {
  const [example = ''] = snippets('docs/local-mechanic.md', 'ts');
  const printed = await runSnippet(example, { createEmulator });
  expect(printed).toEqual([[{ uuid: expect.stringMatching(/^3e1f/), total: 5 }]]);
});

test('the example with msw runs, too', async () => {
  const [, example = ''] = snippets('docs/local-mechanic.md', 'ts');
  expect(await runSnippet(example, { createEmulator, mechanicHandlers, setupServer })).toEqual([[404]]);
});
