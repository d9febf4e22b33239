import { isObject } from '../../json.js';
import type { TaskFilters } from './filter.js';

/** Values as GraphQL writes them: JSON whose keys have no quotes. */
export const graphqlFilters: TaskFilters = {
  // A hash at the top is the list of arguments itself.
  graphql_arguments: (input) => (isObject(input) ? fields(input) : literal(input)),
};

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return isObject(value) && !(value instanceof Number)
    ? `{ ${fields(value)} }`
    : JSON.stringify(value ?? null);
}

function fields(hash: { [name: string]: unknown }): string {
  return Object.entries(hash)
    .map(([name, value]) => `${name}: ${literal(value)}`)
    .join(', ');
}
