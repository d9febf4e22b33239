import type { Reading } from './types.js';

/** Not yet. */
export const PENDING: Reading = { state: 'pending' };

type Fields = Record<string, unknown>;

/** The fields of an object; none for anything else. */
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value && !Array.isArray(value) ? (value as Fields) : {};

const textOf = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/**
 * Reads a result record: `{ uuid, status: 'working' | 'done' | 'failed', value, error, progress, message }`.
 * Without one of the three statuses, the object without its `uuid` is itself the value.
 */
export function interpret(record: unknown): Reading {
  // A cell, file or map entry that holds null was created ahead of its result.
  if (record == null) return PENDING;
  const { uuid: _, ...bare } = fieldsOf(record);
  const { status, value, error, progress, message, ...rest } = bare;
  if (status === 'working') {
    // Liquid easily makes a number a string, so "0.5" is understood too. An object may have no text: {"toString": 1}.
    const part = typeof progress === 'object' ? Number.NaN : Number.parseFloat(String(progress));
    const said = textOf(message);
    return {
      ...PENDING,
      ...(part >= 0 && { progress: Math.min(1, part) }),
      ...(said && { message: said }),
    };
  }
  if (status === 'done') {
    return { state: 'done', value: 'value' in bare ? value : Object.keys(rest).length ? rest : null };
  }
  if (status === 'failed') {
    const { code, message: reason } = fieldsOf(error);
    const said = textOf(reason) ?? textOf(error) ?? textOf(message) ?? 'no reason given';
    return { state: 'failed', message: said, ...(textOf(code) && { code: String(code) }) };
  }
  return { state: 'done', value: fieldsOf(record) === record ? bare : record };
}

/**
 * Reads a value that is this run's by where it was found (its URL, a map key, a change), unless it says
 * itself that it is another's.
 */
export function ownRecord(published: unknown, id: string): Reading {
  const { uuid = id } = fieldsOf(published);
  return uuid === id ? interpret(published) : PENDING;
}

/**
 * Finds this run's record in what a task published, in any of its shapes: a record or bare object with `uuid`,
 * or a map from UUID to record or bare value. **Only a value that carries this UUID counts**: everything else,
 * yesterday's result and another shopper's included, is pending.
 */
export function recordOf(published: unknown, id: string): Reading {
  const fields = fieldsOf(published);
  if (fields['uuid'] === id) return interpret(published);
  return Object.hasOwn(fields, id) ? ownRecord(fields[id], id) : PENDING;
}
