import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEmulator, type Emulator, type TaskFile } from 'mechanic-storefront/emulator';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { taskFile } from '../support/task-file.ts';
import { createInstant, instant, post, topic, webhookId } from './helpers.ts';

afterEach(() => vi.useRealTimers());

const logging = (value: unknown, others: Partial<TaskFile> = {}) =>
  taskFile(`{% log ${JSON.stringify(value)} %}`, topic, others);

async function runsAfterPost(mechanic: Emulator) {
  await mechanic.fetch(post('{"n":1}', { type: 'application/json' }));
  await mechanic.idle();
  return mechanic.events().at(-1)?.taskRuns ?? [];
}

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    // Brackets mean something in a pattern, and nothing in a path.
    folder = mkdtempSync(join(tmpdir(), 'tasks-[x]-'));
    return () => rmSync(folder, { recursive: true });
  });
  const write = (name: string, content: TaskFile | string) =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const logs = async (mechanic: Emulator) => (await runsAfterPost(mechanic)).map((run) => run.logs[0]);

  test('a path, a file URL and a pattern name task files', async () => {
    write('a.json', logging('a'));
    write('b.json', logging('b'));
    const path = join(folder, 'a.json');
    expect(await logs(createInstant({ tasks: path }))).toEqual(['a']);
    expect(await logs(createInstant({ tasks: [path, pathToFileURL(path)] }))).toEqual(['a', 'a']);
    expect(await logs(createInstant({ tasks: [pathToFileURL(path).href] }))).toEqual(['a']);
  });

  test('a pattern names files in alphabetical order, and those that come and go', async () => {
    const plain = mkdtempSync(join(tmpdir(), 'tasks-'));
    const put = (name: string, content: TaskFile) =>
      writeFileSync(join(plain, name), JSON.stringify(content));
    put('b.json', logging('b'));
    put('a.json', logging('a'));
    const mechanic = createInstant({ tasks: [pathToFileURL(join(plain, '*.json'))] });
    expect(await logs(mechanic)).toEqual(['a', 'b']);
    put('c.json', logging('c'));
    rmSync(join(plain, 'a.json'));
    expect(await logs(mechanic)).toEqual(['b', 'c']);
    rmSync(plain, { recursive: true });
  });

  test('an edit shows in the next event', async () => {
    write('a.json', logging('before'));
    const mechanic = createInstant({ tasks: [join(folder, 'a.json')] });
    expect(await logs(mechanic)).toEqual(['before']);
    write('a.json', logging('after'));
    expect(await logs(mechanic)).toEqual(['after']);
    write('a.json', logging('elsewhere', { subscriptions_template: 'user/other/topic' }));
    expect(await logs(mechanic)).toEqual([]);
  });

  test('a file that has become invalid fails its task runs by name and path, until it is mended', async () => {
    write('a.json', logging('good', { name: 'Quote' }));
    const mechanic = createInstant({ tasks: [join(folder, 'a.json')] });
    const invalid = async (content: TaskFile | string) => {
      write('a.json', content);
      return await runsAfterPost(mechanic);
    };
    const fault = (message: string) => [
      {
        task: 'Quote',
        status: 'failed',
        errors: [
          expect.stringContaining(`The task file ${join(folder, 'a.json')} has become invalid: ${message}`),
        ],
      },
    ];
    expect(await invalid('{')).toMatchObject(fault('it is not JSON: '));
    expect(await invalid({ ...logging(1), script: 5 } as never)).toMatchObject(
      fault('script must be text; received 5.'),
    );
    expect(await invalid(logging(1, { options: { n__number: 'x' } }))).toMatchObject(
      fault("options.n__number must be a number; received 'x'."),
    );
    write('a.json', logging('mended'));
    expect(await logs(mechanic)).toEqual(['mended']);
  });

  test('a new file that is invalid fails every event, since nobody knows its subscriptions', async () => {
    const plain = mkdtempSync(join(tmpdir(), 'tasks-'));
    writeFileSync(
      join(plain, 'a.json'),
      JSON.stringify(logging('a', { subscriptions_template: 'user/x/y' })),
    );
    const mechanic = createInstant({ tasks: [join(plain, '*.json')] });
    writeFileSync(join(plain, 'new.json'), '{');
    expect(await runsAfterPost(mechanic)).toMatchObject([{ task: 'new.json', status: 'failed' }]);
    rmSync(plain, { recursive: true });
  });

  test.each([
    ['no JSON', '{"name": ', 'it is not JSON: '],
    ['no object', '[]', 'must be an object'],
    [
      'a missing field',
      '{"name": "x", "options": {}, "docs": "", "script": ""}',
      'subscriptions_template must be text; received undefined',
    ],
    ['an unknown field', JSON.stringify({ ...logging(1), scirpt: '' }), "unknown option 'scirpt'"],
    ['an empty name', JSON.stringify(logging(1, { name: '' })), "name must not be empty; received ''"],
  ])(
    '%s keeps the local Mechanic from starting, with a message that names file and path',
    (_, content, message) => {
      write('bad.json', content);
      const start = () => createEmulator({ tasks: [join(folder, 'bad.json')] });
      expect(start).toThrow(TypeError);
      expect(start).toThrow(`tasks[0] names a file that is no task file: ${join(folder, 'bad.json')}: `);
      expect(start).toThrow(message);
    },
  );
});

describe('options', () => {
  test('are checked by the end of their keys', () => {
    const faulty: [options: TaskFile['options'], message: string][] = [
      [{ a__required: '' }, "tasks[0].options.a__required is required; received ''"],
      [{ a__number_required: null }, 'tasks[0].options.a__number_required is required; received null'],
      [{ a__array_required: [] }, 'options.a__array_required is required'],
      [{ a__number: 'ten' }, "options.a__number must be a number; received 'ten'"],
      [{ a__boolean: 'yes' }, "options.a__boolean must be true or false; received 'yes'"],
      [{ a__array: 'x' }, "options.a__array must be a list; received 'x'"],
      [{ a__keyval: [1] }, 'options.a__keyval must be an object; received [ 1 ]'],
      [{ 'A b': 1 }, 'is no key for an option'],
      [{ mode__select_o1_number_o2_array__required: '' }, 'is required'],
    ];
    for (const [options, message] of faulty)
      expect(() => createEmulator({ tasks: [logging(1, { options })] })).toThrow(message);
  });

  test('may be blank, and choices may look like types', () => {
    const options = {
      a__number: '',
      b__boolean: null,
      c__array: null,
      d: '',
      e__boolean_required: false,
      f__multiline: 'a\nb',
      g__select_o1_number_o2_array: 'number',
      h__number: '{{ event.data.n }}',
      i__array_number: ['1'],
    };
    expect(() => createEmulator({ tasks: [logging(1, { options })] })).not.toThrow();
  });

  test('are rendered before the script, with event, cache and shop, and without options', async () => {
    const options = {
      text: 'n is {{ event.data.n }}, {{ shop.currency }}, {{ options.list__array | size }}, {{ task.name }}',
      plain: 'a { b } % c',
      list__array: ['{{ cache.k }}', 'x'],
      hash__keyval: { a: '{{ event.topic }}' },
      count__number: '{{ event.data.n | plus: 1 }}',
      as_text__number: '10',
      blank__number: '',
      numbers__array_number: ['1.5', ''],
      flag__boolean: true,
    };
    const mechanic = createInstant({
      tasks: [taskFile('{% log options %}{% log task.options.plain %}', topic, { options })],
    });
    mechanic.cache.set('k', 'cached');
    const [run] = await runsAfterPost(mechanic);
    expect(run?.logs).toEqual([
      {
        text: 'n is 1, USD, 0, Task',
        plain: 'a { b } % c',
        list__array: ['cached', 'x'],
        hash__keyval: { a: topic },
        count__number: 2,
        as_text__number: 10,
        blank__number: null,
        numbers__array_number: [1.5, null],
        flag__boolean: true,
      },
      'a { b } % c',
    ]);
  });

  test('that cannot be rendered fail the task run by name and line', async () => {
    const options = { text: 'a\n{{ event.data | unknown }}' };
    const [run] = await runsAfterPost(createInstant({ tasks: [logging(1, { options })] }));
    expect(run).toMatchObject({
      status: 'failed',
      logs: [],
      errors: ['options.text: undefined filter: unknown (line 2 of the option)'],
    });
  });
});

describe('subscriptions', () => {
  const names = async (others: Partial<TaskFile>) =>
    (await runsAfterPost(createInstant({ tasks: [logging(1, others)] }))).length;

  test.each([
    [
      'the template, rendered with options',
      { subscriptions_template: '{{ options.topic__required }}', options: { topic__required: topic } },
      1,
    ],
    ['one to a line, blank lines aside', { subscriptions_template: `\n  user/a/b\n\n  ${topic}  \n` }, 1],
    [
      'by a condition',
      {
        subscriptions_template: `{% if options.on__boolean %}${topic}{% endif %}`,
        options: { on__boolean: false },
      },
      0,
    ],
    ['the list, where the template is blank', { subscriptions_template: ' ', subscriptions: [topic] }, 1],
    [
      'the template, whatever the list says',
      { subscriptions_template: 'user/a/b', subscriptions: [topic] },
      0,
    ],
    ['the same topic twice is one', { subscriptions_template: `${topic}\n${topic}` }, 1],
    [
      'topics that never occur here',
      { subscriptions_template: `shopify/orders/create\nmechanic/scheduler/daily+2.hours\n${topic}` },
      1,
    ],
  ])('%s', async (_, others, count) => {
    expect(await names(others)).toBe(count);
  });

  test.each([
    ['user/quote', 'tasks[0].subscriptions_template must be topics of three parts'],
    ['user/a/b, user/c/d', 'received "user/a/b, user/c/d"'],
    ['user/a/b+1.fortnight', 'received "user/a/b+1.fortnight"'],
    ['user/a/b+25.days', 'longer than 24 days; received "user/a/b+25.days"'],
    [
      '{{ options.x | unknown }}',
      'tasks[0].subscriptions_template cannot be rendered: undefined filter: unknown (line 1)',
    ],
  ])('%s is refused at the start', (template, message) => {
    const task = logging(1, { subscriptions_template: template });
    expect(() => createEmulator({ tasks: [task] })).toThrow(message);
  });

  test('an offset delays the task run by as much', async () => {
    vi.useFakeTimers();
    const task = logging(1, { subscriptions_template: `${topic}+90.seconds\n${topic}` });
    const mechanic = createInstant({ tasks: [task] });
    await mechanic.fetch(post());
    await vi.advanceTimersByTimeAsync(89_000);
    const statuses = () => mechanic.events()[0]?.taskRuns.map(({ status }) => status);
    expect(statuses()).toEqual(['pending', 'succeeded']);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(statuses()).toEqual(['succeeded', 'succeeded']);
  });
});

test('a script sees the event, the cache, the task and the shop', async () => {
  const script =
    '{% log event %}{% log cache %}{% log task %}{% log shop %}{% log cache["k"] %}{% log customer %}{% log action %}';
  const mechanic = createInstant({ tasks: [taskFile(script, topic)], shop: { name: 'Tea' } });
  mechanic.cache.set('k', { a: 1 });
  const [run] = await runsAfterPost(mechanic);
  expect(run?.logs).toEqual([
    {
      topic,
      data: { n: 1 },
      source: 'user',
      created_at: expect.stringMatching(/Z$/),
      preview: false,
      parent: null,
      webhook_request_id: mechanic.events()[0]?.requestId,
    },
    { k: { a: 1 } },
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Task',
      created_at: expect.stringMatching(/Z$/),
      options: {},
    },
    expect.objectContaining({ name: 'Tea', currency: 'USD', iana_timezone: 'UTC' }),
    { a: 1 },
    null,
    null,
  ]);
});

test.each(['customer', 'customers'])('an event about %s gives the variable customer', async (subject) => {
  const webhooks = [{ id: webhookId, topic: `user/${subject}/seen` }];
  const tasks = [taskFile('{% log customer.n %}', `user/${subject}/seen`)];
  const [run] = await runsAfterPost(createEmulator({ webhooks, tasks, latency: instant }));
  expect(run?.logs).toEqual([1]);
});

test('the flags of a task file for its actions are those of task functions', async () => {
  const script =
    '{% for n in (1..8) %}{% action "cache", "set", "last", n %}{% endfor %}{% action "echo", __error: "no" %}{% action "cache", "set", "last", 9 %}';
  const flags = { perform_action_runs_in_sequence: true, halt_action_run_sequence_on_error: true };
  const mechanic = createInstant({ tasks: [taskFile(script, topic, flags)] });
  const [run] = await runsAfterPost(mechanic);
  expect(run?.actionRuns.map(({ status }) => status).slice(-2)).toEqual(['failed', 'not performed']);
  expect(mechanic.cache.get('last')).toBe(8);
});
