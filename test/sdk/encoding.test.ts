import type { Data, Encoding } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { id, wireOf } from '../support/mechanic.ts';

const types = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded;charset=UTF-8',
  text: 'text/plain;charset=UTF-8',
};

function formData(...fields: [name: string, value: string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

test.each<[string, Data, Encoding | undefined, keyof typeof types, string]>([
  ['an object', { a: 1 }, undefined, 'json', `{"a":1,"uuid":"${id}"}`],
  ['an object as form', { a: 1, b: { c: 'x y' } }, 'form', 'form', `a=1&b%5Bc%5D=x+y&uuid=${id}`],
  ['an object as text', { a: 1 }, 'text', 'text', `{"a":1,"uuid":"${id}"}`],
  ['form data', formData(['a', '1']), undefined, 'form', `a=1&uuid=${id}`],
  ['form data as json', formData(['a', '1']), 'json', 'json', `{"a":"1","uuid":"${id}"}`],
  ['form data as text', formData(['a', '1']), 'text', 'text', `{"a":"1","uuid":"${id}"}`],
  [
    'a query',
    new URLSearchParams('a=1&list[]=x&list[]=y'),
    undefined,
    'form',
    `a=1&list%5B%5D=x&list%5B%5D=y&uuid=${id}`,
  ],
  ['a query as json', new URLSearchParams('a=1'), 'json', 'json', `{"a":"1","uuid":"${id}"}`],
  ['a text', `of ${id}`, undefined, 'text', `of ${id}`],
  ['a text as text', ' kept as it is\n', 'text', 'text', ' kept as it is\n'],
  ['an empty object', {}, undefined, 'json', `{"uuid":"${id}"}`],
  ['an empty object as form', {}, 'form', 'form', `uuid=${id}`],
  ['empty form data', formData(), undefined, 'form', `uuid=${id}`],
])('%s has its type and body', async (_, data, encoding, type, body) => {
  const wire = await wireOf(data, { encoding }, { id });
  expect(wire).toMatchObject({ id, contentType: types[type], body });
});

test('one submission is a POST', async () => {
  expect((await wireOf({ a: 1 })).init.method).toBe('POST');
});

test('json keeps types, depth and order', async () => {
  const data = {
    b: true,
    a: [1, [2, []], {}],
    n: null,
    text: 'ü 😀 " \\ \n',
    zero: -0,
    deep: { deep: { x: 1.5 } },
  };
  const { body } = await wireOf(data, {}, { id });
  expect(JSON.parse(body)).toEqual({ ...data, zero: 0, uuid: id });
  expect(Object.keys(JSON.parse(body))).toEqual(['b', 'a', 'n', 'text', 'zero', 'deep', 'uuid']);
});

test('members without a value are left out, and null stays in json alone', async () => {
  const data = { kept: 0, empty: '', none: undefined, nil: null };
  expect((await wireOf(data, {}, { id })).body).toBe(`{"kept":0,"empty":"","nil":null,"uuid":"${id}"}`);
  expect((await wireOf(data, { encoding: 'form' }, { id })).body).toBe(`kept=0&empty=&uuid=${id}`);
  expect((await wireOf(data, { encoding: 'multipart' }, { id })).body).not.toContain('nil');
});

test('a gap in a list is null in json', async () => {
  const gap: unknown[] = [1];
  gap[2] = undefined;
  expect(JSON.parse((await wireOf({ gap })).body).gap).toEqual([1, null, null]);
});

test.each<[string, unknown, unknown]>([
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a URL', new URL('https://a.test/x'), 'https://a.test/x'],
  [
    'an object with toJSON',
    { secret: 1, toJSON: () => ({ shown: [new Date(0)] }) },
    { shown: ['1970-01-01T00:00:00.000Z'] },
  ],
])('%s goes as what its toJSON returns', async (_, value, expected) => {
  expect(JSON.parse((await wireOf({ value })).body).value).toEqual(expected);
});

test('what toJSON returns is not asked for its toJSON again', async () => {
  class Money {
    constructor(readonly cents: number) {}
    toJSON() {
      return this;
    }
  }
  expect(JSON.parse((await wireOf({ price: new Money(5) })).body).price).toEqual({ cents: 5 });
});

test('a member whose toJSON returns nothing is left out', async () => {
  const data = { a: 1, hidden: { toJSON: () => undefined }, nil: { toJSON: () => null } };
  expect((await wireOf(data, {}, { id })).body).toBe(`{"a":1,"nil":null,"uuid":"${id}"}`);
  expect((await wireOf(data, { encoding: 'form' }, { id })).body).toBe(`a=1&uuid=${id}`);
});

test('data may be an instance of a class, with its own toJSON', async () => {
  class Cart {
    readonly items = [1];
    toJSON() {
      return { items: this.items, uuid: id };
    }
  }
  const wire = await wireOf({ ...new Cart() }, {}, { id });
  const own = await wireOf(new Cart() as unknown as Data);
  expect(own.id).toBe(id);
  expect(own.body).toBe(wire.body);
});

test('scalars go through a form as text', async () => {
  const { body } = await wireOf(
    { yes: true, n: 1.5, big: 1e21, zero: -0, d: new Date(0) },
    { encoding: 'form' },
  );
  const read = Object.fromEntries(new URLSearchParams(body));
  expect(read).toMatchObject({
    yes: 'true',
    n: '1.5',
    big: '1e+21',
    zero: '0',
    d: '1970-01-01T00:00:00.000Z',
  });
});

test('lists and objects in a form are spelled as Rack reads them', async () => {
  const items = [
    { sku: 'a', tags: ['x', 'y'] },
    { sku: 'b', tags: ['z'] },
  ];
  const { body } = await wireOf({ items, to: { name: 'N' } }, { encoding: 'form' }, { id });
  expect(decodeURIComponent(body)).toBe(
    'items[][sku]=a&items[][tags][]=x&items[][tags][]=y&items[][sku]=b&items[][tags][]=z' +
      `&to[name]=N&uuid=${id}`,
  );
});

test('a form keeps line ends as they were typed', async () => {
  const { body } = await wireOf(formData(['note', 'a\nb\r\nc']));
  expect(new URLSearchParams(body).get('note')).toBe('a\nb\r\nc');
});

test('a file makes form data multipart, and a file that nobody chose does not', async () => {
  const none = new File([], '');
  const chosen = new File([], 'empty.txt');
  expect((await wireOf(formData(['a', '1'], ['file', none]), {}, { id })).body).toBe(`a=1&uuid=${id}`);
  expect((await wireOf(formData(['file', chosen]))).contentType).toMatch(/^multipart\/form-data; boundary=/);
});
