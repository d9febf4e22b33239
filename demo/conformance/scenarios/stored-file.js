import { equal, rejects } from '../expect.js';
import { room } from '../scenario.js';
import { byFile, publish, until, watchedFetch, webhook } from '../tools.js';

const scenario = room('Stored file');

/** A run that has looked in vain at least twice, and its result to come. */
async function waitingRun(options) {
  const watched = watchedFetch();
  const run = webhook('silent', { result: byFile(options), fetch: watched.fetch }).submit({});
  const result = run.result();
  result.catch(() => {});
  await until(() => watched.looks.length > 2);
  return { run, result, watched };
}

scenario('a file that is not there yet is waited for', async () => {
  const { run, result, watched } = await waitingRun();
  equal(watched.looks[0].status, 404);
  await publish('file', run, { uuid: run.id, status: 'done', value: { total: 99 } });
  equal(await result, { total: 99 });
});

scenario('a bare object is a value, and a file of another run is not', async () => {
  const { run, result } = await waitingRun();
  await publish('file', run, { uuid: crypto.getRandomValues(new Uint8Array(4)).join(), total: 1 });
  await publish('file', run, { uuid: run.id, total: 2 });
  equal(await result, { total: 2 });
});

scenario('a text file is its text', async () => {
  const { run, result } = await waitingRun({ format: 'text' });
  await publish('file', run, 'sku;pieces\nassam;2');
  equal(await result, 'sku;pieces\nassam;2');
});

scenario('HTML instead of JSON, at two looks, is a bad result', async () => {
  const { run, result } = await waitingRun();
  await publish('file', run, '<!doctype html><title>Oops</title>');
  const error = await rejects(result, 'bad_result');
  equal(error.id, run.id);
});
