import { isObject, show } from '../../json.js';
import { shuffle } from '../../random.js';
import { isSame } from '../same.js';
import { printed } from '../source-emitter.js';
import { isNil, type TaskFilters } from './filter.js';
import { sumOf, toOperand } from './numbers.js';

/** What Ruby's Liquid loops over: the items of nested arrays too, a hash as one item, nil as none. */
export function toItems(input: unknown): unknown[] {
  if (isNil(input)) return [];
  return Array.isArray(input) ? input.flat(Number.POSITIVE_INFINITY) : [input];
}

/** Arrays. */
export const arrayFilters: TaskFilters = {
  push: (input, { positional }) => [...listOf('push', input), ...positional],
  unshift: (input, { positional }) => [...positional, ...listOf('unshift', input)],
  concat: (input, { positional: [other] }) => [...toItems(input), ...listOf('concat', other)],
  first: (input) => (isObject(input) ? Object.entries(input)[0] : list(input)[0]),
  last: (input) => list(input).at(-1),
  size: (input) =>
    isObject(input)
      ? Object.keys(input).length
      : typeof input === 'string'
        ? input.length
        : list(input).length,
  join: (input, { positional: [separator = ' '] }) => toItems(input).map(printed).join(printed(separator)),
  map: (input, { positional: [property] }) => toItems(input).map((item) => propertyOf('map', item, property)),
  where(input, { positional: [property, ...expected] }) {
    return toItems(input).filter((item) => {
      const value = propertyOf('where', item, property);
      return isNil(expected[0]) ? !isNil(value) && value !== false : isSame(value ?? null, expected[0]);
    });
  },
  uniq(input, { positional: [property] }) {
    const keyed = toItems(input).map((item) => ({
      item,
      key: JSON.stringify(property === undefined ? item : propertyOf('uniq', item, property)),
    }));
    return keyed
      .filter(({ key }, index) => keyed.findIndex((other) => other.key === key) === index)
      .map(({ item }) => item);
  },
  sum: (input) => sumOf(listOf('sum', input)),
  in_groups_of(input, { positional: [given], named }) {
    const items = listOf('in_groups_of', input);
    const size = countOf('in_groups_of', given);
    return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
      filled(items.slice(group * size, (group + 1) * size), size, named),
    );
  },
  in_groups(input, { positional: [given], named }) {
    const items = listOf('in_groups', input);
    const count = countOf('in_groups', given);
    const least = Math.floor(items.length / count);
    const larger = items.length % count;
    const rest = [...items];
    return Array.from({ length: count }, (_, group) =>
      filled(rest.splice(0, least + (group < larger ? 1 : 0)), least + (larger > 0 ? 1 : 0), named),
    );
  },
  index_by(input, { positional: [property] }) {
    const items = toItems(input);
    return Object.fromEntries(items.map((item) => [printed(propertyOf('index_by', item, property)), item]));
  },
  sample(input, { positional: [count], host }) {
    const shuffled = shuffle(listOf('sample', input), host.random);
    return count === undefined ? shuffled[0] : shuffled.slice(0, toOperand(count).value);
  },
  sort_naturally(input, { positional: [property] }) {
    const textOf = (item: unknown) =>
      printed(property === undefined ? item : propertyOf('sort_naturally', item, property));
    const { compare } = new Intl.Collator('en', {
      numeric: true,
      sensitivity: 'variant',
      caseFirst: 'upper',
    });
    return toItems(input).sort((left, right) => compare(textOf(left), textOf(right)));
  },
};

function list(input: unknown): unknown[] {
  return Array.isArray(input) ? input : [];
}

function listOf(filter: string, input: unknown): unknown[] {
  if (isNil(input)) return [];
  if (!Array.isArray(input)) throw new Error(`${filter}: needs an array; received ${show(input)}`);
  return input;
}

function countOf(filter: string, given: unknown): number {
  const { value } = toOperand(given);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${filter}: needs a whole number from 1 on; received ${show(given)}`);
  return value;
}

/** Ruby on Rails fills the last group up, with nil unless `fill_with` says otherwise. */
function filled(group: unknown[], size: number, { fill_with: filler = null }: { [name: string]: unknown }) {
  if (filler === false) return group;
  return [...group, ...Array.from({ length: size - group.length }, () => filler)];
}

function propertyOf(filter: string, item: unknown, property: unknown): unknown {
  if (typeof item !== 'object' || item === null)
    throw new Error(`${filter}: cannot read ${show(property)} of ${show(item)}`);
  const own = item as { [name: string]: unknown };
  return Object.hasOwn(own, String(property)) ? own[String(property)] : undefined;
}
