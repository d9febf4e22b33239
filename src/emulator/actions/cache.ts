import { isObject, type Json, type JsonObject, show } from '../json.js';
import type { CacheStore } from '../stores/cache.js';
import { readOptions, readText } from './arguments.js';
import type { ActionContext } from './performer.js';

/** Each command's arguments, in positional order. Source of fact: Mechanic docs, "Cache action". */
const commands = new Map<string, readonly string[]>([
  ['set', ['key', 'value']],
  ['setex', ['key', 'ttl', 'value']],
  ['del', ['key']],
  ['incr', ['key']],
  ['incrby', ['key', 'increment']],
  ['decr', ['key']],
  ['decrby', ['key', 'decrement']],
]);

/** Performs one cache command, given as `["set", "key", 1]` or as `{ "set": { "key", "value", "ttl" } }`. */
export function cacheAction(options: Json, { world }: ActionContext): Json {
  const { command, values } = Array.isArray(options) ? positional(options) : verbose(options);
  const key = readText(`cache ${command}`, 'key', values['key']);
  switch (command) {
    case 'del':
      return world.cache.delete(key) ? 1 : 0;
    case 'incr':
    case 'decr':
      return count(world.cache, key, command === 'incr' ? 1 : -1, values['ttl']);
    case 'incrby':
      return count(world.cache, key, readInteger(command, 'increment', values), values['ttl']);
    case 'decrby':
      return count(world.cache, key, -readInteger(command, 'decrement', values), values['ttl']);
    default:
      store(world.cache, key, values['value'], values['ttl']);
      return 'OK';
  }
}

function positional([command, ...given]: Json[]) {
  const names = argumentsOf(command);
  const action = `cache ${command}`;
  if (given.length > names.length) {
    throw new Error(`${action}: takes ${names.join(', ')}; received ${show(given)}`);
  }
  const named = Object.fromEntries(given.map((value, index) => [names[index] ?? '', value]));
  return { command, values: readOptions(action, named, { required: names }) };
}

function verbose(options: Json) {
  const entries = isObject(options) ? Object.entries(options) : [];
  const [command, values] = entries[0] ?? [];
  if (entries.length !== 1) {
    throw new Error(`cache: options must be a list or an object with one command; received ${show(options)}`);
  }
  const required = argumentsOf(command);
  return {
    command,
    values: readOptions(`cache ${command}`, values as Json, { required, optional: ['ttl'] }),
  };
}

function argumentsOf(command: Json | undefined): readonly string[] {
  const names = typeof command === 'string' ? commands.get(command) : undefined;
  if (names === undefined) {
    throw new Error(
      `cache: command must be one of ${[...commands.keys()].join(', ')}; received ${show(command)}`,
    );
  }
  return names;
}

/** Counts on from what is there; a missing key counts as 0. */
function count(cache: CacheStore, key: string, by: number, ttl: Json | undefined): number {
  const before = cache.get(key) ?? 0;
  if (!Number.isInteger(before))
    throw new Error(`cache: "${key}" must hold an integer to count on; it holds ${show(before)}`);
  const after = Number(before) + by;
  store(cache, key, after, ttl);
  return after;
}

function store(cache: CacheStore, key: string, value: Json | undefined, ttl: Json | undefined): void {
  if (ttl !== undefined && typeof ttl !== 'number')
    throw new Error(`cache: ttl must be a number of seconds; received ${show(ttl)}`);
  cache.set(key, value, ttl);
}

function readInteger(command: string, name: string, values: JsonObject): number {
  const value = values[name];
  if (!Number.isInteger(value))
    throw new Error(`cache ${command}: ${name} must be an integer; received ${show(value)}`);
  return Number(value);
}
