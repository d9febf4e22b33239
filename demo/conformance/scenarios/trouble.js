import { equal, rejects } from '../expect.js';
import { room } from '../scenario.js';
import {
  byCache,
  byFile,
  byMetafield,
  faults,
  noFaults,
  publish,
  signIn,
  until,
  watchedFetch,
  webhook,
} from '../tools.js';

const scenario = room('Trouble while waiting');

/** A run that meets faults at the place of its result, `looks` times; then they end, and its value is published. */
async function through({ place, result, trouble, looks }) {
  const watched = watchedFetch();
  await faults(trouble);
  const run = webhook('silent', { result, fetch: watched.fetch }).submit({});
  const value = run.result();
  value.catch(() => {});
  await until(() => watched.looks.filter(({ isOver }) => isOver).length >= looks);
  await noFaults();
  await publish(place, run, { uuid: run.id, status: 'done', value: 'after all' });
  equal(await value, 'after all');
  return watched.looks.slice(0, looks).map(({ status }) => status);
}

scenario('connections that are cut are waited out', async () => {
  const trouble = { on: 'storage', drop: 1 };
  const statuses = await through({ place: 'file', result: byFile(), trouble, looks: 3 });
  equal(statuses, [undefined, undefined, undefined]);
});

scenario('a server in trouble is waited out, at a cache endpoint and at a section', async () => {
  const trouble = { on: ['cache', 'section'], status: 503 };
  equal(await through({ place: 'cache', result: byCache(), trouble, looks: 1 }), [503]);
  await signIn();
  equal(
    await through({
      place: 'metafield',
      result: byMetafield(),
      trouble: { on: 'section', status: 502 },
      looks: 2,
    }),
    [502, 502],
  );
});

scenario('429 is waited out', async () => {
  const trouble = { on: 'storage', status: 429, retryAfterSeconds: 5 };
  equal(await through({ place: 'file', result: byFile(), trouble, looks: 1 }), [429]);
});

scenario('403 ends the wait at once', async () => {
  await faults({ on: 'storage', status: 403 });
  const { observed } = await rejects(webhook('silent', { result: byFile() }).run({}), 'rejected');
  equal(observed.status, 403);
});

scenario('a look that gets no answer is given up, and another is taken', async () => {
  await faults({ on: 'storage', delayMs: 60_000 });
  const watched = watchedFetch();
  const options = { result: byFile(), fetch: watched.fetch, requestTimeoutMs: 500 };
  const run = webhook('silent', options).submit({});
  const value = run.result();
  value.catch(() => {});
  await until(() => watched.looks[0]?.isOver);
  await noFaults();
  await publish('file', run, { uuid: run.id, status: 'done', value: 'after all' });
  equal(await value, 'after all');
});

scenario('a timeout tells of the trouble that was seen', async () => {
  await faults({ on: 'storage', status: 500 });
  const { observed } = await rejects(
    webhook('silent', { result: byFile(), timeoutMs: 300 }).run({}),
    'timeout',
  );
  equal(observed.statuses, [500]);
});
