import { expect, test } from 'vitest';
import { evaluate, runScript } from './helpers.ts';

const data = {
  items: [
    { sku: 'a', price: 2.5, count: 1, tags: ['x', 'y'] },
    { sku: 'b', price: 10, count: 3, tags: [] },
    { sku: 'c', price: 0.1, count: 2, tags: ['x'], sold: true },
  ],
  numbers: [3, 1, 2],
  nested: [
    [1, 2],
    [3, [4]],
  ],
  hash: { b: 1, a: null },
  lines: 'one\r\ntwo\nthree',
  rows: [
    ['id', 'name'],
    ['1', 'a,b "c"'],
    ['2', null],
  ],
  text: '  Hello, World  ',
  jsonl: '{"a":1}\n\n{"a":2}\n',
  indented: '\n    a\n      b\n\n    c\n',
};

const rows: [expression: string, value: unknown][] = [
  ['event.data.hash | json', '{"b":1,"a":null}'],
  ['missing | json', 'null'],
  ['5.0 | json', '5'],
  [`'{"a":[1,{"b":null}]}' | parse_json`, { a: [1, { b: null }] }],
  ['"{{" | parse_json: silent: true', null],
  ['missing | parse_json: silent: true', null],
  ['event.data.items | jsonl | parse_jsonl | map: "sku"', ['a', 'b', 'c']],
  ['event.data.jsonl | parse_jsonl', [{ a: 1 }, { a: 2 }]],
  ['"a" | append: "b" | append: 5', 'ab5'],
  ['5.0 | append: " left"', '5.0 left'],
  ['missing | append: "b"', 'b'],
  ['"b" | prepend: "a"', 'ab'],
  ['array | push: 1, "b", event.data.hash', [1, 'b', { b: 1, a: null }]],
  ['missing | push: 1', [1]],
  ['event.data.numbers | unshift: 9, 8', [9, 8, 3, 1, 2]],
  ['event.data.numbers | concat: event.data.numbers', [3, 1, 2, 3, 1, 2]],
  ['missing | default: "x"', 'x'],
  ['"" | default: "x"', 'x'],
  ['hash | default: "x"', 'x'],
  ['array | default: "x"', 'x'],
  ['false | default: "x"', 'x'],
  ['false | default: "x", allow_false: true', false],
  ['0 | default: "x"', 0],
  ['3 | times: 4', 12],
  ['"3" | times: "4"', 12],
  ['0.1 | times: 3', 0.3],
  ['"2 pieces" | times: 2', 4],
  ['missing | times: 2', 0],
  ['0.1 | plus: 0.2', 0.3],
  ['"1.50" | plus: 1', 2.5],
  ['5 | minus: 7', -2],
  ['13 | divided_by: 2', 6],
  ['-13 | divided_by: 2', -7],
  ['13 | divided_by: 2.0', 6.5],
  ['13 | times: 1.0 | divided_by: 2', 6.5],
  ['"13.0" | divided_by: 2', 6.5],
  ['13.0 | divided_by: 2', 6.5],
  ['59.97 | divided_by: 3', 19.99],
  ['-13 | modulo: 5', 2],
  ['1.005 | round: 2', 1.01],
  ['-2.5 | round', -3],
  ['"4.6" | round', 5],
  ['2.1 | ceil', 3],
  ['-2.1 | floor', -3],
  ['"-3" | abs', 3],
  ['5 | at_least: 7', 7],
  ['5 | at_most: 3', 3],
  ['event.data.numbers | sum', 6],
  ['event.data.items | map: "price" | sum', 12.6],
  ['missing | sum', 0],
  ['"a, b, c" | split: ", "', ['a', 'b', 'c']],
  ['"a,b,," | split: ","', ['a', 'b']],
  ['" a  b " | split: " "', ['a', 'b']],
  ['"abc" | split: ""', ['a', 'b', 'c']],
  ['missing | split: ","', []],
  ['event.data.lines | split: newline', ['one', 'two', 'three']],
  ['event.data.lines | replace: newline, "|"', 'one|two|three'],
  ['"a.b.c" | replace: ".", "$&"', 'a$&b$&c'],
  ['event.data.lines | newline_to_br', 'one<br />\ntwo<br />\nthree'],
  ['event.data.items | map: "sku"', ['a', 'b', 'c']],
  ['event.data.items | map: "tags" | join: ","', 'x,y,x'],
  ['event.data.hash | map: "b"', [1]],
  ['event.data.items | where: "sku", "b" | map: "count"', [3]],
  ['event.data.items | where: "sold" | map: "sku"', ['c']],
  ['event.data.items | where: "count", "3"', []],
  ['event.data.items | where: "tags", event.data.items[1].tags | map: "sku"', ['b']],
  ['event.data.nested | join: "-"', '1-2-3-4'],
  ['event.data.numbers | join', '3 1 2'],
  ['event.data.text | strip', 'Hello, World'],
  ['event.data.text | lstrip', 'Hello, World  '],
  ['event.data.text | rstrip', '  Hello, World'],
  ['"Aé" | downcase', 'aé'],
  ['"aé" | upcase', 'AÉ'],
  ['"hELLO you" | capitalize', 'Hello you'],
  ['"a-b-c" | remove: "-"', 'abc'],
  ['"a-b-c" | replace_first: "-", "+"', 'a+b-c'],
  ['"a-b-c" | replace_last: "-", "+"', 'a-b+c'],
  ['"a<b>" | escape', 'a&lt;b&gt;'],
  ['"<b>bold</b>" | strip_html', 'bold'],
  ['"one two three" | truncatewords: 2', 'one two...'],
  ['"a b&c" | url_encode', 'a+b%26c'],
  ['"Tea & Cake, 100 g" | handleize', 'tea-cake-100-g'],
  ['1 | pluralize: "day", "days"', 'day'],
  ['2 | pluralize: "day", "days"', 'days'],
  ['event.data.indented | unindent', '\na\n  b\n\nc\n'],
  ['event.data.items[0] | graphql_arguments', 'sku: "a", price: 2.5, count: 1, tags: ["x", "y"]'],
  ['array | push: event.data.hash | graphql_arguments', '[{ b: 1, a: null }]'],
  [
    'event.data.numbers | in_groups_of: 2',
    [
      [3, 1],
      [2, null],
    ],
  ],
  ['event.data.numbers | in_groups_of: 2, fill_with: false', [[3, 1], [2]]],
  [
    'event.data.numbers | in_groups_of: 2, fill_with: "-"',
    [
      [3, 1],
      [2, '-'],
    ],
  ],
  [
    'event.data.numbers | in_groups: 2',
    [
      [3, 1],
      [2, null],
    ],
  ],
  ['event.data.numbers | in_groups: 2, fill_with: false', [[3, 1], [2]]],
  ['"100000.0" | currency', '$100,000.00'],
  ['100000 | currency: "EUR"', '€100,000.00'],
  ['100000 | currency: "EUR", locale: "fr"', '€100 000,00'],
  ['1234.5 | currency: "JPY"', '¥1,235'],
  ['-5 | currency', '-$5.00'],
  ['missing | currency', null],
  ['event.data.nested | concat: event.data.nested | uniq', [1, 2, 3, 4]],
  ['event.data.items | concat: event.data.items | uniq | map: "sku"', ['a', 'b', 'c']],
  ['event.data.numbers | first', 3],
  ['event.data.numbers | last', 2],
  ['array | first', null],
  ['missing | last', null],
  ['event.data.hash | first', ['b', 1]],
  ['"12345" | slice: 1', '2'],
  ['"12345" | slice: -3, 2', '34'],
  ['event.data.numbers | slice: 1', 1],
  ['event.data.numbers | slice: -2, 2', [1, 2]],
  ['event.data.items[0] | slice: "sku", "count"', { sku: 'a', count: 1 }],
  ['event.data.items[0] | except: "tags", "price"', { sku: 'a', count: 1 }],
  ['event.data.numbers | except: 1, 2', [3]],
  ['event.data.hash | compact', { b: 1 }],
  ['event.data.items | map: "sold" | compact', [true]],
  ['event.data.hash | keys', ['b', 'a']],
  ['event.data.hash | values', [1, null]],
  ['event.data.items | index_by: "sku" | keys', ['a', 'b', 'c']],
  ['event.data.hash | size', 2],
  ['event.data.numbers | sort', [1, 2, 3]],
  ['event.data.items | sort: "count" | map: "sku"', ['a', 'c', 'b']],
  ['"b,A,c" | split: "," | sort_natural', ['A', 'b', 'c']],
  ['"n10,n9,N1" | split: "," | sort_naturally', ['N1', 'n9', 'n10']],
  ['event.data.numbers | reverse', [2, 1, 3]],
  ['"abc" | md5', '900150983cd24fb0d6963f7d28e17f72'],
  ['"abc" | sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['"abc" | sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['"abc" | sha512 | slice: 0, 16', 'ddaf35a193617aba'],
  [
    '"what do ya want for nothing?" | hmac_sha256: "Jefe"',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['"what do ya want for nothing?" | hmac_sha512: "Jefe" | slice: 0, 16', '164b7a7bfcf819e2'],
  ['"what do ya want for nothing?" | hmac_sha1: "Jefe"', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  ['"é?" | base64', 'w6k/'],
  ['"w6k/" | decode_base64', 'é?'],
  ['"é?" | base64_url_safe_encode', 'w6k_'],
  ['event.data.rows | csv', 'id,name\n1,"a,b ""c"""\n2,\n'],
  ['event.data.rows | csv: ";", include_bom: true', '\uFEFFid;name\n1;"a,b ""c"""\n2;\n'],
  [
    'event.data.rows | csv | parse_csv',
    [
      ['id', 'name'],
      ['1', 'a,b "c"'],
      ['2', null],
    ],
  ],
  [
    'event.data.rows | csv | parse_csv: headers: true',
    [
      { id: '1', name: 'a,b "c"' },
      { id: '2', name: null },
    ],
  ],
  ['"a;b" | parse_csv: delimiter: ";"', [['a', 'b']]],
  [String.raw`"It's day 5" | match: "\d+"`, '5'],
  ['"abc" | match: "x"', null],
  [
    String.raw`"a 12, b 3" | scan: "(\w) (?<n>\d+)" | map: "captures"`,
    [
      ['a', '12'],
      ['b', '3'],
    ],
  ],
  [String.raw`"a 12" | scan: "(?<n>\d+)" | map: "named_captures"`, [{ n: '12' }]],
  ['"a!b?" | scan: "[[:punct:]]"', ['!', '?']],
  [String.raw`"a\nb" | size`, 4],
];

test.each(rows)('%s', async (expression, value) => {
  expect(await evaluate(expression, { data })).toEqual(value);
});

test.each([
  ['"{{" | parse_json', 'parse_json: '],
  ['missing | parse_json', 'parse_json: received nil'],
  ['"{}\n{" | split: "n" | first | append: "{" | parse_jsonl', 'parse_jsonl: '],
  ['"{}" | parse_json: silently: true', 'parse_json: there is no option "silently"'],
  ['5 | divided_by: 0', 'divided by 0'],
  ['5 | modulo: 0', 'divided by 0'],
  ['event.data.hash | push: 1', 'push: needs an array; received { b: 1, a: null }'],
  ['event.data.numbers | concat: "x"', "concat: needs an array; received 'x'"],
  ['event.data.numbers | map: "x"', "map: cannot read 'x' of 3"],
  ['"1,2" | split: "," | sum', 'sum: every element must be a number; received "1"'],
  ['event.data.numbers | in_groups_of: 0', 'in_groups_of: needs a whole number from 1 on; received 0'],
  ['event.data.numbers | keys', 'keys: needs a hash; received [ 3, 1, 2 ]'],
  ['"1001" | hmac_sha256: missing', 'hmac_sha256: needs a key that is text; received undefined'],
  ['"1001" | hmac_sha256: ""', "hmac_sha256: needs a key that is text; received ''"],
  ['event.data.numbers | csv', 'csv: needs an array of arrays'],
  ['"a" | match: "("', 'match: the regular expression ( cannot be emulated'],
])('%s fails the task run, and says why and where', async (expression, message) => {
  const { run } = await runScript(`\n{% assign value = ${expression} %}{% log value %}`, { data });
  expect(run).toMatchObject({ status: 'failed', logs: [], errorLines: [2] });
  expect(run.errors).toEqual([expect.stringContaining(message)]);
  expect(run.errors).toEqual([expect.stringContaining('(line 2 of the script)')]);
});

test.each(['shopify', 'rsa_sha256', 'parse_xml', 'e164', 'gzip', 'browser', 'add_tag', 'money'])(
  'the filter %s is not emulated: it fails where it is reached, and nowhere else',
  async (name) => {
    const script = (condition: string) =>
      `{% log 1 %}\n{% if ${condition} %}\n{% assign x = "q" | ${name}: "k" %}{% endif %}`;
    expect((await runScript(script('false'))).run.status).toBe('succeeded');
    const { run } = await runScript(script('true'));
    expect(run).toMatchObject({ status: 'failed', logs: [1] });
    expect(run.errors).toEqual([`The filter "${name}" is not emulated (line 3 of the script)`]);
  },
);

test.each(['jsonify', 'where_exp', 'slugify', 'date_to_string', 'shopfy'])(
  'the filter %s, which Mechanic has not, fails the task run by name',
  async (name) => {
    const { run } = await runScript(`\n\n{{ "x" | ${name} }}`);
    expect(run.errors).toEqual([`undefined filter: ${name} (line 3 of the script)`]);
  },
);

test('each filter that Mechanic’s public tasks use ten times or more has a row', () => {
  const used =
    'json append parse_json push default times split map strip where join plus prepend concat minus replace downcase newline_to_br graphql_arguments in_groups_of currency uniq first parse_jsonl slice remove divided_by keys unindent round sha256 md5 last sum sort values reverse upcase';
  const tested = rows.map(([expression]) => expression).join(' ');
  expect(used.split(' ').filter((name) => !new RegExp(`\\| ${name}\\b`).test(tested))).toEqual([]);
});

test('currency and sample go by the shop and the seed', async () => {
  expect(await evaluate('5 | currency', { shop: { currency: 'EUR' } })).toBe('€5.00');
  const drawn = () => evaluate('event.data.numbers | sample: 2', { data, seed: 3 });
  expect(await drawn()).toEqual(await drawn());
  expect(await drawn()).toHaveLength(2);
  expect(data.numbers).toContain(await evaluate('event.data.numbers | sample', { data }));
});
