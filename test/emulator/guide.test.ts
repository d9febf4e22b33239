import { createEmulator } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { runSnippet, snippets } from '../support/snippets.ts';

test('the example of docs/local-mechanic.md runs, and prints what it says', async () => {
  const [example = ''] = snippets('docs/local-mechanic.md', 'ts');
  const printed = await runSnippet(example, { createEmulator });
  expect(printed).toEqual([[{ uuid: expect.stringMatching(/^3e1f/), total: 5 }]]);
});
