import type { Task } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { taskFile } from '../support/task-file.ts';
import { createInstant, post, topic } from './helpers.ts';

const performTopic = 'mechanic/actions/perform';
const both = `${topic}\n${performTopic}`;

/** A task that asks for actions, and logs what it hears of them. */
const listening = (actions: string, subscriptions = both) =>
  taskFile(`{% if action %}{% log action %}{% else %}${actions}{% endif %}`, subscriptions);

async function performed(tasks: Parameters<typeof createInstant>[0]) {
  const mechanic = createInstant(tasks);
  await mechanic.fetch(post('hello'));
  await mechanic.idle();
  const [, ...followers] = mechanic.events();
  return { mechanic, followers };
}

test('a task that subscribes hears of each of its actions, whether it succeeded or failed', async () => {
  const actions = `{% action "cache", "set", "k", 1, __meta: "m" %}{% action "cache", "set", "a b", 1 %}`;
  const { followers } = await performed({ tasks: [listening(actions)], seed: 2 });
  const heard = followers.map(({ taskRuns }) => taskRuns[0]?.logs[0]);
  expect(heard).toHaveLength(2);
  expect(heard).toContainEqual({
    type: 'cache',
    options: ['set', 'k', 1],
    meta: 'm',
    run: { ok: true, error: null, result: 'OK' },
  });
  expect(heard).toContainEqual({
    type: 'cache',
    options: ['set', 'a b', 1],
    meta: null,
    run: { ok: false, error: expect.stringContaining('key must match'), result: null },
  });
});

test('the event is a child, from Mechanic itself, and holds the action as its data', async () => {
  const script = '{% if action %}{% log event %}{% else %}{% action "cache", "incr", "n" %}{% endif %}';
  const { followers, mechanic } = await performed({ tasks: [taskFile(script, both)] });
  expect(followers).toMatchObject([
    { topic: performTopic, requestId: null, parentId: mechanic.events()[0]?.id },
  ]);
  expect(followers[0]?.taskRuns[0]?.logs).toMatchObject([
    { topic: performTopic, source: 'mechanic', data: { type: 'cache' }, parent: { topic, data: 'hello' } },
  ]);
});

test('nobody but the task itself hears of it, not even its twin', async () => {
  const asks = listening('{% action "cache", "incr", "n" %}');
  const curious = { ...listening('', performTopic), name: 'Curious' };
  const { followers } = await performed({ tasks: [asks, curious, listening('', both)] });
  expect(followers.map(({ taskRuns }) => taskRuns.map(({ task }) => task))).toEqual([['Task']]);
});

test('a task function hears of its actions, too', async () => {
  const task: Task = {
    name: 'Function',
    subscriptions: [topic, performTopic],
    run: ({ event }) =>
      event.topic === topic
        ? [{ action: { type: 'cache', options: ['incr', 'n'] } }]
        : [{ log: (event.data as { run: unknown }).run }],
  };
  const { followers } = await performed({ tasks: [task] });
  expect(followers[0]?.taskRuns[0]?.logs).toEqual([{ ok: true, error: null, result: 1 }]);
});

test.each([
  ['an echo', '{% action "echo", 1 %}'],
  ['an action that is not performed', '{% action "email" %}{"to": "a"}{% endaction %}'],
  ['__perform_event: false', '{% action "cache", "incr", "n", __perform_event: false %}'],
  [
    '__perform_event: false on a block',
    '{% action "cache", __perform_event: false %}["incr", "n"]{% endaction %}',
  ],
  [
    '__perform_event: false in the options',
    '{% action "cache" %}{"incr": {"key": "n"}, "__perform_event": false}{% endaction %}',
  ],
  [
    '__perform_event: false beside the options',
    '{% action %}{"type": "cache", "options": ["incr", "n"], "__perform_event": false}{% endaction %}',
  ],
])('%s is followed by no event, and has its effect', async (_, action) => {
  const { followers, mechanic } = await performed({ tasks: [listening(action)] });
  expect(followers).toEqual([]);
  const [run] = mechanic.events()[0]?.taskRuns ?? [];
  expect(run?.actionRuns).toMatchObject([{ type: expect.any(String) }]);
  expect(run?.actionRuns[0]?.status).not.toBe('failed');
  if (action.includes('incr')) expect(mechanic.cache.get('n')).toBe(1);
});

test('a task that does not subscribe hears nothing', async () => {
  expect(
    (await performed({ tasks: [listening('{% action "cache", "incr", "n" %}', topic)] })).followers,
  ).toEqual([]);
});

test('a task run that gives what its predecessor gave is failed: a loop', async () => {
  const { mechanic, followers } = await performed({
    tasks: [taskFile('{% action "cache", "incr", "n" %}', both)],
  });
  expect(mechanic.cache.get('n')).toBe(1);
  expect(followers).toHaveLength(1);
  expect(followers[0]?.taskRuns).toMatchObject([
    { status: 'failed', actionRuns: [], errors: [expect.stringContaining('a loop, which Mechanic stops')] },
  ]);
});

test('a task that does something else in each step goes on', async () => {
  const script = `{% assign step = action.meta | default: 0 | plus: 1 %}
    {% if step < 4 %}{% action "cache", "set", "step", step, __meta: step %}{% endif %}`;
  const { mechanic, followers } = await performed({ tasks: [taskFile(script, both)] });
  expect(mechanic.cache.get('step')).toBe(3);
  expect(followers.map(({ taskRuns }) => taskRuns[0]?.status)).toEqual([
    'succeeded',
    'succeeded',
    'succeeded',
  ]);
});

test('an endless chain of events ends loudly', async () => {
  const script = `{% assign n = event.data | times: 1 | plus: 1 %}{% action "event", topic: "${topic}", data: n %}`;
  const { mechanic } = await performed({ tasks: [taskFile(script, topic)] });
  expect(mechanic.events()).toHaveLength(101);
  expect(mechanic.events().at(-1)?.taskRuns).toMatchObject([
    {
      status: 'failed',
      actionRuns: [],
      errors: [expect.stringContaining('100 generations of events before it: an endless loop')],
    },
  ]);
});

test.each(['"task_id": {{ task.id | json }}', '"task_ids": [{{ task.id | json }}]'])(
  'an event action with %s reaches that task alone',
  async (option) => {
    const child = 'user/quote/priced';
    const asks = `{% if event.topic == "${child}" %}{% log "heard" %}{% else %}
      {% action "event" %}{"topic": "${child}", "data": 1, ${option}}{% endaction %}{% endif %}`;
    const tasks = [
      taskFile(asks, `${topic}\n${child}`),
      taskFile('{% log "never" %}', child, { name: 'Other' }),
    ];
    const { followers } = await performed({ tasks });
    expect(followers[0]?.taskRuns).toMatchObject([{ task: 'Task', logs: ['heard'] }]);
  },
);

test.each(['"task_id": 5', '"task_ids": "x"', '"task_id": "x", "task_ids": ["x"]'])(
  'an event action with %s fails',
  async (option) => {
    const script = `{% action "event" %}{"topic": "user/a/b", "data": 1, ${option}}{% endaction %}`;
    const { mechanic } = await performed({ tasks: [taskFile(script, topic)] });
    expect(mechanic.events()[0]?.taskRuns[0]?.actionRuns).toMatchObject([
      { status: 'failed', error: expect.stringContaining('task_id must be text, or task_ids a list') },
    ]);
  },
);
