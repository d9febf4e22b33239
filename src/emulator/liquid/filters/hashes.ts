import { isObject, show } from '../../json.js';
import { isSame } from '../same.js';
import { printed } from '../source-emitter.js';
import { toItems } from './arrays.js';
import { isNil, type TaskFilters } from './filter.js';
import { toOperand } from './numbers.js';

/** Hashes, and filters that take a hash or something else. */
export const hashFilters: TaskFilters = {
  keys: (input) => Object.keys(hashOf('keys', input)),
  values: (input) => Object.values(hashOf('values', input)),
  compact: (input) =>
    isObject(input)
      ? pick(input, (_, value) => !isNil(value))
      : toItems(input).filter((item) => !isNil(item)),
  except: (input, { positional }) =>
    isObject(input)
      ? pick(input, (key) => !positional.map(printed).includes(key))
      : toItems(input).filter((item) => !positional.some((other) => isSame(item, other))),
  slice(input, { positional }) {
    if (isObject(input)) return pick(input, (key) => positional.map(printed).includes(key));
    const items = Array.isArray(input) ? input : [...printed(input)];
    const offset = toOperand(positional[0]).value;
    const length = positional.length > 1 ? toOperand(positional[1]).value : 1;
    const from = offset < 0 ? items.length + offset : offset;
    const part = from < 0 ? [] : items.slice(from, from + length);
    if (!Array.isArray(input)) return part.join('');
    return length === 1 ? part[0] : part;
  },
};

function hashOf(filter: string, input: unknown): { [key: string]: unknown } {
  if (isNil(input)) return {};
  if (!isObject(input)) throw new Error(`${filter}: needs a hash; received ${show(input)}`);
  return input;
}

function pick(hash: { [key: string]: unknown }, keep: (key: string, value: unknown) => boolean) {
  return Object.fromEntries(Object.entries(hash).filter(([key, value]) => keep(key, value)));
}
