import { equal, ok } from '../../expect.js';
import { mechanicForm } from '../../fixture.js';
import { room } from '../../scenario.js';
import { arrivals, arrived, faults, noFaults, publish, until } from '../../tools.js';

const scenario = room('<mechanic-form>: trying again');

/** Tries again when it has failed, and lets the run end well. Returns the UUIDs of both tries. */
async function again(it) {
  await it.reaches('failed');
  const before = it.host.run.id;
  await noFaults();
  it.retry();
  const { run } = it.host;
  if (it.host.hasAttribute('stored-file')) {
    await publish('file', run, { uuid: run.id, status: 'done', value: { total: 9 } });
  }
  await it.reaches('done');
  return [before, run.id];
}

scenario('what was refused is sent again: the same data with the same UUID', async () => {
  await faults({ status: 422 });
  const it = mechanicForm();
  it.send();
  await it.reaches('failed');
  it.find('input').value = 'typed since';
  const [before, after] = await again(it);
  equal(after, before);
  equal(await arrived(it.host.run), [{ n: '1', action: 'save', uuid: before }]);
});

scenario('what never got an answer is sent again, with the same UUID', async () => {
  await faults({ drop: 1 });
  const it = mechanicForm({ 'stored-file': null });
  it.send();
  const [before, after] = await again(it);
  equal(after, before);
  equal((await arrived(it.host.run)).length, 1, 'the number of arrivals');
});

scenario('what Mechanic has taken is waited for anew, and not sent again', async () => {
  const it = mechanicForm({ timeout: '0.3' });
  it.send();
  await it.reaches('failed');
  equal(it.details('error')[0].error.code, 'timeout');
  it.host.setAttribute('timeout', '60');
  const [before, after] = await again(it);
  equal(after, before);
  equal((await arrived(it.host.run)).length, 1, 'the number of arrivals');
});

scenario('a task that works once per UUID is sent it again', async () => {
  const it = mechanicForm({ timeout: '0.3', idempotent: '' });
  it.send();
  await it.reaches('failed');
  it.host.setAttribute('timeout', '60');
  const [before, after] = await again(it);
  equal(after, before);
  const all = await until(async () => {
    const all = await arrivals(it.host.run);
    return all.length > 1 && all;
  });
  equal(all.length, 2, 'the number of arrivals');
  equal(all[0], all[1]);
});

scenario('what the task called failed goes out anew, as the form is now, with a new UUID', async () => {
  const it = mechanicForm();
  it.send();
  const first = it.host.run;
  await publish('file', first, { uuid: first.id, status: 'failed', error: 'Too few.' });
  await it.reaches('failed');
  it.find('input').value = '2';
  const [before, after] = await again(it);
  ok(after !== before, 'the UUID is new');
  const [data] = await arrived(it.host.run);
  equal([data.n, data.action], ['2', 'save']);
});
