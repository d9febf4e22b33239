import { describe, expect, test } from 'vitest';
import { runScript } from './helpers.ts';

const shared = `
{% assign meta = hash %}{% assign meta["step"] = 1 %}
{% assign options_hash = hash %}{% assign options_hash["a"] = 1 %}
{% assign type = "echo" %}`;

async function action(tag: string) {
  const { run } = await runScript(`${shared}\n${tag}`);
  expect(run.errors).toEqual([]);
  return run.actionRuns.map(({ type, options, meta }) =>
    meta === undefined ? { type, options } : { type, options, meta },
  );
}

describe('action', () => {
  const a = { type: 'echo', options: { a: 1 } };
  const withMeta = { ...a, meta: { step: 1 } };

  test.each([
    [
      'a block',
      '{% action %}{"type": "echo", "options": {"a": 1}, "meta": {"step": 1}}{% endaction %}',
      withMeta,
    ],
    ['a typed block', '{% action "echo" %}{"a": 1}{% endaction %}', a],
    ['a typed block with Liquid', '{% action type %}{"a": {{ options_hash.a | json }}}{% endaction %}', a],
    ['a typed block, trimmed', '{%- action "echo" -%} {"a": 1} {%- endaction -%}', a],
    ['a typed block of a scalar', '{% action "echo" %}"x"{% endaction %}', { type: 'echo', options: 'x' }],
    [
      'positional options',
      '{% action "echo", "set", options_hash, 5 %}',
      { type: 'echo', options: ['set', { a: 1 }, 5] },
    ],
    ['mapped options', '{% action "echo", a: 1 %}', a],
    [
      'mapped options on several lines',
      '{% action "echo",\n  a: options_hash.a,\n  b: type %}',
      { type: 'echo', options: { a: 1, b: 'echo' } },
    ],
    [
      'a filter in an argument',
      '{% action "echo", a: 3 | times: 2 | minus: 5, b: "x" | upcase %}',
      { type: 'echo', options: { a: 1, b: 'X' } },
    ],
    ['a single option', '{% action "echo", options_hash %}', a],
    ['a single option without a comma', '{% action "echo" options_hash %}', a],
    ['a single text', '{% action "echo", "x" %}', { type: 'echo', options: 'x' }],
    ['a single nil', '{% action "echo", missing %}', { type: 'echo', options: null }],
    ['mapped options without a comma', '{% action "echo" a: 1 %}', a],
    ['options: and meta:', '{% action "echo", options: options_hash, meta: meta %}', withMeta],
    ['options and meta by position', '{% action "echo", options_hash, meta %}', withMeta],
    ['__meta on a block', '{% action "echo", __meta: meta %}{"a": 1}{% endaction %}', withMeta],
    ['__meta on mapped options', '{% action "echo", a: 1, __meta: meta %}', withMeta],
    [
      '__meta on positional options',
      '{% action "echo", 1, 2, __meta: meta %}',
      { type: 'echo', options: [1, 2], meta: { step: 1 } },
    ],
    [
      '__meta among the options',
      '{% action "echo" %}{"a": 1, "__meta": {"step": 1}}{% endaction %}',
      withMeta,
    ],
    ['a raw object', '{"action": {"type": "echo", "options": {"a": {{ 1 | json }}}}}', a],
    ['inside of the liquid tag', '{% liquid\n  action "echo", a: 1\n%}', a],
    [
      'a block inside of the liquid tag',
      '{% liquid\n  action "echo"\n    echo options_hash | json\n  endaction\n%}',
      a,
    ],
    ['captured, and printed', '{% capture later %}{% action "echo", a: 1 %}{% endcapture %}{{ later }}', a],
  ])('%s', async (_, tag, expected) => {
    expect(await action(tag)).toEqual([expected]);
  });

  test('captured, and never printed, is none', async () => {
    expect(await action('{% capture never %}{% action "echo", 1 %}{% endcapture %}')).toEqual([]);
  });

  test('a shopify block holds GraphQL, or JSON', async () => {
    const mutation = 'mutation { metafieldsSet(metafields: []) { userErrors { field } } }';
    const asText = `{% action "shopify" %}\n ${mutation}\n{% endaction %}`;
    const asJson = `{% action "shopify" %}{"query": {{ "${mutation}" | json }}}{% endaction %}`;
    const { run } = await runScript(asText + asJson);
    expect(run.actionRuns.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(run.actionRuns[0]?.options).toContain('metafieldsSet');
    expect(run.actionRuns[1]?.options).toEqual({ query: mutation });
  });

  test.each([
    ['{% action "cache" %}{"set": {% endaction %}', '{% action "cache" %} must hold JSON'],
    ['{% action "cache" %}{% endaction %}', '{% action "cache" %} must hold JSON'],
    ['{% action %}[1]{% endaction %}', 'A task yields { action: { type, options } }'],
    ['{% action %}{"options": 1}{% endaction %}', 'A task yields { action: { type, options } }'],
    ['{% action "echo" %}{"a": 1}', 'needs an {% endaction %}'],
    ['{% action a: 1 %}', 'names no action type'],
    ['{% action "echo", 1, b: 2 %}', 'mixes options that have a name with options that have none'],
    ['{% action "echo", | %}', 'cannot read'],
  ])('%s fails the task run, with its line', async (tag, message) => {
    const { run } = await runScript(`\n\n${tag}`);
    expect(run).toMatchObject({ status: 'failed', actionRuns: [], errorLines: [3] });
    expect(run.errors).toEqual([expect.stringContaining(message)]);
  });
});

describe('log and error', () => {
  test.each([
    ['a block', '{% NAME %}{"a": {{ 1 | plus: 1 }}}{% endNAME %}', { a: 2 }],
    ['one argument', '{% NAME "x" %}', 'x'],
    ['one variable', '{% NAME event.data %}', { n: 1 }],
    ['one argument with a filter', '{% NAME "x" | append: "y" %}', 'xy'],
    ['nil', '{% NAME missing %}', null],
    ['arguments with names', '{% NAME message: "x", n: event.data.n %}', { message: 'x', n: 1 }],
    ['a raw object', '{"NAME": [1, "}"]}', [1, '}']],
  ])('%s', async (_, tag, expected) => {
    const data = { n: 1 };
    const { run: logged } = await runScript(tag.replaceAll('NAME', 'log'), { data });
    expect(logged).toMatchObject({ status: 'succeeded', logs: [expected], errors: [] });
    const { run: failed } = await runScript(`\n${tag.replaceAll('NAME', 'error')}`, { data });
    expect(failed).toMatchObject({ status: 'failed', logs: [], errors: [expected], errorLines: [2] });
  });

  test.each(['{% log "a", "b" %}', '{% log "a", b: 1 %}', '{% log %}x{% endlog %}'])(
    '%s fails',
    async (tag) => {
      expect((await runScript(tag)).run).toMatchObject({ status: 'failed', logs: [] });
    },
  );

  test('an error discards all actions, and rendering goes on to the end', async () => {
    const { run } = await runScript(
      '{% action "echo", 1 %}\n{% error "no" %}\n{% log "on" %}\n{% error "again" %}{% assign x = 1 | divided_by: 0 %}{% log "never" %}',
    );
    expect(run).toEqual({
      task: 'Task',
      status: 'failed',
      logs: ['on'],
      errors: ['no', 'again', 'divided by 0 (line 4 of the script)'],
      errorLines: [2, 4, 4],
      actionRuns: [],
    });
  });
});

describe('the output', () => {
  test('objects may follow each other in any way', async () => {
    const { run } = await runScript('{"log": 1}{"log": "{"}\n\n  {"log":\n{"a": "\\"}"}}');
    expect(run.logs).toEqual([1, '{', { a: '"}' }]);
  });

  test.each([
    ['text', 'hello', "'hello'", 3],
    ['text before an object', 'hello\n{"log": 1}', "'hello'", 3],
    ['a comma', '{"log": 1},\n{"log": 2}', "','", 3],
    ['a list', '[{"log": 1}]', `'[{"log": 1}]'`, 3],
    ['half an object', '{"log": 1', `'{"log": 1'`, 3],
    ['a printed value', '{% if true %}\n{{ event.data.n }}\n{% endif %}', "'5'", 4],
    ['a printed hash', '{{ event.data }}', "'{ n: 5 }'", 3],
    ['an object with another key', '{"lgo": 1}', '{ lgo: 1 }', 3],
  ])('%s is a failure that shows it, with its line', async (_, script, shown, line) => {
    const { run } = await runScript(`{% comment %}\n{% endcomment %}\n${script}`, { data: { n: 5 } });
    expect(run).toMatchObject({ status: 'failed', actionRuns: [], errorLines: [line] });
    expect(run.errors).toEqual([expect.stringContaining(shown)]);
    expect(run.errors).toEqual([expect.stringContaining(`(line ${line} of the script)`)]);
  });
});

describe('tags of Liquid', () => {
  test.each([
    [
      'if, elsif, else',
      '{% if n > 9 %}{% log 1 %}{% elsif n == 5 %}{% log 2 %}{% else %}{% log 3 %}{% endif %}',
      [2],
    ],
    ['unless', '{% unless n == 5 %}{% log 1 %}{% else %}{% log 2 %}{% endunless %}', [2]],
    [
      'case',
      '{% case n %}{% when 4 %}{% log 1 %}{% when 5, 6 %}{% log 2 %}{% else %}{% log 3 %}{% endcase %}',
      [2],
    ],
    ['for over a list', '{% for x in list %}{% log forloop.index0 %}{% endfor %}', [0, 1, 2]],
    [
      'for over a hash',
      '{% for pair in event.data %}{% log pair %}{% endfor %}',
      [
        ['n', 5],
        ['list', ['a', 'b', 'c']],
      ],
    ],
    ['for over a range', '{% for i in (1..2) %}{% log i %}{% endfor %}', [1, 2]],
    [
      'for with limit and else',
      '{% for x in list limit: 1 %}{% log x %}{% endfor %}{% for x in missing %}{% else %}{% log "none" %}{% endfor %}',
      ['a', 'none'],
    ],
    [
      'continue',
      '{% for x in list %}{% if x == "b" %}{% continue %}{% endif %}{% log x %}{% endfor %}',
      ['a', 'c'],
    ],
    [
      'break',
      '{% for x in list %}{% if x == "b" %}{% break %}{% endif %}{% log x %}{% endfor %}{% log "on" %}',
      ['a', 'on'],
    ],
    ['break at the top', '{% log 1 %}{% if n == 5 %}{% break %}{% endif %}{% log 2 %}', [1]],
    ['capture', '{% capture x %}a{{ n }}{% endcapture %}{% log x %}', ['a5']],
    ['comment', '{% comment %}{% log 1 %}{% unknown %}{% endcomment %}', []],
    ['raw', '{% capture x %}{% raw %}{{ "\\d" }}{% endraw %}{% endcapture %}{% log x %}', ['{{ "\\d" }}']],
    [
      'permissions',
      '{% permissions %}\nread_orders\n{{ shop.domain }}{% unknown %}\n{% endpermissions %}{% log 1 %}',
      [1],
    ],
    [
      'contains',
      '{% if list contains "b" and event.data contains "n" and "abc" contains "b" %}{% log 1 %}{% endif %}',
      [1],
    ],
    ['and before or, from the right', '{% if true or false and false %}{% log 1 %}{% endif %}', [1]],
    [
      'hashes compare by content',
      `{% assign x = '{"a":1}' | parse_json %}{% assign y = hash %}{% assign y["a"] = 1.0 %}{% if x == y %}{% log 1 %}{% endif %}`,
      [1],
    ],
    [
      'blank and empty',
      '{% if "" == blank and hash == empty and missing == nil and list != empty %}{% log 1 %}{% endif %}',
      [1],
    ],
    ['the first of a hash', '{% log event.data.first.first %}', ['n']],
    [
      'sizes',
      '{% log a: list.size, b: event.data.size, c: list.first, d: list.last %}',
      [{ a: 3, b: 2, c: 'a', d: 'c' }],
    ],
  ])('%s', async (_, script, logs) => {
    const { run } = await runScript(
      `{% assign n = event.data.n %}{% assign list = event.data.list %}${script}`,
      {
        data: { n: 5, list: ['a', 'b', 'c'] },
      },
    );
    expect(run).toMatchObject({ status: 'succeeded', logs });
  });

  test.each([
    ['{% if event.data.n > 5 %}{% endif %}', 'comparison of text with 5 failed'],
    ['{% if 5 < event.data.n %}{% endif %}', "comparison of a number with '10' failed"],
    ['{% unknown %}', 'tag "unknown" not found'],
    ['{% render "x" %}', 'tag "render" not found'],
    ['{% if true %}', 'tag {% if true %} not closed'],
    ['{% assign x = shop.orders %}', 'shop.orders is not emulated: give it in the option "shop"'],
    ['{% assign x = secrets.key %}', 'secrets.key is not emulated: use an option of the task'],
    ['{% assign x = globals.key %}', 'globals.key is not emulated: use an option of the task'],
  ])('%s fails the task run by name and line', async (script, message) => {
    const { run } = await runScript(`\n${script}`, { data: { n: '10' } });
    expect(run).toMatchObject({ status: 'failed', errors: [`${message} (line 2 of the script)`] });
  });

  test('an order of nil and anything is false, as in Ruby', async () => {
    const { run } = await runScript(
      '{% if missing > 5 or missing < 5 or 5 >= missing %}{% log 1 %}{% endif %}',
    );
    expect(run).toMatchObject({ status: 'succeeded', logs: [] });
  });
});
