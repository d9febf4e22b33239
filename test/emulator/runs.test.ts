import { createEmulator, type Task } from 'mechanic-storefront/emulator';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createInstant, post, topic, webhookId } from './helpers.ts';

afterEach(() => vi.useRealTimers());

const log = (label: string) => ({ action: { type: 'echo', options: label } });
const labels = 'abcdefgh'.split('');

async function taskRuns(...tasks: Task[]) {
  const mechanic = createInstant({ tasks });
  await mechanic.fetch(post('{"n":1}', { type: 'application/json' }));
  await mechanic.idle();
  return mechanic.events()[0]?.taskRuns ?? [];
}

function task(run: Task['run'], options: Partial<Task> = {}): Task {
  return { name: 'Task', subscriptions: [topic], run, ...options };
}

describe('what a task may give', () => {
  const outputs: [string, Task['run']][] = [
    ['an array', () => [{ log: 1 }]],
    ['a promise of an array', async () => [{ log: 1 }]],
    [
      'a generator',
      function* () {
        yield { log: 1 };
      },
    ],
    [
      'an async generator',
      async function* () {
        yield await Promise.resolve({ log: 1 });
      },
    ],
  ];

  test.each(outputs)('%s of stream objects', async (_, run) => {
    expect(await taskRuns(task(run))).toEqual([
      { task: 'Task', status: 'succeeded', logs: [1], errors: [], actionRuns: [] },
    ]);
  });

  test('nothing', async () => {
    expect(await taskRuns(task(() => undefined))).toMatchObject([{ status: 'succeeded', actionRuns: [] }]);
  });

  test('any JSON as a log, as JSON keeps it', async () => {
    const logs = [null, 'x', { a: [1] }, new Date(0), undefined];
    const [run] = await taskRuns(task(() => logs.map((log) => ({ log }))));
    expect(run?.logs).toEqual([null, 'x', { a: [1] }, '1970-01-01T00:00:00.000Z', null]);
  });

  test.each([
    ['a string', 'done'],
    ['an unknown key', { logg: 1 }],
    ['two keys', { log: 1, error: 2 }],
    ['an action without a type', { action: { options: [] } }],
    ['an action with an unknown key', { action: { type: 'echo', option: 1 } }],
    ['null', null],
    ['an array', [{ log: 1 }]],
  ])('%s fails the task run, and is shown', async (_, object) => {
    const { inspect } = await import('node:util');
    const [run] = await taskRuns(task(() => [log('a'), object as { log: unknown }, { log: 'on' }]));
    expect(run).toMatchObject({ status: 'failed', logs: ['on'], actionRuns: [] });
    expect(run?.errors).toEqual([expect.stringContaining(inspect(object))]);
  });

  test.each([
    ['a BigInt', 1n],
    [
      'a cycle',
      Object.assign([] as unknown[], {
        get 0() {
          return this;
        },
      }),
    ],
  ])('%s fails the task run, for JSON cannot hold it', async (_, value) => {
    const [run] = await taskRuns(task(() => [{ log: value }]));
    expect(run).toMatchObject({ status: 'failed', errors: [expect.stringContaining('what JSON can hold')] });
  });

  test('something that is no list fails the task run, and is shown', async () => {
    const [run] = await taskRuns(task(() => ({ action: 'cache' }) as unknown as []));
    expect(run).toMatchObject({ status: 'failed', errors: [expect.stringContaining("{ action: 'cache' }")] });
  });
});

test('an error object discards all actions, and the output is read to its end', async () => {
  const [run] = await taskRuns(
    task(() => [log('a'), { error: 'no' }, { error: { code: 1 } }, { log: 'after' }]),
  );
  expect(run).toEqual({
    task: 'Task',
    status: 'failed',
    logs: ['after'],
    errors: ['no', { code: 1 }],
    actionRuns: [],
  });
});

test('a throw fails the task run with its message, and keeps the logs before it', async () => {
  const [run] = await taskRuns(
    task(function* () {
      yield log('a');
      yield { log: 'before' };
      throw new Error('no such customer');
    }),
  );
  expect(run).toEqual({
    task: 'Task',
    status: 'failed',
    logs: ['before'],
    errors: ['no such customer'],
    actionRuns: [],
  });
});

test('a task that fails leaves the other tasks alone', async () => {
  const runs = await taskRuns(
    task(() => Promise.reject(new Error('no')), { name: 'Bad' }),
    task(() => [log('a')], { name: 'Good' }),
  );
  expect(runs).toMatchObject([
    { task: 'Bad', status: 'failed', errors: ['no'], actionRuns: [] },
    { task: 'Good', status: 'succeeded', actionRuns: [{ type: 'echo', options: 'a', status: 'succeeded' }] },
  ]);
});

test('each task that subscribes runs once, the others not at all', async () => {
  const runs = await taskRuns(
    task(() => [], { name: 'Twice', subscriptions: [topic, topic] }),
    task(() => [], { name: 'Other', subscriptions: ['user/other/topic'] }),
  );
  expect(runs.map(({ task }) => task)).toEqual(['Twice']);
});

test('an event without a subscriber is performed and has no task runs', async () => {
  const mechanic = createInstant();
  await mechanic.fetch(post('x'));
  await mechanic.idle();
  expect(mechanic.events()).toMatchObject([{ status: 'performed', taskRuns: [] }]);
});

test('a task sees the event as Mechanic shows it', async () => {
  const [run] = await taskRuns(task(({ event }) => [{ log: event }]));
  expect(run?.logs).toEqual([
    {
      topic,
      data: { n: 1 },
      source: 'user',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      preview: false,
      parent: null,
      webhook_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
});

test('a task’s run() may use its own object', async () => {
  class Greeting implements Task {
    name = 'Greeting';
    subscriptions = [topic];
    run() {
      return [{ log: this.name }];
    }
  }
  expect(await taskRuns(new Greeting())).toMatchObject([{ logs: ['Greeting'] }]);
});

test('a task sees the cache as it was, never its own actions, and cannot change it', async () => {
  const mechanic = createInstant({
    tasks: [
      task(function* ({ cache }) {
        yield { action: { type: 'cache', options: ['incr', 'n'] } };
        yield { log: cache['n'] };
        yield { log: 'constructor' in cache };
        (cache as { [key: string]: unknown })['n'] = 5;
      }),
    ],
  });
  mechanic.cache.set('n', 1);
  await mechanic.fetch(post());
  await mechanic.idle();
  const [run] = mechanic.events()[0]?.taskRuns ?? [];
  expect(run?.logs).toEqual([1, false]);
  expect(run?.errors).toEqual([expect.stringContaining('read only')]);
  expect(mechanic.cache.get('n')).toBe(1);
});

test('a task that changes its event changes no other’s', async () => {
  const spoil = task(({ event }) => {
    (event.data as { n: number }).n = 2;
    return [];
  });
  const [, run] = await taskRuns(
    spoil,
    task(({ event }) => [{ log: event.data }]),
  );
  expect(run?.logs).toEqual([{ n: 1 }]);
});

describe('the order of actions', () => {
  async function order(seed: number, options: Partial<Task>, latency = 0): Promise<string[]> {
    vi.useFakeTimers();
    const delays = { eventRunMs: 0, taskRunMs: 0, actionRunMs: latency };
    const performed: string[] = [];
    const ask = task(
      () =>
        labels.map((label) => ({
          action: { type: 'event', options: { topic: `user/${label}/x`, data: null } },
        })),
      options,
    );
    const mechanic = createInstant({ tasks: [ask], seed, latency: delays });
    await mechanic.fetch(post());
    await vi.runAllTimersAsync();
    for (const event of mechanic.events().slice(1)) performed.push(event.topic.split('/')[1] ?? '');
    return performed;
  }

  test.each([0, 100])('is the task’s when it asks for a sequence (delay %i ms)', async (latency) => {
    expect(await order(1, { perform_action_runs_in_sequence: true }, latency)).toEqual(labels);
  });

  test.each([0, 100])('is arbitrary otherwise, and the seed’s (delay %i ms)', async (latency) => {
    const first = await order(1, {}, latency);
    expect([...first].sort()).toEqual(labels);
    expect(first).not.toEqual(labels);
    expect(await order(1, {}, latency)).toEqual(first);
    expect(await order(2, {}, latency)).not.toEqual(first);
  });
});

describe('a failed action in a sequence', () => {
  const actions = [log('a'), { action: { type: 'echo', options: { __error: 'no' } } }, log('c')];

  test('lets the rest go on', async () => {
    const [run] = await taskRuns(task(() => actions, { perform_action_runs_in_sequence: true }));
    expect(run?.actionRuns.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  test('keeps the rest from being performed when the task says so', async () => {
    const options = { perform_action_runs_in_sequence: true, halt_action_run_sequence_on_error: true };
    const [run] = await taskRuns(task(() => actions, options));
    expect(run?.actionRuns.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'not performed']);
    expect(run?.status).toBe('succeeded');
  });
});

describe('time', () => {
  const ask = task(() => [log('a')]);
  const webhooks = [{ id: webhookId, topic }];

  test('real latency follows the run that Mechanic’s docs show: 12 s, 22 s, 30 s, give or take a fifth', async () => {
    vi.useFakeTimers();
    const mechanic = createEmulator({ webhooks, tasks: [ask], latency: 'real' });
    await mechanic.fetch(post());
    const [began, idle] = [Date.now(), vi.fn()];
    void mechanic.idle().then(idle);
    const times: { [step: string]: number } = {};
    for (let second = 0; second < 40; second += 0.1) {
      const [event] = mechanic.events();
      const [run] = event?.taskRuns ?? [];
      if (event?.status === 'performed') times['event run'] ??= second;
      if (run?.status === 'succeeded') times['task run'] ??= second;
      if (run?.actionRuns[0]?.status === 'succeeded') times['action run'] ??= second;
      expect(idle).toHaveBeenCalledTimes(times['action run'] === undefined ? 0 : 1);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(Date.now() - began).toBeGreaterThan(36_000);
    const between = (from: number, to: number) =>
      expect.toSatisfy((at: number) => at >= from && at <= to + 0.1);
    expect(times).toEqual({
      'event run': between(9.6, 14.4),
      'task run': between(17.6, 26.4),
      'action run': between(24, 36),
    });
  });

  test('delays are the seed’s, and vary', async () => {
    vi.useFakeTimers();
    async function finished(seed: number): Promise<number> {
      const mechanic = createEmulator({ webhooks, tasks: [ask], latency: 'real', seed });
      const began = Date.now();
      await mechanic.fetch(post());
      const idle = mechanic.idle().then(() => Date.now() - began);
      await vi.runAllTimersAsync();
      return await idle;
    }
    const first = await finished(1);
    expect(await finished(1)).toBe(first);
    expect(await finished(2)).not.toBe(first);
  });

  test('latency can be changed while it runs, for what is scheduled from then on', async () => {
    vi.useFakeTimers();
    const mechanic = createInstant({ tasks: [ask] });
    mechanic.latency({ eventRunMs: 1000, taskRunMs: 0, actionRunMs: 0 });
    await mechanic.fetch(post());
    await vi.advanceTimersByTimeAsync(700);
    expect(mechanic.events()).toMatchObject([{ status: 'pending' }]);
    await vi.advanceTimersByTimeAsync(600);
    expect(mechanic.events()).toMatchObject([{ status: 'performed' }]);
  });

  test('a latency that is none is refused', () => {
    expect(() => createInstant().latency('slow' as 'fast')).toThrow(
      'latency must be "fast", "real", milliseconds or',
    );
  });

  test('without delays nothing has run when the POST is answered', async () => {
    const mechanic = createInstant({ tasks: [ask] });
    await mechanic.fetch(post());
    expect(mechanic.events()).toMatchObject([{ status: 'pending', taskRuns: [] }]);
    await mechanic.idle();
    expect(mechanic.events()).toMatchObject([{ taskRuns: [{ actionRuns: [{ status: 'succeeded' }] }] }]);
  });

  test('idle() resolves at once when nothing is under way', async () => {
    await createInstant().idle();
  });

  test('close() drops what is pending, and idle() then resolves', async () => {
    const mechanic = createEmulator({ webhooks, tasks: [ask], latency: 'real' });
    await mechanic.fetch(post());
    await mechanic.close();
    await mechanic.idle();
    expect(mechanic.events()).toMatchObject([{ status: 'pending' }]);
  });
});

test('events() gives copies', async () => {
  const mechanic = createInstant();
  await mechanic.fetch(post('a'));
  const [event] = mechanic.events();
  if (event) event.data = 'changed';
  expect(mechanic.events()).toMatchObject([{ data: 'a' }]);
});
