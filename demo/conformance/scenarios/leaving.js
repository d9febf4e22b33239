import { equal, ok } from '../expect.js';
import { room } from '../scenario.js';
import { arrived, byFile, faults, fileUrl, openFrame, publish, webhook, webhookUrl } from '../tools.js';

const scenario = room('Leaving the page');

// Long enough that the page is gone before its request is read.
const slow = { delayMs: 500 };

/** Submits in another document, which is left as soon as the request is under way. */
async function leaveAfter(submission, go) {
  await faults(slow);
  const { name, data } = submission;
  const page = await openFrame();
  let sent = () => {};
  const isSent = new Promise((resolve) => {
    sent = resolve;
  });
  const fetch = (url, init) => {
    sent();
    return page.window.fetch(url, init);
  };
  const run = page.sdk.createWebhook({ url: webhookUrl(name), fetch }).submit(data);
  const handle = JSON.stringify(run);
  await isSent;
  go(page);
  return JSON.parse(handle);
}

async function arrivesOnce(run) {
  equal((await arrived(run)).length, 1, 'the number of arrivals');
}

scenario('a submission survives a navigation in the same tick', async () => {
  await faults(slow);
  const { window, sdk } = await openFrame();
  const run = sdk.createWebhook({ url: webhookUrl('silent') }).submit({ words: 'on my way' });
  const { id } = run;
  window.location.assign('/pages/next');
  await arrivesOnce({ id });
});

scenario('a submission survives that its frame is taken away', async () => {
  await arrivesOnce(await leaveAfter({ name: 'silent', data: { n: 1 } }, ({ frame }) => frame.remove()));
});

scenario('the next page takes up the wait of the one before', async () => {
  const first = await openFrame();
  const options = { url: webhookUrl('silent'), result: first.sdk.storedFile(fileUrl) };
  const run = first.sdk.createWebhook(options).submit({ secret: 'not in the handle' });
  await run.accepted;
  const handle = JSON.stringify(run);
  ok(!handle.includes('secret'), 'the handle holds nothing of the data');
  first.frame.remove();

  const second = await openFrame();
  const next = second.sdk.createWebhook({
    url: webhookUrl('silent'),
    result: second.sdk.storedFile(fileUrl),
  });
  const resumed = next.resume(JSON.parse(handle));
  equal(resumed.id, run.id);
  await publish('file', resumed, { uuid: run.id, status: 'done', value: 'found again' });
  equal(await resumed.result(), 'found again');
  equal((await arrived(run)).length, 1, 'the number of arrivals');
});

scenario('a page that was left before an answer is taken up, too', async () => {
  const submission = { name: 'echoToFile', data: { n: 7 } };
  const handle = await leaveAfter(submission, ({ window }) => window.location.assign('/pages/next'));
  equal(handle.acceptedAt, undefined);
  equal((await webhook('echoToFile', { result: byFile() }).resume(handle).result()).n, 7);
});
