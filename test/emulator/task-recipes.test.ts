// What webhook tasks do in real life, in task files.
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Json, TaskFile } from 'mechanic-storefront/emulator';
import { describe, expect, test } from 'vitest';
import { taskFile } from '../support/task-file.ts';
import { createInstant, post, topic, webhookId } from './helpers.ts';

async function afterSubmitting(tasks: TaskFile[], ...submissions: Json[]) {
  const mechanic = createInstant({ tasks });
  for (const data of submissions) {
    await mechanic.fetch(post(JSON.stringify(data), { type: 'application/json' }));
    await mechanic.idle();
  }
  return mechanic;
}

describe('a signed customer id', () => {
  const secret = 'not for pages';
  const signed = (id: string) => createHmac('sha256', secret).update(id).digest('hex');
  const task = taskFile(
    `{% assign expected = event.data.customer_id | append: "" | hmac_sha256: options.secret__required %}
    {% if event.data.signature == blank or event.data.signature != expected %}
      {% error "This customer id is not signed." %}
    {% endif %}
    {% action "cache", "set", event.data.uuid, "done" %}`,
    topic,
    { options: { secret__required: secret } },
  );

  test.each([
    ['as text', '1001'],
    ['as a number', 1001],
  ])('is accepted %s with its own signature', async (_, customer_id) => {
    const mechanic = await afterSubmitting([task], { uuid: 'u', customer_id, signature: signed('1001') });
    expect(mechanic.cache.get('u')).toBe('done');
  });

  test.each([
    ['a wrong one', '1001', signed('1002')],
    ['a blank one', '1001', ''],
    ['none', '1001', null],
    ['that of nobody, for nobody', '', ''],
  ])('is refused with %s', async (_, customer_id, signature) => {
    const mechanic = await afterSubmitting([task], { uuid: 'u', customer_id, signature });
    expect(mechanic.events()[0]?.taskRuns).toMatchObject([
      { status: 'failed', errors: ['This customer id is not signed.'], actionRuns: [] },
    ]);
    expect(mechanic.cache.entries()).toEqual([]);
  });
});

test('of two tasks on one topic, the one with an error does nothing and the other does its work', async () => {
  const bad = taskFile('{% action "cache", "set", "bad", 1 %}{% error "no" %}', topic, { name: 'Bad' });
  const good = taskFile('{% action "cache", "set", "good", 1 %}', topic, { name: 'Good' });
  const mechanic = await afterSubmitting([bad, good], {});
  expect(mechanic.events()[0]?.taskRuns.map(({ task, status }) => [task, status])).toEqual([
    ['Bad', 'failed'],
    ['Good', 'succeeded'],
  ]);
  expect(mechanic.cache.entries().map(({ key }) => key)).toEqual(['good']);
  const dashboard = await mechanic.fetch(new Request('https://mechanic.test/'));
  const words = (await dashboard.text()).replaceAll(/<[^>]*>/g, ' ');
  expect(words).toMatch(/Bad\s+failed/);
  expect(words).toMatch(/Good\s+succeeded/);
});

test('a task that remembers what it has seen works once', async () => {
  const task = taskFile(
    `{% assign key = event.data | json | sha256 | prepend: "seen:" %}
    {% if cache[key] %}{% log "again" %}{% break %}{% endif %}
    {% action "cache", "setex", key, 60, true %}
    {% action "cache", "incr", "count" %}`,
    topic,
  );
  const mechanic = await afterSubmitting([task], { n: 1 }, { n: 1 }, { n: 2 });
  expect(mechanic.cache.get('count')).toBe(2);
});

test('an address is verified by a code that is kept under its digest', async () => {
  const task = taskFile(
    `{% assign key = event.data.email | downcase | strip | sha256 %}
    {% if event.data.code == blank %}
      {% assign code = event.webhook_request_id | md5 | slice: 0, 6 | upcase %}
      {% action "cache", "setex", key, 600, code %}
    {% elsif event.data.code == cache[key] %}
      {% action "cache", "set", "verified", event.data.email %}
    {% else %}
      {% error "A wrong code" %}
    {% endif %}`,
    topic,
  );
  const mechanic = createInstant({ tasks: [task] });
  const send = async (query: string) => {
    await mechanic.fetch(post(null, { query }));
    await mechanic.idle();
  };
  await send('?email=A%40example.test');
  await send('?email=a%40example.test&code=WRONG');
  expect(mechanic.cache.get('verified')).toBeUndefined();
  const code = String(mechanic.cache.entries()[0]?.value);
  await send(`?email=a%40example.test&code=${code}`);
  expect(mechanic.cache.get('verified')).toBe('a@example.test');
});

test('a contact form becomes a line of CSV', async () => {
  const task = taskFile(
    `{% assign row = event.data.contact | values %}{% assign rows = array | push: row %}
    {% action "http", method: "put", url: "/storage/contacts.csv", body: rows | csv %}`,
    topic,
  );
  const form = new FormData();
  for (const [name, value] of [
    ['name', 'Ann "A."'],
    ['text', 'a,b\nc'],
  ] as const)
    form.append(`contact[${name}]`, value);
  const mechanic = createInstant({ tasks: [task] });
  await mechanic.fetch(post(form));
  await mechanic.idle();
  expect(mechanic.storage.get('contacts.csv')?.body).toBe('"Ann ""A.""","a,b\r\nc"\n');
});

describe('the order of a task file’s actions', () => {
  const script = '{% for n in (1..8) %}{% action "event", topic: "user/step/done", data: n %}{% endfor %}';
  async function order(seed: number, flags: Partial<TaskFile> = {}) {
    const mechanic = createInstant({ tasks: [taskFile(script, topic, flags)], seed });
    await mechanic.fetch(post());
    await mechanic.idle();
    return mechanic
      .events()
      .slice(1)
      .map(({ data }) => data);
  }

  test('is arbitrary, and the seed’s', async () => {
    const first = await order(1);
    expect(first).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await order(1)).toEqual(first);
    expect(await order(2)).not.toEqual(first);
  });

  test('is the script’s when the task asks for a sequence', async () => {
    expect(await order(1, { perform_action_runs_in_sequence: true })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

test('the demo’s task files do with their preview events what Mechanic would show', async () => {
  const folder = new URL('../../demo/tasks/', import.meta.url);
  const files = readdirSync(folder);
  expect(files).toHaveLength(5);
  for (const file of files) {
    const task: TaskFile = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    for (const definition of task.preview_event_definitions ?? []) {
      const { event_attributes: event } = definition as { event_attributes: { topic: string; data: Json } };
      const mechanic = createInstant({
        webhooks: [{ id: webhookId, topic: event.topic }],
        tasks: [task],
        customers: [{ id: '1234567890', email: 'a@example.test' }],
      });
      await mechanic.fetch(post(JSON.stringify(event.data), { type: 'application/json' }));
      await mechanic.idle();
      const [run] = mechanic.events()[0]?.taskRuns ?? [];
      expect(run).toMatchObject({ status: 'succeeded' });
      expect(run?.actionRuns.map(({ status }) => status)).not.toContain('failed');
      expect(JSON.stringify(run?.actionRuns.at(-1)?.options)).toContain('done');
    }
  }
});
