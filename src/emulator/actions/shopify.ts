import { buildSchema, type DocumentNode, graphqlSync, Kind, parse } from 'graphql';
import { isObject, type Json, toJson } from '../json.js';
import { readOptions, readText } from './arguments.js';
import { metafieldsSet } from './metafields-set.js';
import type { ActionContext } from './performer.js';

/** The part of Shopify's Admin API that is emulated. Source of fact: shopify.dev, "metafieldsSet". */
const schema = buildSchema(/* GraphQL */ `
  scalar DateTime
  type Query { notEmulated: Boolean }
  type Mutation { metafieldsSet(metafields: [MetafieldsSetInput!]!): MetafieldsSetPayload }
  input MetafieldsSetInput { ownerId: ID!, namespace: String!, key: String!, type: String, value: String! }
  type MetafieldsSetPayload { metafields: [Metafield!], userErrors: [MetafieldsSetUserError!]! }
  type Metafield {
    id: ID!, namespace: String!, key: String!, type: String!, value: String!, createdAt: DateTime!, updatedAt: DateTime!
  }
  type MetafieldsSetUserError { field: [String!], message: String!, code: String, elementIndex: Int }
`);

/**
 * Sends GraphQL, as text or as `{ query, variables }`, to a Shopify that knows the mutation `metafieldsSet`.
 * `userErrors` are in the result and do not fail the action run, as in Mechanic.
 */
export function shopifyAction(options: Json, { world }: ActionContext): Json {
  if (Array.isArray(options)) throw new Error('shopify: the REST styles are not emulated; use GraphQL');
  const { query, variables } = readRequest(options);
  refuseOthers(parse(query));
  const result = graphqlSync({
    schema,
    source: query,
    variableValues: variables,
    rootValue: { metafieldsSet: metafieldsSet(world) },
  });
  if (result.errors !== undefined) {
    throw new Error(`shopify: ${result.errors.map(({ message }) => message).join('; ')}`);
  }
  return toJson({ data: result.data });
}

function readRequest(options: Json) {
  if (typeof options === 'string') return { query: options, variables: {} };
  const given = readOptions('shopify', options, { required: ['query'], optional: ['variables'] });
  const variables = given['variables'];
  return {
    query: readText('shopify', 'query', given['query']),
    variables: isObject(variables) ? variables : {},
  };
}

/** Names what is not emulated, before GraphQL's own validation says that there is no such field. */
function refuseOthers({ definitions }: DocumentNode): void {
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const field of definition.selectionSet.selections) {
      if (field.kind !== Kind.FIELD || field.name.value === 'metafieldsSet') continue;
      const what = `${definition.operation} ${field.name.value}`;
      throw new Error(
        `shopify: the ${what} is not emulated; the local Mechanic knows the mutation metafieldsSet`,
      );
    }
  }
}
