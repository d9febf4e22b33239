import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createEmulator } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';

test('the example of docs/local-mechanic.md runs, and prints what it says', async () => {
  const guide = readFileSync(new URL('../../docs/local-mechanic.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const body = stripTypeScriptTypes(example.replace(/^import .*$/m, ''));
  const printed: unknown[] = [];
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction('createEmulator', 'console', body);
  await run(createEmulator, { log: (value: unknown) => printed.push(value) });
  expect(printed).toEqual([{ uuid: expect.stringMatching(/^3e1f/), total: 5 }]);
});
