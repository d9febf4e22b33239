import { equal, ok, rejects } from '../expect.js';
import { room } from '../scenario.js';
import { byCache, byFile, publish, sdk, until, webhook } from '../tools.js';

const scenario = room('Waiting');

scenario('updates tell the phases in order, and what the task says of its progress', async () => {
  const run = webhook('silent', { result: byFile() }).submit({});
  const seen = [];
  const over = (async () => {
    for await (const update of run.updates()) seen.push(update);
  })();
  await publish('file', run, { uuid: run.id, status: 'working', progress: 0.4, message: 'Half <b>way</b>' });
  const told = await until(() => seen.find(({ progress }) => progress !== undefined));
  equal([told.phase, told.progress, told.message], ['waiting', 0.4, 'Half <b>way</b>']);
  await publish('file', run, { uuid: run.id, status: 'done', value: 1 });
  await over;
  const phases = seen.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1]);
  equal(phases, ['sending', 'accepted', 'waiting', 'done']);
  const times = seen.map(({ elapsedMs }) => elapsedMs);
  ok(
    times.every((ms, at) => at === 0 || ms >= times[at - 1]),
    `the time goes on: ${times}`,
  );
});

scenario("a task that failed is told with the task's own words", async () => {
  const run = webhook('silent', { result: byCache() }).submit({});
  await publish('cache', run, {
    uuid: run.id,
    status: 'failed',
    error: { code: 'empty_cart', message: 'The cart is empty.' },
  });
  const { observed, id } = await rejects(run.result(), 'task_failed');
  equal([observed.taskCode, observed.taskMessage, id], ['empty_cart', 'The cart is empty.', run.id]);
});

scenario('a timeout tells what was seen, and a later call may still find the value', async () => {
  const run = webhook('silent', { result: byFile(), timeoutMs: 300 }).submit({});
  const { observed } = await rejects(run.result(), 'timeout');
  ok(observed.attempts >= 2, `${observed.attempts} looks are at least 2`);
  ok(observed.elapsedMs >= 300, `${observed.elapsedMs} ms are at least 300`);
  await publish('file', run, { uuid: run.id, status: 'done', value: 'late' });
  equal(await run.result({ timeoutMs: 15_000 }), 'late');
});

scenario('asking twice asks once, and each asker may leave', async () => {
  const run = webhook('silent', { result: byFile() }).submit({});
  const leaving = new AbortController();
  const gone = run.result({ signal: leaving.signal }).catch((reason) => reason);
  const [first, second] = [run.result(), run.result()];
  leaving.abort('bye');
  equal(await gone, 'bye');
  await publish('file', run, { uuid: run.id, status: 'done', value: [1] });
  const values = await Promise.all([first, second]);
  ok(values[0] === values[1], 'both got the same value');
});

scenario('a schema that refuses makes a bad result, with its issues', async () => {
  const validate = ({ n }) => (n > 5 ? { value: n } : { issues: [{ message: 'too few' }] });
  const schema = { '~standard': { version: 1, vendor: 'page', validate } };
  const echo = webhook('echoToFile', { result: byFile(), schema });
  equal(await echo.run({ n: 6 }), 6);
  const { observed } = await rejects(echo.run({ n: 4 }), 'bad_result');
  equal(observed.issues, [{ message: 'too few' }]);
});

scenario('poll() waits over a question of the page itself', async () => {
  let looks = 0;
  const read = () => (++looks < 4 ? { state: 'pending' } : { state: 'done', value: looks });
  equal(await sdk.poll(read, { schedule: () => 1 }), 4);
});

scenario('the usual schedule finds a quick result within seconds', async () => {
  const { n } = await webhook('echoToFile', { result: byFile(), schedule: undefined }).run({ n: 3 });
  equal(n, 3);
});
