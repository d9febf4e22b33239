import { equal, ok, rejects } from '../expect.js';
import { room } from '../scenario.js';
import { byFile, loadScript, sdk, webhook, webhookUrl } from '../tools.js';

const scenario = room('Script tag');

const exported = [
  'MechanicError',
  'cacheEndpoint',
  'createWebhook',
  'poll',
  'renderedMetafield',
  'storedFile',
];

scenario('the global has every function that a page needs, and nothing else', async () => {
  equal(Object.keys(sdk).sort(), exported);
});

scenario('a second copy of the script does no harm to the first, nor to itself', async () => {
  const first = webhook('echoToFile', { result: byFile() });
  const run = first.submit({ n: 1 });
  const { createWebhook } = sdk;
  await loadScript(document);
  const second = window.MechanicStorefront;
  ok(second.createWebhook !== createWebhook, 'it is another copy');
  const other = second.createWebhook({ url: webhookUrl('echoToFile'), result: byFile(), schedule: () => 40 });
  const values = await Promise.all([run.result(), other.run({ n: 2 }), other.resume(run.toJSON()).result()]);
  equal(
    values.map(({ n }) => n),
    [1, 2, 1],
  );
  await rejects(() => other.submit({ n: 1n }), 'encoding');
});
