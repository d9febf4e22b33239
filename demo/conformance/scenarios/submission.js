import { equal, ok, rejects } from '../expect.js';
import { room } from '../scenario.js';
import {
  arrivals,
  arrived,
  byFile,
  faults,
  noFaults,
  publish,
  until,
  watchedFetch,
  webhook,
} from '../tools.js';

const scenario = room('Submission');

scenario('a run gives its UUID at once, and the task gets the same', async () => {
  const run = webhook('echoToFile', { result: byFile() }).submit({ pieces: 10 });
  ok(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(run.id), `v4: ${run.id}`);
  equal((await run.accepted).id, run.id);
  equal(await run.result(), { pieces: 10, uuid: run.id });
});

scenario('a UUID of the page is kept, given as an option or in the data', async () => {
  const [one, two] = [crypto.getRandomValues(new Uint8Array(2)), '3d6f0a2e-7c1b-4e5a-9f80-1b2c3d4e'];
  const id = `${two}${[...one].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  equal(webhook('silent').submit({}, { id }).id, id);
  equal(webhook('silent').submit({ uuid: id }).id, id);
  equal(webhook('silent', { idField: 'reference' }).submit({ reference: id }).id, id);
  await until(async () => (await arrivals({ id })).length === 3);
  equal(
    (await arrivals({ id })).map((data) => Object.values(data)),
    [[id], [id], [id]],
  );
});

scenario('a form makes one request, which carries no cookie and no header of ours', async () => {
  const watched = watchedFetch();
  const run = webhook('request', { result: byFile(), encoding: 'form', fetch: watched.fetch }).submit({
    a: 1,
  });
  const { headers, mime_type: type } = await run.result();
  equal(watched.posts.length, 1, 'the number of submissions');
  equal((await arrived(run)).length, 1, 'the number of arrivals');
  equal(type, 'application/x-www-form-urlencoded');
  equal(headers.cookie, undefined, 'the cookie');
  const ours = Object.keys(headers).filter((name) => /^x-|authorization/.test(name));
  equal(ours, [], 'the headers beyond the usual');
});

scenario('thirty submissions at once arrive once each, and each gets its own value', async () => {
  const echo = webhook('echoToFile', { result: byFile() });
  const runs = Array.from({ length: 30 }, (_, n) => echo.submit({ n }));
  const values = await Promise.all(runs.map((run) => run.result()));
  equal(
    values.map(({ n }) => n),
    runs.map((_, n) => n),
  );
  for (const run of runs) equal((await arrived(run)).length, 1, 'the number of arrivals');
});

scenario('bodies beyond what keepalive carries at once arrive whole', async () => {
  const silent = webhook('silent', { encoding: 'text' });
  const text = 'x'.repeat(30_000);
  const runs = [1, 2, 3, 4].map(() => silent.submit({ text }));
  runs.push(silent.submit({ text: text.repeat(10) }));
  await Promise.all(runs.map((run) => run.accepted));
  const sizes = await Promise.all(
    runs.map((run) =>
      until(async () => (await arrivals(run))[0]).then((data) => JSON.parse(data).text.length),
    ),
  );
  equal(sizes, [30_000, 30_000, 30_000, 30_000, 300_000]);
});

scenario('without a response it is unknown whether it arrived, and the result still comes', async () => {
  await faults({ loseResponses: 1 });
  const run = webhook('echoToFile', { result: byFile() }).submit({ n: 1 });
  const error = await rejects(run.accepted, 'network');
  equal(error.delivered, 'unknown');
  equal(error.id, run.id);
  equal((await run.result()).n, 1);
});

scenario('what was cut off before it arrived waits until a result proves otherwise', async () => {
  await faults({ drop: 1 });
  const run = webhook('echoToFile', { result: byFile() }).submit({ n: 1 });
  equal((await rejects(run.accepted, 'network')).delivered, 'unknown');
  await noFaults();
  await publish('file', run, { uuid: run.id, status: 'done', value: 'found' });
  equal(await run.result(), 'found');
  equal(await arrivals(run), []);
});

scenario('429 is waited out, and the repeat is the same', async () => {
  await faults({ status: 429, retryAfterSeconds: 1 });
  const watched = watchedFetch();
  const run = webhook('echoToFile', { result: byFile(), fetch: watched.fetch }).submit({ n: 1 });
  await until(() => watched.posts[0]?.status === 429);
  await noFaults();
  equal((await run.result()).n, 1);
  equal(watched.posts.length, 2, 'the number of submissions');
  equal(watched.posts[0].init.body, watched.posts[1].init.body);
});

scenario('a refusal ends the run at once, and says that nothing was delivered', async () => {
  await faults({ status: 422 });
  const run = webhook('echoToFile', { result: byFile() }).submit({ n: 1 });
  const error = await rejects(run.result(), 'rejected');
  equal([error.observed.status, error.delivered], [422, 'no']);
  await rejects(run.accepted, 'rejected');
});

scenario('an abort rejects at once with its reason, and nothing is asked after it', async () => {
  const watched = watchedFetch();
  const stop = new AbortController();
  const options = { result: byFile(), fetch: watched.fetch, schedule: () => 1 };
  const run = webhook('silent', options).submit({}, { signal: stop.signal });
  await run.accepted;
  const result = run.result().catch((reason) => reason);
  await until(() => watched.looks.length > 2);
  stop.abort('enough');
  const soon = new Promise((resolve) => setTimeout(resolve, 0, 'too late'));
  equal(await Promise.race([result, soon]), 'enough');
  const asked = watched.calls.length;
  // As long as another run takes, a look each millisecond would have shown.
  await webhook('echoToFile', { result: byFile(), schedule: () => 200 }).run({});
  equal(watched.calls.length, asked, 'the number of requests');
});

scenario('an abort before anything was sent sends nothing', async () => {
  const watched = watchedFetch();
  const options = { result: byFile(), fetch: watched.fetch };
  const run = webhook('silent', options).submit({}, { signal: AbortSignal.abort('never mind') });
  equal(await run.accepted.catch((reason) => reason), 'never mind');
  equal(await run.result().catch((reason) => reason), 'never mind');
  equal(await arrivals(run), []);
});
