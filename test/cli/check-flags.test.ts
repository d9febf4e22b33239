import { expect, test } from 'vitest';
import { endpointId, webhookId } from '../support/check.ts';
import { run } from '../support/cli.ts';

const webhook = ['--webhook', `https://webhooks.mechanic.dev/${webhookId}`];
const cache = ['--cache-endpoint', `https://usemechanic.com/cache/${endpointId}`];

test.each<[string[], string]>([
  [[], '--webhook is missing'],
  [['--webhook', 'webhooks.mechanic.dev'], '--webhook: received "webhooks.mechanic.dev"'],
  [['--webhook', 'https://webhooks.mechanic.dev/123'], 'Give https://webhooks.mechanic.dev/<uuid>'],
  [['--webhook', cache[1] ?? ''], 'A cache endpoint goes into result'],
  [[...webhook, '--wat'], "Unknown option '--wat'"],
  [[...webhook, 'more'], "Unexpected argument 'more'"],
  [[...webhook, '--cache-endpoint', 'https://usemechanic.com/x'], '--cache-endpoint: received'],
  [[...webhook, '--stored-file', '/results/{id}.json'], '--stored-file: received "/results/{id}.json"'],
  [[...webhook, '--section', '/?section_id=a'], '--section: received "/?section_id=a"'],
  [[...webhook, ...cache, '--section', 'https://shop.example/'], 'give one of --cache-endpoint'],
  [[...webhook, ...cache, '--cookie', 'a=b'], '--cookie goes with --section'],
  [[...webhook, '--section', 'https://shop.example/', '--cookie', 'a\nb'], '--cookie must be'],
  [[...webhook, '--origin', 'https://shop.example/'], '--origin must be an origin'],
  [[...webhook, '--timeout', '0'], '--timeout must be seconds, above 0 and up to 3600; received 0'],
  [[...webhook, '--timeout', ''], '--timeout must be seconds'],
  [[...webhook, '--data', '{'], '--data is no JSON'],
  [[...webhook, '--data', '[1]'], '--data must be a JSON object'],
  [[...webhook, '--data', '{"uuid":1}'], '--data has uuid, which the probe brings itself'],
  [[...webhook, '--data', '{"mechanic_storefront_check":1}'], '--data has mechanic_storefront_check'],
])('%j ends with 2, says why, and sends nothing', async (args, words) => {
  const { code, stdout, stderr } = await run(['check', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('    at ');
  expect(stderr).not.toContain('This posts');
});

test.each([[['check', '--help']], [['check', '-h']], [['--help']]])('%j shows the help', async (args) => {
  const { code, stdout } = await run(args);
  expect(code).toBe(0);
  for (const flag of [
    '--webhook',
    '--cache-endpoint',
    '--stored-file',
    '--section',
    '--cookie',
    '--origin',
    '--timeout',
    '--data',
    '--json',
  ])
    expect(stdout).toContain(flag);
});
