import { describe, expect, test } from 'vitest';
import { perform } from './helpers.ts';

const customers = [{ id: '1001', email: 'ann@example.test' }];
const ownerId = 'gid://shopify/Customer/1001';
const metafield = { ownerId, namespace: 'mechanic', key: 'result', type: 'json', value: '{"a":1}' };
const query = /* GraphQL */ `
  mutation Save($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { namespace key type value }
      userErrors { field message code elementIndex }
    }
  }
`;

async function shopify(options: unknown) {
  const { mechanic, actionRuns } = await perform([{ type: 'shopify', options }], { customers });
  return { mechanic, run: actionRuns[0] };
}

const set = (...metafields: unknown[]) => shopify({ query, variables: { metafields } });

test('metafieldsSet with variables sets metafields', async () => {
  const { mechanic, run } = await set(metafield);
  const { ownerId: _, ...shown } = metafield;
  expect(run).toMatchObject({
    status: 'succeeded',
    result: { data: { metafieldsSet: { metafields: [shown], userErrors: [] } } },
  });
  expect(mechanic.metafields.get(ownerId, 'mechanic', 'result')).toEqual({ type: 'json', value: '{"a":1}' });
  expect(mechanic.metafields.get('1001', 'mechanic', 'result')).toEqual({ type: 'json', value: '{"a":1}' });
  expect(mechanic.metafields.get('1002', 'mechanic', 'result')).toBeUndefined();
});

test('metafieldsSet as text with inline arguments sets metafields, and answers what is asked for', async () => {
  const { mechanic, run } = await shopify(/* GraphQL */ `
    mutation {
      saved: metafieldsSet(metafields: [{
        ownerId: "gid://shopify/Customer/1001", namespace: "a", key: "b", type: "single_line_text_field", value: "x"
      }]) { metafields { key } }
    }
  `);
  expect(run?.result).toEqual({ data: { saved: { metafields: [{ key: 'b' }] } } });
  expect(mechanic.metafields.get(ownerId, 'a', 'b')).toEqual({ type: 'single_line_text_field', value: 'x' });
});

test('a metafield that exists keeps its type when none is given', async () => {
  const { ownerId, namespace, key } = metafield;
  const { actionRuns, mechanic } = await perform(
    [
      { type: 'shopify', options: { query, variables: { metafields: [metafield] } } },
      {
        type: 'shopify',
        options: { query, variables: { metafields: [{ ownerId, namespace, key, value: '2' }] } },
      },
    ],
    { customers },
  );
  expect(actionRuns[1]?.result).toMatchObject({ data: { metafieldsSet: { userErrors: [] } } });
  expect(mechanic.metafields.get(ownerId, namespace, key)).toEqual({ type: 'json', value: '2' });
});

test('an owner that is no customer is taken as it is', async () => {
  const { mechanic } = await set({ ...metafield, ownerId: 'gid://shopify/Order/5' });
  expect(mechanic.metafields.get('gid://shopify/Order/5', 'mechanic', 'result')?.value).toBe('{"a":1}');
});

describe('userErrors leave the action run a success, and nothing is set', () => {
  test.each([
    ['JSON that is none', { value: '{"a"' }, 'value', 'INVALID_VALUE', 'Value is invalid json'],
    [
      'a number that is none',
      { type: 'number_integer', value: 'x' },
      'value',
      'INVALID_VALUE',
      'number_integer',
    ],
    [
      'an integer that is none',
      { type: 'number_integer', value: '1.5' },
      'value',
      'INVALID_VALUE',
      'an integer',
    ],
    ['a boolean that is none', { type: 'boolean', value: '1' }, 'value', 'INVALID_VALUE', 'true or false'],
    ['a list that is none', { type: 'list.url', value: '{}' }, 'value', 'INVALID_VALUE', 'a list'],
    ['a type that Shopify has not', { type: 'jsonn' }, 'type', 'INCLUSION', '"jsonn"'],
    ['an empty value', { value: '' }, 'value', 'BLANK', "can't be blank"],
    ['no type', { type: undefined }, 'type', 'BLANK', "can't be blank"],
    ['an unknown customer', { ownerId: 'gid://shopify/Customer/9' }, 'ownerId', 'INVALID', 'does not exist'],
    ['an owner id that is none', { ownerId: '1001' }, 'ownerId', 'INVALID', 'does not exist'],
  ])('%s', async (_, change, field, code, message) => {
    const { mechanic, run } = await set({ ...metafield, key: 'other' }, { ...metafield, ...change });
    expect(run?.status).toBe('succeeded');
    expect(run?.result).toMatchObject({
      data: {
        metafieldsSet: {
          metafields: [],
          userErrors: [
            {
              field: ['metafields', '1', field],
              code,
              message: expect.stringContaining(message),
              elementIndex: 1,
            },
          ],
        },
      },
    });
    expect(mechanic.metafields.entries()).toEqual([]);
  });

  test('more than 25 metafields', async () => {
    const { mechanic, run } = await set(
      ...Array.from({ length: 26 }, (_, n) => ({ ...metafield, key: `k${n}` })),
    );
    expect(run?.status).toBe('succeeded');
    expect(JSON.stringify(run?.result)).toContain('limit of 25');
    expect(mechanic.metafields.entries()).toEqual([]);
  });
});

test.each([
  [
    'a value that is no text',
    { query, variables: { metafields: [{ ...metafield, value: { a: 1 } }] } },
    'String cannot represent a non string value',
  ],
  ['a missing variable', { query }, 'Variable "$metafields" of required type'],
  ['GraphQL that is none', 'mutation {', 'Syntax Error'],
  [
    'an unknown input field',
    { query, variables: { metafields: [{ ...metafield, compareDigest: 'x' }] } },
    'compareDigest',
  ],
  [
    'another mutation',
    'mutation { draftOrderCreate(input: {}) { draftOrder { id } } }',
    'the mutation draftOrderCreate is not emulated',
  ],
  [
    'another mutation beside it',
    'mutation { metafieldsSet(metafields: []) { userErrors { field } } tagsAdd(id: "1") { node { id } } }',
    'the mutation tagsAdd is not emulated',
  ],
  ['a query', 'query { shop { name } }', 'the query shop is not emulated'],
  ['a query without the word', '{ shop { name } }', 'the query shop is not emulated'],
  ['REST', ['update', ['customer', 1001], {}], 'REST styles are not emulated'],
  ['a misspelled option', { query, variable: {} }, 'unknown or not emulated option "variable"'],
  ['nothing', null, 'options must be an object; received null'],
])('%s fails the action run', async (_, options, message) => {
  const { mechanic, run } = await shopify(options);
  expect(run).toMatchObject({ status: 'failed', result: null, error: expect.stringContaining(message) });
  expect(mechanic.metafields.entries()).toEqual([]);
});
