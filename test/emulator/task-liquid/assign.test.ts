import fc from 'fast-check';
import type { Json } from 'mechanic-storefront/emulator';
import { expect, test } from 'vitest';
import { runScript } from './helpers.ts';

test.each([
  ['a list by index', '{% assign x = array %}{% assign x[0] = 1 %}{% assign x[x.size] = 2 %}', [1, 2]],
  ['a list beyond its end', '{% assign x = array %}{% assign x[2] = 1 %}', [null, null, 1]],
  ['a list from its end', '{% assign x = "a,b" | split: "," %}{% assign x[-1] = "c" %}', ['a', 'c']],
  ['a hash by key', '{% assign x = hash %}{% assign x["k"] = 1 %}', { k: 1 }],
  ['a hash by variable', '{% assign k = "key" %}{% assign x = hash %}{% assign x[k] = 1 %}', { key: 1 }],
  ['a hash by a path', '{% assign x = hash %}{% assign x[event.data.k] = 1 %}', { id: 1 }],
  ['a hash by number', '{% assign x = hash %}{% assign x[5] = 1 %}', { 5: 1 }],
  [
    'a key that is no identifier',
    '{% assign x = hash %}{% assign x["__proto__"] = 1 %}',
    JSON.parse('{"__proto__":1}'),
  ],
  ['a field', '{% assign x = hash %}{% assign x.y = hash %}{% assign x.y["k"] = 1 %}', { y: { k: 1 } }],
  [
    'a place deep inside',
    '{% assign x = hash %}{% assign x["a"] = array %}{% assign x["a"][0] = hash %}{% assign x["a"][0]["b"] = 1 %}',
    { a: [{ b: 1 }] },
  ],
  ['nil', '{% assign x = hash %}{% assign x["k"] = missing %}', { k: null }],
  ['with filters', '{% assign x = hash %}{% assign x["k"] = 1 | plus: 1 %}', { k: 2 }],
  ['the event', '{% assign event["data"]["k"] = 1 %}{% assign x = event.data %}', { k: 1 }],
  ['the literals stay empty', '{% assign y = hash %}{% assign y["k"] = 1 %}{% assign x = hash %}', {}],
])('%s', async (_, script, value) => {
  const { run } = await runScript(`${script}{% log x %}`, { data: { k: 'id' } });
  expect(run).toMatchObject({ status: 'succeeded', logs: [value] });
});

test('a variable of a loop is changed in the loop, and the list is not', async () => {
  const script = `{% for item in event.data.list %}{% assign item["n"] = 5 %}{% log item.n %}{% endfor %}
    {% log event.data.list %}`;
  const { run } = await runScript(script, { data: { list: [{ n: 1 }, { n: 2 }] } });
  expect(run.logs).toEqual([5, 5, [{ n: 1 }, { n: 2 }]]);
});

test('a loop goes over the list as it was', async () => {
  const script = `{% assign x = event.data.list %}{% for n in x %}{% assign x[x.size] = n %}{% endfor %}{% log x %}`;
  expect((await runScript(script, { data: { list: [1, 2] } })).run.logs).toEqual([[1, 2, 1, 2]]);
});

test.each([
  ['{% assign x["k"] = 1 %}', 'undefined is neither an array nor a hash'],
  ['{% assign x = "text" %}{% assign x[0] = 1 %}', "'text' is neither an array nor a hash"],
  ['{% assign x = array %}{% assign x["k"] = 1 %}', "an array has no 'k'"],
  ['{% assign x = array %}{% assign x[-1] = 1 %}', 'an array has no -1'],
  ['{% assign x = hash %}{% assign x[missing] = 1 %}', 'null is no key'],
  ['{% assign x = hash %}{% assign x["a"]["b"] = 1 %}', 'undefined is neither an array nor a hash'],
  ['{% assign = 1 %}', 'expected a variable name'],
  ['{% assign x 1 %}', 'expected "="'],
])('%s fails the task run', async (script, message) => {
  const { run } = await runScript(`\n${script}`);
  expect(run.errors).toEqual([expect.stringContaining(message)]);
  expect(run.errorLines).toEqual([2]);
});

/** JSON whose numbers come through text and back unchanged. */
const json = fc
  .jsonValue({ noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const nonEmptyHash = fc.dictionary(fc.string(), json, { minKeys: 1 });

test('any JSON comes through assign, json and parse_json as it was', async () => {
  await fc.assert(
    fc.asyncProperty(json, async (value) => {
      const script =
        '{% assign x = event.data.value %}{% assign y = x | json | parse_json %}{% log y %}{% log x %}';
      const { run } = await runScript(script, { data: { value } });
      expect(run.logs).toEqual([value, value]);
    }),
    { numRuns: 50 },
  );
});

test('assignment is by value: whoever held the container before does not see it change', async () => {
  const script = `{% assign before = event.data.hash %}{% assign x = before %}{% assign inside = array | push: x %}
    {% assign x[event.data.key] = event.data.value %}
    {% assign value = event.data.value %}{% assign value = "gone" %}
    {% log before %}{% log inside[0] %}{% log x %}`;
  await fc.assert(
    fc.asyncProperty(nonEmptyHash, json, fc.nat(), async (hash, value, n) => {
      const key = Object.keys(hash)[n % Object.keys(hash).length] ?? '';
      const { run } = await runScript(script, { data: { hash, key, value } });
      const changed = Object.fromEntries(Object.entries(hash).map(([k, v]) => [k, k === key ? value : v]));
      expect(run.logs).toEqual([hash, hash, changed]);
    }),
    { numRuns: 50 },
  );
});
